"""Actions of promises: make one, keep it, move it, call it off; say why it takes longer; ask later how things are."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actions.surveys import filed
from complaintkit.case.actor import Actor
from complaintkit.case.commitments import (
    COMMITMENT,
    INTERIM,
    Commitment,
    CommitmentKind,
    commitment_of,
    open_commitments,
)
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CommitmentCancelled,
    CommitmentKept,
    CommitmentMoved,
    FollowedUp,
    Held,
    Promised,
    RemedyDelivered,
)
from complaintkit.case.money import Money
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.case.remedies import remedy_of

AGREED: Final = "agreed"
NOTICE: Final = "notice"
CONTENT: Final = "content"
NOT_REACHED: Final = "not_reached"
_FOUND: Final = (CONTENT, "not_content", NOT_REACHED)
# A remedy is promised by the response that offers it, and so within somebody's limits; nobody promises one by hand.
_MADE: Final = (CommitmentKind.ACTION, CommitmentKind.INFORMATION, CommitmentKind.CONTACT)


def promised(
    case: Complaint, terms: Terms, now: datetime, by: str, kind: CommitmentKind, text: str, *,
    who: str = "", due: datetime | None = None, remedy: str = "", confirmed: bool = False,
) -> Promised:  # fmt: skip
    """Return the entry of a new promise, with its clock.

    Args:
        case: The case as it stands.
        terms: The policy; says until when where nobody does.
        now: When it is made.
        by: Who makes it.
        kind: What is promised.
        text: In words.
        who: Who sees to it; empty for the owner.
        due: Until when.
        remedy: Name of the remedy that it delivers.
        confirmed: Whether the complainant gets it in writing.
    """
    name = next_name(COMMITMENT, case.settlement.commitments)
    until = due or terms.after.promise_due(kind, now)
    clock = terms.clock_until(COMMITMENT, case, now, until, name=name, who=who)
    return Promised(
        at=now, by=by, name=name, promise=kind, text=Content.of(text), who=who, due_at=until, clocks=(clock,),
        remedy=remedy, confirmed=confirmed,
    )  # fmt: skip


def from_remedies(case: Complaint, terms: Terms, now: datetime, by: str) -> tuple[Entry, ...]:
    """Return the promises that follow from the remedies the complainant was just told of and still waits for.

    Args:
        case: The case after the response.
        terms: The policy.
        now: When the response went out.
        by: Who sent it.
    """
    entries: list[Entry] = []
    tracked = {one.remedy for one in case.settlement.commitments}
    for remedy in case.settlement.remedies:
        if remedy.outstanding and remedy.name not in tracked:
            text = f"{remedy.name}: {remedy}"
            entry = promised(case, terms, now, by, CommitmentKind.REMEDY, text, remedy=remedy.name)
            entries.append(entry)
            case = case.apply(entry)
    return tuple(entries)


def meeting(ask: Asked, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries about remedies, with what they mean for the promises to deliver them: kept, or called off."""
    case: Complaint = ask.case.apply_all(entries)
    more: list[Entry] = []
    for one in open_commitments(case):
        remedy = remedy_of(case, one.remedy)
        if remedy is None:
            continue
        if remedy.done:
            evidence = remedy.evidence or Content.of(f"{remedy.name} delivered")
            more.append(CommitmentKept(at=ask.now, by=ask.by, name=one.name, evidence=evidence))
        elif not remedy.counts:
            because = Content.of(f"the complainant does not want {remedy.name}")
            more.append(CommitmentCancelled(at=ask.now, by=ask.by, name=one.name, evidence=because))
    return (*entries, *more)


def _open(ask: Asked, name: str) -> Commitment:
    known = tuple(one.name for one in ask.case.settlement.commitments)
    found = commitment_of(ask.case, ask.one_of("commitment", name.strip().casefold(), known))
    assert found is not None
    if why := _settled(found):
        raise ask.refuse(why)
    return found


def _settled(one: Commitment) -> str:
    when = f" on {one.settled_at:%Y-%m-%d}" if one.settled_at else ""
    return "" if one.open else f"{one.name} was {one.state}{when}; nothing is owed on it any more"


@frozen(kw_only=True)
class Promise(Action):
    """Promise the complainant something; it is followed up until it is done, also after the case is closed."""

    name: ClassVar[str] = "promise"
    help: ClassVar[str] = "promise the complainant something, by a date; followed up until it is done"
    what: str = asked("what is promised")
    kind: str = asked("what kind of promise", choices=_MADE, default=CommitmentKind.ACTION.value)
    until: datetime | None = asked("by when, with time zone; by default as the policy says", default=None)
    who: str = asked("who sees to it: a person or a role; empty for the owner", default="")
    confirm: bool = asked("whether the complainant gets it in writing", default=False)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Make it, and start its clock."""
        what = (ask.words if self.confirm else ask.need)("what", self.what)
        if self.kind == CommitmentKind.REMEDY:
            raise ask.refuse("a remedy is promised by the answer that gives it: offer_remedy, then propose and respond")
        kind = CommitmentKind(ask.one_of("kind", self.kind, _MADE))
        who = self.who.strip()
        if who and ask.case.concerns(who):
            raise ask.refuse(f"the complaint is about {who}; name somebody else")
        due = ask.ahead("until", self.until) if self.until else None
        return (
            promised(
                ask.case, ask.terms, ask.now, ask.by, kind, what, who=who, due=due, confirmed=self.confirm
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class RequestContact(Action):
    """Record that the complainant wants to be contacted; that is a promise with a date from then on."""

    name: ClassVar[str] = "request_contact"
    help: ClassVar[str] = "record that the complainant asks to be contacted; somebody then owes it by a date"
    what: str = asked("what about, and how the complainant is best reached", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it is owed already; once is enough."""
        for one in open_commitments(case):
            if one.kind is CommitmentKind.CONTACT:
                return f"contact is promised until {one.due_at:%Y-%m-%d %H:%M} UTC already ({one.name})"
        return ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Owe it."""
        text = self.what.strip() or "the complainant asks to be contacted"
        return (promised(ask.case, ask.terms, ask.now, ask.by, CommitmentKind.CONTACT, text),)


@frozen(kw_only=True)
class Keep(Action):
    """Record that what was promised was done."""

    name: ClassVar[str] = "keep"
    help: ClassVar[str] = "record that a promise was kept, with what shows it"
    commitment: str = asked("name of the commitment", of="commitment")
    evidence: str = asked("what shows it: who called whom when, number of the transfer ...")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is owed."""
        return none_will_do(map(_settled, case.settlement.commitments))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence; a remedy that was promised has arrived by that, too."""
        evidence = Content.of(ask.need("evidence", self.evidence))
        one = _open(ask, self.commitment)
        kept = CommitmentKept(at=ask.now, by=ask.by, name=one.name, evidence=evidence)
        remedy = remedy_of(ask.case, one.remedy)
        if remedy is None or remedy.done:
            return (kept,)
        before = remedy.delivered.amount if remedy.delivered else Decimal(0)
        rest = Money(remedy.due.amount - before, remedy.due.currency) if remedy.due else None
        delivered = RemedyDelivered(
            at=ask.now, by=ask.by, remedy=remedy.name, amount=rest, delivered=remedy.due, evidence=evidence
        )
        return (delivered, kept)


@frozen(kw_only=True)
class MoveCommitment(Action):
    """Give a promise another date: agreed with the complainant, or told to them before the old one has passed."""

    name: ClassVar[str] = "move_commitment"
    help: ClassVar[str] = "give a promise another date, agreed with the complainant or told before the old one"
    commitment: str = asked("name of the commitment", of="commitment")
    until: datetime = asked("the new date, with time zone")
    how: str = asked("agreed (the complainant said yes), or notice (they are told now)", choices=(AGREED, NOTICE))
    reason: str = asked("agreed: how and when they said so; notice: why it takes longer, in words to the complainant")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is owed."""
        return none_will_do(map(_settled, case.settlement.commitments))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start another clock; a date that has passed is broken, and only the complainant can agree to another."""
        how = ask.one_of("how", self.how, (AGREED, NOTICE))
        reason = (ask.words if how == NOTICE else ask.need)("reason", self.reason)
        one = _open(ask, self.commitment)
        until = ask.ahead("until", self.until)
        if how == NOTICE and ask.now > one.due_at:
            raise ask.refuse(
                f"{one.name} was due on {one.due_at:%Y-%m-%d %H:%M} UTC: it is broken. Speak to the complainant, "
                "and move it as agreed"
            )
        name = f"{one.name}-{one.moved + 2}"
        clock = ask.terms.clock_until(COMMITMENT, ask.case, ask.now, until, name=name, who=one.who)
        return (
            CommitmentMoved(
                at=ask.now, by=ask.by, name=one.name, due_at=until, how=how, reason=Content.of(reason),
                clocks=(clock,),
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class CancelCommitment(Action):
    """Call a promise off, as agreed with the complainant."""

    name: ClassVar[str] = "cancel_commitment"
    help: ClassVar[str] = "call a promise off, as agreed with the complainant"
    commitment: str = asked("name of the commitment", of="commitment")
    evidence: str = asked("how and when the complainant agreed")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is owed."""
        return none_will_do(map(_settled, case.settlement.commitments))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence; nobody calls a promise off alone."""
        evidence = Content.of(ask.need("evidence", self.evidence))
        one = _open(ask, self.commitment)
        return (CommitmentCancelled(at=ask.now, by=ask.by, name=one.name, evidence=evidence),)


@frozen(kw_only=True)
class Hold(Action):
    """Tell the complainant why there is no answer yet, and by when there will be one."""

    name: ClassVar[str] = "hold"
    help: ClassVar[str] = "tell the complainant why there is no answer yet, and by when there will be one"
    text: str = asked("where it stands and why it takes longer, in words to the complainant")
    until: datetime = asked("by when they have an answer, with time zone; that is a promise")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Promise the date; the final response stays due when it was."""
        text, until = ask.words("text", self.text), ask.ahead("until", self.until)
        clock = ask.terms.clock_until(INTERIM, ask.case, ask.now, until)
        return (
            Held(at=ask.now, by=ask.by, stage=ask.stage, text=Content.of(text), until=until, clocks=(clock,)),
        )  # fmt: skip


@frozen(kw_only=True)
class FollowUp(Action):
    """Record that somebody asked the complainant after the answer how things are."""

    name: ClassVar[str] = "follow_up"
    help: ClassVar[str] = "record that the complainant was asked, after the answer, how things are"
    result: str = asked("how the complainant sees it, or that nobody was reached", choices=_FOUND)
    text: str = asked("what the complainant said", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it. Who is not content leaves a finding: somebody has to offer a review, or open the case again."""
        result = ask.one_of("result", self.result, _FOUND)
        if result == NOT_REACHED:
            again = ask.terms.after.contact(ask.case, ask.now)
            return (
                FollowedUp(at=ask.now, by=ask.by, reached=False, text=Content.maybe(self.text), clocks=again),
            )  # fmt: skip
        happy = result == CONTENT
        text = Content.maybe(self.text) if happy else Content.of(ask.need("text", self.text))
        asked_ = FollowedUp(at=ask.now, by=ask.by, reached=True, content=happy, text=text)
        if happy:
            return (asked_,)
        return (asked_, filed(ask, ask.case, "not_content", text))
