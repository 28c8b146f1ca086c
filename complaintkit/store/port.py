"""What a store can do: one port for the memory twin, SQLite and PostgreSQL.

Everything that changes anything happens in a `Unit`, which only the desk opens. Reading needs none. All moments are
given in; a store never asks a clock. Moments come back in UTC.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Literal, Protocol

from attrs import field, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.lifecycle import Stage
from complaintkit.case.precedent import Found, Precedent, PrecedentQuery, Range
from complaintkit.families import Change
from complaintkit.message import Attachment, Delivery, Envelope, Notice
from complaintkit.store.absences import AbsenceStore, AbsenceUnit
from complaintkit.store.duties import DutyStore
from complaintkit.store.improving import ImprovingStore, ImprovingUnit
from complaintkit.store.onlooker import Narrowed, Onlooker

EnvelopeState = Literal["new", "accepted", "parked", "duplicate"]
NoticeState = Literal["waiting", "sent", "refused"]


@frozen(kw_only=True)
class Kept:
    """An envelope on file.

    Attributes:
        number: Its number in the store, from 1.
        envelope: What arrived.
        state: `new` until it was read; then `accepted`, `parked` (a person has to look) or `duplicate`.
        kept_at: When it was stored.
        attempts: How often a worker has begun to read it.
        leased_until: Until when one worker has it; another may take it after that.
        reference: The complaint it became or joined, or of which it is a duplicate.
        reason: Why it was parked, or how it is known to be a duplicate.
        fresh: Whether this call stored it; false when the same item was on file already.
    """

    number: int
    envelope: Envelope
    state: EnvelopeState
    kept_at: datetime
    attempts: int
    leased_until: datetime | None = None
    reference: str = ""
    reason: str = ""
    fresh: bool = True


@frozen(kw_only=True)
class Filed:
    """An entry as it stands in the file: its place, and the links of the chain."""

    reference: str
    seq: int
    entry: Entry
    previous: str
    hash: str


@frozen(kw_only=True)
class Due:
    """A notice in the outbox, with its history of attempts."""

    notice: Notice
    state: NoticeState
    attempts: int
    next_at: datetime
    detail: str = ""


@frozen(kw_only=True)
class Thread:
    """A message already on file, found by its identifier: the case it belongs to, and a digest of what it said."""

    message_id: str
    reference: str
    digest: str


@frozen(kw_only=True)
class Filter:
    """Which complaints to list; empty parts do not narrow.

    Attributes:
        open: Only open ones, only ended ones, or `None` for both.
        due_before: Only those whose next moment lies before.
        contact: Keyed digest of a complainant's contact.
        customer, product: Codes of the host's.
        since, until: Received in this half-open period.
        seen_by: Only those that exist for somebody; `None` for all.
        order: `due` (next moment first, those without last) or `received` (newest first).
    """

    open: bool | None = None
    stages: tuple[Stage, ...] = ()
    channel: str = ""
    category: str | None = None
    owner: str = ""
    contact: str = ""
    customer: str = ""
    product: str = ""
    due_before: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    seen_by: Onlooker | None = None
    order: Literal["due", "received"] = "due"
    limit: int = 50
    offset: int = 0


@frozen(kw_only=True)
class PluginRecord:
    """How a plugin's hook has fared; shared by all workers, shown by `plugins doctor`."""

    plugin: str
    hook: str
    failures: int
    last_problem: str
    last_at: datetime
    last_reference: str = ""
    open_until: datetime | None = None


@frozen(kw_only=True)
class Finding:
    """A place where the store contradicts itself."""

    reference: str
    seq: int | None
    problem: str


@frozen(kw_only=True)
class Figures:
    """The balance of the store: what came in equals what became of it."""

    envelopes: int = 0
    new: int = 0
    accepted: int = 0
    parked: int = 0
    duplicate: int = 0
    complaints: int = 0
    open: int = 0
    unassessed: int = 0
    waiting_notices: int = 0
    refused_notices: int = 0
    entries: int = 0


@frozen(kw_only=True)
class Written:
    """Everything that one step changes about one case; it is stored whole or not at all.

    Attributes:
        before: Version of the case as it was read; 0 opens a new one.
        case: The case after the step.
        entries: The entries that led from the one to the other, in order.
        notices: What has to be told because of it.
        changes: What observers will be told; empty without observers.
        attachments: Files that came with it, stored under their digest.
        threads: Identifiers by which later messages find the case.
        envelope: Number of the envelope that is settled by this step as accepted; 0 for none.
        settles: Identifiers of waiting notices this step settles, with their delivery.
        precedent: The precedent it is from now on; `None` leaves that as it was, unless `unlisted` ends it.
    """

    before: int
    case: Complaint
    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...] = ()
    changes: tuple[Change, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    threads: tuple[Thread, ...] = ()
    envelope: int = 0
    settles: tuple[tuple[str, Delivery], ...] = field(default=())
    precedent: Precedent | None = None
    unlisted: bool = False


class Unit(ImprovingUnit, AbsenceUnit, Protocol):
    """One transaction: all of it happens, or nothing."""

    def keep(self, envelope: Envelope, now: datetime, lease: timedelta) -> Kept:
        """Store raw bytes, leased to the caller as its first attempt; or find the same item already on file.

        The same item has the same channel, source identifier and bytes. An item on file comes back as it stands,
        with `fresh=False`.
        """

    def take_envelopes(self, now: datetime, lease: timedelta, limit: int) -> tuple[Kept, ...]:
        """Lease new envelopes that nobody has, oldest first, counting one more attempt each."""

    def settle_envelope(self, number: int, state: EnvelopeState, reference: str = "", reason: str = "") -> None:
        """Say what became of an envelope: parked, duplicate, or new again for another try.

        Raises:
            Stale: Another worker has settled it meanwhile.
        """

    def postpone_envelope(self, number: int, until: datetime) -> None:
        """Leave a new envelope alone until a moment; what was begun so far does not count against it."""

    def write(self, written: Written) -> None:
        """Store one step of one case.

        Raises:
            Stale: The case is no longer at the version it was read at, or its reference is taken.
        """

    def put_precedent(self, reference: str, version: int, precedent: Precedent | None) -> None:
        """Make a case this precedent, or none; `Stale` if it is no longer at the version that was worked out from."""

    def take_notices(self, now: datetime, lease: timedelta, limit: int) -> tuple[Due, ...]:
        """Lease waiting notices that are due, oldest first, counting one more attempt each."""

    def take_alike(
        self, recipient: str, occasions: Sequence[str], now: datetime, lease: timedelta, limit: int
    ) -> tuple[Due, ...]:
        """Lease waiting notices of staff that are due, for one recipient and of these occasions, oldest first."""

    def add_notice(self, notice: Notice) -> None:
        """Put a notice into the outbox that belongs to no case, such as the alarm about a parked envelope; once."""

    def settle_notice(self, notice: str, delivery: Delivery) -> None:
        """End a notice that belongs to no case."""

    def postpone_notice(self, notice: str, next_at: datetime, detail: str) -> None:
        """Put a notice back, to be tried again at a moment."""

    def take_changes(self, now: datetime, lease: timedelta, limit: int) -> tuple[tuple[int, Change, int], ...]:
        """Lease changes that observers have not seen: number, change, attempts so far."""

    def settle_change(self, number: int, next_at: datetime | None) -> None:
        """Drop a change that was told (`None`), or put it back to be told again at a moment."""

    def keep_calendar(self, identity: str, archived: str) -> None:
        """Keep a calendar by which clocks count, unless it is kept; see `Calendar.archived`."""

    def record_failure(self, plugin: str, hook: str, problem: str, reference: str, now: datetime) -> None:
        """Count a plugin's failure."""

    def set_breaker(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Remember for all workers until when a plugin's hook gets no calls."""


class Store(ImprovingStore, AbsenceStore, DutyStore, Narrowed, Protocol):
    """Where everything is kept."""

    def begin(self) -> AbstractContextManager[Unit]:
        """Open a transaction; leaving it commits, an exception rolls back."""

    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands.

        Raises:
            NotFound: There is none with this reference.
        """

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return the case file, in order; empty if there is none."""

    def cases(self, which: Filter) -> tuple[Complaint, ...]:
        """List complaints."""

    def cases_of(self, references: Sequence[str]) -> tuple[Complaint, ...]:
        """Return those complaints of these references that are on file, in no order."""

    def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of open complaints whose next moment has come, earliest first."""

    def unassessed(self, limit: int) -> tuple[str, ...]:
        """Return references of open complaints without initial assessment, oldest first."""

    def threads(self, message_ids: Sequence[str]) -> tuple[Thread, ...]:
        """Return the messages on file with these identifiers, ours included."""

    def envelope(self, number: int) -> Kept:
        """Return an envelope.

        Raises:
            NotFound: There is none with this number.
        """

    def envelopes(self, state: EnvelopeState, limit: int, offset: int = 0) -> tuple[Kept, ...]:
        """List envelopes in a state, oldest first."""

    def attachment(self, digest: str) -> bytes:
        """Return the bytes of an attachment.

        Raises:
            NotFound: There is none with this digest.
        """

    def precedents(self, query: PrecedentQuery) -> tuple[Found, ...]:
        """Return the precedents most like a text, the best first; see `complaintkit.store.ranking`."""

    def precedent(self, reference: str) -> Precedent:
        """Return the precedent that a case has become; `NotFound` if it is none."""

    def remedy_range(self, category: str, remedy: str, currency: str) -> Range | None:
        """Return what was given in upheld and partly upheld complaints of a category; `None` if nothing is known."""

    def plugin_records(self) -> tuple[PluginRecord, ...]:
        """Return how the plugins' hooks have fared."""

    def calendar(self, identity: str) -> str:
        """Return the archive of a calendar by its identity; `NotFound` if it was never kept."""

    def verify(self) -> Iterator[Finding]:
        """Check every file: the chain, the contents, the complaint against its entries, the balance."""

    def secret(self) -> bytes:
        """Return the secret kept with the store, for kits that were given none; the same at every call."""
