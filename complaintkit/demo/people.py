"""People who do not exist: their addresses lie in domains, and their numbers in ranges, that nobody can ever have."""

import random
import re

from attrs import field, frozen

from complaintkit.demo.phrases import Language, Voice
from complaintkit.message import Person

# RFC 2606 sets these aside: example.org and its sisters, and everything below .example.
_DOMAINS = ("example.org", "example.com", "example.net", "mail.example", "post.example", "inbox.example")
# Ofcom keeps these for drama, a thousand numbers each.
_BRITISH = ("+44 7700 900", "+44 20 7946 0", "+44 113 496 0", "+44 114 496 0", "+44 1632 960", "+44 191 498 0")
# The North American plan keeps 555-0100 to 555-0199 of each area for fiction; Russia and the Philippines keep nothing.
_AREAS = tuple(range(201, 210)) + tuple(range(212, 220)) + tuple(range(301, 311)) + tuple(range(312, 322))


@frozen
class Somebody:
    """A complainant of the demo: the person, the language, and `m` or `f` for the grammar."""

    person: Person
    language: Language
    gender: str


@frozen
class People:
    """Invents people, none of them twice."""

    dice: random.Random
    _known: dict[str, int] = field(factory=dict, init=False)

    def somebody(self, voice: Voice, *, social: bool = False, anonymous: bool = False) -> Somebody:
        """Invent a complainant.

        Args:
            voice: The language the name has to fit.
            social: They write in public, under a handle.
            anonymous: They do not say who they are.
        """
        given, latin_given, gender = self.dice.choice(voice.given)
        family = self.dice.choice(voice.family)
        surname, latin = (family[0], family[2]) if gender == "m" else (family[1], family[3])
        email = self._email(f"{latin_given}.{latin}".lower())
        phone = self._phone(voice.language) if self.dice.random() < 0.7 else ""
        if anonymous:
            return Somebody(Person(), voice.language, gender)
        if social:
            handle = f"@{latin_given.lower()}_{latin[:2].lower()}{self._next('handle'):03}"
            return Somebody(Person(name=f"{given} {surname}", handle=handle), voice.language, gender)
        return Somebody(Person(name=f"{given} {surname}", email=email, phone=phone), voice.language, gender)

    def _next(self, of: str) -> int:
        self._known[of] = number = self._known.get(of, 0) + 1
        return number

    def _email(self, local: str) -> str:
        local = re.sub(r"[^a-z.]", "", local)
        number = self._next(local)
        return f"{local}{number if number > 1 else ''}@{self.dice.choice(_DOMAINS)}"

    def _phone(self, language: str) -> str:
        """Return a number nobody else here has; empty once all of them are given out."""
        if language == "en":
            block, place = divmod(self._next("british") - 1, 1000)
            # 387 has no factor in common with 1000: every number comes up once.
            return f"{_BRITISH[block]}{place * 387 % 1000:03}" if block < len(_BRITISH) else ""
        line, area = divmod(self._next("american") - 1, len(_AREAS))
        return f"+1 {_AREAS[area * 7 % len(_AREAS)]} 555 01{line:02}" if line < 100 else ""
