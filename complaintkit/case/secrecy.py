"""Who may know of a confidential complaint, and how the sealed identity of its complainant is opened by two people."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.actor import Actor, plain
from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Only the named handlers and the owner know of it.
RESTRICTED: Final = "restricted"
# Besides, who complains is withheld from them, too.
SEALED: Final = "sealed"
_moment = validators.optional(aware)


@frozen(kw_only=True)
class Unsealing:
    """Somebody asked to see who complains in a sealed case; it takes a second person to allow it.

    Attributes:
        name: `unsealing-1`, `unsealing-2` ...
        asked_by, asked_at: Who asked, and when.
        reason: Why, sealed.
        granted_by, granted_at: Who allowed it, and when; empty and `None` until then.
        until: Until when the identity may be looked at.
        seen_by: Who of the two has looked; each of them may once.
    """

    name: str = field(validator=validators.min_len(1))
    asked_by: str
    asked_at: datetime = field(validator=aware)
    reason: Content
    granted_by: str = ""
    granted_at: datetime | None = field(default=None, validator=_moment)
    until: datetime | None = field(default=None, validator=_moment)
    seen_by: tuple[str, ...] = ()

    def open_to(self, name: str, now: datetime) -> bool:
        """Say whether somebody may look at the identity once at this moment."""
        two = (plain(self.asked_by), plain(self.granted_by))
        looked = map(plain, self.seen_by)
        return self.until is not None and now <= self.until and plain(name) in two and plain(name) not in looked


@frozen
class Called(Actor):
    """Somebody who is let into one confidential case for one action, though nobody has named them.

    Attributes:
        to: The reference of the case.
    """

    to: str = ""


def confidants(case: "Complaint") -> tuple[str, ...]:
    """Return who may know of a confidential case, as names and roles are compared; nobody for one that is not."""
    if not case.secrecy:
        return ()
    return tuple(dict.fromkeys(map(plain, (case.owner, *case.handling.handlers))))


def initiated(case: "Complaint", actor: Actor) -> bool:
    """Say whether somebody may know of a case as far as its secrecy goes: everybody may where there is none."""
    if isinstance(actor, Called) and actor.to == case.reference:
        return True
    return not case.secrecy or not names_of(actor).isdisjoint(confidants(case))


def names_of(actor: Actor) -> frozenset[str]:
    """Return by what somebody is meant where people or roles are named: the name, and every role."""
    return frozenset(map(plain, (actor.name, *actor.roles)))


def unsealing(case: "Complaint", name: str) -> Unsealing | None:
    """Return an unsealing of a case by its name, or `None`."""
    return next((one for one in case.handling.unsealings if one.name == name), None)
