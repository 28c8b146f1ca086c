"""`complaintkit db`: the tables."""

from pathlib import Path

import click

from complaintkit.cli.ending import FINDINGS
from complaintkit.cli.kit import differences, opened
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import common
from complaintkit.cli.show import say, say_json


@click.group(cls=Lazy, examples=("complaintkit db check", "complaintkit db upgrade"))
def db() -> None:
    """Bring the database up to date, or check it."""


@db.command("upgrade", cls=Told, examples=("complaintkit db upgrade",))
@common
def upgrade(settings: Path | None, as_json: bool) -> None:
    """Create the tables, or bring older ones to this version. Safe to repeat; take a backup first all the same."""
    with opened(settings, ready=False) as kit:
        kit.upgrade()
        left = kit.check()
    if as_json:
        say_json({"upgraded": True, "differences": left})
    else:
        say("The database fits this version.")


@db.command("check", cls=Told, examples=("complaintkit db check",))
@common
def check(settings: Path | None, as_json: bool) -> int:
    """Say what is missing or different in the database. The exit code is 3 if there is anything."""
    with opened(settings, ready=False) as kit:
        different = differences(kit)
    if as_json:
        say_json({"differences": different})
    else:
        for one in different:
            say(one)
        say("Mend it with `complaintkit db upgrade`." if different else "The database fits this version.")
    return FINDINGS if different else 0


@db.command("sql", cls=Told, examples=("complaintkit db sql > complaintkit.sql",))
@common
def sql(settings: Path | None, as_json: bool) -> None:
    """Print the SQL that makes the tables from nothing, for whoever looks after the database."""
    with opened(settings, ready=False) as kit:
        text = kit.schema_sql()
    if as_json:
        say_json({"sql": text})
    else:
        click.echo(text)
