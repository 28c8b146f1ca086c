"""The case: its life cycle, what actions decide and refuse, and that entries add up to it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed, Severity, Stage
from complaintkit.case import entries
from complaintkit.case.actions import (
    ACTIONS,
    Assess,
    Close,
    Dismiss,
    HandOver,
    Note,
    Propose,
    Register,
    Reopen,
    Reply,
    Resolve,
    Respond,
    Resume,
    SendBack,
    Wait,
    WaiveSurvey,
    Withdraw,
)
from complaintkit.case.actor import Actor, same
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import (
    KINDS,
    CauseUnknown,
    MessageFiled,
    NoticeSent,
    NoticeUndelivered,
    Overdue,
    WaitEnded,
)
from complaintkit.case.lifecycle import ENDED, LIFE_CYCLE, possible, stages_for
from complaintkit.case.parts import ANSWERS, Content, Outcome, person_of, sealed_person
from complaintkit.message import Person

from .cases import ANNA, POLICY, T0, act, decided, hours, registered


def test_the_table_and_the_catalogue_name_the_same_actions() -> None:
    """Every action has a row in the life cycle, and every row an action."""
    assert set(ACTIONS) == {action for action, _ in LIFE_CYCLE}


@pytest.mark.parametrize("stage", list(Stage))
def test_no_stage_is_a_trap(stage: Stage) -> None:
    """From every stage something more than a note is possible, or it can be registered or opened again."""
    assert set(possible(stage)) - {"note"}


def test_a_complaint_goes_its_whole_way() -> None:
    """Assess, reply, propose, respond, resolve, close: each action leads to the stage of the table, clocks are met."""
    case = act(registered(), Assess(category="delivery-damaged"), T0 + hours(1))
    assert case.stage is Stage.IN_PROGRESS
    case = act(case, Reply(text="We look into it."), T0 + hours(2))
    assert case.clock("first_response").met_at == T0 + hours(2)  # type: ignore[union-attr]
    refund = Propose(outcome="upheld", remedy="refund", amount=Decimal(40), currency="EUR", text="You are right.")
    case = act(case, refund, T0 + hours(3))
    assert (Stage.DECISION_PENDING, Outcome.UPHELD) == (case.stage, case.outcome)
    case = act(case, Respond(), T0 + hours(4))
    assert all(clock.met_at for clock in case.clocks if clock.kind in ANSWERS)
    assert ["acceptance", "commitment"] == sorted(clock.kind for clock in case.clocks if not clock.settled)
    case = act(case, Resolve(evidence="she called and thanked"), T0 + hours(30))
    case = act(case, Close(), T0 + hours(31))
    assert (Stage.CLOSED, T0 + hours(31)) == (case.stage, case.closed_at)
    assert {"cause", "commitment", "survey"} == {clock.kind for clock in case.clocks if not clock.settled}


def test_an_action_out_of_place_is_refused_with_what_is_possible() -> None:
    """A closing of a fresh case says why not and what can be done now."""
    with pytest.raises(NotAllowed, match=r"is registered; close is possible only when it is resolved.*assess"):
        decided(registered(), Close(), T0)


@pytest.mark.parametrize(
    ("action", "word"),
    [
        (Reply(text="  "), "text"),
        (Dismiss(reason=""), "reason"),
        (HandOver(to=" ", reason="x"), "needs a name"),
        (HandOver(to="desk", reason="x"), "already"),
        (Assess(category="no-such"), "none of delivery-late"),
        (Assess(), "needs a category"),
        (Assess(category="refund", severity="huge"), "none of low"),
        (Withdraw(evidence=""), "evidence"),
        (Note(text=""), "text"),
        (Resolve(accepted="lapsed", evidence="silence"), "respond first"),
        (Resolve(accepted="perhaps", evidence="x"), "none of accepted"),
    ],
)
def test_what_is_missing_is_named(action: object, word: str) -> None:
    """An action that lacks something is refused with the name of what it lacks."""
    with pytest.raises(NotAllowed, match=word):
        decided(registered(), action, T0 + hours(1))


def test_nobody_acts_before_receipt_or_without_a_name() -> None:
    """An action needs a name, and a moment after receipt."""
    with pytest.raises(NotAllowed, match="before its receipt"):
        decided(registered(), Note(text="x"), T0 - hours(1))
    with pytest.raises(NotAllowed, match="name of who acts"):
        decided(registered(), Note(text="x"), T0, by=" ")


def test_waiting_stops_only_what_may_pause_and_a_message_ends_it() -> None:
    """The pausable clock ends later by the pause, others do not move, and a message resumes the case."""
    case = act(registered(), Reply(text="Which order was it?"), T0 + hours(1))
    final = case.clock("final_response")
    waiting = act(case, Wait(until=T0 + hours(100), reason="order number"), T0 + hours(2))
    assert Stage.WAITING is waiting.stage
    message = MessageFiled(
        at=T0 + hours(26),
        by="complaintkit",
        channel="email",
        envelope=2,
        person=sealed_person(ANNA),
        title=Content.of(""),
        text=Content.of("A-1042"),
    )
    back = waiting.apply(message)
    assert (Stage.IN_PROGRESS, T0 + hours(26)) == (back.stage, back.unanswered_since)
    assert final.due_at + hours(24) == back.clock("final_response").due_at  # type: ignore[union-attr]


def waiting_for_an_order() -> Complaint:
    """Return a case that waits for its complainant."""
    case = act(registered(), Reply(text="Which order?"), T0 + hours(1))
    return act(case, Wait(until=T0 + hours(100), reason="order number"), T0 + hours(2))


def further(at: float, **more: Any) -> MessageFiled:
    """Return a further message, so many hours after receipt."""
    facts: dict[str, Any] = {
        "channel": "email",
        "envelope": 2,
        "person": sealed_person(ANNA),
        "title": Content.of(""),
        "text": Content.of("A-1042"),
    }
    return MessageFiled(at=T0 + hours(at), by="complaintkit", **(facts | more))


def test_a_machines_message_changes_nothing() -> None:
    """What an automatic answer says is on file; it neither ends waiting nor asks for an answer."""
    after = waiting_for_an_order().apply(further(3, automatic=True))
    assert (Stage.WAITING, None) == (after.stage, after.unanswered_since)


def test_an_unproven_sender_gets_attention_and_no_rights() -> None:
    """It may be the complainant by another address: waiting ends and an answer is owed; nothing else follows."""
    before = waiting_for_an_order()
    after = before.apply(further(3, verified=False, person=sealed_person(Person(email="x@example.org"))))
    assert (Stage.IN_PROGRESS, T0 + hours(3)) == (after.stage, after.unanswered_since)
    assert (before.person, before.owner, before.contact) == (after.person, after.owner, after.contact)


def test_waiting_ends_when_the_message_came_in_not_when_it_was_read() -> None:
    """A worker that slept buys the organisation no time."""
    before = waiting_for_an_order()
    final = before.clock("final_response")
    after = before.apply(further(90, received_at=T0 + hours(12)))
    assert final.due_at + hours(10) == after.clock("final_response").due_at  # type: ignore[union-attr]
    ended = WaitEnded(
        at=T0 + hours(200), by="x", stage=Stage.IN_PROGRESS, reason=Content.of(""), ended_at=T0 + hours(100)
    )
    assert final.due_at + hours(98) == before.apply(ended).clock("final_response").due_at  # type: ignore[union-attr]


def test_a_broken_promise_cannot_be_paused() -> None:
    """Once late, a clock runs on, so that the moment of the breach stays true."""
    clock = registered().clock("final_response")
    assert clock is not None
    assert clock.pause(clock.due_at + hours(1)) == clock


def test_what_ended_otherwise_was_not_kept() -> None:
    """A withdrawn complaint's clocks stop without having been met."""
    case = act(registered(), Withdraw(evidence="wrote so"), T0 + hours(2))
    assert {(None, T0 + hours(2))} == {(clock.met_at, clock.ended_at) for clock in case.clocks if not clock.lasting}


def test_silence_settles_only_what_was_answered_and_not_objected_to() -> None:
    """Lapsing needs a response and silence after it, also after reopening."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    case = act(case, Propose(outcome="not_upheld", text="No.", reason="It was used for a year."), T0 + hours(2))
    case = act(case, Respond(), T0 + hours(3))
    with pytest.raises(NotAllowed, match="not been silent"):
        decided(case.apply(further(4)), Resolve(accepted="lapsed", evidence="silence"), T0 + hours(9))
    again = act(case, Reopen(reason="new facts"), T0 + hours(5))
    with pytest.raises(NotAllowed, match="respond first"):
        decided(again, Resolve(accepted="lapsed", evidence="silence"), T0 + hours(9))


def test_an_answer_that_never_arrived_is_owed_again() -> None:
    """When a response cannot be delivered, the case asks for an answer, with a clock."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    case = act(case, Propose(outcome="upheld", text="Yes."), T0 + hours(2))
    case = act(case, Respond(), T0 + hours(3))
    lost = NoticeUndelivered(
        at=T0 + hours(60), by="complaintkit", notice="n", occasion="response", audience="complainant",
        problem=Content.of("no such box"), clocks=POLICY.follow_up(case, T0 + hours(60)),
    )  # fmt: skip
    after = case.apply(lost)
    assert (T0 + hours(60), True) == (after.unanswered_since, after.due_at is not None)


def test_two_clocks_of_one_kind_are_told_apart() -> None:
    """A breach of the second one leaves the first as it is."""
    case = act(registered(), Resolve(evidence="by telephone"), T0 + hours(30))
    again = act(case, Reopen(reason="failed"), T0 + hours(40))
    assert ["first_response", "first_response-2"] == [one.name for one in again.clocks if one.kind == "first_response"]
    broken = again.apply(Overdue(at=T0 + hours(90), by="complaintkit", clock="first_response-2", due_at=T0 + hours(64)))
    assert [False, True] == [one.overdue for one in broken.clocks if one.kind == "first_response"]


def test_one_does_not_wait_for_somebody_who_waits_for_us() -> None:
    """Waiting for the complainant is refused while the complainant's last word has no answer."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    with pytest.raises(NotAllowed, match="reply with the question first"):
        decided(case, Wait(until=T0 + hours(9), reason="x"), T0 + hours(2))
    with pytest.raises(NotAllowed, match="future"):
        decided(case, Wait(waiting_for="third_party", until=T0, reason="x"), T0 + hours(2))
    third = act(case, Wait(waiting_for="third_party", until=T0 + hours(9), reason="the courier"), T0 + hours(2))
    assert Stage.IN_PROGRESS is act(third, Resume(), T0 + hours(3)).stage


def test_a_closed_case_with_a_fresh_message_is_not_closed_twice_unheard() -> None:
    """Closing is refused while the complainant's message has no answer."""
    case = act(registered(), Resolve(evidence="settled on the telephone"), T0 + hours(1))
    message = MessageFiled(
        at=T0 + hours(2),
        by="complaintkit",
        channel="email",
        envelope=2,
        person=sealed_person(ANNA),
        title=Content.of(""),
        text=Content.of("no it is not settled"),
    )
    with pytest.raises(NotAllowed, match="reply first"):
        decided(case.apply(message), Close(), T0 + hours(3))


def test_an_automatic_acknowledgement_is_no_response() -> None:
    """The acknowledgement meets its own clock only."""
    sent = NoticeSent(
        at=T0 + hours(1),
        by="complaintkit",
        notice="n",
        occasion="acknowledgement",
        audience="complainant",
        notifier="x",
    )
    case = registered().apply(sent)
    assert case.clock("acknowledgement").met_at == T0 + hours(1)  # type: ignore[union-attr]
    assert case.clock("first_response").met_at is None  # type: ignore[union-attr]
    assert (T0 + hours(1), None) == (case.acknowledged_at, case.answered_at)


def test_reopening_keeps_the_history_and_starts_new_clocks() -> None:
    """Earlier clocks stay as they were; new ones run from the reopening; the counter goes up."""
    case = act(registered(), Resolve(evidence="by telephone"), T0 + hours(30))
    old = tuple(clock for clock in case.clocks if clock.settled)
    again = act(case, Reopen(reason="the repair failed"), T0 + hours(40))
    assert old == again.clocks[: len(old)]
    assert T0 + hours(40) == next(clock.ended_at for clock in again.clocks if clock.kind == "closing")
    assert {T0 + hours(40)} == {clock.started_at for clock in again.clocks if not clock.settled}
    assert (1, Stage.IN_PROGRESS) == (again.reopened, again.stage)


def test_not_a_complaint_can_be_reversed() -> None:
    """A dismissed case is registered again, with clocks from receipt."""
    case = act(registered(), Dismiss(reason="advertising"), T0 + hours(1))
    assert (Stage.NOT_A_COMPLAINT, None) == (case.stage, case.due_at)
    back = act(case, Register(), T0 + hours(50))
    assert (Stage.REGISTERED, T0) == (back.stage, back.clocks[-1].started_at)


def test_a_draft_can_be_sent_back() -> None:
    """Sending back takes the draft away and leads to work."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    case = act(case, Propose(outcome="not_upheld", text="No.", reason="It was used for a year."), T0 + hours(2))
    back = act(case, SendBack(reason="one point has no answer"), T0 + hours(3))
    assert (Stage.IN_PROGRESS, None, None) == (back.stage, back.outcome, back.proposal)


def test_a_persons_word_stands_and_severity_is_kept() -> None:
    """A confirmed assessment sets category and severity as told."""
    case = act(registered(), Assess(category="refund", severity="high"), T0 + hours(1))
    assert ("refund", Severity.HIGH, True) == (case.category, case.severity, case.confirmed)


def test_content_is_sealed_and_erasable() -> None:
    """The digest does not tell the text, a changed text is noticed, an erased one is intact."""
    one, other = Content.of("Anna"), Content.of("Anna")
    assert one.digest != other.digest
    assert one.intact
    assert not Content(one.digest, "Hanna", one.salt).intact
    assert Content(one.digest).intact
    assert Person() == person_of(Content(one.digest))


def test_ended_stages_have_no_next_moment() -> None:
    """A case that has ended asks for nothing but what lasts: its causes, and how it went."""
    assert {Stage.CLOSED, Stage.WITHDRAWN, Stage.NOT_A_COMPLAINT, Stage.FORWARDED, Stage.DUPLICATE} == ENDED
    case = act(registered(), Withdraw(evidence="wrote so"), T0 + hours(2))
    assert ["cause"] == [clock.kind for clock in case.overdue_at(T0 + timedelta(days=90))]
    known = case.apply(CauseUnknown(at=T0 + hours(3), by="irina", reason=Content.of("nobody knows")))
    assert (["survey"], ()) == (
        [clock.kind for clock in known.clocks if not clock.settled],
        known.overdue_at(T0 + timedelta(days=90)),
    )
    told = act(known, WaiveSurvey(reason="asked for it"), T0 + hours(4))
    assert (None, ()) == (told.due_at, told.overdue_at(T0 + timedelta(days=90)))


def test_overdue_is_right_without_any_worker() -> None:
    """Whether a promise is broken follows from the moments alone."""
    case = registered()
    assert ["acknowledgement", "first_response"] == [one.kind for one in case.overdue_at(T0 + hours(25))]
    assert () == case.overdue_at(T0 + hours(23))


@given(st.lists(st.integers(0, 10_000), max_size=6), st.integers(1, 500))
def test_overlapping_pauses_never_buy_more_time_than_passed(starts: list[int], length: int) -> None:
    """However often a clock is paused and resumed, it ends later by the time it stood still, no more."""
    clock = registered().clock("final_response")
    assert clock is not None
    still, at = timedelta(), T0
    due = clock.due_at
    for gap in starts:
        pause = at + timedelta(minutes=gap % 300)
        at = pause + timedelta(minutes=length)
        clock = clock.pause(pause).pause(pause + timedelta(minutes=1)).resume(at).resume(at)
        still += timedelta(minutes=length)
    assert due + still == clock.due_at


def test_every_kind_of_entry_is_known_by_name() -> None:
    """The catalogue of entries is complete and its names are unique."""
    assert 27 <= len(KINDS)
    assert all(kind == cls.kind for kind, cls in KINDS.items())
    assert set(entries.__all__) >= {cls.__name__ for cls in KINDS.values()}


def test_actions_describe_themselves() -> None:
    """Every field of every action tells people what it asks for."""
    for action in ACTIONS.values():
        assert action.help
        assert all(field.metadata.get("help") for field in action.__attrs_attrs__), action.name
        assert stages_for(action.name)


@pytest.mark.parametrize("spelled", ["Zoë", "Zoë\u200b", "ＺＯË", " zoë  "])
def test_a_name_is_the_same_however_it_is_composed(spelled: str) -> None:
    """Composition, width, case and signs nobody sees do not make another person."""
    assert same("Zoë", spelled)
    assert not same("Zoë", "Zoe")


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060\u200b", "\u00a0", "\x00"])
def test_signs_that_nobody_sees_are_no_words(nothing: str) -> None:
    """A reason that cannot be read is none."""
    with pytest.raises(NotAllowed, match="needs a reason"):
        decided(registered(), Dismiss(reason=nothing), T0 + hours(1))


def test_nobody_acts_in_the_name_of_the_core() -> None:
    """The core's own name is nobody's."""
    with pytest.raises(NotAllowed, match="name of the core"):
        decided(registered(), Note(text="x"), T0, by="ComplaintKit\u200b")


def test_a_role_that_nobody_laid_down_opens_nothing() -> None:
    """An unknown role of a host's actor is not staff."""
    with pytest.raises(NotAllowed, match="is for staff"):
        Note(text="x").decide(registered(), Actor("c7", {"customer"}), T0, POLICY)


def test_nobody_waits_for_ever() -> None:
    """Waiting ends at a date that somebody will live to see."""
    case = act(registered(), Assess(category="refund"), T0)
    with pytest.raises(NotAllowed, match="at the latest"):
        decided(case, Wait(until=T0 + timedelta(days=400), reason="x", waiting_for="third_party"), T0)
