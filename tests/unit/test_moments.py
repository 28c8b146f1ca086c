"""Moments handed in from outside: what nobody can count from, or be held to, is refused in plain words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from complaintkit import Envelope, NotAllowed, SettingsError
from complaintkit.app import ComplaintKit
from complaintkit.case.actions import (
    Action,
    AddNeed,
    AddTask,
    Hold,
    Note,
    PlanCause,
    Promise,
    ReportFinding,
)
from tests.house.kits import MONDAY, kit, said

NAIVE = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001 - that is what is refused
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
# The last minute of the calendar, where it is already over in UTC.
EDGE = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=14)))
RAW = Envelope(channel="form", source_id="1", raw=b"{}", received_at=MONDAY)
DOORS: dict[str, Callable[[ComplaintKit, str, Any], object]] = {
    "open": lambda desk, reference, now: desk.open(said("Broken."), now=now),
    "act": lambda desk, reference, now: desk.act(reference, Note(text="x"), by="irina", now=now),
    "seen_by": lambda desk, reference, now: desk.seen_by("irina", now=now),
    "receive": lambda desk, reference, now: desk.receive(RAW, now),
    "receive_all": lambda desk, reference, now: list(desk.receive_all((RAW,), now)),
    "collect": lambda desk, reference, now: desk.collect(now),
    "retry": lambda desk, reference, now: desk.retry(1, now),
    "work": lambda desk, reference, now: desk.work(now),
    "bundle": lambda desk, reference, now: desk.bundle(reference, now=now),
    "received_at": lambda desk, reference, now: desk.open(said("Broken."), received_at=now),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NAIVE, "2026-03-02T08:00:00 has no time zone"),
        (FIRST, "0001-01-01T00:00:00.*give one from 1970 to 2999"),
        (LAST, "9999-12-31T23:59:59.*give one from 1970 to 2999"),
        (EDGE, "give one from 1970 to 2999"),
        ("2026-03-02", "must be a datetime with time zone"),
    ],
)
def test_a_moment_that_cannot_be_counted_from_is_refused_at_the_door(door: str, now: Any, words: str) -> None:
    """Whatever door it comes by, the refusal says what is wrong, and nothing is on file of it."""
    desk = kit()
    reference = desk.open(said("The kettle leaks."), now=MONDAY).reference
    before = desk.figures()
    with pytest.raises(SettingsError, match=words):
        DOORS[door](desk, reference, now)
    assert before == desk.figures()


@pytest.mark.parametrize(
    "make",
    [
        lambda until: Promise(what="We call.", until=until),
        lambda until: Hold(text="It takes longer.", until=until),
        lambda until: PlanCause(until=until),
        lambda until: ReportFinding(text="The box is too thin.", who="quality", until=until),
        lambda until: AddTask(who="quality", text="Look.", until=until, because="the laboratory is slow"),
        lambda until: AddNeed(kind="health", text="x", support="y", until=until, consent="said so"),
    ],
)
def test_nobody_is_held_to_a_date_more_than_ten_years_ahead(make: Callable[[datetime], Action]) -> None:
    """A year with a digit too many is refused with the last date that is possible; ten years are possible."""
    desk = kit()
    reference = desk.open(said("The kettle leaks."), now=MONDAY).reference
    desk.work()
    for far in (EDGE, LAST, MONDAY + timedelta(days=3661)):
        with pytest.raises(NotAllowed, match="more than ten years ahead; name a date until 2036-03-09"):
            desk.act(reference, make(far), by="irina", now=MONDAY)
    assert any(clock.due_at == MONDAY + timedelta(days=3652) for clock in desk.act(
        reference, make(MONDAY + timedelta(days=3652)), by="irina", now=MONDAY
    ).clocks)  # fmt: skip
