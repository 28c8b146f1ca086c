"""Names: those that are known, in every case and ending; and those that something in the text announces."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import combining, normalize

from attrs import frozen

from complaintkit.anonymous.marks import MAIL, NAME, PHONE

WORD: Final = re.compile(r"[^\W\d_]+")
# Parts of names that are no names: particles, titles, forms of companies, and what forms call somebody unknown.
_PARTICLES: Final = """
de da di do dos du del della der den des el la las le los lo van von ter ten bin ibn al and or the of
mr mrs ms dr prof sir madam jr sr ii iii iv llc ltd inc co corp gmbh ооо оао зао пао ао ип
anonymous unknown client customer guest user complainant noname
аноним анонимно клиент клиентка гость пользователь покупатель заявитель неизвестно и
"""
NO_NAMES: Final = frozenset(_PARTICLES.split())
_CASES: Final = """
а я у ю е и ы о ь й ой ей ою ею ом ем ым им ого его ому ему ых их ыми ими ами ями ах ях ам ям ов ев
ий ый ая яя ую юю ию ии ие ией иям иях иями ью ье ьи ья ьей ьем ьям
"""
_ENDINGS: Final = frozenset(_CASES.split())
_LONG_ENDINGS: Final = ("ий", "ый", "ой", "ая", "яя")
_PLAIN_SOUNDS: Final = dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True))
_SOUNDS: Final = {
    **_PLAIN_SOUNDS, "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip


def folded(word: str) -> str:
    """Return a word as names are compared: without case, accents and the dots of ё."""
    plain = word.casefold()
    if plain.isascii():
        return plain
    bare = "".join(sign for sign in normalize("NFD", plain.replace("й", "\0")) if not combining(sign))
    return normalize("NFC", bare.replace("\0", "й"))


@frozen
class Names:
    """The names of the people of a case, taken apart.

    Attributes:
        exact: Parts as they are.
        stems: Parts without their ending, to which any Russian ending may come.
        short: Parts of one or two letters, and stems of two: taken for a name only where they begin with a capital.
        sounds: How parts sound that are written in Latin letters, so that they are known in Cyrillic ones.
        spoken: The same of parts in Cyrillic letters.
    """

    exact: frozenset[str]
    stems: frozenset[str]
    short: frozenset[str]
    sounds: frozenset[str]
    spoken: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Return names taken apart; what is no name in them is left out."""
        parts = {folded(word) for name in names for word in WORD.findall(name)} - NO_NAMES
        stems = {stem for part in parts if _cyrillic(part) for stem in _stems(part)}
        return cls(
            frozenset(part for part in parts if len(part) > 2),
            frozenset(stem for stem in stems if len(stem) > 2),
            frozenset(word for word in parts | stems if len(word) == 2),
            frozenset(_sound(form) for part in parts if not _cyrillic(part) for form in _forms(part)),
            frozenset(_sound(stem) for stem in stems),
        )

    def hidden(self, text: str) -> str:
        """Return a text without these names."""
        if not (self.exact or self.short):
            return text
        return WORD.sub(lambda found: NAME if self.knows(found[0], found[0][:1].isupper()) else found[0], text)

    def knows(self, word: str, capital: bool) -> bool:
        """Say whether a word is one of these names, or several written as one.

        Args:
            word: Letters only.
            capital: Whether it is to be taken as beginning with a capital, as short names have to.
        """
        plain = folded(word)
        return self._is_name(plain, capital) or any(
            plain.startswith(part) and self._is_name(plain[len(part) :], False) for part in self.exact
        )

    def _is_name(self, word: str, capital: bool) -> bool:
        if word in self.exact or (capital and word in self.short):
            return True
        if not _cyrillic(word):
            several = any(word.endswith(end) and word[: -len(end)] in self.exact for end in ("s", "es"))
            return several or _heard(_sound(word), self.spoken, capital)
        for length in range(min(3, len(word) - 2) + 1):
            stem, ending = word[: len(word) - length], word[len(word) - length :]
            if length and ending not in _ENDINGS:
                continue
            if stem in self.stems or (capital and stem in self.short) or _heard(_sound(stem), self.sounds, capital):
                return True
        return False


def _heard(sound: str, sounds: frozenset[str], capital: bool) -> bool:
    """Say whether a word sounds like a name; a short one only where it begins with a capital."""
    return len(sound) > (2 if capital else 3) and sound in sounds


def _cyrillic(word: str) -> bool:
    return "а" <= word[:1] <= "я"


def _stems(part: str) -> Iterable[str]:
    """Yield what a Russian name is without its ending, also where a vowel falls out before it: Павел, Павла."""
    yield part
    if len(part) > 4 and part.endswith(_LONG_ENDINGS):
        yield part[:-2]
    if part[-1] in "аеиоуыюяйь":
        yield part[:-1]
    elif len(part) > 2 and part[-2] in "ео" and part[-1] in "лкцвнр":
        yield part[:-2] + part[-1]
        yield part[:-2] + "ь" + part[-1]
    if len(part) > 3 and part.endswith(("ец", "яц")) and part[-3] in "аеиоуыэюя":
        yield part[:-2] + "йц"


def _forms(part: str) -> Iterable[str]:
    """Yield a name in Latin letters as it is, and as a Russian case has it that drops its last vowel."""
    yield part
    if len(part) > 3 and part[-2] in "eo" and part[-1] in "lknrv":
        yield part[:-2] + part[-1]


def _sound(word: str) -> str:
    """Return roughly how a name sounds, in Latin letters, without the vowels at its end."""
    latin = "".join(_SOUNDS.get(sign, sign) for sign in word)
    for written, spoken in (
        ("shch", "sh"),
        ("sch", "sh"),
        ("kh", "h"),
        ("x", "ks"),
        ("w", "v"),
        ("j", "i"),
        ("y", "i"),
    ):
        latin = latin.replace(written, spoken)
    latin = re.sub(r"i+", "i", latin)
    return latin.rstrip("aeiou")


# --- names that are not known, but announced

# Words that begin with a capital where a sentence does.
_PLAIN: Final = (
    r"the|i|in|on|at|my|he|she|they|we|it|this|that|there|when|after|and|but|so|as|if|for|to|who|was|said|told|then|id|"
    r"please|no|not|you|your|в|на|я|мы|он|она|они|это|но|и|а|по|за|с|у|о|не|как|что|при|для|после|когда|если|прошу|все"
)
_CAPITAL: Final = rf"(?!(?:{_PLAIN})\b)(?-i:[A-ZА-ЯЁ][\w'’-]{{1,40}})"
_NAMES: Final = rf"{_CAPITAL}(?:[ ]{{1,2}}{_CAPITAL}){{0,2}}"
_POLITE: Final = (
    r"(?!(?:sir|madam|customer|client|team|support|manager|service|colleagues?|all|friends?|department|director|office|"
    r"bank|company|клиент\w*|покупател\w*|господа|коллеги|заявител\w*|администраци\w*|руководств\w*|директор\w*|"
    r"компани\w*|друзья|сотрудни\w*|пользовател\w*)\b)"
)
_STAFF: Final = (
    r"manager|agent|operator|employee|courier|driver|doctor|nurse|representative|cashier|technician|supervisor|"
    r"clerk|colleague|neighbou?r|husband|wife|son|daughter|mother|father|менеджер\w*|оператор\w*|сотрудни\w*|"
    r"курьер\w*|водител\w*|продав\w*|консультант\w*|врач\w*|кассир\w*|мастер\w*|специалист\w*|инженер\w*|"
    r"сосед\w*|муж\w?|жен[аыуе]|сын\w{0,2}|дочь|дочери|мат[ьи]|отец|отц[ау]"
)
_BEFORE: Final = (
    r"\b(?:mr|mrs|ms|miss|dr|prof|atty|engr|gng|bb)\b\.?",
    r"\b(?:господин\w*|госпож\w*|гражданин\w*|гражданк\w*|гр\.|г-н\w?|г-ж\w?|тов\.)",
    rf"\b(?:dear|уважаем\w{{2,3}}|дорог(?:ой|ая)|здравствуйте,?|hello,?|hi,?|mahal na)(?=\s{_POLITE})",
    r"\b(?:my name is|i am called|signed(?: by)?[:,]?|меня зовут|мо[её] имя|ako po si|ako si|"
    r"ang pangalan ko(?: ay| po)*)",
    r"\b(?:regards|sincerely|truly|respectfully|wishes|faithfully|уважением|пожеланиями|подпись|gumagalang)"
    rf"[,.!:]?(?=\s{{1,4}}{_POLITE})",
    rf"\b(?:{_STAFF})(?:,? (?:named|called|by the name of|по имени|по фамилии|by name))?",
)
_ANNOUNCED: Final = re.compile(rf"({'|'.join(_BEFORE)})([ ]{{1,2}}|(?<=[,.!:])\s{{1,4}}|\n){_NAMES}", re.IGNORECASE)
_RU: Final = "[А-ЯЁ][а-яё]{1,40}"
_PATRONYMIC: Final = re.compile(
    rf"(?:{_RU}\s)?(?:{_RU}\s)?[А-ЯЁ][а-яё]{{1,20}}(?:[оеё]вич|[оеё]вн|иничн|ич)(?:а|у|ем|ом|е|ы|ой|)\b(?:\s{_RU})?"
)
_INITIALS: Final = re.compile(
    rf"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?{_RU}|\b{_RU}\s[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?"
    r"|\b[A-Z][a-z]{2,40}\s[A-Z]\.\s?[A-Z]\."
    r"|(?<![\w.])(?!U\.\s?[SK]\.|P\.\s?S\.|I\.)[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-Z][a-z]{2,40}\b"
)

_LEFT_OVER: Final = re.compile(rf"{NAME}(?:\s?[A-ZА-ЯЁ]\.){{1,2}}|(?<![\w.])(?:[A-ZА-ЯЁ]\.\s?){{1,2}}{NAME}")
_REACHED: Final = re.compile(rf"{_CAPITAL}(?:\s{_CAPITAL}){{1,2}}(?=\s?[,:;(<–-]?\s?[{MAIL}{PHONE}])")
_SIGNED: Final = re.compile(
    rf"[\s*_-]{{0,4}}(?!(?:thank\w*|regards|sincerely|спасибо|благодарю|salamat)\b)"
    rf"{_CAPITAL}(?:\s{_CAPITAL}|\s[A-ZА-ЯЁ]\.){{0,3}}[\s.,!]{{0,4}}",
    re.IGNORECASE,
)
_LAST: Final = 3  # lines at the end of a text among which a name may stand alone


def without_announced(text: str) -> str:
    """Return a text without names that a title, a greeting, a signature, a patronymic or initials announce."""
    found = _ANNOUNCED.sub(rf"\1\2{NAME}", _unsigned(text))
    found = _PATRONYMIC.sub(NAME, _REACHED.sub(NAME, found))
    return _LEFT_OVER.sub(NAME, _INITIALS.sub(NAME, found))


def _unsigned(text: str) -> str:
    """Return a text without a line at its end that is nothing but a name."""
    lines = text.rstrip().split("\n")
    for place in range(max(1, len(lines) - _LAST), len(lines)):
        if lines[place].strip() and len(lines[place]) < 100 and _SIGNED.fullmatch(lines[place]):
            lines[place] = NAME
    return "\n".join(lines)
