"""Positions and reviews: what was decided at each stage, by whom, and who looks at it again when it is disputed."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.actor import plain
from complaintkit.case.approvals import GIVEN
from complaintkit.case.parts import Content, Outcome
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kinds of clock: how long the complainant may object, the review and its acknowledgement, the last look after settling.
ACCEPTANCE: Final = "acceptance"
REVIEW: Final = "review"
REVIEW_ACKNOWLEDGEMENT: Final = "review_acknowledgement"
CLOSING: Final = "closing"
_moment = validators.optional(aware)


class Why(StrEnum):
    """Why a case that was answered is worked on again."""

    NEW_FACTS = "new_facts"
    FAILED_REMEDY = "failed_remedy"
    DISPUTE = "dispute"
    OUR_MISTAKE = "our_mistake"
    EXTERNAL = "external"


class Count(StrEnum):
    """How time counts once a case is opened again; what was broken before stays on file whatever is chosen."""

    FRESH = "fresh"
    CONTINUED = "continued"
    WITHOUT_GAP = "without_gap"


@frozen(kw_only=True)
class Position:
    """What the organisation answered at one stage; a later stage leaves it as it was.

    Attributes:
        round: 1 for the first answer, 2 for the review.
        outcome, remedy, text: The decision, and the words it was given in, sealed.
        proposed_by, decided_by: Who drafted it, who sent it.
        at: When it was sent.
        final: Whether it is the last word of the organisation.
        overturned: Whether the complainant got more than at the stage before (K20, within the organisation).
    """

    round: int
    outcome: Outcome | None
    remedy: str = ""
    text: Content
    proposed_by: str = ""
    decided_by: str
    at: datetime = field(validator=aware)
    final: bool = False
    overturned: bool = False


@frozen(kw_only=True)
class Review:
    """A stage at which somebody else looks at the decision again.

    Attributes:
        name: `review-1`.
        round: Which position it is to lead to: 2 for the first review.
        asked_at, asked_by: When, by whom.
        disputed: Whether the complainant asked for it, and not the organisation itself.
        text: What is disputed, sealed.
        points: Which points of the complaint; empty for all of it.
        late: Why it was let in though its time was over; `None` where it came in time.
        reviewer: Who reviews; empty until somebody took it.
        ended_at: When it was answered, settled or taken back.
    """

    name: str
    round: int
    asked_at: datetime = field(validator=aware)
    asked_by: str
    disputed: bool = True
    text: Content
    points: tuple[str, ...] = ()
    late: Content | None = None
    reviewer: str = ""
    ended_at: datetime | None = field(default=None, validator=_moment)


@frozen(kw_only=True)
class Reopening:
    """One time that an ended or answered case was opened again: what stood there before stays on file.

    Attributes:
        at, why: When, and what kind of reason.
        count: How time counts from then on.
        resolved_at, closed_at, accepted: How it had ended before.
    """

    at: datetime = field(validator=aware)
    why: Why
    count: Count
    resolved_at: datetime | None = field(default=None, validator=_moment)
    closed_at: datetime | None = field(default=None, validator=_moment)
    accepted: str = ""


def time_left(case: "Complaint", now: datetime) -> datetime | None:
    """Return until when silence settles nothing yet, for the complainant may still object; `None` once that is over."""
    ends = (clock.due_at for clock in case.clocks if clock.kind == ACCEPTANCE and not clock.settled)
    return max((end for end in ends if end > now), default=None)


def pending(case: "Complaint") -> Review | None:
    """Return the review that is not answered yet, or `None`."""
    return next((one for one in reversed(case.settlement.reviews) if one.ended_at is None), None)


def round_of(case: "Complaint") -> int:
    """Return which position is being worked on: 1 until a review is pending, then that of the review."""
    review = pending(case)
    return review.round if review else 1


def involved(case: "Complaint") -> tuple[str, ...]:
    """Return who drafted, approved or decided a position that is under review now, each once; nobody without one."""
    review = pending(case)
    if review is None:
        return ()
    earlier = [one for one in case.settlement.positions if one.round < review.round]
    names = [name for one in earlier for name in (one.proposed_by, one.decided_by) if name]
    before = (one for one in case.handling.approvals if one.settled_at and one.settled_at <= review.asked_at)
    names += [one.by for one in before if one.state == GIVEN]
    return tuple({plain(name): name for name in names}.values())


def was_involved(case: "Complaint", name: str) -> bool:
    """Say whether somebody had a part in the decision that is under review, and so may not review it."""
    return plain(name) in map(plain, involved(case))


def better(now: Outcome | None, before: Outcome | None) -> bool:
    """Say whether a decision gives the complainant more than the one before."""
    given = {Outcome.PARTLY_UPHELD: 1, Outcome.UPHELD: 2}
    return before is not None and given.get(now or before, 0) > given.get(before, 0)


def ended(reviews: tuple[Review, ...], at: datetime) -> tuple[Review, ...]:
    """Return reviews with none pending any more."""
    return tuple(evolve(one, ended_at=at) if one.ended_at is None else one for one in reviews)
