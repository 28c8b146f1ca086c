"""Nothing from outside reaches a terminal as a command: not in tables, not in JSON, not in what a person reads."""

import json
from datetime import UTC

import pytest

from complaintkit.case.parts import Content, sealed_person
from complaintkit.cli import cases, ending, show
from complaintkit.cli.timeline import say_case
from complaintkit.errors import NotFound
from complaintkit.message import Person
from complaintkit.store.port import Filed
from tests.unit.cases import T0, received, registered

HOSTILE = "".join(
    map(chr, [*range(32), *range(0x7F, 0xA0), 0x061C, 0x200E, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)


def test_json_carries_every_sign_and_a_terminal_sees_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Signs that a terminal acts upon stand in JSON as escapes: read back, the text is the same."""
    show.say_json({"text": HOSTILE})
    out = capsys.readouterr().out
    assert set() == set(out) & set(HOSTILE) - {"\n"}
    assert {"text": HOSTILE} == json.loads(out)


def test_no_cell_or_heading_of_a_table_reaches_a_terminal_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """What a complainant or a plugin wrote is one clean line in a table."""
    show.say_table((f"what{HOSTILE}x", "n"), [(f"a{HOSTILE}b", 1)])
    out = capsys.readouterr().out
    assert set() == set(out) & set(HOSTILE) - {"\n"}
    assert 3 == len(out.splitlines())


@pytest.mark.parametrize(("count", "told"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
def test_one_is_not_several(count: int, told: str) -> None:
    """A count agrees with its noun."""
    assert told == show.counted(count, "entry", "entries")
    assert f"{count} item{'' if count == 1 else 's'}" == show.counted(count, "item")


def test_a_hostile_complaint_is_shown_without_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in name, heading and words of a complainant, list and show print none of its signs."""
    hostile = f"a{HOSTILE}\x1b]0;owned\x07b"
    sealed = Content.of(hostile)
    facts = {"title": sealed, "narrative": sealed, "person": sealed_person(Person(name=hostile, handle=hostile))}
    case = registered(**facts)
    show.say_table(cases.COLUMNS, [cases._cells(case, T0, UTC)])
    filed = Filed(reference=case.reference, seq=1, entry=received(**facts), previous="", hash="")
    say_case(case, (filed,), UTC, T0)
    show.say_json(cases.whole(case, T0))
    out = capsys.readouterr().out
    assert "owned" in out
    assert set() == set(out) & set(HOSTILE) - {"\n", "\t"}


def test_an_error_that_quotes_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """An error may quote what was typed or sent; it is told without signs that a terminal acts upon."""
    assert 1 == ending._told(NotFound(HOSTILE, "is not there"), [])
    assert set() == set(capsys.readouterr().err) & set(HOSTILE) - {"\n", "\t"}
