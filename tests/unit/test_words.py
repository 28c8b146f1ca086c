"""Words as they are searched: without endings, the same for whoever wrote and whoever asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.words import LONGEST, words


@pytest.mark.parametrize(
    "forms",
    [
        "kettle kettles KETTLE kettle's Kettles’ ｋｅｔｔｌｅ",
        "refund refunds refunded refunding",
        "café cafe CAFÉS",
        "возврат возврата ВОЗВРАТУ возвраты возвратов",
        "ёлка елка Ёлки ёлку",
        "замо́к замок замка\u0301ми"[:13],
        "квитанция квитанции квитанцию квитанциями",
        "istanbul İstanbul ISTANBUL",
    ],
)
def test_forms_of_a_word_are_one_word(forms: str) -> None:
    """Case, endings, accents, the dots of ё and wide letters make no other word."""
    assert 1 == len(set(words(forms)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The kettle and the lid", ("kettl", "lid")),
        ("И чайник, и крышка", ("чайник", "крышк")),
        ("Sira po ang takure ko", ("sira", "takur")),
        ("paid 500 on 12.05.2026", ("paid",)),
        ("iPhone15, A320 and 4G", ("iphone15", "a320", "4g")),
        ("[name] wrote to [e-mail]", ("wrote",)),
        ("don't, can't, we've", ()),
        ("under_score-dash/slash", ("score", "dash", "slash")),
        ("йод и ёж", ("йод", "еж")),
        ("", ()),
    ],
)
def test_what_says_nothing_is_left_out(text: str, found: tuple[str, ...]) -> None:
    """Common words, plain figures, single letters and placeholders are no words to search by."""
    assert found == words(text)


@given(text=st.text(st.characters(codec=None)))
def test_words_are_plain(text: str) -> None:
    """Whatever somebody writes, its words hold letters and figures only, so that none is syntax anywhere."""
    for word in words(text):
        assert word.isalnum()
        assert 1 < len(word) <= LONGEST
        assert word == word.casefold()
        word.encode()


@given(first=st.text(), second=st.text())
def test_the_words_of_two_texts_are_those_of_each(first: str, second: str) -> None:
    """A text is cut the same way wherever it stands, so parts can be searched for in the whole."""
    assert (*words(first), *words(second)) == words(f"{first}\n{second}")
