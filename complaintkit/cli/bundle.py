"""`complaintkit cases bundle`: a case as one page, to be printed or handed to a body outside."""

from datetime import datetime
from pathlib import Path

import click

from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Look, looking, timed
from complaintkit.cli.show import say, say_json, talk


@click.command(
    cls=Told,
    examples=(
        "complaintkit cases bundle CK-EHQ6-7X6D --out case.html",
        "complaintkit cases bundle CK-EHQ6-7X6D --out case.html --redacted --without-notes",
    ),
)
@click.argument("reference")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where it goes; else it is printed."
)
@click.option("--redacted", is_flag=True, help="Leave out who complains, and everybody else outside.")
@click.option("--without-notes", is_flag=True, help="Leave out notes for colleagues and restricted opinions.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@looking
@timed
def bundle(
    reference: str, out: Path | None, redacted: bool, without_notes: bool, force: bool, look: Look,
    now: datetime | None, settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Put a case together as one page of HTML: facts, messages, attachments, every entry with its digests."""
    if out is not None and out.exists() and not force:
        raise click.UsageError(f"{out} is there already; take another name, or --force to replace it")
    with shown_to(settings, look, now) as kit:
        page = kit.bundle(reference, redacted=redacted, notes=not without_notes, now=now)
    if out is None:
        say_json({"reference": reference, "page": page}) if as_json else say(page)
        return
    out.write_text(page, encoding="utf-8")
    if as_json:
        say_json({"reference": reference, "file": str(out), "bytes": len(page.encode())})
    else:
        talk(f"Written to {out}. It holds personal data" + ("" if not redacted else " of staff") + ": keep it safe.")
