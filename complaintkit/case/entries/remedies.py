"""Entries of remedies: planned within the house, changed, given up; taken by the complainant, and delivered."""

from collections.abc import Callable
from typing import ClassVar

from attrs import frozen

from complaintkit.case.approvals import VOID, settled
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.case.remedies import Hand, Remedy, RemedyType, with_remedies
from complaintkit.changing import evolve


@frozen(kw_only=True)
class RemedyPlanned(Entry):
    """Something is to be done or paid for the complainant, who is told of it by the next response.

    `with_draft` says that it came with a draft, and goes with it when that is sent back; `roles` are those whose limits
    hold for who planned it.
    """

    kind: ClassVar[str] = "remedy_planned"
    phrase: ClassVar[str] = "{remedy}: {type} {amount} planned"
    remedy: str
    type: RemedyType
    amount: Money | None = None
    point: str = ""
    legal_basis: Content | None = None
    reason: Content | None = None
    with_draft: bool = False
    roles: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Plan it; what was approved before did not have it in it."""
        remedy = Remedy(
            name=self.remedy, type=self.type, amount=self.amount, point=self.point, legal_basis=self.legal_basis,
            reason=self.reason, authors=(self.by,), hands=_hands(self.by, self.roles), with_draft=self.with_draft,
            planned_at=self.at,
        )  # fmt: skip
        settlement = evolve(case.settlement, remedies=(*case.settlement.remedies, remedy))
        return settled(evolve(case, settlement=settlement), VOID, self.at)


@frozen(kw_only=True)
class RemedyChanged(Entry):
    """A planned remedy is worth more or less than was thought. `roles` as above, of who changed it."""

    kind: ClassVar[str] = "remedy_changed"
    phrase: ClassVar[str] = "{remedy}: {amount} planned instead"
    remedy: str
    amount: Money | None = None
    reason: Content
    roles: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Change the plan; whoever changes it has had a hand in it. What was approved before was another one."""

        def changed(one: Remedy) -> Remedy:
            hands = (*one.hands, *_hands(self.by, self.roles))
            return evolve(
                one, amount=self.amount, reason=self.reason, authors=(*one.authors, self.by), hands=hands
            )  # fmt: skip

        return settled(_one(case, self.remedy, changed), VOID, self.at)


@frozen(kw_only=True)
class RemedyDropped(Entry):
    """A planned remedy is given up."""

    kind: ClassVar[str] = "remedy_dropped"
    phrase: ClassVar[str] = "{remedy} dropped"
    remedy: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Give it up."""
        return settled(_one(case, self.remedy, lambda one: evolve(one, dropped_at=self.at)), VOID, self.at)


@frozen(kw_only=True)
class RemedyTaken(Entry):
    """The complainant took what was offered, or less of it, or did not want it."""

    kind: ClassVar[str] = "remedy_taken"
    phrase: ClassVar[str] = "{remedy}: {taken} by the complainant {amount}"
    remedy: str
    taken: str
    amount: Money | None = None
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep what the complainant said."""

        def changed(one: Remedy) -> Remedy:
            if self.taken == "declined":
                return evolve(one, declined_at=self.at)
            return evolve(one, accepted_at=self.at, accepted=self.amount or one.accepted)

        return _one(case, self.remedy, changed)


@frozen(kw_only=True)
class RemedyDelivered(Entry):
    """What was offered has arrived, or a part of it: `amount` this time, `delivered` in all."""

    kind: ClassVar[str] = "remedy_delivered"
    phrase: ClassVar[str] = "{remedy}: {amount} delivered"
    remedy: str
    amount: Money | None = None
    delivered: Money | None = None
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep that it arrived, and what shows it."""
        return _one(
            case,
            self.remedy,
            lambda one: evolve(one, delivered_at=self.at, delivered=self.delivered, evidence=self.evidence),
        )


def _hands(name: str, roles: tuple[str, ...]) -> tuple[Hand, ...]:
    return (Hand(name=name, roles=roles),) if roles else ()


def _one(case: Complaint, name: str, change: Callable[[Remedy], Remedy]) -> Complaint:
    return with_remedies(case, lambda one: change(one) if one.name == name else one)
