"""How a clock is reckoned: from its start, by its promise, over pauses and extensions, to the moment when it is due.

The same lines of code that work the moment out tell how they did: what is explained cannot differ from what counts.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from attrs import define, field, frozen, validators

from complaintkit.checks import aware
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.history import Change, Extension, History, Rest, in_order, union
from complaintkit.clocks.rules import Span, day_end

__all__ = [
    "Calendars", "Change", "Extension", "History", "Reckoned", "Reckoning", "Rest", "latest", "reckon", "union",
]  # fmt: skip

_moment = validators.optional(aware)
# So many days that do not count are named in an explanation; of a longer list the rest is only counted.
_NAMED: Final = 12

# Gives a calendar by its identity, such as `office@0a1b2c3d4e5f`.
Calendars = Callable[[str], Calendar]


@frozen(kw_only=True)
class Reckoning:
    """What a clock promises, pinned when it started: later settings change nothing in it.

    Attributes:
        within: How long it runs; `None` where a date was given.
        until: The date that was given; `None` where it runs for a span.
        starts: The fact it counts from, such as the `receipt` or the `acknowledgement`; empty where none is named.
        zone: Place whose days count.
        calendar: Identity of the calendar that says which days and hours are working time; empty for none.
        end: Days end with the last `day`, or at the `close` of business of it; exact and working time when it is over.
        roll: Whether a last day that is no working day moves to the next one; only where the rule says so.
        longest: How long it may become by extensions, from its start; `None` for no extension, unless `more` is given.
        more: How long it may become by extensions, from when it was first due.
    """

    within: Span | None = None
    until: datetime | None = field(default=None, validator=_moment)
    starts: str = ""
    zone: str = "UTC"
    calendar: str = ""
    end: Literal["day", "close"] = "day"
    roll: bool = False
    longest: Span | None = None
    more: Span | None = None

    @property
    def known(self) -> bool:
        """Say whether it is known how the clock counts; of clocks from before that was kept it is not."""
        return self.within is not None or self.until is not None

    @property
    def extendable(self) -> bool:
        """Say whether it may be extended at all."""
        return self.longest is not None or self.more is not None


@frozen
class Reckoned:
    """When a clock is due, and how that came about.

    Attributes:
        due_at: The moment, in UTC.
        lines: The reasoning, line by line, in words.
    """

    due_at: datetime
    lines: tuple[str, ...]


def reckon(reckoning: Reckoning, started_at: datetime, history: History, calendars: Calendars) -> Reckoned:
    """Return when a clock is due, with the reasoning.

    Exact time, working time and days stop counting while the clock stands still: of exact time the length of the rest,
    of working time what the calendar was open in it. Of days those count whose end fell into it, and no more than one
    for each 24 hours of rest: minutes before midnight buy no day. Rests that overlap count once. An extension sets the
    moment, where the promise lets itself be extended; what rests later shifts that.

    Args:
        reckoning: What was promised.
        started_at: From when it counts.
        history: What happened since.
        calendars: Gives the calendar that is pinned.
    """
    course = _Course(reckoning, calendars(reckoning.calendar) if reckoning.calendar else None)
    lines = [f"runs from {course.told(started_at)} ({reckoning.zone})"]
    if reckoning.starts:
        lines[0] += f", the {reckoning.starts}{' or when that was due' * (reckoning.starts == 'acknowledgement')}"
    due, days = course.first(started_at, lines), _Days()
    for one in in_order(history):
        if isinstance(one, Extension) and not reckoning.extendable:
            lines.append(f"the extension of {course.told(one.at)} does not hold under this standard")
        elif isinstance(one, Extension):
            due = one.until.astimezone(UTC)
            lines.append(f"extended on {course.told(one.at)}, which the complainant was told: {course.told(due)}")
        elif one.since <= due and started_at < one.until:
            # Under another standard it may count from later on: what rested before that start is not in its time.
            due = course.rested(due, Rest(max(one.since, started_at), one.until), days, lines)
    lines.append(f"due {course.told(due)}")
    return Reckoned(due, tuple(lines))


def latest(reckoning: Reckoning, started_at: datetime, due_at: datetime, calendars: Calendars) -> datetime:
    """Return the moment beyond which a clock may not be extended: its due moment itself where it may not be at all.

    Args:
        reckoning: What was promised.
        started_at: From when it counts.
        due_at: When it was due before any extension.
        calendars: Gives the calendar that is pinned.
    """
    course = _Course(reckoning, calendars(reckoning.calendar) if reckoning.calendar else None)
    caps = []
    if reckoning.longest is not None:
        caps.append(course.after(started_at, reckoning.longest))
    if reckoning.more is not None:
        caps.append(course.after(due_at, reckoning.more))
    return max(due_at, min(caps, default=due_at))


@define
class _Days:
    """By how many days a clock was put off so far: how many ended in rests, how long all rests were, how many count."""

    ended: int = 0
    rested: timedelta = timedelta()
    counted: int = 0

    def gained(self, rest: Rest, ended: int) -> int:
        """Return how many days one more rest puts the clock off."""
        self.ended += ended
        self.rested += rest.until - rest.since
        before, self.counted = self.counted, min(self.ended, self.rested // timedelta(days=1))
        return self.counted - before


@frozen
class _Course:
    """One reckoning with its calendar at hand."""

    reckoning: Reckoning
    calendar: Calendar | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.reckoning.zone)

    @property
    def by_working_days(self) -> bool:
        return bool(self.reckoning.within and self.reckoning.within.business_days)

    def told(self, at: datetime) -> str:
        """Return a moment as people there read it; the last one of a day as that."""
        local = at.astimezone(self.zone)
        ending = (local.hour, local.minute, local.second) == (23, 59, 59)
        return f"{local:%a %d %b %Y}, end of the day" if ending else f"{local:%a %d %b %Y %H:%M:%S}".removesuffix(":00")

    def first(self, start: datetime, lines: list[str]) -> datetime:
        """Return when it is due if nothing happens."""
        within = self.reckoning.within
        if self.reckoning.until is not None or within is None:
            due = (self.reckoning.until or start).astimezone(UTC)
            lines.append(f"a date was given: {self.told(due)}")
            return due
        lines.append(f"{within}" + (f", by the calendar {self.calendar.name}" if self.calendar else ""))
        if within.exact:
            return start.astimezone(UTC) + within.exact
        if within.working:
            return self._worked(start, within.working, lines)
        return self._end(self._last_day(start.astimezone(self.zone).date(), within, lines), lines)

    def after(self, start: datetime, span: Span) -> datetime:
        """Return when another span from a moment is over, by the same days."""
        return _Course(_evolved(self.reckoning, span), self.calendar).first(start, [])

    def _worked(self, start: datetime, time: timedelta, lines: list[str]) -> datetime:
        calendar = self._counting()
        opening = calendar.opening(start)
        if opening > start:
            lines.append(f"closed then; counts from {self.told(opening)}")
        due = calendar.add(start, time)
        self._tell_closed(opening.astimezone(self.zone).date(), due.astimezone(self.zone).date(), lines)
        return due

    def _last_day(self, day: date, within: Span, lines: list[str]) -> date:
        if not within.business_days:
            return within.last_day(day)
        last = self._counting().day_after(day, within.business_days)
        self._tell_closed(day, last, lines)
        return last

    def _tell_closed(self, day: date, last: date, lines: list[str]) -> None:
        calendar = self._counting()
        span = min((last - day).days, 366)
        between = (day + timedelta(days=step) for step in range(1, span + 1))
        closed = [one for one in between if not calendar.works_on(one)]
        named = [f"{one:%a %d %b}" + (f" ({why})" if (why := calendar.holiday(one)) else "") for one in closed]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        if named:
            lines.append(f"not counted: {', '.join(named[:_NAMED])}{more}")

    def _end(self, day: date, lines: list[str]) -> datetime:
        """Return the moment at which a last day ends, moved to a working day where the rule says so."""
        if self.reckoning.roll and self.calendar is not None and not self.calendar.works_on(day):
            why = self.calendar.holiday(day)
            moved = self.calendar.roll(day)
            lines.append(
                f"{day:%a %d %b %Y} is no working day{f' ({why})' if why else ''}: moved to {moved:%a %d %b %Y}"
            )
            day = moved
        if self.reckoning.end == "close" and self.calendar is not None:
            lines.append(f"close of business on {day:%a %d %b %Y}")
            return self.calendar.close_of(day)
        return day_end(day, self.zone)

    def rested(self, due: datetime, rest: Rest, days: "_Days", lines: list[str]) -> datetime:
        """Return when it is due after a time in which it stood still."""
        within = self.reckoning.within
        stood = f"stood still from {self.told(rest.since)} to {self.told(rest.until)}"
        if within is not None and within.working:
            calendar = self._counting()
            still = calendar.elapsed(rest.since, rest.until)
            later = calendar.add(due, still) if still else due
            lines.append(f"{stood}, {_length(still)} of working time: {self.told(later)}")
            return later
        if within is None or within.exact:
            later = due + (rest.until - rest.since)
            lines.append(f"{stood}, {_length(rest.until - rest.since)}: {self.told(later)}")
            return later
        gained = days.gained(rest, self._ends(rest))
        if not gained:
            lines.append(f"{stood}, no further day in all")
            return due
        day = due.astimezone(self.zone).date()
        later_day = self._counting().day_after(day, gained) if self.by_working_days else day + timedelta(days=gained)
        lines.append(f"{stood}: {gained} day{'s' * (gained != 1)}")
        return self._end(later_day, lines)

    def _ends(self, rest: Rest) -> int:
        """Return how many days that count ended in a time of rest."""
        first, last = rest.since.astimezone(self.zone).date(), rest.until.astimezone(self.zone).date()
        if last <= first:
            return 0
        if self.by_working_days:
            return self._counting().days_between(first, last)
        return (last - first).days

    def _counting(self) -> Calendar:
        if self.calendar is None:
            raise ValueError(f"{self.reckoning.within} cannot be counted without a calendar of working time")
        return self.calendar


def _evolved(reckoning: Reckoning, span: Span) -> Reckoning:
    return Reckoning(
        within=span, zone=reckoning.zone, calendar=reckoning.calendar, end=reckoning.end, roll=reckoning.roll
    )


def _length(time: timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    told = [f"{amount} {unit}" for amount, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if amount]
    return " ".join(told) or "no time"
