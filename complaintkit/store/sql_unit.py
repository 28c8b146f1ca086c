"""A transaction on a database: what the desk does inside one, as compiled statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from complaintkit import codec
from complaintkit.case.complaint import Entry
from complaintkit.case.parts import Content
from complaintkit.changing import evolve
from complaintkit.errors import Stale
from complaintkit.message import Attachment, Envelope
from complaintkit.store import chain, refusals
from complaintkit.store.chain import Link
from complaintkit.store.improving_unit import ImprovingUnit
from complaintkit.store.line import Line
from complaintkit.store.outbox_unit import OutboxUnit
from complaintkit.store.port import EnvelopeState, Kept, Thread, Written
from complaintkit.store.precedent_rows import PrecedentUnit
from complaintkit.store.rows import grouped
from complaintkit.store.sight_unit import Before, SightUnit
from complaintkit.store.sql_absences import SqlAbsenceUnit
from complaintkit.store.sql_kit import Kit
from complaintkit.store.texts import key, settled, storable, suspicious

OWN: int = 8
"""How many columns of an envelope's row stand before those of the envelope itself."""


def kept_of(row: Any, kit: Kit) -> Kept:
    """Return an envelope on file from its row."""
    number, state, kept_at, attempts, leased_until, reference, reason, _ = row[:OWN]
    back = kit.map.moment_back
    return Kept(
        number=number, envelope=kit.map.envelope.value(row[OWN:]), state=state, kept_at=back(kept_at),
        attempts=attempts, leased_until=back(leased_until) if leased_until else None, reference=reference,
        reason=reason, fresh=False,
    )  # fmt: skip


def contents_of(line: Line, rows: Sequence[Any], kit: Kit) -> dict[str, dict[str, Content]]:
    """Return the sealed texts that the groups of these complaints hold, by reference and digest."""
    wanted = {row[0]: digests for row in rows if (digests := grouped(kit.map.complaint.columns, row))}
    if not wanted:
        return {}
    among = line.among({digest for several in wanted.values() for digest in several})
    found: dict[str, dict[str, Content]] = {reference: {} for reference in wanted}
    for reference, *content in line.rows(kit.sql.contents_of, (line.among(wanted), among)):
        found[reference][content[0]] = kit.map.content.value(content)
    return found


class SqlUnit(OutboxUnit, PrecedentUnit, ImprovingUnit, SqlAbsenceUnit, SightUnit):
    """One transaction. Each method sends what it needs; committing is the store's."""

    def __init__(self, line: Line, kit: Kit) -> None:
        self._line = line
        self._kit = kit
        self._sql = kit.sql
        self._moment = kit.map.moment

    # --- envelopes

    def keep(self, envelope: Envelope, now: datetime, lease: timedelta) -> Kept:
        """Store raw bytes, leased to the caller as its first attempt; or find the same item already on file."""
        digest, channel, source = envelope.digest, key(envelope.channel), key(envelope.source_id)
        until = now + lease
        row = (
            "new", self._moment(now), 1, self._moment(until), "", "", digest, channel, source, envelope.raw,
            self._moment(envelope.received_at), storable(envelope.media_type), storable(envelope.recorder),
        )  # fmt: skip
        if stored := self._line.rows(self._sql.keep, row):
            number = stored[0][0]
            return Kept(number=number, envelope=envelope, state="new", kept_at=now, attempts=1, leased_until=until)
        return kept_of(self._line.rows(self._sql.find_kept, (channel, source, digest))[0], self._kit)

    def take_envelopes(self, now: datetime, lease: timedelta, limit: int) -> tuple[Kept, ...]:
        """Lease new envelopes that nobody has, oldest first, counting one more attempt each."""
        rows = self._line.rows(self._sql.free_envelopes, (self._moment(now), limit))
        until = now + lease
        free = [kept_of(row, self._kit) for row in rows]
        taken = tuple(evolve(kept, attempts=kept.attempts + 1, leased_until=until) for kept in free)
        leases = [(kept.attempts, self._moment(until), kept.number) for kept in taken]
        self._line.many(self._sql.lease_envelope, leases)
        return taken

    def settle_envelope(self, number: int, state: EnvelopeState, reference: str = "", reason: str = "") -> None:
        """Say what became of an envelope; `Stale` if another worker has settled it meanwhile."""
        allowed = refusals.settled_from(state)
        row = (state, reference, storable(reason), number, allowed[0], allowed[-1])
        if self._line.run(self._sql.settle_envelope, row).rowcount == 0:
            if not self._line.rows(self._sql.envelope, (number,)):
                raise refusals.no_envelope(number)
            raise refusals.settled_envelope(number, reference)

    # --- a step of a case

    def postpone_envelope(self, number: int, until: datetime) -> None:
        """Leave a new envelope alone until a moment."""
        self._line.run(self._sql.postpone_envelope, (self._moment(until), number))

    def write(self, written: Written) -> None:
        """Store one step of one case.

        Raises:
            Stale: The case is no longer at the version it was read at, its reference is taken, or the envelope or a
                notice was settled by another worker meanwhile.
        """
        refusals.check_written(written)
        reference = written.case.reference
        previous, before = self._head(written)
        links = _linked(written.before, reference, previous, written.entries)
        contents = list(_contents(written.entries))
        if any(suspicious(link.data) for link in links) or not all(map(_as_it_is, contents)):
            written = settled(written)
            links = _linked(written.before, reference, previous, written.entries)
            contents = list(_contents(written.entries))
        self._send(written, links, contents, links[-1].hash if links else previous, before)

    def _head(self, written: Written) -> tuple[str, Before | None]:
        reference = written.case.reference
        if not written.before:
            return chain.first(reference), None
        found = self._line.rows(self._sql.head, (reference, written.before))
        if not found:
            raise Stale(reference)
        head, about, secrecy = found[0]
        return head, (about, secrecy)

    def _send(
        self, written: Written, links: list[Link], contents: list[Content], head: str, before: Before | None
    ) -> None:
        line, sql, reference = self._line, self._sql, written.case.reference
        checks: list[tuple[Any, Stale]] = []
        try:
            with line.together():
                if written.envelope:
                    accepted = line.run(sql.accept_envelope, (reference, written.envelope))
                    checks.append((accepted, refusals.settled_envelope(written.envelope, reference)))
                checks.append((self._send_complaint(written, head), Stale(reference)))
                self._send_clocks(written)
                self.send_sides(written, before)
                line.many(sql.add_entry, [self._kit.map.link.row(link) for link in links])
                line.many(sql.add_content, [(reference, one.digest, one.text, one.salt) for one in contents])
                checks += self._send_found(written)
                self.send_precedent(written)
                self.send_causes(written)
                self._send_told(written)
                for notice, delivery in written.settles:
                    told = line.run(sql.settle_notice, (delivery.state, storable(delivery.detail), notice))
                    checks.append((told, refusals.settled_notice(reference, notice)))
        except Exception:
            # Whoever comes second runs into the first one's rows; that is no trouble with the database.
            _raise_first(checks)
            raise
        _raise_first(checks)

    def _send_complaint(self, written: Written, head: str) -> Any:
        row = (*self._kit.map.complaint.row(written.case), head)
        if not written.before:
            return self._line.run(self._sql.add_complaint, row)
        return self._line.run(self._sql.change_complaint, (*row[1:], written.case.reference, written.before))

    def _send_clocks(self, written: Written) -> None:
        reference = written.case.reference
        if written.before:
            self._line.run(self._sql.drop_clocks, (reference,))
        clocks = enumerate(written.case.clocks)
        rows = [(reference, place, *self._kit.map.clock.row(clock)) for place, clock in clocks]
        self._line.many(self._sql.add_clock, rows)

    def _send_found(self, written: Written) -> list[tuple[Any, Stale]]:
        line, sql, reference = self._line, self._sql, written.case.reference
        line.many(sql.add_attachment, [(one.digest, one.data) for one in _each_once(written.attachments)])
        told = [(thread, line.run(sql.add_thread, _thread_row(thread))) for thread in written.threads]
        # The same words under the same identifier on another case: somebody else was quicker with this message.
        return [(ran, Stale(reference)) for thread, ran in told if thread.digest]

    def _send_told(self, written: Written) -> None:
        self._line.many(self._sql.add_notice, [self._notice_row(notice) for notice in written.notices])
        self._line.many(self._sql.add_change, [self._change_row(change) for change in written.changes])

    # --- plugins

    def record_failure(self, plugin: str, hook: str, problem: str, reference: str, now: datetime) -> None:
        """Count a plugin's failure."""
        place, last = (key(plugin), key(hook)), (storable(problem), self._moment(now), storable(reference))
        self._line.run(self._sql.add_record, (*place, 0, *last, None))
        self._line.run(self._sql.record_failure, (*last, *place))

    def set_breaker(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Remember for all workers until when a plugin's hook gets no calls."""
        place = (key(plugin), key(hook))
        until = None if open_until is None else self._moment(open_until)
        if until is not None:
            self._line.run(self._sql.add_record, (*place, 0, "", until, "", None))
        self._line.run(self._sql.set_breaker, (until, *place))

    # --- the store itself

    def add_secret(self, secret: bytes) -> None:
        """Keep a secret with the store, unless it has one."""
        self._line.run(self._sql.add_meta, ("secret", secret))

    def keep_calendar(self, identity: str, archived: str) -> None:
        """Keep a calendar by which clocks count, unless it is kept."""
        self._line.run(self._sql.add_meta, (identity, archived.encode()))


def _linked(before: int, reference: str, previous: str, entries: Iterable[Entry]) -> list[Link]:
    links: list[Link] = []
    for seq, entry in enumerate(entries, before + 1):
        links.append(chain.linked(reference, seq, previous, entry))
        previous = links[-1].hash
    return links


def _contents(entries: Iterable[Entry]) -> Iterable[Content]:
    for entry in entries:
        yield from codec.contents_of(entry)


def _as_it_is(content: Content) -> bool:
    return content.text is None or storable(content.text) is content.text


def _each_once(attachments: Iterable[Attachment]) -> Iterable[Attachment]:
    return {one.digest: one for one in attachments}.values()


def _thread_row(thread: Thread) -> tuple[str, str, str]:
    return key(thread.message_id), thread.reference, thread.digest


def _raise_first(checks: Iterable[tuple[Any, Stale]]) -> None:
    for ran, stale in checks:
        if ran.rowcount == 0:
            raise stale
