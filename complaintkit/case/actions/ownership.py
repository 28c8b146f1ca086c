"""Actions of who is responsible: offer a case, take it over, decline, take the offer back; name staff it is about."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor, plain, same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Escalated,
    OfferDeclined,
    Offered,
    OfferTakenBack,
    OwnerReplaced,
    ResponsibleFound,
    StaffCleared,
    StaffNamed,
    TakenOver,
)
from complaintkit.case.naming import next_name
from complaintkit.case.ownership import (
    HAND_OVER,
    Colleagues,
    How,
    Offer,
    RespondentKind,
    in_vain,
    standing,
)
from complaintkit.case.parts import Clock, Content

# How long an offer stands where the policy has no standard for it.
USUAL: Final = timedelta(hours=24)


@frozen(kw_only=True)
class HandOver(Action):
    """Offer the case to somebody else; its owner stays responsible until they accept."""

    name: ClassVar[str] = "hand_over"
    help: ClassVar[str] = "offer it to a person or a role; its owner stays responsible until they accept"
    to: str = asked("name of a person or a role", of="owner")
    reason: str = asked("why they and not its owner")
    skill: str = asked("what whoever takes it has to be able to do", default="")
    until: datetime | None = asked("until when the offer stands; else as long as the policy says", default=None)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let the offer run by a clock; it replaces one that stands."""
        people, case = ask.terms.roster, ask.case
        to, reason = people.written(ask.need("name", self.to)), ask.need("reason", self.reason)
        if not (_owns(ask) or people.senior(ask.actor)):
            raise ask.refuse(f"it is {case.owner}'s; ask {case.owner}, or a superior")
        if same(to, case.owner):
            raise ask.refuse(f"{to} owns it already")
        if same(to, ask.by):
            raise ask.refuse("nobody is offered a case by themselves; take it over instead")
        if why := people.unfit(case, to, self.skill.strip()):
            raise ask.refuse(why)
        name, before = next_name("offer", case.handling.offers), standing(case)
        deputy = people.stand_in(to, case, ask.now)
        return (
            Offered(
                at=ask.now, by=ask.by, offer=name, to=to, reason=Content.of(reason), skill=self.skill.strip(),
                deputy="" if same(deputy, to) else deputy, replaces=before.name if before else "",
                clocks=self._clocks(ask, name, to),
            ),
        )  # fmt: skip

    def _clocks(self, ask: Asked, name: str, to: str) -> tuple[Clock, ...]:
        if self.until is not None:
            ask.ahead("until", self.until)
        usual = () if self.until else ask.terms.clock(HAND_OVER, ask.case, ask.now, name=name, who=to)
        until = self.until or ask.now + USUAL
        return usual or (ask.terms.clock_until(HAND_OVER, ask.case, ask.now, until, name=name, who=to),)


@frozen(kw_only=True)
class TakeOver(Action):
    """Accept the case that was offered, take it from the queue, or, as a superior, from whoever has it."""

    name: ClassVar[str] = "take_over"
    help: ClassVar[str] = "accept it, or take it from the queue; a superior may take it from anybody"
    reason: str = asked("why; needed where it was not offered", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it is theirs already."""
        return f"{case.owner} owns it already" if same(terms.roster.written(actor.name), case.owner) else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Make who asks the owner, if it is theirs to take."""
        people, case = ask.terms.roster, ask.case
        owner, offer = people.written(ask.by), standing(case)
        how, in_place_of = self._how(ask, offer)
        reason = ask.need("reason", self.reason) if how is How.AS_SENIOR else self.reason
        return (
            TakenOver(
                at=ask.now, by=ask.by, owner=owner, previous=case.owner, how=how, in_place_of=in_place_of,
                offer=offer.name if offer else "", accepted=offer is not None and _offered(ask, offer) is not None,
                reason=Content.maybe(reason),
            ),
        )  # fmt: skip

    def _how(self, ask: Asked, offer: Offer | None) -> tuple[How, str]:
        people, owner = ask.terms.roster, ask.case.owner
        if offer and (how := _offered(ask, offer)):
            return how, offer.to if how is How.AS_DEPUTY else ""
        if people.is_role(owner) and people.serves(ask.actor, owner):
            return How.FROM_QUEUE, ""
        if same(people.stand_in(owner, ask.case, ask.now), ask.by):
            return How.AS_DEPUTY, owner
        if people.senior(ask.actor):
            return How.AS_SENIOR, ""
        told = f"it is offered to {offer.to}" if offer else "nobody has offered it"
        raise ask.refuse(f"it is {owner}'s, and {told}; ask {owner} to hand it over to you")


@frozen(kw_only=True)
class Decline(Action):
    """Say that one does not take the case that was offered."""

    name: ClassVar[str] = "decline"
    help: ClassVar[str] = "do not take it over, with the reason; its owner keeps it"
    reason: str = asked("why not, and who might")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what is missing in the case."""
        return "" if standing(case) else "nobody has offered it to anybody"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Give the offer back; one to a role stands as long as somebody in it has not declined."""
        reason, offer = Content.of(ask.need("reason", self.reason)), _standing(ask)
        if _offered(ask, offer) is None or any(same(one, ask.by) for one in offer.declined):
            raise ask.refuse(f"it is offered to {offer.to}; only they can decline, and once")
        others = [one for one in ask.terms.roster.left(ask.case, offer) if not same(one, ask.by)]
        declined = OfferDeclined(at=ask.now, by=ask.by, offer=offer.name, reason=reason, final=not others)
        return (declined, *(called(ask.case, offer, ask.terms.roster, ask.now) if declined.final else ()))


@frozen(kw_only=True)
class TakeBack(Action):
    """Take an offer back before it is accepted."""

    name: ClassVar[str] = "take_back"
    help: ClassVar[str] = "take the offer back before it is accepted"
    reason: str = asked("why", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what is missing in the case."""
        return "" if standing(case) else "nobody has offered it to anybody"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End the offer."""
        offer = _standing(ask)
        if not (same(offer.by, ask.by) or _owns(ask) or ask.terms.roster.senior(ask.actor)):
            raise ask.refuse(f"{offer.by} offered it; only they, its owner or a superior can take that back")
        reason = Content.maybe(self.reason)
        return (OfferTakenBack(at=ask.now, by=ask.by, offer=offer.name, to=offer.to, reason=reason),)


@frozen(kw_only=True)
class NameStaff(Action):
    """Say which members of staff the complaint is about; from then on it does not exist for them."""

    name: ClassVar[str] = "name_staff"
    help: ClassVar[str] = "say which members of staff it is about: to them it does not exist from then on"
    names: tuple[str, ...] = asked("name of somebody it is about", of="staff")
    reason: str = asked("from what that is known")
    as_written: bool = asked("the name is right, though somebody with nearly that name is listed", default=False)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it from them; an owner among them is replaced at once, and an offer to one of them ends."""
        people, case, reason = ask.terms.roster, ask.case, ask.need("reason", self.reason)
        names = _names(ask, self.names)
        if roles := [one for one in names if people.is_role(one)]:
            raise ask.refuse(f"{roles[0]} is a role; name the person")
        for one in () if self.as_written else names:
            if meant := people.nearly(one):
                raise ask.refuse(f"{one} is not on the list of staff; did you mean {meant}? If not, say as_written")
        new = tuple(one for one in names if plain(one) not in case.about)
        if not new:
            raise ask.refuse(f"{', '.join(names)}: that is on file already")
        named = StaffNamed(at=ask.now, by=ask.by, names=new, reason=Content.of(reason))
        after, offer = case.apply(named), standing(case)
        if people.nobody_left(after):
            raise ask.refuse("nobody who may handle it would be left; name only whom it is about, or list more staff")
        if offer and people.in_conflict(after, offer.to):
            named = StaffNamed(at=ask.now, by=ask.by, names=new, reason=named.reason, ends=offer.name)
        if not people.in_conflict(after, case.owner):
            return (named,)
        owner = people.replacement(after, ask.now)
        return (named, OwnerReplaced(at=ask.now, by=ask.by, owner=owner, previous=case.owner))


@frozen(kw_only=True)
class ClearStaff(Action):
    """Say that the complaint is not about somebody after all."""

    name: ClassVar[str] = "clear_staff"
    help: ClassVar[str] = "say that it is not about somebody after all (reverses name_staff)"
    names: tuple[str, ...] = asked("name of somebody it is not about", of="staff")
    reason: str = asked("from what that is known")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what is missing in the case."""
        return "" if case.about else "it is about nobody of the staff"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let them see it again; the owner stays the owner."""
        reason, names = ask.need("reason", self.reason), _names(ask, self.names)
        if wrong := [one for one in names if plain(one) not in ask.case.about]:
            raise ask.refuse(f"nothing on file says that it is about {wrong[0]}")
        return (StaffCleared(at=ask.now, by=ask.by, names=names, reason=Content.of(reason)),)


@frozen(kw_only=True)
class FindResponsible(Action):
    """Establish whose problem it is."""

    name: ClassVar[str] = "find_responsible"
    help: ClassVar[str] = "establish whose problem it is: a unit, a person, another respondent"
    kind: str = asked("unit, person or other_respondent", choices=tuple(RespondentKind), default="unit")
    who: str = asked("which unit, person or respondent")
    evidence: str = asked("from what that is known")
    found_at: datetime | None = asked("when it was established; now if left out", default=None)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the finding with its evidence; an earlier one stays on file."""
        who, evidence = ask.need("who", self.who), ask.need("evidence", self.evidence)
        kind = RespondentKind(ask.one_of("kind", self.kind, tuple(RespondentKind)))
        found_at = ask.behind("found_at", self.found_at or ask.now)
        return (
            ResponsibleFound(
                at=ask.now, by=ask.by, respondent=kind, who=Content.of(who), evidence=Content.of(evidence),
                found_at=found_at,
            ),
        )  # fmt: skip


def called(case: Complaint, offer: Offer, people: Colleagues, now: datetime) -> tuple[Entry, ...]:
    """Return the call for the owner's superior, if the offer that comes back now is one too many."""
    count = in_vain(case) + 1
    if not people.enough(count):
        return ()
    reason = Content.of(f"nobody has taken it over; offers that came back: {count}")
    to = people.superior(case, case.owner)
    return (
        Escalated(
            at=now, by=CORE, level=1, to=to, reason=reason, rule="ownership", trigger=HAND_OVER, clock=offer.name
        ),
    )  # fmt: skip


def _owns(ask: Asked) -> bool:
    """Say whether who asks owns the case: by name, as one of the queue that does, or for an owner who is away."""
    people, owner = ask.terms.roster, ask.case.owner
    if people.is_role(owner):
        return people.serves(ask.actor, owner)
    return same(owner, ask.by) or same(people.stand_in(owner, ask.case, ask.now), ask.by)


def _standing(ask: Asked) -> Offer:
    offer = standing(ask.case)
    if offer is None:
        raise ask.refuse("no offer stands; hand_over makes one")
    return offer


def _offered(ask: Asked, offer: Offer) -> How | None:
    """Return by what right who asks may answer an offer; `None` if it is not theirs."""
    people = ask.terms.roster
    if not people.skilled(ask.by, offer.skill):
        return None
    if people.is_role(offer.to):
        return How.ACCEPTED if people.serves(ask.actor, offer.to) else None
    if same(offer.to, ask.by):
        return How.ACCEPTED
    return How.AS_DEPUTY if same(people.stand_in(offer.to, ask.case, ask.now), ask.by) else None


def _names(ask: Asked, given: tuple[str, ...]) -> tuple[str, ...]:
    names = dict.fromkeys(ask.terms.roster.written(one) for one in given if one.strip())
    if not names:
        raise ask.refuse("it needs a name")
    return tuple(names)
