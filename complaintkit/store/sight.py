"""What exists for somebody, as conditions of a query on complaints."""

import json
from typing import Any, Final

import sqlalchemy as sa

from complaintkit.store.line import among
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.tables import Tables

# Which conditions there are: about whom, who is let in, and whether only what is protected or only the rest.
Shape = tuple[bool, bool, bool | None]
EVERYTHING: Final[Shape] = (False, False, None)
ONE: Final[sa.ColumnClause[int]] = sa.literal_column("1")
EMPTY: Final[sa.ColumnClause[str]] = sa.literal_column("''")


def shape_of(onlooker: Onlooker | None) -> Shape:
    """Return by which conditions a query is narrowed for somebody."""
    if onlooker is None:
        return EVERYTHING
    return bool(onlooker.about), onlooker.among is not None, onlooker.protected


def named_values(onlooker: Onlooker | None, dialect: str) -> dict[str, Any]:
    """Return the values of the conditions, by name and in order."""
    if onlooker is None:
        return {}
    names = {"about": onlooker.about or None, "among": onlooker.among}
    held = {name: list(one) for name, one in names.items() if one is not None}
    return dict(held) if dialect == "postgresql" else {name: json.dumps(one) for name, one in held.items()}


def values_of(onlooker: Onlooker | None, dialect: str) -> tuple[Any, ...]:
    """Return the values of the conditions, in order."""
    return tuple(named_values(onlooker, dialect).values())


def conditions(shape: Shape, tables: Tables, dialect: sa.Dialect) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions under which a complaint exists, to stand beside those of a query on complaints."""
    about, confidential, protected = shape
    case, subject, confidant = tables.complaint.c, tables.subject.c, tables.confidant.c
    found: list[sa.ColumnElement[bool]] = []
    if about:
        found.append(~_there(tables.subject, among(subject.name, dialect, "about"), tables))
    if confidential:
        let_in = _there(tables.confidant, among(confidant.name, dialect, "among"), tables)
        found.append(sa.or_(case.secrecy == EMPTY, let_in))
    if protected is not None:
        either = sa.or_(case.secrecy != EMPTY, _there(tables.subject, sa.true(), tables))
        found.append(either if protected else ~either)
    return tuple(found)


def unseen(shape: Shape, tables: Tables, dialect: sa.Dialect) -> sa.ColumnElement[bool]:
    """Return the condition under which a complaint does not exist."""
    return ~sa.and_(sa.true(), *conditions(shape, tables, dialect))


def _there(side: sa.Table, condition: Any, tables: Tables) -> sa.ColumnElement[bool]:
    mine = side.c.reference == tables.complaint.c.reference
    return sa.exists(sa.select(ONE).select_from(side).where(mine, condition)).correlate(tables.complaint)
