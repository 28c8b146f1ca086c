"""Plain data into frozen classes, strictly: nothing is turned into something else, and every error has a path.

`"no"` is no truth value, 5 is no text, "en" is no list of two letters. A length of time is written "90s", "15m",
"24h", "3d" or "2w". Any text may be given as `{ env = "NAME" }` and comes from the environment then, so that secrets
stay out of the file. We do this ourselves, and not with cattrs as elsewhere, because it takes "en" for a list of two
letters, bends numbers into texts, and its errors speak of classes and not of keys.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from enum import EnumType
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import attrs

from complaintkit.checks import frozen_mapping
from complaintkit.errors import SettingsError

T = TypeVar("T")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)([smhdw])")
_WORDS: Final[Mapping[Any, str]] = {
    str: 'text in quotes, such as "desk"', bool: "true or false", int: "a whole number", float: "a number",
    timedelta: 'a length of time, such as "90m", "24h" or "3d"', datetime: "a moment, such as 2026-01-31T12:00:00Z",
    date: "a date, such as 2026-01-31", time: "a time of day, such as 08:30:00", Path: 'a path in quotes',
    ZoneInfo: 'a time zone in quotes, such as "Asia/Manila"', NoneType: "nothing",
}  # fmt: skip


def structure(cls: type[T], data: object, path: str, folder: Path | None = None) -> T:
    """Return an instance of an attrs class, made from a table.

    Args:
        cls: The class; its fields' types and defaults are the schema.
        data: The table.
        path: Where the table stands, such as `plugins.email`.
        folder: Where paths count from, default ones too; `None` leaves relative paths alone.

    Raises:
        SettingsError: Something is missing, unknown or of the wrong kind; its `path` names the key.
    """
    made: T = _Reader(folder).table(cls, data, path)
    return made


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion for a misspelt word: the nearest known one, or all of them."""
    names = sorted(known)
    if near := get_close_matches(word, names, 1):
        return f"did you mean {near[0]!r}?"
    return f"known are {', '.join(map(repr, names))}" if names else "none are known here"


def _wrong(path: str, expected: str, value: object) -> SettingsError:
    # Only the kind of what stands there: it may be a secret in the wrong place.
    return SettingsError(path, f"expected {expected}, not {_kind(value)}")


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return repr(value) if len(value) <= 20 else "a long text"
    return {dict: "a table", list: "a list", NoneType: "nothing"}.get(type(value), f"a {type(value).__name__}")


class _Reader:
    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def value(self, kind: Any, data: Any, path: str) -> Any:
        """Return the data as a value of a kind."""
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.value(inner[0], data, path)
        if kind in (Any, object):
            return data
        if origin in (Union, UnionType):
            return self.one_of(inner, data, path)
        if origin is Literal or isinstance(kind, EnumType):
            return self.choice(inner if origin is Literal else tuple(one.value for one in kind), kind, data, path)
        if attrs.has(kind):
            return self.table(kind, data, path)
        collected = origin or kind
        if collected in _COLLECTIONS:
            return self.collection(collected, inner, data, path)
        if collected in (dict, Mapping):
            return self.mapping(collected, inner, data, path)
        reader = _PLAIN.get(kind)
        if reader is None:
            raise SettingsError(path, f"the class of these settings has a field of a kind we cannot read: {kind!r}")
        return reader(self, data, path)

    def table(self, cls: type[Any], data: Any, path: str) -> Any:
        """Return an instance of an attrs class."""
        if not isinstance(data, Mapping):
            raise _wrong(path, f"a table; write [{path}] and its keys below", data)
        fields = {one.alias or one.name: one for one in attrs.fields(attrs.resolve_types(cls)) if one.init}
        for name in data:
            if name not in fields:
                raise SettingsError(_at(path, name), f"there is no such key; {did_you_mean(name, fields)}")
        given = {}
        for name, one in fields.items():
            if name in data:
                given[name] = self.value(one.type or Any, data[name], _at(path, name))
            elif self.folder and one.type is Path and isinstance(one.default, Path):
                given[name] = self.folder / one.default
            elif one.default is attrs.NOTHING:
                raise SettingsError(_at(path, name), f"is missing; it takes {_expected(one.type)}")
        try:
            return cls(**given)
        except SettingsError:
            raise
        except Exception as error:
            name = next((name for name, one in fields.items() if _refuses(one, given, error)), "")
            raise SettingsError(_at(path, name) if name else path, _said(error, name)) from error

    def one_of(self, kinds: tuple[Any, ...], data: Any, path: str) -> Any:
        """Return the data as the first of several kinds that it fits."""
        errors = []
        for kind in kinds:
            try:
                return self.value(kind, data, path)
            except SettingsError as error:
                errors.append(error)
        deeper = [error for error in errors if error.path != path]
        if deeper or (len(errors) == 2 and NoneType in kinds):
            raise deeper[0] if deeper else errors[kinds.index(NoneType) - 1]
        raise _wrong(path, " or ".join(map(_expected, kinds)), data)

    def choice(self, known: tuple[Any, ...], kind: Any, data: Any, path: str) -> Any:
        """Return one of several fixed values."""
        data = _from_environment(data, path) if isinstance(data, Mapping) else data
        if not any(type(data) is type(one) and data == one for one in known):
            raise SettingsError(path, f"{_kind(data)} is not possible; {did_you_mean(str(data), map(str, known))}")
        return kind(data) if isinstance(kind, EnumType) else data

    def collection(self, kind: Any, inner: tuple[Any, ...], data: Any, path: str) -> Any:
        """Return a tuple, list or set of values."""
        if not isinstance(data, list | tuple):
            raise _wrong(path, "a list, such as [...]", data)
        if kind is tuple and inner and inner[-1] is not Ellipsis:
            if len(data) != len(inner):
                raise SettingsError(path, f"expected a list of {len(inner)} values, not of {len(data)}")
            kinds = inner
        else:
            kinds = (inner[0] if inner else Any,) * len(data)
        pairs = enumerate(zip(kinds, data, strict=True))
        return _COLLECTIONS[kind](self.value(one, value, f"{path}[{place}]") for place, (one, value) in pairs)

    def mapping(self, kind: Any, inner: tuple[Any, ...], data: Any, path: str) -> Any:
        """Return a mapping of texts to values."""
        if not isinstance(data, Mapping):
            raise _wrong(path, f"a table; write [{path}] and its keys below", data)
        held = inner[1] if inner else Any
        made = {name: self.value(held, value, _at(path, name)) for name, value in data.items()}
        if kind is dict:
            return made
        return frozen_mapping(made) if held is str else MappingProxyType(made)

    def exactly(self, kind: Any, data: Any, path: str) -> Any:
        """Return a value that TOML has a form for."""
        if kind is str and isinstance(data, Mapping):
            return _from_environment(data, path)
        if type(data) is not kind and not (kind is float and type(data) is int):
            raise _wrong(path, _WORDS[kind], data)
        return float(data) if kind is float else data

    def length(self, data: Any, path: str) -> timedelta:
        """Return a length of time."""
        parts = _LENGTH.findall(data) if type(data) is str else []
        if not parts or "".join(number + unit for number, unit in parts) != data:
            raise _wrong(path, _WORDS[timedelta], data)
        try:
            return sum((timedelta(**{_UNITS[unit]: float(number)}) for number, unit in parts), timedelta())
        except OverflowError:
            raise _wrong(path, "a length of time below a thousand years", data) from None

    def place(self, data: Any, path: str) -> Path:
        """Return a path, counted from the folder of the settings."""
        written = Path(self.exactly(str, data, path)).expanduser()
        return self.folder / written if self.folder else written

    def zone(self, data: Any, path: str) -> ZoneInfo:
        """Return a time zone."""
        try:
            return ZoneInfo(self.exactly(str, data, path))
        except (KeyError, ValueError, OSError):
            raise _wrong(path, _WORDS[ZoneInfo], data) from None


_COLLECTIONS: Final[Mapping[Any, Callable[[Iterable[Any]], Any]]] = {
    tuple: tuple, list: list, set: set, frozenset: frozenset, Sequence: tuple, Collection: tuple, Iterable: tuple,
}  # fmt: skip


def _plainly(kind: Any) -> Callable[[_Reader, Any, str], Any]:
    return lambda reader, data, path: reader.exactly(kind, data, path)


_PLAIN: Final[Mapping[Any, Callable[[_Reader, Any, str], Any]]] = {
    **{kind: _plainly(kind) for kind in (str, int, bool, float, datetime, date, time, NoneType)},
    timedelta: _Reader.length, Path: _Reader.place, ZoneInfo: _Reader.zone,
}  # fmt: skip


def _from_environment(data: Mapping[str, Any], path: str) -> str:
    if data.keys() != {"env"} or not isinstance(data["env"], str):
        raise _wrong(path, f'{_WORDS[str]}, or {{ env = "NAME" }}', dict(data))
    if (found := os.environ.get(data["env"])) is None:
        raise SettingsError(path, f"the environment variable {data['env']} is not set; set it, or write the text here")
    return found


def _at(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _expected(kind: Any) -> str:
    if attrs.has(kind) or (get_origin(kind) or kind) in (dict, Mapping):
        return "a table"
    if (get_origin(kind) or kind) in _COLLECTIONS:
        return "a list"
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(map(repr, get_args(kind)))
    return _WORDS.get(kind, "a value")


def _refuses(one: "attrs.Attribute[Any]", given: Mapping[str, Any], error: Exception) -> bool:
    """Say whether it is this field's validator that raised the error; attrs does not tell."""
    name = one.alias or one.name
    if one.validator is None or name not in given:
        return False
    try:
        one.validator(None, one, given[name])
    except Exception as again:  # noqa: BLE001 - whatever a validator of a plugin raises is compared, not lost
        return type(again) is type(error) and str(again) == str(error)
    return False


def _said(error: Exception, name: str) -> str:
    text = str(error.args[0]) if error.args else type(error).__name__
    return text.removeprefix(f"'{name}' ").removeprefix(f"{name} ") if name else text
