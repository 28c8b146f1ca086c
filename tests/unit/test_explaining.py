"""Why a deadline is when it is, as people and programs are told."""

from datetime import timedelta
from typing import Any

import pytest

from complaintkit.app import ComplaintKit, actions
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit, said

HOUR = timedelta(hours=1)
# Monday, 2 March 2026, 8:00 UTC; the office opens at nine.
OFFICE = {
    "calendars": {"office": {"hours": {"mon-fri": ["09:00-17:00"]}}},
    "standards": [
        {"name": "quick", "clock": "first_response", "within": {"business_hours": 3}, "pausable": True},
        {"name": "grave", "clock": "first_response", "within": {"business_hours": 2}, "severities": ["high"]},
        {"name": "in the end", "clock": "final_response", "within": {"days": 14}, "pausable": True},
    ],
}


def office(**policy: Any) -> ComplaintKit:
    """Return a kit with an office that is open from nine to five, and two speeds."""
    return kit(settings=Settings(plugins=PluginsSettings(disable=("folder",)), policy={**OFFICE, **policy}))


def test_every_line_of_the_reasoning_is_there() -> None:
    """Start, promise, calendar, and what was not counted, told by what reckons; the moment is the stored one."""
    desk = office()
    case = desk.case(desk.open(said("It broke."), now=MONDAY + 8.5 * HOUR).reference)
    first, final = desk.explain(case.reference, MONDAY + 9 * HOUR)
    assert ("first_response", "quick", "running", False) == (first.name, first.standard, first.state, first.late)
    assert [clock.due_at for clock in case.clocks] == [first.recomputed_at, final.recomputed_at]
    assert [clock.due_at for clock in case.clocks] == [first.due_at, final.due_at]
    assert "3 hours of working time, by the calendar office" in first.lines
    assert "due Tue 03 Mar 2026 11:30" == first.lines[-1]
    assert first.calendar.startswith("office@")
    assert "due Mon 16 Mar 2026, end of the day" == final.lines[-1]


def test_lateness_is_told_in_working_time_where_that_counts() -> None:
    """Three working hours from nine end at noon; at five the next day that is 13 working hours ago, not 29."""
    desk = office()
    reference = desk.open(said("It broke."), now=MONDAY).reference
    first = desk.explain(reference, MONDAY + 33 * HOUR)[0]
    assert (True, 13 * HOUR, True) == (first.late, first.late_by, first.in_working_time)


def test_what_was_before_and_what_comes_next_are_told() -> None:
    """A graver complaint is under another standard; what it was under before, and the next moment, are told."""
    desk = office()
    reference = desk.open(said("It broke."), now=MONDAY + 2 * HOUR).reference
    desk.act(reference, actions.Assess(category="refund", severity="high"), by="irina", now=MONDAY + 3 * HOUR)
    first = desk.explain(reference, MONDAY + 3 * HOUR)[0]
    assert ["quick"] == [one.standard.rpartition(" (")[0] for one in first.changes]
    assert ("grave", MONDAY + 4 * HOUR) == (first.standard, first.due_at)
    assert (MONDAY + 3.5 * HOUR, "somebody is reminded") == (first.next_at, first.next)


@pytest.mark.parametrize(("changed", "by_recalculation"), [(3 * HOUR, False), (4.5 * HOUR, True), (6 * HOUR, False)])
def test_a_breach_by_another_standard_alone_is_flagged(changed: timedelta, by_recalculation: bool) -> None:
    """Ten o'clock, three hours; two hours from a later moment on. Only between noon and one it breaks by that alone."""
    desk = office()
    reference = desk.open(said("It broke."), now=MONDAY + 2 * HOUR).reference
    desk.act(reference, actions.Assess(category="refund", severity="high"), by="irina", now=MONDAY + changed)
    first = desk.explain(reference, MONDAY + changed)[0]
    assert (MONDAY + 4 * HOUR, by_recalculation) == (first.due_at, first.by_recalculation)
    assert (MONDAY + 5 * HOUR if changed == 6 * HOUR else None) == first.broken_at


def test_waiting_that_is_over_counts_though_nobody_has_noticed() -> None:
    """It waited until noon of the next day; a week later, without any worker, it is late by the time since."""
    desk = office()
    reference = desk.open(said("It broke."), now=MONDAY + HOUR).reference
    desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + HOUR)
    wait = actions.Wait(until=MONDAY + 28 * HOUR, reason="asked", waiting_for="third_party")
    desk.act(reference, wait, by="irina", now=MONDAY + 2 * HOUR)
    first = desk.explain(reference, MONDAY + 24 * HOUR)[0]
    assert ("standing still", False, MONDAY + 28 * HOUR) == (first.state, first.late, first.next_at)
    # Three working hours: one on Monday, two on Tuesday from noon on.
    late = desk.explain(reference, MONDAY + 31 * HOUR)[0]
    assert (True, HOUR) == (late.late, late.late_by)


def test_a_breach_under_an_earlier_standard_is_told() -> None:
    """Three hours were broken; found to be in order with nine it runs again, and the breach is told."""
    light = {"name": "light", "clock": "first_response", "within": {"business_hours": 9}, "severities": ["low"]}
    desk = office(standards=[*OFFICE["standards"], light])
    reference = desk.open(said("It broke."), now=MONDAY + HOUR).reference
    desk.act(reference, actions.Assess(category="refund", severity="low"), by="irina", now=MONDAY + 5 * HOUR)
    first = desk.explain(reference, MONDAY + 5 * HOUR)[0]
    assert (True, timedelta(), MONDAY + 4 * HOUR) == (first.late, first.late_by, first.broken_at)
    assert "was broken, which nobody has noticed yet" == first.next
    desk.work(MONDAY + 5 * HOUR)
    assert desk.explain(reference, MONDAY + 5 * HOUR)[0].overdue
