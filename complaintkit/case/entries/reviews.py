"""Entries of the stage at which somebody else looks at a decision again, and of the time to object."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.base import Staged
from complaintkit.case.entries.deciding import AFTERWARDS, opened_again
from complaintkit.case.parts import Clock, Content
from complaintkit.case.reviews import REVIEW, REVIEW_ACKNOWLEDGEMENT, Count, Review, Why
from complaintkit.changing import evolve


@frozen(kw_only=True)
class ReviewOpened(Staged):
    """The decision is looked at again, by somebody who had no part in it; what was decided stays on file."""

    kind: ClassVar[str] = "review_opened"
    phrase: ClassVar[str] = "{name} asked for: the decision is looked at again by somebody else"
    name: str
    round: int
    text: Content
    disputed: bool = True
    points: tuple[str, ...] = ()
    late: Content | None = None
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Start the clocks of the review; a case that had ended is opened again by that, and counted."""
        review = Review(
            name=self.name,
            round=self.round,
            asked_at=self.at,
            asked_by=self.by,
            disputed=self.disputed,
            text=self.text,
            points=self.points,
            late=self.late,
        )
        clocks = case.with_clocks(AFTERWARDS, lambda clock: clock.end(self.at)).clocks + self.clocks
        again = case if case.open else opened_again(case, self.at, Why.DISPUTE, Count.FRESH)
        settlement = evolve(again.settlement, reviews=(*again.settlement.reviews, review))
        return evolve(
            again, stage=self.stage, clocks=clocks, settlement=settlement, resolved_at=None, accepted="", proposal=None
        )


@frozen(kw_only=True)
class ReviewTaken(Entry):
    """Somebody who had no part in the decision reviews it."""

    kind: ClassVar[str] = "review_taken"
    phrase: ClassVar[str] = "{name} is in the hands of {reviewer}"
    name: str
    reviewer: str

    def change(self, case: Complaint) -> Complaint:
        """Make it the reviewer's duty."""
        reviews = tuple(
            evolve(one, reviewer=self.reviewer) if one.name == self.name else one for one in case.settlement.reviews
        )
        owed = case.with_clocks(
            (REVIEW, REVIEW_ACKNOWLEDGEMENT), lambda clock: clock if clock.settled else evolve(clock, who=self.reviewer)
        )
        return evolve(owed, settlement=evolve(case.settlement, reviews=reviews))


@frozen(kw_only=True)
class AcceptanceProlonged(Entry):
    """The time to object goes on: silence means nothing while the complainant waits for us or never got the answer."""

    kind: ClassVar[str] = "acceptance_prolonged"
    phrase: ClassVar[str] = "the time to object goes on"
    clock: str
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """End the clock, which was no promise of ours, and start another."""
        ended = case.with_clock(self.clock, lambda clock: clock.end(min(self.at, clock.due_at)))
        return evolve(ended, clocks=ended.clocks + self.clocks)
