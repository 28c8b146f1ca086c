"""Actions of the work on an improvement: begin, do, judge, give up; count those who are reached."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar, Final

from attrs import evolve, frozen

from complaintkit.case.actions.base import asked
from complaintkit.case.parts import Content
from complaintkit.improving.asking import Action, Asked, clock
from complaintkit.improving.entries import (
    Accepted,
    Checked,
    Declined,
    Dropped,
    Exposed,
    Finished,
    Implemented,
    Started,
    Traced,
    TrainingCompleted,
)
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.improving.parts import Exposure, Verdict
from complaintkit.improving.reopening import reopened

_LEAST, _MOST = Decimal("0.001"), Decimal(10) ** 9
JUDGED: Final = ("effective", "ineffective")


@frozen(kw_only=True)
class Start(Action):
    """Begin the work."""

    name: ClassVar[str] = "start"
    help: ClassVar[str] = "begin the work"

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Move it on."""
        return (Started(at=ask.now, by=ask.by, state=ask.to),)


@frozen(kw_only=True)
class Implement(Action):
    """Say that a measure took effect, with evidence."""

    name: ClassVar[str] = "implement"
    help: ClassVar[str] = "say that the measure took effect, with evidence; the check follows by itself"
    evidence: str = asked("what shows it")
    since: datetime | None = asked("since when, if before now", default=None)

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Let the time run after which the core counts whether it helped."""
        measure = ask.improvement.measure
        if measure is None:
            raise ask.refuse("it has no measure to implement")
        since = ask.behind("since", self.since or ask.now)
        due = since + timedelta(days=measure.lag + measure.window)
        because = f"{measure.lag} days of lag and {measure.window} days of counting"
        check = clock(
            "check", since, max(due, ask.now), ask.terms, name=ask.improvement.numbered("check"), because=because
        )
        evidence = Content.of(ask.need("evidence", self.evidence))
        return (
            Implemented(at=ask.now, by=ask.by, state=ask.to, implemented_at=since, evidence=evidence, clocks=(check,)),
        )


@frozen(kw_only=True)
class Expose(Action):
    """Say how much could have gone wrong before and after, where that differed."""

    name: ClassVar[str] = "expose"
    help: ClassVar[str] = "say how much could have gone wrong in each window: parcels sent, units sold"
    unit: str = asked("what is counted")
    before: Decimal = asked("how many in the window before")
    after: Decimal = asked("how many in the window after")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the figures for the check."""
        for figure in (self.before, self.after):
            if not _LEAST <= figure <= _MOST:
                raise ask.refuse(f"{figure} is no exposure: it is from {_LEAST} to {_MOST}")
        exposure = Exposure(unit=ask.need("unit", self.unit), before=self.before, after=self.after)
        return (Exposed(at=ask.now, by=ask.by, exposure=exposure),)


@frozen(kw_only=True)
class Judge(Action):
    """Judge whether a measure worked, where the figures could not tell."""

    name: ClassVar[str] = "judge"
    help: ClassVar[str] = "judge whether the measure worked, where the figures could not tell"
    verdict: str = asked("what you find", choices=JUDGED)
    reason: str = asked("what shows it")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the judgement; what did not work is planned anew."""
        measure = ask.improvement.measure
        if measure is None or not measure.undecided:
            raise ask.refuse("the figures decide, when the time has come; only what they leave open is judged")
        verdict = Verdict(ask.one_of("verdict", self.verdict, JUDGED))
        last = measure.checks[-1]
        check = evolve(
            last, at=ask.now, by=ask.by, verdict=verdict, because=Content.of(ask.need("reason", self.reason))
        )
        if verdict is Verdict.EFFECTIVE:
            return (Checked(at=ask.now, by=ask.by, state=State.EFFECTIVE, check=check),)
        checked = Checked(at=ask.now, by=ask.by, state=ask.to, check=check)
        return (checked, reopened(ask.improvement, check, ask.by, ask.now, ask.terms))


@frozen(kw_only=True)
class Accept(Action):
    """Take on an idea or a finding: who does something about it, and by when."""

    name: ClassVar[str] = "accept"
    help: ClassVar[str] = "take it on: who does something about it, and by when"
    owner: str = asked("who does something about it")
    due: datetime = asked("by when")
    deputy: str = asked("who stands in", default="")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Give it an owner and a date; without both nothing is accepted."""
        owner, deputy = ask.people(ask.need("owner", self.owner), self.deputy)
        work = ask.clock_at("work", "due", self.due)
        return (Accepted(at=ask.now, by=ask.by, state=ask.to, owner=owner, deputy=deputy, clocks=(work,)),)


@frozen(kw_only=True)
class Decline(Action):
    """Turn an idea or a finding down, with the reason."""

    name: ClassVar[str] = "decline"
    help: ClassVar[str] = "turn it down, with the reason; whoever had the idea is told"
    reason: str = asked("why")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the reason and who decided."""
        return (Declined(at=ask.now, by=ask.by, state=ask.to, text=Content.of(ask.need("reason", self.reason))),)


@frozen(kw_only=True)
class Drop(Action):
    """Decide that nothing will be done, with the reason."""

    name: ClassVar[str] = "drop"
    help: ClassVar[str] = "decide that nothing will be done, with the reason"
    reason: str = asked("why nothing is needed, or possible")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the reason and who decided."""
        return (Dropped(at=ask.now, by=ask.by, state=ask.to, text=Content.of(ask.need("reason", self.reason))),)


@frozen(kw_only=True)
class Trace(Action):
    """File how far the search for others has come."""

    name: ClassVar[str] = "trace"
    help: ClassVar[str] = "file how far the search has come: how many are there, were reached, put right"
    text: str = asked("what was done, and where the list is kept")
    found: int = asked("how many there are in all; -1 keeps the present figure", default=-1)
    reached: int = asked("how many more were reached", default=0)
    remedied: int = asked("for how many more it was put right", default=0)
    excluded: int = asked("how many more turned out not to be concerned, or cannot be reached", default=0)

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Add the figures; nobody can be put right who was not found."""
        before = ask.improvement.sweep
        if before is None or min(self.reached, self.remedied, self.excluded) < 0:
            raise ask.refuse("figures cannot be negative; correct them with a new total")
        after = evolve(
            before, found=self.found if self.found >= 0 else before.found, reached=before.reached + self.reached,
            remedied=before.remedied + self.remedied, excluded=before.excluded + self.excluded,
        )  # fmt: skip
        if max(after.reached, after.remedied + after.excluded) > (after.found or 0):
            raise ask.refuse(f"that would be more than the {after.found or 0} that were found; say how many there are")
        words = Content.of(ask.need("text", self.text))
        return (Traced(at=ask.now, by=ask.by, state=ask.to, text=words, sweep=after),)


@frozen(kw_only=True)
class Complete(Action):
    """File who has completed a training."""

    name: ClassVar[str] = "complete"
    help: ClassVar[str] = "file who has completed the training"
    participants: tuple[str, ...] = asked("who")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the names."""
        names = ask.named(self.participants)
        if not names:
            raise ask.refuse("name who has completed it")
        return (TrainingCompleted(at=ask.now, by=ask.by, state=ask.to, participants=names),)


@frozen(kw_only=True)
class Finish(Action):
    """End it: it is done, with what came of it."""

    name: ClassVar[str] = "finish"
    help: ClassVar[str] = "end it: it is done, with what came of it"
    text: str = asked("what came of it, or why nothing had to")
    improvements: tuple[str, ...] = asked("references of improvements that follow from it", default=())
    despite: str = asked("why it is done though people are left out", default="")

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the improvements that follow."""
        return self.improvements

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """End it, unless somebody would be forgotten."""
        left = _left(ask)
        if left and not self.despite.strip():
            raise ask.refuse(f"{left}; go on, or say with `despite` why it is done all the same")
        text = ask.need("text", self.text) + (f" ({self.despite.strip()})" if left else "")
        follow = ask.improvements(self.improvements)
        return (Finished(at=ask.now, by=ask.by, state=ask.to, text=Content.of(text), improvements=follow),)


def _left(ask: Asked) -> str:
    """Return who would be forgotten, in words."""
    one = ask.improvement
    if one.kind is Kind.OTHERS_AFFECTED and one.sweep:
        if one.sweep.found is None:
            return "nobody has said yet how many there are"
        return f"for {one.sweep.left} nothing has been done" if one.sweep.left else ""
    if one.kind is Kind.TRAINING and one.training:
        if not one.training.participants:
            return "nobody has taken part"
        return f"not yet completed by {', '.join(one.training.left)}" if one.training.left else ""
    return ""
