"""What arrives while the process is killed: forms, mails, answers, repetitions, copies, and what no one can read."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Literal

from attrs import frozen

from complaintkit import Envelope

Kind = Literal["form", "mail", "reply", "again", "copy", "unreadable"]
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STEP = timedelta(minutes=1)
WORDS = ("parcel", "late", "broken", "nobody answered", "refund", "charged twice", "доставка", "сломан", "деньги")


@frozen
class Item:
    """Something that arrives.

    Attributes:
        number: Its place in the stream, from 0.
        kind: `again` is the very same item once more, `copy` the same message by another way.
        root: The item that opened the case it belongs to; its own number where it opens one, or none.
        envelope: What is handed over.
    """

    number: int
    kind: Kind
    root: int
    envelope: Envelope

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes two items the same."""
        return self.envelope.channel, self.envelope.source_id, self.envelope.digest


def stream(seed: int, count: int) -> tuple[Item, ...]:
    """Return the items of a run, the same ones for the same seed."""
    dice = random.Random(seed)
    made: list[Item] = []
    for number in range(count):
        mails = [item for item in made if item.kind == "mail"]
        kind: Kind = dice.choices(("form", "mail", "reply", "again", "copy", "unreadable"), (30, 35, 15, 10, 6, 4))[0]
        if (kind in ("reply", "copy") and not mails) or (kind == "again" and not made):
            kind = "mail"
        made.append(_item(number, kind, dice, made, mails))
    return tuple(made)


def _item(number: int, kind: Kind, dice: random.Random, made: list[Item], mails: list[Item]) -> Item:
    text = f"Item {number}: " + " ".join(dice.choices(WORDS, k=dice.randint(5, 60)))
    match kind:
        case "again":
            earlier = dice.choice(made)
            return Item(number, kind, earlier.root, earlier.envelope)
        case "copy":
            mail = dice.choice(mails)
            raw = b"Received: by another.example; Mon, 2 Mar 2026 08:00:00 +0000\n" + mail.envelope.raw
            return Item(number, kind, mail.number, _envelope("email", f"other-box-{number}", raw, number))
        case "reply" | "mail":
            answers = dice.choice(mails).number if kind == "reply" else None
            raw = _mail(number, text, answers)
            root = number if answers is None else answers
            return Item(number, kind, root, _envelope("email", _id(number), raw, number))
        case "form" | "unreadable":
            form = {"text": text, "email": f"form{number}@people.example", "subject": f"Form {number}"}
            raw = json.dumps(form).encode()
            raw = raw if kind == "form" else raw[:-20]
            return Item(number, kind, number, _envelope("form", f"form-{number}", raw, number))


def _envelope(channel: str, source_id: str, raw: bytes, number: int) -> Envelope:
    media_type = "message/rfc822" if channel == "email" else "application/json"
    return Envelope(channel, source_id, raw, START + STEP * number, media_type)


def _id(number: int) -> str:
    return f"<item{number}@people.example>"


def _mail(number: int, text: str, answers: int | None = None) -> bytes:
    sender = number if answers is None else answers
    lines = [
        f"From: Person {sender} <person{sender}@people.example>", "To: complaints@bench.example",
        f"Message-ID: {_id(number)}", f"Subject: Item {number}", "Date: Mon, 2 Mar 2026 08:00:00 +0000",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
    ]  # fmt: skip
    if answers is not None:
        lines.append(f"In-Reply-To: {_id(answers)}")
    return "\n".join([*lines, "", text, ""]).encode()
