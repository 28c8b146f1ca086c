"""Entries of the work on an improvement: begun, done, checked, come back, given up."""

from datetime import datetime
from typing import ClassVar

from attrs import evolve, frozen

from complaintkit.case.parts import Clock, Content
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import State
from complaintkit.improving.parts import Check, Evidence, Exposure, Sweep


@frozen(kw_only=True)
class Moved(ImprovementEntry):
    """An entry that moves the improvement to a state; the state is part of the fact, so old files read the same."""

    state: State

    def change(self, improvement: Improvement) -> Improvement:
        """Move it."""
        return evolve(improvement, state=self.state)


@frozen(kw_only=True)
class Started(Moved):
    """Work on it has begun."""

    kind: ClassVar[str] = "started"


@frozen(kw_only=True)
class Postponed(ImprovementEntry):
    """The agreed date was moved, with the reason; that it was, stays on file."""

    kind: ClassVar[str] = "postponed"
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Let a new clock run in the place of the old one."""
        after = improvement.ended(("work", "decision"), self.at)
        return evolve(after, clocks=after.clocks + self.clocks, postponed=improvement.postponed + 1)


@frozen(kw_only=True)
class Implemented(Moved):
    """A measure took effect, with evidence; whether it works is checked later."""

    kind: ClassVar[str] = "implemented"
    implemented_at: datetime
    evidence: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the promise of the date, and start the time after which it is checked."""
        met = improvement.met(("work",), self.at)
        measure = met.measure and evolve(met.measure, implemented_at=self.implemented_at)
        shown = (*met.evidence, Evidence(text=self.evidence, at=self.at, by=self.by))
        return evolve(met, state=self.state, measure=measure, evidence=shown, clocks=met.clocks + self.clocks)


@frozen(kw_only=True)
class Exposed(ImprovementEntry):
    """How much could have gone wrong in the two windows."""

    kind: ClassVar[str] = "exposed"
    exposure: Exposure

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the figures for the check."""
        return evolve(improvement, measure=improvement.measure and evolve(improvement.measure, exposure=self.exposure))


@frozen(kw_only=True)
class Checked(Moved):
    """Somebody looked whether the measure worked: the core by figures, a person where those could not tell."""

    kind: ClassVar[str] = "checked"
    check: Check
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Keep what was found; a measure that works is over."""
        met = improvement.met(("check", "judgement"), self.at)
        measure = met.measure and evolve(met.measure, checks=(*met.measure.checks, self.check))
        after = evolve(met, state=self.state, measure=measure, clocks=met.clocks + self.clocks)
        return after if self.state.open else after.over(self.state, self.at, self.check.because)


@frozen(kw_only=True)
class MeasureReopened(Moved):
    """The measure did not work: it is planned anew, with a new date."""

    kind: ClassVar[str] = "measure_reopened"
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Count it; what was done stays on file."""
        measure = improvement.measure and evolve(improvement.measure, implemented_at=None, exposure=None)
        return evolve(
            improvement,
            state=self.state,
            measure=measure,
            reopened=improvement.reopened + 1,
            clocks=improvement.clocks + self.clocks,
        )


@frozen(kw_only=True)
class Accepted(Moved):
    """An idea or a finding was accepted: somebody does something about it by a date."""

    kind: ClassVar[str] = "accepted"
    owner: str
    deputy: str = ""
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Give it to its owner."""
        met = improvement.met(("decision",), self.at)
        return evolve(met, state=self.state, owner=self.owner, deputy=self.deputy, clocks=met.clocks + self.clocks)


@frozen(kw_only=True)
class Over(Moved):
    """An end, with what shows it or the reason."""

    text: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Stop what is not owed any more."""
        return improvement.over(self.state, self.at, self.text)


@frozen(kw_only=True)
class Finished(Over):
    """Done, with what came of it and the improvements that follow from it."""

    kind: ClassVar[str] = "finished"
    improvements: tuple[str, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Meet the date, and stop what is not owed any more."""
        after = improvement.met(("work",), self.at).over(self.state, self.at, self.text)
        return evolve(
            after,
            improvements=tuple(dict.fromkeys((*improvement.improvements, *self.improvements))),
            evidence=(*after.evidence, Evidence(text=self.text, at=self.at, by=self.by)),
        )


@frozen(kw_only=True)
class Dropped(Over):
    """Nothing will be done, with the reason and who decided so."""

    kind: ClassVar[str] = "dropped"


@frozen(kw_only=True)
class Declined(Over):
    """An idea or a finding was turned down, with the reason."""

    kind: ClassVar[str] = "declined"


@frozen(kw_only=True)
class Retired(Over):
    """A circle meets no more, or a procedure holds no more, with the reason."""

    kind: ClassVar[str] = "retired"


@frozen(kw_only=True)
class Traced(Moved):
    """More is known of those who have the same fault: how many there are, how many were reached and put right."""

    kind: ClassVar[str] = "traced"
    text: Content
    sweep: Sweep

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the figures."""
        return evolve(improvement, state=self.state, sweep=self.sweep)


@frozen(kw_only=True)
class TrainingCompleted(Moved):
    """Some of those who take part have completed the training."""

    kind: ClassVar[str] = "training_completed"
    participants: tuple[str, ...]

    def change(self, improvement: Improvement) -> Improvement:
        """Keep who has, each once; whoever came without being expected took part, too."""
        training = improvement.training
        if training is None:
            return improvement
        known = tuple(dict.fromkeys((*training.participants, *self.participants)))
        done = tuple(dict.fromkeys((*training.completed, *self.participants)))
        return evolve(improvement, state=self.state, training=evolve(training, participants=known, completed=done))
