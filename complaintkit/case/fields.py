"""Fields that an organisation, or a plugin, adds to its complaints: what goes in, and their values in a case."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Protocol

from attrs import field, frozen, validators

from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.checks import frozen_mapping

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

FieldType = Literal["text", "number", "amount", "date", "yes_no", "choice"]
# Besides categories: what a field can be required for, and the action that asks for it then.
STEPS: Final[Mapping[str, str]] = MappingProxyType({"registration": "register", "decision": "propose"})
LONGEST: Final = 10_000
_YES: Final = frozenset({"yes", "true", "1", "on", "да", "oo", "opo"})
_NO: Final = frozenset({"no", "false", "0", "off", "нет", "hindi"})
_AMOUNT: Final = re.compile(r"(?P<amount>[0-9]+(?:\.[0-9]+)?)\s*(?P<currency>[A-Za-z]{3})")
# No figure that people write down is longer; a longer one would be rounded without a word.
_FIGURE: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?")


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class CustomField:
    """A field of an organisation's own.

    Attributes:
        name: Its name: letters, digits and `_`, as in the settings, in forms and on the command line.
        type: `text`, `number`, `amount` (with a currency), `date`, `yes_no` or `choice`.
        choices: For `choice`, the codes there are.
        required_for: Categories whose complaints cannot be decided without it; or `registration`, `decision`: then it
            is needed for all of them at that step.
        personal: Whether it tells something about a person: then it is sealed, and can be erased. Free text always is.
        labels: Label per language.
        help: What belongs in it.
    """

    name: str = field(validator=validators.matches_re(r"[a-z][a-z0-9_]*"))
    type: FieldType = field(validator=validators.in_(("text", "number", "amount", "date", "yes_no", "choice")))
    choices: tuple[str, ...] = field(default=(), converter=_texts)
    required_for: tuple[str, ...] = field(default=(), converter=_texts)
    personal: bool = False
    labels: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    help: str = ""

    def __attrs_post_init__(self) -> None:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(f"field {self.name}: choices belong to the type `choice`, and to no other")

    @property
    def sealed(self) -> bool:
        """Say whether its values are sealed: nobody knows what stands in a free text."""
        return self.personal or self.type == "text"

    def label(self, language: str) -> str:
        """Return the label in a language, in English, or the name."""
        return self.labels.get(language) or self.labels.get("en") or self.name

    def read(self, text: str) -> str:
        """Return a value in its one spelling.

        Raises:
            ValueError: The field does not take it; the text says what it takes, and never repeats what was given.
        """
        value = text.strip()
        if len(value) > LONGEST:
            raise ValueError(f"{self.name} takes {LONGEST} signs at most")
        return _READING[self.type](self, value)

    def asked_by(self, action: str, case: "Complaint") -> bool:
        """Say whether an action needs it to be filled in a case."""
        if action == STEPS["decision"] and case.category and case.category in self.required_for:
            return True
        return any(STEPS.get(what) == action for what in self.required_for)


def _number(one: CustomField, value: str) -> str:
    if not _FIGURE.fullmatch(value):
        raise ValueError(f"{one.name} takes a number, such as 12 or 12.5")
    figure = Decimal(value).normalize() + 0  # there is no number below 0 and yet 0
    return f"{figure:f}"


def _amount(one: CustomField, value: str) -> str:
    found = _AMOUNT.fullmatch(value)
    if not found:
        raise ValueError(f"{one.name} takes an amount with its currency, such as 12.50 EUR")
    try:
        return str(Money.of(found["amount"], found["currency"]))
    except (ValueError, InvalidOperation):
        raise ValueError(f"{one.name} takes an amount above 0 with the digits its currency has") from None


def _date(one: CustomField, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{one.name} takes a date, such as 2026-03-09") from None


def _yes_no(one: CustomField, value: str) -> str:
    plain = value.casefold()
    if plain not in _YES | _NO:
        raise ValueError(f"{one.name} takes yes or no")
    return "yes" if plain in _YES else "no"


def _choice(one: CustomField, value: str) -> str:
    known = {choice.casefold(): choice for choice in one.choices}
    if value.casefold() not in known:
        raise ValueError(f"{one.name} takes one of {', '.join(one.choices)}")
    return known[value.casefold()]


_READING: Final[Mapping[str, Callable[[CustomField, str], str]]] = MappingProxyType(
    {
        "text": lambda one, value: value, "number": _number, "amount": _amount, "date": _date, "yes_no": _yes_no,
        "choice": _choice,
    }
)  # fmt: skip


class OwnFields(Protocol):
    """What an action has to know of the organisation's own fields."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return their names."""

    def value(self, name: str, text: str) -> tuple[str, bool]:
        """Return a value in its one spelling, and whether it is sealed; raise `ValueError` where it does not fit."""

    def wanting(self, action: str, case: "Complaint") -> tuple[str, ...]:
        """Return the names of the fields that have to be filled before an action is possible in a case."""


@frozen(kw_only=True)
class FieldValue:
    """The value of a field.

    Attributes:
        name: Name of the field, as the policy has it.
        value: The value in its one spelling; empty where it is sealed.
        sealed: The value of a field that is free text, or personal.
    """

    name: str = field(validator=validators.min_len(1))
    value: str = ""
    sealed: Content | None = None

    def __str__(self) -> str:
        return self.value if self.sealed is None else str(self.sealed)


def value_of(case: "Complaint", name: str) -> FieldValue | None:
    """Return what stands in a field of a case, or `None`."""
    return next((one for one in case.matter.fields if one.name == name), None)
