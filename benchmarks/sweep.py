"""The sweep among many open complaints: how long what is due takes, how that grows, and what it costs when nothing is.

    python benchmarks/sweep.py [--open 10000 100000 1000000] [--due 1000] [--postgres URL] [--rounds 3]
                               [--peers FOLDER --work FOLDER] [--json FILE]

All complaints are open and have their deadlines; DUE of them are broken and call for somebody, whose notices are queued.
Those that are due went through the desk, with all their entries. The others are copies of such in SQL, with other
references and later deadlines: complaint, clocks, entries and contents. The database behind the URL has to be empty.
With --peers the sweep of django-helpdesk is measured in the same run, at 100,000 open and 1,000 due, on the same engine.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from attrs import astuple

from complaintkit import Delivery, Message, Notifier, Person
from complaintkit.app import ComplaintKit
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store import SqlStore

from peers import Peers

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
NOW = START + timedelta(hours=30)
TOPIC = "The parcel came late and the box was open; I ask for my money back."
FOLD = 1000


def made(database: str) -> ComplaintKit:
    """Return a kit on an empty database, with a notifier that drops what it gets."""
    settings = Settings(plugins=PluginsSettings(disable=("folder",), discover=False))
    sent = Notifier("dropped", ["*"], lambda notice: Delivery("sent"))
    kit = ComplaintKit(settings, database=database, plugins=[sent])
    kit.upgrade()
    return kit


def filled(kit: ComplaintKit, due: int) -> None:
    """Open complaints that are due at NOW: a first answer was promised within 24 hours."""
    for number in range(due):
        sender = Person(name=f"Anna {number}", email=f"anna{number}@example.org")
        kit.open(Message(text=f"{TOPIC} ({number})", sender=sender), channel="email", now=START)
    moment = START + timedelta(minutes=5)
    while any(astuple(kit.work(moment))):
        pass


def crowded(store: SqlStore, wanted: int) -> int:
    """Add copies until so many complaints are open, none of them due before next year; return how many there are."""
    tables = store.tables
    later = NOW + timedelta(days=400)
    moment: Any = later if store.engine.dialect.name == "postgresql" else _text(later)
    with store.engine.begin() as connection:
        count = sa.select(sa.func.count()).select_from(tables.complaint)
        there = connection.scalar(count)
        first = connection.scalar(count.where(tables.complaint.c.reference.not_like("%~%")))
        for copy in range((there - first) // first, (wanted - first) // first):
            for table in (tables.complaint, tables.content, tables.clock, tables.entry):
                connection.execute(_copied(table, f"~{copy}", moment))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    with store.engine.connect() as connection:
        return int(connection.scalar(count))


def _copied(table: sa.Table, mark: str, moment: Any) -> sa.Insert:
    changed = {"reference": table.c.reference + mark, "due_at": sa.literal(moment), "warn_at": sa.literal(moment)}
    values = [changed.get(column.name, column) for column in table.c]
    return sa.insert(table).from_select([*table.c.keys()], sa.select(*values).where(table.c.reference.not_like("%~%")))


def _text(moment: datetime) -> str:
    from complaintkit.store.moments import to_text

    return to_text(moment)


def idle(kit: ComplaintKit, now: datetime, rounds: int) -> float:
    """Return the milliseconds of a sweep that finds nothing, the median of many."""
    return statistics.median(_clocked(lambda: kit.desk.sweep(now)) for _ in range(20 * rounds)) * 1000


def swept(kit: ComplaintKit, now: datetime) -> tuple[int, float]:
    """Sweep until nothing is due; return how many cases were, and the seconds."""
    since, done = time.perf_counter(), 0
    while found := kit.desk.sweep(now):
        done += found
    return done, time.perf_counter() - since


def _clocked(call: Any) -> float:
    since = time.perf_counter()
    call()
    return time.perf_counter() - since


def measured(database: str, sizes: list[int], due: int, rounds: int) -> Iterator[dict[str, Any]]:
    """Yield the figures of one engine, size by size."""
    with made(database) as kit:
        filled(kit, due)
        store = kit.desk.store
        for place, size in enumerate(sizes):
            there = crowded(store, size)
            nothing = idle(kit, START + timedelta(hours=1), rounds)
            # Each size has its own moment: what is broken is looked at again a level later, by as many cases.
            done, seconds = swept(kit, NOW + timedelta(days=3 * place))
            row = {"open": there, "due": done, "seconds": round(seconds, 3), "ms_per_due": round(seconds / max(done, 1) * 1000, 3), "idle_ms": round(nothing, 3)}
            print(store.engine.dialect.name, row, flush=True)
            yield {"engine": store.engine.dialect.name, **row}


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--postgres")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/peers"))  # noqa: S108 - where the peers' set-up puts it
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += measured(f"sqlite:///{folder}/c.db", asked.open, asked.due, asked.rounds)
    if asked.postgres:
        rows += measured(asked.postgres, asked.open, asked.due, asked.rounds)
    if asked.peers:
        rows += Peers(asked.peers, asked.work).sweeps()
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
