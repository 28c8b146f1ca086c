"""Amounts of money, with their currency: nothing that a person could not pay."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import field, frozen

# Digits after the point by ISO 4217; every other currency has two.
_DIGITS: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0)
    | dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0)
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
    | dict.fromkeys(("CLF", "UYW"), 4)
)
_USUAL: Final = 2
# No complaint is about a million millions; a longer figure is a slip of the hand.
_LARGEST: Final = Decimal("1e12")
# Sums, and what older files hold, may be more: as much as can be calculated with to the last digit.
_WIDEST: Final = Decimal("1e24")


def _iso(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if not isinstance(value, str) or len(value) != 3 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise ValueError(f"currency {value!r} is no ISO 4217 code: three capital letters, such as EUR, RUB, PHP")


def _payable(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if not isinstance(value, Decimal):
        raise TypeError(f"an amount must be a Decimal, not {value!r}")
    if not value.is_finite() or not 0 < value < _WIDEST:
        raise ValueError(f"an amount must be above 0 and below {_WIDEST:f}, not {value}")
    digits = digits_of(instance.currency)
    if value != round(value, digits):
        raise ValueError(f"{value} {instance.currency} has more than {digits} digits after the point")


@frozen
class Money:
    """An amount in a currency, or a sum of such; `of` is for what people write, and narrower.

    Attributes:
        amount: Above 0, with at most the digits its currency has.
        currency: ISO 4217 code in capital letters.

    Raises:
        TypeError, ValueError: One of them is none; the text says what to write instead.
    """

    amount: Decimal = field(validator=_payable)
    currency: str = field(validator=_iso)

    @classmethod
    def of(cls, amount: str | Decimal, currency: str) -> "Money":
        """Return the amount that people write: `12.50`, `eur`.

        Raises:
            ValueError: It is none, or more than a single amount can be; the text says why.
        """
        try:
            figure = Decimal(amount)
        except InvalidOperation:
            raise ValueError(f"{amount!r} is no amount: write it as 12.50") from None
        if figure.is_finite() and figure >= _LARGEST:
            raise ValueError(f"an amount must be above 0 and below {_LARGEST:f}, not {figure}: look at it again")
        return cls(figure, currency.strip().upper())

    def __str__(self) -> str:
        return f"{self.amount:.{digits_of(self.currency)}f} {self.currency}"


def digits_of(currency: str) -> int:
    """Return how many digits amounts in a currency have after the point (ISO 4217)."""
    return _DIGITS.get(currency, _USUAL)
