"""One run of complaintkit over the mail set, in a process of its own; `intake.py` starts it beside the peers.

python ours.py SCRIPTS sqlite|URL MAILDIR COUNT [--stages | --profile] [--runner here|apart] [--together N]
"""

import argparse
import json
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kits import new_kit
from peers import Peers
from stages import profiled, table, watched

from complaintkit import Envelope
from complaintkit.app import ComplaintKit
from complaintkit.case.entries import MessageFiled, NoticeSent, Received
from complaintkit.store.port import Filter
from complaintkit_email import identify

STEP = timedelta(minutes=7)  # between two messages, as the generator dates them
OPENING = ("new", "trap")
QUOTED = re.compile(rb"@@TOKEN:(\d+)@@")
Message = tuple[dict[str, Any], bytes]


def take_in(kit: ComplaintKit, messages: list[Message], mail: Any, together: int = 1) -> list[float]:
    """Receive the messages in order, with their acknowledgements; return the seconds each took.

    Args:
        kit: Where to.
        messages: Their rows in the manifest, and their bytes.
        mail: The generator.
        together: How many are received before their acknowledgements are delivered, as a worker does that collects
            from a mailbox; 1 for one after the other.
    """
    references: dict[int, str] = {}
    times: list[float] = []
    for batch in batches(messages, together):
        rows = [row for row, _ in batch]
        raws = [mail.resolve(unresolved, references, str) for _, unresolved in batch]
        now: datetime = mail.T0 + STEP * rows[-1]["i"]
        start = time.perf_counter()
        envelopes = [
            Envelope("email", identify(raw), raw, mail.T0 + STEP * row["i"], "message/rfc822")
            for row, raw in zip(rows, raws, strict=True)
        ]
        receipts = list(kit.desk.receive_all(envelopes, now)) if together > 1 else [kit.desk.receive(envelopes[0], now)]
        kit.desk.deliver(now)
        times += [(time.perf_counter() - start) / len(batch)] * len(batch)
        references |= {
            row["i"]: receipt.reference for row, receipt in zip(rows, receipts, strict=True) if row["kind"] in OPENING
        }
    while kit.desk.deliver(mail.T0 + STEP * len(messages)):
        pass
    return times


def batches(messages: list[Message], most: int) -> Iterator[list[Message]]:
    """Yield messages in batches; one that quotes the reference of another cannot have come with it."""
    batch: list[Message] = []
    for message in messages:
        quoted = {int(found) for found in QUOTED.findall(message[1])}
        if batch and (len(batch) == most or quoted & {row["i"] for row, _ in batch}):
            yield batch
            batch = []
        batch.append(message)
    if batch:
        yield batch


def stored(kit: ComplaintKit) -> tuple[dict[str, list[str]], dict[str, str], int]:
    """Return where each message lies, what it says there, and how many mails went out, all read from the files."""
    where: dict[str, list[str]] = {}
    text: dict[str, str] = {}
    mails = 0
    for case in kit.store.cases(Filter(limit=1_000_000)):
        for filed in kit.store.file(case.reference):
            match filed.entry:
                case Received() as entry:
                    where.setdefault(entry.message_id, []).append(case.reference)
                    text.setdefault(entry.message_id, str(entry.narrative))
                case MessageFiled() as entry:
                    where.setdefault(entry.message_id, []).append(case.reference)
                    text.setdefault(entry.message_id, str(entry.text))
                case NoticeSent() as entry:
                    mails += bool(entry.message_id)
    return where, text, mails


def figures(times: list[float]) -> dict[str, Any]:
    """Return rate and spread of a run, in the peers' words."""
    quarter = max(1, len(times) // 4)
    ordered = sorted(times)
    return {
        "rate": len(times) / sum(times),
        "quarters": [round(quarter / sum(times[n * quarter : (n + 1) * quarter]), 1) for n in range(4)],
        "p50_ms": statistics.median(times) * 1e3,
        "p95_ms": ordered[min(len(times) - 1, int(len(times) * 0.95))] * 1e3,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Do one run and print its figures as a line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scripts", type=Path)
    parser.add_argument("database")
    parser.add_argument("mail", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--runner", default="")
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    mail = Peers(given.scripts, Path()).mail
    messages = mail.load(given.mail, given.count)
    with tempfile.TemporaryDirectory(prefix="ck-bench-") as place:
        folder = Path(place)
        database = f"sqlite:///{folder / 'complaints.db'}" if given.database == "sqlite" else given.database
        with new_kit(folder, database, given.runner) as kit:
            print(json.dumps(_run(kit, messages, mail, given)))


def _run(kit: ComplaintKit, messages: list[Any], mail: Any, given: argparse.Namespace) -> dict[str, Any]:
    if given.profile:
        _, told = profiled(lambda: take_in(kit, messages, mail, given.together))
        print(told, file=sys.stderr)
        return {}
    if given.stages:
        with watched(kit) as clocks:
            times = take_in(kit, messages, mail, given.together)
        print(table(clocks.rows(sum(times), len(times))), file=sys.stderr)
        return figures(times)
    answer = figures(take_in(kit, messages, mail, given.together))
    where, text, mails = stored(kit)
    findings = [f"{one.reference} {one.seq}: {one.problem}" for one in kit.verify()]
    counted = kit.figures()
    return answer | {
        "mails": mails, "score": mail.score([row for row, _ in messages], where, text), "findings": findings[:5],
        "balanced": counted.envelopes == counted.accepted + counted.parked + counted.duplicate,
    }  # fmt: skip


if __name__ == "__main__":
    main()
