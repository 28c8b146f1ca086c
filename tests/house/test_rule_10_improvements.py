"""House rule 10 for improvements: table columns equal class fields, and to rows and back is the identity.

To mend a breach: add the column (and its migration) for a new field; a part of an improvement needs nothing, it stands
in the column of its group as text.
"""

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.codec import contents_of
from complaintkit.errors import StoreError
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.rhythm import Rhythm, Unit
from complaintkit.store import improving_rows
from complaintkit.store.improving_rows import improvement_mapper
from complaintkit.store.tables import tables
from tests.house.test_rule_10_columns_equal_fields import DIALECTS, MOMENTS, PLAIN, instances

# Not every combination of its fields is a rhythm.
PLAIN[Rhythm] = st.builds(
    Rhythm, every=st.integers(1, 60), unit=st.just(Unit.MONTH), day=st.integers(1, 31), first=MOMENTS,
    at=st.sampled_from(("00:00", "23:59")), zone=st.sampled_from(("UTC", "Asia/Manila")),
)  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=25)  # each of its thirty fields is tried in every one
@given(data=st.data())
def test_an_improvement_comes_back_whole(dialect: str, data: st.DataObject) -> None:
    """Whatever an improvement holds, its row and its sealed texts give back, on both engines."""
    one = data.draw(instances(Improvement))
    mapped = improvement_mapper(tables(), dialect)
    contents = {content.digest: content for content in contents_of(one)}
    row = mapped.row(one)
    assert len(attrs.fields(Improvement)) == len(row)
    assert one == mapped.value((*row, "head"), contents)
    assert "[erased]" == str(mapped.value(row, {}).title)


def test_every_field_of_an_improvement_is_stored() -> None:
    """Its columns are its fields, in their order; beside them stands the end of its chain."""
    fields = [field.name for field in attrs.fields(Improvement)]
    assert [*fields, "head"] == list(tables().improvement.c.keys())


@frozen(kw_only=True)
class Wider(Improvement):
    """An improvement with one more field than its table has columns."""

    mood: str = ""


def test_a_field_without_a_column_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that grew a field does not fit its table any more, and the message names both."""
    monkeypatch.setattr(improving_rows, "Improvement", Wider)
    improvement_mapper.cache_clear()
    with pytest.raises(StoreError, match=r"table improvement has the columns .* the class wants .*mood"):
        improvement_mapper(tables(), "sqlite")
    improvement_mapper.cache_clear()
