"""Groups that name their commands without importing them, and commands whose help opens with an example."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import click


class Told(click.Command):
    """A command whose help opens with examples."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the usual help."""
        show_examples(self.examples, formatter)
        super().format_help(ctx, formatter)


class Lazy(click.Group):
    """A group of commands, each known by a line of help and the place it is imported from when it is used.

    Args:
        lazy: Per command its place as `module:attribute` and its line of help.
        examples: What its help opens with.
    """

    command_class = Told

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, examples: tuple[str, ...] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lazy = dict(lazy or {})
        self.examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, then those of commands that are here already."""
        return [*self.lazy, *(name for name in super().list_commands(ctx) if name not in self.lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now if need be; `None` for an unknown one."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        return imported(self.lazy[cmd_name][0])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one say which names are near."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx), 3, 0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else f" `{ctx.command_path} --help` names them all."
            raise click.UsageError(f"there is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the usual help."""
        show_examples(self.examples, formatter)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their line of help, without importing any."""
        rows = [(name, told) for name, (_, told) in self.lazy.items()]
        rows += [
            (name, command.get_short_help_str(80)) for name, command in self.commands.items() if name not in self.lazy
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def imported(place: str) -> click.Command:
    """Return the command at `module:attribute`.

    Raises:
        click.ClickException: There is none.
    """
    module, _, attribute = place.partition(":")
    found = getattr(importlib.import_module(module), attribute, None)
    if not isinstance(found, click.Command):
        raise click.ClickException(f"{place} is no click command")
    return found


def show_examples(examples: tuple[str, ...], formatter: click.HelpFormatter) -> None:
    """Write the examples of a command."""
    if examples:
        with formatter.section("Example" if len(examples) == 1 else "Examples"):
            for example in examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
        formatter.write_paragraph()
