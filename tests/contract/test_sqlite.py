"""SQLite keeps the contract."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from complaintkit.errors import StoreError
from complaintkit.store import SqlStore, open_store, sight, sql_duties
from complaintkit.store.listing import listing
from complaintkit.store.port import Filter
from tests.contract.suite_absences import AbsenceSuite
from tests.contract.suite_counting import CountingSuite
from tests.contract.suite_duties import DutySuite
from tests.contract.suite_hosts import HostSuite, disposing
from tests.contract.suite_improving import ImprovingSuite, ImprovingTablesSuite
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_looking import LookingSuite, SidesSuite
from tests.contract.suite_migrations import MigrationSuite
from tests.contract.suite_outgoing import OutgoingSuite
from tests.contract.suite_precedents import PrecedentSuite
from tests.contract.suite_verifying import VerifyingSuite
from tests.contract.suite_workers import WorkerSuite
from tests.contract.tampering import SqlTamper


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Yield an empty store in a file."""
    opened = open_store(f"sqlite:///{tmp_path / 'complaints.db'}", upgrade=True)
    yield opened
    opened.close()


@pytest.fixture
def tamper(store: SqlStore) -> SqlTamper:
    """Return somebody who changes the stored data."""
    return SqlTamper(store)


class TestEnvelopes(EnvelopeSuite):
    """Envelopes in SQLite."""


class TestCases(CaseSuite):
    """Cases in SQLite."""


class TestOutgoing(OutgoingSuite):
    """The outbox in SQLite."""


class TestPrecedents(PrecedentSuite):
    """Precedents in SQLite."""


class TestDuties(DutySuite):
    """Duties in SQLite."""


class TestAbsences(AbsenceSuite):
    """Absences in SQLite."""


class TestLooking(LookingSuite):
    """For whom it answers, in SQLite."""


class TestSides(SidesSuite):
    """What lists are narrowed by, in SQLite."""


class TestCounting(CountingSuite):
    """Counting in SQLite."""


class TestImproving(ImprovingSuite):
    """Improvements in SQLite."""


class TestImprovingTables(ImprovingTablesSuite):
    """The tables of improvements in SQLite."""


class TestVerifying(VerifyingSuite):
    """Verifying in SQLite."""


@pytest.fixture
def host_engine(store: SqlStore) -> Iterator[sa.Engine]:
    """Yield an engine as a host would make it: its driver begins transactions when it pleases."""
    engine = sa.create_engine(store.engine.url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    yield from disposing(engine)


class TestHosts(HostSuite):
    """Inside a host's transaction in SQLite."""


class TestHostsThatBegin(HostSuite):
    """Inside a host's transaction in SQLite, whose host begins every transaction itself."""

    @pytest.fixture
    def host_engine(self, store: SqlStore) -> Iterator[sa.Engine]:
        """Yield an engine set up as SQLAlchemy's manual advises for savepoints."""
        engine = sa.create_engine(store.engine.url)

        def connected(connection: Any, _: object) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys=ON")

        event.listen(engine, "connect", connected)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN").close())
        yield from disposing(engine)


class TestWorkers(WorkerSuite):
    """Several processes at once in SQLite."""


class TestMigrations(MigrationSuite):
    """The schema in SQLite."""


@pytest.mark.parametrize(
    ("pragma", "says"),
    [("foreign_keys=OFF", "PRAGMA foreign_keys=ON"), ("synchronous=NORMAL", "PRAGMA synchronous=FULL")],
)
def test_a_hosts_engine_that_could_lose_something_is_refused(store: SqlStore, pragma: str, says: str) -> None:
    """A host's engine without foreign keys or full flushing is refused with what to do; its settings are left alone."""
    engine = sa.create_engine(store.engine.url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}"))
    with pytest.raises(StoreError, match=says):
        SqlStore(engine, store.tables)
    with engine.connect() as connection, pytest.raises(StoreError, match=says):
        SqlStore(connection, store.tables)
    engine.dispose()


def test_our_own_engine_is_set_up_to_lose_nothing(store: SqlStore) -> None:
    """Every connection has a write-ahead log, full flushing, foreign keys, and patience."""
    with store.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000} == settings


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://host/name", "sqlite:///FILE or postgresql"),
        ("no url at all", "sqlite:///FILE or postgresql"),
        ("sqlite+aiosqlite:///x.db", "sqlite:///FILE or postgresql"),
    ],
)
def test_other_databases_are_refused(url: str, says: str) -> None:
    """What complaintkit is not tested with is refused, and the text says what it takes."""
    with pytest.raises(StoreError, match=says):
        open_store(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A driver's error comes out as ours."""
    (tmp_path / "x.db").write_bytes(b"This is a letter." * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'x.db'}")


def test_what_is_due_is_found_without_looking_at_every_case(store: SqlStore) -> None:
    """The queries of the workers run on their indexes."""
    sql = store._kit.sql
    wanted = {
        "due": "complaint_due", "unassessed": "complaint_unassessed", "free_envelopes": "envelope_new",
        "free_notices": "notice_waiting", "threads": "autoindex_thread",
    }  # fmt: skip
    with store.engine.connect() as connection:
        for name, index in wanted.items():
            query = getattr(sql, name)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("[]",) * query.count("?")).all()
            assert index in plan[0][3], name
        query, values = listing(Filter(open=True), store.tables, "sqlite", str)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
    assert "USING INDEX complaint_due" in plan[0][3]
    assert not any("B-TREE" in step[3] for step in plan)


def test_duties_of_somebody_are_found_by_their_index(store: SqlStore) -> None:
    """Whoever asks for a department's tasks does not look at every deadline of every case."""
    query = sql_duties._query((1, 1, False, False, sight.EVERYTHING), store.tables, "sqlite")
    with store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("legal", "task", 50, 0)).all()
    assert "INDEX clock_duty (who=?)" in plan[0][3]


def test_improvements_are_found_without_looking_at_every_one(store: SqlStore) -> None:
    """The queries about improvements run on their indexes, and counting looks at the complaints of the period only."""
    sql = store._kit.improving.sql
    wanted = (
        (sql.due, ("x", 1), "improvement_due"), (sql.sessions, (), "improvement_entry_turn"),
        (sql.by_cause, ("a", "b", "[]"), "complaint_received"),
    )  # fmt: skip
    with store.engine.connect() as connection:
        for query, values, index in wanted:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
            assert index in plan[0][3]
