"""What travels between the outside world and a case file: envelopes and messages in, notices and deliveries out."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from unicodedata import category, normalize

from attrs import field, frozen, validators

from complaintkit.checks import aware, frozen_mapping

Occasion = Literal[
    "acknowledgement", "owner", "overdue", "escalation", "reply", "interim", "response", "alarm",
    "improvement_owner", "improvement_due", "improvement_escalation", "improvement_reopened", "improvement_told",
    "improvement_results", "improvement_news", "merged", "unmerged", "split", "forwarded", "referral",
    "offer", "offer_returned", "offer_declined", "offer_ended", "taken_over", "conflict", "away", "cause",
    "approval", "approved", "sent_back", "task", "task_reminder", "task_returned", "task_cancelled", "task_answered",
    "task_confidential",
    "promise", "promise_moved", "promise_owed", "survey", "survey_reminder", "finding",
    "review", "review_asked", "review_decision", "referred_out", "legal_hold", "confidant", "unsealing", "unsealed",
    "extension", "holding", "write", "digest",
    "escalation_asked", "escalation_called", "escalation_told", "escalation_passed", "escalation_turned_down",
    "escalation_acknowledged", "escalation_ended", "escalation_granted", "escalation_refused",
]  # fmt: skip


@frozen
class Envelope:
    """One item as it arrived, byte for byte, before anybody has read it.

    Attributes:
        channel: Name of the channel it came through, such as `email`.
        source_id: The channel's own identifier of the item (a Message-ID, a file name, an idempotency key).
            The same identifier with the same bytes is the same item.
        raw: The bytes exactly as received.
        received_at: When the organisation received it, with time zone; deadlines count from here.
        media_type: What the bytes are, such as `message/rfc822`; empty where the channel knows anyway.
        recorder: Who took it down, where a person did: the first hearer, and so the first owner.
    """

    channel: str = field(validator=validators.min_len(1))
    source_id: str = field(validator=validators.min_len(1))
    raw: bytes = field(repr=False, validator=validators.instance_of(bytes))
    received_at: datetime = field(validator=aware)
    media_type: str = ""
    recorder: str = ""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the raw bytes in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()


@frozen
class Attachment:
    """A file that came with a message; `name` is the sender's word for it and never becomes a path."""

    name: str
    media_type: str
    data: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the data in hexadecimal: the address under which it is stored."""
        return hashlib.sha256(self.data).hexdigest()


@frozen
class Person:
    """Somebody outside the organisation, as far as the message tells; every part may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    handle: str = ""
    customer: str = ""
    address: str = ""

    @property
    def anonymous(self) -> bool:
        """Say whether nothing is known by which the person could be told from others."""
        return not (self.name or self.email or self.phone or self.handle or self.customer or self.address)

    @property
    def reachable(self) -> bool:
        """Say whether anything is known by which the person could be written to or called."""
        return any(value.strip() for value in (self.email, self.phone, self.handle, self.name, self.address))

    @property
    def contact(self) -> str:
        """Return the one identifier by which this person is found again, normalised, or an empty string.

        The address comes first: it is what most channels know, and where what we write of our own accord would go.
        """
        known = (
            ("email", _mailbox(self.email)),
            ("phone", self.phone),
            ("customer", self.customer),
            ("handle", self.handle),
        )
        return next((f"{kind}:{plain}" for kind, value in known if (plain := _plain(value))), "")


def _plain(value: str) -> str:
    """Return a value without what only makes it look different: invisible signs, width, case."""
    return "".join(sign for sign in normalize("NFKC", value) if category(sign) not in ("Cf", "Cc")).strip().casefold()


def _mailbox(address: str) -> str:
    """Return an address without its plus tag and a trailing dot: mail to any of its spellings arrives in one box."""
    local, at, domain = _plain(address).rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain.rstrip('.')}"


@frozen(kw_only=True)
class Message:
    """An envelope once read: who says what, and to which conversation it belongs.

    Attributes:
        text: The words, readable, without markup.
        subject: The sender's heading, if the channel has one.
        sender: Who wrote or spoke.
        sent_at: When the sender says it was sent, with time zone; evidence only, deadlines never count from it.
        language: Two- or three-letter code if the channel knows it, else empty.
        message_id: The identifier by which later messages will refer to this one.
        answers: Identifiers of the messages this one answers, nearest first.
        reply_tokens: Secrets of ours that came back with it (from a reply address); proof that it belongs to a case.
        automatic: An automatic answer, a bounce or list mail: it is filed, never answered.
        attachments: Files that came with it.
        fields: Further answers of a form, as name and value; those whose name is known go into the case's own fields.
        on_behalf_of: Whose complaint it is, where somebody else brings it.
        unfinished: The sender will go on telling: it is kept and owned, but promises begin when it is registered.
        problems: What could not be read cleanly, one sentence each; the raw envelope is kept whatever stands here.
    """

    text: str
    subject: str = ""
    sender: Person = Person()
    sent_at: datetime | None = field(default=None, validator=validators.optional(aware))
    language: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    reply_tokens: tuple[str, ...] = ()
    automatic: bool = False
    attachments: tuple[Attachment, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    on_behalf_of: Person | None = None
    unfinished: bool = False
    problems: tuple[str, ...] = ()


@frozen(kw_only=True)
class Notice:
    """Something the organisation has to tell somebody; waits in the outbox until a notifier delivers it.

    Attributes:
        id: Stable over every attempt, so that a repeated delivery can be recognised.
        reference: The complaint it is about, or the improvement; empty for neither.
        occasion: Why it is sent.
        audience: `complainant`, or the name of an owner, role or department.
        recipient: The address for the medium: an e-mail address, a telephone number, or the audience's name for staff.
        medium: `email`, `letter`, `phone`, `social`, `staff`: which notifiers may deliver it.
        language: Language to write in.
        created_at: When the occasion arose, with time zone.
        subject, body: The text; empty in the outbox where a template of the policy writes it at delivery.
        facts: What the template needs (reference, promised date ...); never text of the complainant.
        answers: Message identifiers this notice answers, so that it joins the conversation at the other end.
        reply_token: Secret to be put where an answer brings it back; shows that the answer belongs to the case.
        urgent: Whether people's safety hangs on it: nobody's quiet hours hold it back.
    """

    id: str
    reference: str
    occasion: Occasion
    audience: str
    recipient: str
    medium: str
    language: str
    created_at: datetime = field(validator=aware)
    subject: str = ""
    body: str = ""
    facts: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    answers: tuple[str, ...] = ()
    reply_token: str = field(default="", repr=False)
    urgent: bool = False


@frozen
class Delivery:
    """What became of a notice.

    Attributes:
        state: `sent`; `failed` (try again later); `refused` (this recipient will never get it).
        detail: A sentence for the person who has to act on it.
        message_id: The identifier under which it went out, so that answers find the case.
    """

    state: Literal["sent", "failed", "refused"] = field(validator=validators.in_(("sent", "failed", "refused")))
    detail: str = ""
    message_id: str = ""
