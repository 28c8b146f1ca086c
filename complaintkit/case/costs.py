"""What handling a complaint costs: time and money, by function."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# More than a year of working time for one complaint is a slip of the hand.
LONGEST: Final = 60 * 24 * 366


@frozen(kw_only=True)
class Cost:
    """Time or money that was spent on a complaint; what the complainant gets is no cost but a remedy.

    Attributes:
        name: `cost-1`, `cost-2` ...
        at: When it was put down.
        by: By whom.
        minutes: Working time in minutes; 0 where it is money.
        money: What was paid; `None` where it is time.
        function: Whose work it was: a role or department.
        what: What for, sealed.
    """

    name: str
    at: datetime = field(validator=aware)
    by: str
    minutes: int = field(default=0, validator=validators.ge(0))
    money: Money | None = None
    function: str = ""
    what: Content

    def __str__(self) -> str:
        return f"{self.money or f'{self.minutes} min'} ({self.function or 'no function named'})"


@frozen(kw_only=True)
class Spent:
    """What was spent, added up.

    Attributes:
        minutes: Working time, in minutes.
        money: Money, per currency.
        functions: Working time per function, in minutes.
    """

    minutes: int = 0
    money: tuple[Money, ...] = ()
    functions: tuple[tuple[str, int], ...] = ()


def costs_of(case: "Complaint") -> Spent:
    """Return what was spent on a complaint."""
    return added_up(case.handling.costs)


def added_up(costs: Iterable[Cost]) -> Spent:
    """Return costs added up; currencies stay apart, for there is no rate in a case file."""
    money: dict[str, Decimal] = {}
    functions: dict[str, int] = {}
    for cost in costs:
        if cost.money:
            money[cost.money.currency] = money.get(cost.money.currency, Decimal(0)) + cost.money.amount
        if cost.minutes:
            functions[cost.function] = functions.get(cost.function, 0) + cost.minutes
    return Spent(
        minutes=sum(functions.values()),
        money=tuple(Money(amount, currency) for currency, amount in sorted(money.items())),
        functions=tuple(sorted(functions.items())),
    )
