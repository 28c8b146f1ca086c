"""SQLite and PostgreSQL behind the port: reading, and the two ways of opening a transaction."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from attrs import evolve

from complaintkit.case.complaint import Complaint
from complaintkit.errors import NotFound, StoreError
from complaintkit.guard import no_plugins
from complaintkit.store import chain, engines, refusals, sql_improving_verifying, sql_verifying, version
from complaintkit.store.improving_sql import improving_kit
from complaintkit.store.line import Line, by_place, check_driver
from complaintkit.store.listing import listing
from complaintkit.store.port import (
    EnvelopeState,
    Filed,
    Filter,
    Finding,
    Kept,
    PluginRecord,
    Thread,
)
from complaintkit.store.rows import NO_CONTENTS, mappers
from complaintkit.store.sql_absences import SqlAbsences, absence_sql
from complaintkit.store.sql_duties import SqlDuties
from complaintkit.store.sql_improving import SqlImproving
from complaintkit.store.sql_kit import Kit
from complaintkit.store.sql_looking import SqlLooking
from complaintkit.store.sql_precedents import SqlPrecedents
from complaintkit.store.sql_unit import SqlUnit, contents_of, kept_of
from complaintkit.store.statements import statements
from complaintkit.store.tables import Tables, tables
from complaintkit.store.texts import key, storable

_TRIES: Final = 50


def open_store(
    url: str, prefix: str = "", schema: str | None = None, *, upgrade: bool = False, durable: bool = True
) -> "SqlStore":
    """Open a store of our own.

    Args:
        url: `sqlite:///FILE` or `postgresql+psycopg://...`.
        prefix: What the tables' names begin with.
        schema: The PostgreSQL schema of the tables.
        upgrade: Create the tables, or bring them up to date, first.
        durable: False takes a database that may lose what it has confirmed: for throw-away ones only.

    Raises:
        StoreError: The database cannot be used as it is; the text says why and what to do.
    """
    from complaintkit.store import migrations

    engine = engines.open_engine(url)
    made = tables(prefix, schema)
    try:
        with _errors(engine.dialect):
            if upgrade:
                migrations.upgrade(engine, made)
            version.check_version(engine, made)
        return SqlStore(engine, made, durable=durable, own=True)
    except BaseException:
        engine.dispose()
        raise


class SqlStore(SqlPrecedents, SqlImproving, SqlAbsences, SqlDuties, SqlLooking):
    """A store in a database.

    Args:
        bind: An engine, on which every unit is a transaction of its own; or a connection of the host, on which it is a
            savepoint: nothing is ever committed there, and reading sees what the host has not committed yet.
        made: The tables.
        durable: False takes a database that may lose what it has confirmed: for throw-away ones only.
        own: Whether closing the store closes the engine.
    """

    def __init__(
        self, bind: sa.Engine | sa.Connection, made: Tables, *, durable: bool = True, own: bool = False
    ) -> None:
        check_driver(bind.dialect)
        self.tables = made
        self._dialect = bind.dialect
        self._kit = _kit(made, bind.dialect.name)
        self._own = own
        self._host: sa.Connection | None = None
        self._secret: bytes | None = None
        if isinstance(bind, sa.Connection):
            self._host = bind
            if durable:
                engines.check_durable(bind)
            return
        self.engine = bind
        if durable:
            with _errors(self._dialect), bind.connect() as connection:
                engines.check_durable(connection)

    def bound(self, connection: sa.Connection) -> "SqlStore":
        """Return this store inside a transaction of the host: nothing is committed, everything is seen."""
        inside = SqlStore(connection, self.tables, durable=False)
        inside.lexicon = self.lexicon
        return inside

    def close(self) -> None:
        """Close the connections, if the store opened them itself."""
        if self._own:
            self.engine.dispose()

    # --- transactions and reading

    @contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """Open a transaction, or a savepoint on a host's connection; an exception rolls it back."""
        with no_plugins(), _errors(self._dialect):
            if self._host is None:
                with engines.transaction(self.engine) as driver:
                    yield SqlUnit(Line(driver, self._dialect.name), self._kit)
            else:
                _join_transaction(self._host)
                with self._host.begin_nested():
                    yield SqlUnit(Line.of(self._host), self._kit)

    @contextmanager
    def reading(self) -> Iterator[Line]:
        """Give a line for queries; each sees what is committed then, or on a host's connection what it sees."""
        with _errors(self._dialect):
            if self._host is not None:
                yield Line.of(self._host)
                return
            with engines.reading(self.engine) as driver:
                yield Line(driver, self._dialect.name)

    # --- complaints

    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands; `NotFound` if there is none."""
        sql, map_, row = self._kit.sql, self._kit.map, (storable(reference),)
        with self.reading() as line:
            # Version after the rest: the same as before it, nobody changed the case between the queries.
            for _ in range(_TRIES):
                found, clocks, version = (
                    line.rows(sql.case, row),
                    line.rows(sql.clocks, row),
                    line.rows(sql.version, row),
                )
                if not found:
                    raise NotFound(reference)
                if found[0][1] == version[0][0]:
                    contents = contents_of(line, found, self._kit).get(reference, NO_CONTENTS)
                    return map_.case(found[0], map(map_.clock.value, clocks), contents)
        raise StoreError(f"complaint {reference} changes faster than it can be read; try again")

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return the case file, in order; empty if there is none."""
        map_, row = self._kit.map, (storable(reference),)
        with self.reading() as line:
            # Entries first: contents are stored with their entry, so none can be missing.
            links = [map_.link.value(one) for one in line.rows(self._kit.sql.links, row)]
            contents = {one[0]: map_.content.value(one) for one in line.rows(self._kit.sql.contents, row)}
        return chain.filed(reference, links, contents)

    def cases(self, which: Filter) -> tuple[Complaint, ...]:
        """List complaints."""
        query, values = listing(which, self.tables, self._dialect.name, self._kit.map.moment)
        with self.reading() as line:
            return self._whole(line, line.rows(query, values))

    def cases_of(self, references: Sequence[str]) -> tuple[Complaint, ...]:
        """Return those complaints of these references that are on file, in no order."""
        with self.reading() as line:
            return self._whole(line, line.rows(self._kit.sql.cases_of, (line.among(references),)))

    def _whole(self, line: Line, found: Sequence[Any]) -> tuple[Complaint, ...]:
        """Return complaints from their rows, with what stands in other tables."""
        map_ = self._kit.map
        among = (line.among(row[0] for row in found),)
        clocks: dict[str, list[Any]] = {row[0]: [] for row in found}
        for row in line.rows(self._kit.sql.clocks_of, among) if found else ():
            clocks[row[-1]].append(map_.clock.value(row))
        versions = dict(line.rows(self._kit.sql.versions_of, among)) if found else {}
        contents = contents_of(line, found, self._kit)
        return tuple(
            map_.case(row, clocks[row[0]], contents.get(row[0], NO_CONTENTS))
            if versions.get(row[0]) == row[1]
            else self.case(row[0])
            for row in found
        )

    def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of open complaints whose next moment has come, earliest first."""
        with self.reading() as line:
            return tuple(row[0] for row in line.rows(self._kit.sql.due, (self._kit.map.moment(now), limit)))

    def unassessed(self, limit: int) -> tuple[str, ...]:
        """Return references of open complaints without initial assessment, oldest first."""
        with self.reading() as line:
            return tuple(row[0] for row in line.rows(self._kit.sql.unassessed, (limit,)))

    def threads(self, message_ids: Sequence[str]) -> tuple[Thread, ...]:
        """Return the messages on file with these identifiers, in the order they were filed."""
        asked = {key(one): one for one in message_ids}
        with self.reading() as line:
            rows = line.rows(self._kit.sql.threads, (line.among(asked),))
        found = map(self._kit.map.thread.value, rows)
        return tuple(evolve(thread, message_id=asked[thread.message_id]) for thread in found)

    # --- envelopes, attachments, notices, plugins

    def envelope(self, number: int) -> Kept:
        """Return an envelope; `NotFound` if there is none with this number."""
        with self.reading() as line:
            if not (found := line.rows(self._kit.sql.envelope, (number,))):
                raise refusals.no_envelope(number)
            return kept_of(found[0], self._kit)

    def envelopes(self, state: EnvelopeState, limit: int, offset: int = 0) -> tuple[Kept, ...]:
        """List envelopes in a state, oldest first."""
        with self.reading() as line:
            return tuple(kept_of(row, self._kit) for row in line.rows(self._kit.sql.envelopes, (state, limit, offset)))

    def attachment(self, digest: str) -> bytes:
        """Return the bytes of an attachment; `NotFound` if there is none with this digest."""
        with self.reading() as line:
            if not (found := line.rows(self._kit.sql.attachment, (storable(digest),))):
                raise refusals.no_attachment(digest)
            return bytes(found[0][0])

    def plugin_records(self) -> tuple[PluginRecord, ...]:
        """Return how the plugins' hooks have fared."""
        with self.reading() as line:
            return tuple(map(self._kit.map.plugin_record.value, line.rows(self._kit.sql.plugin_records)))

    # --- verifying, the secret

    def verify(self) -> Iterator[Finding]:
        """Check every file and every envelope, some hundred at a time."""
        yield from sql_verifying.verify(self, self._kit)
        yield from sql_improving_verifying.verify(self, self._kit)
        yield from self.verify_sides()

    @contextmanager
    def connected(self, snapshot: bool = False) -> Iterator[sa.Connection]:
        """Give a connection for queries through SQLAlchemy.

        Args:
            snapshot: Let all of them see the same state.
        """
        with _errors(self._dialect):
            if self._host is not None:
                yield self._host
                return
            with self.engine.connect() as connection:
                if snapshot:
                    engines.snapshot(connection)
                yield connection

    def calendar(self, identity: str) -> str:
        """Return the archive of a calendar by its identity; `NotFound` if it was never kept."""
        with self.reading() as line:
            if not (found := line.rows(self._kit.sql.meta, (storable(identity),))):
                raise refusals.no_calendar(identity)
        return bytes(found[0][0]).decode()

    def secret(self) -> bytes:
        """Return the secret kept with the store; made at the first call if no upgrade has."""
        if self._secret is None:
            with self.reading() as line:
                found = line.rows(self._kit.sql.meta, ("secret",))
            if not found:
                with self.begin() as unit:
                    unit.add_secret(secrets.token_bytes(32))
                with self.reading() as line:
                    found = line.rows(self._kit.sql.meta, ("secret",))
            # Not remembered on a host's connection: its rollback would take the secret back.
            if self._host is not None:
                return bytes(found[0][0])
            self._secret = bytes(found[0][0])
        return self._secret


@lru_cache(maxsize=32)
def _kit(made: Tables, dialect: str) -> Kit:
    sql, map_ = statements(made, by_place(dialect)), mappers(made, dialect)
    return Kit(sql, map_, improving_kit(made, dialect), absence_sql(made, dialect))


def _join_transaction(host: sa.Connection) -> None:
    """Make sure that a savepoint on a host's connection stands inside a transaction, which is the host's to end."""
    driver: Any = host.connection.driver_connection
    if (
        host.get_execution_options().get("isolation_level") == "AUTOCOMMIT"
        or getattr(driver, "autocommit", None) is True
    ):
        raise StoreError(
            "the host's connection is in AUTOCOMMIT: nothing could be rolled back; hand in one that is not"
        )
    if host.dialect.name == "sqlite" and not driver.in_transaction:
        # SQLite's driver begins only at the first change, and a savepoint that stands alone commits when it ends.
        host.exec_driver_sql("SELECT 1").close()  # lets the host's own `begin` event come first, if it has one
        if not driver.in_transaction:
            driver.execute("BEGIN IMMEDIATE")


@contextmanager
def _errors(dialect: sa.Dialect) -> Iterator[None]:
    """Let no error of a database driver out of the store."""
    errors: Any = dialect.loaded_dbapi
    try:
        yield
    except (sa.exc.DBAPIError, errors.Error, OverflowError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreError(f"the database refused: {cause}; nothing of this step was stored") from error
