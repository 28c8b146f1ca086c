"""What a case file tells over time: what complaining cost the complainant, and how what was thought of it changed."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Assessed, MessageFiled, Received


@frozen(kw_only=True)
class Effort:
    """What complaining has cost the complainant so far.

    Attributes:
        contacts: How often the complainant wrote or called, the first time included.
        ways: By how many different ways.
        switches: How often another way was taken than the time before.
    """

    contacts: int
    ways: int
    switches: int


def effort(file: Iterable[Entry]) -> Effort:
    """Return what complaining has cost the complainant, from the entries of a case; machines are not counted."""
    spoken = [
        entry.channel
        for entry in file
        if isinstance(entry, Received | MessageFiled) and not entry.automatic and getattr(entry, "verified", True)
    ]
    switches = sum(before != after for before, after in pairwise(spoken))
    return Effort(contacts=len(spoken), ways=len(set(spoken)), switches=switches)


@frozen(kw_only=True)
class Value:
    """What something was thought to be from a moment on, by whom; empty for unknown."""

    since: datetime
    by: str
    value: str


def course(file: Iterable[Entry], what: str) -> tuple[Value, ...]:
    """Return how a value of a case changed over time: each value it had, from the first to the present one.

    Args:
        file: The entries of the case, in order, the first of them `Received`.
        what: A field of the complaint, such as `category` or `severity`, or of what is described, such as `goal`.
    """
    first, *rest = file
    assert isinstance(first, Received)
    case = first.open()
    found = [Value(since=first.at, by=first.by, value=_value(case, what))]
    for entry in rest:
        case = case.apply(entry)
        value = _value(case, what)
        # An assessment that leaves a value as it is has looked at it again.
        looked = isinstance(entry, Assessed) and entry.confirmed and what in ("category", "severity")
        if value != found[-1].value or looked:
            found.append(Value(since=entry.at, by=entry.by, value=value))
    return tuple(found)


def _value(case: Complaint, what: str) -> str:
    places = (case, case.matter, case.matter.subject, case.matter.telling)
    place = next((one for one in places if hasattr(one, what)), None)
    if place is None:
        raise ValueError(f"a complaint has no {what!r}")
    value = getattr(place, what)
    return "" if value is None else str(value)
