"""The table of what is covered names tests that exist, and leaves no row out."""

import re

from tests.house.floors import ROOT

PAGE = ROOT / "docs" / "explanation" / "coverage.md"
ROWS = [f"S0-{number}" for number in range(13, 67)] + [f"S2-{number:02}" for number in range(1, 20)]


def rows() -> dict[str, str]:
    """Return the rows of the table, by their first cell."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {line.split("|")[1].strip(): line for line in lines if re.match(r"\| S\d-\d\d \|", line)}


def written() -> str:
    """Return the text of all tests."""
    folders = (ROOT / "tests", ROOT / "plugins")
    return "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.rglob("*.py")))


def test_no_row_is_left_out() -> None:
    """Each requirement has its row, which names a proof or says in bold what is missing."""
    found = rows()
    assert [] == [row for row in ROWS if row not in found]
    assert [] == [row for row, line in found.items() if "test_" not in line and "**" not in line]


def test_every_proof_exists() -> None:
    """A test that the table names is one that is run."""
    text = written()
    named = {name for line in rows().values() for name in re.findall(r"`(test_[a-z0-9_]+)`", line)}
    assert len(named) > 60
    assert [] == sorted(name for name in named if f"def {name}(" not in text)
