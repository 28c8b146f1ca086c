"""The full-text index: kept by the database itself, missed when it is gone, and never a host's table to drop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintkit.store import SqlStore, migrations, open_store
from complaintkit.store.fulltext import own_tables
from tests.contract.suite_precedents import decide, precedent, references


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Yield an empty store in a file."""
    opened = open_store(f"sqlite:///{tmp_path / 'complaints.db'}", prefix="ck_", upgrade=True)
    yield opened
    opened.close()


def test_an_index_that_is_gone_is_named(store: SqlStore) -> None:
    """`db check` says what is missing and what cannot be done without it."""
    assert () == migrations.check(store.engine, store.tables)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ck_precedent_text")
    wanted = "the full-text index over ck_precedent is missing: precedents cannot be found"
    assert (wanted,) == migrations.check(store.engine, store.tables)


def test_a_host_is_told_all_tables_of_the_index(store: SqlStore) -> None:
    """SQLite keeps the index in tables of its own; a host's migrations must leave each of them alone."""
    with store.engine.connect() as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'ck_precedent_text%'"
        there = {name for (name,) in connection.exec_driver_sql(query)}
    assert own_tables("ck_precedent") == there
    include = migrations.include_name(store.tables)
    assert not any(include(name, "table", {}) for name in there)


def test_the_index_follows_the_table_whoever_changes_it(store: SqlStore) -> None:
    """A row that somebody mends or takes away by hand is found by its new words, or no more."""
    decide(store, precedent(1, "kettle"), precedent(2, "kettle"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE ck_precedent SET words = 'teapot' WHERE number = 1")
        connection.exec_driver_sql("DELETE FROM ck_precedent WHERE number = 2")
    assert ([], [1]) == (references(store, "kettle"), references(store, "teapot"))
