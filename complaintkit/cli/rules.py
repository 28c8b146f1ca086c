"""`complaintkit rules`: which rule packs there are, what each runs and asks for, and which are in use."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from complaintkit.cli.kit import opened, warn_of_troubles
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import common, timed
from complaintkit.cli.show import counted, line, plain, say, say_json, say_table, talk

if TYPE_CHECKING:
    from datetime import datetime

    from complaintkit.clocks.rules import Span
    from complaintkit.kit.rules import Offered
    from complaintkit.policy.packs import RulePack
    from complaintkit.policy.standards import For, Standard

COLUMNS: Final = ("pack", "holds in", "version", "compared", "in use", "title")
_WIDE: Final = 14
# Whoever last looked longer ago than this is told so; the figure is ours.
_OLD: Final = 365


@click.group(cls=Lazy, examples=("complaintkit rules list", "complaintkit rules show uk-fca-disp"))
def rules() -> None:
    """See the deadlines of laws, regulators and codes that plugins bring, and which are in use."""


@rules.command("list", cls=Told, examples=("complaintkit rules list", "complaintkit rules list --json"))
@common
def list_(settings: Path | None, as_json: bool) -> None:
    """List the rule packs. Those that [policy.rules] of the settings names are in use."""
    found = _offered(settings)
    if as_json:
        say_json([_document(one) for one in found])
        return
    if not found:
        talk("No plugin brings rule packs here; complaintkit-rulepacks is one that does.")
        return
    say_table(COLUMNS, [_row(one) for one in found], shorten=("title",))
    say(f"\n{_warning()}")


@rules.command("show", cls=Told, examples=("complaintkit rules show uk-fca-disp",))
@click.argument("name")
@timed
def show(name: str, now: "datetime | None", settings: Path | None, as_json: bool) -> None:
    """Show one rule pack: its deadlines with their sources, what an answer has to contain, what is not in it."""
    from complaintkit.kit.rules import the_one

    one = the_one(_offered(settings), name)
    if as_json:
        say_json(_document(one))
        return
    pack = one.pack
    say(f"{pack.name}: {line(pack.title)}", bold=True)
    for label, value in _facts(one, now):
        say(f"  {label:{_WIDE}}{line(value)}")
    if pack.standards:
        say()
    for standard in pack.standards:
        _say_standard(standard)
    if pack.answers:
        say("\nWhat has to be said or done:", bold=True)
    for kind, words in pack.answers.items():
        say(f"  {kind}: {line(words)}")
    if pack.note.strip():
        say(f"\n{line(pack.note)}")
    say(f"\n{_warning()}", bold=True)


def _offered(settings: Path | None) -> "tuple[Offered, ...]":
    from complaintkit.kit.rules import offered

    with opened(settings, ready=False) as kit:
        warn_of_troubles(kit)
        return offered(kit.settings, kit.registry)


def _warning() -> str:
    from complaintkit.policy.packs import CHECK_BEFORE_USE

    return f"{CHECK_BEFORE_USE[0].upper()}{CHECK_BEFORE_USE[1:]}."


def _row(one: "Offered") -> tuple[str, ...]:
    pack = one.pack
    return (pack.name, pack.jurisdiction, pack.version, str(pack.checked), one.standing, pack.title)


def _facts(one: "Offered", now: "datetime | None") -> Iterator[tuple[str, str]]:
    pack = one.pack
    yield "version", f"{pack.version}, from the plugin {one.plugin}"
    yield "holds in", pack.jurisdiction
    yield "holds from", f"{pack.effective}" + (f" to {pack.ends}" if pack.ends else "") + ", by the day of receipt"
    yield "source", pack.source
    yield "compared", f"{pack.checked}{_age(pack, now.date() if now else None)}"
    yield "in use", "yes" if one.used else f"no; [policy.rules.{pack.name}] in the settings puts it to use"
    yield "holds for", _conditions(pack)
    if pack.calendar:
        yield "working days", f"by the calendar {pack.calendar}"


def _age(pack: "RulePack", today: date | None) -> str:
    days = (today - pack.checked).days if today else 0
    return f", {counted(days, 'day')} ago: compare it again" if days > _OLD else ""


def _conditions(pack: "RulePack") -> str:
    if pack.by_hand:
        return "complaints of which a person says so (apply_rules)"
    told = [f"{name} {' or '.join(values)}" for name, values in _given(pack.applies)]
    return ", ".join(told) or "every complaint"


def _given(conditions: "For") -> Iterator[tuple[str, list[str]]]:
    from complaintkit.policy.standards import For

    for one in attrs.fields(For):
        if values := getattr(conditions, one.name):
            yield one.name, [str(value) for value in values]


def _say_standard(one: "Standard") -> None:
    ends = ", until the close of business" if one.end == "close" else ""
    ends += ", moved to the next working day" if one.roll else ""
    longest = f"; {one.longest} at most" if one.longest else ""
    more = f"; up to {one.more} more" if one.more else ""
    say(f"  {one.clock}: {one.within} from the {one.starts}{ends}{longest}{more}")
    conditions = ", ".join(f"{name} {' or '.join(values)}" for name, values in _given(one))
    if conditions:
        say(f"  {'':{_WIDE}}for {line(conditions)}")
    say(f"  {'':{_WIDE}}{line(one.source)}")


def _document(one: "Offered") -> dict[str, Any]:
    from complaintkit.policy.packs import CHECK_BEFORE_USE

    pack = {**plain(one.pack), "standards": [_standard(each) for each in one.pack.standards]}
    return {**pack, "plugin": one.plugin, "in_use": one.used, "warning": CHECK_BEFORE_USE}


def _standard(one: "Standard") -> dict[str, Any]:
    spans = {name: _span(getattr(one, name)) for name in ("within", "longest", "more")}
    return {**plain(one), **spans}


def _span(span: "Span | None") -> dict[str, float] | None:
    return dict([span.given]) if span else None
