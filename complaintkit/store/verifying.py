"""Does the store contradict itself? The checks, the same for every store; each finding names its place."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs
from attrs import field, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import MessageFiled, Received, TaskAnswered
from complaintkit.case.parts import Content
from complaintkit.codec import contents_of, dump_part
from complaintkit.errors import ComplaintKitError
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.store import chain
from complaintkit.store.chain import Link, entry_of
from complaintkit.store.port import Finding, Kept
from complaintkit.store.rows import GROUPS

OPENING: Final = (Received.kind, MessageFiled.kind, TaskAnswered.kind)


@frozen(kw_only=True)
class Sheets:
    """Everything that is stored about one case.

    Attributes:
        case: The complaint's row; `None` if there is none.
        head: The hash its row holds as that of its last entry.
        links: Its entries, in order.
        contents: Its contents by digest.
        attachments: Digests of stored attachments, of those its entries name.
        envelopes: State and reference of the envelopes its entries name, by number.
    """

    reference: str
    case: Complaint | None
    head: str
    links: Sequence[Link]
    contents: Mapping[str, Content]
    attachments: Collection[str] = field(factory=frozenset)
    envelopes: Mapping[int, tuple[str, str]] = field(factory=dict)


def check_file(sheets: Sheets) -> Iterator[Finding]:
    """Yield what is wrong with one case: its chain, what its entries name, and the complaint against its entries."""
    whole = True
    for finding in (*check_chain(sheets.reference, sheets.links), *_count(sheets)):
        whole = False
        yield finding
    entries: list[Entry] = []
    for link in sheets.links:
        try:
            entries.append(entry_of(link, sheets.contents))
        except (ComplaintKitError, ValueError) as error:
            whole = False
            yield Finding(reference=sheets.reference, seq=link.seq, problem=f"entry cannot be read: {error}")
        else:
            yield from _entry(sheets, link, entries[-1])
    yield from check_contents(sheets.reference, sheets.links, sheets.contents, entries)
    if sheets.case is None:
        yield Finding(reference=sheets.reference, seq=None, problem="entries without a complaint: its row is missing")
    elif whole:
        # Of a file that is not whole it is plain that the complaint differs; how it does says nothing.
        yield from _fold(sheets, sheets.case, entries)


def check_chain(reference: str, links: Iterable[Link]) -> Iterator[Finding]:
    """Yield where the entries of a file do not follow from each other."""
    previous, expected = chain.first(reference), 1
    for link in links:
        if link.seq != expected:
            missing = f"entry {expected}" if link.seq == expected + 1 else f"entries {expected} to {link.seq - 1}"
            yield Finding(reference=reference, seq=expected, problem=f"{missing} missing from the file")
        elif not chain.follows(previous, link):
            problem = "entry is not the one that was filed here: its hash does not follow from what is stored"
            yield Finding(reference=reference, seq=link.seq, problem=problem)
        previous, expected = link.hash, link.seq + 1


def _count(sheets: Sheets) -> Iterator[Finding]:
    last = sheets.links[-1].seq if sheets.links else 0
    if sheets.case is not None and sheets.case.version != last:
        problem = f"the complaint has {sheets.case.version} entries, the file ends after {last}: cut off, or added to"
        yield Finding(reference=sheets.reference, seq=last + 1, problem=problem)


def _entry(sheets: Sheets, link: Link, entry: Entry) -> Iterator[Finding]:
    if (entry.at, entry.by) != (link.at, link.by):
        yield Finding(reference=sheets.reference, seq=link.seq, problem="moment or author differ from the entry's data")
    if not isinstance(entry, Received | MessageFiled | TaskAnswered):
        return
    for attachment in entry.attachments:
        if attachment.digest not in sheets.attachments:
            problem = f"attachment {attachment.digest[:12]} is not stored"
            yield Finding(reference=sheets.reference, seq=link.seq, problem=problem)
    if entry.envelope:
        state, reference = sheets.envelopes.get(entry.envelope, ("missing", ""))
        if (state, reference) != ("accepted", sheets.reference):
            stands = f"is {state} for {reference}" if reference else f"is {state}"
            problem = f"was read from envelope {entry.envelope}, which {stands}"
            yield Finding(reference=sheets.reference, seq=link.seq, problem=problem)


def check_contents(
    reference: str,
    links: Sequence[Link],
    contents: Mapping[str, Content],
    entries: Sequence[Entry] | Sequence[ImprovementEntry],
) -> Iterator[Finding]:
    """Yield what is wrong with the sealed texts of a file.

    Args:
        reference: The complaint, or the improvement.
        links: Its entries as stored.
        contents: Its sealed texts by digest.
        entries: Those of its entries that can be read.
    """
    named = {content.digest: entry.kind for entry in entries for content in contents_of(entry)}
    for digest, kind in named.items():
        content = contents.get(digest)
        if content is None:
            problem = f"content {digest[:12]} of this {kind} entry is missing, which no erasure does"
        elif not content.intact or (content.text is None and content.salt):
            problem = f"content {digest[:12]} of this {kind} entry is not the one that was sealed"
        else:
            continue
        seq = next((link.seq for link in links if digest in link.data), None)
        yield Finding(reference=reference, seq=seq, problem=problem)
    if len(entries) == len(links):
        for digest in sorted(contents.keys() - named.keys()):
            yield Finding(reference=reference, seq=None, problem=f"content {digest[:12]} belongs to no entry")


def _fold(sheets: Sheets, case: Complaint, entries: Sequence[Entry]) -> Iterator[Finding]:
    if not entries or not isinstance(entries[0], Received):
        yield Finding(reference=sheets.reference, seq=1, problem="the file does not begin with what was received")
        return
    try:
        folded = entries[0].open().apply_all(entries[1:])
    except (ComplaintKitError, ValueError, TypeError) as error:
        yield Finding(reference=sheets.reference, seq=None, problem=f"the entries do not add up: {error}")
        return
    if sheets.head != sheets.links[-1].hash:
        problem = "the complaint's head is not the hash of its last entry"
        yield Finding(reference=sheets.reference, seq=len(entries), problem=problem)
    for name in _differing(folded, case):
        yield Finding(reference=sheets.reference, seq=None, problem=_differs(name, folded, case))


def _differing(folded: Complaint, case: Complaint) -> Iterator[str]:
    for name in attrs.fields_dict(Complaint):
        there, here = getattr(folded, name), getattr(case, name)
        same = there == here
        if isinstance(there, Content) and isinstance(here, Content):
            same = there.digest == here.digest
        elif name in GROUPS:
            same = dump_part(there) == dump_part(here)
        if not same:
            yield name


def _differs(name: str, folded: Complaint, case: Complaint) -> str:
    there, here = getattr(folded, name), getattr(case, name)
    if name == "clocks":
        for place, clock in enumerate(there):
            for part in attrs.fields_dict(type(clock)):
                if place >= len(here) or getattr(clock, part) != getattr(here[place], part):
                    return f"clock {place + 1} ({clock.kind}): {part} differs from what its entries add up to"
        return f"there are {len(here)} clocks, its entries add up to {len(there)}"
    return f"{name} is {_shown(here)}, its entries add up to {_shown(there)}"


def _shown(value: object) -> str:
    return f"content {value.digest[:12]}" if isinstance(value, Content) else f"{value!s:.60}" or "empty"


def check_envelope(kept: Kept, digest: str, mentioned: bool, known: bool) -> Iterator[Finding]:
    """Yield what is wrong with one envelope.

    Args:
        kept: The envelope.
        digest: The digest stored beside it.
        mentioned: Whether the file of its complaint names it.
        known: Whether there is such a complaint.
    """
    where = f"envelope {kept.number}"
    if kept.envelope.digest != digest:
        yield Finding(reference=kept.reference, seq=None, problem=f"{where}: its raw bytes are not those that came in")
    if kept.state == "accepted" and not mentioned:
        problem = f"{where} was accepted, but no entry of {kept.reference or 'any complaint'} names it"
        yield Finding(reference=kept.reference, seq=None, problem=problem)
    elif kept.state == "duplicate" and kept.reference and not known:
        problem = f"{where} is a duplicate of a complaint that is not on file"
        yield Finding(reference=kept.reference, seq=None, problem=problem)


def named_by(link: Link) -> tuple[int, tuple[str, ...]]:
    """Return the envelope that a stored entry names, 0 for none, and the digests of its attachments.

    Reads the data alone, so that a damaged entry is no obstacle to checking the others.
    """
    try:
        data = json.loads(link.data)
        return int(data["envelope"]), tuple(str(one["digest"]) for one in data["attachments"])
    except (ValueError, KeyError, TypeError):
        return 0, ()


def check_attachment(digest: str, data: bytes) -> Iterator[Finding]:
    """Yield a finding if an attachment is not what its digest says."""
    if hashlib.sha256(data).hexdigest() != digest:
        yield Finding(reference="", seq=None, problem=f"attachment {digest[:12]}: its bytes are not those that came in")
