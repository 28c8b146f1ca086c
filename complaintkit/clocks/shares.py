"""Shares of the way of a clock: when half of its time is over, or three quarters, in the time that counts for it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.reckoning import Rest, union


def share_of(
    start: datetime, due: datetime, share: float, calendar: Calendar | None, rests: Iterable[Rest] = ()
) -> datetime:
    """Return the moment at which a share of the way from start to due is over.

    Working time counts where there is some in it, else exact time. Time in which the clock stood still does not count:
    whoever waits half the span uses up nothing of it.

    Args:
        start, due: From when to when, with time zone.
        share: From 0 to 1.
        calendar: The calendar by which the clock counts; `None` for exact time.
        rests: When it stood still.
    """
    start, due = start.astimezone(UTC), due.astimezone(UTC)
    runs = [*_runs(start, due, rests)]
    by = calendar if calendar is not None and any(calendar.elapsed(*run) for run in runs) else None
    left = sum((_length(run, by) for run in runs), timedelta()) * share
    for since, until in runs:
        length = _length((since, until), by)
        if left < length:
            return since + left if by is None else min(by.add(since, left), until)
        left -= length
    return due


def _runs(start: datetime, due: datetime, rests: Iterable[Rest]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times in which the clock ran, in order."""
    since = start
    for rest in union(rests):
        if since < min(rest.since, due):
            yield since, min(rest.since, due)
        since = max(since, rest.until)
    if since < due:
        yield since, due


def _length(run: tuple[datetime, datetime], calendar: Calendar | None) -> timedelta:
    return run[1] - run[0] if calendar is None else calendar.elapsed(*run)
