"""Why a deadline is when it is: what counts, line by line, what happened to it, and what comes next."""

from datetime import datetime, timedelta

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import NO_PROMISE, Basis, Clock
from complaintkit.checks import aware
from complaintkit.clocks.reckoning import Change, Extension, Rest
from complaintkit.policy.timing import Timing


@frozen(kw_only=True)
class Explanation:
    """One deadline of a case, explained.

    Attributes:
        name: Its name within the case.
        kind: Kind of clock.
        basis: What it rests on.
        standard: The standard it is under.
        version: Version of the policy that standard was taken from; of the rule pack, where it is one's.
        rules: The rule pack it belongs to; empty for the organisation's own.
        calendar: Identity of the calendar that counts working time; empty where every hour counts.
        zone: Place whose days count.
        who: Whose duty it is; empty for the owner's.
        started_at, due_at: From when to when it runs.
        recomputed_at: When it is due by reckoning it anew, now, from its start, promise and history: the same moment.
            `None` for a clock from before that was kept.
        lines: The reasoning, line by line, told by what reckons.
        state: `running`, `standing still`, `met` or `ended`.
        settled_at: When it was met, or ended.
        late: Whether the promise was broken.
        late_by: By how much, so far or when it was settled; in working time where `in_working_time`.
        in_working_time: Whether `late_by` is in working time.
        broken_at: When it was due as it was broken, where another standard has moved its due moment since.
        by_recalculation: Whether it was broken by another standard alone: by the new one its moment was over already.
        warned, overdue, level: What is on file: the reminder, the breach, the highest level it escalated to.
        changes: Under which standards it was before.
        rests: When it stood still.
        extensions: How it was extended.
        next_at: The next moment at which something happens because of it; `None` for none.
        next: What happens then.
    """

    name: str
    kind: str
    basis: Basis
    standard: str
    version: str
    rules: str = ""
    calendar: str = ""
    zone: str = "UTC"
    who: str = ""
    started_at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    recomputed_at: datetime | None = None
    lines: tuple[str, ...] = ()
    state: str = "running"
    settled_at: datetime | None = None
    late: bool = False
    late_by: timedelta = timedelta()
    in_working_time: bool = False
    broken_at: datetime | None = None
    by_recalculation: bool = False
    warned: bool = False
    overdue: bool = False
    level: int = 0
    changes: tuple[Change, ...] = ()
    rests: tuple[Rest, ...] = ()
    extensions: tuple[Extension, ...] = ()
    next_at: datetime | None = None
    next: str = ""


def explained(case: Complaint, policy: Timing, now: datetime) -> tuple[Explanation, ...]:
    """Return every deadline of a case, explained.

    Args:
        case: The case.
        policy: The policy; what is pinned on a clock goes before what it says today.
        now: The moment by which lateness is told.
    """
    return tuple(explanation(case, clock, policy, now) for clock in case.clocks)


def explanation(case: Complaint, clock: Clock, policy: Timing, now: datetime) -> Explanation:
    """Return one deadline of a case, explained; see `explained`."""
    standard, _, version = clock.standard.rpartition(" (")
    reckoned = policy.explained(clock) if clock.reckoning.known else None
    within = clock.reckoning.within
    working = bool(within and within.working)
    late, late_by = _lateness(case, clock, policy, now)
    next_at, next_ = _next(case, clock, now)
    return Explanation(
        name=clock.name,
        kind=clock.kind,
        basis=clock.basis,
        standard=standard or clock.standard,
        version=version.removesuffix(")") if standard else "",
        rules=clock.name.partition(":")[2],
        calendar=clock.reckoning.calendar,
        zone=clock.reckoning.zone,
        who=clock.who,
        started_at=clock.started_at,
        due_at=clock.due_at,
        recomputed_at=reckoned.due_at if reckoned else None,
        lines=reckoned.lines if reckoned else ("how it was counted was not kept then; it stays as it was",),
        state=_state(clock),
        settled_at=clock.met_at or clock.ended_at,
        late=late,
        late_by=late_by,
        in_working_time=working,
        broken_at=clock.broken_at,
        by_recalculation=clock.recalculated,
        warned=clock.warned,
        overdue=clock.overdue,
        level=clock.level,
        changes=clock.history.changes,
        rests=clock.history.rests,
        extensions=clock.history.extensions,
        next_at=next_at,
        next=next_,
    )


def _lateness(case: Complaint, clock: Clock, policy: Timing, now: datetime) -> tuple[bool, timedelta]:
    """Say whether a promise was broken, and by how much; of waiting that is over though nobody has noticed, too."""
    if clock.kind in NO_PROMISE:
        return False, timedelta()
    over = case.waiting_over(now)
    clock = policy.reckoned(clock.resume(over)) if over else clock
    end = clock.paused_at or clock.met_at or clock.ended_at or now
    calendar, within = policy.counting(clock), clock.reckoning.within
    by_work = calendar is not None and within is not None and within.working is not None
    late_by = calendar.elapsed(clock.due_at, end) if calendar and by_work else max(end - clock.due_at, timedelta())
    return clock.late_at(now), late_by


def _state(clock: Clock) -> str:
    if clock.met_at:
        return "met"
    if clock.ended_at:
        return "ended"
    return "standing still" if clock.paused_at else "running"


def _next(case: Complaint, clock: Clock, now: datetime) -> tuple[datetime | None, str]:
    if clock.settled or not (case.open or clock.lasting):
        return None, ""
    if clock.paused_at:
        return case.waiting_until, "goes on at the latest, for the case waits until then"
    if clock.overdue:
        return clock.next_at, "is looked at again, for it is broken"
    if clock.late_at(now):
        return clock.next_at, "was broken, which nobody has noticed yet"
    return clock.next_at, "is due" if clock.next_at == clock.due_at else "somebody is reminded"
