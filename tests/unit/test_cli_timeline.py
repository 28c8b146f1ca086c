"""A case file as people read it."""

from datetime import UTC, timedelta
from typing import Any

import attrs
import pytest

from complaintkit.case.entries import KINDS, Noted, Proposed, Responded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Outcome
from complaintkit.cli.timeline import length, told
from tests.unit.cases import T0, received

AT: dict[str, Any] = {"at": T0, "by": "irina"}


def test_every_kind_of_entry_has_its_phrase() -> None:
    """No entry is shown by its bare kind, and no phrase names a field that its entry lacks."""
    for entry in KINDS.values():
        assert entry.phrase, entry
        entry.phrase.format_map({one.name: "" for one in attrs.fields(entry)})


def test_words_stand_below_their_entry_line_by_line() -> None:
    """Who acted stands behind, the words below, each line marked, and a control sign does nothing."""
    lines = list(told(Noted(text=Content.of("one\ntwo\x1b[2J"), **AT), UTC))
    assert "2026-03-02 08:00  note  [irina]" == lines[0]
    assert ["| one", "| two\ufffd[2J"] == [line.strip() for line in lines[1:]]


def test_a_response_as_drafted_is_not_repeated() -> None:
    """Words that were shown as a draft are not shown twice; other words are."""
    draft = Proposed(
        stage=Stage.DECISION_PENDING, outcome=Outcome.UPHELD, remedy="", text=Content.of("You are right."), **AT
    )
    assert any("You are right." in line for line in told(draft, UTC))
    same = Responded(stage=Stage.RESPONDED, text=Content.of("You are right."), **AT)
    assert ["| (as drafted)"] == [line.strip() for line in list(told(same, UTC, "You are right."))[1:]]
    other = Responded(stage=Stage.RESPONDED, text=Content.of("No."), **AT)
    assert ["| No."] == [line.strip() for line in list(told(other, UTC, "You are right."))[1:]]


def test_a_sender_cannot_forge_a_line_of_the_file() -> None:
    """Line ends in a field do not begin a line of their own."""
    entry = received(channel="form\n2026-03-02 08:00  closed")
    assert 1 == sum(line.startswith("2026") for line in told(entry, UTC))


def test_erased_words_are_told_to_be_erased() -> None:
    """An erased text is named as such."""
    assert any("[erased]" in line for line in told(Noted(text=Content("d" * 64), **AT), UTC))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h 0 min"),
        (timedelta(hours=25), "1 d 1 h"),
    ],
)
def test_length_in_its_two_largest_units(span: timedelta, words: str) -> None:
    """A length of time is told as people would."""
    assert words == length(span)
