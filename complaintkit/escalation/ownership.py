"""An offer that nobody answered in time: it comes back, and somebody who can do something about it is called."""

from datetime import datetime

from complaintkit.case.actions.ownership import called
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, OfferReturned
from complaintkit.case.ownership import standing
from complaintkit.case.parts import Clock
from complaintkit.policy import Policy


def returned(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entries of an offer whose time is over; the case stays with its owner."""
    offer = standing(case)
    if offer is None or offer.name != clock.name:
        return ()
    back = OfferReturned(at=now, by=CORE, offer=offer.name, to=offer.to, owner=case.owner, due_at=clock.due_at)
    return (back, *called(case, offer, policy.roster, now))
