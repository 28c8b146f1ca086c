"""What the journeys share: a folder with a desk in it, and somebody who types."""

from pathlib import Path

import pytest

from tests.journeys.desk_in_a_folder import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return somebody in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("COMPLAINTKIT_SETTINGS", "COMPLAINTKIT_BY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Shell(tmp_path, capsys)


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """Return somebody in a folder with a desk that was just set up."""
    shell.works("init")
    return shell
