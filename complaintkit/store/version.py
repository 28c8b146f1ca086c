"""Which version of the tables a database has: looked at whenever one is opened, so without Alembic."""

from typing import Final

import sqlalchemy as sa

from complaintkit.errors import StoreError
from complaintkit.store.tables import Tables

HEAD: Final = "0002"
"""The newest migration; a test holds it against the files."""


def version_table(tables: Tables) -> str:
    """Return the name of the table that holds the version of our schema."""
    return f"{tables.prefix}complaintkit_version"


def check_version(bind: sa.Engine, tables: Tables) -> None:
    """Refuse a database whose schema is not the one this complaintkit works with.

    Raises:
        StoreError: It is missing, older or newer; the text says what to do.
    """
    name = version_table(tables)
    column = sa.table(name, sa.column("version_num"), schema=tables.schema).c.version_num
    with bind.connect() as connection:
        there = sa.inspect(connection).has_table(name, schema=tables.schema)
        present = connection.scalar(sa.select(column)) if there else None
    if present is None:
        raise StoreError("the database has no tables of complaintkit yet; run `complaintkit db upgrade`")
    if present > HEAD:
        raise StoreError(
            f"the database is at version {present}, which this complaintkit does not know: "
            "a newer one wrote it; update complaintkit"
        )
    if present != HEAD:
        raise StoreError(
            f"the database is at version {present}, this complaintkit needs {HEAD}; run `complaintkit db upgrade`"
        )
