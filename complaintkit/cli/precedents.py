"""`complaintkit precedents`: how complaints like this one were decided."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from complaintkit.cli.kit import opened, shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Look, common, looking
from complaintkit.cli.show import counted, line, moment, plain, say, say_json, say_table, talk

if TYPE_CHECKING:
    from complaintkit.app import Complaint, ComplaintKit, View
    from complaintkit.case.precedent import Precedent

COLUMNS: Final = ("reference", "decided", "category", "outcome", "remedy", "reopened", "what")
DROPPED: Final = ("reopened", "category", "decided", "remedy")
_WIDE: Final = 14
_BEST: Final = 3


@click.group(
    cls=Lazy,
    examples=('complaintkit precedents find "kettle came broken"', "complaintkit precedents find --like CK-EHQ6-7X6D"),
)
def precedents() -> None:
    """See how complaints were decided: facts, remedy, verdict, reasons; nobody's name is in them."""


@precedents.command(
    "find",
    cls=Told,
    examples=(
        'complaintkit precedents find "kettle came broken" --category delivery-damaged',
        "complaintkit precedents find --like CK-EHQ6-7X6D",
    ),
)
@click.argument("text", nargs=-1)
@click.option("--like", metavar="REF", help="Those that are like this complaint; instead of a text.")
@click.option("--category", default="", metavar="CODE", help="Those about this weigh more.")
@click.option("--language", default="", metavar="CODE", help="Those in this language weigh more.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many at most.")
@looking
@common
def find(
    text: tuple[str, ...], like: str | None, category: str, language: str, limit: int, look: Look,
    settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Find past decisions by words, in whatever form they stand there, or by a complaint; the best first."""
    if bool(text) == bool(like):
        raise click.UsageError("give a text or --like REF, one of the two")
    if like and (category or language):
        raise click.UsageError("--like takes category and language from the complaint; leave them out")
    with shown_to(settings, look) as kit:
        if like:
            found = kit.precedents_for(like, limit=limit)
        else:
            found = kit.precedents(" ".join(text), category=category, language=language, limit=limit)
        zone = kit.policy.zone
    if as_json:
        say_json([{**plain(one.precedent), "score": round(one.score, 4)} for one in found])
        return
    say_table(COLUMNS, [_cells(one.precedent, zone) for one in found], drop=DROPPED, shorten=("what", "remedy"))
    talk("See one with `complaintkit precedents show REF`." if found else "None.")


def _cells(one: "Precedent", zone: tzinfo) -> tuple[object, ...]:
    reopened = one.reopened or ""
    return (
        one.reference, moment(one.decided_at, zone)[:10], one.category, verdict(one), remedies(one), reopened,
        line(one.facts[:200]),
    )  # fmt: skip


def verdict(one: "Precedent") -> str:
    """Return what was decided in words."""
    return one.outcome.replace("_", " ") or "settled"


def remedies(one: "Precedent") -> str:
    """Return what the complainant got in words."""
    given = (f"{each.remedy} {each.amount or ''} {each.currency}" for each in one.remedies)
    return ", ".join(line(each) for each in given)


def say_best(kit: "ComplaintKit | View", case: "Complaint") -> None:
    """Print the best precedents of an open complaint, a line for each; nothing where there are none."""
    if not case.open or case.responded_at:
        return
    told = f"{case.title.text or ''}\n{case.narrative.text or ''}"
    found = kit.precedents(told, category=case.category, language=case.language, limit=_BEST + 1)
    best = [one.precedent for one in found if one.precedent.reference != case.reference][:_BEST]
    if best:
        say("\nDecided before, and like this one", bold=True)
        for one in best:
            say(f"{one.reference}  {', '.join(filter(None, (verdict(one), remedies(one))))}")


@precedents.command("show", cls=Told, examples=("complaintkit precedents show CK-EHQ6-7X6D",))
@click.argument("reference")
@looking
@common
def show(reference: str, look: Look, settings: Path | None, as_json: bool) -> None:
    """Show a past decision: what was told, what was decided and why, and how it was taken."""
    with shown_to(settings, look) as kit:
        one = kit.precedent(reference)
        zone = kit.policy.zone
    if as_json:
        say_json(one)
        return
    say(f"{one.reference}  {verdict(one)}", bold=True)
    for name, value in _facts(one, zone):
        say(f"{name:{_WIDE}}{line(value)}")
    for heading, text in (("Facts", one.facts), ("Reasons", one.reasons), ("Lessons", "\n".join(one.lessons))):
        if text:
            say(f"\n{heading}", bold=True)
            say(text)


def _facts(one: "Precedent", zone: tzinfo) -> Iterator[tuple[str, str]]:
    yield "decided", moment(one.decided_at, zone)
    yield "about", f"{one.category or 'not sorted'}, severity {one.severity}"
    yield "came by", f"{one.channel}{f', in {one.language}' if one.language else ''}"
    yield "remedy", remedies(one) or "none"
    yield "taken", one.accepted or "no word of it"
    if one.reopened:
        yield "opened again", f"{one.reopened} times" if one.reopened > 1 else "once"


@precedents.command("rebuild", cls=Told, examples=("complaintkit precedents rebuild",))
@common
def rebuild(settings: Path | None, as_json: bool) -> None:
    """Work out the precedent of every case anew: after words are cut in another way, or rules have changed.

    It may run while others work, and be repeated.
    """
    with opened(settings) as kit, _progress(kit) as report:
        there = kit.rebuild_precedents(report)
    if as_json:
        say_json({"precedents": there})
    else:
        say(f"{counted(there, 'precedent')}.")


@contextmanager
def _progress(kit: "ComplaintKit") -> Iterator[Callable[[int], None]]:
    if not sys.stderr.isatty():
        yield lambda seen: None
        return
    with click.progressbar(length=kit.figures().complaints, label="Cases", file=sys.stderr) as bar:
        yield lambda seen: bar.update(seen - bar.pos)
