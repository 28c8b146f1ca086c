"""The memory twin keeps the contract."""

import pytest

from complaintkit.store import MemoryStore
from tests.contract.suite_absences import AbsenceSuite
from tests.contract.suite_counting import CountingSuite
from tests.contract.suite_duties import DutySuite
from tests.contract.suite_improving import ImprovingSuite
from tests.contract.suite_intake import CaseSuite, EnvelopeSuite
from tests.contract.suite_looking import LookingSuite
from tests.contract.suite_outgoing import OutgoingSuite
from tests.contract.suite_precedents import PrecedentSuite
from tests.contract.suite_verifying import VerifyingSuite
from tests.contract.tampering import MemoryTamper


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store."""
    return MemoryStore()


@pytest.fixture
def tamper(store: MemoryStore) -> MemoryTamper:
    """Return somebody who changes the stored data."""
    return MemoryTamper(store)


class TestEnvelopes(EnvelopeSuite):
    """Envelopes in memory."""


class TestCases(CaseSuite):
    """Cases in memory."""


class TestOutgoing(OutgoingSuite):
    """The outbox in memory."""


class TestPrecedents(PrecedentSuite):
    """Precedents in memory."""


class TestDuties(DutySuite):
    """Duties in memory."""


class TestAbsences(AbsenceSuite):
    """Absences in memory."""


class TestLooking(LookingSuite):
    """For whom it answers, in memory."""


class TestCounting(CountingSuite):
    """Counting in memory."""


class TestImproving(ImprovingSuite):
    """Improvements in memory."""


class TestVerifying(VerifyingSuite):
    """Verifying in memory."""
