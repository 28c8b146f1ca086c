"""Calendars as they were archived, so that a clock can be reckoned anew by the hours that held when it began."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.hours import Day, Version, parts_of
from complaintkit.errors import SettingsError

_FORMAT: Final = 1


def calendar_from(text: str) -> Calendar:
    """Return the calendar that was archived as this text.

    Raises:
        SettingsError: The text is none, or was written by a later version.
    """
    try:
        content: Any = json.loads(text)
        if content["calendar"] != _FORMAT:
            raise SettingsError(
                "archived calendar", f"was written in form {content['calendar']}, and this version reads {_FORMAT}"
            )
        return _calendar(content)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise SettingsError("archived calendar", f"cannot be read: {error}; take it from a backup") from error


def _calendar(content: Mapping[str, Any]) -> Calendar:
    years = content["years"]
    return Calendar(
        name=content["name"],
        zone=ZoneInfo(content["zone"]),
        week=tuple(map(_day, content["week"])),
        later=[_version(one) for one in content["later"]],
        dates={date.fromisoformat(day): _day(hours) for day, hours in content["dates"].items()},
        names={date.fromisoformat(day): str(name) for day, name in content["names"].items()},
        years=None if years is None else (int(years[0]), int(years[1])),
    )


def _version(content: Mapping[str, Any]) -> Version:
    return Version(since=date.fromisoformat(content["since"]), week=tuple(map(_day, content["week"])))


def _day(written: list[str]) -> Day:
    return tuple(parts_of(one)[0] for one in written)
