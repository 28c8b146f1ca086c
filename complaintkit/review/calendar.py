"""Sessions, checks and dates as a calendar for the agenda (RFC 5545).

Written by ourselves: what is needed of the format is six lines an event, and the libraries for it bring time zones,
recurrence and a parser that nothing here uses. Sessions are written out one by one, in UTC, rather than as a rule: a
rule needs the zone's changes spelt out beside it, and cannot say that day 31 means the last day of a shorter month.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

from complaintkit.case.parts import Clock
from complaintkit.improving.improvement import Improvement

_LINE: Final = 75  # octets, RFC 5545 section 3.1
_HOUR: Final = timedelta(hours=1)
_ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@frozen(kw_only=True)
class Event:
    """Something in the agenda.

    Attributes:
        uid: The same every time it is exported, so that an agenda changes it instead of adding it again.
        begin: When.
        length: How long; nothing for a date to keep.
        summary, description: What.
    """

    uid: str
    begin: datetime
    length: timedelta = timedelta()
    summary: str
    description: str = ""


def events(improvements: Iterable[Improvement], until: datetime) -> Iterator[Event]:
    """Yield what stands in the agenda because of improvements.

    Args:
        improvements: The improvements; of those that are over, only what is still owed.
        until: Until when sessions are written out.
    """
    for one in improvements:
        yield from (_date(one, clock) for clock in one.clocks if one.runs(clock) and clock.kind != "session")
        if one.circle and one.open:
            yield from _sessions(one, until)


def _date(one: Improvement, clock: Clock) -> Event:
    who = clock.who or one.owner
    return Event(
        uid=f"{one.reference}-{clock.name}@complaintkit",
        begin=clock.due_at,
        summary=f"{one.reference} {clock.kind}: {one.title}",
        description=f"due, {who}",
    )


def _sessions(one: Improvement, until: datetime) -> Iterator[Event]:
    """Yield the session that comes, or is owed, and those after it; each is known by its day in the circle's zone."""
    circle = one.circle
    if circle is None:
        return
    owed = ", ".join(("notes", "decisions", *circle.outputs))
    present = circle.session.planned_at
    for planned in (present, *(at for at in circle.rhythm.between(present, until) if at != present)):
        yield Event(
            uid=f"{one.reference}-session-{planned.astimezone(ZoneInfo(circle.rhythm.zone)):%Y%m%d}@complaintkit",
            begin=planned,
            length=_HOUR,
            summary=f"{one.reference} session: {one.title}",
            description=f"{one.owner}, deputy {one.deputy}; owes {owed}",
        )


def calendar(found: Iterable[Event], now: datetime, version: str) -> str:
    """Return a calendar, its lines ended and folded as the format asks for.

    Args:
        found: What stands in it.
        now: When it is written, with time zone.
        version: Version of the software that writes it.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//complaintkit//complaintkit {version}//EN"]
    for event in found:
        lines += ["BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{_moment(now)}"]
        lines.append(f"DTSTART:{_moment(event.begin)}")
        if event.length:
            lines.append(f"DTEND:{_moment(event.begin + event.length)}")
        lines.append(f"SUMMARY:{_text(event.summary)}")
        if event.description:
            lines.append(f"DESCRIPTION:{_text(event.description)}")
        lines.append("END:VEVENT")
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Return a text with what the format reads as its own signs escaped, and without control signs."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(sign, sign) for sign in plain if sign in "\n\t" or sign.isprintable())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; each after the first begins with a space, no sign is torn."""
    piece, used = "", 0
    for sign in line:
        wide = len(sign.encode("utf-8", "replace"))
        if used + wide > _LINE:
            yield piece
            piece, used = " ", 1
        piece, used = piece + sign, used + wide
    yield piece
