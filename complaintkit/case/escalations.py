"""Escalations of a case: why somebody higher up is called, who that is, and whether they have seen it.

An escalation adds attention. Who owns the case goes on owning it until somebody takes it over.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field, frozen, validators

from complaintkit.case.actor import Actor
from complaintkit.case.parts import Clock, Content, free_name
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kind of the clock by which an escalation is answered: a request decided, a call acknowledged.
ESCALATION: Final = "escalation"
# Triggers that are no rule of the policy: somebody asked for it, or called of their own accord.
REQUEST: Final = "request"
BY_HAND: Final = "by_hand"
_moment = validators.optional(aware)


class Line(StrEnum):
    """Whom an escalation calls: somebody above, or another speciality."""

    HIERARCHICAL = "hierarchical"
    FUNCTIONAL = "functional"


class EscalationState(StrEnum):
    """Where an escalation stands: asked for, called, acknowledged; refused, or ended again."""

    ASKED = "asked"
    CALLED = "called"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    ENDED = "ended"


# In these somebody has to answer.
WAITING: Final = (EscalationState.ASKED, EscalationState.CALLED)
# In these somebody higher up has been called and looks after it.
STANDING: Final = (EscalationState.CALLED, EscalationState.ACKNOWLEDGED)


@frozen(kw_only=True)
class Escalation:
    """One call for attention.

    Attributes:
        name: `escalation-1`, `escalation-2` ...
        trigger: Why: what the rules look at, such as `severity:critical`; `request` or `by_hand`.
        rules: Names of the rules of the policy that called; each of them does so once in a case.
        to: Who is called now: a person or a role.
        level: 1 and up.
        line: Whether that is somebody above, or another speciality.
        reason: Why, in words.
        by, at: Who asked or called, when.
        complainant: Whether the complainant asked for it.
        urgent: Whether people's safety hangs on it: then it does not wait for anybody's working hours.
        state: Where it stands.
        clock: Name of its present clock.
        passed: Who was called before and did not answer in time, the first first.
        decided_by, decided_at: Who granted or refused a request, when.
        acknowledged_by, acknowledged_at: Who has seen it, when.
        ended_by, ended_at: Who ended it, when.
    """

    name: str = field(validator=validators.min_len(1))
    trigger: str
    rules: tuple[str, ...] = ()
    to: str = field(validator=validators.min_len(1))
    level: int = 1
    line: Line = Line.HIERARCHICAL
    reason: Content
    by: str
    at: datetime = field(validator=aware)
    complainant: bool = False
    urgent: bool = False
    state: EscalationState = EscalationState.CALLED
    clock: str
    passed: tuple[str, ...] = ()
    decided_by: str = ""
    decided_at: datetime | None = field(default=None, validator=_moment)
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = field(default=None, validator=_moment)
    ended_by: str = ""
    ended_at: datetime | None = field(default=None, validator=_moment)

    @property
    def waiting(self) -> bool:
        """Say whether somebody has to answer."""
        return self.state in WAITING

    @property
    def standing(self) -> bool:
        """Say whether somebody higher up has been called and looks after it."""
        return self.state in STANDING


class EscalationTerms(Protocol):
    """What actions have to know of the policy about escalations; see `complaintkit.policy.escalating`."""

    @property
    def requested(self) -> str:
        """Return whom a request calls where nobody is named."""

    def unfit(self, case: "Complaint", to: str) -> str:
        """Return why a person or role cannot be called to a case; empty if they can."""

    def target(self, case: "Complaint", to: str) -> str:
        """Return who is called where somebody is named; `lead` stands for whoever is above the owner.

        Nobody is called whom the case is about or who owns it, nor, where it is confidential, who may not know of it.
        """

    def level(self, to: str) -> int:
        """Return the level of a person or role, 1 and up."""

    def urgent(self, case: "Complaint") -> bool:
        """Say whether an escalation of this case waits for nobody's working hours."""

    def clock(self, case: "Complaint", start: datetime, name: str, to: str) -> Clock:
        """Return the clock by which an escalation is answered."""

    def addressed(self, case: "Complaint", actor: Actor, to: str, now: datetime) -> bool:
        """Say whether somebody is who was called, or stands in for them."""

    def above(self, actor: Actor, to: str) -> bool:
        """Say whether somebody stands above a person or role."""


def escalation_of(case: "Complaint", name: str) -> Escalation | None:
    """Return the escalation of a name, however it is typed, or `None`."""
    plain = name.strip().casefold()
    return next((one for one in case.handling.escalations if one.name == plain), None)


def by_clock(case: "Complaint", clock: str) -> Escalation | None:
    """Return the escalation that is answered by a clock, or `None`."""
    return next((one for one in case.handling.escalations if one.clock == clock), None)


def in_state(case: "Complaint", *states: EscalationState) -> tuple[Escalation, ...]:
    """Return the escalations of a case in these states, in the order they came; none once the case has ended."""
    return tuple(one for one in case.handling.escalations if one.state in states) if case.open else ()


def clock_name(case: "Complaint", name: str) -> str:
    """Return the name of the next clock of an escalation: its own, then numbered from 2."""
    return free_name(name, {clock.name for clock in case.clocks})
