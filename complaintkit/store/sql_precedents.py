"""Precedents in the database: found by its full-text index, ranked by `complaintkit.store.ranking`."""

import json
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects import postgresql

from complaintkit.case.precedent import Found, Precedent, PrecedentQuery, Range, Redress
from complaintkit.store import ranking, refusals
from complaintkit.store.fulltext import VECTOR, text_table
from complaintkit.store.line import Line, among, by_place, compiled
from complaintkit.store.precedent_rows import PARTS, figure
from complaintkit.store.ranking import Candidate, Lead, Lexicon
from complaintkit.store.sql_kit import Kit
from complaintkit.store.statements import NONE, p
from complaintkit.store.tables import Tables
from complaintkit.store.texts import storable

_ONE: Final[sa.ColumnClause[float]] = sa.literal_column("1.0")


@frozen(kw_only=True)
class _Queries:
    """The queries of precedents."""

    newest: str
    sample: str
    candidates: str
    precedents: str
    remedies: str
    bounds: str
    amounts: str


class SqlPrecedents(ABC):
    """The part of a store that finds precedents."""

    tables: Tables
    lexicon: Lexicon = ranking.EMPTY
    _kit: Kit
    _dialect: sa.Dialect

    @abstractmethod
    def reading(self) -> AbstractContextManager[Line]:
        """Give a line for queries."""

    @property
    def _queries(self) -> _Queries:
        return _queries(self.tables, self._dialect.name)

    def precedents(self, query: PrecedentQuery) -> tuple[Found, ...]:
        """Return the precedents most like a text, the best first."""
        asked = ranking.asked(query)
        if not asked:
            return ()
        with self.reading() as line:
            self._refresh(line)
            leads = ranking.leads(asked, self.lexicon)
            best = ranking.ranked(query, asked, self._candidates(line, query, leads), self.lexicon)
            there = self._read(line, [reference for reference, _ in best])
        return tuple(Found(there[reference], score) for reference, score in best if reference in there)

    def precedent(self, reference: str) -> Precedent:
        """Return the precedent that a case has become; `NotFound` if it is none."""
        with self.reading() as line:
            found = self._read(line, [storable(reference)])
        if not found:
            raise refusals.no_precedent(reference)
        return found[storable(reference)]

    def remedy_range(self, category: str, remedy: str, currency: str) -> Range | None:
        """Return what was given in such complaints; `None` if nothing is known of it."""
        asked = (storable(category), storable(remedy), storable(currency))
        with self.reading() as line:
            count, lowest, highest = line.rows(self._queries.bounds, asked)[0]
            if not count:
                return None
            middle = line.rows(self._queries.amounts, (*asked, 2 - count % 2, (count - 1) // 2))
        median = Decimal(sum(row[0] for row in middle)) / len(middle) / PARTS
        return Range(
            count=count, lowest=Decimal(lowest) / PARTS, median=median, highest=Decimal(highest) / PARTS
        )  # fmt: skip

    def _refresh(self, line: Line) -> None:
        newest = line.rows(self._queries.newest)[0][0] or 0
        if self.lexicon.outgrown(newest):
            rows = line.rows(self._queries.sample, (line.among(ranking.numbers(newest)),))
            self.lexicon = Lexicon.of(newest, [row[0] for row in rows])

    def _candidates(self, line: Line, query: PrecedentQuery, leads: Sequence[Lead]) -> tuple[Candidate, ...]:
        # Words are made of letters and figures only, so that nothing in them could be taken for syntax.
        if self._dialect.name == "sqlite":
            both = [(" AND ".join(f'"{word}"' for word in lead.words), lead.weight) for lead in leads]
            asked: tuple[Any, ...] = (json.dumps(both),)
        else:
            wanted = [" & ".join(f"'{word}'" for word in lead.words) for lead in leads]
            asked = (wanted, [lead.weight for lead in leads])
        preferred = bool(query.category or query.language)
        rows = line.rows(
            self._queries.candidates,
            (
                *asked, ranking.AMONG if preferred else ranking.CANDIDATES, storable(query.category) or None,
                ranking.SAME_CATEGORY, storable(query.language) or None, ranking.SAME_LANGUAGE, ranking.CANDIDATES,
            ),
        )  # fmt: skip
        moment = self._kit.map.moment_back
        return tuple(Candidate(row[0], moment(row[1]), *row[2:5]) for row in rows)

    def _read(self, line: Line, references: Sequence[str]) -> dict[str, Precedent]:
        if not references:
            return {}
        asked = (line.among(references),)
        remedies: dict[str, list[Redress]] = defaultdict(list)
        for reference, remedy, amount, currency in line.rows(self._queries.remedies, asked):
            remedies[reference].append(Redress(remedy=remedy, amount=figure(amount), currency=currency))
        return {
            row[0]: self._kit.map.precedent.value(row, remedies=tuple(remedies[row[0]]))
            for row in line.rows(self._queries.precedents, asked)
        }


@lru_cache(maxsize=32)
def _queries(tables: Tables, name: str) -> _Queries:
    dialect = by_place(name)
    table, redress = tables.precedent, tables.redress
    column = redress.c
    this = sa.and_(
        sa.text("upheld"), sa.text("amount IS NOT NULL"), column.category == p("_category"),
        column.remedy == p("_remedy"), column.currency == p("_currency"),
    )  # fmt: skip
    fields = [one for one in table.c if one.name not in ("number", "words")]
    bounds = sa.select(sa.func.count(), sa.func.min(column.amount), sa.func.max(column.amount)).where(this)
    amounts = sa.select(column.amount).where(this).order_by(column.amount)
    return _Queries(
        newest=compiled(sa.select(sa.func.max(table.c.number)), dialect),
        sample=compiled(sa.select(table.c.words).where(among(table.c.number, dialect)), dialect),
        candidates=compiled(_candidates(tables, name), dialect),
        precedents=compiled(sa.select(*fields).where(among(table.c.reference, dialect)), dialect),
        remedies=compiled(
            sa.select(column.reference, column.remedy, column.amount, column.currency)
            .where(among(column.reference, dialect)).order_by(column.reference, column.position), dialect,
        ),
        bounds=compiled(bounds, dialect),
        amounts=compiled(amounts.limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer())), dialect),
    )  # fmt: skip


def _candidates(tables: Tables, name: str) -> sa.Select[Any]:
    """Return the query of candidates: each lead through the index, their weights added up, then the preference."""
    table, limit = tables.precedent, sa.Integer()
    number, weight, hits = (_hits_sqlite if name == "sqlite" else _hits_postgresql)(tables)
    found = hits.add_columns(number.label("number"), sa.func.sum(weight).label("score")).group_by(number)
    hit = found.order_by(sa.text("score DESC"), number.desc()).limit(p("_among", limit)).offset(NONE).subquery("hit")
    same = sa.case((table.c.category == p("_category"), p("_category_weight", sa.Float())), else_=_ONE)
    also = sa.case((table.c.language == p("_language"), p("_language_weight", sa.Float())), else_=_ONE)
    chosen = sa.select(table.c.number).join(hit, hit.c.number == table.c.number)
    chosen = chosen.order_by((hit.c.score * same * also).desc(), table.c.number.desc())
    best = chosen.limit(p("_limit", limit)).offset(NONE).subquery("best")
    # Only now the long columns: hundreds of precedents may have been looked at on the way here.
    columns = (table.c.reference, table.c.decided_at, table.c.category, table.c.language, table.c.words)
    return sa.select(*columns).join(best, best.c.number == table.c.number)


def _hits_sqlite(tables: Tables) -> tuple[Any, Any, sa.Select[Any]]:
    """Return number, weight and query of every precedent that a lead leads to."""
    given = sa.func.json_each(p("_asked", sa.Text())).table_valued("value", name="given")
    wanted, weight = (sa.func.json_extract(given.c.value, sa.literal_column(f"'$[{place}]'")) for place in (0, 1))
    # Taken out of the JSON once, and not for every precedent.
    taken = sa.select(wanted.label("wanted"), weight.label("weight")).select_from(given)
    asked = taken.cte("asked").prefix_with("MATERIALIZED")
    index = text_table(tables.precedent.name)
    found = sa.table(index, sa.column("rowid"), sa.column(index))
    match = found.c[index].op("MATCH")(asked.c.wanted)
    return found.c.rowid, asked.c.weight, sa.select().select_from(asked).join(found, match)


def _hits_postgresql(tables: Tables) -> tuple[Any, Any, sa.Select[Any]]:
    """Return number, weight and query of every precedent that a lead leads to."""
    lists = (p("_wanted", sa.ARRAY(sa.Text())), p("_weights", sa.ARRAY(sa.Double())))
    columns: tuple[Any, ...] = (sa.column("wanted", sa.Text()), sa.column("weight", sa.Double()))
    asked = sa.func.unnest(*lists).table_valued(*columns).render_derived("asked")
    number, wanted = tables.precedent.c.number, sa.cast(asked.c.wanted, postgresql.TSQUERY())
    one = sa.select(number).where(sa.literal_column(VECTOR).op("@@")(wanted)).lateral("found")
    return one.c.number, asked.c.weight, sa.select().select_from(asked).join(one, sa.true())
