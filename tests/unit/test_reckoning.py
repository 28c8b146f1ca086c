"""How a clock is reckoned: pauses, extensions, another standard, and the reasoning told by the same code.

The vectors are those of the field's rules 1 to 9: dates computed by hand from the calendars they name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.due import due_of
from complaintkit.case.parts import Basis, Clock
from complaintkit.changing import evolve
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.hours import Hours
from complaintkit.clocks.reckoning import Extension, History, Reckoning, Rest, latest, reckon, union
from complaintkit.clocks.rules import Span

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = ((Hours(opens=540, closes=1020),),) * 5 + ((), ())
HOLIDAYS = ((4, 3), (4, 6), (5, 4), (5, 25), (12, 25), (12, 28))
OFFICE = Calendar(
    name="office",
    zone=LONDON,
    week=NINE_TO_FIVE,
    dates={
        **{date(2026, month, day): () for month, day in HOLIDAYS},
        date(2026, 12, 24): (Hours(opens=540, closes=720),),
    },
    names={date(2026, 4, 3): "Good Friday"},
)
DAYS = st.integers(min_value=0, max_value=40 * 24 * 60)


def calendars(identity: str) -> Calendar:
    """Return the one calendar of these tests."""
    assert identity == OFFICE.identity
    return OFFICE


def reckoning(**span: int) -> Reckoning:
    """Return a reckoning in London within a span."""
    within = Span(**span)  # type: ignore[arg-type]
    return Reckoning(within=within, zone="Europe/London", calendar=OFFICE.identity if within.needs_calendar else "")


def at(text: str) -> datetime:
    """Return a moment in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def due(how: Reckoning, start: datetime, *happened: Rest | Extension) -> datetime:
    """Return when a clock is due to which this happened."""
    history = History(
        rests=tuple(one for one in happened if isinstance(one, Rest)),
        extensions=tuple(one for one in happened if isinstance(one, Extension)),
    )
    return reckon(how, start, history, calendars).due_at


@pytest.mark.parametrize(
    ("span", "start", "expected"),
    [
        ({"business_minutes": 60}, "2026-07-03 16:30", "2026-07-06 09:30"),
        ({"business_hours": 4}, "2026-12-24 11:00", "2026-12-29 12:00"),
        ({"weeks": 8}, "2026-04-02 10:00", "2026-05-28 23:59:59.999999"),
        ({"business_days": 15}, "2026-04-02 10:00", "2026-04-27 23:59:59.999999"),
        ({"business_days": 35}, "2026-04-02 10:00", "2026-05-27 23:59:59.999999"),
        ({"months": 1}, "2026-01-31 10:00", "2026-02-28 23:59:59.999999"),
        ({"hours": 24}, "2026-03-28 12:00", "2026-03-29 13:00"),
    ],
)
def test_a_span_ends_where_its_unit_says(span: dict[str, int], start: str, expected: str) -> None:
    """Working time, working days, weeks, months and exact hours each end by their own rule."""
    assert at(expected) == due(reckoning(**span), at(start))


def test_three_working_days_end_at_the_close_of_business() -> None:
    """Received on the Thursday before Easter 2026: Good Friday and Easter Monday do not count (FCA DISP 1.5)."""
    how = Reckoning(within=Span(business_days=3), zone="Europe/London", calendar=OFFICE.identity, end="close")
    reckoned = reckon(how, at("2026-04-02 10:00"), History(), calendars)
    assert at("2026-04-09 17:00") == reckoned.due_at
    assert "not counted: Fri 03 Apr (Good Friday), Sat 04 Apr, Sun 05 Apr, Mon 06 Apr" in reckoned.lines
    assert "due Thu 09 Apr 2026 17:00" == reckoned.lines[-1]


def test_a_pause_of_working_time_counts_what_the_calendar_was_open() -> None:
    """Eight working hours from Monday nine, paused Monday noon to Wednesday noon, end on Wednesday at five."""
    rest = Rest(at("2026-07-06 12:00"), at("2026-07-08 12:00"))
    assert at("2026-07-08 17:00") == due(reckoning(business_hours=8), at("2026-07-06 09:00"), rest)


def test_what_rested_before_the_start_is_not_in_its_time() -> None:
    """A clock that came to count from later on is not put off by a pause before, nor by the part of one before."""
    start = at("2026-07-06 09:00")
    over = Rest(at("2026-07-02 09:00"), at("2026-07-03 17:00"))
    half = Rest(at("2026-07-03 12:00"), at("2026-07-06 11:00"))
    assert at("2026-07-06 17:00") == due(reckoning(business_hours=8), start, over)
    assert at("2026-07-07 11:00") == due(reckoning(business_hours=8), start, half)


def test_overlapping_pauses_count_once() -> None:
    """A second pause inside the first one changes nothing."""
    rests = Rest(at("2026-07-06 12:00"), at("2026-07-08 12:00")), Rest(at("2026-07-07 09:00"), at("2026-07-08 11:00"))
    assert at("2026-07-08 17:00") == due(reckoning(business_hours=8), at("2026-07-06 09:00"), *rests)


def test_days_stand_still_by_the_ends_of_days_that_fall_into_a_pause() -> None:
    """A pause over two nights moves the end of the last day by two days; one within a day by none."""
    start = at("2026-07-06 09:00")
    over_nights = Rest(at("2026-07-07 12:00"), at("2026-07-09 12:00"))
    within_a_day = Rest(at("2026-07-07 10:00"), at("2026-07-07 16:00"))
    assert at("2026-07-18 23:59:59.999999") == due(reckoning(days=10), start, over_nights)
    assert at("2026-07-16 23:59:59.999999") == due(reckoning(days=10), start, within_a_day)


def test_working_days_do_not_stand_still_over_a_weekend() -> None:
    """A pause from Friday to Monday passes the end of one working day only."""
    start = at("2026-07-06 09:00")
    rest = Rest(at("2026-07-10 12:00"), at("2026-07-13 12:00"))
    assert at("2026-07-21 23:59:59.999999") == due(reckoning(business_days=10), start, rest)


def test_an_extension_sets_the_moment() -> None:
    """What was told to the complainant holds, whatever the span gives; not under a promise that takes no extension."""
    start, until = at("2026-07-06 09:00"), at("2026-08-03 17:00")
    longer = Reckoning(within=Span(days=10), zone="Europe/London", more=Span(days=30))
    extension = Extension(at("2026-07-10 09:00"), until)
    assert until == due(longer, start, extension)
    assert due(reckoning(days=10), start) == due(reckoning(days=10), start, extension)


def test_minutes_before_midnight_buy_no_day() -> None:
    """Two minutes of rest every night for nine nights put ten days off by nothing; a day and night by one."""
    start = at("2026-07-06 09:00")
    nights = [
        Rest(start + timedelta(days=day, hours=14, minutes=59), start + timedelta(days=day, hours=15, minutes=1))
        for day in range(9)
    ]
    assert due(reckoning(days=10), start) == due(reckoning(days=10), start, *nights)
    whole = Rest(at("2026-07-07 12:00"), at("2026-07-08 12:00"))
    assert timedelta(days=1) == due(reckoning(days=10), start, whole) - due(reckoning(days=10), start)


def test_a_last_day_moves_only_where_the_rule_says_so() -> None:
    """Thirty days from 15 January 2026 end on a Saturday: there by default, on Monday with roll (RG 271)."""
    start = at("2026-01-15 10:00")
    rolling = Reckoning(within=Span(days=30), zone="Europe/London", calendar=OFFICE.identity, roll=True)
    assert at("2026-02-14 23:59:59.999999") == due(reckoning(days=30), start)
    assert at("2026-02-16 23:59:59.999999") == due(rolling, start)


def test_an_extension_has_its_limit() -> None:
    """Fifteen working days may become thirty-five, counted from the start (PSD2 article 101)."""
    how = Reckoning(
        within=Span(business_days=15), zone="Europe/London", calendar=OFFICE.identity, longest=Span(business_days=35)
    )
    start = at("2026-04-02 10:00")
    assert at("2026-05-27 23:59:59.999999") == latest(how, start, due(how, start), calendars)


def test_another_standard_counts_from_the_original_start() -> None:
    """Monday ten, three hours; at eleven two hours: due at twelve. Changed at half past twelve it is broken by that."""
    start = at("2026-07-06 10:00").astimezone(UTC)
    clock = Clock(
        kind="first_response", standard="three hours (1)", started_at=start, due_at=start + timedelta(hours=3),
        reckoning=reckoning(hours=3),
    )  # fmt: skip
    other = Clock(
        kind="first_response", standard="two hours (1)", started_at=start, due_at=start, reckoning=reckoning(hours=2)
    )
    changed = clock.under(other, start + timedelta(hours=1))
    assert at("2026-07-06 12:00") == due(changed.reckoning, changed.started_at)
    assert "three hours (1)" == changed.history.changes[0].standard
    assert changed.broken_at is None
    assert start + timedelta(hours=3) == clock.under(other, start + timedelta(hours=4)).broken_at


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
def test_union_keeps_every_minute_of_rest_once(pairs: list[tuple[int, int]]) -> None:
    """A minute is in the union of rests just if it is in one of them, and the parts neither touch nor overlap."""
    start = datetime(2026, 7, 6, tzinfo=UTC)
    rests = [
        Rest(start + timedelta(minutes=min(pair)), start + timedelta(minutes=max(pair))) for pair in pairs
    ]  # fmt: skip
    found = list(union(rests))
    assert all(one.until < other.since for one, other in pairwise(found))
    for probe in {
        moment + timedelta(seconds=step) for rest in rests for moment in (rest.since, rest.until) for step in (-1, 1)
    }:
        inside = any(rest.since <= probe < rest.until for rest in rests)
        assert inside == any(rest.since <= probe < rest.until for rest in found)


@given(st.sampled_from(["hours", "business_hours", "days", "business_days"]), st.integers(1, 30), st.tuples(DAYS, DAYS))
def test_toggling_a_pause_buys_nothing(unit: str, amount: int, pair: tuple[int, int]) -> None:
    """A pause cut in two at any moment moves the due moment just as the whole one does."""
    start = at("2026-03-02 09:00").astimezone(UTC)
    since, until = (start + timedelta(minutes=one) for one in sorted(pair))
    middle = since + (until - since) / 2
    how = reckoning(**{unit: amount})
    assert due(how, start, Rest(since, until)) == due(how, start, Rest(since, middle), Rest(middle, until))
    assert due(how, start, Rest(since, until)) >= due(how, start)


def clock(**more: Any) -> Clock:
    """Return a clock of 8 working hours from Monday, 6 July 2026, at nine, that may stand still."""
    start = at("2026-07-06 09:00").astimezone(UTC)
    facts: dict[str, Any] = {
        "kind": "final_response", "standard": "in the end (1)", "started_at": start,
        "due_at": start + timedelta(hours=8), "pausable": True, "reckoning": reckoning(business_hours=8),
    }  # fmt: skip
    return Clock(**{**facts, **more})


def test_a_rest_that_touches_an_extension_counts_on_its_own() -> None:
    """What rested before an extension is over with it; what rests from that moment on moves the date that was told."""
    told = at("2026-07-10 12:00")
    before, after = (
        Rest(at("2026-07-06 12:00"), at("2026-07-07 12:00")), Rest(at("2026-07-07 12:00"), at("2026-07-07 15:00")),
    )  # fmt: skip
    extension, longer = Extension(at("2026-07-07 12:00"), told), evolve(reckoning(business_hours=8), more=Span(days=9))
    assert told == due(longer, at("2026-07-06 09:00"), before, extension)
    assert at("2026-07-10 15:00") == due(longer, at("2026-07-06 09:00"), before, extension, after)


@pytest.mark.parametrize("settle", [Clock.meet, Clock.end])
def test_what_stood_still_as_it_was_settled_was_not_late(settle: Callable[[Clock, datetime], Clock]) -> None:
    """Waiting for the complainant past the due moment breaks nothing, and the moment explains itself."""
    stands = clock().pause(at("2026-07-06 12:00"))
    settled = settle(stands, at("2026-07-20 12:00"))
    assert not settled.late_at(at("2026-08-01 12:00"))
    assert settled.due_at == due_of(settled, calendars).due_at == at("2026-07-20 17:00")
    assert settled == settled.resume(at("2026-07-21 12:00")), "it is over"


def test_under_a_deadline_of_the_law_nothing_stands_still() -> None:
    """A clock that comes under one while it stands still runs on, and what it rested before is not counted."""
    law = clock(standard="the law (1)", basis=Basis.STATUTORY, pausable=False, reckoning=reckoning(business_hours=10))
    moved = clock().pause(at("2026-07-06 12:00")).under(law, at("2026-07-07 09:00"))
    assert moved.running
    told = due_of(moved, calendars)
    assert at("2026-07-07 11:00") == told.due_at
    assert "the law lets nothing stand still: 1 rest not counted" in told.lines
