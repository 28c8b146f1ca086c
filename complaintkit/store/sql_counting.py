"""Counting in the database; `counting` says what each count means."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects.postgresql import JSONB

from complaintkit.case.commitments import INTERIM
from complaintkit.counts import By, Count, Counted
from complaintkit.store import sight
from complaintkit.store.counting import BACK, ENDS, HELD, check
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Figures
from complaintkit.store.tables import STILL_OPEN, TURNS, Tables

_Found = tuple[Any, tuple[sa.ColumnElement[bool], ...], Any]


# Where a dimension stands in what is described of a complaint.
TOLD: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "target": ("target",), "goal": ("telling", "goal"), "expression": ("telling", "expression"),
        "tone": ("telling", "tone"),
    }
)  # fmt: skip


@frozen
class Counting:
    """Counts in a database, for everybody or without what does not exist for somebody."""

    connection: sa.Connection
    tables: Tables
    seen_by: Onlooker | None = None

    def count_of(self, count: Count, since: datetime, until: datetime) -> Counted:
        """Return one count in the half-open period.

        Args:
            count: What is counted.
            since: Where the period begins.
            until: Where it has ended.

        Raises:
            StoreError: The count has no meaning.
        """
        check(count)
        source, conditions, moment = _found(self.tables, count.of, since, until)
        dimensions = [_dimension(by, self.tables, moment, self.connection.dialect.name) for by in count.by]
        query = sa.select(*dimensions, sa.func.count()).select_from(source).where(*conditions, *self._seen)
        if dimensions:
            query = query.group_by(*dimensions)
        rows = [(tuple(row[:-1]), int(row[-1])) for row in self.connection.execute(query, self._values)]
        return Counted(count, tuple(sorted(rows)))

    def figures(self) -> Figures:
        """Return the balance of the store."""
        tables = self.tables
        envelopes, notices = self._by_state(tables.envelope), self._by_state(tables.notice)
        return Figures(
            envelopes=sum(envelopes.values()), new=envelopes.get("new", 0), accepted=envelopes.get("accepted", 0),
            parked=envelopes.get("parked", 0), duplicate=envelopes.get("duplicate", 0),
            complaints=self._number(), open=self._number(sa.text(STILL_OPEN)),
            unassessed=self._number(sa.text(STILL_OPEN), sa.text("assessed_at IS NULL")),
            waiting_notices=notices.get("waiting", 0), refused_notices=notices.get("refused", 0),
            entries=self._one(sa.select(sa.func.count()).select_from(tables.entry).where(*self._of(tables.entry))),
        )  # fmt: skip

    def _number(self, *conditions: Any) -> int:
        return self._one(sa.select(sa.func.count()).select_from(self.tables.complaint).where(*conditions, *self._seen))

    def _one(self, query: sa.Select[Any]) -> int:
        return int(self.connection.execute(query, self._values).scalar_one())

    def _by_state(self, table: sa.Table) -> dict[str, int]:
        query = sa.select(table.c.state, sa.func.count().label("figure")).where(*self._of(table))
        rows = self.connection.execute(query.group_by(table.c.state), self._values)
        return {row.state: row.figure for row in rows}

    @property
    def _shape(self) -> sight.Shape:
        return sight.shape_of(self.seen_by)

    @property
    def _values(self) -> dict[str, Any]:
        return sight.named_values(self.seen_by, self.connection.dialect.name)

    @property
    def _seen(self) -> tuple[sa.ColumnElement[bool], ...]:
        return sight.conditions(self._shape, self.tables, self.connection.dialect)

    def _of(self, table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
        """Return the condition that a row belongs to no complaint that does not exist for who asks."""
        if self._shape == sight.EVERYTHING:
            return ()
        unseen = sight.unseen(self._shape, self.tables, self.connection.dialect)
        return (table.c.reference.not_in(sa.select(self.tables.complaint.c.reference).where(unseen)),)


def _found(tables: Tables, of: str, since: datetime, until: datetime) -> _Found:
    case, clock, entry = tables.complaint, tables.clock, tables.entry
    of_clocks = case.join(clock, clock.c.reference == case.c.reference)
    match of:
        case "received":
            return case, _within(case.c.received_at, since, until), case.c.received_at
        case "ended":
            end = entry.alias("ending")
            conditions = (_turned(end, ENDS), *_within(end.c.at, since, until))
            return case.join(end, end.c.reference == case.c.reference), conditions, end.c.at
        case "reopened":
            return _came_back(tables, since, until)
        case "held":
            return _held(tables, since, until)
        case "due":
            return of_clocks, (*_within(clock.c.due_at, since, until), _fell_due(clock)), clock.c.due_at
        case "kept":
            # What was broken before another standard moved it was not kept, whenever it was met.
            kept = clock.c.met_at <= clock.c.due_at, clock.c.broken_at.is_(None)
            return of_clocks, (*_within(clock.c.due_at, since, until), *kept), clock.c.due_at
        case "overdue":
            late = sa.exists().where(clock.c.reference == case.c.reference, *_late(clock, until))
            return case, (*_open(tables, until), late), None
        case _:
            return case, _open(tables, since if of == "open_before" else until), None


def _within(column: Any, since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return column >= since, column < until


def _turned(entry: Any, kinds: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Return the condition that an entry is of these kinds, in a form that lets SQLite use its partial index."""
    index = "{}.kind IN ({})".format(entry.name, ", ".join(f"'{kind}'" for kind in TURNS))
    return sa.and_(entry.c.kind.in_(kinds), *([sa.text(index)] if set(kinds) <= set(TURNS) else []))


def _open(tables: Tables, moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    end, later = tables.entry.alias("ending"), tables.entry.alias("later")
    turned_later = sa.exists().where(
        later.c.reference == end.c.reference, later.c.seq > end.c.seq, later.c.at < moment,
        later.c.kind.in_((*ENDS, *BACK)),
    )  # fmt: skip
    ended = sa.select(end.c.reference).where(_turned(end, ENDS), end.c.at < moment, ~turned_later)
    return tables.complaint.c.received_at < moment, tables.complaint.c.reference.not_in(ended)


def _late(clock: sa.Table, moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    column = clock.c
    return (
        sa.or_(column.due_at < moment, column.broken_at < moment),
        sa.or_(column.met_at.is_(None), column.met_at >= moment),
        sa.or_(column.paused_at.is_(None), column.paused_at > column.due_at),
        sa.or_(column.ended_at.is_(None), column.ended_at >= moment),
    )


def _fell_due(clock: sa.Table) -> sa.ColumnElement[bool]:
    """Return the condition that a promise fell due while the case still asked for it."""
    broken = clock.c.broken_at.is_not(None)
    return sa.or_(clock.c.ended_at.is_(None), clock.c.ended_at > clock.c.due_at, broken)


def _came_back(tables: Tables, since: datetime, until: datetime) -> _Found:
    end, back, between = (tables.entry.alias(name) for name in ("ending", "back", "between"))
    turned_between = sa.exists().where(
        between.c.reference == end.c.reference, between.c.seq > end.c.seq, between.c.seq < back.c.seq,
        between.c.kind.in_((*ENDS, *BACK)),
    )  # fmt: skip
    after = sa.and_(back.c.reference == end.c.reference, back.c.seq > end.c.seq, back.c.kind.in_(BACK))
    source = end.join(back, after).join(tables.complaint, tables.complaint.c.reference == end.c.reference)
    conditions = (_turned(end, ENDS), *_within(back.c.at, since, until), ~turned_between)
    return source, conditions, back.c.at


def _held(tables: Tables, since: datetime, until: datetime) -> _Found:
    sent, clock = tables.entry.alias("sent"), tables.clock
    # Each runs by a clock: of the files of the others nothing need be read.
    some = sa.select(clock.c.reference).where(clock.c.kind == sa.literal_column(f"'{INTERIM}'"))
    conditions = (sent.c.reference.in_(some), sent.c.kind == HELD, *_within(sent.c.at, since, until))
    return sent.join(tables.complaint, tables.complaint.c.reference == sent.c.reference), conditions, sent.c.at


def _dimension(by: By, tables: Tables, moment: Any, dialect: str) -> Any:
    if by == "clock":
        return tables.clock.c.kind
    if by == "month":
        return _month(moment, dialect)
    if by == "week":
        return _week(moment, dialect)
    if by in TOLD:
        return _told(tables.complaint.c.matter, TOLD[by], dialect)
    return tables.complaint.c[by]


def _told(matter: Any, path: tuple[str, ...], dialect: str) -> Any:
    """Return what was described of a matter, empty where it was not."""
    found: Any
    if dialect == "sqlite":
        found = sa.func.json_extract(matter, sa.literal_column(f"'$.{'.'.join(path)}'"))
    else:
        found = sa.cast(matter, JSONB).op("#>>")(sa.literal_column(f"'{{{','.join(path)}}}'"))
    return sa.func.coalesce(sa.func.nullif(found, sa.literal_column("'unknown'")), sa.literal_column("''"))


def _month(moment: Any, dialect: str) -> Any:
    if dialect == "sqlite":
        return sa.func.substr(sa.type_coerce(moment, sa.Text()), sa.literal_column("1"), sa.literal_column("7"))
    return sa.func.to_char(sa.func.timezone(sa.literal_column("'UTC'"), moment), sa.literal_column("'YYYY-MM'"))


def _week(moment: Any, dialect: str) -> Any:
    """Return year and week as ISO 8601 counts them: a week belongs to the year of its Thursday."""
    if dialect != "sqlite":
        utc = sa.func.timezone(sa.literal_column("'UTC'"), moment)
        return sa.func.to_char(utc, sa.literal_column("""'IYYY-"W"IW'"""))
    # Only the day is read: with its time, the last microsecond of a day would be rounded into the next one.
    text = sa.type_coerce(moment, sa.Text())
    day = sa.func.substr(text, sa.literal_column("1"), sa.literal_column("10"))
    thursday = sa.func.date(day, sa.literal_column("'-3 days'"), sa.literal_column("'weekday 4'"))
    week = (sa.cast(sa.func.strftime(sa.literal_column("'%j'"), thursday), sa.Integer()) - 1) // 7 + 1
    return sa.func.printf(sa.literal_column("'%s-W%02d'"), sa.func.strftime(sa.literal_column("'%Y'"), thursday), week)
