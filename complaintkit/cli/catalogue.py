"""`complaintkit actions`: everything that can be asked of a case: by whom, in which stage, and where it leads."""

from pathlib import Path

import click

from complaintkit.case.actions import ACTIONS
from complaintkit.case.actions.describing import fields_of, table
from complaintkit.cli.drawing import svg
from complaintkit.cli.kit import opened
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import common
from complaintkit.cli.show import plain, say, say_json, say_table, talk

COLUMNS = ("action", "what it does", "stages", "roles")


@click.command(cls=Told, examples=("complaintkit actions", "complaintkit actions --drawing life-cycle.svg"))
@click.option("--markdown", is_flag=True, help="Print the table as Markdown.")
@click.option(
    "--drawing",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the life cycle into a file (SVG) instead.",
)
@common
def actions(markdown: bool, drawing: Path | None, settings: Path | None, as_json: bool) -> None:
    """List what can be asked of a case: by which roles, in which stages, and where that leads."""
    if drawing is not None:
        drawing.write_text(svg(), encoding="utf-8")
        talk(f"Drew the life cycle into {drawing}.")
        return
    with opened(settings, ready=False) as kit:
        permissions = kit.policy.permissions
    rows = table(ACTIONS, permissions)
    if as_json:
        say_json(
            [
                {
                    "action": name, "help": help_, "stages": list(stages), "roles": list(roles),
                    "fields": plain(fields_of(ACTIONS[name])),
                }
                for name, help_, stages, roles in rows
            ]
        )  # fmt: skip
    elif markdown:
        for line in as_markdown(rows):
            say(line)
    else:
        say_table(COLUMNS, [(name, help_, ", ".join(stages), ", ".join(roles)) for name, help_, stages, roles in rows])


def as_markdown(rows: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]) -> list[str]:
    """Return the catalogue as the lines of a Markdown table."""
    head = ["| Action | What it does | Stages | Roles |", "|---|---|---|---|"]
    return head + [
        f"| `{name}` | {help_} | {'<br>'.join(_plain(stages))} | {', '.join(roles) or 'nobody'} |"
        for name, help_, stages, roles in rows
    ]


def _plain(stages: tuple[str, ...]) -> list[str]:
    """Return the stages in words; those in which the case stays together on one line."""
    stays = [stage.replace("_", " ") for stage in stages if "→" not in stage]
    moves = [stage.replace("_", " ") for stage in stages if "→" in stage]
    return ([", ".join(stays)] if stays else []) + moves
