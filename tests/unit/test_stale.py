"""Two people at one case: the second is told what changed, and loses nothing of their own."""

from datetime import timedelta

import pytest

from complaintkit import Message, Stale
from complaintkit.app import ComplaintKit, actions
from tests.house.kits import MONDAY, kit

HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> ComplaintKit:
    """Return a kit in memory."""
    return kit().__enter__()


def opened(desk: ComplaintKit) -> str:
    """Return the reference of a fresh case."""
    return desk.open(Message(text="The kettle broke."), now=MONDAY).reference


def test_whoever_comes_second_is_told_what_changed(desk: ComplaintKit) -> None:
    """An action on a version that has passed is refused with the entries since then, and keeps the words."""
    reference = opened(desk)
    seen = desk.case(reference).version
    desk.act(reference, actions.Note(text="I called her."), by="oleg", now=MONDAY + HOUR)
    mine = actions.Reply(text="We look into it.")
    with pytest.raises(Stale, match=rf"changed since version {seen} \(noted by oleg\)") as refused:
        desk.act(reference, mine, by="irina", now=MONDAY + 2 * HOUR, version=seen)
    assert ["noted"] == [one.entry.kind for one in refused.value.since]
    assert mine == refused.value.action
    assert "noted" == desk.file(reference)[-1].entry.kind


def test_what_changes_nothing_stands_in_nobodys_way(desk: ComplaintKit) -> None:
    """A notice that went out meanwhile is no reason to refuse: nothing that a person decides by has changed."""
    reference = opened(desk)
    desk.work(MONDAY)
    seen = desk.case(reference).version
    desk.act(reference, actions.Reply(text="We look into it."), by="irina", now=MONDAY + HOUR)
    replied = desk.case(reference).version
    desk.work(MONDAY + HOUR)
    assert "notice_sent" == desk.file(reference)[-1].entry.kind
    assert seen < replied < desk.case(reference).version
    desk.act(reference, actions.Note(text="Done."), by="irina", now=MONDAY + 2 * HOUR, version=replied)
    assert "noted" == desk.file(reference)[-1].entry.kind


def test_a_version_that_has_not_been_is_refused(desk: ComplaintKit) -> None:
    """A version ahead of the case belongs to another case or another database."""
    reference = opened(desk)
    with pytest.raises(Stale, match="has not been yet"):
        desk.act(reference, actions.Note(text="x"), by="irina", now=MONDAY + HOUR, version=99)
