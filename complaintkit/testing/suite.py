"""What any plugin has to pass, and what the plugins of any one family have to; the families are in `suites`."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

import complaintkit
from complaintkit.builtin import BUILTINS
from complaintkit.guard import Failure, Guarded
from complaintkit.registry import Registry, load_registry
from complaintkit.registry.calls import FAMILIES
from complaintkit.registry.places import candidates
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders
from complaintkit.testing.doubles import only


class PluginSuite:
    """What any plugin has to pass.

    Attributes:
        plugin: The plugin; see this module's first lines.
        good: Settings it accepts.
        bad: Settings it must refuse, each with the key at which.
    """

    plugin: ClassVar[Any] = None
    good: ClassVar[Mapping[str, Any]] = {}
    bad: ClassVar[Sequence[tuple[Mapping[str, Any], str]]] = ()

    @classmethod
    def load(cls, own: Mapping[str, Any], runner: str, folder: Path) -> tuple[str, Registry]:
        """Return the plugin's name and a registry with it alone, its settings being these."""
        files: tuple[Path, ...] = ()
        handed: tuple[object, ...] = (cls.plugin,)
        if isinstance(cls.plugin, Path) or (isinstance(cls.plugin, str) and cls.plugin.endswith(".py")):
            files, handed = (Path(cls.plugin),), ()
        elif isinstance(cls.plugin, str):
            module, _, name = cls.plugin.partition(":")
            found = importlib.import_module(module)
            handed = (getattr(found, name) if name else found,)
        alone = PluginsSettings(disable=BUILTINS, discover=False, files=files, folder=folder)
        (candidate,) = (one for one in candidates(alone, handed, complaintkit.__version__) if one.origin != "built-in")
        if runner == "apart" and not candidate.kind:
            pytest.skip("an object that only this process has cannot run apart")
        section = {candidate.name: {**own, "runner": runner}}
        disable = tuple(name for name in BUILTINS if name != candidate.name)
        settings = PluginsSettings(disable=disable, discover=False, files=files, folder=folder, sections=section)
        if candidate.place.startswith("complaintkit.builtin."):  # one of ours, tested by its module
            return candidate.name, load_registry(settings)
        return candidate.name, load_registry(settings, handed=handed)

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """Return the folder from which relative paths in the settings count."""
        return tmp_path_factory.mktemp("plugin")

    @pytest.fixture(scope="class")
    @classmethod
    def here(cls, folder: Path) -> Iterator[tuple[Guarded[Any], ...]]:
        """Give what the plugin offers in this process."""
        yield from cls._offered("here", folder)

    @pytest.fixture(scope="class")
    @classmethod
    def apart(cls, folder: Path) -> Iterator[tuple[Guarded[Any], ...]]:
        """Give what the plugin offers in a process of its own."""
        yield from cls._offered("apart", folder)

    @classmethod
    def _offered(cls, runner: str, folder: Path) -> Iterator[tuple[Guarded[Any], ...]]:
        name, registry = cls.load(cls.good, runner, folder)
        assert () == registry.troubles, "\n".join(map(str, registry.troubles))
        yield tuple(one for family, one in only(registry, name) if family in cls.families())
        registry.close()

    @classmethod
    def families(cls) -> tuple[str, ...]:
        """Return the families whose records are tested."""
        return tuple(FAMILIES)

    @pytest.mark.parametrize("runner", ["here", "apart"])
    def test_good_settings_are_accepted(self, folder: Path, runner: str) -> None:
        """With good settings the plugin loads without any trouble, in our process and in one of its own."""
        name, registry = self.load(self.good, runner, folder)
        registry.close()
        assert [] == [str(trouble) for trouble in registry.troubles]
        assert "ready" == next(plugin.state for plugin in registry.plugins if plugin.name == name)

    def test_bad_settings_are_refused_with_a_path(self, folder: Path) -> None:
        """Wrong settings, and a key that does not exist, set the plugin aside with the path of what is wrong."""
        unknown = ({**self.good, "no_such_key": 1}, "no_such_key")
        for own, key in (*self.bad, unknown):
            name, registry = self.load(own, "here", folder)
            registry.close()
            whys = [trouble.why for trouble in registry.troubles]
            assert any(why.startswith(f"its settings are wrong: plugins.{name}.{key}") for why in whys), whys

    def test_it_offers_something(self, here: tuple[Guarded[Any], ...]) -> None:
        """The plugin has at least one record of the family tested."""
        assert here


class FamilySuite(PluginSuite):
    """What the plugins of one family have to pass; each family fills in the questions."""

    family: ClassVar[str]
    callable_name: ClassVar[str]

    @classmethod
    def families(cls) -> tuple[str, ...]:
        """Return the one family tested."""
        return (cls.family,)

    def questions(self, record: Any) -> Sequence[Any]:
        """Return sensible arguments."""
        raise NotImplementedError

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return arguments that must be survived."""
        raise NotImplementedError

    def comparable(self, answer: Any) -> Any:
        """Return what has to be the same each time; all of the answer, unless a family knows better."""
        return answer

    def ask(self, one: Guarded[Any], question: Any) -> Any:
        """Return the answer; a failure fails the test, in the guard's words."""
        answer = one.ask(self.callable_name, question, builders.NOON)
        assert not isinstance(answer, Failure), f"{answer.kind}: {answer.problem}"
        return answer

    def test_it_answers_the_same_twice(self, here: tuple[Guarded[Any], ...]) -> None:
        """The same question gets the same answer, within the time allowed, and is not changed by being asked."""
        for one in here:
            for question, untouched in zip(self.questions(one.record), self.questions(one.record), strict=True):
                first = self.comparable(self.ask(one, question))
                assert first == self.comparable(self.ask(one, question))
                assert untouched == question

    def test_it_survives_hostile_input(self, here: tuple[Guarded[Any], ...]) -> None:
        """Empty, huge, odd and malicious input neither breaks it nor takes it longer than allowed."""
        for one in here:
            for question in self.hostile(one.record):
                answer = one.ask(self.callable_name, question, builders.NOON)
                refused = isinstance(answer, Failure) and answer.kind != "unreadable"
                assert not refused, f"{answer} to {str(question)[:200]}"

    def test_it_answers_the_same_apart(self, here: tuple[Guarded[Any], ...], apart: tuple[Guarded[Any], ...]) -> None:
        """In a process of its own it gives the same answers as here, to sensible and to hostile questions."""
        for one, other in zip(here, apart, strict=True):
            for question in (*self.questions(one.record), *self.hostile(one.record)):
                mine = one.ask(self.callable_name, question, builders.NOON)
                theirs = other.ask(self.callable_name, question, builders.NOON)
                if isinstance(mine, Failure):
                    assert isinstance(theirs, Failure)
                    assert (mine.kind, mine.problem) == (theirs.kind, theirs.problem)
                else:
                    assert not isinstance(theirs, Failure), theirs
                    assert self.comparable(mine) == self.comparable(theirs)
