"""Frozen classes to rows and back: one generic mapper. The order of columns is the order of the class's fields.

Values are converted here and not by SQLAlchemy, because statements are compiled once and run on the driver's own
cursor: that makes intake several times as fast. There and back is the identity, by property test (house rule 10).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache, partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar, get_args, get_origin, get_type_hints

import attrs
import sqlalchemy as sa
from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.handling import Handling
from complaintkit.case.learning import Learning
from complaintkit.case.matter import Matter
from complaintkit.case.parts import Clock, Content
from complaintkit.case.precedent import Precedent
from complaintkit.case.settlement import Settlement
from complaintkit.case.ties import Ties
from complaintkit.checks import FrozenMapping, utc
from complaintkit.clocks.reckoning import History, Reckoning
from complaintkit.codec import canonical, digests_in, dump_part, load_part
from complaintkit.errors import StoreError
from complaintkit.message import Envelope, Notice
from complaintkit.policy.staff import Absence
from complaintkit.store.chain import Link
from complaintkit.store.moments import from_text, to_text
from complaintkit.store.port import PluginRecord, Thread
from complaintkit.store.tables import Tables, fields_of, plain_type

T = TypeVar("T")
NO_CONTENTS: Final[Mapping[str, Content]] = MappingProxyType({})
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


_EMPTY: Final = "{}"
# Fields of a complaint that hold what belongs together by meaning; each is one column of JSON.
GROUPS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        name: hint
        for name, hint in get_type_hints(Complaint).items()
        if hint in (Matter, Handling, Settlement, Learning, Ties)
    }
)


@frozen
class Mapper(Generic[T]):
    """To a row and back, for one class on one engine.

    Attributes:
        kind: The class.
        columns: Its columns, in order.
    """

    kind: type[T]
    columns: tuple[str, ...]
    _values: Callable[[T], Row]
    _out: tuple[tuple[int, Convert], ...]
    _back: tuple[tuple[str, Convert], ...]

    def row(self, value: T) -> Row:
        """Return the values of a row."""
        values = list(self._values(value))
        for place, convert in self._out:
            if (held := values[place]) is not None:
                values[place] = convert(held)
        return tuple(values)

    def value(self, row: Sequence[Any], **more: Any) -> T:
        """Return the value again.

        Args:
            row: The values of the columns, in order; what follows them is ignored.
            more: Fields that do not come from these columns, or come better prepared.
        """
        fields = dict(zip(self.columns, row, strict=False))
        for name, convert in self._back:
            if (held := fields[name]) is not None:
                fields[name] = convert(held)
        return self.kind(**fields | more)


def mapper(kind: type[T], dialect: str, without: tuple[str, ...] = ()) -> Mapper[T]:
    """Return the mapper of a class.

    Args:
        kind: An attrs class.
        dialect: `sqlite` or `postgresql`.
        without: Fields that are no columns.
    """
    names = fields_of(kind, without)
    hints = get_type_hints(kind)
    out: list[tuple[int, Convert]] = []
    back: list[tuple[str, Convert]] = []
    for place, name in enumerate(names):
        there, here = _conversions(plain_type(hints[name])[0], dialect)
        if there:
            out.append((place, there))
        if here:
            back.append((name, here))
    return Mapper(kind, names, attrgetter(*names), tuple(out), tuple(back))


def _conversions(held: Any, dialect: str) -> tuple[Convert | None, Convert | None]:
    if held is datetime:
        return (to_text, from_text) if dialect == "sqlite" else (None, utc)
    if held is bool:
        return (int, bool) if dialect == "sqlite" else (None, None)
    if held is bytes:
        return None, bytes
    if held is Content:
        return attrgetter("digest"), Content
    if isinstance(held, type) and issubclass(held, Enum):
        return attrgetter("value"), held
    if held in GROUPS.values():
        return partial(_dumped_group, held()), None
    if held in (Reckoning, History):
        return _dumped_clock_part, partial(_loaded_clock_part, held)
    if parted(held):
        return dump_part, None
    if get_origin(held) is tuple and get_args(held) == (str, ...):
        return _dumped_tuple, _loaded_tuple
    if get_origin(held) is Mapping:
        return _dumped_mapping, _loaded_mapping
    return None, None


def parted(held: Any) -> bool:
    """Say whether a type is made of parts, and so stands in one column as text: a class of ours, or a tuple of one."""
    one = get_args(held)[0] if get_origin(held) is tuple else held
    return one is not Content and attrs.has(one)


def _dumped_group(empty: object, value: object) -> str:
    return _EMPTY if value == empty else dump_part(value)


# Most clocks of most complaints are reckoned by one of a few standards, and nothing happened to them yet.
@lru_cache(maxsize=1024)
def _dumped_clock_part(value: object) -> str:
    return dump_part(value)


@lru_cache(maxsize=1024)
def _loaded_clock_part(kind: type[T], text: str) -> T:
    return load_part(kind, text, NO_CONTENTS)


def _dumped_tuple(value: tuple[str, ...]) -> str:
    return canonical(value).decode("ascii") if value else "[]"


def _loaded_tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _dumped_mapping(value: Mapping[str, str]) -> str:
    return canonical(dict(value)).decode("ascii")


def _loaded_mapping(text: str) -> FrozenMapping:
    return FrozenMapping(json.loads(text))


SEALED: Final = tuple(
    name
    for name, hint in get_type_hints(Complaint).items()
    if name in fields_of(Complaint) and plain_type(hint)[0] is Content
)


@frozen
class Mappers:
    """The mappers of one engine."""

    complaint: Mapper[Complaint]
    clock: Mapper[Clock]
    link: Mapper[Link]
    content: Mapper[Content]
    thread: Mapper[Thread]
    notice: Mapper[Notice]
    envelope: Mapper[Envelope]
    precedent: Mapper[Precedent]
    plugin_record: Mapper[PluginRecord]
    absence: Mapper[Absence]
    moment: Convert
    moment_back: Convert

    def case(
        self, row: Sequence[Any], clocks: Iterable[Clock], contents: Mapping[str, Content] = NO_CONTENTS
    ) -> Complaint:
        """Return a complaint from its row, after which text and salt of each sealed part follow.

        Args:
            row: The row.
            clocks: Its clocks, in order.
            contents: The sealed texts of its groups, by digest; see `grouped`.
        """
        place = len(self.complaint.columns)
        sealed: dict[str, Content | None] = {}
        for name in SEALED:
            digest = row[self.complaint.columns.index(name)]
            sealed[name] = None if digest is None else Content(digest, row[place], row[place + 1] or "")
            place += 2
        groups: dict[str, Any] = {}
        for name, kind in GROUPS.items():
            text = row[self.complaint.columns.index(name)]
            groups[name] = kind() if text == _EMPTY else load_part(kind, text, contents)
        return self.complaint.value(row, clocks=tuple(clocks), **sealed, **groups)


def grouped(columns: Sequence[str], row: Sequence[Any]) -> tuple[str, ...]:
    """Return the digests of the contents that stand in the groups of a complaint's row."""
    texts = (row[columns.index(name)] for name in GROUPS)
    return tuple(digest for text in texts if text != _EMPTY for digest in digests_in(text))


def mappers(tables: Tables, dialect: str) -> Mappers:
    """Return the mappers of an engine, checked against the tables.

    Raises:
        StoreError: A class and its table differ; the text names both.
    """
    made = Mappers(
        complaint=mapper(Complaint, dialect, ("clocks",)), clock=mapper(Clock, dialect), link=mapper(Link, dialect),
        content=mapper(Content, dialect), thread=mapper(Thread, dialect), notice=mapper(Notice, dialect),
        envelope=mapper(Envelope, dialect), precedent=mapper(Precedent, dialect, ("remedies",)),
        plugin_record=mapper(PluginRecord, dialect), absence=mapper(Absence, dialect),
        moment=to_text if dialect == "sqlite" else _as_it_is, moment_back=from_text if dialect == "sqlite" else utc,
    )  # fmt: skip
    for one, table, before, after in (
        (made.complaint, tables.complaint, (), ("head",)),
        (made.clock, tables.clock, ("reference", "position"), ()),
        (made.link, tables.entry, (), ()),
        (made.content, tables.content, ("reference",), ()),
        (made.thread, tables.thread, ("number",), ()),
        (made.notice, tables.notice, ("number", "state", "attempts", "next_at", "detail"), ()),
        (made.envelope, tables.envelope, tuple(tables.envelope.c.keys()[:8]), ()),
        (made.precedent, tables.precedent, ("number",), ("words",)),
        (made.plugin_record, tables.plugin_record, (), ()),
        (made.absence, tables.absence, (), ()),
    ):
        _compare(one, table, (*before, *one.columns, *after))
    return made


def _compare(one: Mapper[Any], table: sa.Table, wanted: tuple[str, ...]) -> None:
    columns = tuple(table.c.keys())
    if columns != wanted:
        raise StoreError(f"table {table.name} has the columns {columns}, the class {one.kind.__name__} wants {wanted}")


def _as_it_is(value: Any) -> Any:
    return value
