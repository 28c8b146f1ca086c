"""Text on its way into a store: what no database takes is replaced visibly, everything else stays as it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.parts import Content
from complaintkit.checks import FrozenMapping
from complaintkit.store.moments import Moment, from_text, to_text
from complaintkit.store.texts import LONGEST_KEY, key, settled, storable, suspicious

ODD = st.text(st.characters(exclude_categories=()))


@frozen
class Part:
    """Something with text at every depth."""

    words: str
    content: Content
    again: tuple[Content, ...]
    facts: FrozenMapping
    at: datetime


@given(ODD)
def test_every_text_becomes_storable(text: str) -> None:
    """Whatever comes in can be encoded, has no NUL, keeps its length, and stays as it is the second time."""
    stored = storable(text)
    assert "\0" not in stored
    assert stored == stored.encode().decode() == storable(stored)
    if text.isprintable():
        assert text == stored


def test_what_is_fine_is_the_same_object() -> None:
    """Text that needs nothing is not copied, so that looking costs next to nothing."""
    for text in ("plain", "жалоба", "😀"):
        assert text is storable(text)


@given(ODD, ODD)
def test_keys_are_short_and_keep_identifiers_apart(one: str, other: str) -> None:
    """A key fits an index; different identifiers, however long, have different keys."""
    long = [storable(text) + "ж" * 600 + storable(text) for text in (one, other)]
    assert all(len(key(text).encode()) <= LONGEST_KEY for text in long)
    assert (long[0] == long[1]) == (key(long[0]) == key(long[1]))
    assert key(one) == key(key(one))


def test_a_value_is_settled_at_every_depth() -> None:
    """Texts are mended and moments in UTC wherever they stand; the same sealed text stays the same."""
    content = Content.of("a\0b")
    manila = datetime(2026, 1, 5, 20, tzinfo=timezone(timedelta(hours=8)))
    part = Part("x\udc80", content, (content, Content.of("fine")), FrozenMapping({"k\0": "v\0"}), manila)
    mended = settled(part)
    assert ("x\ufffd", "a␀b", FrozenMapping({"k␀": "v␀"})) == (mended.words, mended.content.text, mended.facts)
    assert mended.content is mended.again[0]
    assert mended.content.intact
    assert part.again[1] is mended.again[1]
    assert (manila, UTC) == (mended.at, mended.at.tzinfo)


@given(ODD)
def test_json_with_something_to_replace_is_suspicious(text: str) -> None:
    """The quick look never misses what the long one would mend."""
    import json

    assert suspicious(json.dumps(text)) or text == storable(text)


MOMENTS = st.datetimes(
    datetime(1000, 1, 2),  # noqa: DTZ001 - bounds only
    datetime(9999, 12, 30),  # noqa: DTZ001 - bounds only
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(MOMENTS, MOMENTS)
def test_moments_as_text_sort_like_moments(one: datetime, other: datetime) -> None:
    """There and back is the same instant in UTC, all texts are as wide, and their order is that of the moments."""
    assert one == from_text(to_text(one))
    assert timedelta() == from_text(to_text(one)).utcoffset()
    assert 27 == len(to_text(one))
    assert (one < other) == (to_text(one) < to_text(other))


def test_a_moment_without_zone_is_refused() -> None:
    """Nobody could tell when it was."""
    naive = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        to_text(naive)


def test_sqlalchemy_reads_and_writes_moments_alike() -> None:
    """Queries built with SQLAlchemy see the same moments as the store's own statements."""
    from sqlalchemy.dialects import postgresql, sqlite

    moment = datetime(2026, 1, 5, 12, tzinfo=UTC)
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        stored = Moment().process_bind_param(moment, dialect)
        assert moment == Moment().process_result_value(stored, dialect)
        assert Moment().process_bind_param(None, dialect) is None is Moment().process_result_value(None, dialect)


def test_settling_leaves_equal_values_equal() -> None:
    """A value with nothing to mend comes back as it was."""
    part = Part("x", Content.of("y"), (), FrozenMapping(), datetime(2026, 1, 5, tzinfo=UTC))
    assert part == settled(part)
    assert part.content is settled(part).content


def test_the_version_that_is_asked_for_is_the_newest_migration() -> None:
    """The constant that every opening compares with is the head of the migrations."""
    from complaintkit.store import migrations, version

    assert version.HEAD == migrations.head()
