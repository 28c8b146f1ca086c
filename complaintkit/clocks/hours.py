"""The hours of one local day, and the weeks they make up; the calendar says from when on each week holds."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import field, frozen

MINUTES: Final = 1440  # of a local day as the wall clock counts them, whatever its real length
_WRITTEN: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


@frozen(kw_only=True, order=True)
class Hours:
    """One interval of a local day during which work is done.

    Attributes:
        opens: Minute of the local day at which work begins, counted from midnight.
        closes: Minute at which it ends; after `opens`, and 1440 at most, which is midnight.
    """

    opens: int
    closes: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES:
            raise ValueError(f"hours from minute {self.opens} to {self.closes} are not within one day, in this order")

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


Day = tuple[Hours, ...]
Week = tuple[Day, ...]

CLOSED: Final[Day] = ()
WHOLE_DAY: Final[Day] = (Hours(opens=0, closes=MINUTES),)


def day_of(hours: Iterable[Hours]) -> Day:
    """Return the hours of a day in order; intervals that touch become one, for the time between them is the same.

    Raises:
        ValueError: Two of them overlap.
    """
    kept: list[Hours] = []
    for one in sorted(hours):
        if kept and one.opens < kept[-1].closes:
            raise ValueError(f"{kept[-1]} and {one} overlap; write one interval, or two that do not meet")
        if kept and one.opens == kept[-1].closes:
            one = Hours(opens=kept.pop().opens, closes=one.closes)
        kept.append(one)
    return tuple(kept)


def week_of(days: Iterable[Iterable[Hours]]) -> Week:
    """Return the hours of a week, Monday first.

    Raises:
        ValueError: There are not seven days, or hours of one overlap.
    """
    week = tuple(map(day_of, days))
    if len(week) != 7:
        raise ValueError(f"a week has 7 days, Monday first, not {len(week)}; a day without hours is ()")
    return week


@frozen(kw_only=True)
class Version:
    """A week that takes the place of the one before it; dates before its own keep the earlier hours.

    Attributes:
        since: First local day on which it holds.
        week: Its hours, Monday first.
    """

    since: date
    week: Week = field(converter=week_of)


def parts_of(written: str) -> tuple[Hours, Hours | None]:
    """Return hours as they are written, such as `09:00-17:00`, and what of them belongs to the next day.

    Hours that end before they begin, such as `22:00-06:00`, are split at midnight.

    Raises:
        ValueError: They are written otherwise, or take no time.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError(f'{written!r} are no hours; write them as "09:00-17:00"')
    opens, closes = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    if opens >= MINUTES or closes > MINUTES:
        raise ValueError(f"{written!r} goes beyond midnight, which is 24:00 at the end and 00:00 at the beginning")
    if opens == closes:
        raise ValueError(f'{written!r} takes no time; a whole day is "00:00-24:00"')
    if opens < closes:
        return Hours(opens=opens, closes=closes), None
    return Hours(opens=opens, closes=MINUTES), Hours(opens=0, closes=closes) if closes else None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
