"""What commands print: aligned tables, harmless CSV, clean text, JSON without loss."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.parts import Content, Severity
from complaintkit.cli import show
from complaintkit.counts import Table
from complaintkit.message import Person

WIDE = st.text(st.sampled_from("aЖщ漢ｱ가é\u0301 😀"), max_size=30)


def aligned(rows: list[list[str]], limit: int | None = None) -> list[str]:
    """Return the lines of a table with two columns."""
    return list(show.table(("name", "other"), rows, limit))


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("Жук", 3), ("漢字", 4), ("ｱ", 1), ("e\u0301", 1), ("a\u200bb", 2), ("", 0)]
)
def test_width_is_what_a_terminal_shows(text: str, columns: int) -> None:
    """Cyrillic letters take one column, wide ones two, combining marks and joiners none."""
    assert columns == show.width(text)


@given(st.lists(st.tuples(WIDE, WIDE), max_size=6))
def test_the_second_column_begins_at_one_place(rows: list[tuple[str, str]]) -> None:
    """Whatever letters stand in the first column, the second one begins below its heading."""
    first = max([4, *(show.width(show.line(row[0])) for row in rows)])
    for (left, right), shown in zip(rows, aligned([list(row) for row in rows])[2:], strict=True):
        gap = " " * (first - show.width(show.line(left)))
        assert f"{show.line(left)}{gap}  {show.line(right)}".rstrip() == shown


@given(st.lists(st.tuples(WIDE, WIDE), min_size=1, max_size=5), st.integers(18, 60))
def test_a_table_fits_the_terminal(rows: list[tuple[str, str]], limit: int) -> None:
    """With a limit no line is wider than the terminal, and what is left out is shown by an ellipsis."""
    for (left, right), shown in zip(rows, aligned([list(row) for row in rows], limit)[2:], strict=True):
        assert show.width(shown) <= limit
        if "…" not in shown:
            assert shown.split() == [*show.line(left).split(), *show.line(right).split()]


def test_figures_stand_to_the_right_and_nothing_is_cut_without_a_limit() -> None:
    """Columns of figures line up at their end; a long text is whole where another program reads."""
    lines = list(show.table(("n", "what"), [(5, "x" * 300), (120, None)]))
    assert ["  5  " + "x" * 300, "120"] == lines[2:]


@given(
    st.lists(st.lists(st.one_of(st.text(max_size=20), st.integers(), st.none()), min_size=2, max_size=2), max_size=5)
)
def test_no_text_in_csv_is_a_formula(rows: list[list[object]]) -> None:
    """Read back by a spreadsheet, no text begins with a sign that starts a formula; figures stay figures."""
    written = show.csv_text(("a", "b"), rows)
    read = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert len(rows) == len(read)
    for row, cells in zip(rows, read, strict=True):
        for cell, shown in zip(row, cells, strict=True):
            if isinstance(cell, str):
                assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert shown.removeprefix("'").split() == cell.removeprefix("'").split()
            else:
                assert ("" if cell is None else str(cell)) == shown


@given(st.text())
def test_clean_text_does_nothing_to_a_terminal(text: str) -> None:
    """No control sign but line end and tab is left, nor one that turns the direction, nor half a letter."""
    cleaned = show.clean(text)
    assert not set(cleaned) & {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(127, 160)), "\u202e"}
    cleaned.encode()


def test_clean_text_keeps_lines_and_letters() -> None:
    """Lines, tabs and letters stay; an escape sequence loses its first sign."""
    assert "a\n\tЖ\ufffd[31m" == show.clean("a\r\n\tЖ\x1b[31m")


def test_plain_values() -> None:
    """Moments, sealed words, enumerations and nested classes become JSON-able without loss."""
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    told = show.plain((moment, Content.of("слова"), Content("d"), Severity.HIGH, Person(name="Anna"), {"n": 1.5}))
    person = {"name": "Anna", "email": "", "phone": "", "handle": "", "customer": "", "address": ""}
    assert ["2026-03-02T09:00:00+00:00", "слова", None, "high", person, {"n": 1.5}] == json.loads(json.dumps(told))
    assert {"title": "t", "columns": ["a"], "rows": [[1]], "note": ""} == show.plain(
        Table(title="t", columns=("a",), rows=((1,),))
    )


def test_json_with_half_a_letter_is_still_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A lone surrogate from outside has no form in UTF-8; JSON writes it as an escape."""
    show.say_json({"text": "\ud800", "ж": 1})
    assert {"text": "\ud800", "ж": 1} == json.loads(capsys.readouterr().out)
