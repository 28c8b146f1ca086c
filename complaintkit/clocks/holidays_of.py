"""Public holidays of a country or a part of it, by date, as the `holidays` library knows them.

Only days off by law count, not days that are merely observed, and where a country moves days off, both sides of the
move: the day off it gives, and the Saturday or Sunday on which work is done instead.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from attrs import frozen

from complaintkit.errors import SettingsError

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


@frozen
class Holidays:
    """What is known of some years.

    Attributes:
        off: Days off and what they are called.
        worked: Days of a weekend on which work is done, in place of a day off.
        years: First and last year that are known.
    """

    off: Mapping[date, str]
    worked: frozenset[date]
    years: tuple[int, int]


def holidays_of(code: str, years: tuple[int, int], language: str, path: str) -> Holidays:
    """Return the public holidays of a place.

    Args:
        code: A country by ISO 3166-1, such as `PH`, or a part of it by ISO 3166-2, such as `GB-ENG`.
        years: First and last year to look up.
        language: Language of the names; English where it is empty and there are English names, else the country's own.
        path: Where the code stands, for errors.

    Raises:
        SettingsError: The library does not know the place, the part of it, or the language.
    """
    import holidays  # here: loading it takes longer than loading complaintkit, and few processes read calendars

    country, _, part = code.partition("-")
    try:
        asked = holidays.country_holidays(country if _COUNTRY.fullmatch(country) else "")
    except NotImplementedError:
        places = holidays.list_supported_countries(include_aliases=False)
        raise SettingsError(path, f"no holidays are known of {country!r}; {_near(country, places, 'GB')}") from None
    if part and part not in asked.subdivisions:
        raise SettingsError(path, f"{country} has no part {part!r}; {_near(part, asked.subdivisions, country)}")
    known = max(years[0], asked.start_year), min(years[1], asked.end_year)
    found = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=range(known[0], known[1] + 1),
        expand=False,
        language=_language(language, asked.default_language, asked.supported_languages, path),
    )
    return Holidays(
        MappingProxyType({day: name for day, name in sorted(found.items()) if known[0] <= day.year <= known[1]}),
        frozenset(day for day in found.weekend_workdays if known[0] <= day.year <= known[1]),
        known,
    )


def _language(wanted: str, own: str | None, known: Iterable[str], path: str) -> str | None:
    """Return the name under which the library has a language; the country's own first, then in order."""
    names = [name for name in (own, *sorted(known)) if name]
    for name in names:
        if name == wanted or name.partition("_")[0] == (wanted or "en"):
            return name
    if wanted and names:
        raise SettingsError(path, f"has no names in {wanted!r}; there are {', '.join(sorted(set(names)))}")
    return own


def _near(code: str, known: Iterable[str], example: str) -> str:
    codes = sorted(known)
    if not codes:
        return f"write {example!r} alone"
    if near := get_close_matches(code.upper(), codes, 1, 0.5):
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(codes)}" if len(codes) <= 60 else f"write a code of ISO 3166, such as {example!r}"
