"""When a circle meets: every so many days, weeks or months, at a time of day, in the calendar of a place."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from complaintkit.checks import aware

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES: Final = ("first", "second", "third", "fourth", "last")
LAST_DAY: Final = 31
_MOST: Final = {"day": 366, "week": 104, "month": 60}
_GROWN: Final = "a rhythm needs"


class Unit(StrEnum):
    """What a rhythm counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def _weekdays(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(day for day in WEEKDAYS if day in values)


@frozen(kw_only=True)
class Rhythm:
    """A rhythm. Its days are those of a calendar, so a change of the clocks moves no meeting by an hour.

    A time of day that the clocks jump over is the first moment after the jump; one that comes twice is the first.

    Attributes:
        every: Every so many units, from 1.
        unit: Days, weeks or months.
        weekdays: For weeks: on which days (`mon` ...). For months: on which one, together with `place`.
        day: For months: day of the month. A month that is too short meets on its last day; 31 is the last of each.
        place: For months: `first` to `fourth` or `last` of the weekday, instead of a day.
        at: Time of day, such as `10:00`.
        first: No meeting lies before it; days, weeks and months are counted from its day.
        zone: Place whose calendar counts, as IANA names it.
    """

    every: int = 1
    unit: Unit = Unit.MONTH
    weekdays: tuple[str, ...] = field(default=(), converter=_weekdays)
    day: int = 0
    place: str = ""
    at: str = "10:00"
    first: datetime = field(validator=aware)
    zone: str = "UTC"

    def __attrs_post_init__(self) -> None:
        """Refuse a rhythm that says nothing, or two things."""
        if not 1 <= self.every <= _MOST[self.unit]:
            raise ValueError(f"{_GROWN} a number from 1 to {_MOST[self.unit]} of {self.unit}s, not {self.every}")
        time.fromisoformat(self.at)
        ZoneInfo(self.zone)
        by_day = 1 <= self.day <= LAST_DAY and not self.place and not self.weekdays
        by_place = self.place in PLACES and len(self.weekdays) == 1 and not self.day
        bare = not self.day and not self.place
        fits = {Unit.DAY: bare and not self.weekdays, Unit.WEEK: bare and bool(self.weekdays)}
        if not fits.get(self.unit, by_day or by_place):
            raise ValueError(
                f"{_GROWN} weekdays where it counts weeks, a day or such as `last fri` where it counts months, "
                "and neither where it counts days"
            )

    def after(self, moment: datetime) -> datetime:
        """Return the first meeting later than a moment, in UTC."""
        return next(at for at in self._from(moment) if at > moment)

    def between(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the meetings of a half-open period, in UTC and in order."""
        for at in self._from(since):
            if at >= until:
                return
            if at >= since:
                yield at

    def _from(self, moment: datetime) -> Iterator[datetime]:
        zone, hour = ZoneInfo(self.zone), time.fromisoformat(self.at)
        # A day earlier: a meeting that the clocks jump over may be pushed past midnight.
        begin = max(moment.astimezone(zone).date() - timedelta(days=1), self._first_day)
        for day in self.days(begin):
            at = instant(day, hour, zone)
            if at >= self.first:
                yield at

    @property
    def _first_day(self) -> date:
        return self.first.astimezone(ZoneInfo(self.zone)).date()

    def days(self, begin: date) -> Iterator[date]:
        """Yield the days of the rhythm from a day on, in order."""
        first = self._first_day
        begin = max(begin, first)
        found = {Unit.DAY: self._daily, Unit.WEEK: self._weekly, Unit.MONTH: self._monthly}[self.unit](first, begin)
        yield from (day for day in found if day >= begin)

    def _daily(self, first: date, begin: date) -> Iterator[date]:
        for number in count(-((first - begin).days // self.every)):
            yield first + timedelta(days=number * self.every)

    def _weekly(self, first: date, begin: date) -> Iterator[date]:
        monday = first - timedelta(days=first.weekday())
        for number in count((begin - monday).days // 7 // self.every):
            week = monday + timedelta(weeks=number * self.every)
            yield from (week + timedelta(days=WEEKDAYS.index(day)) for day in self.weekdays)

    def _monthly(self, first: date, begin: date) -> Iterator[date]:
        start, now = (day.year * 12 + day.month - 1 for day in (first, begin))
        for number in count((now - start) // self.every):
            year, month = divmod(start + number * self.every, 12)
            yield self._in_month(year, month + 1)

    def _in_month(self, year: int, month: int) -> date:
        weekday, length = calendar.monthrange(year, month)
        if not self.place:
            return date(year, month, min(self.day, length))
        earliest = 1 + (WEEKDAYS.index(self.weekdays[0]) - weekday) % 7
        if self.place == "last":
            return date(year, month, earliest + (length - earliest) // 7 * 7)
        return date(year, month, earliest + 7 * PLACES.index(self.place))

    def __str__(self) -> str:
        every = f"every {self.unit}" if self.every == 1 else f"every {self.every} {self.unit}s"
        if self.unit is Unit.WEEK:
            every += f" on {', '.join(self.weekdays)}"
        elif self.place:
            every += f" on the {self.place} {self.weekdays[0]}"
        elif self.day:
            every += " on the last day" if self.day == LAST_DAY else f" on day {self.day}"
        return f"{every} at {self.at} ({self.zone})"


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a time of day, in UTC: the first valid one where the clocks jump over it."""
    wall = datetime.combine(day, hour, tzinfo=zone)
    late, early = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return late
    # The jump lies between the two readings of the wall clock; close in on it to the second.
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset():
            early = middle
        else:
            late = middle
    return late


def end_of_day(moment: datetime, days: int, zone: str) -> datetime:
    """Return the end of the local day that lies some days after that of a moment, in UTC."""
    place = ZoneInfo(zone)
    day = moment.astimezone(place).date() + timedelta(days=days + 1)
    return instant(day, time(), place) - timedelta(microseconds=1)
