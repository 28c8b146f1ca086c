"""P09: each step of an escalation is taken once, however many workers race and whoever of them is killed.

The long run, 8 workers over 5,000 due complaints, is `python dev.py test -m slow -k many_sweepers`.
"""

import multiprocessing
from pathlib import Path

import pytest

from complaintkit.desk import OUTBOX_LEASE
from tests.faults.sweepers import LATE, fill, kit_on, raced, taken

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="needs SIGKILL and a server of forks"
)


def assert_each_step_once(url: str, count: int, workers: int, kills: int, seed: int) -> int:
    """Fail if a breach or an escalation is missing or doubled, or somebody was told twice; return the kills."""
    with kit_on(url) as kit:
        kit.upgrade()
        fill(kit, count)
        killed = raced(url, workers, kills, seed)
        # What a killed worker had taken out of the outbox comes back when its lease is over.
        while kit.work(LATE + OUTBOX_LEASE).total:
            pass
        steps = taken(kit, count)
        assert {("overdue", 1): count, ("escalated", 1): count, ("told twice", 0): count} == {
            step: cases for step, cases in steps.items() if step[0] != "warned"
        }
        assert [] == list(kit.verify())
    return killed


def test_workers_race_on_sqlite(tmp_path: Path) -> None:
    """Three workers, two of them killed: no step is missing and none doubled."""
    assert assert_each_step_once(f"sqlite:///{tmp_path / 'c.db'}", 60, 3, 2, seed=1) > 0


@pytest.mark.postgres
def test_workers_race_on_postgresql(fresh_postgres: str) -> None:
    """The same on PostgreSQL."""
    assert assert_each_step_once(fresh_postgres, 60, 3, 2, seed=2) > 0


@pytest.mark.slow
def test_8_workers_race_over_5000_on_sqlite(tmp_path: Path) -> None:
    """Eight workers over 5,000 due complaints, forty kills: no step is missing and none doubled."""
    assert assert_each_step_once(f"sqlite:///{tmp_path / 'c.db'}", 5000, 8, 40, seed=3) > 10


@pytest.mark.slow
@pytest.mark.postgres
def test_8_workers_race_over_5000_on_postgresql(fresh_postgres: str) -> None:
    """The same on PostgreSQL."""
    assert assert_each_step_once(fresh_postgres, 5000, 8, 40, seed=4) > 10
