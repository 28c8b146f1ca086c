"""Actions of the decision: propose, release or send back, settle, close, open again, take back."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Terms, asked, required
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Closed, Proposed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Outcome
from complaintkit.errors import NotAllowed


@frozen(kw_only=True)
class Propose(Action):
    """Draft the decision and the words of the response."""

    name: ClassVar[str] = "propose"
    help: ClassVar[str] = "draft the decision and the response"
    outcome: str = asked("upheld, partly_upheld or not_upheld")
    remedy: str = asked("what the complainant gets: apology, repair, refund ...; empty for none", default="")
    text: str = asked("the words of the response, with the reasons")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """File the draft."""
        text = required(case.reference, self.name, "text", self.text)
        try:
            outcome = Outcome(self.outcome.strip())
        except ValueError:
            known = ", ".join(Outcome)
            raise NotAllowed(case.reference, f"propose: outcome {self.outcome!r} is none of {known}") from None
        if not case.category:
            raise NotAllowed(case.reference, "propose needs a category first: assess it")
        return (
            Proposed(at=now, by=by, stage=stage, outcome=outcome, remedy=self.remedy.strip(), text=Content.of(text)),
        )


@frozen(kw_only=True)
class SendBack(Action):
    """Send the draft back."""

    name: ClassVar[str] = "send_back"
    help: ClassVar[str] = "send the draft back, with the reason"
    reason: str = asked("what is missing")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Keep the reason."""
        reason = required(case.reference, self.name, "reason", self.reason)
        return (SentBack(at=now, by=by, stage=stage, reason=Content.of(reason)),)


@frozen(kw_only=True)
class Respond(Action):
    """Send the final response: the proposed words, or these."""

    name: ClassVar[str] = "respond"
    help: ClassVar[str] = "send the final response as proposed, or with other words"
    text: str = asked("other words than those proposed; empty sends the proposal", default="")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Send it."""
        text = self.text.strip() or str(case.proposal or "")
        return (
            Responded(at=now, by=by, stage=stage, text=Content.of(required(case.reference, self.name, "text", text))),
        )


@frozen(kw_only=True)
class Resolve(Action):
    """Record that the matter is settled."""

    name: ClassVar[str] = "resolve"
    help: ClassVar[str] = "record that the complainant accepted, or that the time to object ran out"
    accepted: str = asked("accepted or lapsed", default="accepted")
    evidence: str = asked("how and when: said so on the telephone, wrote on ..., no word since ...")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Keep the evidence; silence settles nothing before there was a response."""
        evidence = required(case.reference, self.name, "evidence", self.evidence)
        if self.accepted not in ("accepted", "lapsed"):
            raise NotAllowed(case.reference, f"resolve: {self.accepted!r} is neither accepted nor lapsed")
        if self.accepted == "lapsed" and case.stage is not Stage.RESPONDED:
            raise NotAllowed(case.reference, "resolve: nothing can lapse before there was a response; respond first")
        if self.accepted == "lapsed" and case.unanswered_since:
            raise NotAllowed(case.reference, "resolve: the complainant has not been silent; reply first")
        return (Resolved(at=now, by=by, stage=stage, accepted=self.accepted, evidence=Content.of(evidence)),)


@frozen(kw_only=True)
class Close(Action):
    """Close the case after a last look."""

    name: ClassVar[str] = "close"
    help: ClassVar[str] = "close it after a last look"
    reason: str = asked("what the last look showed", default="settled")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Close; never while the complainant's last message is unanswered."""
        if case.unanswered_since:
            raise NotAllowed(
                case.reference, f"close: the complainant wrote on {case.unanswered_since:%Y-%m-%d %H:%M}; reply first"
            )
        return (Closed(at=now, by=by, stage=stage, reason=Content.of(self.reason.strip() or "settled")),)


@frozen(kw_only=True)
class Reopen(Action):
    """Work on it again."""

    name: ClassVar[str] = "reopen"
    help: ClassVar[str] = "work on it again: new facts, a failed remedy, a dispute"
    reason: str = asked("what is new")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Start fresh clocks from now; earlier breaches stay on file."""
        reason = required(case.reference, self.name, "reason", self.reason)
        clocks = tuple(clock for clock in terms.clocks(case, now) if clock.kind != "acknowledgement")
        return (Reopened(at=now, by=by, stage=stage, reason=Content.of(reason), clocks=clocks),)


@frozen(kw_only=True)
class Withdraw(Action):
    """Record that the complainant took it back."""

    name: ClassVar[str] = "withdraw"
    help: ClassVar[str] = "record that the complainant took it back"
    evidence: str = asked("how and when the complainant said so")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Keep the evidence."""
        evidence = required(case.reference, self.name, "evidence", self.evidence)
        return (Withdrawn(at=now, by=by, stage=stage, evidence=Content.of(evidence)),)
