"""Addresses: streets, houses, flats, postal codes, in the ways they are written in Russia, the Philippines, the
United Kingdom and the United States.
"""

import re
from typing import Final

from complaintkit.anonymous.marks import ADDRESS

_RU_NAME: Final = r"(?:\d{1,3}-?(?:й|я|го|ая|ый)?\s)?[А-ЯЁ][\w-]{1,40}(?:\s[А-ЯЁ][\w-]{1,40}){0,2}"
_RU_STREET: Final = (
    r"(?:ул\.|улиц\w{1,3}|пр-т\w?|пр\.|просп\.|проспект\w{0,2}|пер\.|переул\w{2,4}|б-р|бульвар\w{0,2}|ш\.|шоссе|"
    r"пл\.|площад\w{1,2}|наб\.|набережн\w{2,3}|мкр\.?|микрорайон\w{0,2}|проезд\w{0,2}|тупик\w{0,2}|пос\.|"
    r"пос[её]л\w{2,3}|деревн\w{1,2}|дер\.|сел[оае]|снт|р-н)"
)
_RU_HOUSE: Final = (
    r"(?:(?:д\.?|дом\w{0,2}|корп\.?|корпус\w{0,2}|к\.|стр\.|строени\w|кв\.?|квартир\w{1,2}|под\.|подъезд\w{0,2}|"
    r"оф\.|офис\w?)\s?№?\s?\d{1,4}\w?(?:/\d{1,3}\w?)?)"
)
_RU_NUMBER: Final = (
    rf"(?:[,\s]{{0,3}}(?:{_RU_HOUSE}|\d{{1,4}}[а-яА-Я]?(?:/\d{{1,3}}\w?)?(?![\w.-]|\s?(?:руб|дн|час|мин|лет|год|шт))))"
)
_RU: Final = re.compile(
    rf"(?:(?:\b\d{{6}},?\s)?\b(?:г\.|город\w?)\s?[А-ЯЁ][\w-]{{1,40}},?\s{{1,2}})?"
    rf"(?:\b(?i:{_RU_STREET})\s?{_RU_NAME}{_RU_NUMBER}{{0,4}}"
    rf"|\b(?i:{_RU_STREET})\s?[а-яё][\w-]{{2,40}}(?:\s[а-яё][\w-]{{2,40}})?{_RU_NUMBER}{{1,4}}"
    rf"|\b[А-ЯЁ][\w-]{{2,40}}(?:ая|ий|ой|ый|ом|ого|ском)\s(?i:улиц\w{{1,3}}|проспект\w{{0,2}}|переул\w{{2,4}}|шоссе|"
    rf"бульвар\w{{0,2}}|набережн\w{{2,3}}|площад\w{{1,2}}|проезд\w{{0,2}}){_RU_NUMBER}{{0,4}})"
)
_RU_LONELY: Final = re.compile(
    rf"\b{_RU_HOUSE}(?:[,\s]{{1,3}}{_RU_HOUSE}){{0,3}}(?!\w|\s?(?:дн|час|мин|лет|год))", re.IGNORECASE
)
_NAMED: Final = r"[A-Z][\w'.-]{0,40}"
_KINDS: Final = (
    r"Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Highway|Hwy|"
    r"Crescent|Close|Parkway|Pkwy|Circle|Cir|Trail|Extension|Ext"
)
_FLAT: Final = (
    r"(?:apt|apartment|unit|suite|ste|flat|rm|room|blk|block|lot|phase|house|hse|bldg|building|floor|ph)\.?\s?(?:no\.?\s?)?"
    r"#?\s?\d{1,5}[a-z]?\b"
)
_EN: Final = re.compile(
    rf"\b\d{{1,6}}[A-Za-z]?(?:-\d{{1,5}})?,?\s(?:{_NAMED}\s){{1,4}}(?:{_KINDS})\b\.?(?:,?\s(?i:{_FLAT})){{0,3}}"
    rf"|\b(?:{_NAMED}\s){{1,3}}(?:Street|Avenue|Road|Lane|Boulevard|Square|Terrace|Crescent)\b"
    rf"|\b(?i:p\.?\s?o\.?\s?box)\s?#?\s?\d{{1,8}}"
    rf"|\b(?i:barangay|brgy\.?|purok|sitio|subdivision)\s(?:{_NAMED}|\d{{1,4}}\w?)(?:\s{_NAMED}){{0,2}}"
    rf"|\b(?i:{_FLAT})(?:,?\s(?i:{_FLAT})){{0,3}}"
)
_STATES: Final = (
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|"
    r"W[AIVY]"
)
_POSTAL: Final = re.compile(
    rf"(?:\b[A-Z][a-z]{{1,30}}(?:\s[A-Z][a-z]{{1,30}})?,?\s)?\b(?:{_STATES})\s\d{{5}}(?:-\d{{4}})?\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
)


def without_addresses(text: str) -> str:
    """Return a text without what looks like the address of a house, a flat or a letter box."""
    for pattern in (_RU, _RU_LONELY, _EN, _POSTAL):
        text = pattern.sub(ADDRESS, text)
    return text
