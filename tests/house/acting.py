"""One way to make each action, from a case as it stands: for tests that let anything happen to a case.

A new action gets its line here; a test fails for one that has none. What it makes need not be allowed: a refusal is an
outcome, too. Where an action names something in the case, such as a task, take it from the case.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import attrs

from complaintkit.case import actions as a
from complaintkit.case.actions import Action
from complaintkit.case.actions.describing import names_in
from complaintkit.case.complaint import Complaint
from complaintkit.case.ties import BY_HAND

T = TypeVar("T")
DAY = timedelta(days=1)
# Stands for another case, where an action names one; see `made`.
OTHER = "CK-2222-2222"


def made(name: str, case: Complaint, now: datetime, other: str) -> Action:
    """Return an action as it is made here, with a case that exists in place of `OTHER`."""
    action = WAYS[name](case, now)
    named = [one.name for one in attrs.fields(type(action)) if getattr(action, one.name) == OTHER]
    return attrs.evolve(action, **dict.fromkeys(named, other))


def turn(case: Complaint, *ways: T) -> T:
    """Return one of several ways to put it: as the case grows, each gets its turn."""
    return ways[case.version % len(ways)]


def named(case: Complaint, kind: str) -> str:
    """Return the last name of a part of a kind in the case, such as `task-2`; one that is not there without any."""
    return (f"{kind}-99", *names_in(case, kind))[-1]


def tied(case: Complaint) -> tuple[str, str]:
    """Return the last tie that people made in the case: to which case, and which; one to another case without any."""
    found = [(one.reference, str(one.kind)) for one in case.ties.links if one.kind in BY_HAND]
    return (found or [(OTHER, "related")])[-1]


def extendable(case: Complaint) -> tuple[str, datetime]:
    """Return a deadline that its rules let be extended, and when it is due; any other without one."""
    running = [one for one in case.clocks if one.running]
    found = [(one.name, one.due_at) for one in running if one.reckoning.extendable]
    return (found or [(named(case, "clock"), case.received_at)])[-1]


WAYS: dict[str, Callable[[Complaint, datetime], Action]] = {
    "register": lambda case, now: a.Register(),
    "dismiss": lambda case, now: a.Dismiss(reason="advertising"),
    "assess": lambda case, now: a.Assess(category="refund", severity=turn(case, "high", "critical", "normal")),
    "hand_over": lambda case, now: a.HandOver(
        to=turn(case, "owner 1", "irina", "oleg", "team-lead"), reason="knows the case"
    ),
    "take_over": lambda case, now: a.TakeOver(reason="nobody else took it"),
    "decline": lambda case, now: a.Decline(reason="has too much to do"),
    "take_back": lambda case, now: a.TakeBack(reason="found out more"),
    "find_responsible": lambda case, now: a.FindResponsible(who="the warehouse", evidence="the shipping note"),
    "name_staff": lambda case, now: a.NameStaff(
        names=(turn(case, "owner 1", "oleg", "owner 2"),), reason="the complainant says so"
    ),
    "clear_staff": lambda case, now: a.ClearStaff(names=case.about[:1], reason="it was a mistake"),
    "reply": lambda case, now: a.Reply(text="We are looking into it."),
    "wait": lambda case, now: a.Wait(until=now + 2 * DAY, reason="asked for a photo", waiting_for="third_party"),
    "resume": lambda case, now: a.Resume(),
    "propose": lambda case, now: a.Propose(
        outcome="upheld",
        remedy=turn(case, "refund", "goodwill", "replacement"),
        amount=turn(case, Decimal("1.50"), Decimal(120), Decimal(700), Decimal(9)),
        currency="EUR",
        text="You are right.",
        because="the points are smaller than the whole",
        finding="looked at it",
    ),
    "settle_now": lambda case, now: a.SettleNow(
        text="Here is a new one.",
        evidence="said so at the counter",
        category="refund",
        remedy="replacement",
        finding="seen at the counter",
    ),
    "approve": lambda case, now: a.Approve(words="fits"),
    "ask_approval": lambda case, now: a.AskApproval(),
    "record_finding": lambda case, now: a.RecordFinding(text="asked the driver"),
    "waive_investigation": lambda case, now: a.WaiveInvestigation(reason="we know of it"),
    "decide_point": lambda case, now: a.DecidePoint(
        point=next((one.name for one in case.matter.points if not one.decided), named(case, "point")),
        outcome=turn(case, "upheld", "not_upheld"),
        reason="seen on the photo",
    ),
    "offer_remedy": lambda case, now: a.OfferRemedy(
        type=turn(case, "refund", "goodwill", "repair"), amount=Decimal(1 + case.version % 70), currency="EUR"
    ),
    "change_remedy": lambda case, now: a.ChangeRemedy(
        remedy=named(case, "remedy"), amount=Decimal(1 + case.version % 5), currency="EUR", reason="looked it up"
    ),
    "drop_remedy": lambda case, now: a.DropRemedy(remedy=named(case, "remedy"), reason="not wanted"),
    "answer_remedy": lambda case, now: a.AnswerRemedy(
        remedy=named(case, "remedy"), taken=turn(case, "accepted", "accepted", "declined"), evidence="wrote so"
    ),
    "deliver_remedy": lambda case, now: a.DeliverRemedy(remedy=named(case, "remedy"), evidence="transfer 4711"),
    "attribute": lambda case, now: a.Attribute(failing="process", reason="nobody passes it on"),
    "add_cost": lambda case, now: a.AddCost(what="looked for the parcel", minutes=20),
    "send_back": lambda case, now: a.SendBack(reason="no reasons given"),
    "respond": lambda case, now: a.Respond(despite=turn(case, "", "it can wait")),
    "resolve": lambda case, now: a.Resolve(
        accepted=turn(case, "accepted", "accepted", "lapsed"),
        evidence="said so on the telephone",
        despite=turn(case, "", "it can wait"),
    ),
    "close": lambda case, now: a.Close(despite=turn(case, "", "it can wait")),
    "reopen": lambda case, now: a.Reopen(
        reason="broke again",
        why=turn(case, "new_facts", "failed_remedy", "dispute", "our_mistake"),
        count=turn(case, "", "continued", "without_gap"),
    ),
    "withdraw": lambda case, now: a.Withdraw(evidence="wrote so"),
    "extend": lambda case, now: a.Extend(
        clock=extendable(case)[0], until=extendable(case)[1] + 5 * DAY, text="The works has not answered yet."
    ),
    "recalculate": lambda case, now: a.Recalculate(reason="the office is closed on Fridays now"),
    "apply_rules": lambda case, now: a.ApplyRules(rules="lives", reason="it is about money"),
    "lift_rules": lambda case, now: a.LiftRules(rules="lives", reason="it is not about money"),
    "start_duty": lambda case, now: a.StartDuty(duty="duty_report", reason="somebody was hurt"),
    "finish_duty": lambda case, now: a.FinishDuty(
        clock=next((one.name for one in case.clocks if one.kind == "duty_report" and not one.settled), "duty_report"),
        evidence="sent by registered letter",
    ),
    "ask_escalation": lambda case, now: a.AskEscalation(
        reason="wants to speak to somebody higher up", to=turn(case, "", "legal", "executive")
    ),
    "grant_escalation": lambda case, now: a.GrantEscalation(text="I call her", to=turn(case, "", "legal")),
    "refuse_escalation": lambda case, now: a.RefuseEscalation(reason="Irina may decide this herself."),
    "escalate": lambda case, now: a.Escalate(reason="it will be in the papers", to=turn(case, "", "executive")),
    "acknowledge_escalation": lambda case, now: a.AcknowledgeEscalation(text="on it"),
    "de_escalate": lambda case, now: a.DeEscalate(
        escalation=named(case, "escalation"), reason="settled", evidence="she wrote so"
    ),
    "link": lambda case, now: a.Link(to=OTHER, tie=turn(case, "related", "same_cause", "repeat_of")),
    "unlink": lambda case, now: a.Unlink(to=tied(case)[0], tie=tied(case)[1]),
    "merge": lambda case, now: a.Merge(into=OTHER, reason="the same kettle", same_person=turn(case, True, False)),
    "unmerge": lambda case, now: a.Unmerge(of=case.moved_to, reason="two kettles"),
    "split": lambda case, now: a.Split(text="And the shop was rude.", reason="another matter"),
    "forward": lambda case, now: a.Forward(
        respondent="the carrier", text="Please answer.", partly=turn(case, True, False)
    ),
    "plan_cause": lambda case, now: a.PlanCause(until=now + 9 * DAY),
    "assess_cause": lambda case, now: a.AssessCause(cause="process-missing", evidence="nobody knew", weight=60),
    "drop_cause": lambda case, now: a.DropCause(cause=named(case, "cause"), reason="somebody knew"),
    "find_no_cause": lambda case, now: a.FindNoCause(reason="all files looked at"),
    "take_measure": lambda case, now: a.TakeMeasure(improvement="IM-EHQ6-7X6D"),
    "take_no_measure": lambda case, now: a.TakeNoMeasure(reason="a single slip"),
    "need_training": lambda case, now: a.NeedTraining(topic="kettles", role="support"),
    "learn": lambda case, now: a.Learn(text="Ask for the batch."),
    "add_task": lambda case, now: a.AddTask(
        who=turn(case, "legal", "quality", "support", "irina"),
        kind=("opinion", "check", "question")[now.hour % 3],
        text="Is this so?",
        blocking=turn(case, True, False),
        lasting=turn(case, False, False, True),
    ),
    "answer_task": lambda case, now: a.AnswerTask(
        task=named(case, "task"), text="It is.", result=turn(case, "done", "done", "cannot")
    ),
    "return_task": lambda case, now: a.ReturnTask(task=named(case, "task"), reason="not the question"),
    "remind_task": lambda case, now: a.RemindTask(task=named(case, "task")),
    "cancel_task": lambda case, now: a.CancelTask(task=named(case, "task"), reason="found it"),
    "tick": lambda case, now: a.Tick(item="telephone.greet", text="Anna"),
    "flag_tension": lambda case, now: a.FlagTension(level=now.hour % 5, text="raised the voice"),
    "flag_situation": lambda case, now: a.FlagSituation(
        situation=("legal", "media")[now.hour % 2], reason="says so", on=now.hour % 3 > 0
    ),
    "describe": lambda case, now: a.Describe(
        product=f"kettle-{now.hour % 2}",
        expected="that it boils",
        goal="money",
        order="A-1042",
        volume=1 + now.hour,
        evidence=("a photo",),
        publish="yes",
        forget=("batch",),
    ),
    "add_point": lambda case, now: a.AddPoint(text="And the shop was rude.", problem="refund", target="staff"),
    "change_point": lambda case, now: a.ChangePoint(point=named(case, "point"), object=f"shop {now.hour % 2}"),
    "drop_point": lambda case, now: a.DropPoint(point=named(case, "point"), reason="said twice"),
    "add_demand": lambda case, now: a.AddDemand(kind="refund", amount=Decimal(1 + now.hour), currency="EUR"),
    "end_demand": lambda case, now: a.EndDemand(demand=named(case, "demand"), end="met", reason="paid"),
    "restate": lambda case, now: a.Restate(text="The kettle does not boil."),
    "confirm_restatement": lambda case, now: a.ConfirmRestatement(evidence="said yes"),
    "set_field": lambda case, now: a.SetField(field="warranty", value=turn(case, "yes", "no", "", "perhaps")),
    "add_party": lambda case, now: a.AddParty(role="representative", full_name="Boris", email="boris@example.org"),
    "change_party": lambda case, now: a.ChangeParty(
        party=named(case, "party") if now.hour % 2 else "complainant", prefers="phone", language="ru"
    ),
    "remove_party": lambda case, now: a.RemoveParty(party=named(case, "party"), reason="took no part"),
    "represent": lambda case, now: a.Represent(party=named(case, "party"), evidence="power of attorney, copy"),
    "add_need": lambda case, now: a.AddNeed(
        kind="health", text="is hard of hearing", support="write", consent="said so", until=now + 3 * DAY
    ),
    "remove_need": lambda case, now: a.RemoveNeed(need=named(case, "need"), reason="does not want it kept"),
    "promise": lambda case, now: a.Promise(what="a new one", until=now + 3 * DAY, who="support", confirm=True),
    "request_contact": lambda case, now: a.RequestContact(what="call me in the evening"),
    "keep": lambda case, now: a.Keep(commitment=named(case, "commitment"), evidence="called her"),
    "move_commitment": lambda case, now: a.MoveCommitment(
        commitment=named(case, "commitment"),
        until=now + 4 * DAY,
        reason="none left",
        how=turn(case, "agreed", "notice"),
    ),
    "cancel_commitment": lambda case, now: a.CancelCommitment(
        commitment=named(case, "commitment"), evidence="she said so"
    ),
    "hold": lambda case, now: a.Hold(text="The works has not answered yet.", until=now + 2 * DAY),
    "follow_up": lambda case, now: a.FollowUp(result=turn(case, "content", "not_content", "not_reached"), text="so"),
    "accept": lambda case, now: a.Accept(text="wrote so"),
    "dispute": lambda case, now: a.Dispute(reason="it is still broken", exception=turn(case, "", "was in hospital")),
    "ask_review": lambda case, now: a.AskReview(reason="a rule asks for it"),
    "take_review": lambda case, now: a.TakeReview(reviewer=turn(case, "", "owner 1", "quality")),
    "ask_survey": lambda case, now: a.AskSurvey(),
    "waive_survey": lambda case, now: a.WaiveSurvey(reason="a bereavement"),
    "record_survey_wish": lambda case, now: a.RecordSurveyWish(
        wish=turn(case, "wanted", "unwanted"), evidence="said so"
    ),
    "answer_survey": lambda case, now: a.AnswerSurvey(
        answers=(f"overall={1 + now.hour % 5}", "speed=4"), text="slow", contact=now.hour % 3 == 0
    ),
    "report_finding": lambda case, now: a.ReportFinding(text="nobody called back"),
    "settle_finding": lambda case, now: a.SettleFinding(finding=named(case, "finding"), text="called her"),
    "refer_out": lambda case, now: a.ReferOut(
        body="Ombudsman", kind=turn(case, "ombudsman", "regulator", "court", "adr"), until=now + 5 * DAY
    ),
    "record_external_question": lambda case, now: a.RecordExternalQuestion(
        external=named(case, "external"), text="the file", until=now + 3 * DAY
    ),
    "answer_external": lambda case, now: a.AnswerExternal(external=named(case, "external"), text="the file"),
    "record_external_result": lambda case, now: a.RecordExternalResult(
        external=named(case, "external"),
        result="upheld",
        changed="yes",
        text="pay",
        amount=Decimal(20),
        currency="EUR",
        lessons="answer sooner",
    ),
    "mark_dispute": lambda case, now: a.MarkDispute(
        standing=turn(case, "pre_trial", "internal"), reason="letter of demand"
    ),
    "hold_legally": lambda case, now: a.HoldLegally(reason="a claim"),
    "release_hold": lambda case, now: a.ReleaseHold(hold=named(case, "hold"), reason="claim withdrawn"),
    "note": lambda case, now: a.Note(text="called, nobody there"),
    "restrict": lambda case, now: a.Restrict(
        reason="names a colleague", handlers=turn(case, ("irina", "legal"), (), ("chief",))
    ),
    "name_handlers": lambda case, now: a.NameHandlers(handlers=("irina", "oleg"), reason="on leave"),
    "seal": lambda case, now: a.Seal(reason="fears for the job", handlers=turn(case, ("irina", "chief"), ("irina",))),
    "lift": lambda case, now: a.Lift(reason="settled", consent=turn(case, "", "said so on the telephone")),
    "ask_unseal": lambda case, now: a.AskUnseal(reason="the court asks"),
    "unseal": lambda case, now: a.Unseal(unsealing=f"unsealing-{len(case.handling.unsealings) or 1}"),
    "renew_code": lambda case, now: a.RenewCode(reason="lost it"),
}
