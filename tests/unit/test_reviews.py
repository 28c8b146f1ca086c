"""After an answer: silence or acceptance settles it, an objection has somebody else look at it, nothing lies about."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from attrs import evolve

from complaintkit import NotAllowed, Stage
from complaintkit.case.actions import (
    Accept,
    Action,
    AddPoint,
    Approve,
    AskReview,
    Assess,
    Close,
    DecidePoint,
    Dispute,
    OfferRemedy,
    Propose,
    Reopen,
    Reply,
    Resolve,
    Respond,
    Resume,
    SendBack,
    SettleNow,
    TakeReview,
    Wait,
    Withdraw,
)
from complaintkit.case.actions.outstanding import missing
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import AcceptanceProlonged, NoticeSent, NoticeUndelivered, Resolved, WindowEnded
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.reviews import better, pending
from complaintkit.escalation import review
from complaintkit.message import Notice
from complaintkit.notices import called_for, worded
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from tests.house.kits import MONDAY, kit, said

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

DAY = timedelta(days=1)
ANNA = Actor("anna", {COMPLAINANT})
FOS = read({"afterwards": {"referral": {"use": ["uk-financial-ombudsman"]}}}, structure)


def answered(outcome: str = "not_upheld", by: str = "irina", at: datetime = T0) -> Complaint:
    """Return a case that was answered by somebody three hours after a moment."""
    return answer(registered(), outcome, by, at)


def answer(case: Complaint, outcome: str, by: str, at: datetime) -> Complaint:
    """Return a case after a draft and its release by one person."""
    case = act(case, Assess(category="refund"), at + hours(1), by)
    draft = Propose(outcome=outcome, text="This is how we see it.", reason="as agreed", finding="looked at it")
    return act(act(case, draft, at + hours(2), by), Respond(), at + hours(3), by)


def disputed(at: datetime = T0 + DAY) -> Complaint:
    """Return a case whose answer by irina was objected to."""
    return act(answered(), Dispute(reason="it is still broken"), at, "boris")


def told(case: Complaint, entries: tuple[Entry, ...], policy: Policy = POLICY) -> tuple[Notice, ...]:
    """Return the notices that follow from entries."""
    return called_for(case.apply_all(entries), entries, policy, SECRET)


# --- acceptance


def test_after_an_answer_the_time_to_object_runs() -> None:
    """A fortnight, of which nobody is reminded: it is the complainant's."""
    clock = answered().clock("acceptance")
    assert clock is not None
    assert (None, 16, "complainant") == (clock.warn_at, clock.due_at.day, clock.who)
    assert () == review(answered(), (), POLICY, T0 + 13 * DAY)


def test_silence_settles_an_answered_case() -> None:
    """At the end of the time the core settles it as lapsed, with the evidence; nothing counts as broken."""
    (settled,) = review(answered(), (), POLICY, T0 + 20 * DAY)
    assert isinstance(settled, Resolved)
    assert ("lapsed", "2026-03-16" in str(settled.evidence)) == (settled.accepted, True)
    case = answered().apply(settled)
    assert (Stage.RESOLVED, False) == (case.stage, case.clock("acceptance").late_at(T0 + 99 * DAY))  # type: ignore[union-attr]
    assert "closing" in [clock.kind for clock in case.clocks if not clock.settled]


def test_nobody_shortens_the_time_to_object() -> None:
    """Staff cannot call it lapsed before its end; afterwards they can, if no worker has."""
    lapse = Resolve(accepted="lapsed", evidence="no word")
    with pytest.raises(NotAllowed, match="has until 2026-03-16 23:59 UTC to object"):
        decided(answered(), lapse, T0 + 13 * DAY)
    assert Stage.RESOLVED is act(answered(), lapse, T0 + 15 * DAY).stage


def test_silence_means_nothing_while_the_complainant_waits_for_us() -> None:
    """With a message unanswered, or an answer that never arrived, the time goes on."""
    lost = NoticeUndelivered(
        at=T0 + hours(9), by="complaintkit", notice="n", occasion="response", audience="complainant",
        problem=Content.of("no such mailbox"), clocks=POLICY.follow_up(answered(), T0 + hours(9)),
    )  # fmt: skip
    case = answered().apply(lost)
    entries = review(case, (), POLICY, T0 + 20 * DAY)
    longer = next(one for one in entries if isinstance(one, AcceptanceProlonged))
    case = case.apply_all(entries)
    assert (Stage.RESPONDED, "2026-03-02" in str(longer.reason)) == (case.stage, True)
    assert T0 + 20 * DAY < case.clock("acceptance").due_at  # type: ignore[union-attr]
    replied = act(case, Reply(text="Here it is again."), T0 + 21 * DAY)
    assert any(isinstance(one, Resolved) for one in review(replied, (), POLICY, T0 + 60 * DAY))


def test_the_complainant_accepts_and_staff_on_their_word() -> None:
    """A complainant needs no evidence for their own word; staff say how they know."""
    own = answered().apply_all(Accept().decide(answered(), ANNA, T0 + DAY, POLICY))
    assert (Stage.RESOLVED, "accepted") == (own.stage, own.accepted)
    with pytest.raises(NotAllowed, match="needs a text"):
        decided(answered(), Accept(), T0 + DAY)
    with pytest.raises(NotAllowed, match="resolve is for"):
        Resolve(evidence="I say so").decide(answered(), ANNA, T0 + DAY, POLICY)


def test_a_settled_case_is_looked_at_a_last_time() -> None:
    """Nothing lies about in resolved: the owner has a week to close it, and closing meets that."""
    case = act(answered(), Resolve(evidence="thanked"), T0 + DAY)
    closing = case.clock("closing")
    assert closing is not None
    assert (True, True) == (closing.running, case.due_at is not None and case.due_at <= closing.due_at)
    closed = act(case, Close(), T0 + 2 * DAY)
    assert T0 + 2 * DAY == closed.clock("closing").met_at  # type: ignore[union-attr]


# --- objecting


def test_an_objection_opens_a_review_by_somebody_else() -> None:
    """Stage, round, both clocks; the answer of the first stage stays on file, and its time to object is over."""
    case = disputed()
    one = pending(case)
    assert one is not None
    assert (Stage.IN_REVIEW, "review-1", 2, "it is still broken") == (case.stage, one.name, one.round, str(one.text))
    assert {"review", "review_acknowledgement"} <= {clock.kind for clock in case.clocks if not clock.settled}
    assert T0 + DAY == case.clock("acceptance").ended_at  # type: ignore[union-attr]
    assert [(1, Outcome.NOT_UPHELD, "irina")] == [
        (position.round, position.outcome, position.decided_by) for position in case.settlement.positions
    ]


def test_the_complainant_hears_who_looks_at_it_and_by_when() -> None:
    """The notice names the day of the review's clock; delivered, it meets the acknowledgement of the stage."""
    entries = decided(answered(), Dispute(reason="no"), T0 + DAY)
    to_anna, to_lead = told(answered(), entries)
    assert ("review", "complainant", "team-lead") == (to_anna.occasion, to_anna.audience, to_lead.recipient)
    assert "2026-03-23" in worded(to_anna, POLICY).body
    sent = NoticeSent(
        at=T0 + 2 * DAY, by="complaintkit", notice="n", occasion="review", audience="complainant", notifier="x",
        medium="email",
    )  # fmt: skip
    case = answered().apply_all(entries)
    assert T0 + 2 * DAY == case.apply(sent).clock("review_acknowledgement").met_at  # type: ignore[union-attr]
    passed_on = evolve(sent, medium="staff")
    assert case.apply(passed_on).clock("review_acknowledgement").running  # type: ignore[union-attr]


def test_who_decided_does_not_review() -> None:
    """Neither as reviewer nor by drafting or sending, however the name is written; the refusal says who may."""
    for action in (TakeReview(), TakeReview(reviewer=" Irina "), Propose(outcome="upheld", text="Yes.")):
        with pytest.raises(NotAllowed, match=r"had a part in the decision.*anybody but irina"):
            decided(disputed(), action, T0 + 2 * DAY, "irina" if not getattr(action, "reviewer", "") else "boris")
    drafted = act(disputed(), Propose(outcome="upheld", text="Yes."), T0 + 2 * DAY, "boris")
    with pytest.raises(NotAllowed, match="had a part"):
        decided(drafted, Respond(), T0 + 3 * DAY, "IRINA")


def test_the_refusal_names_who_may_where_staff_are_listed() -> None:
    """Those with the role, without those who had a part."""
    staff = {name: {"roles": ["handler"]} for name in ("irina", "boris", "maria")} | {"vera": {"roles": ["legal"]}}
    policy = read({"staff": staff}, structure)
    with pytest.raises(NotAllowed, match=r"a review is for boris, maria$"):
        TakeReview().decide(disputed(), policy.actor("irina"), T0 + 2 * DAY, policy)


def test_whoever_drafted_is_as_involved_as_who_sent_it() -> None:
    """Irina drafted, Boris sent: neither reviews, Maria may."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    case = act(case, Propose(outcome="upheld", remedy="apology", text="Yes."), T0 + hours(2), "irina")
    case = act(act(case, Respond(), T0 + hours(3), "boris"), Dispute(reason="more"), T0 + DAY, "anna")
    for name in ("irina", "boris"):
        with pytest.raises(NotAllowed, match="had a part"):
            decided(case, TakeReview(), T0 + 2 * DAY, name)
    taken = act(case, TakeReview(), T0 + 2 * DAY, "maria")
    assert ("maria", "maria") == (pending(taken).reviewer, taken.clock("review").who)  # type: ignore[union-attr]


def test_whoever_approved_it_does_not_review_it() -> None:
    """Who stood behind the first decision has had a part in it, as much as who drafted it."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    money = OfferRemedy(type="refund", amount=Decimal("90.00"), currency="EUR")
    case = act(act(case, money, T0 + hours(1)), Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    case = act(act(case, Approve(), T0 + hours(3), "dora"), Respond(), T0 + hours(4))
    case = act(case, Dispute(reason="more"), T0 + DAY, "anna")
    with pytest.raises(NotAllowed, match="dora had a part"):
        decided(case, TakeReview(), T0 + 2 * DAY, "dora")


def test_the_review_is_answered_and_that_is_final() -> None:
    """A second position beside the first; upheld now, it overturns; both clocks of the review are met."""
    case = answer(disputed(), "upheld", "maria", T0 + 2 * DAY)
    first, second = case.settlement.positions
    assert (1, False, False) == (first.round, first.final, first.overturned)
    assert (2, True, True, "maria") == (second.round, second.final, second.overturned, second.decided_by)
    assert (Stage.RESPONDED, None) == (case.stage, pending(case))
    assert all(clock.met_at for clock in case.clocks if clock.kind in ("review", "review_acknowledgement"))


@pytest.mark.parametrize(
    "action",
    [
        SettleNow(text="No.", evidence="nodded", outcome="not_upheld", reason="as agreed", finding="x"),
        DecidePoint(point="point-1", outcome="not_upheld", reason="as agreed"),
        Resolve(evidence="by telephone"),
    ],
)  # fmt: skip
def test_no_way_around_lets_anybody_answer_their_own_review(action: Action) -> None:
    """Waiting and resuming puts the case back to work; the review stays with somebody else all the same."""
    case = act(disputed(), Wait(until=T0 + 9 * DAY, reason="papers"), T0 + 2 * DAY, "boris")
    case = act(act(case, Resume(reason="they came"), T0 + 3 * DAY, "boris"), AddPoint(text="the lid"), T0 + 3 * DAY)
    with pytest.raises(NotAllowed, match=r"irina had a part in the decision.*anybody but irina"):
        decided(case, action, T0 + 4 * DAY, "irina")
    assert decided(case, action, T0 + 4 * DAY, "maria")


@pytest.mark.parametrize("action", [Accept(text="by telephone"), Withdraw(evidence="by telephone")])
def test_a_review_is_not_ended_on_the_word_of_whoever_is_reviewed(action: Action) -> None:
    """Acceptance or withdrawal told to irina counts once somebody else files it; the complainant may any time."""
    with pytest.raises(NotAllowed, match="had a part"):
        decided(disputed(), action, T0 + 2 * DAY, "irina")
    assert decided(disputed(), action, T0 + 2 * DAY, "maria")
    assert action.decide(disputed(), ANNA, T0 + 2 * DAY, POLICY)


def test_an_objection_opens_a_review_and_not_the_same_work_again() -> None:
    """Once an answer has gone out a dispute is no reason to open it again; new facts are, and without an answer so is
    a dispute.
    """
    with pytest.raises(NotAllowed, match="dispute it, and somebody who had no part in it looks again"):
        decided(answered(), Reopen(reason="they object", why="dispute"), T0 + DAY)
    assert Stage.IN_PROGRESS is act(answered(), Reopen(reason="papers"), T0 + DAY).stage
    by_word = act(registered(), Resolve(evidence="by telephone"), T0 + hours(2))
    assert Stage.IN_PROGRESS is act(by_word, Reopen(reason="they object", why="dispute"), T0 + DAY).stage


def test_a_draft_sent_back_in_review_stays_in_review() -> None:
    """Whoever decided at first may not take it up again from work either."""
    case = act(disputed(), Propose(outcome="upheld", text="Yes."), T0 + 2 * DAY, "maria")
    back = act(case, SendBack(reason="no reasons"), T0 + 3 * DAY, "boris")
    with pytest.raises(NotAllowed, match="had a part"):
        decided(back, Propose(outcome="upheld", text="Yes."), T0 + 4 * DAY, "irina")
    assert 2 == answer(back, "upheld", "maria", T0 + 4 * DAY).settlement.positions[-1].round


@pytest.mark.parametrize(
    ("now", "before", "more"),
    [
        (Outcome.UPHELD, Outcome.NOT_UPHELD, True),
        (Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, True),
        (Outcome.PARTLY_UPHELD, Outcome.OUT_OF_SCOPE, True),
        (Outcome.UPHELD, Outcome.UPHELD, False),
        (Outcome.NOT_UPHELD, Outcome.PARTLY_UPHELD, False),
        (Outcome.UPHELD, None, False),
    ],
)
def test_overturned_is_more_than_before(now: Outcome, before: Outcome | None, more: bool) -> None:
    """Only what gives the complainant more than the stage before overturns it."""
    assert more is better(now, before)


def test_a_final_answer_says_so_and_where_to_go() -> None:
    """The answer to a review is the last word; bodies in force are named with the last day there, in any language."""
    case = act(disputed(), Assess(category="refund"), T0 + hours(30), "maria")
    draft = Propose(outcome="not_upheld", text="No.", reason="as agreed", finding="looked")
    case = act(case, draft, T0 + 2 * DAY, "maria")
    entries = Respond().decide(case, FOS.actor("maria"), T0 + 3 * DAY, FOS)
    (notice,) = told(case, entries, FOS)
    assert "review_decision" == notice.occasion
    text = worded(notice, FOS)
    assert "final" in text.subject
    assert "Financial Ombudsman Service until 2026-09-05" in text.body
    (russian,) = told(evolve(case, language="ru"), entries, FOS)
    assert "не позднее 2026-09-05" in russian.facts["text"]


def test_the_way_to_a_body_outside_has_a_clock_that_breaks_nothing() -> None:
    """Six months from the final response, also after closing; when they are over, nobody has broken a promise."""
    drafted = act(act(registered(), Assess(category="refund"), T0), Propose(outcome="upheld", text="Yes."), T0)
    case = drafted.apply_all(Respond().decide(drafted, FOS.actor("irina"), T0 + hours(1), FOS))
    window = case.clock("referral_window")
    assert window is not None
    assert ((2026, 9, 2), True) == ((window.due_at.year, window.due_at.month, window.due_at.day), window.lasting)
    assert window.standard.startswith("uk-financial-ombudsman: FCA Handbook, DISP")
    over = [one for one in review(case, (), FOS, window.due_at + DAY) if isinstance(one, WindowEnded)]
    assert 1 == len(over)
    assert not case.apply_all(over).named(window.name).late_at(window.due_at + 99 * DAY)  # type: ignore[union-attr]


def test_bodies_are_named_only_where_they_hold() -> None:
    """By category, and from the answer on that the policy says."""
    body = {"code": "x", "name": "The Board", "categories": ["fees"], "texts": {"en": "Go to {name}."}}
    referral = {"use": ["x"], "bodies": [body], "from_round": 2}
    policy = read({"afterwards": {"referral": referral}}, structure)
    assert () == policy.afterwards.referral.in_force("refund")
    assert ["x"] == [one.code for one in policy.afterwards.referral.in_force("fees")]
    drafted = act(act(registered(), Assess(category="refund"), T0), Propose(outcome="upheld", text="Yes."), T0)
    entries = Respond().decide(evolve(drafted, category="fees"), policy.actor("irina"), T0 + hours(1), policy)
    (notice,) = told(evolve(drafted, category="fees"), entries, policy)
    assert "The Board" not in notice.facts["text"]


def test_an_objection_out_of_time_needs_a_reason_and_a_person() -> None:
    """Sixty days; after that the complainant is told, and staff may let it in as an exception that stays on file."""
    late = Dispute(reason="it broke again")
    settled = act(answered(), Resolve(evidence="thanked"), T0 + DAY)
    assert Stage.IN_REVIEW is act(settled, late, T0 + 59 * DAY).stage
    for actor in (ANNA, POLICY.actor("boris")):
        with pytest.raises(NotAllowed, match="the time to object ended on 2026-05-01"):
            late.decide(settled, actor, T0 + 61 * DAY, POLICY)
    let_in = act(settled, evolve(late, exception="was in hospital"), T0 + 61 * DAY)
    assert "was in hospital" == str(pending(let_in).late)  # type: ignore[union-attr]


def test_the_final_word_is_not_disputed_again_without_a_reason() -> None:
    """From there the way goes to a body outside."""
    case = answer(disputed(), "not_upheld", "maria", T0 + 2 * DAY)
    with pytest.raises(NotAllowed, match=r"final word.*refer_out"):
        decided(case, Dispute(reason="still no"), T0 + 5 * DAY, "boris")
    again = act(case, Dispute(reason="still no", exception="new papers"), T0 + 5 * DAY, "boris")
    with pytest.raises(NotAllowed, match="had a part"):
        decided(again, TakeReview(), T0 + 6 * DAY, "maria")


def test_a_closed_case_that_is_disputed_is_opened_again_and_counted() -> None:
    """What stood there before stays on file with it."""
    case = act(act(answered(), Resolve(evidence="thanked"), T0 + DAY), Close(), T0 + 2 * DAY)
    again = act(case, Dispute(reason="broke again"), T0 + 5 * DAY, "boris")
    (before,) = again.settlement.reopenings
    assert (Stage.IN_REVIEW, 1, None, "") == (again.stage, again.reopened, again.closed_at, again.accepted)
    assert ("dispute", "accepted", T0 + 2 * DAY) == (before.why, before.accepted, before.closed_at)
    assert "survey" not in [clock.kind for clock in again.clocks if not clock.settled]


def test_a_review_can_be_asked_for_within_the_house() -> None:
    """A rule may want it; the complainant is not told of an objection they never made."""
    entries = decided(answered(), AskReview(reason="every refusal is reviewed"), T0 + DAY, "boris")
    assert ["team-lead"] == [one.recipient for one in told(answered(), entries)]
    assert Stage.IN_REVIEW is answered().apply_all(entries).stage


def test_a_review_that_nobody_needs_any_more_ends() -> None:
    """Accepted or taken back meanwhile; the decision that stood is the outcome."""
    for action in (Resolve(evidence="accepts after all"), Withdraw(evidence="wrote so")):
        case = act(disputed(), action, T0 + 2 * DAY, "boris")
        assert (None, Outcome.NOT_UPHELD) == (pending(case), case.outcome)


def test_what_was_settled_on_the_spot_can_be_disputed() -> None:
    """The answer at the counter is a position like any other: its giver does not review it."""
    now = SettleNow(
        text="No.", evidence="nodded", outcome="not_upheld", category="refund", reason="as agreed", finding="x"
    )
    case = act(act(registered(), now, T0 + hours(1)), Dispute(reason="no"), T0 + DAY, "boris")
    with pytest.raises(NotAllowed, match="had a part"):
        decided(case, TakeReview(), T0 + 2 * DAY, "irina")


def test_without_an_answer_there_is_nothing_to_dispute() -> None:
    """What was settled by word alone is opened again instead."""
    case = act(registered(), Resolve(evidence="by telephone"), T0 + hours(2))
    with pytest.raises(NotAllowed, match="no answer has gone out"):
        decided(case, Dispute(reason="no"), T0 + DAY)


def test_nothing_is_closed_with_a_review_pending_or_without_an_answer() -> None:
    """The checks before closing name both."""
    found = missing(evolve(disputed(), answered_at=None, responded_at=None), "close", POLICY)
    assert {"answer", "review-1"} == {one.name for one in found}


# --- opening again


@pytest.mark.parametrize(
    ("count", "due"),
    [("fresh", T0 + 10 * DAY + 14 * DAY), ("continued", T0 + 14 * DAY), ("without_gap", T0 + 14 * DAY + 10 * DAY)],
)
def test_how_time_counts_is_chosen(count: str, due: datetime) -> None:
    """Fresh from now, from the first receipt, or without the time it rested; the kind of reason is on file."""
    case = act(registered(), Resolve(evidence="thanked"), T0)
    again = act(case, Reopen(reason="broke again", why="failed_remedy", count=count), T0 + 10 * DAY)
    clock = again.clock("final_response")
    assert clock is not None
    assert due.date() == clock.due_at.date()
    (before,) = again.settlement.reopenings
    assert ("failed_remedy", count, T0) == (before.why, before.count, before.resolved_at)


def test_opened_again_an_old_breach_stays_and_the_first_settlement_is_kept() -> None:
    """Continued time may be over already; what was late before is late for ever."""
    case = act(registered(), Resolve(evidence="thanked"), T0 + 20 * DAY)
    broken = [clock.name for clock in case.clocks if clock.late_at(T0 + 20 * DAY)]
    again = act(case, Reopen(reason="more", count="continued"), T0 + 30 * DAY)
    assert set(broken) <= {clock.name for clock in again.clocks if clock.settled and clock.late_at(T0 + 99 * DAY)}
    assert "final_response-2" in [clock.name for clock in again.overdue_at(T0 + 30 * DAY)]
    settled = act(again, Resolve(evidence="now really"), T0 + 40 * DAY)
    assert (T0 + 20 * DAY, T0 + 40 * DAY) == (settled.settlement.first_resolved_at, settled.resolved_at)


# --- whatever happens


def test_nothing_answered_or_settled_lies_about_and_nothing_closes_unanswered() -> None:
    """Over 400 random lives after an answer: something is due next, and a closed case had an answer or a settlement."""
    names, ended = ("irina", "boris", "maria"), 0
    for seed in range(400):
        dice, now, case = Random(seed), T0, registered()
        for _ in range(14):
            now += timedelta(hours=dice.choice((1, 20, 200)))
            case = case.apply_all(review(case, (), POLICY, now))
            case = _something(case, dice, now, dice.choice(names))
            if case.stage in (Stage.RESPONDED, Stage.RESOLVED, Stage.IN_REVIEW):
                assert case.due_at is not None
                assert any(clock.next_at for clock in case.clocks)
            if case.stage is Stage.CLOSED:
                ended += 1
                assert case.answered_at
                assert case.resolved_at
                assert pending(case) is None
    assert 100 < ended


def _something(case: Complaint, dice: Random, now: datetime, by: str) -> Complaint:
    draft = Propose(outcome=dice.choice(("upheld", "not_upheld")), text="So.", reason="as agreed", finding="looked")
    action = dice.choice(
        (
            Assess(category="refund"), draft, draft, Respond(), Respond(), Respond(), Resolve(evidence="thanked"),
            Close(), Close(), Dispute(reason="no"), TakeReview(), Reopen(reason="more"), Reply(text="Yes."),
            Withdraw(evidence="wrote so") if dice.random() < 0.1 else Close(), Accept(text="wrote so"),
        )
    )  # fmt: skip
    try:
        return act(case, action, now, by)
    except NotAllowed:
        return case


def test_an_amount_is_overturned_with_the_outcome() -> None:
    """A refund at the review is promised like any other."""
    case = act(disputed(), Propose(outcome="upheld", remedy="refund", amount=Decimal(9), currency="EUR", text="Yes."),
               T0 + 2 * DAY, "maria")  # fmt: skip
    answered_again = act(case, Respond(), T0 + 3 * DAY, "maria")
    assert ["remedy-1"] == [one.remedy for one in answered_again.settlement.commitments]


def test_whoever_has_the_code_accepts_or_objects() -> None:
    """The complainant needs no name for it, and can do nothing else by it than what is theirs."""
    with kit() as desk:
        reference = desk.open(said("The kettle leaks."), now=MONDAY).reference
        draft = Propose(outcome="not_upheld", text="No.", reason="as agreed", finding="looked")
        for hour, step in enumerate((Assess(category="refund"), draft, Respond()), 1):
            desk.act(reference, step, by="irina", now=MONDAY + hours(hour))
        code = desk.code(reference)
        assert Stage.IN_REVIEW is desk.act_by_code(code, Dispute(reason="It does!"), MONDAY + hours(5)).stage
        assert Stage.RESOLVED is desk.act_by_code(code, Accept(), MONDAY + hours(6)).stage
        with pytest.raises(NotAllowed, match="is for handler"):
            desk.act_by_code(code, Close(), MONDAY + hours(7))
        assert "complainant" == desk.file(reference)[-1].entry.by
