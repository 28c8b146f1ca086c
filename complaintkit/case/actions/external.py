"""Actions of the external stage: a body outside takes the case up, is answered, decides; and of legal holds."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actions.promises import promised
from complaintkit.case.actions.remedies import money_of
from complaintkit.case.actor import Actor
from complaintkit.case.commitments import CommitmentKind
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    BodyAnswered,
    BodyAsked,
    BodyDecided,
    DisputeMarked,
    HoldPlaced,
    HoldReleased,
    ReferredOut,
)
from complaintkit.case.external import REFERRAL, BodyKind, Dispute, LegalHold, Referral, Result
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Clock, Content

_YES_NO: Final = ("yes", "no")
BROUGHT: Final = ("complainant", "organisation", "body")
# Whoever goes to court, or announces it, is a reason to keep everything.
_KEEPS: Final = frozenset({Dispute.PRE_TRIAL, Dispute.COURT})


def _referral(ask: Asked, name: str) -> Referral:
    known = tuple(one.name for one in ask.case.settlement.external)
    wanted = ask.one_of("external", name.strip().casefold(), known)
    found = next(one for one in ask.case.settlement.external if one.name == wanted)
    if why := _over(found):
        raise ask.refuse(why)
    return found


def _over(one: Referral) -> str:
    return "" if one.open else f"{one.body} has decided {one.name} already; refer_out begins another one"


def _clock(ask: Asked, name: str, until: datetime | None, who: str) -> tuple[Clock, ...]:
    if until is None:
        return ask.terms.clock(REFERRAL, ask.case, ask.now, name=name, who=who)
    if until.tzinfo is None:
        raise ask.refuse("the date needs a time zone")
    return (ask.terms.clock_until(REFERRAL, ask.case, ask.now, until, name=name, who=who),)


def _hold(ask: Asked, reason: str) -> HoldPlaced:
    name = next_name("hold", ask.case.settlement.holds)
    return HoldPlaced(at=ask.now, by=ask.by, name=name, reason=Content.of(reason))


@frozen(kw_only=True)
class ReferOut(Action):
    """Record that a body outside the organisation has taken the case up."""

    name: ClassVar[str] = "refer_out"
    help: ClassVar[str] = "record that an ombudsman, a regulator, a court or the like has taken the case up"
    body: str = asked("which one: its name, or its code in the policy")
    kind: str = asked("what kind; empty for a body of the policy", choices=("", *BodyKind), default="")
    by_whom: str = asked("who brought it there", choices=BROUGHT, default="complainant")
    since: datetime | None = asked("since when it is there; by default now", default=None)
    number: str = asked("the body's own reference", default="")
    until: datetime | None = asked("by when it waits for us; by default as the policy says", default=None)
    who: str = asked("who answers it: a person or a role", default="legal")
    text: str = asked("what it wants from us", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it, with the date on which something is due there; a court also keeps everything from being erased."""
        known_kind, known_name = ask.terms.after.body(self.body)
        kind = BodyKind(ask.one_of("kind", self.kind or known_kind, tuple(BodyKind)))
        since = ask.behind("since", self.since or ask.now)
        name = next_name("external", ask.case.settlement.external)
        out = ReferredOut(
            at=ask.now, by=ask.by, name=name, body=known_name or ask.need("body", self.body), body_kind=kind,
            by_whom=ask.one_of("by_whom", self.by_whom, BROUGHT), since=since, number=Content.maybe(self.number),
            text=Content.maybe(self.text), clocks=_clock(ask, name, self.until, self.who.strip()),
        )  # fmt: skip
        if kind is BodyKind.COURT and not ask.case.legal_hold:
            return (out, _hold(ask, f"{name}: it is in court"))
        return (out,)


@frozen(kw_only=True)
class RecordExternalQuestion(Action):
    """Record that the body asks for something more."""

    name: ClassVar[str] = "record_external_question"
    help: ClassVar[str] = "record that a body outside asks for something more, by a date"
    external: str = asked("name of the referral", of="external")
    text: str = asked("what it asks for")
    until: datetime = asked("by when, with time zone")
    who: str = asked("who answers it: a person or a role", default="legal")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no body has it."""
        return none_will_do(map(_over, case.settlement.external))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start another clock."""
        found, text = _referral(ask, self.external), ask.need("text", self.text)
        before = sum(one.name == found.name or one.name.startswith(f"{found.name}-") for one in ask.case.clocks)
        clocks = _clock(ask, f"{found.name}-{before + 1}" if before else found.name, self.until, self.who.strip())
        return (
            BodyAsked(
                at=ask.now, by=ask.by, name=found.name, text=Content.of(text), due_at=self.until, clocks=clocks
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class AnswerExternal(Action):
    """Record what the body was sent."""

    name: ClassVar[str] = "answer_external"
    help: ClassVar[str] = "record what a body outside was sent, and when"
    external: str = asked("name of the referral", of="external")
    text: str = asked("what was sent, with the list of what was enclosed")
    sent: datetime | None = asked("when; by default now", default=None)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no body has it."""
        return none_will_do(map(_over, case.settlement.external))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Stop what was due to it."""
        found, text = _referral(ask, self.external), ask.need("text", self.text)
        sent = ask.behind("sent", self.sent or ask.now)
        if sent < found.since:
            raise ask.refuse(f"sent cannot be before {found.since:%Y-%m-%d %H:%M} UTC, when the body took the case up")
        return (BodyAnswered(at=ask.now, by=ask.by, name=found.name, text=Content.of(text), sent_at=sent),)


@frozen(kw_only=True)
class RecordExternalResult(Action):
    """Record how the body decided."""

    name: ClassVar[str] = "record_external_result"
    help: ClassVar[str] = "record how a body outside decided, what it changed for the complainant, and what you learn"
    external: str = asked("name of the referral", of="external")
    result: str = asked("how it decided", choices=tuple(Result))
    changed: str = asked("whether the complainant gets something else than by your last answer", choices=_YES_NO)
    text: str = asked("the decision in words")
    amount: Decimal | None = asked("what the complainant gets by it", default=None)
    currency: str = asked("its currency, such as EUR, RUB, PHP", default="")
    until: datetime | None = asked("by when that has to be paid; by default as the policy says", default=None)
    lessons: str = asked("what you learn from it", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no body has it."""
        return none_will_do(map(_over, case.settlement.external))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it as the outcome outside; what is to be paid becomes a promise with a date."""
        found, text = _referral(ask, self.external), ask.need("text", self.text)
        award = money_of(ask, self.amount, self.currency)
        if self.until is not None:
            ask.ahead("until", self.until)
        decided = BodyDecided(
            at=ask.now,
            by=ask.by,
            name=found.name,
            result=Result(ask.one_of("result", self.result, tuple(Result))),
            changed=ask.one_of("changed", self.changed, _YES_NO) == "yes",
            text=Content.of(text),
            award=award,
            lessons=Content.maybe(self.lessons),
        )
        if award is None:
            return (decided,)
        words = f"{award}, by decision of {found.body} ({found.name})"
        owed = promised(ask.case, ask.terms, ask.now, ask.by, CommitmentKind.REMEDY, words, due=self.until)
        return (decided, owed)


@frozen(kw_only=True)
class MarkDispute(Action):
    """Record how far the matter has gone: inside, demanded before court, in court."""

    name: ClassVar[str] = "mark_dispute"
    help: ClassVar[str] = "record how far the matter has gone: inside, demanded before court, with a body, in court"
    standing: str = asked("how far", choices=tuple(Dispute))
    reason: str = asked("from what that is known: a letter of demand of ..., a claim served on ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Remember it; a demand before court and a court keep everything from being erased."""
        reason = ask.need("reason", self.reason)
        standing = Dispute(ask.one_of("standing", self.standing, tuple(Dispute)))
        if standing is ask.case.settlement.dispute:
            raise ask.refuse(f"it is {standing} already")
        marked = DisputeMarked(at=ask.now, by=ask.by, standing=standing, reason=Content.of(reason))
        if standing in _KEEPS and not ask.case.legal_hold:
            return (marked, _hold(ask, reason))
        return (marked,)


@frozen(kw_only=True)
class HoldLegally(Action):
    """Keep everything of the case from being erased."""

    name: ClassVar[str] = "hold_legally"
    help: ClassVar[str] = "keep everything of this case from being erased"
    reason: str = asked("why: a claim, an inquiry of an authority ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Place the hold; there may be several."""
        return (_hold(ask, ask.need("reason", self.reason)),)


def _released(one: LegalHold) -> str:
    return f"{one.name} was released on {one.released_at:%Y-%m-%d}" if one.released_at else ""


@frozen(kw_only=True)
class ReleaseHold(Action):
    """End a legal hold."""

    name: ClassVar[str] = "release_hold"
    help: ClassVar[str] = "end a legal hold"
    hold: str = asked("name of the hold", of="hold")
    reason: str = asked("why nothing has to be kept because of it any more")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that none stands."""
        return none_will_do(map(_released, case.settlement.holds))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End it; others stay."""
        reason = ask.need("reason", self.reason)
        known = {one.name: one for one in ask.case.settlement.holds}
        name = ask.one_of("hold", self.hold.strip().casefold(), tuple(known))
        if why := _released(known[name]):
            raise ask.refuse(why)
        return (HoldReleased(at=ask.now, by=ask.by, name=name, reason=Content.of(reason)),)
