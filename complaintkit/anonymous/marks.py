"""The signs that stand for what was taken out until all rules have run: no rule may take a placeholder for a word."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NAME, MAIL, PHONE, LINK, NUMBER, ADDRESS, DATE, REFERENCE = (chr(0xE000 + place) for place in range(8))
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NAME: "[name]", MAIL: "[e-mail]", PHONE: "[phone]", LINK: "[link]", NUMBER: "[number]", ADDRESS: "[address]",
        DATE: "[date]", REFERENCE: "[reference]",
    }
)  # fmt: skip
