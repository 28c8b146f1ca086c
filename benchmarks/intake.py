"""How fast does mail become complaints? complaintkit beside django-helpdesk and beside the lean limit, in one run.

    python benchmarks/intake.py --peers SCRIPTS --mail MAILDIR [--work FOLDER] [--rounds 3] [--json FILE]

README.md in this folder says what is measured, and how to set the peers up.
"""

import argparse
import json
import os
import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers import Peers

Run = Callable[[], dict[str, Any]]
BEST, LEAN, WORKER = "django-helpdesk", "lean limit", "... as a worker"
DATABASE = "complaintkit_bench"
TOGETHER = 20  # mails a worker receives before it delivers; the desk's own batch
SCORES = ("replies_correct", "trap", "redelivery", "text_ok")


def runs(peers: Peers, mail: Path, count: int, databases: list[str], runner: str) -> dict[tuple[str, str], Run]:
    """Return what is run in every round, by subject and setting; one at a time, in this order."""
    found: dict[tuple[str, str], Run] = {}
    more = ("--runner", runner) if runner else ()
    many = (*more, "--together", str(TOGETHER))
    if "sqlite" in databases:
        found[LEAN, "sqlite"] = lambda: peers.lean("sqlite", mail, count)
        found[LEAN, "sqlite-full"] = lambda: peers.lean("sqlite-full", mail, count)
        found[BEST, "sqlite"] = lambda: peers.helpdesk("sqlite", mail, count)
        found[BEST, "sqlite-wal"] = lambda: peers.helpdesk("sqlite-wal", mail, count)
        found["complaintkit", "sqlite"] = lambda: peers.ours("sqlite", mail, count, *more)
        found[WORKER, "sqlite"] = lambda: peers.ours("sqlite", mail, count, *many)
    if "pg" in databases:
        found[LEAN, "pg"] = lambda: peers.lean("pg", mail, count)
        found[BEST, "pg"] = lambda: peers.helpdesk("pg", mail, count)
        found["complaintkit", "pg"] = lambda: peers.ours(peers.database(DATABASE), mail, count, *more)
        found[WORKER, "pg"] = lambda: peers.ours(peers.database(DATABASE), mail, count, *many)
    return found


def middle(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the median of every figure over the rounds; scores are the worst of them."""
    out: dict[str, Any] = {
        key: statistics.median(row[key] for row in rows) for key in ("rate", "p50_ms", "p95_ms", "rss_mb", "mails")
    }
    out["quarters"] = [round(statistics.median(row["quarters"][n] for row in rows), 1) for n in range(4)]
    out["slope"] = out["quarters"][-1] / out["quarters"][0]
    out["rates"] = [round(row["rate"], 1) for row in rows]
    out["score"] = {key: min(row["score"].get(key, 0.0) for row in rows) for key in SCORES}
    out["sound"] = all(not row.get("findings") and row.get("balanced", True) for row in rows)
    return out


def ratios(found: dict[tuple[str, str], dict[str, Any]], rounds: list[dict[tuple[str, str], Any]]) -> dict[str, Any]:
    """Return ours over theirs: of the medians, and the lowest and highest of any one round."""
    out: dict[str, Any] = {}
    pairs = [("sqlite", BEST, ("sqlite-wal", "sqlite")), ("sqlite", LEAN, ("sqlite",))]
    pairs += [("sqlite", LEAN, ("sqlite-full",)), ("pg", BEST, ("pg",)), ("pg", LEAN, ("pg",))]
    for setting, other, settings in pairs:
        for ours in ("complaintkit", WORKER):
            if (ours, setting) not in found:
                continue
            best = max(settings, key=lambda one: found[other, one]["rate"])
            each = [row[ours, setting]["rate"] / row[other, best]["rate"] for row in rounds]
            out[f"{ours} on {setting} / {other}, {best}"] = {
                "ratio": found[ours, setting]["rate"] / found[other, best]["rate"],
                "lowest": min(each),
                "highest": max(each),
                "rss": found[ours, setting]["rss_mb"] / found[other, best]["rss_mb"],
            }
    return out


def told(found: dict[tuple[str, str], dict[str, Any]], compared: dict[str, Any]) -> str:
    """Return the table."""
    lines = [
        f"{'':17}{'database':12}{'msg/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'slope':>7}{'RSS MB':>8}{'mails':>7}"
        f"{'replies':>9}{'traps':>7}{'once':>7}{'text':>7}   quarters"
    ]
    for (who, setting), row in found.items():
        marks = "".join(f"{row['score'][key]:{width}.1%}" for key, width in zip(SCORES, (9, 7, 7, 7), strict=True))
        lines.append(
            f"{who:17}{setting:12}{row['rate']:8.1f}{row['p50_ms']:8.2f}{row['p95_ms']:8.2f}{row['slope']:7.2f}"
            f"{row['rss_mb']:8.0f}{row['mails']:7.0f}{marks}   {row['quarters']}"
            + ("" if row["sound"] else "   NOT SOUND: see --json")
        )
    lines += [""] + [
        f"{name}: {row['ratio']:.2f} times ({row['lowest']:.2f} to {row['highest']:.2f} in single "
        f"rounds), {row['rss']:.2f} of its memory"
        for name, row in compared.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, required=True, help="folder of the peers' scripts")
    parser.add_argument("--mail", type=Path, required=True, help="folder of the mail set; it is generated if missing")
    parser.add_argument("--work", type=Path, default=os.environ.get("PEERS_WORK"), help="folder of the peers' set-up")
    parser.add_argument("--count", type=int, default=2000, help="messages per run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "pg"), default=["sqlite", "pg"])
    parser.add_argument("--runner", default="", help="here or apart for the e-mail plugin; else its default")
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    parser.add_argument("--stages", action="store_true", help="instead, show where complaintkit's time goes")
    parser.add_argument("--profile", action="store_true", help="instead, show complaintkit's dearest functions")
    given = parser.parse_args()
    if given.work is None:
        parser.error("say where the peers were set up: --work FOLDER, or PEERS_WORK in the environment")
    peers = Peers(given.peers.resolve(), Path(given.work).resolve())
    if not (given.mail / "manifest.jsonl").exists():
        peers.mail.generate(given.mail, given.count)
    if given.stages or given.profile:
        more = ("--stages",) if given.stages else ("--profile",)
        more += ("--runner", given.runner) if given.runner else ()
        for one in given.databases:
            print(f"\n== {one}", flush=True)
            peers.ours(one if one == "sqlite" else peers.database(DATABASE), given.mail, given.count, *more)
        return
    rounds = []
    plan = runs(peers, given.mail, given.count, given.databases, given.runner)
    for number in range(given.rounds):
        rounds.append(_round(plan, f"round {number + 1} of {given.rounds}"))
    by_subject: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rounds:
        for name, figures in row.items():
            by_subject[name].append(figures)
    found = {name: middle(rows) for name, rows in by_subject.items()}
    compared = ratios(found, rounds)
    print(told(found, compared))
    if given.json:
        everything = {
            "subjects": {" ".join(name): row for name, row in found.items()}, "ratios": compared,
            "rounds": [{" ".join(name): row for name, row in one.items()} for one in rounds],
        }  # fmt: skip
        given.json.write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _round(plan: dict[tuple[str, str], Run], name: str) -> dict[tuple[str, str], dict[str, Any]]:
    done = {}
    for subject, run in plan.items():
        done[subject] = run()
        print(f"{name}: {' '.join(subject)}: {done[subject]['rate']:.1f} msg/s", flush=True)
    return done


if __name__ == "__main__":
    main()
