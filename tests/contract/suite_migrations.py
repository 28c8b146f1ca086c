"""What both databases do when the schema is created, checked, or met by a host's own migrations."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from complaintkit.errors import StoreError
from complaintkit.store import SqlStore, migrations, version
from complaintkit.store.tables import Tables, tables
from tests.contract.cases import REFERENCE, opening, write


def shape(engine: sa.Engine, made: Tables) -> list[Any]:
    """Return all that a database knows of the tables of a kit, the prefix left out."""
    seen, found = sa.inspect(engine), []
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
            return sorted(
                (name.removeprefix(made.prefix), " ".join(sql.replace(made.prefix, "").split()))
                for name, sql in rows
                if name.startswith(made.prefix)
            )
        indexes = connection.execute(
            sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = :schema"), {"schema": made.schema}
        )
        found += [(text.replace(made.prefix, ""),) for (text,) in indexes if made.prefix in text]
        triggers = connection.execute(
            sa.text(
                "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND NOT t.tgisinternal"
            ),
            {"schema": made.schema},
        )
        found += [(text.replace(made.prefix, ""),) for (text,) in triggers if made.prefix in text]
    for table in made.metadata.sorted_tables:
        name, where = str(table.name), {"schema": made.schema}
        columns = [(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(name, **where)]
        keys = [(one["constrained_columns"], one["referred_columns"]) for one in seen.get_foreign_keys(name, **where)]
        unique = [one["column_names"] for one in seen.get_unique_constraints(name, **where)]
        key = seen.get_pk_constraint(name, **where)["constrained_columns"]
        found.append((name.removeprefix(made.prefix), columns, key, keys, unique))
    return sorted(found, key=str)


def migrated(engine: sa.Engine, made: Tables, revision: str = "head") -> None:
    """Run the migrations one by one, without the short cut for empty databases."""
    with engine.begin() as connection:
        migrate = command.upgrade if revision != "base" else command.downgrade
        migrate(migrations._config(made, connection=connection), revision)


class MigrationSuite:
    """One history, beside whatever else lives in the database. The store comes created by the short cut."""

    def test_migrations_and_the_short_cut_lead_to_the_same_schema(self, store: SqlStore) -> None:
        """Tables, columns, keys, indexes and triggers are the same either way."""
        by_steps, at_once = tables("steps_", store.tables.schema), tables("cut_", store.tables.schema)
        migrated(store.engine, by_steps)
        migrations.upgrade(store.engine, at_once)
        assert shape(store.engine, by_steps) == shape(store.engine, at_once)
        assert len(shape(store.engine, by_steps)) > 10
        assert () == migrations.check(store.engine, by_steps)

    def test_an_upgrade_is_repeated_without_harm(self, store: SqlStore) -> None:
        """What is on file stays as it is."""
        write(store, opening())
        migrations.upgrade(store.engine, store.tables)
        assert 3 == store.case(REFERENCE).version
        version.check_version(store.engine, store.tables)

    def test_the_schema_can_be_taken_down(self, store: SqlStore) -> None:
        """Going down to nothing leaves nothing of ours, and going up again works."""
        down = tables("down_", store.tables.schema)
        migrated(store.engine, down)
        migrated(store.engine, down, "base")
        left = sa.inspect(store.engine).get_table_names(schema=down.schema)
        assert [] == [name for name in left if name.startswith("down_") and name != version.version_table(down)]
        migrations.upgrade(store.engine, down)
        assert () == migrations.check(store.engine, down)

    def test_a_database_without_tables_is_refused(self, store: SqlStore) -> None:
        """The text says which command creates them."""
        with pytest.raises(StoreError, match="run `complaintkit db upgrade`"):
            version.check_version(store.engine, tables("none_", store.tables.schema))

    def test_a_database_of_newer_software_is_refused(self, store: SqlStore) -> None:
        """Neither used nor upgraded: the text names its version and says to update."""
        name = version.version_table(store.tables)
        table = sa.table(name, sa.column("version_num"), schema=store.tables.schema)
        with store.engine.begin() as connection:
            connection.execute(sa.update(table).values(version_num="9999"))
        for use in (version.check_version, migrations.upgrade):
            with pytest.raises(StoreError, match=r"9999.*newer one wrote it; update complaintkit"):
                use(store.engine, store.tables)

    def test_what_is_missing_is_named(self, store: SqlStore) -> None:
        """A check names each table, column, index and trigger that is missing or not ours."""
        entry, schema = store.tables.entry, store.tables.schema
        place = f'"{schema}".' if schema else ""
        with store.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP INDEX {place}complaint_due")
            connection.exec_driver_sql(f"DROP TABLE {place}meta")
            connection.exec_driver_sql(f"ALTER TABLE {place}thread ADD COLUMN mood TEXT")
            connection.exec_driver_sql(f"ALTER TABLE {place}clock DROP COLUMN level")
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("DROP TRIGGER entry_no_update")
                connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER {entry.name}_append_only ON {place}{entry.name}")
        assert {
            "index complaint_due is missing: what it serves will be slow",
            "table meta is missing",
            "column thread.mood is none of ours",
            "column clock.level is missing",
            "the trigger that keeps entry from being changed is missing",
        } == set(migrations.check(store.engine, store.tables))

    def test_a_hosts_autogenerate_leaves_our_tables_alone(self, store: SqlStore) -> None:
        """With either helper nothing of ours is proposed for dropping; without, everything would be."""
        host = sa.MetaData(schema=store.tables.schema)
        orders = sa.Table("orders", host, sa.Column("number", sa.Integer, primary_key=True))
        orders.create(store.engine)
        sa.Table("parcels", host, sa.Column("number", sa.Integer, primary_key=True))

        def proposed(**options: Any) -> set[tuple[str, str]]:
            opts = {"include_schemas": store.tables.schema is not None, **options}

            def only_this_schema(name: str | None, type_: str, parents: dict[str, Any]) -> bool:
                if type_ == "schema":
                    return name == store.tables.schema
                ours = options.get("include_name")
                return ours is None or ours(name, type_, parents)

            if store.tables.schema:
                opts["include_name"] = only_this_schema
            with store.engine.connect() as connection:
                differences = compare_metadata(MigrationContext.configure(connection, opts=opts), host)
            return {(one[0], one[1].name) for one in differences if isinstance(one, tuple)}

        without = proposed()
        assert {("remove_table", "complaint"), ("remove_table", "entry"), ("add_table", "parcels")} <= without
        assert {("add_table", "parcels")} == proposed(include_name=migrations.include_name(store.tables))
        assert {("add_table", "parcels")} == proposed(include_object=migrations.include_object(store.tables))

    def test_the_schema_is_told_as_statements(self, store: SqlStore) -> None:
        """For whoever runs them by hand: every table, index, trigger and the version."""
        written = migrations.sql(store.engine.dialect.name, tables("dba_"))
        for table in tables("dba_").metadata.sorted_tables:
            assert f"CREATE TABLE {table.name} (" in written
        for word in ("dba_complaint_due", "CREATE TRIGGER dba_entry_", "INSERT INTO dba_complaintkit_version"):
            assert word in written
