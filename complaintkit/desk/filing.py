"""From a message to a case: where it belongs, and what is stored because of it."""

from datetime import datetime

from attrs import frozen

from complaintkit import escalation, intake, notices
from complaintkit.case import reference as references
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE
from complaintkit.changing import evolve
from complaintkit.derived import answers
from complaintkit.desk.answered import task_answered
from complaintkit.desk.base import RETRIES, Seat
from complaintkit.errors import NotFound, Stale
from complaintkit.message import Message
from complaintkit.receipt import Receipt, standing
from complaintkit.store.port import Filter, Kept, Written


@frozen
class Draft:
    """A message that has found its case, before it is stored.

    Attributes:
        message, kept: What it was read from.
        step: What is stored.
        receipt: What is told once it is.
        leads: By what other messages could belong to it.
    """

    message: Message
    kept: Kept
    step: Written
    receipt: Receipt
    leads: frozenset[str]


class Filing(Seat):
    """Files messages that have been read."""

    def file(
        self,
        message: Message,
        kept: Kept,
        now: datetime,
        *,
        careful: bool = False,
        wanted: bool = False,
        verified: bool = False,
    ) -> Receipt:
        """Open a case with a message that is on file raw, or join it to one.

        Args:
            message: The message.
            kept: Its envelope.
            now: The moment, with time zone.
            careful: Ask no plugin: somebody died over it before. The assessment is left to `assess`.
            wanted: Open a case with it though a machine wrote it: a person said so.
            verified: It comes from the complainant of the case that it leads to, whatever it tells of the sender.
        """
        self.look_round(now)
        for _ in range(RETRIES):
            try:
                draft = self.draft(message, kept, now, careful=careful, wanted=wanted, verified=verified)
                if isinstance(draft, Receipt):
                    return draft
                self.store_steps([draft.step])
            except Stale:
                kept_now = self.store.envelope(kept.number)
                if kept_now.state != "new":
                    return standing(kept_now)
            else:
                return draft.receipt
        return Receipt(outcome="waiting", number=kept.number, reason="the case is being changed by many at once")

    def leads(self, message: Message) -> frozenset[str]:
        """Return by what a message could belong to another: identifiers, references, the sender."""
        identifiers, claimed = intake.clues(message, self._secret)
        people = (message.sender, message.on_behalf_of or message.sender)
        return frozenset(one for one in (*identifiers, *claimed, *(who.contact for who in people)) if one)

    def draft(
        self,
        message: Message,
        kept: Kept,
        now: datetime,
        *,
        careful: bool = False,
        wanted: bool = False,
        verified: bool = False,
    ) -> Draft | Receipt:
        """Return what is to be stored of a message; a duplicate and a machine's message are settled at once."""
        if step := task_answered(message, kept, self._find, self.policy, self._secret, now):
            return self._drafted(message, kept, self.told(step), "answered a task")
        contact = references.blind(self._secret, message.sender.contact)
        identifiers, claimed = intake.clues(message, self._secret)
        threads = self.store.threads(identifiers) if identifiers else ()
        leads = dict.fromkeys((*(thread.reference for thread in threads), *claimed))
        candidates = tuple(case for one in leads if (case := self._find(one)))
        place = intake.place(message, threads, candidates, contact, self._secret, now)
        if place.duplicate_of:
            return self._duplicate(kept, place.duplicate_of)
        joins = self._survivor(next((one for one in candidates if one.reference == place.joins), None))
        if joins and (joins.open or message.automatic):
            verified = verified or place.verified or intake.entitled(message, joins, contact, now)
            return self._join(message, kept, joins, verified, now)
        if message.automatic and not wanted:
            return self.park(kept, "an automatic message that belongs to no complaint", now)
        if message.on_behalf_of:
            contact = references.blind(self._secret, message.on_behalf_of.contact)
        return self._open(message, kept, contact, now, careful)

    def _survivor(self, case: Complaint | None) -> Complaint | None:
        """Return the case that goes on with this one: itself, unless it was merged into another."""
        seen = set()
        while case and case.moved_to and case.reference not in seen:
            seen.add(case.reference)
            case = self._find(case.moved_to) or case
        return case

    def park(self, kept: Kept, reason: str, now: datetime) -> Receipt:
        """Put an envelope aside for a person, with an alarm."""
        try:
            with self.store.begin() as unit:
                unit.settle_envelope(kept.number, "parked", reason=reason)
                unit.add_notice(notices.parked(kept.number, reason, self.policy, now))
        except Stale:
            return standing(self.store.envelope(kept.number))
        return Receipt(outcome="parked", number=kept.number, reason=reason)

    def _duplicate(self, kept: Kept, reference: str) -> Receipt:
        reason = "the same message is on file"
        with self.store.begin() as unit:
            unit.settle_envelope(kept.number, "duplicate", reference, reason)
        return Receipt(outcome="duplicate", number=kept.number, reference=reference, reason=reason)

    def _find(self, reference: str) -> Complaint | None:
        try:
            return self.store.case(reference)
        except NotFound:
            return None

    def _join(self, message: Message, kept: Kept, case: Complaint, verified: bool, now: datetime) -> Draft:
        joined = intake.joined(message, kept, case, verified, self.policy, max(now, case.received_at))
        entries: tuple[Entry, ...] = (joined,)
        after = case.apply_all(entries)
        if verified and not message.automatic:
            more = answers.taken(message, after, self.policy, CORE, joined.at)
            after, entries = after.apply_all(more), (*entries, *more)
        after, entries = self.followed(after, entries, joined.at)
        step = self.told(intake.written(case.version, after, entries, message, kept))
        return self._drafted(message, kept, step, "joined its case")

    def _open(self, message: Message, kept: Kept, contact: str, now: datetime, careful: bool) -> Draft:
        since = now - self.policy.repeat_within
        message = evolve(message, problems=message.problems + answers.problems(message, self.policy))
        earlier = self.store.cases(Filter(contact=contact, since=since, order="received", limit=6)) if contact else ()
        case, entries = intake.opened(
            message, kept, references.new(self._randbelow), self.policy, contact,
            next(iter(earlier), None) if careful else None, now,
        )  # fmt: skip
        more = answers.taken(message, case, self.policy, kept.envelope.recorder or CORE, now)
        case, entries = self.followed(case.apply_all(more), (*entries, *more), now)
        if not careful:
            case, more = self._assessed(case, now)
            entries = (*entries, *more)
        if self.policy.old(case.received_at, now):
            broken = escalation.taken_over(case, self.policy, now)
            step = intake.written(0, case.apply_all(broken), (*entries, *broken), message, kept)
            return self._drafted(message, kept, evolve(self.told(step, quiet=True), notices=()))
        quiet = message.automatic or notices.enough(earlier, now)
        return self._drafted(message, kept, self.told(intake.written(0, case, entries, message, kept), quiet))

    def _assessed(self, case: Complaint, now: datetime) -> tuple[Complaint, tuple[Entry, ...]]:
        entries = self.triage(case, now)
        return self.followed(case.apply_all(entries), entries, now)

    def _drafted(self, message: Message, kept: Kept, step: Written, reason: str = "") -> Draft:
        reference = step.case.reference
        # Whoever cannot be written to follows the complaint by its code, which is told here and nowhere else.
        code = "" if reason or message.sender.reachable else references.code(reference, self._secret)
        receipt = Receipt(outcome="accepted", number=kept.number, reference=reference, reason=reason, code=code)
        return Draft(message, kept, step, receipt, self.leads(message) | {reference})
