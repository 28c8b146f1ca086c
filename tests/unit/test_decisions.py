"""Decisions: found out, point by point, with reasons; remedies until they arrive; settled on the spot; costs."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from complaintkit import NotAllowed, SettingsError, Stage
from complaintkit.case.actions import (
    AddCost,
    AddDemand,
    AddPoint,
    AnswerRemedy,
    Approve,
    Assess,
    Attribute,
    ChangeRemedy,
    Close,
    DecidePoint,
    DeliverRemedy,
    DropRemedy,
    OfferRemedy,
    Propose,
    RecordFinding,
    Reopen,
    Resolve,
    Respond,
    SendBack,
    SettleNow,
    WaiveInvestigation,
)
from complaintkit.case.actions.drafting import derived
from complaintkit.case.complaint import Complaint
from complaintkit.case.costs import added_up, costs_of
from complaintkit.case.entries import NoticeSent
from complaintkit.case.gap import gap
from complaintkit.case.money import Money
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.points import Point
from complaintkit.case.responses import proof
from complaintkit.codec import load_entry
from complaintkit.notices import called_for, worded
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

DIGEST = "a" * 64


def assessed(severity: str = "", **changes: Any) -> Complaint:
    """Return a case that is being worked on."""
    return act(registered(**changes), Assess(category="refund", severity=severity), T0 + hours(1))


def with_points(*outcomes: str, **changes: Any) -> Complaint:
    """Return a case with points decided like this; an empty word leaves one undecided."""
    case = assessed(**changes)
    for place, outcome in enumerate(outcomes, 1):
        case = act(case, AddPoint(text=f"point {place}"), T0 + hours(1))
        if outcome:
            reason = "" if outcome == "upheld" else f"because of {place}"
            case = act(case, DecidePoint(point=f"point-{place}", outcome=outcome, reason=reason), T0 + hours(1))
    return case


def responded(*remedies: OfferRemedy) -> Complaint:
    """Return a case that was answered with these."""
    case = assessed()
    for one in remedies:
        case = act(case, one, T0 + hours(2))
    return act(act(case, Propose(outcome="upheld", text="Yes."), T0 + hours(2)), Respond(), T0 + hours(3))


def eur(amount: int, type: str = "refund", **more: Any) -> OfferRemedy:
    """Return the plan of a remedy in euros."""
    return OfferRemedy(type=type, amount=Decimal(amount), currency="EUR", **more)


def letter(case: Complaint, action: Any, at: float = 3) -> str:
    """Return what the complainant gets by an action."""
    entries = decided(case, action, T0 + hours(at))
    notice = next(
        one for one in called_for(case.apply_all(entries), entries, POLICY, SECRET) if one.recipient != "desk"
    )
    return worded(notice, POLICY).body


# --- points


def test_nothing_is_proposed_while_a_raised_point_is_undecided() -> None:
    """Every point that has no decision is named."""
    case = with_points("upheld", "", "")
    with pytest.raises(NotAllowed, match="decide_point for point-2, point-3 first"):
        decided(case, Propose(text="Yes."), T0 + hours(2))


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        (("upheld", "upheld"), "upheld"),
        (("not_upheld",), "not_upheld"),
        (("upheld", "not_upheld"), "partly_upheld"),
        (("partly_upheld", "upheld"), "partly_upheld"),
        (("upheld", "withdrawn"), "upheld"),
        (("not_upheld", "out_of_scope"), "not_upheld"),
        (("withdrawn", "withdrawn"), "withdrawn"),
        (("withdrawn", "out_of_scope"), "out_of_scope"),
    ],
)
def test_the_outcome_follows_from_the_points(outcomes: tuple[str, ...], whole: str) -> None:
    """What the points add up to is the outcome, where nobody says otherwise."""
    case = act(with_points(*outcomes), Propose(text="This is how we decided."), T0 + hours(2))
    assert whole == case.outcome


def test_without_points_somebody_says_the_outcome() -> None:
    """Nothing adds up to nothing."""
    assert derived(()) is None
    assert derived((Point(name="point-1", text=Content.of("x")),)) is None
    with pytest.raises(NotAllowed, match="it needs an outcome: upheld, partly_upheld"):
        decided(assessed(), Propose(text="Yes."), T0 + hours(2))


def test_an_outcome_against_the_points_needs_a_reason() -> None:
    """A complaint counts under its main part at times; who decides so says why."""
    case = with_points("upheld", "not_upheld")
    with pytest.raises(NotAllowed, match="the points add up to partly_upheld, not to upheld"):
        decided(case, Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    whole = act(case, Propose(outcome="upheld", text="Yes.", because="the second point is a detail"), T0 + hours(2))
    assert whole.handling.draft is not None
    assert ("upheld", "the second point is a detail") == (whole.outcome, str(whole.handling.draft.because))


def test_every_decision_but_upheld_has_a_reason() -> None:
    """Words or a code of the policy that goes with the decision; the last decision about a point holds."""
    case = act(assessed(), AddPoint(text="It was late."), T0 + hours(1))
    for outcome in ("partly_upheld", "not_upheld", "withdrawn", "out_of_scope"):
        with pytest.raises(NotAllowed, match=f"{outcome} needs a reason"):
            decided(case, DecidePoint(point="point-1", outcome=outcome), T0 + hours(2))
    with pytest.raises(NotAllowed, match="no reason code 'whim'; there are: no-fault-found"):
        decided(case, DecidePoint(point="point-1", outcome="not_upheld", code="whim"), T0 + hours(2))
    with pytest.raises(NotAllowed, match="not-our-matter goes with out_of_scope, not with not_upheld"):
        decided(case, DecidePoint(point="point-1", outcome="not_upheld", code="not-our-matter"), T0 + hours(2))
    with pytest.raises(NotAllowed, match=r"point 'point-2' is none of point-1"):
        decided(case, DecidePoint(point="point-2", outcome="upheld"), T0 + hours(2))
    first = act(case, DecidePoint(point="point-1", outcome="not_upheld", code="as-agreed"), T0 + hours(2))
    point = act(first, DecidePoint(point="POINT-1", outcome="upheld"), T0 + hours(3), by="oleg").matter.points[0]
    assert (Outcome.UPHELD, "", "oleg", T0 + hours(3)) == (
        point.outcome,
        point.code,
        point.decided_by,
        point.decided_at,
    )


# --- what was found out


def test_a_grave_complaint_is_investigated_or_somebody_answers_for_not_doing_so() -> None:
    """Of high severity nothing is proposed without a record, or a waiver with its reason and who decided it."""
    case = assessed("high")
    with pytest.raises(NotAllowed, match="severity is high, and nobody has put down what was found: give the finding"):
        decided(case, Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    with pytest.raises(NotAllowed, match="reason"):
        decided(case, WaiveInvestigation(reason=" "), T0 + hours(2))
    waived = act(case, WaiveInvestigation(reason="the driver told us himself"), T0 + hours(2), by="oleg")
    found = act(case, RecordFinding(text="asked the driver"), T0 + hours(2))
    for one in (waived, found):
        assert Stage.DECISION_PENDING is act(one, Propose(outcome="upheld", text="Yes."), T0 + hours(3)).stage
    assert [("oleg", True)] == [(one.by, one.waived) for one in waived.handling.investigations]
    at_once = act(case, Propose(outcome="upheld", text="Yes.", finding="asked the driver"), T0 + hours(3))
    assert ["asked the driver"] == [str(one.text) for one in at_once.handling.investigations]


def test_nothing_is_closed_in_passing() -> None:
    """A grave complaint without a record, or one with a remedy nobody was told of, closes only with a reason."""
    early = act(assessed("critical"), Resolve(evidence="said so on the telephone"), T0 + hours(2))
    with pytest.raises(NotAllowed, match="severity is critical, and nobody has put down what was found"):
        decided(early, Close(), T0 + hours(3))
    assert Stage.CLOSED is act(early, Close(despite="it was about another shop"), T0 + hours(3)).stage
    known = act(early, RecordFinding(text="asked the driver"), T0 + hours(3))
    assert Stage.CLOSED is act(known, Close(), T0 + hours(4)).stage
    planned = act(assessed(), eur(5), T0 + hours(2))
    with pytest.raises(NotAllowed, match=r"not been told of remedy-1 \(refund of 5\.00 EUR\) \(propose and respond"):
        decided(planned, Resolve(evidence="said so"), T0 + hours(3))


def test_which_complaints_are_investigated_is_data() -> None:
    """An organisation may ask for it always, or never."""
    always = read({"deciding": {"investigate": ["low", "normal", "high", "critical"]}}, structure)
    with pytest.raises(NotAllowed, match="severity is normal"):
        Propose(outcome="upheld", text="Yes.").decide(assessed(), always.actor("irina"), T0 + hours(2), always)
    with pytest.raises(SettingsError, match="late stands there twice"):
        read({"deciding": {"grounds": [{"code": "late"}, {"code": "late"}]}}, structure)


# --- the response


def test_a_refusal_carries_its_reasons_in_the_language_of_who_reads_it() -> None:
    """Without reasons nothing is refused; the letter has them: words, codes in words, and those of the points."""
    for outcome in ("not_upheld", "out_of_scope"):
        with pytest.raises(NotAllowed, match=f"{outcome} needs a reason, for the complainant to read"):
            decided(assessed(), Propose(outcome=outcome, text="No."), T0 + hours(2))
    refusal = Propose(outcome="not_upheld", text="Нет.", reason="Вещь носили год.", codes=("too-late", "too-late"))
    body = letter(act(assessed(language="ru"), refusal, T0 + hours(2)), Respond())
    assert (
        "Нет.\n\nПричины нашего решения:\n- Вещь носили год.\n"
        "- Срок, в течение которого можно было предъявить это требование, истёк."
    ) in body
    points = act(with_points("not_upheld", "upheld"), Propose(text="In part."), T0 + hours(2))
    assert "The reasons for our decision:\n- because of 1" in letter(points, Respond())
    with pytest.raises(NotAllowed, match="not-our-matter goes with"):
        decided(assessed(), Propose(outcome="upheld", text="Yes.", codes=("not-our-matter",)), T0 + hours(2))


def test_a_response_stays_on_file_with_what_went_with_it() -> None:
    """Its type follows from what it gives; wording, style, enclosures and remedies are kept, and the proof is found."""
    case = act(assessed(), eur(20), T0 + hours(1))
    drafted = act(case, Propose(outcome="upheld", text="Yes.", style="formal", template="refund 3"), T0 + hours(2))
    action = Respond(enclosures=(f"{DIGEST} receipt of Anna.pdf", "b" * 64))
    entries = decided(drafted, action, T0 + hours(3))
    after = drafted.apply_all(entries)
    (response,) = after.settlement.responses
    assert ("response-1", "monetary_relief", "formal", "refund 3", ("remedy-1",), Outcome.UPHELD) == (
        response.name, response.kind, response.style, response.template, response.remedies, response.outcome,
    )  # fmt: skip
    assert [(DIGEST, "receipt of Anna.pdf"), ("b" * 64, "")] == [
        (one.digest, str(one.name or "")) for one in response.enclosures
    ]
    sent = NoticeSent(
        at=T0 + hours(4), by="complaintkit", notice="n", occasion="response", audience="complainant", notifier="smtp",
        medium="email", message_id="<1@example.org>",
    )  # fmt: skip
    earlier = NoticeSent(
        at=T0, by="complaintkit", notice="m", occasion="response", audience="complainant", notifier="x"
    )
    assert sent is proof((earlier, *entries, sent), response)
    assert proof((earlier, *entries), response) is None
    with pytest.raises(NotAllowed, match="does not begin with a SHA-256"):
        decided(drafted, Respond(enclosures=("receipt.pdf",)), T0 + hours(3))


@pytest.mark.parametrize(
    ("outcome", "remedy", "kind"),
    [
        ("upheld", "goodwill", "monetary_relief"),
        ("upheld", "repair", "non_monetary_relief"),
        ("upheld", "process_change", "process_change"),
        ("upheld", "apology", "explanation"),
        ("not_upheld", "", "refusal"),
        ("out_of_scope", "", "referral"),
    ],
)
def test_the_type_of_response_follows_from_what_it_gives(outcome: str, remedy: str, kind: str) -> None:
    """What regulators ask for need not be typed in; who knows better says so."""
    case = act(assessed(), Propose(outcome=outcome, remedy=remedy, text="x", reason="because"), T0 + hours(2))
    assert case.handling.draft is not None
    assert kind == case.handling.draft.kind
    case = act(assessed(), Propose(outcome="upheld", text="x", response="explanation"), T0 + hours(2))
    assert case.handling.draft is not None
    assert "explanation" == case.handling.draft.kind


def test_a_draft_sent_back_takes_its_remedy_with_it_and_leaves_those_planned_before() -> None:
    """Who proposes something else in one word does not give both."""
    case = act(assessed(), eur(10, "goodwill"), T0 + hours(1))
    case = act(case, Propose(outcome="upheld", remedy="repair", text="We mend it."), T0 + hours(2))
    case = act(case, SendBack(reason="it cannot be mended"), T0 + hours(3))
    case = act(case, Propose(outcome="upheld", remedy="replacement", text="A new one."), T0 + hours(4))
    assert [("goodwill", True), ("repair", False), ("replacement", True)] == [
        (one.type, one.planned) for one in case.settlement.remedies
    ]
    assert "replacement" == case.remedy


def test_a_remedy_in_ones_own_words_is_kept_as_they_are() -> None:
    """A word that is no type is filed under other, with the word; the plain word stays on the case."""
    case = act(assessed(), Propose(outcome="upheld", remedy="missing part sent", text="Yes."), T0 + hours(2))
    (one,) = case.settlement.remedies
    assert ("missing part sent", "other", "missing part sent") == (case.remedy, one.type, str(one.reason))
    with pytest.raises(NotAllowed, match=r"25\.00 EUR for what\? it needs a remedy"):
        decided(assessed(), Propose(outcome="upheld", text="x", amount=Decimal(25), currency="EUR"), T0 + hours(2))


def test_the_competence_that_was_used_is_on_the_case() -> None:
    """What somebody decided alone, and what was handed up with the reason, can be told apart later (K38)."""
    alone = responded(eur(20)).handling.used
    drafted = act(act(assessed(), eur(400), T0 + hours(1)), Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    approved = act(drafted, Approve(), T0 + hours(3), by="oleg")
    handed_up = act(approved, Respond(), T0 + hours(4)).handling.used
    assert alone is not None
    assert handed_up is not None
    assert (True, "handler", (), "irina") == (alone.own, alone.level, alone.codes, alone.by)
    assert (False, "team-lead", ("amount",)) == (handed_up.own, handed_up.level, handed_up.codes)


# --- remedies


def test_a_remedy_is_told_taken_and_delivered() -> None:
    """It is a plan until the response; then it can be taken and arrive, in parts, never more than was offered."""
    planned = act(assessed(), eur(50, legal_basis="article 12", reason="the price paid"), T0 + hours(1))
    with pytest.raises(NotAllowed, match="has not been told of remedy-1 yet"):
        decided(planned, DeliverRemedy(remedy="remedy-1", evidence="x"), T0 + hours(2))
    case = act(act(planned, Propose(outcome="upheld", text="Yes."), T0 + hours(2)), Respond(), T0 + hours(3))
    case = act(case, AnswerRemedy(remedy="remedy-1", evidence="wrote so"), T0 + hours(4))
    part = act(case, DeliverRemedy(remedy="REMEDY-1", amount=Decimal(20), evidence="transfer 1"), T0 + hours(5))
    assert ((Money(Decimal(20), "EUR"),), ("remedy-1",)) == (
        gap(part).delivered, tuple(one.name for one in part.settlement.remedies if one.outstanding),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match=r"remedy-1 is 50\.00 EUR, of which 20 has arrived; 31\.00 EUR would be too"):
        decided(part, DeliverRemedy(remedy="remedy-1", amount=Decimal(31), evidence="x"), T0 + hours(6))
    whole = act(part, DeliverRemedy(remedy="remedy-1", evidence="transfer 2"), T0 + hours(6)).settlement.remedies[0]
    assert (True, Money(Decimal(50), "EUR"), T0 + hours(6)) == (whole.done, whole.delivered, whole.delivered_at)
    with pytest.raises(NotAllowed, match="arrived; what was received was not declined"):
        decided(part, AnswerRemedy(remedy="remedy-1", taken="declined", evidence="x"), T0 + hours(7))


def test_what_was_said_cannot_be_unsaid() -> None:
    """Once the complainant was told, the plan can be neither changed nor dropped; what was dropped stays dropped."""
    case = responded(eur(50))
    again = act(case, Reopen(reason="x"), T0 + hours(4))
    for action in (
        ChangeRemedy(remedy="remedy-1", amount=Decimal(1), reason="x"),
        DropRemedy(remedy="remedy-1", reason="x"),
    ):
        with pytest.raises(NotAllowed, match="was offered on 2026-03-02; what was said cannot be unsaid"):
            decided(again, action, T0 + hours(5))
    dropped = act(act(assessed(), eur(5), T0 + hours(1)), DropRemedy(remedy="remedy-1", reason="x"), T0 + hours(2))
    with pytest.raises(NotAllowed, match="was given up; plan another one"):
        decided(dropped, ChangeRemedy(remedy="remedy-1", amount=Decimal(1), reason="x"), T0 + hours(3))
    with pytest.raises(NotAllowed, match="was given up on 2026-03-02"):
        decided(dropped, AnswerRemedy(remedy="remedy-1", evidence="x"), T0 + hours(3))
    declined = act(case, AnswerRemedy(remedy="remedy-1", taken="declined", evidence="x"), T0 + hours(4))
    with pytest.raises(NotAllowed, match="declined remedy-1 on"):
        decided(declined, DeliverRemedy(remedy="remedy-1", evidence="x"), T0 + hours(5))


def test_what_is_no_amount_is_refused_with_how_to_write_it() -> None:
    """Amounts come with their currency, above nothing, with the digits the currency has."""
    slips = (
        (OfferRemedy(type="refund", amount=Decimal(5)), "5 of which currency"),
        (OfferRemedy(type="refund", currency="EUR"), "EUR of how much"),
        (OfferRemedy(type="refund", amount=Decimal("1.999"), currency="EUR"), "more than 2 digits"),
        (OfferRemedy(type="refund", amount=Decimal(-5), currency="EUR"), "above 0"),
        (OfferRemedy(type="refund", amount=Decimal(5), currency="euro"), "three capital letters"),
        (OfferRemedy(type="cake"), "none of apology"),
        (eur(5, point="point-9"), "point 'point-9' is none of"),
    )
    for action, why in slips:
        with pytest.raises(NotAllowed, match=why):
            decided(assessed(), action, T0 + hours(2))


def test_wanted_offered_and_delivered_lie_side_by_side() -> None:
    """The gap between what was wanted and what was given is worked out from the case (S0-17)."""
    case = act(assessed(), AddDemand(kind="refund", amount=Decimal(80), currency="EUR"), T0 + hours(1))
    case = act(act(case, eur(50), T0 + hours(1)), Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    case = act(act(case, Respond(), T0 + hours(3)), DeliverRemedy(remedy="remedy-1", evidence="x"), T0 + hours(4))
    euros = [str(one[0]) for one in (gap(case).wanted, gap(case).offered, gap(case).delivered, gap(case).missing)]
    assert ["80.00 EUR", "50.00 EUR", "50.00 EUR", "30.00 EUR"] == euros


# --- on the spot


def test_a_complaint_is_settled_when_it_is_first_heard() -> None:
    """Answer, outcome, remedy and acceptance are one step; it counts as settled at first contact."""
    now = SettleNow(
        text="Here is a new cup.", evidence="took it at the counter", category="product-quality",
        remedy="replacement", amount=Decimal(12), currency="EUR",
    )  # fmt: skip
    entries = decided(registered(), now, T0 + hours(1))
    case = registered().apply_all(entries)
    assert (Stage.RESOLVED, "product-quality", Outcome.UPHELD, "replacement", "accepted", True) == (
        case.stage, case.category, case.outcome, case.remedy, case.accepted, case.handling.first_contact,
    )  # fmt: skip
    assert (T0 + hours(1), T0 + hours(1)) == (case.answered_at, case.resolved_at)
    assert all(one.met_at for one in case.clocks if one.kind in ("first_response", "final_response"))
    (remedy,) = case.settlement.remedies
    assert (T0 + hours(1), T0 + hours(1)) == (remedy.offered_at, remedy.accepted_at)
    assert case.handling.used is not None
    assert case.handling.used.own
    occasions = [one.occasion for one in called_for(case, entries, POLICY, SECRET)]
    assert "response" not in occasions


def test_what_was_said_on_the_spot_can_be_sent_in_writing() -> None:
    """Where the complainant is to have it in writing, the words go out as the response."""
    now = SettleNow(
        text="We apologise.", evidence="on the telephone", remedy="apology", category="refund", written=True
    )
    assert "We apologise." in letter(registered(), now)


def test_what_is_beyond_ones_competence_is_not_settled_on_the_spot() -> None:
    """Who may decide is named; nothing is on file but the refusal."""
    dear = SettleNow(text="x", evidence="x", category="refund", remedy="refund", amount=Decimal(51), currency="EUR")
    with pytest.raises(NotAllowed, match=r"settle_now: team-lead has to approve it first: refund 51\.00 EUR"):
        decided(registered(), dear, T0 + hours(1))
    grave = SettleNow(text="x", evidence="x", category="safety", remedy="apology")
    with pytest.raises(NotAllowed, match="severity is high, and nobody has put down"):
        decided(act(registered(), Assess(category="safety", severity="high"), T0), grave, T0 + hours(1))
    with pytest.raises(NotAllowed, match="not_upheld needs a reason"):
        decided(registered(), SettleNow(text="x", evidence="x", outcome="not_upheld"), T0 + hours(1))
    with pytest.raises(NotAllowed, match="category"):
        decided(registered(), SettleNow(text="x", evidence="x"), T0 + hours(1))


def test_points_are_decided_with_it_and_a_second_contact_is_no_first_one() -> None:
    """What was not decided point by point follows the whole; after a reply it is no first contact any more."""
    case = with_points("", "")
    settled = act(case, SettleNow(text="Yes.", evidence="x"), T0 + hours(2))
    assert {Outcome.UPHELD} == {point.outcome for point in settled.matter.points}
    mixed = with_points("not_upheld", "")
    with pytest.raises(NotAllowed, match="its points were decided before and add up to partly_upheld"):
        decided(mixed, SettleNow(text="Yes.", evidence="x"), T0 + hours(2))
    later = act(responded(), Reopen(reason="x"), T0 + hours(4))
    assert not act(later, SettleNow(text="Yes.", evidence="x"), T0 + hours(5)).handling.first_contact


# --- our own failures, and what it cost


def test_a_failure_of_ours_is_put_down_to_person_process_or_system() -> None:
    """It says where to mend, and names nobody; every finding stays."""
    case = act(responded(), Attribute(failing="process", reason="nobody passes it on at the weekend"), T0 + hours(5))
    case = act(case, Attribute(failing="person", reason="needs training on returns"), T0 + hours(6))
    assert ["process", "person"] == [one.failing for one in case.handling.attributions]
    with pytest.raises(NotAllowed, match="none of person, process, system"):
        decided(case, Attribute(failing="anna", reason="x"), T0 + hours(6))


def test_costs_are_added_up_by_function_and_currency() -> None:
    """Time and money stay apart, and so do currencies; remedies are no costs."""
    case = responded(eur(20))
    spent = (
        AddCost(what="searched the depot", minutes=30, function="support"),
        AddCost(what="asked the lawyer", minutes=15, function="legal"),
        AddCost(what="again", minutes=5, function="support"),
        AddCost(what="courier", amount=Decimal("7.50"), currency="EUR"),
        AddCost(what="postage", amount=Decimal(120), currency="RUB"),
    )
    for one in spent:
        case = act(case, one, T0 + hours(5))
    total = costs_of(case)
    assert (50, (("legal", 15), ("support", 35))) == (total.minutes, total.functions)
    assert ["7.50 EUR", "120.00 RUB"] == [str(one) for one in total.money]
    assert added_up(()).minutes == 0
    for _ in range(2):
        case = act(case, AddCost(what="a slip", amount=Decimal(999999999999), currency="PHP"), T0 + hours(6))
    assert "1999999999998.00 PHP" in map(str, costs_of(case).money)
    older = evolve(case.handling.costs[-1], money=Money(Decimal(999999999999999), "PHP"))
    assert ["1999999999999998.00 PHP"] == [str(one) for one in added_up((older, older)).money]
    with pytest.raises(NotAllowed, match="must be above 0 and below 1000000000000, not 999999999999999"):
        decided(case, AddCost(what="x", amount=Decimal(999999999999999), currency="PHP"), T0 + hours(6))
    for slip in (AddCost(what="x"), AddCost(what="x", minutes=5, amount=Decimal(1), currency="EUR")):
        with pytest.raises(NotAllowed, match="needs minutes, or an amount"):
            decided(case, slip, T0 + hours(6))
    with pytest.raises(NotAllowed, match="no working time"):
        decided(case, AddCost(what="x", minutes=-5), T0 + hours(6))


# --- files from before


def test_a_file_from_before_limits_reads_as_it_always_did() -> None:
    """A draft and a response without roles, remedies or response type still make the case they made."""
    text, old = Content.of("You are right."), assessed()
    facts = {"at": "2026-03-02T10:00:00+00:00", "by": "irina", "text": {"content": text.digest}}
    kept = {text.digest: text}
    drafted = {**facts, "stage": "decision_pending", "outcome": "upheld", "remedy": "refund"}
    case = old.apply(load_entry("proposed", drafted, kept))
    case = case.apply(load_entry("responded", {**facts, "stage": "responded"}, kept))
    assert (Stage.RESPONDED, "refund", Outcome.UPHELD, ()) == (
        case.stage, case.remedy, case.outcome, case.settlement.remedies,
    )  # fmt: skip
