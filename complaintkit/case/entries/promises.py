"""Entries of what the complainant was promised: made, kept, moved, called off; holding notices, follow-up contact."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import field, frozen

from complaintkit.case.commitments import (
    CONTACT,
    INTERIM,
    Commitment,
    CommitmentKind,
    CommitmentState,
    FollowUp,
    commitment_of,
)
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.base import Staged
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve
from complaintkit.checks import aware

# What a holding notice by a person answers for the moment, as a reply does; and the earlier notice that it renews.
_HELD: Final = ("first_response", "acknowledgement", "follow_up", "review_acknowledgement", INTERIM)


@frozen(kw_only=True)
class Promised(Entry):
    """Something was promised to the complainant; `confirmed` says that the complainant gets it in writing."""

    kind: ClassVar[str] = "promised"
    phrase: ClassVar[str] = "{name} promised ({promise}) until {due_at}"
    name: str
    promise: CommitmentKind
    text: Content
    who: str = ""
    due_at: datetime = field(validator=aware)
    clocks: tuple[Clock, ...] = ()
    remedy: str = ""
    confirmed: bool = False

    def change(self, case: Complaint) -> Complaint:
        """Keep the promise, and start its clock."""
        made = Commitment(
            name=self.name,
            kind=self.promise,
            what=self.text,
            who=self.who,
            made_at=self.at,
            due_at=self.due_at,
            clock=self.clocks[0].name if self.clocks else "",
            remedy=self.remedy,
        )
        settlement = evolve(case.settlement, commitments=(*case.settlement.commitments, made))
        return evolve(case, settlement=settlement, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class CommitmentKept(Entry):
    """What was promised was done, with what shows it."""

    kind: ClassVar[str] = "commitment_kept"
    phrase: ClassVar[str] = "{name} kept"
    name: str
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop its clock."""
        found = commitment_of(case, self.name)
        met = case.with_clock(found.clock, lambda clock: clock.meet(self.at)) if found else case
        return _settled(met, self.name, CommitmentState.DONE, self.at, self.evidence)


@frozen(kw_only=True)
class CommitmentMoved(Entry):
    """What was promised gets another date, agreed or told before the old one; the old clock stays as it stood."""

    kind: ClassVar[str] = "commitment_moved"
    phrase: ClassVar[str] = "{name} moved to {due_at} ({how})"
    name: str
    due_at: datetime = field(validator=aware)
    how: str
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """End the old clock, late or not, and start another."""
        found = commitment_of(case, self.name)
        if found is None:
            return case
        old = case.with_clock(found.clock, lambda clock: clock.end(self.at))
        clock = self.clocks[0].name if self.clocks else found.clock
        moved = evolve(found, due_at=self.due_at, clock=clock, moved=found.moved + 1)
        return evolve(_replaced(old, moved), clocks=old.clocks + self.clocks)


@frozen(kw_only=True)
class CommitmentCancelled(Entry):
    """What was promised is called off, as agreed with the complainant."""

    kind: ClassVar[str] = "commitment_cancelled"
    phrase: ClassVar[str] = "{name} called off, as agreed"
    name: str
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """End its clock."""
        found = commitment_of(case, self.name)
        ended = case.with_clock(found.clock, lambda clock: clock.end(self.at)) if found else case
        return _settled(ended, self.name, CommitmentState.CANCELLED, self.at, self.evidence)


@frozen(kw_only=True)
class Held(Staged):
    """A holding notice: why there is no answer yet, and by when there will be. The final response stays due."""

    kind: ClassVar[str] = "held"
    phrase: ClassVar[str] = "told why it takes longer; an answer is promised by {until}"
    text: Content
    until: datetime = field(validator=aware)
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Stop what asks for a first answer and the earlier notice; the new date runs."""
        met = case.with_clocks(_HELD, lambda clock: clock.meet(self.at))
        return evolve(
            met,
            stage=self.stage,
            clocks=met.clocks + self.clocks,
            answered_at=case.answered_at or self.at,
            acknowledged_at=case.acknowledged_at or self.at,
            unanswered_since=None,
            settlement=evolve(case.settlement, holdings=0),
        )


@frozen(kw_only=True)
class FollowedUp(Entry):
    """Somebody asked the complainant after the answer how things are; `clocks` ask for another try."""

    kind: ClassVar[str] = "followed_up"
    phrase: ClassVar[str] = "asked after the answer: reached {reached}, content {content}"
    reached: bool
    content: bool | None = None
    text: Content | None = None
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Stop the clock, or let another one run where nobody was reached."""
        one = FollowUp(at=self.at, by=self.by, reached=self.reached, content=self.content, text=self.text)
        done = case.with_clocks((CONTACT,), lambda clock: clock.meet(self.at) if self.reached else clock.end(self.at))
        settlement = evolve(case.settlement, contacts=(*case.settlement.contacts, one))
        return evolve(done, settlement=settlement, clocks=done.clocks + self.clocks)


def _settled(case: Complaint, name: str, state: CommitmentState, at: datetime, evidence: Content) -> Complaint:
    found = commitment_of(case, name)
    return _replaced(case, evolve(found, state=state, settled_at=at, evidence=evidence)) if found else case


def _replaced(case: Complaint, changed: Commitment) -> Complaint:
    commitments = tuple(changed if one.name == changed.name else one for one in case.settlement.commitments)
    return evolve(case, settlement=evolve(case.settlement, commitments=commitments))
