"""Entries of escalations: asked for, granted, refused; called, acknowledged, passed on; ended."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.escalations import REQUEST, Escalation, EscalationState, Line, escalation_of
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class EscalationAsked(Entry):
    """Somebody asks that somebody higher up, or of another speciality, looks at the case; that is to be decided.

    `escalation` is its name, `to` who is to decide and, if they grant it, is called.
    """

    kind: ClassVar[str] = "escalation_asked"
    phrase: ClassVar[str] = "{escalation}: asked that {to} looks at it"
    escalation: str
    to: str
    level: int
    line: Line = Line.HIERARCHICAL
    reason: Content
    complainant: bool = False
    urgent: bool = False
    clock: Clock

    def change(self, case: Complaint) -> Complaint:
        """Let it wait for a decision."""
        asked = Escalation(
            name=self.escalation, trigger=REQUEST, to=self.to, level=self.level, line=self.line, reason=self.reason,
            by=self.by, at=self.at, complainant=self.complainant, urgent=self.urgent, state=EscalationState.ASKED,
            clock=self.clock.name,
        )  # fmt: skip
        return _with(case, asked, self.clock)


@frozen(kw_only=True)
class Raised(Entry):
    """Somebody higher up, or of another speciality, is called; the owner stays the owner.

    `rules` are those of the policy that called. Each of them has spoken with that for ever, whatever becomes of it.
    """

    kind: ClassVar[str] = "raised"
    phrase: ClassVar[str] = "{escalation}: {to} is called, level {level} ({trigger})"
    escalation: str
    trigger: str
    rules: tuple[str, ...] = ()
    to: str
    level: int
    line: Line = Line.HIERARCHICAL
    reason: Content
    urgent: bool = False
    clock: Clock

    def change(self, case: Complaint) -> Complaint:
        """Let it wait to be acknowledged."""
        raised = Escalation(
            name=self.escalation, trigger=self.trigger, rules=self.rules, to=self.to, level=self.level,
            line=self.line, reason=self.reason, by=self.by, at=self.at, urgent=self.urgent, clock=self.clock.name,
        )  # fmt: skip
        return evolve(_with(case, raised, self.clock), level=max(case.level, self.level))


@frozen(kw_only=True)
class EscalationGranted(Entry):
    """Somebody above granted a request. Who was asked and grants it has seen it by that; others are called now."""

    kind: ClassVar[str] = "escalation_granted"
    phrase: ClassVar[str] = "{escalation}: granted, {to} is called"
    escalation: str
    to: str
    level: int
    text: Content | None = None
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Call whoever it is, unless that is who granted it."""
        seen = not self.clocks

        def granted(one: Escalation) -> Escalation:
            return evolve(
                one, to=self.to, level=self.level, decided_by=self.by, decided_at=self.at,
                state=EscalationState.ACKNOWLEDGED if seen else EscalationState.CALLED,
                acknowledged_by=self.by if seen else "", acknowledged_at=self.at if seen else None,
                clock=one.clock if seen else self.clocks[0].name,
            )  # fmt: skip

        changed = _changed(case, self.escalation, granted, lambda clock: clock.meet(self.at))
        return evolve(changed, clocks=changed.clocks + self.clocks, level=max(case.level, self.level))


@frozen(kw_only=True)
class EscalationRefused(Entry):
    """Somebody above refused a request, with the reason; the complainant is told it, where it was theirs."""

    kind: ClassVar[str] = "escalation_refused"
    phrase: ClassVar[str] = "{escalation}: refused"
    escalation: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """End it."""

        def refused(one: Escalation) -> Escalation:
            return evolve(one, state=EscalationState.REFUSED, decided_by=self.by, decided_at=self.at)

        return _changed(case, self.escalation, refused, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class EscalationAcknowledged(Entry):
    """Who was called has seen it; `by_taking_over` says that they took the case over, and with it this."""

    kind: ClassVar[str] = "escalation_acknowledged"
    phrase: ClassVar[str] = "{escalation}: seen by {by}"
    escalation: str
    text: Content | None = None
    by_taking_over: bool = False

    def change(self, case: Complaint) -> Complaint:
        """Ask for nothing any more; it stands until somebody ends it."""

        def seen(one: Escalation) -> Escalation:
            return evolve(
                one, state=EscalationState.ACKNOWLEDGED, acknowledged_by=self.by, acknowledged_at=self.at
            )  # fmt: skip

        return _changed(case, self.escalation, seen, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class EscalationPassed(Entry):
    """Somebody else is called, or the same once more.

    `missed` says that who was called did not answer by `due_at`. Otherwise they may not know of the case any more, or
    it ended meanwhile and goes on now.
    """

    kind: ClassVar[str] = "escalation_passed"
    phrase: ClassVar[str] = "{escalation}: {to} is called in place of {previous}, level {level}"
    escalation: str
    previous: str
    to: str
    level: int
    missed: bool = True
    due_at: datetime
    clock: Clock

    def change(self, case: Complaint) -> Complaint:
        """Let it wait for another; that one did not answer stays on the clock."""

        def passed(one: Escalation) -> Escalation:
            before = (*one.passed, self.previous) if self.missed else one.passed
            return evolve(one, to=self.to, level=self.level, passed=before, clock=self.clock.name)

        changed = _changed(case, self.escalation, passed, self._stop)
        return evolve(changed, clocks=(*changed.clocks, self.clock), level=max(case.level, self.level))

    def _stop(self, clock: Clock) -> Clock:
        ended = clock.end(self.at)
        return evolve(ended, warned=True, overdue=True) if self.missed else ended


@frozen(kw_only=True)
class DeEscalated(Entry):
    """The attention of somebody higher up is not needed any more, with the reason and what shows it."""

    kind: ClassVar[str] = "de_escalated"
    phrase: ClassVar[str] = "{escalation}: ended"
    escalation: str
    reason: Content
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """End it; the rules that called have spoken all the same."""

        def ended(one: Escalation) -> Escalation:
            return evolve(one, state=EscalationState.ENDED, ended_by=self.by, ended_at=self.at)

        return _changed(case, self.escalation, ended, lambda clock: clock.end(self.at))


def _with(case: Complaint, escalation: Escalation, clock: Clock) -> Complaint:
    handling = evolve(case.handling, escalations=(*case.handling.escalations, escalation))
    return evolve(case, handling=handling, clocks=(*case.clocks, clock))


def _changed(
    case: Complaint, name: str, change: Callable[[Escalation], Escalation], stop: Callable[[Clock], Clock]
) -> Complaint:
    found = escalation_of(case, name)
    if found is None:
        return case
    escalations = tuple(change(one) if one.name == name else one for one in case.handling.escalations)
    # The present clock is the one from before the change.
    return evolve(case.with_clock(found.clock, stop), handling=evolve(case.handling, escalations=escalations))
