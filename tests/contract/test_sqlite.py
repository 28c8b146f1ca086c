"""SQLite keeps the contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintkit.store import SqlStore, open_store
from tests.contract.suite_counting import CountingSuite
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_outgoing import OutgoingSuite
from tests.contract.suite_verifying import VerifyingSuite
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


class TestCounting(CountingSuite):
    """Counting in SQLite."""


class TestVerifying(VerifyingSuite):
    """Verifying in SQLite."""
