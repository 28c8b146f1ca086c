"""A clock that runs out: the reminder, the broken promise, and whose attention that calls for."""

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, Escalated, Overdue, PluginFailed, Reviewed, Warned
from complaintkit.case.parts import Clock, Content
from complaintkit.clocks.rules import look_again
from complaintkit.families import CaseView, Escalation, EscalationRule, Review
from complaintkit.guard import Failure, Guarded
from complaintkit.policy import Policy


@frozen
class _Asked:
    """What the rules answered about one broken clock: the failures, and the calls for attention by rule."""

    failures: tuple[Entry, ...]
    answers: tuple[tuple[str, Escalation], ...]

    @property
    def best(self) -> tuple[str, Escalation] | None:
        """The highest call for attention."""
        return max(self.answers, key=lambda one: one[1].level, default=None)

    def again(self, policy: Policy, clock: Clock, now: datetime) -> datetime:
        """Return when to look again: the soonest anybody wants to, else ever rarer. It is never forgotten."""
        wanted = [one.again_at for _, one in self.answers if one.again_at]
        steps = [clock.due_at + step.after for step in policy.ladder]
        return min((moment for moment in (*wanted, *steps) if moment > now), default=look_again(clock.due_at, now))


def broken(
    case: Complaint, clock: Clock, rules: Sequence[Guarded[EscalationRule]], policy: Policy, now: datetime
) -> tuple[Entry, ...]:
    """Return the entries of a clock whose next moment has come: a reminder, or the breach and what it calls for."""
    if now < clock.due_at:
        return (Warned(at=now, by=CORE, clock=clock.name, due_at=clock.due_at),)
    asked = _ask(case, clock, rules, policy, now)
    again = asked.again(policy, clock, now)
    if asked.best is None or asked.best[1].level <= clock.level:
        if clock.overdue:
            return (*asked.failures, Reviewed(at=now, by=CORE, clock=clock.name, next_level_at=again))
        return (*asked.failures, _overdue(clock, again, now))
    rule, escalation = asked.best
    raised = Escalated(
        at=now,
        by=CORE,
        clock=clock.name,
        level=escalation.level,
        to=escalation.to,
        reason=Content.of(escalation.reason),
        rule=rule,
        next_level_at=again,
    )
    return (*asked.failures, *(() if clock.overdue else (_overdue(clock, again, now),)), raised)


def _overdue(clock: Clock, again: datetime | None, now: datetime) -> Overdue:
    return Overdue(at=now, by=CORE, clock=clock.name, due_at=clock.due_at, next_level_at=again)


def _ask(
    case: Complaint, clock: Clock, rules: Sequence[Guarded[EscalationRule]], policy: Policy, now: datetime
) -> _Asked:
    question = Review(case=CaseView.of(case), clock=clock.kind, due_at=clock.due_at, level=clock.level, now=now)
    failures: list[Entry] = []
    answers: list[tuple[str, Escalation]] = []
    for rule in rules:
        answer = rule.ask("check", question, now)
        if isinstance(answer, Failure):
            failures.append(PluginFailed.of(answer, now))
        elif isinstance(answer, Escalation):
            answers.append((rule.record.name, answer))
    if (failures or not answers) and (own := ladder(policy, clock, now)):
        answers.append(("core ladder", own))
    return _Asked(tuple(failures), tuple(answers))


def ladder(policy: Policy, clock: Clock, now: datetime) -> Escalation | None:
    """Return what the core's own ladder says of a broken clock; the same at every call with the same moment."""
    reached = [step for step in policy.ladder if clock.due_at + step.after <= now]
    if not reached:
        return None
    ahead = policy.ladder[len(reached) :]
    late = now - clock.due_at
    return Escalation(
        level=len(reached),
        to=reached[-1].to,
        reason=f"{clock.kind} was due on {clock.due_at:%Y-%m-%d %H:%M} UTC, {_hours(late.total_seconds())} ago",
        again_at=clock.due_at + ahead[0].after if ahead else None,
    )


def _hours(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h"
