"""Dates with hours of their own, written out one by one: holidays, days of every year, single dates.

A single date goes before a day of every year, and that before a holiday. What is stated is all there is on that date.
Hours that go on after midnight are added to what the next date has.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from attrs import define, field, frozen

from complaintkit.clocks.holidays_of import Holidays
from complaintkit.clocks.hours import CLOSED, Day, Hours, Week, day_of
from complaintkit.clocks.spot import Spot

_ONE_DAY: Final = timedelta(days=1)
_SWAPPED: Final = "worked in place of a day off"


@frozen(kw_only=True)
class Entry:
    """Hours of a date as the settings state them.

    Attributes:
        month, day: The date, in `year`, or in every year if there is none.
        hours: Its hours.
        night: Hours of the next date, where a shift goes on after midnight.
        name: What it is called; empty if nothing is said.
        path: Where it stands.
    """

    month: int
    day: int
    year: int | None
    hours: Day
    night: tuple[Hours, ...]
    name: str
    path: str

    def within(self, first: date, last: date) -> Iterator[date]:
        """Yield its dates between two; 29 February only in years that have one."""
        for year in range(first.year, last.year + 1) if self.year is None else (self.year,):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if first <= found <= last:
                yield found


@frozen(kw_only=True)
class Stage:
    """What holds from one date until the next stage begins.

    Attributes:
        since, last: First and last local date.
        week: Hours of each weekday.
        holidays: Public holidays, place by place.
        kept: Dates and holidays on which work is done all the same, each with where it stands.
        yearly: Days of every year with hours of their own.
        years: First and last year for which holidays and days of every year are written out.
    """

    since: date
    last: date
    week: Week
    holidays: tuple[Holidays, ...]
    kept: tuple[tuple[str, str], ...]
    yearly: tuple[Entry, ...]
    years: tuple[int, int]

    @property
    def written(self) -> tuple[date, date]:
        """Return the first and last date for which it is written out."""
        return max(self.since, date(self.years[0], 1, 1)), min(self.last, date(self.years[1], 12, 31))


@define
class WrittenOut:
    """Dates with hours of their own, and what they are called."""

    hours: dict[date, Day] = field(factory=dict)
    names: dict[date, str] = field(factory=dict)
    stated: dict[date, Entry] = field(factory=dict)

    def state(self, entry: Entry, day: date, regular: Day) -> None:
        """Write down what an entry states of a date."""
        named = self.names.get(day, "") if day not in self.stated else ""
        self.hours[day] = entry.hours
        self.names[day] = entry.name or named or _called(entry.hours, regular)
        self.stated[day] = entry


def written_out(stages: Sequence[Stage], singles: Sequence[Entry]) -> WrittenOut:
    """Return every date with hours of its own.

    Args:
        stages: What holds, in order.
        singles: Entries of single dates; of two for one date the later counts.

    Raises:
        SettingsError: Something that should be no holiday is none anyway, or hours of a night overlap those of the next
            date.
    """
    found = WrittenOut()
    for stage in stages:
        _take_holidays(stage, found)
        for entry in stage.yearly:
            for day in entry.within(*stage.written):
                found.state(entry, day, stage.week[day.weekday()])
    for entry in singles:
        for day in entry.within(date.min, date.max):
            found.state(entry, day, _week_on(day, stages)[day.weekday()])
    for day, entry in sorted(found.stated.items(), key=lambda item: item[0]):
        if entry.night:
            _go_on(day + _ONE_DAY, entry, stages, found)
    return found


def _take_holidays(stage: Stage, found: WrittenOut) -> None:
    first, last = stage.written
    used: set[str] = set()
    for place in stage.holidays:
        for day, name in place.off.items():
            left = list(_left(day, name, stage.kept, used))
            if left and first <= day <= last:
                found.hours[day] = CLOSED
                known = found.names.get(day, _SWAPPED)
                found.names[day] = "; ".join(dict.fromkeys((*([] if known == _SWAPPED else known.split("; ")), *left)))
        for day in place.worked:
            if first <= day <= last and day not in found.hours and not stage.week[day.weekday()]:
                found.hours[day], found.names[day] = _usual(stage.week), _SWAPPED
    for word, path in stage.kept:
        if word not in used:
            raise Spot(path).wrong(f"{word!r} is no holiday here; name a date, or a holiday as `holidays` calls it")


def _left(day: date, name: str, kept: Sequence[tuple[str, str]], used: set[str]) -> Iterator[str]:
    """Yield the holidays of a date that are days off here; note which exceptions were of use."""
    dates = (day.isoformat(), day.isoformat()[5:])
    for one in name.split("; "):
        fitting = {word for word, _ in kept if word in dates or word.casefold() == one.casefold()}
        used |= fitting
        if not fitting:
            yield one


def _go_on(day: date, entry: Entry, stages: Sequence[Stage], found: WrittenOut) -> None:
    """Add the hours after midnight to those of the next date."""
    base = found.hours.get(day, _week_on(day, stages)[day.weekday()])
    try:
        found.hours[day] = day_of((*base, *entry.night))
    except ValueError as error:
        raise Spot(entry.path).wrong(f"goes on until {day}, where {error}") from None
    found.names.setdefault(day, _called(found.hours[day], base))


def _week_on(day: date, stages: Sequence[Stage]) -> Week:
    return next((one for one in reversed(stages) if one.since <= day), stages[0]).week


def _usual(week: Week) -> Day:
    """Return the hours that most working days have; with as many of each, those that come first in the week."""
    counted = Counter(day for day in week if day)
    return counted.most_common(1)[0][0] if counted else CLOSED


def _called(hours: Day, regular: Day) -> str:
    """Return what a date without a name is called, by what it changes."""
    if not hours or not regular:
        return "extra hours" if hours else "closed"
    own, usual = (sum(one.closes - one.opens for one in day) for day in (hours, regular))
    return "other hours" if own == usual else "shorter hours" if own < usual else "longer hours"
