"""Actions on ties between cases: link first; merge, part again, split, forward."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import frozen

from complaintkit.case import reference as references
from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    Forwarded,
    HoldPlaced,
    Linked,
    PartForwarded,
    PartiesCarried,
    Received,
    Registered,
    Restricted,
    Sealed,
    SplitOff,
    StaffNamed,
    Unlinked,
)
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.parts import SHARED, Content
from complaintkit.case.secrecy import SEALED
from complaintkit.case.ties import BY_HAND, INVERSE, Tie
from complaintkit.errors import NotFound


def typed_reference(typed: str) -> str:
    """Return a reference as it is written, whatever a person typed; what is none stays as it is."""
    return references.read(typed) or typed.strip()


def other_case(ask: Asked, reference: str) -> Complaint:
    """Return another case that the action names.

    Raises:
        NotAllowed: It is the same case.
        NotFound: It is about the one who asks: to them it does not exist.
    """
    other = ask.other(reference)
    if other is None:
        raise ask.refuse(f"{reference} is this case itself; name another one")
    if other.concerns(ask.by):
        raise NotFound(reference)
    return other


def holds_of(ask: Asked, case: Complaint, other: Complaint) -> Iterator[Entry]:
    """Yield the legal holds of a case as they hold another one, too, that takes over what it says."""
    holds = (one for one in case.settlement.holds if one.released_at is None)
    for number, hold in enumerate(holds, len(other.settlement.holds) + 1):
        yield HoldPlaced(at=ask.now, by=ask.by, name=f"hold-{number}", reason=hold.reason)


class _Tying(Action, ABC):
    """What making a tie and taking one back share: both cases keep it, each as it reads from its side."""

    __slots__ = ()
    files: ClassVar[type[Linked | Unlinked]]
    to: str
    tie: str
    reason: str

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the other case."""
        return (self.to,)

    @abstractmethod
    def fits(self, ask: Asked, tie: Tie) -> None:
        """Refuse what is so already."""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File it here."""
        tie = Tie(ask.one_of("tie", self.tie, tuple(BY_HAND)))
        other_case(ask, self.to)
        self.fits(ask, tie)
        return (self.files(at=ask.now, by=ask.by, tie=tie, reference=self.to, reason=Content.maybe(self.reason)),)

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """File it there."""
        tie = INVERSE[Tie(self.tie.strip())]
        return ((self.to, (self.files(at=ask.now, by=ask.by, tie=tie, reference=ask.case.reference),)),)


@frozen(kw_only=True)
class Link(_Tying):
    """Say that the case belongs with another."""

    files = Linked
    name: ClassVar[str] = "link"
    help: ClassVar[str] = "say how the case belongs with another; both keep the tie"
    to: str = asked("reference of the other case", of="case", converter=typed_reference)
    tie: str = asked("how this case belongs with the other", choices=tuple(BY_HAND), default=Tie.RELATED.value)
    reason: str = asked("why", default="")

    def fits(self, ask: Asked, tie: Tie) -> None:
        """Refuse a tie that is there."""
        if ask.case.ties.to(self.to, tie):
            raise ask.refuse(f"it is {tie} {self.to} already")


@frozen(kw_only=True)
class Unlink(_Tying):
    """Take a tie back."""

    files = Unlinked
    name: ClassVar[str] = "unlink"
    help: ClassVar[str] = "take a tie to another case back"
    to: str = asked("reference of the other case", of="linked", converter=typed_reference)
    tie: str = asked("which tie", choices=tuple(BY_HAND), default=Tie.RELATED.value)
    reason: str = asked("why it was none", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is no tie to take back."""
        return "" if any(one.kind in BY_HAND for one in case.ties.links) else "it belongs with no other case"

    def fits(self, ask: Asked, tie: Tie) -> None:
        """Refuse a tie that is not there."""
        if not ask.case.ties.to(self.to, tie):
            raise ask.refuse(f"it is not {tie} {self.to}")


@frozen(kw_only=True)
class Split(Action):
    """Let part of the complaint go on as a case of its own."""

    name: ClassVar[str] = "split"
    help: ClassVar[str] = "let part of it go on as a case of its own, with the same deadlines"
    text: str = asked("the part that goes on by itself, in the complainant's words as far as possible")
    title: str = asked("a heading for it", default="")
    reason: str = asked("why it is a matter of its own")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep here what went and where."""
        text, reason = ask.need("text", self.text), ask.need("reason", self.reason)
        new = ask.new_reference()
        return (SplitOff(at=ask.now, by=ask.by, into=new, text=Content.of(text), reason=Content.of(reason)),)

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Open the new case: same complainant, same receipt, copies of the clocks that run (domain rule 14)."""
        case, new = ask.case, ask.new_reference()
        # The new case does not wait for anybody, whatever this one does.
        running = (clock for clock in case.clocks if clock.kind in SHARED and not clock.settled)
        clocks = tuple(ask.terms.reckoned(clock.resume(ask.now)) for clock in running)
        begun: dict[str, Any] = {"at": ask.now, "by": ask.by}
        first = Received(
            reference=new, channel=case.channel, envelope=0, received_at=case.received_at, language=case.language,
            person=case.person, contact=case.contact, title=Content.of(self.title.strip()),
            narrative=Content.of(self.text.strip()), owner=case.owner, **begun,
        )  # fmt: skip
        registered = Registered(
            stage=LIFE_CYCLE["register", Stage.RECEIVED], clocks=clocks, since=case.handling.registered_at, **begun
        )
        link = Linked(tie=Tie.SPLIT_FROM, reference=case.reference, **begun)
        kept = (*self._kept_from_others(case, begun), *holds_of(ask, case, first.open()))
        return ((new, (first, *kept, registered, link)),)

    def _kept_from_others(self, case: Complaint, begun: dict[str, Any]) -> Iterator[Entry]:
        """Yield what keeps the new case as confidential as this one, and lets the same people take part."""
        reason = Content.of(f"split from {case.reference}")
        if case.about:
            yield StaffNamed(names=case.about, reason=reason, **begun)
        if case.secrecy:
            kind = Sealed if case.secrecy == SEALED else Restricted
            yield kind(handlers=case.handling.handlers, reason=reason, **begun)
        if case.matter.parties:
            yield PartiesCarried(parties=case.matter.parties, **begun)


@frozen(kw_only=True)
class Forward(Action):
    """Send the complaint, or part of it, to another respondent who answers for it."""

    name: ClassVar[str] = "forward"
    help: ClassVar[str] = "send it, or part of it, to another respondent with a written referral"
    respondent: str = asked("name of the organisation or department that answers for it; never a person")
    text: str = asked("the words of the referral")
    address: str = asked("e-mail address to which the referral is sent; empty if it goes another way", default="")
    partly: bool = asked("part of it stays here and goes on", default=False)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the referral."""
        respondent, text = ask.label("respondent", self.respondent), ask.need("text", self.text)
        if self.address.strip() and "@" not in self.address:
            raise ask.refuse(f"{self.address!r} is no e-mail address; leave it empty if the referral goes another way")
        told: dict[str, Any] = {
            "respondent": respondent,
            "text": Content.of(text),
            "address": Content.maybe(self.address),
        }
        if self.partly:
            return (PartForwarded(at=ask.now, by=ask.by, **told),)
        return (Forwarded(at=ask.now, by=ask.by, stage=ask.stage, **told),)
