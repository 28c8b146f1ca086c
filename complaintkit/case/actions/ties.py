"""Actions on ties between cases: link first; merge, part again, split, forward."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final, cast

from attrs import evolve, frozen

from complaintkit.case import reference as references
from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    Absorbed,
    Forwarded,
    Linked,
    Merged,
    MessageFiled,
    MovedMessage,
    PartForwarded,
    PartiesCarried,
    Received,
    Registered,
    Released,
    Restricted,
    Sealed,
    SplitOff,
    StaffNamed,
    Unlinked,
    Unmerged,
)
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.parts import ANSWERS, Clock, Content
from complaintkit.case.secrecy import SEALED
from complaintkit.case.ties import BY_HAND, INVERSE, Tie
from complaintkit.errors import NotFound

# What somebody owes inside a case; it has to be settled there before the case goes on elsewhere.
DUTIES: Final = frozenset({"task", "approval", "hand_over"})
_UNMERGED_TO: Final = {Stage.WAITING: Stage.IN_PROGRESS}


def _read(typed: str) -> str:
    """Return a reference as it is written, whatever a person typed; what is none stays as it is."""
    return references.read(typed) or typed.strip()


def _other(ask: Asked, reference: str) -> Complaint:
    """Return another case that the action names.

    Raises:
        NotAllowed: It is the same case.
        NotFound: It is about the one who asks: to them it does not exist.
    """
    if reference not in ask.others:
        raise ask.refuse(f"{reference} is this case itself; name another one")
    other = ask.others[reference]
    if other.concerns(ask.by):
        raise NotFound(reference)
    return other


@frozen(kw_only=True)
class LinkTo(Action):
    """Say that the case belongs with another."""

    name: ClassVar[str] = "link"
    help: ClassVar[str] = "say how the case belongs with another; both keep the tie"
    to: str = asked("reference of the other case", of="case", converter=_read)
    tie: str = asked("how this case belongs with the other", choices=tuple(BY_HAND), default=Tie.RELATED.value)
    reason: str = asked("why", default="")

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the other case."""
        return (self.to,)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the tie here."""
        tie = Tie(ask.one_of("tie", self.tie, tuple(BY_HAND)))
        _other(ask, self.to)
        if ask.case.ties.to(self.to, tie):
            raise ask.refuse(f"it is {tie} {self.to} already")
        return (Linked(at=ask.now, by=ask.by, tie=tie, reference=self.to, reason=Content.maybe(self.reason)),)

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Keep the tie there, as it reads from that side."""
        tie = INVERSE[Tie(self.tie.strip())]
        return ((self.to, (Linked(at=ask.now, by=ask.by, tie=tie, reference=ask.case.reference),)),)


@frozen(kw_only=True)
class Unlink(Action):
    """Take a tie back."""

    name: ClassVar[str] = "unlink"
    help: ClassVar[str] = "take a tie to another case back"
    to: str = asked("reference of the other case", of="linked", converter=_read)
    tie: str = asked("which tie", choices=tuple(BY_HAND), default=Tie.RELATED.value)
    reason: str = asked("why it was none", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is no tie to take back."""
        return "" if any(one.kind in BY_HAND for one in case.ties.links) else "it belongs with no other case"

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the other case."""
        return (self.to,)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Drop the tie here."""
        tie = Tie(ask.one_of("tie", self.tie, tuple(BY_HAND)))
        _other(ask, self.to)
        if not ask.case.ties.to(self.to, tie):
            raise ask.refuse(f"it is not {tie} {self.to}")
        return (Unlinked(at=ask.now, by=ask.by, tie=tie, reference=self.to, reason=Content.maybe(self.reason)),)

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Drop the tie there."""
        tie = INVERSE[Tie(self.tie.strip())]
        return ((self.to, (Unlinked(at=ask.now, by=ask.by, tie=tie, reference=ask.case.reference),)),)


@frozen(kw_only=True)
class Merge(Action):
    """Let another case go on with this one: same complainant, same matter."""

    name: ClassVar[str] = "merge"
    help: ClassVar[str] = "let another case go on with this one: same complainant, same matter; can be undone"
    into: str = asked("reference of the case that goes on", of="case", converter=_read)
    reason: str = asked("why both are one")
    same_person: bool = asked("the complainants are one person, though their addresses differ", default=False)

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the survivor."""
        return (self.into,)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End the case here, with everything by which it can be parted again."""
        case, other = ask.case, _other(ask, self.into)
        reason = ask.need("reason", self.reason)
        if other.moved_to:
            raise ask.refuse(f"{other.reference} goes on as {other.moved_to} itself; merge into that one")
        if not other.open:
            raise ask.refuse(f"{other.reference} is {other.stage}; reopen it, or link the two")
        if why := ask.terms.refusal(self.name, ask.actor, other):
            raise ask.refuse(why)
        if case.contact and other.contact and case.contact != other.contact and not self.same_person:
            raise ask.refuse("the complainants are not known to be one person; link the cases, or say same_person")
        if (case.secrecy, case.about) != (other.secrecy, other.about):
            raise ask.refuse("one of the two is more confidential than the other; link them instead")
        if owed := [clock.name for clock in case.clocks if clock.kind in DUTIES and not clock.settled]:
            raise ask.refuse(f"{', '.join(owed)} is still open here; settle or cancel it first")
        return (
            Merged(
                at=ask.now, by=ask.by, stage=ask.stage, into=other.reference, reason=Content.of(reason),
                stage_before=case.stage, clocks_before=case.clocks, unanswered_since=case.unanswered_since,
            ),
        )  # fmt: skip

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Let the survivor take over messages, the earlier receipt and the stricter clocks."""
        case, other = ask.case, ask.others[self.into]
        owed = [one for one in (case.unanswered_since, other.unanswered_since) if one]
        absorbed = Absorbed(
            at=ask.now,
            by=ask.by,
            reference=case.reference,
            messages=tuple(_messages(ask.file(case.reference))),
            received_at=min(case.received_at, other.received_at),
            clocks=tuple(_stricter(case, other)),
            unanswered_since=min(owed, default=None),
            last_message_at=max(filter(None, (case.last_message_at, other.last_message_at)), default=None),
        )
        return ((other.reference, (absorbed,)),)


def _messages(file: tuple[Entry, ...]) -> Iterator[MovedMessage]:
    for one in file:
        match one:
            case Received():
                yield MovedMessage(one.person, one.channel, one.received_at, one.title, one.narrative, one.attachments)
            case MessageFiled():
                yield MovedMessage(
                    one.person, one.channel, one.received_at or one.at, one.title, one.text, one.attachments
                )
            case Absorbed():
                yield from one.messages


def _stricter(case: Complaint, other: Complaint) -> Iterator[Clock]:
    """Yield the clocks of the survivor that change: never later than those of either case (domain rule 14)."""
    running = {clock.kind: clock for clock in other.clocks if clock.kind in ANSWERS and not clock.settled}
    taken = {clock.name for clock in other.clocks}
    for clock in case.clocks:
        if clock.kind not in ANSWERS or clock.settled:
            continue
        mine = running.get(clock.kind)
        if mine is None:
            yield evolve(clock, name=_free(clock.kind, taken))
        elif clock.due_at < mine.due_at:
            yield evolve(
                mine,
                started_at=min(mine.started_at, clock.started_at),
                due_at=clock.due_at,
                warn_at=min(filter(None, (mine.warn_at, clock.warn_at)), default=None),
                paused_at=clock.paused_at if mine.paused_at else None,
                overdue=mine.overdue or clock.overdue,
                level=max(mine.level, clock.level),
                next_level_at=min(filter(None, (mine.next_level_at, clock.next_level_at)), default=None),
            )


def _free(kind: str, taken: set[str]) -> str:
    names = (kind if number == 1 else f"{kind}-{number}" for number in range(1, len(taken) + 2))
    name = next(one for one in names if one not in taken)
    taken.add(name)
    return name


@frozen(kw_only=True)
class Unmerge(Action):
    """Part the case again from the one it was merged into."""

    name: ClassVar[str] = "unmerge"
    help: ClassVar[str] = "part it again from the case it was merged into; both stand as they would without"
    of: str = asked("reference of the case that went on with it", of="moved_to", converter=_read)
    reason: str = asked("why they are two after all")

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the survivor."""
        return (self.of,)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Stand as before."""
        reason = ask.need("reason", self.reason)
        if self.of != ask.case.moved_to:
            raise ask.refuse(f"it goes on as {ask.case.moved_to}, not as {self.of}")
        _other(ask, self.of)
        before = _merged(ask)
        stage = _UNMERGED_TO.get(before.stage_before, before.stage_before)
        clocks = tuple(clock.resume(ask.now) for clock in before.clocks_before)
        return (
            Unmerged(
                at=ask.now, by=ask.by, stage=stage, of=self.of, reason=Content.of(reason), clocks=clocks,
                unanswered_since=before.unanswered_since,
            ),
        )  # fmt: skip

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Give back what the survivor took over."""
        other, reference = ask.others[self.of], ask.case.reference
        file = ask.file(self.of)
        place, taken = max(
            (place, one) for place, one in enumerate(file) if isinstance(one, Absorbed) and one.reference == reference
        )
        before = _folded(file[:place])
        given = {clock.name for clock in taken.clocks}
        known = {clock.name for clock in before.clocks}
        back = tuple(_given_back(clock, other) for clock in before.clocks if clock.name in given)
        still = [one for one in file[place:] if isinstance(one, Absorbed) and one.reference in other.ties.merged]
        rest = [one.received_at for kept in still if kept.reference != reference for one in kept.messages]
        released = Released(
            at=ask.now, by=ask.by, reference=reference, received_at=min([before.received_at, *rest]), clocks=back,
            dropped=tuple(sorted(given - known)),
        )  # fmt: skip
        return ((self.of, (released,)),)


def _merged(ask: Asked) -> Merged:
    return next(one for one in reversed(ask.file(ask.case.reference)) if isinstance(one, Merged))


def _folded(file: tuple[Entry, ...]) -> Complaint:
    return cast("Received", file[0]).open().apply_all(file[1:])


def _given_back(clock: Clock, case: Complaint) -> Clock:
    """Return a clock with its own promise again; what was done or broken since stays on file."""
    now = case.named(clock.name) or clock
    return evolve(
        clock, met_at=now.met_at, ended_at=now.ended_at, warned=now.warned or clock.warned,
        paused_at=clock.paused_at if now.paused_at else None,
    )  # fmt: skip


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
        clocks = tuple(clock for clock in case.clocks if clock.kind in ANSWERS and not clock.settled)
        begun: dict[str, Any] = {"at": ask.now, "by": ask.by}
        first = Received(
            reference=new, channel=case.channel, envelope=0, received_at=case.received_at, language=case.language,
            person=case.person, contact=case.contact, title=Content.of(self.title.strip()),
            narrative=Content.of(self.text.strip()), owner=case.owner, **begun,
        )  # fmt: skip
        registered = Registered(stage=LIFE_CYCLE["register", Stage.RECEIVED], clocks=clocks, **begun)
        link = Linked(tie=Tie.SPLIT_FROM, reference=case.reference, **begun)
        return ((new, (first, *self._kept_from_others(case, begun), registered, link)),)

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
    respondent: str = asked("who answers for it")
    text: str = asked("the words of the referral")
    address: str = asked("e-mail address to which the referral is sent; empty if it goes another way", default="")
    partly: bool = asked("part of it stays here and goes on", default=False)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the referral."""
        respondent, text = ask.need("respondent", self.respondent), ask.need("text", self.text)
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
