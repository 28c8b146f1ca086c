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
from complaintkit.changing import evolve
from complaintkit.errors import StoreError
from complaintkit.policy import Policy

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
_GREETINGS: Final = ("acknowledgement", "split")


@frozen
class Fact:
    """An entry that came from outside.

    Attributes:
        seq: Its place in the file.
        entry: The entry as it is on file.
        case: The case that it came into.
        changed: Whether it changed anything there.
    """

    seq: int
    entry: Entry
    case: Complaint
    changed: bool


@frozen
class Met:
    """Where an entry meets a case this time.

    Attributes:
        case: The case as it stands by then.
        policy: The policy in question.
        past: What has been filed so far.
        on_file: The case that it met as it came.
        names: What people's calls for somebody higher up are named this time, by their names on file; it is added to.
    """

    case: Complaint
    policy: Policy
    past: tuple[Entry, ...]
    on_file: Complaint
    names: dict[str, str]


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


@frozen
class Record:
    """A case file as it is gone through.

    Attributes:
        file: Its entries.
        facts: Those that came from outside, without the one that opened it.
        quiet: Whether no acknowledgement went out: to a machine, or to somebody who had enough of them.
    """

    file: tuple[Entry, ...]
    facts: tuple[Fact, ...]
    quiet: bool

    @classmethod
    def of(cls, file: Sequence[Entry]) -> "Record":
        """Return what a case file holds.

        Raises:
            StoreError: It begins with something else than what was received.
        """
        first = opening(file)
        sent = (one for one in file if isinstance(one, _DELIVERED))
        quiet = first.automatic or not any(one.occasion in _GREETINGS for one in sent)
        return cls(tuple(file), tuple(_facts(file)), quiet)

    @property
    def first(self) -> Received:
        """Return the entry that opened it."""
        return opening(self.file)


def together(found: Iterable[T], at: Callable[[T], datetime]) -> Iterator[tuple[T, ...]]:
    """Yield what came together: what happened at one moment was one step, or as good as one.

    Args:
        found: In the order of the file.
        at: Tells the moment of each.
    """
    for _, step in groupby(found, key=at):
        yield tuple(step)


def opening(file: Sequence[Entry]) -> Received:
    """Return what a case file begins with.

    Raises:
        StoreError: That is something else than what was received.
    """
    first = file[0]
    if not isinstance(first, Received):
        raise StoreError(f"a case file begins with what was received, not with {first.kind}")
    return first


def alike(one: Complaint, other: Complaint) -> bool:
    """Say whether two states of a case differ in nothing but how many entries led to them, and so in nothing."""
    return evolve(one, version=other.version, due_at=other.due_at) == other


def _facts(file: Sequence[Entry]) -> Iterator[Fact]:
    case, before = opening(file).open(), file[0]
    for seq, entry in enumerate(file[1:], 2):
        after = case.apply(entry)
        if from_outside(entry, before):
            yield Fact(seq, entry, case, not alike(case, after))
        case, before = after, entry
