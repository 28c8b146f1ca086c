"""What is left out of what somebody sees: who complains where that is sealed, and what does not exist for them.

A value is gone through to the last text in it. Leaving out too much is a nuisance; leaving out too little cannot be
taken back: so names count in every inflection, and numbers however they are written.
"""

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final, TypeVar
from unicodedata import decimal

import attrs
from attrs import define, field

from complaintkit.anonymous import plain_text
from complaintkit.anonymous.marks import NAME
from complaintkit.anonymous.names import WORD, Names, folded
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import FiledAttachment
from complaintkit.case.parties import PartyRole
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
# Whom it is about is not withheld from those who have to look into it.
_ACCUSED: Final = (PartyRole.RESPONDENT, PartyRole.PAYER)
_PERSON: Final = frozenset(one.name for one in attrs.fields(Person))
NOBODY: Final = str(sealed_person(Person()))
_ONLY: Final = re.compile(rf"(?:{re.escape(WITHHELD)}[\s.]*)+")
_TOKEN: Final = re.compile(r"[^\W_]+")
# Of a telephone number the end is the same however the country is written.
_DIGITS: Final = 7
# A piece of an address so long tells where somebody lives.
_TELLING: Final = 5
# What a complainant is called, they choose: so much of it is looked for as a whole and with every rule. What is beyond
# is looked up word by word, which costs the same however much of it there is.
_WHOLE: Final = 300
_PIECES: Final = 40
_WORD: Final = 60
# What may stand between the figures of a number.
_GAP: Final = r"[\s()./\\_,:|·•‐-―−-]{0,5}"
# Endings that come to a name in languages of which we know no more.
_ENDING: Final = 4


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
    _called: "_Called" = field(init=False)

    def __attrs_post_init__(self) -> None:
        parts = [*map(_spelt, self.references), *dict.fromkeys(part for one in self.people for part in _parts(one))]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None
        self._called = _Called.of(self.people)

    @property
    def _nothing(self) -> bool:
        return self._pattern is None and not self._called.words

    def over(self, value: T) -> T:
        """Return a frozen value without what has to be left out."""
        if self._nothing and not self.sealed:
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
        if self._nothing or not text:
            return text
        plain = _plain(text)
        left = self._called.hidden(self._pattern.sub(NAME, plain) if self._pattern else plain)
        if left == plain:
            return text
        left = left.replace(NAME, WITHHELD)
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


def of_sealed(case: Complaint, *more: object) -> Withholding:
    """Return what has to be left out of a case whose complainant is sealed, and of what belongs to it.

    Whom it is about stays, for those who have to look into it; where it leads to could tell who complains, and goes.

    Args:
        case: The complaint as it is on file.
        more: What belongs to it: its entries, its notices.
    """
    spared = {one.who for one in case.matter.parties if one.role in _ACCUSED} - {case.complainant}
    people = tuple(one for one in dict.fromkeys(people_in((case, *more))) if one not in spared)
    mentioned = frozenset(references_in((case, *more))) - {case.reference}
    return Withholding(people=people, references=mentioned, sealed=True)


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


@attrs.frozen
class _Called:
    """By what people are called, word by word.

    Attributes:
        names: The first parts of their names, known in every case and ending, and in other letters.
        words: All words of their names, as names are compared.
        roots: The same without their last letter, where they are long enough to take endings.
    """

    names: Names
    words: frozenset[str]
    roots: frozenset[str]

    @classmethod
    def of(cls, people: tuple[Person, ...]) -> "_Called":
        """Return what people are called."""
        texts = tuple(map(_plain, (text for one in people for text in _names(one))))
        found = (word for text in texts for token in _TOKEN.findall(text) for word in {token, *WORD.findall(token)})
        spelt = dict.fromkeys(word for word in found if len(word) > 1 and not word.isdigit())
        words = frozenset(map(folded, spelt))
        first = tuple(word for word in spelt if len(word) <= _WORD)[: _PIECES * max(1, min(len(people), _PIECES))]
        rooted = frozenset(word[:-1] for word in words if 3 < len(word) <= _WORD)
        return cls(Names.of((*first, *map(_umlauts, first))), words, rooted)

    def hidden(self, text: str) -> str:
        """Return a text without these words."""
        return _TOKEN.sub(self._token, text) if self.words else text

    def _token(self, found: re.Match[str]) -> str:
        token = found[0]
        return NAME if folded(token) in self.words else WORD.sub(self._word, token)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < 2:
            return word
        plain = folded(word)
        if plain in self.words or any(plain[: len(plain) - cut] in self.roots for cut in range(_ENDING + 1)):
            return NAME
        return NAME if len(word) <= 2 * _WORD and self.names.knows(word, True) else word


def _names(person: Person) -> Iterator[str]:
    """Yield what is looked for word by word: names, and whatever is too long to be looked for as a whole."""
    yield from (person.name, person.email.partition("@")[0], person.handle)
    if len(person.customer) > _WHOLE:
        yield person.customer
    pieces = _pieces(person)
    beyond = " ".join((*(one for one in pieces[:_PIECES] if len(one) > _WHOLE), *pieces[_PIECES:]))
    yield " ".join(one for one in _TOKEN.findall(beyond) if len(one) >= _TELLING)


def _pieces(person: Person) -> list[str]:
    """Return an address as a whole and piece by piece."""
    pieces = (person.address, *person.address.splitlines(), *person.address.split(","))
    return [one for one in dict.fromkeys(piece.strip() for piece in pieces) if len(one) >= _TELLING]


def _plain(text: str) -> str:
    """Return a text with one form for each letter and figure."""
    plain = plain_text(text)
    return plain if plain.isascii() else "".join(str(decimal(one, one)) for one in plain)


def _umlauts(word: str) -> str:
    """Return a word as it is written where there are no such letters as in it."""
    return word.casefold().translate(_UMLAUTS)


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def _spelt(reference: str) -> str:
    """Return the pattern of a reference, however its dashes are written."""
    return re.escape(reference).replace(r"\-", r"[\s‐-―−-]?")


def _parts(person: Person) -> Iterator[str]:
    """Yield patterns of what would tell who a person is, beside the words of the name."""
    signs = re.sub(r"[\W_]", "", _plain(person.customer[:_WHOLE]))
    grouped = len(signs) > 2 and any(one.isdigit() for one in signs)
    wholes = (person.email, person.handle, "" if grouped else person.customer, person.name)
    for whole in (*wholes, *_pieces(person)[:_PIECES]):
        if len(whole) <= _WHOLE and len(plain := _plain(whole).strip()) > 1:
            yield re.escape(plain)
    if grouped:
        yield rf"(?<![^\W_]){_GAP.join(signs)}(?![^\W_])"
    for number in (person.phone, person.handle, person.customer):
        digits = re.sub(r"\D", "", _plain(number[:_WHOLE]))
        if len(digits) >= _DIGITS:
            yield rf"[+(]?(?:\d{_GAP}){{0,6}}" + _GAP.join(digits[-_DIGITS:])
