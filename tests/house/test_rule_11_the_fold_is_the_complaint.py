"""House rule 11: folding the entries of a case file gives exactly the stored complaint.

If the two could differ, one of them would be wrong and nobody could say which. So whatever people do, in whatever
order, whatever comes in meanwhile and whichever workers run, the file of every case adds up to it, in every store.

To mend a breach: a complaint changes in `Entry.change` and nowhere else; what is stored is the complaint after the last
entry, whole.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed, NotFound
from complaintkit.app import ComplaintKit, Filter
from complaintkit.case.actions import ACTIONS
from complaintkit.case.complaint import Complaint
from complaintkit.testing.builders import a_case
from tests.house.acting import WAYS
from tests.house.kits import MONDAY, folded, kit, said

BESIDES = ("work", "more from the complainant", "something from a stranger")
STEPS = st.lists(
    st.tuples(st.integers(0, 24 * 12), st.sampled_from((*WAYS, *BESIDES, "work", "work"))), min_size=1, max_size=25
)
NUMBERS = count(1)


def live(desk: ComplaintKit, steps: list[tuple[int, str]]) -> str:
    """Open a case and let the steps happen to it, each some hours after the one before; return its reference."""
    number, now = next(NUMBERS), MONDAY
    first = f"<{number}@example.org>"
    reference = desk.open(said("It broke.", f"anna{number}", message_id=first), now=now).reference
    for place, (hours, step) in enumerate(steps):
        now += timedelta(hours=hours)
        if step == "work":
            desk.work(now)
        elif step in BESIDES:
            who = f"anna{number}" if step == BESIDES[1] else "stranger"
            desk.open(said(f"And then {place}", who, message_id=f"<{number}.{place}@a>", answers=(first,)), now=now)
        else:
            with suppress(NotAllowed, NotFound):  # many sequences are not possible, and a refusal changes nothing
                desk.act(reference, WAYS[step](desk.case(reference), now), by="irina", now=now)
    return reference


@pytest.fixture(scope="module", params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComplaintKit]:
    """Yield a kit on each kind of store; all cases of a run live in it together."""
    if request.param == "memory":
        with kit() as opened:
            yield opened
        return
    folder: Path = tmp_path_factory.mktemp("fold")
    url = f"sqlite:///{folder / 'complaints.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("module_postgres")
    with kit(database=url) as opened:
        opened.upgrade()
        yield opened


def assert_adds_up(desk: ComplaintKit, reference: str) -> None:
    """Fail unless the file of a case folds to the stored complaint."""
    case = desk.case(reference)
    file = desk.file(reference)
    assert case == folded(file)
    assert len(file) == case.version


@settings(max_examples=25)
@given(steps=STEPS)
def test_the_fold_is_the_complaint(desk: ComplaintKit, steps: list[tuple[int, str]]) -> None:
    """After any sequence of actions, messages and work, the entries add up to what is stored."""
    assert_adds_up(desk, live(desk, steps))


def test_every_case_of_the_run_still_adds_up(desk: ComplaintKit) -> None:
    """At the end, after workers went over all cases again and again, every one adds up and its chain is whole."""
    live(desk, [(1, "assess"), (2, "propose"), (3, "respond"), (4, "resolve"), (5, "close"), (600, "work")])
    cases = desk.cases(Filter(open=None, limit=10_000))
    assert cases
    for case in cases:
        assert_adds_up(desk, case.reference)
    assert [] == list(desk.verify())


def test_every_action_is_tried() -> None:
    """The steps to choose from have every action there is, so that a new one is not forgotten here."""
    assert set(ACTIONS) == set(WAYS)
    assert all(isinstance(WAYS[name](a_case(), MONDAY), action) for name, action in ACTIONS.items())


def test_a_difference_is_reported() -> None:
    """A file with an entry left out, or a complaint with a field changed, does not add up: this rule can fail."""
    with kit() as desk:
        reference = live(desk, [(1, "assess"), (1, "reply"), (1, "note")])
        case, file = desk.case(reference), desk.file(reference)
    assert case == folded(file)
    for place in range(1, len(file)):
        shortened: Complaint = folded(file[:place] + file[place + 1 :])
        assert case != shortened
