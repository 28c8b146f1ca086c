"""The desk's way out: notices from the outbox, and what observers are told."""

import time
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit import notices
from complaintkit.case.commitments import INTERIM
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import NoticeUndelivered
from complaintkit.case.entries.timing import EXTENSION
from complaintkit.changing import evolve
from complaintkit.desk.base import BATCH, LEASE, RETRIES, confidential
from complaintkit.desk.improving import OURS, Improving
from complaintkit.errors import ComplaintKitError, SettingsError, Stale
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
# So many notices stand in one list at most; more make the next one.
LISTED: Final = 500


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


@frozen
class _Ready:
    """A notice that goes out now, as it does; from when on it could, and whether it may stand in a list."""

    due: Due
    notice: Notice
    since: datetime
    joins: bool


class Outgoing(Improving):
    """Delivers and tells."""

    def deliver(self, now: datetime, limit: int = BATCH) -> int:
        """Deliver notices that wait; return how many were tried or put off to their reader's hours.

        What was delivered is settled at once, or together with what was delivered in the same moment. Many notices that
        wait for the same reader go out as one list.
        """
        with self.store.begin() as unit:
            taken = deque(unit.take_notices(now, OUTBOX_LEASE, min(limit, OUTBOX_BATCH)))
        tried, asked = len(taken), set[str]()
        ended: list[_Ended] = []
        since = time.monotonic()
        while taken:
            due = taken.popleft()
            ready = self._ready(due, now)
            if ready is None:
                continue
            alike = self._alike(ready, taken, asked, now)
            try:
                ended += self._listed(alike, now) if alike else self._alone(ready, now)
            except SettingsError:  # one of them cannot be worded; alone each comes to its own end
                ended += (end for one in alike for end in self._alone(one, now))
            if time.monotonic() - since > TOGETHER:
                self._settle(ended)
                ended, since = [], time.monotonic()
        self._settle(ended)
        return tried

    def _ready(self, due: Due, now: datetime) -> "_Ready | None":
        """Return a notice as it may go out now; `None` once it is put off to the hours of its reader."""
        if self._untrue(due.notice):
            with self.store.begin() as unit:
                unit.settle_notice(due.notice.id, Delivery("refused", "answered or ended before it went out"))
            return None
        notice, case = self._rightly(due.notice, now)
        at = notices.told_from(notice, case, self.policy, now)
        if at <= now:
            since = notices.told_from(notice, case, self.policy)
            return _Ready(due, notice, since, notices.joins(notice, case, self.policy))
        with self.store.begin() as unit:
            unit.postpone_notice(notice.id, at, "waits for the hours of its reader")
        return None

    def _alike(self, ready: "_Ready", taken: deque[Due], asked: set[str], now: datetime) -> "list[_Ready]":
        """Return what waits for the same reader and can be told in one list; nothing where it is too little for one."""
        telling, reader = self.policy.telling, ready.notice.recipient
        if not ready.joins:
            return []
        if reader not in asked:
            asked.add(reader)
            with self.store.begin() as unit:
                taken += unit.take_alike(reader, telling.listed, now, OUTBOX_LEASE, LISTED)
        same = [one for one in taken if one.notice.recipient == reader and notices.joins(one.notice, None, self.policy)]
        if len(same) + 1 < telling.digest:
            return []
        for one in same:
            taken.remove(one)
        others = filter(None, (self._ready(one, now) for one in same))
        # Whom the case is about since then reads another list, or none.
        mine = [ready]
        for other in others:
            if other.notice.recipient == reader and other.joins:
                mine.append(other)
            else:
                taken.append(other.due)
        return mine

    def _listed(self, alike: "list[_Ready]", now: datetime) -> "list[_Ended]":
        """Deliver notices as one list; each of them has gone out by that, or none."""
        worded = [evolve(one, notice=notices.worded(one.notice, self.policy)) for one in alike]
        one_list = notices.listed(alike[0].notice.recipient, [one.notice for one in worded], self.policy, now)
        _, notifier, delivery = notices.deliver(one_list, self.registry.notifiers, self.policy, now)
        # Nobody answers one case by answering a list of many.
        told = evolve(delivery, message_id="")
        return [ended for one in worded for ended in self._what_became(one, notifier, told, now)]

    def _alone(self, ready: "_Ready", now: datetime) -> "list[_Ended]":
        notice, notifier, delivery = notices.deliver(ready.notice, self.registry.notifiers, self.policy, now)
        return self._what_became(evolve(ready, notice=notice), notifier, delivery, now)

    def _what_became(self, ready: "_Ready", notifier: str, delivery: Delivery, now: datetime) -> "list[_Ended]":
        """Settle a notice, or put it off to be tried again; return what is left to settle with its case."""
        notice = ready.notice
        entry = notices.settled(notice, notifier, delivery, now, ready.since)
        if entry is not None and notice.reference.startswith(OURS):
            self.settle_improvement(notice, entry, _final(entry, delivery))
            return []
        if entry is not None and notice.reference:
            return [_Ended(notice, entry, _final(entry, delivery))]
        with self.store.begin() as unit:
            if entry is None:
                unit.postpone_notice(notice.id, notices.next_try(ready.due.attempts, now), delivery.detail)
            else:
                unit.settle_notice(notice.id, _final(entry, delivery))
        return []

    def _untrue(self, notice: Notice) -> bool:
        """Say whether a holding notice that waited says what holds no more: there is an answer, or nothing is asked."""
        if notice.occasion != "holding":
            return False
        case = self.store.case(notice.reference)
        return not any(clock.kind == INTERIM and not clock.settled for clock in case.clocks)

    def _rightly(self, notice: Notice, now: datetime) -> tuple[Notice, Complaint | None]:
        """Return a notice for whom it may reach now, which another person may have come to be since it was written."""
        if notice.medium != notices.STAFF or not notice.reference:
            return notice, None
        if notice.reference.startswith(OURS):
            return self.rightly_improving(notice, now), None
        case = self.store.case(notice.reference)
        return notices.rightly(notice, case, self.policy, now), case

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
                entry = self._owing(entry, one.notice, case)
            cases[reference], entries = self.followed(case.apply(entry), (entry,), entry.at)
            steps.append(one.written(case, cases[reference], entries))
        return steps

    def _owing(self, entry: NoticeUndelivered, notice: Notice, case: Complaint) -> NoticeUndelivered:
        """Return what it means that a notice did not arrive: an answer is owed again, or an extension was not told."""
        entry = evolve(entry, clocks=self.policy.follow_up(case, entry.at))
        clock = case.named(notice.facts.get("clock", "")) if notice.occasion == EXTENSION else None
        if clock is None or not clock.history.extensions:
            return entry
        untold = evolve(clock, history=evolve(clock.history, extensions=clock.history.extensions[:-1]))
        return evolve(entry, clock=clock.name, due_at=self.policy.explained(untold).due_at)

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
