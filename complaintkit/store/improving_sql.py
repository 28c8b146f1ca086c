"""Every statement about improvements, built from the tables and compiled once per engine."""

from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects import postgresql, sqlite

from complaintkit.store.improving_rows import ImprovementMapper, improvement_mapper
from complaintkit.store.line import among, by_place, compiled
from complaintkit.store.statements import NONE, p
from complaintkit.store.tables import Tables

# What turned out to be no complaint, or to be one that is on file, says nothing about a cause.
COUNTS: Final = "stage NOT IN ('duplicate', 'not_a_complaint')"
SESSIONS: Final = "kind IN ('session_completed', 'session_missed')"


@frozen(kw_only=True)
class ImprovingSql:
    """The statements as text."""

    head: str
    add: str
    change: str
    add_entry: str
    add_content: str
    add_link: str
    drop_causes: str
    add_cause: str
    one: str
    contents: str
    contents_of: str
    links: str
    due: str
    sessions: str
    received: str
    known: str
    by_category: str
    by_cause: str
    channels: str
    closed: str
    learned: str


@frozen
class ImprovingKit:
    """What one kind of engine needs to run statements on improvements.

    Attributes:
        sql: The statements.
        map: The mapper.
    """

    sql: ImprovingSql
    map: ImprovementMapper


@lru_cache(maxsize=32)
def improving_kit(tables: Tables, name: str) -> ImprovingKit:
    """Return the statements and the mapper for an engine."""
    dialect = by_place(name)
    made = {**_writing(tables, dialect), **_reading(tables, dialect), **_counting(tables, dialect)}
    texts = {name: compiled(statement, dialect) for name, statement in made.items()}
    return ImprovingKit(ImprovingSql(**texts), improvement_mapper(tables, name))


def _insert(table: sa.Table) -> Any:
    return sa.insert(table).values({column.name: p(column.name) for column in table.c}).inline()


def _once(table: sa.Table, dialect: sa.Dialect) -> Any:
    insert: Any = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    return insert(table).values({column.name: p(column.name) for column in table.c}).inline().on_conflict_do_nothing()


def _writing(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.improvement, tables.improvement.c
    this = sa.and_(column.reference == p("_reference"), column.version == p("_version"))
    cause = tables.case_cause
    changed = {one.name: p(one.name) for one in column if one.name != "reference"}
    return {
        "head": sa.select(column.head).where(this).with_for_update(),
        "add": _once(table, dialect),
        "change": sa.update(table).where(this).values(changed),
        "add_entry": _insert(tables.improvement_entry),
        "add_content": _once(tables.improvement_content, dialect),
        "add_link": _once(tables.improvement_link, dialect),
        "drop_causes": sa.delete(cause).where(cause.c.reference == p("_reference")),
        "add_cause": _once(cause, dialect),
    }  # fmt: skip


def _reading(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, entry, content = tables.improvement, tables.improvement_entry, tables.improvement_content
    sealed = (content.c.digest, content.c.text, content.c.salt)
    return {
        "one": sa.select(table).where(table.c.reference == p("_reference")),
        "contents": sa.select(*sealed).where(content.c.reference == p("_reference")),
        "contents_of": sa.select(content.c.reference, *sealed).where(among(content.c.reference, dialect)),
        "links": sa.select(entry).where(entry.c.reference == p("_reference")).order_by(entry.c.seq),
        "due": sa.select(table.c.reference).where(sa.text("due_at IS NOT NULL"), table.c.due_at <= p("_now"))
        .order_by(table.c.due_at, table.c.reference).limit(p("_limit", sa.Integer())).offset(NONE),
        "sessions": sa.select(entry).where(sa.text(SESSIONS)).order_by(entry.c.reference, entry.c.seq),
    }  # fmt: skip


def _counting(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    case, cause = tables.complaint, tables.case_cause
    received = case.c.received_at
    period = sa.and_(received >= p("_since"), received < p("_until"), sa.text(COUNTS))
    caused = sa.select(cause.c.reference).where(cause.c.reference == case.c.reference)
    how_many = sa.select(sa.func.count()).select_from(case).where(period)
    closed = case.c.closed_at
    return {
        "received": how_many,
        "known": how_many.where(caused.exists()),
        "by_category": how_many.where(among(case.c.category, dialect)),
        "by_cause": how_many.where(caused.where(among(cause.c.cause, dialect)).exists()),
        "channels": sa.select(case.c.channel).distinct()
        .where(received >= p("_since"), received < p("_until")).order_by(case.c.channel),
        "closed": sa.select(case.c.reference, case.c.learning)
        .where(sa.text("stage = 'closed'"), closed >= p("_since"), closed < p("_until"))
        .order_by(closed, case.c.reference),
        "learned": sa.select(case.c.reference, case.c.learning)
        .where(received >= p("_since"), received < p("_until"), sa.text("learning <> '{}'"))
        .order_by(received, case.c.reference),
    }  # fmt: skip
