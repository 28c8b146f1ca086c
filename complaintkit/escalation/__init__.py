"""What is due in a case: waiting that is over, reminders, broken promises, and whose attention they call for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from complaintkit.case.commitments import INTERIM
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, LookedAt, WaitEnded
from complaintkit.case.escalations import ESCALATION
from complaintkit.case.external import WINDOW
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.needs import NEED
from complaintkit.case.ownership import HAND_OVER
from complaintkit.case.parts import SUMMARY, Clock, Content
from complaintkit.case.reviews import ACCEPTANCE
from complaintkit.case.surveys import REMINDER, SURVEY
from complaintkit.escalation import acceptance, ownership, surveys
from complaintkit.escalation.clocks import Look, looked
from complaintkit.escalation.needs import taken_out
from complaintkit.escalation.unanswered import passed_on
from complaintkit.families import EscalationRule, Rota
from complaintkit.guard import Guarded
from complaintkit.policy import Policy

__all__ = ["OWN", "review"]

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
    if case.waiting_until and case.waiting_until <= now and case.stage is Stage.WAITING:
        stage = LIFE_CYCLE["resume", case.stage]
        reason = Content.of("the date has come until which it was to wait")
        entries.append(WaitEnded(at=now, by=CORE, stage=stage, reason=reason, ended_at=case.waiting_until))
        case = case.apply(entries[-1])
    # What a holding notice promised first: the next one says that, too, was missed, and takes its place.
    for name in [clock.name for clock in sorted(case.clocks, key=lambda one: one.kind != INTERIM)]:
        for entry in _due(case, case.named(name), rules, policy, now, rotas):
            entries.append(entry)
            case = case.apply(entry)
    if not entries and case.open and case.due_at and case.due_at <= now:
        entries.append(LookedAt(at=now, by=CORE))
    return tuple(entries)


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
