"""Actions of the decision: release or send back, settle, close, open again, take back."""

from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.actions.competence import looks_of, open_looks, told
from complaintkit.case.actions.drafting import released, used
from complaintkit.case.actions.learning import planned
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import Closed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content

TAKEN: Final = ("accepted", "lapsed")


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
    help: ClassVar[str] = "send the final response as proposed, once it has the approvals it needs"
    text: str = asked("other words, where no approval is needed; empty sends the proposal", default="")
    enclosures: tuple[str, ...] = asked("a file that goes with it: its SHA-256, then its name", default=())

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Send it, exactly as it was approved."""
        text = self._text(ask)
        return (
            Responded(
                at=ask.now, by=ask.by, stage=ask.stage, text=text, used=used(ask, ask.case),
                response=released(ask, ask.case, text, self.enclosures),
            ),
        )  # fmt: skip

    def _text(self, ask: Asked) -> Content:
        """Return the words that go out; other words than the approved ones would need another approval."""
        if looks := open_looks(ask.case, ask.terms):
            raise ask.refuse(told(looks))
        text = self.text.strip() or str(ask.case.proposal or "")
        if ask.case.proposal and text == str(ask.case.proposal):
            return ask.case.proposal
        if looks := looks_of(ask.case, ask.terms):
            raise ask.refuse(f"these words nobody has approved; send_back and propose them: {told(looks)}")
        return Content.of(ask.need("text", text))


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
        closed = Closed(at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(self.reason.strip() or "settled"))
        return (closed, *planned(ask))


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
        withdrawn = Withdrawn(at=ask.now, by=ask.by, stage=ask.stage, evidence=Content.of(evidence))
        return (withdrawn, *planned(ask))
