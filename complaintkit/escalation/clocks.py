"""A clock that runs out: reminders, the broken promise, and whose attention that calls for, step by step of its chain.

Each step is taken once, however late it is noticed: what was missed while nobody was at work is taken at the first look
after, with the moment at which it was to be. Steps that call the same people at the same look are told in one entry.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, ClockMoved, Escalated, Overdue, PluginFailed, Reviewed, Warned
from complaintkit.case.parts import Clock, Content
from complaintkit.clocks.rules import look_again
from complaintkit.escalation.interim import held
from complaintkit.escalation.targets import OnCall, on_call, target
from complaintkit.families import CaseView, Escalation, EscalationRule, Level, Review, Rota
from complaintkit.guard import Failure, Guarded
from complaintkit.policy import Policy
from complaintkit.policy.chains import BREACH, OWNER, ROTA, Due, next_level, next_reminder

# What is noticed later than this was missed: a worker that runs looks every half minute or so. The figure is ours.
LATE: Final = timedelta(minutes=1)
CHAIN: Final = "chain"


@frozen(kw_only=True)
class Look:
    """One look at one clock of a case.

    Attributes:
        case, clock: Which.
        rules: Escalation rules of plugins.
        rotas: Who knows who is on call.
        policy: The policy.
        now: The moment.
    """

    case: Complaint
    clock: Clock
    rules: Sequence[Guarded[EscalationRule]]
    rotas: Sequence[Guarded[Rota]]
    policy: Policy
    now: datetime

    @property
    def breach_at(self) -> datetime:
        """Return when the promise is broken, or was: by the standard that held then."""
        return self.clock.broken_at or self.clock.due_at

    @property
    def recalculated(self) -> bool:
        """Say whether it is broken only because it came under another standard, when that moment had passed."""
        return self.clock.recalculated

    @property
    def late(self) -> bool:
        """Say whether the breach was missed; one by recalculation, only once that is some time ago."""
        return self.missed(self.breach_at) if self.recalculated else self.now - self.breach_at > LATE

    def missed(self, at: datetime) -> bool:
        """Say whether a step was missed; one whose moment had passed as it came about, once that is some time ago."""
        return self.now - max(at, *(one.at for one in self.clock.history.changes), at) > LATE

    def steps(self) -> tuple[Due, ...]:
        """Return the steps of the clock's chain, in the order of their moments."""
        return self.policy.steps(self.clock, self.policy.standard_for(self.clock, self.case))


@frozen
class _Group:
    """Steps that call the same people at the same look: the names of those, and the steps."""

    names: tuple[str, ...]
    steps: tuple[Due, ...]

    @property
    def highest(self) -> Due:
        """Return the step of the highest level."""
        return max(self.steps, key=lambda one: one.link.level)

    @property
    def taken(self) -> tuple[str, ...]:
        """Return what the steps are remembered by."""
        return tuple(one.link.name for one in self.steps)

    @property
    def at(self) -> datetime:
        """Return when the first of them was to be."""
        return min(one.at for one in self.steps)


def looked(look: Look) -> tuple[Entry, ...]:
    """Return the entries of a clock whose next moment has come: reminders, or the breach and what it calls for."""
    steps = look.steps()
    reached = tuple(one for one in steps if one.at <= look.now and not one.taken)
    if not look.clock.overdue and look.now < look.breach_at:
        return _reminded(look, steps, tuple(one for one in reached if not one.link.level))
    return _broken(look, steps, tuple(one for one in reached if one.link.level))


def _reminded(look: Look, steps: tuple[Due, ...], reached: tuple[Due, ...]) -> tuple[Entry, ...]:
    """Return the reminders that are due; where there is none, when the next one is: the chain may be another by now."""
    clock, following = look.clock, next_reminder(one for one in steps if one not in reached)
    if not reached:
        moved = ClockMoved(
            at=look.now, by=CORE, clock=clock.name, started_at=clock.started_at, due_at=clock.due_at,
            warn_at=following, because="steps of its chain",
        )  # fmt: skip
        return (moved,)
    duty = _duty(look, (one.link.to for one in reached), 0)
    return (
        *duty.failures,
        *(
            Warned(
                at=look.now, by=CORE, clock=clock.name, due_at=clock.due_at, steps=one.taken, step_at=one.at,
                late=look.missed(one.at), next_warn_at=following, to=(*_named(one), "")[0], also=_named(one)[1:],
            )
            for one in _grouped(look, reached, duty)
        ),
    )  # fmt: skip


def _named(group: _Group) -> tuple[str, ...]:
    """Return whom a reminder names; whoever keeps the promise is not named, for others hear of it with them."""
    return () if any(one.link.to == OWNER for one in group.steps) else group.names


def _broken(look: Look, steps: tuple[Due, ...], reached: tuple[Due, ...]) -> tuple[Entry, ...]:
    """Return the breach, unless it is on file, and whose attention it calls for now."""
    clock = look.clock
    level = max(clock.level, *(one.link.level for one in reached), 0)
    asked = _ask(look, steps, level)
    best = asked.best if asked.best and asked.best[1].level > level else None
    missed = tuple(one for one in steps if not (one.link.level or one.taken)) if clock.warn_at else ()
    calls = [one.link.to for one in (*reached, *missed)] + ([best[1].to] if best else [])
    duty = _duty(look, calls, best[1].level if best else level)
    by_rule = _standing_for(look, best[1], steps, reached, duty) if best else ()
    again = asked.again(look, [one for one in steps if one not in (*reached, *by_rule)])
    found: list[Entry] = [*asked.failures, *duty.failures]
    if not clock.overdue:
        found.append(_overdue(look, missed, duty, again))
    found += (_escalated(look, one, duty, again) for one in _called(look, reached, duty))
    if best:
        found.append(_raised(look, best, by_rule, duty, again))
    if clock.overdue and not reached and not best:
        found.append(Reviewed(at=look.now, by=CORE, clock=clock.name, next_level_at=again))
    if not clock.overdue:
        found += held(look.case, clock, look.policy, look.now, recalculated=look.recalculated)
    return tuple(found)


def _overdue(look: Look, missed: tuple[Due, ...], duty: OnCall, again: datetime) -> Overdue:
    return Overdue(
        at=look.now, by=CORE, clock=look.clock.name, due_at=look.breach_at, next_level_at=again,
        late=look.late, recalculated=look.recalculated,
        told=tuple(dict.fromkeys(name for group in _grouped(look, missed, duty) for name in _named(group))),
        steps=(BREACH, *(one.link.name for one in missed)),
    )  # fmt: skip


def _called(look: Look, reached: tuple[Due, ...], duty: OnCall) -> tuple[_Group, ...]:
    """Return the levels that are called now, those for the same people together.

    Of a promise that is broken by recalculation alone only the highest is called, for all of them: nobody could have
    kept it, and one word of that is enough.
    """
    groups = _grouped(look, reached, duty)
    if look.recalculated and not look.clock.overdue and groups:
        highest = max(groups, key=lambda one: one.highest.link.level)
        return (_Group(highest.names, reached),)
    return groups


def _grouped(look: Look, steps: Iterable[Due], duty: OnCall) -> tuple[_Group, ...]:
    found: dict[tuple[str, ...], list[Due]] = {}
    for one in steps:
        found.setdefault(_whom(look, one.link.to, duty), []).append(one)
    return tuple(_Group(names, tuple(several)) for names, several in found.items())


def _escalated(look: Look, group: _Group, duty: OnCall, again: datetime) -> Escalated:
    highest = group.highest.link
    nobody = "; nobody is on call" if highest.to == ROTA and not duty.found else ""
    return Escalated(
        at=look.now, by=CORE, clock=look.clock.name, level=highest.level, to=group.names[0], also=group.names[1:],
        reason=Content.of(f"{_why(look)}{nobody}"), rule=CHAIN, line=highest.line, next_level_at=again,
        steps=group.taken, step_at=group.at, late=look.missed(group.at),
    )  # fmt: skip


def _why(look: Look) -> str:
    ago = _hours((look.now - look.breach_at).total_seconds())
    return f"{look.clock.kind} was due on {look.breach_at:%Y-%m-%d %H:%M} UTC, {ago} ago"


def _hours(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h"


def _duty(look: Look, calls: Iterable[str], level: int) -> OnCall:
    """Return who is on call, where they are called."""
    if ROTA in calls:
        return on_call(look.case, look.clock, level, look.rotas, look.policy, look.now)
    return OnCall((), False)


# --- what rules of plugins say besides


@frozen
class _Asked:
    """What the rules answered about one broken clock: the failures, and the calls for attention by rule."""

    failures: tuple[Entry, ...]
    answers: tuple[tuple[str, Escalation], ...]

    @property
    def best(self) -> tuple[str, Escalation] | None:
        """The highest call for attention."""
        return max(self.answers, key=lambda one: one[1].level, default=None)

    def again(self, look: Look, left: Iterable[Due]) -> datetime:
        """Return when to look again: the soonest anybody wants to, else ever rarer. It is never forgotten."""
        wanted = [one.again_at for _, one in self.answers if one.again_at]
        following = next_level(one for one in left if one.at > look.now)
        soonest = (moment for moment in (*wanted, following) if moment and moment > look.now)
        return min(soonest, default=look_again(look.clock.due_at, look.now))


def _ask(look: Look, steps: tuple[Due, ...], level: int) -> _Asked:
    levels = tuple(
        Level(level=one.link.level, to=one.link.to, at=one.at, taken=one.taken or one.at <= look.now)
        for one in steps
        if one.link.level
    )
    question = Review(
        case=CaseView.of(look.case), clock=look.clock.kind, due_at=look.clock.due_at, level=level, now=look.now,
        levels=levels,
    )  # fmt: skip
    failures: list[Entry] = []
    answers: list[tuple[str, Escalation]] = []
    for rule in look.rules:
        answer = rule.ask("check", question, look.now)
        if isinstance(answer, Failure):
            failures.append(PluginFailed.of(answer, look.now))
        elif isinstance(answer, Escalation):
            answers.append((rule.record.name, answer))
    return _Asked(tuple(failures), tuple(answers))


def _standing_for(
    look: Look, escalation: Escalation, steps: tuple[Due, ...], reached: tuple[Due, ...], duty: OnCall
) -> tuple[Due, ...]:
    """Return the step that a rule's call takes before its time: the one of the same level that calls the same."""
    whom = _whom(look, escalation.to, duty)
    ahead = (one for one in steps if one.link.level == escalation.level and not one.taken and one not in reached)
    return tuple(one for one in ahead if _whom(look, one.link.to, duty) == whom)


def _raised(
    look: Look, best: tuple[str, Escalation], by_rule: tuple[Due, ...], duty: OnCall, again: datetime
) -> Escalated:
    rule, escalation = best
    names = _whom(look, escalation.to, duty)
    return Escalated(
        at=look.now, by=CORE, clock=look.clock.name, level=escalation.level, to=names[0], also=names[1:],
        reason=Content.of(escalation.reason), rule=rule, next_level_at=again,
        steps=tuple(one.link.name for one in by_rule),
    )  # fmt: skip


def _whom(look: Look, to: str, duty: OnCall) -> tuple[str, ...]:
    return target(to, look.case, look.clock, look.policy, duty)
