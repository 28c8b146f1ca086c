"""Every kind of fault in every callable: only its own answer is lost, and what went wrong is said in words."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from complaintkit.guard import Failure, Guarded
from complaintkit.registry import Registry, load_registry
from complaintkit.registry.calls import FAMILIES
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders, faults

NOW = builders.NOON
FAMILY_OF = {name: family.name for family in FAMILIES.values() for name in family.calls}
ARGUMENTS = faults.arguments()
# These end the process, and the next call starts it again: a few are enough for a quick run.
QUICK = ("parse", "suggest", "send", "fetch")


def pairs(runner: str) -> Iterator[Any]:
    """Yield every fault that can be withstood there with every callable, the lengthy ones marked."""
    for fault, planted in faults.FAULTS.items():
        for name in FAMILY_OF:
            if fault != "import" and faults.expected(fault, name, runner) is not None:
                marks = [pytest.mark.slow] if planted.stops and name not in QUICK else []
                yield pytest.param(fault, name, marks=marks, id=f"{fault}-{name}")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], Registry]]:
    """Give the registry with a healthy plugin and one that has a fault everywhere, running here or apart."""
    made: list[Registry] = []

    @cache
    def of(fault: str, runner: str) -> Registry:
        folder = tmp_path_factory.mktemp(fault)
        healthy = folder / "healthy.py"
        healthy.write_text(faults.source("raise", callables=()).replace("raise_faulty", "healthy"), encoding="utf-8")
        faulty = faults.write_plugin(folder, fault, slow=0.6)
        limits: dict[str, Any] = dict.fromkeys(FAMILY_OF, "0.3s") if faults.FAULTS[fault].stops else {}
        if fault == "memory":
            limits = {"memory": 200}
        sections = {"healthy": {"runner": "here"}, f"{fault}_faulty": {"runner": runner, "limits": limits}}
        settings = PluginsSettings(files=(healthy, faulty), sections=sections, folder=folder, discover=False)
        made.append(load_registry(settings))
        return made[-1]

    yield of
    for one in made:
        one.close()


def ask(guarded: Guarded[Any], name: str) -> object:
    """Return the answer of a callable; that of `fetch` as a list, or its failure."""
    if name != "fetch":
        return guarded.ask(name, ARGUMENTS[name], NOW)
    answers = list(guarded.stream(name, NOW))
    return next((answer for answer in answers if isinstance(answer, Failure)), answers)


def plugins(registry: Registry, name: str) -> dict[str, Guarded[Any]]:
    """Return those who have a callable, by plugin."""
    return {one.plugin: one for one in getattr(registry, FAMILY_OF[name])}


@pytest.mark.parametrize(("fault", "name"), list(pairs("apart")))
def test_a_fault_apart_costs_its_own_answer_only(
    registry: Callable[[str, str], Registry], fault: str, name: str
) -> None:
    """Whatever a plugin in a process of its own does, the next one answers, and the failure names kind and reason."""
    check(registry(fault, "apart"), fault, name, "apart")


@pytest.mark.parametrize(("fault", "name"), list(pairs("here")))
def test_a_fault_here_costs_its_own_answer_only(
    registry: Callable[[str, str], Registry], fault: str, name: str
) -> None:
    """What a plugin in our own process does is caught as far as a process can withstand it."""
    check(registry(fault, "here"), fault, name, "here")


def check(loaded: Registry, fault: str, name: str, runner: str) -> None:
    """Ask the faulty plugin, and then the healthy one."""
    asked = plugins(loaded, name)
    expected = faults.expected(fault, name, runner)
    answer = ask(asked[f"{fault}_faulty"], name)
    if expected:
        assert isinstance(answer, Failure)
        assert answer.kind in expected
        assert f"{fault}_faulty" == answer.plugin
        assert len(answer.problem) > 10
        assert answer.problem.isprintable()
    else:
        assert not isinstance(answer, Failure)
    healthy = ask(asked["healthy"], name)
    assert not isinstance(healthy, Failure)


def test_a_plugin_that_cannot_be_imported_is_set_aside(registry: Callable[[str, str], Registry]) -> None:
    """An import error costs that plugin only, and the trouble says which module is missing."""
    for runner in ("here", "apart"):
        loaded = registry("import", runner)
        states = {plugin.name: plugin.state for plugin in loaded.plugins}
        assert ("set aside", "ready") == (states["import_faulty"], states["healthy"])
        (trouble,) = loaded.troubles
        assert "a_module_that_is_not_there" in trouble.why
        assert "healthy" in {one.plugin for one in loaded.categorisers}


FAULTS_AT_LOAD = {
    "raise": ("raise RuntimeError('planted')", "RuntimeError: planted"),
    "exit": ("sys.exit(3)", "SystemExit: 3"),
    "really_exit": ("os._exit(3)", "ended with status 3"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "hang": ("threading.Event().wait()", "no answer within 0.7 s"),
    "memory": ("held = [bytearray(10_000_000) for _ in range(10_000)]", "MemoryError"),
    "kill": ("import signal; os.kill(os.getpid(), signal.SIGKILL)", "killed by signal 9"),
    "babble": ("print('x' * 1_000_000, flush=True); os._exit(0)", "printed last"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS_AT_LOAD))
def test_a_fault_while_loading_does_not_take_us_down(tmp_path: Path, fault: str) -> None:
    """A plugin from outside may do anything while it is imported: it is set aside with the reason, and we go on."""
    line, says = FAULTS_AT_LOAD[fault]
    path = tmp_path / "bad.py"
    path.write_text(f"import os, sys, threading\n{line}\n", encoding="utf-8")
    sections = {"bad": {"limits": {"describe": "0.7s" if fault == "hang" else "10s"}}}
    loaded = load_registry(PluginsSettings(files=(path,), sections=sections, discover=False))
    (trouble,) = loaded.troubles
    assert says in trouble.why
    assert "plugin 'bad' (file) is set aside" == trouble.what
    assert loaded.categorisers
