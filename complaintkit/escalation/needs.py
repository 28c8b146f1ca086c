"""The end of a support need: when its time is over it is taken out of the case."""

from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, NeedRemoved
from complaintkit.case.parts import Clock, Content
from complaintkit.policy import Policy


def taken_out(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entry that takes a need out."""
    reason = Content.of(f"kept until {clock.due_at:%Y-%m-%d}, as agreed")
    return (NeedRemoved(at=now, by=CORE, need=clock.name, reason=reason),)
