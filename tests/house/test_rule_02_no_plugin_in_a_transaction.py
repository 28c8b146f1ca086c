"""House rule 2: no plugin is called while a transaction is open.

A plugin may hang. If it does while a transaction is open, it holds a lock, and every other worker with it. The store
says that a transaction is open, in a context variable, and the guard, through which alone plugins are called, refuses.

To mend a breach: ask the plugin first, then open the transaction and store what it said.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from complaintkit import (
    Categoriser,
    Channel,
    Count,
    Delivery,
    Envelope,
    Escalation,
    EscalationRule,
    Message,
    Notifier,
    Observer,
    Report,
    Suggestion,
    Table,
)
from complaintkit.guard import in_transaction
from complaintkit.store.memory import MemoryStore
from complaintkit.store.port import Store, Unit
from complaintkit.store.sql import open_store
from tests.house.kits import MONDAY, SENT, kit, said


class Watched(MemoryStore):
    """A store that knows, by itself, whether one of its transactions is open."""

    open = False

    @contextmanager
    def begin(self) -> Iterator[Unit]:  # type: ignore[override]
        """Open a transaction and remember it."""
        with super().begin() as unit:
            self.open = True
            try:
                yield unit
            finally:
                self.open = False


class Spy:
    """Records of every family; each notes that it was called, and whether a transaction was open then."""

    def __init__(self, store: Watched) -> None:
        self.calls: set[tuple[str, bool]] = set()
        self._store = store

    def note(self, name: str) -> None:
        """Note a call."""
        self.calls.add((name, self._store.open))

    def records(self) -> tuple[object, ...]:
        """Return one record per family that the desk asks."""
        return (
            Channel("slips", self.parse, fetch=self.fetch, confirm=lambda envelope: self.note("confirm")),
            Categoriser("spy-categoriser", self.suggest),
            EscalationRule("spy-rule", self.check),
            Notifier("spy-notifier", ["*"], self.send),
            Observer("spy-observer", lambda change: self.note("see")),
            Report("spy-report", self.compile, needs=[Count("received")]),
        )

    def fetch(self) -> Iterator[Envelope]:
        """Yield one slip."""
        self.note("fetch")
        yield Envelope("slips", "1", b"too late and broken", MONDAY)

    def parse(self, envelope: Envelope) -> Message:
        """Read a slip."""
        self.note("parse")
        return said(envelope.raw.decode())

    def suggest(self, case: object) -> tuple[Suggestion, ...]:
        """Abstain."""
        self.note("suggest")
        return ()

    def check(self, review: object) -> Escalation:
        """Escalate."""
        self.note("check")
        return Escalation(level=3, to="board", reason="spied")

    def send(self, notice: object) -> Delivery:
        """Send nowhere."""
        self.note("send")
        return Delivery("sent")

    def compile(self, request: object) -> Table:
        """Count nothing."""
        self.note("compile")
        return Table(title="spied", columns=["a"], rows=[["b"]])


def test_no_plugin_is_called_in_a_transaction() -> None:
    """Whatever the kit does, and every family is asked, no plugin is called while a transaction is open."""
    store = Watched()
    spy = Spy(store)
    with kit(spy.records(), store=store) as desk:
        assert () == desk.registry.troubles
        desk.collect()
        desk.work()
        desk.work(MONDAY + timedelta(days=60))
        desk.report("spy-report", MONDAY, MONDAY + timedelta(days=1))
    names = ("fetch", "confirm", "parse", "suggest", "check", "send", "see", "compile")
    assert {(name, False) for name in names} == spy.calls


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Yield a store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    url = f"sqlite:///{tmp_path / 'complaints.db'}"
    opened = open_store(
        request.getfixturevalue("fresh_postgres") if request.param == "postgresql" else url, upgrade=True
    )
    yield opened
    opened.close()


def test_every_store_says_that_a_transaction_is_open(store: Store) -> None:
    """Inside a transaction of any store the context says so; outside, and after a failure, it does not."""
    assert not in_transaction()
    with store.begin():
        assert in_transaction()
    with pytest.raises(ZeroDivisionError), store.begin():
        raise ZeroDivisionError
    assert not in_transaction()


def test_the_guard_refuses_in_a_transaction() -> None:
    """A call inside a transaction is an error of the core that no handler takes for a plugin's: this rule can fail."""
    with kit() as desk:
        notifier = desk.registry.notifiers[0]
        assert SENT.name == notifier.record.name
        with pytest.raises(AssertionError, match="transaction is open"), desk.store.begin():
            notifier.ask("send", None, MONDAY)


def test_the_watched_store_sees_an_open_transaction() -> None:
    """The spy of this test would notice: inside a transaction it notes one."""
    store = Watched()
    spy = Spy(store)
    with store.begin():
        spy.note("send")
    assert {("send", True)} == spy.calls
