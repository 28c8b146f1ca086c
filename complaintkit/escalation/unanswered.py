"""Somebody higher up was called, or asked to decide, and did not answer in time: whoever is next above is called."""

from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, EscalationPassed, Overdue, Reviewed
from complaintkit.case.escalations import by_clock, clock_name
from complaintkit.case.parts import Clock
from complaintkit.clocks.rules import look_again
from complaintkit.policy import Policy


def passed_on(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entry by which the next above is called, once for each who did not answer.

    Where nobody is left above, it stays with the last one, whose silence is on file and who is reminded once.
    """
    one = by_clock(case, clock.name)
    if one is None or not one.waiting:
        return ()
    terms, again = policy.escalating, look_again(clock.due_at, now)
    if to := terms.next(case, one):
        next_clock = terms.clock(case, now, clock_name(case, one.name), to)
        return (
            EscalationPassed(
                at=now, by=CORE, escalation=one.name, previous=one.to, to=to, level=max(one.level + 1, terms.level(to)),
                due_at=clock.due_at, clock=next_clock,
            ),
        )  # fmt: skip
    if clock.overdue:
        return (Reviewed(at=now, by=CORE, clock=clock.name, next_level_at=again),)
    return (Overdue(at=now, by=CORE, clock=clock.name, due_at=clock.due_at, next_level_at=again),)
