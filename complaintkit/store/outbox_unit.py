"""What leaves the house: the part of a transaction that keeps notices, and changes that observers are told."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from complaintkit import codec
from complaintkit.changing import evolve
from complaintkit.families import Change
from complaintkit.message import Delivery, Notice
from complaintkit.store import refusals
from complaintkit.store.line import Line, Row
from complaintkit.store.port import Due
from complaintkit.store.sql_kit import Kit
from complaintkit.store.statements import Statements
from complaintkit.store.texts import settled, storable, suspicious


def due_of(row: Any, kit: Kit) -> Due:
    """Return a notice in the outbox from its row."""
    _, state, attempts, next_at, detail = row[:5]
    notice = kit.map.notice.value(row[5:])
    return Due(notice=notice, state=state, attempts=attempts, next_at=kit.map.moment_back(next_at), detail=detail)


class OutboxUnit:
    """The part of a transaction that stores what is to be told."""

    _line: Line
    _sql: Statements
    _kit: Kit
    _moment: Any

    def take_notices(self, now: datetime, lease: timedelta, limit: int) -> tuple[Due, ...]:
        """Lease waiting notices that are due, oldest first, counting one more attempt each."""
        return self._leased((self._moment(now), limit), self._sql.free_notices, now + lease)

    def take_alike(
        self, recipient: str, occasions: Sequence[str], now: datetime, lease: timedelta, limit: int
    ) -> tuple[Due, ...]:
        """Lease waiting notices of staff that are due, for one recipient and of these occasions, oldest first."""
        among = self._line.among(occasions)
        return self._leased(
            (self._moment(now), storable(recipient), among, limit), self._sql.alike_notices, now + lease
        )

    def _leased(self, asked: Row, query: str, until: datetime) -> tuple[Due, ...]:
        rows = self._line.rows(query, asked)
        free = [due_of(row, self._kit) for row in rows]
        taken = [evolve(due, attempts=due.attempts + 1, next_at=until) for due in free]
        leases = [(due.attempts, self._moment(until), row[0]) for due, row in zip(taken, rows, strict=True)]
        self._line.many(self._sql.lease_notice, leases)
        return tuple(taken)

    def add_notice(self, notice: Notice) -> None:
        """Put a notice into the outbox that belongs to no case, once."""
        self._line.run(self._sql.add_notice, self._notice_row(notice))

    def settle_notice(self, notice: str, delivery: Delivery) -> None:
        """End a notice that belongs to no case; one that has ended stays as it is."""
        refusals.check_delivery(delivery)
        self._line.run(self._sql.settle_notice, (delivery.state, storable(delivery.detail), notice))

    def postpone_notice(self, notice: str, next_at: datetime, detail: str) -> None:
        """Put a notice back, to be tried again at a moment; one that has ended stays as it is."""
        self._line.run(self._sql.postpone_notice, (self._moment(next_at), storable(detail), notice))

    def _notice_row(self, notice: Notice) -> tuple[Any, ...]:
        row = self._kit.map.notice.row(notice)
        if any(type(value) is str and (suspicious(value) or storable(value) is not value) for value in row):
            row = self._kit.map.notice.row(settled(notice))
        return ("waiting", 0, self._moment(notice.created_at), "", *row)

    # --- what observers are told

    def take_changes(self, now: datetime, lease: timedelta, limit: int) -> tuple[tuple[int, Change, int], ...]:
        """Lease changes that observers have not seen: number, change, attempts so far."""
        rows = self._line.rows(self._sql.free_changes, (self._moment(now), limit))
        until = self._moment(now + lease)
        self._line.many(self._sql.lease_change, [(row[1] + 1, until, row[0]) for row in rows])
        return tuple((row[0], _change_of(row[3]), row[1] + 1) for row in rows)

    def settle_change(self, number: int, next_at: datetime | None) -> None:
        """Drop a change that was told (`None`), or put it back to be told again at a moment."""
        if next_at is None:
            self._line.run(self._sql.drop_change, (number,))
        else:
            self._line.run(self._sql.postpone_change, (self._moment(next_at), number))

    def _change_row(self, change: Change) -> tuple[Any, ...]:
        data = _change_data(change)
        return (0, self._moment(change.at), _change_data(settled(change)) if suspicious(data) else data)


def _change_data(change: Change) -> str:
    """Return a change as text; what travels beside the data on a wire stands in it here."""
    blobs: list[bytes] = []
    data = codec.to_wire(change, blobs)
    return codec.canonical({"change": data, "blobs": [blob.hex() for blob in blobs]}).decode("ascii")


def _change_of(text: str) -> Change:
    found = json.loads(text)
    return codec.from_wire(Change, found["change"], [bytes.fromhex(blob) for blob in found["blobs"]])
