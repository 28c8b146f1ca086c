"""The words of an HTML body, with lines and table rows where a browser would put them."""

import html as entities
import re

from complaintkit_email import limits
from complaintkit_email.mime import Budget

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that cannot nest or close themselves; leaving them open means no depth.
_FLAT = frozenset(
    re.findall(r"\w+", "p br hr img input meta link li dt dd tr td th option thead tbody tfoot col area base wbr o v w")
)
_HIDDEN = ("script", "style", "head", "title", "template")
_BREAKING = frozenset(re.findall(r"\w+", "br p div tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote hr pre td th"))
_PICTURE = re.compile(r"data:[a-zA-Z]+/[a-zA-Z0-9.+-]+;base64,[A-Za-z0-9+/=\s]{100,}")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_INVISIBLE = re.compile(r"\s*[\"']?[^\"'<>]*?display\s*:\s*none", re.IGNORECASE)
_ROW = re.compile(r"<(/?)(?:table|tr|caption)\b", re.IGNORECASE)
_CELL = re.compile(r"<(/?)(?:td|th|tbody|thead|tfoot|colgroup|col)\b", re.IGNORECASE)
_MANY_LINES = re.compile(r"\n[ \t\xa0]*\n(?:[ \t\xa0]*\n)+")
_BLANKS = re.compile(r"[ \t\n]+")
_AROUND_LINE_END = re.compile(r"[ \t]*\n")


def words(markup: str, budget: Budget) -> str:
    """Return the readable text of HTML.

    Args:
        markup: The HTML; hostile for all we know.
        budget: What may still be laid out of this message; told where that did not do.
    """
    if len(markup) > limits.HTML_CHARACTERS // 10 and "data:" in markup:
        markup = _PICTURE.sub("", markup)
    cost = _cost(markup) if len(markup) <= budget.html_characters else None
    if cost is None or cost > budget.html_cost:
        return _in_short(markup, budget, "too large or too deep to lay out")
    budget.html_characters -= len(markup)
    budget.html_cost -= cost
    try:
        # Imported here: it costs 35 ms and only HTML-only mail needs it.
        from inscriptis import get_text  # type: ignore[import-untyped]
        from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]
        from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]

        text = _tidy(get_text(_unstyled(markup), ParserConfig(css=CSS_PROFILES["strict"])))
    except Exception:  # noqa: BLE001 - the HTML library raises what it likes; the words are read the plain way then
        return _in_short(markup, budget, "broken")
    return text or _in_short(markup, budget, "")


def _in_short(markup: str, budget: Budget, why: str) -> str:
    budget.problem(f"The HTML is {why}; only its words were taken." if why else "")
    if len(markup) > budget.html_looked_at:
        budget.problem(f"Only {limits.HTML_LOOKED_AT:,} characters of the HTML were looked at.")
        markup = markup[: budget.html_looked_at]
    budget.html_looked_at -= len(markup)
    return without_tags(markup)


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
    out.append(_BLANKS.sub(" ", first))
    for piece in pieces:
        if comment or piece.startswith("!--"):
            comment = "-->" not in piece
            if not comment and not hidden:
                out.append(_BLANKS.sub(" ", piece.partition("-->")[2]))
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
            out.append("<" + _BLANKS.sub(" ", piece))
            continue
        out.append("\n" if word.strip("/") in _BREAKING else "")
        out.append(_BLANKS.sub(" ", text) if closed else "")
    return _tidy(entities.unescape("".join(out)))


def _unstyled(markup: str) -> str:
    """Return the markup without styles and tables.

    A style could ask for a margin of a hundred million lines, and a table for as many columns of blanks; besides,
    tables in mails are there for the looks. What is styled to be invisible stays so.
    """

    def style(found: re.Match[str]) -> str:
        hidden = _INVISIBLE.match(markup, found.end(), found.end() + 500)
        return ' style="display:none" x=' if hidden else " x="

    markup = _STYLE.sub(style, markup)
    return _CELL.sub(r" <\1span ", _ROW.sub(r"<\1div ", markup))


def _cost(markup: str) -> int | None:
    """Return what laying out costs, nothing where too much: an element costs as much as it has others around it."""
    depth = cost = 0
    for slash, name in _TAG.findall(markup):
        cost += depth
        if name.lower() not in _FLAT:
            depth = max(depth - 1, 0) if slash else depth + 1
        if depth > limits.HTML_DEPTH or cost > limits.HTML_COST:
            return None
    return cost


def _tidy(text: str) -> str:
    return _MANY_LINES.sub("\n\n", _AROUND_LINE_END.sub("\n", text)).strip()
