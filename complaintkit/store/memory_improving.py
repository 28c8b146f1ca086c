"""Improvements in the memory twin: every one is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from threading import RLock
from typing import Final

from complaintkit.case.complaint import Complaint
from complaintkit.case.learning import Learning
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.codec import dump_part, load_part
from complaintkit.errors import NotFound
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.recurrence import Tally
from complaintkit.store import chain
from complaintkit.store.improving import FiledImprovement, Learned, Which
from complaintkit.store.improving_rows import causes_of, links_of
from complaintkit.store.improving_verifying import ImprovementSheets, check_improvement
from complaintkit.store.memory_unit import State
from complaintkit.store.port import Finding
from complaintkit.store.texts import key, storable

_SESSIONS: Final = ("session_completed", "session_missed")
_NO_COUNT: Final = (Stage.DUPLICATE, Stage.NOT_A_COMPLAINT)


class MemoryImproving:
    """The part of the memory twin that gives improvements back."""

    state: State
    _lock: RLock

    def improvement(self, reference: str) -> Improvement:
        """Return an improvement as it stands; `NotFound` if there is none."""
        with self._lock:
            if (found := self.state.improvements.get(storable(reference))) is None:
                raise NotFound(reference)
            return _unsealed(found, self.state.improvement_contents[found.reference])

    def improvement_file(self, reference: str) -> tuple[FiledImprovement, ...]:
        """Return the file of an improvement, in order; empty if there is none."""
        with self._lock:
            links = self.state.improvement_links.get(reference, ())
            return chain.filed_improvement(reference, links, self.state.improvement_contents.get(reference, {}))

    def improvements(self, which: Which) -> tuple[Improvement, ...]:
        """List improvements, the next moment first."""
        with self._lock:
            found = [one for one in self.state.improvements.values() if _fits(one, which)]
            found.sort(key=lambda one: (one.due_at is None, one.due_at or one.opened_at, one.reference))
            return tuple(
                _unsealed(one, self.state.improvement_contents[one.reference])
                for one in found[which.offset : which.offset + which.limit]
            )

    def improvements_due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of improvements whose next moment has come, earliest first."""
        with self._lock:
            due = sorted(
                (one.due_at, one.reference)
                for one in self.state.improvements.values()
                if one.due_at is not None and one.due_at <= now
            )
            return tuple(reference for _, reference in due[:limit])

    def sessions(self) -> tuple[FiledImprovement, ...]:
        """Return every entry by which a session of a circle was completed or missed."""
        with self._lock:
            return tuple(
                FiledImprovement(
                    reference=link.reference, seq=link.seq, previous="", hash=link.hash,
                    entry=chain.improvement_entry_of(link, self.state.improvement_contents[reference]),
                )
                for reference, links in sorted(self.state.improvement_links.items())
                for link in links
                if link.kind in _SESSIONS
            )  # fmt: skip

    def tally(self, causes: Sequence[str], categories: Sequence[str], since: datetime, until: datetime) -> Tally:
        """Count the complaints of a period that have one of the causes, or else are in one of the categories."""
        with self._lock:
            received = [
                case
                for case in self.state.complaints.values()
                if since <= case.received_at < until and case.stage not in _NO_COUNT
            ]
        if not causes:
            return Tally(
                complaints=sum(case.category in categories for case in received), received=len(received),
                known=len(received),
            )  # fmt: skip
        known = [found for case in received if (found := causes_of(case))]
        asked = frozenset(causes)
        return Tally(
            complaints=sum(not asked.isdisjoint(found) for found in known), received=len(received), known=len(known)
        )

    def channels(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the channels by which complaints came in a period, in order."""
        with self._lock:
            cases = self.state.complaints.values()
            return tuple(sorted({case.channel for case in cases if since <= case.received_at < until}))

    def closed(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints that were closed in a period and are closed still."""
        with self._lock:
            cases = [(case.closed_at, case) for case in self.state.complaints.values() if case.stage is Stage.CLOSED]
            found = [(at, case) for at, case in cases if at is not None and since <= at < until]
            return tuple(map(_learned, sorted(found, key=lambda one: (one[0], one[1].reference))))

    def learned(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints received in a period from which something was learned."""
        with self._lock:
            found = [
                (case.received_at, case)
                for case in self.state.complaints.values()
                if since <= case.received_at < until and case.learning != Learning()
            ]
            return tuple(map(_learned, sorted(found, key=lambda one: (one[0], one[1].reference))))

    def verify_improvements(self) -> Iterator[Finding]:
        """Yield every place where the store contradicts itself about an improvement."""
        state = self.state
        for reference in sorted({*state.improvements, *state.improvement_links}):
            stored = state.improvements.get(reference)
            contents = state.improvement_contents.get(reference, {})
            yield from check_improvement(
                ImprovementSheets(
                    reference=reference, head=state.improvement_heads.get(reference, ""), contents=contents,
                    links=state.improvement_links.get(reference, ()),
                    read=partial(_unsealed, stored, contents) if stored else None,
                    ties=frozenset((what, code) for _, what, code in links_of(stored)) if stored else frozenset(),
                )
            )  # fmt: skip


def _learned(found: tuple[datetime, Complaint]) -> Learned:
    case = found[1]
    return Learned(reference=case.reference, learning=load_part(Learning, dump_part(case.learning), {}))


def _unsealed(improvement: Improvement, contents: Mapping[str, Content]) -> Improvement:
    """Return an improvement with its sealed texts as they are now: one may have been erased since."""
    return load_part(Improvement, dump_part(improvement), contents)


def _fits(one: Improvement, which: Which) -> bool:
    return (
        which.open in (None, one.open)
        and (not which.kinds or one.kind in which.kinds)
        and (not which.states or one.state in which.states)
        and storable(which.person) in ("", one.owner, one.deputy)
        and all(
            not asked or key(asked) in map(key, there)
            for asked, there in (
                (which.complaint, one.complaints), (which.cause, one.causes), (which.category, one.categories),
            )
        )
        and (which.due_before is None or (one.due_at is not None and one.due_at < which.due_before))
    )  # fmt: skip
