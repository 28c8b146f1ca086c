"""Entries of competence: a second pair of eyes is asked for, and looks; or the matter is settled on the spot."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.approvals import KIND, VOID, Approval, Used, put, settled
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock, Content, Outcome
from complaintkit.case.responses import Response, sent
from complaintkit.case.reviews import Position, round_of
from complaintkit.changing import evolve


@frozen(kw_only=True)
class ApprovalAsked(Entry):
    """Somebody else has to approve the draft, with every reason why."""

    kind: ClassVar[str] = "approval_asked"
    phrase: ClassVar[str] = "{approval} is needed"
    approval: Approval
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Ask; nobody is asked about an earlier draft any more."""
        over = settled(case, VOID, self.at, keep=self.approval.draft)
        return evolve(put(over, (self.approval,)), clocks=over.clocks + self.clocks)


@frozen(kw_only=True)
class Approved(Entry):
    """Somebody who had no hand in the draft approved it as it stands."""

    kind: ClassVar[str] = "approved"
    phrase: ClassVar[str] = "{approval} given"
    approval: Approval

    def change(self, case: Complaint) -> Complaint:
        """Keep the approval; its clock is met."""
        met = case.with_clock(self.approval.name, lambda clock: clock.meet(self.at) if clock.kind == KIND else clock)
        return put(met, (self.approval,))


@frozen(kw_only=True)
class SettledNow(Entry):
    """The matter was settled when it was first heard: answered, and the answer accepted; `Resolved` follows.

    `written` says that the complainant gets the words in writing, too.
    """

    kind: ClassVar[str] = "settled_now"
    phrase: ClassVar[str] = "settled at first contact: {outcome}, {remedy}"
    outcome: Outcome
    remedy: str = ""
    response: Response
    used: Used
    first: bool = True
    written: bool = False

    @property
    def text(self) -> Content:
        """Return the words of the answer."""
        return self.response.text

    def change(self, case: Complaint) -> Complaint:
        """Keep the answer: what was offered with it was told, and taken."""
        answered = sent(case, self.response, self.used, taken=True)
        position = Position(
            round=round_of(case), outcome=self.outcome, remedy=self.remedy, text=self.response.text,
            decided_by=self.by, at=self.at,
        )  # fmt: skip
        return evolve(
            answered,
            settlement=evolve(answered.settlement, positions=(*answered.settlement.positions, position)),
            outcome=self.outcome,
            remedy=self.remedy,
            handling=evolve(answered.handling, first_contact=self.first),
            responded_at=self.at,
            answered_at=case.answered_at or self.at,
            acknowledged_at=case.acknowledged_at or self.at,
            unanswered_since=None,
        )
