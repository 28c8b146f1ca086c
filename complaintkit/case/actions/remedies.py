"""Actions of remedies: what the complainant is to get, whether it was taken, and that it arrived."""

from decimal import Decimal
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actions.competence import requests, roles_of
from complaintkit.case.actions.promises import meeting
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import RemedyChanged, RemedyDelivered, RemedyDropped, RemedyPlanned, RemedyTaken
from complaintkit.case.lifecycle import Stage
from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.case.remedies import MONEY_TYPES, Remedy, RemedyType, next_remedy, remedy_of

TAKEN: Final = ("accepted", "declined")


def money_of(ask: Asked, amount: Decimal | None, currency: str) -> Money | None:
    """Return an amount with its currency; `None` where there is no amount.

    Raises:
        NotAllowed: One of the two is missing, or is none.
    """
    if amount is None:
        if currency.strip():
            raise ask.refuse(f"{currency.strip()} of how much? it needs an amount")
        return None
    if not currency.strip():
        raise ask.refuse(f"{amount} of which currency? it needs a code of three letters, such as EUR, RUB, PHP")
    try:
        return Money.of(amount, currency)
    except ValueError as error:
        raise ask.refuse(str(error)) from None


def no_figure(ask: Asked, words: str) -> None:
    """Refuse a figure in the words of a remedy that has no amount: it would be held against nobody's limit.

    Raises:
        NotAllowed: There is one; the text says where it belongs.
    """
    if any(sign.isnumeric() for sign in words):
        kinds = ", ".join(sorted(MONEY_TYPES))
        raise ask.refuse(
            f"{words!r} names a figure: give what it is worth as amount and currency, and where that is money, "
            f"the kind of remedy: {kinds}"
        )


def point_for(ask: Asked, name: str) -> str:
    """Return the name of a point as it is kept; empty for the whole complaint.

    Raises:
        NotAllowed: There is no such point.
    """
    known = tuple(point.name for point in ask.case.matter.points)
    return ask.one_of("point", name.strip().casefold(), known) if name.strip() else ""


def asking_again(ask: Asked, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries that change what a draft gives, with the requests for what it needs from now on."""
    if ask.case.stage is not Stage.DECISION_PENDING:
        return entries
    case: Complaint = ask.case.apply_all(entries)
    return (*entries, *requests(ask, case))


def _remedy(ask: Asked, name: str) -> Remedy:
    known = tuple(one.name for one in ask.case.settlement.remedies)
    found = remedy_of(ask.case, ask.one_of("remedy", name.strip().casefold(), known))
    assert found is not None
    return found


def _planned(ask: Asked, name: str) -> Remedy:
    one = _remedy(ask, name)
    if why := _no_plan(one):
        raise ask.refuse(why)
    return one


def _no_plan(one: Remedy) -> str:
    if one.offered_at:
        return f"{one.name} was offered on {one.offered_at:%Y-%m-%d}; what was said cannot be unsaid"
    return "" if one.planned else f"{one.name} was given up; plan another one"


def _told(ask: Asked, name: str) -> Remedy:
    one = _remedy(ask, name)
    if why := _untold(one):
        raise ask.refuse(why)
    return one


def _untold(one: Remedy) -> str:
    if one.dropped_at:
        return f"{one.name} was given up on {one.dropped_at:%Y-%m-%d}"
    if one.offered_at is None:
        return f"the complainant has not been told of {one.name} yet; it goes out with the response"
    if one.declined_at:
        return f"the complainant declined {one.name} on {one.declined_at:%Y-%m-%d}; plan another one"
    return ""


def _arrived(one: Remedy) -> str:
    return f"all of {one.name} has arrived; what is more has to be offered first" if one.done and one.due else ""


@frozen(kw_only=True)
class OfferRemedy(Action):
    """Plan what the complainant gets; it is told with the next response, once that may go out."""

    name: ClassVar[str] = "offer_remedy"
    help: ClassVar[str] = "plan a remedy; the complainant is told of it with the next response"
    type: str = asked("what kind", choices=tuple(RemedyType))
    amount: Decimal | None = asked("what it is worth; money without an amount is within nobody's limit", default=None)
    currency: str = asked("its currency, such as EUR, RUB, PHP", default="")
    point: str = asked("name of the point it is for; empty for the whole complaint", of="point", default="")
    legal_basis: str = asked("the rule that asks for it; empty where it is given freely", default="")
    reason: str = asked("why, or what it is in words", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Plan it; a draft that was approved without it has to be approved anew."""
        type_ = RemedyType(ask.one_of("type", self.type, tuple(RemedyType)))
        if type_ is RemedyType.OTHER and self.amount is None:
            no_figure(ask, self.reason)
        planned = RemedyPlanned(
            at=ask.now,
            by=ask.by,
            remedy=next_remedy(ask.case),
            type=type_,
            amount=money_of(ask, self.amount, self.currency),
            point=point_for(ask, self.point),
            legal_basis=Content.maybe(self.legal_basis),
            reason=Content.maybe(self.reason),
            roles=roles_of(ask),
        )
        return asking_again(ask, (planned,))


@frozen(kw_only=True)
class ChangeRemedy(Action):
    """Give a planned remedy another amount."""

    name: ClassVar[str] = "change_remedy"
    help: ClassVar[str] = "give a planned remedy another amount; a draft then has to be approved anew"
    remedy: str = asked("name of the remedy", of="remedy")
    amount: Decimal | None = asked("what it is worth; empty for not known", default=None)
    currency: str = asked("its currency; empty for the one it has", default="")
    reason: str = asked("why")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that none is planned."""
        return none_will_do(map(_no_plan, case.settlement.remedies))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Change it, as long as the complainant has not been told."""
        reason = ask.need("reason", self.reason)
        one = _planned(ask, self.remedy)
        currency = self.currency or (one.amount.currency if one.amount and self.amount is not None else "")
        amount = money_of(ask, self.amount, currency)
        if amount == one.amount:
            raise ask.refuse(f"{one.name} is {one} already")
        changed = RemedyChanged(
            at=ask.now, by=ask.by, remedy=one.name, amount=amount, reason=Content.of(reason), roles=roles_of(ask)
        )  # fmt: skip
        return asking_again(ask, (changed,))


@frozen(kw_only=True)
class DropRemedy(Action):
    """Give up a planned remedy."""

    name: ClassVar[str] = "drop_remedy"
    help: ClassVar[str] = "give up a planned remedy of which the complainant has not been told"
    remedy: str = asked("name of the remedy", of="remedy")
    reason: str = asked("why")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that none is planned."""
        return none_will_do(map(_no_plan, case.settlement.remedies))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Drop it."""
        reason = ask.need("reason", self.reason)
        one = _planned(ask, self.remedy)
        return asking_again(
            ask, (RemedyDropped(at=ask.now, by=ask.by, remedy=one.name, reason=Content.of(reason)),)
        )  # fmt: skip


@frozen(kw_only=True)
class AnswerRemedy(Action):
    """Record whether the complainant took what was offered."""

    name: ClassVar[str] = "answer_remedy"
    help: ClassVar[str] = "record that the complainant accepted a remedy, in whole or in part, or declined it"
    remedy: str = asked("name of the remedy", of="remedy")
    taken: str = asked("accepted or declined", choices=TAKEN, default="accepted")
    amount: Decimal | None = asked("how much of it, where it is less than was offered", default=None)
    evidence: str = asked("how and when the complainant said so")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing was offered."""
        return none_will_do(map(_untold, case.settlement.remedies))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it; nobody can take more than was offered, or decline what has arrived."""
        evidence = ask.need("evidence", self.evidence)
        taken = ask.one_of("taken", self.taken, TAKEN)
        one = _told(ask, self.remedy)
        if taken == "declined" and one.delivered:
            raise ask.refuse(f"{one.delivered} of {one.name} has arrived; what was received was not declined")
        told = RemedyTaken(
            at=ask.now, by=ask.by, remedy=one.name, taken=taken,
            amount=_within(ask, one, self.amount) if taken == "accepted" else None, evidence=Content.of(evidence),
        )  # fmt: skip
        return meeting(ask, (told,))


@frozen(kw_only=True)
class DeliverRemedy(Action):
    """Record that a remedy arrived, or a part of it."""

    name: ClassVar[str] = "deliver_remedy"
    help: ClassVar[str] = "record that a remedy, or a part of it, has reached the complainant"
    remedy: str = asked("name of the remedy", of="remedy")
    amount: Decimal | None = asked("how much arrived; empty for all that was still to come", default=None)
    evidence: str = asked("what shows it: number of the transfer, of the parcel, who handed it over when")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that nothing is on its way."""
        return none_will_do(_untold(one) or _arrived(one) for one in case.settlement.remedies)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it; no more can arrive than was offered."""
        evidence = ask.need("evidence", self.evidence)
        one = _told(ask, self.remedy)
        if why := _arrived(one):
            raise ask.refuse(why)
        before = one.delivered.amount if one.delivered else Decimal(0)
        arrived = self._arrived(ask, one, before)
        delivered = Money(before + arrived.amount, arrived.currency) if arrived else None
        arrival = RemedyDelivered(
            at=ask.now, by=ask.by, remedy=one.name, amount=arrived, delivered=delivered, evidence=Content.of(evidence)
        )
        return meeting(ask, (arrival,))

    def _arrived(self, ask: Asked, one: Remedy, before: Decimal) -> Money | None:
        if one.due is None:
            if self.amount is not None:
                raise ask.refuse(f"{one.name} was offered without an amount; leave it out")
            return None
        if self.amount is None:
            return Money(one.due.amount - before, one.due.currency)
        amount = money_of(ask, self.amount, one.due.currency)
        if amount and before + amount.amount > one.due.amount:
            raise ask.refuse(f"{one.name} is {one.due}, of which {before} has arrived; {amount} would be too much")
        return amount


def _within(ask: Asked, one: Remedy, amount: Decimal | None) -> Money | None:
    """Return a part of a remedy; `None` for all of it."""
    if amount is None:
        return None
    if one.due is None:
        raise ask.refuse(f"{one.name} was offered without an amount; leave it out")
    part = money_of(ask, amount, one.due.currency)
    if part and part.amount > one.due.amount:
        # What was not taken has made room within the limits, and may be given otherwise by now.
        raise ask.refuse(f"{one.name} is {one.due}; for more than that, plan another remedy")
    if part and one.delivered and part.amount < one.delivered.amount:
        raise ask.refuse(f"{one.delivered} of {one.name} has arrived already")
    return part
