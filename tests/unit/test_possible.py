"""What is told as possible is possible: an action that would be refused whatever is filled in says so before."""

from decimal import Decimal

import pytest
from attrs import evolve

from complaintkit import NotAllowed
from complaintkit.case import actions as a
from complaintkit.case.actions import ACTIONS, Action
from complaintkit.case.actions.describing import standings
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import MessageFiled
from complaintkit.case.parts import Content, sealed_person
from complaintkit.policy import Policy
from complaintkit.policy.fields import Fields
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from tests.house.acting import WAYS

from .cases import ANNA as SENDER
from .cases import POLICY, T0, act, hours, registered

IRINA = Actor("irina", {"handler"})
CHIEF = Actor("chief", {"executive", "legal", "quality"})
ANNA = Actor("anna", {COMPLAINANT})
NOW = T0 + hours(30)

ANSWER = (
    a.Assess(category="refund"),
    a.Propose(outcome="upheld", text="You are right.", finding="asked the driver"),
    a.Respond(),
)
REVIEW = (*ANSWER, a.Dispute(reason="it is still broken"))
PAID = (*ANSWER[:1], a.OfferRemedy(type="refund", amount=Decimal(5), currency="EUR"), *ANSWER[1:])
DELIVERED = (*PAID, a.DeliverRemedy(remedy="remedy-1", evidence="transfer 4711"))
DECLINED = (*PAID, a.AnswerRemedy(remedy="remedy-1", taken="declined", evidence="wrote so"))
POINT = (a.AddPoint(text="The shop was rude."), a.DecidePoint(point="point-1", outcome="upheld"))
OUT = a.ReferOut(body="Ombudsman", kind="ombudsman")
WITHDRAWN = a.Withdraw(evidence="wrote so")
PART = "irina had a part in the decision that is under review"

# What has happened, who asks for which action, and what they are told.
IN_VAIN: tuple[tuple[tuple[Action, ...], Actor, str, str], ...] = (
    ((), CHIEF, "lift", "it is not confidential"),
    ((), CHIEF, "name_handlers", "it is not confidential; restrict it first"),
    ((), CHIEF, "ask_unseal", "the identity is not sealed"),
    ((a.Restrict(reason="private"),), IRINA, "restrict", "it is restricted already; name_handlers changes"),
    ((a.Restrict(reason="private"),), CHIEF, "unseal", "the identity is not sealed"),
    ((a.Seal(reason="fears"),), IRINA, "seal", "the identity is sealed already"),
    (
        (a.Seal(reason="fears", handlers=("chief",)), a.AskUnseal(reason="a court asks")),
        Actor("irina", {"legal"}), "unseal", "irina asked for it; it takes a second person to allow it",
    ),
    ((), IRINA, "confirm_restatement", "there are no words of ours to confirm yet; restate first"),
    (
        (a.Restate(text="It does not boil."), a.ConfirmRestatement(evidence="said so")),
        IRINA, "confirm_restatement", "it was confirmed on 2026-03-02 already",
    ),
    ((a.Resolve(evidence="said so"),), IRINA, "dispute", "no answer has gone out that could be looked at again"),
    ((a.Resolve(evidence="said so"),), IRINA, "ask_review", "no answer has gone out that could be looked at again"),
    (ANSWER[:1], IRINA, "take_review", "no review is pending; dispute or ask_review opens one"),
    (REVIEW, IRINA, "accept", PART),
    (REVIEW, IRINA, "propose", PART),
    (REVIEW, IRINA, "resolve", PART),
    (REVIEW, IRINA, "withdraw", PART),
    (REVIEW, IRINA, "decide_point", PART),
    ((*REVIEW, a.Wait(until=NOW, reason="a photo", waiting_for="third_party"), a.Resume()), IRINA, "settle_now", PART),
    ((*ANSWER[:1], a.OfferRemedy(type="repair")), IRINA, "answer_remedy", "has not been told of remedy-1 yet"),
    ((*ANSWER[:1], a.OfferRemedy(type="repair")), IRINA, "deliver_remedy", "has not been told of remedy-1 yet"),
    (DELIVERED, IRINA, "deliver_remedy", "all of remedy-1 has arrived"),
    (DECLINED, IRINA, "answer_remedy", "the complainant declined remedy-1 on 2026-03-02"),
    ((*PAID, a.Reopen(reason="more")), IRINA, "change_remedy", "what was said cannot be unsaid"),
    (
        (a.OfferRemedy(type="repair"), a.DropRemedy(remedy="remedy-1", reason="not wanted")),
        IRINA, "drop_remedy", "remedy-1 was given up; plan another one",
    ),
    (POINT, IRINA, "change_point", "point-1 is decided: upheld; add another point"),
    (POINT, IRINA, "drop_point", "point-1 is decided: upheld; add another point"),
    (
        (a.AddDemand(kind="apology"), a.EndDemand(demand="demand-1", end="met", reason="said sorry")),
        IRINA, "end_demand", "demand-1 has ended already: met",
    ),
    ((a.RequestContact(),), IRINA, "request_contact", "(commitment-1)"),
    *(
        (
            (a.Promise(what="a call"), a.CancelCommitment(commitment="commitment-1", evidence="said so")),
            IRINA, name, "commitment-1 was cancelled on 2026-03-02; nothing is owed on it any more",
        )
        for name in ("keep", "move_commitment", "cancel_commitment")
    ),
    *(
        (
            (OUT, a.RecordExternalResult(external="external-1", result="upheld", changed="no", text="so be it")),
            IRINA, name, "Ombudsman has decided external-1 already",
        )
        for name in ("record_external_question", "answer_external", "record_external_result")
    ),
    (
        (a.HoldLegally(reason="a claim"), a.ReleaseHold(hold="hold-1", reason="taken back")),
        CHIEF, "release_hold", "hold-1 was released on 2026-03-02",
    ),
    ((a.AssessCause(cause="process-missing", evidence="nobody knew"),), IRINA, "find_no_cause", "causes on file"),
    ((a.TakeMeasure(improvement="IM-EHQ6-7X6D"),), IRINA, "take_no_measure", "it led to IM-EHQ6-7X6D; end that"),
    ((a.TakeOver(),), IRINA, "take_over", "irina owns it already"),
    ((a.HandOver(to="boris", reason="knows it"),), IRINA, "merge", "offer-1 is still open here; settle or cancel it"),
    ((), IRINA, "answer_survey", "the case has not ended yet"),
    ((WITHDRAWN, a.AskSurvey()), IRINA, "ask_survey", "survey-1 was sent already, and nobody is asked twice"),
    (
        (WITHDRAWN, a.AskSurvey(), a.AnswerSurvey(answers=("overall=5",))),
        CHIEF, "waive_survey", "survey-1 was answered on 2026-03-02",
    ),
    (
        (a.ReportFinding(text="slow"), a.SettleFinding(finding="finding-1", text="called")),
        IRINA, "settle_finding", "finding-1 was settled on 2026-03-02",
    ),
    ((a.AddTask(who="legal", text="Is it so?"),), IRINA, "answer_task", "task-1 is asked of legal; irina cannot"),
    (
        (a.AddTask(who="legal", text="Is it so?"), a.AnswerTask(task="task-1", text="Yes."), WITHDRAWN),
        IRINA, "return_task", "the case has ended and its tasks with it; reopen it first",
    ),
    (
        (*ANSWER[:1], a.Propose(outcome="upheld", remedy="refund", amount=Decimal(9000), currency="EUR", text="Yes.")),
        IRINA, "ask_approval", "it is asked for already: ",
    ),
)  # fmt: skip


def after(steps: tuple[Action, ...]) -> Complaint:
    """Return a case in which irina has done all of this, some minutes each."""
    case = registered()
    for place, step in enumerate(steps):
        case = act(case, step, T0 + hours(0.1 * (place + 1)))
    return case


def told(case: Complaint, name: str, actor: Actor, policy: Policy = POLICY) -> str:
    """Return why somebody cannot ask for an action, as it is told before they do."""
    (standing,) = standings({name: ACTIONS[name]}, case, actor, policy)
    return standing.why_not


@pytest.mark.parametrize(("steps", "actor", "name", "why"), IN_VAIN, ids=[one[2] for one in IN_VAIN])
def test_what_cannot_be_done_whatever_is_filled_in_is_not_told_as_possible(
    steps: tuple[Action, ...], actor: Actor, name: str, why: str
) -> None:
    """The reason is told before anybody asks, and who asks all the same is refused in the same words."""
    case = after(steps)
    before = told(case, name, actor)
    assert why in before
    with pytest.raises(NotAllowed) as refusal:
        WAYS[name](case, NOW).decide(case, actor, NOW, POLICY)
    assert f"{name}: {before}" == refusal.value.problem


def test_it_is_not_closed_over_a_message_without_an_answer() -> None:
    """Settled, and then the complainant wrote again: first that is answered."""
    case = after((*ANSWER, a.Accept(text="wrote so")))
    assert not told(case, "close", IRINA)
    wrote = MessageFiled(
        at=T0 + hours(2),
        by="anna",
        channel="email",
        envelope=2,
        person=sealed_person(SENDER),
        title=Content.of(""),
        text=Content.of("And now?"),
    )
    case = case.apply(wrote)
    assert "the complainant wrote on 2026-03-02 10:00; reply first" == told(case, "close", IRINA)
    assert not told(act(case, a.Reply(text="Now it is on its way."), NOW), "close", IRINA)


def test_the_last_word_is_the_last_for_the_complainant_only() -> None:
    """After the final answer a complainant cannot object any more; a person of the organisation may let it in."""
    case = act(act(after(REVIEW), ANSWER[1], NOW, "boris"), a.Respond(), NOW, "boris")
    assert "the last answer was the final word of the organisation" in told(case, "dispute", ANNA)
    assert not told(case, "dispute", IRINA)


@pytest.mark.parametrize(
    ("name", "tables", "why"),
    [
        ("set_field", {"fields": {"warranty": {"type": "yes_no"}}}, "the policy has no field"),
        ("flag_situation", {}, "the policy has no situation"),
        ("tick", {}, "the policy has no guide item"),
    ],
)
def test_what_only_words_of_the_policy_fit_needs_such_words(name: str, tables: dict[str, object], why: str) -> None:
    """An action that names something of the policy is possible where the policy has something of the kind."""
    policy = read(tables, structure)
    assert not told(registered(), name, IRINA, policy)
    without = evolve(policy, fields=Fields(), situations=(), guides=())
    assert why == told(registered(), name, IRINA, without)


def test_what_the_policy_asks_for_before_an_assessment_stands_in_the_way() -> None:
    """As for an answer and an end: what has to be done first is told before anybody assesses."""
    policy = read({"checks": {"assess": {"points": "block"}}}, structure)
    case = after(POINT[:1])
    assert "point-1 has no decision" in told(case, "assess", IRINA, policy)
    assert not told(case, "assess", IRINA)


def test_one_part_that_will_do_is_enough() -> None:
    """One of two points is undecided, one of two tasks irina's: it is possible; the other one is refused by name."""
    case = after((*POINT, a.AddPoint(text="And late.")))
    assert not told(case, "change_point", IRINA)
    with pytest.raises(NotAllowed, match="point-1 is decided"):
        a.ChangePoint(point="point-1", text="Ruder.").decide(case, IRINA, NOW, POLICY)
    asked = (a.AddTask(who="legal", text="Is it so?"), a.AddTask(who="irina", text="And this?"))
    assert not told(after(asked), "answer_task", IRINA)


def test_of_many_parts_the_latest_are_named() -> None:
    """Five promises that were called off: the reasons of the last three are told."""
    made = tuple(a.Promise(what="a call") for _ in range(5))
    off = tuple(a.CancelCommitment(commitment=f"commitment-{one}", evidence="said so") for one in range(1, 6))
    why = told(after(made + off), "keep", IRINA)
    assert ["commitment-3", "commitment-4", "commitment-5"] == [
        one.split()[0] for one in why.split("; ") if "was" in one
    ]
