"""Actions of confidentiality: who may know of a case, who complains, and the code by which they follow it."""

from datetime import datetime
from difflib import get_close_matches
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actor import Actor, plain, same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.secrecy import (
    CodeRenewed,
    HandlersNamed,
    Restricted,
    Sealed,
    SecrecyLifted,
    UnsealingAsked,
    UnsealingGranted,
)
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.case.reference import RENEWALS
from complaintkit.case.secrecy import SEALED, Unsealing, unsealing

NOT_SEALED: Final = "the identity is not sealed"


def _handlers(ask: Asked, given: tuple[str, ...], *always: str) -> tuple[str, ...]:
    """Return who is to know of the case, each once, as they were typed.

    Raises:
        NotAllowed: The complaint is about one of them, or nobody here is called so.
    """
    known = (*ask.terms.known("staff"), *ask.terms.known("role"))
    named = {plain(one): one.strip() for one in given if one.strip()}
    for name in named.values():
        if ask.terms.roster.in_conflict(ask.case, name):
            raise ask.refuse(f"{name} cannot be a handler of it")
        if ask.terms.known("staff") and not any(same(name, one) for one in known):
            near = get_close_matches(name, known, 1)
            raise ask.refuse(f"nobody here is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return tuple((named | {plain(one): one for one in always if plain(one) not in named}).values())


@frozen(kw_only=True)
class Restrict(Action):
    """Make it confidential: only its owner and the named handlers know of it."""

    name: ClassVar[str] = "restrict"
    help: ClassVar[str] = "make it confidential: for everybody but its owner and the named handlers it does not exist"
    reason: str = asked("why")
    handlers: tuple[str, ...] = asked("who else may know of it: people or roles; who asks is one of them", default=())

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it is confidential already."""
        return f"it is {case.secrecy} already; name_handlers changes who may know of it" if case.secrecy else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Name the handlers; who asks is one of them, so that somebody always is."""
        handlers = _handlers(ask, self.handlers, ask.by)
        reason = Content.of(ask.need("reason", self.reason))
        return (Restricted(at=ask.now, by=ask.by, handlers=handlers, reason=reason),)


@frozen(kw_only=True)
class NameHandlers(Action):
    """Say anew who may know of a confidential case."""

    name: ClassVar[str] = "name_handlers"
    help: ClassVar[str] = "say anew who may know of a confidential complaint, beside its owner"
    handlers: tuple[str, ...] = asked("who may know of it: a person or a role")
    reason: str = asked("why")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that everybody may know of it."""
        return "" if case.secrecy else "it is not confidential; restrict it first"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Replace the handlers; nobody would be no answer."""
        handlers = _handlers(ask, self.handlers)
        if not handlers:
            raise ask.refuse("it needs at least one handler")
        reason = Content.of(ask.need("reason", self.reason))
        return (HandlersNamed(at=ask.now, by=ask.by, handlers=handlers, reason=reason),)


@frozen(kw_only=True)
class Seal(Action):
    """Withhold from everybody who complains."""

    name: ClassVar[str] = "seal"
    help: ClassVar[str] = "make it confidential, and withhold from its handlers, too, who complains"
    reason: str = asked("why")
    handlers: tuple[str, ...] = asked("who may know of it: a person or a role; who asks is one of them", default=())

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it is sealed already."""
        return "the identity is sealed already" if case.secrecy == SEALED else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Seal it; the handlers it has stay."""
        kept = ask.case.handling.handlers if ask.case.secrecy else ()
        handlers = _handlers(ask, (*kept, *self.handlers), ask.by)
        return (Sealed(at=ask.now, by=ask.by, handlers=handlers, reason=Content.of(ask.need("reason", self.reason))),)


@frozen(kw_only=True)
class Lift(Action):
    """End confidentiality."""

    name: ClassVar[str] = "lift"
    help: ClassVar[str] = "end confidentiality: everybody who may look at complaints may know of it again"
    reason: str = asked("why")
    consent: str = asked("how and when the complainant agreed, where the identity is sealed", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is nothing to end."""
        return "" if case.secrecy else "it is not confidential"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Lift it; a sealed identity only with the consent of whose it is (Directive (EU) 2019/1937, art. 16(1))."""
        if ask.case.secrecy == SEALED and not self.consent.strip():
            raise ask.refuse("the identity is sealed; say how and when the complainant consented")
        reason = Content.of(ask.need("reason", self.reason))
        return (SecrecyLifted(at=ask.now, by=ask.by, reason=reason, consent=Content.maybe(self.consent)),)


@frozen(kw_only=True)
class AskUnseal(Action):
    """Ask to see who complains."""

    name: ClassVar[str] = "ask_unseal"
    help: ClassVar[str] = "ask to see who complains in a sealed case; a second person has to allow it"
    reason: str = asked("why it cannot be handled otherwise")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that who complains is no secret."""
        return "" if case.secrecy == SEALED else NOT_SEALED

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the question."""
        name = next_name("unsealing", ask.case.handling.unsealings)
        reason = Content.of(ask.need("reason", self.reason))
        return (UnsealingAsked(at=ask.now, by=ask.by, unsealing=name, reason=reason),)


def _not_allowable(one: Unsealing, actor: Actor) -> str:
    if one.granted_by:
        return f"{one.name} was allowed already by {one.granted_by}; it takes another question"
    own = same(one.asked_by, actor.name)
    return f"{actor.name} asked for it; it takes a second person to allow it" if own else ""


@frozen(kw_only=True)
class Unseal(Action):
    """Allow somebody else to see who complains."""

    name: ClassVar[str] = "unseal"
    help: ClassVar[str] = "allow what another person asked for: each of you may look once at who complains"
    unsealing: str = asked("which question", of="unsealing")
    until: datetime | None = asked("until when; by default, and at most, as long as the policy says", default=None)
    reason: str = asked("why, or what was checked", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is no question to answer, or that it takes somebody else to answer it."""
        if case.secrecy != SEALED:
            return NOT_SEALED
        return none_will_do(_not_allowable(one, actor) for one in case.handling.unsealings)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let two people look; nobody allows what they asked for themselves."""
        found = unsealing(ask.case, self.unsealing.strip())
        if found is None:
            raise ask.refuse(f"nobody has asked for {self.unsealing!r} in a sealed case")
        if why := _not_allowable(found, ask.actor):
            raise ask.refuse(why)
        latest = ask.now + ask.terms.unsealed_for()
        until = ask.ahead("until", self.until or latest)
        if until > latest:
            raise ask.refuse(f"until has to be a moment not later than {latest.isoformat()}")
        return (
            UnsealingGranted(
                at=ask.now, by=ask.by, unsealing=found.name, until=until, reason=Content.maybe(self.reason)
            ),
        )


@frozen(kw_only=True)
class RenewCode(Action):
    """Give the complainant a new follow-up code."""

    name: ClassVar[str] = "renew_code"
    help: ClassVar[str] = "make a new follow-up code; those before open nothing any more"
    reason: str = asked("why: lost, seen by somebody else ...")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there were too many."""
        return "it was renewed too often for one more" if case.handling.codes + 1 >= RENEWALS else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Count one more code."""
        return (CodeRenewed(at=ask.now, by=ask.by, reason=Content.of(ask.need("reason", self.reason))),)
