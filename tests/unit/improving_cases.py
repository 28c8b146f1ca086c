"""Improvements for unit tests: a policy, people, a way to open one and to act on it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintkit.case.actor import Actor
from complaintkit.errors import NotAllowed
from complaintkit.improving import actions
from complaintkit.improving.actions import Action, Opening
from complaintkit.improving.improvement import Improvement
from complaintkit.policy import Policy, Step

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
REFERENCE = "IM-EHQ6-7X6D"
POLICY = Policy(
    version="1", zone=ZoneInfo("Asia/Manila"),
    permissions={f"improving.{name}": ("staff",) for name in (*actions.ACTIONS, *actions.OPENINGS)},
    ladder=(Step(after=0 * DAY, to="team-lead"), Step(after=2 * DAY, to="department"), Step(after=7 * DAY, to="boss")),
)  # fmt: skip
MEASURE: Mapping[str, Any] = {"title": "Two boxes", "due": NOW + 20 * DAY, "categories": ("unsorted",)}
CIRCLE: Mapping[str, Any] = {"title": "Weekly look", "deputy": "oleg", "first": NOW, "unit": "week", "on": "mon"}


def person(name: str = "irina", *roles: str) -> Actor:
    """Return somebody of the staff."""
    return Actor(name, roles or ("handler",))


def opened(opening: Opening, by: str = "irina", now: datetime = NOW, **more: Any) -> Improvement:
    """Return an improvement that somebody opens."""
    return opening.opened(REFERENCE, person(by), now, POLICY, **more).open()


def measure(**more: Any) -> Improvement:
    """Return a measure, planned."""
    return opened(actions.PlanMeasure(**{**MEASURE, **more}))


def circle(**more: Any) -> Improvement:
    """Return a circle that meets every Monday at ten in Manila, for the first time in a week."""
    return opened(actions.PlanCircle(**{**CIRCLE, **more}))


def does(one: Improvement, action: Action, by: str = "irina", now: datetime = NOW, **more: Any) -> Improvement:
    """Return the improvement after somebody did something."""
    return one.apply_all(action.decide(one, person(by), now, POLICY, **more))


def refuses(one: Improvement, action: Action, says: str, by: str = "irina", now: datetime = NOW) -> None:
    """Fail unless an action is refused in words that match."""
    with pytest.raises(NotAllowed, match=says):
        action.decide(one, person(by), now, POLICY)
