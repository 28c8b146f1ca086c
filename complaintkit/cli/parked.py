"""`complaintkit parked`: what could not be read waits here for a person."""

import re
import sys
from datetime import datetime
from pathlib import Path

import click

from complaintkit.cli.ending import FAILED
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Look, common, looking, timed
from complaintkit.cli.receive import row_of
from complaintkit.cli.show import counted, line, moment, plain, say, say_json, say_table, talk

_SHOWN = 4000
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")


@click.group(cls=Lazy, examples=("complaintkit parked list", "complaintkit parked retry 17"))
def parked() -> None:
    """See what could not be read, and read it again once the reason is gone."""


@parked.command("list", cls=Told, examples=("complaintkit parked list",))
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out first.")
@looking
@common
def list_(limit: int, offset: int, look: Look, settings: Path | None, as_json: bool) -> None:
    """List what is parked, oldest first."""
    with shown_to(settings, look) as kit:
        found = kit.parked(limit=limit, offset=offset)
        zone = kit.policy.zone
    if as_json:
        say_json(
            [
                {
                    "number": kept.number,
                    "channel": kept.envelope.channel,
                    "source_id": kept.envelope.source_id,
                    "received_at": kept.envelope.received_at,
                    "size": len(kept.envelope.raw),
                    "reason": kept.reason,
                }
                for kept in found
            ]
        )
        return
    say_table(
        ("number", "received", "channel", "item", "bytes", "reason"),
        [
            (
                kept.number,
                moment(kept.envelope.received_at, zone),
                kept.envelope.channel,
                kept.envelope.source_id,
                len(kept.envelope.raw),
                kept.reason,
            )
            for kept in found
        ],
    )
    talk("Nothing is parked." if not found else "Look at one with `complaintkit parked show NUMBER`.")


@parked.command(
    "show", cls=Told, examples=("complaintkit parked show 17", "complaintkit parked show 17 --raw > item.eml")
)
@click.argument("number", type=click.IntRange(1))
@click.option("--raw", is_flag=True, help="Write the bytes as they arrived, all of them.")
@looking
@common
def show(number: int, raw: bool, look: Look, settings: Path | None, as_json: bool) -> None:
    """Show an item on file as it arrived."""
    if raw and as_json:
        raise click.UsageError("--raw and --json are two ways to print one thing; give one of them")
    with shown_to(settings, look) as kit:
        kept = kit.envelope(number)
        zone = kit.policy.zone
    envelope = kept.envelope
    if raw:
        sys.stdout.buffer.write(envelope.raw)
    elif as_json:
        say_json(kept)
    else:
        say(f"#{number}  {kept.state}", bold=True)
        when = moment(envelope.received_at, zone)
        say(f"{line(envelope.source_id)}, {len(envelope.raw)} bytes by {line(envelope.channel)} on {when}")
        say(f"{kept.reference or line(kept.reason)}\n")
        if binary(envelope.raw[:_SHOWN]):
            say(f"binary, {counted(len(envelope.raw), 'byte')}; write them to a file with --raw")
            return
        say(envelope.raw[:_SHOWN].decode("utf-8", "replace"))
        if len(envelope.raw) > _SHOWN:
            talk(f"... {len(envelope.raw) - _SHOWN} more bytes; see them with --raw")


def binary(raw: bytes) -> bool:
    """Say whether bytes are no text for people: one is zero, or a third of what they spell is no letter at all."""
    signs = raw.decode("utf-8", "replace")
    return b"\0" in raw or 3 * (len(signs) - len(_NO_LETTER.sub("", signs))) > len(signs)


@parked.command(
    "retry",
    cls=Told,
    examples=("complaintkit parked retry 17", "complaintkit parked retry 17 --as-complaint --by irina"),
)
@click.argument("number", type=click.IntRange(1))
@click.option("--as-complaint", is_flag=True, help="Take it for a complaint though a machine seems to have sent it.")
@click.option(
    "--by",
    default="",
    envvar="COMPLAINTKIT_BY",
    metavar="NAME",
    help="Who decided so; needed with --as-complaint, else taken from COMPLAINTKIT_BY.",
)
@timed
def retry(number: int, as_complaint: bool, by: str, now: datetime | None, settings: Path | None, as_json: bool) -> int:
    """Read a parked item again, after the plugin or its settings were mended."""
    by = by.strip()
    if as_complaint and not by:
        raise click.UsageError("--as-complaint is somebody's decision; say whose with --by NAME")
    with shown_to(settings, Look(by), now) as kit:
        row = row_of(f"#{number}", kit.retry(number, now, as_complaint=as_complaint))
    if as_json:
        say_json({**plain(row), "decided_by": by} if as_complaint else row)
    else:
        say(" ".join(part for part in (f"#{number} {row.outcome}", row.reference, line(row.reason)) if part))
        if as_complaint:
            say(f"{line(by)} decided to take it for a complaint. The case file does not say so; a note can.")
    return FAILED if row.outcome == "parked" else 0
