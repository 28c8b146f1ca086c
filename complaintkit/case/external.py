"""The external stage: a body outside takes the case up; and legal holds, under which nothing of it may be erased."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kinds of clock: an answer that a body waits for; how long the complainant may still go to one.
REFERRAL: Final = "referral"
WINDOW: Final = "referral_window"
_moment = validators.optional(aware)


class BodyKind(StrEnum):
    """What kind of body outside the organisation takes a complaint up."""

    OMBUDSMAN = "ombudsman"
    REGULATOR = "regulator"
    COURT = "court"
    ADR = "adr"


class Dispute(StrEnum):
    """How far the matter has gone: inside, demanded before court, or with a body outside."""

    INTERNAL = "internal"
    PRE_TRIAL = "pre_trial"
    OMBUDSMAN = "ombudsman"
    REGULATOR = "regulator"
    ADR = "adr"
    COURT = "court"


class Result(StrEnum):
    """How a body decided."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out_of_scope"


@frozen(kw_only=True)
class Submission:
    """Something that went to a body: what, when, by whom."""

    text: Content
    at: datetime = field(validator=aware)
    by: str


@frozen(kw_only=True)
class Referral:
    """A case taken up by a body outside the organisation.

    Attributes:
        name: `external-1`.
        kind, body: What kind of body, and its name.
        by_whom: Who brought it there: `complainant`, `organisation` or `body`.
        since: Since when it has been there.
        number: The body's own reference, sealed; `None` while it is not known.
        clock: Name of the clock for the answer due to the body.
        answers: What was sent to it.
        decided_at, result, text: How it ended, and the decision in words, sealed.
        changed: Whether the decision changed something for the complainant (K20); `None` while there is none.
        award: What the complainant gets by it.
        lessons: What the organisation learns from it, sealed.
    """

    name: str
    kind: BodyKind
    body: str
    by_whom: str
    since: datetime = field(validator=aware)
    number: Content | None = None
    clock: str
    answers: tuple[Submission, ...] = ()
    decided_at: datetime | None = field(default=None, validator=_moment)
    result: Result | None = None
    text: Content | None = None
    changed: bool | None = None
    award: Money | None = None
    lessons: Content | None = None

    @property
    def open(self) -> bool:
        """Say whether the body has not decided yet."""
        return self.decided_at is None


@frozen(kw_only=True)
class LegalHold:
    """An order to keep everything of a case.

    Attributes:
        name: `hold-1`.
        reason: Why, sealed.
        at, by: Since when, on whose word.
        released_at, released_by, because: Its end; `None` and empty while it stands.
    """

    name: str
    reason: Content
    at: datetime = field(validator=aware)
    by: str
    released_at: datetime | None = field(default=None, validator=_moment)
    released_by: str = ""
    because: Content | None = None


def why_not_erase(case: "Complaint") -> str:
    """Return why nothing of a case may be erased now; empty if nothing stands against it here.

    Whatever erases anything has to ask this first.
    """
    holds = [one.name for one in case.settlement.holds if one.released_at is None]
    if holds or case.legal_hold:
        return f"{case.reference} is under legal hold ({', '.join(holds) or 'set elsewhere'}); legal has to release it"
    if bodies := [one.body for one in case.settlement.external if one.open]:
        return f"{case.reference} is with {', '.join(bodies)}; nothing may be erased before a decision"
    if case.open:
        return f"{case.reference} is {case.stage}; only what has ended may be erased"
    if due := case.next_at():
        return f"something is still due in {case.reference}, next on {due:%Y-%m-%d}: a promise, or a way still open"
    return ""


def standing_of(case: "Complaint") -> Dispute:
    """Return how far the matter has gone: the farthest of what was noted and of the bodies that have not decided."""
    order = tuple(Dispute)
    here = [Dispute(one.kind.value) for one in case.settlement.external if one.open]
    return max((case.settlement.dispute, *here), key=order.index)
