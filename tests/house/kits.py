"""Kits for the behavioural rules: in memory, with a clock that stands still and records of every family."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

from complaintkit import Delivery, Message, Notifier, Person
from complaintkit.app import ComplaintKit
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Received
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store.memory import MemoryStore
from complaintkit.store.port import Filed

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
# The built-in notifier writes to a folder; these kits write nowhere.
SETTINGS = Settings(plugins=PluginsSettings(disable=("folder",)))
SENT = Notifier("sent", ["*"], lambda notice: Delivery("sent"))


def kit(plugins: Sequence[object] = (SENT,), **more: Any) -> ComplaintKit:
    """Return a kit in memory, unless `more` says otherwise, with these plugins beside the built-in ones."""
    facts: dict[str, Any] = {
        "settings": SETTINGS,
        "clock": lambda: MONDAY,
        "randbelow": Random(7).randrange,
        "secret": b"for tests only",
    }
    if "database" not in more:
        facts["store"] = MemoryStore()
    return ComplaintKit(plugins=plugins, **{**facts, **more})


def said(text: str, name: str = "anna", **more: Any) -> Message:
    """Return a message of a person."""
    return Message(text=text, sender=Person(name=name, email=f"{name}@example.org"), **more)


def folded(file: Iterable[Filed]) -> Complaint:
    """Return what the entries of a case file add up to."""
    first, *rest = (filed.entry for filed in file)
    assert isinstance(first, Received)
    return first.open().apply_all(rest)


def kinds(file: Iterable[Filed]) -> list[str]:
    """Return the kinds of the entries of a case file."""
    return [filed.entry.kind for filed in file]
