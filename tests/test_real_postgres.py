"""The real PostgreSQL of the test run: it answers, keeps tests apart, and leaves nothing behind."""

import os
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests import real_postgres

pytestmark = pytest.mark.postgres


def databases(url: str) -> set[str]:
    """Return the names of the server's databases."""
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_the_server_is_a_real_postgresql(postgres_url: str) -> None:
    """The URL leads through SQLAlchemy and psycopg to a PostgreSQL that stores what it confirms."""
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        version, commits = connection.execute(text("SELECT version(), current_setting('synchronous_commit')")).one()
    engine.dispose()
    assert version.startswith("PostgreSQL ")
    assert "on" == commits


def test_a_fresh_database_is_empty_and_stores_text(fresh_postgres: str) -> None:
    """A test gets a database without tables that takes Cyrillic text."""
    engine = create_engine(fresh_postgres)
    with engine.begin() as connection:
        tables = connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one()
        connection.execute(text("CREATE TABLE trial (words text)"))
        connection.execute(text("INSERT INTO trial VALUES ('жалоба')"))
        stored = connection.execute(text("SELECT words FROM trial")).scalar_one()
    engine.dispose()
    assert 0 == tables
    assert "жалоба" == stored


def test_a_fresh_database_is_dropped_even_while_in_use(postgres_url: str) -> None:
    """The fixture's end drops the database although the test forgot to close a connection."""
    life = real_postgres.fresh_database(postgres_url)
    url = life.__enter__()
    forgotten = psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False))
    name = make_url(url).database
    assert name in databases(postgres_url)
    life.__exit__(None, None, None)
    assert name not in databases(postgres_url)
    forgotten.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sockets in folders are for POSIX")
def test_a_long_temporary_folder_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder's name is too long for a socket, the server listens on a port of this machine."""
    if os.environ.get("COMPLAINTKIT_TEST_PG_URL"):
        pytest.skip("an outside server is used")
    with tempfile.TemporaryDirectory(dir=real_postgres.reachable_base(real_postgres.lent_account())) as short:
        deep = Path(short, "длинное имя папки " * 4)
        deep.mkdir()
        Path(short).chmod(0o755)
        deep.chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", str(deep))
        with real_postgres.server() as url:
            assert "127.0.0.1" in url
            assert "postgres" in databases(url)
        assert [] == list(deep.iterdir())


def test_without_the_wheel_the_reason_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel is missing, the reason names it and the way out."""
    monkeypatch.setattr(real_postgres, "WHEEL", "no_such_wheel")
    reason = r"no_such_wheel is not installed.*COMPLAINTKIT_TEST_PG_URL"
    with pytest.raises(real_postgres.NoPostgres, match=reason), real_postgres.server():
        raise AssertionError("must not start")
