"""Numbers that lead to somebody: of cards, accounts, contracts, documents, telephones. Amounts and dates stay."""

import re
from typing import Final

from complaintkit.anonymous.marks import DATE, NUMBER, PHONE

# What is counted, or paid: a figure beside it is no number of anything.
_COUNTED: Final = (
    r"(?:days?|weeks?|months?|hours?|minutes?|mins?|years?|times|pcs|pieces|items?|people|km|kg|%|percent|"
    r"дн\w*|день|недел\w*|месяц\w*|час\w*|минут\w*|год\w*|лет|раз\w?|шт\w*|человек\w*|км|кг|процент\w*|"
    r"araw|linggo|buwan|taon|oras)"
)
_MONEY: Final = (
    r"(?:[$€£¥₽₱]|usd|eur|rub|php|gbp|dollars?|euros?|pounds?|pesos?|piso|cents?|rubles?|roubles?|"
    r"р(?:уб\w*)?\b|коп\w*|тыс\w*|млн|доллар\w*|евро|thousand|k\b)"
)
_IS_COUNTED: Final = re.compile(rf"\s{{0,2}}(?:{_COUNTED}|{_MONEY})(?!\w)|\s?[$€£¥₽₱%]", re.IGNORECASE)
_IS_PAID: Final = re.compile(r"(?:[$€£¥₽₱]|\b(?:usd|eur|rub|php|gbp|p|rs))\s?$", re.IGNORECASE)
_BORN: Final = re.compile(
    r"((?:\bborn|\bbirth\w*|\bdob|\bрожд\w*|\bродил\w*|\bд\.\s?р\.?|\bг\.\s?р\.?|\bipinanganak)[^\d\n]{0,20})"
    r"\d{1,4}[./ -]\w{1,9}[./ -]\d{1,4}",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_PLATE: Final = re.compile(r"\b[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2}\s?\d{0,3}\b", re.IGNORECASE)
_CALLED: Final = (
    r"order|invoice|contract|agreement|account|acct|a/c|card|case|ticket|claim|policy|passport|tracking|track|reference|"
    r"ref|booking|reservation|serial|receipt|bill|meter|membership|loyalty|customer|client|member|application|licen[cs]e|"
    r"ssn|tin|sss|id|ending(?: in| with)?|zip(?: code)?|postcode|postal code|pin|vin|imei|"
    r"заказ\w*|договор\w*|счет\w*|счёт\w*|карт\w*|полис\w*|паспорт\w*|сери[яи]\w*|трек\w*|накладн\w*|обращени\w*|заявк\w*|"
    r"заявлени\w*|квитанци\w*|чек\w*|снилс|инн|огрн|бик|индекс\w*|номер\w*|бронь|брони\w*|бронировани\w*|счетчик\w*|"
    r"order number|pasaporte|resibo|kontrata"
)
_AFTER_WORD: Final = re.compile(
    rf"(\b(?:{_CALLED})(?:[\s:.-]{{1,3}}(?:no|nr|num|number|id|номер\w*|is|was|от))?[\s:.,=-]{{0,3}}(?:№|#)?\s?)"
    r"((?=[\w/-]*\d)[\w/-]{3,40})(?![\w/])",
    re.IGNORECASE,
)
_AFTER_SIGN: Final = re.compile(r"((?:№|#|\bno\.|\bnr\.)\s?)((?=[\w/-]*\d)[\w/-]{3,40})(?<!ФЗ)", re.IGNORECASE)
_CODE: Final = re.compile(r"(?<![\w/-])(?=[\w/-]*[^\W\d_])(?=(?:(?:[^\W\d]|[/-]){0,60}\d){5})[\w/-]{5,60}(?![\w/])")
_IP: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_DAY: Final = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[./-]\d{1,2}[./-]\d{1,2})\.?")
_AMOUNT: Final = re.compile(r"\d{1,9}\.\d{1,2}")
_DECIMALS: Final = re.compile(r"[.,]\d{1,2}(?!\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:([ .])\d{3})(?:\1\d{3})*")
_GROUPS: Final = r"\(?\d{2,4}\)?(?:[ .-]{1,2}\d{2,4}){1,4}"
_PHONE: Final = re.compile(rf"(?<![\w.,/-])(?:\+\d{{1,3}}[ .-]?|[780][ .-]?)?{_GROUPS}(?![\w/]|[.,-]\d)")
_PLUS: Final = re.compile(r"(?<!\w)\+\d[\d ().-]{6,20}\d(?!\w)")
_CARD: Final = re.compile(r"(?<![\w-])(?:\d{4}[ -]){3}\d{1,7}(?!\w)|(?<![\w-])\d{4}[ -]\d{6}[ -]\d{5}(?!\w)")
_PAPER: Final = re.compile(r"(?<![\w-])(?:\d{2} ?\d{2} \d{6}|\d{3}-\d{3}-\d{3}[ -]\d{2}|\d{3}-\d{2}-\d{4})(?!\w)")
_LONG: Final = re.compile(r"(?<![\w.,])\d[\d/.–-]{4,60}\d(?!\w)")
_USUAL: Final = (7, 9, 10, 11)  # figures of a telephone number that is written without a plus and with spaces


def without_cards(text: str) -> str:
    """Return a text without figures that are written as those of cards, accounts and papers are."""
    for pattern in (_IBAN, _CARD, _PAPER):
        text = pattern.sub(NUMBER, text)
    return text


def without_codes(text: str) -> str:
    """Return a text without what is called a number of something, and codes of letters and figures."""
    found = _PLATE.sub(NUMBER, _BORN.sub(rf"\1{DATE}", text))
    found = _AFTER_WORD.sub(_called, found)
    found = _AFTER_SIGN.sub(rf"\1{NUMBER}", found)
    return _CODE.sub(NUMBER, found)


def _called(found: re.Match[str]) -> str:
    counted = _IS_COUNTED.match(found.string, found.end())
    return found[0] if counted or _DAY.fullmatch(found[2]) else f"{found[1]}{NUMBER}"


def without_numbers(text: str) -> str:
    """Return a text without other long figures: of telephones, above all."""
    found = _PLUS.sub(PHONE, _IP.sub(NUMBER, text))
    found = _PHONE.sub(_phone, found)
    return _LONG.sub(_long, found)


def _phone(found: re.Match[str]) -> str:
    whole, digits = found[0], _digits(found[0])
    if digits < 7 or _meant(found) or (digits not in _USUAL and not set(whole) & set("+(-")):
        return whole
    return PHONE


def _long(found: re.Match[str]) -> str:
    return found[0] if _digits(found[0]) < 6 or _meant(found) else NUMBER


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _meant(found: re.Match[str]) -> bool:
    """Say whether a figure tells an amount or a day, and not somebody."""
    text, whole = found.string, found[0]
    if (
        _DAY.fullmatch(whole)
        or _AMOUNT.fullmatch(whole)
        or (_THOUSANDS.fullmatch(whole) and (_digits(whole) < 7 or "." in whole))
    ):
        return True
    end = decimals.end() if (decimals := _DECIMALS.match(text, found.end())) else found.end()
    paid = _IS_PAID.search(text[max(0, found.start() - 8) : found.start()])
    return bool(decimals or paid or _IS_COUNTED.match(text, end))
