"""Actions of learning from a case: find its causes, write a lesson down, say what is done about it."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor
from complaintkit.case.causes import CAUSE, Confidence
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CauseDropped,
    CauseFound,
    CausePlanned,
    CauseUnknown,
    Learned,
    MeasureTaken,
    NoMeasure,
    TrainingNeeded,
)
from complaintkit.case.parts import Clock, Content
from complaintkit.case.reference import read

QUALITY = "quality"


def planned(ask: Asked) -> tuple[Entry, ...]:
    """Return the entry by which an ending case has its causes assessed later; none if that was done or is planned."""
    case = ask.case
    running = any(clock.kind == CAUSE and not clock.settled for clock in case.clocks)
    clocks = ask.terms.clock(CAUSE, case, ask.now, who=QUALITY)
    if case.learning.assessed or running or not clocks:
        return ()
    return (CausePlanned(at=ask.now, by=ask.by, who=QUALITY, clocks=clocks),)


@frozen(kw_only=True)
class PlanCause(Action):
    """Have the causes found by somebody, by a date."""

    name: ClassVar[str] = "plan_cause"
    help: ClassVar[str] = "have the causes found, by whom and by when; goes on after the case is closed"
    who: str = asked("person or role that looks for the causes", default=QUALITY)
    until: datetime | None = asked("by when, with time zone; by default the standard for causes", default=None)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start the clock."""
        who = ask.need("who", self.who)
        if ask.case.concerns(who):
            raise ask.refuse(f"the complaint is about {who}; name somebody else")
        if self.until is not None:
            ask.ahead("until", self.until)
        clocks: tuple[Clock, ...]
        if self.until is not None:
            clocks = (ask.terms.clock_until(CAUSE, ask.case, ask.now, self.until, who=who),)
        else:
            clocks = ask.terms.clock(CAUSE, ask.case, ask.now, who=who)
        if not clocks:
            raise ask.refuse("the policy has no standard for finding causes; say until when")
        return (CausePlanned(at=ask.now, by=ask.by, who=who, clocks=clocks),)


@frozen(kw_only=True)
class AssessCause(Action):
    """Name a cause of what went wrong."""

    name: ClassVar[str] = "assess_cause"
    help: ClassVar[str] = "name a cause of what went wrong, apart from the problem complained of"
    cause: str = asked("code in the tree of causes", of="known_cause")
    evidence: str = asked("what shows it")
    weight: int = asked("its share in what went wrong, in per cent", default=100)
    confidence: str = asked("how sure it is", choices=tuple(Confidence), default=Confidence.LIKELY.value)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the cause."""
        cause = ask.one_of("cause", self.cause, ask.terms.known("known_cause"))
        if any(one.cause == cause for one in ask.case.learning.causes):
            raise ask.refuse(f"{cause} stands there already; drop it first to change what is known of it")
        if not 1 <= self.weight <= 100:
            raise ask.refuse(f"weight {self.weight} is no share in per cent; give a number from 1 to 100")
        return (
            CauseFound(
                at=ask.now, by=ask.by, name=f"cause-{ask.case.learning.found + 1}", cause=cause, weight=self.weight,
                confidence=Confidence(ask.one_of("confidence", self.confidence, tuple(Confidence))),
                evidence=Content.of(ask.need("evidence", self.evidence)),
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class DropCause(Action):
    """Say that something was not the cause after all."""

    name: ClassVar[str] = "drop_cause"
    help: ClassVar[str] = "say that something was not the cause after all"
    cause: str = asked("which one, such as cause-1", of="cause")
    reason: str = asked("what shows that it was not")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Drop it."""
        name = ask.one_of("cause", self.cause, tuple(one.name for one in ask.case.learning.causes))
        return (CauseDropped(at=ask.now, by=ask.by, name=name, reason=Content.of(ask.need("reason", self.reason))),)


@frozen(kw_only=True)
class FindNoCause(Action):
    """Say that no cause could be found."""

    name: ClassVar[str] = "find_no_cause"
    help: ClassVar[str] = "say that no cause could be found, and why"
    reason: str = asked("what was looked at")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that causes were found."""
        return "there are causes on file; drop them first" if case.learning.causes else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason."""
        return (CauseUnknown(at=ask.now, by=ask.by, reason=Content.of(ask.need("reason", self.reason))),)


@frozen(kw_only=True)
class Learn(Action):
    """Write a lesson down."""

    name: ClassVar[str] = "learn"
    help: ClassVar[str] = "write down what to remember; shown with the case as a precedent"
    text: str = asked("the lesson")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the lesson."""
        return (Learned(at=ask.now, by=ask.by, text=Content.of(ask.need("text", self.text))),)


@frozen(kw_only=True)
class NeedTraining(Action):
    """Say what people in a role should be trained in."""

    name: ClassVar[str] = "need_training"
    help: ClassVar[str] = "say what people in a role should be trained in; never a person"
    topic: str = asked("what to train: a topic in a few words; never a person")
    role: str = asked("who needs it", of="role", default="handler")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the need."""
        topic, role = ask.label("topic", self.topic), ask.one_of("role", self.role, ask.terms.known("role"))
        return (TrainingNeeded(at=ask.now, by=ask.by, topic=topic, role=role),)


@frozen(kw_only=True)
class TakeMeasure(Action):
    """Say which improvement the complaint led to."""

    name: ClassVar[str] = "take_measure"
    help: ClassVar[str] = "say which corrective action or other improvement it led to"
    improvement: str = asked("its reference, such as IM-EHQ6-7X6D")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the tie."""
        typed = ask.need("improvement", self.improvement)
        reference = read(typed, "IM")
        if reference is None:
            raise ask.refuse(f"{typed!r} is no reference of an improvement; it looks like IM-EHQ6-7X6D")
        return (MeasureTaken(at=ask.now, by=ask.by, improvement=reference),)


@frozen(kw_only=True)
class TakeNoMeasure(Action):
    """Decide to do nothing about the causes."""

    name: ClassVar[str] = "take_no_measure"
    help: ClassVar[str] = "decide to do nothing about the causes, with the reason"
    reason: str = asked("why nothing is done")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that something is done."""
        led = ", ".join(case.learning.improvements)
        return f"it led to {led}; end that instead" if led else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason."""
        return (NoMeasure(at=ask.now, by=ask.by, reason=Content.of(ask.need("reason", self.reason))),)
