"""`complaintkit clocks`: what concerns the deadlines of many complaints at once."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from complaintkit.cli.ending import FAILED
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Look, timed
from complaintkit.cli.show import counted, line, moment, say_json, say_table, talk

if TYPE_CHECKING:
    from datetime import tzinfo

    from complaintkit.kit.recalculating import Moved, Recalculation

COLUMNS: Final = ("reference", "clock", "was due", "is due", "", "standard")


@click.group(cls=Lazy, examples=('complaintkit clocks recalculate --reason "closed on Fridays" --by oleg --dry-run',))
def clocks() -> None:
    """Count the deadlines of many complaints anew, once the policy has changed."""


@clocks.command(
    "recalculate",
    cls=Told,
    examples=(
        'complaintkit clocks recalculate --reason "closed on Fridays" --by oleg --dry-run',
        'complaintkit clocks recalculate --pack uk-fca-disp --reason "rules of 2027" --by oleg',
    ),
)
@click.option(
    "--standard", default="", metavar="NAME", help="Only deadlines that come under this standard, or leave it."
)
@click.option("--pack", "rules", default="", metavar="NAME", help="Only deadlines of this rule pack.")
@click.option("--reason", required=True, metavar="TEXT", help="Why: what was changed, and who decided so.")
@click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help="Who asks for it.")
@click.option("--dry-run", is_flag=True, help="Only show what would move.")
@timed
def recalculate(
    standard: str, rules: str, reason: str, by: str, dry_run: bool, now: datetime | None, settings: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Count the running deadlines of open complaints by what the policy says today.

    A deadline keeps what held when it began: other figures and another calendar move nothing until you ask for it here.
    Start and pauses stay, earlier breaches stay on record, and each complaint gets one entry with your reason. What is
    over by the new count is broken by recalculation, and told once.
    """
    from complaintkit.case.actions import Recalculate
    from complaintkit.kit.recalculating import recalculate as recalculated

    with shown_to(settings, Look(by.strip()), now) as view:
        action, at, zone = (
            Recalculate(reason=reason, standard=standard, rules=rules),
            now or view.clock(),
            view.policy.zone,
        )
        found = list(recalculated(view, action, by.strip(), at, dry_run=dry_run))
    if as_json:
        say_json(found)
    else:
        say_table(COLUMNS, [_row(one, moved, zone) for one in found for moved in one.moved], shorten=("standard",))
        several = counted(sum(len(one.moved) for one in found), "deadline")
        done = f"{several} {'would be counted anew' if dry_run else 'counted anew'}."
        talk(done if found else "Nothing is counted otherwise.")
    refused = [one for one in found if one.why_not]
    for one in refused:
        talk(f"{one.reference}: {line(one.why_not)}")
    if refused:
        raise click.exceptions.Exit(FAILED)


def _row(one: "Recalculation", moved: "Moved", zone: "tzinfo") -> tuple[object, ...]:
    standing = "refused" if one.why_not else "broken by this" if moved.past else ""
    was, due = moment(moved.was_due_at, zone), moment(moved.due_at, zone)
    return one.reference, moved.clock, was, due, standing, moved.standard
