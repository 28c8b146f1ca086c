"""Entries of holding notices that go out of themselves, and of why one does not."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from complaintkit.case.commitments import INTERIM
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock
from complaintkit.changing import evolve
from complaintkit.checks import aware


@frozen(kw_only=True)
class HoldingSent(Entry):
    """A promised moment passed without an answer, and the complainant is told so of itself, with a new date.

    It is no answer: what is owed stays owed, and stays broken (domain rule 11). `number` counts such notices since a
    person last wrote.
    """

    kind: ClassVar[str] = "holding_sent"
    phrase: ClassVar[str] = (
        "told of itself that {clock}, due {was_due_at}, was missed; an answer is promised by {until} (notice {number} "
        "since anybody wrote)"
    )
    clock: str
    was_due_at: datetime = field(validator=aware)
    until: datetime = field(validator=aware)
    number: int
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Let the new date run in place of an earlier one, which stays broken."""
        held = case.with_clocks((INTERIM,), self._replaced)
        settlement = evolve(case.settlement, holdings=self.number)
        return evolve(held, clocks=held.clocks + self.clocks, settlement=settlement)

    def _replaced(self, clock: Clock) -> Clock:
        if clock.settled or not clock.overdue:
            return clock
        return evolve(clock.end(self.at), broken_at=clock.broken_at or clock.due_at)


@frozen(kw_only=True)
class WritingOwed(Entry):
    """A promised moment passed, and no holding notice goes out of itself: a person has to write."""

    kind: ClassVar[str] = "writing_owed"
    phrase: ClassVar[str] = "{clock} was missed, and no notice goes out of itself, for {why}: a person has to write"
    clock: str
    due_at: datetime = field(validator=aware)
    why: str

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is: whoever writes changes it."""
        return case
