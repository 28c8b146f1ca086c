"""complaintkit for hosts: one object that owns settings, plugins, store and desk, or works inside the host's session.

    from complaintkit import Message
    from complaintkit.app import ComplaintKit, actions

    with ComplaintKit(database="sqlite:///complaints.db") as kit:
        kit.upgrade()
        receipt = kit.open(Message(text="The parcel came broken."), channel="form")
        kit.work()
        kit.act(receipt.reference, actions.Reply(text="We are sorry, a new one is on its way."), by="irina")

Nothing is global: several kits, each with its own database, prefix and plugins, live in one process.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve
from sqlalchemy import Connection

from complaintkit.bound import BoundKit, Reception, checked
from complaintkit.case import actions
from complaintkit.case.actions import ACTIONS, Action
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.tasks import TaskView
from complaintkit.checks import moment
from complaintkit.counts import Table
from complaintkit.desk import Desk
from complaintkit.errors import NotFound, SettingsError
from complaintkit.families import Report
from complaintkit.guard import Failure
from complaintkit.improving import actions as improving
from complaintkit.improving.improvement import Improvement
from complaintkit.kit.assembly import plugin_settings, policy_of, schema, sql_store
from complaintkit.kit.replaying import Replaying
from complaintkit.message import Envelope
from complaintkit.policy import Policy
from complaintkit.policy.access import Access, Check, check_of
from complaintkit.receipt import Done, Receipt
from complaintkit.registry import Registry, load_registry
from complaintkit.reports import compile_report
from complaintkit.settings import Settings, load
from complaintkit.status import Status
from complaintkit.store import SqlStore
from complaintkit.store.duties import Duty
from complaintkit.store.improving import Which
from complaintkit.store.port import Figures, Filed, Filter, Finding, Kept, PluginRecord, Store
from complaintkit.store.version import check_version
from complaintkit.view import View

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

__all__ = [
    "ACTIONS", "Access", "Action", "Actor", "BoundKit", "Complaint", "ComplaintKit", "Done", "Duty", "Figures", "Filed",
    "Filter", "Finding", "Improvement", "PluginRecord", "Receipt", "Settings", "Status", "TaskView", "View", "Which",
    "actions", "improving", "system_clock",
]  # fmt: skip

MAX_ROUNDS: Final = 10_000


def system_clock() -> datetime:
    """Return the time: the one place where complaintkit reads the clock of the machine."""
    return datetime.now(UTC)


class ComplaintKit(Replaying, Reception):
    """Everything together.

    Args:
        settings: A `Settings` object, or the path of a settings file; `None` for the defaults.
        database: URL of the database, or a SQLAlchemy engine of the host; instead of the one in the settings.
        table_prefix: Goes before every table name, so that the tables live beside the host's.
        schema: Schema of the tables, on PostgreSQL.
        plugins: Plugin modules, objects or records of the host, used besides those found.
        store: A store to use instead of a database, such as the memory twin in tests.
        secret: From which tokens are made; by default the settings' one, else one kept in the database.
        clock: Gives the time where an operation is not given any.
        randbelow: Random numbers for references.
        access: The host's own check of who may do and look at what, in place of the table of permissions; an `Access`.

    Raises:
        SettingsError: A setting is wrong.
        StoreError: The database is set up in a way that could lose a complaint.
    """

    def __init__(
        self,
        settings: Settings | Path | str | None = None,
        *,
        database: "str | Engine | None" = None,
        table_prefix: str | None = None,
        schema: str | None = None,
        plugins: Sequence[object] = (),
        store: Store | None = None,
        secret: bytes | None = None,
        clock: Callable[[], datetime] = system_clock,
        randbelow: Callable[[int], int] = secrets.randbelow,
        access: "Access | Check | None" = None,
    ) -> None:
        self.settings = load(Path(settings)) if isinstance(settings, str | Path) else settings or Settings()
        kit = self.settings.kit
        self.clock = clock
        self._randbelow = randbelow
        self._access = None if access is None else check_of(access)
        prefix = kit.table_prefix if table_prefix is None else table_prefix
        self._database: str | Engine = database or kit.database
        self._tables = (prefix, schema or kit.schema or None)
        self._store = store
        self._checked = store is not None
        self._secret = secret or (kit.secret.encode() if kit.secret else None)
        self._registry: Registry | None = None
        self._handed = tuple(plugins)
        self._desk: Desk | None = None

    @property
    def store(self) -> Store:
        """Where everything is kept.

        Raises:
            StoreError: The database has no tables yet, or those of another version.
        """
        store = self._opened()
        if not self._checked:
            check_version(self._sql().engine, self._sql().tables)
            self._checked = True
        return store

    def _opened(self) -> Store:
        if self._store is None:
            self._store = sql_store(self._database, *self._tables)
        return self._store

    @property
    def registry(self) -> Registry:
        """The plugins; found and frozen at first use."""
        if self._registry is None:
            self._registry = load_registry(
                plugin_settings(self.settings), handed=self._handed, on_failure=self._failed, on_breaker=self._breaker
            )
        return self._registry

    @property
    def policy(self) -> Policy:
        """How complaints are handled here."""
        return self.desk.policy

    @property
    def secret(self) -> bytes:
        """The secret from which tokens are made."""
        if self._secret is None:
            self._secret = self.store.secret()
        return self._secret

    @property
    def desk(self) -> Desk:
        """The desk; set up at first use."""
        if self._desk is None:
            for record in self.store.plugin_records():
                self.registry.set_breaker(record.plugin, record.hook, record.open_until)
            policy = evolve(policy_of(self.settings, self.registry), check=self._access)
            self._desk = Desk(self.store, self.registry, policy, self.secret, self._randbelow)
        return self._desk

    def _failed(self, failure: Failure, now: datetime) -> None:
        self.desk.plugin_failed(failure, now)

    def _breaker(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        self.desk.breaker_changed(plugin, hook, open_until, self.clock())

    # --- the database

    def upgrade(self) -> None:
        """Create the tables, or bring older ones to this version; safe to repeat."""
        schema().upgrade(self._sql().engine, self._sql().tables)

    def check(self) -> tuple[str, ...]:
        """Return what is missing or different in the database; empty if it fits this version."""
        missing: tuple[str, ...] = schema().check(self._sql().engine, self._sql().tables)
        return missing

    def schema_sql(self) -> str:
        """Return the schema as statements, for whoever runs them by hand."""
        store = self._sql()
        written: str = schema().sql(store.engine.dialect.name, store.tables)
        return written

    def include_name(self) -> Callable[[str | None, str, dict[str, Any]], bool]:
        """Return what the host passes to Alembic as `include_name`, so that it leaves our tables alone."""
        include: Callable[[str | None, str, dict[str, Any]], bool] = schema().include_name(self._sql().tables)
        return include

    def _sql(self) -> SqlStore:
        store = self._opened()
        if not isinstance(store, SqlStore):
            raise SettingsError("database", "this kit has no database: it was given a store of another kind")
        return store

    # --- in

    def receive(self, envelope: Envelope, now: datetime | None = None) -> Receipt:
        """Put what arrived on file, then read it; once this returns it is safe."""
        return self.desk.receive(envelope, moment(now or self.clock()))

    def receive_all(self, envelopes: Iterable[Envelope], now: datetime | None = None) -> Iterator[Receipt]:
        """Receive many, in order: batches go on file together, which is faster than one by one; then each is read."""
        return self.desk.receive_all(envelopes, moment(now or self.clock()))

    def collect(self, now: datetime | None = None, report: Callable[[Receipt], None] = lambda receipt: None) -> int:
        """Fetch what waits at the channels' sources; return how many items."""
        return self.desk.collect(moment(now or self.clock()), report)

    def parked(self, *, limit: int = 50, offset: int = 0) -> tuple[Kept, ...]:
        """List what could not be read and waits for a person, oldest first."""
        return self.store.envelopes("parked", limit, offset)

    def retry(self, number: int, now: datetime | None = None, *, as_complaint: bool = False) -> Receipt:
        """Read a parked envelope again; `as_complaint` takes a machine's message for a complaint all the same.

        Raises:
            NotFound, NotAllowed: See `complaintkit.desk.Desk.retry`.
        """
        return self.desk.retry(number, moment(now or self.clock()), as_complaint)

    # --- work

    def work(self, now: datetime | None = None, *, until_idle: bool = True) -> Done:
        """Do what waits: read, assess, remind, escalate, deliver, tell.

        Args:
            now: The moment at which it happens.
            until_idle: Go on until nothing is left that is due at that moment.
        """
        done = Done()
        for _ in range(MAX_ROUNDS if until_idle else 1):
            more = self.desk.work(moment(now or self.clock()))
            done += more
            if not more.total:
                break
        return done

    # --- looking

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return a case file, entry by entry.

        Raises:
            NotFound: There is no such complaint.
        """
        found = self.store.file(checked(reference))
        if not found:
            raise NotFound(reference)
        return found

    def cases(self, which: Filter | None = None) -> tuple[Complaint, ...]:
        """List complaints, by default the open ones with the most urgent first."""
        return self.store.cases(which or Filter(open=True))

    def report(self, name: str, since: datetime, until: datetime, language: str = "en") -> Table:
        """Compile a report for a half-open period.

        Raises:
            NotFound: No plugin offers a report of this name.
            PluginError: The report could not be compiled.
        """
        return compile_report(self.registry, self.store, name, since, until, language)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports on offer."""
        return tuple(report.record for report in self.registry.reports)

    def verify(self) -> Iterator[Finding]:
        """Check every case file against its chain, its contents and the complaint it adds up to."""
        return self.store.verify()

    def figures(self) -> Figures:
        """Return the balance of the store."""
        return self.store.figures()

    # --- inside a host

    @contextmanager
    def bind(self, session: "Session | Connection") -> Iterator["BoundKit"]:
        """Work inside the host's session: in SAVEPOINTs, without ever committing.

        Only what needs no plugin happens here; the rest follows when `work` runs after the host's commit.
        """
        connection = session if isinstance(session, Connection) else session.connection()
        store = self._sql().bound(connection)
        # No plugin is called here; that there are observers is all the desk has to know to keep what they are told.
        bare = evolve(Registry.empty(), observers=self.registry.observers)
        yield BoundKit(Desk(store, bare, self.policy, self.secret, self._randbelow), self.clock)

    def close(self) -> None:
        """End child processes and give connections back."""
        if self._registry is not None:
            self._registry.close()
        close = getattr(self._store, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> "ComplaintKit":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
