"""The side of the shop: what its people write, per language and category, how they decide, and what they give."""

import random
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from complaintkit.demo.phrases.answers_english import ANSWERS as _ENGLISH
from complaintkit.demo.phrases.answers_filipino import ANSWERS as _FILIPINO
from complaintkit.demo.phrases.answers_russian import ANSWERS as _RUSSIAN
from complaintkit.demo.phrases.parts import lines

Outcome = Literal["upheld", "partly_upheld", "not_upheld"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("upheld", "partly_upheld", "not_upheld")
_USUAL: Final = (55, 25, 20)
# In per cent, in the order of OUTCOMES: what can be looked up is upheld more often than one word against another.
SHARES: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType({
    "delivery-late": (75, 15, 10), "delivery-damaged": (70, 18, 12), "refund": (60, 20, 20), "website": (70, 20, 10),
    "staff-conduct": (40, 30, 30), "contract": (35, 25, 40), "privacy": (60, 25, 15), "safety": (80, 15, 5),
})  # fmt: skip
# What is given when a complaint is upheld, in the words the desk files it under.
REMEDIES: Final[Mapping[str, str]] = MappingProxyType({
    "delivery-late": "delivery charge returned", "delivery-damaged": "replacement", "delivery-lost": "replacement",
    "refund": "refund", "billing": "invoice corrected", "product-quality": "replacement or refund",
    "product-missing": "missing part sent", "staff-conduct": "apology", "service-reachability": "apology",
    "website": "fault mended", "privacy": "apology", "contract": "contract ended", "safety": "goods collected, refund",
})  # fmt: skip
APOLOGY: Final = "apology"
_LEADS: Final = MappingProxyType({"upheld": "lu", "partly_upheld": "lp", "not_upheld": "lx"})


def _read(text: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for part in re.split(r"(?m)^== ", text.replace("\n   ", " ")):
        category, _, body = part.partition("\n")
        for line in lines(body):
            kind, _, words = line.partition(": ")
            found[category, kind] = (*found.get((category, kind), ()), words)
    return MappingProxyType(found)


_WORDS: Final = MappingProxyType({"en": _read(_ENGLISH), "ru": _read(_RUSSIAN), "fil": _read(_FILIPINO)})


def reply(language: str, category: str) -> str:
    """Return the first thing a handler writes; about the answer itself it says nothing yet."""
    return _about(language, category, "r", "standing")


def question(language: str, category: str) -> str:
    """Return what a handler has to ask before going on."""
    return _about(language, category, "q", "standing")


def thanks_for_more(language: str) -> str:
    """Return what a handler writes when the complainant has added something."""
    return _about(language, "any", "more", "more")


def where_it_stands(language: str) -> str:
    """Return what a handler writes to somebody who asks how far the matter is."""
    return _about(language, "any", "standing", "standing")


def response(language: str, category: str, outcome: Outcome) -> str:
    """Return the decision with its reason, and what is done where something is given."""
    words = _words(language)
    lead = words["any", _LEADS[outcome]][0]
    reason = words.get((category, "x" if outcome == "not_upheld" else "u"))
    return f"{lead} {reason[0]}" if reason else lead


def note(dice: random.Random, language: str) -> str:
    """Return what a handler notes for colleagues."""
    return dice.choice(_words(language)["any", "note"])


def remedy(category: str, outcome: Outcome) -> str:
    """Return what is given; empty where nothing is."""
    return "" if outcome == "not_upheld" else REMEDIES.get(category, APOLOGY)


def decide(dice: random.Random, category: str) -> Outcome:
    """Return a decision, as often this or that as is usual for the category."""
    return dice.choices(OUTCOMES, SHARES.get(category, _USUAL))[0]


def _words(language: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return _WORDS.get(language, _WORDS["en"])


def _about(language: str, category: str, kind: str, otherwise: str) -> str:
    words = _words(language)
    return words.get((category, kind), words["any", otherwise])[0]
