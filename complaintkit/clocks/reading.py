"""Reads a calendar as settings state it: hours by weekday, holidays, single dates, and what changes from a day on.

[policy.calendars.office]
zone = "Europe/London"
hours = { mon-fri = ["09:00-12:30", "13:00-17:00"] }
holidays = "GB-ENG"
dates = { "12-24" = ["09:00-12:00"], "2026-05-02" = ["10:00-14:00"] }
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import frozen

from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.changes import YEARS
from complaintkit.clocks.exceptions import Entry, Stage, written_out
from complaintkit.clocks.holidays_of import Holidays, holidays_of
from complaintkit.clocks.hours import WHOLE_DAY, Version
from complaintkit.clocks.spot import Spot
from complaintkit.clocks.weeks import read_entries, read_week

# Deadlines reach a few years, and old complaints are not much older; beyond these years only the week counts.
KNOWN_YEARS: Final = (2000, 2060)
_KEYS: Final = ("zone", "always", "hours", "holidays", "not_holidays", "holiday_language", "dates", "years", "versions")
_VERSION_KEYS: Final = ("from", "hours", "holidays", "not_holidays", "dates")
_GOES_ON: Final = ("hours", "holidays", "not_holidays", "dates")
_HOURS: Final = '{ mon-fri = ["09:00-17:00"] }'


@frozen
class _Part:
    """What settings say from a date on: each key with its value, and where that stands."""

    since: date
    spot: Spot
    keys: Mapping[str, tuple[Any, Spot]]


def calendar_of(name: str, raw: Mapping[str, Any], zone: ZoneInfo | None = None, path: str = "") -> Calendar:
    """Return a calendar as settings state it.

    Args:
        name: Its name.
        raw: The table `[policy.calendars.NAME]`.
        zone: The place that counts where the table names none.
        path: Where the table stands; `policy.calendars.NAME` if nothing is said.

    Raises:
        SettingsError: Something is missing, unknown, of the wrong kind or contradicts itself, or there would be no
            working time one day; its `path` names the key.
    """
    spot = Spot(path or f"policy.calendars.{name}")
    table = spot.table(raw, _KEYS)
    place = _zone(table["zone"], spot.at("zone")) if "zone" in table else zone
    if place is None:
        raise spot.at("zone").wrong('is missing; name the place whose clock the hours mean, such as "Asia/Manila"')
    if _always(table, spot):
        return Calendar(name=name, zone=place, week=(WHOLE_DAY,) * 7)
    years = _years(table["years"], spot.at("years")) if "years" in table else KNOWN_YEARS
    language = spot.at("holiday_language").text(table["holiday_language"], "en") if "holiday_language" in table else ""
    parts = list(_parts(table, spot))
    entries = [list(read_entries(*part.keys["dates"])) if "dates" in part.keys else [] for part in parts]
    stages = list(_stages(parts, entries, years, language))
    if not any(stages[-1].week):
        raise (
            parts[-1]
            .keys["hours"][1]
            .wrong(
                f"no weekday has hours, so there would be no working time one day; write such as {_HOURS}, "
                "or `always = true`"
            )
        )
    found = written_out(stages, list(_singles(parts, entries)))
    known = [holidays.years for stage in stages for holidays in stage.holidays] or [years]
    repeats = any(stage.holidays or stage.yearly for stage in stages)
    return Calendar(
        name=name,
        zone=place,
        week=stages[0].week,
        later=[Version(since=one.since, week=one.week) for one in stages[1:]],
        dates=found.hours,
        names=found.names,
        years=(max(first for first, _ in known), min(last for _, last in known)) if repeats else None,
    )


def _parts(table: Mapping[str, Any], spot: Spot) -> Iterator[_Part]:
    """Yield what is said from each date on; a version goes on with what it does not name."""
    part = _Part(date(YEARS[0], 1, 1), spot, {key: (table[key], spot.at(key)) for key in _GOES_ON if key in table})
    if "hours" not in part.keys:
        raise spot.at("hours").wrong(f"is missing; write such as {_HOURS}, or `always = true`")
    yield part
    for place, version in spot.at("versions").items(table.get("versions", []), '[{ from = "2027-01-01", ... }]'):
        given = place.table(version, _VERSION_KEYS)
        since = _day(given.get("from"), place.at("from"))
        if since <= part.since:
            raise place.at("from").wrong(f"{since} is not after {part.since}; put the versions in order of their dates")
        own = {key: (given[key], place.at(key)) for key in _GOES_ON if key in given}
        part = _Part(since, place, {**part.keys, **own})
        yield part


def _stages(parts: list[_Part], entries: list[list[Entry]], years: tuple[int, int], language: str) -> Iterator[Stage]:
    ends = [part.since - timedelta(days=1) for part in parts[1:]] + [date(YEARS[1], 12, 31)]
    for part, last, dates in zip(parts, ends, entries, strict=True):
        kept = (
            part.keys["not_holidays"][1].items(part.keys["not_holidays"][0], '["12-26"]')
            if "not_holidays" in part.keys
            else ()
        )
        yield Stage(
            since=part.since,
            last=last,
            week=read_week(*part.keys["hours"]),
            holidays=tuple(_holidays(part, years, language)),
            kept=tuple((one.text(word, "12-26"), one.path) for one, word in kept),
            yearly=tuple(entry for entry in dates if entry.year is None),
            years=years,
        )


def _holidays(part: _Part, years: tuple[int, int], language: str) -> Iterator[Holidays]:
    if "holidays" not in part.keys:
        return
    codes, spot = part.keys["holidays"]
    for one, code in spot.items(codes, '["RU", "PH"]') if isinstance(codes, list | tuple) else [(spot, codes)]:
        yield holidays_of(one.text(code, "GB-ENG"), years, language, one.path)


def _singles(parts: list[_Part], entries: list[list[Entry]]) -> Iterator[Entry]:
    """Yield the entries of single dates; those of a version may not lie before it."""
    for part, dates in zip(parts, entries, strict=True):
        _, spot = part.keys.get("dates", (None, part.spot))
        for entry in dates:
            if entry.year is None:
                continue
            day = date(entry.year, entry.month, entry.day)
            if not YEARS[0] <= day.year <= YEARS[1]:
                raise Spot(entry.path).wrong(f"time is counted from {YEARS[0]} to {YEARS[1]}; take another year")
            if day < part.since and spot == part.spot.at("dates"):
                raise Spot(entry.path).wrong(f"lies before {part.since}, from which this version holds; put it above")
            yield entry


def _always(table: Mapping[str, Any], spot: Spot) -> bool:
    always = table.get("always", False)
    if not isinstance(always, bool):
        raise spot.at("always").wrong("must be true or false; true means that work never stops")
    if always and (other := [key for key in table if key not in ("zone", "always")]):
        raise spot.at(other[0]).wrong("means nothing beside `always = true`; leave one of the two out")
    return always


def _zone(value: object, spot: Spot) -> ZoneInfo:
    name = spot.text(value, "Asia/Manila")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise spot.wrong(f'{name!r} is no time zone; write one such as "Asia/Manila"') from None


def _day(value: object, spot: Spot) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        found = date.fromisoformat(spot.text(value, "2027-01-01")) if value is not None else None
    except ValueError:
        found = None
    if found is None:
        raise spot.wrong('is missing or no date; write the first day on which the version holds, such as "2027-01-01"')
    return found


def _years(value: object, spot: Spot) -> tuple[int, int]:
    match value:
        case [int(first), int(last)] if YEARS[0] <= first <= last <= YEARS[1]:
            return first, last
    raise spot.wrong(
        f"must be the first and last year to know holidays of, from {YEARS[0]} to {YEARS[1]}: [2000, 2060]"
    )
