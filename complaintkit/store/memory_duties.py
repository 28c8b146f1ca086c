"""Duties in the memory twin: every clock is looked at."""

from collections.abc import Iterator
from threading import RLock

from complaintkit.case.complaint import Complaint
from complaintkit.store.duties import Duty, DutyQuery
from complaintkit.store.memory_unit import State
from complaintkit.store.texts import storable


class MemoryDuties:
    """The part of the memory twin that lists duties."""

    state: State
    _lock: RLock

    def duties(self, query: DutyQuery) -> tuple[Duty, ...]:
        """List open deadlines, the nearest first."""
        who = frozenset(map(storable, query.who))
        with self._lock:
            seen = (case for case in self.state.complaints.values() if not query.seen_by or query.seen_by.sees(case))
            found = [duty for case in seen for duty in _of(case) if _fits(duty, query, who)]
        found.sort(key=lambda duty: (duty.clock.due_at, duty.reference, duty.place))
        return tuple(found[query.offset : query.offset + query.limit])


def _of(case: Complaint) -> Iterator[Duty]:
    for place, clock in enumerate(case.clocks):
        if not clock.settled and (case.open or clock.lasting):
            yield Duty(
                reference=case.reference, owner=case.owner, stage=case.stage, category=case.category,
                severity=case.severity, clock=clock, place=place,
            )  # fmt: skip


def _fits(duty: Duty, query: DutyQuery, who: frozenset[str]) -> bool:
    theirs = not who or duty.clock.who in who or (query.own and not duty.clock.who and duty.owner in who)
    return (
        theirs
        and (not query.kinds or duty.clock.kind in query.kinds)
        and (query.due_before is None or duty.clock.due_at < query.due_before)
    )
