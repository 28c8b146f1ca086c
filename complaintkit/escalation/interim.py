"""Holding notices by rule: a promise to answer was missed, and the complainant is told so, with a new date."""

from datetime import datetime
from typing import Final

from complaintkit.case.actor import COMPLAINANT
from complaintkit.case.commitments import INTERIM
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, HoldingSent, WritingOwed
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import ANSWERS, Clock
from complaintkit.policy import Policy
from complaintkit.policy.timing import FURTHEST

# Of these a running one is told to the complainant as the date of the answer: no new date may be later than it.
_TOLD: Final = ("final_response", "review")


def held(case: Complaint, clock: Clock, policy: Policy, now: datetime, *, recalculated: bool) -> tuple[Entry, ...]:
    """Return the holding notice that follows from a broken promise; or that a person has to write; or nothing.

    Nothing follows where its standard asks for none, while the case waits for the complainant, and while the date of an
    earlier notice has not passed.

    Args:
        case: The case.
        clock: The clock that is broken now.
        policy: The policy.
        now: The moment.
        recalculated: Whether it is broken only because it came under another standard.
    """
    standard = policy.standard_for(clock, case)
    if standard is None or not standard.interim or clock.kind not in ANSWERS or not case.open:
        return ()
    waits = case.stage is Stage.WAITING and case.waiting_for == COMPLAINANT
    if waits or any(one.kind == INTERIM and one.running and one.due_at > now for one in case.clocks):
        return ()
    until = _until(case, policy, now)
    # What the complainant was told, and was not kept: since then another standard may have named a later date.
    missed = clock.broken_at or clock.due_at
    if why := _why_not(case, policy, recalculated) or ("want of a date that could be promised" if not until else ""):
        return (WritingOwed(at=now, by=CORE, clock=clock.name, due_at=missed, why=why),)
    assert until is not None  # there is a date, or a reason
    following = policy.clock_until(INTERIM, case, now, until)
    return (
        HoldingSent(
            at=now, by=CORE, clock=clock.name, was_due_at=missed, until=until,
            number=case.settlement.holdings + 1, clocks=(following,),
        ),
    )  # fmt: skip


def _why_not(case: Complaint, policy: Policy, recalculated: bool) -> str:
    if case.secrecy:
        return "it is confidential"
    if recalculated:
        return "the complainant was told another date"
    most = policy.interim.most
    if case.settlement.holdings >= most:
        return f"{most} in a row are enough" if most else "the policy wants none"
    return ""


def _until(case: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Return the new date: that of the standard for it, and never later than a date that was told and still holds."""
    found = [clock.due_at for clock in policy.clock(INTERIM, case, now)]
    if not found or min(found) - now > FURTHEST:
        return None
    told = (clock.due_at for clock in case.clocks if clock.kind in _TOLD and clock.running and clock.due_at > now)
    return min((*found, *told))
