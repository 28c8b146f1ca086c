"""Actions of the decision: propose, release or send back, settle, close, open again, take back."""

from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import Closed, Proposed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Outcome

TAKEN: Final = ("accepted", "lapsed")


@frozen(kw_only=True)
class Propose(Action):
    """Draft the decision and the words of the response."""

    name: ClassVar[str] = "propose"
    help: ClassVar[str] = "draft the decision and the response"
    outcome: str = asked("upheld, partly_upheld or not_upheld", choices=tuple(Outcome))
    remedy: str = asked("what the complainant gets: apology, repair, refund ...; empty for none", default="")
    text: str = asked("the words of the response, with the reasons")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the draft."""
        text = ask.need("text", self.text)
        outcome = Outcome(ask.one_of("outcome", self.outcome, tuple(Outcome)))
        if not ask.case.category:
            raise ask.refuse("it needs a category first; assess it")
        return (
            Proposed(
                at=ask.now,
                by=ask.by,
                stage=ask.stage,
                outcome=outcome,
                remedy=self.remedy.strip(),
                text=Content.of(text),
            ),
        )


@frozen(kw_only=True)
class SendBack(Action):
    """Send the draft back."""

    name: ClassVar[str] = "send_back"
    help: ClassVar[str] = "send the draft back, with the reason"
    reason: str = asked("what is missing")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason."""
        reason = ask.need("reason", self.reason)
        return (SentBack(at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(reason)),)


@frozen(kw_only=True)
class Respond(Action):
    """Send the final response: the proposed words, or these."""

    name: ClassVar[str] = "respond"
    help: ClassVar[str] = "send the final response as proposed, or with other words"
    text: str = asked("other words than those proposed; empty sends the proposal", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Send it."""
        text = self.text.strip() or str(ask.case.proposal or "")
        return (Responded(at=ask.now, by=ask.by, stage=ask.stage, text=Content.of(ask.need("text", text))),)


@frozen(kw_only=True)
class Resolve(Action):
    """Record that the matter is settled."""

    name: ClassVar[str] = "resolve"
    help: ClassVar[str] = "record that the complainant accepted, or that the time to object ran out"
    accepted: str = asked("accepted or lapsed", choices=TAKEN, default="accepted")
    evidence: str = asked("how and when: said so on the telephone, wrote on ..., no word since ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence; silence settles nothing before there was a response."""
        evidence = ask.need("evidence", self.evidence)
        ask.one_of("accepted", self.accepted, TAKEN)
        if self.accepted == "lapsed" and ask.case.stage is not Stage.RESPONDED:
            raise ask.refuse("nothing can lapse before there was a response; respond first")
        if self.accepted == "lapsed" and ask.case.unanswered_since:
            raise ask.refuse("the complainant has not been silent; reply first")
        return (
            Resolved(at=ask.now, by=ask.by, stage=ask.stage, accepted=self.accepted, evidence=Content.of(evidence)),
        )


@frozen(kw_only=True)
class Close(Action):
    """Close the case after a last look."""

    name: ClassVar[str] = "close"
    help: ClassVar[str] = "close it after a last look"
    reason: str = asked("what the last look showed", default="settled")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Close; never while the complainant's last message is unanswered."""
        if ask.case.unanswered_since:
            raise ask.refuse(f"the complainant wrote on {ask.case.unanswered_since:%Y-%m-%d %H:%M}; reply first")
        return (Closed(at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(self.reason.strip() or "settled")),)


@frozen(kw_only=True)
class Reopen(Action):
    """Work on it again."""

    name: ClassVar[str] = "reopen"
    help: ClassVar[str] = "work on it again: new facts, a failed remedy, a dispute"
    reason: str = asked("what is new")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start fresh clocks from now; earlier breaches stay on file."""
        reason = ask.need("reason", self.reason)
        clocks = tuple(clock for clock in ask.terms.clocks(ask.case, ask.now) if clock.kind != "acknowledgement")
        return (Reopened(at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(reason), clocks=clocks),)


@frozen(kw_only=True)
class Withdraw(Action):
    """Record that the complainant took it back."""

    name: ClassVar[str] = "withdraw"
    help: ClassVar[str] = "record that the complainant took it back"
    evidence: str = asked("how and when the complainant said so")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence."""
        evidence = ask.need("evidence", self.evidence)
        return (Withdrawn(at=ask.now, by=ask.by, stage=ask.stage, evidence=Content.of(evidence)),)
