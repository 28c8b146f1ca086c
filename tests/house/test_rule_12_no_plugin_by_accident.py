"""House rule 12: the public test run never discovers installed plugins by accident.

A plugin that happens to be installed beside the checkout must not change what a test sees. `COMPLAINTKIT_PLUGINS` names
the only installed plugins to be used; /conftest.py sets it to nothing before anything is imported. A test that wants a
plugin hands it over.

To mend a breach: leave that line in /conftest.py, and let whatever finds plugins honour the variable.
"""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from complaintkit.registry import load_registry, places
from complaintkit.settings import PluginsSettings
from tests.house.floors import ROOT

TRAP = EntryPoint(name="trap", value="tests.house.trap", group="complaintkit")
BAIT = EntryPoint(name="bait", value="tests.house.trap", group="complaintkit")


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two plugins be installed."""
    monkeypatch.setattr(places, "entry_points", lambda group: (TRAP, BAIT))


def found() -> set[str]:
    """Return the names of the installed plugins that a kit finds, working or not."""
    registry = load_registry(PluginsSettings())
    registry.close()
    return {plugin.name for plugin in registry.plugins if plugin.origin == "installed"}


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
