"""House rule 12: the public test run never discovers installed plugins by accident.

A plugin that happens to be installed beside the checkout must not change what a test sees. `COMPLAINTKIT_PLUGINS` names
the only installed plugins to be used; /conftest.py sets it to nothing before anything is imported. A test that wants a
plugin hands it over.

To mend a breach: leave that line in /conftest.py, and let whatever finds plugins honour the variable.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from complaintkit.registry import load_registry
from complaintkit.settings import PluginsSettings
from tests.house.floors import ROOT

NAMES = ("bait", "trap")


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two plugins be installed, as pip would do it."""
    (tmp_path / "trapped.py").write_text('"""A plugin that offers nothing."""\n')
    meta = tmp_path / "trapped-1.0.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: trapped\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text("[complaintkit]\n" + "".join(f"{name} = trapped\n" for name in NAMES))
    monkeypatch.syspath_prepend(tmp_path)


def found() -> set[str]:
    """Return the names of those two that a kit finds, working or not."""
    registry = load_registry(PluginsSettings())
    registry.close()
    return {plugin.name for plugin in registry.plugins if plugin.name in NAMES}


def test_the_test_run_finds_none() -> None:
    """As the suite runs, installed plugins are not even looked at."""
    assert "" == os.environ["COMPLAINTKIT_PLUGINS"]
    assert set() == found()


def test_named_ones_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are named are used, and no others."""
    monkeypatch.setenv("COMPLAINTKIT_PLUGINS", "trap, another")
    assert {"trap"} == found()


def test_without_the_variable_all_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable every installed plugin is found: the rule rests on it, and this test would notice."""
    monkeypatch.delenv("COMPLAINTKIT_PLUGINS")
    assert {"trap", "bait"} == found()


def test_programs_started_by_a_test_inherit_it() -> None:
    """A program that a test starts lives under the same rule."""
    program = "import os; print(repr(os.environ['COMPLAINTKIT_PLUGINS']))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "''" == done.stdout.strip()
