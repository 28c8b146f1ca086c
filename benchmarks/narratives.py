"""Real complaints of people: from the file of narratives, through `receive` and `work`, into the figures.

    python benchmarks/narratives.py CSV [--count 1000] [--postgres URL] [--stages | --profile] [--json FILE]

CSV has a column `narrative` (and may be compressed: .gz); each becomes a form with an invented address. Without
--postgres only SQLite is measured; the database behind the URL has to be empty.
"""

import argparse
import csv
import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from kits import new_kit
from stages import profiled, table, watched

from complaintkit import Envelope
from complaintkit.app import ComplaintKit
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.store.port import Filter

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STEP = timedelta(minutes=7)


def envelopes(path: Path, count: int) -> list[Envelope]:
    """Return the first narratives as forms."""
    csv.field_size_limit(10_000_000)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        told = [row["narrative"] for row in islice(csv.DictReader(lines), count)]
    found = []
    for number, text in enumerate(told):
        form = {"text": text, "email": f"person{number:05}@people.example", "name": f"Person {number}"}
        raw = json.dumps(form, ensure_ascii=False).encode()
        found.append(Envelope("form", f"narrative-{number}", raw, START + STEP * number, "application/json"))
    return found


def receive(kit: ComplaintKit, items: list[Envelope]) -> float:
    """Receive everything, each at its own time; return the seconds."""
    start = time.perf_counter()
    for envelope in items:
        kit.receive(envelope, envelope.received_at)
    return time.perf_counter() - start


def work(kit: ComplaintKit, now: datetime) -> float:
    """Do whatever waits; return the seconds."""
    start = time.perf_counter()
    kit.work(now)
    return time.perf_counter() - start


def counted(kit: ComplaintKit, waiting: int) -> dict[str, Any]:
    """Return what the desk made of it."""
    cases = kit.store.cases(Filter(limit=1_000_000))
    sent = Counter(one.notice.occasion for one in kit.store.outbox("sent", 1_000_000))
    figures = kit.figures()
    return {
        "registered": sum(case.stage is not Stage.RECEIVED for case in cases),
        "owner": sum(bool(case.owner) for case in cases),
        "category": sum(_sorted(case) for case in cases),
        "unsorted": sum(case.assessed_at is not None and not _sorted(case) for case in cases),
        "deadline": sum(case.due_at is not None for case in cases),
        "acknowledgement in the outbox before work": waiting,
        "acknowledgement sent after work": sent["acknowledgement"],
        "parked": figures.parked, "duplicate": figures.duplicate, "findings of verify": len(list(kit.verify())),
        "categories": dict(Counter(case.category or "unsorted" for case in cases).most_common()),
    }  # fmt: skip


def _sorted(case: Complaint) -> bool:
    return case.category not in ("", "unsorted")


def measured(database: str, items: list[Envelope], stages: bool, profile: bool) -> dict[str, Any]:
    """Return the figures of one database."""
    with tempfile.TemporaryDirectory(prefix="ck-bench-") as place:
        address = f"sqlite:///{Path(place) / 'complaints.db'}" if database == "sqlite" else database
        with new_kit(Path(place), address) as kit:
            kit.desk  # noqa: B018 - plugins and policy are loaded before the clock starts
            end = items[-1].received_at
            if profile:
                print(profiled(lambda: receive(kit, items) + work(kit, end))[1], file=sys.stderr)
            if profile or stages:
                return _stages(kit, items, end) if stages else {}
            taken = receive(kit, items)
            waiting = sum(one.notice.occasion == "acknowledgement" for one in kit.store.outbox("waiting", 1_000_000))
            worked = work(kit, end)
            rates = {"receive": len(items) / taken, "work": len(items) / worked, "both": len(items) / (taken + worked)}
            return {"per second": rates} | counted(kit, waiting)


def _stages(kit: ComplaintKit, items: list[Envelope], end: datetime) -> dict[str, Any]:
    runs: dict[str, Callable[[], float]] = {"receive": lambda: receive(kit, items), "work": lambda: work(kit, end)}
    for name, run in runs.items():
        with watched(kit) as clocks:
            spent = run()
        print(f"\n{name}, {len(items) / spent:.0f} a second\n{table(clocks.rows(spent, len(items)))}", file=sys.stderr)
    return {}


def main() -> None:
    """Measure one database after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--postgres", default="", help="URL of an empty database")
    parser.add_argument("--only-postgres", action="store_true")
    parser.add_argument("--stages", action="store_true", help="instead, show where the time goes")
    parser.add_argument("--profile", action="store_true", help="instead, show the dearest functions")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    given = parser.parse_args()
    items = envelopes(given.csv, given.count)
    found = {}
    databases = ([] if given.only_postgres else ["sqlite"]) + ([given.postgres] if given.postgres else [])
    for database in databases:
        name = "sqlite" if database == "sqlite" else "postgresql"
        found[name] = measured(database, items, given.stages, given.profile)
        print(name, json.dumps(found[name], indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
