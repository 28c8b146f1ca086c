"""What every test of the core may ask for: a real PostgreSQL, and an empty database in it."""

import os
from collections.abc import Iterator

import pytest

from tests.real_postgres import NoPostgres, fresh_database, server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Yield the URL of a real PostgreSQL: yours (COMPLAINTKIT_TEST_PG_URL) or one started from its wheel.

    Tests that need it skip with the reason where neither is to be had.
    """
    if yours := os.environ.get("COMPLAINTKIT_TEST_PG_URL"):
        yield yours
        return
    running = server()
    try:
        url = running.__enter__()
    except NoPostgres as reason:
        pytest.skip(f"no PostgreSQL: {reason}")
    try:
        yield url
    finally:
        running.__exit__(None, None, None)


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[str]:
    """Yield the URL of an empty database of this test's own, dropped afterwards even if connections were left open."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="module")
def module_postgres(postgres_url: str) -> Iterator[str]:
    """Yield the URL of an empty database that the tests of one module share."""
    with fresh_database(postgres_url) as url:
        yield url
