"""House rule 3: frozen and deep. What stands in a case file, a policy or a record cannot be changed from anywhere.

A plugin gets these objects, several threads read them, and folding the entries must give the same complaint always. So
every attrs class on floors 2 to 4 is `attrs.frozen` (frozen and slotted), and no field may hold something that can be
changed: no list, dict or set, at any depth of its type.

To mend a breach: use `tuple[...]`, `frozenset[...]`, or `Mapping` with `converter=frozen_mapping`.
"""

import ast
import collections
import collections.abc
import importlib
import typing
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import define, field, frozen
from attrs.exceptions import FrozenInstanceError

from complaintkit.checks import frozen_mapping
from tests.house.floors import Source, core, sample, told

REMEDY = "Use attrs.frozen, tuple[...], frozenset[...], or Mapping with converter=frozen_mapping."
CHANGEABLE = (list, dict, set, bytearray, collections.deque)
# These say nothing about whether the value can change, so a converter has to see to it.
OPEN = (
    collections.abc.Mapping,
    collections.abc.Sequence,
    collections.abc.Set,
    collections.abc.Collection,
    collections.abc.Iterable,
)
SETTLED_BY = (frozen_mapping, tuple, frozenset)


def types_within(hint: Any) -> Iterator[Any]:
    """Yield the plain types a type hint is made of, also those inside brackets, but not those of a callable."""
    origin = typing.get_origin(hint)
    yield origin or hint
    if origin is not collections.abc.Callable:
        for part in typing.get_args(hint):
            yield from types_within(part)


def class_breaches(cls: type) -> Iterator[str]:
    """Yield what makes instances of an attrs class changeable."""
    place = f"{cls.__module__}.{cls.__qualname__}"
    try:
        cls.__setattr__(object(), "anything", 1)  # type: ignore[call-overload]
    except FrozenInstanceError:
        pass
    except (AttributeError, TypeError):
        yield f"{place} is not frozen"
    if any("__dict__" in base.__dict__ for base in cls.__mro__):
        yield f"{place} has no slots"
    hints = typing.get_type_hints(cls)
    for attribute in attrs.fields(cls):
        for kind in types_within(hints.get(attribute.name, attribute.type)):
            if not isinstance(kind, type):
                continue
            if issubclass(kind, CHANGEABLE) or "Mutable" in kind.__name__:
                yield f"{place}.{attribute.name} holds a {kind.__name__}"
            elif kind in OPEN and attribute.converter not in SETTLED_BY:
                yield f"{place}.{attribute.name} may hold anything that is a {kind.__name__}"


def plain_classes_with_state(source: Source) -> Iterator[str]:
    """Yield classes without attrs that keep something on `self`: state that nobody froze."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef) or is_exception(node):
            continue
        for inner in ast.walk(node):
            if (
                isinstance(inner, ast.Attribute)
                and isinstance(inner.ctx, ast.Store)
                and isinstance(inner.value, ast.Name)
                and inner.value.id == "self"
            ):
                yield f"{source.path}:{inner.lineno}: {node.name} sets self.{inner.attr}"


def is_exception(node: ast.ClassDef) -> bool:
    """Say whether the class looks like an error, which Python itself writes to."""
    return any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)


def test_the_domain_is_frozen_and_deep() -> None:
    """No class on floors 2 to 4 can be changed, however deep one looks."""
    breaches: list[str] = []
    seen = 0
    for source in (source for source in core() if 2 <= source.floor <= 4):
        breaches += plain_classes_with_state(source)
        for cls in vars(importlib.import_module(source.module)).values():
            if isinstance(cls, type) and attrs.has(cls) and cls.__module__ == source.module:
                seen += 1
                breaches += class_breaches(cls)
    assert [] == breaches, told(breaches, REMEDY)
    assert seen > 20


def test_every_kind_of_breach_is_reported() -> None:
    """A class that can be changed, or holds what can, is found; a good one is not."""

    @define
    class Loose:
        words: str

    @frozen(slots=False)
    class Unslotted:
        words: str

    @frozen
    class Shallow:
        words: tuple[list[str], ...]
        facts: "dict[str, str] | None"
        more: collections.abc.Mapping[str, str]

    @frozen
    class Good:
        words: tuple[frozenset[str], ...]
        facts: collections.abc.Mapping[str, str] = field(converter=frozen_mapping)
        call: collections.abc.Callable[[list[str]], dict[str, str]] = print

    def found(cls: type) -> list[str]:
        return [breach.rpartition("<locals>.")[2] for breach in class_breaches(cls)]

    assert ["Loose is not frozen"] == found(Loose)
    assert ["Unslotted has no slots"] == found(Unslotted)
    assert [
        "Shallow.words holds a list",
        "Shallow.facts holds a dict",
        "Shallow.more may hold anything that is a Mapping",
    ] == found(Shallow)
    assert [] == found(Good)
    plain = sample("class Keeper:\n    def keep(self, x):\n        self.x = x\n")
    assert ["complaintkit/case/sample.py:3: Keeper sets self.x"] == list(plain_classes_with_state(plain))
