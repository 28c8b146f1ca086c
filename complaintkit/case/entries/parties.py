"""Entries of who takes part: parties come, change and go; a right to speak for somebody is shown."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parties import COMPLAINANT, Authority, Party, PartyKind, PartyRole
from complaintkit.case.parts import Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class PartyAdded(Entry):
    """Somebody takes part."""

    kind: ClassVar[str] = "party_added"
    phrase: ClassVar[str] = "{party} takes part as {role}"
    party: str
    role: PartyRole
    kind_of_party: PartyKind = PartyKind.PERSON
    person: Content
    represents: str = ""
    brought: bool = False
    reachable: bool = True
    language: str = ""
    prefers: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Add the party."""
        matter = case.matter
        party = Party(
            name=self.party, role=self.role, kind=self.kind_of_party, person=self.person, represents=self.represents,
            brought=self.brought, reachable=self.reachable, language=self.language, prefers=self.prefers,
        )  # fmt: skip
        named = matter.named.given(self.party)
        return evolve(case, matter=evolve(matter, parties=(*matter.parties, party), named=named))


@frozen(kw_only=True)
class PartyChanged(Entry):
    """What is known of somebody who takes part is another now; the earlier words stay in the file.

    `party` may be `complainant`. What is `None` or empty stays as it was.
    """

    kind: ClassVar[str] = "party_changed"
    phrase: ClassVar[str] = "{party} changed"
    party: str
    role: PartyRole | None = None
    kind_of_party: PartyKind | None = None
    person: Content | None = None
    represents: str = ""
    reachable: bool | None = None
    language: str = ""
    prefers: str = ""
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Change the party, or the complainant."""
        matter = case.matter
        if self.party == COMPLAINANT:
            known = evolve(
                matter, complainant=self.kind_of_party or matter.complainant, prefers=self.prefers or matter.prefers
            )
            person, language = self.person or case.person, self.language or case.language
            return evolve(case, person=person, language=language, matter=known)
        parties = tuple(self._changed(one) if one.name == self.party else one for one in matter.parties)
        return evolve(case, matter=evolve(matter, parties=parties))

    def _changed(self, party: Party) -> Party:
        role = self.role or party.role
        represents = self.represents or party.represents
        # A right that was shown is a right to speak for one person, and for nobody else.
        same = role is party.role and represents == party.represents and self.person is None
        return evolve(
            party,
            role=role,
            kind=self.kind_of_party or party.kind,
            person=self.person or party.person,
            represents=represents if role is PartyRole.REPRESENTATIVE else "",
            authority=party.authority if same else None,
            reachable=party.reachable if self.reachable is None else self.reachable,
            language=self.language or party.language,
            prefers=self.prefers or party.prefers,
        )


@frozen(kw_only=True)
class PartyRemoved(Entry):
    """Somebody does not take part any more, with the reason; what was stays in the file."""

    kind: ClassVar[str] = "party_removed"
    phrase: ClassVar[str] = "{party} takes no part any more"
    party: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the party out, and the right of those who spoke for it."""
        matter = case.matter
        parties = tuple(
            evolve(one, represents="", authority=None) if one.represents == self.party else one
            for one in matter.parties
            if one.name != self.party
        )
        return evolve(case, matter=evolve(matter, parties=parties))


@frozen(kw_only=True)
class Represented(Entry):
    """Somebody has shown the right to speak for the complainant, or for another party."""

    kind: ClassVar[str] = "represented"
    phrase: ClassVar[str] = "{party} may speak for {represents}"
    party: str
    represents: str
    authority: Authority

    def change(self, case: Complaint) -> Complaint:
        """Keep the right with the party, who is a representative by that."""
        matter = case.matter
        parties = tuple(
            evolve(one, role=PartyRole.REPRESENTATIVE, represents=self.represents, authority=self.authority)
            if one.name == self.party
            else one
            for one in matter.parties
        )
        return evolve(case, matter=evolve(matter, parties=parties))
