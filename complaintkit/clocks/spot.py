"""A place in the settings, for errors that tell where something stands and what to write there instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import frozen

from complaintkit.errors import SettingsError


@frozen
class Spot:
    """Where a value stands."""

    path: str

    def at(self, key: object) -> "Spot":
        """Return the place of a key of a table, or of a number in a list."""
        return Spot(f"{self.path}[{key}]" if isinstance(key, int) else f"{self.path}.{key}")

    def wrong(self, problem: str) -> SettingsError:
        """Return the error that says what is wrong here."""
        return SettingsError(self.path, problem)

    def table(self, value: object, keys: Collection[str] = ()) -> Mapping[str, Any]:
        """Return a value that is a table, with no other keys than these if there are any.

        Raises:
            SettingsError: It is none, or has another key.
        """
        if not isinstance(value, Mapping):
            raise self.wrong(f"must be a table, not {_kind(value)}; write {{ ... }} with its keys inside")
        for key in value:
            if keys and key not in keys:
                raise self.at(key).wrong(f"there is no such key; {near(str(key), keys)}")
        return value

    def items(self, value: object, such: str) -> Iterator[tuple["Spot", Any]]:
        """Yield what is in a list, each with its own place.

        Raises:
            SettingsError: It is no list.
        """
        if not isinstance(value, list | tuple):
            raise self.wrong(f"must be a list, not {_kind(value)}; write such as {such}")
        yield from ((self.at(place), one) for place, one in enumerate(value))

    def text(self, value: object, such: str) -> str:
        """Return a value that is a text.

        Raises:
            SettingsError: It is none, or empty.
        """
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f'must be a text, not {_kind(value)}; write such as "{such}"')
        return value.strip()


def near(word: str, known: Iterable[str]) -> str:
    """Return what may be meant instead of a word: the nearest known one, or all."""
    words = sorted(known)
    if found := get_close_matches(word, words, 1):
        return f"did you mean {found[0]!r}?"
    return f"there are {', '.join(words)}"


def _kind(value: object) -> str:
    kinds = {dict: "a table", list: "a list", bool: str(value).lower(), int: str(value), float: str(value)}
    if isinstance(value, str):
        return repr(value) if value and len(value) <= 20 else "a long text" if value else "an empty one"
    return kinds.get(type(value), f"a {type(value).__name__}")
