"""Does a measure work? Complaints are counted before and after it, and what did not help is planned anew."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from complaintkit.case.entries import CORE
from complaintkit.case.parts import Content
from complaintkit.improving.asking import clock
from complaintkit.improving.entries import Checked
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import State
from complaintkit.improving.parts import Check, Measure, Verdict
from complaintkit.improving.recurrence import Recurrence, Tally, recurrence
from complaintkit.improving.reopening import reopened
from complaintkit.improving.rhythm import end_of_day
from complaintkit.policy import Policy

Count = Callable[[Sequence[str], Sequence[str], datetime, datetime], Tally]


def windows(measure: Measure, implemented_at: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """Return the two half-open periods that are compared: equally long, the lag in neither of them."""
    length, lag = timedelta(days=measure.window), timedelta(days=measure.lag)
    begin = implemented_at + lag
    return (implemented_at - length, implemented_at), (begin, begin + length)


def counted(
    improvement: Improvement, measure: Measure, policy: Policy, count: Count
) -> tuple[Tally, Tally, Recurrence]:
    """Return what was counted in both windows, and what that says.

    The causes of a measure are counted; its categories, while no cause is known.
    """
    before, after = (
        count(improvement.causes, improvement.categories, since, until)
        for since, until in windows(measure, measure.implemented_at or improvement.opened_at)
    )
    exposure = measure.exposure
    found = recurrence(
        before,
        after,
        required=measure.required,
        least=policy.improving.least,
        exposure_before=exposure.before if exposure else Decimal(1),
        exposure_after=exposure.after if exposure else Decimal(1),
    )
    return before, after, found


def checked(improvement: Improvement, policy: Policy, now: datetime, count: Count) -> tuple[ImprovementEntry, ...]:
    """Return the entries of the check that is due: it works, it is planned anew, or a person has to judge."""
    measure = improvement.measure
    if measure is None:
        return ()
    before, after, found = counted(improvement, measure, policy, count)
    check = Check(
        at=now, by=CORE, verdict=found.verdict, before=before.complaints, after=after.complaints, ratio=found.ratio,
        because=Content.of(found.because),
    )  # fmt: skip
    if found.verdict is Verdict.EFFECTIVE:
        return (Checked(at=now, by=CORE, state=State.EFFECTIVE, check=check),)
    if found.verdict is Verdict.INEFFECTIVE:
        plain = Checked(at=now, by=CORE, state=improvement.state, check=check)
        return (plain, reopened(improvement, check, CORE, now, policy))
    days = policy.improving.judgement
    due = end_of_day(now, days, str(policy.zone))
    name = improvement.numbered("judgement")
    judge = clock("judgement", now, due, policy, name=name, because=f"judgement, {days} days")
    return (Checked(at=now, by=CORE, state=improvement.state, check=check, clocks=(judge,)),)
