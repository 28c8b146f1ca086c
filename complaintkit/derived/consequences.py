"""What follows of itself from what happened in a case: an identity is sealed where the policy demands it, a clock
counts from the acknowledgement, special situations show.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    ClockMoved,
    HandlersNamed,
    Received,
    Restricted,
    Sealed,
    SecrecyLifted,
    StaffCleared,
    StaffNamed,
)
from complaintkit.case.parts import Content
from complaintkit.case.secrecy import SEALED
from complaintkit.policy import Policy
from complaintkit.policy.speaking import spoken


def of(case: Complaint, entries: Iterable[Entry], policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entries that follow from new ones.

    Args:
        case: The case after the new entries.
        entries: The new entries, the last ones of the file.
        policy: The policy.
        now: The moment of the new entries.
    """
    return (*_sealed(case, entries, policy, now), *_moved(case, policy, now), *spoken(case, entries, policy, now))


def _sealed(case: Complaint, entries: Iterable[Entry], policy: Policy, now: datetime) -> Iterator[Entry]:
    if case.secrecy == SEALED:
        return
    rules = policy.secrecy
    for entry in entries:
        by_channel = isinstance(entry, Received) and policy.kind(case.channel) in rules.sealed_channels
        if by_channel or (isinstance(entry, Assessed) and entry.category in rules.sealed_categories):
            reason = "the channel demands it" if by_channel else "the category demands it"
            handlers = tuple(dict.fromkeys((*case.handling.handlers, *rules.designated)))
            yield Sealed(at=now, by=CORE, handlers=handlers, reason=Content.of(reason))
            return


def _moved(case: Complaint, policy: Policy, now: datetime) -> Iterator[Entry]:
    for clock in policy.moved(case):
        yield ClockMoved(
            at=now, by=CORE, clock=clock.name, started_at=clock.started_at, due_at=clock.due_at, warn_at=clock.warn_at
        )


def walls(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return those entries that say who may not know of a case."""
    kinds = StaffNamed | StaffCleared | Restricted | HandlersNamed | Sealed | SecrecyLifted
    return tuple(entry for entry in entries if isinstance(entry, kinds))
