"""Frozen values with some fields changed: just what attrs gives, only faster."""

from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock, Severity
from complaintkit.changing import evolve
from complaintkit.clocks.rules import Span

from .cases import T0, registered

CHANGES = {
    "level": st.integers(0, 9),
    "owner": st.text(min_size=1),
    "about": st.just(("a",)),
    "severity": st.sampled_from(Severity),
    "due_at": st.none() | st.just(T0),
}


@given(st.fixed_dictionaries({}, optional=CHANGES))
def test_it_gives_what_attrs_gives(changes: dict[str, Any]) -> None:
    """Whatever fields of a complaint change, the result is the same, and the original stays."""
    case = registered()
    before = attrs.asdict(case, recurse=False)
    assert attrs.evolve(case, **changes) == evolve(case, **changes)
    assert before == attrs.asdict(case, recurse=False)


def test_what_changes_is_checked_as_ever() -> None:
    """A moment without time zone, an empty owner and an unknown field are refused."""
    case: Complaint = registered()
    with pytest.raises(ValueError, match="time zone"):
        evolve(case, due_at=datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="owner"):
        evolve(case, owner="")
    with pytest.raises(TypeError, match="no field 'ownr'"):
        evolve(case, ownr="irina")  # type: ignore[call-arg]


def test_converters_and_what_is_checked_at_the_end_count() -> None:
    """A span in two units stays impossible; a clock's own default is not made again."""
    with pytest.raises(ValueError, match="one unit"):
        evolve(Span(hours=3), days=1)
    clock = Clock(kind="task", name="task-1", standard="-", started_at=T0, due_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert "task-1" == evolve(clock, kind="lasting_task").name
