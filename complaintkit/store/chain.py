"""The chain of a case file: each entry's hash commits to everything before it.

The hash of an entry is the SHA-256 over the hash before it, reference, place, kind, moment, author and the entry's data
as canonical JSON. Personal and free text stands in the data as its salted digest only, so it can be erased later and
the chain still verifies. The first link hangs on the reference, so that no file passes for another's.

The chain has no key: it shows what was changed behind the software's back, not that somebody with full rights over the
database built a whole new one. Against that, keep the hashes that `complaint.head` holds somewhere else from time to
time.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from complaintkit.case.complaint import Entry
from complaintkit.case.parts import Content
from complaintkit.checks import utc
from complaintkit.codec import canonical, dump_entry, load_entry, load_of
from complaintkit.improving.entries import KINDS
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.store.improving import FiledImprovement
from complaintkit.store.port import Filed

_quoted = json.encoder.encode_basestring_ascii


@frozen
class Link:
    """An entry as it is stored: its place, its data as canonical JSON, and its hash in the chain."""

    reference: str
    seq: int
    kind: str
    at: datetime
    by: str
    data: str
    hash: str


def first(reference: str) -> str:
    """Return the hash on which the first entry of a file hangs."""
    return hashlib.sha256(canonical(["complaintkit", reference])).hexdigest()


def hash_of(previous: str, reference: str, seq: int, kind: str, at: datetime, by: str, data: str) -> str:
    """Return the hash of an entry that follows on `previous`."""
    # The same text as JSON gives for a list of these, without asking it: this runs for every entry of every file.
    place = f'["{previous}",{_quoted(reference)},{seq},{_quoted(kind)},"{utc(at).isoformat()}",{_quoted(by)}]'
    return hashlib.sha256(f"{place}\n{data}".encode("utf-8", "surrogatepass")).hexdigest()


def linked(reference: str, seq: int, previous: str, entry: Entry | ImprovementEntry) -> Link:
    """Return an entry as the next link of a chain.

    Args:
        reference: The complaint, or the improvement.
        seq: The entry's place in the file, from 1.
        previous: Hash of the entry before it, or `first(reference)`.
        entry: The entry.
    """
    data = canonical(dump_entry(entry)).decode("ascii")
    hash_ = hash_of(previous, reference, seq, entry.kind, entry.at, entry.by, data)
    return Link(reference, seq, entry.kind, entry.at, entry.by, data, hash_)


def follows(previous: str, link: Link) -> bool:
    """Say whether a stored entry is still the one that was linked on to `previous`."""
    return link.hash == hash_of(previous, link.reference, link.seq, link.kind, link.at, link.by, link.data)


def entry_of(link: Link, contents: Mapping[str, Content]) -> Entry:
    """Return the entry of a link.

    Args:
        link: The entry as stored.
        contents: The contents of its case by digest.

    Raises:
        StoreError: It cannot be read.
        ValueError: Its data is no JSON.
    """
    return load_entry(link.kind, json.loads(link.data), contents)


def filed(reference: str, links: Iterable[Link], contents: Mapping[str, Content]) -> tuple[Filed, ...]:
    """Return a whole case file for reading."""
    previous, file = first(reference), []
    for link in links:
        entry = entry_of(link, contents)
        file.append(Filed(reference=reference, seq=link.seq, entry=entry, previous=previous, hash=link.hash))
        previous = link.hash
    return tuple(file)


def improvement_entry_of(link: Link, contents: Mapping[str, Content]) -> ImprovementEntry:
    """Return the entry of a link in the file of an improvement; see `entry_of`."""
    return load_of(KINDS, link.kind, json.loads(link.data), contents)


def filed_improvement(
    reference: str, links: Iterable[Link], contents: Mapping[str, Content]
) -> tuple[FiledImprovement, ...]:
    """Return the whole file of an improvement for reading."""
    previous, file = first(reference), []
    for link in links:
        entry = improvement_entry_of(link, contents)
        file.append(FiledImprovement(reference=reference, seq=link.seq, entry=entry, previous=previous, hash=link.hash))
        previous = link.hash
    return tuple(file)
