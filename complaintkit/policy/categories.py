"""Categories: what a complaint can be about, and the words that give it away."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from complaintkit.case.parts import Severity
from complaintkit.checks import frozen_mapping

UNSORTED: Final = "unsorted"


@frozen
class Word:
    """A stem that gives a category away in one language; `weight` says how strongly, from 1 to about 5."""

    language: str
    stem: str
    weight: float


@frozen(kw_only=True)
class Category:
    """A category, with what it takes in and what not.

    Attributes:
        code: Stable code, kept on the cases.
        labels: Label per language.
        definition, includes, excludes: For the person who has to decide.
        severity: The least severity of a complaint in it.
        words: What a keyword categoriser looks for.
    """

    code: str
    labels: Mapping[str, str] = field(converter=frozen_mapping)
    definition: str = ""
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    words: tuple[Word, ...] = ()

    def label(self, language: str) -> str:
        """Return the label in a language, in English, or the code."""
        return self.labels.get(language) or self.labels.get("en") or self.code
