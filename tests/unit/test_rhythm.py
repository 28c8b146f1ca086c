"""When a circle meets: compared with a model that walks through the calendar day by day, over months and clock changes.

The model knows nothing of arithmetic with weeks and months; it asks of each day whether the circle meets on it.
"""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.improving.rhythm import PLACES, WEEKDAYS, Rhythm, Unit, end_of_day, instant

ZONES = ("UTC", "Asia/Manila", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def meets(rhythm: Rhythm, first: date, day: date) -> bool:
    """Say whether a circle meets on a day, by looking at this day alone."""
    if rhythm.unit is Unit.DAY:
        return (day - first).days % rhythm.every == 0
    if rhythm.unit is Unit.WEEK:
        weeks = ((day - timedelta(day.weekday())) - (first - timedelta(first.weekday()))).days // 7
        return weeks % rhythm.every == 0 and WEEKDAYS[day.weekday()] in rhythm.weekdays
    months = (day.year - first.year) * 12 + day.month - first.month
    if months % rhythm.every:
        return False
    last = calendar.monthrange(day.year, day.month)[1]
    if not rhythm.place:
        return day.day == min(rhythm.day, last)
    if WEEKDAYS[day.weekday()] not in rhythm.weekdays:
        return False
    if rhythm.place == "last":
        return day.day + 7 > last
    return (day.day - 1) // 7 == PLACES.index(rhythm.place)


def walked(rhythm: Rhythm, days: int) -> Iterator[datetime]:
    """Yield the meetings of some days after the first one, found minute by minute where the clocks jump."""
    zone, hour = ZoneInfo(rhythm.zone), time.fromisoformat(rhythm.at)
    first = rhythm.first.astimezone(zone).date()
    for number in range(days):
        day = first + timedelta(days=number)
        if not meets(rhythm, first, day):
            continue
        wall = datetime.combine(day, hour)
        moment = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=15)
        while (local := moment.astimezone(zone).replace(tzinfo=None, fold=0)) < wall:
            # The local clock is before it: go on, in large steps as long as that is safe.
            moment += timedelta(minutes=1) if wall - local < timedelta(hours=3) else timedelta(hours=1)
        if moment >= rhythm.first:
            yield moment


RHYTHMS = st.one_of(
    st.fixed_dictionaries({"unit": st.just(Unit.DAY), "every": st.integers(1, 9)}),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.WEEK), "every": st.integers(1, 3),
            "weekdays": st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(lambda days: tuple(sorted(days))),
        }
    ),
    st.fixed_dictionaries({"unit": st.just(Unit.MONTH), "every": st.integers(1, 4), "day": st.integers(1, 31)}),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.MONTH), "every": st.integers(1, 3), "place": st.sampled_from(PLACES),
            "weekdays": st.sampled_from(WEEKDAYS).map(lambda day: (day,)),
        }
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    given_=RHYTHMS,
    zone=st.sampled_from(ZONES),
    at=st.sampled_from(("00:00", "00:30", "02:00", "02:30", "10:00", "23:59")),
    first=st.datetimes(datetime.fromisoformat("2025-11-01"), datetime.fromisoformat("2026-12-31")),
)
def test_the_rhythm_is_that_of_the_calendar(given_: dict[str, Any], zone: str, at: str, first: datetime) -> None:
    """Whatever the rhythm, zone and time of day, its meetings of half a year are those of the day-by-day model."""
    rhythm = Rhythm(**given_, at=at, first=first.replace(tzinfo=UTC), zone=zone)
    expected = list(walked(rhythm, 190))
    until = rhythm.first + timedelta(days=185)
    assert [moment for moment in expected if moment < until] == list(rhythm.between(rhythm.first, until))


@settings(max_examples=40, deadline=None)
@given(given_=RHYTHMS, zone=st.sampled_from(ZONES), later=st.integers(0, 900))
def test_the_next_meeting_is_found_from_anywhere(given_: dict[str, Any], zone: str, later: int) -> None:
    """Asked from any moment, the next meeting is the first of the sequence that lies later."""
    rhythm = Rhythm(**given_, at="10:00", first=FIRST, zone=zone)
    moment = FIRST + timedelta(days=later, minutes=7)
    sequence = rhythm.between(FIRST, moment + timedelta(days=200))
    assert next(at for at in sequence if at > moment) == rhythm.after(moment)


def local(rhythm: Rhythm, count: int) -> list[str]:
    """Return the first meetings as the clock on the wall shows them."""
    zone = ZoneInfo(rhythm.zone)
    found = islice(rhythm.between(rhythm.first, rhythm.first + timedelta(days=900)), count)
    return [at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M") for at in found]


def test_a_month_that_is_too_short_meets_on_its_last_day() -> None:
    """Day 31 is the last day of every month, also of February; in the month after it is day 31 again."""
    rhythm = Rhythm(unit=Unit.MONTH, day=31, first=datetime(2027, 12, 1, tzinfo=UTC))
    assert ["Fri 2027-12-31 10:00", "Mon 2028-01-31 10:00", "Tue 2028-02-29 10:00", "Fri 2028-03-31 10:00"] == local(
        rhythm, 4
    )


def test_the_time_of_day_stays_when_the_clocks_change() -> None:
    """A weekly meeting at ten is at ten after the change, too; in UTC it has moved."""
    rhythm = Rhythm(unit=Unit.WEEK, weekdays=("mon",), first=datetime(2026, 3, 23, tzinfo=UTC), zone="Europe/Berlin")
    assert ["Mon 2026-03-23 10:00", "Mon 2026-03-30 10:00"] == local(rhythm, 2)
    assert [9, 8] == [at.hour for at in islice(rhythm.between(rhythm.first, rhythm.first + timedelta(days=9)), 2)]


def test_a_time_that_the_clocks_jump_over_is_the_first_after_the_jump() -> None:
    """Half past two does not exist on that Sunday: the meeting is at three. The hour that comes twice is its first."""
    berlin = ZoneInfo("Europe/Berlin")
    jumped = instant(date(2026, 3, 29), time(2, 30), berlin)
    assert datetime(2026, 3, 29, 1, tzinfo=UTC) == jumped
    twice = instant(date(2026, 10, 25), time(2, 30), berlin)
    assert datetime(2026, 10, 25, 0, 30, tzinfo=UTC) == twice


def test_a_day_that_begins_at_one_ends_before_it() -> None:
    """Where the clocks jump at midnight, the day before still ends at its midnight."""
    end = end_of_day(datetime(2026, 4, 23, 12, tzinfo=UTC), 0, "Africa/Cairo")
    assert datetime(2026, 4, 23, 21, 59, 59, 999999, tzinfo=UTC) == end


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": 0, "unit": Unit.DAY},
        {"every": 61, "unit": Unit.MONTH, "day": 1},
        {"unit": Unit.DAY, "weekdays": ("mon",)},
        {"unit": Unit.WEEK},
        {"unit": Unit.WEEK, "weekdays": ("mon",), "day": 1},
        {"unit": Unit.MONTH},
        {"unit": Unit.MONTH, "day": 32},
        {"unit": Unit.MONTH, "day": 3, "place": "first", "weekdays": ("mon",)},
        {"unit": Unit.MONTH, "place": "first", "weekdays": ("mon", "tue")},
        {"unit": Unit.MONTH, "place": "fifth", "weekdays": ("mon",)},
        {"unit": Unit.DAY, "at": "25:00"},
        {"unit": Unit.DAY, "zone": "Mars/Crater"},
    ],
)
def test_a_rhythm_that_says_nothing_or_two_things_is_refused(wrong: dict[str, Any]) -> None:
    """Nobody could tell when such a circle meets."""
    with pytest.raises((ValueError, KeyError)):
        Rhythm(**wrong, first=FIRST)


def test_a_rhythm_reads_like_a_sentence() -> None:
    """People see in words what was set up."""
    said = [
        str(Rhythm(unit=Unit.DAY, every=2, first=FIRST)),
        str(Rhythm(unit=Unit.WEEK, weekdays=("thu", "mon"), first=FIRST)),
        str(Rhythm(unit=Unit.MONTH, day=31, first=FIRST, at="09:30", zone="Asia/Manila")),
        str(Rhythm(unit=Unit.MONTH, every=3, place="last", weekdays=("fri",), first=FIRST)),
    ]
    assert [
        "every 2 days at 10:00 (UTC)",
        "every week on mon, thu at 10:00 (UTC)",
        "every month on the last day at 09:30 (Asia/Manila)",
        "every 3 months on the last fri at 10:00 (UTC)",
    ] == said
