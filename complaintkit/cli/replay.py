"""`complaintkit replay`: what would have happened under another policy, or with another plugin."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.cli.kit import opened, warn_of_troubles
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Day, moment_of, timed
from complaintkit.cli.replayed import say_replay, say_shadow
from complaintkit.cli.show import say_json

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    cls=Told,
    examples=(
        "complaintkit replay --policy stricter.toml --since 2026-01-01",
        "complaintkit replay --plugin my_rules.py --cases",
    ),
)
@click.option("--policy", type=_FILE, metavar="FILE", help="A settings file that is laid over the present one, by key.")
@click.option("--alone", is_flag=True, help="Take that file as it stands, and nothing of the present policy.")
@click.option(
    "--plugin", "plugins", type=_FILE, multiple=True, metavar="FILE",
    help="A plugin file with escalation rules or categorisers; may be repeated.",
)  # fmt: skip
@click.option("--shadow", "name", default="", metavar="CATEGORISER", help="A categoriser that is here but not in use.")
@click.option("--since", type=Day(), metavar="DAY", help="Only complaints received from this day on.")
@click.option("--until", type=Day(), metavar="DAY", help="Only complaints received before this day.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many complaints at most, the newest.")
@click.option("--cases", is_flag=True, help="Name the complaints in which something differs.")
@timed
def replay(
    policy: Path | None, alone: bool, plugins: tuple[Path, ...], name: str, since: date | None, until: date | None,
    limit: int | None, cases: bool, now: datetime | None, settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Try a policy or a plugin on past complaints: what would have been kept, broken, escalated and sent.

    Nothing is written and nothing is sent. What came in and what people did stays as it is on file; deadlines,
    reminders, breaches and escalations are worked out anew. Without --policy and --plugin the present policy is held
    against what is on file. A plugin with categorisers, and one named by --shadow, is asked about past complaints whose
    category a person decided.
    """
    if alone and policy is None:
        raise click.UsageError("--alone says how --policy is taken; name a file with --policy FILE")
    with opened(settings) as kit:
        warn_of_troubles(kit)
        zone = kit.policy.zone
        which: dict[str, Any] = {
            "since": moment_of(since, zone), "until": moment_of(until, zone), "limit": limit, "now": now,
        }  # fmt: skip
        if which["since"] and which["until"] and which["since"] >= which["until"]:
            raise click.UsageError("--since must lie before --until")
        with _progress(kit, limit) as report:
            found = kit.replay(policy, plugins=plugins, categoriser=name, alone=alone, report=report, **which)
    if as_json:
        say_json(found)
        return
    if found.replay is not None:
        say_replay(found.replay, zone, policy.name if policy else "", cases=cases)
    if found.shadow is not None:
        say_shadow(found.shadow, cases=cases)


@contextmanager
def _progress(kit: "ComplaintKit", limit: int | None) -> Iterator[Callable[[int], None]]:
    if not sys.stderr.isatty():
        yield lambda seen: None
        return
    there = kit.figures().complaints
    length = min(there, limit or there)
    with ExitStack() as stack:
        labels = iter(("Going through", "Asking categorisers"))
        bars = [stack.enter_context(click.progressbar(length=length, label=next(labels), file=sys.stderr))]

        def report(seen: int) -> None:
            if seen < bars[-1].pos:  # the second run
                bars.append(stack.enter_context(click.progressbar(length=length, label=next(labels), file=sys.stderr)))
            bars[-1].update(seen - bars[-1].pos)

        yield report
