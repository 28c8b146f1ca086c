"""The page on actions is drawn from the code: the table of actions, stages, roles, and the picture of the life cycle.

To mend a failure: `python tests/test_docs_actions.py` writes both anew; look at them, and commit them.
"""

from pathlib import Path

from complaintkit.case.actions import ACTIONS
from complaintkit.case.actions.describing import table
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.cli.catalogue import as_markdown
from complaintkit.cli.drawing import PLACES, svg
from complaintkit.policy.reading import read
from complaintkit.settings import structure

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
PAGE = REFERENCE / "actions.md"
PICTURE = REFERENCE / "life-cycle.svg"
BEGIN, END = "<!-- drawn from the code: begin -->\n", "<!-- drawn from the code: end -->"


def drawn() -> str:
    """Return the table as it follows from the code."""
    return "\n".join(as_markdown(table(ACTIONS, read({}, structure).permissions))) + "\n"


def whole(page: str) -> str:
    """Return the page with the table as it follows from the code."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + drawn() + END + rest.partition(END)[2]


def test_the_table_is_that_of_the_code() -> None:
    """Action, stages and roles stand on the page as the code has them."""
    page = PAGE.read_text(encoding="utf-8")
    assert whole(page) == page
    assert len(ACTIONS) == sum(line.startswith("| `") for line in page.splitlines())


def test_the_picture_is_that_of_the_code() -> None:
    """The life cycle in the docs is drawn from the table that decides, and shows every stage."""
    assert svg() == PICTURE.read_text(encoding="utf-8")
    assert set(Stage) == set(PLACES)
    moves = {action for (action, stage), to in LIFE_CYCLE.items() if to is not stage}
    assert [] == [action for action in moves if f">{action.replace('_', ' ')}<" not in svg()]


if __name__ == "__main__":
    PAGE.write_text(whole(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(svg(), encoding="utf-8")
