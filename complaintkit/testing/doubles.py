"""Stand-ins for the world outside: a mailbox, notifiers and observers that remember, a clock that is set by hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from complaintkit.builtin import BUILTINS
from complaintkit.errors import PluginError
from complaintkit.families import Categoriser, Change, Channel, Notifier, Observer
from complaintkit.guard import Guarded
from complaintkit.message import Delivery, Envelope, Message, Notice
from complaintkit.registry import Registry, load_registry
from complaintkit.registry.calls import FAMILIES, family_of
from complaintkit.settings import PluginsSettings

ALONE: Final = PluginsSettings(disable=BUILTINS, discover=False)


class HandClock:
    """A clock that stands still until it is moved; hand it to a kit as its `clock`."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def forward(self, **times: float) -> datetime:
        """Move on by `hours=2` and the like, and return the time then."""
        self.now += timedelta(**times)
        return self.now


class Mailbox:
    """A source whose items stay until they are confirmed.

    Attributes:
        record: The channel, to be handed to a kit.
        waiting: What has not been confirmed.
        confirmed: What has.
    """

    def __init__(self, *envelopes: Envelope, name: str = "mailbox") -> None:
        self.waiting = list(envelopes)
        self.confirmed: list[Envelope] = []
        self.record = Channel(name, self._parse, kind="email", fetch=self._fetch, confirm=self._confirm)

    def _parse(self, envelope: Envelope) -> Message:
        return Message(text=envelope.raw.decode("utf-8", "replace"), message_id=envelope.source_id)

    def _fetch(self) -> Iterator[Envelope]:
        yield from tuple(self.waiting)

    def _confirm(self, envelope: Envelope) -> None:
        self.waiting.remove(envelope)
        self.confirmed.append(envelope)


class SentNotices:
    """A notifier that remembers what it was to send, and can be told to fail.

    Attributes:
        record: The notifier, to be handed to a kit.
        notices: What was sent, or refused.
        state: What it says became of the next ones: `sent`, `failed` or `refused`.
    """

    def __init__(self, *media: str, name: str = "sent") -> None:
        self.notices: list[Notice] = []
        self.state: Any = "sent"
        self.record = Notifier(name, media or ("*",), self._send)

    def _send(self, notice: Notice) -> Delivery:
        self.notices.append(notice)
        return Delivery(self.state, "" if self.state == "sent" else "told to fail by a test")


class SeenChanges:
    """An observer that remembers what it was told; `record` is to be handed to a kit."""

    def __init__(self, name: str = "seen") -> None:
        self.changes: list[Change] = []
        self.record = Observer(name, self.changes.append)


def failing_categoriser(name: str = "failing") -> Categoriser:
    """Return a categoriser that always raises."""

    def suggest(case: object) -> tuple[()]:
        raise RuntimeError("told to fail by a test")

    return Categoriser(name, suggest)


def guarded(record: object) -> Guarded[Any]:
    """Return a record behind the guard, as a kit would hold it.

    Raises:
        PluginError: It cannot be used; the text says why.
    """
    family = family_of(record)
    registry = load_registry(ALONE, handed=[record])
    found: tuple[Guarded[Any], ...] = getattr(registry, family.name) if family else ()
    if not found:
        raise PluginError("record", "; ".join(trouble.why for trouble in registry.troubles) or "is of no family")
    return found[0]


def only(registry: Registry, plugin: str) -> tuple[tuple[str, Guarded[Any]], ...]:
    """Return what one plugin offers, each with the name of its family."""
    return tuple((name, one) for name in FAMILIES for one in getattr(registry, name) if one.plugin == plugin)
