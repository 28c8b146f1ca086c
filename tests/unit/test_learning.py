"""What is learned from a case: causes apart from problems, found later, with an owner and a date."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from complaintkit import NotAllowed
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from tests.house.kits import MONDAY, folded, kinds, kit, said
from tests.unit.cases import POLICY

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Iterator[ComplaintKit]:
    """Yield a kit in memory."""
    with kit() as opened:
        yield opened


def withdrawn(desk: ComplaintKit) -> Complaint:
    """Return a case that the complainant took back the same day."""
    reference = desk.open(said("The kettle broke."), now=MONDAY).reference
    return desk.act(reference, actions.Withdraw(evidence="she rang"), by="irina", now=MONDAY)


def did(desk: ComplaintKit, case: Complaint, action: actions.Action, days: int = 1) -> Complaint:
    """Return the case after an action some days later."""
    return desk.act(case.reference, action, by="irina", now=MONDAY + days * DAY)


def test_an_ended_case_still_owes_its_cause(desk: ComplaintKit) -> None:
    """Ending a case plans the search for its causes, with quality and a date; finding them settles that."""
    case = withdrawn(desk)
    clock = case.clock("cause")
    assert clock is not None
    assert ("quality", Stage.WITHDRAWN) == (clock.who, case.stage)
    case = did(desk, case, actions.AssessCause(cause="product-making", evidence="batch 7", confidence="proven"))
    clock = case.clock("cause")
    assert clock is not None
    assert (MONDAY + DAY, ["product-making"]) == (clock.met_at, [one.cause for one in case.learning.causes])


def test_a_cause_that_nobody_finds_escalates(desk: ComplaintKit) -> None:
    """A search for causes that is late after the case has ended is a broken promise like any other."""
    case = withdrawn(desk)
    desk.work(MONDAY + 31 * DAY)
    assert {"overdue", "escalated"} <= set(kinds(desk.file(case.reference)))
    assert ["cause"] == [clock.kind for clock in desk.case(case.reference).overdue_at(MONDAY + 31 * DAY)]


def test_several_causes_with_weight_stand_beside_the_problem(desk: ComplaintKit) -> None:
    """Causes have their own tree and change nothing about the category; one that is dropped is never named again."""
    case = withdrawn(desk)
    case = did(desk, case, actions.AssessCause(cause="people-slip", weight=30, evidence="typed 8 for 3"))
    case = did(desk, case, actions.AssessCause(cause="system-data", weight=70, evidence="no check digit"))
    case = did(desk, case, actions.DropCause(cause="cause-2", reason="there is one"))
    case = did(desk, case, actions.AssessCause(cause="process-missing", evidence="nobody checks"))
    assert [("cause-1", 30), ("cause-3", 100)] == [(one.name, one.weight) for one in case.learning.causes]
    assert case == folded(desk.file(case.reference))


@pytest.mark.parametrize(
    ("action", "word"),
    [
        (actions.AssessCause(cause="bad luck", evidence="x"), "none of people"),
        (actions.AssessCause(cause="people", evidence=" "), "evidence"),
        (actions.AssessCause(cause="people", evidence="x", weight=0), "no share"),
        (actions.DropCause(cause="cause-1", reason="x"), "there is none yet"),
        (actions.PlanCause(until=MONDAY), "in the future"),
        (actions.NeedTraining(topic="kettles", role="irina"), "none of"),
        (actions.TakeMeasure(improvement="CK-1"), "no reference of an improvement"),
    ],
)
def test_what_cannot_be_is_refused(desk: ComplaintKit, action: actions.Action, word: str) -> None:
    """A cause that is not in the tree, without evidence or of no weight is refused, and nothing is filed."""
    case = withdrawn(desk)
    with pytest.raises(NotAllowed, match=word):
        did(desk, case, action)
    assert case == desk.case(case.reference)


def test_nothing_is_done_only_with_a_reason_and_only_if_nothing_is(desk: ComplaintKit) -> None:
    """Doing nothing is a decision with a reason; it ends when something is done, and is refused after that."""
    case = did(desk, withdrawn(desk), actions.TakeNoMeasure(reason="a single slip"))
    assert case.learning.decided
    case = did(desk, case, actions.TakeMeasure(improvement="im-ehq6-7x6d"))
    assert (("IM-EHQ6-7X6D",), None) == (case.learning.improvements, case.learning.no_measure)
    with pytest.raises(NotAllowed, match="led to IM-EHQ6-7X6D"):
        did(desk, case, actions.TakeNoMeasure(reason="no"))


def test_the_tree_of_causes_hangs_together() -> None:
    """Every cause has a group that exists, a label in each language and a definition."""
    codes = [one.code for one in POLICY.causes]
    assert len(set(codes)) == len(codes)
    for one in POLICY.causes:
        assert not one.parent or one.parent in codes
        assert {"en", "ru", "fil"} == set(one.labels)
        assert one.definition
    assert not set(codes) & {category.code for category in POLICY.categories}
