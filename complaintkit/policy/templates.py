"""Texts of notices, with named places only: no expressions, so a text can never compute anything."""

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from complaintkit.errors import SettingsError

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


@frozen(kw_only=True)
class Template:
    """A text for one occasion in one language."""

    occasion: str
    language: str
    subject: str
    body: str


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return the text with every place filled; what is filled in is never read for places again.

    Raises:
        SettingsError: A place has no fact.
    """

    def fact(place: re.Match[str]) -> str:
        if place.group(1) not in facts:
            raise SettingsError(f"template place {{{place.group(1)}}}", "there is no such fact for this occasion")
        return facts[place.group(1)]

    return _PLACE.sub(fact, text)
