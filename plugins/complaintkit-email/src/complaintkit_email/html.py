"""The words of an HTML body, with lines and table rows where a browser would put them."""

import html as entities
import re

from complaintkit_email import limits

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that cannot nest or close themselves; leaving them open means no depth.
_FLAT = frozenset(
    re.findall(r"\w+", "p br hr img input meta link li dt dd tr td th option thead tbody tfoot col area base wbr o v w")
)
_HIDDEN = ("script", "style", "head", "title", "template")
_BREAKING = frozenset(re.findall(r"\w+", "br p div tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote hr pre td th"))
_PICTURE = re.compile(r"data:[a-zA-Z]+/[a-zA-Z0-9.+-]+;base64,[A-Za-z0-9+/=\s]{100,}")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_MANY_LINES = re.compile(r"\n[ \t\xa0]*\n(?:[ \t\xa0]*\n)+")
_LINE_END_SPACE = re.compile(r"[ \t]+\n")


def words(markup: str) -> tuple[str, str]:
    """Return the readable text of HTML, and a sentence where it could not be laid out.

    Args:
        markup: The HTML; hostile for all we know.
    """
    if len(markup) > limits.HTML_CHARACTERS // 10 and "data:" in markup:
        markup = _PICTURE.sub("", markup)
    if len(markup) > limits.HTML_CHARACTERS or _deep(markup):
        return _tidy(without_tags(markup)), "The HTML is too large or too deep to lay out; only its words were taken."
    try:
        # Imported here: it costs 35 ms and only HTML-only mail needs it.
        from inscriptis import get_text  # type: ignore[import-untyped]

        text = get_text(markup)
    except Exception:  # noqa: BLE001 - the HTML library raises what it likes; the words are read the plain way then
        return _tidy(without_tags(markup)), "The HTML is broken; only its words were taken."
    if not text.strip():
        text = without_tags(markup)
    return _tidy(text), ""


def charset(data: bytes) -> str:
    """Return the charset that HTML claims in its own head, or an empty string."""
    found = _CHARSET.search(data[:4_000])
    return found[1].decode("ascii") if found else ""


def without_tags(markup: str) -> str:
    """Return the text between the tags, in time that grows with the length only."""
    out: list[str] = []
    hidden = ""
    comment = False
    first, *pieces = markup.split("<")
    out.append(first)
    for piece in pieces:
        if comment or piece.startswith("!--"):
            comment = "-->" not in piece
            if not comment and not hidden:
                out.append(piece.partition("-->")[2])
            continue
        tag, closed, text = piece.partition(">")
        name = re.match(r"/?[a-zA-Z0-9]*", tag)
        word = name[0].lower() if name else ""
        if hidden:
            hidden = "" if word == "/" + hidden else hidden
        elif word in _HIDDEN and not tag.endswith("/"):
            hidden = word
        if hidden:
            continue
        if not word.strip("/") and not tag.startswith(("!", "?")):
            out.append("<" + piece)
            continue
        out.append("\n" if word.strip("/") in _BREAKING else "")
        out.append(text if closed else "")
    return entities.unescape("".join(out))


def _deep(markup: str) -> bool:
    depth = 0
    for slash, name in _TAG.findall(markup):
        if name.lower() not in _FLAT:
            depth = max(depth - 1, 0) if slash else depth + 1
            if depth > limits.HTML_DEPTH:
                return True
    return False


def _tidy(text: str) -> str:
    return _MANY_LINES.sub("\n\n", _LINE_END_SPACE.sub("\n", text)).strip()
