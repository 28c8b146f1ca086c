"""Clocks keep how they are reckoned, what they rest on, and what happened to them.

Clocks that are there already were counted by earlier rules: they keep their moments, and their reckoning stays empty.
"""

import sqlalchemy as sa
from alembic import context, op

from complaintkit.store.moments import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("basis", "reckoning", "history", "broken_at")


def upgrade() -> None:
    tables = context.config.attributes["tables"]
    name, schema = f"{tables.prefix}clock", tables.schema
    op.add_column(name, sa.Column("basis", sa.Text(), nullable=False, server_default="service"), schema=schema)
    op.add_column(name, sa.Column("reckoning", sa.Text(), nullable=False, server_default="{}"), schema=schema)
    op.add_column(name, sa.Column("history", sa.Text(), nullable=False, server_default="{}"), schema=schema)
    op.add_column(name, sa.Column("broken_at", Moment(), nullable=True), schema=schema)


def downgrade() -> None:
    tables = context.config.attributes["tables"]
    for column in reversed(COLUMNS):
        op.drop_column(f"{tables.prefix}clock", column, schema=tables.schema)
