"""Improvements in the database: read, listed, and what is counted for them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from complaintkit.case.learning import Learning
from complaintkit.case.parts import Content
from complaintkit.codec import load_part
from complaintkit.errors import NotFound
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import OVER
from complaintkit.improving.recurrence import Tally
from complaintkit.store import chain
from complaintkit.store.improving import FiledImprovement, Learned, Which
from complaintkit.store.improving_sql import ImprovingSql
from complaintkit.store.line import Line, by_place, compiled
from complaintkit.store.sql_kit import Kit
from complaintkit.store.statements import p
from complaintkit.store.tables import Tables
from complaintkit.store.texts import key, storable

_OVER = ", ".join(sorted(f"'{state.value}'" for state in OVER))


class SqlImproving(ABC):
    """The part of a store that gives improvements back."""

    tables: Tables
    _kit: Kit
    _dialect: sa.Dialect

    @abstractmethod
    def reading(self) -> AbstractContextManager[Line]:
        """Give a line for queries."""

    @property
    def _of(self) -> ImprovingSql:
        return self._kit.improving.sql

    def improvement(self, reference: str) -> Improvement:
        """Return an improvement as it stands; `NotFound` if there is none."""
        with self.reading() as line:
            found = self._improvements_of(line, line.rows(self._of.one, (storable(reference),)))
        if not found:
            raise NotFound(reference)
        return found[0]

    def improvement_file(self, reference: str) -> tuple[FiledImprovement, ...]:
        """Return the file of an improvement, in order; empty if there is none."""
        row = (storable(reference),)
        with self.reading() as line:
            # Entries first: contents are stored with their entry, so none can be missing.
            links = [self._kit.map.link.value(one) for one in line.rows(self._of.links, row)]
            contents = {one[0]: self._kit.map.content.value(one) for one in line.rows(self._of.contents, row)}
        return chain.filed_improvement(reference, links, contents)

    def improvements(self, which: Which) -> tuple[Improvement, ...]:
        """List improvements, the next moment first."""
        values = _values(which, self._kit.map.moment)
        shape = (which.open, len(which.kinds), len(which.states), tuple(values))
        given = (
            *(kind.value for kind in which.kinds), *(state.value for state in which.states),
            *(value for pair in values.values() for value in pair), which.limit, which.offset,
        )  # fmt: skip
        with self.reading() as line:
            return self._improvements_of(line, line.rows(_listing(shape, self.tables, self._dialect.name), given))

    def improvements_due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of improvements whose next moment has come, earliest first."""
        with self.reading() as line:
            return tuple(row[0] for row in line.rows(self._of.due, (self._kit.map.moment(now), limit)))

    def sessions(self) -> tuple[FiledImprovement, ...]:
        """Return every entry by which a session of a circle was completed or missed."""
        with self.reading() as line:
            links = [self._kit.map.link.value(row) for row in line.rows(self._of.sessions)]
            contents = self._sealed_texts(line, [link.reference for link in links])
        return tuple(
            FiledImprovement(
                reference=link.reference, seq=link.seq, previous="", hash=link.hash,
                entry=chain.improvement_entry_of(link, contents.get(link.reference, {})),
            )
            for link in links
        )  # fmt: skip

    def tally(self, causes: Sequence[str], categories: Sequence[str], since: datetime, until: datetime) -> Tally:
        """Count the complaints of a period that have one of the causes, or else are in one of the categories."""
        period = (self._kit.map.moment(since), self._kit.map.moment(until))
        with self.reading() as line:
            received: int = line.rows(self._of.received, period)[0][0]
            query, among = (self._of.by_cause, causes) if causes else (self._of.by_category, categories)
            complaints = line.rows(query, (*period, line.among(map(storable, among))))[0][0]
            known = line.rows(self._of.known, period)[0][0] if causes else received
        return Tally(complaints=complaints, received=received, known=known)

    def channels(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the channels by which complaints came in a period, in order."""
        moment = self._kit.map.moment
        with self.reading() as line:
            return tuple(sorted(row[0] for row in line.rows(self._of.channels, (moment(since), moment(until)))))

    def closed(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints that were closed in a period and are closed still."""
        return self._learned(self._of.closed, since, until)

    def learned(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints received in a period from which something was learned."""
        return self._learned(self._of.learned, since, until)

    def _learned(self, query: str, since: datetime, until: datetime) -> tuple[Learned, ...]:
        moment = self._kit.map.moment
        with self.reading() as line:
            rows = line.rows(query, (moment(since), moment(until)))
        return tuple(Learned(reference=reference, learning=load_part(Learning, text, {})) for reference, text in rows)

    def _improvements_of(self, line: Line, rows: Sequence[Any]) -> tuple[Improvement, ...]:
        contents = self._sealed_texts(line, [row[0] for row in rows])
        return tuple(self._kit.improving.map.value(row, contents.get(row[0], {})) for row in rows)

    def _sealed_texts(self, line: Line, references: Sequence[str]) -> dict[str, dict[str, Content]]:
        found: dict[str, dict[str, Content]] = {}
        for row in line.rows(self._of.contents_of, (line.among(set(references)),)) if references else ():
            found.setdefault(row[0], {})[row[1]] = self._kit.map.content.value(row[1:])
        return found


def _values(which: Which, moment: Any) -> dict[str, tuple[Any, ...]]:
    """Return the values that a list is narrowed by, under the names of their conditions."""
    person = storable(which.person)
    asked: dict[str, tuple[Any, ...]] = {
        "person": (person, person) if person else (),
        "complaints": (key(which.complaint),) if which.complaint else (),
        "causes": (key(which.cause),) if which.cause else (),
        "categories": (key(which.category),) if which.category else (),
        "due_before": (moment(which.due_before),) if which.due_before else (),
    }
    return {name: values for name, values in asked.items() if values}


@lru_cache(maxsize=256)
def _listing(shape: tuple[bool | None, int, int, tuple[str, ...]], tables: Tables, name: str) -> str:
    open_, kinds, states, given = shape
    table, link = tables.improvement, tables.improvement_link
    column = table.c
    query = sa.select(table)
    if open_ is not None:
        query = query.where(sa.text(f"state {'NOT ' if open_ else ''}IN ({_OVER})"))
    if kinds:
        query = query.where(column.kind.in_([p(f"_kind{place}") for place in range(kinds)]))
    if states:
        query = query.where(column.state.in_([p(f"_state{place}") for place in range(states)]))
    for asked in given:
        if asked == "person":
            query = query.where(sa.or_(column.owner == p("_owner"), column.deputy == p("_deputy")))
        elif asked == "due_before":
            query = query.where(column.due_at < p("_due_before"))
        else:
            mine = sa.and_(link.c.reference == column.reference, sa.text(f"what = '{asked}'"))
            query = query.where(sa.select(link.c.code).where(mine, link.c.code == p(f"_{asked}")).exists())
    query = query.order_by(column.due_at.nulls_last(), column.reference)
    return compiled(query.limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer())), by_place(name))
