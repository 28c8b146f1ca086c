"""The outbox of the memory twin."""

from abc import ABC, abstractmethod
from collections.abc import Callable, MutableMapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from complaintkit.changing import evolve
from complaintkit.families import Change
from complaintkit.message import Delivery, Notice
from complaintkit.store import refusals
from complaintkit.store.port import Due
from complaintkit.store.texts import settled, storable

if TYPE_CHECKING:
    from complaintkit.store.memory_unit import State


class MemoryOutboxUnit(ABC):
    """The part of a transaction that stores what is to be told."""

    _state: "State"
    _before: list[tuple[MutableMapping[Any, Any], Any, Any]]

    def take_notices(self, now: datetime, lease: timedelta, limit: int) -> tuple[Due, ...]:
        """Lease waiting notices that are due, oldest first."""
        return self._leased(lambda notice: True, now, lease, limit)

    def take_alike(
        self, recipient: str, occasions: Sequence[str], now: datetime, lease: timedelta, limit: int
    ) -> tuple[Due, ...]:
        """Lease waiting notices of staff that are due, for one recipient and of these occasions, oldest first."""

        def alike(notice: Notice) -> bool:
            return notice.medium == "staff" and notice.recipient == recipient and notice.occasion in occasions

        return self._leased(alike, now, lease, limit)

    def _leased(self, wanted: Callable[[Notice], bool], now: datetime, lease: timedelta, limit: int) -> tuple[Due, ...]:
        due = (one for one in self._state.notices.values() if one.state == "waiting" and one.next_at <= now)
        waiting = sorted((one for one in due if wanted(one.notice)), key=lambda one: one.next_at)
        taken = [settled(evolve(one, attempts=one.attempts + 1, next_at=now + lease)) for one in waiting[:limit]]
        for one in taken:
            self._put(self._state.notices, one.notice.id, one)
        return tuple(taken)

    def add_notice(self, notice: Notice) -> None:
        """Put a notice into the outbox that belongs to no case, once."""
        self._add(settled(notice))

    def _add(self, notice: Notice) -> None:
        if notice.id not in self._state.notices:
            waiting = Due(notice=notice, state="waiting", attempts=0, next_at=notice.created_at)
            self._put(self._state.notices, notice.id, waiting)

    def settle_notice(self, notice: str, delivery: Delivery) -> None:
        """End a notice that belongs to no case; one that has ended stays as it is."""
        refusals.check_delivery(delivery)
        self._settle(notice, delivery)

    def _settle(self, notice: str, delivery: Delivery) -> bool:
        due = self._state.notices.get(notice)
        if due is None or due.state != "waiting" or delivery.state == "failed":
            return False
        self._put(self._state.notices, notice, evolve(due, state=delivery.state, detail=storable(delivery.detail)))
        return True

    def postpone_notice(self, notice: str, next_at: datetime, detail: str) -> None:
        """Put a notice back, to be tried again at a moment; one that has ended stays as it is."""
        due = self._state.notices.get(notice)
        if due is not None and due.state == "waiting":
            self._put(self._state.notices, notice, settled(evolve(due, next_at=next_at, detail=detail)))

    def take_changes(self, now: datetime, lease: timedelta, limit: int) -> tuple[tuple[int, Change, int], ...]:
        """Lease changes that observers have not seen, oldest first."""
        waiting = sorted(
            (next_at, number, change, attempts)
            for number, (change, attempts, next_at) in self._state.changes.items()
            if next_at <= now
        )
        taken = [(number, change, attempts + 1) for _, number, change, attempts in waiting[:limit]]
        for number, change, attempts in taken:
            self._put(self._state.changes, number, (change, attempts, now + lease))
        return tuple(taken)

    def settle_change(self, number: int, next_at: datetime | None) -> None:
        """Drop a change that was told, or put it back."""
        if (waiting := self._state.changes.get(number)) is None:
            return
        if next_at is not None:
            self._put(self._state.changes, number, (waiting[0], waiting[1], next_at))
            return
        self._before.append((self._state.changes, number, waiting))
        del self._state.changes[number]

    @abstractmethod
    def _put(self, part: MutableMapping[Any, Any], place: Any, value: Any) -> None: ...
