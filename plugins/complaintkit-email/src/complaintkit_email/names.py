"""Names of attachments: the sender's word, made harmless once and then checked."""

import re
import unicodedata

from complaintkit_email.limits import NAME_CHARACTERS

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_FORBIDDEN = frozenset('/\\:*?"<>|')
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ ()-]{0,100}\.[A-Za-z0-9]{1,8}")
# Written out: the system's own table differs from machine to machine.
_ENDINGS = {
    "message/rfc822": ".eml", "message/global": ".eml", "message/delivery-status": ".txt", "text/calendar": ".ics",
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/rtf": ".rtf", "application/rtf": ".rtf",
    "text/rfc822-headers": ".txt", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "application/pdf": ".pdf",
    "application/zip": ".zip", "application/msword": ".doc", "application/vnd.ms-excel": ".xls",
    "application/ms-tnef": ".dat", "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc",
    "application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m",
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/bmp": ".bmp", "image/tiff": ".tif",
    "image/webp": ".webp", "image/heic": ".heic", "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/wav": ".wav",
    "audio/mp4": ".m4a", "video/mp4": ".mp4", "video/quicktime": ".mov",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


def attachment_name(given: str, media_type: str, number: int) -> str:
    """Return a name that is no path, hides nothing and is at most 150 characters long, in normal form C.

    Args:
        given: The name as the message has it, decoded; may be empty or hostile.
        media_type: Gives the ending where a name has to be made up.
        number: Place among the attachments, from 1; tells made-up names apart.
    """
    if _PLAIN.fullmatch(given) and not _RESERVED.match(given):
        return given
    name = _cleaned(given)
    return name if fits(name) else f"part-{number}{ending(media_type)}"


def fits(name: str) -> bool:
    """Say whether a name is harmless; applied to what cleaning left, never to what came in."""
    return (
        0 < len(name) <= NAME_CHARACTERS
        and name == unicodedata.normalize("NFC", name)
        and not any(_bad(c) or _FORBIDDEN & set(unicodedata.normalize("NFKC", c)) for c in name)
        and ".." not in unicodedata.normalize("NFKC", name)
        and name[0] not in ". "
        and name[-1] not in ". "
        and not _RESERVED.match(name)
    )


def distinct(names: list[str]) -> list[str]:
    """Return the names with a number added where one stands for several attachments, upper or lower case."""
    seen: set[str] = set()
    out = []
    for name in names:
        stem, dot, end = name.rpartition(".")
        if not stem:
            stem, dot, end = name, "", ""
        candidate, count = name, 1
        while candidate.casefold() in seen:
            count += 1
            mark = f" ({count})"
            candidate = (stem[: NAME_CHARACTERS - len(mark + dot + end)] + mark + dot + end)[:NAME_CHARACTERS]
        seen.add(candidate.casefold())
        out.append(candidate)
    return out


def ending(media_type: str) -> str:
    """Return the usual ending of files of a media type, with its dot, or `.bin`."""
    return _ENDINGS.get(media_type, ".bin")


def _cleaned(given: str) -> str:
    # Characters are judged one by one by what they would become in compatibility form: a full-width slash is a slash.
    name = "".join(_harmless(c) for c in given[: 10 * NAME_CHARACTERS] if not _bad(c))
    name = unicodedata.normalize("NFC", name)
    name = re.sub(r"\s+", " ", re.sub(r"\.{2,}", ".", name)).strip(". ")
    if _RESERVED.match(name):
        name = "_" + name
    if len(name) > NAME_CHARACTERS:
        stem, dot, end = name.rpartition(".")
        if not stem or len(end) > 10:
            stem, dot, end = name, "", ""
        name = stem[: NAME_CHARACTERS - len(dot + end)].rstrip(". ") + dot + end
    return name


def _bad(character: str) -> bool:
    """Say whether a character is invisible, a control, a private or an unassigned one."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _harmless(character: str) -> str:
    if character.isascii():
        return "_" if character in _FORBIDDEN else character
    shape = unicodedata.normalize("NFKC", character)
    if set(shape) & _FORBIDDEN:
        return "_"
    return "." if shape.strip(".") == "" else " " if shape.isspace() else character
