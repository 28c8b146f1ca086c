"""Time counted in working hours: equal to counting minute by minute, in every zone that changes its clocks."""

import random
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.clocks.calendar import ALWAYS, Calendar, Hours, Version, always
from complaintkit.clocks.hours import Day, Week

from .minutes import counted, is_open, last_worked, opened, reached

FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
# Changes of half an hour, of two hours, at midnight in both directions, around Ramadan, and by less than a whole hour.
ODD = (
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana", "Asia/Beirut",
    "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza", "Atlantic/Azores", "America/Nuuk", "America/St_Johns",
    "Pacific/Chatham", "America/Santiago", "Pacific/Easter", "Pacific/Apia", "America/Asuncion", "Asia/Tehran",
    "America/Scoresbysund", "Antarctica/Casey",
)  # fmt: skip


def changes(zone: ZoneInfo) -> list[datetime]:
    """Return the minutes from 2020 to 2040 at which the clocks of a place are changed, found by asking each week."""
    found: list[datetime] = []
    at = FROM
    while at < TO:
        before, after = at, at + timedelta(days=7)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            old = before.astimezone(zone).utcoffset()
            while after - before > timedelta(minutes=1):
                middle = (before + (after - before) / 2).replace(second=0, microsecond=0)
                before, after = (middle, after) if middle.astimezone(zone).utcoffset() == old else (before, middle)
            found.append(after)
        at += timedelta(days=7)
    return found


def any_day(dice: random.Random) -> Day:
    """Return hours of a day: none, the whole day, or up to three intervals, many of them at night."""
    kind = dice.random()
    if kind < 0.2:
        return ()
    if kind < 0.3:
        return (Hours(opens=0, closes=1440),)
    latest = 300 if kind < 0.6 else 1440
    edges = sorted(dice.sample(range(0, latest + 1, dice.choice((1, 15, 30))), 2 * dice.randint(1, 3)))
    return tuple(Hours(opens=opens, closes=closes) for opens, closes in zip(edges[::2], edges[1::2], strict=True))


def any_week(dice: random.Random) -> Week:
    """Return hours of a week; on Sundays there are some hours at least, so that what is added ends some day."""
    return (*(any_day(dice) for _ in range(6)), (Hours(opens=dice.randint(0, 600), closes=dice.randint(800, 1440)),))


def any_calendar(dice: random.Random, zone: ZoneInfo, around: datetime) -> Calendar:
    """Return a calendar with exceptions and perhaps another week near a moment."""
    day = around.date()
    near = sorted({day + timedelta(days=dice.randint(-3, 8)) for _ in range(dice.randint(0, 2))})
    return Calendar(
        name="any",
        zone=zone,
        week=any_week(dice),
        later=[Version(since=one, week=any_week(dice)) for one in near],
        dates={day + timedelta(days=dice.randint(-3, 8)): any_day(dice) for _ in range(dice.randint(0, 4))},
    )


def check(seed: str, zone: ZoneInfo, moments: list[datetime]) -> None:
    """Compare what one calendar says of one span with what is counted minute by minute.

    Half of the spans lie about a change of the clocks, the others anywhere from 2020 to 2040; one in three begins and
    ends within a minute.
    """
    dice = random.Random(seed)
    start = dice.choice(moments) + timedelta(minutes=dice.randint(-2880, 720))
    if dice.random() < 0.5:
        start = FROM + timedelta(minutes=dice.randrange(int((TO - FROM) / timedelta(minutes=1))))
    if dice.random() < 1 / 3:
        start += timedelta(microseconds=dice.randrange(60_000_000))
    end = start + timedelta(minutes=dice.randint(1, 4320)) + timedelta(seconds=dice.choice((0, 0, 7.25)))
    calendar = any_calendar(dice, zone, start)
    worked = counted(calendar, start, end)
    assert worked == calendar.elapsed(start, end), calendar.archived()
    if worked:
        times = (worked, worked * dice.random(), timedelta(microseconds=1))
        for time in (one for one in times if one):
            assert reached(calendar, start, time, end) == calendar.add(start, time), calendar.archived()
    opening = opened(calendar, start, end)
    assert (opening or end) <= calendar.opening(start), calendar.archived()
    assert opening in (None, calendar.opening(start)), calendar.archived()
    assert is_open(calendar, start) == calendar.open_at(start)


def zones_with_a_change() -> Iterator[tuple[ZoneInfo, list[datetime]]]:
    """Yield every time zone whose offset changes from 2020 to 2040, with the moments of the changes."""
    for name in sorted(zoneinfo.available_timezones()):
        if found := changes(zone := ZoneInfo(name)):
            yield zone, found


@pytest.mark.parametrize("name", ODD)
def test_it_equals_counting_minutes_where_clocks_change_oddly(name: str) -> None:
    """Ten random spans of random calendars in a place, half of them about a change of its clocks."""
    zone = ZoneInfo(name)
    moments = changes(zone)
    for place in range(10):
        check(f"{name} {place}", zone, moments)


@pytest.mark.parametrize("name", ODD)
def test_days_about_a_change_close_as_the_minutes_say(name: str) -> None:
    """A day on which clocks change is a working day if some minute of it is, and closes with the last of these."""
    zone, dice = ZoneInfo(name), random.Random(f"days {name}")
    for moment in dice.sample(changes(zone), 1):
        calendar = any_calendar(dice, zone, moment)
        for day in (moment.astimezone(zone).date() + timedelta(days=more) for more in (-1, 0, 1)):
            last = last_worked(calendar, day)
            assert calendar.works_on(day) == (last is not None), (day, calendar.archived())
            if last is not None:
                assert calendar.close_of(day) in (last, last - timedelta(microseconds=1)), (day, calendar.archived())


@pytest.mark.slow
def test_it_equals_counting_minutes_in_every_zone() -> None:
    """At least 10,000 random spans, shared among all time zones with a change from 2020 to 2040: no difference."""
    zones = list(zones_with_a_change())
    each = -(-10_000 // len(zones))
    for zone, moments in zones:
        for place in range(each):
            check(f"every {zone.key} {place}", zone, moments)
    assert {"Europe/London", "Asia/Gaza"} <= {zone.key for zone, _ in zones}


# --- what holds for any calendar

OFFICE = Calendar(
    name="office",
    zone=ZoneInfo("Europe/London"),
    week=((Hours(opens=540, closes=750), Hours(opens=780, closes=1020)),) * 5 + ((), ()),
    dates={date(2026, 12, 24): (Hours(opens=540, closes=720),), date(2026, 12, 25): (), date(2026, 12, 28): ()},
)
NIGHT = Calendar(
    name="night",
    zone=ZoneInfo("America/Havana"),
    week=((Hours(opens=0, closes=90), Hours(opens=1380, closes=1440)),) * 7,
    later=[Version(since=date(2027, 3, 1), week=((Hours(opens=15, closes=45),),) * 6 + ((),))],
)
SEVERAL = (OFFICE, NIGHT, ALWAYS, always(ZoneInfo("Australia/Lord_Howe")))

calendars = st.sampled_from(SEVERAL) | st.builds(
    lambda seed, name: any_calendar(random.Random(seed), ZoneInfo(name), datetime(2026, 10, 25, tzinfo=UTC)),
    st.integers(0, 50),
    st.sampled_from(ODD),
)
instants = st.timedeltas(timedelta(0), timedelta(days=2200)).map(lambda later: datetime(2024, 1, 1, tzinfo=UTC) + later)
times = st.timedeltas(timedelta(0), timedelta(days=100))
dates = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(calendars, instants, times)
def test_adding_and_measuring_are_inverses(calendar: Calendar, start: datetime, time: timedelta) -> None:
    """What was added is what elapsed; it is reached at that very moment, and not before."""
    end = calendar.add(start, time)
    assert time == calendar.elapsed(start, end)
    if time:
        assert time > calendar.elapsed(start, end - timedelta(microseconds=1))
    assert end >= start


@given(calendars, instants, instants, instants)
def test_elapsed_time_adds_up(calendar: Calendar, one: datetime, two: datetime, three: datetime) -> None:
    """The time of two spans that meet is the time of both together, and it never shrinks."""
    first, split, last = sorted((one, two, three))
    assert calendar.elapsed(first, last) == calendar.elapsed(first, split) + calendar.elapsed(split, last)
    assert timedelta() <= calendar.elapsed(first, split) <= calendar.elapsed(first, last) <= last - first
    assert timedelta() == calendar.elapsed(last, first)


@given(calendars, instants, times, times)
def test_adding_in_two_steps_is_adding_at_once(
    calendar: Calendar, start: datetime, one: timedelta, two: timedelta
) -> None:
    """It does not matter whether time is added at once or piece by piece; more time never ends earlier."""
    assert calendar.add(start, one + two) == calendar.add(calendar.add(start, one), two)
    assert calendar.add(start, one) <= calendar.add(start, one + two)


@given(calendars, instants, instants, times)
def test_an_earlier_start_ends_no_later(calendar: Calendar, one: datetime, two: datetime, time: timedelta) -> None:
    """Of two starts the earlier one ends no later."""
    first, last = sorted((one, two))
    assert calendar.add(first, time) <= calendar.add(last, time)


@given(calendars, instants)
def test_the_opening_is_the_next_working_moment(calendar: Calendar, at: datetime) -> None:
    """Work is done at the opening, none between; while work is done, it is the moment itself."""
    opening = calendar.opening(at)
    assert calendar.open_at(opening)
    assert timedelta() == calendar.elapsed(at, opening)
    assert calendar.open_at(at) == (opening == at)
    assert calendar.add(at, timedelta(microseconds=1)) == opening + timedelta(microseconds=1)


@given(calendars, dates, st.integers(0, 120))
def test_working_days_are_counted_as_one_counts_on_fingers(calendar: Calendar, day: date, count: int) -> None:
    """The working day after so many others is the one a walk from day to day ends on."""
    walked, left = day, count
    while left:
        walked += timedelta(days=1)
        left -= calendar.works_on(walked)
    assert walked == calendar.day_after(day, count)
    assert count == calendar.days_between(day + timedelta(days=1), walked + timedelta(days=1))
    assert 0 == calendar.days_between(walked, day)
    rolled = day
    while not calendar.works_on(rolled):
        rolled += timedelta(days=1)
    assert rolled == calendar.roll(day)


@given(calendars, dates)
def test_a_day_closes_with_its_last_work(calendar: Calendar, day: date) -> None:
    """A local day closes on that day still, and whatever work comes after it belongs to a later one."""
    closing = calendar.close_of(day)
    assert day == closing.astimezone(calendar.zone).date()
    assert day < calendar.opening(closing + timedelta(microseconds=1)).astimezone(calendar.zone).date()
