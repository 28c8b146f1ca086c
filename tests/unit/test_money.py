"""Amounts of money: what counts as one, what is refused, and with which words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from complaintkit.case.money import Money, digits_of
from complaintkit.codec import dump_part, load_part


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("12.5", "eur", "12.50 EUR"),
        ("1200", " JPY ", "1200 JPY"),
        ("0.125", "KWD", "0.125 KWD"),
        ("1E+3", "RUB", "1000.00 RUB"),
    ],
)
def test_an_amount_reads_as_people_write_it(amount: str, currency: str, text: str) -> None:
    """An amount is written with the digits its currency has."""
    assert text == str(Money.of(amount, currency))


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("0", "EUR", "above 0"),
        ("-1", "EUR", "above 0"),
        ("NaN", "EUR", "above 0"),
        ("Infinity", "EUR", "above 0"),
        ("1e12", "EUR", "below 1000000000000, not"),
        ("999999999999999", "EUR", "look at it again"),
        ("1e400000", "EUR", "below 1000000000000, not"),
        ("12.505", "EUR", "more than 2 digits"),
        ("12.5", "JPY", "more than 0 digits"),
        ("twelve", "EUR", "write it as 12.50"),
        ("12", "EURO", "ISO 4217"),
        ("12", "", "ISO 4217"),
        ("12", "РУБ", "ISO 4217"),
        ("0." + "0" * 200 + "1", "EUR", "more than 2 digits"),
    ],
)
def test_what_nobody_could_pay_is_no_amount(amount: str, currency: str, words: str) -> None:
    """An impossible amount or currency is refused, and the text says what would be right."""
    with pytest.raises(ValueError, match=words):
        Money.of(amount, currency)


def test_a_float_is_no_amount() -> None:
    """A float is refused: it is seldom the figure it looks like."""
    with pytest.raises(TypeError, match="Decimal"):
        Money(12.5, "EUR")  # type: ignore[arg-type]


@given(some.integers(1, 10**20), some.sampled_from(("EUR", "JPY", "KWD", "CLF")))
def test_an_amount_survives_being_stored(units: int, currency: str) -> None:
    """Every amount that is one comes back from the store as it went in."""
    money = Money(Decimal(units).scaleb(-digits_of(currency)), currency)
    assert money == load_part(Money, dump_part(money), {})
