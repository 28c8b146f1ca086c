"""Who is responsible: nobody gets a complaint unasked, nobody has one about themselves, and none is orphaned."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed, Notifier, Stage
from complaintkit.app import BoundKit, ComplaintKit, actions
from complaintkit.bound import Reception
from complaintkit.case.actions import Action, Close, HandOver, NameStaff, Note, Reply, Resolve, TakeOver
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Assigned
from complaintkit.case.ownership import Answer, How, in_vain, standing, tenures
from complaintkit.desk import Desk
from complaintkit.errors import NotFound, SettingsError
from complaintkit.message import Delivery, Notice
from complaintkit.policy.staff import Absence
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store.memory import MemoryStore
from tests.house.kits import MONDAY, folded, kinds, kit, said

from .cases import POLICY, T0, hours, registered

STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler"], "deputy": "oleg", "reports_to": "lena"},
    "oleg": {"roles": ["handler"], "skills": ["refunds"], "deputy": "irina", "reports_to": "lena"},
    "maya": {"roles": ["handler"], "skills": ["refunds", "letters"], "reports_to": "lena"},
    "lena": {"roles": ["team-lead"], "reports_to": "eva"},
    "eva": {"roles": ["executive"]},
    "ana": {"roles": ["auditor"]},
}


class Told(list[Notice]):
    """Everything that was delivered, and who was told of it."""

    def send(self, notice: Notice) -> Delivery:
        """Take a notice."""
        self.append(notice)
        return Delivery("sent")

    def of(self, occasion: str) -> list[str]:
        """Return who was told on an occasion, in order."""
        return [one.recipient for one in self if one.occasion == occasion]


def a_desk(told: Told | None = None, **policy: Any) -> ComplaintKit:
    """Return a kit with a list of staff; `told` gathers its notices."""
    notifier = Notifier("told", ["*"], (told if told is not None else Told()).send)
    settings_ = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF, **policy})
    return kit([notifier], settings=settings_)


@pytest.fixture
def told() -> Told:
    """Return what will have been delivered."""
    return Told()


@pytest.fixture
def desk(told: Told) -> Iterator[ComplaintKit]:
    """Yield a desk where six people work."""
    with a_desk(told) as opened:
        yield opened


def new(desk: Reception, by: str = "irina", at: datetime = MONDAY) -> str:
    """Take a complaint down and return its reference."""
    return desk.open(said("It broke."), by=by, channel="phone", now=at).reference


def offer(desk: ComplaintKit, reference: str, to: str, by: str = "irina", at: float = 1, **more: Any) -> Complaint:
    """Offer a complaint so many hours after Monday began."""
    return desk.act(reference, HandOver(to=to, reason="knows it", **more), by=by, now=MONDAY + hours(at))


# --- hand-over


def test_the_first_hearer_owns_it_from_the_first_second(desk: ComplaintKit) -> None:
    """Whoever takes it down is its first owner, and stands first in its history."""
    case = desk.case(new(desk, "maya"))
    assert "maya" == case.owner
    (first,) = tenures(case)
    assert ("maya", MONDAY, None, How.FIRST_HEARER) == (first.name, first.since, first.until, first.how)


def test_an_offer_changes_nothing_until_it_is_accepted(desk: ComplaintKit, told: Told) -> None:
    """The owner stays the owner; the addressee is told, accepts, and owns it from then; the history has both."""
    reference = new(desk)
    assert "irina" == offer(desk, reference, "Maya").owner
    assert ["irina", "maya"] == [tenures(desk.case(reference))[0].name, standing(desk.case(reference)).to]  # type: ignore[union-attr]
    case = desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(3))
    assert "maya" == case.owner
    assert standing(case) is None
    assert (Answer.ACCEPTED, MONDAY + hours(3)) == (case.handling.offers[0].answer, case.handling.offers[0].ended_at)
    assert case.named("offer-1").met_at == MONDAY + hours(3)  # type: ignore[union-attr]
    assert [("irina", MONDAY + hours(3)), ("maya", None)] == [(one.name, one.until) for one in tenures(case)]
    desk.work(MONDAY + hours(3))
    assert (["maya"], ["irina"]) == (told.of("offer"), told.of("taken_over"))


@pytest.mark.parametrize(
    ("to", "by", "more", "why"),
    [
        ("pete", "irina", {}, "neither a person nor a role called 'pete'"),
        ("irina", "irina", {}, "owns it already"),
        ("oleg", "oleg", {}, "it is irina's; ask irina"),
        ("lena", "lena", {}, "take it over instead"),
        ("ana", "irina", {}, "ana has no role that may own"),
        ("oleg", "irina", {"skill": "letters"}, "oleg cannot do letters"),
        ("marketing", "irina", {}, "nobody in the role marketing could accept it"),
        ("handler", "irina", {"skill": "law"}, "nobody in the role handler who can do law"),
        ("oleg", "irina", {"until": MONDAY}, "a moment in the future"),
        ("oleg", "irina", {"until": (MONDAY + hours(9)).replace(tzinfo=None)}, "with time zone"),
        (" ", "irina", {}, "needs a name"),
    ],
)
def test_an_offer_that_nobody_could_accept_is_refused(
    desk: ComplaintKit, to: str, by: str, more: dict[str, Any], why: str
) -> None:
    """It needs somebody who exists, may own complaints and can do what is needed, and it is the owner's to make."""
    reference = new(desk)
    with pytest.raises(NotAllowed, match=why):
        offer(desk, reference, to, by, **more)
    assert "irina" == desk.case(reference).owner


def test_nobody_takes_what_is_not_theirs(desk: ComplaintKit) -> None:
    """Without an offer only a superior may take it, and has to say why."""
    reference = new(desk)
    with pytest.raises(NotAllowed, match="it is irina's, and nobody has offered it"):
        desk.act(reference, TakeOver(reason="I want it"), by="maya", now=MONDAY + hours(1))
    offer(desk, reference, "oleg")
    with pytest.raises(NotAllowed, match="offered to oleg"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(2))
    with pytest.raises(NotAllowed, match="needs a reason"):
        desk.act(reference, TakeOver(), by="lena", now=MONDAY + hours(2))
    case = desk.act(reference, TakeOver(reason="the press called"), by="lena", now=MONDAY + hours(2))
    assert ("lena", How.AS_SENIOR) == (case.owner, tenures(case)[-1].how)
    assert Answer.REPLACED is case.handling.offers[0].answer


def test_what_lies_in_the_queue_is_for_whoever_takes_it(desk: ComplaintKit, told: Told) -> None:
    """A complaint that nobody took down belongs to the queue, and a handler takes it without being asked."""
    reference = desk.open(said("It broke."), now=MONDAY).reference
    assert "desk" == desk.case(reference).owner
    case = desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(1))
    assert ("maya", How.FROM_QUEUE) == (case.owner, tenures(case)[-1].how)
    desk.work(MONDAY + hours(1))
    assert [] == told.of("taken_over")


def test_a_queue_that_somebody_has_as_a_role_is_theirs_alone() -> None:
    """Where members have the queue as a role, others do not take from it."""
    staff = {**STAFF, "oleg": {"roles": ["handler", "claims"]}}
    with a_desk(staff=staff, roles=["desk", "claims"], owners={"*": "claims"}) as desk:
        reference = desk.open(said("It broke."), now=MONDAY).reference
        with pytest.raises(NotAllowed, match="it is claims's"):
            desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(1))
        assert "oleg" == desk.act(reference, TakeOver(), by="oleg", now=MONDAY + hours(1)).owner


def test_an_offer_to_a_role_stands_until_the_last_of_it_declines(desk: ComplaintKit, told: Told) -> None:
    """One of a role who declines leaves it to the others who have the skill; the last one gives it back."""
    reference = new(desk, "lena")
    offer(desk, reference, "handler", "lena", skill="refunds")
    with pytest.raises(NotAllowed, match="offered to handler; only they can decline"):
        desk.act(reference, actions.Decline(reason="not mine"), by="irina", now=MONDAY + hours(2))
    case = desk.act(reference, actions.Decline(reason="too much to do"), by="maya", now=MONDAY + hours(2))
    assert ("handler", ("maya",)) == (standing(case).to, standing(case).declined)  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="and once"):
        desk.act(reference, actions.Decline(reason="again"), by="maya", now=MONDAY + hours(2))
    case = desk.act(reference, actions.Decline(reason="on the road"), by="oleg", now=MONDAY + hours(3))
    assert (None, Answer.DECLINED, "lena") == (standing(case), case.handling.offers[0].answer, case.owner)
    desk.work(MONDAY + hours(3))
    assert (["handler"], ["lena"]) == (told.of("offer"), told.of("offer_declined"))


def test_whoever_offered_takes_it_back(desk: ComplaintKit, told: Told) -> None:
    """The one who offered it, or its owner, ends the offer; then it cannot be accepted any more."""
    reference = new(desk)
    offer(desk, reference, "maya", by="lena")
    with pytest.raises(NotAllowed, match="lena offered it; only they"):
        desk.act(reference, actions.TakeBack(), by="oleg", now=MONDAY + hours(2))
    desk.act(reference, actions.TakeBack(reason="solved it"), by="irina", now=MONDAY + hours(2))
    with pytest.raises(NotAllowed, match="nobody has offered it"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(3))
    with pytest.raises(NotAllowed, match="nobody has offered it"):
        desk.act(reference, actions.TakeBack(), by="irina", now=MONDAY + hours(3))
    desk.work(MONDAY + hours(3))
    assert ["maya"] == told.of("offer_ended")


def test_a_new_offer_replaces_the_one_that_stands(desk: ComplaintKit) -> None:
    """Only one offer stands at a time; the earlier addressee cannot accept any more."""
    reference = new(desk)
    offer(desk, reference, "maya")
    case = offer(desk, reference, "oleg", at=2)
    assert ["replaced", ""] == [one.answer for one in case.handling.offers]
    with pytest.raises(NotAllowed, match="offered to oleg"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(3))


def test_an_offer_without_an_answer_comes_back_and_everybody_knows(desk: ComplaintKit, told: Told) -> None:
    """At its due moment it returns to the owner; owner, offerer and addressee are told; then a superior, too."""
    reference = new(desk)
    offer(desk, reference, "maya", by="lena", until=MONDAY + hours(5))
    desk.work(MONDAY + hours(5))
    case = desk.case(reference)
    assert ("irina", Answer.RETURNED, None) == (case.owner, case.handling.offers[0].answer, standing(case))
    assert case.named("offer-1").overdue  # type: ignore[union-attr]
    assert (["irina", "lena"], ["maya"]) == (told.of("offer_returned"), told.of("offer_ended"))
    assert [] == told.of("escalation")
    with pytest.raises(NotAllowed, match="nobody has offered it"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(6))
    offer(desk, reference, "oleg", at=6, until=MONDAY + hours(8))
    desk.work(MONDAY + hours(8))
    assert ["lena"] == told.of("escalation")
    assert 1 == desk.case(reference).level


def test_what_everybody_declines_calls_the_superior_of_its_owner(desk: ComplaintKit, told: Told) -> None:
    """The second offer in vain is one too many, declined or not; the superior can take it."""
    reference = new(desk)
    for at, name in ((1, "maya"), (3, "oleg")):
        offer(desk, reference, name, at=at)
        desk.act(reference, actions.Decline(reason="too much to do"), by=name, now=MONDAY + hours(at + 1))
    desk.work(MONDAY + hours(4))
    assert (["irina", "irina"], ["lena"]) == (told.of("offer_declined"), told.of("escalation"))
    taken = desk.act(reference, TakeOver(reason="nobody else can"), by="lena", now=MONDAY + hours(5))
    assert ("lena", 0) == (taken.owner, in_vain(taken))


def test_a_hard_case_is_passed_up_with_the_reason(desk: ComplaintKit) -> None:
    """A handler offers it to the role above; until somebody there accepts, it stays with the handler."""
    reference = new(desk)
    case = offer(desk, reference, "team-lead")
    assert ("irina", "knows it") == (case.owner, str(case.handling.offers[0].reason))
    with pytest.raises(NotAllowed, match="offered to team-lead"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(2))
    assert "lena" == desk.act(reference, TakeOver(), by="lena", now=MONDAY + hours(2)).owner


def test_an_offer_runs_by_the_standard_of_the_policy(desk: ComplaintKit) -> None:
    """Without a moment of its own it stands as long as the policy says; where that says nothing, a day."""
    case = offer(desk, new(desk), "maya")
    assert MONDAY + hours(25) == case.named("offer-1").due_at  # type: ignore[union-attr]
    assert "answer to an offer" in case.named("offer-1").standard  # type: ignore[union-attr]
    other = [{"name": "answer", "clock": "final_response", "within": {"days": 9}}]
    with a_desk(standards=other) as bare:
        assert MONDAY + hours(25) == offer(bare, new(bare), "maya").named("offer-1").due_at  # type: ignore[union-attr]


def test_an_offer_ends_with_the_case(desk: ComplaintKit) -> None:
    """What is closed is no longer offered; opened again, it is still nobody's but its owner's."""
    reference = new(desk)
    offer(desk, reference, "maya")
    for action in (Reply(text="Sent a new one."), Resolve(evidence="said so"), Close()):
        desk.act(reference, action, by="irina", now=MONDAY + hours(2))
    assert (Stage.CLOSED, None) == (desk.case(reference).stage, standing(desk.case(reference)))
    desk.act(reference, actions.Reopen(reason="broke again"), by="irina", now=MONDAY + hours(3))
    with pytest.raises(NotAllowed, match="nobody has offered it"):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(4))


def test_an_assignment_of_old_files_is_still_read() -> None:
    """The entry of earlier versions changes the owner as it did, and stands in the history."""
    case = registered().apply(Assigned(at=T0 + hours(1), by="lena", owner="oleg"))
    assert "oleg" == case.owner
    assert [("desk", How.FIRST_HEARER), ("oleg", How.ASSIGNED)] == [(one.name, one.how) for one in tenures(case)]


def test_a_small_desk_without_a_list_hands_over_to_anybody() -> None:
    """Where nobody is listed any name will do, and acceptance is needed all the same."""
    case = registered(owner="irina")
    offered = case.apply_all(HandOver(to="anybody", reason="x").decide(case, POLICY.actor("irina"), T0, POLICY))
    with pytest.raises(NotAllowed, match="needs a reason"):
        TakeOver().decide(offered, POLICY.actor("somebody"), T0 + hours(1), POLICY)
    taken = offered.apply_all(TakeOver().decide(offered, POLICY.actor("anybody"), T0 + hours(1), POLICY))
    assert "anybody" == taken.owner


# --- absence and deputies


def test_a_new_case_of_somebody_away_goes_to_the_deputy_of_the_deputy(desk: ComplaintKit, told: Told) -> None:
    """The first one in the line who is at work owns it, the file says for whom, and that person is told."""
    desk.away("irina", until=MONDAY + hours(50), by="lena", now=MONDAY)
    desk.away("oleg", until=MONDAY + hours(50), deputy="maya", by="lena", now=MONDAY)
    reference = new(desk, at=MONDAY + hours(1))
    case = desk.case(reference)
    (first,) = tenures(case)
    assert ("maya", How.STANDS_IN, "irina") == (case.owner, first.how, first.in_place_of)
    assert "stood_in" in kinds(desk.file(reference))
    assert "irina" == desk.file(reference)[0].entry.by
    desk.work(MONDAY + hours(1))
    assert ["maya"] == told.of("owner")
    assert "irina" == desk.case(new(desk, at=MONDAY + hours(50))).owner


def test_where_everybody_is_away_the_first_hearer_stays_responsible(desk: ComplaintKit) -> None:
    """Deputies who stand in for each other make no endless line."""
    desk.away("irina", by="lena", now=MONDAY)
    desk.away("oleg", by="lena", now=MONDAY)
    assert "irina" == desk.case(new(desk)).owner


def test_notices_to_somebody_away_go_to_the_deputy_too(desk: ComplaintKit, told: Told) -> None:
    """Whoever stands in hears what the absent owner has to hear."""
    reference = new(desk)
    desk.away("irina", by="lena", now=MONDAY + hours(1))
    desk.work(MONDAY + hours(100))
    assert {"irina", "oleg"} <= set(told.of("overdue"))
    assert "irina" == desk.case(reference).owner


def test_the_deputy_answers_an_offer_to_somebody_away(desk: ComplaintKit, told: Told) -> None:
    """It is offered to the deputy as well, the file says so, and the deputy may accept."""
    desk.away("oleg", until=MONDAY + hours(90), deputy="maya", by="lena", now=MONDAY)
    reference = new(desk)
    case = offer(desk, reference, "oleg")
    assert ("oleg", "maya") == (case.handling.offers[0].to, case.handling.offers[0].deputy)
    desk.work(MONDAY + hours(2))
    assert ["oleg", "maya"] == told.of("offer")
    case = desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(3))
    last = tenures(case)[-1]
    assert ("maya", How.AS_DEPUTY, "oleg") == (case.owner, last.how, last.in_place_of)


def test_the_deputy_of_an_absent_owner_may_act_as_the_owner(desk: ComplaintKit) -> None:
    """Who stands in for the owner may hand it over, or take it over; nobody else may."""
    reference = new(desk)
    desk.away("irina", by="lena", now=MONDAY + hours(1))
    with pytest.raises(NotAllowed, match="it is irina's"):
        offer(desk, reference, "eva", by="maya", at=2)
    assert "maya" == offer(desk, reference, "maya", by="oleg", at=2).handling.offers[0].to
    assert "oleg" == desk.act(reference, TakeOver(), by="oleg", now=MONDAY + hours(3)).owner


def test_the_superior_learns_what_somebody_away_leaves_behind(desk: ComplaintKit, told: Told) -> None:
    """Open cases that are not confidential are named to the superior, and can be offered in one go."""
    first, second, about = new(desk), new(desk), new(desk)
    desk.act(about, NameStaff(names=("eva",), reason="says so"), by="irina", now=MONDAY + hours(1))
    assert {first, second} == set(desk.away("irina", by="lena", now=MONDAY + hours(2)))
    desk.work(MONDAY + hours(2))
    (notice,) = [one for one in told if one.occasion == "away"]
    assert "lena" == notice.recipient
    assert first in notice.body
    assert about not in notice.body
    moved = desk.hand_over_all("irina", "maya", by="lena", reason="irina is ill", now=MONDAY + hours(3))
    assert {(first, ""), (second, "")} == {(one.reference, one.why_not) for one in moved}
    assert ["irina", "irina"] == [desk.case(one).owner for one in (first, second)]
    assert "maya" == desk.act(first, TakeOver(), by="maya", now=MONDAY + hours(4)).owner
    refused = desk.hand_over_all("irina", "maya", by="oleg", reason="x", now=MONDAY + hours(5))
    assert [""] == [one.why_not for one in refused], "oleg stands in for irina, and so may offer what is hers"
    assert ["maya"] == [one.load and one.name for one in desk.colleagues(MONDAY + hours(5)) if one.name == "maya"]


def test_an_absence_ends_when_somebody_is_back(desk: ComplaintKit) -> None:
    """Back at work ends what runs; where nothing runs the next planned absence is dropped; else it is refused."""
    desk.away("irina", MONDAY, by="lena", now=MONDAY)
    desk.away("irina", MONDAY + hours(500), MONDAY + hours(600), by="lena", now=MONDAY)
    assert MONDAY == desk.back("irina", MONDAY + hours(9), by="irina").since
    assert "irina" == desk.case(new(desk, at=MONDAY + hours(10))).owner
    assert [MONDAY + hours(500)] == [one.since for one in desk.absences(MONDAY + hours(10))]
    desk.back("irina", MONDAY + hours(11), by="lena")
    assert () == desk.absences(MONDAY + hours(11))
    with pytest.raises(SettingsError, match="is not away"):
        desk.back("irina", MONDAY + hours(12), by="lena")


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("pete", {}, "nobody called 'pete'"),
        ("irina", {"deputy": "pete"}, "nobody called 'pete'"),
        ("irina", {"deputy": "Irina"}, "their own deputy"),
        ("irina", {"until": MONDAY}, "has to end later"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(
    desk: ComplaintKit, name: str, more: dict[str, Any], why: str
) -> None:
    """Names have to be somebody's, and an absence ends after it began."""
    with pytest.raises(SettingsError, match=why):
        desk.away(name, by="lena", now=MONDAY, **more)
    assert () == desk.absences(MONDAY)


def test_absences_of_the_settings_count_too() -> None:
    """A holiday that was planned in the settings works like one that was told, and only the settings end it."""
    planned = {"since": MONDAY, "until": MONDAY + hours(90), "deputy": "maya"}
    with a_desk(staff={**STAFF, "irina": {**STAFF["irina"], "away": [planned]}}) as desk:
        assert "maya" == desk.case(new(desk)).owner
        with pytest.raises(SettingsError, match="planned in"):
            desk.back("irina", MONDAY + hours(1), by="lena")


@pytest.mark.parametrize(
    ("staff", "path"),
    [
        ({"irina": {"deputy": "pete"}}, "policy.staff.irina.deputy"),
        ({"irina": {"reports_to": "Irina"}}, "policy.staff.irina.reports_to"),
        ({"irina": {"away": [{"since": MONDAY, "until": MONDAY}]}}, "policy.staff.irina.away"),
    ],
)
def test_a_list_of_staff_that_does_not_add_up_is_refused(staff: dict[str, Any], path: str) -> None:
    """A deputy or superior who is nobody, or oneself, and an absence that never begins are told with their place."""
    with a_desk(staff=staff) as desk, pytest.raises(SettingsError) as refused:
        desk.policy.owner("phone")
    assert path == refused.value.path


# --- choosing


def test_who_fits_is_there_able_and_has_least_to_do(desk: ComplaintKit) -> None:
    """Present, skilled, not concerned, not the owner; the least loaded first, and superiors last."""
    reference = new(desk, "oleg")
    for _ in range(2):
        new(desk, "maya")
    assert ["irina", "maya", "eva", "lena"] == [one.name for one in desk.suggest(reference, now=MONDAY + hours(1))]
    assert [("maya", 2)] == [(one.name, one.load) for one in desk.suggest(reference, skill="refunds", now=MONDAY)]
    assert ["lena"] == [one.name for one in desk.suggest(reference, role="team-lead", now=MONDAY)]
    desk.away("irina", by="lena", now=MONDAY)
    desk.act(reference, NameStaff(names=("maya",), reason="says so"), by="oleg", now=MONDAY + hours(1))
    assert ["eva", "lena"] == [one.name for one in desk.suggest(reference, now=MONDAY + hours(1))]
    with pytest.raises(NotFound):
        desk.suggest(reference, by="maya", now=MONDAY + hours(2))


def test_a_category_can_say_which_skill_it_needs() -> None:
    """Where nobody names a skill, the one that the policy has for the category counts."""
    with a_desk(ownership={"skills": {"refund": "refunds"}}) as desk:
        reference = new(desk, "lena")
        desk.act(reference, actions.Assess(category="refund"), by="lena", now=MONDAY + hours(1))
        assert ["maya", "oleg"] == [one.name for one in desk.suggest(reference, now=MONDAY + hours(1))]


# --- conflict of interest


def test_to_whom_it_is_about_it_does_not_exist(desk: ComplaintKit) -> None:
    """Every action of theirs is refused in the words for a reference that is not on file, whatever it is."""
    reference = new(desk, "maya")
    desk.act(reference, NameStaff(names=("Oleg ",), reason="the caller says so"), by="maya", now=MONDAY + hours(1))
    with pytest.raises(NotFound) as missing:
        desk.act("CK-EHQ6-7X6D", Note(text="x"), by="oleg", now=MONDAY + hours(2))
    for action in (Note(text="x"), TakeOver(), NameStaff(names=("irina",), reason="x"), Reply(text="x")):
        for name in ("oleg", " OLEG"):
            with pytest.raises(NotFound) as refused:
                desk.act(reference, action, by=name, now=MONDAY + hours(2), version=1)
            assert missing.value.problem == refused.value.problem


def test_an_owner_whom_it_is_about_is_replaced_at_once(desk: ComplaintKit, told: Told) -> None:
    """The superior owns it without being asked; the file says why, and the person hears of nothing any more."""
    reference = new(desk)
    case = desk.act(reference, NameStaff(names=("irina",), reason="was rude"), by="oleg", now=MONDAY + hours(1))
    last = tenures(case)[-1]
    assert ("lena", How.CONFLICT, "irina") == (case.owner, last.how, last.in_place_of)
    assert ["staff_named", "owner_replaced"] == kinds(desk.file(reference))[-2:]
    desk.work(MONDAY + hours(100))
    assert "irina" not in {one.recipient for one in told}
    assert {"lena"} == set(told.of("conflict"))
    with pytest.raises(NotAllowed, match="irina must have nothing to do with it"):
        offer(desk, reference, "irina", by="lena", at=101)


def test_a_notice_that_waits_goes_to_the_superior_instead(desk: ComplaintKit, told: Told) -> None:
    """What was written before somebody was named, and not sent yet, does not reach them either."""
    reference = new(desk, "lena")
    offer(desk, reference, "maya", by="lena")
    desk.act(reference, NameStaff(names=("maya",), reason="says so"), by="lena", now=MONDAY + hours(1))
    desk.work(MONDAY + hours(2))
    assert ["lena"] == told.of("offer")
    assert not any(one.recipient == "maya" for one in told)
    case = desk.case(reference)
    assert (Answer.CONFLICT, None) == (case.handling.offers[0].answer, standing(case))


def test_a_role_is_told_person_by_person_where_one_of_it_is_concerned(desk: ComplaintKit, told: Told) -> None:
    """An escalation to the role of somebody it is about reaches those of the role it is not about, or a superior."""
    reference = new(desk)
    desk.act(reference, NameStaff(names=("lena",), reason="says so"), by="irina", now=MONDAY + hours(1))
    desk.work(MONDAY + hours(50))
    assert {"eva"} == set(told.of("escalation"))
    assert "lena" not in {one.recipient for one in told}
    assert not {one.recipient for one in told} & {"team-lead", "desk"}


def test_a_deputy_whom_it_is_about_does_not_stand_in(desk: ComplaintKit, told: Told) -> None:
    """The superior of that deputy stands in for the absent owner instead."""
    reference = new(desk)
    desk.act(reference, NameStaff(names=("oleg",), reason="says so"), by="irina", now=MONDAY + hours(1))
    desk.away("irina", by="lena", now=MONDAY + hours(2))
    desk.work(MONDAY + hours(100))
    assert {"irina", "lena"} == set(told.of("overdue"))
    with pytest.raises(NotFound):
        desk.act(reference, TakeOver(), by="oleg", now=MONDAY + hours(101))
    assert "lena" == desk.act(reference, TakeOver(), by="lena", now=MONDAY + hours(101)).owner


def test_the_line_below_somebody_can_be_kept_out_too(told: Told) -> None:
    """With the switch on, those who report to whom it is about cannot have it; those above can."""
    with a_desk(told, ownership={"conflict_line": True}) as desk:
        reference = new(desk)
        case = desk.act(reference, NameStaff(names=("lena",), reason="says so"), by="irina", now=MONDAY + hours(1))
        assert "eva" == case.owner
        with pytest.raises(NotFound):
            desk.act(reference, Note(text="x"), by="irina", now=MONDAY + hours(2))
        assert () == desk.suggest(reference, now=MONDAY + hours(2))


def test_nobody_is_named_where_nobody_would_be_left(desk: ComplaintKit) -> None:
    """A complaint about everybody who could handle it would be buried: naming the last of them is refused."""
    reference = new(desk)
    with pytest.raises(NotAllowed, match="nobody who may handle it would be left"):
        desk.act(reference, NameStaff(names=tuple(STAFF), reason="all"), by="irina", now=MONDAY + hours(1))
    assert () == desk.case(reference).about


@pytest.mark.parametrize("typed", ["olegg", "Òleg"])
def test_a_slip_in_a_name_hides_it_from_nobody(desk: ComplaintKit, typed: str) -> None:
    """A name that is nearly one on the list is asked about, and taken only on a person's word."""
    reference = new(desk)
    with pytest.raises(NotAllowed, match="did you mean oleg"):
        desk.act(reference, NameStaff(names=(typed,), reason="x"), by="irina", now=MONDAY + hours(1))
    named = NameStaff(names=(typed,), reason="another one", as_written=True)
    assert desk.act(reference, named, by="irina", now=MONDAY + hours(1)).about


def test_naming_somebody_can_be_reversed_by_a_superior(desk: ComplaintKit) -> None:
    """A superior with a reason clears them; the owner stays, and they can be offered it again."""
    reference = new(desk)
    desk.act(reference, NameStaff(names=("oleg",), reason="says so"), by="irina", now=MONDAY + hours(1))
    clear = actions.ClearStaff(names=("Oleg",), reason="another Oleg")
    with pytest.raises(NotAllowed, match="clear_staff is for"):
        desk.act(reference, clear, by="irina", now=MONDAY + hours(2))
    case = desk.act(reference, clear, by="lena", now=MONDAY + hours(2))
    assert ((), "irina") == (case.about, case.owner)
    assert "oleg" == offer(desk, reference, "oleg", at=3).handling.offers[0].to
    with pytest.raises(NotAllowed, match="it is about nobody of the staff"):
        desk.act(reference, clear, by="lena", now=MONDAY + hours(4))


@pytest.mark.parametrize(
    ("names", "why"), [((), "needs a name"), (("team-lead",), "is a role"), (("oleg", "OLEG"), "")]
)
def test_only_persons_are_named(desk: ComplaintKit, names: tuple[str, ...], why: str) -> None:
    """A role is nobody in particular; the same person twice is one."""
    reference = new(desk)
    action = NameStaff(names=names, reason="says so")
    if why:
        with pytest.raises(NotAllowed, match=why):
            desk.act(reference, action, by="irina", now=MONDAY + hours(1))
        return
    assert ("oleg",) == desk.act(reference, action, by="irina", now=MONDAY + hours(1)).about
    with pytest.raises(NotAllowed, match="on file already"):
        desk.act(reference, action, by="irina", now=MONDAY + hours(1))


# --- whose problem it is


def test_whose_problem_it_is_is_filed_with_evidence_and_date(desk: ComplaintKit) -> None:
    """Each finding keeps who, from what that is known and since when; the latest one stands last."""
    reference = new(desk)
    first = actions.FindResponsible(who="the warehouse", evidence="the shipping note")
    desk.act(reference, first, by="irina", now=MONDAY + hours(1))
    other = actions.FindResponsible(
        kind="other_respondent", who="the carrier", evidence="its own report", found_at=MONDAY + hours(1)
    )
    case = desk.act(reference, other, by="irina", now=MONDAY + hours(2))
    assert [("responsible-1", "unit", "the warehouse"), ("responsible-2", "other_respondent", "the carrier")] == [
        (one.name, one.kind, str(one.who)) for one in case.handling.responsible
    ]
    last = case.handling.responsible[-1]
    assert ("its own report", MONDAY + hours(1), "irina") == (str(last.evidence), last.found_at, last.by)
    with pytest.raises(NotAllowed, match="not in the future"):
        desk.act(reference, evolve(other, found_at=MONDAY + hours(9)), by="irina", now=MONDAY + hours(3))
    with pytest.raises(NotAllowed, match="needs a evidence"):
        desk.act(reference, evolve(other, evidence=" "), by="irina", now=MONDAY + hours(3))


# --- whatever happens

PEOPLE = tuple(STAFF)
ROLES = ("desk", "handler", "team-lead", "legal")
SEEDS = st.integers(0, 2**32)
STEPS = 40


@cache
def prepared(line: bool) -> tuple[ComplaintKit, Told]:
    """Return a kit that is made once, and what it delivers; only its plugins and policy are used."""
    told = Told()
    return a_desk(told, ownership={"conflict_line": line}), told


def fresh(line: bool) -> tuple[BoundKit, Told]:
    """Return an empty desk and what it delivers; made quickly, for there will be many."""
    made, told = prepared(line)
    told.clear()
    desk = Desk(MemoryStore(), made.registry, made.policy, b"for tests", Random(7).randrange)
    return BoundKit(desk, lambda: MONDAY), told


def asked_for(dice: Random, case: Complaint) -> tuple[Action, str]:
    """Return something that somebody might ask for, mostly somebody who may."""
    offer_, anybody = standing(case), dice.choice(PEOPLE)
    likely = dice.choice([case.owner, *([offer_.to] if offer_ else []), "lena", anybody])
    by = likely if likely in PEOPLE else anybody
    names = (dice.choice(PEOPLE),)
    action = dice.choices(
        (
            HandOver(to=dice.choice((*PEOPLE, *ROLES)), reason="x", skill=dice.choice(("", "", "refunds"))),
            TakeOver(reason=dice.choice(("", "nobody else does"))),
            actions.Decline(reason="no time"),
            actions.TakeBack(),
            NameStaff(names=names, reason="x"),
            actions.ClearStaff(names=names, reason="x"),
            dice.choice((Reply(text="x"), Resolve(evidence="x"), Close(), actions.Reopen(reason="x"))),
        ),
        (30, 30, 8, 4, 5, 3, 12),
    )[0]
    return action, by


def happen(desk: BoundKit, dice: Random, references: list[str], now: datetime) -> None:
    """Let one thing happen at the desk; a refusal changes nothing."""
    what, name = dice.choices(("act", "work", "away", "back", "new"), (70, 12, 8, 5, 5))[0], dice.choice(PEOPLE)
    with suppress(NotAllowed, NotFound, SettingsError):
        if what == "act":
            reference = dice.choice(references)
            action, by = asked_for(dice, desk.case(reference))
            desk.act(reference, action, by=by, now=now)
        elif what == "away":
            desk.away(name, until=now + hours(dice.randint(1, 100)), by="lena", now=now)
        elif what == "back":
            desk.back(name, now, by="lena")
        elif what == "work":
            desk.desk.work(now)
        else:
            references.append(new(desk, name, now))


def assert_owned(desk: BoundKit, case: Complaint) -> None:
    """Fail if a case has nobody, or somebody it is about, or no next moment, or a history that does not add up."""
    roster = desk.desk.policy.roster
    assert case.owner
    assert not case.open or case.due_at is not None
    assert not roster.in_conflict(case, case.owner)
    history = tenures(case)
    assert (case.owner, None) == (history[-1].name, history[-1].until)
    assert [one.until for one in history[:-1]] == [one.since for one in history[1:]]
    offers = [one for one in case.handling.offers if not one.answer and not case.named(one.name).settled]  # type: ignore[union-attr]
    assert len(offers) <= 1
    assert not any(roster.in_conflict(case, one.to) for one in offers)


@settings(max_examples=60, deadline=None)
@given(line=st.booleans(), seed=SEEDS)
def test_no_open_complaint_is_ever_orphaned(line: bool, seed: int) -> None:
    """Whatever people do, whoever is away, however time passes: every open case has a fit owner and a next moment."""
    (desk, told), dice, now = fresh(line), Random(seed), MONDAY
    references = [new(desk)]
    for _ in range(STEPS):
        now += hours(dice.choice((0, 1, 5, 30)))
        seen = len(told)
        happen(desk, dice, references, now)
        for reference in references:
            assert_owned(desk, desk.case(reference))
        for notice in told[seen:]:
            if notice.medium == "staff" and notice.reference in references:
                assert not desk.desk.policy.roster.in_conflict(desk.case(notice.reference), notice.recipient)
    for reference in references:
        assert desk.case(reference) == folded(desk.desk.store.file(reference))


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_nobody_owns_a_case_without_taking_it(seed: int) -> None:
    """Every change of owner is an act of the new owner, but the one that keeps a case from whom it is about."""
    (desk, _), dice, now = fresh(False), Random(seed), MONDAY
    references = [new(desk)]
    for _ in range(STEPS):
        now += hours(dice.choice((0, 1, 5, 30)))
        happen(desk, dice, references, now)
    for reference in references:
        file = desk.desk.store.file(reference)
        case = folded(file[:1])
        for filed in file[1:]:
            case, before = case.apply(filed.entry), case
            if case.owner != before.owner and filed.entry.kind == "owner_replaced":
                assert case.concerns(before.owner)
            elif case.owner != before.owner:
                assert ("taken_over", filed.entry.by) == (filed.entry.kind, case.owner)


def test_an_absence_covers_its_beginning_and_not_its_end() -> None:
    """The period is half open; without an end it goes on."""
    absence = Absence(name="irina", since=MONDAY, until=MONDAY + hours(2))
    assert [False, True, True, False] == [absence.covers(MONDAY + hours(one)) for one in (-1, 0, 1, 2)]
    assert evolve(absence, until=None).covers(MONDAY + hours(9999))


def test_nobody_gets_at_complaints_by_sending_their_owner_away(desk: ComplaintKit) -> None:
    """Only the person or a superior enters an absence or ends it, and by whom it was is kept; a stranger has no say."""
    reference = new(desk)
    for name in ("maya", "ana", "mallory", ""):
        with pytest.raises(NotAllowed):
            desk.away("irina", deputy="maya", by=name, now=MONDAY)
    assert () == desk.absences(MONDAY)
    with pytest.raises(NotAllowed):
        desk.act(reference, TakeOver(), by="maya", now=MONDAY + hours(1))
    for name in ("irina", "lena", "eva"):
        desk.away("irina", deputy="maya", by=name, now=MONDAY)
        assert [name] == [one.by for one in desk.absences(MONDAY)]
    for name in ("maya", "mallory", ""):
        with pytest.raises(NotAllowed):
            desk.back("irina", MONDAY + hours(1), by=name)
    assert "eva" == desk.back("irina", MONDAY + hours(1), by="lena").by


def test_a_named_superior_answers_for_those_below_and_a_list_of_rights_may_say_less() -> None:
    """Whoever somebody reports to may, whatever their role; whom the table leaves out may not even for themselves."""
    staff = {**STAFF, "irina": {"roles": ["handler"], "reports_to": "maya"}}
    with a_desk(staff=staff) as desk:
        desk.away("irina", by="maya", now=MONDAY)
        assert ["maya"] == [one.by for one in desk.absences(MONDAY)]
    with a_desk(permissions={"away": ["team-lead"]}) as desk:
        with pytest.raises(NotAllowed, match="away is for team-lead"):
            desk.away("irina", by="irina", now=MONDAY)
        assert () == desk.away("irina", by="lena", now=MONDAY)


def test_on_a_small_desk_an_absence_has_a_name_too() -> None:
    """Where nobody is listed anybody may enter it, but not without saying who."""
    with kit() as desk:
        with pytest.raises(NotAllowed, match="needs the name of who enters it"):
            desk.away("irina", now=MONDAY)
        desk.away("irina", by="anybody", now=MONDAY)
        assert ["anybody"] == [one.by for one in desk.absences(MONDAY)]
