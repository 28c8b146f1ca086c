"""What each count means, in Python: the memory twin counts by it, and the SQL stores are tested against it.

A case is open at a moment if it was received before and the latest turn before that moment is no end. Ends are the
entries closed, withdrawn and dismissed; turns back are reopened and registered where an end came last. So
open before + received - ended + reopened = open, whatever the period.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.counts import By, Count, Counted
from complaintkit.errors import StoreError
from complaintkit.store.chain import Link

ENDS: Final = ("closed", "dismissed", "withdrawn", "merged", "forwarded")
BACK: Final = ("registered", "reopened", "unmerged")
OF_CLOCKS: Final = ("due", "kept")
OF_PERIOD: Final = ("received", "ended", "reopened", "held", *OF_CLOCKS)
HELD: Final = "holding_sent"


def check(count: Count) -> None:
    """Refuse a count that has no meaning.

    Raises:
        StoreError: It asks for a dimension that such a count does not have.
    """
    for by in count.by:
        if by == "clock" and count.of not in OF_CLOCKS:
            raise StoreError(f"a count of {count.of!r} cannot be by clock; only due and kept can")
        if by in ("month", "week") and count.of not in OF_PERIOD:
            raise StoreError(f"a count of {count.of!r} cannot be by {by}: it is a state, not something that happens")


@frozen
class Case:
    """A complaint with its turns: the entries that end it or open it again, in order.

    Attributes:
        case: The complaint.
        turns: Those entries.
        held: The holding notices that went out of themselves.
    """

    case: Complaint
    turns: Sequence[Link]
    held: Sequence[Link] = ()

    def open_at(self, moment: datetime) -> bool:
        """Say whether it was open just before a moment."""
        before = [link.kind for link in self.turns if link.at < moment]
        return self.case.received_at < moment and (not before or before[-1] not in ENDS)

    def late_at(self, moment: datetime) -> bool:
        """Say whether it was open at a moment with a promise broken and not yet made good."""
        return self.open_at(moment) and any(
            min(clock.due_at, clock.broken_at or clock.due_at) < moment
            and (clock.met_at is None or clock.met_at >= moment)
            and (clock.paused_at is None or clock.paused_at > clock.due_at)
            and (clock.ended_at is None or clock.ended_at >= moment)
            for clock in self.case.clocks
        )

    def came_back(self) -> Iterator[Link]:
        """Yield the turns that opened it again after an end."""
        for before, link in zip(self.turns, self.turns[1:], strict=False):
            if link.kind in BACK and before.kind in ENDS:
                yield link


Found = tuple[Complaint, datetime | None, Clock | None]
_DIMENSIONS: Final[Mapping[By, Callable[[Complaint], str]]] = {
    "channel": lambda case: case.channel,
    "category": lambda case: case.category,
    "severity": lambda case: case.severity.value,
    "language": lambda case: case.language,
    "stage": lambda case: case.stage.value,
    "owner": lambda case: case.owner,
    "product": lambda case: case.product,
    "target": lambda case: "" if case.matter.target == "unknown" else str(case.matter.target),
    "goal": lambda case: case.matter.telling.goal or "",
    "expression": lambda case: case.matter.telling.expression or "",
    "tone": lambda case: case.matter.telling.tone or "",
}


def count_of(cases: Iterable[Case], count: Count, since: datetime, until: datetime) -> Counted:
    """Return one count over these cases in the half-open period."""
    check(count)
    figures = Counter(
        tuple(_dimension(by, found) for by in count.by)
        for one in cases
        for found in _found(one, count.of, since, until)
    )
    if not count.by:
        return Counted(count, (((), figures[()]),))
    return Counted(count, tuple(sorted(figures.items())))


def _found(one: Case, of: str, since: datetime, until: datetime) -> Iterator[Found]:
    if of == "received":
        moments: Iterable[datetime] = (one.case.received_at,)
    elif of == "ended":
        moments = (link.at for link in one.turns if link.kind in ENDS)
    elif of == "reopened":
        moments = (link.at for link in one.came_back())
    elif of == "held":
        moments = (link.at for link in one.held)
    elif of in OF_CLOCKS:
        yield from _clocks(one.case, of, since, until)
        return
    else:
        if {"open_before": one.open_at(since), "open": one.open_at(until), "overdue": one.late_at(until)}[of]:
            yield one.case, None, None
        return
    yield from ((one.case, moment, None) for moment in moments if since <= moment < until)


def _clocks(case: Complaint, of: str, since: datetime, until: datetime) -> Iterator[Found]:
    for clock in case.clocks:
        asked = clock.ended_at is None or clock.ended_at > clock.due_at or clock.broken_at is not None
        kept = clock.met_at is not None and clock.met_at <= clock.due_at and clock.broken_at is None
        if since <= clock.due_at < until and (asked if of == "due" else kept):
            yield case, clock.due_at, clock


def _dimension(by: By, found: Found) -> str:
    case, moment, clock = found
    if by == "clock":
        return clock.kind if clock else ""
    if by in ("month", "week"):
        return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m" if by == "month" else "%G-W%V")
    return _DIMENSIONS[by](case)
