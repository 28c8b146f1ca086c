"""Does the store contradict itself about an improvement? The checks, the same for every store."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs
from attrs import frozen

from complaintkit.case.parts import Content
from complaintkit.errors import ComplaintKitError
from complaintkit.improving.entries import Opened
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.store import chain
from complaintkit.store.chain import Link
from complaintkit.store.improving_rows import links_of
from complaintkit.store.port import Finding
from complaintkit.store.verifying import check_chain, check_contents


@frozen(kw_only=True)
class ImprovementSheets:
    """Everything that is stored about one improvement.

    Attributes:
        read: Reads its row; `None` where there is none.
        head: The hash its row holds as that of its last entry.
        links: Its entries, in order.
        contents: Its sealed texts by digest.
        ties: What it is found by: what, and which.
    """

    reference: str
    read: Callable[[], Improvement] | None
    head: str
    links: Sequence[Link]
    contents: Mapping[str, Content]
    ties: frozenset[tuple[str, str]]


def check_improvement(sheets: ImprovementSheets) -> Iterator[Finding]:
    """Yield what is wrong with one improvement: its chain, its texts, its row against its entries."""
    findings = list(check_chain(sheets.reference, sheets.links))
    entries: list[ImprovementEntry] = []
    for link in sheets.links:
        try:
            entries.append(chain.improvement_entry_of(link, sheets.contents))
        except (ComplaintKitError, ValueError) as error:
            findings.append(_wrong(sheets, f"entry cannot be read: {error}", link.seq))
        else:
            if (entries[-1].at, entries[-1].by) != (link.at, link.by):
                findings.append(_wrong(sheets, "moment or author differ from the entry's data", link.seq))
    yield from findings
    yield from check_contents(sheets.reference, sheets.links, sheets.contents, entries)
    if sheets.read is None:
        yield _wrong(sheets, "entries without an improvement: its row is missing")
    elif not findings:
        yield from _fold(sheets, sheets.read, entries)


def _wrong(sheets: ImprovementSheets, problem: str, seq: int | None = None) -> Finding:
    return Finding(reference=sheets.reference, seq=seq, problem=problem)


def _fold(
    sheets: ImprovementSheets, read: Callable[[], Improvement], entries: Sequence[ImprovementEntry]
) -> Iterator[Finding]:
    try:
        stored = read()
    except (ComplaintKitError, ValueError, TypeError, KeyError) as error:
        yield _wrong(sheets, f"the row cannot be read: {error}")
        return
    if not entries or not isinstance(entries[0], Opened):
        yield _wrong(sheets, "the file does not begin with its opening", 1)
        return
    try:
        folded = entries[0].open().apply_all(entries[1:])
    except (ComplaintKitError, ValueError, TypeError) as error:
        yield _wrong(sheets, f"the entries do not add up: {error}")
        return
    if stored.version != len(entries):
        problem = (
            f"the improvement has {stored.version} entries, the file ends after {len(entries)}: cut off, or added to"
        )
        yield _wrong(sheets, problem, len(entries) + 1)
    if sheets.head != sheets.links[-1].hash:
        yield _wrong(sheets, "the improvement's head is not the hash of its last entry", len(entries))
    for name in attrs.fields_dict(Improvement):
        if getattr(folded, name) != getattr(stored, name) and name != "version":
            yield _wrong(sheets, f"{name} differs from what its entries add up to")
    if sheets.ties != {(what, code) for _, what, code in links_of(folded)}:
        yield _wrong(sheets, "what it is found by differs from what it belongs to")
