"""What is explained is what counts: reckoned anew from what is stored, every deadline is due when it says it is.

The long run, 10,000 cases, is `python3 dev.py test -m slow -k explained`.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from complaintkit.app import ComplaintKit
from tests.house.kits import SENT, kit
from tests.house.timed_lives import Deadlines, live, settings, with_rules

TOGETHER = 100
DONE = {
    "assess", "wait", "resume", "extend", "apply_rules", "lift_rules", "reply", "hold", "propose", "respond", "close",
    "reopen", "merge", "unmerge", "split", "dispute", "withdraw", "start_duty", "add_task", "hand_over",
}  # fmt: skip


def check(desk: ComplaintKit, reference: str, now: datetime) -> None:
    """Fail unless each deadline of a case is due when its explanation reckons it is."""
    for one in desk.explain(reference, now):
        assert one.recomputed_at == one.due_at, f"{reference} {one.name}: stored {one.due_at}, {one.lines}"
        assert one.lines[-1].startswith("due ")


def lives(seeds: range) -> Iterator[Deadlines]:
    """Yield lives in memory, a hundred to a kit."""
    for start in range(seeds.start, seeds.stop, TOGETHER):
        with with_rules(kit((SENT,), settings=settings())) as desk:
            for seed in range(start, min(start + TOGETHER, seeds.stop)):
                yield live(desk, seed, check)


def assert_much_happened(found: list[Deadlines], least: int) -> None:
    """Fail if the deadlines went through too little to prove anything."""
    assert set() == DONE - {one for life in found for one in life.done}
    for what in ("rested", "extended", "changed", "by_rules"):
        assert sum(getattr(life, what) for life in found) >= least, what


def test_100_lives_in_memory() -> None:
    """Whatever happens to them: waiting, extensions, other standards, rules, mergers, splits, reopening."""
    found = list(lives(range(100)))
    assert all(sum(getattr(life, what) for life in found) for what in ("rested", "extended", "changed", "by_rules"))


def test_20_lives_in_a_database(tmp_path: Path) -> None:
    """The same as they come out of a database."""
    with kit((SENT,), settings=settings(), database=f"sqlite:///{tmp_path / 'c.db'}") as desk:
        desk.upgrade()
        with_rules(desk)
        found = [live(desk, seed, check) for seed in range(20)]
        assert sum(life.changed for life in found) > 5
        assert [] == list(desk.verify())


@pytest.mark.slow
def test_10000_cases_in_memory() -> None:
    """Ten thousand cases, looked at after everything that happens to them."""
    found = list(lives(range(4_500)))
    assert_much_happened(found, 500)
    assert sum(life.cases for life in found) >= 10_000
