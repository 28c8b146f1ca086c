"""The stage outside: bodies, their dates and decisions; legal holds; what a late refund may cost."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed
from complaintkit.case.actions import (
    AnswerExternal,
    Close,
    HoldLegally,
    Keep,
    MarkDispute,
    RecordExternalQuestion,
    RecordExternalResult,
    ReferOut,
    ReleaseHold,
    Resolve,
    WaiveSurvey,
)
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import CauseUnknown
from complaintkit.case.exposure import days_late, penalty_exposure
from complaintkit.case.external import BodyKind, Dispute, Result, standing_of, why_not_erase
from complaintkit.case.parts import Content
from complaintkit.escalation import review
from complaintkit.notices import called_for, worded
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

DAY = timedelta(days=1)
MOSCOW = ZoneInfo("Europe/Moscow")


def referred(**more: object) -> Complaint:
    """Return a closed case that the complainant has taken to an ombudsman, who waits for ten days."""
    case = act(act(registered(), Resolve(evidence="said so"), T0 + hours(2)), Close(), T0 + DAY)
    facts = {"body": "The Ombudsman", "kind": "ombudsman", "since": T0 + DAY, "until": T0 + 10 * DAY} | more
    return act(case, ReferOut(**facts), T0 + 2 * DAY)  # type: ignore[arg-type]


def test_a_body_outside_has_a_date_that_outlasts_the_case() -> None:
    """What is due to it is legal's, is reminded of and escalates as anything promised."""
    case = referred(number="OMB-7")
    (one,) = case.settlement.external
    clock = case.named("external-1")
    assert clock is not None
    assert (BodyKind.OMBUDSMAN, "The Ombudsman", "complainant", "OMB-7") == (
        one.kind,
        one.body,
        one.by_whom,
        str(one.number),
    )
    assert ("referral", "legal", T0 + 10 * DAY, True) == (clock.kind, clock.who, clock.due_at, clock.lasting)
    late = review(case, (), POLICY, T0 + 11 * DAY)
    assert {"overdue", "escalated"} <= {entry.kind for entry in late if getattr(entry, "clock", "") == "external-1"}


def test_owner_and_legal_are_told_which_body_and_by_when() -> None:
    """Both get the notice with its name and day."""
    entries = decided(registered(), ReferOut(body="The Ombudsman", kind="ombudsman", until=T0 + 10 * DAY), T0)
    notices = called_for(registered().apply_all(entries), entries, POLICY, SECRET)
    assert ["desk", "legal"] == [one.recipient for one in notices]
    assert all(words in worded(notices[1], POLICY).body for words in ("The Ombudsman", "2026-03-12"))


def test_a_body_of_the_policy_is_named_by_its_code() -> None:
    """Kind and name come from the list; without either, both have to be said."""
    case = act(registered(), ReferOut(body="uk-financial-ombudsman"), T0 + hours(1))
    (one,) = case.settlement.external
    assert ("Financial Ombudsman Service", BodyKind.OMBUDSMAN) == (one.body, one.kind)
    due = case.named("external-1")
    assert due is not None
    assert 16 == due.due_at.day, "by the standard, where the body gave no date"
    with pytest.raises(NotAllowed, match="kind '' is none of"):
        decided(registered(), ReferOut(body="Somebody"), T0 + hours(1))
    with pytest.raises(NotAllowed, match="not in the future"):
        decided(registered(), ReferOut(body="x", kind="adr", since=T0 + 9 * DAY), T0 + hours(1))


def test_what_the_body_got_is_kept_and_meets_its_clocks() -> None:
    """The answer with its date; what it asks for later has a clock of its own."""
    case = act(referred(), AnswerExternal(external="external-1", text="the file", sent=T0 + 3 * DAY), T0 + 4 * DAY)
    assert T0 + 3 * DAY == case.named("external-1").met_at  # type: ignore[union-attr]
    case = act(
        case, RecordExternalQuestion(external="external-1", text="the invoice", until=T0 + 20 * DAY), T0 + 5 * DAY
    )
    assert T0 + 20 * DAY == case.named("external-1-2").due_at  # type: ignore[union-attr]
    case = act(case, AnswerExternal(external="external-1", text="the invoice"), T0 + 6 * DAY)
    (one,) = case.settlement.external
    assert ["the file", "the invoice"] == [str(sent.text) for sent in one.answers]
    assert [] == [clock.name for clock in case.clocks if clock.kind == "referral" and not clock.settled]
    with pytest.raises(NotAllowed, match="sent cannot be before"):
        decided(referred(), AnswerExternal(external="external-1", text="x", sent=T0 - DAY), T0 + 4 * DAY)


def test_the_decision_of_a_body_is_an_outcome_and_what_it_awards_a_promise() -> None:
    """Result, what it changed, amount and lessons are kept; the amount is followed up like any promise."""
    result = RecordExternalResult(
        external="external-1", result="upheld", changed="yes", text="Pay.", amount=Decimal("250.00"), currency="gbp",
        until=T0 + 60 * DAY, lessons="Read the whole file.",
    )  # fmt: skip
    case = act(referred(), result, T0 + 30 * DAY)
    (one,) = case.settlement.external
    assert (Result.UPHELD, True, "250.00 GBP", "Read the whole file.") == (
        one.result, one.changed, str(one.award), str(one.lessons),
    )  # fmt: skip
    (owed,) = case.settlement.commitments
    assert ("250.00 GBP" in str(owed.what), T0 + 60 * DAY) == (True, owed.due_at)
    with pytest.raises(NotAllowed, match="has decided external-1 already"):
        decided(case, result, T0 + 31 * DAY)
    kept = act(case, Keep(commitment="commitment-1", evidence="transfer 9"), T0 + 40 * DAY)
    assert not kept.settlement.commitments[0].open


def test_how_far_a_matter_has_gone_is_the_farthest_of_all() -> None:
    """A demand before court, a body, a court; decided and withdrawn, it is inside again."""
    case = act(registered(), MarkDispute(standing="pre_trial", reason="letter of demand"), T0)
    assert Dispute.PRE_TRIAL is standing_of(case)
    case = act(case, ReferOut(body="Court", kind="court"), T0 + DAY)
    assert Dispute.COURT is standing_of(case)
    over = RecordExternalResult(external="external-1", result="settled", changed="yes", text="settled")
    case = act(case, over, T0 + 2 * DAY)
    assert Dispute.PRE_TRIAL is standing_of(case)
    assert Dispute.INTERNAL is standing_of(act(case, MarkDispute(standing="internal", reason="paid"), T0 + 3 * DAY))
    with pytest.raises(NotAllowed, match="pre_trial already"):
        decided(case, MarkDispute(standing="pre_trial", reason="again"), T0 + 3 * DAY)


# --- legal holds


def test_a_hold_is_legals_and_every_hold_has_to_be_released() -> None:
    """Two holds: the flag stands until the last one is gone; a handler neither sets nor ends one."""
    case = act(act(registered(), HoldLegally(reason="a claim"), T0), HoldLegally(reason="an inquiry"), T0 + hours(1))
    assert case.legal_hold
    case = act(case, ReleaseHold(hold="hold-1", reason="withdrawn"), T0 + hours(2))
    assert case.legal_hold
    case = act(case, ReleaseHold(hold="HOLD-2", reason="answered"), T0 + hours(3))
    assert not case.legal_hold
    with pytest.raises(NotAllowed, match="hold-1 was released on 2026-03-02"):
        decided(case, ReleaseHold(hold="hold-1", reason="again"), T0 + hours(4))
    policy = read({"staff": {"irina": {"roles": ["handler"]}, "vera": {"roles": ["legal"]}}}, structure)
    for action in (HoldLegally(reason="x"), ReleaseHold(hold="hold-1", reason="x")):
        with pytest.raises(NotAllowed, match="is for legal"):
            action.decide(registered(), policy.actor("irina"), T0, policy)
    assert HoldLegally(reason="x").decide(registered(), policy.actor("vera"), T0, policy)


@pytest.mark.parametrize(
    "action", [ReferOut(body="Court", kind="court"), MarkDispute(standing="court", reason="claim served")]
)
def test_a_court_keeps_everything(action: object) -> None:
    """Whoever records a court places a hold by that, once."""
    case = act(registered(), action, T0)
    assert (True, 1) == (case.legal_hold, len(case.settlement.holds))
    again = act(case, ReferOut(body="Upper Court", kind="court"), T0 + hours(1))
    assert 1 == len(again.settlement.holds)


def test_nothing_is_erased_while_anything_stands_against_it() -> None:
    """An open case, a hold, a body, something still due: each says why; with none of them, nothing does."""
    case = act(act(registered(), Resolve(evidence="said so"), T0 + hours(2)), Close(), T0 + DAY)
    assert "still due" in why_not_erase(case)
    case = act(case, WaiveSurvey(reason="asked for it"), T0 + 2 * DAY)
    case = case.apply(CauseUnknown(at=T0 + 3 * DAY, by="irina", reason=Content.of("nobody knows")))
    assert "" == why_not_erase(case)
    assert "is registered" in why_not_erase(registered())
    assert "legal hold (hold-1)" in why_not_erase(act(case, HoldLegally(reason="a claim"), T0 + 4 * DAY))
    assert "legal hold (set elsewhere)" in why_not_erase(evolve(case, legal_hold=True))
    assert "with The Ombudsman" in why_not_erase(referred())


# --- what lateness costs


def test_exposure_of_a_late_refund() -> None:
    """Presented on 20 March, due on the 30th, paid on 3 April: four days at 1 % of 50,000 are 2,000."""
    presented = datetime(2026, 3, 20, 12, 0, tzinfo=MOSCOW)
    due = presented.replace(hour=23, minute=59) + 10 * DAY
    late = days_late(due, datetime(2026, 4, 3, 15, 0, tzinfo=MOSCOW), MOSCOW)
    assert (30, 4) == (due.day, late)
    assert Decimal(2000) == penalty_exposure(late, Decimal(50000), Decimal("0.01"))
    assert Decimal(50000) == penalty_exposure(90, Decimal(50000), Decimal("0.03"), cap=Decimal(50000))


def test_lateness_is_counted_in_the_days_of_a_place() -> None:
    """An hour past midnight there is a day late, whatever the day in UTC."""
    due = datetime(2026, 3, 30, 20, 59, tzinfo=UTC)
    assert 1 == days_late(due, datetime(2026, 3, 30, 21, 30, tzinfo=UTC), MOSCOW)
    assert 0 == days_late(due, datetime(2026, 3, 30, 20, 0, tzinfo=UTC), MOSCOW)
    with pytest.raises(ValueError, match="0 or more"):
        penalty_exposure(-1, Decimal(1), Decimal(1))


@given(
    st.integers(0, 5000), st.decimals(0, 10**6, places=2), st.decimals(0, 1, places=3), st.decimals(0, 10**6, places=2)
)
def test_exposure_grows_by_the_day_up_to_its_cap(late: int, price: Decimal, rate: Decimal, cap: Decimal) -> None:
    """A day more never costs less, and never more than the cap."""
    today, tomorrow = (penalty_exposure(days, price, rate, cap) for days in (late, late + 1))
    assert today <= tomorrow <= cap
