"""Actions of the decision: release or send back, settle, close, open again, take back."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.competence import looks_of, sending, told
from complaintkit.case.actions.drafting import enclosures_of, released, used
from complaintkit.case.actions.learning import planned
from complaintkit.case.actions.outstanding import blocked, looked
from complaintkit.case.actions.promises import from_remedies
from complaintkit.case.actions.reviews import partial
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Closed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import ONCE, Clock, Content
from complaintkit.case.responses import Enclosure
from complaintkit.case.reviews import Count, Why, round_of, time_left
from complaintkit.changing import evolve
from complaintkit.clocks.reckoning import Rest

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
    enclosures: tuple[str, ...] = asked(
        "other files than those proposed, where no approval is needed: SHA-256, then name", default=()
    )
    despite: str = asked("why it goes ahead although something is still open, such as a task", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what has to be done first, and who has to approve it and why."""
        why = (partial(case, actor.name, terms), blocked(case, cls.name, terms), sending(case, actor, terms))
        return "; ".join(filter(None, why))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Send it, exactly as it was approved, once all that has to be done before is done."""
        ahead = looked(ask, self.despite)
        text = self._text(ask)
        responded = Responded(
            at=ask.now, by=ask.by, stage=ask.stage, text=text, used=used(ask, ask.case),
            response=released(ask, ask.case, text, self._files(ask)),
            clocks=ask.terms.after.response(ask.case, ask.now),
            final=round_of(ask.case) >= ask.terms.after.rounds,
        )  # fmt: skip
        return (*ahead, responded, *from_remedies(ask.case.apply(responded), ask.terms, ask.now, ask.by))

    def _text(self, ask: Asked) -> Content:
        """Return the words that go out; other words than the approved ones would need another approval."""
        text = self.text.strip() or str(ask.case.proposal or "")
        if ask.case.proposal and text == str(ask.case.proposal):
            return ask.case.proposal
        if looks := looks_of(ask.case, ask.terms, ask.actor):
            raise ask.refuse(f"these words nobody has approved; send_back and propose them: {told(looks)}")
        return Content.of(ask.words("text", text))

    def _files(self, ask: Asked) -> tuple[Enclosure, ...]:
        """Return the files that go with it: what was approved was approved with them."""
        proposed = ask.case.handling.draft.enclosures if ask.case.handling.draft else ()
        files = enclosures_of(ask, self.enclosures)
        if not files or _listed(files) == _listed(proposed):
            return proposed
        if looks := looks_of(ask.case, ask.terms, ask.actor):
            raise ask.refuse(f"these files nobody has approved; send_back and propose with them: {told(looks)}")
        return files


def _listed(files: tuple[Enclosure, ...]) -> tuple[tuple[str, str], ...]:
    # The digest of a sealed name is another one each time it is sealed.
    return tuple((one.digest, str(one.name or "")) for one in files)


@frozen(kw_only=True)
class Resolve(Action):
    """Record that the matter is settled."""

    name: ClassVar[str] = "resolve"
    help: ClassVar[str] = "record that the complainant accepted, or that the time to object ran out"
    accepted: str = asked("accepted or lapsed", choices=TAKEN, default="accepted")
    evidence: str = asked("how and when: said so on the telephone, wrote on ..., no word since ...")
    despite: str = asked("why it goes ahead although something is still open, such as a task", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what has to be done first, and that whoever is under review does not settle it."""
        return "; ".join(filter(None, (partial(case, actor.name, terms), blocked(case, cls.name, terms))))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence; silence settles nothing before there was a response."""
        evidence = ask.need("evidence", self.evidence)
        ask.one_of("accepted", self.accepted, TAKEN)
        if self.accepted == "lapsed" and ask.case.stage is not Stage.RESPONDED:
            raise ask.refuse("nothing can lapse before there was a response; respond first")
        if self.accepted == "lapsed" and ask.case.unanswered_since:
            raise ask.refuse("the complainant has not been silent; reply first")
        if self.accepted == "lapsed" and (left := time_left(ask.case, ask.now)):
            raise ask.refuse(f"the complainant has until {left:%Y-%m-%d %H:%M} UTC to object; then it lapses by itself")
        ahead = looked(ask, self.despite)
        resolved = Resolved(
            at=ask.now, by=ask.by, stage=ask.stage, accepted=self.accepted, evidence=Content.of(evidence),
            clocks=ask.terms.after.resolution(ask.case, ask.now),
        )  # fmt: skip
        return (*ahead, resolved, *from_remedies(ask.case.apply(resolved), ask.terms, ask.now, ask.by))


@frozen(kw_only=True)
class Close(Action):
    """Close the case after a last look."""

    name: ClassVar[str] = "close"
    help: ClassVar[str] = "close it after a last look"
    reason: str = asked("what the last look showed", default="settled")
    despite: str = asked("why it goes ahead although something is still open, such as a task", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what has to be done first; never is it closed while the complainant's last message is unanswered."""
        wrote = case.unanswered_since
        unanswered = f"the complainant wrote on {wrote:%Y-%m-%d %H:%M}; reply first" if wrote else ""
        return "; ".join(filter(None, (unanswered, blocked(case, cls.name, terms))))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Close; have the causes found later, where nobody has looked for them."""
        ahead = looked(ask, self.despite)
        closed = Closed(
            at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(self.reason.strip() or "settled"),
            clocks=ask.terms.after.ending(ask.case, ask.stage, ask.now),
        )  # fmt: skip
        return (*ahead, closed, *planned(ask))


@frozen(kw_only=True)
class Reopen(Action):
    """Work on it again."""

    name: ClassVar[str] = "reopen"
    help: ClassVar[str] = "work on it again: new facts, a failed remedy, a dispute"
    reason: str = asked("what is new")
    why: str = asked("what kind of reason", choices=tuple(Why), default=Why.NEW_FACTS.value)
    count: str = asked(
        "how time counts: fresh from now (after an answer only), continued, or continued without the time it rested; "
        "by default fresh after an answer, else continued",
        choices=tuple(Count), default="",
    )  # fmt: skip

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start clocks as chosen; earlier breaches stay on file. An objection is no new work for the same person."""
        reason = ask.need("reason", self.reason)
        if ask.one_of("why", self.why, tuple(Why)) == Why.DISPUTE and ask.case.settlement.positions:
            raise ask.refuse("an answer has gone out: dispute it, and somebody who had no part in it looks again")
        answered = ask.case.responded_at or ask.case.resolved_at
        usual = Count.FRESH if answered else Count.CONTINUED
        count = Count(ask.one_of("count", self.count.strip() or usual, tuple(Count)))
        if count is Count.FRESH and not answered:
            raise ask.refuse("it never had an answer, so its time goes on from where it stood; say continued")
        return (
            Reopened(
                at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(reason), count=count,
                why=Why(ask.one_of("why", self.why, tuple(Why))), clocks=going_on(ask.case, ask.terms, ask.now, count),
            ),
        )  # fmt: skip


def going_on(case: Complaint, terms: Terms, now: datetime, count: Count) -> tuple[Clock, ...]:
    """Return the clocks of a case that is opened again; what was not kept yet may go on from where it stood.

    Args:
        case: The case as it ended.
        terms: The rules.
        now: When it is opened again.
        count: How time counts.
    """
    fresh = (clock for clock in terms.clocks(case, now) if clock.kind not in ONCE)
    return tuple(clock if count is Count.FRESH else _gone_on(case, clock, terms, now, count) for clock in fresh)


def _gone_on(case: Complaint, clock: Clock, terms: Terms, now: datetime, count: Count) -> Clock:
    """Return a clock that goes on from where the one before it stood, by the same promise and with what happened to it.

    Where another standard holds by now it goes on under that one. Nobody is called twice for the same promise: the
    steps that were taken are in its history. A breach stays with the clock that was broken.
    """
    before = case.latest(clock.kind, clock.rules)
    if before is None or (before.met_at and clock.kind != "final_response"):
        return clock
    end = before.met_at or before.ended_at or now
    # What others set does not stand still because the case had ended.
    until = now if count is Count.WITHOUT_GAP and not clock.rules else end
    since = before.paused_at or end
    rests = (Rest(since, until),) if until > since else ()
    gone_on = evolve(
        before, name=clock.name, met_at=None, ended_at=None, paused_at=None, overdue=False, level=0, next_level_at=None,
        broken_at=None, due_at=before.due_at - before.stood + (until - since),
        history=evolve(before.history, rests=before.history.rests + rests),
    )  # fmt: skip
    if clock.standard.rpartition(" (")[0] != before.standard.rpartition(" (")[0]:
        gone_on = evolve(gone_on.under(evolve(clock, started_at=before.started_at), now), broken_at=None)
    return terms.reckoned(gone_on)


@frozen(kw_only=True)
class Withdraw(Action):
    """Record that the complainant took it back."""

    name: ClassVar[str] = "withdraw"
    help: ClassVar[str] = "record that the complainant took it back"
    evidence: str = asked("how and when the complainant said so")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that whoever is under review does not end the review on somebody's word."""
        return partial(case, actor.name, terms)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence."""
        evidence = ask.need("evidence", self.evidence)
        withdrawn = Withdrawn(
            at=ask.now, by=ask.by, stage=ask.stage, evidence=Content.of(evidence),
            clocks=ask.terms.after.ending(ask.case, ask.stage, ask.now),
        )  # fmt: skip
        return (withdrawn, *planned(ask))
