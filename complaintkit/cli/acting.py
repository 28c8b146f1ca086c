"""`complaintkit cases act REF ACTION`: every action, its options made from the action's own fields."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

import click

from complaintkit.case.actions import ACTIONS, Action
from complaintkit.case.actions.describing import IN_CASE, FieldOfAction, fields_of
from complaintkit.cli.cases import title, whole
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Amount, Day, Look, end_of, looking, timed
from complaintkit.cli.show import line, say, say_json, talk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaintkit.app import Complaint, ComplaintKit, View
    from complaintkit.case.actions.describing import Standing

T = TypeVar("T")
EXAMPLES: Final = {
    "reply": '--text "We are looking into it." --by irina',
    "assess": "--category refund --severity high --by irina",
    "hand_over": '--to oleg --reason "knows the carrier" --by irina',
    "wait": '--until 2026-03-09T10:00+03:00 --reason "asked for a photo" --by irina',
    "propose": '--outcome upheld --remedy refund --text "You are right, ..." --by irina',
    "resolve": '--evidence "said so on the telephone" --by irina',
    "withdraw": '--evidence "said so on the telephone" --by irina',
}
_WITH_VALUE: Final = ("--settings", "--now", "--by", "--reason")
_HELP: Final = ("-h", "--help")
# From this many words on they are not listed beside an option, but in its help.
_FEW: Final = 4
_TYPES: Final[dict[str, Any]] = {"text": str, "texts": str, "number": int, "amount": Amount(), "moment": Day()}
_METAVARS: Final = {"text": "TEXT", "texts": "TEXT", "number": "N", "amount": "AMOUNT", "moment": "DAY"}
_SAMPLES: Final = {"text": '"..."', "texts": '"..."', "number": "1", "amount": "25.00", "moment": "2026-03-09"}


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
    return f"--{_option_name(field.name)} {words}"


def _shown(fields: "Iterable[FieldOfAction]") -> list[dict[str, Any]]:
    return [
        {
            "option": _option_name(one.name), "required": one.required, "help": one.help, "type": one.type,
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
        talk("Notices that follow wait in the outbox; `complaintkit work` delivers them.")

    path = f"complaintkit cases act CK-EHQ6-7X6D {action.name}"
    return command_of(action.name, action.help, fields_of(action), (path, EXAMPLES.get(action.name, "")), do, tell)


def command_of(
    name: str,
    help: str,
    fields: "Sequence[FieldOfAction]",
    example: tuple[str, str],
    do: Callable[["ComplaintKit | View", str, dict[str, Any], str, "datetime | None", "int | None"], T],
    tell: Callable[["ComplaintKit | View", T, datetime, bool], None],
    seen: bool = True,
) -> click.Command:
    """Return a command whose options are made from fields.

    Args:
        name: Its name.
        help: What it does.
        fields: What it asks for.
        example: What is typed before the options, and the options; where those are empty they are made up.
        do: Does it: with the kit, the reference, what was given, who acts, when, and the version that was seen.
        tell: Prints what came of it.
        seen: Whether there is something whose version can have been seen.
    """
    path, shown = example
    shown = shown or " ".join(
        [*(f"--{_option_name(one.name)} {_example(one)}" for one in fields if one.required), "--by irina"]
    )

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        by: str,
        now: datetime | None,
        settings: Path | None,
        as_json: bool,
        **given: Any,
    ) -> None:
        around = ctx.parent.params if ctx.parent else {}
        reference, version = given.pop("reference", around.get("reference", "")), given.pop("version", None)
        if given.get("text") == "-":
            given["text"] = sys.stdin.read()
        now = now or around.get("now")
        with shown_to(settings or around.get("settings"), Look(by.strip(), around.get("why", "")), now) as kit:
            exact = {
                field: end_of(value, kit.policy.zone) if isinstance(value, date) else value
                for field, value in given.items()
                if value is not None  # what was not given is left to the action's own default
            }
            done = do(kit, reference, exact, by, now, version)
            tell(kit, done, now or kit.clock(), as_json or around.get("as_json", False))

    command: Callable[..., None] = timed(run)
    if seen:
        told = "Only if it is still at the version you saw."
        command = click.option("--version", type=click.IntRange(1), metavar="N", help=told)(command)
    who = "Who acts; else taken from COMPLAINTKIT_BY."
    command = click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help=who)(command)
    for one in reversed(fields):
        command = _option(one)(command)
    return click.command(name, cls=Told, help=f"{help[:1].upper()}{help[1:]}.", examples=(f"{path} {shown}",))(command)


def _option(one: FieldOfAction) -> Callable[[Any], Any]:
    name = _option_name(one.name)
    help_ = one.help + ("; - reads it from standard input" if one.name == "text" else "")
    if one.type == "yes_no":
        return click.option(f"--{name}/--no-{name}", one.name, default=one.default == "yes", help=help_)
    # A default of None would count as an answer, and a needed option would never be missed.
    default: dict[str, Any] = {} if one.required or not one.default else {"default": one.default, "show_default": True}
    return click.option(
        f"--{name}",
        one.name,
        type=click.Choice(one.choices) if one.choices else _TYPES[one.type],
        metavar=None if one.choices else _METAVARS[one.type],
        multiple=one.type == "texts",
        required=one.required,
        callback=_filled if one.required else None,
        help=help_ + ("; may be repeated" if one.type == "texts" else ""),
        **default,
    )


def _option_name(field: str) -> str:
    return field.replace("_", "-")


def _example(one: FieldOfAction) -> str:
    if one.choices:
        return one.choices[0]
    return f"{one.of}-1" if one.of in IN_CASE else _SAMPLES[one.type]


def _filled(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise click.BadParameter("it cannot be empty", ctx, option)
    return value
