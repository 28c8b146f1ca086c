"""What the complainant wanted, what was offered, and what has arrived: three things that are seldom the same."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from complaintkit.case.money import Money
from complaintkit.case.remedies import Remedy, RemedyType
from complaintkit.case.subject import Demand, DemandEnd, DemandKind

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

_PAID: Final = frozenset({RemedyType.REFUND, RemedyType.COMPENSATION, RemedyType.GOODWILL})
# Which remedies give what a demand asks for. Anything may answer a demand of another kind.
ANSWERS: Final[Mapping[DemandKind, frozenset[RemedyType]]] = MappingProxyType(
    {
        DemandKind.REFUND: _PAID,
        DemandKind.EXCHANGE: frozenset({RemedyType.REPLACEMENT}),
        DemandKind.REPAIR: frozenset({RemedyType.REPAIR}),
        DemandKind.PRICE_CUT: _PAID | {RemedyType.PRICE_CUT},
        DemandKind.CANCELLATION: frozenset({RemedyType.REFUND}),
        DemandKind.PENALTY: _PAID,
        DemandKind.MORAL_DAMAGE: _PAID,
        DemandKind.INFORMATION: frozenset({RemedyType.EXPLANATION}),
        DemandKind.APOLOGY: frozenset({RemedyType.APOLOGY}),
        DemandKind.OTHER: frozenset(RemedyType),
    }
)


@frozen(kw_only=True)
class Gap:
    """How far what was given lies from what was wanted.

    Attributes:
        wanted, offered, delivered: Sums of money, one per currency.
        unanswered: Names of demands for which nothing fitting was offered.
        awaited: Names of demands for which something was offered and has not arrived.
    """

    wanted: tuple[Money, ...] = ()
    offered: tuple[Money, ...] = ()
    delivered: tuple[Money, ...] = ()
    unanswered: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Money, ...]:
        """Return by how much less has arrived than was wanted, per currency."""
        arrived = {one.currency: one.amount for one in self.delivered}
        short = ((one.currency, one.amount - arrived.get(one.currency, Decimal(0))) for one in self.wanted)
        return tuple(Money(amount, currency) for currency, amount in short if amount > 0)


def gap(case: "Complaint") -> Gap:
    """Return the gap between what is wanted, offered and delivered in a case; what was taken back is not wanted."""
    return gap_between(case.matter.demands, case.settlement.remedies)


def gap_between(demands: Iterable[Demand], remedies: Iterable[Remedy]) -> Gap:
    """Return the gap between demands and remedies; see `gap`."""
    wanted = [one for one in demands if one.end is not DemandEnd.WITHDRAWN]
    offered = [one for one in remedies if one.counts and one.offered_at]
    arrived = [one for one in offered if one.delivered_at]
    return Gap(
        wanted=_sums(one.money for one in wanted),
        offered=_sums(one.due for one in offered),
        delivered=_sums(one.delivered for one in arrived),
        unanswered=tuple(one.name for one in wanted if not _fitting(one, offered)),
        awaited=tuple(
            one.name
            for one in wanted
            if (found := _fitting(one, offered)) and any(remedy.outstanding for remedy in found)
        ),
    )


def _fitting(demand: Demand, remedies: Iterable[Remedy]) -> list[Remedy]:
    """Return the remedies that answer a demand: of a fitting type, for the same point or for the whole."""
    fits = ANSWERS[demand.kind]
    return [
        one for one in remedies if one.type in fits and (not one.point or not demand.point or one.point == demand.point)
    ]


def _sums(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    sums: dict[str, Decimal] = {}
    for one in amounts:
        if one is not None:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
