"""Clocks keep how they are reckoned, what they rest on, and what happened to them; notices, whether they are urgent.

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
    urgent: sa.Column[bool] = sa.Column("urgent", sa.Boolean(), nullable=False, server_default="0")
    op.add_column(f"{tables.prefix}notice", urgent, schema=schema)


def downgrade() -> None:
    tables = context.config.attributes["tables"]
    op.drop_column(f"{tables.prefix}notice", "urgent", schema=tables.schema)
    for column in reversed(COLUMNS):
        op.drop_column(f"{tables.prefix}clock", column, schema=tables.schema)
