"""Read a mail: who says what, and which conversation does it belong to?"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

from attrs import frozen

from complaintkit import Envelope, Message, Person, Unreadable
from complaintkit_email import addresses, automatic, limits
from complaintkit_email.bodies import Harvest, gather
from complaintkit_email.headers import Fields, fields, first, known, one_line, plain, split, words
from complaintkit_email.mime import Budget, part

_RECIPIENTS = (b"to", b"cc", b"delivered-to", b"x-original-to", b"envelope-to", b"x-envelope-to")
_ONCE = ((b"from", "From"), (b"subject", "Subject"), (b"date", "Date"), (b"message-id", "Message-ID"))
_CHARSET = re.compile(rb"=\?([A-Za-z0-9_-]{3,30})[?*]")
_DAY = timedelta(days=1)


@frozen
class Rules:
    """What reading depends on besides the message.

    Attributes:
        address: Our own address; empty if reply tokens of any domain are to be looked at.
        own_lists: Identifiers of mailing lists that are ways in of the organisation.
        message_bytes: Largest message that is read.
    """

    address: str = ""
    own_lists: tuple[str, ...] = ()
    message_bytes: int = limits.MESSAGE_BYTES


def reader(rules: Rules) -> Callable[[Envelope], Message]:
    """Return the function that reads envelopes by these rules."""
    return partial(parse, rules=rules)


def parse(envelope: Envelope, rules: Rules = Rules()) -> Message:
    """Read an envelope that holds a mail (RFC 5322).

    Args:
        envelope: The raw mail.
        rules: What reading depends on besides.

    Raises:
        Unreadable: It is empty, larger than the rules allow, or its header has no end within 100,000 bytes.
    """
    if envelope.media_type == limits.TOO_LARGE:
        raise Unreadable("The mail is too large to be taken in. It stays at its source; its beginning is kept here.")
    raw = start(envelope.raw)
    if len(raw) > rules.message_bytes:
        raise Unreadable(f"The message has {len(raw):,} bytes; at most {rules.message_bytes:,} are read.")
    if not raw.strip():
        raise Unreadable("The message is empty.")
    try:
        block, body = split(raw, limits.HEADER_BYTES)
    except ValueError as error:
        raise Unreadable(f"The message cannot be read: {error}.") from None
    found, end, junk = fields(block)
    budget = Budget()
    if not known(found):
        found, body = {}, raw
        budget.problem("There is no mail header; all was read as text.")
    elif end < len(block):
        body = raw[end:]
        budget.problem("The empty line between header and text is missing.")
    if junk:
        budget.problem("A line in the header is no header.")
    return _message(envelope, found, body, budget, rules)


def identify(raw: bytes) -> str:
    """Return the identifier of a mail: its Message-ID if that is usable, else the digest of its bytes.

    Args:
        raw: The mail as it arrived.
    """
    try:
        found = fields(split(start(raw[: limits.HEADER_BYTES + 2]), limits.HEADER_BYTES)[0])[0]
    except ValueError:
        found = {}
    value = first(found, b"message-id", limits.VALUE_BYTES)
    own = addresses.normal_id(value.decode("ascii")) if value.isascii() else ""
    return own or f"sha256:{hashlib.sha256(raw).hexdigest()}"


def start(raw: bytes) -> bytes:
    """Return the bytes from the first header on: without byte order mark, empty lines and the line of an mbox file."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    if b"\n" not in raw[: limits.HEADER_BYTES] and b"\r" in raw[: limits.HEADER_BYTES]:
        raw = raw.replace(b"\r", b"\n")
    if raw[:1] in (b"\r", b"\n"):
        raw = raw.lstrip(b"\r\n")
    if raw.startswith((b"From ", b">From ")):
        line, _, rest = raw.partition(b"\n")
        # An mbox line is followed by headers; a sentence that begins with "From" is not.
        if b":" in rest[:200].partition(b"\n")[0] and len(line) < 500:
            return rest
    return raw


def _message(envelope: Envelope, found: Fields, body: bytes, budget: Budget, rules: Rules) -> Message:
    root = part(found, body)
    encoded = _CHARSET.search(first(found, b"subject", 100) + first(found, b"from", 100))
    harvest = Harvest(budget, charset=root.charset or (encoded[1].decode("ascii") if encoded else ""))
    gather(root, harvest)
    text, attachments = harvest.text(), harvest.attachments()
    if not text:
        budget.problem("There is no text; see the attachments." if attachments else "There is no text.")
    hint = harvest.charset
    subject = words(first(found, b"subject"), hint)
    sender, reply_to = _sender(found, budget, hint)
    for name, shown in _ONCE:
        if len(found.get(name, ())) > 1:
            budget.problem(f"There are several {shown} headers; the first usable one counts.")
    why = automatic.reason(found, root.media_type, sender.email, subject, rules.own_lists)
    if why:
        budget.problem(f"Taken for an automatic message because of: {why}.")
    answers = _answers(found)
    if why:
        answers = (answers + _returned(harvest))[: limits.ANSWERS]
    return Message(
        text=text,
        subject=subject,
        sender=sender,
        sent_at=_sent_at(found, envelope, budget),
        language=_language(found),
        message_id=_own_id(found, budget),
        answers=answers,
        reply_tokens=addresses.tokens(_recipients(found), answers, rules.address),
        automatic=bool(why),
        attachments=attachments,
        fields=(("Reply-To", reply_to),) if reply_to else (),
        problems=tuple(budget.problems),
    )


def _sender(found: Fields, budget: Budget, hint: str) -> tuple[Person, str]:
    """Return who wrote, and the address for answers where the message names another one."""
    name, address = _mailbox(found, b"from", hint)
    reply_to = _mailbox(found, b"reply-to", hint)[1] if b"reply-to" in found else ""
    if not address:
        address = reply_to or _mailbox(found, b"sender", hint)[1]
        budget.problem(
            "The From header gives no usable address." + (" Reply-To or Sender was taken." if address else "")
        )
    return Person(name=name, email=address), reply_to if reply_to.lower() != address.lower() else ""


def _mailbox(found: Fields, header: bytes, hint: str) -> tuple[str, str]:
    """Return name and address of the first header of this kind that gives an address, else the name alone."""
    without = ""
    for number in range(min(len(found.get(header, ())), 3)):
        value = first(found, header, limits.ADDRESS_BYTES, number)
        name, address = addresses.parsed(plain(value, hint))
        if not address and b"=?" in value:
            name, address = addresses.parsed(words(value, hint))
        # A mailer that leaves the name as raw bytes leaves encoded words beside them alone; so do we.
        name = one_line(words(name.encode("utf-8", "replace")) if "=?" in name else name).strip("\"' ")
        if address:
            return name if name != address else "", address
        without = without or name
    return without, ""


def _answers(found: Fields) -> tuple[str, ...]:
    """Return the identifiers that are answered: In-Reply-To, then References from the newest back."""
    nearest = addresses.ids(first(found, b"in-reply-to").decode("utf-8", "replace"))
    # The newest references stand last, so of an overlong list the end is read.
    value = b"".join(found.get(b"references", ())[:1])[-60_000:]
    older = addresses.ids(value.replace(b"\r", b"").replace(b"\n", b"").decode("utf-8", "replace"))
    return tuple(dict.fromkeys(nearest + older[::-1]))[: limits.ANSWERS]


def _returned(harvest: Harvest) -> tuple[str, ...]:
    """Return the identifiers of mails of ours that came back within an automatic message."""
    out = []
    for _, media_type, data in harvest.files[:10]:
        if media_type in ("message/rfc822", "text/rfc822-headers"):
            try:
                inner = fields(split(start(data[: limits.HEADER_BYTES]), limits.HEADER_BYTES)[0])[0]
            except ValueError:
                continue
            returned = addresses.normal_id(first(inner, b"message-id", 1_100).decode("ascii", "replace"))
            if addresses.own_token(returned):
                out.append(returned)
    return tuple(out)


def _recipients(found: Fields) -> list[str]:
    return [
        value[:50_000].replace(b"\r", b"").replace(b"\n", b"").decode("ascii", "replace")
        for name in _RECIPIENTS
        for value in found.get(name, ())[:20]
        if b"+" in value
    ]


def _own_id(found: Fields, budget: Budget) -> str:
    value = first(found, b"message-id").decode("utf-8", "replace")
    own = addresses.normal_id(value)
    if not own:
        budget.problem("The Message-ID is missing." if not value else "The Message-ID is not usable.")
    return own


def _sent_at(found: Fields, envelope: Envelope, budget: Budget) -> datetime | None:
    sent = moment(first(found, b"date", 200))
    if sent is None:
        budget.problem("The Date header is missing." if b"date" not in found else "The Date header is no date.")
    elif sent > envelope.received_at + _DAY:
        budget.problem("The Date header lies after the receipt.")
    return sent


def moment(value: bytes) -> datetime | None:
    """Return the moment that a date of a mail names, with time zone, or nothing if it is none."""
    try:
        sent = parsedate_to_datetime(value.decode("ascii"))
        sent = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
        sent.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent


def _language(found: Fields) -> str:
    value = first(found, b"content-language", 50).partition(b",")[0].partition(b"-")[0].strip().lower()
    return value.decode("ascii") if 2 <= len(value) <= 3 and value.isalpha() and value.isascii() else ""
