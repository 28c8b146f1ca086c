"""Past decisions among many: how fast the first page comes, and how often it holds a case of the same kind.

    python benchmarks/precedents.py DATA [--count 50000] [--queries 300] [--postgres URL [--only-postgres]] [--json F]

DATA is the folder of the data sets; of it are used `en_cfpb_narratives` and `ru_cheboksary_appeals`, whose labels say
what each complaint is about. Some are held out as queries. What is missing to COUNT is made up, each of the beginning
of one complaint and the end of another of the same kind. Without --postgres only SQLite is measured; the database
behind the URL has to be empty.
"""

import argparse
import csv
import gzip
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import comb
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen

from complaintkit.anonymous import Known, anonymised
from complaintkit.case.entries import Assessed, Received, Registered, Responded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Severity, sealed_person
from complaintkit.case.precedent import Precedent, PrecedentQuery
from complaintkit.message import Person
from complaintkit.store import SqlStore, open_store, ranking
from complaintkit.store.port import Written
from complaintkit.words import words

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
PAGE = 10
TOP = 5
BATCH = 500
ANSWER = "We looked into it."


@frozen
class Told:
    """A complaint of a data set: its words, what it is about, its language."""

    text: str
    kind: str
    language: str


@frozen
class Asked:
    """What was found for a complaint that was held out."""

    told: Told
    kinds: tuple[str, ...]
    copied: bool


def real(data: Path) -> list[Told]:
    """Return the complaints of the data sets, each text once."""
    sets: tuple[tuple[str, Callable[[dict[str, str]], Told]], ...] = (
        ("en_cfpb_narratives/dev.csv.gz", lambda row: Told(row["narrative"], row["product_group"], "en")),
        ("en_cfpb_narratives/undated_dev.csv.gz", lambda row: Told(row["narrative"], row["product_group"], "en")),
        ("ru_cheboksary_appeals/dev.csv.gz", lambda row: Told(f"{row['topic']}\n{row['text']}", row["category"], "ru")),
    )
    csv.field_size_limit(10_000_000)
    found: dict[str, Told] = {}
    for name, read in sets:
        with gzip.open(data / name, "rt", encoding="utf-8", newline="") as lines:
            for told in map(read, csv.DictReader(lines)):
                if told.kind:
                    found.setdefault(told.text, told)
    return list(found.values())


def made_up(known: Sequence[Told], dice: random.Random) -> Iterator[Told]:
    """Yield complaints put together from halves of real ones of the same kind, without end."""
    by_kind: dict[str, list[Told]] = {}
    for told in known:
        by_kind.setdefault(told.kind, []).append(told)
    while True:
        first = dice.choice(known)
        second = dice.choice(by_kind[first.kind])
        one, other = first.text.split(" "), second.text.split(" ")
        text = " ".join((*one[: len(one) // 2], *other[len(other) // 2 :]))
        yield evolve(first, text=text)


def fill(store: SqlStore, complaints: Sequence[Told], offset: int) -> float:
    """Store decided cases; return the seconds."""
    start = time.perf_counter()
    for place in range(0, len(complaints), BATCH):
        with store.begin() as unit:
            for number, told in enumerate(complaints[place : place + BATCH], offset + place):
                unit.write(decided(number, told))
    return time.perf_counter() - start


def decided(number: int, told: Told) -> Written:
    """Return the step of a case that was received and decided at once."""
    at, reference = START + timedelta(minutes=number), f"CK-{number:08}"
    first = Received(
        at=at, by="complaintkit", reference=reference, channel="form", envelope=0, received_at=at,
        language=told.language, person=sealed_person(Person()), contact="", title=Content.of(""),
        narrative=Content.of(told.text), owner="desk",
    )  # fmt: skip
    more = (
        Registered(at=at, by="complaintkit", stage=Stage.REGISTERED),
        Assessed(
            at=at, by="irina", stage=Stage.IN_PROGRESS, category=told.kind, severity=Severity.NORMAL, confirmed=True
        ),
        Responded(at=at, by="irina", stage=Stage.RESPONDED, text=Content.of(ANSWER)),
    )
    left = Precedent(
        reference=reference, decided_at=at, channel="form", category=told.kind, severity=Severity.NORMAL,
        language=told.language, outcome="upheld", facts=told.text, reasons=ANSWER,
    )  # fmt: skip
    return Written(before=0, case=first.open().apply_all(more), entries=(first, *more), precedent=left)


# --- how often it holds a case of the same kind


def asked(store: SqlStore, queries: Sequence[Told]) -> list[Asked]:
    """Ask for each complaint by its words alone; what it is about is not told."""
    found = []
    for told in queries:
        best = [one.precedent for one in store.precedents(PrecedentQuery(text=told.text, limit=TOP))]
        copied = bool(best) and alike(told.text, best[0].facts) >= 0.5
        found.append(Asked(told, tuple(one.category for one in best), copied))
    return found


def alike(one: str, other: str) -> float:
    """Return the share of words that two texts have in common."""
    first, second = set(words(one)), set(words(other))
    return len(first & second) / max(1, len(first | second))


def shares(answers: Sequence[Asked], complaints: Sequence[Told]) -> dict[str, Any]:
    """Return how often the best, and one of the best, is of the same kind; beside what chance would give."""
    found: dict[str, Any] = {}
    for language in sorted({one.told.language for one in answers}):
        mine = [one for one in answers if one.told.language == language]
        found[language] = shared(mine, [told for told in complaints if told.language == language])
        fresh = [one for one in mine if not one.copied]
        found[f"{language}, no near copy"] = shared(fresh, [told for told in complaints if told.language == language])
    return found


def shared(answers: Sequence[Asked], among: Sequence[Told]) -> dict[str, Any]:
    """Return the shares of some queries; chance draws from those of the same language."""
    count, kinds = len(answers), Counter(told.kind for told in among)
    chance = [1 - comb(len(among) - kinds[one.told.kind], TOP) / comb(len(among), TOP) for one in answers]
    return {
        "queries": count,
        "first": sum(one.kinds[:1] == (one.told.kind,) for one in answers) / count,
        "first by chance": statistics.fmean(kinds[one.told.kind] / len(among) for one in answers),
        f"top {TOP}": sum(one.told.kind in one.kinds for one in answers) / count,
        f"top {TOP} by chance": statistics.fmean(chance),
        f"same kind among top {TOP}": sum(kind == one.told.kind for one in answers for kind in one.kinds)
        / max(1, sum(len(one.kinds) for one in answers)),
    }


# --- how fast the first page comes


def raw(store: SqlStore) -> Callable[[Sequence[str]], int]:
    """Make the index that anybody would make, in the same database; return the query that anybody would write."""
    table = store.tables.precedent.name
    sqlite = store.engine.dialect.name == "sqlite"
    with store.engine.begin() as connection:
        if sqlite:
            connection.exec_driver_sql("CREATE VIRTUAL TABLE raw USING fts5(words)")
            copy = f"INSERT INTO raw (rowid, words) SELECT number, words FROM {table}"  # noqa: S608 - our own table
            connection.exec_driver_sql(copy)
        else:
            copy = f"SELECT number, to_tsvector('simple', words) AS words FROM {table}"  # noqa: S608 - as above
            connection.exec_driver_sql(f"CREATE TABLE raw AS {copy}")
            connection.exec_driver_sql("CREATE INDEX raw_words ON raw USING gin (words)")
    if not sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM ANALYZE raw, {table}")

    def ask(found: Sequence[str]) -> int:
        with store.reading() as line:
            if sqlite:
                text = " OR ".join(f'"{word}"' for word in found)
                return len(line.rows("SELECT rowid FROM raw WHERE raw MATCH ? ORDER BY rank LIMIT ?", (text, PAGE)))
            text = " | ".join(f"'{word}'" for word in found)
            query = (
                "SELECT number FROM raw, (SELECT %s::tsquery AS asked) AS q WHERE words @@ asked"
                " ORDER BY ts_rank(words, asked) DESC LIMIT %s"
            )
            return len(line.rows(query, (text, PAGE)))

    return ask


def timed(store: SqlStore, queries: Sequence[Told], dice: random.Random) -> dict[str, Any]:
    """Return the times of first pages, ours and raw in turns: by whole complaints, and by four words of each."""
    ask = raw(store)
    found: dict[str, Any] = {}
    store.lexicon = ranking.EMPTY
    first = clocked(lambda: store.precedents(PrecedentQuery(text=queries[0].text, limit=PAGE)))
    found["first query of a process, ms"] = first
    few = [
        evolve(told, text=" ".join(dice.sample(told.text.split(), min(4, len(told.text.split()))))) for told in queries
    ]
    for name, several in (("whole complaint", queries), ("four words", few)):
        rows: dict[str, list[float]] = {"ours": [], "raw, all words": [], "raw, rarest words": []}
        for told in several:
            stems = sorted(set(words(told.text)))
            rare = sorted({word for lead in ranking.leads(stems, store.lexicon) for word in lead.words})
            if not stems:
                continue
            query = PrecedentQuery(text=told.text, language=told.language, limit=PAGE)
            rows["ours"].append(clocked(lambda: store.precedents(query)))  # noqa: B023 - called at once
            rows["raw, all words"].append(clocked(lambda: ask(stems)))  # noqa: B023 - as above
            rows["raw, rarest words"].append(clocked(lambda: ask(rare)))  # noqa: B023 - as above
        figures = {
            one: {"p50": statistics.median(ms), "p95": statistics.quantiles(ms, n=20)[18]} for one, ms in rows.items()
        }
        for one in ("raw, all words", "raw, rarest words"):
            ratios = {p: round(figures["ours"][p] / figures[one][p], 2) for p in ("p50", "p95")}
            figures[f"ours : {one}"] = ratios
        found[name] = figures
    return found


def clocked(call: Callable[[], object]) -> float:
    """Return the milliseconds of a call."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


# --- all of it


def measured(
    store: SqlStore, known: Sequence[Told], filling: Sequence[Told], queries: Sequence[Told]
) -> dict[str, Any]:
    """Fill a store and return its figures; kinds are counted among real complaints only."""
    seconds = fill(store, known, 0)
    answers = asked(store, queries)
    seconds += fill(store, filling, len(known))
    return {
        "cases": len(known) + len(filling),
        "real": len(known),
        "filled at, per s": (len(known) + len(filling)) / seconds,
        "same kind": shares(answers, known),
        "first page": timed(store, queries, random.Random(5)),  # noqa: S311 - repeatable, nothing here is secret
    }


def stores(folder: str, postgres: str | None, only: bool) -> Iterator[tuple[str, SqlStore]]:
    """Yield an empty store of each kind."""
    if not only:
        yield "SQLite", open_store(f"sqlite:///{folder}/precedents.db", upgrade=True)
    if postgres:
        store = open_store(postgres, upgrade=True)
        with store.engine.connect() as connection:
            if connection.scalar(sa.select(sa.func.count()).select_from(store.tables.complaint)):
                sys.exit("the PostgreSQL database is not empty")
        yield "PostgreSQL", store


def main() -> None:
    """Measure, and print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=300, help="held out, per language")
    parser.add_argument("--postgres", help="URL of an empty database")
    parser.add_argument("--only-postgres", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    dice = random.Random(11)  # noqa: S311 - as above
    complaints = real(options.data)
    dice.shuffle(complaints)
    queries = [
        told
        for language in ("en", "ru")
        for told in [one for one in complaints if one.language == language][: options.queries]
    ]
    held_out = {told.text for told in queries}
    start, nobody = time.perf_counter(), Known()
    known = [evolve(told, text=anonymised(told.text, nobody)) for told in complaints if told.text not in held_out]
    known = known[: options.count]
    print(
        f"{len(known)} real complaints anonymised at {len(known) / (time.perf_counter() - start):.0f} per s", flush=True
    )
    source = made_up(known, dice)
    filling = [next(source) for _ in range(options.count - len(known))]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, store in stores(folder, options.postgres, options.only_postgres):
            found[name] = measured(store, known, filling, queries)
            store.close()
            print(name, json.dumps(found[name], ensure_ascii=False, indent=2, default=str), flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
