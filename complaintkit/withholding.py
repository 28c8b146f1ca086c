"""What is left out of what somebody sees: who complains where that is sealed, and what does not exist for them.

A value is gone through to the last text in it. Leaving out too much is a nuisance; leaving out too little cannot be
taken back: so names count in every inflection, and numbers however they are written.
"""

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final, TypeVar
from unicodedata import normalize

import attrs
from attrs import define, field

from complaintkit.case.entries import FiledAttachment
from complaintkit.case.parts import Content, person_of, sealed_person
from complaintkit.case.reference import mentioned
from complaintkit.checks import FrozenMapping
from complaintkit.message import Person

T = TypeVar("T")
WITHHELD: Final = "[withheld]"
# By these a complainant is found again in other systems, whatever stands in them.
IDENTIFYING: Final = frozenset(
    {"contact", "customer", "segment", "order", "contract", "serial", "udi", "message_id", "reply_token", "recipient"}
)
_PERSON: Final = frozenset(one.name for one in attrs.fields(Person))
NOBODY: Final = str(sealed_person(Person()))
_ONLY: Final = re.compile(rf"(?:{re.escape(WITHHELD)}[\s.]*)+")
_APART: Final = re.compile(r"[^\w]+|_+")
# Of a telephone number the end is the same however the country is written.
_DIGITS: Final = 7
# A piece of an address so long tells where somebody lives.
_TELLING: Final = 5


@define
class Withholding:
    """What has to be left out.

    Attributes:
        people: Whose identity is withheld; nobody where nothing is sealed.
        references: Complaints that are not to be mentioned.
        sealed: Whether everything by which the complainant could be found again is left out, too.
    """

    people: tuple[Person, ...] = ()
    references: frozenset[str] = frozenset()
    sealed: bool = False
    _pattern: Any = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        parts = [*map(_spelt, self.references), *dict.fromkeys(part for one in self.people for part in _parts(one))]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def over(self, value: T) -> T:
        """Return a frozen value without what has to be left out."""
        if self._pattern is None and not self.sealed:
            return value
        left: T = self._value(value)
        return left

    def _value(self, value: Any) -> Any:
        if isinstance(value, Content):
            return self._content(value)
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        if isinstance(value, FrozenMapping):
            return FrozenMapping({self._value(name): self._value(held) for name, held in value.items()})
        if attrs.has(type(value)) and not isinstance(value, type):
            return self._object(value)
        return value

    def text(self, text: str) -> str:
        """Return a text without what has to be left out; empty if there was nothing else in it."""
        if self._pattern is None or not text:
            return text
        if self._pattern.search(plain := normalize("NFKC", text)) is None:
            return text
        left: str = self._pattern.sub(WITHHELD, plain)
        return "" if _ONLY.fullmatch(left) else left

    def _content(self, content: Content) -> Content:
        if content.text is None:
            return content
        if is_person(content) and person_of(content) in self.people:
            return Content(content.digest, NOBODY)
        left = self.text(content.text)
        return content if left == content.text else Content(content.digest, left or WITHHELD)

    def _object(self, value: Any) -> Any:
        if isinstance(value, Person) and value in self.people:
            return Person()
        changes: dict[str, Any] = {}
        for one in attrs.fields(type(value)):
            old = getattr(value, one.name)
            new = self._blank(old) if self.sealed and self._identifies(value, one.name) else self._value(old)
            if new is not old and new != old:
                changes[one.alias or one.name] = new
        return _changed(value, changes) if changes else value

    def _identifies(self, value: Any, name: str) -> bool:
        return name in IDENTIFYING or (name == "name" and isinstance(value, FiledAttachment))

    def _blank(self, value: Any) -> Any:
        if isinstance(value, Content):
            return Content(value.digest, WITHHELD)
        return "" if isinstance(value, str) and not isinstance(value, Enum) else value


def _changed(value: Any, changes: dict[str, Any]) -> Any:
    try:
        return attrs.evolve(value, **changes)
    except ValueError:
        # Some texts may not be empty.
        for name, new in changes.items():
            value = _with(value, name, new) if new == "" else attrs.evolve(value, **{name: new})
        return value


def _with(value: Any, name: str, text: str) -> Any:
    try:
        return attrs.evolve(value, **{name: text})
    except ValueError:
        return attrs.evolve(value, **{name: WITHHELD})


def is_person(content: Content) -> bool:
    """Say whether a sealed text holds what is known of a person."""
    if not content.text or not content.text.startswith("{"):
        return False
    try:
        held = json.loads(content.text)
    except ValueError:
        return False
    return isinstance(held, dict) and held.keys() == _PERSON


def people_in(value: Any) -> Iterator[Person]:
    """Yield every person that stands in a frozen value."""
    if isinstance(value, Person):
        yield value
    elif isinstance(value, Content):
        if is_person(value):
            yield person_of(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from people_in(one)
    elif attrs.has(type(value)):
        for one in attrs.fields(type(value)):
            yield from people_in(getattr(value, one.name))


def references_in(value: Any) -> Iterator[str]:
    """Yield every reference that is mentioned anywhere in a frozen value."""
    if isinstance(value, Content):
        yield from mentioned(value.text or "")
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield from mentioned(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from references_in(one)
    elif isinstance(value, FrozenMapping):
        yield from references_in(tuple(value.items()))
    elif attrs.has(type(value)):
        for one in attrs.fields(type(value)):
            yield from references_in(getattr(value, one.name))


def _spelt(reference: str) -> str:
    """Return the pattern of a reference, however its dashes are written."""
    return re.escape(reference).replace(r"\-", "-?")


def _parts(person: Person) -> Iterator[str]:
    """Yield patterns of what would tell who a person is."""
    for whole in (person.email, person.handle, person.customer, person.name):
        if len(whole.strip()) > 1:
            yield re.escape(normalize("NFKC", whole.strip()))
    if person.address:
        pieces = (person.address, *person.address.splitlines(), *person.address.split(","))
        yield from (re.escape(normalize("NFKC", one.strip())) for one in pieces if len(one.strip()) >= _TELLING)
    local = person.email.partition("@")[0]
    names = dict.fromkeys(part for text in (person.name, local, person.handle) for part in _APART.split(text))
    yield from (_inflected(normalize("NFKC", name)) for name in names if len(name) > 1 and not name.isdigit())
    for number in (person.phone, person.handle, person.customer):
        digits = re.sub(r"\D", "", normalize("NFKC", number))
        if len(digits) >= _DIGITS:
            yield r"[+(]?(?:\d[\s().-]*){0,6}" + r"[\s().-]*".join(digits[-_DIGITS:])


def _inflected(name: str) -> str:
    """Return the pattern of a part of a name in any case a language may put it in."""
    if len(name) < 4:
        return rf"(?<!\w){re.escape(name)}(?!\w)"
    return rf"(?<!\w){re.escape(name[:-1])}\w{{0,4}}(?!\w)"
