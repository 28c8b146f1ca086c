"""From bytes to text, whatever the message claims its character set to be."""

import codecs
import re
from functools import lru_cache

# What is written under these names is in truth one of the larger sets: the same choice as browsers make.
_LARGER = {
    "ascii": "utf-8", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874", "utf-8-sig": "utf-8",
}  # fmt: skip
_ALIASES = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "x-sjis": "cp932", "x-gbk": "gb18030", "cp-850": "cp850",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "x-mac-cyrillic": "mac_cyrillic", "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "windows-874": "cp874", "koi8": "koi8-r",
    "iso-2022-jp": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "win-1251": "cp1251", "x-cp1251": "cp1251",
}  # fmt: skip
# Codecs for other purposes than mail, some of them slow or able to raise anything on hostile input.
_NOT_IN_MAIL = {
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "raw-unicode-escape",
    "unicode-escape",
    "mbcs",
    "oem",
}
_MIXED_UP_WITH = {"iso2022_jp_ext": ("euc_jp", "cp932"), "iso2022_jp": ("euc_jp", "cp932"), "cp932": ("euc_jp",)}
_SCRIPTS = ["cp1251", "koi8_r", "cp866", "cp932", "euc_jp", "gb18030"]
_SAMPLE_BYTES = 8_000
_LOOKED_AT = 200_000
_RUN = re.compile(rb"[\x80-\xff]+")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=256)
def codec(name: str) -> str:
    """Return the codec for a charset name as found in mail, or an empty string for a name that means none."""
    name = name.strip(" \t\r\n'\"").lower()
    if not name or len(name) > 40 or not name.isascii() or not name.isprintable():
        return ""
    try:
        known = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError):
        return ""
    if known.name in _NOT_IN_MAIL or not getattr(known, "_is_text_encoding", True):
        return ""
    return _LARGER.get(known.name, known.name)


def decode(data: bytes, declared: str = "", hint: str = "") -> tuple[str, str]:
    """Return the text of the bytes, and a sentence about it where it had to be guessed.

    Args:
        data: The bytes, with any transfer encoding already taken off.
        declared: The charset the message claims.
        hint: A charset that the rest of the message uses, tried when the claim fails.
    """
    name = codec(declared) if declared else "utf-8"
    for candidate in dict.fromkeys((name, "utf-8", *_MIXED_UP_WITH.get(name, ()), codec(hint) if hint else "")):
        if candidate:
            text = _strictly(data, candidate)
            if text is not None:
                doubtful = candidate != name
                return text, f"The charset {_shown(declared)} does not fit; read as {candidate}." if doubtful else ""
    text, guessed = _guess(data, name if declared else "")
    return text, f"The charset {_shown(declared)} does not fit; read as {guessed}, which is a guess."


def readable(text: str) -> str:
    """Return the text with Unix line ends and without what no database and no screen can take."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", text).replace("\x0c", "\n")


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _guess(data: bytes, declared: str) -> tuple[str, str]:
    """Return a reading of bytes that fit neither their claim nor UTF-8, and what they were taken for."""
    # A slip in a long text of the declared set is likelier than another set.
    if declared:
        text = data.decode(declared, "replace")
        if text.count("\ufffd") * 100 <= len(text):
            return text, declared
    # Western letters outside ASCII stand alone or in pairs; a guess by statistics would take them for a rarer set.
    runs = _RUN.findall(data[:_LOOKED_AT])
    if sum(len(run) for run in runs if len(run) > 2) * 2 < sum(map(len, runs)):
        return data.decode("cp1252", "replace"), "cp1252"
    from charset_normalizer import from_bytes  # here: costs 20 ms, needed by one message in hundreds

    best = from_bytes(b" ".join(runs)[:_SAMPLE_BYTES], cp_isolation=_SCRIPTS).best()
    name = best.encoding if best else "cp1252"
    return data.decode(name, "replace"), name


def _shown(declared: str) -> str:
    shown = "".join(c for c in declared[:40] if c.isprintable())
    return f"'{shown}'" if shown else "that is missing"
