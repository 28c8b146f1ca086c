"""Find, check, configure and freeze: from the settings to a registry. A plugin that does not work costs only itself."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

import complaintkit
from complaintkit.guard.answer import Failure, Guarded, Line
from complaintkit.guard.breaker import Breaker
from complaintkit.registry.calls import FAMILIES
from complaintkit.registry.frozen import Command, Registry
from complaintkit.registry.places import ORIGINS, Candidate, candidates
from complaintkit.registry.single import Attempt, Outcome, Ready
from complaintkit.registry.together import about_settings, sorted_out
from complaintkit.settings import PluginsSettings

TRACE: Final = "COMPLAINTKIT_TRACE"
_AT_ONCE: Final = 4
OnFailure = Callable[[Failure, datetime], None]
OnBreaker = Callable[[str, str, datetime | None], None]


def load_registry(
    settings: PluginsSettings,
    *,
    handed: Sequence[object] = (),
    on_failure: OnFailure | None = None,
    on_breaker: OnBreaker | None = None,
    breakers: Mapping[tuple[str, str], datetime] | None = None,
) -> Registry:
    """Return the registry of a kit.

    Args:
        settings: The table `[plugins]` of the settings.
        handed: Plugins of the host: modules, classes, objects, or records.
        on_failure: Told of every failed call.
        on_breaker: Told when a plugin's hook is left alone until a moment, or (`None`) no longer.
        breakers: Until when other workers have found a plugin's hook to be left alone.
    """
    found = candidates(settings, handed, complaintkit.__version__)
    outcomes = _attempts(found, settings)
    ready, plugins, troubles = sorted_out(outcomes)
    troubles += about_settings(settings, found, ready)
    told = _Told(on_failure, on_breaker)
    known: dict[tuple[str, str], Breaker] = {}
    lines = [(family.name, guarded) for one in ready for family, guarded in _guarded(one, told, known, breakers or {})]
    families = {name: _chosen(lines, name, settings.use.get(name)) for name in FAMILIES}
    return Registry(
        plugins=tuple(sorted(plugins, key=lambda one: (one.name, ORIGINS.index(one.origin)))),
        troubles=tuple(troubles), breakers=known, aparts=tuple(apart for one in ready for apart in one.aparts),
        commands=tuple(
            Command(plugin=one.plugin.name, name=name, target=target) for one in ready for name, target in one.commands
        ),
        **families,
    )  # fmt: skip


def _attempts(found: Sequence[Candidate], settings: PluginsSettings) -> list[Outcome]:
    planned = [Attempt.at(one, settings) for one in found]
    if all(one.plugin.runner == "here" for one in planned):
        return [one.run() for one in planned]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # A process of its own takes a while to start; several together take hardly longer than one.
        apart = [pool.submit(one.run) if one.plugin.runner == "apart" else None for one in planned]
        return [one.run() if waiting is None else waiting.result() for one, waiting in zip(planned, apart, strict=True)]


def _guarded(
    one: Ready, told: "_Told", known: dict[tuple[str, str], Breaker], opened: Mapping[tuple[str, str], datetime]
) -> Iterator[tuple[Any, Guarded[Any]]]:
    name = one.plugin.name
    for family, record, calls in one.records:
        lines = {}
        for called, call in calls.items():
            hook = family.reported(called)
            breaker = known.setdefault((name, hook), Breaker(opened.get((name, hook))))
            lines[called] = Line(
                plugin=name, hook=hook, record=record.name, call=call, limit=one.section.limits.seconds(called),
                breaker=breaker, told=told, acts=family.calls[called].acts,
            )  # fmt: skip
        yield family, Guarded(plugin=name, hook=family.hook, record=record, lines=lines)


def _chosen(lines: Iterable[tuple[str, Guarded[Any]]], family: str, names: Sequence[str] | None) -> tuple[Any, ...]:
    offered = {guarded.record.name: guarded for name, guarded in lines if name == family}
    if names is None:
        return tuple(offered.values())
    return tuple(offered[name] for name in dict.fromkeys(names) if name in offered)


@frozen
class _Told:
    """Passes on what the guard tells, and shows each call on request."""

    on_failure: OnFailure | None
    on_breaker: OnBreaker | None
    trace: bool = field(factory=lambda: os.environ.get(TRACE, "") not in ("", "0"))

    def failed(self, failure: Failure, now: datetime) -> None:
        """Pass on a failure."""
        if self.on_failure is not None:
            self.on_failure(failure, now)

    def turned(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Pass on that a breaker opened or closed."""
        if self.on_breaker is not None:
            self.on_breaker(plugin, hook, open_until)

    def called(self, plugin: str, hook: str, record: str, seconds: float, kind: str) -> None:
        """Show a call, if that is wanted."""
        if self.trace:
            print(f"complaintkit: {plugin} {hook} {record} {seconds * 1000:.2f} ms {kind or 'ok'}", file=sys.stderr)
