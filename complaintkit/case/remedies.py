"""Remedies: what the complainant gets, from the first plan within the house until it has arrived."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.money import Money
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

_moment = validators.optional(aware)


class RemedyType(StrEnum):
    """What kind of remedy it is."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    REPAIR = "repair"
    REPLACEMENT = "replacement"
    REFUND = "refund"
    PRICE_CUT = "price_cut"
    COMPENSATION = "compensation"
    GOODWILL = "goodwill"
    PROCESS_CHANGE = "process_change"
    OTHER = "other"


# Remedies that are money: without an amount nobody knows how much they are.
MONEY_TYPES: Final = frozenset({RemedyType.REFUND, RemedyType.PRICE_CUT, RemedyType.COMPENSATION, RemedyType.GOODWILL})
# Remedies that the response itself delivers.
SAID: Final = frozenset({RemedyType.APOLOGY, RemedyType.EXPLANATION})


@frozen(kw_only=True)
class Hand:
    """Who has had a hand in a remedy, and with which roles: their limits hold for it.

    Attributes:
        name: Name of the person.
        roles: The roles that counted then.
    """

    name: str
    roles: tuple[str, ...] = ()


@frozen(kw_only=True)
class Remedy:
    """One thing that is to be done or paid for the complainant.

    Attributes:
        name: `remedy-1`, `remedy-2` ...; never used again within the case.
        type: What kind it is.
        amount: What it is worth to the organisation; `None` where that is not known.
        point: Name of the point that it is for; empty for the whole complaint.
        legal_basis: The rule that asks for it, sealed; `None` where it is given freely.
        reason: Why, or what it is in words, sealed.
        authors: Everybody who has had a hand in it.
        hands: The same with their roles, as far as those were put down.
        with_draft: Whether it came with a draft, and goes with it when that is sent back.
        planned_at: When it was put down.
        offered_at: When the complainant was told of it; `None` while it is a plan within the house.
        accepted_at, declined_at: When the complainant took it, or did not want it.
        accepted: What of the amount the complainant took, where that was less.
        delivered_at: When the last of it arrived.
        delivered: How much has arrived.
        evidence: What shows that it arrived, sealed.
        dropped_at: When the plan was given up.
    """

    name: str = field(validator=validators.min_len(1))
    type: RemedyType
    amount: Money | None = None
    point: str = ""
    legal_basis: Content | None = None
    reason: Content | None = None
    authors: tuple[str, ...] = ()
    hands: tuple[Hand, ...] = ()
    with_draft: bool = False
    planned_at: datetime = field(validator=aware)
    offered_at: datetime | None = field(default=None, validator=_moment)
    accepted_at: datetime | None = field(default=None, validator=_moment)
    declined_at: datetime | None = field(default=None, validator=_moment)
    accepted: Money | None = None
    delivered_at: datetime | None = field(default=None, validator=_moment)
    delivered: Money | None = None
    evidence: Content | None = None
    dropped_at: datetime | None = field(default=None, validator=_moment)

    @property
    def counts(self) -> bool:
        """Say whether it is given, or may still be: neither given up nor declined."""
        return self.dropped_at is None and self.declined_at is None

    @property
    def planned(self) -> bool:
        """Say whether it is still a plan within the house."""
        return self.counts and self.offered_at is None

    @property
    def due(self) -> Money | None:
        """Return what the complainant is to get of it: the amount, or the part of it that was taken."""
        return self.accepted or self.amount

    @property
    def done(self) -> bool:
        """Say whether all of it has arrived."""
        if self.delivered_at is None:
            return False
        return self.due is None or (self.delivered is not None and self.delivered.amount >= self.due.amount)

    @property
    def outstanding(self) -> bool:
        """Say whether the complainant was told of it and still waits for it; words arrive with the response."""
        return self.counts and self.offered_at is not None and not self.done and self.type not in SAID

    def __str__(self) -> str:
        return f"{self.type} of {self.amount}" if self.amount else str(self.type)


def given(case: "Complaint") -> tuple[Remedy, ...]:
    """Return every remedy of a case that is given or may still be, of every round: splitting does not lessen it."""
    return tuple(one for one in case.settlement.remedies if one.counts)


def planned(case: "Complaint") -> tuple[Remedy, ...]:
    """Return the remedies that go out with the next response."""
    return tuple(one for one in case.settlement.remedies if one.planned)


def remedy_of(case: "Complaint", name: str) -> Remedy | None:
    """Return the remedy of a name, or `None`."""
    return next((one for one in case.settlement.remedies if one.name == name), None)


def next_remedy(case: "Complaint") -> str:
    """Return the name of the next remedy."""
    return next_name("remedy", case.settlement.remedies)


def chief(remedies: tuple[Remedy, ...]) -> str:
    """Return the one word for several remedies: the type of the dearest, else of the first."""
    best = max(remedies, key=lambda one: one.amount.amount if one.amount else Decimal(0), default=None)
    return str(best.type) if best else ""


def with_remedies(case: "Complaint", change: Callable[[Remedy], Remedy]) -> "Complaint":
    """Return the complaint with every remedy changed; for entries only."""
    return evolve(case, settlement=evolve(case.settlement, remedies=tuple(map(change, case.settlement.remedies))))


def sums(remedies: Iterable[Remedy]) -> tuple[Money, ...]:
    """Return what remedies add up to, one sum per currency; those without an amount are left out."""
    return added(one.due for one in remedies)


def added(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    """Return amounts added up, one sum per currency."""
    found: dict[str, Decimal] = {}
    for one in amounts:
        if one:
            found[one.currency] = found.get(one.currency, Decimal(0)) + one.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(found.items()))
