"""The texts that are shipped: categories with their words, and the wording of every notice."""

import re
import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from complaintkit.case.parts import Severity
from complaintkit.message import Occasion

LANGUAGES = {"en", "ru", "fil"}
PLACES = {
    "acknowledgement": {"reference", "owner", "answer_due", "contact", "organisation"},
    "interim": {"reference", "owner", "answer_due", "contact", "organisation", "text"},
    "reply": {"reference", "owner", "contact", "organisation", "text"},
    "response": {"reference", "owner", "contact", "organisation", "text"},
    "owner": {"reference", "owner", "answer_due"},
    "overdue": {"reference", "owner", "clock", "due"},
    "escalation": {"reference", "owner", "clock", "level", "answer_due"},
    "alarm": {"reference", "owner", "stage", "text"},
}


def shipped(name: str) -> dict[str, Any]:
    """Read a file of defaults."""
    return tomllib.loads((files("complaintkit.policy") / "defaults" / f"{name}.toml").read_text("utf-8"))


CATEGORIES = shipped("categories")["category"]
CODES = [category["code"] for category in CATEGORIES]
FOLDER = files("complaintkit.policy") / "defaults" / "templates"
FILES = [tomllib.loads(file.read_text("utf-8")) for file in FOLDER.iterdir() if file.name.endswith(".toml")]
TEMPLATES = {key: value for file in FILES for key, value in file.items() if key != "version"}
TEXTS = [(occasion, language) for occasion, languages in TEMPLATES.items() for language in languages]


def test_no_occasion_stands_in_two_files() -> None:
    """Each occasion is worded in one file."""
    occasions = [key for file in FILES for key in file if key != "version"]
    assert sorted(set(occasions)) == sorted(occasions)


def test_every_occasion_has_every_language() -> None:
    """There is a text for each occasion on which a notice can be written, in each language."""
    assert set(get_args(Occasion)) == set(TEMPLATES)
    assert dict.fromkeys(TEMPLATES, LANGUAGES) == {occasion: set(TEMPLATES[occasion]) for occasion in TEMPLATES}


@pytest.mark.parametrize(("occasion", "language"), TEXTS)
def test_places_are_the_same_in_every_language(occasion: str, language: str) -> None:
    """A text has exactly the places its occasion has facts for, named plainly, and no other brace."""
    text = TEMPLATES[occasion][language]
    whole = f"{text['subject']}\n{text['body']}"
    english = " ".join(TEMPLATES[occasion]["en"].values())
    assert PLACES.get(occasion, set(re.findall(r"\{([a-z_]+)\}", english))) == set(re.findall(r"\{([a-z_]+)\}", whole))
    assert "" == "".join(re.findall(r"[{}]", re.sub(r"\{[a-z_]+\}", "", whole)))
    assert "\n" not in text["subject"]
    assert "{reference}" in text["subject"] or occasion == "digest", "only a list is about no single case"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_acknowledgement_has_its_six_parts(language: str) -> None:
    """Received, what happens next, who, by when, how to correct, contact: a paragraph each, none quoting."""
    paragraphs = TEMPLATES["acknowledgement"][language]["body"].strip().split("\n\n")
    _, received, after, who, when, correct, contact, _ = paragraphs
    assert "{reference}" in received
    assert ":" in after
    assert "{owner}" in who
    assert "{answer_due}" in when
    assert "{reference}" in correct
    assert "{contact}" in contact
    assert "{text}" not in "".join(paragraphs)


@pytest.mark.parametrize(("occasion", "language"), TEXTS)
def test_nobody_is_told_what_they_feel(occasion: str, language: str) -> None:
    """No text belittles a complaint as a feeling or an inconvenience."""
    body = TEMPLATES[occasion][language]["body"].casefold()
    assert [] == [phrase for phrase in ("you feel", "inconvenience", "неудобств", "abala") if phrase in body]


def test_codes_are_unique_and_severities_known() -> None:
    """Each code stands once; dangers to people and to their data are grave from the start."""
    assert len(CODES) == len(set(CODES))
    severities = {category["code"]: Severity(category["severity"]) for category in CATEGORIES}
    assert {"safety", "privacy"} == {code for code, severity in severities.items() if severity is Severity.HIGH}


@pytest.mark.parametrize("category", CATEGORIES, ids=CODES)
def test_a_category_can_be_understood_in_every_language(category: dict[str, Any]) -> None:
    """A category has a label and words per language, says what it is, what belongs to it and what does not."""
    assert LANGUAGES == set(category["label"]) == set(category["words"])
    assert category["definition"]
    assert category["includes"]
    assert category["excludes"]
    assert category["field"] in {"general", "finance", "public"}


@pytest.mark.parametrize("category", CATEGORIES, ids=CODES)
def test_an_exclusion_names_an_existing_category(category: dict[str, Any]) -> None:
    """Where an exclusion points elsewhere in brackets, there is such a category."""
    named = [
        code for line in category["excludes"] for code in re.findall(r"[a-z]+(?:-[a-z]+)*", line.partition("(")[2])
    ]
    assert set(named) <= set(CODES)


@pytest.mark.parametrize("category", CATEGORIES, ids=CODES)
def test_words_are_written_as_they_are_compared(category: dict[str, Any]) -> None:
    """A keyword is in lower case without ё, curly apostrophe or stray blank, stands once, weighs 1 to 8."""
    for language, words in category["words"].items():
        keys = [key for key, _ in words]
        assert [] == [
            key for key in keys if key != " ".join(key.casefold().replace("ё", "е").replace("’", "'").split())
        ]
        assert [] == sorted({key for key in keys if keys.count(key) > 1}), language
        assert all(1 <= weight <= 8 for _, weight in words)
        assert all(len(key) >= 3 for key in keys)


def test_no_two_categories_are_called_the_same() -> None:
    """Nobody has to guess between two categories with one label."""
    for language in LANGUAGES:
        labels = [category["label"][language] for category in CATEGORIES]
        assert len(labels) == len(set(labels))
