"""How much working time a place has had up to any instant, and at which instant it has had so much.

Both are answered by bisection in sums that are made once, whatever lies between two instants:

- **Runs** are stretches of local dates on which one week repeats: one exception is a run of one day. Sums of working
  time and of working days stand at the beginning of each; within a run, whole weeks are multiplied.
- **Stretches** are stretches of time with one offset from UTC. Within one, the local clock runs like any other; where
  the clocks are changed, what was skipped or shown twice is taken off or added once, in a sum of its own.

A moment is working time where the local clock shows it to be. So an opening that is skipped moves to the change, and
time that is shown twice counts twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from complaintkit.clocks.changes import DAY, EPOCH, MINUTE, YEARS, Stretches, stretches_of
from complaintkit.clocks.hours import Day, Version, Week

# Local dates are counted in days since 1 January 1970, which was a Thursday.
_THURSDAY: Final = 3
_EPOCH_DAY: Final = EPOCH.date().toordinal()
_FIRST: Final = -2  # a day before all that is counted in some place
_LAST: Final = date(YEARS[1] + 1, 1, 3).toordinal() - _EPOCH_DAY
_Bisect = Callable[[Sequence[int], int], int]


def number_of(day: date) -> int:
    """Return the number of a local date."""
    return day.toordinal() - _EPOCH_DAY


def date_of(number: int) -> date:
    """Return the local date of a number."""
    return date.fromordinal(number + _EPOCH_DAY)


@frozen(eq=False)
class Pattern:
    """A week with its sums, by the weekday from which one counts."""

    week: Week
    counted: bool = True  # whether its days are working days
    time: tuple[tuple[int, ...], ...] = field(init=False)
    days: tuple[tuple[int, ...], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        lengths = [sum((one.closes - one.opens) * MINUTE for one in day) for day in self.week]
        worked = [int(self.counted and bool(day)) for day in self.week]
        object.__setattr__(self, "time", tuple(_sums(lengths[first:] + lengths[:first]) for first in range(7)))
        object.__setattr__(self, "days", tuple(_sums(worked[first:] + worked[:first]) for first in range(7)))


@frozen(eq=False)
class Sums:
    """Working time and working days of one calendar, in microseconds and days since the first date that is counted.

    Attributes:
        stretches: Time by offset from UTC.
        firsts: The date with which each run begins.
        patterns: The week that repeats in each.
        time, days: Working time and working days before each run, by the local clock.
        shifts: What to add to the time by the local clock in each stretch, for changes of the clock before it.
        before: Real working time before each stretch.
    """

    stretches: Stretches
    firsts: tuple[int, ...]
    patterns: tuple[Pattern, ...]
    time: tuple[int, ...]
    days: tuple[int, ...]
    shifts: tuple[int, ...]
    before: tuple[int, ...]

    @classmethod
    def of(cls, zone: ZoneInfo, week: Week, later: Iterable[Version], dates: Mapping[date, Day]) -> "Sums":
        """Return the sums of a calendar."""
        stretches = stretches_of(zone)
        weeks = [(_FIRST, week), *((number_of(one.since), one.week) for one in later)]
        kept = {number_of(day): hours for day, hours in dates.items()}
        lost = frozenset(_lost(stretches, weeks, kept))
        runs = list(_runs(weeks, kept, lost))
        sums = cls(
            stretches=stretches,
            firsts=tuple(first for first, _ in runs),
            patterns=tuple(pattern for _, pattern in runs),
            time=_counted(runs, lambda pattern: pattern.time),
            days=_counted(runs, lambda pattern: pattern.days),
            shifts=(),
            before=(),
        )
        shifts, before = [0], [0]
        for place in range(1, len(stretches.starts)):
            start, offset = stretches.starts[place], stretches.offsets[place]
            old = sums.shown(start + stretches.offsets[place - 1]) + shifts[-1]
            shifts.append(old - sums.shown(start + offset))
            before.append(old)
        return cls(stretches, sums.firsts, sums.patterns, sums.time, sums.days, tuple(shifts), tuple(before))

    def worked(self, instant: int) -> int:
        """Return the working time up to an instant."""
        place = self.stretches.at(instant)
        return self.shown(instant + self.stretches.offsets[place]) + self.shifts[place]

    def reached(self, time: int) -> int | None:
        """Return the first instant by which there was so much working time; `None` where there never is."""
        return self._when(time, bisect_left)

    def going_on(self, time: int) -> int | None:
        """Return the instant at which work goes on after so much working time; `None` where it never does."""
        return self._when(time, bisect_right)

    def shown(self, local: int) -> int:
        """Return the working time up to what the local clock shows, as if it had never been changed."""
        number, within = divmod(local, DAY)
        run, gone, first = self._run(number)
        pattern = self.patterns[run]
        weeks, rest = divmod(gone, 7)
        sums = pattern.time[first]
        time = self.time[run] + weeks * sums[7] + sums[rest]
        for one in pattern.week[(first + rest) % 7]:
            if within <= (opens := one.opens * MINUTE):
                break
            time += min(within, one.closes * MINUTE) - opens
        return time

    def hours_on(self, number: int) -> Day:
        """Return the hours of a local date."""
        run, gone, first = self._run(number)
        return self.patterns[run].week[(first + gone) % 7]

    def days_before(self, number: int) -> int:
        """Return the working days before a date."""
        run, gone, first = self._run(number)
        weeks, rest = divmod(gone, 7)
        sums = self.patterns[run].days[first]
        return self.days[run] + weeks * sums[7] + sums[rest]

    def working_day(self, count: int) -> int | None:
        """Return the date of the working day of this number, from 1; `None` where there are fewer."""
        run = bisect_left(self.days, count) - 1
        first = _weekday(self.firsts[run])
        sums = self.patterns[run].days[first]
        if not sums[7]:
            return None
        weeks, rest = divmod(count - self.days[run] - 1, sums[7])
        return self.firsts[run] + weeks * 7 + bisect_left(sums, rest + 1) - 1

    def _run(self, number: int) -> tuple[int, int, int]:
        """Return the place of a date's run, the days since it began, and the weekday on which it did."""
        run = max(bisect_right(self.firsts, number) - 1, 0)
        return run, number - self.firsts[run], _weekday(self.firsts[run])

    def _when(self, time: int, bisect: _Bisect) -> int | None:
        place = max(bisect(self.before, time) - 1, 0)
        run = max(bisect(self.time, time - self.shifts[place]) - 1, 0)
        rest = time - self.shifts[place] - self.time[run]
        pattern, first = self.patterns[run], _weekday(self.firsts[run])
        sums = pattern.time[first]
        if not sums[7]:
            return None
        # Just a week's worth is reached at the end of that week, and goes on in the next one.
        weeks = (rest - (bisect is bisect_left)) // sums[7]
        rest -= weeks * sums[7]
        day = bisect(sums, rest) - 1
        rest -= sums[day]
        number = self.firsts[run] + weeks * 7 + day
        local = number * DAY + _within(pattern.week[(first + day) % 7], rest, bisect is bisect_left)
        return local - self.stretches.offsets[place]


def _within(hours: Day, time: int, reached: bool) -> int:
    """Return when within a day there was so much working time, or work goes on after it."""
    for one in hours:
        length = (one.closes - one.opens) * MINUTE
        if time < length or (reached and time == length):
            return one.opens * MINUTE + time
        time -= length
    raise AssertionError("asked for more than the day has")


def _runs(
    weeks: Sequence[tuple[int, Week]], dates: Mapping[int, Day], lost: frozenset[int]
) -> Iterator[tuple[int, Pattern]]:
    """Yield the date with which each run begins, and the week that repeats in it."""
    patterns: dict[tuple[Week, bool], Pattern] = {}

    def pattern(week: Week, counted: bool = True) -> Pattern:
        if (week, counted) not in patterns:
            patterns[week, counted] = Pattern(week, counted)
        return patterns[week, counted]

    single = sorted(dates.keys() | lost)
    begins = {first for first, _ in weeks} | {number + 1 for number in single}
    for number in sorted(begins | set(single)):
        if number in dates or number in lost:
            hours = _hours(number, weeks, dates)
            yield number, pattern((hours,) * 7, number not in lost)
        else:
            yield number, pattern(_week(number, weeks))


def _lost(stretches: Stretches, weeks: Sequence[tuple[int, Week]], dates: Mapping[int, Day]) -> Iterator[int]:
    """Yield the dates whose hours are all skipped by a change of the clocks: nobody can work on them."""
    for place in range(1, len(stretches.starts)):
        gap = stretches.starts[place] + stretches.offsets[place - 1], stretches.local[place]
        for number in range(gap[0] // DAY, -(-gap[1] // DAY)):
            hours = _hours(number, weeks, dates)
            opens, closes = (
                (number * DAY + one * MINUTE for one in (hours[0].opens, hours[-1].closes)) if hours else (0, 0)
            )
            if hours and gap[0] <= opens and closes <= gap[1]:
                yield number


def _week(number: int, weeks: Sequence[tuple[int, Week]]) -> Week:
    return weeks[max(bisect_right(weeks, number, key=lambda one: one[0]) - 1, 0)][1]


def _hours(number: int, weeks: Sequence[tuple[int, Week]], dates: Mapping[int, Day]) -> Day:
    kept = dates.get(number)
    return _week(number, weeks)[_weekday(number)] if kept is None else kept


def _weekday(number: int) -> int:
    return (number + _THURSDAY) % 7


def _sums(lengths: Iterable[int]) -> tuple[int, ...]:
    sums = [0]
    for length in lengths:
        sums.append(sums[-1] + length)
    return tuple(sums)


def _counted(
    runs: Sequence[tuple[int, Pattern]], of: Callable[[Pattern], tuple[tuple[int, ...], ...]]
) -> tuple[int, ...]:
    """Return what was counted before each run."""
    found = [0]
    for (first, pattern), (after, _) in pairwise(runs):
        weeks, rest = divmod(after - first, 7)
        sums = of(pattern)[_weekday(first)]
        found.append(found[-1] + weeks * sums[7] + sums[rest])
    return tuple(found)
