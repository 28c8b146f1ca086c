"""What the journeys share: a folder with a desk in it, and somebody who types."""

import shutil
from pathlib import Path

import pytest

from complaintkit.cli import run
from tests.journeys.desk_in_a_folder import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return somebody in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("COMPLAINTKIT_SETTINGS", "COMPLAINTKIT_BY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Shell(tmp_path, capsys)


@pytest.fixture(scope="session")
def fresh_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a desk as `init` leaves it; made once, as making the tables takes its time."""
    folder = tmp_path_factory.mktemp("fresh")
    assert 0 == run(["init", "--folder", str(folder)])
    return folder


@pytest.fixture
def desk(shell: Shell, fresh_desk: Path) -> Shell:
    """Return somebody in a folder with a desk that was just set up."""
    shutil.copytree(fresh_desk, shell.folder, dirs_exist_ok=True)
    return shell
