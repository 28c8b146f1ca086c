"""The desk's way out: notices from the outbox, and what observers are told."""

from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from complaintkit import notices
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import NoticeUndelivered
from complaintkit.desk.base import BATCH, LEASE, RETRIES, Seat
from complaintkit.errors import Stale
from complaintkit.guard import Failure
from complaintkit.message import Delivery, Notice
from complaintkit.store.port import Due, Written

# A batch of the slowest deliveries (30 s each) ends well before another worker may take its notices.
OUTBOX_LEASE: Final = timedelta(minutes=15)
OUTBOX_BATCH: Final = 20


class Outgoing(Seat):
    """Delivers and tells."""

    def deliver(self, now: datetime, limit: int = BATCH) -> int:
        """Deliver notices that wait; return how many were tried."""
        with self.store.begin() as unit:
            taken = unit.take_notices(now, OUTBOX_LEASE, min(limit, OUTBOX_BATCH))
        for due in taken:
            self._deliver(due, now)
        return len(taken)

    def _deliver(self, due: Due, now: datetime) -> None:
        notice, notifier, delivery = notices.deliver(due.notice, self.registry.notifiers, self.policy, now)
        entry = notices.settled(notice, notifier, delivery, due.attempts, now)
        if entry is None:
            with self.store.begin() as unit:
                unit.postpone_notice(notice.id, notices.next_try(due.attempts, now), delivery.detail)
        elif not notice.reference:
            with self.store.begin() as unit:
                unit.settle_notice(notice.id, _final(entry, delivery))
        else:
            self._settle(notice, entry, _final(entry, delivery))

    def _settle(self, notice: Notice, entry: Entry, delivery: Delivery) -> None:
        for _ in range(RETRIES):
            case = self.store.case(notice.reference)
            written = Written(
                before=case.version,
                case=case.apply(entry),
                entries=(entry,),
                settles=((notice.id, delivery),),
                threads=notices.threads(notice, delivery),
            )
            try:
                self._write(written)
            except Stale:
                continue
            return

    def tell(self, now: datetime, limit: int = BATCH) -> int:
        """Tell observers what changed; return how many changes were told or tried."""
        with self.store.begin() as unit:
            taken = unit.take_changes(now, LEASE, limit)
        for number, change, attempts in taken:
            answers = [observer.ask("see", change, now) for observer in self.registry.observers]
            again = any(isinstance(answer, Failure) for answer in answers) and attempts < notices.TRIES
            with self.store.begin() as unit:
                unit.settle_change(number, notices.next_try(attempts, now) if again else None)
        return len(taken)


def _final(entry: Entry, delivery: Delivery) -> Delivery:
    return evolve(delivery, state="refused") if isinstance(entry, NoticeUndelivered) else delivery
