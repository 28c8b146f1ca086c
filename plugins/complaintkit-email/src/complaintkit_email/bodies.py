"""What a person wrote, and which files came with it."""

from attrs import define, field

from complaintkit import Attachment
from complaintkit_email import html, limits
from complaintkit_email.charsets import decode, readable
from complaintkit_email.headers import fields, first, split, words
from complaintkit_email.mime import Budget, Part
from complaintkit_email.names import attachment_name, distinct

_SHOWN = frozenset(("text/plain", "text/html", "text/enriched", "text/richtext"))
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"))


@define(eq=False)
class Harvest:
    """What has been gathered from the parts of one message so far."""

    budget: Budget
    texts: list[str] = field(factory=list)
    files: list[tuple[str, str, bytes]] = field(factory=list)
    charset: str = ""

    def text(self) -> str:
        """Return the words, the parts one below the other."""
        text = self.texts[0] if len(self.texts) == 1 else "\n\n".join(t.strip("\n") for t in self.texts if t.strip())
        if len(text) > limits.TEXT_CHARACTERS:
            text = text[: limits.TEXT_CHARACTERS]
            self.budget.problem(f"The text is longer than {limits.TEXT_CHARACTERS:,} characters and was cut.")
        return text.strip()

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the files under harmless names, no two alike."""
        if not self.files:
            return ()
        names = [attachment_name(name, media_type, n) for n, (name, media_type, _) in enumerate(self.files, 1)]
        return tuple(
            Attachment(name, media_type, data)
            for name, (_, media_type, data) in zip(distinct(names), self.files, strict=True)
        )


def gather(part: Part, harvest: Harvest, depth: int = 0, *, shown: bool = True) -> None:
    """Add the words and files of a part and of all within it.

    Args:
        part: Where to look.
        harvest: What to add to.
        depth: How many parts this one is in.
        shown: Whether its words count; those of an alternative that was not chosen do not, its files do.
    """
    if not part.media_type.startswith("multipart/"):
        _leaf(part, harvest, depth, shown=shown)
        return
    if depth >= limits.DEPTH:
        harvest.budget.problem(f"Parts are nested deeper than {limits.DEPTH}; the rest is in the raw message only.")
        return
    if part.media_type == "multipart/encrypted":
        harvest.budget.problem("The message is encrypted and we hold no key; its parts are kept as files.")
    inner = part.inner(harvest.budget)
    if not inner:
        harvest.budget.problem("The boundary between the parts is missing; all was read as plain text.")
        if shown and part.body.strip():
            harvest.texts.append(_text(part, harvest))
    elif part.media_type == "multipart/alternative":
        _choose(inner, harvest, depth + 1, shown=shown)
    else:
        for child in inner:
            gather(child, harvest, depth + 1, shown=shown)


def _choose(inner: list[Part], harvest: Harvest, depth: int, *, shown: bool) -> None:
    """Take the words of one alternative, plain text before anything else, and the files of all."""
    chosen = None
    if shown:
        # The sender's best alternative stands last; plain text is best for us, wherever it stands.
        ranked = [p for p in inner if _plain(p, harvest.budget, depth)] + inner[::-1]
        for child in dict.fromkeys(p for p in ranked if p.media_type in _SHOWN or p.inner(harvest.budget)):
            texts, files = len(harvest.texts), len(harvest.files)
            gather(child, harvest, depth)
            if any(text.strip() for text in harvest.texts[texts:]):
                chosen = child
                break
            del harvest.texts[texts:], harvest.files[files:]
    for child in inner:
        if child is not chosen:
            gather(child, harvest, depth, shown=False)


def _plain(part: Part, budget: Budget, depth: int) -> bool:
    """Say whether a part's words are plain text."""
    if part.media_type == "text/plain":
        return part.disposition()[0] != "attachment"
    if depth >= limits.DEPTH:
        return False
    return any(_plain(child, budget, depth + 1) for child in part.inner(budget)[:1])


def _leaf(part: Part, harvest: Harvest, depth: int, *, shown: bool) -> None:
    disposition, name = part.disposition()
    # Some mailers give even the body a name; the first text counts as body unless it is called an attachment.
    body = part.media_type in _SHOWN and disposition != "attachment" and (not name or (depth == 0 or not harvest.texts))
    if body:
        if shown:
            harvest.texts.append(_text(part, harvest))
        return
    data, problem = part.content()
    harvest.budget.problem(problem)
    if part.media_type in _SEALED:
        harvest.budget.problem("A part is sealed or encrypted (S/MIME or PGP); what it says cannot be read here.")
    if part.media_type == "message/rfc822" and not name:
        name = _subject(data)
    if data or name:
        harvest.files.append(
            (words(name.encode("utf-8", "replace"), harvest.charset) if name else "", part.media_type, data)
        )


def _subject(data: bytes) -> str:
    """Return a file name for a message within the message, from its subject."""
    try:
        subject = words(first(fields(split(data, limits.HEADER_BYTES)[0])[0], b"subject", 500))
    except ValueError:
        return ""
    return f"{subject}.eml" if subject else ""


def _text(part: Part, harvest: Harvest) -> str:
    data, problem = part.content()
    harvest.budget.problem(problem)
    text = _decoded(data, part, harvest)
    if part.media_type == "text/html":
        return html.words(text, harvest.budget)
    return html.without_tags(text) if part.media_type in ("text/enriched", "text/richtext") else text


def _decoded(data: bytes, part: Part, harvest: Harvest) -> str:
    declared = part.charset or (html.charset(data) if part.media_type == "text/html" else "")
    if declared and not harvest.charset:
        harvest.charset = declared
    text, problem = decode(data, declared, harvest.charset)
    harvest.budget.problem(problem)
    return readable(text)
