"""What follows: the initial assessment, what falls due, and what people do."""

from collections.abc import Callable, Iterable
from datetime import datetime

from complaintkit import escalation
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.desk.base import BATCH, RETRIES, Seat
from complaintkit.errors import Stale
from complaintkit.store.port import Written


class Following(Seat):
    """Assesses, sweeps, acts."""

    def assess(self, now: datetime, limit: int = BATCH) -> int:
        """Make the initial assessment of cases that lack it; return how many."""

        def step(case: Complaint) -> Iterable[Entry]:
            return self.triage(case, now) if not case.assessed_at else ()

        return sum(self._step(reference, step) for reference in self.store.unassessed(limit))

    def sweep(self, now: datetime, limit: int = BATCH) -> int:
        """Look at the cases whose next moment has come: reminders, breaches, escalations; return how many."""

        def step(case: Complaint) -> Iterable[Entry]:
            return escalation.review(case, self.registry.escalation_rules, self.policy, now)

        return sum(self._step(reference, step) for reference in self.store.due(now, limit))

    def act(self, reference: str, action: Action, by: str, now: datetime, version: int | None = None) -> Complaint:
        """Do what a person or a rule asks for.

        Args:
            reference: The complaint.
            action: What is asked.
            by: Who asks.
            now: The moment, with time zone.
            version: The version the person saw; `None` acts on the case as it stands.

        Raises:
            NotFound: There is no such complaint.
            NotAllowed: The action is refused, with the reason.
            Stale: Somebody else changed the complaint meanwhile.
        """
        for attempt in range(RETRIES):
            case = self.store.case(reference)
            if version is not None and version != case.version:
                raise Stale(reference)
            entries = action.decide(case, by, now, self.policy)
            after = case.apply_all(entries)
            try:
                self._write(Written(before=case.version, case=after, entries=entries))
            except Stale:
                if version is not None or attempt == RETRIES - 1:
                    raise
                continue
            return after
        raise Stale(reference)

    def _step(self, reference: str, decide: Callable[[Complaint], Iterable[Entry]]) -> bool:
        for _ in range(RETRIES):
            case = self.store.case(reference)
            entries = tuple(decide(case))
            if not entries:
                return False
            try:
                self._write(Written(before=case.version, case=case.apply_all(entries), entries=entries))
            except Stale:
                continue
            return True
        return False
