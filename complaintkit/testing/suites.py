"""What every plugin of a family has to pass.

In a plugin's tests two lines are enough:

    class TestWords(CategoriserSuite):
        plugin = "complaintkit_words"

`plugin` is a module (`package.module`), a class in one (`package.module:Class`), the path of a plugin of one file, or
an object. Further attributes say more: `good` are settings it accepts, `bad` pairs of settings and the wrong key.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from complaintkit.guard import Guarded
from complaintkit.message import Delivery, Envelope
from complaintkit.testing import builders, hostile
from complaintkit.testing.rule_packs import RulePackSuite
from complaintkit.testing.suite import FamilySuite, PluginSuite

__all__ = [
    "CategoriserSuite", "ChannelSuite", "CustomerSourceSuite", "EscalationRuleSuite", "ExporterSuite", "FamilySuite",
    "FieldSuite", "NotifierSuite", "ObserverSuite", "PluginSuite", "ReportSuite", "RotaSuite",
    "RulePackSuite",
]  # fmt: skip


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


class RotaSuite(FamilySuite):
    """For rotas. Set `good` so that somebody is on call."""

    family = "rotas"
    callable_name = "on_call"

    def questions(self, record: Any) -> Sequence[Any]:
        """Return a call by day, by night, and one about no clock."""
        night = builders.NOON + timedelta(hours=12)
        return [builders.a_call(), builders.a_call(now=night), builders.a_call(clock="", due_at=None, level=0)]

    def hostile(self, record: Any) -> Sequence[Any]:
        """Return calls with hostile words, far levels and far times."""
        return hostile.calls()


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


class FieldSuite(PluginSuite):
    """For fields. `taken` are answers per field that it takes, each with its one spelling; `refused` others."""

    taken: ClassVar[Mapping[str, Sequence[tuple[str, str]]]] = {}
    refused: ClassVar[Mapping[str, Sequence[str]]] = {}

    @classmethod
    def families(cls) -> tuple[str, ...]:
        """Return the one family tested."""
        return ("fields",)

    def test_every_field_takes_what_it_is_for(self, here: tuple[Guarded[Any], ...]) -> None:
        """Each field has answers it takes, and writes them in one way only, however often they are read."""
        for one in here:
            assert self.taken.get(one.record.name), f"give the suite some answers in `taken` for {one.record.name}"
            for given, kept in self.taken[one.record.name]:
                assert kept == one.record.read(given)
                assert kept == one.record.read(kept)

    def test_a_field_refuses_what_it_is_not_for(self, here: tuple[Guarded[Any], ...]) -> None:
        """What does not fit is refused with what would, and never repeated: it may be personal."""
        for one in here:
            for given in (*self.refused.get(one.record.name, ()), *hostile.TEXTS):
                try:
                    one.record.read(given)
                except ValueError as error:
                    assert not given.strip() or given.strip() not in str(error)  # noqa: PT017 - a text field takes them
                else:
                    assert given not in self.refused.get(one.record.name, ()), given

    def test_it_says_the_same_apart(self, here: tuple[Guarded[Any], ...], apart: tuple[Guarded[Any], ...]) -> None:
        """In a process of its own it offers the same fields."""
        assert [one.record for one in here] == [one.record for one in apart]
