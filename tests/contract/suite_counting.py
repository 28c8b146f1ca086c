"""What every store counts; the balance holds whatever happened."""

from datetime import datetime, timedelta

import pytest
from attrs import evolve

from complaintkit.case.entries import (
    Closed,
    Described,
    Dismissed,
    HoldingSent,
    Registered,
    Regraded,
    Reopened,
    Replied,
    Responded,
    Withdrawn,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Severity
from complaintkit.case.points import Target
from complaintkit.case.telling import Goal, Tone
from complaintkit.counts import By, Count, Of
from complaintkit.errors import StoreError
from complaintkit.store.port import Store
from tests.contract.cases import DAY, HOUR, NOON, clock, clocks, opened, step, write

SINCE = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
UNTIL = datetime.fromisoformat("2026-02-01T00:00:00+00:00")
WHY = Content("0" * 64)


def figure(store: Store, of: Of, since: datetime = SINCE, until: datetime = UNTIL) -> int:
    """Return one count without dimensions."""
    (counted,) = store.count([Count(of)], since, until)
    return counted.total


def rows(store: Store, of: Of, *by: By, since: datetime = SINCE, until: datetime = UNTIL) -> dict[tuple[str, ...], int]:
    """Return one count by its dimensions."""
    (counted,) = store.count([Count(of, by)], since, until)
    assert list(counted.rows) == sorted(counted.rows)
    return dict(counted.rows)


def sealed() -> Content:
    """Return a reason."""
    return Content.of("because")


class CountingSuite:
    """Counting happens in the store, in half-open periods."""

    def test_nothing_counts_as_nothing(self, store: Store) -> None:
        """An empty store gives zero without dimensions, and no rows with them."""
        assert 0 == figure(store, "received") == figure(store, "open") == figure(store, "overdue")
        assert {} == rows(store, "received", "month")

    def test_received_cases_are_counted_by_every_dimension(self, store: Store) -> None:
        """Each case counts once, under its own values, in the period it came in."""
        opened(store, 1, at=NOON, channel="email", category="late", severity=Severity.HIGH, owner="ana", language="ru")
        opened(store, 2, at=NOON + 9 * DAY)
        opened(store, 3, at=UNTIL)
        assert 2 == figure(store, "received")
        assert 1 == figure(store, "received", since=UNTIL, until=UNTIL + DAY)
        dimensions: tuple[By, ...] = ("channel", "category", "severity", "language", "stage", "owner", "month", "week")
        assert {
            ("email", "late", "high", "ru", "in_progress", "ana", "2026-01", "2026-W02"): 1,
            ("form", "", "normal", "en", "in_progress", "desk", "2026-01", "2026-W03"): 1,
        } == rows(store, "received", *dimensions)

    def test_what_was_described_is_counted_and_the_rest_is_empty(self, store: Store) -> None:
        """Product, target, goal, mood and manner are dimensions, whether anything was described or not."""
        first, _ = opened(store, 1, 2, at=NOON)
        facts = {"product": "kettle", "target": Target.STAFF, "goal": Goal.MONEY, "tone": Tone.POLITE}
        write(store, step(first, Described(what="all", at=NOON, by="irina", **facts)))
        dimensions: tuple[By, ...] = ("product", "target", "goal", "expression", "tone")
        assert {("kettle", "staff", "money", "", "polite"): 1, ("",) * 5: 1} == rows(store, "received", *dimensions)

    def test_a_week_belongs_to_the_year_of_its_thursday(self, store: Store) -> None:
        """Weeks are those of ISO 8601, also around New Year, and count in UTC."""
        days = ("2024-12-29", "2024-12-30", "2026-12-31", "2027-01-03", "2027-01-04")
        for number, day in enumerate(days, 1):
            opened(store, number, at=datetime.fromisoformat(f"{day}T23:30:00+00:00"))
        weeks = rows(
            store,
            "received",
            "week",
            since=datetime.fromisoformat("2024-01-01T00:00:00+00:00"),
            until=UNTIL + 999 * DAY,
        )
        assert {("2024-W52",): 1, ("2025-W01",): 1, ("2026-W53",): 2, ("2027-W01",): 1} == weeks

    def test_the_last_microsecond_of_a_sunday_belongs_to_its_week(self, store: Store) -> None:
        """Promises in days end then; an engine that rounds would count them a week later."""
        opened(store, 1, at=datetime.fromisoformat("2026-01-11T23:59:59.999999+00:00"))
        assert {("2026-W02",): 1} == rows(store, "received", "week")

    def test_a_month_is_counted_in_utc(self, store: Store) -> None:
        """Shortly after midnight in Manila it is still last month."""
        opened(store, 1, at=datetime.fromisoformat("2026-02-01T00:30:00+08:00"))
        assert {("2026-01",): 1} == rows(store, "received", "month")

    def test_ends_and_returns_keep_the_balance(self, store: Store) -> None:
        """Open before, plus received, minus ended, plus reopened is open, whatever way a case ends or comes back."""
        for case in opened(store, 1, 2, 3, 4, 5, at=NOON):
            number = int(case.reference[-1])
            for entry in self.history(number):
                write(store, step(store.case(case.reference), entry))
        for hours in range(0, 60, 5):
            for length in (1, 7, 200):
                since = NOON + (hours - 2) * HOUR
                until = since + length * HOUR
                before, received, ended, reopened, after = (
                    figure(store, of, since, until) for of in ("open_before", "received", "ended", "reopened", "open")
                )
                assert before + received - ended + reopened == after
        assert (0, 5, 5, 2, 2) == tuple(
            figure(store, of) for of in ("open_before", "received", "ended", "reopened", "open")
        )
        assert {("withdrawn",): 1, ("closed",): 3, ("registered",): 1} == rows(store, "ended", "stage")
        assert {("2026-01", "closed"): 1, ("2026-01", "registered"): 1} == rows(store, "reopened", "month", "stage")

    def history(self, number: int) -> list[Closed | Withdrawn | Dismissed | Registered | Reopened | Replied]:
        """Return what happens to a case: ended, ended and back, dismissed and back twice, never ended."""

        def at(hours: int) -> datetime:
            return NOON + timedelta(hours=hours)

        close = Closed(at=at(10), by="ana", stage=Stage.CLOSED, reason=sealed())
        back = Reopened(at=at(20), by="ana", stage=Stage.IN_PROGRESS, reason=sealed())
        dismiss = Dismissed(at=at(12), by="ana", stage=Stage.NOT_A_COMPLAINT, reason=sealed())
        register = Registered(at=at(22), by="ana", stage=Stage.REGISTERED)
        return {
            1: [close],
            2: [Withdrawn(at=at(5), by="ana", stage=Stage.WITHDRAWN, evidence=sealed())],
            3: [close, back, Reopened(at=at(30), by="ana", stage=Stage.IN_PROGRESS, reason=sealed()),
                Closed(at=at(40), by="ana", stage=Stage.CLOSED, reason=sealed())],
            4: [dismiss, register],
            5: [Replied(at=at(8), by="ana", stage=Stage.IN_PROGRESS, text=sealed()), register],
        }[number]  # fmt: skip

    def test_overdue_is_what_was_late_and_open_then(self, store: Store) -> None:
        """A case counts once, from just after the promise until it is kept or the case ends, whenever one asks."""
        (case,) = opened(store, 1, at=NOON)
        due = case.clocks[0].due_at
        write(store, step(case, Responded(at=NOON + 9 * DAY, by="ana", stage=Stage.RESPONDED, text=sealed())))
        moments = (due, due + timedelta(microseconds=1), NOON + 9 * DAY, NOON + 9 * DAY + HOUR)
        assert [0, 1, 1, 0] == [figure(store, "overdue", SINCE, moment) for moment in moments]
        assert {("high",): 0} != rows(store, "overdue", "severity", until=moments[1]) == {("normal",): 1}

    def test_promises_are_counted_where_they_fall_due(self, store: Store) -> None:
        """Due and kept count clocks; one met at its very moment was kept."""
        (one, _) = opened(store, 1, 2, at=NOON)
        late = one.clock("first_response")
        assert late is not None
        write(store, step(one, Replied(at=late.due_at, by="ana", stage=Stage.IN_PROGRESS, text=sealed())))
        assert {("acknowledgement",): 2, ("first_response",): 2} == rows(store, "due", "clock")
        assert {("first_response", "2026-W02"): 1} == rows(store, "kept", "clock", "week")
        assert 2 == figure(store, "due", SINCE, late.due_at)
        assert len(clocks(NOON)) * 2 == figure(store, "due", SINCE, NOON + 99 * DAY)

    def test_what_was_broken_is_not_kept_because_it_came_under_another_standard(self, store: Store) -> None:
        """A promise of five days, broken, and of thirty from then on: answered within those it was not kept."""
        (case,) = opened(store, 1, at=NOON)
        before, late = case.clocks[1], NOON + 6 * DAY
        longer = evolve(before, standard="another/1", due_at=NOON + 30 * DAY)
        moved = Regraded(at=late, by="complaintkit", clock=before.name, into=longer, due_at=longer.due_at)
        write(store, step(case, moved))
        assert 1 == figure(store, "overdue", SINCE, late + DAY)
        answered = Replied(at=late + 2 * DAY, by="ana", stage=Stage.IN_PROGRESS, text=sealed())
        write(store, step(store.case(case.reference), answered))
        until = NOON + 99 * DAY
        assert ("first_response",) in rows(store, "due", "clock", until=until)
        assert ("first_response",) not in rows(store, "kept", "clock", until=until)

    def test_counts_without_meaning_are_refused(self, store: Store) -> None:
        """A backlog has no month, and a received case no clock; the text says so."""
        with pytest.raises(StoreError, match="'open' cannot be by month"):
            store.count([Count("open", ("month",))], SINCE, UNTIL)
        with pytest.raises(StoreError, match="'received' cannot be by clock"):
            store.count([Count("received", ("clock",))], SINCE, UNTIL)

    def test_holding_notices_by_rule_are_counted_as_they_go_out(self, store: Store) -> None:
        """Each counts in its period and under its case; a holding notice that somebody wrote does not."""
        first, _, _ = opened(store, 1, 2, 3, at=NOON, channel="email")
        sent = HoldingSent(
            at=NOON, by="complaintkit", clock="first_response", was_due_at=NOON, until=NOON + DAY, number=1,
            clocks=(clock("interim", NOON, 14),),
        )  # fmt: skip
        write(store, step(first, sent))
        write(store, step(store.case(first.reference), evolve(sent, at=NOON + DAY, number=2, clocks=())))
        assert 2 == figure(store, "held")
        assert 1 == figure(store, "held", since=NOON + HOUR)
        assert {("email", "2026-01"): 2} == rows(store, "held", "channel", "month")
