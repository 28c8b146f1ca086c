"""How commands list, show and change improvements; `measures` and `circles` share it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.cli.from_fields import command_of
from complaintkit.cli.options import moment_of
from complaintkit.cli.show import line, moment, plain, say, say_json, say_table, talk
from complaintkit.improving.actions import Action, Opening
from complaintkit.improving.describing import fields

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, Improvement, View, Which
    from complaintkit.store.improving import FiledImprovement

COLUMNS: Final = ("reference", "due", "", "kind", "state", "owner", "deputy", "what")
DROPPED: Final = ("deputy", "kind", "what", "owner")
EXAMPLE: Final = "IM-EHQ6-7X6D"
EXAMPLES: Final[Mapping[str, str]] = {
    "corrective_action": '--title "Pack cups in two boxes" --due 2026-04-01 --categories delivery-damaged --by irina',
    "review_circle": '--title "Weekly look" --first 2026-03-02 --unit week --on mon --deputy oleg --by irina',
    "implement": '--evidence "new boxes in use since Monday" --by oleg',
    "hold": f'--notes "half of them are broken cups" --decided {EXAMPLE} --by irina',
    "tell": '--to packing --text "Every second complaint is a broken cup." --by irina',
    "confirm": "--by quality",
}
OPENED: Final = "opened"
# Of an entry these are told by what follows from them, or stand in the line anyway.
_LEFT_OUT: Final = frozenset(
    {"at", "by", "reference", "clocks", "next", "told", "measure", "circle", "sweep", "training", "procedure", "rhythm"}
)


def words(word: object) -> str:
    """Return a code as people read it."""
    return str(word).replace("_", " ")


def due_of(one: "Improvement") -> datetime | None:
    """Return the next date to keep, or to have kept; `Improvement.due_at` may be a reminder before it."""
    return min((clock.due_at for clock in one.clocks if one.runs(clock)), default=None)


def row_of(one: "Improvement", now: datetime) -> dict[str, Any]:
    """Return all of an improvement as JSON-able data."""
    return {**plain(one), "open": one.open, "overdue": [clock.name for clock in one.overdue_at(now)]}


def say_list(kit: "ComplaintKit | View", which: "Which", now: datetime, as_json: bool) -> None:
    """Print a list of improvements; `which` asks for one more than is shown."""
    found, zone, limit = kit.improvements(which), kit.policy.zone, which.limit - 1
    if as_json:
        say_json([row_of(one, now) for one in found[:limit]])
        return
    say_table(COLUMNS, [_cells(one, now, zone) for one in found[:limit]], drop=DROPPED, shorten=("owner", "what"))
    if len(found) > limit:
        talk(f"There are more; see them with --offset {which.offset + limit} or a higher --limit.")
    elif not found:
        talk("None.")


def _cells(one: "Improvement", now: datetime, zone: tzinfo) -> tuple[object, ...]:
    late = "late" if one.overdue_at(now) else ""
    return (
        one.reference, moment(due_of(one), zone), late, words(one.kind), words(one.state), one.owner, one.deputy,
        line(str(one.title)),
    )  # fmt: skip


def say_improvement(one: "Improvement", file: "Iterable[FiledImprovement]", zone: tzinfo, now: datetime) -> None:
    """Print an improvement: what it is, its dates, what is owed, and its file."""
    say(f"{one.reference}  {words(one.kind)}  {words(one.state)}", bold=True)
    say(line(str(one.title)))
    if one.text and str(one.text) != str(one.title):
        say(str(one.text))
    say()
    for name, value in _facts(one):
        say(f"{name:12}  {value}")
    say()
    rows = [
        (clock.name, moment(clock.due_at, zone), clock.who or one.owner, "late" if clock.late_at(now) else "")
        for clock in one.clocks
        if one.runs(clock)
    ]
    if rows:
        say_table(("owed", "by", "whose", ""), rows)
        say()
    for filed in file:
        entry = filed.entry
        say(f"{moment(entry.at, zone)}  {line(entry.by)}: {words(entry.kind)}{_said(entry)}")


def _facts(one: "Improvement") -> Iterable[tuple[str, str]]:
    facts: list[tuple[str, object]] = [
        ("owner", one.owner), ("deputy", one.deputy), ("credit", one.credit), ("source", line(one.source)),
        ("level", one.level or ""), ("reopened", one.reopened or ""), ("postponed", one.postponed or ""),
        ("complaints", ", ".join(one.complaints)), ("causes", ", ".join(one.causes)),
        ("categories", ", ".join(one.categories)), ("follows from", ", ".join(one.improvements)),
        ("feedback", _feedback(one)),
    ]  # fmt: skip
    if one.measure:
        checks = "; ".join(f"{check.verdict}: {check.because}" for check in one.measure.checks)
        facts += [("form", one.measure.form), ("checks", checks)]
    if one.circle:
        facts += [("meets", one.circle.rhythm), ("owes", ", ".join(("notes", "decisions", *one.circle.outputs)))]
        facts += [("recipients", ", ".join(one.circle.recipients)), ("held", _held(one))]
    if one.sweep:
        found = "?" if one.sweep.found is None else str(one.sweep.found)
        facts += [("found by", one.sweep.criterion), ("people", f"{found} found, {one.sweep.remedied} put right")]
    if one.training:
        done = f"{len(one.training.completed)} of {len(one.training.participants)}"
        facts += [("topics", ", ".join(one.training.topics)), ("completed", done)]
    if one.procedure:
        readers = [telling for telling in one.told if not telling.asks]
        read = sum(telling.received_at is not None for telling in readers)
        facts += [("version", one.procedure.number), ("read by", f"{read} of {len(readers)}")]
    return [(name, line(str(value))) for name, value in facts if str(value)]


def _held(one: "Improvement") -> str:
    circle = one.circle
    return f"{circle.held}, {circle.kept} of them in time; {circle.missed} missed" if circle else ""


def _feedback(one: "Improvement") -> str:
    told = [telling for telling in one.told if telling.asks]
    answered = sum(telling.answered_at is not None for telling in told)
    confirmed = "confirmed" if one.confirmed_at else "not confirmed by all"
    return f"{len(told)} told, {confirmed}, {answered} answered" if told else ""


def _said(entry: object) -> str:
    """Return the words of an entry in one line."""
    parts = plain(entry).items()
    told = [f"{words(name)} {line(_word(value))}" for name, value in parts if name not in _LEFT_OUT and value]
    return f" ({'; '.join(told)})" if told else ""


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_word, value))
    if isinstance(value, dict):
        return " ".join(str(value[name]) for name in ("name", "to", "verdict", "because", "text") if value.get(name))
    return str(value)


def period(kit: "ComplaintKit | View", since: date, until: date) -> tuple[datetime, datetime]:
    """Return a period from the days a person typed.

    Raises:
        click.UsageError: It ends before it begins.
    """
    begin, end = (moment_of(day, kit.policy.zone) for day in (since, until))
    if begin is None or end is None or begin >= end:
        raise click.UsageError("--until has to lie after --since")
    return begin, end


def shared(share: float | None) -> str:
    """Return a share as it stands behind figures; nothing for none."""
    return "" if share is None else f", {share:.0%}"


def opening_command(opening: type[Opening], path: str, name: str = "") -> click.Command:
    """Return the command that opens an improvement of a kind."""

    def do(
        kit: "ComplaintKit | View", _: str, given: dict[str, Any], by: str, now: datetime | None, __: int | None
    ) -> "Improvement":
        return kit.improve(opening(**given), by=by, now=now)

    return _command(opening, path, name or opening.name, do, OPENED)


def action_command(action: type[Action], path: str) -> click.Command:
    """Return the command for an action on an improvement."""

    def do(
        kit: "ComplaintKit | View",
        reference: str,
        given: dict[str, Any],
        by: str,
        now: datetime | None,
        version: int | None,
    ) -> "Improvement":
        return kit.act_on(reference, action(**given), by=by, now=now, version=version)

    return _command(action, path, action.name, do, f"{words(action.name)} done")


def _command(described: type[Any], path: str, name: str, do: Any, done: str) -> click.Command:
    def tell(kit: "ComplaintKit | View", one: "Improvement", now: datetime, as_json: bool) -> None:
        if as_json:
            say_json(row_of(one, now))
            return
        due = due_of(one)
        then = f"; next date {moment(due, kit.policy.zone)}" if due else ""
        say(f"{one.reference}: {done}. It is {words(one.state)} now; {line(one.owner)} is responsible{then}.")
        talk("Notices that follow wait in the outbox; `complaintkit work` delivers them.")

    example = (path, EXAMPLES.get(described.name, ""))
    return command_of(name, described.help, fields(described), example, do, tell, seen=done != OPENED)


def listed(
    *, is_open: bool | None, kinds: Sequence[Any], states: Sequence[Any] = (), owner: str = "", complaint: str = "",
    cause: str = "", category: str = "", limit: int = 50, offset: int = 0,
) -> "Which":  # fmt: skip
    """Return which improvements to list, one more than is shown; what was typed is checked."""
    from complaintkit.app import Which
    from complaintkit.bound import checked

    return Which(
        open=is_open, kinds=tuple(kinds), states=tuple(states), person=owner, cause=cause, category=category,
        complaint=checked(complaint) if complaint else "", limit=limit + 1, offset=offset,
    )  # fmt: skip
