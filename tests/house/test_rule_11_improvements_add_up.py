"""House rule 11 for improvements: folding the entries of a file gives exactly the stored improvement.

And as long as one is open, somebody is responsible for it and it has a next moment, whatever people do in whatever
order; what is refused leaves no trace.

To mend a breach: an improvement changes in `ImprovementEntry.change` and nowhere else; an action that stops a clock has
to leave another one running.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed
from complaintkit.app import ComplaintKit, Improvement, Which, improving
from complaintkit.case.entries import CORE
from complaintkit.improving.entries import Opened
from complaintkit.improving.lifecycle import Kind
from tests.house.improving import ACTIONS, OPENINGS, PEOPLE
from tests.house.kits import MONDAY, kit, said

STEPS = st.lists(
    st.tuples(st.integers(0, 24 * 9), st.sampled_from((*ACTIONS, "work", "work", "work")), st.sampled_from(PEOPLE)),
    min_size=1,
    max_size=25,
)
NUMBERS = count(1)


@pytest.fixture(scope="module", params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComplaintKit]:
    """Yield a kit on each kind of store; all improvements of a run live in it together."""
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


def folded(desk: ComplaintKit, reference: str) -> Improvement:
    """Return what the entries of a file add up to."""
    first, *rest = (filed.entry for filed in desk.improvement_file(reference))
    assert isinstance(first, Opened)
    return first.open().apply_all(rest)


def assert_holds(desk: ComplaintKit, reference: str) -> None:
    """Fail unless an improvement adds up, and has an owner and a next moment as long as it is open."""
    one = desk.improvement(reference)
    assert one == folded(desk, reference)
    assert one.version == len(desk.improvement_file(reference))
    assert one.owner
    if one.open:
        assert one.due_at is not None
        assert any(one.runs(clock) for clock in one.clocks)
    names = [clock.name for clock in one.clocks]
    assert len(names) == len(set(names))


def refused(desk: ComplaintKit, reference: str, action: improving.Action, by: str, now: datetime) -> str:
    """Ask for an action; return why it is refused, or nothing."""
    try:
        desk.act_on(reference, action, by=by, now=now)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def live(desk: ComplaintKit, kind: str, steps: list[tuple[int, str, str]]) -> str:
    """Open an improvement and let the steps happen to it, each some hours after the last; return its reference."""
    now = MONDAY
    other = desk.improve(improving.Suggest(title=f"Suggestion {next(NUMBERS)}"), by="irina", now=now).reference
    reference = desk.improve(OPENINGS[kind](now, other), by="irina", now=now).reference
    for hours, step, by in steps:
        now += timedelta(hours=hours)
        before = desk.improvement(reference)
        if step == "work":
            desk.work(now)
        else:
            refusal = refused(desk, reference, ACTIONS[step](now, other), by, now)
            assert not refusal or refusal.startswith(f"improvement {reference}: ")
            assert (before == desk.improvement(reference)) == bool(refusal)
        assert_holds(desk, reference)
    return reference


@settings(max_examples=25, deadline=None)
@given(kind=st.sampled_from([*OPENINGS]), steps=STEPS)
def test_the_fold_is_the_improvement(desk: ComplaintKit, kind: str, steps: list[tuple[int, str, str]]) -> None:
    """After any sequence of actions and work it adds up, is somebody's, and is due; refusals leave no trace."""
    live(desk, kind, steps)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from([*OPENINGS]), steps=STEPS)
def test_the_fold_is_the_improvement_in_the_long_run(kind: str, steps: list[tuple[int, str, str]]) -> None:
    """The same over some thousand steps, in memory."""
    with kit() as desk:
        live(desk, kind, steps)


def test_every_improvement_of_the_run_still_adds_up(desk: ComplaintKit) -> None:
    """At the end, after workers went over all of them again and again, every one adds up and its chain is whole."""
    desk.open(said("late again"), now=MONDAY)
    live(desk, "corrective_action", [(1, "implement", "oleg"), (24 * 60, "work", "irina")])
    live(desk, "review_circle", [(24 * 90, "work", "irina")])
    found = desk.improvements(Which(limit=10_000))
    assert {Kind.CORRECTIVE_ACTION, Kind.REVIEW_CIRCLE, Kind.SUGGESTION} <= {one.kind for one in found}
    for one in found:
        assert_holds(desk, one.reference)
    assert [] == list(desk.verify())


def test_every_opening_and_action_is_tried() -> None:
    """The steps to choose from have everything there is, so that a new one is not forgotten here."""
    assert set(improving.ACTIONS) == set(ACTIONS)
    assert set(improving.OPENINGS) == set(OPENINGS)
    assert all(isinstance(made(MONDAY, "IM-EHQ6-7X6D"), improving.ACTIONS[name]) for name, made in ACTIONS.items())


def test_a_difference_is_reported() -> None:
    """A file with an entry left out does not add up: this rule can fail."""
    with kit() as desk:
        steps = [(1, "tell", "irina"), (1, "start", "oleg"), (1, "remark", "irina")]
        reference = live(desk, "corrective_action", steps)
        one, file = desk.improvement(reference), desk.improvement_file(reference)
    entries = [filed.entry for filed in file]
    assert isinstance(entries[0], Opened)
    assert all(entry.by != CORE for entry in entries)
    for place in range(1, len(entries)):
        assert one != entries[0].open().apply_all(entries[1:place] + entries[place + 1 :])
