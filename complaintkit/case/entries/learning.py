"""Entries of what is learned from a case: causes, lessons, training, and what is done about it."""

from typing import Any, ClassVar

from attrs import frozen

from complaintkit.case.causes import CAUSE, Confidence, FoundCause, Lesson, TrainingNeed
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class CausePlanned(Entry):
    """Somebody is to find the causes, by a date."""

    kind: ClassVar[str] = "cause_planned"
    phrase: ClassVar[str] = "{who} is to find the causes"
    aside: ClassVar[bool] = True
    who: str
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Start the clock, in place of one that ran before."""
        clocks = tuple(clock.end(self.at) if clock.kind == CAUSE else clock for clock in case.clocks)
        return evolve(case, clocks=clocks + self.clocks)


@frozen(kw_only=True)
class CauseFound(Entry):
    """A cause of what went wrong."""

    kind: ClassVar[str] = "cause_found"
    phrase: ClassVar[str] = "cause: {cause}, {confidence}, {weight} %"
    name: str
    cause: str
    weight: int
    confidence: Confidence
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the cause."""
        found = FoundCause(
            name=self.name, cause=self.cause, weight=self.weight, confidence=self.confidence, evidence=self.evidence,
            found_at=self.at, found_by=self.by,
        )  # fmt: skip
        learned = case.learning
        return _assessed(case, self, causes=(*learned.causes, found), found=learned.found + 1, no_cause=None)


@frozen(kw_only=True)
class CauseDropped(Entry):
    """It was not the cause after all."""

    kind: ClassVar[str] = "cause_dropped"
    phrase: ClassVar[str] = "{name} was not the cause"
    name: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Drop the cause; the file keeps that it was thought to be one."""
        causes = tuple(one for one in case.learning.causes if one.name != self.name)
        return evolve(case, learning=evolve(case.learning, causes=causes))


@frozen(kw_only=True)
class CauseUnknown(Entry):
    """No cause could be found, with the reason."""

    kind: ClassVar[str] = "cause_unknown"
    phrase: ClassVar[str] = "no cause could be found"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the reason."""
        return _assessed(case, self, no_cause=self.reason)


@frozen(kw_only=True)
class Learned(Entry):
    """A lesson was written down."""

    kind: ClassVar[str] = "learned"
    phrase: ClassVar[str] = "lesson"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the lesson."""
        lesson = Lesson(text=self.text, at=self.at, by=self.by)
        return evolve(case, learning=evolve(case.learning, lessons=(*case.learning.lessons, lesson)))


@frozen(kw_only=True)
class TrainingNeeded(Entry):
    """People in a role should be trained in something."""

    kind: ClassVar[str] = "training_needed"
    phrase: ClassVar[str] = "training needed: {topic} ({role})"
    topic: str
    role: str

    def change(self, case: Complaint) -> Complaint:
        """Keep the need."""
        need = TrainingNeed(topic=self.topic, role=self.role, at=self.at, by=self.by)
        return evolve(case, learning=evolve(case.learning, training=(*case.learning.training, need)))


@frozen(kw_only=True)
class MeasureTaken(Entry):
    """It led to a corrective action, or to another improvement."""

    kind: ClassVar[str] = "measure_taken"
    phrase: ClassVar[str] = "led to {improvement}"
    improvement: str

    def change(self, case: Complaint) -> Complaint:
        """Keep the tie."""
        known = dict.fromkeys((*case.learning.improvements, self.improvement))
        return evolve(case, learning=evolve(case.learning, improvements=tuple(known), no_measure=None))


@frozen(kw_only=True)
class NoMeasure(Entry):
    """Nothing is done about the causes, with the reason."""

    kind: ClassVar[str] = "no_measure"
    phrase: ClassVar[str] = "decided to do nothing about the cause"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the reason."""
        return evolve(case, learning=evolve(case.learning, no_measure=self.reason))


def _assessed(case: Complaint, entry: Entry, **changes: Any) -> Complaint:
    """Return the case with its causes assessed, and the clock met that asked for it."""
    met = case.with_clocks((CAUSE,), lambda clock: clock.meet(entry.at))
    learning = evolve(case.learning, assessed_at=case.learning.assessed_at or entry.at, **changes)
    return evolve(met, learning=learning)
