"""What a complaint is about: its points, what is described, wanted and needed, and that history stays."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from complaintkit import NotAllowed
from complaintkit.case.actions import (
    AddDemand,
    AddNeed,
    AddPoint,
    ChangePoint,
    ConfirmRestatement,
    Describe,
    DropPoint,
    EndDemand,
    RemoveNeed,
    Restate,
)
from complaintkit.case.actions.describing import names_in
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Closed, Described
from complaintkit.case.entries.matter import FACTS
from complaintkit.case.gap import gap, gap_between
from complaintkit.case.lifecycle import Stage
from complaintkit.case.money import Money
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.points import WHOLE, Target, point_of, points_of
from complaintkit.case.remedies import Remedy, RemedyType
from complaintkit.case.subject import Demand, DemandEnd, DemandKind, Subject
from complaintkit.case.telling import Goal, Telling
from complaintkit.escalation import review
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, T0, act, decided, hours, registered

NOW = T0 + hours(1)


def described(**facts: Any) -> Complaint:
    """Return a case with facts put down."""
    return act(registered(), Describe(**facts), NOW)


# --- points


def test_a_complaint_that_nobody_took_apart_is_one_point() -> None:
    """Without points of its own, the complaint as a whole is the point."""
    case = registered()
    (point,) = points_of(case)
    assert (WHOLE, case.narrative, None) == (point.name, point.text, point.outcome)


def test_a_complaint_is_taken_apart() -> None:
    """Each point has its own text, object, problem and target; names are never used again."""
    case = act(registered(), AddPoint(text="late", object="A-1042", problem="delivery-late", target="service"), NOW)
    case = act(case, AddPoint(text="rude"), NOW)
    case = act(case, DropPoint(point="point-2", reason="was a joke"), NOW)
    case = act(case, AddPoint(text="broken", target="product"), NOW)
    assert ("point-1", "point-3") == names_in(case, "point")
    first = point_of(case, " Point-1 ")
    assert first is not None
    assert ("late", "A-1042", "delivery-late", Target.SERVICE) == (
        str(first.text),
        first.object,
        first.problem,
        first.target,
    )


def test_a_point_is_put_better_and_the_rest_of_it_stays() -> None:
    """Changing a point keeps what is not said."""
    case = act(registered(), AddPoint(text="late", object="A-1", target="service"), NOW)
    case = act(case, ChangePoint(point="point-1", text="three weeks late"), NOW)
    (point,) = case.matter.points
    assert ("three weeks late", "A-1", Target.SERVICE) == (str(point.text), point.object, point.target)


def test_a_decided_point_is_not_touched() -> None:
    """A decision was about the words as they were."""
    from attrs import evolve

    case = act(registered(), AddPoint(text="late"), NOW)
    points = tuple(evolve(one, outcome=Outcome.UPHELD) for one in case.matter.points)
    case = evolve(case, matter=evolve(case.matter, points=points))
    for action in (ChangePoint(point="point-1", text="early"), DropPoint(point="point-1", reason="x")):
        with pytest.raises(NotAllowed, match="is decided: upheld"):
            decided(case, action, NOW)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (AddPoint(text=" "), "text"),
        (AddPoint(text="x", problem="no-such"), "no category"),
        (AddPoint(text="x", target="moon"), "none of product"),
        (AddPoint(text="x", object="o" * 201), "200 signs"),
        (ChangePoint(point="point-1"), "nothing would change"),
        (ChangePoint(point="point-9", text="x"), "none of point-1"),
        (DropPoint(point="point-1", reason=""), "reason"),
    ],
)
def test_a_point_that_says_nothing_is_refused(action: Any, words: str) -> None:
    """A refusal about a point names what is wrong with it."""
    with pytest.raises(NotAllowed, match=words):
        decided(act(registered(), AddPoint(text="late"), NOW), action, NOW)


# --- what is described


def test_everything_that_can_be_told_has_its_place() -> None:
    """Each fact of an entry is a field of the subject or the telling, or stands on the complaint itself."""
    from attrs import fields

    places = {one.name for kind in (Subject, Telling) for one in fields(kind)}
    assert {*FACTS} - places == {"product", "target"}
    assert places - {*FACTS} == {"restatement"}


def test_what_is_described_is_kept_and_the_rest_stays() -> None:
    """One fact after the other adds up; an empty one keeps what was."""
    case = described(product="kettle-2000", expected="that it boils", goal="money", volume=2, evidence=("a photo",))
    case = act(case, Describe(order="A-1042", reach=1200, reach_evidence="likes", evidence=("the bill",)), NOW)
    case = act(case, Describe(happened_at=T0 - timedelta(days=3), place="at home", publish="yes"), NOW)
    subject, telling = case.matter.subject, case.matter.telling
    assert ("kettle-2000", "A-1042", Goal.MONEY, 2) == (
        case.product,
        str(subject.order),
        telling.goal,
        telling.volume,
    )
    assert ("a photo", "the bill") == tuple(map(str, telling.evidence))
    assert telling.reach is not None
    assert (1200, "likes", True) == (telling.reach.people, str(telling.reach.evidence), telling.publish)


def test_a_wrong_fact_is_forgotten_and_stays_in_the_file() -> None:
    """What turned out to be wrong is unknown again; the entry that said it is not touched."""
    case = described(product="kettle", batch="B7", goal="money", target="product", volume=3)
    (entry,) = decided(case, Describe(forget=("product", "batch", "goal", "target", "volume")), NOW)
    assert isinstance(entry, Described)
    assert "product unknown, batch unknown, goal unknown, target unknown, volume unknown" == entry.what
    after = case.apply(entry)
    assert ("", "", None, Target.UNKNOWN, 0) == (
        after.product,
        after.matter.subject.batch,
        after.matter.telling.goal,
        after.matter.target,
        after.matter.telling.volume,
    )


def test_no_is_an_answer() -> None:
    """Somebody who does not agree to publication has been asked."""
    assert described(publish="no").matter.telling.publish is False


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "at least one fact"),
        ({"goal": "gold"}, "none of"),
        ({"volume": 0}, "1 at least"),
        ({"reach": -1}, "fewer than nobody"),
        ({"reach_evidence": "likes"}, "how many people"),
        ({"happened_at": T0 + hours(99)}, "in the future"),
        ({"happened_at": T0.replace(tzinfo=None)}, "time zone"),
        ({"forget": ("weather",)}, "none of product"),
        ({"batch": "B", "forget": ("batch",)}, "at once"),
        ({"product": "p" * 201}, "200 signs"),
    ],
)
def test_a_description_that_cannot_be_is_refused(facts: Any, words: str) -> None:
    """A refusal names the fact that is wrong."""
    with pytest.raises(NotAllowed, match=words):
        decided(registered(), Describe(**facts), NOW)


def test_our_words_are_confirmed_by_the_complainant() -> None:
    """A restatement is open until it is confirmed; another one has to be confirmed anew."""
    with pytest.raises(NotAllowed, match="restate first"):
        decided(registered(), ConfirmRestatement(evidence="yes"), NOW)
    case = act(registered(), Restate(text="The kettle does not boil."), NOW)
    case = act(case, ConfirmRestatement(evidence="said yes"), NOW)
    restatement = case.matter.telling.restatement
    assert restatement is not None
    assert (NOW, "said yes") == (restatement.confirmed_at, str(restatement.evidence))
    with pytest.raises(NotAllowed, match="already"):
        decided(case, ConfirmRestatement(evidence="yes"), NOW)
    again = act(case, Restate(text="And it is loud."), NOW).matter.telling.restatement
    assert again is not None
    assert again.confirmed_at is None


# --- demands


def test_a_demand_is_written_down_with_its_money_and_law() -> None:
    """Kind, amount, currency and legal basis stand in the demand; it counts from receipt unless somebody says so."""
    case = act(
        registered(),
        AddDemand(kind="refund", amount=Decimal("49.90"), currency="eur", legal_basis="warranty law", text="all of it"),
        NOW,
    )
    (demand,) = case.matter.demands
    assert (DemandKind.REFUND, Money(Decimal("49.90"), "EUR"), T0) == (demand.kind, demand.money, demand.presented_at)
    assert ("refund of 49.90 EUR", "warranty law") == (str(demand), str(demand.legal_basis))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "gold"}, "none of refund"),
        ({"kind": "refund", "amount": Decimal("1")}, "currency"),
        ({"kind": "refund", "currency": "EUR"}, "give the amount"),
        ({"kind": "refund", "amount": Decimal("-1"), "currency": "EUR"}, "above 0"),
        ({"kind": "refund", "point": "point-1"}, "none of"),
        ({"kind": "refund", "presented_at": T0 + hours(9)}, "in the future"),
    ],
)
def test_a_demand_that_cannot_be_is_refused(facts: Any, words: str) -> None:
    """A refusal names what is wrong with a demand."""
    with pytest.raises(NotAllowed, match=words):
        decided(registered(), AddDemand(**facts), NOW)


def test_a_period_of_the_law_runs_from_when_the_demand_was_made() -> None:
    """Where the policy has a standard for a kind of demand, its clock starts with the demand and ends with it."""
    standard = {"name": "refund, consumer law", "clock": "demand_refund", "within": {"days": 10}, "source": "a law"}
    shipped = [{"name": "x", "clock": "first_response", "within": {"hours": 24}}]
    policy = read({"standards": [*shipped, standard]}, structure)
    action = AddDemand(kind="refund", presented_at=T0 - timedelta(days=2))
    case = registered().apply_all(action.decide(registered(), policy.actor("irina"), NOW, policy))
    clock = case.named("demand-1")
    assert clock is not None
    assert ("demand_refund", T0 - timedelta(days=2)) == (clock.kind, clock.started_at)
    met = act(case, EndDemand(demand="demand-1", end="met", reason="paid"), NOW)
    taken_back = act(case, EndDemand(demand="demand-1", end="withdrawn", reason="keeps it"), NOW)
    assert (NOW, NOW) == (met.named("demand-1").met_at, taken_back.named("demand-1").ended_at)  # type: ignore[union-attr]
    assert not act(registered(), AddDemand(kind="refund"), NOW).named("demand-1")


def test_a_demand_ends_once() -> None:
    """What became of a demand is said once."""
    case = act(registered(), AddDemand(kind="apology"), NOW)
    case = act(case, EndDemand(demand="demand-1", end="refused", reason="no fault"), NOW)
    assert DemandEnd.REFUSED is case.matter.demands[0].end
    with pytest.raises(NotAllowed, match="demand-1 has ended already: refused"):
        decided(case, EndDemand(demand="demand-1", end="met", reason="after all"), NOW)


def remedy(kind: RemedyType, amount: str = "", **more: Any) -> Remedy:
    """Return a remedy that was offered."""
    money = Money.of(amount, "EUR") if amount else None
    return Remedy(**{"name": "remedy-1", "type": kind, "amount": money, "planned_at": T0, "offered_at": T0, **more})


def demand(kind: DemandKind, amount: str = "", name: str = "demand-1", **more: Any) -> Demand:
    """Return a demand."""
    return Demand(name=name, kind=kind, money=Money.of(amount, "EUR") if amount else None, presented_at=T0, **more)


def test_the_gap_tells_wanted_offered_and_delivered_apart() -> None:
    """Sums per currency, demands nobody has answered, and what has not arrived."""
    euro = Money.of
    wanted = (
        demand(DemandKind.REFUND, "50"),
        demand(DemandKind.MORAL_DAMAGE, "20", "demand-2"),
        demand(DemandKind.APOLOGY, name="demand-3"),
        demand(DemandKind.REFUND, "999", "demand-4", end=DemandEnd.WITHDRAWN),
    )
    half = remedy(RemedyType.REFUND, "50", delivered=euro("30", "EUR"), delivered_at=T0)
    found = gap_between(wanted, (half, remedy(RemedyType.REPAIR), remedy(RemedyType.GOODWILL, "5", offered_at=None)))
    assert (euro("70", "EUR"),) == found.wanted
    assert ((euro("50", "EUR"),), (euro("30", "EUR"),)) == (found.offered, found.delivered)
    assert (("demand-3",), ("demand-1", "demand-2")) == (found.unanswered, found.awaited)
    assert (euro("40", "EUR"),) == found.missing


def test_a_remedy_for_one_point_answers_no_other() -> None:
    """A demand of one point is not answered by a remedy for another."""
    wanted = (demand(DemandKind.REPAIR, point="point-1"), demand(DemandKind.REPAIR, name="demand-2", point="point-2"))
    assert ("demand-2",) == gap_between(wanted, (remedy(RemedyType.REPAIR, point="point-1"),)).unanswered


def test_a_case_without_demands_has_no_gap() -> None:
    """Where nothing is wanted, nothing is missing."""
    assert () == gap(registered()).missing


@given(wants=some.lists(some.integers(1, 10**6), max_size=5), gets=some.lists(some.integers(1, 10**6), max_size=5))
def test_what_is_missing_is_never_more_than_what_was_wanted(wants: list[int], gets: list[int]) -> None:
    """Missing and delivered add up to at least what was wanted, and nothing missing is negative."""
    demands = [demand(DemandKind.REFUND, str(want)) for want in wants]
    remedies = [
        remedy(RemedyType.REFUND, str(get), delivered=Money.of(str(get), "EUR"), delivered_at=T0) for get in gets
    ]
    missing = sum(one.amount for one in gap_between(demands, remedies).missing)
    assert missing == max(0, sum(wants) - sum(gets))


# --- needs


def need(**more: Any) -> AddNeed:
    """Return a support need that is kept for three days."""
    facts = {"kind": "health", "text": "hard of hearing", "support": "write", "consent": "said so"}
    return AddNeed(**{**facts, "until": NOW + timedelta(days=3), **more})


def test_a_need_is_kept_for_its_time_and_then_taken_out() -> None:
    """At its end a need leaves the case with an entry; that is no broken promise, however late a worker comes."""
    case = act(registered(), need(), NOW)
    assert ("need-1",) == names_in(case, "need")
    late = NOW + timedelta(days=9)
    entries = [one for one in review(case, (), POLICY, late) if one.kind == "need_removed"]
    after = case.apply_all(entries)
    clock = after.named("need-1")
    assert (1, ()) == (len(entries), after.matter.needs)
    assert clock is not None
    assert (False, False) == (clock.late_at(late), clock.overdue)


def test_a_need_ends_after_the_case_too() -> None:
    """A closed case wakes up to take the need out."""
    case = act(registered(), need(), NOW)
    closed = case.apply(Closed(at=NOW, by="irina", stage=Stage.CLOSED, reason=Content.of("settled")))
    assert NOW + timedelta(days=3) == closed.due_at
    kinds = [one.kind for one in review(closed, (), POLICY, NOW + timedelta(days=3))]
    assert ["need_removed"] == kinds


def test_a_need_goes_when_somebody_asks() -> None:
    """Taking consent back takes the need out at once, and nothing is planned for it any more."""
    case = act(act(registered(), need(), NOW), RemoveNeed(need="need-1", reason="does not want it kept"), NOW)
    clock = case.named("need-1")
    assert clock is not None
    assert ((), True) == (case.matter.needs, clock.settled)
    assert "need-2" == act(case, need(), NOW).matter.needs[0].name


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"consent": " "}, "consent"),
        ({"until": NOW}, "in the future"),
        ({"kind": "mood"}, "none of health"),
        ({"party": "party-1"}, "none of complainant"),
        ({"support": ""}, "support"),
    ],
)
def test_no_need_without_consent_and_end(more: Any, words: str) -> None:
    """A need is kept only with consent, until a date, and with what we do about it."""
    with pytest.raises(NotAllowed, match=words):
        decided(registered(), need(**more), NOW)
