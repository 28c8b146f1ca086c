"""What workers do at the same time, in processes of their own. Each opens the store itself, as a real one would."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from complaintkit.errors import Stale
from complaintkit.store import SqlStore, open_store
from tests.contract.cases import DAY, LEASE, NOON, REFERENCE, note, step, write

_starts: list[Any] = []  # the barrier of this process; it cannot travel with the work


def edit(url: str, schema: str | None, times: int, name: str) -> int:
    """Note something on one case a number of times; return how often somebody else was quicker."""
    store, stale = open_store(url, schema=schema), 0
    for number in range(times):
        while True:
            try:
                write(store, step(store.case(REFERENCE), note(f"{name} {number}")))
                break
            except Stale:
                stale += 1
    store.close()
    return stale


def claim(url: str, schema: str | None, _: str) -> list[tuple[str, str]]:
    """Claim notices and envelopes in two threads until nothing is left; return what was claimed."""
    store = open_store(url, schema=schema)
    with ThreadPoolExecutor(2) as threads:
        claimed = [one for several in threads.map(_claim, [store, store]) for one in several]
    store.close()
    return claimed


def _claim(store: SqlStore) -> list[tuple[str, str]]:
    claimed: list[tuple[str, str]] = []
    idle = 0
    # An empty hand may only mean that others hold the rows just now.
    while idle < 3:
        with store.begin() as unit:
            notices = [("notice", due.notice.id) for due in unit.take_notices(NOON + DAY, LEASE, 7)]
            envelopes = [("envelope", str(kept.number)) for kept in unit.take_envelopes(NOON + DAY, LEASE, 7)]
        claimed += [*notices, *envelopes]
        # Whoever has just had the lock of SQLite would get it again at once; a worker has to do something between.
        time.sleep(0.005)
        idle = 0 if notices or envelopes else idle + 1
    return claimed


def together(work: Callable[..., Any], *arguments: Any, workers: int = 4) -> list[Any]:
    """Run the work in several processes that begin at the same moment; return what each returned."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(workers)
    with context.Pool(workers, _remember, (start,)) as pool:
        return pool.map(
            partial(_started, work, *arguments), [f"worker {number}" for number in range(workers)], chunksize=1
        )


def _remember(start: Any) -> None:
    _starts.append(start)


def _started(work: Callable[..., Any], *arguments: Any) -> Any:
    _starts[0].wait(60)
    return work(*arguments)
