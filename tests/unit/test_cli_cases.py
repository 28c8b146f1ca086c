"""The list of complaints: which promise it shows, and what a narrow terminal still shows of it."""

from collections.abc import Mapping
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.actions import Assess, Reply, Wait, Withdraw
from complaintkit.cli import cases, show
from complaintkit.cli.cases import COLUMNS, DROPPED, nearest
from tests.unit.cases import T0, act, hours, registered

WHOLE: Mapping[str, str] = {
    "reference": "CK-7F3K-92DX",
    "due": "2026-03-09 10:00",
    "": "late",
    "stage": "investigating",
}
REST = {
    "category": "delivery-lost", "severity": "critical", "owner": "irina", "channel": "telephone",
    "received": "2026-03-02 09:00", "what": "The parcel never came and nobody answers the telephone for weeks",
}  # fmt: skip


def lines(limit: int, **changes: str) -> list[str]:
    """Return the list of one complaint on a terminal of some columns."""
    row = {**WHOLE, **REST, **changes}
    cells = [row[head] for head in COLUMNS]
    return list(show.table(COLUMNS, [cells], limit, drop=DROPPED, shorten=("owner", "what")))


@given(st.integers(53, 200), st.text(max_size=80), st.text(max_size=30))
def test_reference_due_and_stage_are_never_shortened(limit: int, what: str, owner: str) -> None:
    """However narrow the terminal and long the texts, one can tell which complaint it is and when it is due."""
    heads, _, shown = lines(limit, what=what, owner=owner)
    assert all(part in shown for part in WHOLE.values())
    assert ["reference", "due", "stage"] == heads.split()[:3]
    assert show.width(shown) <= limit


@pytest.mark.parametrize(
    ("limit", "dropped"),
    [
        (200, set()),
        (120, {"channel"}),
        (100, {"channel", "received", "severity"}),
        (80, {"channel", "received", "severity", "category"}),
        (60, {*DROPPED} - {"owner"}),
    ],
)
def test_what_matters_least_is_left_out_first(limit: int, dropped: set[str]) -> None:
    """The narrower the terminal, the more columns go, in a fixed order; the words are shortened before that."""
    assert dropped == {head for head in DROPPED if head not in lines(limit)[0].split()}


def test_nothing_is_left_out_where_a_program_reads() -> None:
    """Without a limit all columns are there and whole."""
    whole = list(show.table(COLUMNS, [[{**WHOLE, **REST}[head] for head in COLUMNS]], drop=DROPPED, shorten=("what",)))
    assert all(part in whole[2] for part in (*WHOLE.values(), *REST.values()))


def test_due_is_the_promise_and_not_its_reminder() -> None:
    """The next thing to happen is a reminder; what was promised is later, and that is shown."""
    case = act(registered(), Reply(text="We look."), T0 + hours(1))
    clock = nearest(case)
    assert clock is not None
    assert clock.due_at == min(one.due_at for one in case.clocks if not one.settled)
    assert case.due_at is not None
    assert case.due_at < clock.due_at
    row = cases._row(case, T0)
    assert {"clock": clock.name, "due_at": clock.due_at.isoformat(), "late": False} == row["promise"]
    assert case.due_at.isoformat() == row["due_at"]


def test_a_broken_promise_is_late_with_its_own_moment() -> None:
    """Long after the promise its own moment is shown still, and that it is late."""
    case = registered()
    clock = nearest(case)
    assert clock is not None
    shown = dict(zip(COLUMNS, cases._cells(case, clock.due_at + hours(100), UTC), strict=True))
    assert (show.moment(clock.due_at, UTC), "late") == (shown["due"], shown[""])
    assert "" == cases._cells(case, clock.due_at, UTC)[2]


def test_a_promise_that_stands_still_is_shown_as_paused() -> None:
    """While the complainant is asked, a promise that waits is not late, and one that runs goes before it."""
    case = act(registered(), Assess(category="delivery-lost"), T0 + hours(1))
    case = act(case, Reply(text="Which one?"), T0 + hours(1))
    case = act(case, Wait(until=T0 + hours(48), reason="asked which one"), T0 + hours(2))
    clock = nearest(case)
    assert clock is not None
    assert "paused" == cases._cells(case, T0 + hours(3000), UTC)[2]
    assert clock.paused_at == T0 + hours(2)


def test_an_ended_complaint_promises_nothing() -> None:
    """What is over has no promise any more."""
    case = act(registered(), Withdraw(evidence="said so"), T0 + hours(1))
    assert nearest(case) is None
    assert cases._row(case, T0)["promise"] is None
    assert "" == cases._cells(case, T0, UTC)[1]
