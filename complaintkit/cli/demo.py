"""`complaintkit demo`: months of complaints in a minute, and what one sees in them."""

import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.cli.kit import opened, warn_of_troubles
from complaintkit.cli.lazy import Told
from complaintkit.cli.show import line, moment, say, say_json, say_table, talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.app import ComplaintKit
    from complaintkit.demo.run import Summary

FOLDER: Final = "complaintkit-demo"
STORY: Final = {
    "volume": "A small shop for the home has these months behind it. How much came, and does it pile up?",
    "categories": "What is it about? Read along the rows: one of them does not stay as it was.",
    "promises": "And did the shop keep its word? Every deadline that fell due counts, those still open as well.",
}


@click.command(
    cls=Told, examples=("complaintkit demo my-first-desk", "complaintkit demo --seed 11 --months 4 --count 120")
)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--folder", "named", type=click.Path(file_okay=False, path_type=Path), help="The same as FOLDER.")
@click.option("--seed", default=7, show_default=True, help="Another number makes other months.")
@click.option("--months", type=click.IntRange(2, 60), default=9, show_default=True, help="How many months go by.")
@click.option("--count", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many complaints.")
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A plugin file that the desk is to use; may be repeated.",
)
@click.option("--no-serve", is_flag=True, help="End when it is done. (So far there is no window to open.)")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def demo(
    folder: Path | None,
    named: Path | None,
    seed: int,
    months: int,
    count: int,
    plugins: tuple[Path, ...],
    no_serve: bool,
    as_json: bool,
) -> None:
    """Watch a made-up desk work through months of complaints, then look at its reports.

    It builds a desk in a new folder (complaintkit-demo if none is named). Time is simulated: complaints arrive, people
    handle them, clocks run, promises are broken and escalate. The same seed gives the same months.
    """
    if folder and named:
        raise click.UsageError("the folder is named twice; name it once")
    from complaintkit.demo.run import run_demo

    where = folder or named or Path(FOLDER)
    talk(f"Building a desk in {where}: {months} months, {count} complaints, seed {seed} ...")
    with _progress(count) as report:
        summary = run_demo(where, seed=seed, months=months, count=count, plugins=plugins, report=report)
    with opened(where / "complaintkit.toml") as kit:
        tables = {name: kit.report(name, summary.start, summary.end) for name in STORY}
        if as_json:
            say_json({"summary": summary, "reports": tables})
            return
        warn_of_troubles(kit)
        _tell(kit, summary)
        for name, table in tables.items():
            say(f"\n{STORY[name]}\n")
            say(table.title, bold=True)
            say_table(table.columns, table.rows)
            if table.note:
                say(line(table.note))
    _next(where, summary)


def _tell(kit: "ComplaintKit", summary: "Summary") -> None:
    figures, zone = summary.figures, kit.policy.zone
    say(
        f"{moment(summary.start, zone)[:10]} to {moment(summary.end, zone)[:10]}, {kit.settings.kit.organisation}",
        bold=True,
    )
    say(
        f"{figures.envelopes} messages came: {figures.accepted} went into {figures.complaints} complaints, "
        f"{figures.parked} are parked, {figures.duplicate} came twice. People did {summary.acts} things about them; "
        f"{figures.entries} entries tell of it. {figures.open} complaints are open."
    )


def _next(where: Path, summary: "Summary") -> None:
    now = summary.end.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    say("\nLook around. --now puts you at the end of those months:", bold=True)
    say(f"  cd {where}")
    say(f"  complaintkit cases list --now {now}")
    if summary.telling:
        say(f"  complaintkit cases show {summary.telling}")
    say("  complaintkit report categories --format csv")
    say("  complaintkit verify")


@contextmanager
def _progress(count: int) -> "Iterator[Callable[[datetime, int], None]]":
    if not sys.stderr.isatty():
        yield lambda at, arrived: None
        return
    bar: Any
    with click.progressbar(length=count, label="Months go by", file=sys.stderr, item_show_func=_month) as bar:

        def report(at: datetime, arrived: int) -> None:
            bar.update(arrived - bar.pos, at)

        yield report


def _month(at: datetime | None) -> str:
    return at.strftime("%B %Y") if at else ""
