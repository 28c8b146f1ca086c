"""Past decisions at the command line: found by words and by a complaint, shown, worked out anew."""

from pathlib import Path

import pytest

from tests.journeys.desk_in_a_folder import Shell

LETTERS = {
    "kettle": "The kettle came broken, and the parcel was badly packed. Anna Petrova, anna@example.org",
    "refund": "I sent the shoes back a month ago. Where is my money?",
    "чайник": "Чайник пришёл разбитым, посылка была плохо упакована.",
}
NOW = "2026-03-02T09:00Z"


def taken_in(desk: Shell, text: str) -> str:
    """Take in a letter and return the reference of its complaint."""
    letter = desk.folder / f"{abs(hash(text))}.txt"
    letter.write_text(text, encoding="utf-8")
    reference: str = desk.works("receive", letter, "--channel", "letter", "--now", NOW, "--json").json[0]["reference"]
    return reference


def settled(desk: Shell, text: str) -> str:
    """Take in a letter, settle its complaint at first contact, and return the reference."""
    reference = taken_in(desk, text)
    desk.works(
        "cases", "act", reference, "settle_now", "--category", "delivery-damaged", "--remedy", "replacement",
        "--text", "A new one is on its way.", "--evidence", "agreed on the telephone", "--finding", "seen on a photo",
        "--by", "irina", "--now", NOW,
    )  # fmt: skip
    return reference


@pytest.fixture
def past(desk: Shell) -> tuple[Shell, dict[str, str]]:
    """Return a desk with three decided complaints, and their references."""
    return desk, {name: settled(desk, text) for name, text in LETTERS.items()}


def test_past_decisions_are_found_and_shown(past: tuple[Shell, dict[str, str]]) -> None:
    """By words in another form, in two languages; what is shown has the verdict and nobody's name."""
    desk, references = past
    found = desk.works("precedents", "find", "broken", "kettles")
    assert [references["kettle"]] == [line.split()[0] for line in found.out.splitlines()[2:]]
    assert "See one with" in found.err
    assert references["чайник"] == desk.works("precedents", "find", "разбитые чайники", "--json").json[0]["reference"]
    shown = desk.works("precedents", "show", references["kettle"])
    for words in ("upheld", "replacement", "A new one is on its way.", "badly packed. [name], [e-mail]"):
        assert words in shown.out
    assert "Anna" not in shown.out
    document = desk.works("precedents", "show", references["kettle"], "--json").json
    assert ("upheld", [{"remedy": "replacement", "amount": None, "currency": ""}]) == (
        document["outcome"],
        document["remedies"],
    )
    nothing = desk.works("precedents", "find", "umbrella")
    assert "None." in nothing.err


def test_they_are_offered_with_a_complaint(past: tuple[Shell, dict[str, str]]) -> None:
    """Whoever looks at a new complaint sees how those like it were decided; once it is decided itself, no more."""
    desk, references = past
    new = taken_in(desk, "My kettle is broken")
    like = desk.works("precedents", "find", "--like", new, "--json").json
    assert references["kettle"] == like[0]["reference"]
    assert new not in [one["reference"] for one in like]
    shown = desk.works("cases", "show", new, "--now", NOW).out
    assert f"Decided before, and like this one\n{references['kettle']}  upheld, replacement" in shown
    assert "Decided before" not in desk.works("cases", "show", references["kettle"], "--now", NOW).out


def test_wrong_use_is_told(past: tuple[Shell, dict[str, str]]) -> None:
    """What is missing or contradicts itself is named; a case that is no precedent says why that may be."""
    desk, references = past
    for words, said in (
        (["find"], "a text or --like"),
        (["find", "kettle", "--like", references["kettle"]], "one of the two"),
        (["find", "--like", references["kettle"], "--category", "refund"], "leave them out"),
    ):
        told = desk("precedents", *words)
        assert 2 == told.code
        assert said in told.err
    told = desk("precedents", "show", taken_in(desk, "My kettle is broken"))
    assert 1 == told.code
    assert "is no precedent: it is undecided" in told.err


def test_they_are_worked_out_anew(past: tuple[Shell, dict[str, str]], tmp_path: Path) -> None:
    """A database that had none has all of them afterwards, each as it was."""
    desk, references = past
    before = desk.works("precedents", "show", references["kettle"], "--json").json
    assert "3 precedents." in desk.works("precedents", "rebuild").out
    assert {"precedents": 3} == desk.works("precedents", "rebuild", "--json").json
    assert before == desk.works("precedents", "show", references["kettle"], "--json").json
