"""Duties in the database: found by who is to do them, through an index of their own."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import LASTING, Severity
from complaintkit.store import sight
from complaintkit.store.duties import Duty, DutyQuery
from complaintkit.store.line import Line, by_place, compiled
from complaintkit.store.sql_kit import Kit
from complaintkit.store.statements import p
from complaintkit.store.tables import OPEN_DUTY, STILL_OPEN, Tables
from complaintkit.store.texts import storable

# How many names and kinds, whether own cases count, whether there is a latest moment, who looks.
_Shape = tuple[int, int, bool, bool, sight.Shape]
_OF_CASE: Final = ("reference", "owner", "stage", "category", "severity")


class SqlDuties(ABC):
    """The part of a store that lists duties."""

    tables: Tables
    _kit: Kit
    _dialect: sa.Dialect

    @abstractmethod
    def reading(self) -> AbstractContextManager[Line]:
        """Give a line for queries."""

    def duties(self, query: DutyQuery) -> tuple[Duty, ...]:
        """List open deadlines, the nearest first."""
        own = query.own and bool(query.who)
        shape = (
            len(query.who), len(query.kinds), own, query.due_before is not None, sight.shape_of(query.seen_by)
        )  # fmt: skip
        moments = () if query.due_before is None else (self._kit.map.moment(query.due_before),)
        seen = sight.values_of(query.seen_by, self._dialect.name)
        part = (*map(storable, query.who), *query.kinds, *moments, *seen)
        values = (*part, *(part if own else ()), query.limit, query.offset)
        with self.reading() as line:
            rows = line.rows(_query(shape, self.tables, self._dialect.name), values)
        return tuple(map(self._duty, rows))

    def _duty(self, row: Any) -> Duty:
        reference, owner, stage, category, severity, place, *clock = row
        return Duty(
            reference=reference, owner=owner, stage=Stage(stage), category=category, severity=Severity(severity),
            clock=self._kit.map.clock.value(clock), place=place,
        )  # fmt: skip


@lru_cache(maxsize=256)
def _query(shape: _Shape, tables: Tables, dialect: str) -> str:
    clock = tables.clock.c
    named = _part(shape, tables, dialect, own=False)
    if not shape[2]:
        query = named.order_by(clock.due_at, clock.reference, clock.position)
    else:
        both = sa.union_all(named, _part(shape, tables, dialect, own=True)).subquery("duty")
        query = sa.select(both).order_by(both.c.due_at, both.c.reference, both.c.position)
    limited = query.limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer()))
    return compiled(limited, by_place(dialect))


def _part(shape: _Shape, tables: Tables, dialect: str, *, own: bool) -> sa.Select[Any]:
    """Return the query of duties that name somebody, or of those that fall to the owner of the case."""
    names, kinds, _, limited, seen = shape
    case, clock = tables.complaint, tables.clock
    columns = [case.c[name] for name in _OF_CASE] + [column for column in clock.c if column.name != "reference"]
    query = sa.select(*columns).select_from(clock.join(case, case.c.reference == clock.c.reference))
    lasting = ", ".join(f"'{kind}'" for kind in sorted(LASTING))
    query = query.where(sa.text(OPEN_DUTY), sa.text(f"({STILL_OPEN} OR kind IN ({lasting}))"))
    mark = "own" if own else "named"
    if names:
        # Written as the index has it, or the engine would not see that the index fits.
        query = query.where(sa.text("who = ''" if own else "who <> ''"))
        query = query.where(_one_of(case.c.owner if own else clock.c.who, names, f"_{mark}"))
    if kinds:
        query = query.where(_one_of(clock.c.kind, kinds, f"_{mark}_kind"))
    if limited:
        query = query.where(clock.c.due_at < p(f"_{mark}_before"))
    return query.where(*sight.conditions(seen, tables, by_place(dialect)))


def _one_of(column: sa.ColumnElement[Any], count: int, name: str) -> sa.ColumnElement[bool]:
    values = [p(f"{name}{place}") for place in range(count)]
    return column == values[0] if count == 1 else column.in_(values)
