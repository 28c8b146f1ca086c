"""From when a clock counts, and which clocks of a rule pack a case has."""

from datetime import datetime

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import DUTY, Clock
from complaintkit.case.reviews import REVIEW, REVIEW_ACKNOWLEDGEMENT, pending


def kinds_by(case: Complaint, rules: str) -> frozenset[str]:
    """Return the kinds of the clocks that a case has by a rule pack: that run, or did what they ask for.

    Those that ended because the pack was lifted are lacking once it holds again. A duty that somebody began tells
    nothing of that: it goes on in any case.
    """
    mine = [one for one in case.clocks if one.rules == rules and not one.kind.startswith(DUTY)]
    runs = any(not one.settled for one in mine)
    return frozenset(one.kind for one in mine if runs or one.met_at)


def acknowledged(case: Complaint, clock: Clock) -> datetime | None:
    """Return when that was acknowledged from which a clock counts; `None` where it was not, or counts otherwise."""
    if clock.reckoning.starts != "acknowledgement":
        return None
    if clock.kind != REVIEW:
        return None if case.reopened else case.acknowledged_at
    review = pending(case)
    told = (one for one in reversed(case.clocks) if one.kind == REVIEW_ACKNOWLEDGEMENT)
    return next((one.met_at for one in told if review and one.started_at >= review.asked_at), None)
