"""Every statement of the store that intake and workers run, built from the tables and compiled once per engine.

Parameters are given by place: for an insert in the order of the table's columns, else in the order of the text.
"""

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects import postgresql, sqlite

from complaintkit.store.line import among, compiled
from complaintkit.store.rows import SEALED
from complaintkit.store.tables import STILL_OPEN, Tables

# Without it SQLite's dialect asks for the offset as a parameter of its own.
NONE: Final[sa.ColumnClause[int]] = sa.literal_column("0")


@frozen(kw_only=True)
class Statements:
    """The statements as text; each field says what it does, `_` and what it needs in place of the rest."""

    keep: str
    find_kept: str
    free_envelopes: str
    lease_envelope: str
    accept_envelope: str
    settle_envelope: str
    postpone_envelope: str
    envelope: str
    envelopes: str
    head: str
    add_complaint: str
    change_complaint: str
    add_clock: str
    drop_clocks: str
    add_entry: str
    add_content: str
    add_attachment: str
    add_thread: str
    add_subject: str
    drop_subjects: str
    add_confidant: str
    drop_confidants: str
    add_notice: str
    free_notices: str
    alike_notices: str
    lease_notice: str
    settle_notice: str
    postpone_notice: str
    add_change: str
    free_changes: str
    lease_change: str
    drop_change: str
    postpone_change: str
    put_precedent: str
    drop_precedent: str
    add_redress: str
    drop_redress: str
    record_failure: str
    set_breaker: str
    add_record: str
    case: str
    version: str
    versions_of: str
    cases_of: str
    clocks: str
    clocks_of: str
    links: str
    contents: str
    contents_of: str
    due: str
    unassessed: str
    threads: str
    attachment: str
    plugin_records: str
    meta: str
    add_meta: str


def statements(tables: Tables, dialect: sa.Dialect) -> Statements:
    """Return the statements for an engine."""
    made: dict[str, Any] = {}
    for part in (_envelopes, _cases, _notices, _changes, _precedents, _plugins, _reading):
        made |= part(tables, dialect)
    return Statements(**{name: compiled(statement, dialect) for name, statement in made.items()})


def p(name: str, type_: Any = None) -> sa.BindParameter[Any]:
    """Return a parameter."""
    return sa.bindparam(name, type_=type_)


def _names(table: sa.Table) -> list[str]:
    return list(table.c.keys())


def _add(table: sa.Table, without: Iterable[str] = ()) -> sa.Insert:
    left_out = frozenset(without)
    return sa.insert(table).values({name: p(name) for name in _names(table) if name not in left_out}).inline()


def _once(table: sa.Table, dialect: sa.Dialect, without: Iterable[str] = ()) -> Any:
    insert = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    left_out = frozenset(without)
    values = {name: p(name) for name in _names(table) if name not in left_out}
    return insert(table).values(values).inline().on_conflict_do_nothing()


def _envelopes(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.envelope, tables.envelope.c
    item = sa.and_(column.channel == p("_channel"), column.source_id == p("_source"), column.digest == p("_digest"))
    free = sa.and_(sa.text("state = 'new'"), sa.or_(column.leased_until.is_(None), column.leased_until <= p("_now")))
    settled = {"state": p("state"), "reference": p("reference"), "reason": p("reason"), "leased_until": sa.null()}
    attempts = sa.case((column.state == sa.literal_column("'parked'"), sa.literal_column("0")), else_=column.attempts)
    return {
        "keep": _once(table, dialect, ("number",)).returning(column.number),
        "find_kept": sa.select(table).where(item),
        "free_envelopes": sa.select(table).where(free).order_by(column.number)
        .limit(p("_limit", sa.Integer())).offset(NONE).with_for_update(skip_locked=True),
        "lease_envelope": sa.update(table).where(column.number == p("_number"))
        .values(attempts=p("attempts"), leased_until=p("leased_until")),
        "accept_envelope": sa.update(table).where(column.number == p("_number"), sa.text("state = 'new'"))
        .values(state=sa.literal_column("'accepted'"), reference=p("reference"), reason=sa.literal_column("''"),
                leased_until=sa.null()),
        "settle_envelope": sa.update(table)
        .where(column.number == p("_number"), column.state.in_([p("_from"), p("_or_from")]))
        .values(settled | {"attempts": attempts}),
        "postpone_envelope": sa.update(table).where(column.number == p("_number"), sa.text("state = 'new'"))
        .values(attempts=NONE, leased_until=p("leased_until")),
        "envelope": sa.select(table).where(column.number == p("_number")),
        "envelopes": sa.select(table).where(column.state == p("_state")).order_by(column.number)
        .limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer())),
    }  # fmt: skip


def _cases(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.complaint, tables.complaint.c
    this = column.reference == p("_reference")
    return {
        "head": sa.select(column.head, column.about, column.secrecy)
        .where(this, column.version == p("_version")).with_for_update(),
        "add_complaint": _once(table, dialect),
        "change_complaint": sa.update(table).where(this, column.version == p("_version"))
        .values({name: p(name) for name in _names(table) if name != "reference"}),
        "add_clock": _add(tables.clock),
        "drop_clocks": sa.delete(tables.clock).where(tables.clock.c.reference == p("_reference")),
        "add_entry": _add(tables.entry),
        "add_content": _once(tables.content, dialect),
        "add_attachment": _once(tables.attachment, dialect),
        "add_thread": _once(tables.thread, dialect, ("number",)),
        "add_subject": _once(tables.subject, dialect),
        "drop_subjects": sa.delete(tables.subject).where(tables.subject.c.reference == p("_reference")),
        "add_confidant": _once(tables.confidant, dialect),
        "drop_confidants": sa.delete(tables.confidant).where(tables.confidant.c.reference == p("_reference")),
    }  # fmt: skip


def _notices(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.notice, tables.notice.c
    waiting = sa.text("state = 'waiting'")
    this = sa.and_(column.id == p("_id"), waiting)
    return {
        "add_notice": _once(table, dialect, ("number",)),
        "free_notices": sa.select(table).where(waiting, column.next_at <= p("_now"))
        .order_by(column.next_at, column.number).limit(p("_limit", sa.Integer())).offset(NONE)
        .with_for_update(skip_locked=True),
        "alike_notices": sa.select(table).where(
            waiting, column.next_at <= p("_now"), sa.text("medium = 'staff'"), column.recipient == p("_recipient"),
            among(column.occasion, dialect),
        ).order_by(column.next_at, column.number).limit(p("_limit", sa.Integer())).offset(NONE)
        .with_for_update(skip_locked=True),
        "lease_notice": sa.update(table).where(column.number == p("_number"))
        .values(attempts=p("attempts"), next_at=p("next_at")),
        "settle_notice": sa.update(table).where(this).values(state=p("state"), detail=p("detail")),
        "postpone_notice": sa.update(table).where(this).values(next_at=p("next_at"), detail=p("detail")),
    }  # fmt: skip


def _changes(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.change, tables.change.c
    this = column.number == p("_number")
    return {
        "add_change": _add(table, ("number",)),
        "free_changes": sa.select(table).where(column.next_at <= p("_now")).order_by(column.next_at, column.number)
        .limit(p("_limit", sa.Integer())).offset(NONE)
        .with_for_update(skip_locked=True),
        "lease_change": sa.update(table).where(this).values(attempts=p("attempts"), next_at=p("next_at")),
        "drop_change": sa.delete(table).where(this),
        "postpone_change": sa.update(table).where(this).values(next_at=p("next_at")),
    }  # fmt: skip


def _precedents(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, redress = tables.precedent, tables.redress
    insert: Any = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    names = [name for name in _names(table) if name != "number"]
    put = insert(table).values({name: p(name) for name in names}).inline()
    changed = {name: put.excluded[name] for name in names if name != "reference"}
    return {
        "put_precedent": put.on_conflict_do_update(index_elements=[table.c.reference], set_=changed),
        "drop_precedent": sa.delete(table).where(table.c.reference == p("_reference")),
        "add_redress": _add(redress),
        "drop_redress": sa.delete(redress).where(redress.c.reference == p("_reference")),
    }


def _plugins(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    table, column = tables.plugin_record, tables.plugin_record.c
    this = sa.and_(column.plugin == p("_plugin"), column.hook == p("_hook"))
    more = {"last_problem": p("last_problem"), "last_at": p("last_at"), "last_reference": p("last_reference")}
    return {
        "add_record": _once(table, dialect),
        "record_failure": sa.update(table)
        .where(this)
        .values(more | {"failures": column.failures + sa.literal_column("1")}),
        "set_breaker": sa.update(table).where(this).values(open_until=p("open_until")),
        "plugin_records": sa.select(table).order_by(column.plugin, column.hook),
        "meta": sa.select(tables.meta.c.value).where(tables.meta.c.name == p("_name")),
        "add_meta": _once(tables.meta, dialect),
    }


def case_query(tables: Tables) -> sa.Select[Any]:
    """Return the query of complaints: each column but the head, then text and salt of each sealed part."""
    complaint = tables.complaint
    columns: list[Any] = [column for column in complaint.c if column.name != "head"]
    source: Any = complaint
    for name in SEALED:
        sealed = tables.content.alias(name)
        mine = sa.and_(sealed.c.reference == complaint.c.reference, sealed.c.digest == complaint.c[name])
        source = source.outerjoin(sealed, mine)
        columns += [sealed.c.text, sealed.c.salt]
    return sa.select(*columns).select_from(source)


def _reading(tables: Tables, dialect: sa.Dialect) -> dict[str, Any]:
    case, clock, entry, content, thread = tables.complaint, tables.clock, tables.entry, tables.content, tables.thread
    limit = p("_limit", sa.Integer())
    clock_fields = [column for column in clock.c if column.name not in ("reference", "position")]
    return {
        "case": case_query(tables).where(case.c.reference == p("_reference")),
        "version": sa.select(case.c.version).where(case.c.reference == p("_reference")),
        "versions_of": sa.select(case.c.reference, case.c.version).where(among(case.c.reference, dialect)),
        "clocks": sa.select(*clock_fields).where(clock.c.reference == p("_reference")).order_by(clock.c.position),
        "clocks_of": sa.select(*clock_fields, clock.c.reference).where(among(clock.c.reference, dialect))
        .order_by(clock.c.reference, clock.c.position),
        "links": sa.select(entry).where(entry.c.reference == p("_reference")).order_by(entry.c.seq),
        "contents": sa.select(content.c.digest, content.c.text, content.c.salt)
        .where(content.c.reference == p("_reference")),
        "contents_of": sa.select(content.c.reference, content.c.digest, content.c.text, content.c.salt)
        .where(among(content.c.reference, dialect), among(content.c.digest, dialect, "digests")),
        "cases_of": case_query(tables).where(among(case.c.reference, dialect)),
        "due": sa.select(case.c.reference).where(sa.text("due_at IS NOT NULL"), case.c.due_at <= p("_now"))
        .order_by(case.c.due_at, case.c.reference).limit(limit).offset(NONE),
        "unassessed": sa.select(case.c.reference).where(sa.text("assessed_at IS NULL"), sa.text(STILL_OPEN))
        .order_by(case.c.received_at, case.c.reference).limit(limit).offset(NONE),
        "threads": sa.select(thread.c.message_id, thread.c.reference, thread.c.digest)
        .where(among(thread.c.message_id, dialect)).order_by(thread.c.number),
        "attachment": sa.select(tables.attachment.c.data).where(tables.attachment.c.digest == p("_digest")),
    }  # fmt: skip
