"""`complaintkit policy`: the standards as they hold, and gaps and contradictions of the whole policy."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from complaintkit.cli.ending import FAILED
from complaintkit.cli.kit import found, opened, warn_of_troubles
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import common, timed
from complaintkit.cli.show import counted, line, say, say_json, say_table, talk
from complaintkit.errors import SettingsError

if TYPE_CHECKING:
    from complaintkit.policy import Standard
    from complaintkit.policy.checking import PolicyFinding

COLUMNS: Final = ("clock", "standard", "within", "for", "rules", "counts from", "calendar", "reminder")
_COLOURS: Final = {"error": "red", "warning": "yellow", "note": ""}
_DIMENSIONS: Final = ("channels", "categories", "severities", "segments", "products")


@click.group(cls=Lazy, examples=("complaintkit policy check", "complaintkit policy show"))
def policy() -> None:
    """See what is promised to whom, and find gaps and contradictions before complainants do."""


@policy.command("check", cls=Told, examples=("complaintkit policy check", "complaintkit policy check --json"))
@timed
def check_(now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Look for gaps and contradictions in the policy as the settings have it; no database is needed.

    Ends with 1 where something cannot work. Warnings are hardly meant; notes say what one should know.
    """
    findings = _checked(found(settings), now)
    if as_json:
        say_json(findings)
    else:
        for one in findings:
            say(f"{one.level}  {line(one.where)}", fg=_COLOURS[one.level] or None)
            say(f"    {line(one.what)}")
            say(f"    {line(one.remedy)}")
        talk(_summed(findings) or "Nothing is missing, and nothing contradicts itself.")
    if any(one.level == "error" for one in findings):
        raise click.exceptions.Exit(FAILED)


@policy.command("show", cls=Told, examples=("complaintkit policy show",))
@common
def show(settings: Path | None, as_json: bool) -> None:
    """List what is promised to whom: the organisation's own standards, then those of its rule packs."""
    from complaintkit.kit.assembly import policy_of

    with opened(settings, ready=False) as kit:
        held = policy_of(kit.settings, kit.registry)
    if as_json:
        packs = [{"name": one.name, "version": one.version, "standards": one.standards} for one in held.packs]
        say_json({"version": held.version, "standards": held.standards, "rules": packs})
        return
    rows = [_row(one, "", one.calendar or held.calendar) for one in held.standards]
    for pack in held.packs:
        named = pack.calendar or held.calendar
        rows += [_row(one, pack.name, one.calendar or named) for one in pack.standards]
    say_table(COLUMNS, rows, drop=("reminder", "calendar", "counts from"), shorten=("standard", "for"))


def _checked(settings: Path, now: datetime | None) -> "tuple[PolicyFinding, ...]":
    """Return what is the matter; settings that cannot be read at all are the one thing that is."""
    from complaintkit.kit.assembly import policy_of
    from complaintkit.policy.checking import PolicyFinding, check

    try:
        with opened(settings, ready=False) as kit:
            warn_of_troubles(kit)
            return check(policy_of(kit.settings, kit.registry), now or kit.clock())
    except SettingsError as wrong:
        return (PolicyFinding(level="error", where=wrong.path, what=wrong.problem, remedy="mend it, then look again"),)


def _summed(findings: "tuple[PolicyFinding, ...]") -> str:
    levels = {level: sum(one.level == level for one in findings) for level in _COLOURS}
    return ", ".join(counted(count, level) for level, count in levels.items() if count)


def _row(one: "Standard", rules: str, calendar: str) -> tuple[object, ...]:
    return (
        one.clock,
        one.name,
        one.within,
        "; ".join(_conditions(one)) or "all",
        rules,
        one.starts,
        calendar if one.needs_calendar else "",
        f"{one.warn:.0%}" if one.warn < 1 and not one.chain else ", ".join(rung.at for rung in one.chain),
    )


def _conditions(one: "Standard") -> Iterator[str]:
    for name in _DIMENSIONS:
        if words := getattr(one, name):
            yield f"{name}: {', '.join(words)}"
