"""Support needs stay with those who work with the person: no list, report, plugin or notice tells of them."""

import json
from datetime import timedelta

import pytest

from complaintkit import CaseView
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.actor import Actor
from complaintkit.case.needs import without_needs
from complaintkit.cli.show import plain
from complaintkit.store.duties import DutyQuery
from complaintkit.store.port import Filter
from complaintkit.view.onlooking import View
from tests.house.kits import MONDAY, kit, said

SECRET = "lost her hearing last winter"
NEED = actions.AddNeed(
    kind="health", text=SECRET, support="write, never call", consent="said so", until=MONDAY + timedelta(days=90)
)


def with_need(desk: ComplaintKit) -> str:
    """Open a complaint of somebody who needs support; return its reference."""
    reference = desk.open(said("My refund never came.")).reference
    desk.work()
    desk.act(reference, NEED, by="irina")
    return reference


def seen(desk: ComplaintKit, reference: str, role: str) -> str:
    """Return everything that somebody of a role is shown of a case, as text."""
    view = View(desk.desk, Actor("somebody", frozenset({role})), "", lambda: MONDAY)
    shown = [view.case(reference), view.file(reference), view.cases(Filter(open=True))]
    duties = view.desk.store.duties(DutyQuery())
    return json.dumps(plain([shown, duties]), ensure_ascii=False)


@pytest.mark.parametrize("role", ["auditor", "quality", "marketing", "legal"])
def test_who_does_not_work_with_the_person_sees_nothing_of_it(role: str) -> None:
    """Neither the words nor that there is a need, in case, file, lists and deadlines."""
    with kit() as desk:
        shown = seen(desk, with_need(desk), role)
    assert SECRET not in shown
    assert "need-1" not in shown
    assert "need_added" not in shown


@pytest.mark.parametrize("role", ["handler", "support"])
def test_who_works_with_the_person_sees_it(role: str) -> None:
    """A handler reads what is needed and what we do about it."""
    with kit() as desk:
        assert SECRET in seen(desk, with_need(desk), role)


def test_lists_never_tell_of_needs() -> None:
    """Not even a handler's list does: it may be shown, printed or exported."""
    with kit() as desk:
        with_need(desk)
        view = View(desk.desk, Actor("irina", frozenset({"handler"})), "", lambda: MONDAY)
        (case,) = view.cases(Filter(open=True))
    assert () == case.matter.needs


def test_nothing_that_leaves_the_desk_tells_of_needs() -> None:
    """Plugins, notices, reports and precedents are made without needs."""
    with kit() as desk:
        reference = with_need(desk)
        desk.act(reference, actions.Assess(category="refund"), by="irina")
        desk.act(reference, actions.Reply(text="We look into it."), by="irina")
        case = desk.case(reference)
        tables = [
            desk.report(report.name, MONDAY - timedelta(days=30), MONDAY + timedelta(days=30))
            for report in desk.reports
        ]
        told = [CaseView.of(case), desk.store.outbox("waiting", 50), desk.store.outbox("sent", 50), tables]
        assert tables
        assert told[1] or told[2]
    assert SECRET not in json.dumps(plain(told), ensure_ascii=False)


def test_a_complaint_without_needs_is_the_same() -> None:
    """What holds no need is not copied."""
    with kit() as desk:
        case = desk.case(desk.open(said("My refund never came.")).reference)
    assert case is without_needs(case)
