"""The first tables. Written out, not taken from the classes: a migration must do the same for ever."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

from complaintkit.store.appendonly import farewells, triggers
from complaintkit.store.fulltext import dropping, making
from complaintkit.store.moments import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "case_cause", "improvement_link", "improvement_content", "improvement_entry", "improvement", "meta", "absence",
    "plugin_record", "redress", "precedent", "change", "notice", "thread", "confidant", "subject", "attachment",
    "content", "entry", "clock", "envelope", "complaint",
)  # fmt: skip
ENDED = "stage NOT IN ('closed', 'duplicate', 'forwarded', 'not_a_complaint', 'withdrawn')"
TURNS = "kind IN ('closed', 'dismissed', 'forwarded', 'merged', 'reopened', 'unmerged', 'withdrawn')"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(map(text, names))


def moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, Moment(), nullable=False)


def maybe(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, Moment(), nullable=True) for name in names)


def whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, nullable=False)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def counted(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def numbered() -> sa.Column[Any]:
    return sa.Column("number", NUMBER, autoincrement=True, nullable=False)


def blob(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def create(name: str, *parts: Any, key: tuple[str, ...], **more: Any) -> None:
    prefix, schema = where()
    full = f"{prefix}{name}"
    op.create_table(full, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{full}"), schema=schema, **more)


def of_case(name: str, other: str = "complaint") -> sa.ForeignKeyConstraint:
    prefix, schema = where()
    target = f"{schema}.{prefix}{other}.reference" if schema else f"{prefix}{other}.reference"
    return sa.ForeignKeyConstraint(["reference"], [target], name=f"fk_{prefix}{name}_reference")


def unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{where()[0]}{name}_{columns[0]}")


def index(table: str, name: str, columns: list[Any], condition: str = "", *, once: bool = False) -> None:
    prefix, schema = where()
    partial: dict[str, Any] = (
        {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)} if condition else {}
    )
    op.create_index(f"{prefix}{table}_{name}", f"{prefix}{table}", columns, schema=schema, unique=once, **partial)


def where() -> tuple[str, str | None]:
    tables = context.config.attributes["tables"]
    return tables.prefix, tables.schema


def upgrade() -> None:
    complaints()
    files()
    envelopes()
    outgoing()
    precedents()
    create("plugin_record", *texts("plugin", "hook"), whole("failures"), text("last_problem"), moment("last_at"),
           text("last_reference"), *maybe("open_until"), key=("plugin", "hook"))  # fmt: skip
    improvements()
    create("absence", moment("since"), *maybe("until"), *texts("deputy", "name", "by"), key=("name", "since"))
    create("meta", text("name"), blob("value"), key=("name",))


def complaints() -> None:
    create(
        "complaint",
        text("reference"), whole("version"), *texts("stage", "channel"), whole("envelope"), moment("received_at"),
        moment("recorded_at"), *texts("language", "person", "contact", "customer", "segment", "title", "narrative"),
        *texts("product", "category", "severity"),
        flag("confirmed"), text("owner"), *maybe("assessed_at", "due_at"), whole("level"), text("waiting_for"),
        *maybe("waiting_until"), text("outcome", True), text("remedy"), text("proposal", True), text("repeat_of"),
        *maybe("last_message_at", "unanswered_since", "acknowledged_at", "answered_at", "responded_at", "resolved_at",
               "closed_at"),
        text("accepted"), whole("reopened"), whole("failures"), *texts("about", "secrecy"), flag("legal_hold"),
        *texts("moved_to", "matter", "handling", "settlement", "learning", "ties", "head"),
        key=("reference",),
    )  # fmt: skip
    index("complaint", "due", ["due_at", "reference"], "due_at IS NOT NULL")
    index("complaint", "unassessed", ["received_at", "reference"], f"assessed_at IS NULL AND {ENDED}")
    index("complaint", "contact", ["contact", "received_at"], "contact <> ''")
    index("complaint", "customer", ["customer", "received_at"], "customer <> ''")
    index("complaint", "product", ["product", "category", "received_at"], "product <> ''")
    index("complaint", "received", ["received_at", "reference"])


def files() -> None:
    create(
        "clock",
        text("reference"), counted("position"), *texts("kind", "standard"), moment("started_at"), moment("due_at"),
        *maybe("warn_at"), flag("pausable"), *maybe("met_at", "ended_at", "paused_at"), flag("warned"), flag("overdue"),
        whole("level"), *maybe("next_level_at"), *texts("who", "name"), of_case("clock"),
        key=("reference", "position"),
    )  # fmt: skip
    index("clock", "duty", ["who", "due_at"], "who <> '' AND met_at IS NULL AND ended_at IS NULL")
    create(
        "entry",
        text("reference"), counted("seq"), text("kind"), moment("at"), *texts("by", "data", "hash"), of_case("entry"),
        key=("reference", "seq"),
    )  # fmt: skip
    index("entry", "turn", ["kind", "at"], TURNS)
    prefix, schema = where()
    for statement in triggers(f"{prefix}entry", schema, op.get_context().dialect.name):
        op.execute(statement)
    create(
        "content", *texts("reference", "digest"), text("text", True), text("salt"), of_case("content"),
        key=("reference", "digest"),
    )  # fmt: skip
    create("attachment", text("digest"), blob("data"), key=("digest",))
    for side in ("subject", "confidant"):
        create(side, *texts("reference", "name"), of_case(side), key=("reference", "name"))
    create(
        "thread", numbered(), *texts("message_id", "reference", "digest"),
        unique("thread", "message_id", "reference", "digest"), of_case("thread"), key=("number",),
    )  # fmt: skip
    index("thread", "said", ["message_id", "digest"], "digest <> ''", once=True)


def envelopes() -> None:
    create(
        "envelope",
        numbered(), text("state"), moment("kept_at"), counted("attempts"), *maybe("leased_until"),
        *texts("reference", "reason", "digest", "channel", "source_id"), blob("raw"), moment("received_at"),
        *texts("media_type", "recorder"), unique("envelope", "channel", "source_id", "digest"),
        key=("number",),
    )  # fmt: skip
    index("envelope", "new", ["number"], "state = 'new'")


def outgoing() -> None:
    create(
        "notice",
        numbered(), text("state"), counted("attempts"), moment("next_at"),
        *texts("detail", "id", "reference", "occasion", "audience", "recipient", "medium", "language"),
        moment("created_at"), *texts("subject", "body", "facts", "answers", "reply_token"), unique("notice", "id"),
        key=("number",),
    )  # fmt: skip
    index("notice", "waiting", ["next_at", "number"], "state = 'waiting'")
    create(
        "change", numbered(), counted("attempts"), moment("next_at"), text("data"), key=("number",),
        sqlite_autoincrement=True,
    )  # fmt: skip
    index("change", "next", ["next_at", "number"])


def precedents() -> None:
    create(
        "precedent",
        numbered(), text("reference"), moment("decided_at"),
        *texts("channel", "category", "severity", "language", "outcome", "facts", "reasons", "accepted"),
        whole("reopened"), *texts("lessons", "words"), unique("precedent", "reference"), of_case("precedent"),
        key=("number",),
    )  # fmt: skip
    prefix, schema = where()
    for statement in making(f"{prefix}precedent", schema, op.get_context().dialect.name):
        op.execute(statement)
    create(
        "redress",
        text("reference"), counted("position"), text("category"), flag("upheld"), text("remedy"),
        sa.Column("amount", NUMBER, nullable=True), text("currency"), of_case("redress"),
        key=("reference", "position"),
    )  # fmt: skip
    index("redress", "range", ["category", "remedy", "currency", "amount"], "upheld AND amount IS NOT NULL")


def improvements() -> None:
    create(
        "improvement",
        text("reference"), whole("version"), *texts("kind", "state", "title", "text", "owner", "deputy"),
        *texts("credit", "source"), moment("opened_at"), *maybe("ended_at", "due_at"),
        *map(whole, ("level", "reopened", "postponed")),
        *texts("complaints", "causes", "categories", "improvements", "clocks", "told", "evidence"),
        text("closing", True), *maybe("confirmed_at"),
        *(text(name, True) for name in ("measure", "circle", "sweep", "training", "procedure")), text("head"),
        key=("reference",),
    )  # fmt: skip
    index("improvement", "due", ["due_at", "reference"], "due_at IS NOT NULL")
    create(
        "improvement_entry",
        text("reference"), counted("seq"), text("kind"), moment("at"), *texts("by", "data", "hash"),
        of_case("improvement_entry", "improvement"), key=("reference", "seq"),
    )  # fmt: skip
    index("improvement_entry", "turn", ["kind", "at"], "kind IN ('session_completed', 'session_missed')")
    prefix, schema = where()
    for statement in triggers(f"{prefix}improvement_entry", schema, op.get_context().dialect.name):
        op.execute(statement)
    create(
        "improvement_content", *texts("reference", "digest"), text("text", True), text("salt"),
        of_case("improvement_content", "improvement"), key=("reference", "digest"),
    )  # fmt: skip
    create(
        "improvement_link", *texts("reference", "what", "code"), of_case("improvement_link", "improvement"),
        key=("reference", "what", "code"),
    )  # fmt: skip
    index("improvement_link", "to", ["what", "code"])
    create("case_cause", *texts("reference", "cause"), of_case("case_cause"), key=("reference", "cause"))
    index("case_cause", "of", ["cause", "reference"])


def downgrade() -> None:
    prefix, schema = where()
    if op.get_context().dialect.name == "sqlite":
        for statement in dropping(f"{prefix}precedent"):
            op.execute(statement)
    for name in TABLES:
        op.drop_table(f"{prefix}{name}", schema=schema)
    if op.get_context().dialect.name == "postgresql":
        for name in ("entry", "improvement_entry"):
            for statement in farewells(f"{prefix}{name}", schema):
                op.execute(statement)
