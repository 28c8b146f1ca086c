"""House rule 10: table columns equal class fields, and to rows and back is the identity.

A field that is forgotten on its way to the database is a fact that is lost in silence. So every class that is stored is
mapped by its own fields, in their order, and whatever value it can hold comes back as it was.

To mend a breach: add the column (and its migration) for a new field; give a new kind of value its conversion in
complaintkit/store/rows.py.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.case.complaint import Complaint
from complaintkit.case.money import Money
from complaintkit.case.parts import Clock, Content, digest_of
from complaintkit.case.precedent import Precedent, Redress
from complaintkit.clocks.rules import Span
from complaintkit.codec import contents_of
from complaintkit.errors import StoreError
from complaintkit.message import Envelope, Notice
from complaintkit.policy.staff import Absence
from complaintkit.store import rows
from complaintkit.store.chain import Link
from complaintkit.store.port import PluginRecord, Thread
from complaintkit.store.tables import tables

DIALECTS = ("sqlite", "postgresql")
UNITS = tuple(one.name for one in attrs.fields(Span))
MOMENTS = st.datetimes(datetime.fromisoformat("1970-01-02"), timezones=st.just(UTC))


def sealed(text: str) -> Content:
    """Return a text as sealed content with a salt that is always the same, so that a failure can be repeated."""
    return Content(digest_of("5a17" * 8, text), text, "5a17" * 8)


PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(min_size=1),
    int: st.integers(0, 2**31),
    bool: st.booleans(),
    bytes: st.binary(),
    Decimal: st.decimals(-(10**9), 10**9, places=2),
    datetime: MOMENTS,
    Content: st.builds(sealed, st.text()),
    Span: st.one_of(
        *(st.builds(lambda unit, amount: Span(**{unit: amount}), st.just(unit), st.integers(1, 99)) for unit in UNITS)
    ),
    Money: st.builds(Money, st.decimals(1, 10**9, places=2), st.sampled_from(("EUR", "RUB"))),
}


def held_by(hint: Any) -> st.SearchStrategy[Any]:
    """Return values that a field of this type can hold.

    Raises:
        TypeError: The type is one that this test does not know yet.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and attrs.has(hint):
        return instances(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple and inner[1:] == (...,):
        return st.lists(held_by(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(held_by(inner[0]), held_by(inner[1]), max_size=3)
    if type(None) in inner:
        return st.one_of(st.none(), *(held_by(part) for part in inner if part is not type(None)))
    raise TypeError(f"say in this test which values {hint} can hold")


def instances(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return instances of a stored class with any value in every field."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{one.alias or one.name: held_by(hints[one.name]) for one in attrs.fields(kind)})


PLAIN[Clock] = instances(Clock)
PLAIN[tuple[Redress, ...]] = st.just(())  # rows of their own; the suite of precedents has them come back
STORED = {
    "clock": Clock, "content": Content, "link": Link, "thread": Thread, "notice": Notice, "envelope": Envelope,
    "plugin_record": PluginRecord, "precedent": Precedent, "absence": Absence,
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", STORED)
@settings(max_examples=40)
@given(data=st.data())
def test_to_a_row_and_back_is_the_identity(name: str, dialect: str, data: st.DataObject) -> None:
    """Whatever a stored class holds, its row gives back, on both engines."""
    value = data.draw(instances(STORED[name]))
    mapper = getattr(rows.mappers(tables(), dialect), name)
    row = mapper.row(value)
    assert len(mapper.columns) == len(row)
    assert value == mapper.value(row)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=25)  # a complaint has forty fields; each is tried in every one
@given(case=instances(Complaint))
def test_a_complaint_comes_back_whole(case: Complaint, dialect: str) -> None:
    """A complaint's row, the texts of its sealed parts and its clocks give back the complaint."""
    mappers = rows.mappers(tables(), dialect)
    contents = [getattr(case, name) for name in rows.SEALED]
    texts = [part for one in contents for part in ((None, None) if one is None else (one.text, one.salt))]
    row = (*mappers.complaint.row(case), *texts)
    held = {one.digest: one for one in contents_of(case)}
    assert set(rows.grouped(mappers.complaint.columns, row)) <= set(held)
    assert case == mappers.case(row, case.clocks, held)


def test_every_field_of_a_complaint_is_stored() -> None:
    """A complaint's columns are its fields; only the clocks have rows of their own."""
    fields = {field.name for field in attrs.fields(Complaint)}
    assert fields - {"clocks"} == set(tables().complaint.c.keys()) - {"head"}
    assert {field.name for field in attrs.fields(Clock)} == set(tables().clock.c.keys()) - {"reference", "position"}


@frozen
class Wider(Thread):
    """A thread with one more field than its table has columns."""

    seen_at: datetime | None = None


def test_a_field_without_a_column_is_reported() -> None:
    """A class that grew a field does not fit its table any more, and the message names both."""
    with pytest.raises(StoreError, match=r"table thread has the columns .* the class Wider wants .*seen_at"):
        rows._compare(rows.mapper(Wider, "sqlite"), tables().thread, ("number", *rows.mapper(Wider, "sqlite").columns))


def test_a_lost_conversion_is_reported() -> None:
    """Without its conversions a mapper does not give back what it got, and the comparison above sees that."""
    whole = rows.mapper(Clock, "sqlite")
    broken = attrs.evolve(whole, back=())
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    clock = Clock(kind="acknowledgement", standard="s", started_at=moment, due_at=moment)
    assert clock == whole.value(whole.row(clock))
    with pytest.raises(TypeError, match="must be a datetime"):
        broken.value(broken.row(clock))
