"""`complaintkit plugins doctor`: what is wrong with plugins, from all places that know something."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click
from attrs import frozen

from complaintkit.cli.ending import FINDINGS
from complaintkit.cli.kit import differences, opened
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Day, moment_of, timed
from complaintkit.cli.show import counted, moment, say, say_json

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit

RECENT: Final = timedelta(days=30)
_ONLY: Final = "COMPLAINTKIT_PLUGINS"
_GROUP: Final = "complaintkit"
_NEEDS_US: Final = re.compile(r"complaintkit(?![\w.-])", re.IGNORECASE)


@frozen
class Finding:
    """Something that is wrong: `load`, `failed`, `open` (left alone for a while), `hidden` (installed, not found)."""

    kind: str
    plugin: str
    problem: str
    remedy: str


@click.command(cls=Told, examples=("complaintkit plugins doctor",))
@click.option("--since", type=Day(), metavar="DAY", help="Failures from this day on; by default of the last 30 days.")
@timed
def doctor(since: date | None, now: datetime | None, settings: Path | None, as_json: bool) -> int:
    """Say what is wrong with plugins, and what to do about it.

    It tells of plugins that were set aside, of failures on file, of hooks that are left alone for a while, and of
    installed packages that look like plugins but cannot be found. The exit code is 3 if there is anything.
    """
    with opened(settings, ready=False) as kit:
        now = now or kit.clock()
        found = [*_set_aside(kit), *_fared(kit, moment_of(since, ZoneInfo(kit.settings.kit.zone)) or now - RECENT, now)]
        if kit.settings.plugins.discover and os.environ.get(_ONLY) is None:
            found += hidden(distributions())
    if as_json:
        say_json({"findings": found})
    else:
        for one in found:
            say(f"{one.plugin}: {one.problem}\n  remedy: {one.remedy}")
        say(f"{counted(len(found), 'finding')}." if found else "Nothing is wrong.")
    return FINDINGS if found else 0


def _set_aside(kit: "ComplaintKit") -> Iterator[Finding]:
    for one in kit.registry.troubles:
        yield Finding("load", one.plugin, f"{one.what}\n  why: {one.why}\n  consequence: {one.consequence}", one.remedy)


def _fared(kit: "ComplaintKit", since: datetime, now: datetime) -> Iterator[Finding]:
    if different := differences(kit):
        yield Finding("load", "database", different[0], "run `complaintkit db upgrade`; failures on file are not known")
        return
    zone = ZoneInfo(kit.settings.kit.zone)
    for one in kit.store.plugin_records():
        if one.open_until and one.open_until > now:
            until = moment(one.open_until, zone)
            yield Finding(
                "open",
                one.plugin,
                f"{one.hook} failed too often and is left alone until {until}",
                "mend it, or leave it out with `disable`; it is tried again by itself",
            )
        if one.failures and one.last_at >= since:
            where = f" on {one.last_reference}" if one.last_reference else ""
            times = counted(one.failures, "time")
            problem = f"{one.hook} failed {times}, last {moment(one.last_at, zone)}{where}: {one.last_problem}"
            yield Finding("failed", one.plugin, problem, f"try it with `complaintkit plugins check {one.plugin}`")


def hidden(installed: Iterable[Distribution]) -> Iterator[Finding]:
    """Yield packages that need complaintkit or are named after it, and have no entry point by which they are found."""
    for one in installed:
        name = one.metadata["Name"] or ""
        ours = re.sub(r"[-_.]+", "-", name).lower()
        looks = ours.startswith("complaintkit-") or any(_NEEDS_US.match(need) for need in one.requires or ())
        if looks and ours != _GROUP and not any(point.group == _GROUP for point in one.entry_points):
            short, module = ours.removeprefix("complaintkit-"), ours.replace("-", "_")
            remedy = f'write into its pyproject.toml: [project.entry-points.complaintkit] {short} = "{module}"'
            yield Finding("hidden", name, "is installed and looks like a plugin, but has no entry point", remedy)
