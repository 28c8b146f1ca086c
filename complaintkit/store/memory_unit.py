"""A transaction on the memory twin: everything it changes is written down, so that it can be taken back."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import Factory, define, evolve

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Content
from complaintkit.case.precedent import Precedent
from complaintkit.codec import contents_of
from complaintkit.errors import Stale
from complaintkit.families import Change
from complaintkit.improving.improvement import Improvement
from complaintkit.message import Envelope
from complaintkit.policy.staff import Absence
from complaintkit.store import chain, refusals
from complaintkit.store.chain import Link
from complaintkit.store.improving import Improved
from complaintkit.store.memory_absences import MemoryAbsenceUnit
from complaintkit.store.memory_outbox import MemoryOutboxUnit
from complaintkit.store.port import Due, EnvelopeState, Kept, PluginRecord, Thread, Written
from complaintkit.store.ranking import searched
from complaintkit.store.texts import key, settled, storable

K = TypeVar("K")
V = TypeVar("V")
_GONE: Final[Any] = object()


@define
class State:
    """Everything a memory store holds; each part is what the table of the same name is in a database."""

    envelopes: dict[int, Kept] = Factory(dict)
    digests: dict[int, str] = Factory(dict)
    items: dict[tuple[str, str, str], int] = Factory(dict)
    complaints: dict[str, Complaint] = Factory(dict)
    heads: dict[str, str] = Factory(dict)
    links: dict[str, tuple[Link, ...]] = Factory(dict)
    contents: dict[str, dict[str, Content]] = Factory(dict)
    attachments: dict[str, bytes] = Factory(dict)
    threads: dict[tuple[str, str, str], Thread] = Factory(dict)
    said: dict[tuple[str, str], str] = Factory(dict)
    notices: dict[str, Due] = Factory(dict)
    changes: dict[int, tuple[Change, int, datetime]] = Factory(dict)
    precedents: dict[str, tuple[int, Precedent, str]] = Factory(dict)
    plugin_records: dict[tuple[str, str], PluginRecord] = Factory(dict)
    calendars: dict[str, str] = Factory(dict)
    absences: dict[tuple[str, datetime], Absence] = Factory(dict)
    improvements: dict[str, Improvement] = Factory(dict)
    improvement_heads: dict[str, str] = Factory(dict)
    improvement_links: dict[str, tuple[Link, ...]] = Factory(dict)
    improvement_contents: dict[str, dict[str, Content]] = Factory(dict)
    last_change: int = 0
    last_precedent: int = 0


class MemoryUnit(MemoryOutboxUnit, MemoryAbsenceUnit):
    """One transaction."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._before: list[tuple[MutableMapping[Any, Any], Any, Any]] = []

    def _put(self, part: MutableMapping[K, V], place: K, value: V) -> None:
        self._before.append((part, place, part.get(place, _GONE)))
        part[place] = value

    def take_back(self) -> None:
        """Undo everything, the last first."""
        for part, place, before in reversed(self._before):
            if before is _GONE:
                part.pop(place, None)
            else:
                part[place] = before

    def keep(self, envelope: Envelope, now: datetime, lease: timedelta) -> Kept:
        """Store raw bytes, leased to the caller; or find the same item on file."""
        stored = settled(evolve(envelope, channel=key(envelope.channel), source_id=key(envelope.source_id)))
        digest = envelope.digest
        item = (stored.channel, stored.source_id, digest)
        if number := self._state.items.get(item):
            return evolve(self._state.envelopes[number], fresh=False)
        number = len(self._state.envelopes) + 1
        kept = settled(
            Kept(
                number=number,
                envelope=stored,
                state="new",
                kept_at=now,
                attempts=1,
                leased_until=now + lease,
                fresh=False,
            )
        )
        self._put(self._state.items, item, number)
        self._put(self._state.digests, number, digest)
        self._put(self._state.envelopes, number, kept)
        return evolve(kept, envelope=envelope, fresh=True)

    def take_envelopes(self, now: datetime, lease: timedelta, limit: int) -> tuple[Kept, ...]:
        """Lease new envelopes that nobody has, oldest first."""
        free = [
            kept
            for kept in self._state.envelopes.values()
            if kept.state == "new" and (kept.leased_until is None or kept.leased_until <= now)
        ]
        taken = [settled(evolve(kept, attempts=kept.attempts + 1, leased_until=now + lease)) for kept in free[:limit]]
        for kept in taken:
            self._put(self._state.envelopes, kept.number, kept)
        return tuple(taken)

    def settle_envelope(self, number: int, state: EnvelopeState, reference: str = "", reason: str = "") -> None:
        """Say what became of an envelope; `Stale` if another worker has settled it."""
        kept = self._state.envelopes.get(number)
        if kept is None:
            raise refusals.no_envelope(number)
        if kept.state not in refusals.settled_from(state):
            raise refusals.settled_envelope(number, reference)
        attempts = 0 if kept.state == "parked" else kept.attempts
        changed = evolve(
            kept, state=state, reference=reference, reason=storable(reason), leased_until=None, attempts=attempts
        )
        self._put(self._state.envelopes, number, changed)

    def postpone_envelope(self, number: int, until: datetime) -> None:
        """Leave a new envelope alone until a moment."""
        kept = self._state.envelopes.get(number)
        if kept is not None and kept.state == "new":
            self._put(self._state.envelopes, number, settled(evolve(kept, attempts=0, leased_until=until)))

    def write(self, written: Written) -> None:
        """Store one step of one case; `Stale` if it is no longer at the version it was read at."""
        refusals.check_written(written)
        written = settled(written)
        reference = written.case.reference
        present = self._state.complaints.get(reference)
        if (present.version if present else 0) != written.before:
            raise Stale(reference)
        if written.envelope:
            kept = self._state.envelopes.get(written.envelope)
            if kept is None or kept.state != "new":
                raise refusals.settled_envelope(written.envelope, reference)
            accepted = evolve(kept, state="accepted", reference=reference, reason="", leased_until=None)
            self._put(self._state.envelopes, written.envelope, accepted)
        self._write_file(reference, written)
        for attachment in written.attachments:
            if attachment.digest not in self._state.attachments:
                self._put(self._state.attachments, attachment.digest, attachment.data)
        for thread in written.threads:
            self._add_thread(thread)
        for notice in written.notices:
            self._add(notice)
        for identifier, delivery in written.settles:
            if not self._settle(identifier, delivery):
                raise refusals.settled_notice(reference, identifier)
        for change in written.changes:
            self._state.last_change += 1
            self._put(self._state.changes, self._state.last_change, (change, 0, change.at))

        if written.unlisted:
            self._drop_precedent(reference)
        elif written.precedent:
            self._put_precedent(written.precedent)

    def put_precedent(self, reference: str, version: int, precedent: Precedent | None) -> None:
        """Make a case this precedent, or none; `Stale` if it is no longer at the version that was worked out from."""
        present = self._state.complaints.get(reference)
        if present is None or present.version != version:
            raise Stale(reference)
        if precedent:
            self._put_precedent(settled(precedent))
        else:
            self._drop_precedent(reference)

    def _put_precedent(self, precedent: Precedent) -> None:
        before = self._state.precedents.get(precedent.reference)
        if before is None:
            self._state.last_precedent += 1
        number = before[0] if before else self._state.last_precedent
        self._put(self._state.precedents, precedent.reference, (number, precedent, searched(precedent)))

    def _drop_precedent(self, reference: str) -> None:
        if (before := self._state.precedents.pop(reference, None)) is not None:
            self._before.append((self._state.precedents, reference, before))

    def improve(self, improved: Improved) -> None:
        """Store one step of one improvement; `Stale` if it is no longer at the version it was read at."""
        refusals.check_improved(improved)
        improved, state = settled(improved), self._state
        reference = improved.improvement.reference
        present = state.improvements.get(reference)
        if (present.version if present else 0) != improved.before:
            raise Stale(reference)
        links = state.improvement_links.get(reference, ())
        contents = state.improvement_contents.setdefault(reference, {})
        previous = state.improvement_heads.get(reference, chain.first(reference))
        for seq, entry in enumerate(improved.entries, improved.before + 1):
            links = (*links, chain.linked(reference, seq, previous, entry))
            previous = links[-1].hash
            for content in contents_of(entry):
                if content.digest not in contents:
                    self._put(contents, content.digest, content)
        self._put(state.improvements, reference, improved.improvement)
        self._put(state.improvement_links, reference, links)
        self._put(state.improvement_heads, reference, previous)
        for notice in improved.notices:
            self._add(notice)
        for identifier, delivery in improved.settles:
            if not self._settle(identifier, delivery):
                raise refusals.settled_notice(reference, identifier)

    def _write_file(self, reference: str, written: Written) -> None:
        links = self._state.links.get(reference, ())
        contents = self._state.contents.setdefault(reference, {})
        previous = self._state.heads.get(reference, chain.first(reference))
        for seq, entry in enumerate(written.entries, written.before + 1):
            links = (*links, chain.linked(reference, seq, previous, entry))
            previous = links[-1].hash
            for content in contents_of(entry):
                if content.digest not in contents:
                    self._put(contents, content.digest, content)
        self._put(self._state.complaints, reference, written.case)
        self._put(self._state.links, reference, links)
        self._put(self._state.heads, reference, previous)

    def _add_thread(self, thread: Thread) -> None:
        stored = evolve(thread, message_id=key(thread.message_id))
        place = (stored.message_id, stored.reference, stored.digest)
        if stored.digest:
            # The same words under the same identifier on another case: somebody else was quicker with this message.
            if (stored.message_id, stored.digest) in self._state.said:
                raise Stale(stored.reference)
            self._put(self._state.said, (stored.message_id, stored.digest), stored.reference)
        if place not in self._state.threads:
            self._put(self._state.threads, place, stored)

    def keep_calendar(self, identity: str, archived: str) -> None:
        """Keep a calendar by which clocks count, unless it is kept."""
        self._put(self._state.calendars, identity, archived)

    def record_failure(self, plugin: str, hook: str, problem: str, reference: str, now: datetime) -> None:
        """Count a plugin's failure."""
        place = (key(plugin), key(hook))
        before = self._state.plugin_records.get(place)
        record = PluginRecord(
            plugin=place[0], hook=place[1], failures=(before.failures if before else 0) + 1, last_problem=problem,
            last_at=now, last_reference=reference, open_until=before.open_until if before else None,
        )  # fmt: skip
        self._put(self._state.plugin_records, place, settled(record))

    def set_breaker(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Remember for all workers until when a plugin's hook gets no calls."""
        place = (key(plugin), key(hook))
        record = self._state.plugin_records.get(place)
        if record is None and open_until is not None:
            record = PluginRecord(plugin=place[0], hook=place[1], failures=0, last_problem="", last_at=open_until)
        if record is not None:
            self._put(self._state.plugin_records, place, settled(evolve(record, open_until=open_until)))
