"""Commands made from fields: what an action or an opening asks for becomes the options of its command."""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from complaintkit.case.actions.describing import IN_CASE, FieldOfAction
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Amount, Day, Look, end_of, timed

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, View

T = TypeVar("T")
_TYPES: Final[dict[str, Any]] = {"text": str, "texts": str, "number": int, "amount": Amount(), "moment": Day()}
_METAVARS: Final = {"text": "TEXT", "texts": "TEXT", "number": "N", "amount": "AMOUNT", "moment": "DAY"}
_SAMPLES: Final = {
    "yes_no": "", "text": '"..."', "texts": '"..."', "number": "1", "amount": "25.00", "moment": "2026-03-09",
}  # fmt: skip


def command_of(
    name: str,
    help: str,
    fields: Sequence[FieldOfAction],
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
        [*(f"--{option_name(one.name)} {_example(one)}" for one in fields if one.required), "--by irina"]
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

    command = _with_options(timed(run), fields, seen)
    return click.command(name, cls=Told, help=f"{help[:1].upper()}{help[1:]}.", examples=(f"{path} {shown}",))(command)


def _with_options(command: Callable[..., None], fields: Sequence[FieldOfAction], seen: bool) -> Callable[..., None]:
    """Give a command who acts, the version that was seen, and an option for each field."""
    if seen:
        told = "Only if it is still at the version you saw."
        command = click.option("--version", type=click.IntRange(1), metavar="N", help=told)(command)
    who = "Who acts; else taken from COMPLAINTKIT_BY."
    command = click.option("--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help=who)(command)
    for one in reversed(fields):
        command = _option(one)(command)
    return command


def _option(one: FieldOfAction) -> Callable[[Any], Any]:
    name = option_name(one.name)
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


def option_name(field: str) -> str:
    """Return the option of a field, without its dashes."""
    return field.replace("_", "-")


def _example(one: FieldOfAction) -> str:
    if one.choices:
        return one.choices[0]
    return f"{one.of}-1" if one.of in IN_CASE else _SAMPLES[one.type]


def _filled(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise click.BadParameter("it cannot be empty", ctx, option)
    return value
