"""Precedents: past decisions with nothing personal left in them, and what is asked and found of them."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Severity
from complaintkit.checks import aware

WITHDRAWN: Final = "withdrawn"
DEAREST: Final = 10**12  # more is no amount that anybody decides upon
_CENT, _FINEST = Decimal("0.01"), Decimal("0.0001")


def _sum(amount: Decimal) -> Decimal:
    fine = amount.quantize(_FINEST)
    rough = fine.quantize(_CENT)
    return rough if rough == fine else fine


def money(amount: Decimal | None) -> Decimal | None:
    """Return an amount with two decimals, or four where it has more."""
    return None if amount is None else _sum(amount)


def _payable(instance: object, attribute: object, amount: Decimal | None) -> None:
    if amount is not None and not 0 <= amount <= DEAREST:
        raise ValueError(f"an amount of {amount} cannot be given to anybody")


@frozen(kw_only=True)
class Redress:
    """One remedy of a decision.

    Attributes:
        remedy: What kind it is, in the words of the policy: `refund`, `repair`, `apology` ...
        amount: What it was worth, where that is known.
        currency: In which currency; empty where there is no amount.
    """

    remedy: str
    amount: Decimal | None = field(default=None, converter=money, validator=_payable)
    currency: str = ""


@frozen(kw_only=True)
class Precedent:
    """A decision as others may learn from it: no name, address or number of anybody is in its texts.

    Attributes:
        reference: The complaint that was decided.
        decided_at: When the decision went out, or the matter was settled.
        channel, category, severity, language: What the complaint was sorted as when it was decided.
        outcome: `upheld`, `partly_upheld`, `not_upheld`, `withdrawn`; empty where the matter was settled undecided.
        remedies: What the complainant got.
        facts: What the complainant told.
        reasons: The words of the decision.
        accepted: How the complainant took it: `accepted`, `lapsed` ...; empty while that is open.
        reopened: How often the case was reopened.
        lessons: What was learned from it.
    """

    reference: str
    decided_at: datetime = field(validator=aware)
    channel: str
    category: str
    severity: Severity
    language: str = ""
    outcome: str = ""
    remedies: tuple[Redress, ...] = ()
    facts: str = ""
    reasons: str = ""
    accepted: str = ""
    reopened: int = 0
    lessons: tuple[str, ...] = ()

    @property
    def upheld(self) -> bool:
        """Say whether the complaint was found right, wholly or in part."""
        return self.outcome in ("upheld", "partly_upheld")


@frozen(kw_only=True)
class PrecedentQuery:
    """Which precedents to find: those whose words are most like a text.

    Attributes:
        text: A complaint, or some words; nothing in it is taken as syntax.
        category, language: Precedents of these weigh more; empty for no preference.
        without: Reference of a case that is not wanted, such as the one that is asked for.
        limit: How many at most.
    """

    text: str
    category: str = ""
    language: str = ""
    without: str = ""
    limit: int = field(default=5, validator=(validators.ge(1), validators.le(50)))


@frozen
class Found:
    """A precedent that was found.

    Attributes:
        precedent: The precedent.
        score: How well it fits; comparable within one answer only.
    """

    precedent: Precedent
    score: float


@frozen(kw_only=True)
class Range:
    """What has been given in upheld and partly upheld complaints of one category, by one remedy, in one currency."""

    count: int
    lowest: Decimal = field(converter=_sum)
    median: Decimal = field(converter=_sum)
    highest: Decimal = field(converter=_sum)
