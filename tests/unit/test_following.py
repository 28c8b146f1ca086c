"""What a case file tells over time: contacts, ways and switches; and each value that something had."""

from datetime import timedelta

import pytest

from complaintkit import Message
from complaintkit.app import actions
from complaintkit.case.following import Effort, course, effort
from tests.house.kits import MONDAY, kit, said

DAY = timedelta(days=1)


def test_contacts_and_switches_of_the_complainant_are_counted() -> None:
    """What a stranger or a machine wrote costs the complainant nothing."""
    with kit() as desk:
        reference = desk.open(said("It broke.", message_id="<1@a>"), channel="email").reference
        for channel, name in (("email", "anna"), ("phone", "anna"), ("email", "anna"), ("email", "stranger")):
            more = said(f"Well? {channel}", name, answers=("<1@a>",))
            assert reference == desk.open(more, channel=channel).reference
        desk.open(Message(text="I am away.", sender=said("", "anna").sender, answers=("<1@a>",), automatic=True))
        file = [one.entry for one in desk.file(reference)]
    assert Effort(contacts=4, ways=2, switches=2) == effort(file)


def test_what_was_thought_of_a_case_is_followed_over_time() -> None:
    """Each value stands with its moment and who set it; looking again at the same is told, too."""
    with kit() as desk:
        reference = desk.open(said("My refund never came."), by="irina").reference
        desk.act(reference, actions.Assess(category="billing", severity="high"), by="irina", now=MONDAY + DAY)
        desk.act(reference, actions.Assess(category="refund", despite="looked again"), by="oleg", now=MONDAY + 2 * DAY)
        desk.act(reference, actions.Describe(goal="money"), by="oleg", now=MONDAY + 2 * DAY)
        desk.act(reference, actions.Describe(forget=("goal",)), by="oleg", now=MONDAY + 3 * DAY)
        file = [one.entry for one in desk.file(reference)]
    seen = [(one.value, one.by, (one.since - MONDAY).days) for one in course(file, "category")]
    assert [("billing", "irina", 1), ("refund", "oleg", 2)] == seen[-2:]
    assert ["", "money", ""] == [one.value for one in course(file, "goal")]
    assert ["high", "high"] == [one.value for one in course(file, "severity")][-2:]
    with pytest.raises(ValueError, match="no 'colour'"):
        course(file, "colour")
