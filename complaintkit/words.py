"""Words as texts are searched by: lower case, without endings, the same for whoever wrote and whoever asks.

One analysis for every store, done here and not by a database, so that SQLite, PostgreSQL and the memory twin find the
same. Which endings a word loses is told by its script, not by the language of the text, which is often unknown or
mixed: Cyrillic letters by the Russian rules of Snowball, Latin ones by the English rules. Filipino words, too, go
through the latter, which leave nearly all of them as they are: we know of no sound stemmer for that language.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final
from unicodedata import normalize

LONGEST: Final = 40  # signs; what is longer is no word that anybody looks for
_WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLACEHOLDER: Final = re.compile(r"\[[a-z-]+\]")
_MARKS: Final = re.compile("[\u0300-\u0305\u0307-\u036f]|(?<!и)\u0306")  # all but the breve that makes й of и
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_LATIN: Final = re.compile("[a-z]")
# Words that say nothing of what a complaint is about, in English, Russian and Filipino.
_COMMON: Final = """
a about after again all also am an and any are as at be because been before being both but by can cannot could d did
do does doing don down during each few for from further get got had has have having he her here hers him himself his
how i if in into is it its itself just let like ll m may me might more most must my myself no nor not now of off on
once one only or other our ours out over own please re s same shall she should since so some still such t than that
the their theirs them themselves then there these they this those through to too under until up upon us ve very was
we were what when where which while who whom whose why will with within without would yet you your yours
а без более бы был была были было быть в вам вас ваш ваша ваши весь во вот все всего всех вы где да даже для до его
ее если есть еще же за здесь и из или им их к как какая какой ко когда кто ли либо лишь меня мне мной мое моего моей
моему мои моим моими моих мой моя мы на над нам нас наш наша наши не него нее нет ни них но ну о об однако он она
они оно от очень по под пока после потом при про просто с сам сама сами самый своего своей свои своим своими своих
свой своя себя так также такой там твои твой те тем тех то того тоже той только том тот ты у уже хотя чего чей чем
что чтобы чье эта эти этим этими этих это этого этой этом этот эту я
akin aking ako ang ano atin ating ay ba dahil daw din dito doon ganito ganoon hanggang hindi ho ito iyo iyon iyong
ka kami kanila kanilang kanya kanyang kapag kasi kay kaya kayo ko kung lamang lang mayroon mga mo muna na naman
namin nang nasa natin ng nga ngayon ni nila nito niya niyo noon nyo o pa pag para pero po rin sa sana si sila siya
tayo tungkol upang wala walang yan yun yung
"""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, as they are searched: stems in lower case.

    Left out are words that say nothing of what a complaint is about, plain figures, single letters, and the
    placeholders that stand where something personal was.

    Args:
        text: Any text, of whatever language; from outside, and never taken as syntax.
    """
    return tuple(_words(text))


def _words(text: str) -> Iterator[str]:
    common = _common()
    plain = normalize("NFKC", _PLACEHOLDER.sub(" ", text)).casefold()
    if not plain.isascii():
        plain = normalize("NFC", _MARKS.sub("", normalize("NFD", plain)))
    for found in _WORDS.finditer(plain):
        whole = found[0].replace("’", "'")
        if whole in common:
            continue
        # The part behind an apostrophe is an ending in English and says nothing: customer's, don't, we've.
        word = _stem(whole.partition("'")[0])
        if len(word) > 1 and not word.isdigit() and word not in common:
            yield word


@lru_cache(maxsize=65536)  # a language has some ten thousand words in use, and stemming is most of the work
def _stem(word: str) -> str:
    word = word[:LONGEST]
    if _CYRILLIC.search(word):
        return _russian()(word)
    return _english()(word) if _LATIN.search(word) else word


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.split())


# Imported when first used: few processes search. The plain classes, because the factory would take another
# implementation where one happens to be installed, and two machines might cut words differently.
@cache
def _english() -> Callable[[str], str]:
    from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]

    return lambda word: str(EnglishStemmer().stemWord(word))


@cache
def _russian() -> Callable[[str], str]:
    from snowballstemmer.russian_stemmer import RussianStemmer  # type: ignore[import-untyped]

    return lambda word: str(RussianStemmer().stemWord(word))
