"""What every plugin of a family has to pass.

In a plugin's tests two lines are enough:

    class TestWords(CategoriserSuite):
        plugin = "complaintkit_words"

`plugin` is a module (`package.module`), a class in one (`package.module:Class`), the path of a plugin of one file, or
an object. Further attributes say more: `good` are settings it accepts, `bad` pairs of settings and the wrong key.
"""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

import complaintkit
from complaintkit.builtin import BUILTINS
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Delivery, Envelope
from complaintkit.registry import Registry, load_registry
from complaintkit.registry.calls import FAMILIES
from complaintkit.registry.places import candidates
from complaintkit.settings import PluginsSettings
from complaintkit.testing import builders, hostile
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


class ChannelSuite(FamilySuite):
    """For channels. `samples` are items it can read, as they arrive."""

    family = "channels"
    callable_name = "parse"
    samples: ClassVar[tuple[bytes, ...]] = ()

    def questions(self, record: Any) -> Sequence[Any]:
        """Return the samples."""
        assert self.samples, "give the suite some `samples` that the channel can read"
        return [builders.an_envelope(channel=record.name, raw=raw) for raw in self.samples]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return bytes of every kind; the channel may say that it cannot read them."""
        return hostile.envelopes(record.name, self.samples)

    def test_fetching_changes_nothing(self, here: tuple[Guarded[Any], ...]) -> None:
        """What was fetched and not confirmed is there again the next time: nothing is lost between the two."""
        for one in here:
            if one.record.fetch is not None:
                first = list(one.stream("fetch", builders.NOON))
                again = list(one.stream("fetch", builders.NOON))
                assert all(isinstance(item, Envelope) for item in first), first
                assert [_item(item) for item in first] == [_item(item) for item in again]

    def test_an_identifier_depends_on_the_bytes_only(self, here: tuple[Guarded[Any], ...]) -> None:
        """The same bytes have the same identifier, whatever they are; without one, repetitions could not be told."""
        for one in here:
            for raw in (*self.samples, *hostile.BYTES) if one.record.identify is not None else ():
                answers = [one.ask("identify", raw, builders.NOON) for _ in range(2)]
                assert answers[0] == answers[1]
                assert isinstance(answers[0], str), answers[0]


def _item(item: Any) -> tuple[str, bytes]:
    return item.source_id, item.raw


class CategoriserSuite(FamilySuite):
    """For categorisers."""

    family = "categorisers"
    callable_name = "suggest"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a case."""
        return [builders.a_case_view()]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return cases with hostile words."""
        return hostile.case_views()

    def test_it_learns_without_failing(self, here: tuple[Guarded[Any], ...]) -> None:
        """One that learns does so from whatever a person decided."""
        for one in here:
            for lesson in (builders.a_lesson(), *hostile.lessons()) if one.record.learn is not None else ():
                answer = one.ask("learn", lesson, builders.NOON)
                assert answer is None, answer


class EscalationRuleSuite(FamilySuite):
    """For escalation rules."""

    family = "escalation_rules"
    callable_name = "check"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a broken clock at three levels."""
        return [builders.a_review(level=level) for level in range(3)]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return broken clocks with hostile words and far times."""
        return hostile.reviews()


class NotifierSuite(FamilySuite):
    """For notifiers. Set `good` so that nothing leaves the machine: every test sends."""

    family = "notifiers"
    callable_name = "send"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a notice for each medium it takes."""
        media = [medium for medium in record.media if medium != "*"] or ["email"]
        return [builders.a_notice(id=f"n-{medium}", medium=medium) for medium in media]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return notices with hostile words and recipients."""
        return hostile.notices()

    def comparable(self, answer: Any) -> Any:
        """Return what became of it; identifiers may differ."""
        return answer.state if isinstance(answer, Delivery) else answer


class ReportSuite(FamilySuite):
    """For reports."""

    family = "reports"
    callable_name = "compile"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a month with the figures it asks for."""
        return [builders.a_report_request(*record.needs)]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return a month without figures, and one in a language nobody has."""
        return hostile.report_requests(record.needs)


class ExporterSuite(FamilySuite):
    """For exporters."""

    family = "exporters"
    callable_name = "write"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a table."""
        return [builders.a_table()]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return tables with hostile cells, without rows, without columns."""
        return hostile.tables()


class CustomerSourceSuite(FamilySuite):
    """For look-ups of customers."""

    family = "customers"
    callable_name = "find"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a look-up."""
        return [builders.a_customer_query()]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return hostile look-ups."""
        return hostile.customer_queries()


class ObserverSuite(FamilySuite):
    """For observers."""

    family = "observers"
    callable_name = "see"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a change."""
        return [builders.a_change()]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return changes with hostile words, and of a kind that does not exist yet."""
        return hostile.changes()
