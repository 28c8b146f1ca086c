"""Entries of who is responsible: offers and their answers, changes of owner, staff whom the complaint is about."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actor import plain
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.naming import next_name
from complaintkit.case.ownership import (
    Answer,
    How,
    Offer,
    RespondentKind,
    Responsible,
    Tenure,
    answered,
    owned,
)
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Assigned(Entry):
    """Another owner is responsible from now on; in files from before a complaint changed hands by acceptance."""

    kind: ClassVar[str] = "assigned"
    phrase: ClassVar[str] = "{owner} is responsible now"
    owner: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Change the owner."""
        return owned(case, self.owner, self.at, How.ASSIGNED)


@frozen(kw_only=True)
class StoodIn(Entry):
    """Who should have been the first owner is away; the present one stands in."""

    kind: ClassVar[str] = "stood_in"
    phrase: ClassVar[str] = "{owner} stands in for {absent}, who is away"
    owner: str
    absent: str

    def change(self, case: Complaint) -> Complaint:
        """Remember for whom the first owner stands in."""
        first = Tenure(name=self.owner, since=case.recorded_at, how=How.STANDS_IN, in_place_of=self.absent)
        return evolve(case, owner=self.owner, handling=evolve(case.handling, tenures=(first,)))


@frozen(kw_only=True)
class Offered(Entry):
    """The case was offered to somebody; its owner stays responsible until they accept.

    `deputy` was offered it, too, because the addressee is away. `replaces` is the offer that this one ends.
    """

    kind: ClassVar[str] = "offered"
    phrase: ClassVar[str] = "offered to {to}"
    offer: str
    to: str
    reason: Content
    skill: str = ""
    deputy: str = ""
    replaces: str = ""
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Let the offer stand and its clock run."""
        before = answered(case, self.replaces, Answer.REPLACED, self.at, lambda clock: clock.end(self.at))
        offer = Offer(
            name=self.offer, to=self.to, by=self.by, at=self.at, reason=self.reason, skill=self.skill,
            deputy=self.deputy,
        )  # fmt: skip
        handling = evolve(before.handling, offers=(*before.handling.offers, offer))
        return evolve(before, handling=handling, clocks=before.clocks + self.clocks)


@frozen(kw_only=True)
class TakenOver(Entry):
    """Somebody accepted the case, or took it: they own it from now on.

    `offer` is the one that was standing, and `accepted` says whether that is what they accepted, or passed over.
    """

    kind: ClassVar[str] = "taken_over"
    phrase: ClassVar[str] = "{owner} took it over from {previous}"
    owner: str
    previous: str
    how: How
    offer: str = ""
    accepted: bool = False
    in_place_of: str = ""
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Change the owner and end the offer."""
        answer = Answer.ACCEPTED if self.accepted else Answer.REPLACED
        ended = answered(case, self.offer, answer, self.at, self._end)
        return owned(ended, self.owner, self.at, self.how, self.in_place_of)

    def _end(self, clock: Clock) -> Clock:
        return clock.meet(self.at) if self.accepted else clock.end(self.at)


@frozen(kw_only=True)
class OfferDeclined(Entry):
    """Somebody does not take the case, with the reason; with `final`, nobody else of a role is left who could."""

    kind: ClassVar[str] = "offer_declined"
    phrase: ClassVar[str] = "{by} does not take it over"
    offer: str
    reason: Content
    final: bool = True

    def change(self, case: Complaint) -> Complaint:
        """End the offer, or leave it to the others of a role."""
        offers = tuple(
            evolve(one, declined=(*one.declined, self.by)) if one.name == self.offer else one
            for one in case.handling.offers
        )
        told = evolve(case, handling=evolve(case.handling, offers=offers))
        if not self.final:
            return told
        return answered(told, self.offer, Answer.DECLINED, self.at, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class OfferTakenBack(Entry):
    """The offer does not stand any longer."""

    kind: ClassVar[str] = "offer_taken_back"
    phrase: ClassVar[str] = "the offer to {to} was taken back"
    offer: str
    to: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """End the offer."""
        return answered(case, self.offer, Answer.TAKEN_BACK, self.at, lambda clock: clock.end(self.at))


@frozen(kw_only=True)
class OfferReturned(Entry):
    """Nobody answered the offer in time: the case stays with its owner, who has to know."""

    kind: ClassVar[str] = "offer_returned"
    phrase: ClassVar[str] = "{to} did not answer by {due_at}; it stays with {owner}"
    offer: str
    to: str
    owner: str
    due_at: datetime

    def change(self, case: Complaint) -> Complaint:
        """End the offer; that it was not answered in time stays on its clock."""
        end = partial(evolve, warned=True, overdue=True)
        return answered(case, self.offer, Answer.RETURNED, self.at, lambda clock: end(clock.end(self.at)))


@frozen(kw_only=True)
class StaffNamed(Entry):
    """The complaint is about these members of staff: to them it does not exist from now on.

    `ends` is an offer that was made to one of them.
    """

    kind: ClassVar[str] = "staff_named"
    phrase: ClassVar[str] = "it is about {names}"
    names: tuple[str, ...]
    reason: Content
    ends: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Keep it from them."""
        about = dict.fromkeys((*case.about, *map(plain, self.names)))
        ended = answered(case, self.ends, Answer.CONFLICT, self.at, lambda clock: clock.end(self.at))
        return evolve(ended, about=tuple(about))


@frozen(kw_only=True)
class StaffCleared(Entry):
    """The complaint turned out not to be about these members of staff."""

    kind: ClassVar[str] = "staff_cleared"
    phrase: ClassVar[str] = "it is not about {names}"
    names: tuple[str, ...]
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Let them see it again."""
        gone = frozenset(map(plain, self.names))
        return evolve(case, about=tuple(one for one in case.about if one not in gone))


@frozen(kw_only=True)
class OwnerReplaced(Entry):
    """The owner must have nothing to do with the case; somebody else owns it at once, without being asked.

    This is the one change of owner that nobody accepts: it cannot wait.
    """

    kind: ClassVar[str] = "owner_replaced"
    phrase: ClassVar[str] = "{owner} is responsible now in place of {previous}, for it is about staff"
    owner: str
    previous: str

    def change(self, case: Complaint) -> Complaint:
        """Change the owner."""
        return owned(case, self.owner, self.at, How.CONFLICT, self.previous)


@frozen(kw_only=True)
class ResponsibleFound(Entry):
    """It was established whose problem this is."""

    kind: ClassVar[str] = "responsible_found"
    phrase: ClassVar[str] = "found whose problem it is: {who} ({respondent})"
    respondent: RespondentKind
    who: Content
    evidence: Content
    found_at: datetime

    def change(self, case: Complaint) -> Complaint:
        """Add the finding; the latest one holds."""
        there = case.handling.responsible
        found = Responsible(
            name=next_name("responsible", there), kind=self.respondent, who=self.who, evidence=self.evidence,
            found_at=self.found_at, by=self.by,
        )  # fmt: skip
        return evolve(case, handling=evolve(case.handling, responsible=(*there, found)))
