"""From raw bytes to a case: read the envelope, find where it belongs, open a case or join one."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from complaintkit import recorded
from complaintkit.case import reference as references
from complaintkit.case.actor import same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, FiledAttachment, MessageFiled, Received, Registered, RepeatFound, StoodIn
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.parties import belongs, may_speak
from complaintkit.case.parts import Content, sealed_person
from complaintkit.families import Channel
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Envelope, Message
from complaintkit.policy import Policy
from complaintkit.store.port import Kept, Thread, Written

TITLE_LIMIT: Final = 500


def read(envelope: Envelope, channels: Iterable[Guarded[Channel]], now: datetime) -> Message | Failure:
    """Return the message in an envelope, or why it cannot be read; whatever happens, the envelope stays on file."""
    if envelope.media_type == recorded.MEDIA_TYPE:
        return recorded.load(envelope.raw)
    for channel in channels:
        if channel.record.name == envelope.channel:
            answer = channel.ask("parse", envelope, now)
            if isinstance(answer, Message) and empty(answer):
                return _failure(channel.plugin, envelope.channel, "unreadable", "there is nothing in it to read")
            return answer if isinstance(answer, Message | Failure) else _wrong(channel.plugin, envelope.channel)
    problem = f"no plugin offers the channel {envelope.channel!r}; install or enable one, then read it again"
    return _failure("", envelope.channel, "unreadable", problem)


def empty(message: Message) -> bool:
    """Say whether a message says nothing at all."""
    return not (message.text.strip() or message.subject.strip() or message.attachments)


def _failure(plugin: str, record: str, kind: str, problem: str) -> Failure:
    return Failure(plugin=plugin, hook="complaintkit_channels", record=record, kind=kind, problem=problem)


def _wrong(plugin: str, record: str) -> Failure:
    return _failure(plugin, record, "wrong_answer", "parse answered with something that is no message")


def digest(message: Message) -> str:
    """Return a digest of what a message says, the same for the same message by whatever way it came."""
    sum_ = hashlib.sha256()
    person = message.sender
    sender = (person.contact, person.name, person.phone, person.handle, person.customer)
    whose = (repr(message.on_behalf_of),) if message.on_behalf_of else ()
    for part in (*sender, *whose, message.subject, words(message)):
        sum_.update(part.strip().encode("utf-8", "surrogatepass") + b"\0")
    for attachment in message.attachments:
        sum_.update(attachment.digest.encode())
    return sum_.hexdigest()


# --- where does it belong?


@frozen(kw_only=True)
class Place:
    """Where a message belongs.

    Attributes:
        duplicate_of: Reference of the case that holds this very message already, else empty.
        joins: Reference of the case it answers, else empty.
        verified: Whether the sender is the one who complains there.
    """

    duplicate_of: str = ""
    joins: str = ""
    verified: bool = True


def clues(message: Message, secret: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the message identifiers to look up, and the references that the message proves or claims to belong to."""
    identifiers = tuple(one for one in (message.message_id, *message.answers) if one)
    proven = (references.proven_by(token, secret) for token in message.reply_tokens)
    claimed = references.mentioned(message.subject)
    return identifiers, tuple(dict.fromkeys((*(one for one in proven if one), *claimed)))


def place(
    message: Message,
    threads: Sequence[Thread],
    candidates: Sequence[Complaint],
    contact: str,
    secret: bytes,
    now: datetime,
) -> Place:
    """Return where a message belongs.

    A message identifier already on file with the same words is a proven duplicate; with other words it is not. A token
    or an answered message leads to a case; from anybody but the complainant, or who may speak for the complainant, it
    joins unverified: its words are kept and nothing follows from them. A reference alone, which anybody may know,
    counts only from those two; from another party it joins unverified.

    Args:
        message: The message.
        threads: What is on file under its identifiers, oldest first.
        candidates: The cases that the threads and references lead to.
        contact: Keyed digest of the sender's contact.
        secret: The kit's secret.
        now: The moment by which rights to speak for somebody are judged.
    """
    # The first message under an identifier has it; a later one with other words must not attract the answers.
    known = {thread.message_id: thread for thread in reversed(threads)}
    said = digest(message)
    for thread in threads:
        if message.message_id and (thread.message_id, thread.digest) == (message.message_id, said):
            return Place(duplicate_of=thread.reference)
    cases = {case.reference: case for case in candidates}
    answered = [known[one].reference for one in message.answers if one in known]
    tokens = [proven for token in message.reply_tokens if (proven := references.proven_by(token, secret))]
    for reference in (*tokens, *answered):
        if case := cases.get(reference):
            return Place(joins=reference, verified=entitled(message, case, contact, now))
    for reference in references.mentioned(message.subject):
        case = cases.get(reference)
        if case and (entitled(message, case, contact, now) or belongs(case, message.sender)):
            return Place(joins=reference, verified=entitled(message, case, contact, now))
    return Place()


def entitled(message: Message, case: Complaint, contact: str, now: datetime) -> bool:
    """Say whether the sender is the one who complains there, or has shown the right to speak for that one."""
    return (bool(contact) and contact == case.contact) or may_speak(case, message.sender, now)


# --- open or join


def opened(
    message: Message, kept: Kept, reference: str, policy: Policy, contact: str, earlier: Complaint | None, now: datetime
) -> tuple[Complaint, tuple[Entry, ...]]:
    """Return a new case and its first entries: received, registered with its clocks, and the link to an earlier one."""
    envelope = kept.envelope
    who = message.on_behalf_of or message.sender
    first = Received(
        at=now,
        by=envelope.recorder or CORE,
        reference=reference,
        channel=envelope.channel,
        envelope=kept.number,
        received_at=min(envelope.received_at, now),
        language=language_of(message, policy),
        person=sealed_person(who),
        contact=contact,
        title=Content.of(message.subject.strip()[:TITLE_LIMIT]),
        narrative=Content.of(words(message)),
        owner=envelope.recorder or policy.owner(envelope.channel),
        message_id=message.message_id,
        attachments=filed(message),
        problems=message.problems,
        automatic=message.automatic,
    )
    first, standing = present(first, policy, now)
    case = first.open()
    stage = LIFE_CYCLE["register", Stage.RECEIVED]
    clocks = policy.clocks(case, case.received_at, now)
    if not who.reachable or policy.old(case.received_at, now):
        # Nobody could be told, or it is too late to; a promise to tell would only be broken.
        clocks = tuple(clock for clock in clocks if clock.kind != "acknowledgement")
    entries: list[Entry] = [*standing]
    if not message.unfinished:
        entries.append(Registered(at=now, by=CORE, stage=stage, clocks=clocks))
    if earlier is not None:
        entries.append(RepeatFound(at=now, by=CORE, earlier=earlier.reference, category=earlier.category))
    return case.apply_all(entries), (first, *entries)


def present(first: Received, policy: Policy, now: datetime) -> tuple[Received, tuple[Entry, ...]]:
    """Return the opening of a case with an owner who is at work, and the entry that says so if somebody stands in."""
    acts = policy.roster.stand_in(first.owner, first.open(), now)
    if same(acts, first.owner):
        return first, ()
    return evolve(first, owner=acts), (StoodIn(at=now, by=CORE, owner=acts, absent=first.owner),)


def joined(
    message: Message, kept: Kept, case: Complaint, verified: bool, policy: Policy, now: datetime
) -> MessageFiled:
    """Return the entry by which a message joins a case; it counts from when it came in."""
    received_at = max(min(kept.envelope.received_at, now), case.received_at)
    return MessageFiled(
        at=now,
        by=CORE,
        channel=kept.envelope.channel,
        envelope=kept.number,
        person=sealed_person(message.sender),
        title=Content.of(message.subject.strip()[:TITLE_LIMIT]),
        text=Content.of(words(message)),
        message_id=message.message_id,
        attachments=filed(message),
        verified=verified,
        automatic=message.automatic,
        received_at=received_at,
        clocks=() if message.automatic else policy.follow_up(case, received_at),
        problems=message.problems,
    )


def written(before: int, case: Complaint, entries: tuple[Entry, ...], message: Message, kept: Kept) -> Written:
    """Return what is stored of a message that opened or joined a case."""
    threads = (
        (Thread(message_id=message.message_id, reference=case.reference, digest=digest(message)),)
        if message.message_id
        else ()
    )
    return Written(
        before=before,
        case=case,
        entries=entries,
        attachments=message.attachments,
        threads=threads,
        envelope=kept.number,
    )


def filed(message: Message) -> tuple[FiledAttachment, ...]:
    """Return the attachments as the file refers to them."""
    return tuple(
        FiledAttachment(Content.of(one.name), one.media_type, one.digest, len(one.data)) for one in message.attachments
    )


def words(message: Message) -> str:
    """Return the complainant's words, with the answers of a form after them."""
    answers = "\n".join(f"{name}: {value}" for name, value in message.fields)
    return "\n\n".join(part for part in (message.text.strip(), answers) if part)


def language_of(message: Message, policy: Policy) -> str:
    """Return the language to write back in."""
    stated = message.language.strip().lower().split("-")[0]
    stated = "fil" if stated == "tl" else stated
    return stated if stated in policy.languages else policy.language(f"{message.subject}\n{message.text}")
