"""Whatever people ask for, in whatever order: nothing is orphaned, nothing forgotten, nothing ends without a reason.

The long run, 10,000 lives, is `python dev.py test -m slow -k any_life`.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from complaintkit.app import ACTIONS, ComplaintKit
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from tests.house.lives import Life, everything, live

TOGETHER = 100


def lives(seeds: range) -> Iterator[Life]:
    """Yield lives in memory, a hundred to a kit."""
    for start in range(seeds.start, seeds.stop, TOGETHER):
        with everything() as desk:
            for seed in range(start, min(start + TOGETHER, seeds.stop)):
                yield live(desk, seed)
            assert [] == list(desk.verify())


def assert_much_happened(found: list[Life], stages: set[Stage]) -> None:
    """Fail if the lives were too tame to prove anything."""
    ends = Counter(stage for life in found for stage in (life.stage, life.beside))
    assert stages <= set(ends), ends
    assert sum(life.taken for life in found) > 3 * len(found)
    assert sum(life.refused for life in found) > len(found)


def test_100_lives_in_memory() -> None:
    """After every step of any life the fold is the case, with an owner and a next moment; refusals leave no trace."""
    assert_much_happened(list(lives(range(100))), {Stage.IN_PROGRESS, Stage.WITHDRAWN, Stage.NOT_A_COMPLAINT})


@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_20_lives_in_a_database(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The same in a database, where the stored complaint is the fold, too."""
    url = f"sqlite:///{tmp_path / 'c.db'}" if store == "sqlite" else request.getfixturevalue("fresh_postgres")
    with everything(database=url) as desk:
        desk.upgrade()
        for seed in range(20):
            live(desk, seed)
        assert [] == list(desk.verify())


@pytest.mark.slow
def test_10000_lives_in_memory() -> None:
    """Ten thousand lives; between them every stage is where one ends."""
    assert_much_happened(list(lives(range(10_000))), set(Stage) - {Stage.RECEIVED})


@pytest.mark.slow
def test_every_action_is_taken_in_some_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """No action is only ever refused: the lives reach every one of them."""
    taken: Counter[str] = Counter()
    act = ComplaintKit.act

    def counting(desk: ComplaintKit, reference: str, action: Action, **more: Any) -> Complaint:
        after = act(desk, reference, action, **more)
        taken[action.name] += 1
        return after

    monkeypatch.setattr(ComplaintKit, "act", counting)
    assert 500 == len(list(lives(range(500))))
    # By one and the same policy there is never anything to count anew.
    assert {"recalculate"} == set(ACTIONS) - set(taken)
