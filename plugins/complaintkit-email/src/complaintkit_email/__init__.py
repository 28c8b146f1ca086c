"""E-mail for complaintkit: complaints from mail files and Maildirs, notices by SMTP."""

from collections.abc import Iterable
from pathlib import Path

from complaintkit import Channel, Notifier, hookimpl
from complaintkit_email.addresses import parsed
from complaintkit_email.parse import Rules, identify, parse, reader
from complaintkit_email.settings import Settings
from complaintkit_email.smtp import Sender
from complaintkit_email.sources import FileSource

__all__ = ["FileSource", "Rules", "Sender", "Settings", "identify", "parse", "reader"]


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Return the class of this plugin's settings."""
    return Settings


@hookimpl
def complaintkit_channels(settings: Settings) -> Iterable[Channel]:
    """Yield the channel `email`; it fetches if a folder or a Maildir is set, and always reads what it is handed."""
    max_bytes = settings.max_megabytes * 2**20
    rules = Rules(parsed(settings.address)[1] if settings.address else "", settings.own_lists, max_bytes)
    place = settings.maildir or settings.folder
    moving = settings.after == "move"
    source = FileSource(Path(place), maildir=bool(settings.maildir), move=moving) if place else None
    yield Channel(
        "email",
        parse=reader(rules),
        kind="email",
        fetch=source.fetch if source else None,
        confirm=source.confirm if source else None,
        identify=identify,
    )


@hookimpl
def complaintkit_notifiers(settings: Settings) -> Iterable[Notifier]:
    """Yield the notifier `smtp` for e-mail, if there is a mail server or mail is to be built and dropped."""
    if settings.host or settings.transport == "discard":
        yield Notifier("smtp", media=("email",), send=Sender(settings).send)
