"""What follows of itself from what happened in a case: an identity is sealed where the policy demands it, a clock
counts from the acknowledgement, special situations show.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    CustomerFound,
    Described,
    HandlersNamed,
    Received,
    Regraded,
    Restricted,
    RulesFound,
    Sealed,
    SecrecyLifted,
    StaffCleared,
    StaffNamed,
)
from complaintkit.case.parts import DUTY, Content
from complaintkit.case.secrecy import SEALED
from complaintkit.derived import triggers
from complaintkit.policy import Policy
from complaintkit.policy.resting import moved, rested
from complaintkit.policy.speaking import spoken

# By what these say another standard or other rules may hold.
_TELLING: Final = (Assessed, Described, CustomerFound)


def of(case: Complaint, entries: Iterable[Entry], policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entries that follow from new ones.

    Args:
        case: The case after the new entries.
        entries: The new entries, the last ones of the file.
        policy: The policy.
        now: The moment of the new entries.
    """
    entries = tuple(entries)
    more = [*_sealed(case, entries, policy, now), *_moved(case, policy, now)]
    if any(isinstance(entry, _TELLING) for entry in entries):
        more += _regraded(case.apply_all(more), policy, now)
    more += spoken(case, entries, policy, now)
    return (*more, *triggers.called(case.apply_all(more), (*entries, *more), policy, now))


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
    sooner = [moved(clock, "acknowledgement", now) for clock in policy.moved(case)]
    yield from sooner
    yield from rested(case.apply_all(sooner), policy, now)


def _regraded(case: Complaint, policy: Policy, now: datetime) -> Iterator[Entry]:
    """Yield that other standards and rules hold, now that the case is known better."""
    if not case.open:
        return
    for into in policy.regraded(case):
        clock = case.named(into.name)
        if clock is not None:
            moved = policy.under(clock, into, now)
            yield Regraded(
                at=now, by=CORE, clock=clock.name, into=into, due_at=moved.due_at, warn_at=moved.warn_at,
                past=moved.recalculated, next_level_at=moved.next_level_at,
            )  # fmt: skip
    holding = policy.rules(case)
    running = {one.rules for one in case.clocks if not one.settled and not one.kind.startswith(DUTY)}
    # What no setting names any more goes on: only what is known of the case ends a deadline of the law here.
    ceased = tuple(one for one in policy.known("rules") if one in running and one not in holding)
    # A standard of our own may have conditions, too, which nobody knew at the receipt.
    own = ("",) if case.clocks else ()
    clocks = tuple(clock for rules in (*own, *holding) for clock in policy.rule_clocks(case, rules))
    if ceased or clocks:
        begun = tuple(dict.fromkeys(clock.rules or clock.standard.rpartition(" (")[0] for clock in clocks))
        yield RulesFound(at=now, by=CORE, begun=begun, ceased=ceased, clocks=clocks)


def walls(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return those entries that say who may not know of a case."""
    kinds = StaffNamed | StaffCleared | Restricted | HandlersNamed | Sealed | SecrecyLifted
    return tuple(entry for entry in entries if isinstance(entry, kinds))
