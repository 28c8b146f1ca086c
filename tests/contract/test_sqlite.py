"""SQLite keeps the contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintkit.store import SqlStore, open_store
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_outgoing import OutgoingSuite


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Yield an empty store in a file."""
    opened = open_store(f"sqlite:///{tmp_path / 'complaints.db'}", upgrade=True)
    yield opened
    opened.close()


class TestEnvelopes(EnvelopeSuite):
    """Envelopes in SQLite."""


class TestCases(CaseSuite):
    """Cases in SQLite."""


class TestOutgoing(OutgoingSuite):
    """The outbox in SQLite."""
