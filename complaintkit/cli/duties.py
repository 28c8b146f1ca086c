"""`complaintkit duties`: what somebody has to do by when, across all complaints."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Day, Look, looking, moment_of, timed
from complaintkit.cli.show import moment, plain, say_json, say_table, talk

if TYPE_CHECKING:
    from complaintkit.app import Duty

COLUMNS: Final = ("due", "", "what", "reference", "who", "stage", "category", "severity")
DROPPED: Final = ("severity", "category", "stage")


@click.command(
    cls=Told, examples=("complaintkit duties --who irina", "complaintkit duties --who quality --kind task --overdue")
)
@click.option("--who", multiple=True, metavar="NAME", help="Of this person, department or role; may be repeated.")
@click.option("--named-only", is_flag=True, help="Leave out the deadlines of their own cases that name nobody.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Of this kind, such as task; may be repeated.")
@click.option("--overdue", is_flag=True, help="That are broken now.")
@click.option("--due-before", type=Day(), metavar="DAY", help="Due before.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out first.")
@looking
@timed
def duties(
    who: tuple[str, ...], named_only: bool, kinds: tuple[str, ...], overdue: bool, due_before: date | None,
    limit: int, offset: int, look: Look, now: datetime | None, settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """List what somebody has to do by when: answers, tasks, promises, approvals; the nearest first."""
    with shown_to(settings, look, now) as kit:
        zone, now = kit.policy.zone, now or kit.clock()
        before = now if overdue else moment_of(due_before, zone)
        found = kit.duties(who, own=not named_only, kinds=kinds, due_before=before, limit=limit + 1, offset=offset)
    shown = found[:limit]
    if as_json:
        say_json([_told(duty, now) for duty in shown])
        return
    rows = [
        (moment(duty.clock.due_at, zone), _standing(duty, now), duty.clock.name, duty.reference, duty.who, duty.stage,
         duty.category, duty.severity)
        for duty in shown
    ]  # fmt: skip
    say_table(COLUMNS, rows, drop=DROPPED, shorten=("who",))
    if len(found) > limit:
        talk(f"There are more; see them with --offset {offset + limit} or a higher --limit.")
    elif not found:
        talk("None.")


def _standing(duty: "Duty", now: datetime) -> str:
    if duty.clock.late_at(now):
        return "late"
    return "" if duty.clock.running else "paused"


def _told(duty: "Duty", now: datetime) -> dict[str, Any]:
    return {
        "reference": duty.reference, "who": duty.who, "owner": duty.owner, "stage": duty.stage,
        "category": duty.category, "severity": duty.severity, "late": duty.clock.late_at(now),
        "clock": plain(duty.clock),
    }  # fmt: skip
