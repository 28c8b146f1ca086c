"""The chain of a case file: every part of an entry is committed to, and personal text only by its digest."""

import json
from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.entries import Noted
from complaintkit.case.parts import Content
from complaintkit.codec import canonical
from complaintkit.errors import StoreError
from complaintkit.store import chain

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
NOTE = Noted(at=NOON, by="ana", text=Content("d" * 64, "secret words", "5a17"))


def link(seq: int = 1, previous: str = "") -> chain.Link:
    """Return the note as a link."""
    return chain.linked("CK-7F3K-92DX", seq, previous or chain.first("CK-7F3K-92DX"), NOTE)


def test_a_link_follows_on_what_it_was_linked_to() -> None:
    """The same previous hash verifies, another does not."""
    assert chain.follows(chain.first("CK-7F3K-92DX"), link())
    assert not chain.follows(chain.first("CK-9999-9999"), link())


@pytest.mark.parametrize(
    "change",
    [
        {"reference": "CK-9999-9999"}, {"seq": 2}, {"kind": "warned"}, {"at": NOON + timedelta(microseconds=1)},
        {"by": "bob"}, {"data": "{}"}, {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_every_part_is_committed_to(change: dict[str, object]) -> None:
    """Whatever is changed in a stored entry, it no longer follows."""
    assert not chain.follows(chain.first("CK-7F3K-92DX"), attrs.evolve(link(), **change))  # type: ignore[arg-type]


def test_the_same_instant_gives_the_same_hash() -> None:
    """A chain does not depend on the zone a moment comes back in."""
    there = attrs.evolve(link(), at=NOON.astimezone(timezone(timedelta(hours=8))))
    assert chain.follows(chain.first("CK-7F3K-92DX"), there)


def test_personal_text_stands_in_a_link_as_its_digest_only() -> None:
    """Neither words nor salt are in what is hashed, so that erasing them leaves the chain whole."""
    assert "d" * 64 in link().data
    assert "secret" not in link().data
    assert "5a17" not in link().data


@given(st.text(), st.text(), st.text(), st.integers(1, 10**6))
def test_the_hash_is_over_canonical_json(reference: str, kind: str, by: str, seq: int) -> None:
    """What is hashed before the data is a list in canonical JSON, whatever signs are in it: nothing can be shifted."""
    import hashlib

    place = canonical(["p", reference, seq, kind, NOON.isoformat(), by])
    assert hashlib.sha256(place + b"\n{}").hexdigest() == chain.hash_of("p", reference, seq, kind, NOON, by, "{}")


def test_a_file_reads_with_its_links() -> None:
    """Each entry comes with the hash before it and its own; what has been erased reads as erased."""
    one = link()
    two = link(2, one.hash)
    file = chain.filed("CK-7F3K-92DX", [one, two], {})
    assert [(1, chain.first("CK-7F3K-92DX"), one.hash), (2, one.hash, two.hash)] == [
        (filed.seq, filed.previous, filed.hash) for filed in file
    ]
    assert [None, None] == [filed.entry.text.text for filed in file if isinstance(filed.entry, Noted)]


def test_an_entry_of_newer_software_is_refused() -> None:
    """A kind nobody knows here is not guessed at."""
    with pytest.raises(StoreError, match="update this one"):
        chain.entry_of(attrs.evolve(link(), kind="from_the_future"), {})
    assert "noted" == chain.entry_of(link(), {}).kind
    assert {"at", "by", "text", "readers"} == set(json.loads(link().data))
