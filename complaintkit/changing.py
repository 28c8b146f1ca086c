"""A frozen value with some of its fields changed: as `attrs.evolve`, and several times as fast for wide classes.

A complaint has some seventy fields, and an entry changes two or three of them. `attrs.evolve` hands all of them to the
constructor, which checks each again; here the others are copied as they are, for they were checked when they came.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

if TYPE_CHECKING:
    # Type checkers know which fields a class has for this very function.
    from attrs import evolve as evolve
else:

    def evolve(instance: Any, **changes: Any) -> Any:
        """Return a value with some fields changed, each checked as by the constructor.

        Args:
            instance: A frozen, slotted value.
            changes: What its fields hold instead, by their names.

        Raises:
            TypeError: It has no such field.
        """
        shape = _shape(instance.__class__)
        made = object.__new__(instance.__class__)
        for put, value in zip(shape.puts, shape.values(instance), strict=True):
            put(made, value)
        for name, value in changes.items():
            shape.change(made, name, value)
        if shape.finish is not None:
            shape.finish(made)
        return made


@frozen
class _Shape:
    """How the fields of a class are read and written past its being frozen."""

    values: Callable[[Any], tuple[Any, ...]]
    puts: tuple[Callable[[Any, Any], None], ...]
    changed: dict[str, "tuple[Callable[[Any, Any], None], attrs.Attribute[Any]]"]
    finish: Callable[[Any], None] | None

    def change(self, made: Any, name: str, value: Any) -> None:
        """Write one field, converted and checked."""
        if name not in self.changed:
            raise TypeError(f"{type(made).__name__} has no field {name!r}; it has {', '.join(self.changed)}")
        put, one = self.changed[name]
        if one.converter is not None:
            convert: Any = one.converter
            value = convert(value)
        put(made, value)
        if one.validator is not None:
            one.validator(made, one, value)


@cache
def _shape(cls: type[Any]) -> _Shape:
    fields = attrs.fields(cls)
    puts = {one.name: getattr(cls, one.name).__set__ for one in fields}
    read = attrgetter(*puts) if len(puts) > 1 else _only(*puts)
    changed = {one.alias or one.name: (puts[one.name], one) for one in fields}
    return _Shape(read, tuple(puts.values()), changed, getattr(cls, "__attrs_post_init__", None))


def _only(*names: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda instance: tuple(getattr(instance, name) for name in names)
