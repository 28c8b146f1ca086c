"""The memory twin: the behaviour of the databases, kept in dictionaries. For tests, trials and short-lived kits."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import Any

from attrs import evolve

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Content
from complaintkit.errors import NotFound
from complaintkit.guard import no_plugins
from complaintkit.store import chain, refusals
from complaintkit.store.memory_absences import MemoryAbsences
from complaintkit.store.memory_duties import MemoryDuties
from complaintkit.store.memory_improving import MemoryImproving
from complaintkit.store.memory_looking import MemoryLooking, new
from complaintkit.store.memory_precedents import MemoryPrecedents
from complaintkit.store.memory_unit import MemoryUnit, State
from complaintkit.store.port import (
    EnvelopeState,
    Filed,
    Filter,
    Finding,
    Kept,
    PluginRecord,
    Thread,
)
from complaintkit.store.rows import GROUPS, SEALED
from complaintkit.store.texts import key, refilled, storable
from complaintkit.store.verifying import OPENING, Sheets, check_attachment, check_envelope, check_file, named_by


class MemoryStore(MemoryPrecedents, MemoryImproving, MemoryAbsences, MemoryDuties, MemoryLooking):
    """A store in memory. What it gives back is frozen through and through, so nobody can change it from outside."""

    def __init__(self) -> None:
        self.state = State()
        self._lock = RLock()
        self._secret = secrets.token_bytes(32)

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    @contextmanager
    def begin(self) -> Iterator[MemoryUnit]:
        """Open a transaction; leaving it commits, an exception takes everything back."""
        with no_plugins(), self._lock:
            unit = MemoryUnit(self.state)
            try:
                yield unit
            except BaseException:
                unit.take_back()
                raise

    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands; `NotFound` if there is none."""
        with self._lock:
            if (case := self.state.complaints.get(storable(reference))) is None:
                raise NotFound(reference)
            return self._with_contents(case)

    def _with_contents(self, case: Complaint) -> Complaint:
        contents = self._contents(case.reference)
        sealed: dict[str, Any] = {
            name: contents.get(content.digest, Content(content.digest))
            for name in SEALED
            if (content := getattr(case, name)) is not None
        }
        groups = {name: refilled(getattr(case, name), contents) for name in GROUPS}
        return evolve(case, **sealed, **groups)

    def _contents(self, reference: str) -> dict[str, Content]:
        return self.state.contents.get(reference, {})

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return the case file, in order; empty if there is none."""
        with self._lock:
            return chain.filed(reference, self.state.links.get(reference, ()), self._contents(reference))

    def cases(self, which: Filter) -> tuple[Complaint, ...]:
        """List complaints."""
        with self._lock:
            found = [case for case in self.state.complaints.values() if _fits(case, which)]
            if which.order == "due":
                found.sort(key=lambda case: (case.due_at is None, case.due_at or case.received_at, case.reference))
            else:
                found.sort(key=lambda case: (case.received_at, case.reference), reverse=True)
            return tuple(self._with_contents(case) for case in found[which.offset : which.offset + which.limit])

    def cases_of(self, references: Sequence[str]) -> tuple[Complaint, ...]:
        """Return those complaints of these references that are on file, in no order."""
        with self._lock:
            found = (self.state.complaints.get(reference) for reference in references)
            return tuple(self._with_contents(case) for case in found if case is not None)

    def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of open complaints whose next moment has come, earliest first."""
        with self._lock:
            found = sorted(
                (case.due_at, case.reference)
                for case in self.state.complaints.values()
                if case.due_at is not None and case.due_at <= now
            )
            return tuple(reference for _, reference in found[:limit])

    def unassessed(self, limit: int) -> tuple[str, ...]:
        """Return references of open complaints without initial assessment, oldest first."""
        with self._lock:
            found = sorted((case.received_at, case.reference) for case in self.state.complaints.values() if new(case))
            return tuple(reference for _, reference in found[:limit])

    def threads(self, message_ids: Sequence[str]) -> tuple[Thread, ...]:
        """Return the messages on file with these identifiers, in the order they were filed."""
        asked = {key(one): one for one in message_ids}
        with self._lock:
            return tuple(
                evolve(thread, message_id=asked[thread.message_id])
                for thread in self.state.threads.values()
                if thread.message_id in asked
            )

    def envelope(self, number: int) -> Kept:
        """Return an envelope; `NotFound` if there is none with this number."""
        with self._lock:
            if (kept := self.state.envelopes.get(number)) is None:
                raise refusals.no_envelope(number)
            return kept

    def envelopes(self, state: EnvelopeState, limit: int, offset: int = 0) -> tuple[Kept, ...]:
        """List envelopes in a state, oldest first."""
        with self._lock:
            found = [kept for kept in self.state.envelopes.values() if kept.state == state]
            return tuple(found[offset : offset + limit])

    def attachment(self, digest: str) -> bytes:
        """Return the bytes of an attachment; `NotFound` if there is none with this digest."""
        with self._lock:
            if (data := self.state.attachments.get(digest)) is None:
                raise refusals.no_attachment(digest)
            return data

    def plugin_records(self) -> tuple[PluginRecord, ...]:
        """Return how the plugins' hooks have fared."""
        with self._lock:
            return tuple(record for _, record in sorted(self.state.plugin_records.items()))

    def verify(self) -> Iterator[Finding]:
        """Check every file and every envelope."""
        with self._lock:
            state = self.state
            for reference in sorted({*state.complaints, *state.links}):
                yield from check_file(self._sheets(reference))
            for number, kept in state.envelopes.items():
                links = [link for link in state.links.get(kept.reference, ()) if link.kind in OPENING]
                mentioned = any(named_by(link)[0] == number for link in links)
                yield from check_envelope(kept, state.digests[number], mentioned, kept.reference in state.complaints)
            for digest, data in state.attachments.items():
                yield from check_attachment(digest, data)
            yield from self.verify_improvements()

    def _sheets(self, reference: str) -> Sheets:
        state = self.state
        links = state.links.get(reference, ())
        named = (state.envelopes.get(named_by(link)[0]) for link in links)
        return Sheets(
            reference=reference, case=state.complaints.get(reference), head=state.heads.get(reference, ""), links=links,
            contents=self._contents(reference), attachments=state.attachments.keys(),
            envelopes={kept.number: (kept.state, kept.reference) for kept in named if kept},
        )  # fmt: skip

    def calendar(self, identity: str) -> str:
        """Return the archive of a calendar by its identity; `NotFound` if it was never kept."""
        if identity not in self.state.calendars:
            raise refusals.no_calendar(identity)
        return self.state.calendars[identity]

    def secret(self) -> bytes:
        """Return the secret kept with the store."""
        return self._secret


def _fits(case: Complaint, which: Filter) -> bool:
    return (
        which.open in (None, case.open)
        and (not which.stages or case.stage in which.stages)
        and which.channel in ("", case.channel)
        and which.category in (None, case.category)
        and which.owner in ("", case.owner)
        and which.contact in ("", case.contact)
        and which.customer in ("", case.customer)
        and which.product in ("", case.product)
        and (which.due_before is None or (case.due_at is not None and case.due_at < which.due_before))
        and (which.since is None or case.received_at >= which.since)
        and (which.until is None or case.received_at < which.until)
        and (which.seen_by is None or which.seen_by.sees(case))
    )
