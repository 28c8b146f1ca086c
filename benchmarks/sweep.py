"""The sweep among many open complaints: how long what is due takes, how that grows, and what it costs when nothing is.

    python benchmarks/sweep.py [--open 10000 100000 1000000] [--due 1000] [--postgres URL]
                               [--rounds 3] [--peers FOLDER --work FOLDER] [--json FILE]

All complaints are open and have their deadlines; DUE of them are broken and call for somebody. Notices are queued.
Those that are due went through the desk, with all their entries. The others are copies of such in SQL, with other
references and later deadlines: complaint, clocks, entries, contents. The database behind the URL has to be empty.
With --peers the sweep of django-helpdesk is measured beside ours, at 100,000 open and 1,000 due, on the same engine;
its folder and --work are those of the peers' bench, see `peers.py`.
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
from peers import Peers

from complaintkit import Delivery, Message, Notifier, Person
from complaintkit.app import ComplaintKit
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store import SqlStore
from complaintkit.store.moments import to_text

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
TOPIC = "The parcel came late and the box was open; I ask for my money back."
PEERS_AT = 100_000


def made(database: str) -> ComplaintKit:
    """Return a kit on an empty database, with a notifier that drops what it gets."""
    settings = Settings(plugins=PluginsSettings(disable=("folder",), discover=False))
    sent = Notifier("dropped", ["*"], lambda notice: Delivery("sent"))
    kit = ComplaintKit(settings, database=database, plugins=[sent])
    kit.upgrade()
    return kit


def filled(kit: ComplaintKit, due: int, start: datetime) -> None:
    """Open complaints of which the first answer is due 24 hours later."""
    for number in range(due):
        sender = Person(name=f"Anna {number}", email=f"anna{number}.{start:%Y%m%d}@example.org")
        kit.open(Message(text=f"{TOPIC} ({number})", sender=sender), channel="email", now=start)
    moment = start + timedelta(minutes=5)
    while any(astuple(kit.work(moment))):
        pass


def put_off(store: SqlStore) -> None:
    """Let nothing be due that there is, so that what comes next is all that is."""
    tables, moment = store.tables, _far(store)
    with store.engine.begin() as connection:
        connection.execute(sa.update(tables.complaint).values(due_at=sa.literal(moment)))


def crowded(store: SqlStore, wanted: int) -> int:
    """Add copies until so many complaints are open, none of them due for years; return how many there are."""
    tables, moment = store.tables, _far(store)
    with store.engine.begin() as connection:
        there = int(connection.scalar(sa.select(sa.func.count()).select_from(tables.complaint)) or 0)
        first = sa.select(tables.complaint.c.reference).where(tables.complaint.c.reference.not_like("%~%"))
        originals = [row[0] for row in connection.execute(first.limit(1000))]
        while there < wanted:
            some = originals[: wanted - there]
            for table in (tables.complaint, tables.content, tables.clock, tables.entry):
                connection.execute(_copied(table, f"~{there}", moment, some))
            there += len(some)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return there


def _copied(table: sa.Table, mark: str, moment: Any, some: list[str]) -> sa.Insert:
    changed = {"reference": table.c.reference + mark, "due_at": sa.literal(moment), "warn_at": sa.literal(moment)}
    values = [changed.get(column.name, column) for column in table.c]
    return sa.insert(table).from_select([*table.c.keys()], sa.select(*values).where(table.c.reference.in_(some)))


def _far(store: SqlStore) -> Any:
    later = START + timedelta(days=800)
    return later if store.engine.dialect.name == "postgresql" else to_text(later)


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


def measured(database: str, asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the figures of one engine, size by size; each sweep finds complaints that nobody has swept before."""
    with made(database) as kit:
        store = kit.desk.store
        engine = store.engine.dialect.name
        filled(kit, asked.due, START)
        for place, size in enumerate(asked.open):
            put_off(store)
            there = crowded(store, size - asked.due)
            start = START + timedelta(days=10 * (place + 1))
            filled(kit, asked.due, start)
            nothing = idle(kit, start + timedelta(hours=1), asked.rounds)
            done, seconds = swept(kit, start + timedelta(hours=30))
            while kit.desk.deliver(start + timedelta(hours=30)):
                pass
            yield told("complaintkit", engine, there + asked.due, {"due": done, "seconds": seconds, "idle_ms": nothing})
            if asked.peers and size == PEERS_AT:
                peer = Peers(asked.peers, asked.work).sweep("pg" if engine == "postgresql" else "sqlite", size)
                yield told("django-helpdesk", engine, size, peer)


def told(who: str, engine: str, size: int, figures: dict[str, Any]) -> dict[str, Any]:
    """Return one row of figures, and print it."""
    each = figures["seconds"] / max(figures["due"], 1) * 1000
    row = {"who": who, "engine": engine, "open": size, **figures, "ms_per_due": each}
    print({name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}, flush=True)
    return row


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
        rows += measured(f"sqlite:///{folder}/c.db", asked)
    if asked.postgres:
        rows += measured(asked.postgres, asked)
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
