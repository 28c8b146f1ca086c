"""What the databases tell somebody: counts, figures and notices without what does not exist for them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from complaintkit.case.complaint import Complaint
from complaintkit.counts import Count, Counted
from complaintkit.errors import NotFound
from complaintkit.store import sight, sql_counting
from complaintkit.store.line import Line, among, by_place, compiled
from complaintkit.store.onlooker import Onlooker, sides
from complaintkit.store.outbox_unit import due_of
from complaintkit.store.port import Due, Figures, Finding, NoticeState
from complaintkit.store.sql_kit import Kit
from complaintkit.store.statements import p
from complaintkit.store.tables import Tables


class SqlLooking(ABC):
    """The part of a store that counts and lists for somebody."""

    tables: Tables
    _kit: Kit
    _dialect: sa.Dialect

    @abstractmethod
    def reading(self) -> AbstractContextManager[Line]:
        """Give a line for queries."""

    @abstractmethod
    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands."""

    @abstractmethod
    def connected(self, snapshot: bool = False) -> AbstractContextManager[sa.Connection]:
        """Give a connection for queries through SQLAlchemy."""

    def count(
        self, counts: Iterable[Count], since: datetime, until: datetime, seen_by: Onlooker | None = None
    ) -> tuple[Counted, ...]:
        """Count in the half-open period, in the database."""
        with self.connected() as connection:
            counting = sql_counting.Counting(connection, self.tables, seen_by)
            return tuple(counting.count_of(one, since, until) for one in counts)

    def figures(self, seen_by: Onlooker | None = None) -> Figures:
        """Return the balance."""
        with self.connected() as connection:
            return sql_counting.Counting(connection, self.tables, seen_by).figures()

    def outbox(
        self, state: NoticeState, limit: int, offset: int = 0, seen_by: Onlooker | None = None
    ) -> tuple[Due, ...]:
        """List notices in a state, oldest first."""
        query = _outbox(sight.shape_of(seen_by), self.tables, self._dialect.name)
        row = (state, *sight.values_of(seen_by, self._dialect.name), limit, offset)
        with self.reading() as line:
            return tuple(due_of(one, self._kit) for one in line.rows(query, row))

    def hidden(self, references: Iterable[str], seen_by: Onlooker) -> frozenset[str]:
        """Return which of these complaints are on file, but do not exist for somebody."""
        if sight.shape_of(seen_by) == sight.EVERYTHING:
            return frozenset()
        query = _hidden(sight.shape_of(seen_by), self.tables, self._dialect.name)
        with self.reading() as line:
            row = (line.among(references), *sight.values_of(seen_by, self._dialect.name))
            return frozenset(one[0] for one in line.rows(query, row))

    def verify_sides(self) -> Iterator[Finding]:
        """Yield the complaints of which it is not kept as their files have it whom they are about, and who may know."""
        tables = self.tables
        with self.connected() as connection:
            cases, column = [tables.subject.c.reference, tables.confidant.c.reference], tables.complaint.c
            named = sa.select(column.reference).where(sa.or_(column.about != "[]", column.secrecy != ""))
            found = connection.execute(named.union(*map(sa.select, cases)).order_by("reference")).scalars().all()
        for reference in found:
            # Read again before it counts: the case may have changed between the two.
            if not (self._as_filed(reference) or self._as_filed(reference)):
                problem = "lists and counts do not leave it out for whom its file says, or do for others"
                yield Finding(reference=reference, seq=None, problem=problem)

    def _as_filed(self, reference: str) -> bool:
        try:
            wanted = sides(self.case(reference))
        except NotFound:
            return False
        with self.connected() as connection:
            kept = [
                frozenset(connection.execute(sa.select(one.c.name).where(one.c.reference == reference)).scalars())
                for one in (self.tables.subject, self.tables.confidant)
            ]
        return [frozenset(names) for names in wanted] == kept


@lru_cache(maxsize=64)
def _outbox(shape: sight.Shape, tables: Tables, dialect: str) -> str:
    notice, case, engine = tables.notice, tables.complaint, by_place(dialect)
    query = sa.select(notice).where(notice.c.state == p("_state")).order_by(notice.c.number)
    if shape != sight.EVERYTHING:
        unseen = sa.and_(case.c.reference == notice.c.reference, sight.unseen(shape, tables, engine))
        query = query.where(~sa.exists(sa.select(sight.ONE).select_from(case).where(unseen)).correlate(notice))
    return compiled(query.limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer())), engine)


@lru_cache(maxsize=64)
def _hidden(shape: sight.Shape, tables: Tables, dialect: str) -> str:
    engine, case = by_place(dialect), tables.complaint
    wanted = among(case.c.reference, engine, "references")
    return compiled(sa.select(case.c.reference).where(wanted, sight.unseen(shape, tables, engine)), engine)
