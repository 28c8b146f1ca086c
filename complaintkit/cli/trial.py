"""Tries a plugin on a made-up case: only what changes nothing, neither here nor outside."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Severity
from complaintkit.counts import Counted, ReportRequest
from complaintkit.errors import PluginError
from complaintkit.families import CaseView, Review
from complaintkit.guard import Failure

if TYPE_CHECKING:
    from complaintkit.registry import Plugin, Registry, Trouble

MOMENT: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE: Final = CaseView(
    reference="CK-EHQ6-7X6D",
    channel="form",
    language="en",
    title="Parcel never came",
    text="I ordered three weeks ago, the parcel never came, and nobody answers. I want my money back.",
    received_at=MOMENT,
    stage=Stage.REGISTERED,
    category="",
    severity=Severity.NORMAL,
    owner="desk",
    level=0,
    repeat_of="",
)


def of_file(path: Path, now: datetime | None) -> "tuple[Plugin, tuple[Trouble, ...], tuple[Failure, ...]]":
    """Load a plugin from a file, without any settings, and try it.

    Args:
        path: The file.
        now: The moment of the made-up case's review.

    Raises:
        PluginError: There is no such file.
    """
    if not path.is_file():
        raise PluginError(path.name, f"there is no file {path}.", "Check the path, or give the name of a plugin.")
    from complaintkit.registry import load_registry
    from complaintkit.settings import PluginsSettings

    registry = load_registry(PluginsSettings(files=(path.resolve(),), discover=False, folder=path.resolve().parent))
    try:
        return _judged(registry, next(one for one in registry.plugins if one.origin == "file"), now)
    finally:
        registry.close()


def of_settings(
    settings: Path, name: str, now: datetime | None
) -> "tuple[Plugin, tuple[Trouble, ...], tuple[Failure, ...]]":
    """Load a plugin as a settings file has it, and try it; no database is needed, and nothing is put on file.

    Args:
        settings: The settings file.
        name: The plugin.
        now: The moment of the made-up case's review.

    Raises:
        PluginError: There is no plugin of this name.
    """
    from complaintkit.registry import load_registry
    from complaintkit.settings import load

    registry = load_registry(load(settings).plugins)
    try:
        return _judged(registry, named(registry, name), now)
    finally:
        registry.close()


def named(registry: "Registry", name: str) -> "Plugin":
    """Return the plugin of this name; of several the one that is used.

    Raises:
        PluginError: There is none.
    """
    plugins = [one for one in registry.plugins if one.name == name]
    if not plugins:
        known = ", ".join(one.name for one in registry.plugins)
        raise PluginError(
            name, f"is not there; there are: {known}.", "Is it installed, or named under [plugins] files?"
        )
    return next((one for one in plugins if one.state == "ready"), plugins[0])


def _judged(
    registry: "Registry", plugin: "Plugin", now: datetime | None
) -> "tuple[Plugin, tuple[Trouble, ...], tuple[Failure, ...]]":
    troubles = tuple(one for one in registry.troubles if one.plugin == plugin.name)
    return plugin, troubles, failures(registry, plugin.name, now or MOMENT)


def failures(registry: "Registry", name: str, now: datetime) -> tuple[Failure, ...]:
    """Return how the records of one plugin fail on a made-up case; empty if they do not."""
    answers = (
        record.ask(called, argument, now) for record, called, argument in _tries(registry, now) if record.plugin == name
    )
    return tuple(answer for answer in answers if isinstance(answer, Failure))


def _tries(registry: "Registry", now: datetime) -> Iterator[tuple[Any, str, object]]:
    review = Review(case=CASE, clock="first_response", due_at=now - timedelta(hours=3), level=0, now=now)
    yield from ((record, "suggest", CASE) for record in registry.categorisers)
    yield from ((record, "check", review) for record in registry.escalation_rules)
    for record in registry.reports:
        counts = tuple(Counted(count, ()) for count in record.record.needs)
        yield record, "compile", ReportRequest(since=now - timedelta(days=30), until=now, counts=counts)
