"""What the memory twin tells somebody: counts, figures and notices without what does not exist for them."""

from collections.abc import Iterable
from datetime import datetime
from threading import RLock
from typing import Final

from complaintkit.case.complaint import Complaint
from complaintkit.counts import Count, Counted
from complaintkit.store.counting import BACK, ENDS, HELD, Case, count_of
from complaintkit.store.memory_unit import State
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Due, Figures, NoticeState
from complaintkit.store.texts import storable

TURNS: Final = (*ENDS, *BACK)


class MemoryLooking:
    """The part of the memory twin that counts and lists for somebody."""

    state: State
    _lock: RLock

    def count(
        self, counts: Iterable[Count], since: datetime, until: datetime, seen_by: Onlooker | None = None
    ) -> tuple[Counted, ...]:
        """Count in the half-open period."""
        with self._lock:
            cases = [
                Case(
                    case,
                    [link for link in self.state.links[case.reference] if link.kind in TURNS],
                    [link for link in self.state.links[case.reference] if link.kind == HELD],
                )
                for case in self.state.complaints.values()
                if seen_by is None or seen_by.sees(case)
            ]
            return tuple(count_of(cases, count, since, until) for count in counts)

    def figures(self, seen_by: Onlooker | None = None) -> Figures:
        """Return the balance."""
        with self._lock:
            state, unseen = self.state, self._unseen(seen_by)
            states = [kept.state for kept in state.envelopes.values() if kept.reference not in unseen]
            notices = [due.state for due in state.notices.values() if due.notice.reference not in unseen]
            cases = [case for case in state.complaints.values() if case.reference not in unseen]
            return Figures(
                envelopes=len(states), new=states.count("new"), accepted=states.count("accepted"),
                parked=states.count("parked"), duplicate=states.count("duplicate"), complaints=len(cases),
                open=sum(case.open for case in cases), unassessed=sum(map(new, cases)),
                waiting_notices=notices.count("waiting"), refused_notices=notices.count("refused"),
                entries=sum(len(links) for reference, links in state.links.items() if reference not in unseen),
            )  # fmt: skip

    def outbox(
        self, state: NoticeState, limit: int, offset: int = 0, seen_by: Onlooker | None = None
    ) -> tuple[Due, ...]:
        """List notices in a state, oldest first."""
        with self._lock:
            unseen = self._unseen(seen_by)
            found = [due for due in self.state.notices.values() if due.state == state]
            return tuple([due for due in found if due.notice.reference not in unseen][offset : offset + limit])

    def hidden(self, references: Iterable[str], seen_by: Onlooker) -> frozenset[str]:
        """Return which of these complaints are on file, but do not exist for somebody."""
        with self._lock:
            return self._unseen(seen_by).intersection(map(storable, references))

    def _unseen(self, seen_by: Onlooker | None) -> frozenset[str]:
        if seen_by is None:
            return frozenset()
        return frozenset(one.reference for one in self.state.complaints.values() if not seen_by.sees(one))


def new(case: Complaint) -> bool:
    """Say whether an open complaint lacks its initial assessment."""
    return case.open and case.assessed_at is None
