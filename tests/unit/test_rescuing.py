"""Confidential cases that need somebody from outside: nobody is left in them, or a second person has to agree."""

from typing import Any

import pytest

from complaintkit import NotAllowed, NotFound
from complaintkit.app import ComplaintKit, actions
from complaintkit.message import Notice
from complaintkit.testing.doubles import HandClock, SentNotices
from tests.house.kits import MONDAY

from .test_secrecy import DAY, STAFF, complaint, desk

WORDS = "They cheat. Zinaida Quokkova"


def staff_notices(sent: SentNotices, reference: str) -> list[Notice]:
    """Return what went to the people of the house about a case."""
    return [one for one in sent.notices if one.medium == "staff" and one.reference == reference]


def left(secret: type[Any], **people: Any) -> tuple[ComplaintKit, SentNotices, HandClock, str]:
    """Return a kit with a confidential case whose owner and only handler, oleg, is listed no more."""
    clock, sent = HandClock(MONDAY), SentNotices()
    before = desk((sent.record,), clock=clock)
    reference = complaint(before, by="oleg")
    before.act(reference, secret(reason="x"), by="oleg")
    before.work()
    sent.notices.clear()
    staff = {name: one for name, one in {**STAFF, **people}.items() if name != "oleg"}
    return desk((sent.record,), {"staff": staff}, clock=clock, store=before.store), sent, clock, reference


@pytest.mark.parametrize("secret", [actions.Restrict, actions.Seal])
def test_those_who_can_mend_it_are_told_that_nobody_is_left_in_a_case(secret: type[Any]) -> None:
    """By its reference and no word of it, in the place of people who have gone; and nobody else is told."""
    opened, sent, clock, reference = left(secret)
    opened.work(clock.forward(days=60))
    told = staff_notices(sent, reference)
    assert {"lena", "max"} == {one.recipient for one in told}
    assert {"alarm"} == {one.occasion for one in told}
    assert all("name_handlers" in one.body and reference in one.body for one in told)
    assert not any(word in f"{one.subject}{one.body}" for one in told for word in ("Quokkova", "cheat"))


@pytest.mark.parametrize("secret", [actions.Restrict, actions.Seal])
def test_who_is_called_names_handlers_and_does_nothing_else(secret: type[Any]) -> None:
    """The case stays hidden from them but for that; whoever is named takes it over."""
    opened, _, _, reference = left(secret)
    name = actions.NameHandlers(handlers=("max",), reason="oleg has left")
    for action in (actions.Note(text="x"), actions.Lift(reason="x", consent="x"), actions.TakeOver(reason="x")):
        with pytest.raises(NotFound):
            opened.act(reference, action, by="max")
    with pytest.raises(NotFound):
        opened.act(reference, name, by="irina")
    view = opened.seen_by("max", reason="x")
    with pytest.raises(NotFound):
        view.case(reference)
    back = view.act(reference, name)
    assert (reference, "", "") == (back.reference, str(back.narrative), back.complainant.name)
    assert ("max",) == opened.case(reference).handling.handlers
    opened.act(reference, actions.TakeOver(reason="nobody else"), by="max")
    assert "max" == opened.case(reference).owner
    with pytest.raises(NotFound):
        opened.act(reference, name, by="lena")


def test_a_case_that_has_somebody_is_nobody_elses() -> None:
    """As long as one handler is here nobody is called; nor is whom the case is about."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Seal(reason="x", handlers=("oleg",)), by="irina")
        with pytest.raises(NotFound):
            opened.act(reference, actions.NameHandlers(handlers=("max",), reason="x"), by="max")
    clock = HandClock(MONDAY)
    before = desk(clock=clock)
    reference = complaint(before, by="oleg")
    before.act(reference, actions.Restrict(reason="x"), by="oleg")
    before.act(reference, actions.NameStaff(names=("max",), reason="x"), by="oleg")
    sent = SentNotices()
    after = desk(
        (sent.record,), {"staff": {name: one for name, one in STAFF.items() if name != "oleg"}}, clock=clock,
        store=before.store,
    )  # fmt: skip
    with pytest.raises(NotFound):
        after.act(reference, actions.NameHandlers(handlers=("max",), reason="x"), by="max")
    after.work(clock.forward(days=60))
    assert {"lena"} == {one.recipient for one in staff_notices(sent, reference)}
    assert MONDAY + 60 * DAY == clock()


def test_a_second_person_from_outside_allows_a_look_and_learns_nothing_else() -> None:
    """Who may unseal hears of the request and allows it, though the case stays hidden from them; one time."""
    clock, sent = HandClock(MONDAY), SentNotices()
    with desk((sent.record,), clock=clock) as opened:
        reference = complaint(opened, by="oleg")
        opened.act(reference, actions.Seal(reason="x"), by="oleg")
        allow = actions.Unseal(unsealing="unsealing-1", reason="checked")
        with pytest.raises(NotFound):
            opened.act(reference, allow, by="max")
        opened.work()
        sent.notices.clear()
        opened.act(reference, actions.AskUnseal(reason="must be called as a witness"), by="oleg")
        opened.work()
        told = {one.recipient: one for one in staff_notices(sent, reference)}
        assert {"lena", "max"} == set(told)
        assert "witness" in told["max"].body
        assert "Quokkova" not in told["max"].body
        for who, action in (("irina", allow), ("max", actions.Note(text="x")), ("max", actions.Link(to=reference))):
            with pytest.raises(NotFound):
                opened.act(reference, action, by=who)
        with pytest.raises(NotAllowed, match="unseal is for"):
            opened.act(reference, allow, by="oleg")
        view = opened.seen_by("max", reason="asked to")
        for look in (view.case, view.file, view.bundle, view.identity):
            with pytest.raises(NotFound):
                look(reference)
        assert () == view.cases()
        back = view.act(reference, allow)
        assert (reference, "", "sealed") == (back.reference, str(back.narrative), back.owner)
        assert "max" == opened.case(reference).handling.unsealings[0].granted_by
        assert "Zinaida Quokkova" == opened.seen_by("oleg", reason="witness").identity(reference).name
        with pytest.raises(NotFound):
            opened.act(reference, allow, by="lena")
