"""Entries of circles and procedures: sessions held, completed and missed; versions published."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import evolve, frozen

from complaintkit.case.parts import Clock, Content
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.parts import Circle, Output, Procedure, Session, Telling
from complaintkit.improving.rhythm import Rhythm

# Of these only what still runs is kept with the improvement; its file has the rest.
_PASSING: Final = frozenset({"session", "receipt"})


@frozen(kw_only=True)
class SessionHeld(ImprovementEntry):
    """A circle met: what was said, and what was decided or why nothing had to be."""

    kind: ClassVar[str] = "session_held"
    number: int
    notes: Content
    decided: tuple[str, ...] = ()
    none_needed: Content | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the notes; what was decided belongs to the circle from now on."""
        if not (circle := improvement.circle):
            return improvement
        session = evolve(
            circle.session, held_at=self.at, held_by=self.by, notes=self.notes, decided=self.decided,
            none_needed=self.none_needed,
        )  # fmt: skip
        more = tuple(dict.fromkeys((*improvement.improvements, *self.decided)))
        return evolve(improvement, circle=evolve(circle, session=session), improvements=more)


@frozen(kw_only=True)
class OutputAttached(ImprovementEntry):
    """One of the results that the session owes."""

    kind: ClassVar[str] = "output_attached"
    number: int
    name: str
    text: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the result; the newest of a name counts."""
        if not (circle := improvement.circle):
            return improvement
        others = tuple(one for one in circle.session.outputs if one.name != self.name)
        outputs = (*others, Output(name=self.name, text=self.text, at=self.at, by=self.by))
        return evolve(improvement, circle=evolve(circle, session=evolve(circle.session, outputs=outputs)))


@frozen(kw_only=True)
class SessionCompleted(ImprovementEntry):
    """A session has everything it owes, its results go to the recipients, and the next one is planned.

    `due_at` is by when it had to be complete. `notes` and `outputs` are what went out.
    """

    kind: ClassVar[str] = "session_completed"
    number: int
    due_at: datetime
    notes: Content | None = None
    outputs: tuple[Output, ...] = ()
    told: tuple[Telling, ...] = ()
    next: Session
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Meet the date, owe the receipts, and go on to the next session."""
        if not (circle := improvement.circle):
            return improvement
        passed = _tidied(improvement.met(("session",), self.at))
        circle = evolve(
            circle,
            session=self.next,
            held=circle.held + 1,
            kept=circle.kept + (self.at <= self.due_at),
            behind_since=None,
        )
        after = evolve(passed, circle=circle, clocks=passed.clocks + self.clocks)
        return after.with_told((*passed.told, *self.told), self.at)


@frozen(kw_only=True)
class SessionMissed(ImprovementEntry):
    """The next session has come and the one before was never completed."""

    kind: ClassVar[str] = "session_missed"
    number: int
    due_at: datetime
    next: Session
    clocks: tuple[Clock, ...] = ()
    rhythm: Rhythm | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Count it and go on to the next session; how long nothing was completed is remembered."""
        if not (circle := improvement.circle):
            return improvement
        passed = _tidied(improvement.ended(("session",), self.at))
        circle = evolve(
            circle,
            session=self.next,
            missed=circle.missed + 1,
            behind_since=circle.behind_since or self.due_at,
            rhythm=self.rhythm or circle.rhythm,
        )
        return evolve(passed, circle=circle, clocks=passed.clocks + self.clocks)


@frozen(kw_only=True)
class Rescheduled(ImprovementEntry):
    """The circle meets in another rhythm from now on."""

    kind: ClassVar[str] = "rescheduled"
    rhythm: Rhythm
    reason: Content
    next: Session
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Plan the next session anew; what was attached for it stays with it."""
        if not (circle := improvement.circle):
            return improvement
        passed = _tidied(improvement.ended(("session",), self.at))
        after: Circle = evolve(circle, rhythm=self.rhythm, session=self.next)
        return evolve(passed, circle=after, clocks=passed.clocks + self.clocks)


def _tidied(improvement: Improvement) -> Improvement:
    """Return the circle without clocks and receipts of earlier sessions that are settled: it goes on for years."""
    clocks = tuple(clock for clock in improvement.clocks if clock.kind not in _PASSING or not clock.settled)
    told = tuple(one for one in improvement.told if one.asks or not one.settled)
    return evolve(improvement, clocks=clocks, told=told)


@frozen(kw_only=True)
class Published(ImprovementEntry):
    """A new version of a procedure holds from now on; those who need it have to confirm reading it."""

    kind: ClassVar[str] = "published"
    procedure: Procedure
    told: tuple[Telling, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Put it in force; who had not read the version before need not read it any more."""
        after = improvement.met(("review",), self.at).ended(("receipt",), self.at)
        feedback = tuple(one for one in improvement.told if one.asks)
        kept = tuple(clock for clock in after.clocks if clock.kind != "receipt")
        after = evolve(after, procedure=self.procedure, clocks=kept + self.clocks)
        return after.with_told((*feedback, *self.told), self.at)
