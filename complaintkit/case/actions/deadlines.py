"""Actions on deadlines: extending one as its rules allow, saying which rules hold, duties towards somebody outside."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import DutyDone, DutyStarted, Extended, Move, Recalculated, RulesApplied, RulesLifted
from complaintkit.case.parts import DUTY, Clock, Content
from complaintkit.changing import evolve

_DONE: Final = ("done", "not_needed")


@frozen(kw_only=True)
class Extend(Action):
    """Extend a deadline, as its rules allow, and tell the complainant why and to when."""

    name: ClassVar[str] = "extend"
    help: ClassVar[str] = "extend a deadline as its rules allow; the complainant is told why and to when"
    clock: str = asked("name of the deadline", of="clock")
    until: datetime = asked("by when they have an answer instead, with time zone")
    text: str = asked("why it takes longer, in words to the complainant")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return that nothing can be extended."""
        if any(clock.running and clock.reckoning.extendable for clock in case.clocks):
            return ""
        return "no deadline that runs may be extended by its rules; hold tells the complainant that it takes longer"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Move the due moment; refuse after it, beyond what the rules allow, and where they allow nothing."""
        text = ask.words("text", self.text)
        name = ask.one_of("clock", self.clock, tuple(one.name for one in ask.case.clocks if one.running))
        clock = next(one for one in ask.case.clocks if one.name == name)
        if not clock.reckoning.extendable:
            raise ask.refuse(
                f"the rules of {name} ({clock.standard}) allow no extension; hold tells that it takes longer"
            )
        if ask.now > clock.due_at:
            raise ask.refuse(f"{name} was due on {_told(clock.due_at)}; an extension has to be told before that")
        if ask.ahead("until", self.until) <= clock.due_at:
            raise ask.refuse(f"{_told(self.until)} is no later than {_told(clock.due_at)}, when {name} is due anyway")
        furthest = ask.terms.extendable_until(clock)
        if self.until > furthest:
            raise ask.refuse(f"{name} may be extended to {_told(furthest)} at most ({clock.standard})")
        moved = ask.terms.reckoned(clock.extend(ask.now, self.until))
        return (
            Extended(
                at=ask.now, by=ask.by, clock=name, was_due_at=clock.due_at, until=moved.due_at, text=Content.of(text),
                warn_at=moved.warn_at,
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class Recalculate(Action):
    """Count the deadlines that run by what the policy says today, where it says something else than they count by."""

    name: ClassVar[str] = "recalculate"
    help: ClassVar[str] = "count running deadlines by today's policy, where it says something else; pauses stay"
    reason: str = asked("why they are counted anew: what was changed, and who decided so")
    standard: str = asked("only those that come under this standard, or leave it; by default all", default="")
    rules: str = asked("only those of this rule pack; by default all", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return that there is nothing to count anew."""
        return "" if terms.recalculated(case) else "its deadlines count as today's policy says"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Put each under what holds today; one that is over by that is broken by recalculation, and told once."""
        reason = ask.need("reason", self.reason)
        moves = moves_of(ask.case, ask.terms, ask.now, self.standard.strip(), self.rules.strip())
        if not moves:
            raise ask.refuse("nothing of that counts otherwise than today's policy says")
        return (Recalculated(at=ask.now, by=ask.by, reason=Content.of(reason), moves=moves),)


def moves_of(case: Complaint, terms: Terms, now: datetime, standard: str = "", rules: str = "") -> tuple[Move, ...]:
    """Return which deadlines of a case today's policy would move, and where to.

    Args:
        case: The case.
        terms: The policy.
        now: From when on they would count by it.
        standard: Name of a standard that they come under, or leave; empty for all.
        rules: Name of the rule pack they belong to; empty for all.
    """
    found = ((clock, into) for into in terms.recalculated(case) if (clock := case.named(into.name)))
    return tuple(
        _move(clock, into, terms, now)
        for clock, into in found
        if rules in ("", clock.rules) and standard in ("", _standard_of(clock), _standard_of(into))
    )


def _move(clock: Clock, into: Clock, terms: Terms, now: datetime) -> Move:
    moved = terms.under(clock, into, now)
    return Move(
        clock=clock.name, into=into, due_at=moved.due_at, warn_at=moved.warn_at, next_level_at=moved.next_level_at,
        past=moved.due_at < now <= clock.due_at,
    )  # fmt: skip


def _standard_of(clock: Clock) -> str:
    return clock.standard.rpartition(" (")[0]


@frozen(kw_only=True)
class ApplyRules(Action):
    """Say that a rule pack holds for this case; its deadlines count from the receipt."""

    name: ClassVar[str] = "apply_rules"
    help: ClassVar[str] = "say that a rule pack holds for this case, too; its deadlines count from the receipt"
    rules: str = asked("name of the rule pack", of="rules")
    reason: str = asked("why it holds")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let its clocks run."""
        reason = ask.need("reason", self.reason)
        rules = ask.one_of("rules", self.rules, ask.terms.known("rules"))
        if rules in ask.terms.rules(ask.case):
            raise ask.refuse(f"{rules} holds for it already")
        handling = ask.case.handling
        under = evolve(ask.case, handling=evolve(handling, rules=(*handling.rules, rules)))
        clocks = ask.terms.rule_clocks(under, rules)
        return (RulesApplied(at=ask.now, by=ask.by, rules=rules, reason=Content.of(reason), clocks=clocks),)


@frozen(kw_only=True)
class LiftRules(Action):
    """Say that a rule pack does not hold for this case; its deadlines end."""

    name: ClassVar[str] = "lift_rules"
    help: ClassVar[str] = "say that a rule pack does not hold for this case; its deadlines end"
    rules: str = asked("name of the rule pack", of="rules")
    reason: str = asked("why it does not hold")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return that no rule pack holds."""
        return "" if terms.rules(case) else "no rule pack holds for it"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End its clocks; what was broken until now stays on record."""
        reason = ask.need("reason", self.reason)
        rules = ask.one_of("rules", self.rules, ask.terms.rules(ask.case))
        return (RulesLifted(at=ask.now, by=ask.by, rules=rules, reason=Content.of(reason)),)


@frozen(kw_only=True)
class StartDuty(Action):
    """Start a duty towards somebody outside that a rule pack knows, such as a report to an authority."""

    name: ClassVar[str] = "start_duty"
    help: ClassVar[str] = "start a duty towards somebody outside, such as a report to an authority"
    duty: str = asked("which one", of="duty")
    reason: str = asked("what asks for it")
    since: datetime | None = asked("when you became aware of it, with time zone; left out, now", default=None)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return that no rules know a duty."""
        return "" if terms.duties(case) else "none of the rules that hold for it knows a duty towards somebody outside"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let its clock run from when it began."""
        reason = ask.need("reason", self.reason)
        duty = ask.one_of("duty", self.duty, ask.terms.duties(ask.case))
        since = self.since or ask.now
        if since.tzinfo is None or since > ask.now:
            raise ask.refuse("since needs a time zone and lies in the past: a duty counts from when you became aware")
        clocks = ask.terms.clock(duty, ask.case, since)
        return (DutyStarted(at=ask.now, by=ask.by, what=duty, reason=Content.of(reason), clocks=clocks),)


@frozen(kw_only=True)
class FinishDuty(Action):
    """Record that a duty towards somebody outside was done, or is none after all."""

    name: ClassVar[str] = "finish_duty"
    help: ClassVar[str] = "record that a duty towards somebody outside was done, or is none after all"
    clock: str = asked("name of its deadline", of="clock")
    evidence: str = asked("how it was done, or why it is none")
    how: str = asked("what became of it", default="done", choices=_DONE)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return that there is none."""
        return "" if _duties(case) else "no duty towards somebody outside runs"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Stop its clock."""
        evidence = Content.of(ask.need("evidence", self.evidence))
        clock = ask.one_of("clock", self.clock, _duties(ask.case))
        how = ask.one_of("how", self.how, _DONE)
        return (DutyDone(at=ask.now, by=ask.by, clock=clock, how=how, evidence=evidence),)


def _duties(case: Complaint) -> tuple[str, ...]:
    return tuple(one.name for one in case.clocks if one.kind.startswith(DUTY) and not one.settled)


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}"
