"""The repository around the code: what is installed, what is packed, and the script that everybody starts with."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import complaintkit
import dev
from tests.house.floors import ROOT

PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
CORE_NEEDS = {"pluggy", "attrs", "cattrs", "holidays", "snowballstemmer", "sqlalchemy", "alembic", "click", "tzdata"}


def lines(name: str) -> list[str]:
    """Return a requirement file's lines without comments and blanks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]


def project(folder: Path) -> dict[str, Any]:
    """Return the `[project]` table of a distribution."""
    table: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def distribution(requirement: str) -> str:
    """Return the normalised name of what a requirement asks for."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


# --- what is installed


def test_every_distribution_is_installed_for_development() -> None:
    """requirements-dev.txt has an editable line for the core and for each folder in plugins/, and for nothing else."""
    editable = {line.removeprefix("-e ").partition("[")[0] for line in lines("requirements-dev.txt") if "-e " in line}
    assert {".", *(f"./{folder.relative_to(ROOT).as_posix()}" for folder in PLUGINS)} == editable


def test_the_core_needs_little() -> None:
    """The core depends on eight packages, and on time-zone data where the system has none; the rest is for plugins."""
    needs = project(ROOT)["dependencies"]
    assert CORE_NEEDS == {distribution(need) for need in needs}
    assert ["tzdata; sys_platform == 'win32'"] == [need for need in needs if ";" in need]


def test_everything_is_pinned() -> None:
    """Each package that anything here asks for has exactly one kind of line in constraints.txt: name==version."""
    pins = lines("constraints.txt")
    assert [] == [pin for pin in pins if not re.fullmatch(r"[a-z0-9._-]+==[\w.]+( ; [\w\s.'<>=!()-]+)?", pin)]
    asked = {distribution(line) for line in lines("requirements-dev.txt") if not line.startswith("-e")}
    for folder in (ROOT, *PLUGINS):
        table = project(folder)
        extras = [need for needs in table.get("optional-dependencies", {}).values() for need in needs]
        asked |= {distribution(need) for need in (*table.get("dependencies", ()), *extras)}
    ours = {distribution(project(folder)["name"]) for folder in (ROOT, *PLUGINS)}
    assert set() == asked - ours - {distribution(pin) for pin in pins}


def test_the_version_is_said_once() -> None:
    """The version that Python sees is the one that is packed."""
    assert project(ROOT)["version"] == complaintkit.__version__


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: str(folder.name))
def test_a_plugin_is_a_distribution_of_its_own(folder: Path) -> None:
    """A plugin depends on the core, registers in its group of entry points, and brings README and licence."""
    table = project(folder)
    assert folder.name == table["name"]
    assert "complaintkit" in {distribution(need) for need in table["dependencies"]}
    assert table["entry-points"]["complaintkit"]
    assert (folder / table["readme"]).is_file()
    assert table["license"] == "MIT"


# --- what is packed


@pytest.mark.slow
@pytest.mark.parametrize("folder", [ROOT, *PLUGINS], ids=lambda folder: str(folder.name))
def test_a_wheel_has_everything(folder: Path, tmp_path: Path) -> None:
    """Every file of the package is in its wheel, data and migrations included, and nothing beside the package is."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    name = project(folder)["name"].replace("-", "_")
    package = next(path for path in (folder / name, folder / "src" / name) if path.is_dir())
    files = {path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.is_file()}
    assert {file for file in files if "__pycache__" not in file} == packed
    assert f"{name}/py.typed" in packed


# --- dev.py and .ci/run


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Let dev.py set nothing up and start nothing; return what it would have started."""
    started: list[tuple[str, ...]] = []

    def call(*arguments: str, folder: Path | None = None) -> int:
        started.append(arguments)
        return int("mypy" in arguments)

    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(dev, "call", call)
    return started


def test_without_a_command_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """No command and an unknown one end with 2 and the usage; asking for help ends with 0."""
    assert [2, 2, 0] == [dev.main([]), dev.main(["serve"]), dev.main(["--help"])]
    assert 3 == capsys.readouterr().out.count("usage: python3 dev.py COMMAND")


def test_run_takes_a_fresh_folder(
    calls: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`run` starts the demonstration in a folder that does not exist yet, and passes on what it is given."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "complaintkit-demo").mkdir()
    assert 0 == dev.main(["run", "--no-serve", "--seed", "7"])
    folder = str(tmp_path / "complaintkit-demo-2")
    assert 0 == dev.main(["run", "elsewhere", "--seed", "7"])
    assert [
        ("-m", "complaintkit", "demo", "--folder", folder, "--seed", "7"),
        ("-m", "complaintkit", "demo", "elsewhere", "--seed", "7"),
    ] == calls


def test_test_runs_everything_or_what_is_asked(calls: list[tuple[str, ...]]) -> None:
    """`test` starts pytest over everything; arguments choose."""
    dev.main(["test"])
    dev.main(["test", "tests/unit", "-x"])
    assert [("-m", "pytest", "-q", *dev.TOGETHER), ("-m", "pytest", "tests/unit", "-x")] == calls


def test_check_goes_on_after_a_failure(calls: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]) -> None:
    """`check` runs every step although one fails, names that one, and ends with 1."""
    assert 1 == dev.main(["check"])
    assert ["ruff", "ruff", "mypy", "zensical"] == [call[1] for call in calls]
    assert "failed: mypy\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changed", ["pyproject.toml", "requirements-dev.txt", "constraints.txt", "plugins/a/pyproject.toml"]
)
def test_a_changed_requirement_is_noticed(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest that decides about setting up again changes with each file it is made from, and with the place."""
    names = ("pyproject.toml", "requirements-dev.txt", "constraints.txt", "plugins/a/pyproject.toml")
    for place in (tmp_path / "one", tmp_path / "two"):
        (place / "plugins/a").mkdir(parents=True)
        for name in names:
            (place / name).write_text(name)
    monkeypatch.setattr(dev, "ROOT", tmp_path / "one")
    before = dev.made_from()
    assert before == dev.made_from()
    (tmp_path / "one" / changed).write_text("another")
    after = dev.made_from()
    monkeypatch.setattr(dev, "ROOT", tmp_path / "two")
    assert 3 == len({before, after, dev.made_from()})


@pytest.fixture
def empty_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let dev.py think it stands in an empty folder with a space and Cyrillic letters in its name."""
    root = tmp_path / "папка с пробелом"
    root.mkdir()
    for name in ("pyproject.toml", "requirements-dev.txt", "constraints.txt"):
        (root / name).touch()
    environment = root / ".venv"
    monkeypatch.setattr(dev, "PYTHON", environment / dev.PYTHON.relative_to(dev.ENVIRONMENT))
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "ENVIRONMENT", environment)
    monkeypatch.setattr(dev, "STAMP", environment / "made-from")
    return root


def test_without_ensurepip_the_outer_pip_fills_the_environment(
    empty_checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python lacks the part that brings pip, an environment is made all the same, for pip from outside."""
    monkeypatch.setattr(dev, "can_import", lambda name: False)
    command = dev.make_environment()
    assert [sys.executable, "-m", "pip", "--python", str(dev.PYTHON)] == command
    assert dev.PYTHON.exists()


def test_without_any_pip_it_says_what_to_install(empty_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no pip at all, the message names the system's package."""
    monkeypatch.setattr(dev, "can_import", lambda name: False)
    monkeypatch.setattr(dev.subprocess, "call", lambda *arguments, **more: 1)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.make_environment()


def test_set_up_once_and_again_after_a_failure(
    empty_checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A set-up that failed says what to do and is begun anew; one that worked is not repeated until a file changes."""
    outcomes = [1, 0, 0]
    monkeypatch.setattr(dev, "make_environment", lambda: dev.ENVIRONMENT.mkdir(exist_ok=True) or ["pip"])
    monkeypatch.setattr(dev, "PYTHON", empty_checkout / "constraints.txt")
    monkeypatch.setattr(dev.subprocess, "call", lambda command, **more: outcomes.pop(0))
    with pytest.raises(SystemExit, match=r"(?s)could not be installed.*Then repeat the command"):
        dev.prepare()
    dev.prepare()
    dev.prepare()
    (empty_checkout / "constraints.txt").write_text("click==8.5.1")
    dev.prepare()
    assert [] == outcomes
    assert 3 == capsys.readouterr().out.count("Setting up")


def test_what_ci_runs_is_what_a_person_runs() -> None:
    """`.ci/run` is executable and runs the two commands of the contributing guide."""
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK) or sys.platform == "win32"
    started = re.findall(r'"\$python" (dev\.py \w+)', script.read_text(encoding="utf-8"))
    assert ["dev.py test", "dev.py check"] == started
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f"python3 {command}" in guide for command in started)
