"""Opens the kit a command works with: which settings file, and whether its database is there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from complaintkit.cli.options import Look
from complaintkit.cli.show import talk
from complaintkit.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, View

VARIABLE: Final = "COMPLAINTKIT_SETTINGS"


def settings_of_environment() -> Path | None:
    """Return the settings file named in the environment, else the nearest one from the current folder upwards."""
    from complaintkit.settings import find

    named = os.environ.get(VARIABLE)
    return Path(named) if named else find(Path.cwd())


@contextmanager
def opened(settings: Path | None, *, ready: bool = True) -> "Iterator[ComplaintKit]":
    """Open a kit for as long as a command needs it.

    Args:
        settings: The settings file; `None` looks for one.
        ready: Whether the database must be there and fit this version.

    Raises:
        SettingsError: There is no settings file, or something in it is wrong.
        StoreError: The database is missing or too old.
    """
    from complaintkit.app import ComplaintKit

    with ComplaintKit(found(settings)) as kit:
        if ready:
            if not there(kit):
                file = database_file(kit.settings.kit.database)
                raise StoreError(f"there is no database at {file}; make it with `complaintkit db upgrade`")
            kit.store.plugin_records()  # what is wrong with the database is told before anything is begun
        yield kit


@contextmanager
def shown_to(settings: Path | None, look: Look, now: datetime | None = None) -> "Iterator[ComplaintKit | View]":
    """Open a kit as it is for whoever looks; without a name, the whole kit.

    Args:
        settings: The settings file; `None` looks for one.
        look: Who looks, and why.
        now: The moment at which they do; by default now.

    Raises:
        SettingsError, StoreError: As `opened`.
    """
    with opened(settings) as kit:
        yield kit.seen_by(look.by, reason=look.reason, now=now) if look.by else kit


def found(settings: Path | None) -> Path:
    """Return the settings file to use.

    Raises:
        SettingsError: There is none.
    """
    path = settings or settings_of_environment()
    if path is None:
        raise SettingsError(
            "complaintkit.toml",
            "there is none in this folder or those around it; make one with `complaintkit init`, "
            "or name one with --settings FILE",
        )
    return path


def there(kit: "ComplaintKit") -> bool:
    """Say whether there is a database; a file of SQLite would come into being by looking into it."""
    file = database_file(kit.settings.kit.database)
    return file is None or file.exists()


def differences(kit: "ComplaintKit") -> tuple[str, ...]:
    """Return what is missing or different in the database, which may not be there at all."""
    return kit.check() if there(kit) else (f"there is no database at {database_file(kit.settings.kit.database)}",)


def database_file(url: str) -> Path | None:
    """Return the file of a SQLite database, or `None` for any other one."""
    scheme, found, place = url.partition(":///")
    if not found or not scheme.startswith("sqlite") or not place or place.startswith((":memory:", "file:")):
        return None
    return Path(place)


def warn_of_troubles(kit: "ComplaintKit") -> None:
    """Tell, on standard error, which plugins were set aside."""
    for trouble in kit.registry.troubles:
        talk(f"Warning: {trouble}")
