"""The memory twin and SQLite give the same answers, whatever has happened to the cases in them."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.case.actions import ACTIONS
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import MessageFiled, Overdue, PluginFailed
from complaintkit.case.parts import Content, sealed_person
from complaintkit.counts import By, Count, Of
from complaintkit.errors import NotAllowed
from complaintkit.guard import Failure
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from complaintkit.store import MemoryStore, open_store
from complaintkit.store.counting import OF_CLOCKS, OF_PERIOD
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Filter, Store
from tests.contract.cases import ANA, DAY, HOUR, NOON, opening, step, write
from tests.house.acting import WAYS

POLICY = read({}, structure)
STATES: tuple[By, ...] = ("channel", "category", "severity", "language", "stage", "owner")
OFS: tuple[Of, ...] = ("received", "ended", "reopened", "open_before", "open", "overdue", "due", "kept")


DAYS_ON = NOON + 30 * DAY
ONLOOKERS = (
    Onlooker(about=("owner 1",), among=("owner 1", "handler")), Onlooker(about=("irina",), among=("irina",)),
    Onlooker(about=("oleg",), among=("oleg", "legal")), Onlooker(protected=True), Onlooker(protected=False),
)  # fmt: skip
HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 100), st.sampled_from((*ACTIONS, "message", "failure", "overdue"))),
    max_size=30,
)


def after(case: Complaint, what: str, now: datetime) -> tuple[object, ...]:
    """Return the entries that follow; none where the action is refused."""
    if what == "message":
        return (
            MessageFiled(at=now, by="complaintkit", channel="form", envelope=0, person=sealed_person(ANA),
                         title=Content.of(""), text=Content.of("And now?")),
        )  # fmt: skip
    if what == "failure":
        failure = Failure(plugin="p", hook="h", record="r", kind="raised", problem="ValueError")
        return (PluginFailed.of(failure, now),)
    if what == "overdue":
        late = case.overdue_at(now)
        return tuple(Overdue(at=now, by="complaintkit", clock=one.kind, due_at=one.due_at) for one in late)
    try:
        return WAYS[what](case, now).decide(case, POLICY.actor("ana"), now, POLICY)
    except NotAllowed:
        return ()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty database to copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_store(f"sqlite:///{path}", upgrade=True).close()
    return path


def stores(empty: Path) -> Iterator[Store]:
    """Yield an empty store of either kind."""
    yield MemoryStore()
    copy = empty.with_name("copy.db")
    shutil.copy(empty, copy)
    store = open_store(f"sqlite:///{copy}")
    yield store
    store.close()


def filled(store: Store, happenings: list[tuple[int, int, str]], steps: list[object]) -> None:
    """Let the same things happen in a store as in the one before: the steps are made once and then repeated."""
    if steps:
        write(store, *steps)  # type: ignore[arg-type]
        return
    cases = [
        opening(f"CK-TEST-000{one}", at=NOON + one * DAY, channel=("form", "email")[one % 2], assessed=one > 0)
        for one in range(3)
    ]
    steps += cases
    write(store, *cases)
    now = NOON + 3 * DAY
    for one, hours, what in happenings:
        now += timedelta(hours=hours)
        case = store.case(f"CK-TEST-000{one}")
        if entries := after(case, what, now):
            steps.append(step(case, *entries))  # type: ignore[arg-type]
            write(store, steps[-1])  # type: ignore[arg-type]
            assert store.case(case.reference) == steps[-1].case  # type: ignore[attr-defined]


def answers(store: Store) -> dict[str, object]:
    """Return everything that can be asked of a store."""
    found: dict[str, object] = {
        "open": store.cases(Filter(open=True)), "ended": store.cases(Filter(open=False, order="received")),
        "due": store.due(NOON + 9 * DAY, 9), "unassessed": store.unassessed(9), "figures": store.figures(),
        "findings": list(store.verify()),
        "files": [store.file(f"CK-TEST-000{one}") for one in range(3)],
    }  # fmt: skip
    for since, length in ((0, 200), (3, 5), (9, 1), (20, 30)):
        for of in OFS:
            by: tuple[By, ...] = (*STATES, "month", "week") if of in OF_PERIOD else STATES
            counts = [Count(of), Count(of, by), *([Count(of, ("clock",))] if of in OF_CLOCKS else [])]
            start = NOON + since * DAY + HOUR
            found[f"{of} {since}"] = store.count(counts, start, start + length * DAY)
    for who in ONLOOKERS:
        found[f"seen by {who}"] = (
            store.cases(Filter(seen_by=who)), store.figures(who),
            store.count([Count("open", STATES)], NOON, DAYS_ON, who), store.outbox("waiting", 99, seen_by=who),
            store.hidden([f"CK-TEST-000{one}" for one in range(9)], who),
        )  # fmt: skip
    return found


@pytest.mark.parametrize("examples", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_both_give_the_same_answers(empty: Path, examples: int) -> None:
    """Lists, files, counts, figures and findings agree, and the balance of open cases holds in every period."""

    @given(HAPPENINGS)
    @settings(max_examples=examples, deadline=None)
    def agree(happenings: list[tuple[int, int, str]]) -> None:
        steps: list[object] = []
        given_: list[dict[str, object]] = []
        for store in stores(empty):
            filled(store, happenings, steps)
            given_.append(answers(store))
        memory, sqlite = given_
        assert [] == memory["findings"]
        assert memory == sqlite
        for since in (0, 3, 9, 20):
            before, received, ended, back, open_ = (
                memory[f"{of} {since}"][0].total  # type: ignore[index]
                for of in ("open_before", "received", "ended", "reopened", "open")
            )
            assert before + received - ended + back == open_

    agree()
