"""The desk's way out: notices from the outbox, and what observers are told."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit import notices
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import NoticeUndelivered
from complaintkit.changing import evolve
from complaintkit.desk.base import BATCH, LEASE, RETRIES, confidential
from complaintkit.desk.improving import OURS, Improving
from complaintkit.errors import ComplaintKitError, Stale
from complaintkit.guard import Failure
from complaintkit.message import Delivery, Notice
from complaintkit.store.port import Due, Written

# A batch of the slowest deliveries (30 s each) ends well before another worker may take its notices.
OUTBOX_LEASE: Final = timedelta(minutes=15)
OUTBOX_BATCH: Final = 20
# Seconds. A crash repeats at most what went out in this time; a slow delivery is settled by itself.
TOGETHER: Final = 0.05
# With the pauses between them, about a day and a half.
TELLINGS: Final = 40


@frozen
class _Ended:
    """A notice whose delivery has ended, and the entry that says how."""

    notice: Notice
    entry: Entry
    delivery: Delivery

    def written(self, before: Complaint, after: Complaint, entries: tuple[Entry, ...]) -> Written:
        """Return what is stored of it."""
        return Written(
            before=before.version,
            case=after,
            entries=entries,
            settles=((self.notice.id, self.delivery),),
            threads=notices.threads(self.notice, self.delivery),
        )


class Outgoing(Improving):
    """Delivers and tells."""

    def deliver(self, now: datetime, limit: int = BATCH) -> int:
        """Deliver notices that wait; return how many were tried.

        What was delivered is settled at once, or together with what was delivered in the same moment.
        """
        with self.store.begin() as unit:
            taken = unit.take_notices(now, OUTBOX_LEASE, min(limit, OUTBOX_BATCH))
        ended: list[_Ended] = []
        since = time.monotonic()
        for due in taken:
            one = self._deliver(due, now)
            if one is not None:
                ended.append(one)
            if time.monotonic() - since > TOGETHER:
                self._settle(ended)
                ended, since = [], time.monotonic()
        self._settle(ended)
        return len(taken)

    def _deliver(self, due: Due, now: datetime) -> "_Ended | None":
        notice = self._rightly(due.notice, now)
        notice, notifier, delivery = notices.deliver(notice, self.registry.notifiers, self.policy, now)
        entry = notices.settled(notice, notifier, delivery, now)
        if entry is not None and notice.reference.startswith(OURS):
            self.settle_improvement(notice, entry, _final(entry, delivery))
            return None
        if entry is not None and notice.reference:
            return _Ended(notice, entry, _final(entry, delivery))
        with self.store.begin() as unit:
            if entry is None:
                unit.postpone_notice(notice.id, notices.next_try(due.attempts, now), delivery.detail)
            else:
                unit.settle_notice(notice.id, _final(entry, delivery))
        return None

    def _rightly(self, notice: Notice, now: datetime) -> Notice:
        """Return a notice for whom it may reach now, which another person may have come to be since it was written."""
        if notice.medium != notices.STAFF or not notice.reference:
            return notice
        if notice.reference.startswith(OURS):
            return self.rightly_improving(notice, now)
        return notices.rightly(notice, self.store.case(notice.reference), self.policy, now)

    def _settle(self, ended: Sequence["_Ended"]) -> None:
        try:
            if ended:
                self.write(*self._steps(ended))
        except Stale:
            for one in ended:
                self._settle_alone(one)

    def _settle_alone(self, one: "_Ended") -> None:
        """Settle one notice; if it stays impossible, another worker has done so."""
        for _ in range(RETRIES):
            try:
                self.write(*self._steps((one,)))
            except Stale:
                continue
            return

    def _steps(self, ended: Sequence["_Ended"]) -> list[Written]:
        cases: dict[str, Complaint] = {}
        steps: list[Written] = []
        for one in ended:
            reference = one.notice.reference
            case = cases.get(reference) or self.store.case(reference)
            entry = one.entry
            if isinstance(entry, NoticeUndelivered):
                entry = evolve(entry, clocks=self.policy.follow_up(case, entry.at))
            cases[reference], entries = self.followed(case.apply(entry), (entry,), entry.at)
            steps.append(one.written(case, cases[reference], entries))
        return steps

    def tell(self, now: datetime, limit: int = BATCH) -> int:
        """Tell observers what changed; return how many changes were told, tried or left untold.

        What waited when its case became confidential is left untold.
        """
        with self.store.begin() as unit:
            taken = unit.take_changes(now, LEASE, limit)
        for number, change, attempts in taken:
            observers = () if self._kept_back(change.reference) else self.registry.observers
            answers = [observer.ask("see", change, now) for observer in observers]
            again = any(isinstance(answer, Failure) for answer in answers) and attempts < TELLINGS
            with self.store.begin() as unit:
                unit.settle_change(number, notices.next_try(attempts, now) if again else None)
        return len(taken)

    def _kept_back(self, reference: str) -> bool:
        try:
            return confidential(self.store.case(reference))
        except ComplaintKitError:  # in doubt nobody hears of it
            return True


def _final(entry: Entry, delivery: Delivery) -> Delivery:
    return evolve(delivery, state="refused") if isinstance(entry, NoticeUndelivered) else delivery
