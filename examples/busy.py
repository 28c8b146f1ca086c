"""A plugin that brings a command: `complaintkit busy` counts the open complaints of each owner.

A command is imported by its name when it is used, so a plugin with commands is installed as a package, or its folder
stands on PYTHONPATH. To try this one:

    PYTHONPATH=examples complaintkit busy        with  files = ["busy.py"]  below [plugins] in complaintkit.toml
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from complaintkit import hookimpl
from complaintkit.app import ComplaintKit, Filter


@hookimpl
def complaintkit_commands() -> Iterable[tuple[str, str]]:
    """Offer the command."""
    yield "busy", "busy:busy"


@click.command()
@click.option("--settings", type=click.Path(exists=True, path_type=Path), default="complaintkit.toml", help="The desk.")
def busy(settings: Path) -> None:
    """Count the open complaints of each owner, those with most to do first."""
    with ComplaintKit(settings) as kit:
        owners = Counter(case.owner for case in kit.cases(Filter(open=True, limit=10_000)))
    for owner, count in owners.most_common():
        click.echo(f"{count:5} {owner}")
