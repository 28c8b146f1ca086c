"""What in a case file came from outside, and what followed of itself: only the first is kept for another run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, TypeVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    CustomerFound,
    Described,
    Escalated,
    FieldSealed,
    FieldSet,
    HandlersNamed,
    MessageFiled,
    NoticeSent,
    NoticeUndelivered,
    OfferDeclined,
    PartyAdded,
    Received,
    Registered,
    RepeatFound,
    Restricted,
    Sealed,
    SituationNoted,
    StaffNamed,
    StoodIn,
    TaskAdded,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.changing import evolve

T = TypeVar("T")
# What the core files because something came in: a message and what it says, what plugins and hosts said of it, who was
# there. All else that it files by itself follows from the policy and from time, and is worked out anew.
BROUGHT: Final[tuple[type[Entry], ...]] = (
    Assessed, CustomerFound, Described, FieldSealed, FieldSet, MessageFiled, PartyAdded, Received, Registered,
    RepeatFound, StoodIn,
)  # fmt: skip
# What follows from rules, too, but what people were asked and let into is kept: their answers refer to it.
ASKED: Final[tuple[type[Entry], ...]] = (
    HandlersNamed, Restricted, Sealed, SituationNoted, StaffNamed, TaskAdded,
)  # fmt: skip
_DELIVERED: Final = (NoticeSent, NoticeUndelivered)


@frozen
class Fact:
    """An entry that came from outside.

    Attributes:
        seq: Its place in the file.
        entry: The entry as it is on file.
        stage: Where the case stood as it came.
        changed: Whether it changed anything in the case.
    """

    seq: int
    entry: Entry
    stage: Stage
    changed: bool


def from_outside(entry: Entry, before: Entry | None) -> bool:
    """Say whether an entry came from outside.

    Args:
        entry: The entry.
        before: The one before it in the file.
    """
    if isinstance(entry, _DELIVERED):
        # Whether a notice arrives, nobody can work out; those to staff are called for anew.
        return entry.audience == "complainant"
    if entry.by != CORE or isinstance(entry, BROUGHT + ASKED):
        return True
    # Who declines an offer as the last one calls for somebody by that.
    declined = isinstance(before, OfferDeclined) and before.at == entry.at
    return declined and isinstance(entry, Escalated)


def facts(file: Sequence[Entry]) -> tuple[Fact, ...]:
    """Return what came from outside of a case file, without the entry that opened it."""
    return tuple(_facts(file))


def together(found: Iterable[T], at: Callable[[T], datetime]) -> Iterator[tuple[T, ...]]:
    """Yield what came together: what happened at one moment was one step, or as good as one.

    Args:
        found: In the order of the file.
        at: Tells the moment of each.
    """
    for _, step in groupby(found, key=at):
        yield tuple(step)


def opened(file: Sequence[Entry]) -> tuple[Received, tuple[Entry, ...]]:
    """Return what a case file begins with, and the rest of it.

    Raises:
        ValueError: It begins with something else than what was received.
    """
    first, *rest = file
    if not isinstance(first, Received):
        raise ValueError(f"a case file begins with what was received, not with {first.kind}")
    return first, tuple(rest)


def alike(one: Complaint, other: Complaint) -> bool:
    """Say whether two states of a case differ in nothing but how many entries led to them, and so in nothing."""
    return evolve(one, version=other.version, due_at=other.due_at) == other


def _facts(file: Sequence[Entry]) -> Iterator[Fact]:
    first, rest = opened(file)
    case, before = first.open(), file[0]
    for seq, entry in enumerate(rest, 2):
        after = case.apply(entry)
        if from_outside(entry, before):
            yield Fact(seq, entry, case.stage, not alike(case, after))
        case, before = after, entry
