"""A store as it is for one person: what does not exist for them is left out of every answer, and nothing is changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

from attrs import evolve, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Severity
from complaintkit.case.precedent import Found, Precedent, PrecedentQuery, Range
from complaintkit.case.secrecy import SEALED
from complaintkit.clocks.reckoning import History, Reckoning
from complaintkit.counts import Count, Counted
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.improving.improvement import PREFIX, Improvement
from complaintkit.policy.staff import Absence
from complaintkit.receipt import Receipt
from complaintkit.store import refusals
from complaintkit.store.duties import Duty, DutyQuery
from complaintkit.store.improving import FiledImprovement, Learned, Which
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import (
    Due,
    EnvelopeState,
    Figures,
    Filed,
    Filter,
    Kept,
    NoticeState,
    Store,
)
from complaintkit.view.cells import counted
from complaintkit.view.refusing import Refusing
from complaintkit.view.sight import Sight, closed
from complaintkit.withholding import Withholding, references_in

T = TypeVar("T")
_PAGE: Final = 200


@frozen
class SeenStore(Refusing):
    """What a store tells somebody.

    Args:
        store: The whole store.
        sight: Who looks.
    """

    _store: Store
    _sight: Sight

    # --- complaints

    def case(self, reference: str) -> Complaint:
        """Return a complaint; `NotFound` if there is none for this person."""
        return self._sight.over(self._sight.case(reference))

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return the case file, in order; `NotFound` if there is none for this person."""
        case = self._sight.case(reference, "file")
        file = self._store.file(reference)
        left = self._sight.withholding(case, *(one.entry for one in file))
        seen = self._sight.told(case, file)
        return tuple(evolve(one, entry=self._sight.read(left.over(one.entry), case)) for one in seen)

    def cases(self, which: Filter) -> tuple[Complaint, ...]:
        """List complaints; of confidential ones only those that this person is let into, and little of them."""
        self._sight.check("look")
        found = self._store.cases(self._sight.narrowed(which))
        knows = self._sight.policy.knows_of
        return tuple(self._sight.listed([case for case in found if knows(case, self._sight.actor)]))

    def attachment(self, digest: str) -> bytes:
        """Refuse: an attachment is looked at through its case, by `attachment_of`."""
        raise refusals.no_attachment(digest)

    def attachment_of(self, reference: str, digest: str) -> bytes:
        """Return the bytes of an attachment that belongs to a complaint.

        Raises:
            NotFound: There is none with this digest in this complaint.
            NotAllowed: The identity is sealed: what came with the complaint may tell it.
        """
        case = self._sight.case(reference, f"attachment {digest[:12]}")
        if not any(digest in _attached(self._sight.read(one.entry, case)) for one in self._store.file(reference)):
            raise refusals.no_attachment(digest)
        if case.secrecy == SEALED:
            problem = "its attachments may tell who complains; two people who unseal the identity may ask the operator"
            raise NotAllowed(reference, problem)
        return self._store.attachment(digest)

    # --- what could not be read

    def envelope(self, number: int) -> Kept:
        """Return a parked envelope; for anything else there is none: what was read is looked at in its case."""
        self._sight.check("parked")
        kept = self._store.envelope(number)
        if kept.state != "parked" or self._sealed(kept):
            raise refusals.no_envelope(number)
        return kept

    def envelopes(self, state: EnvelopeState, limit: int, offset: int = 0) -> tuple[Kept, ...]:
        """List parked envelopes, oldest first; those of channels whose complaints are sealed are the operator's."""
        self._sight.check("parked")
        if state != "parked":
            self.refuse()
        found: list[Kept] = []
        place = 0
        while len(found) < offset + limit and (page := self._store.envelopes(state, _PAGE, place)):
            found += (kept for kept in page if not self._sealed(kept))
            place += len(page)
        return tuple(found[offset : offset + limit])

    def _sealed(self, kept: Kept) -> bool:
        policy = self._sight.policy
        return policy.kind(kept.envelope.channel) in policy.secrecy.sealed_channels

    def receipt(self, receipt: Receipt) -> Receipt:
        """Return a receipt without what it must not tell: a case that does not exist for this person, and any code."""
        hidden = bool(receipt.reference) and bool(self._store.hidden((receipt.reference,), self._sight.onlooker))
        return evolve(receipt, code="", reference="" if hidden else receipt.reference)

    # --- counts, notices, duties

    def count(
        self, counts: Iterable[Count], since: datetime, until: datetime, seen_by: Onlooker | None = None
    ) -> tuple[Counted, ...]:
        """Count; what this person may not look at one by one counts only where there is enough of it in a cell."""
        self._sight.check("report")
        return counted(self._store, self._sight, tuple(counts), since, until)

    def figures(self, seen_by: Onlooker | None = None) -> Figures:
        """Return the balance of what exists for this person."""
        self._sight.check("figures")
        return self._store.figures(self._sight.onlooker)

    def outbox(
        self, state: NoticeState, limit: int, offset: int = 0, seen_by: Onlooker | None = None
    ) -> tuple[Due, ...]:
        """List notices in a state, oldest first, without those of confidential complaints and without any secrets."""
        self._sight.check("outbox")
        found = self._store.outbox(state, limit, offset, evolve(self._sight.onlooker, among=()))
        others = self._sight.unmentionable(set(references_in(found)))
        free = (self._free_of(others, one) for one in found)
        return tuple(evolve(left, notice=closed(left.notice)) for left in free if left is not None)

    def _free_of(self, others: frozenset[str], due: Due) -> Due | None:
        """Return a notice without what it must not mention; `None` for one whose subject is that itself."""
        of = due.notice.reference
        if of.startswith(f"{PREFIX}-") and not self._known(self._store.improvement(of)):
            return None
        others -= {of}
        if due.notice.facts.get("reference", "") in others:
            return None
        return Withholding(references=others).over(due)

    def duties(self, query: DutyQuery) -> tuple[Duty, ...]:
        """List open deadlines, the nearest first; of a confidential case only the deadline itself."""
        self._sight.check("look")
        found = self._sight.owed(self._store.duties(evolve(query, seen_by=self._sight.onlooker)))
        confidential = self._store.hidden({one.reference for one in found}, Onlooker(among=()))
        return tuple(_bare(one) if one.reference in confidential else one for one in found)

    # --- precedents

    def precedents(self, query: PrecedentQuery) -> tuple[Found, ...]:
        """Return the precedents most like a text, the best first."""
        self._sight.check("look")
        found = self._store.precedents(query)
        others = self._sight.unmentionable({one.precedent.reference for one in found} | set(references_in(found)))
        left = Withholding(references=others)
        return tuple(left.over(one) for one in found if one.precedent.reference not in others)

    def precedent(self, reference: str) -> Precedent:
        """Return the precedent that a case has become; `NotFound` if it is none."""
        self._sight.check("look")
        found = self._store.precedent(reference)
        others = self._sight.unmentionable(set(references_in(found)))
        if found.reference in others:
            raise refusals.no_precedent(reference)
        return Withholding(references=others).over(found)

    def remedy_range(self, category: str, remedy: str, currency: str) -> Range | None:
        """Return what was given in such complaints; `None` if nothing is known of it."""
        self._sight.check("look")
        return self._store.remedy_range(category, remedy, currency)

    # --- improvements

    def improvement(self, reference: str) -> Improvement:
        """Return an improvement; for what came of a complaint that does not exist for this person there is none."""
        self._sight.check("look")
        found = self._store.improvement(reference)
        if not self._known(found):
            raise NotFound(reference)
        return self._without(found)

    def improvement_file(self, reference: str) -> tuple[FiledImprovement, ...]:
        """Return the file of an improvement, in order; empty if there is none for this person."""
        self._sight.check("look")
        file = self._store.improvement_file(reference)
        if not file or not self._known(self._store.improvement(reference)):
            return ()
        return self._read(file)

    def improvements(self, which: Which) -> tuple[Improvement, ...]:
        """List improvements."""
        self._sight.check("look")
        if which.complaint and self._sight.unmentionable((which.complaint,)):
            return ()
        found: list[Improvement] = []
        place, wanted = 0, which.offset + which.limit
        while len(found) < wanted and (page := self._store.improvements(evolve(which, limit=_PAGE, offset=place))):
            others = self._sight.unmentionable({one for each in page for one in each.complaints})
            found += (one for one in page if others.isdisjoint(one.complaints))
            place += len(page)
        return self._without(tuple(found[which.offset : wanted]))

    def sessions(self) -> tuple[FiledImprovement, ...]:
        """Return every entry by which a session of a circle was completed or missed."""
        self._sight.check("look")
        return self._read(self._store.sessions())

    def closed(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints that were closed in a period and are closed still."""
        self._sight.check("look")
        return self._existing(self._store.closed(since, until))

    def learned(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints received in a period from which something was learned."""
        self._sight.check("look")
        return self._existing(self._store.learned(since, until))

    def channels(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the channels by which complaints came in a period that exist for this person, in order."""
        seen = self._store.count((Count("received", ("channel",)),), since, until, self._sight.onlooker)
        return tuple(channel for (channel,), figure in seen[0].rows if figure)

    def _known(self, improvement: Improvement) -> bool:
        return not self._sight.unmentionable(improvement.complaints)

    def _read(self, file: Sequence[FiledImprovement]) -> tuple[FiledImprovement, ...]:
        entries = self._without(tuple(one.entry for one in file))
        return tuple(evolve(one, entry=entry) for one, entry in zip(file, entries, strict=True))

    def _without(self, value: T) -> T:
        others = self._sight.unmentionable(set(references_in(value)))
        return Withholding(references=others).over(value)

    def _existing(self, found: tuple[Learned, ...]) -> tuple[Learned, ...]:
        others = self._sight.unmentionable({one.reference for one in found})
        return tuple(one for one in found if one.reference not in others)

    # --- who is away

    def absences(self, now: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment."""
        return self._store.absences(now)

    def calendar(self, identity: str) -> str:
        """Return the archive of a calendar; it says nothing of any complaint."""
        return self._store.calendar(identity)


def _bare(duty: Duty) -> Duty:
    """Return a duty in a confidential case: what kind of deadline it is, and when it falls due."""
    clock = evolve(duty.clock, standard="", who="", name=duty.clock.kind, reckoning=Reckoning(), history=History())
    return evolve(duty, owner="", category="", severity=Severity.NORMAL, clock=clock)


def _attached(entry: Entry) -> Iterator[str]:
    """Yield the digests of what came with an entry, and with messages that it took over from another case."""
    for held in (entry, *getattr(entry, "messages", ())):
        yield from (one.digest for one in getattr(held, "attachments", ()))
