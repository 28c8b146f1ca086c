"""Actions of circles and procedures: hold a session, deliver its results, change the rhythm, publish, retire."""

from datetime import datetime
from typing import ClassVar

from attrs import evolve, frozen

from complaintkit.case.actions.base import asked
from complaintkit.case.parts import Content
from complaintkit.improving.actions.opening import UNITS
from complaintkit.improving.actions.telling import tellings
from complaintkit.improving.asking import Action, Asked
from complaintkit.improving.entries import (
    OutputAttached,
    Published,
    Rescheduled,
    Retired,
    SessionCompleted,
    SessionHeld,
    SessionMissed,
)
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.improving.parts import Circle, Procedure
from complaintkit.improving.reading import rhythm
from complaintkit.improving.sessions import next_session


def _circle(ask: Asked) -> Circle:
    if ask.improvement.circle is None:
        raise ask.refuse("it is no circle")
    return ask.improvement.circle


def _complete(ask: Asked, entries: tuple[ImprovementEntry, ...]) -> tuple[ImprovementEntry, ...]:
    """Return the entries, and the one that completes the session if by these it has everything it owes.

    It does when it was held, with notes and decisions, and every result is attached. The results go out then.
    """
    after = ask.improvement.apply_all(entries)
    circle = after.circle
    if circle is None or circle.session.held_at is None or circle.session.lacks(circle.outputs):
        return entries
    session = circle.session
    told, receipts = tellings(ask, f"session-{session.number}", circle.recipients, words=None)
    coming, running = next_session(circle, circle.rhythm, ask.now, ask.terms)
    completed = SessionCompleted(
        at=ask.now, by=ask.by, number=session.number, due_at=session.due_at, notes=session.notes,
        outputs=session.outputs, told=told, next=coming, clocks=(running, *receipts),
    )  # fmt: skip
    return (*entries, completed)


@frozen(kw_only=True)
class Hold(Action):
    """File that a session was held: its notes, and what was decided or why nothing had to be."""

    name: ClassVar[str] = "hold"
    help: ClassVar[str] = "file that the session was held: notes, and what was decided"
    notes: str = asked("what was said, and what the figures show")
    decided: tuple[str, ...] = asked("references of the improvements decided upon", default=())
    none_needed: str = asked("why nothing had to be decided, where nothing was", default="")

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the improvements decided upon."""
        return self.decided

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep notes and decisions; a session that decides nothing says why."""
        session = _circle(ask).session
        if session.held_at is not None:
            lacks = ", ".join(session.lacks(_circle(ask).outputs))
            raise ask.refuse(f"session {session.number} was held; what it still owes is: {lacks}")
        decided = ask.improvements(self.decided)
        if bool(decided) == bool(self.none_needed.strip()):
            raise ask.refuse("name what was decided, or say with `none_needed` why nothing had to be; not both")
        held = SessionHeld(
            at=ask.now, by=ask.by, number=session.number, notes=Content.of(ask.need("notes", self.notes)),
            decided=decided, none_needed=Content.maybe(self.none_needed),
        )  # fmt: skip
        return _complete(ask, (held,))


@frozen(kw_only=True)
class Deliver(Action):
    """Attach a result that the session owes; with the last one, all of them go to the recipients."""

    name: ClassVar[str] = "deliver"
    help: ClassVar[str] = "attach a result that the session owes; with the last one all go to the recipients"
    output: str = asked("which one", of="output")
    text: str = asked("the result, or where it is found")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the result."""
        circle = _circle(ask)
        name = ask.one_of("output", self.output, circle.outputs)
        words = Content.of(ask.need("text", self.text))
        number = circle.session.number
        return _complete(ask, (OutputAttached(at=ask.now, by=ask.by, number=number, name=name, text=words),))


@frozen(kw_only=True)
class Reschedule(Action):
    """Let the circle meet in another rhythm."""

    name: ClassVar[str] = "reschedule"
    help: ClassVar[str] = "let the circle meet in another rhythm; a session that is late counts as missed"
    first: datetime = asked("the day of the next session, or the day from which on it meets")
    every: int = asked("every so many units", default=1)
    unit: str = asked("what is counted", choices=UNITS, default="month")
    on: str = asked("weeks: mon,thu; months: 15, last, or such as 'last fri'; by default as the first", default="")
    time: str = asked("time of day", default="10:00")
    reason: str = asked("why")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Plan the next session anew."""
        circle, reason = _circle(ask), Content.of(ask.need("reason", self.reason))
        new = rhythm(ask, self.every, self.unit, self.on, self.time, self.first)
        coming, running = next_session(circle, new, ask.now, ask.terms)
        late = circle.session
        if late.held_at is not None:
            raise ask.refuse(f"session {late.number} was held and still owes {', '.join(late.lacks(circle.outputs))}")
        if late.due_at < ask.now:
            missed = SessionMissed(
                at=ask.now, by=ask.by, number=late.number, due_at=late.due_at, next=coming, clocks=(running,),
                rhythm=new,
            )  # fmt: skip
            return (missed,)
        coming = evolve(coming, number=late.number, outputs=late.outputs)
        running = evolve(running, name=ask.improvement.numbered("session"))
        return (Rescheduled(at=ask.now, by=ask.by, rhythm=new, reason=reason, next=coming, clocks=(running,)),)


@frozen(kw_only=True)
class Publish(Action):
    """Put a new version of a procedure in force."""

    name: ClassVar[str] = "publish"
    help: ClassVar[str] = "put a new version in force; those who need it confirm reading it"
    text: str = asked("its words")
    review: datetime = asked("when it is looked at again")
    readers: tuple[str, ...] = asked("who has to confirm reading it; empty keeps those before", default=())

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the version before in the file, and ask the readers anew."""
        before = ask.improvement.procedure
        if before is None:
            raise ask.refuse("it is no procedure")
        number, readers = before.number + 1, ask.named(self.readers) or before.readers
        words = Content.of(ask.need("text", self.text))
        told, receipts = tellings(ask, f"version-{number}", readers, words=None)
        procedure = Procedure(number=number, text=words, since=ask.now, readers=readers)
        clocks = (ask.clock_at("review", "review", self.review), *receipts)
        return (Published(at=ask.now, by=ask.by, procedure=procedure, told=told, clocks=clocks),)


@frozen(kw_only=True)
class Retire(Action):
    """Let a circle meet no more, or a procedure hold no more."""

    name: ClassVar[str] = "retire"
    help: ClassVar[str] = "let the circle meet no more, or the procedure hold no more, with the reason"
    reason: str = asked("why")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the reason and who decided."""
        return (Retired(at=ask.now, by=ask.by, state=ask.to, text=Content.of(ask.need("reason", self.reason))),)
