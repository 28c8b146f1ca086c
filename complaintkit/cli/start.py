"""`complaintkit init`: a desk in a folder."""

import os
import secrets
from pathlib import Path
from typing import Final

import click

from complaintkit.cli.lazy import Told
from complaintkit.cli.show import say, say_json, talk
from complaintkit.errors import SettingsError

FILE: Final = "complaintkit.toml"
DATABASE: Final = "complaints.db"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL

TEMPLATE: Final = """\
# Settings of complaintkit. Every line that begins with "#" shows a default or an example.
# Any text can come from the environment instead: secret = {{ env = "NAME" }}

[kit]
# Name of the organisation and where complainants reach a person; both stand in what is written to them.
organisation = "Our organisation"
contact = ""

# Languages you answer in; the first serves where nothing is known. Notices come in these three.
languages = ["en", "ru", "fil"]

# Whose calendar counts the days.
zone = "UTC"

# SQLite in a file beside this one. For PostgreSQL: "postgresql+psycopg://user@host/name"
database = "sqlite:///{database}"

# From this, the tokens that prove an answer belongs to a case are made. Keep it; whoever has it can make them, too.
secret = "{secret}"

[plugins]
# Plugins of one file each, such as files = ["my_rules.py"]; paths count from this file.
# files = []
# Plugins that are left out, and which records of a family are used, in this order.
# disable = ["keywords"]
# use = {{ notifiers = ["folder"] }}

# Where notices go until you enable something better: a folder, or "-" for the console.
[plugins.folder]
to = "outgoing"

# How complaints are handled: owners, standards, categories, texts. What you write replaces what is shipped.
# [policy]
# owners = {{ "*" = "desk", social = "marketing" }}
"""


@click.command(cls=Told, examples=("complaintkit init --folder claims",))
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where to set it up; made if it is not there. By default the current folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def init(folder: Path, as_json: bool) -> None:
    """Set up a desk in a folder: settings file and database.

    The settings file explains itself, holds a fresh secret and can be read by you alone. What is there already is
    never overwritten.
    """
    from complaintkit.app import ComplaintKit

    path = write_settings(folder, secrets.token_urlsafe(32))
    with ComplaintKit(path) as kit:
        kit.upgrade()
        database = kit.settings.kit.database
    if as_json:
        say_json({"settings": str(path), "database": database})
        return
    say(f"Set up {path} and its database.")
    talk(f"Next: cd {folder}" if folder != Path() else "Next: look into complaintkit.toml, then")
    talk("  complaintkit receive FILE --channel letter\n  complaintkit cases list")


def write_settings(folder: Path, secret: str) -> Path:
    """Write a settings file that explains itself and that only its owner can read.

    Raises:
        SettingsError: There is one already, or a database where the new one would be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    for taken in (path, folder / DATABASE):
        if taken.exists():
            raise SettingsError(str(taken), "is there already, and nothing is overwritten; choose another --folder")
    text = TEMPLATE.format(secret=secret, database=DATABASE)
    with os.fdopen(os.open(path, _NEW, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.close(os.open(folder / DATABASE, _NEW, 0o600))  # people's letters will stand in it; SQLite takes an empty file
    return path
