"""Notification into a folder or onto the console: every medium, until a team enables something better."""

import sys
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category

from attrs import frozen

from complaintkit import Delivery, Notice, Notifier, hookimpl


@frozen
class Settings:
    """Where notices go: a folder, or `-` for the console.

    A relative folder counts from the settings file. Without one there is no telling where it would be: the notifier is
    not offered then, and notices wait in the outbox for one that is.
    """

    to: Path = Path("outgoing")


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Take a folder."""
    return Settings


@hookimpl
def complaintkit_notifiers(settings: Settings) -> Iterable[Notifier]:
    """Offer the notifier for whatever no other one delivers."""
    if settings.to.name == "-":
        yield Notifier("folder", ("*",), on_console)
    elif settings.to.is_absolute():
        yield Notifier("folder", ("*",), into_folder(settings.to))


def on_console(notice: Notice) -> Delivery:
    """Print the notice on standard error, which carries no data."""
    print(_text(notice), file=sys.stderr)
    return Delivery("sent", "shown on the console")


def into_folder(folder: Path) -> "_Folder":
    """Return a sender that writes one file per notice; the same notice always the same file."""
    return _Folder(folder)


@frozen
class _Folder:
    folder: Path

    def __call__(self, notice: Notice) -> Delivery:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{''.join(sign for sign in notice.id if sign.isalnum() or sign == '-')}.txt"
        unfinished = path.with_suffix(".part")
        unfinished.write_text(_text(notice), encoding="utf-8", errors="replace")
        unfinished.replace(path)
        return Delivery("sent", f"written to {path.name}")


def _text(notice: Notice) -> str:
    return f"To: {_line(notice.recipient)} ({notice.medium})\nSubject: {_line(notice.subject)}\n\n{_clean(notice.body)}"


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Return a text without signs that could steer a terminal or turn the reading direction."""
    return "".join(sign for sign in text if sign in "\n\t" or category(sign) not in ("Cc", "Cf", "Cs"))
