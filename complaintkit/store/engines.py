"""Engines: how ours are set up, and what is refused because it could lose a complaint."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from complaintkit.errors import StoreError
from complaintkit.store.line import check_driver

PATIENCE: Final = 30.0  # seconds that one writer waits for another on SQLite
_CACHE: Final = 64 * 1024  # KiB of pages that one SQLite connection keeps
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL lost acknowledged rows in simulated power cuts
    "PRAGMA foreign_keys=ON",
    f"PRAGMA cache_size=-{_CACHE}",
    "PRAGMA wal_autocheckpoint=4000",
)


def open_engine(url: str) -> sa.Engine:
    """Return an engine of our own for a database.

    Args:
        url: `sqlite:///FILE` or `postgresql+psycopg://...`; plain `postgresql://` is taken as the latter.

    Raises:
        StoreError: It is another kind of database, an SQLite without a file, or the URL cannot be read.
    """
    try:
        address = sa.make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        options = f"{address.query.get('options', '')} -c timezone=UTC".strip()
        engine = sa.create_engine(address, connect_args={"options": options})
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"the database URL cannot be used: {error}; write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
            " (and install complaintkit[postgres] for the latter)"
        ) from error
    check_driver(engine.dialect)
    return engine


def _sqlite(address: sa.URL) -> sa.Engine:
    if address.database in (None, "", ":memory:"):
        raise StoreError("an SQLite database needs a file: sqlite:///complaints.db; to keep nothing, use MemoryStore")
    waits = {"timeout": PATIENCE, "check_same_thread": False}
    engine = sa.create_engine(address, connect_args=waits)
    check_driver(engine.dialect)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see `transaction`
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    return engine


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Any]:
    """Give the driver's connection inside a transaction that writes from its start; an exception rolls it back.

    SQLite's deferred transactions fail when they turn to writing late; these wait for their turn at the start. This is
    done on the driver's connection and not by events, so that it holds for an engine of a host without changing it.
    """
    with _pooled(engine) as driver:
        if engine.dialect.name == "sqlite" and not driver.in_transaction:
            driver.execute("BEGIN IMMEDIATE")
        try:
            yield driver
        except BaseException:
            if not _lost(driver):
                driver.rollback()
            raise
        driver.commit()


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Any]:
    """Give the driver's connection for single queries; PostgreSQL is spared a transaction around each."""
    with _pooled(engine) as driver:
        single = engine.dialect.name == "postgresql" and not driver.autocommit
        if single:
            driver.autocommit = True
        try:
            yield driver
        finally:
            if single and not _lost(driver):
                driver.autocommit = False


@contextmanager
def _pooled(engine: sa.Engine) -> Iterator[Any]:
    """Lend the driver's connection from the pool; once the server has gone away, none of the old ones is lent again."""
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    except Exception as error:
        if engine.dialect.is_disconnect(error, pooled, None):  # type: ignore[arg-type]  # looks at drivers' errors only
            pooled.invalidate(error)
            engine.dispose()
        raise
    finally:
        pooled.close()


def _lost(driver: Any) -> bool:
    """Say whether a PostgreSQL connection has gone away; SQLite's stay."""
    return bool(getattr(driver, "closed", False))


def begin(connection: sa.Connection, how: str = "BEGIN IMMEDIATE") -> None:
    """Begin a transaction on a fresh connection of SQLAlchemy's, on SQLite for writing from the start."""
    connection.begin()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and not driver.in_transaction:
        driver.execute(how)


def snapshot(connection: sa.Connection) -> None:
    """Let every query on a fresh connection see the same state."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
    begin(connection, "BEGIN")


def check_durable(connection: sa.Connection) -> None:
    """Refuse a database that could lose what it has confirmed, or that does not check what rows refer to.

    Raises:
        StoreError: The text says what to change.
    """
    if connection.dialect.name == "postgresql":
        for setting in ("synchronous_commit", "fsync"):
            if connection.exec_driver_sql(f"SHOW {setting}").scalar_one() == "off":
                raise StoreError(
                    f"this PostgreSQL has {setting}=off: a power cut could lose complaints that were confirmed; "
                    f"set {setting}=on for the server, this database or this role"
                )
        return
    if not connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one():
        raise StoreError(
            "this SQLite connection has foreign_keys off: run PRAGMA foreign_keys=ON when a connection is made "
            "(SQLAlchemy's `connect` event)"
        )
    if connection.exec_driver_sql("PRAGMA synchronous").scalar_one() < 2:
        raise StoreError(
            "this SQLite connection has synchronous below FULL: a power cut could lose complaints that were confirmed; "
            "run PRAGMA synchronous=FULL when a connection is made (SQLAlchemy's `connect` event)"
        )
