"""Addresses as they are read, and our own reply addresses and message identifiers, written and read in this one place.

A reply brings the token of its complaint back in two ways: in the address it goes to, `complaints+TOKEN@example.org`,
and in the identifier it answers, `<REFERENCE.NOTICE.TOKEN@example.org>`. Whoever has the token may add to the
complaint; the token is random, so neither can be guessed from a reference.
"""

import hashlib
import re
from collections.abc import Iterable
from email.utils import parseaddr

from complaintkit_email import limits

_SIMPLE = re.compile(r"\s*(?:\"([^\"\\<>]*)\"|([^\"<>(),;:\\@]*))\s*<([^<>@\s,;:()\"\\]+@[^<>@\s,;:()\"\\]+)>\s*")
_ANY_ADDRESS = re.compile(r"[^\s<>,;:()\"\\@\[\]]{1,64}@[^\s<>,;:()\"\\@\[\]]{1,255}")
_USABLE = re.compile(r"[^\s<>()\[\]\\,;:@\"\x00-\x1f\x7f]{1,64}@[^\s<>()\[\]\\,;:@\"\x00-\x1f\x7f/]{1,253}")
_ATOM = re.compile(r"[A-Za-z0-9_-]+")
_OPAQUE = r"[A-Za-z0-9_-]{16,128}"
_REPLY_ADDRESS = re.compile(rf"([^\s<>,;:()\"\\@+]{{1,64}})\+({_OPAQUE})@([A-Za-z0-9.-]{{1,253}})")
_OWN_ID = re.compile(rf"<?[A-Za-z0-9_-]{{1,200}}\.[A-Za-z0-9_-]{{1,200}}\.({_OPAQUE})@([A-Za-z0-9.-]{{1,253}})>?")
_ID = re.compile(r"<([^<>]{1,2000})>|\([^()]*\)")


def parsed(value: str) -> tuple[str, str]:
    """Return display name and address of the first mailbox in a header value, the name still encoded.

    Either may be empty. An address is returned only if mail could be sent to it.
    """
    simple = _SIMPLE.fullmatch(value)
    if simple:
        return (simple[1] or simple[2] or "").strip(), simple[3] if usable(simple[3]) else ""
    name, address = "", ""
    # The standard library's parser calls itself for every parenthesis and compares every dot with the rest.
    if value.count("(") <= 20 and len(value) <= limits.ADDRESS_BYTES:
        try:
            name, address = parseaddr(value)
        except (IndexError, ValueError, TypeError, AttributeError, RecursionError, UnboundLocalError):
            name, address = "", ""
    if not usable(address):
        found = _ANY_ADDRESS.search(value)
        address = found[0] if found and usable(found[0]) else ""
    if not name and not address and "@" not in value:
        name = value.strip(" <>()\"',;:")
    return name, address


def usable(address: str) -> bool:
    """Say whether an address is one that mail can be sent to without quoting: no spaces, one @, nothing hidden."""
    return (
        len(address) <= 254
        and _USABLE.fullmatch(address) is not None
        and address.isprintable()
        and not address.startswith("-")
        and not any("\ud800" <= c <= "\udfff" for c in address)
    )


def normal_id(value: str) -> str:
    """Return a message identifier in the one form in which identifiers are compared, or an empty string.

    The form is `<...>` without spaces, printable, at most 998 characters long.
    """
    bare = "".join(value.split()).strip("<>")
    if not bare or len(bare) > limits.ID_CHARACTERS - 2 or not bare.isprintable() or "<" in bare or ">" in bare:
        return ""
    return f"<{bare}>"


def ids(value: str) -> list[str]:
    """Return the message identifiers in a References or In-Reply-To value, in order, comments left out."""
    if "<" not in value:
        return [i for i in map(normal_id, value.split()) if i and "@" in i]
    return [i for i in (normal_id(match[1]) for match in _ID.finditer(value) if match[1]) if i]


def reply_address(address: str, token: str) -> str:
    """Return the address to which answers come back with the token, or the plain one where there is no token."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}" if token and _ATOM.fullmatch(token) else address


def notice_id(reference: str, notice: str, token: str, domain: str) -> str:
    """Return the message identifier of a notice: the same on every attempt, unguessable with a token.

    Args:
        reference: Of the complaint.
        notice: Identifier of the notice.
        token: Reply token, or empty.
        domain: Ours.
    """
    pieces = [_atom(reference), _atom(notice)] + ([token] if token and _ATOM.fullmatch(token) else [])
    return f"<{'.'.join(pieces)}@{domain}>"


def own_token(identifier: str, domain: str = "") -> str:
    """Return the token in a message identifier of ours, or an empty string for anybody else's."""
    own = _OWN_ID.fullmatch(identifier)
    return own[1] if own and domain in ("", own[2].lower()) else ""


def tokens(recipients: Iterable[str], answered: Iterable[str], address: str = "") -> tuple[str, ...]:
    """Return what could be reply tokens of ours, each once.

    Args:
        recipients: Values of the headers that name recipients.
        answered: Message identifiers that are answered.
        address: Our own address; with it only reply addresses and identifiers of its domain count.
    """
    local, _, domain = address.lower().rpartition("@")
    found: dict[str, None] = {}
    for value in recipients:
        if "+" in value:
            for match in _REPLY_ADDRESS.finditer(value):
                if not address or (match[1].lower(), match[3].lower()) == (local, domain):
                    found.setdefault(match[2])
    for identifier in answered:
        token = own_token(identifier, domain)
        if token:
            found.setdefault(token)
    return tuple(found)[: limits.TOKENS]


def _atom(text: str) -> str:
    """Return the text in letters that may stand between the dots of an identifier, different for different texts."""
    if _ATOM.fullmatch(text) and len(text) <= 60:
        return text
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text)[:40]
    return f"{plain}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
