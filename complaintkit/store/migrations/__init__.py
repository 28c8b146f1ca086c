"""The schema and its history, run by Alembic with a version table of our own, beside whatever history a host has."""

import secrets
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from complaintkit.errors import StoreError
from complaintkit.store import engines, fulltext
from complaintkit.store.line import check_driver
from complaintkit.store.tables import Tables
from complaintkit.store.version import version_table

_HERE: Final = Path(__file__).parent
_ONE: Final = Lock()  # Alembic keeps what it works on in variables of its modules
_LOCK: Final = 7_021_953  # an arbitrary number: two upgrades of one PostgreSQL database wait for each other


def upgrade(bind: sa.Engine | sa.Connection, tables: Tables) -> None:
    """Create the tables, or bring them up to date.

    Args:
        bind: An engine, or a connection of the host, on which nothing is committed.
        tables: The tables.

    Raises:
        StoreError: The database was written by a newer complaintkit, or is of a kind that is not supported.
    """
    check_driver(bind.dialect)
    if isinstance(bind, sa.Connection):
        _upgrade(bind, tables)
        return
    with bind.connect() as connection:
        engines.begin(connection)
        _upgrade(connection, tables)
        connection.commit()


def _upgrade(connection: sa.Connection, tables: Tables) -> None:
    with _ONE:
        _to_head(connection, tables)


def _to_head(connection: sa.Connection, tables: Tables) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    present = _present(connection, tables)
    if present is not None:
        _known(present)
    config = _config(tables, connection=connection)
    if present is None and not _ours(connection, tables):
        # Nothing there yet: the same schema at once. A test compares the two ways.
        tables.metadata.create_all(connection, checkfirst=False)
        command.stamp(config, "head")
    else:
        command.upgrade(config, "head")
    if not connection.execute(sa.select(tables.meta).where(tables.meta.c.name == "secret")).first():
        # Made here and not at first use, which may be inside a transaction that a host rolls back.
        connection.execute(sa.insert(tables.meta).values(name="secret", value=secrets.token_bytes(32)))


def check(bind: sa.Engine, tables: Tables) -> tuple[str, ...]:
    """Return what is missing or different in the database, one sentence each; empty if nothing is."""
    with bind.connect() as connection:
        present = _present(connection, tables)
        found = list(_differences(connection, tables))
    if present is None:
        found.insert(0, f"table {version_table(tables)} is missing: the schema was never created here")
    elif present != head():
        found.insert(0, f"the schema is at version {present}, this complaintkit needs {head()}")
    return tuple(found)


def sql(dialect: str, tables: Tables) -> str:
    """Return the schema as statements for whoever runs them by hand.

    Args:
        dialect: `sqlite` or `postgresql`.
        tables: The tables.
    """
    written = StringIO()
    with _ONE:
        command.upgrade(_config(tables, dialect=dialect, output=written), "head", sql=True)
    return written.getvalue()


def include_name(tables: Tables) -> Callable[[str | None, str, dict[str, Any]], bool]:
    """Return what a host passes to Alembic as `include_name`, so that its autogenerate leaves our tables alone.

    Args:
        tables: Our tables.
    """
    ours = {table.name for table in tables.metadata.tables.values()} | {version_table(tables)}
    ours |= fulltext.own_tables(tables.precedent.name)

    def include(name: str | None, type_: str, parents: dict[str, Any]) -> bool:
        if type_ != "table" or name not in ours:
            return True
        # A table of the same name in another schema is the host's own.
        return tables.schema is not None and parents.get("schema_name") != tables.schema

    return include


def include_object(tables: Tables) -> Callable[[Any, str | None, str, bool, Any], bool]:
    """Return the same as `include_name` for hosts that use Alembic's `include_object`."""
    by_name = include_name(tables)

    def include(thing: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
        table = thing if type_ == "table" else getattr(thing, "table", None)
        schema = getattr(table, "schema", None)
        return table is None or by_name(str(table.name), "table", {"schema_name": schema or tables.schema})

    return include


def head() -> str:
    """Return the version of the schema that this complaintkit works with."""
    newest = ScriptDirectory(str(_HERE)).get_current_head()
    assert newest is not None
    return newest


def _config(tables: Tables, **more: Any) -> Config:
    config = Config(attributes={"tables": tables, **more})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return config


def _present(connection: sa.Connection, tables: Tables) -> str | None:
    options = {"version_table": version_table(tables), "version_table_schema": tables.schema}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def _known(present: str) -> None:
    known = {script.revision for script in ScriptDirectory(str(_HERE)).walk_revisions()}
    if present not in known:
        raise StoreError(
            f"the database is at version {present}, which this complaintkit does not know: "
            "a newer one wrote it; update complaintkit"
        )


def _ours(connection: sa.Connection, tables: Tables) -> bool:
    present = set(sa.inspect(connection).get_table_names(schema=tables.schema))
    return any(table.name in present for table in tables.metadata.tables.values())


def _differences(connection: sa.Connection, tables: Tables) -> Iterator[str]:
    seen = sa.inspect(connection)
    present = set(seen.get_table_names(schema=tables.schema))
    indexes = _names(connection, tables, "index")
    for table in tables.metadata.sorted_tables:
        if table.name not in present:
            yield f"table {table.name} is missing"
            continue
        there = {column["name"]: column for column in seen.get_columns(table.name, schema=tables.schema)}
        for column in table.columns:
            if column.name not in there:
                yield f"column {table.name}.{column.name} is missing"
            elif bool(there[column.name]["nullable"]) != bool(column.nullable):
                wanted = "may be NULL" if column.nullable else "must not be NULL"
                yield f"column {table.name}.{column.name}: in the schema it {wanted}, here it is the other way"
        for name in there.keys() - set(table.columns.keys()):
            yield f"column {table.name}.{name} is none of ours"
        for index in sorted(str(index.name) for index in table.indexes):
            if index not in indexes:
                yield f"index {index} is missing: what it serves will be slow"
    if tables.precedent.name in present and not fulltext.parts(tables.precedent.name) & (indexes | present):
        yield f"the full-text index over {tables.precedent.name} is missing: precedents cannot be found"
    guards = _names(connection, tables, "trigger")
    for guarded in (tables.entry.name, tables.improvement_entry.name):
        if guarded in present and not any(name.startswith(f"{guarded}_") for name in guards):
            yield f"the trigger that keeps {guarded} from being changed is missing"


def _names(connection: sa.Connection, tables: Tables, what: str) -> set[str]:
    """Return the names of indexes or triggers; SQLAlchemy does not show those on expressions."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = :what"), {"what": what})
    elif what == "index":
        found = connection.execute(
            sa.text("SELECT indexname FROM pg_indexes WHERE schemaname = coalesce(:schema, current_schema())"),
            {"schema": tables.schema},
        )
    else:
        found = connection.execute(
            sa.text(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE NOT t.tgisinternal AND n.nspname = coalesce(:schema, current_schema())"
            ),
            {"schema": tables.schema},
        )
    return {name for (name,) in found}
