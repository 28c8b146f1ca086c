"""P10: people who edit one case at the same time never overwrite each other, and the loser sees what changed.

The long run, 4 processes of 500 actions each, is `python dev.py test -m slow -k many_at_one_case`.
"""

from collections import Counter
from pathlib import Path

import pytest

from complaintkit import Message
from complaintkit.app import ComplaintKit
from complaintkit.case.entries import Assessed, Noted
from tests.contract.workers import together
from tests.faults.editors import Edited, edit
from tests.house.kits import MONDAY, SETTINGS

EDITORS = 4


def edited(url: str, times: int) -> list[Edited]:
    """Let several processes edit one case; check that each edit is on file once, in an unbroken file."""
    with ComplaintKit(SETTINGS, database=url, secret=b"for tests only") as kit:
        kit.upgrade()
        reference = kit.open(Message(text="The kettle broke."), now=MONDAY).reference
        before = kit.case(reference).version
        told: list[Edited] = together(edit, url, reference, times, workers=EDITORS)
        file = [one.entry for one in kit.file(reference)]
        words = Counter(str(one.text) for one in file if isinstance(one, Noted))
        words.update(str(one.reason) for one in file if isinstance(one, Assessed) and one.confirmed)
        assert Counter(word for one in told for word in one.done) == words
        assert set(words.values()) == {1}
        assert EDITORS * times == len(words)
        assert before + EDITORS * times == kit.case(reference).version
        assert [] == list(kit.verify())
    return told


def assert_nobody_was_blind(told: list[Edited]) -> None:
    """Fail if a refusal did not show what had changed or lost somebody's words; there must have been refusals."""
    assert sum(one.refused for one in told) > 0
    assert [0] * EDITORS == [one.blind for one in told]
    assert all(one.shown >= one.refused for one in told)


def test_nobody_overwrites_anybody_on_sqlite(tmp_path: Path) -> None:
    """No edit is lost or doubled, and whoever came second was shown what had changed."""
    assert_nobody_was_blind(edited(f"sqlite:///{tmp_path / 'complaints.db'}", 25))


@pytest.mark.postgres
def test_nobody_overwrites_anybody_on_postgresql(fresh_postgres: str) -> None:
    """The same on PostgreSQL."""
    assert_nobody_was_blind(edited(fresh_postgres, 25))


@pytest.mark.slow
def test_500_edits_each_on_sqlite(tmp_path: Path) -> None:
    """Four processes, 500 edits each: nothing lost."""
    assert_nobody_was_blind(edited(f"sqlite:///{tmp_path / 'complaints.db'}", 500))


@pytest.mark.slow
@pytest.mark.postgres
def test_500_edits_each_on_postgresql(fresh_postgres: str) -> None:
    """The same on PostgreSQL."""
    assert_nobody_was_blind(edited(fresh_postgres, 500))
