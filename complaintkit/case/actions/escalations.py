"""Actions of escalation: ask for somebody higher up, decide on that, call somebody, acknowledge, end it."""

from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import COMPLAINANT, Actor, same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    DeEscalated,
    EscalationAcknowledged,
    EscalationAsked,
    EscalationGranted,
    EscalationRefused,
    Raised,
)
from complaintkit.case.escalations import (
    BY_HAND,
    ESCALATION,
    STANDING,
    Escalation,
    EscalationState,
    Line,
    clock_name,
    escalation_of,
    in_state,
)
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content

_WHICH: Final = "which one, such as escalation-1; left out, the only one there is, or the only one for you"
_WHOM: Final = "a person or a role; empty for whoever is above its owner"
_LINE: Final = "whether that is somebody above, or another speciality"


@frozen(kw_only=True)
class AskEscalation(Action):
    """Ask that somebody higher up looks at the case; somebody above decides on it."""

    name: ClassVar[str] = "ask_escalation"
    help: ClassVar[str] = "ask that somebody higher up looks at it: as staff, or as the complainant"
    reason: str = asked("why")
    to: str = asked(_WHOM, of="owner", default="")
    line: str = asked(_LINE, choices=tuple(Line), default=str(Line.HIERARCHICAL))

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that the same was asked and has no answer yet."""
        mine = next((one for one in in_state(case, EscalationState.ASKED) if _is_of(one, actor)), None)
        return f"{mine.name} was asked for already and waits for an answer" if mine else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let it wait for whoever is to decide."""
        reason, wish = ask.need("reason", self.reason), ask.actor.is_a(COMPLAINANT)
        if wish and self.to.strip():
            raise ask.refuse("whom we call is ours to say: leave that out, and whoever is above its owner hears of it")
        name, to = _next(ask), _called(ask, self.to)
        return (
            EscalationAsked(
                at=ask.now, by=ask.by, escalation=name, to=to, level=ask.terms.escalating.level(to),
                line=Line(ask.one_of("line", self.line, tuple(Line))),
                reason=Content.of(reason), complainant=wish, urgent=ask.terms.escalating.urgent(ask.case),
                clock=ask.terms.escalating.clock(ask.case, ask.now, clock_name(ask.case, name), to),
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class Escalate(Action):
    """Call somebody higher up, or of another speciality, without asking; the owner stays the owner."""

    name: ClassVar[str] = "escalate"
    help: ClassVar[str] = "call somebody higher up, or of another speciality; the owner stays the owner"
    reason: str = asked("why")
    to: str = asked(_WHOM, of="owner", default="")
    line: str = asked(_LINE, choices=tuple(Line), default=str(Line.HIERARCHICAL))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let it wait to be acknowledged."""
        reason, name, to = ask.need("reason", self.reason), _next(ask), _called(ask, self.to)
        return (
            Raised(
                at=ask.now, by=ask.by, escalation=name, trigger=BY_HAND, to=to,
                level=ask.terms.escalating.level(to),
                line=Line(ask.one_of("line", self.line, tuple(Line))),
                reason=Content.of(reason), urgent=ask.terms.escalating.urgent(ask.case),
                clock=ask.terms.escalating.clock(ask.case, ask.now, clock_name(ask.case, name), to),
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class GrantEscalation(Action):
    """Grant a request: somebody higher up looks at the case from now on."""

    name: ClassVar[str] = "grant_escalation"
    help: ClassVar[str] = "grant a request: who was asked, or somebody else who is named, looks at it from now on"
    escalation: str = asked(_WHICH, of="escalation", default="")
    to: str = asked("who is called instead of who was asked", of="owner", default="")
    text: str = asked("what there is to say about it, to colleagues", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is asked for."""
        return _nothing_asked(case)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Call whoever it is; who grants what they were asked for themselves has seen it by that."""
        one = _to_decide(ask, self.escalation)
        to = _named(ask, self.to) or one.to
        mine = ask.terms.escalating.addressed(ask.case, ask.actor, to, ask.now)
        clock = ask.terms.escalating.clock(ask.case, ask.now, clock_name(ask.case, one.name), to)
        return (
            EscalationGranted(
                at=ask.now, by=ask.by, escalation=one.name, to=to, level=ask.terms.escalating.level(to),
                text=Content.maybe(self.text), clocks=() if mine else (clock,),
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class RefuseEscalation(Action):
    """Refuse a request with the reason; a complainant who asked is told it."""

    name: ClassVar[str] = "refuse_escalation"
    help: ClassVar[str] = "refuse a request; a complainant who asked is told the reason"
    escalation: str = asked(_WHICH, of="escalation", default="")
    reason: str = asked("why not, and what happens instead; in words to the complainant, if they asked")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is asked for."""
        return _nothing_asked(case)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End it."""
        one = _to_decide(ask, self.escalation)
        reason = ask.words("reason", self.reason) if one.complainant else ask.need("reason", self.reason)
        return (EscalationRefused(at=ask.now, by=ask.by, escalation=one.name, reason=Content.of(reason)),)


@frozen(kw_only=True)
class AcknowledgeEscalation(Action):
    """Say that one has seen what one was called to."""

    name: ClassVar[str] = "acknowledge_escalation"
    help: ClassVar[str] = "say that you have seen what you were called to; the owner stays the owner"
    escalation: str = asked(_WHICH, of="escalation", default="")
    text: str = asked("what happens now, to colleagues", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nobody is called who has not seen it."""
        return "" if in_state(case, EscalationState.CALLED) else "nobody is called who has not seen it"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Stop its clock."""
        one = _one(ask, self.escalation, EscalationState.CALLED)
        if not ask.terms.escalating.addressed(ask.case, ask.actor, one.to, ask.now):
            raise ask.refuse(f"{one.to} is called; {ask.by} cannot have seen it in their place")
        return (
            EscalationAcknowledged(at=ask.now, by=ask.by, escalation=one.name, text=Content.maybe(self.text)),
        )  # fmt: skip


@frozen(kw_only=True)
class DeEscalate(Action):
    """End an escalation: the attention of somebody higher up is not needed any more."""

    name: ClassVar[str] = "de_escalate"
    help: ClassVar[str] = "end an escalation, with the reason and what shows it; only who was called, or somebody above"
    escalation: str = asked(_WHICH, of="escalation", default="")
    reason: str = asked("why the attention of somebody higher up is not needed any more")
    evidence: str = asked("what shows it")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nobody is called."""
        return "" if in_state(case, *STANDING) else "nobody higher up is called"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End it; the rules that called do not call again."""
        reason, evidence = ask.need("reason", self.reason), ask.need("evidence", self.evidence)
        one, terms = _one(ask, self.escalation, *STANDING), ask.terms.escalating
        if not (terms.addressed(ask.case, ask.actor, one.to, ask.now) or terms.above(ask.actor, one.to)):
            raise ask.refuse(f"{one.to} is called; only they end it, or somebody above them")
        return (
            DeEscalated(
                at=ask.now, by=ask.by, escalation=one.name, reason=Content.of(reason), evidence=Content.of(evidence)
            ),
        )  # fmt: skip


def _next(ask: Asked) -> str:
    return next_name(ESCALATION, ask.case.handling.escalations)


def _is_of(one: Escalation, actor: Actor) -> bool:
    return one.complainant if actor.is_a(COMPLAINANT) else not one.complainant and same(one.by, actor.name)


def _named(ask: Asked, to: str) -> str:
    """Return the person or role that is named, as the policy writes it; empty for nobody."""
    if not to.strip():
        return ""
    if why := ask.terms.escalating.unfit(ask.case, to):
        raise ask.refuse(why)
    return ask.terms.roster.written(to)


def _called(ask: Asked, to: str) -> str:
    called = _named(ask, to) or ask.terms.escalating.target(ask.case, ask.terms.escalating.requested)
    if same(called, ask.by):
        raise ask.refuse("nobody is called by themselves; take_over makes it yours")
    return called


def _nothing_asked(case: Complaint) -> str:
    return "" if in_state(case, EscalationState.ASKED) else "nobody has asked for somebody higher up"


def _to_decide(ask: Asked, name: str) -> Escalation:
    """Return the request that somebody decides on.

    Raises:
        NotAllowed: There is none, or it is not theirs: they asked for it, own the case, or stand nowhere above.
    """
    one = _one(ask, name, EscalationState.ASKED)
    if not one.complainant and same(one.by, ask.by):
        raise ask.refuse("you asked for it yourself; somebody else decides")
    if same(ask.case.owner, ask.by):
        raise ask.refuse(f"you own the case; {one.to} decides, or somebody else above")
    if not (ask.terms.roster.senior(ask.actor) or ask.terms.escalating.addressed(ask.case, ask.actor, one.to, ask.now)):
        raise ask.refuse(f"{one.to} decides, or somebody above")
    return one


def _one(ask: Asked, name: str, *states: EscalationState) -> Escalation:
    """Return the escalation of a name; without one, the only one in these states, or the only one for who asks."""
    there = in_state(ask.case, *states)
    mine = [one for one in there if ask.terms.escalating.addressed(ask.case, ask.actor, one.to, ask.now)]
    for few in (there, mine):
        if not name.strip() and len(few) == 1:
            return few[0]
    known = ", ".join(f"{one.name} ({one.to})" for one in there) or "none"
    if not name.strip():
        raise ask.refuse(f"say which one: {known}")
    found = escalation_of(ask.case, name)
    if found is None or found not in there:
        standing = f"{found.name} is {found.state}" if found else f"there is no {name.strip()!r}"
        raise ask.refuse(f"{standing}; there are: {known}")
    return found
