"""`complaintkit staff`: who works here, who is away, whom to offer a complaint."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from complaintkit.cli.ending import FAILED
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Day, Look, end_of, looking, moment_of, timed
from complaintkit.cli.show import counted, line, moment, say, say_json, say_table, talk
from complaintkit.errors import SettingsError

if TYPE_CHECKING:
    from datetime import date

    from complaintkit.app import ComplaintKit, View
    from complaintkit.policy.staff import Away

COLUMNS: Final = ("name", "roles", "skills", "open", "deputy", "away until")


@click.group(
    cls=Lazy,
    examples=(
        "complaintkit staff list",
        "complaintkit staff away irina --until 2026-03-16 --deputy oleg --by irina",
        "complaintkit staff suggest CK-EHQ6-7X6D --skill refunds",
    ),
)
def staff() -> None:
    """See who works here, say who is away, choose whom to offer a complaint."""


@staff.command("list", cls=Told, examples=("complaintkit staff list",))
@looking
@timed
def list_(look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """List the members of staff with what they have to do, and who is away now or will be."""
    with shown_to(settings, look, now) as kit:
        now = now or kit.clock()
        found, planned, zone = kit.colleagues(now), kit.absences(now), kit.policy.zone
    later = [one for one in planned if not one.covers(now)]
    if as_json:
        say_json({"staff": found, "planned": later})
        return
    rows = [
        (one.name, ", ".join(one.roles), ", ".join(one.skills), one.load, one.deputy, _until(one.away, zone))
        for one in found
    ]
    say_table(COLUMNS, rows, drop=("skills", "deputy"), shorten=("roles", "skills"))
    for one in later:
        say(f"{line(one.name)} will be away from {moment(one.since, zone)}, until {_until(one, zone)}")
    if not found:
        talk("Nobody is listed in [policy.staff] and nobody owns anything: any name will do as an owner.")


@staff.command(
    "away", cls=Told, examples=("complaintkit staff away irina --until 2026-03-16 --deputy oleg --by irina",)
)
@click.argument("name")
@click.option("--since", type=Day(), metavar="DAY", help="From this day or moment on; now if left out.")
@click.option("--until", type=Day(), metavar="DAY", help="Back on this day or moment; open if left out.")
@click.option("--deputy", default="", metavar="NAME", help="Who stands in; by default the deputy of the settings.")
@click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help="That person, or a superior.")
@timed
def away(
    name: str, since: "date | None", until: "date | None", deputy: str, by: str, now: datetime | None,
    settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Put on file that somebody is away: new complaints and notices go to whoever stands in."""
    with shown_to(settings, Look(by.strip()), now) as kit:
        _check(kit, name, deputy)
        now, zone = now or kit.clock(), kit.policy.zone
        try:
            found = kit.away(name, moment_of(since, zone), moment_of(until, zone), deputy, by=by, now=now)
        except SettingsError as error:
            raise click.UsageError(error.problem) from None
    if as_json:
        say_json({"name": name, "open": found})
        return
    say(f"{line(name)} is away, and owns {counted(len(found), 'open complaint')}, not counting confidential ones.")
    for reference in found:
        say(f"  {reference}")
    if found:
        talk(
            "They keep their owner until somebody accepts them. To offer all of them: complaintkit staff hand-over-all"
        )


@staff.command("back", cls=Told, examples=("complaintkit staff back irina --by irina",))
@click.argument("name")
@click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help="That person, or a superior.")
@timed
def back(name: str, by: str, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """End the absence of somebody who is here again; where none has begun, drop the next one."""
    with shown_to(settings, Look(by.strip()), now) as kit:
        _check(kit, name)
        now, zone = now or kit.clock(), kit.policy.zone
        try:
            ended = kit.back(name, now, by=by)
        except SettingsError as error:
            raise click.ClickException(f"{name} {error.problem}") from None
    if as_json:
        say_json({"name": ended.name, "ended": ended})
    else:
        say(f"{line(ended.name)} is here. Ended: away from {moment(ended.since, zone)}, until {_until(ended, zone)}")


@staff.command("suggest", cls=Told, examples=("complaintkit staff suggest CK-EHQ6-7X6D --skill refunds",))
@click.argument("reference")
@click.option("--role", default="", metavar="ROLE", help="Only who has this role.")
@click.option("--skill", default="", metavar="SKILL", help="Only who can do this; else what its category needs.")
@looking
@timed
def suggest(
    reference: str, role: str, skill: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool
) -> None:
    """Show who could be offered a complaint: at work, able, not concerned, and with least to do first."""
    with shown_to(settings, look, now) as kit:
        found = kit.suggest(reference, role=role.strip(), skill=skill.strip(), now=now)
        listed = bool(kit.policy.staff)
    if as_json:
        say_json(found)
        return
    say_table(("name", "open", "skills"), [(one.name, one.load, ", ".join(one.skills)) for one in found])
    if not listed:
        talk("Nobody is listed in [policy.staff], so nobody can be suggested.")
    elif not found:
        talk("Nobody fits: ask for less, or see `complaintkit staff list` for who is away.")
    else:
        talk(f'complaintkit cases act {line(reference)} hand-over --to {found[0].name} --reason "..." --by NAME')


@staff.command(
    "hand-over-all",
    cls=Told,
    examples=('complaintkit staff hand-over-all irina --to oleg --reason "irina is ill" --by lena',),
)
@click.argument("name")
@click.option("--to", required=True, metavar="NAME", help="The person or role they are offered to.")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--until", type=Day(), metavar="DAY", help="Until when the offers stand; else as the policy says.")
@click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help="Who offers them: a superior.")
@timed
def hand_over_all(
    name: str, to: str, reason: str, until: "date | None", by: str, now: datetime | None, settings: Path | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Offer all open complaints of somebody to somebody else; each one still has to be accepted."""
    with shown_to(settings, Look(by.strip()), now) as kit:
        _check(kit, name)
        end = end_of(until, kit.policy.zone) if until else None
        found = kit.hand_over_all(name, to, by=by, reason=reason, until=end, now=now)
    refused = [one for one in found if one.why_not]
    if as_json:
        say_json(found)
    else:
        for one in found:
            say(f"{one.reference}  {line(one.why_not) or 'offered to ' + line(to)}")
        offered = len(found) - len(refused)
        talk(f"{counted(offered, 'complaint')} offered; {line(name)} stays responsible until each is accepted.")
    return FAILED if refused else 0


def _until(away: "Away | None", zone: tzinfo) -> str:
    if away is None:
        return ""
    return moment(away.until, zone) if away.until else "back"


def _check(kit: "ComplaintKit | View", *names: str) -> None:
    """Take a name of nobody for what it is: a slip at the command line."""
    roster = kit.policy.roster
    for name in names:
        if name and roster.members and roster.member(name) is None and not roster.is_role(name):
            known = [one.name for one in roster.members]
            raise click.UsageError(f"there is nobody called {name!r} here; there are: {', '.join(known)}")
