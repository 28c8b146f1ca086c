"""Actions about who takes part: add, change and take out parties, and show by what right somebody speaks for others."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import PartyAdded, PartyChanged, PartyRemoved, Represented
from complaintkit.case.parties import COMPLAINANT, WAYS, Authority, Party, PartyKind, PartyRole, party_of
from complaintkit.case.parts import Content, sealed_person
from complaintkit.changing import evolve
from complaintkit.message import Person


@frozen(kw_only=True)
class _Known(Action):
    """What may be known of somebody."""

    full_name: str = asked("name of the person or business", default="")
    email: str = asked("e-mail address", default="")
    phone: str = asked("telephone number", default="")
    handle: str = asked("name on social media", default="")
    address: str = asked("postal address", default="")
    customer: str = asked("the host's number of this customer", default="")
    language: str = asked("language to write in, such as en, ru, fil", default="")
    prefers: str = asked("the way to write first", choices=WAYS, default="")

    def _person(self, known: Person) -> Person:
        """Return what was known, with what is new."""
        given = {
            "name": self.full_name, "email": self.email, "phone": self.phone, "handle": self.handle,
            "address": self.address, "customer": self.customer,
        }  # fmt: skip
        return evolve(known, **{name: value.strip() for name, value in given.items() if value.strip()})

    def _way(self, ask: Asked) -> str:
        return ask.one_of("prefers", self.prefers, ("", *WAYS))


def _party(ask: Asked, name: str) -> Party:
    names = tuple(party.name for party in ask.case.matter.parties)
    ask.one_of("party", name.strip().casefold(), names)
    found = party_of(ask.case, name)
    assert found is not None
    return found


def _represented(ask: Asked, name: str, by: str = "") -> str:
    """Return who is represented: the complainant, or another party."""
    others = tuple(party.name for party in ask.case.matter.parties if party.name != by)
    return ask.one_of("represents", name.strip().casefold() or COMPLAINANT, (COMPLAINANT, *others))


@frozen(kw_only=True)
class AddParty(_Known):
    """Note that somebody else takes part."""

    name: ClassVar[str] = "add_party"
    help: ClassVar[str] = "note that somebody else takes part: a representative, a witness, who is affected or pays"
    role: str = asked("what the person is here", choices=tuple(PartyRole))
    kind: str = asked(
        "a person, a business, or somebody of our own", choices=tuple(PartyKind), default=PartyKind.PERSON
    )
    represents: str = asked("for a representative: complainant, or the name of a party", of="party", default="")
    reachable: bool = asked("whether the person may be written to", default=True)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Add the party; somebody of whom nothing is known cannot be told from others."""
        role = PartyRole(ask.one_of("role", self.role, tuple(PartyRole)))
        person = self._person(Person())
        if person.anonymous:
            raise ask.refuse("nothing is known of this party; give at least full_name")
        return (
            PartyAdded(
                at=ask.now,
                by=ask.by,
                party=ask.case.matter.named.next("party"),
                role=role,
                kind_of_party=PartyKind(ask.one_of("kind", self.kind, tuple(PartyKind))),
                person=sealed_person(person),
                represents=_represented(ask, self.represents) if role is PartyRole.REPRESENTATIVE else "",
                reachable=self.reachable,
                language=self.language.strip(),
                prefers=self._way(ask),
            ),
        )


@frozen(kw_only=True)
class ChangeParty(_Known):
    """Correct or complete what is known of a party, or of the complainant."""

    name: ClassVar[str] = "change_party"
    help: ClassVar[str] = "correct or complete what is known of a party, or of the complainant; empty keeps"
    party: str = asked("name of the party; empty for the complainant", of="party", default=COMPLAINANT)
    role: str = asked("what the person is here", choices=tuple(PartyRole), default="")
    kind: str = asked("a person, a business, or somebody of our own", choices=tuple(PartyKind), default="")
    reachable: str = asked("whether the person may be written to", choices=("yes", "no"), default="")
    reason: str = asked("why, if it is not plain", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Change what is said; refuse where that changes nothing."""
        name = self.party.strip().casefold() or COMPLAINANT
        role = ask.one_of("role", self.role, ("", *PartyRole))
        reachable = ask.one_of("reachable", self.reachable, ("", "yes", "no"))
        if name == COMPLAINANT and (role or reachable):
            raise ask.refuse("the complainant has no other role here and is always written to; add a party instead")
        known = ask.case.complainant if name == COMPLAINANT else _party(ask, name).who
        person = self._person(known)
        kind = ask.one_of("kind", self.kind, ("", *PartyKind))
        if person == known and not (role or kind or reachable or self.language.strip() or self._way(ask)):
            raise ask.refuse("nothing would change; say what is different now")
        return (
            PartyChanged(
                at=ask.now,
                by=ask.by,
                party=name,
                role=PartyRole(role) if role else None,
                kind_of_party=PartyKind(kind) if kind else None,
                person=None if person == known else sealed_person(person),
                reachable=None if not reachable else reachable == "yes",
                language=self.language.strip(),
                prefers=self._way(ask),
                reason=Content.maybe(self.reason),
            ),
        )


@frozen(kw_only=True)
class RemoveParty(Action):
    """Note that somebody takes no part any more."""

    name: ClassVar[str] = "remove_party"
    help: ClassVar[str] = "note that somebody takes no part any more; a right to speak for others ends with that"
    party: str = asked("name of the party", of="party")
    reason: str = asked("why")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Take the party out."""
        reason = ask.need("reason", self.reason)
        return (PartyRemoved(at=ask.now, by=ask.by, party=_party(ask, self.party).name, reason=Content.of(reason)),)


@frozen(kw_only=True)
class Represent(Action):
    """Put on file by what right a party speaks for somebody."""

    name: ClassVar[str] = "represent"
    help: ClassVar[str] = "put on file by what right a party speaks for the complainant; notices go there then"
    party: str = asked("name of the party who speaks", of="party")
    represents: str = asked("for whom: complainant, or the name of a party", of="party", default=COMPLAINANT)
    evidence: str = asked("what shows the right: power of attorney of ..., court order ..., word of the complainant")
    until: datetime | None = asked("when the right ends; empty for not before it is taken back", default=None)
    notices: bool = asked("whether notices go to the representative in place of the person", default=True)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence, and who looked at it."""
        party = _party(ask, self.party)
        represents = _represented(ask, self.represents, by=party.name)
        evidence = ask.need("evidence", self.evidence)
        if self.until is not None:
            ask.ahead("until", self.until)
        if self.notices and represents == COMPLAINANT and not party.who.reachable:
            raise ask.refuse("nothing is known by which this party could be reached; change_party first, or no notices")
        authority = Authority(
            evidence=Content.of(evidence), checked_by=ask.by, checked_at=ask.now, until=self.until, notices=self.notices
        )
        return (Represented(at=ask.now, by=ask.by, party=party.name, represents=represents, authority=authority),)
