"""One case gone through once more: its facts in order, and between them what falls due, by the code of the living."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit import escalation, notices
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Received,
    Regraded,
    SituationNoted,
    Staged,
    TaskAdded,
    WaitEnded,
)
from complaintkit.changing import evolve
from complaintkit.derived import consequences
from complaintkit.errors import ComplaintKitError
from complaintkit.families import EscalationRule, Rota
from complaintkit.guard import Guarded
from complaintkit.guard.breaker import Breaker
from complaintkit.message import Notice
from complaintkit.policy import Policy
from complaintkit.replay.anew import under
from complaintkit.replay.facts import Fact, Met, Record, alike, together

# A rule that always wants to look again at once would go on for ever; a case of years needs a few hundred looks.
MOST_LOOKS: Final = 5_000
# A worker looks once a minute: so much later than it falls due a thing is seen to, as in life, where what ends with a
# day is seen to on the next.
ROUND: Final = timedelta(minutes=1)
# Notices are only counted: whatever opens something in them opens nothing.
_NOT_OURS: Final = b"of a dry run"
# What people were asked is among the facts: their answers refer to it.
_ASKED: Final = (SituationNoted, TaskAdded)
# What an entry may raise that meets a case in which it cannot be.
_UNFIT: Final = (ComplaintKitError, ValueError, LookupError, StopIteration)


@frozen(kw_only=True)
class Regime:
    """By what a case is gone through.

    Attributes:
        policy: The policy.
        rules: Escalation rules of plugins.
        rotas: Who knows who is on call.
        breakers: Those of the plugins. The time of one case says nothing about another, so each case begins with all of
            them closed.
    """

    policy: Policy
    rules: tuple[Guarded[EscalationRule], ...] = ()
    rotas: tuple[Guarded[Rota], ...] = ()
    breakers: tuple[Breaker, ...] = ()


@frozen
class Misfit:
    """An entry on file that does not fit into what would have happened.

    Attributes:
        reference, seq, kind: Which entry it is.
        why: What does not fit, and what was made of it.
    """

    reference: str
    seq: int
    kind: str
    why: str


@frozen
class Told:
    """A notice that is called for, and from when on it goes out: in its reader's hours, where the policy says so."""

    notice: Notice
    since: datetime


@frozen(kw_only=True)
class Course:
    """What becomes of a case.

    Attributes:
        case: How it stands in the end.
        file: Its entries.
        notices: What somebody would have been told.
        misfits: What on file does not fit.
        cut: Whether it was given up, because a rule wanted to look at it again and again.
    """

    case: Complaint
    file: tuple[Entry, ...]
    notices: tuple[Told, ...]
    misfits: tuple[Misfit, ...] = ()
    cut: bool = False


def filed(record: Record, policy: Policy) -> Course:
    """Return what is on file of a case, with the notices that it calls for.

    Args:
        record: What is on file.
        policy: The policy.
    """
    first, told = record.first, list[Told]()
    case = first.open()
    for step in together(record.file, lambda one: one.at):
        case = case.apply_all(step[1:] if step[0] is first else step)
        if not (step[0] is first and _taken_over(first, policy)):
            told += _told(case, step, policy, record.quiet)
    return Course(case=case, file=record.file, notices=tuple(told))


def taken(record: Record, regime: Regime, until: datetime, looks: Iterable[datetime] | None = None) -> Course:
    """Return the course that a case takes.

    Args:
        record: What is on file.
        regime: By what it is gone through.
        until: Up to which moment.
        looks: When a worker looked at what was due; `None` for one that looks once a minute.
    """
    for breaker in regime.breakers:
        breaker.open_until = None
    first = record.first
    known = None if looks is None else sorted(look for look in looks if look >= first.at)
    going = _Going(first, regime, known, record.quiet)
    ahead = deque(together(record.facts, lambda one: one.entry.at))
    going.meets(ahead.popleft() if ahead and ahead[0][0].entry.at == first.at else (), (first,))
    for step in ahead:
        going.waits(step[0].entry.at)
        going.meets(step)
    going.waits(until, last=True)
    return going.course()


class _Going:
    """A case on its way."""

    def __init__(self, first: Received, regime: Regime, looks: list[datetime] | None, quiet: bool) -> None:
        self.regime, self.looks, self.quiet = regime, looks, quiet
        self.case, self.now = first.open(), first.at
        self.file: list[Entry] = []
        self.told: list[Told] = []
        self.misfits: list[Misfit] = []
        self.names: dict[str, str] = {}
        self.looked = 0

    def course(self) -> Course:
        """Return how it went."""
        return Course(
            case=self.case, file=tuple(self.file), notices=tuple(self.told), misfits=tuple(self.misfits),
            cut=self.looked >= MOST_LOOKS,
        )  # fmt: skip

    def waits(self, until: datetime, *, last: bool = False) -> None:
        """Let time pass up to a moment; what is seen to at that very moment comes after what happens then."""
        if self.looks is not None:
            while self.looks and self.looks[0] <= until:
                self._sweep(self.looks.pop(0))
            return
        while (due := self.case.due_at) and (due + ROUND < until or (last and due <= until)):
            # At the very end what is due is due, though nobody has looked yet.
            if not self._review(min(max(due + ROUND, self.now), until)):
                break

    def meets(self, step: Sequence[Fact], before: tuple[Entry, ...] = ()) -> None:
        """Let what came together come.

        Args:
            step: The facts.
            before: What the file begins with, if this is the beginning.
        """
        now = max(self.now, (*before, *(one.entry for one in step))[0].at)
        new: list[Entry] = [*before]
        if any(one.entry.by != CORE and not isinstance(one.entry, WaitEnded) for one in step) and not before:
            new += self._waited(now)
        for fact in step:
            met = Met(self.case, self.regime.policy, (*self.file, *new), fact.case, self.names)
            try:
                made = under(fact.entry, met)
                if isinstance(made, Staged) and made.stage is fact.case.stage:
                    made = evolve(made, stage=self.case.stage)  # what moved nothing moves nothing
                after = self.case.apply(made)
            except _UNFIT as error:
                self._note(fact, f"left out: {error}")
                continue
            if fact.entry.by != CORE:
                self._note(fact, _other(made, fact, self.case, after))
            self.case = after
            new.append(made)
        if new:
            self._followed(new, now, opening=bool(before))

    def _waited(self, now: datetime) -> tuple[Entry, ...]:
        """Return that waiting is over, which comes before whatever somebody does then; see `Desk.act`."""
        ended = escalation.waited(self.case, self.regime.policy, now)
        self.case = self.case.apply_all(ended)
        return ended

    def _note(self, fact: Fact, why: str) -> None:
        if why:
            self.misfits.append(Misfit(self.case.reference, fact.seq, fact.entry.kind, why))

    def _sweep(self, now: datetime) -> None:
        while self.case.due_at and self.case.due_at <= now and self._review(now):
            pass

    def _review(self, now: datetime) -> bool:
        """Look at what is due; say whether that led anywhere."""
        regime = self.regime
        self.looked += 1
        entries = escalation.review(self.case, regime.rules, regime.policy, now, regime.rotas)
        if not entries or self.looked >= MOST_LOOKS:
            return False
        self.case = self.case.apply_all(entries)
        self._followed(entries, now)
        return True

    def _followed(self, entries: Iterable[Entry], now: datetime, *, opening: bool = False) -> None:
        """Put on file what has come, with what follows of itself, and tell whom it concerns."""
        policy, new = self.regime.policy, tuple(entries)
        asked = {one.clock.name for one in new if isinstance(one, TaskAdded) and one.by == CORE}
        more = [one for one in consequences.of(self.case, new, policy, now) if not _known(one, asked)]
        self.case = self.case.apply_all(more)
        new = (*new, *more)
        silent = opening and _taken_over(new[0], policy)
        if silent:
            broken = escalation.taken_over(self.case, policy, now)
            self.case, new = self.case.apply_all(broken), (*new, *broken)
        self.file += new
        self.told += () if silent else _told(self.case, new, policy, self.quiet)
        self.now = now


def _taken_over(first: Entry, policy: Policy) -> bool:
    """Say whether a case was put on file so late that it was done without a word to anybody."""
    return isinstance(first, Received) and bool(first.envelope) and policy.old(first.received_at, first.at)


def _known(entry: Entry, asked: Collection[str]) -> bool:
    """Say whether an entry that follows is among the facts already, or about a task that was asked for after it."""
    return isinstance(entry, _ASKED) or (isinstance(entry, Regraded) and entry.clock in asked)


def _other(entry: Entry, fact: Fact, case: Complaint, after: Complaint) -> str:
    """Return how an entry meets the case otherwise than it did; empty if it does not."""
    if fact.changed and alike(case, after):
        return "has nothing to change"
    if isinstance(entry, Staged) and entry.stage is not case.stage is not fact.case.stage:
        return f"met the case {fact.case.stage}, and would meet it {case.stage}; done all the same"
    return ""


def _told(case: Complaint, entries: Iterable[Entry], policy: Policy, quiet: bool) -> Iterator[Told]:
    for notice in notices.called_for(case, entries, policy, _NOT_OURS, quiet):
        yield Told(notice, notices.told_from(notice, case, policy))
