"""`complaintkit cases explain`: why each deadline of a case is when it is."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import asdict

from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Look, looking, timed
from complaintkit.cli.show import line, moment, say, say_json, talk
from complaintkit.cli.timeline import length
from complaintkit.errors import NotFound

if TYPE_CHECKING:
    from complaintkit.policy.explaining import Explanation

_WIDE: Final = 12


@click.command(
    cls=Told,
    examples=(
        "complaintkit cases explain CK-EHQ6-7X6D",
        "complaintkit cases explain CK-EHQ6-7X6D --clock final_response",
    ),
)
@click.argument("reference")
@click.option("--clock", "name", default="", metavar="NAME", help="Only the deadline of this name.")
@looking
@timed
def explain(reference: str, name: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Tell why each deadline is when it is: what counts, line by line, what happened to it, and what comes next.

    It is reckoned anew from what is on file, by what reckons every deadline.
    """
    with shown_to(settings, look, now) as kit:
        found, zone = kit.explain(reference, now), kit.policy.zone
    names = ", ".join(one.name for one in found)
    wanted = name.strip()
    if wanted and wanted not in {one.name for one in found}:
        raise NotFound(reference, f"has no deadline {wanted!r}; it has {names or 'none at all'}")
    chosen = [one for one in found if wanted in ("", one.name)]
    if as_json:
        say_json([_document(one) for one in chosen])
        return
    for place, one in enumerate(chosen):
        if place:
            say()
        _say_one(one, zone)
    if not chosen:
        talk("It has no deadlines.")


def _document(one: "Explanation") -> dict[str, Any]:
    return {**asdict(one, recurse=False), "late_by": one.late_by.total_seconds()}


def _say_one(one: "Explanation", zone: tzinfo) -> None:
    say(f"{line(one.name)}  due {moment(one.due_at, zone)}  {_standing(one, zone)}", bold=True)
    for name, value in _facts(one, zone):
        say(f"  {name:{_WIDE}}{line(value)}")
    for place, text in enumerate(one.lines):
        say(f"  {'' if place else 'reckoned':{_WIDE}}{line(text)}")
    for place, text in enumerate(_history(one, zone)):
        say(f"  {'' if place else 'before':{_WIDE}}{line(text)}")
    if one.next_at:
        say(f"  {'next':{_WIDE}}{moment(one.next_at, zone)} {one.next}")


def _standing(one: "Explanation", zone: tzinfo) -> str:
    late = f"{length(one.late_by)}{' of working time' * one.in_working_time} late" if one.late_by else ""
    if one.settled_at:
        return f"{one.state} {moment(one.settled_at, zone)}" + (f", {late}" if late else "")
    if late:
        return f"BROKEN, {late}" + (", by recalculation" if one.by_recalculation else "")
    return f"{one.state}, BROKEN before" if one.late else one.state


def _facts(one: "Explanation", zone: tzinfo) -> Iterator[tuple[str, str]]:
    yield "what", f"{one.kind.replace('_', ' ')}, {one.basis}" + (f", for {one.who}" if one.who else "")
    if one.rules:
        yield "rules", f"{one.rules} {one.version}"
    yield "standard", one.standard + (f" (policy {one.version})" if one.version and not one.rules else "")
    if one.calendar:
        yield "calendar", f"{one.calendar}, {one.zone}"
    yield "started", moment(one.started_at, zone)
    noted = [word for word, so in (("reminded", one.warned), ("broken", one.overdue)) if so]
    noted += [f"escalated to level {one.level}"] if one.level else []
    if noted:
        yield "on file", ", ".join(noted)


def _history(one: "Explanation", zone: tzinfo) -> Iterator[str]:
    for change in one.changes:
        until = moment(change.at, zone)
        yield f"until {until} under {change.standard}, due {moment(change.due_at, zone)}"
    if one.broken_at:
        yield f"broken on {moment(one.broken_at, zone)}, which stays on record"
