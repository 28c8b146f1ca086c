"""The memory twin keeps the contract."""

import pytest

from complaintkit.store import MemoryStore
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_outgoing import OutgoingSuite


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store."""
    return MemoryStore()


class TestEnvelopes(EnvelopeSuite):
    """Envelopes in memory."""


class TestCases(CaseSuite):
    """Cases in memory."""


class TestOutgoing(OutgoingSuite):
    """The outbox in memory."""
