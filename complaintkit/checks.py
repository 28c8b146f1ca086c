"""Small validators and converters that every frozen class of complaintkit shares."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

import attrs

from complaintkit.errors import SettingsError

# No complaint is older than the clocks of machines; and a promise counted from within these years ends within the
# calendar.
_YEARS: Final = (1970, 2999)


class FrozenMapping(Mapping[str, str]):
    """A mapping that cannot change and can be compared and hashed, so that it may stand in a frozen class."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._items = MappingProxyType(dict(items))

    def __getitem__(self, key: str) -> str:
        return self._items[key]

    def __iter__(self) -> Any:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMapping({dict(self._items)!r})"


def frozen_mapping(value: Mapping[str, str]) -> FrozenMapping:
    """Return the mapping as one that cannot change."""
    return value if isinstance(value, FrozenMapping) else FrozenMapping(value)


def aware(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Refuse a moment without time zone: nobody could tell when it was.

    Raises:
        TypeError: The value is no datetime.
        ValueError: It has no time zone.
    """
    if not isinstance(value, datetime):
        raise TypeError(f"{attribute.name} must be a datetime with time zone, not {value!r}")
    if value.tzinfo is None:
        raise ValueError(f"{attribute.name} must have a time zone: {value.isoformat()} could be anywhere")


def moment(value: datetime, name: str = "now") -> datetime:
    """Return a moment that somebody handed in, once it is one that can be counted from.

    Args:
        value: The moment.
        name: Name of the argument.

    Raises:
        SettingsError: It is no datetime, has no time zone, or lies before 1970 or after 2999.
    """
    if not isinstance(value, datetime):
        raise SettingsError(name, f"must be a datetime with time zone, not {value!r}")
    if value.utcoffset() is None:
        raise SettingsError(name, f"{value.isoformat()} has no time zone and could be anywhere; add one, such as UTC")
    first, last = _YEARS
    if not first <= value.year <= last:
        raise SettingsError(name, f"{value.isoformat()} is no moment to work at; give one from {first} to {last}")
    return value


def utc(value: datetime) -> datetime:
    """Return the same instant in UTC."""
    return value if value.tzinfo is UTC else value.astimezone(UTC)
