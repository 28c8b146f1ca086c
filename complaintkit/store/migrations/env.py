"""How Alembic reaches the database: the connection and the tables are handed over, never looked up."""

from alembic import context

from complaintkit.store.version import version_table

tables = context.config.attributes["tables"]
settings = {"version_table": version_table(tables), "version_table_schema": tables.schema, "render_as_batch": True}

if context.is_offline_mode():
    given = context.config.attributes
    context.configure(
        dialect_name=given["dialect"], output_buffer=given["output"], literal_binds=True,
        target_metadata=tables.metadata, **settings,
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
else:
    # Whoever handed the connection over has begun the transaction and will end it; Alembic notices.
    context.configure(connection=context.config.attributes["connection"], target_metadata=tables.metadata, **settings)
    with context.begin_transaction():
        context.run_migrations()
