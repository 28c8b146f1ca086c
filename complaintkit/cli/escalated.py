"""Who higher up was asked for or called, as people read it."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from complaintkit.case.escalations import Escalation, EscalationState
from complaintkit.cli.show import line, moment

if TYPE_CHECKING:
    from complaintkit.app import Complaint


def escalated(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield the escalations of a case as name and text, the first first; nothing where there is none."""
    for one in case.handling.escalations:
        urgent = ", URGENT" if one.urgent else ""
        yield one.name, f"{one.to}, level {one.level}, {one.trigger}{urgent}: {_standing(case, one, zone)}"


def _standing(case: "Complaint", one: Escalation, zone: tzinfo) -> str:
    clock = case.named(one.clock)
    until = f" until {moment(clock.due_at, zone)}" if clock and not clock.settled else ""
    told = {
        EscalationState.ASKED: f"asked for by {one.by}, to be decided{until}",
        EscalationState.CALLED: f"called {moment(one.at, zone)}, to be seen{until}",
        EscalationState.ACKNOWLEDGED: f"seen {moment(one.acknowledged_at, zone)} by {one.acknowledged_by}",
        EscalationState.REFUSED: f"refused {moment(one.decided_at, zone)} by {one.decided_by}",
        EscalationState.ENDED: f"ended {moment(one.ended_at, zone)} by {one.ended_by}",
    }
    before = f"; before: {', '.join(one.passed)}" if one.passed else ""
    return line(told[one.state] + before)
