"""Which standards clocks come under later: another one, since a case is known better, or what the policy says today."""

from collections.abc import Callable, Iterator
from datetime import datetime

from attrs import frozen

from complaintkit.case.actor import COMPLAINANT
from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.changing import evolve
from complaintkit.policy.chains import next_level, next_reminder
from complaintkit.policy.packs import Bound
from complaintkit.policy.timing import AT_RECEIPT, EARLY, Timing


@frozen(kw_only=True)
class Regrading(Timing):
    """The part of the policy by which clocks come under another standard while they run."""

    def regraded(self, case: Complaint) -> tuple[Clock, ...]:
        """Return the running clocks that another standard holds for since the case is known better, under that one.

        A clock keeps its start, its pauses and what was counted; see `Clock.under`. Clocks with a date that was given
        stay as they are.
        """
        return tuple(self._under_others(case, lambda clock, bound: _named(clock) != bound.standard.name))

    def recalculated(self, case: Complaint) -> tuple[Clock, ...]:
        """Return the running clocks that today's policy counts otherwise than they count, under what it says.

        What is pinned on a clock holds until somebody asks for this: other figures, another calendar, another standard.
        """
        return tuple(one for one in self._under_others(case, lambda *_: True) if _counts(one) != _counts_now(one, case))

    def under(self, clock: Clock, into: Clock, now: datetime) -> Clock:
        """Return a clock under another standard, with the moments of the steps it has not taken by the chain of that.

        Args:
            clock: The clock.
            into: The one whose standard it comes under.
            now: From when on.
        """
        moved, bound = self.reckoned(clock.under(into, now)), self.standard_of(into)
        steps = self.steps(moved, bound.standard if bound else None)
        moved = evolve(moved, next_level_at=next_level(steps) if clock.overdue else None)
        return moved if clock.who == COMPLAINANT else moved.reminding(next_reminder(steps))

    def _under_others(self, case: Complaint, wanted: Callable[[Clock, Bound], bool]) -> Iterator[Clock]:
        holding = {f"{one.standard.clock}{one.suffix}": one for one in self.bound(case)}
        for clock in case.clocks:
            name, *rules = clock.name.partition(":")
            bound = holding.get(f"{clock.kind}{''.join(rules)}")
            if clock.settled or bound is None or clock.reckoning.within is None or not wanted(clock, bound):
                continue
            start = self._start_again(bound, case, clock)
            yield evolve(self._clock(bound, case, start, name, clock.who), started_at=start)

    def _start_again(self, bound: Bound, case: Complaint, clock: Clock) -> datetime:
        """Return from when a clock counts under another standard: as before, unless that names another fact."""
        starts = bound.standard.starts
        first = clock.kind in AT_RECEIPT and clock.name.partition(":")[0] == clock.kind
        if not first or starts == clock.reckoning.starts or starts not in EARLY:
            return clock.started_at
        return self._start(bound, case, case.received_at)


def _named(clock: Clock) -> str:
    return clock.standard.rpartition(" (")[0]


def _counts(clock: Clock) -> tuple[object, ...]:
    return clock.reckoning, clock.started_at, clock.basis, clock.pausable


def _counts_now(into: Clock, case: Complaint) -> tuple[object, ...]:
    clock = case.named(into.name)
    return _counts(clock) if clock else ()
