"""Repeats: how far back one looks, per kind, and the words by which people complain about an answer they got."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from attrs import field, frozen

from complaintkit.case.repeats import RepeatKind

# Spans for complaints of the same person: `repeat_within` of the policy, where they are not given.
SPANS: Final = ("same_matter", "other_matter", "about_handling")


# A word of the list that ends so may go on: `refus*` stands for refused, refusing ...
_OPEN: Final = "*"
_SIGNS: Final = re.compile(r"[^\w*]+")


def _plain(text: str) -> str:
    """Return a text in small letters, its words with one space around each."""
    return f" {_SIGNS.sub(' ', text.casefold()).strip()} "


def _words(given: Iterable[str]) -> tuple[str, ...]:
    plain = (_plain(one) for one in given)
    return tuple(one.removesuffix(f"{_OPEN} ") for one in plain if one.strip(f" {_OPEN}"))


@frozen(kw_only=True)
class Repeats:
    """How repeats are recognised.

    Attributes:
        same_matter: How long an earlier complaint of the same person about the same product or problem counts.
        other_matter: How long one about anything else does.
        about_handling: How long one does whose handling is complained of.
        other_people: How long one of somebody else about the same product and problem does.
        words: By what people complain about an answer, or that there was none, in whatever language; `*` at the end
            lets a word go on.
        polite: What has such words in it and means nothing by them: looking forward to an answer, thanks for one.
    """

    same_matter: timedelta = timedelta(days=365)
    other_matter: timedelta = timedelta(days=365)
    about_handling: timedelta = timedelta(days=365)
    other_people: timedelta = timedelta(days=30)
    words: tuple[str, ...] = field(default=(), converter=_words)
    polite: tuple[str, ...] = field(default=(), converter=_words)

    def within(self, kind: RepeatKind) -> timedelta:
        """Return how far back one looks for a kind."""
        spans = {
            RepeatKind.SAME_MATTER: self.same_matter,
            RepeatKind.OTHER_MATTER: self.other_matter,
            RepeatKind.ABOUT_HANDLING: self.about_handling,
            RepeatKind.OTHER_PEOPLE: self.other_people,
        }
        return spans.get(kind, self.longest)

    @property
    def longest(self) -> timedelta:
        """Return how far back one looks for complaints of the same person."""
        return max(self.same_matter, self.other_matter, self.about_handling)

    def about_an_answer(self, text: str) -> bool:
        """Say whether a text complains about an answer, or that there was none."""
        plain = _plain(text)
        for phrase in self.polite:
            plain = plain.replace(phrase, " ")
        return any(word in plain for word in self.words)
