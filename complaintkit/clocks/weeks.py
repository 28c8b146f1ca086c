"""Reads hours as settings state them: of weekdays, of dates, and those that go on after midnight."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from complaintkit.clocks.exceptions import Entry
from complaintkit.clocks.hours import Day, Hours, Week, day_of, parts_of
from complaintkit.clocks.spot import Spot, near

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE: Final = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_SUCH: Final = '["09:00-17:00"]'
_LEAP_YEAR: Final = 2000


def read_week(value: object, at: Spot) -> Week:
    """Return the hours of a week; a weekday that is not named has none.

    Args:
        value: A table of weekdays (`sat`), or from one to another (`mon-fri`), each with a list of hours.
        at: Where it stands.

    Raises:
        SettingsError: A weekday is unknown or named twice, or hours are no hours or overlap, those of a night that go
            on after midnight with those of the next day.
    """
    own: dict[int, tuple[Spot, list[Hours]]] = {}
    nights: list[tuple[int, Spot, tuple[Hours, ...]]] = []
    for key, written in at.table(value).items():
        spot = at.at(key)
        hours, night = read_hours(written, spot)
        for weekday in _weekdays(key, spot):
            if weekday in own:
                raise spot.wrong(f"{_DAYS[weekday]} has hours already, in {own[weekday][0].path}")
            own[weekday] = spot, list(hours)
            nights.append(((weekday + 1) % 7, spot, night))
    week = [own.get(weekday, (at, []))[1] for weekday in range(7)]
    for weekday, spot, night in nights:
        try:
            week[weekday] = list(day_of((*week[weekday], *night)))
        except ValueError as error:
            raise spot.wrong(f"goes on until {_DAYS[weekday]}, where {error}") from None
    return tuple(map(tuple, week))


def read_hours(value: object, at: Spot) -> tuple[Day, tuple[Hours, ...]]:
    """Return the hours of a day, and those of the next one where a shift goes on after midnight.

    Raises:
        SettingsError: The value is no list of hours, or they overlap.
    """
    own: list[Hours] = []
    night: list[Hours] = []
    for spot, written in at.items(value, _SUCH):
        try:
            today, later = parts_of(spot.text(written, "09:00-17:00"))
        except ValueError as error:
            raise spot.wrong(str(error)) from None
        own.append(today)
        night += [later] if later else []
    try:
        return day_of(own), day_of(night)
    except ValueError as error:
        raise at.wrong(str(error)) from None


def read_entries(value: object, at: Spot) -> Iterator[Entry]:
    """Yield what is stated of dates.

    Args:
        value: A table of dates (`2026-12-24`), or of days of every year (`12-24`), each with a list of hours, or with a
            table of `hours` and `name`.
        at: Where it stands.

    Raises:
        SettingsError: A key is no date, or hours are no hours or overlap.
    """
    for key, stated in at.table(value).items():
        spot = at.at(key)
        year, month, day = _date(key, spot)
        name, hours, where = "", stated, spot
        if not isinstance(stated, list | tuple):
            table = spot.table(stated, ("hours", "name"))
            if "hours" not in table:
                raise spot.at("hours").wrong(f"is missing; write such as {_SUCH}, or [] for closed")
            hours, where = table["hours"], spot.at("hours")
            name = spot.at("name").text(table["name"], "Founder's day") if "name" in table else ""
        today, night = read_hours(hours, where)
        yield Entry(year=year, month=month, day=day, hours=today, night=night, name=name, path=spot.path)


def _weekdays(key: str, at: Spot) -> Iterator[int]:
    """Yield the weekdays that a key names, from Monday, which is 0."""
    first, _, last = key.partition("-")
    for name in (first, last or first):
        if name not in _DAYS:
            raise at.wrong(f'{name!r} is no weekday; {near(name, _DAYS)} Write one, or several as "mon-fri"')
    begin, end = _DAYS.index(first), _DAYS.index(last or first)
    yield from ((begin + more) % 7 for more in range((end - begin) % 7 + 1))


def _date(key: str, at: Spot) -> tuple[int | None, int, int]:
    found = _DATE.fullmatch(key)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        checked = date(year or _LEAP_YEAR, month or 0, day or 0)
    except ValueError:
        raise at.wrong(f'{key!r} is no date; write "2026-12-24", or "12-24" for every year') from None
    return year, checked.month, checked.day
