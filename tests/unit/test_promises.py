"""What was promised is followed up until it is done: before the end of a case and after it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed, Stage
from complaintkit.case.actions import (
    AnswerRemedy,
    Assess,
    CancelCommitment,
    Close,
    DeliverRemedy,
    FollowUp,
    Hold,
    Keep,
    MoveCommitment,
    Promise,
    Propose,
    Reply,
    RequestContact,
    Resolve,
    Respond,
)
from complaintkit.case.actions.outstanding import missing
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.commitments import CommitmentKind, CommitmentState, open_commitments
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Escalated, FindingFiled, NoticeUndelivered, Overdue, Warned
from complaintkit.case.parts import Content
from complaintkit.escalation import review
from complaintkit.message import Notice
from complaintkit.notices import called_for, worded
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

DAY = timedelta(days=1)


def promised(**more: object) -> Complaint:
    """Return a case in which a new kettle was promised within three days."""
    facts = {"what": "a new kettle", "until": T0 + 3 * DAY, "who": "support"} | more
    return act(registered(), Promise(**facts), T0)  # type: ignore[arg-type]


def answered(remedy: str = "refund", amount: Decimal | None = Decimal(40)) -> Complaint:
    """Return a case whose answer gives something."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    currency = "EUR" if amount else ""
    drafted = Propose(outcome="upheld", remedy=remedy, amount=amount, currency=currency, text="You are right.")
    return act(act(case, drafted, T0 + hours(2)), Respond(), T0 + hours(3))


def told(case: Complaint, action: object, at: object) -> tuple[Notice, ...]:
    """Return the notices that follow from an action."""
    entries = decided(case, action, at)  # type: ignore[arg-type]
    return called_for(case.apply_all(entries), entries, POLICY, SECRET)


def test_a_promise_has_somebody_a_date_and_a_clock() -> None:
    """Who was named is told, and the clock runs to the date that was given."""
    case = promised()
    (one,) = case.settlement.commitments
    clock = case.named(one.clock)
    assert ("commitment-1", CommitmentKind.ACTION, "support", "a new kettle") == (
        one.name, one.kind, one.who, str(one.what),
    )  # fmt: skip
    assert clock is not None
    assert (T0 + 3 * DAY, "support", "commitment") == (clock.due_at, clock.who, clock.kind)


def test_whoever_keeps_a_promise_is_told_and_the_complainant_has_it_in_writing_if_asked() -> None:
    """The one who was named hears of it; what it is stands only in the notice to the complainant."""
    action = Promise(what="a new kettle", until=T0 + 3 * DAY, who="support", confirm=True)
    owed, confirmed = told(registered(), action, T0)
    assert ("promise_owed", "support") == (owed.occasion, owed.recipient)
    assert "kettle" not in worded(owed, POLICY).body
    assert ("promise", "complainant") == (confirmed.occasion, confirmed.audience)
    assert "a new kettle" in worded(confirmed, POLICY).body
    assert "2026-03-05" in worded(confirmed, POLICY).body
    assert [] == [one.occasion for one in told(registered(owner="irina"), evolve(action, who="", confirm=False), T0)]


def test_without_a_date_the_policy_says_until_when() -> None:
    """Contact is owed sooner than an action; nobody promises something for no day."""
    contact = promised(kind="contact", until=None).settlement.commitments[0]
    action = promised(until=None).settlement.commitments[0]
    assert (T0 + hours(48), True) == (contact.due_at, contact.due_at < action.due_at)


def test_a_promise_nobody_keeps_is_reminded_broken_and_escalated_also_after_the_end() -> None:
    """The case is closed; the promise goes on, and its breach calls for attention as any other."""
    case = act(promised(), Resolve(evidence="said so"), T0 + hours(4))
    case = act(case, Close(), T0 + hours(5))
    assert (Stage.CLOSED, ["commitment-1"]) == (case.stage, [one.name for one in open_commitments(case)])
    assert case.due_at is not None
    assert case.due_at < T0 + 3 * DAY
    warned = review(case, (), POLICY, T0 + 2.5 * DAY)
    assert [("commitment-1", Warned)] == [(one.clock, type(one)) for one in warned]  # type: ignore[attr-defined]
    broken = review(case, (), POLICY, T0 + 3 * DAY)
    assert {Overdue, Escalated} <= {type(one) for one in broken}
    to = {one.recipient for one in called_for(case.apply_all(broken), broken, POLICY, SECRET)}
    assert {"support", "desk", "team-lead"} <= to


def test_a_kept_promise_rests() -> None:
    """With evidence it is done, and its clock is met; nobody keeps it twice."""
    case = act(promised(), Keep(commitment="commitment-1", evidence="handed over"), T0 + DAY)
    (one,) = case.settlement.commitments
    assert (CommitmentState.DONE, "handed over", T0 + DAY) == (one.state, str(one.evidence), one.settled_at)
    assert T0 + DAY == case.named("commitment-1").met_at  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="nothing is owed"):
        decided(case, Keep(commitment="commitment-1", evidence="again"), T0 + 2 * DAY)
    with pytest.raises(NotAllowed, match="none of commitment-1"):
        decided(promised(), Keep(commitment="commitment-9", evidence="again"), T0 + 2 * DAY)


def test_evidence_is_needed() -> None:
    """Nobody keeps or calls off a promise without saying what shows it."""
    for action in (
        Keep(commitment="commitment-1", evidence=" "),
        CancelCommitment(commitment="commitment-1", evidence=""),
    ):
        with pytest.raises(NotAllowed, match="needs a evidence"):
            decided(promised(), action, T0 + DAY)


def test_a_date_told_in_time_moves_and_the_complainant_hears_why() -> None:
    """The old clock ends unbroken, another one runs, and the notice has promise, reason and new date."""
    move = MoveCommitment(commitment="commitment-1", until=T0 + 9 * DAY, how="notice", reason="The works is closed.")
    case = act(promised(), move, T0 + 2 * DAY)
    (one,) = case.settlement.commitments
    assert ("commitment-1-2", 1, T0 + 9 * DAY) == (one.clock, one.moved, one.due_at)
    old, new = case.named("commitment-1"), case.named("commitment-1-2")
    assert old is not None
    assert new is not None
    assert (T0 + 2 * DAY, False, T0 + 9 * DAY, "support") == (
        old.ended_at,
        old.late_at(T0 + 99 * DAY),
        new.due_at,
        new.who,
    )
    notice = next(one for one in told(promised(), move, T0 + 2 * DAY) if one.audience == "complainant")
    body = worded(notice, POLICY).body
    assert all(words in body for words in ("a new kettle", "The works is closed.", "2026-03-11"))


def test_a_broken_promise_stays_broken_when_it_is_moved() -> None:
    """After its date only the complainant can agree to another, and the breach stays on file."""
    notice = MoveCommitment(commitment="commitment-1", until=T0 + 9 * DAY, how="notice", reason="Sorry.")
    with pytest.raises(NotAllowed, match="it is broken"):
        decided(promised(), notice, T0 + 4 * DAY)
    case = act(promised(), evolve(notice, how="agreed", reason="said so on the telephone"), T0 + 4 * DAY)
    old = case.named("commitment-1")
    assert old is not None
    assert old.late_at(T0 + 99 * DAY)
    assert "commitment-1" not in [clock.name for clock in case.overdue_at(T0 + 5 * DAY)]


def test_a_promise_is_called_off_only_as_agreed() -> None:
    """The evidence stays, the clock ends, and nothing is owed."""
    case = act(promised(), CancelCommitment(commitment="commitment-1", evidence="does not want it"), T0 + DAY)
    assert (CommitmentState.CANCELLED, ()) == (case.settlement.commitments[0].state, open_commitments(case))
    assert T0 + DAY == case.named("commitment-1").ended_at  # type: ignore[union-attr]


def test_nobody_keeps_a_promise_in_a_case_about_them() -> None:
    """Whom the complaint is about is not made responsible for it."""
    case = evolve(registered(), about=("boris",))
    with pytest.raises(NotAllowed, match="about Boris"):
        decided(case, Promise(what="an apology", who="Boris"), T0)


# --- remedies


def test_a_remedy_that_has_to_be_delivered_is_a_promise_from_the_response_on() -> None:
    """A refund is followed up; an apology was delivered with the words."""
    (one,) = answered().settlement.commitments
    assert (CommitmentKind.REMEDY, "remedy-1", True) == (one.kind, one.remedy, "40.00 EUR" in str(one.what))
    assert () == answered("apology", None).settlement.commitments


def test_nobody_promises_a_remedy_by_hand() -> None:
    """It would be held against no limit and need no approval; the answer that gives a remedy promises it."""
    by_hand = Promise(what="We will pay you 90,000 EUR.", kind="remedy", confirm=True)
    with pytest.raises(NotAllowed, match="offer_remedy, then propose and respond"):
        decided(registered(), by_hand, T0)


def test_delivery_and_promise_meet_whichever_is_recorded() -> None:
    """Recording the delivery keeps the promise; keeping the promise delivers the remedy."""
    delivered = act(answered(), DeliverRemedy(remedy="remedy-1", evidence="transfer 7"), T0 + DAY)
    kept = act(answered(), Keep(commitment="commitment-1", evidence="transfer 7"), T0 + DAY)
    for case in (delivered, kept):
        assert CommitmentState.DONE is case.settlement.commitments[0].state
        assert case.settlement.remedies[0].done
        assert () == open_commitments(case)


def test_a_part_of_a_remedy_keeps_no_promise() -> None:
    """Ten of forty arrived: thirty are still owed, and keeping the promise means the rest."""
    case = act(answered(), DeliverRemedy(remedy="remedy-1", amount=Decimal(10), evidence="transfer 7"), T0 + DAY)
    assert ["commitment-1"] == [one.name for one in open_commitments(case)]
    case = act(case, Keep(commitment="commitment-1", evidence="transfer 8"), T0 + 2 * DAY)
    assert "40.00 EUR" == str(case.settlement.remedies[0].delivered)


def test_a_declined_remedy_is_owed_no_more() -> None:
    """What the complainant does not want is called off with their word as evidence."""
    case = act(answered(), AnswerRemedy(remedy="remedy-1", taken="declined", evidence="wrote so"), T0 + DAY)
    assert CommitmentState.CANCELLED is case.settlement.commitments[0].state


def test_a_second_answer_promises_nothing_twice() -> None:
    """What is tracked already is not promised again when the matter is settled."""
    case = act(answered(), Resolve(evidence="thanked"), T0 + DAY)
    assert 1 == len(case.settlement.commitments)


# --- contact and holding notices


def test_who_asks_to_be_contacted_is_owed_it_by_a_date() -> None:
    """The complainant's own request is a promise with a clock; asking twice makes no second one."""
    anna = Actor("anna", {COMPLAINANT})
    entries = RequestContact(what="call me").decide(registered(), anna, T0, POLICY)
    case = registered().apply_all(entries)
    (one,) = case.settlement.commitments
    assert (CommitmentKind.CONTACT, T0 + hours(48)) == (one.kind, one.due_at)
    with pytest.raises(NotAllowed, match="is promised until"):
        RequestContact().decide(case, anna, T0 + hours(1), POLICY)
    assert "complainant" not in [notice.audience for notice in called_for(case, entries, POLICY, SECRET)], (
        "what somebody typed in is not sent to an address they typed in"
    )


def test_a_reply_keeps_no_promise_of_contact() -> None:
    """A call was promised; writing in between does not make it."""
    case = act(promised(kind="contact"), Reply(text="Please send a photo."), T0 + hours(2))
    assert ["commitment-1"] == [one.name for one in open_commitments(case)]


def test_a_holding_notice_answers_for_now_and_promises_a_date() -> None:
    """The first response is met and the date runs by a clock of its own; the final response stays due when it was."""
    before = registered().clock("final_response")
    case = act(registered(), Hold(text="The works is slow.", until=T0 + 20 * DAY), T0 + hours(3))
    assert (Stage.IN_PROGRESS, None) == (case.stage, case.unanswered_since)
    assert before == case.clock("final_response")
    assert T0 + hours(3) == case.clock("first_response").met_at  # type: ignore[union-attr]
    assert T0 + 20 * DAY == case.clock("interim").due_at  # type: ignore[union-attr]


def test_the_holding_notice_tells_reason_and_date() -> None:
    """The words and the new date stand in it, and no other date."""
    (notice,) = told(registered(), Hold(text="The works is slow.", until=T0 + 20 * DAY), T0 + hours(3))
    body = worded(notice, POLICY).body
    assert ("interim", "complainant") == (notice.occasion, notice.audience)
    assert "The works is slow." in body
    assert "2026-03-22" in body
    assert "2026-03-16" not in body


def test_the_date_of_a_holding_notice_is_kept_by_an_answer_or_a_new_notice_in_time() -> None:
    """A reply in between is no answer; another notice before the date keeps the word, late ones do not."""
    held = act(registered(), Hold(text="Slow.", until=T0 + 2 * DAY), T0 + hours(1))
    replied = act(held, Reply(text="Which order?"), T0 + hours(2))
    assert replied.clock("interim").running  # type: ignore[union-attr]
    for days, late in ((1, False), (3, True)):
        again = act(held, Hold(text="Slow.", until=T0 + 9 * DAY), T0 + days * DAY)
        first = again.named("interim")
        assert first is not None
        assert (T0 + days * DAY, late) == (first.met_at, first.late_at(T0 + 99 * DAY))
        assert T0 + 9 * DAY == again.named("interim-2").due_at  # type: ignore[union-attr]


def test_a_holding_notice_that_never_arrived_leaves_the_complainant_unanswered() -> None:
    """Nobody was told anything, so an answer is owed again."""
    case = act(registered(), Hold(text="Slow.", until=T0 + 2 * DAY), T0 + hours(1))
    lost = NoticeUndelivered(
        at=T0 + hours(9), by="complaintkit", notice="n", occasion="interim", audience="complainant",
        problem=Content.of("no such mailbox"),
    )  # fmt: skip
    assert T0 + hours(9) == case.apply(lost).unanswered_since


@pytest.mark.parametrize("until", [T0, T0 - DAY])
def test_no_promise_for_the_past(until: object) -> None:
    """Whatever is promised lies ahead."""
    for action in (Hold(text="Slow.", until=until), Promise(what="x", until=until)):  # type: ignore[arg-type]
        with pytest.raises(NotAllowed, match="in the future"):
            decided(registered(), action, T0)


# --- afterwards


def grave() -> Complaint:
    """Return a settled case that was grave enough for somebody to ask how things are."""
    case = act(registered(), Assess(category="refund", severity="high"), T0 + hours(1))
    return act(case, Resolve(evidence="said so"), T0 + hours(2))


def test_somebody_asks_how_things_are_where_the_policy_says_so() -> None:
    """Two weeks after a grave one; nobody after others, and nobody who cannot be reached."""
    clock = grave().clock("contact")
    assert clock is not None
    assert (16, True) == (clock.due_at.day, clock.lasting)
    mild = act(registered(), Resolve(evidence="said so"), T0 + hours(2))
    assert mild.clock("contact") is None


def test_who_is_content_is_left_in_peace() -> None:
    """The clock is met, and nothing else follows."""
    case = act(grave(), FollowUp(result="content", text="all is well"), T0 + 10 * DAY)
    assert (T0 + 10 * DAY, ()) == (case.clock("contact").met_at, case.settlement.findings)  # type: ignore[union-attr]


def test_who_is_not_content_leaves_a_finding_with_somebody_and_a_date() -> None:
    """Words are needed; the finding has an owner and a clock from the same moment."""
    with pytest.raises(NotAllowed, match="needs a text"):
        decided(grave(), FollowUp(result="not_content"), T0 + 10 * DAY)
    entries = decided(grave(), FollowUp(result="not_content", text="broke again"), T0 + 10 * DAY)
    found = next(one for one in entries if isinstance(one, FindingFiled))
    assert ("not_content", "team-lead", True) == (found.why, found.who, found.due_at > T0 + 10 * DAY)
    assert ["finding"] == [clock.kind for clock in found.clocks]


def test_nobody_is_tried_for_ever() -> None:
    """Two tries in vain ask for another one each; the third ends it."""
    case = grave()
    for days, running in ((5, 1), (8, 1), (11, 0)):
        case = act(case, FollowUp(result="not_reached"), T0 + days * DAY)
        assert running == sum(clock.kind == "contact" and not clock.settled for clock in case.clocks)
    assert [False, False, False] == [one.reached for one in case.settlement.contacts]


def test_a_promise_that_no_clock_follows_stands_in_the_way_of_closing() -> None:
    """Nobody would notice if it were not kept."""
    case = act(promised(), Resolve(evidence="said so"), T0 + hours(1))
    assert () == missing(case, "close", POLICY)
    lost = evolve(case, clocks=tuple(clock for clock in case.clocks if clock.kind != "commitment"))
    assert ["commitment-1"] == [one.name for one in missing(lost, "close", POLICY)]


@given(st.lists(st.tuples(st.integers(1, 200), st.sampled_from(("promise", "move", "keep", "cancel"))), max_size=12))
def test_every_open_promise_is_followed_by_one_running_clock(steps: list[tuple[int, str]]) -> None:
    """However promises are made, moved, kept and called off, each open one has its clock, no other any."""
    case, now = registered(), T0
    for gap, step in steps:
        now += timedelta(hours=gap)
        name = next((one.name for one in open_commitments(case)), "")
        if step == "promise" or not name:
            case = act(case, Promise(what="x", until=now + 5 * DAY), now)
        elif step == "move":
            move = MoveCommitment(commitment=name, until=now + 3 * DAY, how="agreed", reason="said so")
            case = act(case, move, now)
        elif step == "keep":
            case = act(case, Keep(commitment=name, evidence="done"), now)
        else:
            case = act(case, CancelCommitment(commitment=name, evidence="agreed"), now)
        running = sorted(clock.name for clock in case.clocks if clock.kind == "commitment" and not clock.settled)
        assert sorted(one.clock for one in open_commitments(case)) == running
        assert all(case.named(one.clock).due_at == one.due_at for one in open_commitments(case))  # type: ignore[union-attr]


def test_how_long_a_promise_runs_is_the_policys_word() -> None:
    """A settings file changes it key by key."""
    policy = read({"afterwards": {"promises": {"contact": {"hours": 2}}}}, structure)
    assert T0 + hours(2) == policy.after.promise_due("contact", T0)
    assert POLICY.afterwards.rounds == policy.afterwards.rounds
