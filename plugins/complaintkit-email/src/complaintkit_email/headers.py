"""Header fields: taken apart in time that grows with their length only, decoded only when asked for."""

import re
from binascii import a2b_qp
from collections.abc import Mapping

from complaintkit_email import limits
from complaintkit_email.charsets import decode, readable
from complaintkit_email.transfer import base64_bytes

Fields = Mapping[bytes, list[bytes]]
"""Raw values by lower-case field name, in the order they stand."""

_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_KNOWN = frozenset(
    b"from to cc subject date message-id received mime-version content-type content-transfer-encoding reply-to sender "
    b"return-path references in-reply-to delivered-to content-disposition content-id content-description".split()
)
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r";\s*([^\s=;*]{1,60})(?:\*(\d{1,4}))?(\*)?\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.DOTALL)
_LINE_NOISE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+|  +")


def split(raw: bytes, limit: int) -> tuple[bytes, bytes]:
    """Return header block and body of a message or part.

    Args:
        raw: The bytes, starting with the first header line.
        limit: Most bytes the block may have.

    Raises:
        ValueError: The block does not end within the limit.
    """
    if raw.startswith((b"\n", b"\r\n")):
        return b"", raw[raw.index(b"\n") + 1 :]
    window = raw[: limit + 2]
    ends = [(window.find(mark), len(mark)) for mark in (b"\n\n", b"\n\r\n")]
    found = [(at, length) for at, length in ends if at >= 0]
    if not found:
        if len(raw) > limit:
            raise ValueError(f"the header is longer than {limit:,} bytes")
        return raw, b""
    at, length = min(found)
    return raw[: at + 1], raw[at + length :]


def fields(block: bytes) -> tuple[dict[bytes, list[bytes]], int, bool]:
    """Take a header block apart.

    Returns:
        The fields; where in the block the header ends, because the rest is text that lacks an empty line before it;
        and whether a line in between was no header.
    """
    found: dict[bytes, list[bytes]] = {}
    here = 0
    first_gap = -1
    known_after_gap = False
    for match in _FIELD.finditer(block):
        name = match[1].lower()
        if match.start() > here and first_gap < 0:
            first_gap = here
        if first_gap >= 0 and name in _KNOWN:
            known_after_gap = True
        found.setdefault(name, []).append(match[2])
        here = match.end() + 1
    if first_gap < 0 and here < len(block) and block[here:].strip():
        return found, here, False
    if first_gap < 0 or known_after_gap:
        return found, len(block), first_gap >= 0
    return fields(block[:first_gap])[0], first_gap, False


def known(found: Fields) -> bool:
    """Say whether there is any header among the fields that belongs to mail."""
    return not _KNOWN.isdisjoint(found)


def first(found: Fields, name: bytes, limit: int = limits.VALUE_BYTES, number: int = 0) -> bytes:
    """Return the first raw value of a field, or the one with another number, on one line, cut at the limit."""
    values = found.get(name)
    if not values:
        return b""
    value = values[number][: limit + 1]
    if b"\n" in value:
        value = value.replace(b"\r", b"").replace(b"\n", b"")
    return value[:limit].strip()


def words(value: bytes, hint: str = "") -> str:
    """Return a header value as readable text: encoded words (RFC 2047) decoded, raw bytes understood, one line."""
    return one_line(_decoded(value, hint) if b"=?" in value else plain(value, hint))


def plain(value: bytes, hint: str = "") -> str:
    """Return raw bytes of a header as text, encoded words left as they are."""
    return value.decode("ascii") if value.isascii() else decode(value, "", hint)[0]


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, no longer than a subject may be."""
    return _LINE_NOISE.sub(" ", text[: 2 * limits.LINE_CHARACTERS]).strip()[: limits.LINE_CHARACTERS]


def _decoded(value: bytes, hint: str) -> str:
    """Replace encoded words; neighbours of one charset are joined first, since mailers cut characters in two."""
    out: list[str] = []
    held, charset, here = b"", b"", 0
    for match in _WORD.finditer(value):
        between = value[here : match.start()]
        named = match[1].partition(b"*")[0].lower()
        data = base64_bytes(match[3])[0] if match[2] in b"bB" else a2b_qp(match[3], header=True)
        if held and (between.strip() or named != charset):
            out.append(decode(held, charset.decode("ascii", "replace"), hint)[0])
            held = b""
        if between.strip() or not here:
            out.append(plain(between, hint))
        held, charset, here = held + data, named, match.end()
    out.append(decode(held, charset.decode("ascii", "replace"), hint)[0])
    out.append(plain(value[here:], hint))
    return "".join(out)


def parameters(value: bytes, hint: str = "") -> tuple[str, dict[str, str]]:
    """Return the main value of a Content-Type or Content-Disposition in lower case, and its parameters decoded.

    Values cut in pieces or given with a charset (RFC 2231) are put together; of two with one name the first counts.
    """
    value = value[: limits.PARAMETER_BYTES]
    text = plain(value, hint)
    main, separator, rest = text.partition(";")
    whole: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(separator + rest):
        name, index, extended, given = match[1].lower(), match[2], bool(match[3]), _unquoted(match[4])
        if index or extended:
            pieces.setdefault(name, {}).setdefault(int(index or 0), (given, extended))
        else:
            whole.setdefault(name, given)
    for name, numbered in pieces.items():
        whole[name] = _joined(numbered)
    return main.strip().lower(), whole


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        value = value[1:-1] if len(value) > 1 and value.endswith('"') else value[1:]
        if "\\" in value:
            value = re.sub(r"\\(.)", r"\1", value)
    return value


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    from urllib.parse import unquote_to_bytes  # here: seldom needed

    charset, data = "", b""
    for index in sorted(numbered):
        text, extended = numbered[index]
        if extended:
            if not data and text.count("'") >= 2:
                charset, _, text = text.split("'", 2)
            data += unquote_to_bytes(text)
        else:
            data += text.encode("utf-8", "replace")
    return readable(decode(data, charset)[0])
