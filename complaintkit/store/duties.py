"""What somebody has to do by when, across all cases: open deadlines, the nearest first."""

from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Severity
from complaintkit.store.onlooker import Onlooker


@frozen(kw_only=True)
class DutyQuery:
    """Which duties to list; empty parts do not narrow.

    Attributes:
        who: Of these people, departments or roles, exactly as clocks name them.
        own: With `who`: whether the deadlines of their own cases that name nobody else count, too.
        kinds: Of these kinds of clock, such as `task` or `commitment`.
        due_before: Only those due before a moment.
        seen_by: Only in cases that exist for somebody; `None` for all.
        limit, offset: How many, after how many.
    """

    who: tuple[str, ...] = ()
    own: bool = False
    kinds: tuple[str, ...] = ()
    due_before: datetime | None = None
    seen_by: Onlooker | None = None
    limit: int = 50
    offset: int = 0


@frozen(kw_only=True)
class Duty:
    """One deadline that is still open.

    Attributes:
        reference, owner, stage, category, severity: Of the case.
        clock: The deadline.
        place: Which of the case's clocks it is.
    """

    reference: str
    owner: str
    stage: Stage
    category: str
    severity: Severity
    clock: Clock
    place: int = field(default=0, eq=False)

    @property
    def who(self) -> str:
        """Return whose duty it is."""
        return self.clock.who or self.owner


class DutyStore(Protocol):
    """The part of a store that lists duties."""

    def duties(self, query: DutyQuery) -> tuple[Duty, ...]:
        """List open deadlines, the nearest first: of open cases, and of ended ones what lasts."""
