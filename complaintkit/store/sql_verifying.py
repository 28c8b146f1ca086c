"""Verifying in the database: loads some hundred cases at a time and goes on. `verifying` has the checks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final, Protocol

import sqlalchemy as sa
from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.store.chain import Link
from complaintkit.store.line import Line, among, by_place, compiled
from complaintkit.store.port import Finding
from complaintkit.store.rows import SEALED
from complaintkit.store.sql_kit import Kit
from complaintkit.store.sql_unit import OWN, kept_of
from complaintkit.store.statements import NONE, case_query, p
from complaintkit.store.tables import Tables, fields_of
from complaintkit.store.verifying import OPENING, Sheets, check_attachment, check_envelope, check_file, named_by

CHUNK: Final = 200
_BLOBS: Final = 20
_HEAD: Final = len(fields_of(Complaint, ("clocks",))) + 2 * len(SEALED)


class Connected(Protocol):
    """What verifying needs of the store."""

    tables: Tables

    def connected(self, snapshot: bool = False) -> AbstractContextManager[sa.Connection]:
        """Give a connection, all of whose queries see the same state if asked."""


@frozen(kw_only=True)
class _Queries:
    """The queries of a verification."""

    cases: str
    clocks: str
    links: str
    contents: str
    stored: str
    named: str
    envelopes: str
    openings: str
    known: str
    attachments: str


def verify(store: Connected, kit: Kit) -> Iterator[Finding]:
    """Yield every place where the store contradicts itself."""
    last: str | None = ""
    while last is not None:
        with store.connected(snapshot=True) as connection:
            sheets, findings, last = _cases(connection, store.tables, kit, last)
        yield from findings
        for one in sheets:
            yield from check_file(one)
    with store.connected() as connection:
        orphans = list(_orphans(connection, store.tables))
    yield from orphans
    number: int | None = 0
    while number is not None:
        with store.connected(snapshot=True) as connection:
            findings, number = _envelopes(connection, store.tables, kit, number)
        yield from findings
    last = ""
    while last is not None:
        with store.connected() as connection:
            queries = _queries(store.tables, connection.dialect.name)
            rows = Line.of(connection).rows(queries.attachments, (last,))
        for digest, data in rows:
            yield from check_attachment(digest, bytes(data))
        last = rows[-1][0] if rows else None


def _cases(
    connection: sa.Connection, tables: Tables, kit: Kit, after: str
) -> tuple[list[Sheets], list[Finding], str | None]:
    line, queries, map_ = Line.of(connection), _queries(tables, connection.dialect.name), kit.map
    rows = line.rows(queries.cases, (after,))
    if not rows:
        return [], [], None
    asked = (line.among(row[0] for row in rows),)
    clocks, links, contents = (defaultdict(list) for _ in range(3))
    for row in line.rows(queries.clocks, asked):
        clocks[row[-1]].append(row)
    for row in line.rows(queries.links, asked):
        links[row[0]].append(row)
    for row in line.rows(queries.contents, asked):
        contents[row[0]].append(map_.content.value(row[1:]))
    files: list[tuple[Complaint, str, list[Link]]] = []
    findings: list[Finding] = []
    for row in rows:
        try:
            sealed = {content.digest: content for content in contents[row[0]]}
            case = map_.case(row, map(map_.clock.value, clocks[row[0]]), sealed)
            files.append((case, row[_HEAD], [map_.link.value(one) for one in links[row[0]]]))
        except (ValueError, TypeError, KeyError) as error:
            findings.append(Finding(reference=row[0], seq=None, problem=f"a row cannot be read: {error}"))
    stored, envelopes = _named(line, queries, [link for _, _, file in files for link in file])
    sheets = [
        Sheets(
            reference=case.reference, case=case, head=head, links=file, attachments=stored, envelopes=envelopes,
            contents={content.digest: content for content in contents[case.reference]},
        )
        for case, head, file in files
    ]  # fmt: skip
    return sheets, findings, rows[-1][0]


def _named(line: Line, queries: _Queries, links: Iterable[Link]) -> tuple[frozenset[str], dict[int, tuple[str, str]]]:
    """Return which of the attachments that entries name are stored, and what became of the envelopes they name."""
    named = [named_by(link) for link in links if link.kind in OPENING]
    digests = {digest for _, several in named for digest in several}
    numbers = {number for number, _ in named if number}
    stored = line.rows(queries.stored, (line.among(digests),)) if digests else ()
    envelopes = line.rows(queries.named, (line.among(numbers),)) if numbers else ()
    return frozenset(row[0] for row in stored), {number: (state, case) for number, state, case in envelopes}


def _envelopes(connection: sa.Connection, tables: Tables, kit: Kit, after: int) -> tuple[list[Finding], int | None]:
    line, queries = Line.of(connection), _queries(tables, connection.dialect.name)
    rows = line.rows(queries.envelopes, (after,))
    if not rows:
        return [], None
    asked = (line.among({row[5] for row in rows if row[5]}),)
    known = {row[0] for row in line.rows(queries.known, asked)}
    mentioned: set[tuple[str, int]] = set()
    for row in line.rows(queries.openings, asked):
        try:
            link = kit.map.link.value(row)
        except (ValueError, TypeError):
            continue  # reported with its case
        mentioned.add((link.reference, named_by(link)[0]))
    findings: list[Finding] = []
    for row in rows:
        try:
            kept = kept_of(row, kit)
        except (ValueError, TypeError) as error:
            problem = f"envelope {row[0]}: its row cannot be read: {error}"
            findings.append(Finding(reference=row[5], seq=None, problem=problem))
            continue
        named = (kept.reference, kept.number) in mentioned
        findings += check_envelope(kept, row[OWN - 1], named, kept.reference in known)
    return findings, rows[-1][0]


def _orphans(connection: sa.Connection, tables: Tables) -> Iterator[Finding]:
    case = tables.complaint
    for table in (tables.entry, tables.clock, tables.content, tables.thread, tables.notice):
        reference = table.c.reference
        lost = (
            sa.select(reference, sa.func.count())
            .select_from(table.outerjoin(case, case.c.reference == reference))
            .where(case.c.reference.is_(None), reference != "", reference.not_like("IM-%"))  # of improvements
            .group_by(reference)
            .order_by(reference)
        )
        for name, figure in connection.execute(lost):
            problem = f"{figure} rows of {table.name} belong to a complaint that is not on file"
            yield Finding(reference=name, seq=None, problem=problem)


@lru_cache(maxsize=32)
def _queries(tables: Tables, name: str) -> _Queries:
    dialect = by_place(name)
    case, clock, entry, content = tables.complaint, tables.clock, tables.entry, tables.content
    envelope, attachment = tables.envelope, tables.attachment

    def text(query: sa.Select[Any]) -> str:
        return compiled(query, dialect)

    def first(query: sa.Select[Any], key: Any, chunk: int) -> str:
        return text(query.where(key > p("_after")).order_by(key).limit(sa.literal_column(str(chunk))).offset(NONE))

    def of(table: sa.Table, *order: Any, columns: Sequence[Any] = (), key: str = "reference") -> str:
        return text(sa.select(*(columns or (table,))).where(among(table.c[key], dialect)).order_by(*order))

    fields = [column for column in clock.c if column.name not in ("reference", "position")]
    openings = sa.select(entry).where(
        among(entry.c.reference, dialect), sa.text("kind IN ({})".format(", ".join(f"'{kind}'" for kind in OPENING)))
    )
    return _Queries(
        cases=first(case_query(tables).add_columns(case.c.head), case.c.reference, CHUNK),
        clocks=of(clock, clock.c.reference, clock.c.position, columns=(*fields, clock.c.reference)),
        links=of(entry, entry.c.reference, entry.c.seq), contents=of(content, content.c.reference),
        stored=of(attachment, columns=(attachment.c.digest,), key="digest"),
        named=of(envelope, columns=(envelope.c.number, envelope.c.state, envelope.c.reference), key="number"),
        envelopes=first(sa.select(envelope), envelope.c.number, CHUNK), openings=text(openings),
        known=of(case, columns=(case.c.reference,)),
        attachments=first(sa.select(attachment), attachment.c.digest, _BLOBS),
    )  # fmt: skip
