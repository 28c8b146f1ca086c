"""Entries of who may know: confidential cases and their handlers, sealed identity, and every look at either."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Content
from complaintkit.case.secrecy import RESTRICTED, SEALED, Unsealing
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Restricted(Entry):
    """Confidential from now on: only its owner and these handlers know of it."""

    kind: ClassVar[str] = "restricted"
    phrase: ClassVar[str] = "confidential from now on; handlers: {handlers}"
    handlers: tuple[str, ...]
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Name the handlers; a sealed case stays sealed."""
        handling = evolve(case.handling, handlers=self.handlers)
        return evolve(case, secrecy=case.secrecy or RESTRICTED, handling=handling)


@frozen(kw_only=True)
class HandlersNamed(Entry):
    """Others may know of a confidential case from now on."""

    kind: ClassVar[str] = "handlers_named"
    phrase: ClassVar[str] = "handlers of this confidential case are now: {handlers}"
    handlers: tuple[str, ...]
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Name the handlers."""
        return evolve(case, handling=evolve(case.handling, handlers=self.handlers))


@frozen(kw_only=True)
class Sealed(Entry):
    """Who complains is withheld from everybody from now on; only its owner and these handlers know of the case."""

    kind: ClassVar[str] = "sealed"
    phrase: ClassVar[str] = "identity sealed; handlers: {handlers}"
    handlers: tuple[str, ...]
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Seal it."""
        return evolve(case, secrecy=SEALED, handling=evolve(case.handling, handlers=self.handlers))


@frozen(kw_only=True)
class SecrecyLifted(Entry):
    """No longer confidential. `consent` is that of the complainant, where the identity was sealed."""

    kind: ClassVar[str] = "secrecy_lifted"
    phrase: ClassVar[str] = "no longer confidential"
    reason: Content
    consent: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Let everybody know of it who may look at complaints."""
        return evolve(case, secrecy="", handling=evolve(case.handling, handlers=()))


@frozen(kw_only=True)
class UnsealingAsked(Entry):
    """Somebody asks to see who complains; a second person has to allow it."""

    kind: ClassVar[str] = "unsealing_asked"
    phrase: ClassVar[str] = "asks to see who complains ({unsealing})"
    unsealing: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep what was asked."""
        asked = Unsealing(name=self.unsealing, asked_by=self.by, asked_at=self.at, reason=self.reason)
        handling = evolve(case.handling, unsealings=(*case.handling.unsealings, asked))
        return evolve(case, handling=handling)


@frozen(kw_only=True)
class UnsealingGranted(Entry):
    """A second person allowed it: until a moment, each of the two may look once."""

    kind: ClassVar[str] = "unsealing_granted"
    phrase: ClassVar[str] = "allows it until {until}, one look each ({unsealing})"
    unsealing: str
    until: datetime
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Let the two look."""
        handling = case.handling
        unsealings = tuple(
            evolve(one, granted_by=self.by, granted_at=self.at, until=self.until) if one.name == self.unsealing else one
            for one in handling.unsealings
        )
        return evolve(case, handling=evolve(handling, unsealings=unsealings))


@frozen(kw_only=True)
class IdentitySeen(Entry):
    """Somebody looked at who complains, as two people had allowed."""

    kind: ClassVar[str] = "identity_seen"
    phrase: ClassVar[str] = "looked at who complains ({unsealing})"
    aside: ClassVar[bool] = True
    unsealing: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Use up the one look."""
        handling = case.handling
        unsealings = tuple(
            evolve(one, seen_by=(*one.seen_by, self.by)) if one.name == self.unsealing else one
            for one in handling.unsealings
        )
        return evolve(case, handling=evolve(handling, unsealings=unsealings))


@frozen(kw_only=True)
class Looked(Entry):
    """Somebody looked at a confidential case, or got a code or link of any; `what` says at what of it."""

    kind: ClassVar[str] = "looked"
    phrase: ClassVar[str] = "looked at: {what}"
    aside: ClassVar[bool] = True
    what: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is."""
        return case


@frozen(kw_only=True)
class CodeRenewed(Entry):
    """The complainant got a new follow-up code; those before open nothing any more."""

    kind: ClassVar[str] = "code_renewed"
    phrase: ClassVar[str] = "a new follow-up code; those before open nothing any more"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Count the codes."""
        return evolve(case, handling=evolve(case.handling, codes=case.handling.codes + 1))
