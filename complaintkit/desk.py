"""The desk: the only writer. It walks a complaint through the stages, and only here a transaction is opened.

No plugin is called while one is open. Work is found from what is stored (envelopes unread, cases unassessed, notices
undelivered, clocks due), so a crash loses nothing and a worker needs no memory.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from complaintkit import escalation, intake, notices, triage
from complaintkit.case import reference as references
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import NoticeUndelivered
from complaintkit.errors import NotAllowed, NotFound, Stale
from complaintkit.families import CaseView, Change, Channel
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Delivery, Envelope, Message, Notice
from complaintkit.policy import Policy
from complaintkit.receipt import Done, Receipt, known
from complaintkit.registry import Registry
from complaintkit.store.port import Due, Filter, Kept, Store, Written

LEASE: Final = timedelta(minutes=2)
BATCH: Final = 50
# A batch of the slowest deliveries (30 s each) ends well before another worker may take its notices.
OUTBOX_LEASE: Final = timedelta(minutes=15)
OUTBOX_BATCH: Final = 20
CAREFUL: Final = 2
HOPELESS: Final = 4
_RETRIES: Final = 20


class Desk:
    """Receives, assesses, acts, delivers, sweeps.

    Args:
        store: Where everything is kept.
        registry: The plugins.
        policy: How complaints are handled.
        secret: From which tokens are made.
        randbelow: Random numbers for references, such as `secrets.randbelow`.
    """

    def __init__(
        self, store: Store, registry: Registry, policy: Policy, secret: bytes, randbelow: Callable[[int], int]
    ) -> None:
        self.store = store
        self.registry = registry
        self.policy = policy
        self._secret = secret
        self._randbelow = randbelow

    # --- in

    def receive(self, envelope: Envelope, now: datetime) -> Receipt:
        """Put an envelope on file, then read it. Once this returns, it survives whatever happens.

        Args:
            envelope: What arrived.
            now: The moment of putting it on file, with time zone.
        """
        with self.store.begin() as unit:
            kept = unit.keep(envelope, now, LEASE)
        return self._read(kept, now) if kept.fresh else known(kept)

    def keep(self, envelope: Envelope, now: datetime) -> Receipt:
        """Put an envelope on file and leave the reading to whoever works next."""
        with self.store.begin() as unit:
            kept = unit.keep(envelope, now, timedelta(0))
        return known(kept)

    def record(self, message: Message, envelope: Envelope, now: datetime) -> Receipt:
        """Put a message on file that was read elsewhere, with the envelope it stands for; no plugin is asked."""
        with self.store.begin() as unit:
            kept = unit.keep(envelope, now, LEASE)
        return self.file(message, kept, now, careful=True) if kept.fresh else known(kept)

    def collect(self, now: datetime, report: Callable[[Receipt], None] = lambda receipt: None) -> int:
        """Fetch what waits at the channels' sources; each item is confirmed only once it is on file.

        An item that cannot be put on file is left at its source; the ones after it are taken all the same.

        Returns:
            How many items were fetched.
        """
        fetched = 0
        for channel in self.registry.channels:
            if channel.record.fetch is None:
                continue
            for envelope in channel.stream("fetch", now):
                if not isinstance(envelope, Envelope):
                    break
                fetched += 1
                report(self.receive(envelope, now))
                self._confirm(channel, envelope, now)
        return fetched

    def _confirm(self, channel: Guarded[Channel], envelope: Envelope, now: datetime) -> None:
        if channel.record.confirm is not None:
            channel.ask("confirm", envelope, now)

    def read_waiting(self, now: datetime, limit: int = BATCH) -> int:
        """Read envelopes that nobody has finished reading; return how many."""
        with self.store.begin() as unit:
            waiting = unit.take_envelopes(now, LEASE, limit)
        for kept in waiting:
            self._read(kept, now)
        return len(waiting)

    def _read(self, kept: Kept, now: datetime) -> Receipt:
        if kept.attempts >= HOPELESS:
            return self._park(kept, f"reading it was begun {kept.attempts - 1} times and never finished", now)
        answer = intake.read(kept.envelope, self.registry.channels, now)
        if isinstance(answer, Failure):
            if answer.kind == "open":
                return Receipt(outcome="waiting", number=kept.number, reason=answer.problem)
            return self._park(kept, answer.problem, now)
        return self.file(answer, kept, now, careful=kept.attempts >= CAREFUL)

    def retry(self, number: int, now: datetime) -> Receipt:
        """Read a parked envelope again.

        Args:
            number: Its number.
            now: The moment, with time zone.

        Raises:
            NotFound: There is none with this number.
            NotAllowed: It is not parked.
        """
        kept = self.store.envelope(number)
        if kept.state != "parked":
            raise NotAllowed(f"#{number}", f"its envelope is {kept.state}; only a parked one can be read again")
        with self.store.begin() as unit:
            unit.settle_envelope(number, "new")
        return self._read(evolve(kept, state="new", attempts=1), now)

    def _park(self, kept: Kept, reason: str, now: datetime) -> Receipt:
        with self.store.begin() as unit:
            unit.settle_envelope(kept.number, "parked", reason=reason)
            unit.add_notice(notices.parked(kept.number, reason, self.policy, now))
        return Receipt(outcome="parked", number=kept.number, reason=reason)

    def file(self, message: Message, kept: Kept, now: datetime, careful: bool = False) -> Receipt:
        """Open a case with a message that is on file raw, or join it to one.

        Args:
            message: The message.
            kept: Its envelope.
            now: The moment, with time zone.
            careful: Ask no plugin: somebody died over it before. The assessment is left to `assess`.
        """
        for _ in range(_RETRIES):
            try:
                return self._file(message, kept, now, careful)
            except Stale:
                kept_now = self.store.envelope(kept.number)
                if kept_now.state != "new":
                    return known(kept_now)
        return Receipt(outcome="waiting", number=kept.number, reason="the case is being changed by many at once")

    def _file(self, message: Message, kept: Kept, now: datetime, careful: bool) -> Receipt:
        contact = references.blind(self._secret, message.sender.contact)
        identifiers, claimed = intake.clues(message, self._secret)
        threads = self.store.threads(identifiers) if identifiers else ()
        wanted = dict.fromkeys((*(thread.reference for thread in threads), *claimed))
        candidates = tuple(case for one in wanted if (case := self._find(one)))
        place = intake.place(message, threads, candidates, contact, self._secret)
        if place.duplicate_of:
            reason = "the same message is on file"
            with self.store.begin() as unit:
                unit.settle_envelope(kept.number, "duplicate", place.duplicate_of, reason)
            return Receipt(outcome="duplicate", number=kept.number, reference=place.duplicate_of, reason=reason)
        if place.joins:
            case = next(one for one in candidates if one.reference == place.joins)
            return self._join(message, kept, case, place.verified, now)
        if message.automatic:
            return self._park(kept, "an automatic message that belongs to no complaint", now)
        return self._open(message, kept, contact, now, careful)

    def _find(self, reference: str) -> Complaint | None:
        try:
            return self.store.case(reference)
        except NotFound:
            return None

    def _join(self, message: Message, kept: Kept, case: Complaint, verified: bool, now: datetime) -> Receipt:
        entries = (intake.joined(message, kept, verified, max(now, case.received_at)),)
        after = case.apply_all(entries)
        self._write(intake.written(case.version, after, entries, message, kept))
        return Receipt(outcome="accepted", number=kept.number, reference=case.reference, reason="joined its case")

    def _open(self, message: Message, kept: Kept, contact: str, now: datetime, careful: bool) -> Receipt:
        since = now - self.policy.repeat_within
        earlier = self.store.cases(Filter(contact=contact, since=since, order="received", limit=6)) if contact else ()
        case, entries = intake.opened(
            message, kept, references.new(self._randbelow), self.policy, contact, next(iter(earlier), None), now
        )
        if not careful:
            more = triage.assess(case, self.registry.categorisers, self.policy, now)
            case, entries = case.apply_all(more), (*entries, *more)
        self._write(intake.written(0, case, entries, message, kept), quiet=notices.enough(earlier, now))
        return Receipt(outcome="accepted", number=kept.number, reference=case.reference)

    # --- everything that follows

    def assess(self, now: datetime, limit: int = BATCH) -> int:
        """Make the initial assessment of cases that lack it; return how many."""

        def step(case: Complaint) -> Iterable[Entry]:
            return triage.assess(case, self.registry.categorisers, self.policy, now) if not case.assessed_at else ()

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
        for attempt in range(_RETRIES):
            case = self.store.case(reference)
            if version is not None and version != case.version:
                raise Stale(reference)
            entries = action.decide(case, by, now, self.policy)
            after = case.apply_all(entries)
            try:
                self._write(Written(before=case.version, case=after, entries=entries))
            except Stale:
                if version is not None or attempt == _RETRIES - 1:
                    raise
                continue
            return after
        raise Stale(reference)

    def _step(self, reference: str, decide: Callable[[Complaint], Iterable[Entry]]) -> bool:
        for _ in range(_RETRIES):
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

    # --- out

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
        for _ in range(_RETRIES):
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

    def work(self, now: datetime, limit: int = BATCH) -> Done:
        """Do one round of everything that is waiting."""
        return Done(
            read=self.read_waiting(now, limit),
            assessed=self.assess(now, limit),
            swept=self.sweep(now, limit),
            delivered=self.deliver(now, limit),
            told=self.tell(now, limit),
        )

    def plugin_failed(self, failure: Failure, now: datetime, reference: str = "") -> None:
        """Put a plugin's failure where all workers and `plugins doctor` see it."""
        with self.store.begin() as unit:
            unit.record_failure(failure.plugin, failure.hook, f"{failure.kind}: {failure.problem}", reference, now)

    def breaker_changed(self, plugin: str, hook: str, open_until: datetime | None, now: datetime) -> None:
        """Put a breaker's state where all workers see it, and tell somebody when a plugin is out."""
        with self.store.begin() as unit:
            unit.set_breaker(plugin, hook, open_until)
            if open_until is not None:
                unit.add_notice(notices.plugin_out(plugin, hook, open_until, self.policy, now))

    def _write(self, written: Written, quiet: bool = False) -> None:
        called = notices.called_for(written.case, written.entries, self.policy, self._secret, quiet)
        changes = _changes(written) if self.registry.observers else ()
        with self.store.begin() as unit:
            unit.write(evolve(written, notices=called, changes=changes))


def _final(entry: Entry, delivery: Delivery) -> Delivery:
    return evolve(delivery, state="refused") if isinstance(entry, NoticeUndelivered) else delivery


def _changes(written: Written) -> tuple[Change, ...]:
    view = CaseView.of(written.case)
    return tuple(
        Change(reference=view.reference, entry=entry.kind, at=entry.at, by=entry.by, case=view)
        for entry in written.entries
    )
