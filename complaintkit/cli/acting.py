"""`complaintkit cases act REF ACTION`: every action, its options made from the action's own fields."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from complaintkit.case.actions import ACTIONS, Action, why_not
from complaintkit.case.lifecycle import LIFE_CYCLE, possible
from complaintkit.cli.cases import title, whole
from complaintkit.cli.kit import opened
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Day, end_of, timed
from complaintkit.cli.show import line, say, say_json, talk

if TYPE_CHECKING:
    from complaintkit.app import Complaint

EXAMPLES: Final = {
    "reply": '--text "We are looking into it." --by irina',
    "assess": "--category refund --severity high --by irina",
    "assign": "--owner oleg --by irina",
    "wait": '--until 2026-03-09T10:00+03:00 --reason "asked for a photo" --by irina',
    "propose": '--outcome upheld --remedy refund --text "You are right, ..." --by irina',
    "resolve": '--evidence "said so on the telephone" --by irina',
    "withdraw": '--evidence "said so on the telephone" --by irina',
}
_WITH_VALUE: Final = ("--settings", "--now")
_HELP: Final = ("-h", "--help")


class Act(Lazy):
    """Takes a reference, then an action; the options of an action come from its fields."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all actions."""
        return list(ACTIONS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command for an action; a dash in its name is as good as an underscore."""
        action = ACTIONS.get(cmd_name.replace("-", "_"))
        return command_for(action) if action else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the action; for an unknown one name them all, and how to see which are possible now."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            reference = ctx.params.get("reference", "REF")
            raise click.UsageError(
                f"there is no action {args[0]!r}; there are: {', '.join(ACTIONS)}. "
                f"`complaintkit cases act {reference}` shows which are possible now",
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
            formatter.write_dl([(name, action.help) for name, action in ACTIONS.items()])


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
@timed
@click.pass_context
def act(ctx: click.Context, reference: str, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Do something with a complaint. Without an action, show which are possible now, and why the others are not."""
    if ctx.invoked_subcommand is None:
        with opened(settings) as kit:
            case = kit.case(reference)
        show_possible(case, as_json)


def show_possible(case: "Complaint", as_json: bool) -> None:
    """Print what can be done with a complaint as it stands, and why the rest cannot."""
    here = possible(case.stage)
    if as_json:
        say_json(
            {
                "reference": case.reference,
                "version": case.version,
                "stage": case.stage,
                "possible": [
                    {"action": name, "help": ACTIONS[name].help, "fields": _fields(ACTIONS[name])}
                    for name in ACTIONS
                    if name in here
                ],
                "impossible": {name: why_not(name, case.stage) for name in ACTIONS if name not in here},
            }
        )
        return
    say(f"{case.reference} is {str(case.stage).replace('_', ' ')} (version {case.version}): {title(case)}")
    say("\nPossible now")
    for name in (name for name in ACTIONS if name in here):
        needs = " ".join(f"--{one['option']} ..." for one in _fields(ACTIONS[name]) if one["required"])
        say(f"  {name:10}  {ACTIONS[name].help}" + (f"  ({needs})" if needs else ""))
    say("\nNot now")
    for name in (name for name in ACTIONS if name not in here):
        stages = ", ".join(stage.replace("_", " ") for action, stage in LIFE_CYCLE if action == name)
        say(f"  {name:10}  only when it is {stages}")
    talk(f"\nMore on one: complaintkit cases act {case.reference} {here[0]} --help")


def command_for(action: type[Action]) -> click.Command:
    """Return the command for an action."""
    shown = EXAMPLES.get(action.name) or " ".join(
        [*(f'--{one["option"]} "..."' for one in _fields(action) if one["required"]), "--by irina"]
    )
    command: Callable[..., None] = _doing(action)
    command = timed(command)
    command = click.option(
        "--version", type=click.IntRange(1), metavar="N", help="Only if it is still at the version you saw."
    )(command)
    command = click.option(
        "--by",
        required=True,
        envvar="COMPLAINTKIT_BY",
        metavar="NAME",
        help="Who acts; else taken from COMPLAINTKIT_BY.",
    )(command)
    for one in reversed(attrs.fields(attrs.resolve_types(action))):
        command = _option(one)(command)
    help_ = f"{action.help[:1].upper()}{action.help[1:]}."
    examples = (f"complaintkit cases act CK-EHQ6-7X6D {action.name} {shown}",)
    return click.command(action.name, cls=Told, help=help_, examples=examples)(command)


def _option(one: "attrs.Attribute[Any]") -> Callable[[Any], Any]:
    timed_ = one.type is datetime
    needed = one.default is attrs.NOTHING
    # A default of None would count as an answer, and a needed option would never be missed.
    default: dict[str, Any] = {} if needed else {"default": one.default, "show_default": one.default != ""}
    return click.option(
        f"--{one.name.replace('_', '-')}",
        one.name,
        type=Day() if timed_ else str,
        metavar="DAY" if timed_ else "TEXT",
        required=needed,
        callback=_filled if needed else None,
        **default,
        help=one.metadata.get("help", "") + ("; - reads it from standard input" if one.name == "text" else ""),
    )


def _filled(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise click.BadParameter("it cannot be empty", ctx, option)
    return value


def _fields(action: type[Action]) -> list[dict[str, Any]]:
    return [
        {
            "option": one.name.replace("_", "-"),
            "required": one.default is attrs.NOTHING,
            "help": one.metadata.get("help", ""),
        }
        for one in attrs.fields(action)
    ]


def _doing(action: type[Action]) -> Callable[..., None]:
    @click.pass_context
    def do(
        ctx: click.Context,
        /,
        by: str,
        version: int | None,
        now: datetime | None,
        settings: Path | None,
        as_json: bool,
        **fields: Any,
    ) -> None:
        given = ctx.parent.params if ctx.parent else {}
        if fields.get("text") == "-":
            fields["text"] = sys.stdin.read()
        now = now or given.get("now")
        with opened(settings or given.get("settings")) as kit:
            exact = {
                name: end_of(value, kit.policy.zone) if isinstance(value, date) else value
                for name, value in fields.items()
            }
            case = kit.act(given["reference"], action(**exact), by=by, now=now, version=version)
            told = whole(case, now or kit.clock())
        if as_json or given.get("as_json"):
            say_json(told)
        else:
            stage = str(case.stage).replace("_", " ")
            say(
                f"{case.reference}: {action.name.replace('_', ' ')} done. "
                f"It is {stage} now; {line(case.owner)} is responsible."
            )
            talk("Notices that follow wait in the outbox; `complaintkit work` delivers them.")

    return do
