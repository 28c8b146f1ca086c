"""Absences in the database."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects import postgresql, sqlite

from complaintkit.policy.staff import Absence
from complaintkit.store.absences import named
from complaintkit.store.line import Line, by_place, compiled
from complaintkit.store.tables import Tables
from complaintkit.store.texts import key

if TYPE_CHECKING:
    from complaintkit.store.sql_kit import Kit


@frozen(kw_only=True)
class AbsenceSql:
    """The statements, as text."""

    put: str
    drop: str
    not_over: str


class SqlAbsenceUnit:
    """The part of a transaction on a database that stores absences."""

    _line: Line
    _kit: "Kit"

    def put_absence(self, absence: Absence) -> None:
        """Store an absence; one of the same person from the same moment is replaced."""
        self._line.run(self._kit.absences.put, self._kit.map.absence.row(named(absence)))

    def drop_absence(self, absence: Absence) -> None:
        """Forget an absence, by person and beginning."""
        self._line.run(self._kit.absences.drop, (key(absence.name), self._kit.map.moment(absence.since)))


class SqlAbsences(ABC):
    """The part of a store on a database that gives absences back."""

    _kit: "Kit"

    @abstractmethod
    def reading(self) -> AbstractContextManager[Line]:
        """Give a line for queries."""

    def absences(self, now: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment, by person and beginning."""
        with self.reading() as line:
            rows = line.rows(self._kit.absences.not_over, (self._kit.map.moment(now),))
        return tuple(map(self._kit.map.absence.value, rows))


def absence_sql(tables: Tables, name: str) -> AbsenceSql:
    """Return the statements for one kind of engine."""
    dialect, table, column = by_place(name), tables.absence, tables.absence.c
    insert: Any = sqlite.insert if name == "sqlite" else postgresql.insert
    put = insert(table).values({one: sa.bindparam(one) for one in column.keys()}).inline()  # noqa: SIM118 - columns
    changed = {one: put.excluded[one] for one in ("until", "deputy", "by")}
    this = sa.and_(column.name == sa.bindparam("_name"), column.since == sa.bindparam("_since"))
    later = sa.or_(column.until.is_(None), column.until > sa.bindparam("_now"))
    return AbsenceSql(
        put=compiled(put.on_conflict_do_update(index_elements=[column.name, column.since], set_=changed), dialect),
        drop=compiled(sa.delete(table).where(this), dialect),
        not_over=compiled(sa.select(table).where(later).order_by(column.name, column.since), dialect),
    )
