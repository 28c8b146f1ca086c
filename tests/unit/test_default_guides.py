"""The guides, situations and phrases that are shipped: whole in every language, short, free of what they forbid."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

import pytest

from complaintkit.case.completeness import FACTS
from complaintkit.case.parts import Severity
from complaintkit.policy.guides import Guide, Item
from complaintkit.policy.situations import normal

from .cases import POLICY

LANGUAGES = {"en", "ru", "fil"}
# What is filled in by itself; the rest of the places are for whoever speaks or writes.
FILLED = {"name", "reference", "owner", "organisation", "contact", "answer_due"}
ITEMS = [(guide, item) for guide in POLICY.guides for item in guide.item]
NAMES = [guide.name_of(item) for guide, item in ITEMS]
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def places(text: str) -> set[str]:
    """Return the places of a text that are filled in by themselves."""
    return set(re.findall(r"\{([a-z_]+)\}", text)) & FILLED


def test_there_is_a_guide_for_what_is_asked_of_one() -> None:
    """Channels, hard talks, special situations, kinds of complaint, the steps of an answer: each has its guide."""
    wanted = {
        "telephone", "in-person", "email", "letter", "social", "acceptance", "deescalation", "difficult-caller",
        "vulnerable", "threat", "distress", "legal-threat", "media", "safety", "refusing", "apology", "holding",
        "answer", "closing", "staff", "delivery", "money", "goods", "privacy", "repeat", "anonymous",
    }  # fmt: skip
    assert wanted == {guide.code for guide in POLICY.guides}
    assert len(NAMES) == len(set(NAMES)) > 100


@pytest.mark.parametrize(("guide", "item"), ITEMS, ids=NAMES)
def test_an_item_can_be_read_in_every_language(guide: Guide, item: Item) -> None:
    """Question, help and wording are there in each language or in none, in its letters, short, with the same places."""
    assert set(guide.label) == LANGUAGES == set(item.question)
    for texts, longest in ((item.question, 140), (item.help, 330), (item.wording, 800)):
        assert set(texts) in (LANGUAGES, set())
        assert not texts or CYRILLIC.search(texts["ru"])
        assert not any(CYRILLIC.search(texts[language]) for language in texts if language != "ru")
        assert [] == [text for text in texts.values() if len(text.strip()) > longest]
        assert 1 >= len({frozenset(places(text)) for text in texts.values()})


@pytest.mark.parametrize(("guide", "item"), ITEMS, ids=NAMES)
def test_no_wording_says_what_our_own_check_would_remark(guide: Guide, item: Item) -> None:
    """Words we suggest put no fault on anybody, apologise for what happened, and promise by a date."""
    style = POLICY.style
    phrases = [normal(one) for table in (style.blame, style.hollow, style.vague) for one in chain(*table.values())]
    said = [normal(text) for text in item.wording.values()]
    assert [] == [(phrase, text) for text in said for phrase in phrases if re.search(rf"(?<!\w){phrase}", text)]


def test_what_is_asked_for_can_be_found() -> None:
    """Facts that items bring in are known, and those of a full acceptance add up to a hundred."""
    assert {item.fact for _, item in ITEMS if item.fact} <= set(FACTS)
    acceptance = next(guide for guide in POLICY.guides if guide.code == "acceptance")
    assert 100 == sum(item.weight for item in acceptance.item)
    assert {"what", "wanted", "who", "reach"} <= {item.fact for item in acceptance.item if item.weight >= 15}


def test_conditions_name_what_there_is() -> None:
    """A guide asks for channels, categories and situations that exist, so that it can come up at all."""
    codes = {category.code for category in POLICY.categories}
    channels = {"email", "form", "text", "phone", "letter", "social", "in_person"}
    situations = {one.name for one in POLICY.situations}
    for when in (guide.when for guide in POLICY.guides):
        assert set(when.channels) <= channels
        assert set(when.situations) <= situations
        assert all(any(code.startswith(one.rstrip("*")) for code in codes) for one in when.categories)
    assert situations <= set(chain(*(guide.when.situations for guide in POLICY.guides)))


def phrases() -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """Yield every shipped table of words."""
    for situation in POLICY.situations:
        yield situation.name, situation.words
    yield from (("blame", POLICY.style.blame), ("hollow", POLICY.style.hollow), ("vague", POLICY.style.vague))


@pytest.mark.parametrize(("name", "table"), list(phrases()))
def test_words_are_written_as_they_are_compared(name: str, table: Mapping[str, tuple[str, ...]]) -> None:
    """Words are in lower case without ё, each once, not so short as to stand everywhere, in every language or none."""
    assert set(table) in (LANGUAGES, set())
    for language, words in table.items():
        assert [] == [word for word in words if word != normal(word)], language
        assert len(words) == len(set(words)), language
        assert all(len(word) >= 3 for word in words)


def test_safety_comes_first() -> None:
    """What endangers people stands before everything else, and holds by category and severity without a word of it."""
    first = sorted(POLICY.guides, key=lambda guide: guide.order)[:3]
    assert ["safety", "distress", "threat"] == [guide.code for guide in first]
    safety = POLICY.work.situation("safety")
    assert safety is not None
    assert (("safety",), (Severity.CRITICAL,)) == (safety.categories, safety.severities)


def test_only_legal_is_asked_by_itself() -> None:
    """As shipped, one situation asks a department for an opinion, in words of each language."""
    asking = [one for one in POLICY.situations if one.opinion]
    assert [("legal", "legal")] == [(one.name, one.opinion.who) for one in asking if one.opinion]
    assert asking[0].opinion is not None
    assert LANGUAGES == set(asking[0].opinion.text)
