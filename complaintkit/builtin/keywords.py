"""Categorisation by keywords: stems with weights per category, from the policy or from the settings."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import field, frozen

from complaintkit import CaseView, Categoriser, Suggestion, hookimpl

_TOKEN: Final = re.compile(r"\w+")
_KEY: Final = 3
_HALF: Final = 4.0
_MOST: Final = 3
_LONGEST: Final = 20_000


@frozen
class Settings:
    """Stems per category: `{refund = ["money back", "refund"]}`; given, they replace the ones that are shipped."""

    words: Mapping[str, tuple[str, ...]] = field(factory=dict)


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Take a team's own words."""
    return Settings


@hookimpl
def complaintkit_categorisers(settings: Settings) -> Iterable[Categoriser]:
    """Offer the keyword categoriser."""
    own = [(category, stem, 3.0) for category, stems in settings.words.items() for stem in stems]
    yield Categoriser("keywords", suggester(own or shipped_words()))


@cache  # every command looks at the plugin twice, and makes a categoriser each time
def shipped_words() -> tuple[tuple[str, str, float], ...]:
    """Return category, stem and weight of the categories that come with complaintkit."""
    text = (files("complaintkit.policy") / "defaults" / "categories.toml").read_text("utf-8")
    return tuple(
        (category["code"], stem, float(weight))
        for category in tomllib.loads(text)["category"]
        for words in category.get("words", {}).values()
        for stem, weight in words
    )


def suggester(words: Iterable[tuple[str, str, float]]) -> Callable[[CaseView], tuple[Suggestion, ...]]:
    """Return the callable for some words.

    Args:
        words: Category, stem and weight; a stem matches where a word of the text begins with it, case-insensitively.
    """
    stems: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    phrases: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for category, stem, weight in words:
        plain = normal(stem)
        first = _TOKEN.match(plain)
        if first is not None and first.end() < len(plain):
            phrases[first.group()].append((plain, category, weight))
        else:
            stems[plain[:_KEY]].append((plain, category, weight))
    short = sorted({len(key) for key in stems if len(key) < _KEY})

    def suggest(case: CaseView) -> tuple[Suggestion, ...]:
        text = normal(f"{case.title}\n{case.text}"[:_LONGEST])
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for word in set(_TOKEN.findall(text)):
            for key in (word[:_KEY], *(word[:size] for size in short)):
                for stem, category, weight in stems.get(key, ()):
                    if word.startswith(stem):
                        found[category][stem] = weight
            for phrase, category, weight in phrases.get(word, ()):
                if _begins_a_word(phrase, text):
                    found[category][phrase] = weight
        return _ranked(found)

    return suggest


def _begins_a_word(phrase: str, text: str) -> bool:
    at = text.find(phrase)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(phrase, at + 1)
    return at >= 0


def normal(text: str) -> str:
    """Return a text as stems are compared: lower case, ё as е, straight apostrophes, single spaces."""
    return " ".join(text.casefold().replace("ё", "е").replace("’", "'").split())


def _ranked(found: Mapping[str, Mapping[str, float]]) -> tuple[Suggestion, ...]:
    sums = sorted(
        ((sum(stems.values()), category) for category, stems in found.items()), key=lambda one: (-one[0], one[1])
    )
    return tuple(
        Suggestion(
            category, total / (total + _HALF), "says " + ", ".join(repr(stem) for stem in sorted(found[category])[:5])
        )
        for total, category in sums[:_MOST]
    )
