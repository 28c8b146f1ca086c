"""Clocks that stand still, held against the slowest of all clerks: minute by minute, open or not, resting or not."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.hours import Hours
from complaintkit.clocks.reckoning import History, Reckoning, Rest, reckon
from complaintkit.clocks.rules import Span
from tests.unit.minutes import MINUTE, is_open, minutes

LUNCH: Final = (Hours(opens=540, closes=750), Hours(opens=780, closes=1020))
# Each lies around a change of the clocks there.
PLACES: Final = (
    (
        Calendar(name="office", zone=ZoneInfo("Europe/London"), week=(LUNCH,) * 5 + ((), ())),
        datetime(2026, 3, 25, tzinfo=UTC),
    ),
    (
        Calendar(name="nights", zone=ZoneInfo("America/New_York"), week=((Hours(opens=0, closes=300),),) * 7),
        datetime(2026, 3, 5, tzinfo=UTC),
    ),
    (
        Calendar(name="shop", zone=ZoneInfo("Pacific/Chatham"), week=((Hours(opens=600, closes=1200),),) * 6 + ((),)),
        datetime(2026, 4, 1, tzinfo=UTC),
    ),
)
FAR: Final = timedelta(days=25)


def walked(calendar: Calendar | None, start: datetime, time: timedelta, rests: tuple[Rest, ...]) -> datetime:
    """Return when so much time has passed in which work was done and the clock did not stand still."""
    left = time
    for at, after in minutes(start, start + FAR):
        still = any(one.since <= at < one.until for one in rests)
        if not still and (calendar is None or is_open(calendar, at)):
            if left <= after - at:
                return at + left
            left -= after - at
    raise AssertionError(f"{time} is not over after {FAR}")


def drawn(dice: Random, start: datetime) -> tuple[Rest, ...]:
    """Return up to five rests from the start on, in any order; some overlap, some touch."""
    rests: list[Rest] = []
    for _ in range(dice.randrange(6)):
        touching = rests and dice.random() < 0.2
        since = rests[-1].until if touching else start + dice.randrange(8 * 1440) * MINUTE
        rests.append(Rest(since, since + dice.choice((1, 30, 300, 1440, 3000)) * MINUTE))
    return tuple(rests)


def cases(numbers: range) -> list[tuple[Calendar | None, datetime, timedelta, tuple[Rest, ...]]]:
    """Return calendars, starts, times and rests, each from its number."""
    found = []
    for number in numbers:
        dice = Random(number)
        calendar, around = dice.choice(PLACES)
        start = around + dice.randrange(5 * 1440) * MINUTE
        time = dice.randrange(1, 1500) * MINUTE
        found.append((calendar if dice.random() < 0.8 else None, start, time, drawn(dice, start)))
    return found


def differing(numbers: range) -> list[str]:
    """Return what the clerk finds otherwise."""
    found = []
    for calendar, start, time, rests in cases(numbers):
        amount = int(time / MINUTE)
        within = Span(business_minutes=amount) if calendar else Span(minutes=amount)
        how = Reckoning(within=within, calendar=calendar.identity if calendar else "")
        due = reckon(how, start, History(rests=rests), lambda _, held=calendar: held).due_at  # type: ignore[arg-type,misc]
        slow = walked(calendar, start, time, rests)
        # What begins to rest at the very moment at which it is due rests, and by a minute's walk it is over then.
        if due != slow and not any(one.since == slow for one in rests):
            found.append(f"{calendar and calendar.name} {start} {time} {rests}: {due}, by the minute {slow}")
    return found


def test_two_hundred_clocks_agree_with_a_walk() -> None:
    """Overlapping, touching and nested rests, over nights, weekends, lunch breaks and changes of the clocks."""
    assert [] == differing(range(200))


@pytest.mark.slow
def test_ten_thousand_clocks_agree_with_a_walk() -> None:
    """The long run of the same."""
    assert [] == differing(range(200, 10_200))
