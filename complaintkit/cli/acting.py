"""`complaintkit cases act REF ACTION`: every action, its options made from the action's own fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import click

from complaintkit.case.actions import ACTIONS, Action
from complaintkit.case.actions.describing import fields_of
from complaintkit.cli.cases import title, whole
from complaintkit.cli.from_fields import command_of, option_name
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy
from complaintkit.cli.options import Look, looking, timed
from complaintkit.cli.show import line, say, say_json, talk
from complaintkit.cli.timeline import phrase_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from complaintkit.app import Complaint, ComplaintKit, View
    from complaintkit.case.actions.describing import FieldOfAction, Standing

EXAMPLES: Final = {
    "reply": '--text "We are looking into it." --by irina',
    "assess": "--category refund --severity high --by irina",
    "hand_over": '--to oleg --reason "knows the carrier" --by irina',
    "wait": '--until 2026-03-09T10:00+03:00 --reason "asked for a photo" --by irina',
    "propose": '--outcome upheld --remedy refund --amount 25 --currency EUR --text "You are right, ..." --by irina',
    "resolve": '--evidence "said so on the telephone" --by irina',
    "withdraw": '--evidence "said so on the telephone" --by irina',
}
_WITH_VALUE: Final = ("--settings", "--now", "--by", "--reason")
_HELP: Final = ("-h", "--help")
# From this many words on they are not listed beside an option, but in its help.
_FEW: Final = 4


class Act(Lazy):
    """Takes a reference, then an action; the options of an action come from its fields.

    Attributes:
        actions: The actions there are.
        where: What stands before the reference on the command line.
    """

    actions: ClassVar[Mapping[str, Any]] = ACTIONS
    where: ClassVar[str] = "complaintkit cases act"

    def made(self, action: type[Any]) -> click.Command:
        """Return the command for an action."""
        return command_for(action)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all actions."""
        return list(self.actions)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command for an action; a dash in its name is as good as an underscore."""
        action = self.actions.get(cmd_name.replace("-", "_"))
        return self.made(action) if action else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the action; for an unknown one name them all, and how to see which are possible now."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            reference = ctx.params.get("reference", "REF")
            raise click.UsageError(
                f"there is no action {args[0]!r}; there are: {', '.join(self.actions)}. "
                f"`{self.where} {reference}` shows which are possible now",
                ctx,
            )
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the reference, with options on either side of it; after `REF --help` there is no action."""
        own: list[str] = []
        reference: list[str] = []
        place = 0
        while place < len(args) and not (reference and not args[place].startswith("-")):
            step = 2 if args[place] in _WITH_VALUE else 1
            (own if args[place].startswith("-") and args[place] != "-" else reference).extend(
                args[place : place + step]
            )
            place += step
        if reference:
            own = [option for option in own if option not in _HELP]
        return super().parse_args(ctx, [*own, *reference, *args[place:]])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the actions."""
        with formatter.section("Actions"):
            formatter.write_dl([(name, action.help) for name, action in self.actions.items()])


@click.group(
    cls=Act,
    invoke_without_command=True,
    subcommand_metavar="[ACTION [OPTIONS]]",
    examples=(
        'complaintkit cases act CK-EHQ6-7X6D reply --text "We are looking into it." --by irina',
        "complaintkit cases act CK-EHQ6-7X6D",
    ),
)
@click.argument("reference")
@looking
@timed
@click.pass_context
def act(
    ctx: click.Context, reference: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool
) -> None:
    """Do something with a complaint. Without an action, show which are possible now, and why the others are not."""
    if ctx.invoked_subcommand is None:
        with shown_to(settings, look, now) as kit:
            case = kit.case(reference)
            standings = kit.possible(reference)
        what = f"{case.reference} is {_words(case.stage)} (version {case.version}): {title(case)}"
        facts = {"reference": case.reference, "version": case.version, "stage": case.stage}
        show_standings(what, facts, standings, f"complaintkit cases act {case.reference}", as_json)


def show_standings(
    what: str, facts: Mapping[str, Any], standings: "Iterable[Standing]", where: str, as_json: bool
) -> None:
    """Print what can be done now, and why the rest cannot.

    Args:
        what: What it can be done with, in a line.
        facts: The same as data.
        standings: The actions.
        where: What is typed before an action.
        as_json: Print data.
    """
    standings = tuple(standings)
    able = [one for one in standings if one.possible]
    if as_json:
        say_json(
            {
                **facts,
                "possible": [{"action": one.action, "help": one.help, "fields": _shown(one.fields)} for one in able],
                "impossible": {one.action: one.why_not for one in standings if not one.possible},
            }
        )
        return
    say(what)
    wide = max(len(one.action) for one in standings)
    say("\nPossible now" if able else "\nNothing is possible now")
    for subject, several in _by(able, lambda one: one.subject).items():
        if subject:
            say(f" {subject.replace('_', ' ')}", bold=True)
        for one in several:
            needs = " ".join(_asks(field) for field in one.fields if field.required)
            say(f"  {one.action:{wide}}  {one.help}" + (f"  ({needs})" if needs else ""))
    say("\nNot now")
    for why, several in _by((one for one in standings if not one.possible), lambda one: _short(one.why_not)).items():
        say(f"  {why}: {', '.join(one.action for one in several)}")
    first = able[0].action if able else "note"
    talk(f"\nMore on one: {where} {first} --help")


def _by(standings: "Iterable[Standing]", key: "Callable[[Standing], str]") -> "dict[str, list[Standing]]":
    found: dict[str, list[Standing]] = {}
    for one in standings:
        found.setdefault(key(one), []).append(one)
    return found


def _asks(field: "FieldOfAction") -> str:
    words = "|".join(field.choices) if field.choices and len(field.choices) <= _FEW else "..."
    return f"--{option_name(field.name)} {words}"


def _shown(fields: "Iterable[FieldOfAction]") -> list[dict[str, Any]]:
    return [
        {
            "option": option_name(one.name), "required": one.required, "help": one.help, "type": one.type,
            "choices": list(one.choices), "default": one.default,
        }
        for one in fields
    ]  # fmt: skip


def _short(why: str) -> str:
    """Return a refusal without what stands above anyway: the present stage and what is possible there."""
    _, found, after = why.partition("is possible only when it is ")
    return f"only when it is {after.partition('. Possible now')[0].replace('_', ' ')}" if found else why


def _words(stage: object) -> str:
    return str(stage).replace("_", " ")


def _followed(kit: "ComplaintKit | View", case: "Complaint") -> "Iterator[str]":
    """Yield what was put on file by the last step, in a few words each; nothing of a confidential case."""
    if case.secrecy:
        return
    file = [one.entry for one in kit.file(case.reference)]
    for entry in file:
        if entry.at == file[-1].at and not entry.aside:
            yield phrase_of(entry, kit.policy.zone)


def command_for(action: type[Action]) -> click.Command:
    """Return the command for an action on a complaint."""

    def do(
        kit: "ComplaintKit | View",
        reference: str,
        given: dict[str, Any],
        by: str,
        now: datetime | None,
        version: int | None,
    ) -> "Complaint":
        return kit.act(reference, action(**given), by=by, now=now, version=version)

    def tell(kit: "ComplaintKit | View", case: "Complaint", now: datetime, as_json: bool) -> None:
        if as_json:
            say_json(whole(case, now))
            return
        done = f"{action.name.replace('_', ' ')} done"
        say(f"{case.reference}: {done}. It is {_words(case.stage)} now; {line(case.owner)} is responsible.")
        for what in _followed(kit, case):
            say(f"  {what}")
        talk("What has to be told waits in the outbox; `complaintkit work` delivers it.")

    path = f"complaintkit cases act CK-EHQ6-7X6D {action.name}"
    return command_of(action.name, action.help, fields_of(action), (path, EXAMPLES.get(action.name, "")), do, tell)
