"""What is due in a case: waiting that is over, reminders, broken promises, and whose attention they call for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from complaintkit.case.commitments import INTERIM
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, LookedAt, Overdue, WaitEnded
from complaintkit.case.escalations import ESCALATION
from complaintkit.case.external import WINDOW
from complaintkit.case.lifecycle import LIFE_CYCLE
from complaintkit.case.needs import NEED
from complaintkit.case.ownership import HAND_OVER
from complaintkit.case.parts import NO_PROMISE, SUMMARY, Clock, Content
from complaintkit.case.reviews import ACCEPTANCE
from complaintkit.case.surveys import REMINDER, SURVEY
from complaintkit.escalation import acceptance, ownership, surveys
from complaintkit.escalation.clocks import Look, looked
from complaintkit.escalation.needs import taken_out
from complaintkit.escalation.unanswered import passed_on
from complaintkit.families import EscalationRule, Rota
from complaintkit.guard import Guarded
from complaintkit.policy import Policy
from complaintkit.policy.chains import BREACH
from complaintkit.policy.resting import rested

__all__ = ["OWN", "review", "taken_over", "waited"]

# So long after it was taken over an old case calls whom it would have called; they were not there when it broke.
_TAKEN_OVER: Final = timedelta(days=1)
Own = Callable[[Complaint, Clock, Policy, datetime], tuple[Entry, ...]]

# Kinds of clock whose due moment has a meaning of its own, and the entries that follow then; an empty answer leaves
# the clock to the common way: breach and chain. Reminders before the due moment are the same for all.
OWN: Final[Mapping[str, Own]] = MappingProxyType(
    {
        HAND_OVER: ownership.returned,
        NEED: taken_out,
        ACCEPTANCE: acceptance.lapsed,
        WINDOW: acceptance.window_over,
        SUMMARY: acceptance.summary_over,
        SURVEY: surveys.sent,
        REMINDER: surveys.reminded,
        ESCALATION: passed_on,
    }
)


def review(
    case: Complaint,
    rules: Sequence[Guarded[EscalationRule]],
    policy: Policy,
    now: datetime,
    rotas: Sequence[Guarded[Rota]] = (),
) -> tuple[Entry, ...]:
    """Return the entries that are due at `now`: waiting that is over, reminders, breaches, escalations.

    A breach keeps its true moment, however late it is noticed, and is on file once; each step of a clock's chain is
    taken once, whatever plugins say or fail to say. An open case for which nothing is planned is called to mind.

    Args:
        case: The case.
        rules: Escalation rules of plugins; they may call a higher level than the chain does.
        policy: The policy.
        now: The moment.
        rotas: Who knows who is on call.
    """
    entries: list[Entry] = []
    entries += waited(case, policy, now)
    case = case.apply_all(entries)
    # What a holding notice promised first: the next one says that, too, was missed, and takes its place.
    for name in [clock.name for clock in sorted(case.clocks, key=lambda one: one.kind != INTERIM)]:
        for entry in _due(case, case.named(name), rules, policy, now, rotas):
            entries.append(entry)
            case = case.apply(entry)
    if not entries and case.open and case.due_at and case.due_at <= now:
        entries.append(LookedAt(at=now, by=CORE))
    return tuple(entries)


def waited(case: Complaint, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return that waiting is over, if it is by now and nobody has noticed; it ended when it was to, not now.

    What stood still meanwhile is reckoned anew with it: nothing is broken by a moment that does not count.

    Args:
        case: The case.
        policy: The policy.
        now: The moment.
    """
    over = case.waiting_over(now)
    if over is None:
        return ()
    reason = Content.of("the date has come until which it was to wait")
    ended = WaitEnded(at=now, by=CORE, stage=LIFE_CYCLE["resume", case.stage], reason=reason, ended_at=over)
    return (ended, *rested(case.apply(ended), policy, now))


def taken_over(case: Complaint, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the breaches of an old case that is put on file only now; whom they call hears of it a day later.

    Args:
        case: The case.
        policy: The policy.
        now: When it is put on file.
    """
    late = (one for one in case.clocks if one.running and one.due_at <= now and one.kind not in {*OWN, *NO_PROMISE})
    return tuple(
        Overdue(
            at=now, by=CORE, clock=one.name, due_at=one.due_at, next_level_at=now + _TAKEN_OVER, late=True,
            steps=(BREACH, *_reminders(one, case, policy)),
        )
        for one in late
    )  # fmt: skip


def _reminders(clock: Clock, case: Complaint, policy: Policy) -> tuple[str, ...]:
    steps = policy.steps(clock, policy.standard_for(clock, case))
    return tuple(one.link.name for one in steps if not one.link.level)


def _due(
    case: Complaint,
    clock: Clock | None,
    rules: Sequence[Guarded[EscalationRule]],
    policy: Policy,
    now: datetime,
    rotas: Sequence[Guarded[Rota]],
) -> tuple[Entry, ...]:
    if clock is None or clock.next_at is None or clock.next_at > now or not (case.open or clock.lasting):
        return ()
    if now >= clock.due_at and (own := OWN.get(clock.kind)) and (entries := own(case, clock, policy, now)):
        return entries
    return looked(Look(case=case, clock=clock, rules=rules, rotas=rotas, policy=policy, now=now))
