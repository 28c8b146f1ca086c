"""`complaintkit guide REF`: what to ask, say and do now; and a text looked over before it goes out."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Look, looking, timed
from complaintkit.cli.show import clean, counted, line, plain, say, say_json, talk

if TYPE_CHECKING:
    from complaintkit.policy.guidance import Advice, Guidance
    from complaintkit.policy.style import Remark

FINDINGS: Final = 3
_MOODS: Final = ("calm", "first signs of irritation", "angry", "shouting or insults", "abuse or a threat")


@click.command(
    cls=Told,
    examples=("complaintkit guide CK-EHQ6-7X6D", "complaintkit guide CK-EHQ6-7X6D --check answer.txt"),
)
@click.argument("reference")
@click.option("--open", "only_open", is_flag=True, help="Only what nobody has seen to yet.")
@click.option("--language", default="", metavar="CODE", help="Your language; the words to say are in theirs.")
@click.option("--check", "text", metavar="FILE", help="Look a text over instead, before it goes out; - reads it.")
@click.option(
    "--as", "occasion", type=click.Choice(["response", "reply", "promise"]), default="response", show_default=True,
    help="With --check: the decision, a promise, or any other word to the complainant.",
)  # fmt: skip
@looking
@timed
@click.pass_context
def guide(
    ctx: click.Context, reference: str, only_open: bool, language: str, text: str | None, occasion: str,
    look: Look, now: datetime | None, settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Show the guide for a complaint as it stands: what to ask, say and do, what is missing, what was overlooked."""
    if text is not None:
        with shown_to(settings, look, now) as kit:
            remarks = kit.look_over(reference, _read(text), occasion=occasion)
        say_json(remarks) if as_json else say_remarks(remarks)
        ctx.exit(FINDINGS if remarks else 0)
    with shown_to(settings, look, now) as kit:
        told = kit.guide(reference, language=language, now=now)
    if as_json:
        say_json(_whole(told))
    else:
        say_guidance(told, only_open)


def _read(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")


def say_remarks(remarks: "tuple[Remark, ...]") -> None:
    """Print the remarks on a text."""
    for one in remarks:
        say(f"{one.level:8}  {one.rule:9}  {line(one.text)}", **({"fg": "red"} if one.level == "refused" else {}))
    talk(f"{counted(len(remarks), 'remark')}." if remarks else "Nothing to remark.")


def say_guidance(told: "Guidance", only_open: bool) -> None:
    """Print the guide for a case."""
    say(f"{told.reference}  {str(told.stage).replace('_', ' ')}", bold=True)
    say(f"acceptance {told.completeness.score} of 100, tension {told.tension} ({_MOODS[told.tension]})")
    for name in told.situations:
        say(f"special: {line(name)}", fg="yellow")
    for forgotten in told.overlooked:
        say(f"overlooked: {line(forgotten.text)}", fg="red")
    if told.questions:
        say("\nStill to find out", bold=True)
        for fact, question in told.questions:
            say(f"  {fact:12}{line(question)}")
    for step, missing in told.before:
        say(f"\nBefore you {step}", bold=True)
        for one in missing:
            say(f"  {one.level:6}{line(one.what)} ({line(one.how)})")
    for section in told.sections:
        advice = [one for one in section.advice if not (only_open and one.done)]
        if advice:
            say(f"\n{line(section.title)}  ({section.guide}, version {section.version})", bold=True)
        for item in advice:
            _say_advice(item)


def _say_advice(item: "Advice") -> None:
    mark = "x" if item.done else "!" if item.mandatory else " "
    before = f"  (before {item.before})" if item.before else ""
    say(f"[{mark}] {item.item}  {line(item.question)}{before}")
    if item.help:
        say(f"      {line(item.help)}")
    for part in clean(item.wording).split("\n") if item.wording else ():
        say(f"      | {part}", fg="cyan")
    if item.answer:
        say(f"      = {line(str(item.answer))}  [{line(item.by)}]")
    if item.outdated:
        say("      (answered when the guide was another one)")


def _whole(told: "Guidance") -> dict[str, Any]:
    data: dict[str, Any] = plain(told)
    data["before"] = {step: plain(missing) for step, missing in told.before}
    data["questions"] = dict(told.questions)
    return data
