"""The desk's way in: raw bytes first, then reading, then a case."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Final, cast

from attrs import evolve

from complaintkit import intake, notices
from complaintkit.case import reference as references
from complaintkit.case.complaint import Complaint
from complaintkit.desk.base import BATCH, LEASE, RETRIES, Seat
from complaintkit.errors import NotAllowed, NotFound, Stale
from complaintkit.families import Channel
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Envelope, Message
from complaintkit.receipt import Receipt, known, standing
from complaintkit.store.port import Filter, Kept

CAREFUL: Final = 2
HOPELESS: Final = 4
PAUSE: Final = timedelta(minutes=5)
BATCH_BYTES: Final = 8 * 2**20


class Incoming(Seat):
    """Receives."""

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
        if not kept.fresh:
            return known(kept)
        if intake.empty(message):
            return self._park(kept, "there is nothing in it to read", now)
        return self.file(message, kept, now, careful=True)

    def receive_all(
        self, envelopes: Iterable[Envelope], now: datetime, safe: Callable[[Envelope], None] = lambda envelope: None
    ) -> Iterator[Receipt]:
        """Receive many: a batch of them goes on file in one transaction, then each is read.

        Args:
            envelopes: What arrived, in order.
            now: The moment of putting it on file, with time zone.
            safe: Told of each envelope once it is on file.
        """
        for batch in _batches(envelopes):
            with self.store.begin() as unit:
                kept = [unit.keep(envelope, now, LEASE) for envelope in batch]
            for envelope in batch:
                safe(envelope)
            for one in kept:
                yield self._read(one, now) if one.fresh else known(self.store.envelope(one.number))

    def collect(self, now: datetime, report: Callable[[Receipt], None] = lambda receipt: None) -> int:
        """Fetch what waits at the channels' sources; each item is confirmed only once it is on file.

        What cannot be put on file is left at its source.

        Returns:
            How many items were fetched.
        """
        fetched = 0
        for channel in self.registry.channels:
            if channel.record.fetch is None:
                continue
            source = takewhile(lambda one: isinstance(one, Envelope), channel.stream("fetch", now))
            confirm = partial(self._confirm, channel, now)
            for receipt in self.receive_all(cast("Iterator[Envelope]", source), now, confirm):
                fetched += 1
                report(receipt)
        return fetched

    def _confirm(self, channel: Guarded[Channel], now: datetime, envelope: Envelope) -> None:
        if channel.record.confirm is not None:
            channel.ask("confirm", envelope, now)

    def read_waiting(self, now: datetime, limit: int = BATCH) -> int:
        """Read envelopes that nobody has finished reading; return how many.

        One at a time: what kills the worker must count against itself and not against those behind it.
        """
        for count in range(limit):
            with self.store.begin() as unit:
                waiting = unit.take_envelopes(now, LEASE, 1)
            if not waiting:
                return count
            self._read(waiting[0], now)
        return limit

    def _read(self, kept: Kept, now: datetime) -> Receipt:
        if kept.attempts >= HOPELESS:
            return self._park(kept, f"reading it was begun {kept.attempts - 1} times and never finished", now)
        answer = intake.read(kept.envelope, self.registry.channels, now)
        if isinstance(answer, Failure) and answer.kind == "open":
            with self.store.begin() as unit:
                unit.postpone_envelope(kept.number, now + PAUSE)
            return Receipt(outcome="waiting", number=kept.number, reason=answer.problem)
        if isinstance(answer, Failure):
            return self._park(kept, answer.problem, now)
        return self.file(answer, kept, now, careful=kept.attempts >= CAREFUL)

    def retry(self, number: int, now: datetime, as_complaint: bool = False) -> Receipt:
        """Read a parked envelope again.

        Args:
            number: Its number.
            now: The moment, with time zone.
            as_complaint: Take it for a complaint though a machine seems to have sent it: a person looked.

        Raises:
            NotFound: There is none with this number.
            NotAllowed: It is not parked.
        """
        kept = self.store.envelope(number)
        if kept.state != "parked":
            raise NotAllowed(f"#{number}", f"its envelope is {kept.state}; only a parked one can be read again")
        with self.store.begin() as unit:
            unit.settle_envelope(number, "new")
        fresh = evolve(kept, state="new", attempts=1)
        if not as_complaint:
            return self._read(fresh, now)
        answer = intake.read(kept.envelope, self.registry.channels, now)
        if isinstance(answer, Failure):
            return self._park(fresh, answer.problem, now)
        return self.file(answer, fresh, now, wanted=True)

    def _park(self, kept: Kept, reason: str, now: datetime) -> Receipt:
        try:
            with self.store.begin() as unit:
                unit.settle_envelope(kept.number, "parked", reason=reason)
                unit.add_notice(notices.parked(kept.number, reason, self.policy, now))
        except Stale:
            return standing(self.store.envelope(kept.number))
        return Receipt(outcome="parked", number=kept.number, reason=reason)

    def file(
        self, message: Message, kept: Kept, now: datetime, *, careful: bool = False, wanted: bool = False
    ) -> Receipt:
        """Open a case with a message that is on file raw, or join it to one.

        Args:
            message: The message.
            kept: Its envelope.
            now: The moment, with time zone.
            careful: Ask no plugin: somebody died over it before. The assessment is left to `assess`.
            wanted: Open a case with it though a machine wrote it: a person said so.
        """
        for _ in range(RETRIES):
            try:
                return self._file(message, kept, now, careful, wanted)
            except Stale:
                kept_now = self.store.envelope(kept.number)
                if kept_now.state != "new":
                    return standing(kept_now)
        return Receipt(outcome="waiting", number=kept.number, reason="the case is being changed by many at once")

    def _file(self, message: Message, kept: Kept, now: datetime, careful: bool, wanted: bool) -> Receipt:
        contact = references.blind(self._secret, message.sender.contact)
        identifiers, claimed = intake.clues(message, self._secret)
        threads = self.store.threads(identifiers) if identifiers else ()
        leads = dict.fromkeys((*(thread.reference for thread in threads), *claimed))
        candidates = tuple(case for one in leads if (case := self._find(one)))
        place = intake.place(message, threads, candidates, contact, self._secret)
        if place.duplicate_of:
            reason = "the same message is on file"
            with self.store.begin() as unit:
                unit.settle_envelope(kept.number, "duplicate", place.duplicate_of, reason)
            return Receipt(outcome="duplicate", number=kept.number, reference=place.duplicate_of, reason=reason)
        joins = next((one for one in candidates if one.reference == place.joins), None)
        if joins and (joins.open or message.automatic):
            return self._join(message, kept, joins, place.verified, now)
        if message.automatic and not wanted:
            return self._park(kept, "an automatic message that belongs to no complaint", now)
        return self._open(message, kept, contact, now, careful)

    def _find(self, reference: str) -> Complaint | None:
        try:
            return self.store.case(reference)
        except NotFound:
            return None

    def _join(self, message: Message, kept: Kept, case: Complaint, verified: bool, now: datetime) -> Receipt:
        entries = (intake.joined(message, kept, case, verified, self.policy, max(now, case.received_at)),)
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
            more = self.triage(case, now)
            case, entries = case.apply_all(more), (*entries, *more)
        self._write(
            intake.written(0, case, entries, message, kept), quiet=message.automatic or notices.enough(earlier, now)
        )
        return Receipt(outcome="accepted", number=kept.number, reference=case.reference)


def _batches(envelopes: Iterable[Envelope]) -> Iterator[list[Envelope]]:
    batch: list[Envelope] = []
    for envelope in envelopes:
        batch.append(envelope)
        if len(batch) >= BATCH or sum(len(one.raw) for one in batch) > BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch
