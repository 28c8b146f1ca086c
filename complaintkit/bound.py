"""A kit inside a host's transaction, and what both doors of it share."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import asdict

from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint
from complaintkit.case.reference import read as read_reference
from complaintkit.desk import Desk
from complaintkit.errors import NotFound
from complaintkit.message import Envelope, Message
from complaintkit.receipt import Receipt


class BoundKit:
    """A kit inside a host's transaction: the host commits, or rolls all of it back."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def open(
        self,
        message: Message,
        *,
        channel: str = "form",
        by: str = "",
        source_id: str = "",
        received_at: datetime | None = None,
        now: datetime | None = None,
    ) -> Receipt:
        """Put a complaint on file; see `ComplaintKit.open`."""
        now = now or self._clock()
        return record(self._desk, message, channel, by, source_id, received_at or now, now)

    def receive(self, envelope: Envelope, now: datetime | None = None) -> Receipt:
        """Put raw bytes on file; they are read when `work` runs after the host's commit."""
        return self._desk.keep(envelope, now or self._clock())

    def act(
        self, reference: str, action: Action, *, by: str, now: datetime | None = None, version: int | None = None
    ) -> Complaint:
        """Do something with a complaint; see `ComplaintKit.act`."""
        return self._desk.act(checked(reference), action, by, now or self._clock(), version)

    def case(self, reference: str) -> Complaint:
        """Return a complaint as the host's transaction sees it."""
        return self._desk.store.case(checked(reference))


def record(
    desk: Desk, message: Message, channel: str, by: str, source_id: str, received_at: datetime, now: datetime
) -> Receipt:
    """Put a message of the host on file, through any desk."""
    raw = json.dumps(_plain(message), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    envelope = Envelope(
        channel=channel,
        source_id=source_id or f"host:{secrets.token_hex(8)}",
        raw=raw,
        received_at=received_at,
        media_type="application/json",
        recorder=by,
    )
    return desk.record(message, envelope, now)


def _plain(message: Message) -> dict[str, Any]:
    told = asdict(message, filter=lambda attribute, value: attribute.name not in ("attachments", "sender", "sent_at"))
    told["fields"] = dict(message.fields)
    told["sent_at"] = message.sent_at.isoformat() if message.sent_at else ""
    told["attachments"] = [{"name": one.name, "digest": one.digest} for one in message.attachments]
    return told | asdict(message.sender)


def checked(typed: str) -> str:
    """Return a reference as it is written, from whatever a person typed.

    Raises:
        NotFound: It cannot be one.
    """
    reference = read_reference(typed)
    if reference is None:
        raise NotFound(typed, "is no reference: check it letter by letter; it looks like CK-7F3K-92DX")
    return reference
