"""`complaintkit verify`: does the store still say what was written into it?"""

from pathlib import Path

import click

from complaintkit.cli.ending import FINDINGS
from complaintkit.cli.kit import opened
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import common
from complaintkit.cli.show import counted, say, say_json, talk


@click.command(cls=Told, examples=("complaintkit verify",))
@common
def verify(settings: Path | None, as_json: bool) -> int:
    """Check every case file: its chain, its contents, and the complaint it adds up to.

    Each contradiction is a finding with its place. The exit code is 3 if there is any.
    """
    with opened(settings) as kit:
        figures = kit.figures()
        entries = counted(figures.entries, "entry", "entries")
        talk(f"Checking {counted(figures.complaints, 'complaint')} with {entries} ...")
        findings = list(kit.verify())
    if as_json:
        say_json({"complaints": figures.complaints, "entries": figures.entries, "findings": findings})
    else:
        for finding in findings:
            place = finding.reference if finding.seq is None else f"{finding.reference}, entry {finding.seq}"
            say(f"{place or 'the store'}: {finding.problem}")
        say(f"{counted(len(findings), 'finding')}." if findings else "Everything is as it was written.")
    return FINDINGS if findings else 0
