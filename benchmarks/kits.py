"""Set up a desk as a user gets it: every built-in plugin, the e-mail plugin, full durability."""

from importlib.metadata import entry_points
from pathlib import Path

from complaintkit.app import ComplaintKit
from complaintkit.settings import read

ADDRESS = "Complaints <complaints@bench.example>"


def new_kit(folder: Path, database: str, runner: str = "") -> ComplaintKit:
    """Return a kit over an empty database; outgoing mail is built and dropped, other notices go to a folder.

    Args:
        folder: Where whatever it writes goes.
        database: URL of an empty database.
        runner: `here` or `apart` for the e-mail plugin; empty for what it gets by default.
    """
    email = {"address": ADDRESS, "transport": "discard"} | ({"runner": runner} if runner else {})
    raw = {
        "kit": {"database": database, "organisation": "Bench", "contact": "complaints@bench.example"},
        "plugins": {"email": email},
    }
    kit = ComplaintKit(read(raw, folder), plugins=_not_installed())
    kit.upgrade()
    return kit


def _not_installed() -> tuple[object, ...]:
    """Return the e-mail plugin if it is importable without being installed, as from a checkout."""
    if any(one.name == "email" for one in entry_points(group="complaintkit")):
        return ()
    import complaintkit_email

    return (complaintkit_email,)
