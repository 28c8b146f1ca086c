"""Entries of the work on a complaint: what was answered, what is waited for, what was noted."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.base import Staged
from complaintkit.case.parts import Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Replied(Staged):
    """A person answered the complainant, in writing or by word; that is the first response if none was before."""

    kind: ClassVar[str] = "replied"
    phrase: ClassVar[str] = "answered"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop the clocks that ask for an answer."""
        asking = ("first_response", "acknowledgement", "follow_up", "review_acknowledgement")
        met = case.with_clocks(asking, lambda clock: clock.meet(self.at))
        return evolve(
            met,
            stage=self.stage,
            answered_at=case.answered_at or self.at,
            unanswered_since=None,
            acknowledged_at=case.acknowledged_at or self.at,
            settlement=evolve(case.settlement, holdings=0),
        )


@frozen(kw_only=True)
class WaitStarted(Staged):
    """The case waits for somebody; pausable clocks stand still."""

    kind: ClassVar[str] = "wait_started"
    phrase: ClassVar[str] = "waits for {waiting_for} until {until}"
    waiting_for: str
    until: datetime
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Pause what may be paused."""
        clocks = tuple(clock.pause(self.at) for clock in case.clocks)
        return evolve(case, stage=self.stage, clocks=clocks, waiting_for=self.waiting_for, waiting_until=self.until)


@frozen(kw_only=True)
class WaitEnded(Staged):
    """Waiting is over; the clocks go on."""

    kind: ClassVar[str] = "wait_ended"
    phrase: ClassVar[str] = "goes on"
    reason: Content
    ended_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Let the clocks go on from when waiting was over, however late that was noticed."""
        clocks = tuple(clock.resume(self.ended_at or self.at) for clock in case.clocks)
        return evolve(case, stage=self.stage, clocks=clocks, waiting_for="", waiting_until=None)


@frozen(kw_only=True)
class Noted(Entry):
    """Something worth keeping, for colleagues only.

    `readers` are the roles that may read it besides the owner of the case; none for all staff.
    """

    kind: ClassVar[str] = "noted"
    phrase: ClassVar[str] = "note"
    text: Content
    readers: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is."""
        return case
