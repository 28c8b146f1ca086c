"""Envelopes, cases and steps for the tests of the stores, as small as they can be."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Assessed, FiledAttachment, Noted, Received, Registered
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Content, Severity, sealed_person
from complaintkit.families import CaseView, Change
from complaintkit.message import Attachment, Envelope, Notice, Person
from complaintkit.store.port import Store, Thread, Written

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REFERENCE = "CK-7F3K-92DX"
ANA = Person(name="Ana Reyes", email="ana@example.org")


def item(number: int = 1, raw: bytes = b"It arrived broken.", channel: str = "form") -> Envelope:
    """Return something that arrived."""
    return Envelope(channel, f"item-{number}", raw, NOON, "text/plain")


def clock(kind: str, start: datetime, days: int, pausable: bool = False) -> Clock:
    """Return a clock that runs for some days."""
    due = start + days * DAY
    return Clock(kind=kind, standard="test/1", started_at=start, due_at=due, warn_at=due - HOUR, pausable=pausable)


def clocks(start: datetime) -> tuple[Clock, ...]:
    """Return the clocks of a new case."""
    return (
        clock("acknowledgement", start, 2),
        clock("first_response", start, 5),
        clock("final_response", start, 30, pausable=True),
    )


def opening(
    reference: str = REFERENCE, *, at: datetime = NOON, envelope: int = 0, contact: str = "", channel: str = "form",
    category: str = "", severity: Severity = Severity.NORMAL, owner: str = "desk", language: str = "en",
    attachments: tuple[Attachment, ...] = (), title: str = "Broken kettle", words: str = "It arrived broken.",
    threads: tuple[Thread, ...] = (), assessed: bool = True,
) -> Written:  # fmt: skip
    """Return the step that opens a case: received, registered, and assessed unless asked not to."""
    first = Received(
        at=at, by="complaintkit", reference=reference, channel=channel, envelope=envelope, received_at=at,
        language=language, person=sealed_person(ANA), contact=contact, title=Content.of(title),
        narrative=Content.of(words), owner=owner, message_id="<one@example.org>",
        attachments=tuple(
            FiledAttachment(Content.of(one.name), one.media_type, one.digest, len(one.data)) for one in attachments
        ),
    )  # fmt: skip
    entries: list[Entry] = [first, Registered(at=at, by="complaintkit", stage=Stage.REGISTERED, clocks=clocks(at))]
    if assessed:
        entries.append(
            Assessed(
                at=at, by="complaintkit", stage=Stage.IN_PROGRESS, category=category, severity=severity, confirmed=False
            )
        )
    case = first.open().apply_all(entries[1:])
    return Written(
        before=0, case=case, entries=tuple(entries), attachments=attachments, envelope=envelope, threads=threads
    )


def step(case: Complaint, *entries: Entry, **more: object) -> Written:
    """Return a step of a case."""
    return Written(before=case.version, case=case.apply_all(entries), entries=entries, **more)  # type: ignore[arg-type]


def note(words: str = "Called the shop.", at: datetime = NOON) -> Noted:
    """Return a note."""
    return Noted(at=at, by="ana", text=Content.of(words))


def write(store: Store, *steps: Written) -> None:
    """Store steps, each in a transaction of its own."""
    for one in steps:
        with store.begin() as unit:
            unit.write(one)


def opened(store: Store, *numbers: int, **more: object) -> tuple[Complaint, ...]:
    """Open a case for each number and return them as stored."""
    found = []
    for number in numbers:
        reference = f"CK-TEST-{number:04}"
        write(store, opening(reference, **more))  # type: ignore[arg-type]
        found.append(store.case(reference))
    return tuple(found)


def on_file(store: Store, reference: str = REFERENCE) -> Complaint:
    """Keep an envelope, open a case from it with an attachment, and return the case."""
    with store.begin() as unit:
        kept = unit.keep(item(), NOON, LEASE)
    write(
        store,
        opening(reference, envelope=kept.number, attachments=(Attachment("photo.jpg", "image/jpeg", b"\xff\xd8"),)),
    )
    return store.case(reference)


def notice(identifier: str = "n-1", reference: str = "", at: datetime = NOON, **more: object) -> Notice:
    """Return a notice."""
    return Notice(
        id=identifier, reference=reference, occasion="owner", audience="desk", recipient="desk", medium="staff",
        language="en", created_at=at, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def changes(case: Complaint, entries: Iterable[Entry]) -> tuple[Change, ...]:
    """Return what observers are told of entries."""
    view = CaseView.of(case)
    return tuple(Change(reference=case.reference, entry=one.kind, at=one.at, by=one.by, case=view) for one in entries)
