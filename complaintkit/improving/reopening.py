"""A measure that did not work is planned anew, whoever found that out."""

from datetime import datetime

from complaintkit.improving.asking import Terms, clock
from complaintkit.improving.entries import MeasureReopened
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import State
from complaintkit.improving.parts import Check
from complaintkit.improving.rhythm import end_of_day


def reopened(improvement: Improvement, check: Check, by: str, now: datetime, terms: Terms) -> MeasureReopened:
    """Return the entry that plans a measure anew.

    Args:
        improvement: The measure.
        check: What was found.
        by: Who found it.
        now: When.
        terms: The policy, for the new date.
    """
    days = terms.improving.again
    due = end_of_day(now, days, str(terms.zone))
    work = clock("work", now, due, terms, name=improvement.numbered("work"), because=f"planned anew, {days} days")
    return MeasureReopened(at=now, by=by, state=State.PLANNED, reason=check.because, clocks=(work,))
