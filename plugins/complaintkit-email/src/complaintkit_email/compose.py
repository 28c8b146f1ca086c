"""Write the mail of a notice as bytes, in such a way that no field can become another header.

The standard library's `EmailMessage` needs 1.1 ms for an acknowledgement, more than storing the whole complaint; the
few headers of a notice are written here in a fiftieth of that. The tests read every result back with that library.
"""

import re
from binascii import b2a_base64
from datetime import datetime
from email.utils import format_datetime

from attrs import field, frozen

from complaintkit import Notice
from complaintkit_email import limits
from complaintkit_email.addresses import normal_id, notice_id, reply_address, usable

_BY_HAND = frozenset(("reply", "response"))
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PLAIN_SUBJECT = re.compile(r"[ -~]{0,66}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]{1,60}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ID = re.compile(r"<[!-;=?-~]{1,996}>")
_WORD_BYTES = 45
_ANSWERS = 20


@frozen
class Composer:
    """Writes mails that come from one mailbox.

    Attributes:
        name: Display name of the mailbox; may be empty.
        address: Its address.
    """

    name: str
    address: str
    _head: bytes = field(init=False, repr=False)
    _domain: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Prepare what is the same in every mail."""
        if not usable(self.address):
            raise ValueError(f"{self.address!r} is no address to send from")
        address = ascii_address(self.address)
        name = _name(self.name)
        sender = f"{name} <{address}>" if name else address
        object.__setattr__(self, "_domain", address.rpartition("@")[2])
        object.__setattr__(self, "_head", b"MIME-Version: 1.0\r\nFrom: " + sender.encode("utf-8") + b"\r\nTo: ")

    def message_id(self, notice: Notice) -> str:
        """Return the identifier of the mail: the same on every attempt, so that a repeat can be told."""
        return notice_id(notice.reference, notice.id, notice.reply_token, self._domain)

    def compose(self, notice: Notice) -> bytes:
        """Return the whole mail, lines ended as they travel.

        Args:
            notice: With subject or body filled in; `recipient` must be usable as an address.

        Raises:
            ValueError: The recipient is no address that mail can be sent to.
        """
        if not usable(notice.recipient):
            raise ValueError("the recipient is no usable e-mail address")
        lines = [
            self._head + ascii_address(notice.recipient).encode("utf-8"),
            b"Subject: " + subject(notice.subject),
            b"Date: " + _date(notice.created_at),
            b"Message-ID: " + self.message_id(notice).encode("ascii"),
        ]
        if notice.reply_token:
            back = reply_address(ascii_address(self.address), notice.reply_token)
            if len(back.rpartition("@")[0].encode()) <= 64:
                lines.append(b"Reply-To: " + back.encode("utf-8"))
        answered = [i for i in map(normal_id, notice.answers[:_ANSWERS]) if _ID.fullmatch(i)]
        if answered:
            lines.append(b"In-Reply-To: " + answered[0].encode("ascii"))
            lines.append(b"References: " + "\r\n ".join(answered[::-1]).encode("ascii"))
        if notice.occasion not in _BY_HAND:
            kind = b"auto-replied" if notice.occasion == "acknowledgement" else b"auto-generated"
            lines.append(b"Auto-Submitted: " + kind + b"\r\nX-Auto-Response-Suppress: OOF, AutoReply")
        if _LANGUAGE.fullmatch(notice.language):
            lines.append(b"Content-Language: " + notice.language.encode("ascii"))
        lines.append(_body(notice.body))
        return b"\r\n".join(lines)


def subject(text: str) -> bytes:
    """Return a Subject value, folded; what is not plain ASCII as encoded words (RFC 2047)."""
    text = _UNPRINTABLE.sub(" ", text[: limits.LINE_CHARACTERS]).strip()
    if _PLAIN_SUBJECT.fullmatch(text) and "=?" not in text:
        return text.encode("ascii")
    return _encoded(text)


def ascii_address(address: str) -> str:
    """Return the address with its domain in ASCII (IDNA); a local part beyond ASCII stays and needs SMTPUTF8."""
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValueError("the domain of the address is not a possible one") from None


def _name(text: str) -> str:
    text = _UNPRINTABLE.sub(" ", text[: limits.LINE_CHARACTERS]).strip()
    if not text or (_PLAIN_NAME.fullmatch(text) and "=?" not in text):
        return text
    if text.isascii() and len(text) <= 60 and "=?" not in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _encoded(text).decode("ascii")


def _encoded(text: str) -> bytes:
    """Cut the text into encoded words of at most 75 characters, none of them ending within a character."""
    words: list[bytes] = []
    held = b""
    for character in text:
        data = character.encode("utf-8", "replace")
        if len(held) + len(data) > _WORD_BYTES:
            words.append(held)
            held = b""
        held += data
    words.append(held)
    return b"\r\n ".join(b"=?utf-8?b?" + b2a_base64(word, newline=False) + b"?=" for word in words)


def _date(moment: datetime) -> bytes:
    return format_datetime(moment).encode("ascii")


def _body(text: str) -> bytes:
    """Return the remaining headers, the empty line and the text."""
    text = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.endswith("\n"):
        text += "\n"
    if text.isascii() and max(map(len, text.split("\n"))) <= 900:
        head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
        return head + text.replace("\n", "\r\n").encode("ascii")
    data = text.replace("\n", "\r\n").encode("utf-8", "replace")
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    lines = (b2a_base64(data[at : at + 57], newline=False) for at in range(0, len(data), 57))
    return head + b"\r\n".join(lines) + b"\r\n"
