"""PostgreSQL keeps the contract."""

from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa

from complaintkit.store import SqlStore, open_store
from complaintkit.store.engines import open_engine
from tests.contract.suite_counting import CountingSuite
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_outgoing import OutgoingSuite
from tests.contract.suite_verifying import VerifyingSuite
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


class TestCounting(CountingSuite):
    """Counting in PostgreSQL."""


class TestVerifying(VerifyingSuite):
    """Verifying in PostgreSQL."""
