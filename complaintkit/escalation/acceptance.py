"""The time to object, to go elsewhere or to settle early runs out: what that means for a case."""

from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, AcceptanceProlonged, Resolved, SummaryOver, WindowEnded
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.parts import Clock, Content
from complaintkit.policy import Policy


def lapsed(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return what follows when the complainant has not objected in time: silence settles an answered case.

    Silence means nothing while a message of the complainant has no answer, or while the answer could not be delivered,
    which counts as the same: then the time goes on.
    """
    if case.stage is not Stage.RESPONDED or case.unanswered_since:
        since = f" since {case.unanswered_since:%Y-%m-%d}" if case.unanswered_since else ""
        reason = Content.of(f"the complainant is owed an answer{since}")
        clocks = policy.after.acceptance(case, now) if case.stage is Stage.RESPONDED else ()
        return (AcceptanceProlonged(at=now, by=CORE, clock=clock.name, reason=reason, clocks=clocks),)
    evidence = f"no word from the complainant until {clock.due_at:%Y-%m-%d %H:%M} UTC"
    return (
        Resolved(
            at=now,
            by=CORE,
            stage=LIFE_CYCLE["resolve", case.stage],
            accepted="lapsed",
            evidence=Content.of(evidence),
            clocks=policy.after.resolution(case, now),
        ),
    )


def window_over(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return that the complainant can no longer go to a body outside; nobody has broken anything by that."""
    return (WindowEnded(at=now, by=CORE, clock=clock.name),)


def summary_over(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return that it can no longer be settled early; the full answer has a deadline of its own."""
    return (SummaryOver(at=now, by=CORE, clock=clock.name),)
