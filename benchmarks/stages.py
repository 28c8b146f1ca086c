"""Where the time goes: a clock around every call to the store and to a plugin, and a profile of all functions."""

import cProfile
import io
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from complaintkit.app import ComplaintKit
from complaintkit.guard import Guarded

_READING = ("case", "cases", "threads", "envelope", "unassessed", "due", "outbox")


class Stages:
    """Seconds and calls by stage; what is in none of them is the core's own work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same callable with a clock around it."""

        def measured(*args: Any, **more: Any) -> Any:
            start = time.perf_counter()
            try:
                return call(*args, **more)
            finally:
                self.seconds[name] += time.perf_counter() - start
                self.calls[name] += 1

        return measured

    def rows(self, total: float, count: int) -> list[dict[str, Any]]:
        """Return the stages, dearest first: calls, milliseconds per message, share of the whole.

        Args:
            total: Seconds the whole took.
            count: Messages in it.
        """
        known = {**self.seconds, "everything else: the core's own work": total - sum(self.seconds.values())}
        return [
            {"stage": name, "calls": self.calls.get(name, 0), "ms": spent / count * 1e3, "share": spent / total}
            for name, spent in sorted(known.items(), key=lambda one: -one[1])
        ]


class _TimedUnit:
    def __init__(self, unit: Any, stages: Stages) -> None:
        self._unit, self._stages = unit, stages

    def __getattr__(self, name: str) -> Any:
        return self._stages.timed(f"store: {name}", getattr(self._unit, name))


class _TimedStore:
    def __init__(self, store: Any, stages: Stages) -> None:
        self._store, self._stages = store, stages

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._stages.timed(f"store: read {name}", found) if name in _READING else found

    @contextmanager
    def begin(self, **more: Any) -> Iterator[_TimedUnit]:
        """Open a transaction; its beginning and its commit are stages of their own."""
        opened = self._store.begin(**more)
        unit = self._stages.timed("store: begin", opened.__enter__)()
        try:
            yield _TimedUnit(unit, self._stages)
        except BaseException:
            opened.__exit__(*sys.exc_info())
            raise
        self._stages.timed("store: commit", opened.__exit__)(None, None, None)


@contextmanager
def watched(kit: ComplaintKit) -> Iterator[Stages]:
    """Put the clocks around a kit's store and its plugins, and take them away again."""
    stages = Stages()
    desk, store, ask = kit.desk, kit.desk.store, Guarded.ask

    def asked(self: Guarded[Any], callable_name: str, argument: object, now: datetime) -> object:
        name = f"plugin: {self.plugin} {callable_name}"
        return stages.timed(name, ask)(self, callable_name, argument, now)

    desk.store = _TimedStore(store, stages)
    Guarded.ask = asked  # type: ignore[method-assign]
    try:
        yield stages
    finally:
        desk.store, Guarded.ask = store, ask  # type: ignore[method-assign]


def table(rows: list[dict[str, Any]]) -> str:
    """Return stages as lines of text."""
    lines = [f"{'ms a message':>12} {'share':>7} {'calls':>7}  stage"]
    lines += [f"{row['ms']:12.3f} {row['share']:7.1%} {row['calls']:7}  {row['stage']}" for row in rows]
    return "\n".join(lines)


def profiled(run: Callable[[], Any], lines: int = 30) -> tuple[Any, str]:
    """Run something under the profiler; return its result and the dearest functions, by own time and by all below."""
    profile = cProfile.Profile()
    result = profile.runcall(run)
    output = io.StringIO()
    figures = pstats.Stats(profile, stream=output).strip_dirs()
    figures.sort_stats("tottime").print_stats(lines)
    full = pstats.Stats(profile, stream=output)
    full.sort_stats("cumtime").print_stats(r"complaintkit", lines)
    return result, output.getvalue()
