"""`complaintkit measures`: what an organisation owes itself; options are made from the fields of what is asked for."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from complaintkit.cli.acting import Act, show_standings
from complaintkit.cli.improvement import (
    EXAMPLE,
    action_command,
    listed,
    opening_command,
    period,
    row_of,
    say_improvement,
    say_list,
    shared,
    words,
)
from complaintkit.cli.kit import opened, shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Day, Look, common, looking, timed
from complaintkit.cli.show import counted, line, plain, say, say_json, say_table, talk
from complaintkit.improving.actions import ACTIONS, OPENINGS
from complaintkit.improving.describing import fields, table
from complaintkit.improving.lifecycle import Kind, State


class ActOn(Act):
    """Takes the reference of an improvement, then an action."""

    actions = ACTIONS
    where = "complaintkit measures act"

    def made(self, action: type[Any]) -> click.Command:
        """Return the command for an action."""
        return action_command(action, f"{self.where} {EXAMPLE} {action.name}")


class Add(Lazy):
    """Takes a kind; its options come from its fields."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all kinds."""
        return list(OPENINGS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command for a kind; a dash in its name is as good as an underscore."""
        opening = OPENINGS.get(cmd_name.replace("-", "_"))
        return opening_command(opening, f"complaintkit measures add {opening.name}") if opening else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the kinds."""
        with formatter.section("Kinds"):
            formatter.write_dl([(name, opening.help) for name, opening in OPENINGS.items()])


@click.group(cls=Lazy, examples=("complaintkit measures list --owner oleg", f"complaintkit measures show {EXAMPLE}"))
def measures() -> None:
    """What you owe yourselves: measures, suggestions, findings, trainings, procedures, circles."""


@measures.command("list", cls=Told, examples=("complaintkit measures list --cause packaging",))
@click.option("--open/--over", "is_open", default=True, help="Those to be done (default), or those that are over.")
@click.option("--all", "both", is_flag=True, help="Both.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([*Kind]), help="Of this kind; may be repeated.")
@click.option("--state", "states", multiple=True, type=click.Choice([*State]), help="In this state; may be repeated.")
@click.option("--owner", default="", metavar="NAME", help="Of this owner or deputy.")
@click.option("--complaint", default="", metavar="REF", help="That belong to this complaint.")
@click.option("--cause", default="", metavar="CODE", help="Against this cause.")
@click.option("--category", default="", metavar="CODE", help="About this.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out first.")
@looking
@timed
def list_(
    is_open: bool, both: bool, look: Look, now: datetime | None, settings: Path | None, as_json: bool, **narrow: Any
) -> None:
    """List improvements, the open ones with the most urgent first."""
    which = listed(is_open=None if both or narrow["states"] else is_open, **narrow)
    with shown_to(settings, look, now) as kit:
        say_list(kit, which, now or kit.clock(), as_json)


@measures.command("show", cls=Told, examples=(f"complaintkit measures show {EXAMPLE}",))
@click.argument("reference")
@looking
@timed
def show(reference: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Show an improvement: where it stands, what is owed by when, and its file from the beginning."""
    with shown_to(settings, look, now) as kit:
        one, file, now = kit.improvement(reference), kit.improvement_file(reference), now or kit.clock()
        zone = kit.policy.zone
    if as_json:
        entries = [{"seq": filed.seq, "kind": filed.entry.kind, **plain(filed.entry)} for filed in file]
        say_json({**row_of(one, now), "file": entries})
    else:
        say_improvement(one, file, zone, now)


@measures.group(
    "add",
    cls=Add,
    subcommand_metavar="KIND [OPTIONS]",
    examples=("complaintkit measures add suggestion --help",),
)
def add() -> None:
    """Open an improvement."""


@measures.group(
    "act", cls=ActOn, invoke_without_command=True, subcommand_metavar="[ACTION [OPTIONS]]",
    examples=(f"complaintkit measures act {EXAMPLE} start --by oleg", f"complaintkit measures act {EXAMPLE}"),
)  # fmt: skip
@click.argument("reference")
@looking
@timed
@click.pass_context
def act(
    ctx: click.Context, reference: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool
) -> None:
    """Do something with an improvement. Without an action, show which are possible now, and why the others are not."""
    if ctx.invoked_subcommand is not None:
        return
    with shown_to(settings, look, now) as kit:
        one, standings = kit.improvement(reference), kit.possible_with(reference)
    what = f"{one.reference} is {words(one.state)} (version {one.version}): {line(str(one.title))}"
    facts = {"reference": one.reference, "version": one.version, "kind": one.kind, "state": one.state}
    show_standings(what, facts, standings, f"complaintkit measures act {one.reference}", as_json)


@measures.command("needs", cls=Told, examples=("complaintkit measures needs --since 2026-01-01 --until 2026-04-01",))
@click.option("--since", required=True, type=Day(), metavar="DAY", help="Complaints from this day on.")
@click.option("--until", required=True, type=Day(), metavar="DAY", help="Complaints before this day.")
@looking
@timed
def needs(since: date, until: date, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Show what people should be trained in, as complaints show it."""
    with shown_to(settings, look, now) as kit:
        found = kit.training_needs(*period(kit, since, until))
    if as_json:
        say_json(list(found))
        return
    say_table(("topic", "because"), [(one.topic, one.because) for one in found])
    talk("Plan one with `complaintkit measures add training`." if found else "None.")


@measures.command("loops", cls=Told, examples=("complaintkit measures loops --since 2026-01-01 --until 2026-04-01",))
@click.option("--since", required=True, type=Day(), metavar="DAY", help="Complaints closed from this day on.")
@click.option("--until", required=True, type=Day(), metavar="DAY", help="Complaints closed before this day.")
@looking
@timed
def loops(since: date, until: date, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Count closed complaints whose loop is closed: cause looked for, measure decided, feedback confirmed."""
    with shown_to(settings, look, now) as kit:
        found = kit.closure(*period(kit, since, until))
    if as_json:
        say_json({**plain(found), "share": found.share})
    else:
        have = "has" if found.closed == 1 else "have"
        cases = counted(found.cases, "closed complaint")
        say(f"{found.closed} of {cases} {have} a closed loop{shared(found.share)}.")


@measures.command("actions", cls=Told, examples=("complaintkit measures actions",))
@click.option("--markdown", is_flag=True, help="Print the tables as Markdown.")
@common
def actions(markdown: bool, settings: Path | None, as_json: bool) -> None:
    """List what can be opened and asked: by which roles, in which states, and where that leads."""
    with opened(settings, ready=False) as kit:
        permissions = kit.policy.permissions
    if as_json:
        kinds = [{"kind": name, "help": one.help, "fields": plain(fields(one))} for name, one in OPENINGS.items()]
        rows = [{**plain(row), "fields": plain(fields(ACTIONS[row.action]))} for row in table(permissions)]
        say_json({"kinds": kinds, "actions": rows})
    elif markdown:
        for text in as_markdown(permissions):
            say(text)
    else:
        rows_ = [(row.action, row.help, _several(row.kinds), ", ".join(row.moves), ", ".join(row.roles))
                 for row in table(permissions)]  # fmt: skip
        say_table(("action", "what it does", "kinds", "states", "roles"), rows_)


def as_markdown(permissions: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the catalogue as the lines of two Markdown tables: what can be opened, and what can be asked."""
    lines = ["| Kind | What it does | It asks for | Roles |", "|---|---|---|---|"]
    for name, opening in OPENINGS.items():
        roles = ", ".join(permissions.get(f"improving.{name}", ()))
        lines.append(f"| `{name}` | {opening.help} | {_options(opening)} | {roles} |")
    lines += ["", "| Action | What it does | It asks for | Kinds | States | Roles |", "|---|---|---|---|---|---|"]
    for row in table(permissions):
        moves = words("<br>".join(row.moves))
        asks, roles = _options(ACTIONS[row.action]), ", ".join(row.roles)
        lines.append(f"| `{row.action}` | {row.help} | {asks} | {_several(row.kinds)} | {moves} | {roles} |")
    return lines


def _options(described: Any) -> str:
    return ", ".join(f"`--{one.name.replace('_', '-')}`" for one in fields(described))


def _several(kinds: tuple[str, ...]) -> str:
    return "every kind" if len(kinds) == len(Kind) else words(", ".join(kinds))
