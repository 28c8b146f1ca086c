"""Notices about an improvement: none goes to whom a complaint that led to it is about."""

from datetime import timedelta
from typing import Any

import pytest

from complaintkit.app import ComplaintKit, actions, improving
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.testing.doubles import HandClock, SentNotices
from tests.house.kits import MONDAY, kit, said

DAY = timedelta(days=1)
STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler"], "reports_to": "oleg"},
    "oleg": {"roles": ["team-lead"], "reports_to": "max"},
    "tanja": {"roles": ["team-lead"]},
    "dora": {"roles": ["department"]},
    "max": {"roles": ["executive"]},
}


def told(owner: str, deputy: str, about: tuple[str, ...], staff: dict[str, Any] = STAFF, **more: Any) -> set[str]:
    """Return who gets the notices about an improvement whose complaint turns out to be about people, until it is late.

    The first notices wait still when that turns out.
    """
    clock, sent = HandClock(MONDAY), SentNotices()
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": staff, **more})
    with kit((sent.record,), settings=settings, clock=clock) as opened:
        reference, made = _led_to(opened, owner, deputy)
        opened.act(reference, actions.NameStaff(names=about, reason="x"), by="max" if "max" not in about else "dora")
        for _ in range(8):
            opened.work(clock.forward(days=10))
        return {one.recipient for one in sent.notices if one.reference == made}


def _led_to(opened: ComplaintKit, owner: str, deputy: str) -> tuple[str, str]:
    reference = opened.open(said("He shouted at me."), by="irina").reference
    plan = improving.PlanMeasure(
        title="Train him", due=MONDAY + 20 * DAY, categories=(opened.policy.categories[0].code,),
        complaints=(reference,), owner=owner, deputy=deputy,
    )  # fmt: skip
    return reference, opened.improve(plan, by="dora").reference


@pytest.mark.parametrize(
    ("owner", "deputy", "about", "gets"),
    [
        ("irina", "tanja", ("irina",), "tanja"),
        ("tanja", "irina", ("irina",), "tanja"),
        ("irina", "", ("irina",), "oleg"),
        ("irina", "", ("irina", "oleg"), "max"),
        ("max", "", ("max",), "oleg"),
        ("irina", "oleg", ("max",), "irina"),
    ],
)
def test_the_other_owner_or_a_superior_is_told_in_their_place(
    owner: str, deputy: str, about: tuple[str, ...], gets: str
) -> None:
    """Also of what was written before it was known; whoever it is not about is told as ever."""
    heard = told(owner, deputy, about)
    assert gets in heard
    assert heard.isdisjoint(about)


def test_a_role_is_told_through_somebody_whom_it_is_not_about() -> None:
    """Its ladder calls the team leads, of whom oleg is one."""
    assert "team-lead" in told("irina", "", ("dora",))
    heard = told("irina", "", ("oleg",))
    assert {"irina", "tanja"} <= heard
    assert heard.isdisjoint({"oleg", "team-lead"})
