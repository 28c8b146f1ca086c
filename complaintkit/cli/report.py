"""`complaintkit report`: what the complaints tell, as a table, CSV, JSON or in a format of a plugin."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Day, Look, looking, moment_of, timed
from complaintkit.cli.show import csv_text, line, moment, say, say_json, say_table, talk
from complaintkit.counts import Table

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, View

OWN: Final = ("table", "csv", "json")
_YEAR: Final = timedelta(days=366)


@click.command(
    cls=Told, examples=("complaintkit report", "complaintkit report categories --since 2026-01-01 --format csv")
)
@click.argument("name", required=False)
@click.option(
    "--since",
    type=Day(),
    metavar="DAY",
    help="From this day on; by default the twelve months up to the newest complaint.",
)
@click.option("--until", type=Day(), metavar="DAY", help="Up to but not including this day; by default now.")
@click.option("--format", "form", default="table", metavar="NAME", help="table, csv, json, or what a plugin writes.")
@click.option("--language", default="en", metavar="CODE", help="Language of the report, where it has several.")
@looking
@timed
def report(
    name: str | None,
    since: date | None,
    until: date | None,
    form: str,
    language: str,
    look: Look,
    now: datetime | None,
    settings: Path | None,
    as_json: bool,
) -> None:
    """Count. Without a name, list the reports there are.

    In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    with shown_to(settings, look, now) as kit:
        if name is None:
            _list(kit, as_json or form == "json")
            return
        known = [one.name for one in kit.reports]
        if name not in known:
            raise click.UsageError(f"there is no report {name!r}; there are: {', '.join(known) or 'none'}")
        form = "json" if as_json else form
        _known_format(kit, form)
        end = moment_of(until, kit.policy.zone) or now or kit.clock()
        start = moment_of(since, kit.policy.zone) or _start(kit, end)
        if start >= end:
            raise click.UsageError(f"--since {start:%Y-%m-%d} must lie before --until {end:%Y-%m-%d}")
        table = kit.report(name, start, end, language)
        _print(kit, name, table, start, end, form)


def _list(kit: "ComplaintKit | View", as_json: bool) -> None:
    if as_json:
        say_json([{"name": one.name, "title": one.title} for one in kit.reports])
        return
    say_table(("report", "what it tells"), [(one.name, one.title) for one in kit.reports])
    talk("Make one with `complaintkit report NAME`.")


def _start(kit: "ComplaintKit | View", end: datetime) -> datetime:
    """Return the first of the month a year before the newest complaint, or before the end if that is earlier."""
    from complaintkit.app import Filter

    newest = kit.cases(Filter(order="received", limit=1))
    last = min([case.received_at for case in newest] + [end]).astimezone(kit.policy.zone)
    return (last - _YEAR + timedelta(days=31)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _known_format(kit: "ComplaintKit | View", form: str) -> None:
    offered = [one.record.ending for one in kit.registry.exporters]
    if form not in (*OWN, *offered):
        raise click.UsageError(f"there is no format {form!r}; there are: {', '.join((*OWN, *offered))}")


def _print(kit: "ComplaintKit | View", name: str, table: Table, start: datetime, end: datetime, form: str) -> None:
    zone = kit.policy.zone
    if form == "json":
        say_json({"report": name, "since": start, "until": end, **_data(table)})
    elif form == "csv":
        kit.check_export()
        click.echo(csv_text(table.columns, table.rows), nl=False)
    elif form == "table":
        say(table.title, bold=True)
        say(f"{moment(start, zone)} to {moment(end, zone)}, {zone}\n")
        say_table(table.columns, table.rows)
        if table.note:
            say(f"\n{line(table.note)}")
    else:
        sys.stdout.buffer.write(kit.export(table, form, end))


def _data(table: Table) -> dict[str, object]:
    return {"title": table.title, "columns": table.columns, "rows": table.rows, "note": table.note}
