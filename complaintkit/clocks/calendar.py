"""When is work done? Opening hours, holidays and half days of a place, and time counted in them.

Everything is exact: instants are counted in UTC, in whole microseconds, and what the local clock shows decides whether
an instant is working time. The cost of an answer does not grow with the time it spans; `complaintkit.clocks.working`
tells how.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

from complaintkit.checks import frozen_mapping
from complaintkit.clocks.changes import DAY, EPOCH, MINUTE, YEARS
from complaintkit.clocks.hours import WHOLE_DAY, Day, Hours, Version, Week, day_of, week_of
from complaintkit.clocks.working import Sums, date_of, number_of
from complaintkit.errors import SettingsError

__all__ = ["ALWAYS", "Calendar", "Hours", "Version", "always"]

_DAYS: Final = (date(YEARS[0], 1, 1), date(YEARS[1], 12, 31))
_LAST_DAY: Final = number_of(_DAYS[1])
_TICK: Final = timedelta(microseconds=1)
_END: Final[int] = (datetime(YEARS[1] + 1, 1, 1, tzinfo=UTC) - EPOCH) // _TICK
_FORMAT: Final = 1


def _later(given: Iterable[Version]) -> tuple[Version, ...]:
    return tuple(given)


def _dates(given: Mapping[date, Any]) -> Any:
    return frozen_mapping({day: day_of(given[day]) for day in sorted(given)})  # type: ignore[misc]


def _names(given: Mapping[date, str]) -> Any:
    return frozen_mapping({day: given[day] for day in sorted(given)})  # type: ignore[misc]


@frozen(kw_only=True, eq=False)
class Calendar:
    """The working time of a place.

    Two calendars are equal where everything in them is; then they have the same identity, too.

    Attributes:
        name: What it is called in the settings.
        zone: The place whose clock the hours are shown by.
        week: Hours of each weekday, Monday first; an empty tuple is closed.
        later: Weeks that take its place, each from a date on; earlier dates keep the earlier hours.
        dates: Hours of single dates, in full: `()` is closed, and what the week says does not count then.
        names: What such dates are called.
        years: First and last year for which the dates are written out; `None` where the week is all there is.
    """

    name: str = field(validator=validators.min_len(1))
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))
    week: Week = field(converter=week_of)
    later: tuple[Version, ...] = field(default=(), converter=_later)
    dates: Mapping[date, Day] = field(factory=dict, converter=_dates)
    names: Mapping[date, str] = field(factory=dict, converter=_names)
    years: tuple[int, int] | None = None

    def __attrs_post_init__(self) -> None:
        if self.zone.key is None:
            raise ValueError("zone has no name, so nobody could look it up again")
        since = [one.since for one in self.later]
        if since != sorted(set(since)):
            raise ValueError("later has two weeks from one date, or not in order")
        for day in (*since, *self.dates):
            if not _DAYS[0] <= day <= _DAYS[1]:
                raise ValueError(f"dates has {day}, and time is counted from {YEARS[0]} to {YEARS[1]}")

    @cached_property
    def identity(self) -> str:
        """Return the name and a digest of everything that is in it: who has it can tell the calendar from any other."""
        return f"{self.name}@{hashlib.sha256(self.archived().encode()).hexdigest()[:12]}"

    def __eq__(self, other: object) -> bool:
        return self.identity == other.identity if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.identity)

    def __reduce__(self) -> tuple[Any, ...]:
        return Calendar.of_archive, (self.archived(),)

    # --- instants

    def add(self, start: datetime, time: timedelta) -> datetime:
        """Return the first moment by which so much working time has passed, in UTC.

        Outside hours no time passes, so what starts there begins with the next opening. What ends with the hours of a
        day ends then, and not with the next opening. No time at all ends where it starts.

        Args:
            start: With time zone.
            time: Working time, 0 or more.

        Raises:
            SettingsError: The time is negative, or ends after what is counted; or the calendar has no more hours.
        """
        ticks = time // _TICK
        if ticks < 0:
            raise SettingsError("time", f"{time} is less than nothing; count from an earlier start instead")
        instant = self._ticks(start, "start")
        if not ticks:
            return _moment(instant)
        found = self._sums.reached(self._sums.worked(instant) + ticks)
        if found is None or found >= _END:
            self._never(found, f"{time} of working time from {start}")
        return _moment(found)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments; none where the end comes first.

        Args:
            start, end: With time zone.

        Raises:
            SettingsError: One of them is outside what is counted.
        """
        first, last = self._ticks(start, "start"), self._ticks(end, "end")
        if last <= first:
            return timedelta()
        return timedelta(microseconds=self._sums.worked(last) - self._sums.worked(first))

    def open_at(self, at: datetime) -> bool:
        """Say whether work is done at a moment; the moment at which hours end does not belong to them."""
        instant = self._ticks(at, "at")
        number, within = divmod(instant + self._offset(instant), DAY)
        return any(one.opens * MINUTE <= within < one.closes * MINUTE for one in self._sums.hours_on(number))

    def opening(self, at: datetime) -> datetime:
        """Return the moment itself while work is done, else the next opening, in UTC.

        Raises:
            SettingsError: There is none in what is counted.
        """
        instant = self._ticks(at, "at")
        found = self._sums.going_on(self._sums.worked(instant))
        if found is None or found >= _END:
            self._never(found, f"the opening after {at}")
        return _moment(found)

    # --- days

    def hours_on(self, day: date) -> Day:
        """Return the hours of a local date."""
        return self._sums.hours_on(self._number(day))

    def works_on(self, day: date) -> bool:
        """Say whether any work is done on a local date."""
        number = self._number(day)
        return self._sums.days_before(number + 1) > self._sums.days_before(number)

    def day_after(self, day: date, count: int) -> date:
        """Return the working day that comes so many working days after a date, which is day 0 itself.

        Args:
            day: A local date, working day or not.
            count: Working days, 0 or more; with 0 it is the date itself.

        Raises:
            SettingsError: The count is negative, or there are fewer in what is counted.
        """
        if count < 0:
            raise SettingsError("count", f"{count} is less than none; count from an earlier day instead")
        number = self._number(day)
        if not count:
            return day
        found = self._sums.working_day(self._sums.days_before(number + 1) + count)
        if found is None or found > _LAST_DAY:
            self._never(found, f"working day {count} after {day}")
        return date_of(found)

    def days_between(self, first: date, last: date) -> int:
        """Return how many working days there are from one local date on and before another; none if that is earlier."""
        before, after = self._number(first), self._number(last)
        return self._sums.days_before(after) - self._sums.days_before(before) if after > before else 0

    def roll(self, day: date) -> date:
        """Return a date itself if it is a working day, else the next working day.

        Raises:
            SettingsError: There is none in what is counted.
        """
        return day if self.works_on(day) else self.day_after(day, 1)

    def close_of(self, day: date) -> datetime:
        """Return the moment at which the last hours of a local date end, in UTC; the end of the day where it has none.

        A day ends with its last microsecond, as spans in days do, so that the moment belongs to the date.
        """
        number = self._number(day)
        stretches = self._sums.stretches
        last = stretches.until((number + 1) * DAY) - 1
        for one in reversed(self._sums.hours_on(number)):
            end = stretches.until(number * DAY + one.closes * MINUTE)
            if (end - 1 + self._offset(end - 1)) >= number * DAY + one.opens * MINUTE:  # else all of it was skipped
                return _moment(min(end, last))
        return _moment(last)

    def holiday(self, day: date) -> str:
        """Return what a date is called that has hours of its own; empty for any other."""
        return self.names.get(day, "")

    def knows(self, day: date) -> bool:
        """Say whether holidays are written out for the year of a date; beyond, only the week counts."""
        return self.years is None or self.years[0] <= day.year <= self.years[1]

    # --- keeping

    def archived(self) -> str:
        """Return everything in it as one line of JSON, from which `of_archive` makes an equal calendar."""
        content = {
            "calendar": _FORMAT,
            "name": self.name,
            "zone": self.zone.key,
            "week": _written(self.week),
            "later": [{"since": str(one.since), "week": _written(one.week)} for one in self.later],
            "dates": {str(day): [str(one) for one in hours] for day, hours in self.dates.items()},
            "names": {str(day): name for day, name in self.names.items()},
            "years": self.years,
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def of_archive(cls, text: str) -> "Calendar":
        """Return the calendar that was archived.

        Raises:
            SettingsError: The text is none, or was written by a later version.
        """
        from complaintkit.clocks.archive import calendar_from

        return calendar_from(text)

    @cached_property
    def _sums(self) -> Sums:
        return Sums.of(self.zone, self.week, self.later, self.dates)

    def _offset(self, instant: int) -> int:
        stretches = self._sums.stretches
        return stretches.offsets[stretches.at(instant)]

    def _ticks(self, at: datetime, name: str) -> int:
        if at.tzinfo is None:
            raise SettingsError(name, f"{at.isoformat()} has no time zone and could be anywhere; add one, such as UTC")
        ticks: int = (at - EPOCH) // _TICK
        if not 0 <= ticks < _END:
            self._beyond(f"{name} {at.isoformat()}")
        return ticks

    def _number(self, day: date) -> int:
        if not _DAYS[0] <= day <= _DAYS[1]:
            self._beyond(str(day))
        return number_of(day)

    def _never(self, found: int | None, what: str) -> NoReturn:
        if found is not None:
            self._beyond(what)
        raise SettingsError(
            f"calendar {self.name}",
            f"{what} never comes: one day there are no more hours; give it some in its week, or write `always = true`",
        )

    def _beyond(self, what: str) -> NoReturn:
        raise SettingsError(
            f"calendar {self.name}",
            f"{what} is beyond what is counted; moments and days lie from {YEARS[0]} to {YEARS[1]}",
        )


def always(zone: ZoneInfo | None = None) -> Calendar:
    """Return the calendar of a place where work never stops, UTC unless a place is given."""
    return Calendar(name="always", zone=zone or ZoneInfo("UTC"), week=(WHOLE_DAY,) * 7)


def _moment(ticks: int) -> datetime:
    return EPOCH + timedelta(microseconds=ticks)


def _written(week: Week) -> list[list[str]]:
    return [[str(one) for one in day] for day in week]


ALWAYS: Final = always()
