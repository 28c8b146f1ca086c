"""The page on improvements is drawn from the code: what can be opened and asked, in which states, by which roles.

To mend a failure: `python tests/test_docs_improvements.py` writes the tables anew; look at them, and commit them.
"""

import re
from pathlib import Path

from complaintkit.cli.measures import as_markdown
from complaintkit.improving.actions import ACTIONS, OPENINGS
from complaintkit.policy.reading import read
from complaintkit.settings import structure

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "improvements.md"
BEGIN, END = "<!-- drawn from the code: begin -->\n", "<!-- drawn from the code: end -->"


def whole(page: str) -> str:
    """Return the page with the tables as they follow from the code."""
    before, _, rest = page.partition(BEGIN)
    drawn = "\n".join(as_markdown(read({}, structure).permissions)) + "\n"
    return before + BEGIN + drawn + END + rest.partition(END)[2]


def test_the_tables_are_those_of_the_code() -> None:
    """Kinds, actions, states and roles stand on the page as the code has them, and none is left out."""
    page = PAGE.read_text(encoding="utf-8")
    assert whole(page) == page
    assert {*ACTIONS, *OPENINGS} == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


if __name__ == "__main__":
    PAGE.write_text(whole(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
