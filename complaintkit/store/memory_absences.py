"""Absences in the memory twin."""

from abc import ABC, abstractmethod
from collections.abc import MutableMapping
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING, Any

from complaintkit.policy.staff import Absence
from complaintkit.store.absences import named

if TYPE_CHECKING:
    from complaintkit.store.memory_unit import State


class MemoryAbsenceUnit(ABC):
    """The part of a transaction that stores absences."""

    _state: "State"
    _before: list[tuple[MutableMapping[Any, Any], Any, Any]]

    def put_absence(self, absence: Absence) -> None:
        """Store an absence; one of the same person from the same moment is replaced."""
        kept = named(absence)
        self._put(self._state.absences, (kept.name, kept.since), kept)

    def drop_absence(self, absence: Absence) -> None:
        """Forget an absence, by person and beginning."""
        kept = named(absence)
        if (before := self._state.absences.pop((kept.name, kept.since), None)) is not None:
            self._before.append((self._state.absences, (kept.name, kept.since), before))

    @abstractmethod
    def _put(self, part: MutableMapping[Any, Any], place: Any, value: Any) -> None: ...


class MemoryAbsences:
    """The part of the memory twin that gives absences back."""

    state: "State"
    _lock: RLock

    def absences(self, now: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment, by person and beginning."""
        with self._lock:
            return tuple(one for _, one in sorted(self.state.absences.items()) if one.until is None or one.until > now)
