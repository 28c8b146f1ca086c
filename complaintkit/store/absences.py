"""Who is away, as it was told while the desk runs: what a store can do with it."""

from datetime import datetime
from typing import Protocol

from attrs import evolve

from complaintkit.policy.staff import Absence
from complaintkit.store.texts import key, settled


class AbsenceUnit(Protocol):
    """The part of a transaction that stores absences."""

    def put_absence(self, absence: Absence) -> None:
        """Store an absence; one of the same person from the same moment is replaced."""

    def drop_absence(self, absence: Absence) -> None:
        """Forget an absence, by person and beginning."""


class AbsenceStore(Protocol):
    """The part of a store that gives absences back."""

    def absences(self, now: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment, those to come too, by person and beginning."""


def named(absence: Absence) -> Absence:
    """Return an absence as every store keeps it."""
    return evolve(settled(absence), name=key(absence.name))
