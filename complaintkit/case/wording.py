"""Words that go out: what a text must not hold when it reaches the complainant."""

import re
from typing import Final

# Places of our own templates and of the wording in guides: {name}, {answer_due}, {что случилось}.
_PLACE: Final = re.compile(r"\{[^\W\d_][\w ,.'’-]{0,60}\}")
# Places as people leave them for themselves: [NAME], <date>, ____, XXX.
_GAP: Final = re.compile(r"\[[^\W\d_][^\]\n]{0,40}\]|<[^\W\d_][^>\n@]{0,40}>|_{3,}|\bX{3,}\b|\.{6,}")


def unfilled(text: str) -> tuple[str, ...]:
    """Return the places of a template that nobody filled, such as `{name}`; a text with one must not go out."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def gaps(text: str) -> tuple[str, ...]:
    """Return what looks like a gap somebody meant to fill: `[NAME]`, `<date>`, `____`."""
    return tuple(dict.fromkeys(_GAP.findall(text)))
