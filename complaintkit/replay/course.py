"""One case gone through once more: its facts in order, and between them what falls due, by the code of the living."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit import escalation, notices
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Extended,
    NoticeSent,
    NoticeUndelivered,
    Received,
    SituationNoted,
    Staged,
    TaskAdded,
)
from complaintkit.changing import evolve
from complaintkit.derived import consequences
from complaintkit.errors import ComplaintKitError
from complaintkit.families import EscalationRule
from complaintkit.guard import Guarded
from complaintkit.message import Notice
from complaintkit.policy import Policy
from complaintkit.replay.anew import Met, under
from complaintkit.replay.facts import Fact, alike, facts, opened, together

# A rule that always wants to look again at once would go on for ever; a case of years needs a few hundred looks.
MOST_LOOKS: Final = 5_000
# A worker looks once a minute: so much later than it falls due a thing is seen to, as in life, where what ends with a
# day is seen to on the next.
ROUND: Final = timedelta(minutes=1)
# Notices are only counted: whatever opens something in them opens nothing.
_NOT_OURS: Final = b"of a dry run"
# What people were asked is among the facts: their answers refer to it.
_ASKED: Final = (SituationNoted, TaskAdded)
_GREETINGS: Final = ("acknowledgement", "split")
# What an entry may raise that meets a case in which it cannot be.
_UNFIT: Final = (ComplaintKitError, ValueError, LookupError, TypeError, AttributeError, StopIteration)


@frozen(kw_only=True)
class Regime:
    """By what a case is gone through: a policy, and the escalation rules of plugins."""

    policy: Policy
    rules: tuple[Guarded[EscalationRule], ...] = ()


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
    notices: tuple[Notice, ...]
    misfits: tuple[Misfit, ...] = ()
    cut: bool = False


def filed(file: Sequence[Entry], policy: Policy) -> Course:
    """Return what is on file of a case, with the notices that it called for.

    Args:
        file: Its entries.
        policy: The policy.
    """
    first, rest = opened(file)
    quiet = _quiet(first, rest)
    case, told = first.open(), list[Notice]()
    for step in together((first, *rest), lambda one: one.at):
        case = case.apply_all(step[1:] if step[0] is first else step)
        told += notices.called_for(case, step, policy, _NOT_OURS, quiet)
    return Course(case=case, file=tuple(file), notices=tuple(told))


def taken(file: Sequence[Entry], regime: Regime, until: datetime, looks: Iterable[datetime] | None = None) -> Course:
    """Return the course that a case takes.

    Args:
        file: Its entries as they are on file.
        regime: By what it is gone through.
        until: Up to which moment.
        looks: When a worker looked at what was due; `None` for one that looks once a minute.
    """
    first, rest = opened(file)
    going = _Going(first, regime, None if looks is None else sorted(looks), _quiet(first, rest))
    found = [fact for fact in facts(file) if fact.entry.at <= until]
    ahead = list(together(found, lambda one: one.entry.at))
    going.meets(ahead.pop(0) if ahead and ahead[0][0].entry.at == first.at else (), (first,))
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
        self.told: list[Notice] = []
        self.misfits: list[Misfit] = []
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
        new: list[Entry] = [*before]
        for fact in step:
            made = under(fact.entry, Met(self.case, self.regime.policy, (*self.file, *new)))
            if isinstance(made, Staged) and made.stage is fact.stage:
                made = evolve(made, stage=self.case.stage)  # what moved nothing moves nothing
            if after := self._after(made, fact):
                self.case = after
                new.append(made)
        if new:
            self._followed(new, max(self.now, new[0].at))

    def _after(self, entry: Entry, fact: Fact) -> Complaint | None:
        """Return the case with an entry in it; `None` if the entry cannot be there."""
        why = _needless(entry, self.case)
        after = None
        if not why:
            try:
                after = self.case.apply(entry)
            except _UNFIT as error:
                why = f"left out: {error}"
        if after is not None and entry.by != CORE:
            if fact.changed and alike(self.case, after):
                why = "has nothing to change"
            elif isinstance(entry, Staged) and entry.stage is not self.case.stage is not fact.stage:
                why = f"met the case {fact.stage}, and would meet it {self.case.stage}; done all the same"
        if why:
            self.misfits.append(Misfit(self.case.reference, fact.seq, entry.kind, why))
        return after

    def _sweep(self, now: datetime) -> None:
        while self.case.due_at and self.case.due_at <= now and self._review(now):
            pass

    def _review(self, now: datetime) -> bool:
        """Look at what is due; say whether that led anywhere."""
        self.looked += 1
        entries = escalation.review(self.case, self.regime.rules, self.regime.policy, now)
        if not entries or self.looked >= MOST_LOOKS:
            return False
        self.case = self.case.apply_all(entries)
        self._followed(entries, now)
        return True

    def _followed(self, entries: Iterable[Entry], now: datetime) -> None:
        """Put on file what has come, with what follows of itself, and tell whom it concerns."""
        policy, new = self.regime.policy, tuple(entries)
        more = [one for one in consequences.of(self.case, new, policy, now) if not isinstance(one, _ASKED)]
        self.case = self.case.apply_all(more)
        new = (*new, *more)
        self.file += new
        self.told += notices.called_for(self.case, new, policy, _NOT_OURS, self.quiet)
        self.now = now


def _needless(entry: Entry, case: Complaint) -> str:
    """Return why an entry would not have come to be; empty where it would."""
    if not isinstance(entry, Extended):
        return ""
    clock = case.named(entry.clock)
    if clock is None or clock.settled:
        return "left out: there is no such deadline to extend"
    if entry.at > clock.due_at:
        return "left out: the deadline would have been over by then"
    return "left out: the deadline would have been later anyway" if entry.until <= clock.due_at else ""


def _quiet(first: Received, rest: Iterable[Entry]) -> bool:
    """Say whether no acknowledgement went out: to a machine, or to somebody who had enough of them."""
    sent = (one for one in rest if isinstance(one, NoticeSent | NoticeUndelivered))
    return first.automatic or not any(one.occasion in _GREETINGS for one in sent)
