"""The lean limit of the peers' bench, one database at a time; run with the interpreter of its `limits` environment.

    python lean.py SCRIPTS sqlite|sqlite-full|pg MAILDIR COUNT

It is put together from that bench's own parts (`parse_fast`, `store`, `ack_fast`): parse every field, look for the
duplicate and the thread, write six to eight rows in one transaction per message, an acknowledgement from a template.
That bench measures `sqlite` (WAL, synchronous=NORMAL) only; `sqlite-full` and `pg` are the same lines over the durable
setting of SQLite and over psycopg.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

sys.path.insert(0, sys.argv[1])
import bench_limits
import common
import gen_mail

OUTBOX = "INSERT INTO outbox (complaint_id, recipient, state, payload) VALUES ({0},{0},{0},{0})"


def connect(setting: str) -> tuple[Any, str, Callable[[], object], Callable[[], object]]:
    """Return a connection, its placeholder, and how a transaction begins and ends."""
    if setting == "pg":
        connection = bench_limits.pg("limits_lean", fresh=True)
        connection.execute(bench_limits.PGDDL)
        connection.commit()
        return connection, "%s", lambda: None, connection.commit
    connection = bench_limits.lite("lean", "WAL", "FULL" if setting == "sqlite-full" else "NORMAL")
    return (
        connection, "?", lambda: connection.execute("BEGIN IMMEDIATE"), lambda: connection.execute("COMMIT")
    )  # fmt: skip


def main(setting: str, mail: str, count: int) -> dict[str, Any]:
    """Take the messages in, one after the other, and return the figures."""
    connection, sign, begin, commit = connect(setting)
    messages = gen_mail.load(mail, count)
    insert = OUTBOX.format(sign)
    times = []
    for _, raw in messages:
        start = time.perf_counter()
        parsed = bench_limits.parse_fast(raw)
        begin()
        case = bench_limits.store(connection.execute, parsed, sign, with_ack=False)
        if case and not parsed["irt"] and not parsed["refs"]:
            acknowledgement = bench_limits.ack_fast(parsed, "C-1")
            connection.execute(insert, (case, parsed["addr"], "queued", acknowledgement))
        commit()
        times.append(time.perf_counter() - start)
    where: dict[str, list[int]] = {}
    text = {}
    for message_id, case, body in connection.execute("SELECT message_id, complaint_id, body FROM message").fetchall():
        where.setdefault(message_id, []).append(case)
        text[message_id] = body
    middle, late, _ = common.quantiles(times)
    mails = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    return {
        "rate": len(times) / sum(times), "quarters": common.chunk_rate(times), "p50_ms": middle * 1e3,
        "p95_ms": late * 1e3, "rss_mb": common.peak_rss_mb(), "mails": mails,
        "score": gen_mail.score([row for row, _ in messages], where, text),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
