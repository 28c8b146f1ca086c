"""The parts of a message, cut from its bytes at the boundary lines (RFC 2046), each left as it stands.

The standard library's parser was the first choice. It goes through every line in Python, so that most of its time is
spent on attachments nobody looks into, and it needs quadratic time or the whole stack for parts nested or repeated
thousands of times. Cutting the bytes is faster, keeps attachments to the byte, and lets the bounds stand in the loop.
"""

import re
from collections.abc import Iterator

from attrs import define, field

from complaintkit_email import limits
from complaintkit_email.headers import Fields, fields, first, known, parameters, split
from complaintkit_email.transfer import decoded

_LOST_BOUNDARY = re.compile(rb"^--([^\s]{1,200})[ \t]*\r?\nContent-[A-Za-z-]{2,40}:", re.MULTILINE | re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_SIMPLE = re.compile(
    rb"([a-zA-Z]+/[a-zA-Z]+)(?:;\s*(?:(charset)|(boundary))=(?:\"([^\"\\*]{1,80})\"|([a-zA-Z0-9_.-]{1,80})))?"
)


@define(eq=False)
class Part:
    """A message or a part of one, nothing decoded yet.

    Attributes:
        fields: Its header.
        media_type: Lower case, always of the form `type/subtype`.
        parameters: Those of the media type: `charset`, `boundary`, `name` ...
        body: What follows the header, as it stands.
    """

    fields: Fields
    media_type: str
    parameters: dict[str, str]
    body: bytes = field(repr=False)
    _inner: "list[Part] | None" = field(default=None, init=False, repr=False)

    def inner(self, budget: "Budget") -> "list[Part]":
        """Return the parts of a multipart as far as the budget goes; one without usable boundary has none."""
        if self._inner is None:
            self._inner = _children(self, budget) if self.media_type.startswith("multipart/") else []
        return self._inner

    @property
    def charset(self) -> str:
        """Return the charset it claims, as written, or an empty string."""
        return self.parameters.get("charset", "")

    def disposition(self) -> tuple[str, str]:
        """Return how it wants to be shown (`inline`, `attachment` or nothing) and the file name it gives, undecoded."""
        name = ""
        value = first(self.fields, b"content-disposition")
        main, given = parameters(value) if value else ("", {})
        name = given.get("filename") or given.get("name") or self.parameters.get("name", "")
        return main, name

    def content(self) -> tuple[bytes, str]:
        """Return the bytes without their transfer encoding, and a sentence where that was not clean."""
        encoding = first(self.fields, b"content-transfer-encoding", 100).partition(b";")[0].strip().lower()
        return decoded(self.body, encoding.decode("ascii", "replace"))


@define(eq=False)
class Budget:
    """What may still be read of one message; counts down over all its parts."""

    parts: int = limits.PARTS
    header_bytes: int = limits.HEADER_BYTES
    html_characters: int = limits.HTML_CHARACTERS
    html_cost: int = limits.HTML_COST
    html_looked_at: int = limits.HTML_LOOKED_AT
    problems: dict[str, None] = field(factory=dict)

    def problem(self, sentence: str) -> None:
        """Keep a sentence about what could not be read cleanly, once."""
        if sentence:
            self.problems.setdefault(sentence)


def part(found: Fields, body: bytes, default: str = "text/plain") -> Part:
    """Return the part with these headers and this body; an unusable media type counts as the default."""
    value = first(found, b"content-type")
    if not value:
        return Part(found, default, {}, body)
    simple = _SIMPLE.fullmatch(value)
    if simple:
        name = "charset" if simple[2] else "boundary"
        given = simple[4] or simple[5]
        return Part(found, simple[1].decode().lower(), {name: given.decode("utf-8", "replace")} if given else {}, body)
    main, given_parameters = parameters(value)
    if not _TYPE.fullmatch(main):
        # Old mailers wrote a bare "text"; whatever else is malformed is better kept as a file than shown.
        main = "text/plain" if main in ("text", "plain", "text/", "") else "application/octet-stream"
    return Part(found, main, given_parameters, body)


def _children(parent: Part, budget: Budget) -> list[Part]:
    boundary = parent.parameters.get("boundary", "").rstrip().encode("utf-8", "surrogateescape")
    mark = b"--" + boundary
    if not 0 < len(boundary) <= 250 or not (parent.body.startswith(mark) or b"\n" + mark in parent.body):
        looks_like = _LOST_BOUNDARY.search(parent.body[: limits.HEADER_BYTES])
        if not looks_like:
            return []
        budget.problem("The boundary between the parts was not the one announced.")
        boundary = looks_like[1]
    default = "message/rfc822" if parent.media_type == "multipart/digest" else "text/plain"
    out: list[Part] = []
    for piece in _pieces(parent.body, boundary, budget):
        if not budget.parts:
            budget.problem(f"There are more than {limits.PARTS} parts; the rest is in the raw message only.")
            break
        budget.parts -= 1
        child = _child(piece, default, budget)
        if child is None:
            break
        out.append(child)
    return out


def _child(piece: bytes, default: str, budget: Budget) -> Part | None:
    try:
        block, body = split(piece, budget.header_bytes)
    except ValueError:
        budget.problem(
            f"The headers of the parts exceed {limits.HEADER_BYTES:,} bytes; the rest is in the raw message only."
        )
        return None
    found, end, junk = fields(block)
    if not known(found) and block.strip():
        found, body = {}, piece
    else:
        budget.header_bytes -= len(block)
        if end < len(block):
            body = piece[end:]
        if junk:
            budget.problem("A line in the header of a part is no header.")
    return part(found, body, default)


def _pieces(body: bytes, boundary: bytes, budget: Budget) -> Iterator[bytes]:
    """Yield what stands between the boundary lines."""
    mark = b"--" + boundary
    start = -1
    at = 0 if body.startswith(mark) else _next(body, mark, 0)
    while at >= 0:
        after = at + len(mark)
        line_end = body.find(b"\n", after)
        rest = body[after : line_end if line_end >= 0 else len(body)].rstrip(b" \t\r")
        if rest in (b"", b"--"):
            if start >= 0:
                yield body[start : _before(body, at)]
            if rest or line_end < 0:
                _epilogue(body, line_end, budget)
                return
            start = line_end + 1
        at = _next(body, mark, after)
    if start >= 0:
        budget.problem("The last part has no end mark; it may have been cut off.")
        yield body[start:]


def _next(body: bytes, mark: bytes, start: int) -> int:
    at = body.find(b"\n" + mark, max(0, start - 1))
    return at + 1 if at >= 0 else -1


def _before(body: bytes, at: int) -> int:
    """Return where the line before a boundary ends; its line end belongs to the boundary."""
    end = at - 1
    return end - 1 if end > 0 and body[end - 1 : end] == b"\r" else max(end, 0)


def _epilogue(body: bytes, line_end: int, budget: Budget) -> None:
    if line_end >= 0 and body[line_end:].strip():
        budget.problem("There is text after the last part; it is in the raw message only.")
