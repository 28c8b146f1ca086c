"""Entries of the decision and of the end of a case."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.approvals import KIND, SENT_BACK, VOID, Draft, Used, settled
from complaintkit.case.commitments import CONTACT
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries.base import Staged
from complaintkit.case.external import WINDOW
from complaintkit.case.handling import Handling
from complaintkit.case.parts import SUMMARY, Clock, Content, Outcome
from complaintkit.case.remedies import Remedy, with_remedies
from complaintkit.case.responses import Enclosure, Response, sent
from complaintkit.case.reviews import (
    ACCEPTANCE,
    CLOSING,
    Count,
    Position,
    Reopening,
    Why,
    better,
    ended,
    pending,
    round_of,
)
from complaintkit.case.surveys import REMINDER, SURVEY
from complaintkit.changing import evolve

# What an answered or ended case waits for, and what ends when it is worked on again.
AFTERWARDS: Final = (ACCEPTANCE, CLOSING, CONTACT, SURVEY, REMINDER)


@frozen(kw_only=True)
class Proposed(Staged):
    """A decision is drafted and waits for its release. `roles` are those whose limits hold for who drafted it."""

    kind: ClassVar[str] = "proposed"
    phrase: ClassVar[str] = "decision drafted: {outcome}, {remedy}"
    outcome: Outcome
    remedy: str
    text: Content
    roles: tuple[str, ...] = ()
    grounds: Content | None = None
    codes: tuple[str, ...] = ()
    because: Content | None = None
    response: str = ""
    style: str = ""
    template: str = ""
    enclosures: tuple[Enclosure, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Keep the draft, and whose it is; what was approved before was another one."""
        settlement = evolve(case.settlement, drafted_by=self.by)
        drafted = evolve(case, stage=self.stage, outcome=self.outcome, remedy=self.remedy, proposal=self.text)
        return settled(evolve(drafted, settlement=settlement, handling=self._drafted(case)), VOID, self.at)

    def _drafted(self, case: Complaint) -> Handling:
        draft = Draft(
            by=self.by, roles=self.roles, at=self.at, grounds=self.grounds, codes=self.codes, because=self.because,
            kind=self.response, style=self.style, template=self.template, enclosures=self.enclosures,
        )  # fmt: skip
        return evolve(case.handling, draft=draft)


@frozen(kw_only=True)
class SentBack(Staged):
    """The draft was sent back, with the reason."""

    kind: ClassVar[str] = "sent_back"
    phrase: ClassVar[str] = "draft sent back"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the draft back, with the remedies that came with it; nobody is asked to approve it any more."""
        back = settled(case, SENT_BACK, self.at, self.by, self.reason)
        back = with_remedies(back, lambda one: evolve(one, dropped_at=self.at) if _comes_with_it(one) else one)
        handling = evolve(back.handling, draft=None)
        return evolve(back, stage=self.stage, outcome=None, remedy="", proposal=None, handling=handling)


@frozen(kw_only=True)
class Responded(Staged):
    """The final response went to the complainant; `clocks` run from it, `final` says that no other follows."""

    kind: ClassVar[str] = "responded"
    phrase: ClassVar[str] = "final response sent"
    text: Content
    clocks: tuple[Clock, ...] = ()
    final: bool = False
    response: Response | None = None
    used: Used | None = None

    def change(self, case: Complaint) -> Complaint:
        """Stop every clock that asks for an answer, keep the position, and end the review that led to it."""
        stopped = case.answered(self.at).with_clocks((ACCEPTANCE, WINDOW, KIND), lambda clock: clock.end(self.at))
        if self.response and self.used:
            stopped = sent(stopped, self.response, self.used)
        settlement = evolve(
            stopped.settlement,
            positions=(*case.settlement.positions, self._position(case)),
            reviews=ended(case.settlement.reviews, self.at),
            holdings=0,
        )
        return evolve(
            stopped,
            clocks=stopped.clocks + self.clocks,
            settlement=settlement,
            stage=self.stage,
            responded_at=self.at,
            answered_at=case.answered_at or self.at,
            acknowledged_at=case.acknowledged_at or self.at,
            unanswered_since=None,
        )

    def _position(self, case: Complaint) -> Position:
        before = case.settlement.positions[-1] if pending(case) and case.settlement.positions else None
        return Position(
            round=round_of(case),
            outcome=case.outcome,
            remedy=case.remedy,
            text=self.text,
            proposed_by=case.settlement.drafted_by,
            decided_by=self.by,
            at=self.at,
            final=self.final,
            overturned=before is not None and better(case.outcome, before.outcome),
        )


@frozen(kw_only=True)
class Resolved(Staged):
    """The matter is settled: the complainant accepted, or the time to object ran out."""

    kind: ClassVar[str] = "resolved"
    phrase: ClassVar[str] = "settled: {accepted}"
    accepted: str
    evidence: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Stop the clocks: an early settlement is an answer, too, and makes a review needless."""
        met = case.answered(self.at).with_clocks((ACCEPTANCE,), lambda clock: clock.end(min(self.at, clock.due_at)))
        met = met.with_clocks((SUMMARY,), self._early)
        before = case.settlement.positions[-1] if pending(case) and case.settlement.positions else None
        settlement = evolve(
            case.settlement,
            reviews=ended(case.settlement.reviews, self.at),
            first_resolved_at=case.settlement.first_resolved_at or self.at,
        )
        return evolve(
            met,
            clocks=met.clocks + self.clocks,
            settlement=settlement,
            outcome=case.outcome or (before.outcome if before else None),
            stage=self.stage,
            accepted=self.accepted,
            resolved_at=self.at,
            answered_at=case.answered_at or self.at,
            unanswered_since=None,
        )

    def _early(self, clock: Clock) -> Clock:
        """Return the chance to settle it early: taken only in time, and by a word of the complainant's."""
        taken = self.accepted == "accepted" and self.at <= clock.due_at
        return clock.meet(self.at) if taken else clock.end(min(self.at, clock.due_at))


@frozen(kw_only=True)
class Closed(Staged):
    """The closing check passed; `clocks` are what is still to come."""

    kind: ClassVar[str] = "closed"
    phrase: ClassVar[str] = "closed"
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Close the case."""
        stopped = case.with_clocks((CLOSING,), lambda clock: clock.meet(self.at)).stopped(self.at)
        return evolve(stopped, stage=self.stage, closed_at=self.at, clocks=stopped.clocks + self.clocks)


@frozen(kw_only=True)
class Reopened(Staged):
    """New facts, a failed remedy or a dispute: the case is worked on again. Earlier breaches stay on file."""

    kind: ClassVar[str] = "reopened"
    phrase: ClassVar[str] = "opened again ({why}), time counts {count}"
    reason: Content
    clocks: tuple[Clock, ...] = ()
    why: Why = Why.NEW_FACTS
    count: Count = Count.FRESH

    def change(self, case: Complaint) -> Complaint:
        """Open the case again with its clocks; what was responded, met or broken stays as it was."""
        return evolve(
            opened_again(case, self.at, self.why, self.count),
            stage=self.stage,
            clocks=case.with_clocks(AFTERWARDS, lambda clock: clock.end(self.at)).clocks + self.clocks,
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
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """End the case and its clocks; what was promised stays promised."""
        stopped = case.stopped(self.at)
        settlement = evolve(case.settlement, reviews=ended(case.settlement.reviews, self.at))
        clocks = stopped.clocks + self.clocks
        return evolve(stopped, stage=self.stage, closed_at=self.at, clocks=clocks, settlement=settlement)


def opened_again(case: Complaint, at: datetime, why: Why, count: Count) -> Complaint:
    """Return the case as one that has not ended, with how it had ended kept; for entries only."""
    before = Reopening(
        at=at, why=why, count=count, resolved_at=case.resolved_at, closed_at=case.closed_at, accepted=case.accepted
    )
    settlement = evolve(case.settlement, reopenings=(*case.settlement.reopenings, before))
    return evolve(
        case, settlement=settlement, reopened=case.reopened + 1, closed_at=None, resolved_at=None, accepted=""
    )


def _comes_with_it(remedy: Remedy) -> bool:
    return remedy.planned and remedy.with_draft
