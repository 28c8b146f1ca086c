"""`complaintkit plugins`: which plugins there are, what they offer, and whether they work."""

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from complaintkit.cli import trial
from complaintkit.cli.ending import FINDINGS
from complaintkit.cli.kit import differences, found, opened
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import common, timed
from complaintkit.cli.show import counted, line, moment, plain, say, say_json, say_table, talk

if TYPE_CHECKING:
    from datetime import datetime

    from complaintkit.app import ComplaintKit, PluginRecord


@click.group(
    cls=Lazy,
    lazy={"doctor": ("complaintkit.cli.doctor:doctor", "Say what is wrong with plugins, and what to do about it.")},
    examples=("complaintkit plugins list", "complaintkit plugins check my_rules.py"),
)
def plugins() -> None:
    """See, inspect and check plugins."""


@plugins.command("list", cls=Told, examples=("complaintkit plugins list",))
@common
def list_(settings: Path | None, as_json: bool) -> None:
    """List the plugins, with what each of them offers and whether it is used."""
    with opened(settings, ready=False) as kit:
        registry = kit.registry
        commands = {
            one.name: [command.name for command in registry.commands if command.plugin == one.name]
            for one in registry.plugins
        }
        if as_json:
            say_json([{**plain(one), "commands": commands[one.name]} for one in registry.plugins])
            return
        say_table(
            ("plugin", "version", "from", "runs", "state", "offers"),
            [
                (
                    one.name,
                    one.version,
                    one.distribution or one.origin,
                    one.runner,
                    one.state,
                    ", ".join([*one.records, *(f"command:{name}" for name in commands[one.name])]),
                )
                for one in registry.plugins
            ],
        )
        if registry.troubles:
            talk(f"{counted(len(registry.troubles), 'trouble')}; `complaintkit plugins doctor` tells more.")


@plugins.command("inspect", cls=Told, examples=("complaintkit plugins inspect keywords",))
@click.argument("name")
@common
def inspect(name: str, settings: Path | None, as_json: bool) -> None:
    """Show one plugin: where it comes from, what it offers, how it has fared."""
    with opened(settings, ready=False) as kit:
        shown = trial.named(kit.registry, name)
        records = _records(kit, name)
        troubles = [one for one in kit.registry.troubles if one.plugin == name]
        zone = ZoneInfo(kit.settings.kit.zone)
    if as_json:
        say_json({**plain(shown), "troubles": plain(troubles), "fared": plain(records)})
        return
    say(f"{shown.name} {shown.version}", bold=True)
    say(f"from         {shown.distribution or shown.origin} ({shown.place})")
    say(f"runs         {shown.runner}; {shown.state}")
    say(f"hooks        {', '.join(shown.hooks) or 'none'}")
    say(f"offers       {', '.join(shown.records) or 'nothing'}")
    for record in records:
        until = f"; left alone until {moment(record.open_until, zone)}" if record.open_until else ""
        times = counted(record.failures, "time")
        say(f"failed       {times} at {record.hook}, last {moment(record.last_at, zone)}{until}:")
        say(f"             {line(record.last_problem)}")
    for trouble in troubles:
        say(f"\n{trouble}")


@plugins.command(
    "check", cls=Told, examples=("complaintkit plugins check my_rules.py", "complaintkit plugins check keywords")
)
@click.argument("plugin", metavar="NAME_OR_PATH")
@timed
def check(plugin: str, now: "datetime | None", settings: Path | None, as_json: bool) -> int:
    """Check one plugin: does it load, does it fit, does it answer? A file needs no settings.

    Callables that change nothing are tried on a made-up case. The exit code is 3 if anything is found.
    """
    path = Path(plugin)
    if path.suffix == ".py" or path.exists():
        checked, troubles, failures = trial.of_file(path, now)
    else:
        checked, troubles, failures = trial.of_settings(found(settings), plugin, now)
    findings = [*map(str, troubles), *(f"{one.record}: {one.kind}: {one.problem}" for one in failures)]
    if as_json:
        say_json({"plugin": checked, "troubles": troubles, "failures": failures})
    else:
        say(f"{checked.name}: {checked.state}; offers {', '.join(checked.records) or 'nothing'}")
        for finding in findings:
            say(f"\n{finding}")
        say("\nNothing is wrong." if not findings else f"\n{counted(len(findings), 'finding')}.")
    return FINDINGS if findings else 0


def _records(kit: "ComplaintKit", name: str) -> "tuple[PluginRecord, ...]":
    """Return how a plugin has fared, if there is a database to ask."""
    if differences(kit):
        return ()
    return tuple(one for one in kit.store.plugin_records() if one.plugin == name)
