"""The reckoning afterwards: is everything there that was accepted, and nothing twice?"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from attrs import frozen

from complaintkit.app import ComplaintKit
from complaintkit.case.entries import (
    Escalated,
    MessageFiled,
    NoticeSent,
    NoticeUndelivered,
    Overdue,
    Received,
    Registered,
    Warned,
)
from complaintkit.store.port import EnvelopeState, Filed, Filter, Kept
from tests.faults.kill.child import Job, kit, lines
from tests.faults.kill.stream import Item, stream

ALL = 1_000_000
STATES: tuple[EnvelopeState, ...] = ("new", "accepted", "parked", "duplicate")
GIVEN_UP = "never finished"
OPENING = ("form", "mail")


@frozen
class Books:
    """What a store holds at the end, beside what should be in it."""

    items: tuple[Item, ...]
    kept: dict[tuple[str, str, str], list[Kept]]
    files: dict[str, tuple[Filed, ...]]
    receipts: tuple[tuple[int, int, str, str], ...]
    sent: Counter[str]
    waiting: int
    outbox: Counter[str]

    def given_up(self) -> set[int]:
        """Return the items that were set aside because the process died over them again and again."""
        return {
            item.number for item in self.items for kept in self.kept.get(item.key, ()) if GIVEN_UP in kept.reason
        }  # fmt: skip


def books(opened: ComplaintKit, job: Job) -> Books:
    """Read everything back."""
    store = opened.store
    kept: dict[tuple[str, str, str], list[Kept]] = defaultdict(list)
    for state in STATES:
        for one in store.envelopes(state, ALL):
            kept[one.envelope.channel, one.envelope.source_id, one.envelope.digest].append(one)
    receipts = []
    for line in lines(job.receipts):
        item, number, outcome, reference = line.split()
        receipts.append((int(item), int(number), outcome, "" if reference == "-" else reference))
    ended = (*store.outbox("sent", ALL), *store.outbox("refused", ALL))
    return Books(
        stream(job.seed, job.count),
        dict(kept),
        {case.reference: store.file(case.reference) for case in store.cases(Filter(limit=ALL))},
        tuple(receipts),
        Counter(lines(job.sent)),
        len(store.outbox("waiting", ALL)),
        Counter(due.notice.id for due in ended),
    )


def contradictions(job: Job) -> tuple[str, ...]:
    """Return everything that is lost, doubled or at odds, one sentence each; empty if the promises hold."""
    with kit(job) as opened:
        found = books(opened, job)
        figures = opened.figures()
        told = [f"verify: {one.reference} {one.seq}: {one.problem}" for one in opened.verify()]
    if figures.envelopes != figures.accepted + figures.parked + figures.duplicate:
        told.append(f"the balance is out: {figures}")
    if figures.complaints != len(found.files) or figures.waiting_notices or figures.unassessed:
        told.append(f"work is left: {figures}")
    told += [*_kept(found), *_receipts(found), *_filed(found), *_conversations(found), *_notices(found)]
    return tuple(told)


def _kept(found: Books) -> Iterator[str]:
    """Every item lies in the store once, as it came, and nothing else does."""
    wanted = {item.key: item for item in found.items}
    for key in found.kept.keys() - wanted.keys():
        yield f"nobody ever sent {key}"
    for key, item in wanted.items():
        copies = found.kept.get(key, [])
        if len(copies) != 1:
            yield f"item {item.number} ({item.kind}) lies in the store {len(copies)} times"
        elif copies[0].envelope.raw != item.envelope.raw:
            yield f"item {item.number} is not what was sent"


def _receipts(found: Books) -> Iterator[str]:
    """Whatever a receipt was given for is there, under the number and reference it tells."""
    by_number = {kept.number: (key, kept) for key, copies in found.kept.items() for kept in copies}
    for item, number, outcome, reference in found.receipts:
        key, kept = by_number.get(number, (None, None))
        if kept is None or key != found.items[item].key:
            yield f"item {item} has a receipt for envelope {number}, which is not there or not the item"
        elif reference and kept.reference != reference:
            yield f"item {item} was promised {reference} and lies in {kept.reference or kept.state}"
        elif outcome == "parked" and kept.state != "parked":
            yield f"item {item} was reported parked and is {kept.state}"
    if len(found.receipts) != len(found.items):
        yield f"{len(found.receipts)} receipts were given for {len(found.items)} items"


def _filed(found: Books) -> Iterator[str]:
    """An accepted envelope stands in one file once; any other stands in none."""
    entries: dict[int, list[str]] = defaultdict(list)
    for reference, file in found.files.items():
        for filed in file:
            if isinstance(filed.entry, Received | MessageFiled):
                entries[filed.entry.envelope].append(reference)
    for copies in found.kept.values():
        for kept in copies:
            wanted = [kept.reference] if kept.state == "accepted" else []
            if entries.pop(kept.number, []) != wanted:
                yield f"envelope {kept.number} is {kept.state} and stands in other files than {wanted}"
    for number, references in entries.items():
        yield f"{references} tell of an envelope {number} that is not there"


def _conversations(found: Books) -> Iterator[str]:
    """Each opening item has a case of its own; answers join it, copies are recognised, the unreadable is parked."""
    given_up = found.given_up()
    where = {item.number: copies[0] for item in found.items if (copies := found.kept.get(item.key))}
    own = Counter(where[item.number].reference for item in found.items if item.kind in OPENING and item.number in where)
    for item in found.items:
        kept, root = where.get(item.number), where.get(item.root)
        if kept is None or root is None or {item.number, item.root} & given_up:
            continue
        wanted = {"unreadable": "parked", "copy": "duplicate"}.get(item.kind, "accepted")
        if item.kind != "again" and kept.state != wanted:
            yield f"item {item.number} ({item.kind}) is {kept.state} and not {wanted}: {kept.reason}"
        if item.kind in ("reply", "copy") and kept.reference != root.reference:
            yield f"item {item.number} ({item.kind}) belongs to {root.reference} and lies in {kept.reference}"
        if item.kind in OPENING and own[kept.reference] != 1:
            yield f"item {item.number} has no case of its own"


def _notices(found: Books) -> Iterator[str]:
    """Every occasion has one notice, which went out and is settled once; no promise is broken or escalated twice."""
    if found.waiting:
        yield f"{found.waiting} notices wait"
    yield from (f"notice {one} lies in the outbox {times} times" for one, times in found.outbox.items() if times > 1)
    settled: Counter[str] = Counter()
    for reference, file in found.files.items():
        steps: Counter[tuple[str, ...]] = Counter()
        for filed in file:
            match filed.entry:
                case NoticeSent() | NoticeUndelivered() as entry:
                    settled[entry.notice] += 1
                    if isinstance(entry, NoticeSent) and not found.sent[entry.notice]:
                        yield f"notice {entry.notice} is on file as sent and never went out"
                case Registered() | MessageFiled():
                    if f"{reference}-{filed.seq}" not in found.outbox:
                        yield f"entry {filed.seq} of {reference} has no notice"
                case Warned() as entry:
                    steps.update((entry.kind, entry.clock, step) for step in entry.steps)
                case Overdue() as entry:
                    steps[entry.kind, entry.clock] += 1
                case Escalated() as entry:
                    steps[entry.kind, entry.clock, str(entry.level)] += 1
        yield from (f"{reference} has {times} times {step}" for step, times in steps.items() if times > 1)
    of_cases = {one for one in found.outbox if not one.startswith("envelope-")}
    yield from (f"notice {one} is settled {settled[one]} times" for one in of_cases if settled[one] != 1)
    yield from (f"notice {one} is settled and not in the outbox" for one in settled.keys() - of_cases)
    yield from (f"notice {one} never went out" for one in found.outbox if not found.sent[one])
