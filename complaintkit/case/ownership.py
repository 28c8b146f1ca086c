"""Who owned a complaint and since when, to whom it was offered, whose problem it is; and who there is to ask."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field, frozen, validators

from complaintkit.case.actor import Actor
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kind of the clock that an offer runs by.
HAND_OVER: Final = "hand_over"
_moment = validators.optional(aware)


class How(StrEnum):
    """How somebody came to own a complaint."""

    FIRST_HEARER = "first_hearer"
    STANDS_IN = "stands_in"
    ACCEPTED = "accepted"
    AS_DEPUTY = "as_deputy"
    FROM_QUEUE = "from_queue"
    AS_SENIOR = "as_senior"
    CONFLICT = "conflict"
    ASSIGNED = "assigned"


class Answer(StrEnum):
    """What became of an offer; empty while it stands."""

    NONE = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    REPLACED = "replaced"
    CONFLICT = "conflict"


@frozen(kw_only=True)
class Tenure:
    """A time in which one person, or one queue, owned a complaint.

    Attributes:
        name: Who.
        since, until: From when to when; `None` while it lasts.
        how: How it came about.
        in_place_of: For whom somebody stood in; empty for nobody.
    """

    name: str
    since: datetime = field(validator=aware)
    until: datetime | None = field(default=None, validator=_moment)
    how: How = How.FIRST_HEARER
    in_place_of: str = ""


@frozen(kw_only=True)
class Offer:
    """A complaint was offered to somebody. Until they accept, its owner stays its owner.

    Attributes:
        name: `offer-1`, `offer-2` ...; its clock has the same name.
        to: A person or a role.
        by, at: Who offered it, and when.
        reason: Why, sealed.
        skill: What is needed for it; empty for nothing in particular.
        deputy: Who stood in for the addressee when it was offered; empty if the addressee was there.
        answer, ended_at: What became of it, and when.
        declined: Who of a role has declined so far.
    """

    name: str = field(validator=validators.min_len(1))
    to: str
    by: str
    at: datetime = field(validator=aware)
    reason: Content
    skill: str = ""
    deputy: str = ""
    answer: Answer = Answer.NONE
    ended_at: datetime | None = field(default=None, validator=_moment)
    declined: tuple[str, ...] = ()


class RespondentKind(StrEnum):
    """What kind of respondent somebody is."""

    UNIT = "unit"
    PERSON = "person"
    OTHER = "other_respondent"


@frozen(kw_only=True)
class Responsible:
    """Whose problem a complaint is, with the evidence; the latest finding holds.

    Attributes:
        name: `responsible-1`, `responsible-2` ...
        kind: A unit of ours, a person, or another respondent.
        who: Which, sealed.
        evidence: From what that is known, sealed.
        found_at, by: When it was established, and who filed it.
    """

    name: str = field(validator=validators.min_len(1))
    kind: RespondentKind
    who: Content
    evidence: Content
    found_at: datetime = field(validator=aware)
    by: str


class Colleagues(Protocol):
    """What actions have to know of the people who work here; see `complaintkit.policy.roster`."""

    def written(self, name: str) -> str:
        """Return a name as it stands in the list of staff; as it is where it does not stand there."""

    def nearly(self, name: str) -> str:
        """Return the listed member that a name not on the list seems to mean; empty for none."""

    def nobody_left(self, case: "Complaint") -> bool:
        """Say whether a case is about everybody of the listed staff who could own it."""

    def is_role(self, name: str) -> bool:
        """Say whether this is the name of a role and not of a person."""

    def in_conflict(self, case: "Complaint", name: str) -> bool:
        """Say whether somebody must have nothing to do with a case because it is about them."""

    def stand_in(self, name: str, case: "Complaint", now: datetime) -> str:
        """Return who acts for somebody at a moment: the person, or whoever stands in."""

    def senior(self, actor: Actor) -> bool:
        """Say whether somebody may move complaints that are others'."""

    def serves(self, actor: Actor, role: str) -> bool:
        """Say whether what belongs to a role is for somebody to take."""

    def skilled(self, name: str, skill: str) -> bool:
        """Say whether somebody has a skill; everybody has where no list of staff tells."""

    def unfit(self, case: "Complaint", to: str, skill: str) -> str:
        """Return why a case cannot be offered to a person or role; empty if it can."""

    def left(self, case: "Complaint", offer: Offer) -> tuple[str, ...]:
        """Return who can still accept an offer to a role, as far as the list of staff tells."""

    def replacement(self, case: "Complaint", now: datetime) -> str:
        """Return who owns a case that its owner must have nothing to do with."""

    def superior(self, case: "Complaint", name: str) -> str:
        """Return the next superior of somebody who may have to do with a case, else the role that stands for one."""

    def enough(self, offers: int) -> bool:
        """Say whether so many offers in vain call for a superior."""


def tenures(case: "Complaint") -> tuple[Tenure, ...]:
    """Return who owned a case so far, the first hearer first."""
    return case.handling.tenures or (Tenure(name=case.owner, since=case.recorded_at),)


def owned(case: "Complaint", owner: str, at: datetime, how: How, in_place_of: str = "") -> "Complaint":
    """Return a case with another owner; for entries only."""
    *before, last = tenures(case)
    next_ = Tenure(name=owner, since=at, how=how, in_place_of=in_place_of)
    handling = evolve(case.handling, tenures=(*before, evolve(last, until=at), next_))
    return evolve(case, owner=owner, handling=handling)


def standing(case: "Complaint") -> Offer | None:
    """Return the offer that has had no answer yet; `None` without one, or once the case has ended."""
    for offer in reversed(case.handling.offers):
        clock = case.named(offer.name)
        if not offer.answer and clock is not None and not clock.settled:
            return offer
    return None


def answered(case: "Complaint", name: str, answer: Answer, at: datetime, end: Callable[[Clock], Clock]) -> "Complaint":
    """Return a case in which an offer has ended; for entries only.

    Args:
        case: The case.
        name: The offer; an empty one changes nothing.
        answer: What became of it.
        at: When.
        end: What becomes of its clock.
    """
    offers = tuple(_ended(one, answer, at) if one.name == name else one for one in case.handling.offers)
    return evolve(case, handling=evolve(case.handling, offers=offers)).with_clock(name, end)


def _ended(offer: Offer, answer: Answer, at: datetime) -> Offer:
    return offer if offer.answer else evolve(offer, answer=answer, ended_at=at)


def in_vain(case: "Complaint") -> int:
    """Return how many offers came back since the present owner has the case."""
    since = tenures(case)[-1].since
    offers = (offer for offer in case.handling.offers if offer.at >= since)
    return sum(offer.answer in (Answer.DECLINED, Answer.RETURNED) for offer in offers)
