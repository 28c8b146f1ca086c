"""`complaintkit cases new` and `cases status`: take down what somebody tells, and tell them later how it stands."""

import sys
from datetime import datetime
from pathlib import Path

import click

from complaintkit.cli.kit import opened
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Moment, timed
from complaintkit.cli.show import clean, moment, plain, say, say_json, talk
from complaintkit.message import Message, Person


@click.command(
    cls=Told,
    examples=(
        'complaintkit cases new --text "The kettle leaks." --name "Anna Kramer" --phone "+44 20 7946 0958" --by irina',
        'complaintkit cases new --text "I will not say who I am." --channel in_person --by irina',
    ),
)
@click.option("--text", required=True, metavar="TEXT", help="What was said; - reads it from standard input.")
@click.option("--title", default="", metavar="TEXT", help="A heading.")
@click.option("--name", default="", metavar="NAME", help="Who complains; nobody is as good.")
@click.option("--email", default="", metavar="ADDRESS", help="Where an answer reaches them.")
@click.option("--phone", default="", metavar="NUMBER", help="The same, by telephone.")
@click.option("--customer", default="", metavar="NUMBER", help="Their number with you.")
@click.option("--language", default="", metavar="CODE", help="Their language, such as ru; else it is guessed.")
@click.option("--channel", default="phone", show_default=True, metavar="NAME", help="How it came.")
@click.option("--received-at", type=Moment(), metavar="ISO", help="When it was said, if before now.")
@click.option(
    "--by", required=True, envvar="COMPLAINTKIT_BY", metavar="NAME", help="Who takes it down: the first to own it."
)
@timed
def new(
    text: str, title: str, name: str, email: str, phone: str, customer: str, language: str, channel: str,
    received_at: datetime | None, by: str, now: datetime | None, settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Take a complaint down that somebody tells. Whoever takes it down owns it until somebody accepts it from them."""
    words = sys.stdin.read() if text == "-" else text
    if not words.strip():
        raise click.BadParameter("it cannot be empty", param_hint="--text")
    sender = Person(name=name, email=email, phone=phone, customer=customer)
    message = Message(text=words, subject=title, sender=sender, language=language)
    with opened(settings) as kit:
        receipt = kit.open(message, channel=channel, by=by, received_at=received_at, now=now)
    if as_json:
        say_json(plain(receipt))
        return
    say(receipt.reference)
    if receipt.code:
        talk(f"Nobody can be written to. Give them this code for `complaintkit cases status`: {receipt.code}")
    talk("What has to be told waits in the outbox; `complaintkit work` delivers it.")


@click.command(cls=Told, examples=("complaintkit cases status ck-...",))
@click.argument("code")
@click.option("--text", default="", metavar="TEXT", help="Add this to the complaint, in the complainant's name.")
@timed
def status(code: str, text: str, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Tell whoever has the follow-up code of a complaint how it stands; nobody has to say who they are."""
    with opened(settings) as kit:
        if text.strip():
            kit.write_by_code(code, text, now)
        told = kit.follow_up(code)
        zone = kit.policy.zone
    if as_json:
        say_json(plain(told))
        return
    say(f"{told.reference}: {told.words}")
    if told.promised_at:
        say(f"By when: {moment(told.promised_at, zone)}")
    if told.asks:
        say(f"We asked: {clean(told.asks)} (until {moment(told.asks_until, zone)})")
    if told.escalated:
        say(told.escalated)
    for one in told.messages:
        say(f"\n{moment(one.at, zone)}\n{clean(one.text).strip()}")
