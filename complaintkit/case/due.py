"""When a clock is due by all that is on it: reckoned anew from its start, its promise and its history."""

from zoneinfo import ZoneInfo

from complaintkit.case.parts import Basis, Clock
from complaintkit.changing import evolve
from complaintkit.clocks.reckoning import Calendars, Reckoned, Rest, reckon


def counted(clock: Clock) -> tuple[Rest, ...]:
    """Return when a clock stood still, as far as that counts: a deadline of the law never does."""
    return () if clock.basis is Basis.STATUTORY else clock.history.rests


def due_of(clock: Clock, calendars: Calendars) -> Reckoned:
    """Return when a clock is due, with the reasoning line by line.

    A deadline of the law never stands still: where a clock comes under one, the time it rested before counts in full.
    One that stood still as it was settled is due later by as long as it had.

    Args:
        clock: The clock, whose reckoning is known.
        calendars: Gives the calendar that is pinned.
    """
    rests = counted(clock)
    history = evolve(clock.history, rests=rests)
    reckoned = reckon(clock.reckoning, clock.started_at, history, calendars)
    lines, ignored = reckoned.lines[:-1], len(clock.history.rests) - len(rests)
    if ignored:
        lines += (f"the law lets nothing stand still: {ignored} rest{'s' * (ignored > 1)} not counted",)
    if not (ignored or clock.stood):
        return reckoned
    due = reckoned.due_at + clock.stood
    zone = ZoneInfo(clock.reckoning.zone)
    if clock.stood and clock.paused_at:
        lines += (f"stood still from {clock.paused_at.astimezone(zone):%a %d %b %Y %H:%M} until it was settled",)
    return Reckoned(due, (*lines, f"due {due.astimezone(zone):%a %d %b %Y %H:%M}"))
