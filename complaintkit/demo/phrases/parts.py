"""What a language brings along so that stories can be told in it.

Fragments hold named places such as `{order}`, filled per story, and choices such as `{himself|herself}`: the first for
a man, the second for a woman.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from attrs import frozen

Channel = Literal["email", "form", "phone", "letter", "social"]
Language = Literal["en", "ru", "fil"]
Temper = Literal["calm", "annoyed", "furious"]


@frozen
class Product:
    """Something the shop sells, in the forms the language needs: nominative, accusative, genitive.

    `kind` is `electric`, `fragile`, `furniture` or `textile`. English has `the` and `a` before it in their place.
    """

    kind: str
    name: str
    accusative: str
    genitive: str


@frozen
class Plot:
    """What happened, for one cause: as complainants write it, as staff note it on the telephone, as it is posted."""

    cause: str
    told: tuple[str, ...]
    noted: tuple[str, ...]
    posted: tuple[str, ...]


@frozen
class Topic:
    """What a category sounds like; `wish` says which wishes go with it."""

    category: str
    wish: str
    subjects: tuple[str, ...]
    details: tuple[str, ...]
    plots: tuple[Plot, ...]

    def plot(self, cause: str) -> Plot:
        """Return the plot of a cause."""
        return next(plot for plot in self.plots if plot.cause == cause)


@frozen(kw_only=True)
class Voice:
    """A language: names, numbers, and the frame around what happened.

    Attributes:
        given: Given names as (name, in Latin letters, `m` or `f`).
        family: Family names as (of a man, of a woman, in Latin letters of a man, of a woman).
        days, weeks, times, minutes: Say a number of them.
        day: Say a date.
        money: Say an amount, given in hundredths of the currency.
        moods: Sentences per temper, for messages; `noted_moods`, `posted_moods` for telephone notes and posts.
        wishes: What is asked for, per kind of wish; `noted_wishes` in a telephone note.
        again: Sentences that say this is not the first time; `noted_again` and `posted_again` likewise.
        quoted: How staff note what somebody says who rings again.
        adds, asks, disagrees, thanks, withdraws: What a complainant writes later on.
    """

    language: Language
    given: tuple[tuple[str, str, str], ...]
    family: tuple[tuple[str, str, str, str], ...]
    products: tuple[Product, ...]
    topics: tuple[Topic, ...]
    days: Callable[[int], str]
    weeks: Callable[[int], str]
    times: Callable[[int], str]
    minutes: Callable[[int], str]
    day: Callable[[date], str]
    money: Callable[[int], str]
    greetings: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    letter_heads: tuple[str, ...]
    letter_openings: tuple[str, ...]
    letter_demands: tuple[str, ...]
    letter_closings: tuple[str, ...]
    note_heads: tuple[str, ...]
    note_ends: tuple[str, ...]
    moods: dict[str, tuple[str, ...]]
    noted_moods: dict[str, tuple[str, ...]]
    posted_moods: dict[str, tuple[str, ...]]
    wishes: dict[str, tuple[str, ...]]
    noted_wishes: dict[str, str]
    again: tuple[str, ...]
    noted_again: tuple[str, ...]
    posted_again: tuple[str, ...]
    quoted: str
    adds: tuple[str, ...]
    asks: tuple[str, ...]
    disagrees: tuple[str, ...]
    thanks: tuple[str, ...]
    withdraws: tuple[str, ...]

    def topic(self, category: str) -> Topic:
        """Return what a category sounds like."""
        return next(topic for topic in self.topics if topic.category == category)


def topics(text: str) -> tuple[Topic, ...]:
    """Read topics from a text.

    Each starts with `== category / wish`; then come subjects (`s:`) and details (`d:`); then per cause, after
    `-- cause`, what is told (`t:`), noted on the telephone (`n:`) and posted (`p:`). An indented line goes on.

    Raises:
        ValueError: A line is none of these.
    """
    return tuple(_topic(part) for part in re.split(r"(?m)^== ", text.replace("\n   ", " ")) if part.strip())


def _topic(text: str) -> Topic:
    about, *causes = re.split(r"(?m)^-- ", text)
    head, _, body = about.partition("\n")
    category, _, wish = head.partition(" / ")
    spoken = _tagged(body, "sd")
    return Topic(category, wish, spoken["s"], spoken["d"], tuple(_plot(cause) for cause in causes))


def _plot(text: str) -> Plot:
    cause, _, body = text.partition("\n")
    spoken = _tagged(body, "tnp")
    return Plot(cause, spoken["t"], spoken["n"], spoken["p"])


def _tagged(text: str, tags: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(tags, ())
    for line in lines(text):
        tag, _, words = line.partition(": ")
        if tag not in found or not words:
            raise ValueError(f"a line here starts with one of {', '.join(tags)} and a colon, not like this: {line!r}")
        found[tag] = (*found[tag], words)
    return found


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text without the white space around them; empty ones are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def moods(text: str) -> dict[str, tuple[str, ...]]:
    """Read lines of the form `key | sentence` into sentences per key."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines(text):
        key, _, sentence = line.partition(" | ")
        found[key] = (*found.get(key, ()), sentence)
    return found


def givens(text: str) -> tuple[tuple[str, str, str], ...]:
    """Read given names: lines that start with `m` or `f`; `/` and a Latin form may follow a name."""
    found: list[tuple[str, str, str]] = []
    for line in lines(text):
        gender, *names = line.split()
        for name in names:
            own, _, latin = name.partition("/")
            found.append((own, latin or own, gender))
    return tuple(found)


def families(text: str) -> tuple[tuple[str, str, str, str], ...]:
    """Read family names: one for everybody, or `man/woman/latin of the man/latin of the woman`."""
    found: list[tuple[str, str, str, str]] = []
    for name in text.split():
        forms = name.split("/")
        man, woman, latin_man, latin_woman = forms if len(forms) == 4 else [name] * 4
        found.append((man, woman, latin_man, latin_woman))
    return tuple(found)


def products(text: str) -> tuple[Product, ...]:
    """Read goods: lines of the form `kind name | accusative | genitive`."""
    found: list[Product] = []
    for line in lines(text):
        head, accusative, genitive = line.split(" | ")
        kind, _, name = head.partition(" ")
        found.append(Product(kind, name, accusative, genitive))
    return tuple(found)
