"""The first word after `complaintkit`: the commands of complaintkit and those of plugins."""

import os
from typing import Any, Final

import click

from complaintkit import __version__
from complaintkit.cli.ending import NOBODY_READS, leave_pipe
from complaintkit.cli.lazy import Lazy, imported

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("complaintkit.cli.start:init", "Set up a desk in a folder: settings file and database."),
    "demo": ("complaintkit.cli.demo:demo", "Watch a made-up desk work through months of complaints."),
    "receive": ("complaintkit.cli.receive:receive", "Take in files, folders or standard input."),
    "collect": ("complaintkit.cli.receive:collect", "Fetch what waits at the channels' sources."),
    "work": ("complaintkit.cli.work:work", "Do what is due: read, assess, remind, escalate, deliver."),
    "cases": ("complaintkit.cli.cases:cases", "List complaints, show one, act on one."),
    "actions": ("complaintkit.cli.catalogue:actions", "See what can be asked of a case: by whom, in which stage."),
    "measures": ("complaintkit.cli.measures:measures", "Plan, follow and check what complaints ask you to change."),
    "circles": ("complaintkit.cli.circles:circles", "Look at complaints in a rhythm, with results and a calendar."),
    "guide": ("complaintkit.cli.guide:guide", "See what to ask, say and do now; check a text before it goes out."),
    "tasks": ("complaintkit.cli.tasks:tasks", "See what departments are asked for; answer by link."),
    "duties": ("complaintkit.cli.duties:duties", "See what somebody has to do by when, across all complaints."),
    "precedents": ("complaintkit.cli.precedents:precedents", "See how complaints like one were decided."),
    "staff": ("complaintkit.cli.staff:staff", "See who works here and who is away; choose whom to ask."),
    "parked": ("complaintkit.cli.parked:parked", "See what could not be read, and read it again."),
    "report": ("complaintkit.cli.report:report", "Count: volume, categories, promises kept, and more from plugins."),
    "replay": ("complaintkit.cli.replay:replay", "See what would have happened under another policy or plugin."),
    "clocks": ("complaintkit.cli.clocks:clocks", "Count deadlines anew, once the policy has changed."),
    "policy": ("complaintkit.cli.policy:policy", "See what is promised to whom; find gaps and contradictions."),
    "rules": ("complaintkit.cli.rules:rules", "See deadlines of laws and regulators: what they ask, which are in use."),
    "plugins": ("complaintkit.cli.plugins:plugins", "See, inspect and check plugins."),
    "verify": ("complaintkit.cli.verify:verify", "Check every case file against its chain."),
    "db": ("complaintkit.cli.database:db", "Bring the database up to date, or check it."),
}


class Root(Lazy):
    """The outermost group: it also knows the commands that plugins bring."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of ours, else one of a plugin."""
        return super().get_command(ctx, cmd_name) or _of_a_plugin(cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end quietly when nobody reads the output any more."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            leave_pipe()
            ctx.exit(NOBODY_READS)


def _of_a_plugin(name: str) -> click.Command | None:
    from complaintkit.cli.kit import opened, settings_of_environment

    if name.startswith("-") or settings_of_environment() is None:
        return None
    with opened(None, ready=False) as kit:
        places = [command.target for command in kit.registry.commands if command.name == name]
    return imported(places[0]) if places else None


@click.group(
    cls=Root,
    lazy=COMMANDS,
    examples=(
        "complaintkit demo my-first-desk",
        "complaintkit init && complaintkit receive letter.txt --channel letter",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Commands of plugins work here, too: `complaintkit plugins list` names them.",
)
@click.version_option(__version__, message="complaintkit %(version)s")
def root() -> None:
    """Receive complaints, understand them, answer them in time, and learn from them."""
