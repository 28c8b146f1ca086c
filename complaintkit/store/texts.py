"""Text that every engine can store, and identifiers short enough for an index.

PostgreSQL takes no NUL, and neither it nor UTF-8 a lone surrogate. Both come in with hostile or broken messages. They
are replaced by signs that people see, at this one place and for every store alike; the raw envelope keeps the bytes.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final, TypeVar

import attrs

from complaintkit.case.parts import Content
from complaintkit.checks import FrozenMapping, utc

T = TypeVar("T")
LONGEST_KEY: Final = 1000  # bytes; PostgreSQL's index entries end at about 2,700, and two keys share one


def storable(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced; the same object if there are none."""
    if "\0" in text:
        text = text.replace("\0", "␀")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def key(text: str) -> str:
    """Return an identifier of somebody else's making as one that can be indexed: a very long one ends in a digest."""
    text = storable(text)
    if len(text) * 4 <= LONGEST_KEY or len(raw := text.encode()) <= LONGEST_KEY:
        return text
    return raw[: LONGEST_KEY - 70].decode(errors="ignore") + "…" + hashlib.sha256(raw).hexdigest()


def suspicious(json: str) -> bool:
    """Say whether ASCII JSON may hold something to replace; a quick look before the long one."""
    return "\\u0000" in json or "\\ud" in json


def settled(value: T) -> T:
    """Return a frozen value as it comes back from a store: every text in it storable, every moment in UTC.

    A sealed text that had to be mended is sealed anew, the same way wherever it stands in the value.
    """
    resealed: dict[str, Content] = {}

    def mended(part: Any) -> Any:
        if isinstance(part, datetime):
            return utc(part)
        if isinstance(part, Content):
            if part.digest not in resealed:
                text = None if part.text is None else storable(part.text)
                resealed[part.digest] = part if text is None or text == part.text else Content.of(text)
            return resealed[part.digest]
        if isinstance(part, str) and not isinstance(part, Enum):
            return storable(part)
        return _rebuilt(part, mended)

    result: T = mended(value)
    return result


def refilled(value: T, contents: Mapping[str, Content]) -> T:
    """Return a frozen value with each sealed text as it stands on file now; one that is not there was erased."""

    def mended(part: Any) -> Any:
        if isinstance(part, Content):
            return contents.get(part.digest, Content(part.digest))
        return _rebuilt(part, mended)

    result: T = mended(value)
    return result


def _rebuilt(part: Any, mended: Callable[[Any], Any]) -> Any:
    if isinstance(part, tuple):
        return tuple(mended(one) for one in part)
    if isinstance(part, FrozenMapping):
        return FrozenMapping({mended(name): mended(value) for name, value in part.items()})
    if attrs.has(type(part)):
        names = [field.name for field in attrs.fields(type(part))]
        changes = {name: new for name in names if (new := mended(old := getattr(part, name))) is not old}
        return attrs.evolve(part, **changes) if changes else part
    return part
