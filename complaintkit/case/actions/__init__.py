"""Everything that can be asked of a case. Adding an action: a class here, its rows in `lifecycle`; nothing else."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.actions.base import Action, Terms, why_not
from complaintkit.case.actions.competence import Approve, AskApproval
from complaintkit.case.actions.deadlines import ApplyRules, Extend, FinishDuty, LiftRules, Recalculate, StartDuty
from complaintkit.case.actions.deciding import Close, Reopen, Resolve, Respond, SendBack, Withdraw
from complaintkit.case.actions.demands import AddDemand, EndDemand
from complaintkit.case.actions.drafting import Propose
from complaintkit.case.actions.escalations import (
    AcknowledgeEscalation,
    AskEscalation,
    DeEscalate,
    Escalate,
    GrantEscalation,
    RefuseEscalation,
)
from complaintkit.case.actions.external import (
    AnswerExternal,
    HoldLegally,
    MarkDispute,
    RecordExternalQuestion,
    RecordExternalResult,
    ReferOut,
    ReleaseHold,
)
from complaintkit.case.actions.finding import AddCost, Attribute, DecidePoint, RecordFinding, WaiveInvestigation
from complaintkit.case.actions.guides import FlagSituation, FlagTension, Tick
from complaintkit.case.actions.handling import Note, Reply, Resume, Wait
from complaintkit.case.actions.learning import (
    AssessCause,
    DropCause,
    FindNoCause,
    Learn,
    NeedTraining,
    PlanCause,
    TakeMeasure,
    TakeNoMeasure,
)
from complaintkit.case.actions.matter import ConfirmRestatement, Describe, Restate, SetField
from complaintkit.case.actions.merging import Merge, Unmerge
from complaintkit.case.actions.needs import AddNeed, RemoveNeed
from complaintkit.case.actions.opening import Assess, Dismiss, Register
from complaintkit.case.actions.ownership import (
    ClearStaff,
    Decline,
    FindResponsible,
    HandOver,
    NameStaff,
    TakeBack,
    TakeOver,
)
from complaintkit.case.actions.parties import AddParty, ChangeParty, RemoveParty, Represent
from complaintkit.case.actions.points import AddPoint, ChangePoint, DropPoint
from complaintkit.case.actions.promises import (
    CancelCommitment,
    FollowUp,
    Hold,
    Keep,
    MoveCommitment,
    Promise,
    RequestContact,
)
from complaintkit.case.actions.remedies import AnswerRemedy, ChangeRemedy, DeliverRemedy, DropRemedy, OfferRemedy
from complaintkit.case.actions.reviews import (
    Accept,
    AskReview,
    Dispute,
    TakeReview,
)
from complaintkit.case.actions.secrecy import AskUnseal, Lift, NameHandlers, RenewCode, Restrict, Seal, Unseal
from complaintkit.case.actions.settling import SettleNow
from complaintkit.case.actions.surveys import (
    AnswerSurvey,
    AskSurvey,
    RecordSurveyWish,
    ReportFinding,
    SettleFinding,
    WaiveSurvey,
)
from complaintkit.case.actions.tasks import AddTask, AnswerTask, CancelTask, RemindTask, ReturnTask
from complaintkit.case.actions.ties import Forward, Link, Split, Unlink
from complaintkit.case.lifecycle import LIFE_CYCLE


def _catalogue() -> Mapping[str, type[Action]]:
    """Return all actions by name, in the order of the life cycle's table."""
    found = {action.name: action for action in _all(Action) if action.name}  # type: ignore[type-abstract]  # only its subclasses are taken
    order = list(dict.fromkeys(name for name, _ in LIFE_CYCLE))
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: order.index(one[0]))))


def _all(base: type[Action]) -> Iterator[type[Action]]:
    for action in base.__subclasses__():
        if action.__module__.startswith(__name__):
            yield action
        yield from _all(action)


ACTIONS: Final[Mapping[str, type[Action]]] = _catalogue()

__all__ = [
    "ACTIONS",
    "Accept",
    "AcknowledgeEscalation",
    "Action",
    "AddCost",
    "AddDemand",
    "AddNeed",
    "AddParty",
    "AddPoint",
    "AddTask",
    "AnswerExternal",
    "AnswerRemedy",
    "AnswerSurvey",
    "AnswerTask",
    "ApplyRules",
    "Approve",
    "AskApproval",
    "AskEscalation",
    "AskReview",
    "AskSurvey",
    "AskUnseal",
    "Assess",
    "AssessCause",
    "Attribute",
    "CancelCommitment",
    "CancelTask",
    "ChangeParty",
    "ChangePoint",
    "ChangeRemedy",
    "ClearStaff",
    "Close",
    "ConfirmRestatement",
    "DeEscalate",
    "DecidePoint",
    "Decline",
    "DeliverRemedy",
    "Describe",
    "Dismiss",
    "Dispute",
    "DropCause",
    "DropPoint",
    "DropRemedy",
    "EndDemand",
    "Escalate",
    "Extend",
    "FindNoCause",
    "FindResponsible",
    "FinishDuty",
    "FlagSituation",
    "FlagTension",
    "FollowUp",
    "Forward",
    "GrantEscalation",
    "HandOver",
    "Hold",
    "HoldLegally",
    "Keep",
    "Learn",
    "Lift",
    "LiftRules",
    "Link",
    "MarkDispute",
    "Merge",
    "MoveCommitment",
    "NameHandlers",
    "NameStaff",
    "NeedTraining",
    "Note",
    "OfferRemedy",
    "PlanCause",
    "Promise",
    "Propose",
    "Recalculate",
    "RecordExternalQuestion",
    "RecordExternalResult",
    "RecordFinding",
    "RecordSurveyWish",
    "ReferOut",
    "RefuseEscalation",
    "Register",
    "ReleaseHold",
    "RemindTask",
    "RemoveNeed",
    "RemoveParty",
    "RenewCode",
    "Reopen",
    "Reply",
    "ReportFinding",
    "Represent",
    "RequestContact",
    "Resolve",
    "Respond",
    "Restate",
    "Restrict",
    "Resume",
    "ReturnTask",
    "Seal",
    "SendBack",
    "SetField",
    "SettleFinding",
    "SettleNow",
    "Split",
    "StartDuty",
    "TakeBack",
    "TakeMeasure",
    "TakeNoMeasure",
    "TakeOver",
    "TakeReview",
    "Terms",
    "Tick",
    "Unlink",
    "Unmerge",
    "Unseal",
    "Wait",
    "WaiveInvestigation",
    "WaiveSurvey",
    "Withdraw",
    "why_not",
]
