"""Who takes part besides the one who complains, who may speak for whom, and to whom a notice goes."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content, person_of
from complaintkit.checks import aware
from complaintkit.message import Person

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# How the complainant is named where a party is asked for.
COMPLAINANT: Final = "complainant"
# Ways of writing to somebody, as notices know them.
WAYS: Final = ("email", "phone", "social", "letter")


class PartyRole(StrEnum):
    """What somebody is in a complaint."""

    COMPLAINANT = "complainant"
    REPRESENTATIVE = "representative"
    AFFECTED = "affected"
    WITNESS = "witness"
    RESPONDENT = "respondent"
    PAYER = "payer"
    OTHER = "other"


class PartyKind(StrEnum):
    """Whether it is a person, a business, or somebody of the organisation itself."""

    PERSON = "person"
    BUSINESS = "business"
    INTERNAL = "internal"


@frozen(kw_only=True)
class Authority:
    """The right to speak for somebody.

    Attributes:
        evidence: What shows it: a power of attorney, a court order, word of the person; sealed.
        checked_by, checked_at: Who looked at it, when.
        until: When it ends; `None` for not before it is taken back.
        notices: Whether notices go to the representative in place of the person.
    """

    evidence: Content
    checked_by: str
    checked_at: datetime = field(validator=aware)
    until: datetime | None = field(default=None, validator=validators.optional(aware))
    notices: bool = True


@frozen(kw_only=True)
class Party:
    """Somebody who takes part besides the complainant.

    Attributes:
        name: `party-1`, `party-2` ...; never used again within the case.
        role, kind: What it is here.
        person: Who it is, sealed.
        represents: For a representative, the name of the other party, or `complainant`.
        authority: By what right; `None` as long as nobody has seen any.
        brought: Whether this one brought the complaint.
        reachable: Whether this one may be written to or called at all.
        language, prefers: Language to use, and way to write (see `WAYS`); empty if unknown.
    """

    name: str = field(validator=validators.min_len(1))
    role: PartyRole
    kind: PartyKind = PartyKind.PERSON
    person: Content
    represents: str = ""
    authority: Authority | None = None
    brought: bool = False
    reachable: bool = True
    language: str = ""
    prefers: str = ""

    @property
    def who(self) -> Person:
        """Return the person."""
        return person_of(self.person)

    def speaks_for(self, name: str, now: datetime) -> bool:
        """Say whether it may speak for somebody at a moment: its right was shown and has not ended."""
        if self.role is not PartyRole.REPRESENTATIVE or self.represents != name or self.authority is None:
            return False
        return self.authority.until is None or now < self.authority.until


@frozen(kw_only=True)
class Addressee:
    """To whom a notice goes, in which language, by which way first; `party` is empty for the complainant."""

    person: Person
    language: str
    prefers: str = ""
    party: str = ""


def party_of(case: "Complaint", name: str) -> Party | None:
    """Return the party of a name, however it is typed, or `None`."""
    plain = name.strip().casefold()
    return next((party for party in case.matter.parties if party.name == plain), None)


def addressee(case: "Complaint", now: datetime) -> Addressee:
    """Return to whom a notice for the complainant goes: to the representative where the authority says so.

    Whoever brought the complaint for somebody else has no right to its answers by that alone.
    """
    for party in reversed(case.matter.parties):
        if party.reachable and party.speaks_for(COMPLAINANT, now) and party.authority and party.authority.notices:
            return Addressee(
                person=party.who, language=party.language or case.language, prefers=party.prefers, party=party.name
            )
    return Addressee(person=case.complainant, language=case.language, prefers=case.matter.prefers)


def belongs(case: "Complaint", person: Person) -> bool:
    """Say whether somebody is a party of a case, by the contact that finds people again."""
    contact = person.contact
    return bool(contact) and any(party.who.contact == contact for party in case.matter.parties)


def may_speak(case: "Complaint", person: Person, now: datetime) -> bool:
    """Say whether somebody's word counts as the complainant's: a representative whose right was shown."""
    contact = person.contact
    speaking = (party for party in case.matter.parties if party.speaks_for(COMPLAINANT, now))
    return bool(contact) and any(party.who.contact == contact for party in speaking)
