"""Lists of complaints: one query for each combination of conditions, built and compiled once."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from complaintkit.store import sight
from complaintkit.store.line import by_place, compiled
from complaintkit.store.port import Filter
from complaintkit.store.statements import case_query, p
from complaintkit.store.tables import STILL_OPEN, Tables
from complaintkit.store.texts import storable


def listing(
    which: Filter, tables: Tables, dialect: str, moment: Callable[[datetime], Any]
) -> tuple[str, tuple[Any, ...]]:
    """Return the query of a list and its parameters.

    Args:
        which: What to list.
        tables: The tables.
        dialect: Name of the engine.
        moment: How it takes a moment.
    """
    asked: dict[str, Any] = {
        "channel": which.channel or None, "category": which.category, "owner": which.owner or None,
        "contact": which.contact or None, "customer": which.customer or None, "product": which.product or None,
        "due_before": which.due_before, "since": which.since, "until": which.until,
    }  # fmt: skip
    given = {
        name: moment(value) if isinstance(value, datetime) else storable(value)
        for name, value in asked.items()
        if value is not None
    }
    stages = tuple(stage.value for stage in which.stages)
    shape = (which.open, len(stages), tuple(given), which.order, sight.shape_of(which.seen_by))
    seen = sight.values_of(which.seen_by, dialect)
    return _query(shape, tables, dialect), (*stages, *given.values(), *seen, which.limit, which.offset)


@lru_cache(maxsize=256)
def _query(shape: tuple[bool | None, int, tuple[str, ...], str, sight.Shape], tables: Tables, dialect: str) -> str:
    open_, stages, given, order, seen = shape
    column = tables.complaint.c
    query = case_query(tables)
    if open_ is not None:
        # Written as the index has it, or the engine would not see that the index fits.
        query = query.where(sa.text(f"due_at IS NOT NULL AND {STILL_OPEN}" if open_ else f"NOT ({STILL_OPEN})"))
    if stages:
        query = query.where(column.stage.in_([p(f"_stage{place}") for place in range(stages)]))
    conditions = {
        "channel": column.channel == p("_channel"), "category": column.category == p("_category"),
        "owner": column.owner == p("_owner"),
        "contact": sa.and_(sa.text("contact <> ''"), column.contact == p("_contact")),
        "customer": sa.and_(sa.text("customer <> ''"), column.customer == p("_customer")),
        "product": sa.and_(sa.text("product <> ''"), column.product == p("_product")),
        "due_before": column.due_at < p("_due_before"), "since": column.received_at >= p("_since"),
        "until": column.received_at < p("_until"),
    }  # fmt: skip
    query = query.where(*(conditions[name] for name in given), *sight.conditions(seen, tables, by_place(dialect)))
    if order == "due":
        query = query.order_by(column.due_at.nulls_last(), column.reference)
    else:
        query = query.order_by(column.received_at.desc(), column.reference.desc())
    return compiled(query.limit(p("_limit", sa.Integer())).offset(p("_offset", sa.Integer())), by_place(dialect))
