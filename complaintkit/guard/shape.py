"""What a callable takes and gives: a deep check of answers, their size, and a watch over arguments.

Made once per type, from the annotations of our own frozen classes. Types are compared exactly: a subclass, or an object
that lies about its class, could run code of its own wherever its answer is used later.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import EnumType
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs
from attrs import frozen

from complaintkit.checks import FrozenMapping
from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.limits import ANSWER

MOST: Final = 1000
Check = Callable[[Any], int]


@frozen(kw_only=True)
class Shape:
    """What one callable takes and gives.

    Attributes:
        takes: Type of its argument; `None` if it takes none.
        gives: Type of its answer, or of each of them; `None` if its answer is not looked at.
        many: It gives any number of answers, at most a thousand.
        most: Size of an answer in bytes, roughly.
    """

    takes: Any
    gives: Any
    many: bool = False
    most: int = ANSWER

    def checked(self, answer: object) -> object:
        """Return an answer, checked and collected; it is used only after that.

        Raises:
            NoAnswer: It is of a wrong type or too large.
            Exception: Collecting it failed in the plugin.
        """
        if self.gives is None:
            return None
        if self.many:
            return tuple(self._each(answer))
        self._sized(answer, 0)
        return answer

    def several(self, answer: Any) -> Iterator[object]:
        """Return an iterator over what was given; nothing is none.

        Raises:
            NoAnswer: It cannot be iterated over.
        """
        if answer is None:
            return iter(())
        if type(answer) in (str, bytes, dict) or not hasattr(type(answer), "__iter__"):
            raise NoAnswer("wrong_answer", f"gave {_named(answer)} where several {_name(self.gives)} are expected")
        return iter(answer)

    def _each(self, answer: Any) -> Iterator[object]:
        size = 0
        for place, one in enumerate(self.several(answer)):
            if place >= MOST:
                raise NoAnswer("too_large", f"gave more than {MOST} answers")
            size = self._sized(one, size)
            yield one

    def _sized(self, answer: object, size: int) -> int:
        try:
            size += checker(self.gives)(answer)
        except Misfit as misfit:
            where = f" at {misfit.path.lstrip('.')}" if misfit.path else ""
            raise NoAnswer("wrong_answer", f"gave {misfit}{where} where {misfit.expected} is expected") from None
        if size > self.most:
            raise NoAnswer("too_large", f"gave about {size} bytes; {self.most} are allowed")
        return size


class Misfit(Exception):
    """What was found, what was expected instead, and where in the value."""

    def __init__(self, value: object, expected: str, path: str = "") -> None:
        super().__init__(_named(value))
        self.expected = expected
        self.path = path


def _named(value: object) -> str:
    kind = type(value)
    if kind.__name__ == "coroutine":
        value.close()  # type: ignore[attr-defined]  # or Python warns that nobody awaited it
        return "a coroutine (write `def`, not `async def`)"
    return "nothing" if value is None else f"{type.__getattribute__(kind, '__name__')!s:.60}"


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


@cache
def checker(kind: Any) -> Check:
    """Return the check for a type: it returns the value's rough size in bytes, or raises."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _LEAVES:
        return _leaf(kind, _LEAVES[kind])
    if origin in (Union, UnionType):
        return _union({member: checker(member) for member in inner})
    if origin is Literal:
        return _literal(inner)
    if isinstance(kind, EnumType):
        return _leaf(kind, _fixed)
    if origin is tuple:
        return _many(checker(inner[0])) if inner[-1] is Ellipsis else _row(tuple(map(checker, inner)))
    if origin is not None and issubclass(origin, Mapping):
        return _leaf(FrozenMapping, lambda value: sum(len(key) + len(held) for key, held in value.items()))
    return _fields(kind, tuple((one.name, checker(one.type)) for one in attrs.fields(attrs.resolve_types(kind))))


def _fixed(value: object) -> int:
    return 8


def _moment(value: datetime) -> int:
    value.utcoffset()  # a time zone of the plugin's own might raise: now, not later
    return 8


_LEAVES: Final[Mapping[Any, Check]] = {
    str: len, bytes: len, int: lambda value: 8 + value.bit_length() // 8, float: _fixed, bool: _fixed,
    NoneType: _fixed, None: _fixed, date: _fixed, datetime: _moment,
}  # fmt: skip


def _leaf(kind: Any, size: Check) -> Check:
    exact = NoneType if kind is None else kind

    def check(value: Any) -> int:
        if type(value) is not exact:
            raise Misfit(value, _name(exact))
        return size(value)

    return check


def _union(members: Mapping[Any, Check]) -> Check:
    expected = " or ".join("nothing" if member is NoneType else _name(member) for member in members)
    exact = {(get_origin(member) or member): check for member, check in members.items()}

    def check(value: Any) -> int:
        found = exact.get(type(value))
        if found is None:
            raise Misfit(value, expected)
        return found(value)

    return check


def _literal(known: tuple[Any, ...]) -> Check:
    def check(value: Any) -> int:
        if type(value) is not str or value not in known:
            raise Misfit(value, "one of " + ", ".join(known))
        return len(value)

    return check


def _many(one: Check) -> Check:
    def check(value: Any) -> int:
        if type(value) is not tuple:
            raise Misfit(value, "tuple")
        return sum(map(one, value))

    return check


def _row(checks: tuple[Check, ...]) -> Check:
    def check(value: Any) -> int:
        if type(value) is not tuple or len(value) != len(checks):
            raise Misfit(value, f"tuple of {len(checks)}")
        return sum(check(part) for check, part in zip(checks, value, strict=True))

    return check


def _fields(kind: Any, fields: tuple[tuple[str, Check], ...]) -> Check:
    def check(value: Any) -> int:
        if type(value) is not kind:
            raise Misfit(value, _name(kind))
        size = 0
        for name, of in fields:
            try:
                size += of(getattr(value, name))
            except Misfit as misfit:
                misfit.path = f".{name}{misfit.path}"
                raise
            except AttributeError:
                raise Misfit(None, "a value", f".{name}") from None
        return size

    return check


# --- the watch over arguments


@cache
def _parts(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...], tuple[str, ...]]:
    names = tuple(one.name for one in attrs.fields(attrs.resolve_types(kind)))
    deeper = tuple(one.name for one in attrs.fields(kind) if attrs.has(one.type or object))
    get = attrgetter(*names)
    return (get if len(names) > 1 else lambda value: (get(value),)), names, deeper


def snapshot(argument: Any) -> tuple[tuple[Any, tuple[Any, ...]], ...]:
    """Return what an argument holds, so that a change can be seen and put back: a frozen class only asks politely."""
    kind: Any = type(argument)
    if not attrs.has(kind):
        return ()
    get, _, deeper = _parts(kind)
    found: tuple[tuple[Any, tuple[Any, ...]], ...] = ((argument, get(argument)),)
    for name in deeper:
        found += snapshot(getattr(argument, name))
    return found


def put_back(before: tuple[tuple[Any, tuple[Any, ...]], ...]) -> str:
    """Undo what was done to an argument; return the names of the fields that had been changed, or an empty string."""
    changed = []
    for held, values in before:
        kind: Any = type(held)
        _, names, _ = _parts(kind)
        for name, value in zip(names, values, strict=True):
            if getattr(held, name, before) is not value:
                object.__setattr__(held, name, value)
                changed.append(name)
    return ", ".join(changed)
