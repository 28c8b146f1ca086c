"""Fields that an organisation, or a plugin, adds to its complaints: what goes in, and when they must be filled."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.case.fields import value_of
from complaintkit.case.money import Money
from complaintkit.checks import frozen_mapping
from complaintkit.errors import SettingsError

FieldType = Literal["text", "number", "amount", "date", "yes_no", "choice"]
# Besides categories: what a field can be required for, and the action that asks for it then.
STEPS: Final[Mapping[str, str]] = MappingProxyType({"registration": "register", "decision": "propose"})
LONGEST: Final = 10_000
_YES: Final = frozenset({"yes", "true", "1", "on", "да", "oo", "opo"})
_NO: Final = frozenset({"no", "false", "0", "off", "нет", "hindi"})
_AMOUNT: Final = re.compile(r"(?P<amount>[0-9]+(?:\.[0-9]+)?)\s*(?P<currency>[A-Za-z]{3})")
# No figure that people write down is longer, and none that computers choke on is shorter.
_FIGURE: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")


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

    def asked_by(self, action: str, case: Complaint) -> bool:
        """Say whether an action needs it to be filled in a case."""
        if action == STEPS["decision"] and case.category and case.category in self.required_for:
            return True
        return any(STEPS.get(what) == action for what in self.required_for)


def _number(one: CustomField, value: str) -> str:
    if not _FIGURE.fullmatch(value):
        raise ValueError(f"{one.name} takes a number, such as 12 or 12.5")
    figure = Decimal(value).normalize()
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


@frozen
class Fields:
    """All fields of an organisation's own, in order; see `complaintkit.case.fields.OwnFields`."""

    kinds: tuple[CustomField, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return their names."""
        return tuple(one.name for one in self.kinds)

    def named(self, name: str) -> CustomField | None:
        """Return the field of a name, or `None`."""
        return next((one for one in self.kinds if one.name == name), None)

    def value(self, name: str, text: str) -> tuple[str, bool]:
        """Return a value in its one spelling, and whether it is sealed.

        Raises:
            ValueError: There is no such field, or it does not take this.
        """
        found = self.named(name)
        if found is None:
            raise ValueError(f"there is no field {name!r}; there are: {', '.join(self.names) or 'none'}")
        return found.read(text), found.sealed

    def wanting(self, action: str, case: Complaint) -> tuple[str, ...]:
        """Return the names of the fields that have to be filled before an action is possible in a case."""
        return tuple(one.name for one in self.kinds if one.asked_by(action, case) and value_of(case, one.name) is None)

    def with_more(self, more: Iterable[CustomField]) -> "Fields":
        """Return the fields with those of plugins; of the same name, the one in the settings counts."""
        own = set(self.names)
        return Fields((*self.kinds, *(one for one in more if one.name not in own)))

    def checked(self, categories: Iterable[str]) -> "Fields":
        """Return the fields, once everything they are required for is known.

        Raises:
            SettingsError: A field is required for something that is neither a step nor a category.
        """
        for place, what in self._unknown({*categories, *STEPS}):
            known = f"{', '.join(STEPS)} or the code of a category"
            raise SettingsError(place, f"{what!r} is nothing a field can be required for; write {known}")
        return self

    def _unknown(self, known: set[str]) -> Iterator[tuple[str, str]]:
        for one in self.kinds:
            for what in one.required_for:
                if what not in known:
                    yield f"policy.fields.{one.name}.required_for", what


def read_fields(tables: Mapping[str, Any], structure: Callable[..., Any], categories: Iterable[str]) -> Fields:
    """Return the fields of the tables `[policy.fields.NAME]`.

    Raises:
        SettingsError: A table is no field, or is required for something nobody knows.
    """
    kinds = []
    for name, table in tables.items():
        path = f"policy.fields.{name}"
        if not isinstance(table, Mapping):
            raise SettingsError(path, f"must be a table; write [{path}] and its keys below")
        given = {key: value for key, value in table.items() if key != "label"}
        kinds.append(structure(CustomField, {**given, "labels": table.get("label", {}), "name": name}, path))
    return Fields(tuple(kinds)).checked(categories)
