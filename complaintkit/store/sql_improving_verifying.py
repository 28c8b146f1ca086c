"""Verifying improvements in the database, some hundred at a time. `improving_verifying` has the checks."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

import sqlalchemy as sa

from complaintkit.store.improving_verifying import ImprovementSheets, check_improvement
from complaintkit.store.line import Line, among, by_place, compiled
from complaintkit.store.port import Finding
from complaintkit.store.sql_kit import Kit
from complaintkit.store.sql_verifying import CHUNK, Connected
from complaintkit.store.statements import NONE, p
from complaintkit.store.tables import Tables


def verify(store: Connected, kit: Kit) -> Iterator[Finding]:
    """Yield every place where the store contradicts itself about an improvement."""
    last: str | None = ""
    while last is not None:
        with store.connected(snapshot=True) as connection:
            sheets, last = _sheets(Line.of(connection), store.tables, connection.dialect.name, kit, last)
        for one in sheets:
            yield from check_improvement(one)
    with store.connected() as connection:
        orphans = list(_orphans(connection, store.tables))
    yield from orphans


def _sheets(
    line: Line, tables: Tables, dialect: str, kit: Kit, after: str
) -> tuple[list[ImprovementSheets], str | None]:
    rows_, links_, contents_, ties_ = _queries(tables, dialect)
    rows = line.rows(rows_, (after,))
    if not rows:
        return [], None
    asked = (line.among(row[0] for row in rows),)
    links, contents, ties = (defaultdict(list) for _ in range(3))
    for row in line.rows(links_, asked):
        links[row[0]].append(kit.map.link.value(row))
    for row in line.rows(contents_, asked):
        contents[row[0]].append(kit.map.content.value(row[1:]))
    for reference, what, code in line.rows(ties_, asked):
        ties[reference].append((what, code))
    return [
        ImprovementSheets(
            reference=row[0], head=row[-1], links=tuple(links[row[0]]), ties=frozenset(ties[row[0]]),
            contents=(sealed := {one.digest: one for one in contents[row[0]]}),
            read=partial(kit.improving.map.value, row, sealed),
        )
        for row in rows
    ], rows[-1][0]  # fmt: skip


@lru_cache(maxsize=32)
def _queries(tables: Tables, name: str) -> tuple[str, str, str, str]:
    dialect = by_place(name)
    table, entry = tables.improvement, tables.improvement_entry
    content, link = tables.improvement_content, tables.improvement_link

    def of(one: sa.Table, *order: Any) -> str:
        return compiled(sa.select(one).where(among(one.c.reference, dialect)).order_by(*order), dialect)

    first = sa.select(table).where(table.c.reference > p("_after")).order_by(table.c.reference)
    chunk = first.limit(sa.literal_column(str(CHUNK))).offset(NONE)
    return compiled(chunk, dialect), of(entry, entry.c.reference, entry.c.seq), of(content), of(link)


def _orphans(connection: sa.Connection, tables: Tables) -> Iterator[Finding]:
    table = tables.improvement
    for one in (tables.improvement_entry, tables.improvement_content, tables.improvement_link, tables.notice):
        lost = (
            sa.select(one.c.reference, sa.func.count())
            .select_from(one.outerjoin(table, table.c.reference == one.c.reference))
            .where(table.c.reference.is_(None), one.c.reference.like("IM-%"))
            .group_by(one.c.reference)
        )
        for reference, figure in connection.execute(lost):
            problem = f"{figure} rows of {one.name} belong to an improvement that is not on file"
            yield Finding(reference=reference, seq=None, problem=problem)
