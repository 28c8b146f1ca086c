"""Actions of merging: two cases that are one matter go on as one, and can be parted again."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Final, cast

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.ties import holds_of, other_case, typed_reference
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Absorbed, Merged, MessageFiled, MovedMessage, Received, Released, Unmerged
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import SHARED, Clock, Content, free_name
from complaintkit.case.secrecy import confidants
from complaintkit.changing import evolve
from complaintkit.clocks.reckoning import Change

# What somebody owes inside a case; it has to be settled there before the case goes on elsewhere.
DUTIES: Final = frozenset({"task", "approval", "hand_over", "escalation"})
_UNMERGED_TO: Final = {Stage.WAITING: Stage.IN_PROGRESS}


@frozen(kw_only=True)
class Merge(Action):
    """Let another case go on with this one: same complainant, same matter."""

    name: ClassVar[str] = "merge"
    help: ClassVar[str] = "let another case go on with this one: same complainant, same matter; can be undone"
    into: str = asked("reference of the case that goes on", of="case", converter=typed_reference)
    reason: str = asked("why both are one")
    same_person: bool = asked("the complainants are one person, though their addresses differ", default=False)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what somebody still owes in it."""
        owed = [clock.name for clock in case.clocks if clock.kind in DUTIES and not clock.settled]
        return f"{', '.join(owed)} is still open here; settle or cancel it first" if owed else ""

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the survivor."""
        return (self.into,)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End the case here, with everything by which it can be parted again."""
        case, other = ask.case, other_case(ask, self.into)
        reason = ask.need("reason", self.reason)
        if other.moved_to:
            raise ask.refuse(f"{other.reference} goes on as {other.moved_to} itself; merge into that one")
        if not other.open or other.stage in (Stage.RESPONDED, Stage.RESOLVED):
            raise ask.refuse(f"{other.reference} is {other.stage}; reopen it, or link the two")
        if why := ask.terms.refusal(self.name, ask.actor, other):
            raise ask.refuse(why)
        if case.contact != other.contact and not self.same_person:
            raise ask.refuse("the complainants are not known to be one person; link the cases, or say same_person")
        if (case.secrecy, set(case.about)) != (other.secrecy, set(other.about)):
            raise ask.refuse("one of the two is more confidential than the other; link them instead")
        if not set(confidants(other)) <= set(confidants(case)):
            raise ask.refuse(f"others may know of {other.reference} who may not know of this case; link them instead")
        return (
            Merged(
                at=ask.now, by=ask.by, stage=ask.stage, into=other.reference, reason=Content.of(reason),
                stage_before=case.stage, clocks_before=case.clocks, unanswered_since=case.unanswered_since,
            ),
        )  # fmt: skip

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Let the survivor take over messages, the earlier receipt, the stricter clocks and what holds it."""
        case, other = ask.case, other_case(ask, self.into)
        owed = [one for one in (case.unanswered_since, other.unanswered_since) if one]
        absorbed = Absorbed(
            at=ask.now,
            by=ask.by,
            reference=case.reference,
            messages=tuple(_messages(ask.file(case.reference))),
            received_at=min(case.received_at, other.received_at),
            clocks=tuple(_stricter(ask, case, other)),
            rules=tuple(one for one in ask.terms.rules(case) if one not in ask.terms.rules(other)),
            unanswered_since=min(owed, default=None),
            last_message_at=max(filter(None, (case.last_message_at, other.last_message_at)), default=None),
        )
        return ((other.reference, (absorbed, *holds_of(ask, case, other))),)


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


def _stricter(ask: Asked, case: Complaint, other: Complaint) -> Iterator[Clock]:
    """Yield the clocks of the survivor that change: never later than those of either case (domain rule 14).

    Where the other case came earlier and had no clocks yet, those count that it would have had.
    """
    running = {(one.kind, one.rules): one for one in other.clocks if one.kind in SHARED and not one.settled}
    taken = {clock.name for clock in other.clocks}
    theirs = [clock for clock in case.clocks if clock.kind in SHARED and not clock.settled]
    if not case.clocks and case.received_at < other.received_at:
        theirs = [one for one in ask.terms.clocks(case, case.received_at) if (one.kind, one.rules) in running]
    # Nobody waits in the survivor because somebody waited in the other case; what was over by then ended before.
    over = other.waiting_over(ask.now) or ask.now
    for clock in (ask.terms.reckoned(one.resume(ask.now)) for one in theirs):
        mine = running.get((clock.kind, clock.rules))
        if mine is None:
            name = free_name(clock.kind, taken, clock.rules)
            yield evolve(clock, name=name)
            taken.add(name)
        elif mine.paused_at or clock.due_at < mine.due_at or mine.pausable > clock.pausable:
            yield both(ask.terms.reckoned(mine.resume(over)), clock, ask.now)


def both(mine: Clock, clock: Clock, at: datetime) -> Clock:
    """Return a clock of the survivor that promises what either of two promised: that which is due first counts.

    It counts whole, from its own start and with what happened to it, so that it can be explained; the other one stays
    on record as what it was under before.

    Args:
        mine: The survivor's.
        clock: The one of the case that goes on with it.
        at: When they became one.
    """
    first, other = (clock, mine) if clock.due_at < mine.due_at else (mine, clock)
    change = Change(at, other.standard, other.due_at)
    return evolve(
        mine,
        standard=first.standard,
        started_at=first.started_at,
        due_at=first.due_at,
        basis=first.basis,
        reckoning=first.reckoning,
        history=evolve(first.history, changes=(*first.history.changes, change)),
        # What was late in either case is late, whatever the other one promised.
        broken_at=min(
            (one.broken_at or one.due_at for one in (mine, clock) if not one.settled and one.late_at(at)), default=None
        ),
        warn_at=min(filter(None, (mine.warn_at, clock.warn_at)), default=None),
        pausable=mine.pausable and clock.pausable,
        overdue=mine.overdue or clock.overdue,
        level=max(mine.level, clock.level),
        next_level_at=min(filter(None, (mine.next_level_at, clock.next_level_at)), default=None),
    ).stepped(*mine.history.steps, *clock.history.steps)


@frozen(kw_only=True)
class Unmerge(Action):
    """Part the case again from the one it was merged into."""

    name: ClassVar[str] = "unmerge"
    help: ClassVar[str] = "part it again from the case it was merged into; both stand as they would without"
    of: str = asked("reference of the case that went on with it", of="moved_to", converter=typed_reference)
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
        other_case(ask, self.of)
        before = _merged(ask)
        stage = _UNMERGED_TO.get(before.stage_before, before.stage_before)
        return (
            Unmerged(
                at=ask.now, by=ask.by, stage=stage, of=self.of, reason=Content.of(reason),
                clocks=apart(before, ask.terms), unanswered_since=before.unanswered_since,
            ),
        )  # fmt: skip

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Give back what the survivor took over."""
        other, reference = other_case(ask, self.of), ask.case.reference
        file = ask.file(self.of)
        back = parted(file, reference, other, ask.terms)
        place = _place(file, reference)
        still = [one for one in file[place:] if isinstance(one, Absorbed) and one.reference in other.ties.merged]
        rest = [one.received_at for kept in still if kept.reference != reference for one in kept.messages]
        released = Released(
            at=ask.now, by=ask.by, reference=reference, received_at=min([back.received_at, *rest]), clocks=back.clocks,
            dropped=back.dropped, rules=back.rules, no_rules=back.no_rules,
        )  # fmt: skip
        return ((self.of, (released,)),)


@frozen
class Parted:
    """What a case has again once it is parted from another: its own receipt, clocks and rules; `dropped` end.

    `rules` no longer hold by the other; of those, `no_rules` had been lifted before.
    """

    received_at: datetime
    clocks: tuple[Clock, ...]
    dropped: tuple[str, ...]
    rules: tuple[str, ...]
    no_rules: tuple[str, ...]


def parted(file: tuple[Entry, ...], reference: str, case: Complaint, terms: Terms) -> Parted:
    """Return what a case has again once another is parted from it.

    Args:
        file: Its file, in which it took over the other.
        reference: The other.
        case: As it stands.
        terms: The rules.
    """
    place = _place(file, reference)
    before, taken = _folded(file[:place]), cast("Absorbed", file[place])
    given, known = {clock.name for clock in taken.clocks}, {clock.name for clock in before.clocks}
    back = tuple(_given_back(clock, case, taken.at, terms) for clock in before.clocks if clock.name in given)
    lifted = tuple(one for one in taken.rules if one in before.handling.no_rules)
    return Parted(before.received_at, back, tuple(sorted(given - known)), taken.rules, lifted)


def apart(before: Merged, terms: Terms) -> tuple[Clock, ...]:
    """Return the clocks of a case that is parted again; nobody waited for anybody once they were one.

    Args:
        before: What was filed as they became one.
        terms: The rules.
    """
    return tuple(terms.reckoned(clock.resume(before.at)) for clock in before.clocks_before)


def _place(file: tuple[Entry, ...], reference: str) -> int:
    return max(place for place, one in enumerate(file) if isinstance(one, Absorbed) and one.reference == reference)


def _merged(ask: Asked) -> Merged:
    return next(one for one in reversed(ask.file(ask.case.reference)) if isinstance(one, Merged))


def _folded(file: tuple[Entry, ...]) -> Complaint:
    return cast("Received", file[0]).open().apply_all(file[1:])


def _given_back(clock: Clock, case: Complaint, since: datetime, terms: Terms) -> Clock:
    """Return a clock with its own promise again; what was done or broken since stays on file.

    What happened since to the clock that both had happened to it, too: the case waited, the complainant was told of
    another date.

    Args:
        clock: The clock as it was before.
        case: The case as it stands.
        since: Since when it was one with another's; it ran on from then.
        terms: The rules.
    """
    now = case.named(clock.name) or clock
    own = clock.resume(since)
    rests = tuple(one for one in now.history.rests if one.since >= since and clock.pausable)
    told = tuple(one for one in now.history.extensions if one.at >= since)
    history = evolve(
        own.history, rests=own.history.rests + rests, extensions=own.history.extensions + told,
    )  # fmt: skip
    own = terms.reckoned(evolve(own, history=history, warned=now.warned or clock.warned))
    own = own.pause(now.paused_at) if now.paused_at else own
    own = own.meet(now.met_at) if now.met_at else own.end(now.ended_at) if now.ended_at else own
    return own.stepped(*now.history.steps)
