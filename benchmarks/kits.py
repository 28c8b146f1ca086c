"""Set up a desk as a user gets it: every built-in plugin, the e-mail plugin, full durability."""

import sys
from importlib.metadata import entry_points
from pathlib import Path

from complaintkit.app import ComplaintKit
from complaintkit.settings import read
from complaintkit.store import open_store

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
    if not any(one.name == "email" for one in entry_points(group="complaintkit")):
        sys.exit("complaintkit-email is not installed: run this with the environment that `python3 dev.py test` makes")
    open_store(database, upgrade=True).close()
    return ComplaintKit(read(raw, folder))
