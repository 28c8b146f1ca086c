"""What of complaints is kept back: from plugins that learn or look on, and from places where nobody can erase it."""

from typing import Any

import pytest

from complaintkit import Categoriser, Change, Lesson, Observer
from complaintkit.app import actions
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit, said

STAFF: dict[str, Any] = {"irina": {"roles": ["handler"]}, "oleg": {"roles": ["handler", "team-lead", "quality"]}}
SETTINGS = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF})
SECRETIVE = (
    actions.Restrict(reason="names a colleague", handlers=("irina",)),
    actions.Seal(reason="reports a wrong", handlers=("irina",)),
    actions.NameStaff(names=("lena",), reason="it is about her"),
)


@pytest.mark.parametrize("secretly", SECRETIVE, ids=lambda one: one.name)
def test_no_categoriser_learns_from_a_confidential_complaint(secretly: actions.Action) -> None:
    """What a person decided is a lesson in an ordinary case, and in a restricted, sealed or staff case it is none."""
    lessons: list[Lesson] = []
    with kit((Categoriser("learner", lambda case: (), learn=lessons.append),), settings=SETTINGS) as desk:
        references = [desk.open(said("They cheat.", name), by="oleg").reference for name in ("anna", "boris")]
        desk.act(references[1], secretly, by="oleg")
        for reference in references:
            desk.act(reference, actions.Assess(category="refund", despite="read it"), by="oleg")
    assert references[:1] == [lesson.case.reference for lesson in lessons]


@pytest.mark.parametrize("secretly", SECRETIVE, ids=lambda one: one.name)
def test_observers_hear_nothing_of_a_confidential_complaint(secretly: actions.Action) -> None:
    """Not even its reference, nor what waited to be told when it became confidential; of others they hear all."""
    seen: list[Change] = []
    with kit((Observer("crm", seen.append),), settings=SETTINGS) as desk:
        first, second = (desk.open(said("They cheat.", name), by="oleg").reference for name in ("anna", "boris"))
        desk.act(second, secretly, by="oleg")
        desk.act(second, actions.Note(text="hush"), by="oleg")
        desk.work(MONDAY)
    assert {first} == {change.reference for change in seen}


def test_observers_hear_of_a_complaint_again_once_it_is_open_to_all() -> None:
    """What came in between is not made up for."""
    seen: list[Change] = []
    with kit((Observer("crm", seen.append),), settings=SETTINGS) as desk:
        reference = desk.open(said("They cheat."), by="oleg").reference
        desk.act(reference, actions.Restrict(reason="names a colleague"), by="oleg")
        desk.act(reference, actions.Lift(reason="it does not"), by="oleg")
        desk.act(reference, actions.Note(text="x"), by="oleg")
        desk.work(MONDAY)
    kinds = [change.entry for change in seen]
    assert ["lifted", "noted"] == [one for one in kinds if one in ("restricted", "lifted", "noted")]
