"""Entries of the decision and of the end of a case."""

from typing import ClassVar

from attrs import evolve, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.entries.base import Staged
from complaintkit.case.parts import Clock, Content, Outcome


@frozen(kw_only=True)
class Proposed(Staged):
    """A decision is drafted and waits for its release."""

    kind: ClassVar[str] = "proposed"
    phrase: ClassVar[str] = "decision drafted: {outcome}, {remedy}"
    outcome: Outcome
    remedy: str
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the draft."""
        return evolve(case, stage=self.stage, outcome=self.outcome, remedy=self.remedy, proposal=self.text)


@frozen(kw_only=True)
class SentBack(Staged):
    """The draft was sent back, with the reason."""

    kind: ClassVar[str] = "sent_back"
    phrase: ClassVar[str] = "draft sent back"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the draft back."""
        return evolve(case, stage=self.stage, outcome=None, remedy="", proposal=None)


@frozen(kw_only=True)
class Responded(Staged):
    """The final response went to the complainant."""

    kind: ClassVar[str] = "responded"
    phrase: ClassVar[str] = "final response sent"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop every clock that asks for an answer."""
        return evolve(
            case.answered(self.at),
            stage=self.stage,
            responded_at=self.at,
            answered_at=case.answered_at or self.at,
            acknowledged_at=case.acknowledged_at or self.at,
            unanswered_since=None,
        )


@frozen(kw_only=True)
class Resolved(Staged):
    """The matter is settled: the complainant accepted, or the time to object ran out."""

    kind: ClassVar[str] = "resolved"
    phrase: ClassVar[str] = "settled: {accepted}"
    accepted: str
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop the clocks: an early settlement is an answer, too."""
        return evolve(
            case.answered(self.at),
            stage=self.stage,
            accepted=self.accepted,
            resolved_at=self.at,
            answered_at=case.answered_at or self.at,
            unanswered_since=None,
        )


@frozen(kw_only=True)
class Closed(Staged):
    """The closing check passed."""

    kind: ClassVar[str] = "closed"
    phrase: ClassVar[str] = "closed"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Close the case."""
        return evolve(case.stopped(self.at), stage=self.stage, closed_at=self.at)


@frozen(kw_only=True)
class Reopened(Staged):
    """New facts, a failed remedy or a dispute: the case is worked on again. Earlier breaches stay on file."""

    kind: ClassVar[str] = "reopened"
    phrase: ClassVar[str] = "opened again"
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Open the case again with fresh clocks; what was responded and met stays as it was."""
        return evolve(
            case,
            stage=self.stage,
            clocks=case.clocks + self.clocks,
            reopened=case.reopened + 1,
            closed_at=None,
            resolved_at=None,
            accepted="",
            outcome=None,
            remedy="",
            proposal=None,
        )


@frozen(kw_only=True)
class Withdrawn(Staged):
    """The complainant took the complaint back, with the evidence."""

    kind: ClassVar[str] = "withdrawn"
    phrase: ClassVar[str] = "taken back by the complainant"
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """End the case and its clocks."""
        return evolve(case.stopped(self.at), stage=self.stage, closed_at=self.at)
