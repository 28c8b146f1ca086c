"""Values to data and back: nothing is lost, nothing is turned into something else."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintkit import codec
from complaintkit.case.complaint import Entry
from complaintkit.case.costs import Cost
from complaintkit.case.entries import KINDS, Noted, Received, Registered
from complaintkit.case.lifecycle import Stage
from complaintkit.case.money import Money
from complaintkit.case.parts import Clock, Content, Severity, Suggestion
from complaintkit.checks import FrozenMapping
from complaintkit.clocks.rules import Span
from complaintkit.counts import Cell, Count, Counted, ReportRequest, Table
from complaintkit.errors import StoreError
from complaintkit.families import Call, CaseView, Change, Customer, CustomerQuery, Escalation, Lesson, Review
from complaintkit.message import Attachment, Delivery, Envelope, Message, Notice

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
BARE = NOON.replace(tzinfo=None)
MOMENTS = st.datetimes(BARE.replace(year=1900), BARE.replace(year=2200), timezones=ZONES)
WORDS = st.text(min_size=1, max_size=20)
TABLES = st.integers(0, 3).flatmap(
    lambda width: st.builds(
        Table,
        columns=st.tuples(*[WORDS] * width),
        rows=st.lists(st.tuples(*[st.from_type(Cell)] * width), max_size=3).map(tuple),
        note=WORDS,
    )
)

st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(Content, st.text().map(Content.of))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(
    Money,
    st.builds(Money, st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100), st.sampled_from(("EUR", "PHP"))),
)
st.register_type_strategy(
    Cost,
    st.builds(
        Cost, name=WORDS, at=MOMENTS, by=WORDS, minutes=st.integers(0, 600), money=st.none() | st.from_type(Money),
        function=WORDS, what=st.from_type(Content),
    ),
)  # fmt: skip
st.register_type_strategy(
    Suggestion,
    st.builds(
        Suggestion, category=WORDS, score=st.floats(0, 1), because=WORDS, severity=st.none() | st.sampled_from(Severity)
    ),
)
st.register_type_strategy(
    Escalation, st.builds(Escalation, level=st.integers(1, 9), to=WORDS, reason=WORDS, again_at=st.none() | MOMENTS)
)
st.register_type_strategy(
    Span,
    st.one_of(
        st.builds(lambda unit, amount: Span(**{unit: amount}), st.sampled_from(units), amounts)
        for units, amounts in (
            (("days", "business_days", "weeks", "months"), st.integers(1, 1200)),
            (("hours", "minutes", "business_hours", "business_minutes"), st.floats(0.25, 20_000)),
        )
    ),
)
st.register_type_strategy(Table, TABLES)
st.register_type_strategy(Notice, st.builds(Notice, facts=st.dictionaries(WORDS, WORDS).map(FrozenMapping)))

ENTRIES = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.from_type(KINDS[kind]))
TRAVELLERS = [
    Envelope, Message, Attachment, Notice, Delivery, CaseView, Lesson, Suggestion, Review, Escalation, Call,
    Count, Counted, ReportRequest, Table, Customer, CustomerQuery, Change,
]  # fmt: skip


def by_digest(entry: Entry) -> dict[str, Content]:
    """Return an entry's contents by digest, as a store keeps them."""
    return {content.digest: content for content in codec.contents_of(entry)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_entry_survives_the_database(kind: str) -> None:
    """Every kind of entry, dumped, written as JSON and loaded, equals itself and dumps to the same bytes again."""

    @given(st.from_type(KINDS[kind]))
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def survives(entry: Entry) -> None:
        written = codec.canonical(codec.dump_entry(entry))
        again = codec.load_entry(kind, json.loads(written), by_digest(entry))
        assert entry == again
        assert written == codec.canonical(codec.dump_entry(again))

    survives()


@given(ENTRIES)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_personal_text_stands_in_the_data(entry: Entry) -> None:
    """The data of an entry holds the digest of each of its contents, and neither text nor salt."""
    written = codec.canonical(codec.dump_entry(entry)).decode()
    for content in codec.contents_of(entry):
        assert content.digest in written
        assert content.salt not in written


def test_contents_are_found_wherever_they_stand() -> None:
    """Contents come in the order of the fields, nested ones included, absent ones left out."""
    entry = received()
    assert ["{}", "late", "It is late.", "photo.jpg"] == [str(content) for content in codec.contents_of(entry)]


def test_an_erased_content_stays_erased() -> None:
    """A digest whose content the store no longer has reads as erased, and the digest stays."""
    entry = Noted(at=NOON, by="ana", text=Content.of("secret"))
    again = codec.load_entry("noted", codec.dump_entry(entry), {})
    assert isinstance(again, Noted)
    assert (entry.text.digest, None) == (again.text.digest, again.text.text)


def test_moments_are_written_in_utc() -> None:
    """Two writings of one instant give the same bytes, so that the chain does not depend on a server's zone."""
    there = NOON.astimezone(timezone(timedelta(hours=8)))
    entry = Noted(at=NOON, by="ana", text=Content.of("x"))
    assert codec.dump_entry(entry) == codec.dump_entry(attrs.evolve(entry, at=there))
    assert "2026-01-05T12:00:00+00:00" == codec.dump_entry(entry)["at"]


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    """The same data in another order gives the same bytes; a lone surrogate does not stop them."""
    assert codec.canonical({"b": 1, "a": "ж"}) == codec.canonical({"a": "ж", "b": 1})
    assert rb'{"a":"\udc80"}' == codec.canonical({"a": "\udc80"})
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.canonical({"a": float("nan")})


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("from_the_future", {}, "unknown kind 'from_the_future': written by a newer complaintkit"),
        ("noted", {"mood": "angry"}, "'noted' has unknown fields 'mood': written by a newer complaintkit"),
        ("noted", {"by": 7}, "'noted' cannot be read: expected str, not 7"),
        ("noted", {"at": "2026-13-01"}, "'noted' cannot be read"),
        ("noted", {"text": "bare"}, "'noted' cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(kind: str, change: dict[str, Any], says: str) -> None:
    """An entry from newer software or with a damaged field is refused with its kind and what to do."""
    data = codec.dump_entry(Noted(at=NOON, by="ana", text=Content.of("x"))) | change
    with pytest.raises(StoreError, match=says):
        codec.load_entry(kind, data, {})


def test_an_unknown_field_of_a_part_is_refused() -> None:
    """A field that a nested part does not know is newer software's, too."""
    data = json.loads(codec.canonical(codec.dump_entry(registered())))
    data["clocks"][0]["colour"] = "red"
    with pytest.raises(StoreError, match="unknown fields in one of its parts: written by a newer complaintkit"):
        codec.load_entry("registered", data, {})


def test_a_missing_field_is_named() -> None:
    """An entry without one of its fields is refused, naming it."""
    with pytest.raises(StoreError, match="'text' is missing"):
        codec.load_entry("noted", {"at": NOON.isoformat(), "by": "ana"}, {})


@pytest.mark.parametrize("kind", TRAVELLERS, ids=lambda kind: kind.__name__)
def test_every_argument_and_answer_survives_the_wire(kind: type[Any]) -> None:
    """Every value that goes to a child process or comes back arrives equal, its bytes beside the JSON."""

    @given(st.from_type(kind))
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def survives(value: Any) -> None:
        blobs: list[bytes] = []
        header = json.dumps(codec.to_wire(value, blobs))
        assert value == codec.from_wire(kind, json.loads(header), blobs)

    survives()


def test_answers_in_collections_survive_the_wire() -> None:
    """Tuples of records, optional records, bare text and bare bytes travel as well."""
    for kind, value in (
        (tuple[Suggestion, ...], (Suggestion("late", 0.5), Suggestion("rude", 1))),
        (Customer | None, None),
        (Customer | None, Customer("7")),
        (str, "x"),
        (bytes, b"\0\xff"),
    ):
        blobs: list[bytes] = []
        data = json.loads(json.dumps(codec.to_wire(value, blobs)))
        assert value == codec.from_wire(kind, data, blobs)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["short", "x" * 500, "ж" * 5000, "\udc80" * 600, "nul \0" * 200])
def test_long_texts_travel_beside_the_data(text: str) -> None:
    """Long texts go as bytes, wherever they stand, and come back sign for sign."""
    message = Message(text=text, subject=text, fields=((text, text),), problems=(text,))
    table = Table(title=text, columns=("a",), rows=((text,), (1,), (None,)))
    view = Change(reference="r", entry="e", at=NOON, by=text, case=case_view(text))
    for value in (message, table, view, Severity.HIGH):
        blobs: list[bytes] = []
        data = json.loads(json.dumps(codec.to_wire(value, blobs)))
        assert value == codec.from_wire(type(value), data, blobs)
        assert (len(text) < 500 or value is Severity.HIGH) is (not blobs)


def case_view(text: str) -> CaseView:
    """Return a view of a case with this text."""
    return CaseView(
        reference="r", channel="form", language="en", title="", text=text, received_at=NOON, stage=Stage.RECEIVED,
        category="", severity=Severity.NORMAL, owner="desk", level=0, repeat_of="",
    )  # fmt: skip


def test_bytes_travel_beside_the_data() -> None:
    """Raw bytes are not spelled out in the JSON."""
    blobs: list[bytes] = []
    data = codec.to_wire(Envelope("form", "1", b"\xff" * 9, NOON), blobs)
    assert {"blob": 0} == data["raw"]
    assert [b"\xff" * 9] == blobs


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Delivery, {"state": "sent", "extra": 1}),
        (Delivery, {"state": "maybe"}),
        (Delivery, {"state": "sent", "detail": 5}),
        (Message, {"text": "x", "automatic": "no"}),
        (Message, {"text": "x", "automatic": 0}),
        (Suggestion, {"category": "x", "score": "0.5"}),
        (Suggestion, {"category": "x", "score": True}),
        (Suggestion, {"category": "x", "score": 1.5}),
        (Escalation, {"level": True, "to": "head", "reason": ""}),
        (Escalation, {"level": 1.0, "to": "head", "reason": ""}),
        (Envelope, {"channel": "a", "source_id": "b", "raw": {"blob": 3}, "received_at": NOON.isoformat()}),
        (Envelope, {"channel": "a", "source_id": "b", "raw": "text", "received_at": NOON.isoformat()}),
        (Attachment, None),
        (Delivery, {"state": "sent", "detail": {"text": 0}}),
        (Delivery, {"state": "sent", "detail": {"text": True}}),
        (tuple[Suggestion, ...], 7),
    ],
)
def test_wrong_data_on_the_wire_is_refused(kind: type[Any], data: object) -> None:
    """Data that is not exactly a value's is refused with one kind of error, never bent into shape."""
    with pytest.raises(TypeError, match="not the data of a"):
        codec.from_wire(kind, data, [])


def test_cattrs_is_loaded_only_when_needed() -> None:
    """Importing the codec is light: plugin authors' door stays quick."""
    code = "import sys, complaintkit.codec; sys.exit('cattrs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert 0 == done.returncode


def received() -> Received:
    """Return an opening entry with one attachment."""
    from complaintkit.case.entries import FiledAttachment

    return Received(
        at=NOON, by="complaintkit", reference="CK-2222-2222", channel="form", envelope=1, received_at=NOON,
        language="en", person=Content.of("{}"), contact="", title=Content.of("late"),
        narrative=Content.of("It is late."), owner="desk",
        attachments=(FiledAttachment(Content.of("photo.jpg"), "image/jpeg", "0" * 64, 3),),
    )  # fmt: skip


def registered() -> Registered:
    """Return a registration with one clock."""
    clock = Clock(kind="acknowledgement", standard="s/1", started_at=NOON, due_at=NOON + timedelta(days=2))
    return Registered(at=NOON, by="complaintkit", stage=Stage.REGISTERED, clocks=(clock,))
