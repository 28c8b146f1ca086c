"""Entries the core makes by itself as time goes by: reminders, breaches, escalations, what became of notices."""

from datetime import datetime
from typing import ClassVar

from attrs import evolve, frozen

from complaintkit.case.parts import Content
from complaintkit.improving.improvement import Improvement, ImprovementEntry


@frozen(kw_only=True)
class Warned(ImprovementEntry):
    """Owner and deputy were reminded that a clock runs out."""

    kind: ClassVar[str] = "warned"
    clock: str
    due_at: datetime

    def change(self, improvement: Improvement) -> Improvement:
        """Remember that the reminder happened."""
        return improvement.with_clock(self.clock, lambda clock: evolve(clock, warned=True))


@frozen(kw_only=True)
class Overdue(ImprovementEntry):
    """A date passed at `due_at`, whenever a worker noticed."""

    kind: ClassVar[str] = "overdue"
    clock: str
    due_at: datetime
    next_level_at: datetime | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Remember the breach for ever."""
        return improvement.with_clock(
            self.clock, lambda clock: evolve(clock, warned=True, overdue=True, next_level_at=self.next_level_at)
        )


@frozen(kw_only=True)
class Reviewed(ImprovementEntry):
    """A broken clock was looked at again, and its level stays."""

    kind: ClassVar[str] = "reviewed"
    clock: str
    next_level_at: datetime | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Remember when to look again."""
        return improvement.with_clock(self.clock, lambda clock: evolve(clock, next_level_at=self.next_level_at))


@frozen(kw_only=True)
class Escalated(ImprovementEntry):
    """Attention of a higher level was called for; ownership does not move by that."""

    kind: ClassVar[str] = "escalated"
    clock: str
    level: int
    to: str
    reason: Content
    next_level_at: datetime | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Raise the level, of the clock and of the improvement."""
        raised = improvement.with_clock(
            self.clock,
            lambda clock: evolve(clock, level=max(clock.level, self.level), next_level_at=self.next_level_at),
        )
        return evolve(raised, level=max(improvement.level, self.level))


@frozen(kw_only=True)
class LookedAt(ImprovementEntry):
    """Nothing was planned for a while: the owner is asked what happens next."""

    kind: ClassVar[str] = "looked_at"

    def change(self, improvement: Improvement) -> Improvement:
        """Leave the improvement as it is; it is looked at again after the same time."""
        return improvement


@frozen(kw_only=True)
class NoticeSent(ImprovementEntry):
    """A notice went out."""

    kind: ClassVar[str] = "notice_sent"
    notice: str
    occasion: str
    audience: str
    notifier: str

    def change(self, improvement: Improvement) -> Improvement:
        """Leave the improvement as it is: that something went out is no receipt."""
        return improvement


@frozen(kw_only=True)
class NoticeUndelivered(ImprovementEntry):
    """A notice could not be delivered and will not be tried again; a person has to act."""

    kind: ClassVar[str] = "notice_undelivered"
    notice: str
    occasion: str
    audience: str
    problem: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Leave the improvement as it is; what was to be confirmed falls due."""
        return improvement
