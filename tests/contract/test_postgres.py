"""PostgreSQL keeps the contract."""

from collections.abc import Iterator
from datetime import UTC
from itertools import count

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from complaintkit.errors import StoreError
from complaintkit.store import SqlStore, migrations, open_store
from complaintkit.store.engines import open_engine
from tests.contract.cases import REFERENCE, note, opening, step, write
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
from tests.real_postgres import fresh_database

pytestmark = pytest.mark.postgres


NUMBERS = count(1)


@pytest.fixture(scope="module")
def database(postgres_url: str) -> Iterator[str]:
    """Yield the URL of a database for the tests of this module; each works in a schema of its own."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    """Yield an empty store in a schema of its own."""
    schema = f"test_{next(NUMBERS)}"
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    engine.dispose()
    opened = open_store(database, schema=schema, upgrade=True)
    yield opened
    opened.close()


@pytest.fixture
def tamper(store: SqlStore) -> SqlTamper:
    """Return somebody who changes the stored data."""
    return SqlTamper(store)


class TestEnvelopes(EnvelopeSuite):
    """Envelopes in PostgreSQL."""


class TestCases(CaseSuite):
    """Cases in PostgreSQL."""


class TestOutgoing(OutgoingSuite):
    """The outbox in PostgreSQL."""


class TestPrecedents(PrecedentSuite):
    """Precedents in PostgreSQL."""


class TestDuties(DutySuite):
    """Duties in PostgreSQL."""


class TestAbsences(AbsenceSuite):
    """Absences in PostgreSQL."""


class TestLooking(LookingSuite):
    """For whom it answers, in PostgreSQL."""


class TestSides(SidesSuite):
    """What lists are narrowed by, in PostgreSQL."""


class TestCounting(CountingSuite):
    """Counting in PostgreSQL."""


class TestImproving(ImprovingSuite):
    """Improvements in PostgreSQL."""


class TestImprovingTables(ImprovingTablesSuite):
    """The tables of improvements in PostgreSQL."""


class TestVerifying(VerifyingSuite):
    """Verifying in PostgreSQL."""


@pytest.fixture
def host_engine(store: SqlStore) -> Iterator[sa.Engine]:
    """Yield an engine as a host would make it, in a time zone of its own."""
    yield from disposing(sa.create_engine(store.engine.url, connect_args={"options": "-c timezone=Asia/Manila"}))


class TestHosts(HostSuite):
    """Inside a host's transaction in PostgreSQL."""


class TestWorkers(WorkerSuite):
    """Several processes at once in PostgreSQL."""


class TestMigrations(MigrationSuite):
    """The schema in PostgreSQL."""


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_could_lose_something_is_refused(store: SqlStore, database: str, setting: str) -> None:
    """A database that confirms before it has flushed is refused at the start, with what to set."""
    risky = sa.make_url(database).update_query_dict({"options": f"-c {setting}=off"})
    url = risky.render_as_string(hide_password=False)
    with pytest.raises(StoreError, match=f"{setting}=off.*set {setting}=on"):
        open_store(url, schema=store.tables.schema)
    open_store(url, schema=store.tables.schema, durable=False).close()


def test_moments_do_not_depend_on_the_hosts_zone(store: SqlStore, host_engine: sa.Engine) -> None:
    """A case written under one time zone reads equal, and in UTC, under another."""
    write(SqlStore(host_engine, store.tables), opening())
    theirs, ours = SqlStore(host_engine, store.tables).case(REFERENCE), store.case(REFERENCE)
    assert theirs == ours
    assert UTC is theirs.received_at.tzinfo is ours.received_at.tzinfo


def test_the_usual_schema_serves_as_well(fresh_postgres: str) -> None:
    """Without a schema of its own a kit lives in the usual one, and a host's autogenerate leaves it alone."""
    store = open_store(fresh_postgres, upgrade=True)
    write(store, opening())
    assert [] == list(store.verify())
    assert () == migrations.check(store.engine, store.tables)
    with store.engine.connect() as connection:
        options = {"include_name": migrations.include_name(store.tables)}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), sa.MetaData())
    assert [] == differences
    store.close()


def test_a_connection_that_was_cut_is_replaced(store: SqlStore) -> None:
    """After the server went away one step fails, saying so; the next finds it again."""
    write(store, opening())
    other = open_engine(store.engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.dispose()
    with pytest.raises(StoreError, match="the database refused"):
        store.case(REFERENCE)
    write(store, step(store.case(REFERENCE), note()))
    assert 4 == store.case(REFERENCE).version


def test_a_server_that_is_not_there_is_said() -> None:
    """A driver's error comes out as ours."""
    with pytest.raises(StoreError, match="the database refused"):
        open_store("postgresql://nobody@127.0.0.1:9/nowhere")
