"""`complaintkit circles`: who looks at complaints how often, what comes of it, and a calendar for the agenda."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from complaintkit.cli.improvement import EXAMPLE, action_command, listed, opening_command, period, say_list, shared
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Day, Look, looking, moment_of, timed
from complaintkit.cli.show import counted, line, plain, say, say_json, talk
from complaintkit.improving.actions import Deliver, Hold, PlanCircle
from complaintkit.improving.lifecycle import Kind

_AHEAD: Final = timedelta(days=366)


@click.group(cls=Lazy, examples=("complaintkit circles list", "complaintkit circles calendar --out circles.ics"))
def circles() -> None:
    """Review circles: who looks at complaints how often, and what has to come of it."""


@circles.command("list", cls=Told, examples=("complaintkit circles list",))
@click.option("--all", "both", is_flag=True, help="Also those that meet no more.")
@click.option("--owner", default="", metavar="NAME", help="Of this owner or deputy.")
@looking
@timed
def list_(both: bool, owner: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """List circles, and the channels at which none looks."""
    which = listed(is_open=None if both else True, kinds=(Kind.REVIEW_CIRCLE,), owner=owner, limit=500)
    with shown_to(settings, look, now) as kit:
        say_list(kit, which, now or kit.clock(), as_json)
        unwatched = kit.unwatched(now)
    if unwatched:
        talk(f"Warning: nobody looks at complaints by {', '.join(map(line, unwatched))}; add a circle that does.")


@circles.command("kept", cls=Told, examples=("complaintkit circles kept --since 2026-01-01 --until 2026-04-01",))
@click.option("--since", required=True, type=Day(), metavar="DAY", help="Sessions due from this day on.")
@click.option("--until", required=True, type=Day(), metavar="DAY", help="Sessions due before this day.")
@looking
@timed
def kept(since: date, until: date, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Count the sessions that were complete in time with all their results, of those that were due."""
    with shown_to(settings, look, now) as kit:
        found = kit.compliance(*period(kit, since, until), now)
    if as_json:
        say_json({**plain(found), "share": found.share})
    else:
        due = counted(found.due, "session")
        say(f"{found.done} of {due} complete in time{shared(found.share)}; {found.late} later.")


@circles.command("calendar", cls=Told, examples=("complaintkit circles calendar --out circles.ics --owner irina",))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--until", type=Day(), metavar="DAY", help="Sessions before this day; by default those of a year.")
@click.option("--owner", default="", metavar="NAME", help="Of this owner or deputy only.")
@looking
@timed
def calendar(
    out: Path | None, until: date | None, owner: str, look: Look, now: datetime | None, settings: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write sessions, checks and dates as a calendar (.ics) for the agenda."""
    with shown_to(settings, look, now) as kit:
        now = now or kit.clock()
        end = moment_of(until, kit.policy.zone) or now + _AHEAD
        text = kit.agenda(end, listed(is_open=None, kinds=(), owner=owner), now)
    events = text.count("BEGIN:VEVENT")
    if out is not None:
        out.write_text(text, encoding="utf-8", newline="")
    if as_json:
        say_json({"events": events, **({"calendar": text} if out is None else {"file": str(out)})})
    elif out is None:
        click.echo(text, nl=False)
    else:
        say(f"{counted(events, 'event')} in {line(str(out))}.")


circles.add_command(opening_command(PlanCircle, "complaintkit circles add", "add"))
for _action in (Hold, Deliver):
    _command = action_command(_action, f"complaintkit circles {_action.name} {EXAMPLE}")
    circles.add_command(click.argument("reference")(_command))
