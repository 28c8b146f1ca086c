"""The desk's way in: raw bytes first, then reading, then a case."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Final, cast

from complaintkit import intake
from complaintkit.changing import evolve
from complaintkit.desk.base import BATCH, LEASE
from complaintkit.desk.filing import Draft, Filing
from complaintkit.errors import ComplaintKitError, NotAllowed, Stale
from complaintkit.families import Channel
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Envelope, Message
from complaintkit.receipt import Receipt, known
from complaintkit.store.port import Kept

CAREFUL: Final = 2
HOPELESS: Final = 4
PAUSE: Final = timedelta(minutes=5)
BATCH_BYTES: Final = 8 * 2**20


class Incoming(Filing):
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

    def record(self, message: Message, envelope: Envelope, now: datetime, verified: bool = False) -> Receipt:
        """Put a message on file that was read elsewhere, with the envelope it stands for; no plugin is asked.

        Args:
            message: The message.
            envelope: What it stands for.
            now: The moment, with time zone.
            verified: It is known to come from the complainant of the case that it leads to.
        """
        with self.store.begin() as unit:
            kept = unit.keep(envelope, now, LEASE)
        if not kept.fresh:
            return known(kept)
        if intake.empty(message):
            return self.park(kept, "there is nothing in it to read", now)
        return self.file(message, kept, now, careful=True, verified=verified)

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
            yield from self._read_all(kept, now)

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

    def _read_all(self, kept: Iterable[Kept], now: datetime) -> Iterator[Receipt]:
        """Read envelopes of one batch; what has nothing to do with each other is stored in one transaction.

        A message that could belong to one that is not stored yet waits until that is, so the outcome is the same as
        one by one.
        """
        self.look_round(now)
        waiting: list[Draft] = []
        for one in kept:
            if not one.fresh:
                yield from self._stored(waiting, now)
                waiting = []
                yield known(self.store.envelope(one.number))
                continue
            message = self._message(one, now)
            if isinstance(message, Receipt):
                yield from self._stored(waiting, now)
                waiting = []
                yield message
                continue
            leads = self.leads(message)
            if any(leads & draft.leads for draft in waiting):
                yield from self._stored(waiting, now)
                waiting = []
            draft = self._drafted_or_parked(message, one, now)
            if isinstance(draft, Draft):
                waiting.append(draft)
                continue
            yield from self._stored(waiting, now)
            waiting = []
            yield draft
        yield from self._stored(waiting, now)

    def _stored(self, drafts: Sequence[Draft], now: datetime) -> Iterator[Receipt]:
        try:
            if drafts:
                self.store_steps([draft.step for draft in drafts])
        except Stale:
            yield from [self.file(draft.message, draft.kept, now) for draft in drafts]
        else:
            yield from (draft.receipt for draft in drafts)

    def _read(self, kept: Kept, now: datetime) -> Receipt:
        message = self._message(kept, now)
        if isinstance(message, Receipt):
            return message
        try:
            return self.file(message, kept, now, careful=kept.attempts >= CAREFUL)
        except ComplaintKitError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours about one message must not hold up the others
            return self.park(kept, f"it could not be filed: {type(error).__name__}: {error}", now)

    def _drafted_or_parked(self, message: Message, kept: Kept, now: datetime) -> Draft | Receipt:
        try:
            return self.draft(message, kept, now)
        except Stale:
            return self.file(message, kept, now)
        except ComplaintKitError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            return self.park(kept, f"it could not be filed: {type(error).__name__}: {error}", now)

    def _message(self, kept: Kept, now: datetime) -> Message | Receipt:
        if kept.attempts >= HOPELESS:
            return self.park(kept, f"reading it was begun {kept.attempts - 1} times and never finished", now)
        answer = intake.read(kept.envelope, self.registry.channels, now)
        if isinstance(answer, Failure) and answer.kind == "open":
            with self.store.begin() as unit:
                unit.postpone_envelope(kept.number, now + PAUSE)
            return Receipt(outcome="waiting", number=kept.number, reason=answer.problem)
        if isinstance(answer, Failure):
            return self.park(kept, answer.problem, now)
        return answer

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
            return self.park(fresh, answer.problem, now)
        return self.file(answer, fresh, now, wanted=True)


def _batches(envelopes: Iterable[Envelope]) -> Iterator[list[Envelope]]:
    batch: list[Envelope] = []
    for envelope in envelopes:
        batch.append(envelope)
        if len(batch) >= BATCH or sum(len(one.raw) for one in batch) > BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch
