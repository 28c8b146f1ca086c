"""Takes out of a text what tells who it is about: for what others may read, such as precedents.

What is known of the people of a case goes whatever its form; beyond that rules look for what usually tells a person:
addresses, numbers, names where a title, a greeting or a signature announces one. A name that nobody knows and nothing
announces stays: rules cannot tell it from any other word. What was paid, and when, stays as well: it is what a decision
is about.
"""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

from attrs import frozen

from complaintkit.anonymous.figures import without_cards, without_codes, without_numbers
from complaintkit.anonymous.marks import LINK, MAIL, MARKS, NAME, NUMBER, REFERENCE
from complaintkit.anonymous.names import Names, without_announced
from complaintkit.anonymous.places import without_addresses

LONGEST: Final = 20_000  # signs of a text that are looked at; the rest is left out
_OURS: Final = re.compile("[\ue000-\uf8ff]")  # signs that mean nothing to anybody else, so that we may use them
_STRAY: Final = re.compile("[\u0300-\u036f]")  # marks that belong to no letter
_NUMBER_SIGN: Final = "\uf8ff"
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,200}(?:@|\s?[(\[](?:at|собака)[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}"
)
_LINK: Final = re.compile(
    r"(?:\b[a-z]{2,10}://|\bwww\.)\S{0,2000}[\w/]"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,4}(?:com|net|org|info|biz|edu|gov|shop|site|online|io|ru|su|рф|kz|ua|ph|"
    r"uk|de|fr|eu|cn|jp)(?![\w.-]*\w)(?:/(?:\S{0,2000}[\w/])?)?",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@])@\w{2,64}")
_REFERENCE: Final = re.compile(r"\bCK-?[0-9A-Z]{4}-?[0-9A-Z]{4}\b", re.IGNORECASE)
_EVERYBODYS: Final = frozenset(
    ("info", "mail", "office", "sales", "service", "support", "admin", "contact", "hello", "help")
)
_AGAIN: Final = tuple((re.compile(rf"{mark}(?:[ \t-]{{0,2}}{mark})+"), mark) for mark in MARKS)


@frozen(init=False)
class Known:
    """What is known of the people of a case.

    Args:
        names: Their names, in any order of parts.
        marks: Whatever else tells them: e-mail addresses, telephone and customer numbers, handles.
    """

    names: Names
    marks: tuple[str, ...]

    def __init__(self, names: Iterable[str] = (), marks: Iterable[str] = ()) -> None:
        plain = {plain_text(mark).strip() for mark in marks}
        self.__attrs_init__(Names.of(map(plain_text, names)), tuple(sorted(filter(None, plain), key=len, reverse=True)))


def anonymised(text: str, known: Known) -> str:
    """Return a text with placeholders such as `[name]` where something told who it is about.

    Args:
        text: Any text; of a very long one the beginning.
        known: What is known of the people of the case.
    """
    found = plain_text(text[:LONGEST])
    for mark in known.marks:
        found = _without_mark(found, mark)
    for pattern, sign in ((_MAIL, MAIL), (_LINK, LINK), (_HANDLE, NAME), (_REFERENCE, REFERENCE)):
        found = pattern.sub(sign, found)
    found = without_addresses(without_codes(without_cards(found)))
    found = known.names.hidden(without_numbers(found))
    found = without_announced(found)
    for again, sign in _AGAIN:
        found = again.sub(sign, found)
    for sign, word in MARKS.items():
        found = found.replace(sign, word)
    return found.strip()


def plain_text(text: str) -> str:
    """Return a text with one form for each letter and without invisible signs, so that nothing hides behind them."""
    if text.isascii():
        return text
    kept = normalize("NFKC", _OURS.sub("", text).replace("№", _NUMBER_SIGN))
    visible = "".join(sign for sign in kept if category(sign) not in ("Cf", "Cs"))
    return _STRAY.sub("", visible).replace(_NUMBER_SIGN, "№")


def _without_mark(text: str, mark: str) -> str:
    """Return a text without something that is known, whatever stands between its figures if it is a number."""
    mark = mark.lstrip("@")
    if "@" in mark:
        local = mark.partition("@")[0]
        text = _exactly(mark).sub(MAIL, text)
        # Half an address tells as much as the whole, unless everybody's begins like that.
        return text if local.casefold() in _EVERYBODYS or len(local) < 4 else _exactly(local).sub(NAME, text)
    digits = re.sub(r"[\s()+.-]", "", mark)
    if digits.isdecimal() and len(digits) > 4:
        # The last ten are the same however a country is dialled, or is not.
        own, gap = digits[-10:], r"[\s()./-]{0,3}"
        abroad = rf"(?:\+?\d{{1,5}}{gap})?" if len(own) > 6 else ""
        return re.sub(rf"(?<!\d){abroad}{gap.join(own)}(?!\d)", NUMBER, text)
    sign = NUMBER if any(one.isdigit() for one in mark) else NAME
    return _exactly(mark).sub(sign, text) if len(mark) > 2 else text


def _exactly(mark: str) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, {mark, mark.upper(), mark.lower(), mark.casefold()}))
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])", re.IGNORECASE)
