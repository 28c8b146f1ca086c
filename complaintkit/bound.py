"""A kit inside a host's transaction, and what both doors of it share."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from attrs import evolve

from complaintkit import recorded
from complaintkit.case.actions import ACTIONS, Action
from complaintkit.case.actions.describing import Standing, standings
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.reference import read as read_reference
from complaintkit.checks import moment
from complaintkit.counts import Table
from complaintkit.desk import Desk
from complaintkit.errors import NotFound
from complaintkit.kit.aftercare import Aftercare
from complaintkit.kit.explaining import Explaining
from complaintkit.kit.improvements import Improvements
from complaintkit.kit.recall import Recall
from complaintkit.kit.staffing import Staffing
from complaintkit.kit.tracking import Tracking
from complaintkit.kit.working import Working
from complaintkit.message import Envelope, Message, Person
from complaintkit.policy.staff import STAFF_ROLES
from complaintkit.receipt import Receipt
from complaintkit.reports import exported
from complaintkit.store.port import Kept
from complaintkit.view import View


class Reception(Improvements, Staffing, Recall, Tracking, Working, Aftercare, Explaining, ABC):
    """What can be done at either door: put on file, act, look up."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    def open(
        self,
        message: Message,
        *,
        channel: str = "form",
        by: str = "",
        source_id: str = "",
        on_behalf_of: Person | None = None,
        received_at: datetime | None = None,
        now: datetime | None = None,
    ) -> Receipt:
        """Put a complaint on file that the host has read itself: from its own form, or taken down by its staff.

        Args:
            message: What was said, by whom.
            channel: How it came.
            by: Who took it down: the first hearer, and so the first owner.
            source_id: The host's identifier; the same one with the same message makes one complaint only.
            on_behalf_of: Whose complaint it is, where the sender brings it for somebody else.
            received_at: When it was said; deadlines count from there.
            now: The moment of putting it on file.
        """
        now = moment(now or self.clock())
        if on_behalf_of is not None:
            message = evolve(message, on_behalf_of=on_behalf_of)
        return record(self.desk, message, channel, by, source_id, moment(received_at or now, "received_at"), now)

    def envelope(self, number: int) -> Kept:
        """Return something that arrived, as it stands on file, whatever became of it.

        Raises:
            NotFound: There is none with this number.
        """
        return self.desk.store.envelope(number)

    def export(self, table: Table, ending: str, now: datetime | None = None) -> bytes:
        """Return a compiled report in the format of an exporter, given by its file ending.

        Raises:
            NotFound: No plugin writes it.
            PluginError: The plugin failed; the text says how.
        """
        return exported(self.desk.registry, table, ending, moment(now or self.clock()))

    def check_export(self) -> None:
        """Do nothing: whoever has the whole kit may write reports to files; see `View.check_export`."""

    def seen_by(self, by: str | Actor, *, reason: str = "", now: datetime | None = None) -> View:
        """Return what one person may see of this kit, and may do with it.

        Args:
            by: Who: a name, whose roles the policy knows, or an `Actor` with roles from the host.
            reason: Why they look; needed for confidential complaints, and kept in their files.
            now: The moment of all that is looked at; by default the clock's, each time.
        """
        at = None if now is None else moment(now)
        clock = self.clock if at is None else lambda: at
        return View(self.desk, self.desk.policy.actor(by) if isinstance(by, str) else by, reason, clock)

    def act(
        self,
        reference: str,
        action: Action,
        *,
        by: str | Actor,
        now: datetime | None = None,
        version: int | None = None,
    ) -> Complaint:
        """Do something with a complaint.

        Args:
            reference: The complaint, however it is typed.
            action: What is to be done.
            by: Who does it: a name, whose roles the policy knows, or an `Actor` with roles from the host.
            now: The moment.
            version: The version the person saw; `None` acts on the case as it stands.

        Raises:
            NotFound: There is no such complaint.
            NotAllowed: The action is refused, with the reason.
            Stale: Somebody else changed the complaint meanwhile.
        """
        reference = checked(reference)
        actor = self.desk.called(reference, action.name, by)
        return self.desk.act(reference, action, actor, moment(now or self.clock()), version)

    def possible(self, reference: str, *, by: str | Actor = "") -> tuple[Standing, ...]:
        """Return every action: whether it can be asked for in this case now, what it asks for, or why it cannot.

        Args:
            reference: The complaint.
            by: Who would act; without a name, what anybody of the staff could do.

        Raises:
            NotFound: There is none with this reference.
        """
        policy = self.desk.policy
        actor = by if isinstance(by, Actor) else policy.actor(by) if by else Actor("", STAFF_ROLES | policy.roles)
        return standings(ACTIONS, self.case(reference), actor, policy)

    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands.

        Raises:
            NotFound: There is none with this reference.
        """
        return self.desk.store.case(checked(reference))


class BoundKit(Reception):
    """A kit inside a host's transaction: the host commits, or rolls all of it back."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self.clock = clock

    @property
    def desk(self) -> Desk:
        """The desk, bound to the host's transaction."""
        return self._desk

    def receive(self, envelope: Envelope, now: datetime | None = None) -> Receipt:
        """Put raw bytes on file; they are read when `work` runs after the host's commit."""
        return self._desk.keep(envelope, moment(now or self.clock()))


def record(
    desk: Desk, message: Message, channel: str, by: str, source_id: str, received_at: datetime, now: datetime
) -> Receipt:
    """Put a message of the host on file, through any desk."""
    envelope = Envelope(
        channel=channel,
        source_id=source_id or f"host:{secrets.token_hex(8)}",
        raw=recorded.dump(message),
        received_at=received_at,
        media_type=recorded.MEDIA_TYPE,
        recorder=by,
    )
    return desk.record(message, envelope, now)


def checked(typed: str) -> str:
    """Return a reference as it is written, from whatever a person typed.

    Raises:
        NotFound: It cannot be one.
    """
    reference = read_reference(typed)
    if reference is None:
        raise NotFound(typed, "is no reference: check it letter by letter; it looks like CK-EHQ6-7X6D")
    return reference
