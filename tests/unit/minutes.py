"""Working time as the slowest of all clerks would count it: minute by minute, each with a look at the wall clock.

It shares nothing with the calendar but its hours. It asks the time zone for the local time of every single minute in
UTC, and looks up whether work is done then. Offsets from UTC must be whole minutes where it counts.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from complaintkit.clocks.calendar import Calendar

MINUTE = timedelta(minutes=1)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Say whether work is done at a moment, by what the wall clock shows there."""
    shown = at.astimezone(calendar.zone)
    day, minute = shown.date(), shown.hour * 60 + shown.minute
    if day in calendar.dates:
        hours = calendar.dates[day]
    else:
        week = calendar.week
        for version in calendar.later:
            if version.since <= day:
                week = version.week
        hours = week[day.weekday()]
    return any(one.opens <= minute < one.closes for one in hours)


def minutes(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield every minute between two moments as its beginning and end; the first and last may be cut short."""
    at, end = start.astimezone(UTC), end.astimezone(UTC)
    while at < end:
        after = min(at.replace(second=0, microsecond=0) + MINUTE, end)
        yield at, after
        at = after


def counted(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments."""
    worked = (after - at for at, after in minutes(start, end) if is_open(calendar, at))
    return sum(worked, timedelta())


def reached(calendar: Calendar, start: datetime, time: timedelta, until: datetime) -> datetime:
    """Return the first moment by which there was so much working time, which must be some."""
    left = time
    for at, after in minutes(start, until):
        if is_open(calendar, at):
            if left <= after - at:
                return at + left
            left -= after - at
    raise AssertionError(f"there is less than {time} from {start} to {until}")


def opened(calendar: Calendar, start: datetime, until: datetime) -> datetime | None:
    """Return the first moment from `start` on at which work is done, if there is one before `until`."""
    return next((at for at, _ in minutes(start, until) if is_open(calendar, at)), None)


def last_worked(calendar: Calendar, day: date) -> datetime | None:
    """Return when the last work of a local date ends; `None` where none is done on it."""
    around = datetime(day.year, day.month, day.day, tzinfo=UTC)
    ends = [
        after
        for at, after in minutes(around - timedelta(days=2), around + timedelta(days=3))
        if at.astimezone(calendar.zone).date() == day and is_open(calendar, at)
    ]
    return ends[-1] if ends else None
