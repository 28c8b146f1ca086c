"""The tables, as SQLAlchemy Core. A function makes them, so that two kits with different prefixes share nothing.

The columns of `complaint`, `clock`, `notice`, `thread` and `plugin_record` are the fields of their classes, in their
order (house rule 10); what stands beside them is named here. A new field is a new column, and asks for a migration.
"""

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType, UnionType
from typing import Any, Final, get_args, get_type_hints

import attrs
import sqlalchemy as sa
from attrs import frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import ENDED
from complaintkit.case.parts import Clock, Content
from complaintkit.case.precedent import Precedent
from complaintkit.errors import StoreError
from complaintkit.improving.improvement import Improvement
from complaintkit.message import Envelope, Notice
from complaintkit.policy.staff import Absence
from complaintkit.store.appendonly import guard_entries
from complaintkit.store.fulltext import index_words
from complaintkit.store.moments import Moment
from complaintkit.store.port import PluginRecord

STILL_OPEN: Final = "stage NOT IN ({})".format(", ".join(sorted(f"'{stage.value}'" for stage in ENDED)))
# What is still asked for, as the index of duties has it.
OPEN_DUTY: Final = "met_at IS NULL AND ended_at IS NULL"
TURNS: Final = ("closed", "dismissed", "forwarded", "merged", "reopened", "unmerged", "withdrawn")
SESSIONS: Final = ("session_completed", "session_missed")
LONGEST_PREFIX: Final = 20
_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}


@frozen(kw_only=True, eq=False)
class Tables:
    """Every table of one kit.

    Attributes:
        prefix: What their names begin with, so that they stand beside a host's own tables.
        schema: The PostgreSQL schema they are in; `None` for the usual one.
        complaint: Beside its fields, `head` holds the hash of the last entry: the end of the chain.
        entry: The case files. A database trigger refuses to change or delete a row.
        subject: Whom a complaint is about, and `confidant`, who may know of a confidential one: what lists and counts
            are narrowed by, worked out from the complaint each time that it is stored.
        content: Personal and free text, sealed; erasing sets `text` to NULL and `salt` to an empty text.
        change: What observers have yet to be told.
        precedent: Past decisions; beside their fields, `words` holds what they are searched by.
        redress: The remedies of precedents, amounts in ten-thousandths of their currency.
        improvement: Beside its fields, `head` holds the hash of the last entry, as with complaints.
        improvement_entry, improvement_content: Its file, guarded in the same way, and the sealed texts.
        improvement_link: What each improvement belongs to, to find it by.
        case_cause: The causes known of each complaint, to count by.
        absence: Who is away, as it was told while the desk runs.
        meta: What belongs to the store itself, such as its secret.
    """

    prefix: str
    schema: str | None
    metadata: sa.MetaData
    envelope: sa.Table
    complaint: sa.Table
    clock: sa.Table
    entry: sa.Table
    content: sa.Table
    attachment: sa.Table
    thread: sa.Table
    subject: sa.Table
    confidant: sa.Table
    notice: sa.Table
    change: sa.Table
    precedent: sa.Table
    redress: sa.Table
    plugin_record: sa.Table
    absence: sa.Table
    improvement: sa.Table
    improvement_entry: sa.Table
    improvement_content: sa.Table
    improvement_link: sa.Table
    case_cause: sa.Table
    meta: sa.Table


def tables(prefix: str = "", schema: str | None = None) -> Tables:
    """Return the tables of one kit.

    Args:
        prefix: Letters, digits and underscores, at most 20, in lower case.
        schema: A PostgreSQL schema, which must exist.

    Raises:
        StoreError: The prefix is not made of such signs, or too long.
    """
    if len(prefix) > LONGEST_PREFIX or not (prefix + "a").isidentifier() or prefix != prefix.lower():
        raise StoreError(f"table prefix {prefix!r}: use at most {LONGEST_PREFIX} small letters, digits, underscores")
    made = sa.MetaData(schema=schema, naming_convention=_NAMES)
    complaint = _complaint(made, prefix)
    improvement = _improvement(made, prefix)
    return Tables(
        prefix=prefix, schema=schema, metadata=made, complaint=complaint, envelope=_envelope(made, prefix),
        clock=_clock(made, prefix, complaint), entry=_file(made, f"{prefix}entry", complaint, TURNS),
        content=_content(made, prefix, complaint), attachment=_attachment(made, prefix),
        subject=_side("subject", made, prefix, complaint), confidant=_side("confidant", made, prefix, complaint),
        thread=_thread(made, prefix, complaint), notice=_notice(made, prefix), change=_change(made, prefix),
        precedent=_precedent(made, prefix, complaint), redress=_redress(made, prefix, complaint),
        plugin_record=_plugin_record(made, prefix), absence=_absence(made, prefix), improvement=improvement,
        improvement_entry=_file(made, f"{prefix}improvement_entry", improvement, SESSIONS),
        improvement_content=_content(made, f"{prefix}improvement_", improvement),
        improvement_link=_improvement_link(made, prefix, improvement),
        case_cause=_case_cause(made, prefix, complaint), meta=_meta(made, prefix),
    )  # fmt: skip


def fields_of(kind: type, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of the fields of a class that are columns."""
    return tuple(field.name for field in attrs.fields(kind) if field.name not in without)


def plain_type(hint: Any) -> tuple[Any, bool]:
    """Return the type a field holds, and whether it may be `None`."""
    parts = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return next(part for part in parts if part is not type(None)), type(None) in parts


# What stands in columns that came with a later version, for the rows that were there already; see the migrations.
_CAME_LATER: Final = MappingProxyType({"basis": "service", "reckoning": "{}", "history": "{}", "urgent": "0"})


def _columns(kind: type, key: str = "", without: tuple[str, ...] = ()) -> Iterator[sa.Column[Any]]:
    hints = get_type_hints(kind)
    for name in fields_of(kind, without):
        held, optional = plain_type(hints[name])
        types: dict[Any, Any] = {bool: sa.Boolean(), int: _NUMBER, datetime: Moment(), bytes: sa.LargeBinary()}
        yield sa.Column(
            name, types.get(held, sa.Text()), primary_key=name == key, nullable=optional, autoincrement=False,
            server_default=_CAME_LATER.get(name),
        )  # fmt: skip


def _case(complaint: sa.Table) -> sa.Column[Any]:
    return sa.Column("reference", sa.Text(), sa.ForeignKey(complaint.c.reference), nullable=False)


def _text(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, **more)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _complaint(made: sa.MetaData, prefix: str) -> sa.Table:
    table = sa.Table(f"{prefix}complaint", made, *_columns(Complaint, "reference", ("clocks",)), _text("head"))
    column = table.c
    # Every open complaint has a next moment, and an ended one may have: what was promised lasts.
    sa.Index(f"{prefix}complaint_due", column.due_at, column.reference, **_where("due_at IS NOT NULL"))
    unassessed = f"assessed_at IS NULL AND {STILL_OPEN}"
    sa.Index(f"{prefix}complaint_unassessed", column.received_at, column.reference, **_where(unassessed))
    sa.Index(f"{prefix}complaint_contact", column.contact, column.received_at, **_where("contact <> ''"))
    sa.Index(f"{prefix}complaint_customer", column.customer, column.received_at, **_where("customer <> ''"))
    product = (column.product, column.category, column.received_at)
    sa.Index(f"{prefix}complaint_product", *product, **_where("product <> ''"))
    sa.Index(f"{prefix}complaint_received", column.received_at, column.reference)
    return table


def _envelope(made: sa.MetaData, prefix: str) -> sa.Table:
    table = sa.Table(
        f"{prefix}envelope", made,
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        _text("state"), sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False), sa.Column("leased_until", Moment()),
        _text("reference"), _text("reason"), _text("digest"),
        *_columns(Envelope),
        sa.UniqueConstraint("channel", "source_id", "digest"),
    )  # fmt: skip
    sa.Index(f"{prefix}envelope_new", table.c.number, **_where("state = 'new'"))
    return table


def _clock(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}clock", made, _case(complaint), sa.Column("position", sa.Integer(), nullable=False), *_columns(Clock),
        sa.PrimaryKeyConstraint("reference", "position"),
    )  # fmt: skip
    # Only what somebody else than the owner has to do: intake pays nothing for this index.
    sa.Index(f"{prefix}clock_duty", table.c.who, table.c.due_at, **_where(f"who <> '' AND {OPEN_DUTY}"))
    return table


def _file(made: sa.MetaData, name: str, of: sa.Table, kinds: tuple[str, ...]) -> sa.Table:
    table = sa.Table(
        name, made, _case(of), sa.Column("seq", sa.Integer(), nullable=False), _text("kind"),
        sa.Column("at", Moment(), nullable=False), _text("by"), _text("data"), _text("hash"),
        sa.PrimaryKeyConstraint("reference", "seq"),
    )  # fmt: skip
    # Only the kinds that are counted: intake pays nothing for this index.
    turns = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    sa.Index(f"{name}_turn", table.c.kind, table.c.at, **_where(turns))
    guard_entries(table)
    return table


def _content(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    return sa.Table(
        f"{prefix}content", made, _case(complaint), *_columns(Content),
        sa.PrimaryKeyConstraint("reference", "digest"),
    )  # fmt: skip


def _attachment(made: sa.MetaData, prefix: str) -> sa.Table:
    return sa.Table(
        f"{prefix}attachment",
        made,
        _text("digest", primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )


def _thread(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}thread", made, sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        _text("message_id"), _case(complaint), _text("digest"),
        sa.UniqueConstraint("message_id", "reference", "digest"),
    )  # fmt: skip
    said = (table.c.message_id, table.c.digest)
    sa.Index(f"{prefix}thread_said", *said, unique=True, **_where("digest <> ''"))
    return table


def _side(name: str, made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    return sa.Table(
        f"{prefix}{name}", made, _case(complaint), _text("name"), sa.PrimaryKeyConstraint("reference", "name"),
    )  # fmt: skip


def _notice(made: sa.MetaData, prefix: str) -> sa.Table:
    table = sa.Table(
        f"{prefix}notice", made, sa.Column("number", _NUMBER, primary_key=True, autoincrement=True), _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False), sa.Column("next_at", Moment(), nullable=False),
        _text("detail"), *_columns(Notice), sa.UniqueConstraint("id"),
    )  # fmt: skip
    sa.Index(f"{prefix}notice_waiting", table.c.next_at, table.c.number, **_where("state = 'waiting'"))
    return table


def _change(made: sa.MetaData, prefix: str) -> sa.Table:
    table = sa.Table(
        f"{prefix}change", made, sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("attempts", sa.Integer(), nullable=False), sa.Column("next_at", Moment(), nullable=False),
        _text("data"), sqlite_autoincrement=True,  # rows go away again, and a number must not come back
    )  # fmt: skip
    sa.Index(f"{prefix}change_next", table.c.next_at, table.c.number)
    return table


def _precedent(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}precedent", made, sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        *_columns(Precedent, without=("remedies",)), _text("words"), sa.UniqueConstraint("reference"),
        sa.ForeignKeyConstraint(["reference"], [complaint.c.reference]),
    )  # fmt: skip
    index_words(table)
    return table


def _redress(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}redress", made, _case(complaint), sa.Column("position", sa.Integer(), nullable=False),
        _text("category"), sa.Column("upheld", sa.Boolean(), nullable=False), _text("remedy"),
        sa.Column("amount", _NUMBER), _text("currency"), sa.PrimaryKeyConstraint("reference", "position"),
    )  # fmt: skip
    given, column = "upheld AND amount IS NOT NULL", table.c
    sa.Index(f"{prefix}redress_range", column.category, column.remedy, column.currency, column.amount, **_where(given))
    return table


def _improvement(made: sa.MetaData, prefix: str) -> sa.Table:
    table = sa.Table(f"{prefix}improvement", made, *_columns(Improvement, "reference"), _text("head"))
    sa.Index(f"{prefix}improvement_due", table.c.due_at, table.c.reference, **_where("due_at IS NOT NULL"))
    return table


def _improvement_link(made: sa.MetaData, prefix: str, improvement: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}improvement_link", made, _case(improvement), _text("what"), _text("code"),
        sa.PrimaryKeyConstraint("reference", "what", "code"),
    )  # fmt: skip
    sa.Index(f"{prefix}improvement_link_to", table.c.what, table.c.code)
    return table


def _case_cause(made: sa.MetaData, prefix: str, complaint: sa.Table) -> sa.Table:
    table = sa.Table(
        f"{prefix}case_cause", made, _case(complaint), _text("cause"), sa.PrimaryKeyConstraint("reference", "cause")
    )
    sa.Index(f"{prefix}case_cause_of", table.c.cause, table.c.reference)
    return table


def _plugin_record(made: sa.MetaData, prefix: str) -> sa.Table:
    return sa.Table(f"{prefix}plugin_record", made, *_columns(PluginRecord), sa.PrimaryKeyConstraint("plugin", "hook"))


def _absence(made: sa.MetaData, prefix: str) -> sa.Table:
    return sa.Table(f"{prefix}absence", made, *_columns(Absence), sa.PrimaryKeyConstraint("name", "since"))


def _meta(made: sa.MetaData, prefix: str) -> sa.Table:
    return sa.Table(
        f"{prefix}meta", made, _text("name", primary_key=True), sa.Column("value", sa.LargeBinary(), nullable=False)
    )
