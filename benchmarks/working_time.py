"""How fast is working time added and measured, beside walking by the minute, by the day, and another library?

python benchmarks/working_time.py [--rounds 7] [--json FILE]

All sides count in one office: London, Monday to Friday, 9 to 17, closed on England's public holidays. They are asked
the same questions in turns, and what they answer is compared. The other library is businesstimedelta, if it is there.
"""

import argparse
import importlib.util
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.changes import stretches_of
from complaintkit.clocks.reading import calendar_of

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = 9, 17
TABLE = {"zone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": "GB-ENG"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SPANS = (1, 7, 30, 365, 3650)
Add = Callable[[datetime, timedelta], datetime]
Elapsed = Callable[[datetime, datetime], timedelta]


class Minutes:
    """Walks from minute to minute and looks at the wall clock, as one would write it in five lines."""

    name, furthest = "minute walk", 30

    def __init__(self, closed: frozenset[date]) -> None:
        self.closed = closed

    def add(self, start: datetime, left: timedelta) -> datetime:
        """Return the moment by which so much working time has passed."""
        at = start
        while left:
            shown = at.astimezone(LONDON)
            if shown.weekday() < 5 and OPENS <= shown.hour < CLOSES and shown.date() not in self.closed:
                left -= MINUTE
            at += MINUTE
        return at

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments."""
        worked, at = timedelta(), start
        while at < end:
            shown = at.astimezone(LONDON)
            if shown.weekday() < 5 and OPENS <= shown.hour < CLOSES and shown.date() not in self.closed:
                worked += MINUTE
            at += MINUTE
        return worked


class Days:
    """Walks from day to day and takes each day's hours at once."""

    name, furthest = "day walk", 3650

    def __init__(self, closed: frozenset[date]) -> None:
        self.closed = closed

    def add(self, start: datetime, left: timedelta) -> datetime:
        """Return the moment by which so much working time has passed."""
        day = start.astimezone(LONDON).date()
        while True:
            opens, closes = self.hours(day)
            begin = max(opens, start)
            if closes > begin:
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
            day += DAY

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments."""
        worked, day, last = timedelta(), start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
        while day <= last:
            opens, closes = self.hours(day)
            worked += max(min(closes, end) - max(opens, start), timedelta())
            day += DAY
        return worked

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """Return when a day opens and closes, in UTC."""
        opens = datetime.combine(day, time_of_day(OPENS), LONDON).astimezone(UTC)
        if day.weekday() >= 5 or day in self.closed:
            return opens, opens
        return opens, datetime.combine(day, time_of_day(CLOSES), LONDON).astimezone(UTC)


class Library:
    """The other library, with the same holidays."""

    name, furthest = "businesstimedelta", 365

    def __init__(self, closed: frozenset[date]) -> None:
        import businesstimedelta
        import pytz

        zone = pytz.timezone("Europe/London")
        self.make = businesstimedelta.BusinessTimeDelta
        self.rules = businesstimedelta.Rules(
            [
                businesstimedelta.WorkDayRule(
                    start_time=time_of_day(OPENS), end_time=time_of_day(CLOSES), working_days=[0, 1, 2, 3, 4], tz=zone
                ),
                businesstimedelta.HolidayRule(dict.fromkeys(closed, "closed"), tz=zone),
            ]
        )

    def add(self, start: datetime, left: timedelta) -> datetime:
        """Return the moment by which so much working time has passed."""
        found: datetime = start + self.make(self.rules, timedelta=left)
        return found

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments."""
        found: timedelta = self.rules.difference(start, end).timedelta
        return found


def seconds(ask: Callable[[], object], times: int) -> float:
    """Return how long one of so many calls takes."""
    start = time.perf_counter()
    for _ in range(times):
        ask()
    return (time.perf_counter() - start) / times


def first_time() -> dict[str, float]:
    """Return how long, in milliseconds, what is done once per process and calendar takes."""
    stretches_of.cache_clear()
    start = time.perf_counter()
    calendar = calendar_of("office", TABLE)  # loads the holidays, too
    read = time.perf_counter()
    stretches_of(calendar.zone)
    changes = time.perf_counter()
    calendar.works_on(date(2026, 1, 1))
    made = time.perf_counter()
    kept = Calendar.of_archive(calendar.archived())
    archived = time.perf_counter()
    kept.works_on(date(2026, 1, 1))
    spans = {
        "read it": read - start,
        "its zone": changes - read,
        "its sums": made - changes,
        "archive": archived - made,
    }
    return {name: span * 1e3 for name, span in spans.items()}


def questions(calendar: Calendar, days: int, dice: random.Random) -> tuple[datetime, timedelta, datetime]:
    """Return a start at which work is done, and working time and end of a span of so many days from it."""
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(3 * 365 * 1440))
    start = calendar.opening(start)
    end = start + timedelta(days=days)
    return start, calendar.elapsed(start, end) or timedelta(hours=8), end


def race(calendar: Calendar, walkers: list[Any], rounds: int) -> tuple[dict[str, dict[str, list[float]]], int, int]:
    """Return each side's seconds for a year, by question and round; how many answers were compared and differed."""
    times: dict[str, dict[str, list[float]]] = {one: {} for one in ("add", "elapsed")}
    compared = different = 0
    dice = random.Random(7)  # noqa: S311 - made-up questions
    for _ in range(rounds):
        start, worked, end = questions(calendar, 365, dice)
        expected = {"add": calendar.add(start, worked), "elapsed": worked}
        for side in (calendar, *walkers):
            ours = side is calendar
            for question, asked in (("add", (start, worked)), ("elapsed", (start, end))):
                method: Callable[..., object] = getattr(side, question)
                taken = seconds(lambda method=method, asked=asked: method(*asked), 2000 if ours else 1)  # type: ignore[misc]
                times[question].setdefault("complaintkit" if ours else side.name, []).append(taken)
                if not ours:
                    compared += 1
                    different += method(*asked) != expected[question]
    return times, compared, different


def told(question: str, name: str, taken: list[float], ours: list[float]) -> str:
    """Return one line: the median time, and how many times ours that is, with the range over single rounds."""
    ratios = sorted(one / other for one, other in zip(taken, ours, strict=True))
    range_ = f"{statistics.median(ratios):12.0f} times ours ({ratios[0]:.0f}-{ratios[-1]:.0f})"
    return f"{question:8} over a year  {name:20}{statistics.median(taken) * 1e6:14.1f} us{range_}"


def growth(calendar: Calendar, walkers: list[Any], rounds: int) -> dict[str, dict[int, float]]:
    """Return the median seconds of adding, by side and by the days of the span."""
    times: dict[str, dict[int, list[float]]] = {}
    dice = random.Random(11)  # noqa: S311 - as above
    for _ in range(rounds):
        for days in SPANS:
            start, worked, _ = questions(calendar, days, dice)
            found = seconds(lambda start=start, worked=worked: calendar.add(start, worked), 2000)  # type: ignore[misc]
            times.setdefault("complaintkit", {}).setdefault(days, []).append(found)
            for side in walkers:
                if days <= side.furthest:
                    found = seconds(lambda side=side, start=start, worked=worked: side.add(start, worked), 1)  # type: ignore[misc]
                    times.setdefault(side.name, {}).setdefault(days, []).append(found)
    return {name: {days: statistics.median(each) for days, each in spans.items()} for name, spans in times.items()}


def main() -> None:
    """Measure in turns and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    given = parser.parse_args()
    once = first_time()
    calendar = calendar_of("office", TABLE)
    closed = frozenset(calendar.dates)
    walkers: list[Any] = [Days(closed), Minutes(closed)]
    if importlib.util.find_spec("businesstimedelta"):
        walkers.append(Library(closed))
    else:
        print("businesstimedelta is not installed and left out: pip install businesstimedelta")
    print("once per process and calendar: " + ", ".join(f"{name} {span:.1f} ms" for name, span in once.items()))
    times, compared, different = race(calendar, walkers, given.rounds)
    for question, sides in times.items():
        for name, taken in sides.items():
            print(told(question, name, taken, sides["complaintkit"]))
    print(f"answers compared: {compared}; different: {different}")
    grown = growth(calendar, walkers, given.rounds)
    print("add, by span in days    " + "".join(f"{days:>12}" for days in SPANS))
    for name, spans in grown.items():
        cells = (f"{spans[days] * 1e6:9.1f} us" if days in spans else "-" for days in SPANS)
        print(f"{name:24}" + "".join(f"{cell:>12}" for cell in cells))
    own = grown["complaintkit"]
    print(f"ten years against one day: {own[SPANS[-1]] / own[SPANS[0]]:.2f} times")
    if given.json:
        figures = {"once": once, "year": times, "compared": compared, "different": different, "growth": grown}
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
