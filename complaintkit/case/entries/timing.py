"""Entries the core makes by itself as time goes by: notices, reminders, breaches, escalations."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class NoticeSent(Entry):
    """A notice went out."""

    kind: ClassVar[str] = "notice_sent"
    phrase: ClassVar[str] = "{occasion} notice to {audience} sent by {notifier}"
    aside: ClassVar[bool] = True
    notice: str
    occasion: str
    audience: str
    notifier: str
    medium: str = ""
    message_id: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Stop the acknowledgement clock if this was the acknowledgement, of a complaint or of a dispute.

        It never counts as an answer.

        What was handed to staff to pass on has not reached the complainant yet.
        """
        if self.occasion == "review" and self.audience == "complainant" and self.medium != "staff":
            return case.with_clocks(("review_acknowledgement",), lambda clock: clock.meet(self.at))
        if self.occasion != "acknowledgement" or case.acknowledged_at or self.medium == "staff":
            return case
        met = case.with_clocks(("acknowledgement",), lambda clock: clock.meet(self.at))
        return evolve(met, acknowledged_at=self.at)


# Occasion of the notice by which the complainant is told that a deadline is extended.
EXTENSION: Final = "extension"


@frozen(kw_only=True)
class NoticeUndelivered(Entry):
    """A notice could not be delivered and will not be tried again; a person has to act."""

    kind: ClassVar[str] = "notice_undelivered"
    phrase: ClassVar[str] = "{occasion} notice to {audience} could not be delivered: {problem}"
    notice: str
    occasion: str
    audience: str
    problem: Content
    clocks: tuple[Clock, ...] = ()
    clock: str = ""
    due_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Owe the complainant an answer again, if this was one; take back an extension that nobody was told of.

        Otherwise the failure alone is the fact.
        """
        if self.occasion == EXTENSION and self.due_at:
            return case.with_clock(self.clock, self._untold)
        if self.occasion not in ("reply", "interim", "response", "review_decision"):
            return case
        return evolve(case, unanswered_since=case.unanswered_since or self.at, clocks=case.clocks + self.clocks)

    def _untold(self, clock: Clock) -> Clock:
        history = evolve(clock.history, extensions=clock.history.extensions[:-1])
        return evolve(clock, due_at=self.due_at or clock.due_at, history=history)


@frozen(kw_only=True)
class Warned(Entry):
    """Somebody was reminded that a clock runs out.

    `to` is who, empty for whoever has to keep it; `also` are others with them. `steps` are the steps of its chain that
    are taken with it, and `step_at` is when the first of them was to be: `late` says that nobody was at work then.
    """

    kind: ClassVar[str] = "warned"
    phrase: ClassVar[str] = "reminder: {clock} is due {due_at}"
    aside: ClassVar[bool] = True
    clock: str
    due_at: datetime
    to: str = ""
    also: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    step_at: datetime | None = None
    late: bool = False
    next_warn_at: datetime | None = None

    @property
    def said(self) -> str:
        """Return how it is told: whom, where that is not the common one, and whether late."""
        to = ", told to {to}" if self.to else ""
        return f"{self.phrase}{to}{', {also}' if self.also else ''}{', late' if self.late else ''}"

    def change(self, case: Complaint) -> Complaint:
        """Remember that the reminder happened, and when the next one is."""
        return case.with_clock(self.clock, self._warned)

    def _warned(self, clock: Clock) -> Clock:
        warn_at = self.next_warn_at or clock.warn_at
        return evolve(clock.stepped(*self.steps), warned=self.next_warn_at is None, warn_at=warn_at)


@frozen(kw_only=True)
class Overdue(Entry):
    """A promise was broken at `due_at`, whenever a worker noticed.

    `late` says that nobody was at work then, `recalculated` that it is broken only because it came under another
    standard by which the moment had passed. `told` are those whom a reminder was for that nobody gave in time.
    """

    kind: ClassVar[str] = "overdue"
    phrase: ClassVar[str] = "PROMISE BROKEN: {clock} was due {due_at}"
    clock: str
    due_at: datetime
    next_level_at: datetime | None = None
    late: bool = False
    recalculated: bool = False
    told: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Return how it is told: how it came to be broken, and whether that was noticed late."""
        by = ", by recalculation: it came under another standard" if self.recalculated else ""
        return f"{self.phrase}{by}{', noticed late' if self.late else ''}"

    def change(self, case: Complaint) -> Complaint:
        """Remember the breach for ever."""
        return case.with_clock(
            self.clock,
            lambda clock: evolve(
                clock.stepped(*self.steps), warned=True, overdue=True, next_level_at=self.next_level_at
            ),
        )


@frozen(kw_only=True)
class Reviewed(Entry):
    """A broken clock was looked at again, and its level stays."""

    kind: ClassVar[str] = "reviewed"
    phrase: ClassVar[str] = "looked at the broken {clock} again; its level stays"
    aside: ClassVar[bool] = True
    clock: str
    next_level_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Remember when to look again."""
        return case.with_clock(self.clock, lambda clock: evolve(clock, next_level_at=self.next_level_at))


@frozen(kw_only=True)
class Escalated(Entry):
    """Attention of a higher level was called for; ownership does not move by that.

    `also` are others who are called with the first. `steps` are the steps of the clock's chain that are taken with it,
    and `step_at` is when the first of them was to be: `late` says that nobody was at work then.
    """

    kind: ClassVar[str] = "escalated"
    phrase: ClassVar[str] = "ESCALATED to level {level}, {to}: {reason}"
    level: int
    to: str
    reason: Content
    rule: str
    trigger: str = "overdue"
    clock: str = ""
    next_level_at: datetime | None = None
    also: tuple[str, ...] = ()
    line: str = "hierarchical"
    steps: tuple[str, ...] = ()
    step_at: datetime | None = None
    late: bool = False

    @property
    def said(self) -> str:
        """Return how it is told: who is called besides, in which line if not the usual one, and whether late."""
        besides = ", {also}" if self.also else ""
        line = " ({line})" if self.line != "hierarchical" else ""
        return self.phrase.replace("{to}", f"{{to}}{besides}{line}{', late' if self.late else ''}")

    def change(self, case: Complaint) -> Complaint:
        """Raise the level, of the clock and of the case."""
        raised = case.with_clock(
            self.clock,
            lambda clock: evolve(
                clock.stepped(*self.steps), level=max(clock.level, self.level), next_level_at=self.next_level_at
            ),
        )
        return evolve(raised, level=max(case.level, self.level))


@frozen(kw_only=True)
class LookedAt(Entry):
    """Nothing was planned for an open case; its owner is reminded that it is there."""

    kind: ClassVar[str] = "looked_at"
    phrase: ClassVar[str] = "nothing was planned; the owner is reminded of it"
    aside: ClassVar[bool] = True

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is: the entry alone sets the next moment."""
        return case
