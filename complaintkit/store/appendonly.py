"""Entries are only ever added: the database itself refuses to change or delete one."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import event

REFUSAL = "entries of a case file are never changed or deleted"


def guard_entries(table: sa.Table) -> None:
    """Create the triggers together with the table, whoever creates it."""
    for dialect in ("sqlite", "postgresql"):
        for statement in triggers(table.name, table.schema, dialect):
            event.listen(table, "after_create", _on(dialect, statement))
    for statement in farewells(table.name, table.schema):
        event.listen(table, "after_drop", _on("postgresql", statement))


def _on(dialect: str, statement: str) -> sa.ExecutableDDLElement:
    return sa.DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]


def triggers(name: str, schema: str | None, dialect: str) -> Iterator[str]:
    """Yield the statements that guard a table of entries.

    Args:
        name: The table's name; only what `tables` made goes in here.
        schema: Its schema, if it has one.
        dialect: `sqlite` or `postgresql`.
    """
    place = f'"{schema}".' if schema else ""
    if dialect == "sqlite":
        for what in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {place}{name}_no_{what.lower()} BEFORE {what} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    yield (
        f"CREATE FUNCTION {place}{name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END$$"
    )
    yield (
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {place}{name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {place}{name}_refuse()"
    )


def farewells(name: str, schema: str | None) -> Iterator[str]:
    """Yield what is left to drop on PostgreSQL once the table is gone."""
    place = f'"{schema}".' if schema else ""
    yield f"DROP FUNCTION IF EXISTS {place}{name}_refuse()"
