"""Reads what people type for a rhythm: `mon,thu`, `15`, `last`, `last fri`."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from complaintkit.improving.asking import Asked
from complaintkit.improving.rhythm import LAST_DAY, PLACES, WEEKDAYS, Rhythm, Unit, instant


def rhythm(ask: Asked, every: int, unit: str, on: str, at: str, first: datetime) -> Rhythm:
    """Return the rhythm of a circle.

    Args:
        ask: What is asked.
        every: Every so many units.
        unit: `day`, `week` or `month`.
        on: On which days; empty takes that of `first`.
        at: Time of day.
        first: The day on which it begins, as a moment with time zone.

    Raises:
        NotAllowed: It says nothing, or two things.
    """
    if first.tzinfo is None:
        raise ask.refuse("the first day needs a time zone")
    counted = Unit(ask.one_of("unit", unit, Unit))
    words = on.replace(",", " ").casefold().split()
    begin = first.astimezone(ZoneInfo(ask.zone)).date()
    if not words and counted is Unit.WEEK:
        words = [WEEKDAYS[begin.weekday()]]
    if not words and counted is Unit.MONTH:
        words = [str(begin.day)]
    weekdays = tuple(word for word in words if word in WEEKDAYS)
    places = [word for word in words if word in PLACES]
    days = [word for word in words if word.isascii() and word.isdigit()]
    if len(weekdays) + len(places) + len(days) != len(words) or len(places) > 1 or len(days) > 1:
        raise ask.refuse(f"{on!r} is no day: write mon,thu for weeks, 15 or last or 'last fri' for months")
    day = int(days[0]) if days else 0
    if places == ["last"] and not weekdays:
        places, day = [], LAST_DAY
    try:
        return Rhythm(
            every=every, unit=counted, weekdays=weekdays, day=day, place=places[0] if places else "",
            at=time.fromisoformat(at.strip()).strftime("%H:%M"), zone=ask.zone,
            first=instant(begin, time(), ZoneInfo(ask.zone)),
        )  # fmt: skip
    except ValueError as error:
        raise ask.refuse(str(error)) from error
