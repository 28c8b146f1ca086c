"""Every kind of entry a case file can hold. An entry carries the facts; what they change stands beside them.

Old files must stay readable for ever: fields are only added, each with a default, and a kind is never renamed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.complaint import Entry
from complaintkit.case.entries.base import CORE, Staged
from complaintkit.case.entries.competence import ApprovalAsked, Approved, SettledNow
from complaintkit.case.entries.deadlines import (
    ClockMoved,
    DutyDone,
    DutyStarted,
    Extended,
    Move,
    Recalculated,
    Regraded,
    RulesApplied,
    RulesFound,
    RulesLifted,
    SummaryOver,
)
from complaintkit.case.entries.deciding import Closed, Proposed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.entries.demands import DemandEnded, DemandMade
from complaintkit.case.entries.escalations import (
    DeEscalated,
    EscalationAcknowledged,
    EscalationAsked,
    EscalationGranted,
    EscalationPassed,
    EscalationRefused,
    Raised,
)
from complaintkit.case.entries.external import (
    BodyAnswered,
    BodyAsked,
    BodyDecided,
    DisputeMarked,
    HoldPlaced,
    HoldReleased,
    ReferredOut,
    WindowEnded,
)
from complaintkit.case.entries.finding import Attributed, CostAdded, Investigated, PointDecided
from complaintkit.case.entries.guides import SituationLifted, SituationNoted, TensionFlagged, Ticked, WentAhead
from complaintkit.case.entries.handling import Noted, Replied, WaitEnded, WaitStarted
from complaintkit.case.entries.holding import HoldingSent, WritingOwed
from complaintkit.case.entries.learning import (
    CauseDropped,
    CauseFound,
    CausePlanned,
    CauseUnknown,
    Learned,
    MeasureTaken,
    NoMeasure,
    TrainingNeeded,
)
from complaintkit.case.entries.matter import Described, FieldSealed, FieldSet, Restated, RestatementConfirmed
from complaintkit.case.entries.needs import NeedAdded, NeedRemoved
from complaintkit.case.entries.opening import (
    Assessed,
    CustomerFound,
    Dismissed,
    FiledAttachment,
    MessageFiled,
    Opinion,
    PluginFailed,
    Received,
    Registered,
    RepeatFound,
)
from complaintkit.case.entries.ownership import (
    Assigned,
    OfferDeclined,
    Offered,
    OfferReturned,
    OfferTakenBack,
    OwnerReplaced,
    ResponsibleFound,
    StaffCleared,
    StaffNamed,
    StoodIn,
    TakenOver,
)
from complaintkit.case.entries.parties import PartyAdded, PartyChanged, PartyRemoved, Represented
from complaintkit.case.entries.points import PointAdded, PointChanged, PointDropped
from complaintkit.case.entries.promises import (
    CommitmentCancelled,
    CommitmentKept,
    CommitmentMoved,
    FollowedUp,
    Held,
    Promised,
)
from complaintkit.case.entries.remedies import RemedyChanged, RemedyDelivered, RemedyDropped, RemedyPlanned, RemedyTaken
from complaintkit.case.entries.reviews import (
    AcceptanceProlonged,
    ReviewOpened,
    ReviewTaken,
)
from complaintkit.case.entries.secrecy import (
    CodeRenewed,
    HandlersNamed,
    IdentitySeen,
    Looked,
    Restricted,
    Sealed,
    SecrecyLifted,
    UnsealingAsked,
    UnsealingGranted,
)
from complaintkit.case.entries.surveys import (
    FindingFiled,
    FindingSettled,
    SurveyAnswered,
    SurveyAsked,
    SurveyReminded,
    SurveyWaived,
    SurveyWish,
)
from complaintkit.case.entries.tasks import TaskAdded, TaskAnswered, TaskCancelled, TaskReminded, TaskReturned
from complaintkit.case.entries.ties import (
    Absorbed,
    Forwarded,
    Linked,
    Merged,
    MovedMessage,
    PartForwarded,
    PartiesCarried,
    Released,
    SplitOff,
    Unlinked,
    Unmerged,
)
from complaintkit.case.entries.timing import (
    Escalated,
    LookedAt,
    NoticeSent,
    NoticeUndelivered,
    Overdue,
    Reviewed,
    Warned,
)


def _kinds(base: type[Entry]) -> Mapping[str, type[Entry]]:
    found: dict[str, type[Entry]] = {}
    for subclass in base.__subclasses__():
        if subclass.kind and subclass.__module__.startswith(__name__):
            found[subclass.kind] = subclass
        found.update(_kinds(subclass))
    return found


KINDS: Final[Mapping[str, type[Entry]]] = MappingProxyType(_kinds(Entry))  # type: ignore[type-abstract]  # only its subclasses are taken

__all__ = [
    "CORE",
    "KINDS",
    "Absorbed",
    "AcceptanceProlonged",
    "ApprovalAsked",
    "Approved",
    "Assessed",
    "Assigned",
    "Attributed",
    "BodyAnswered",
    "BodyAsked",
    "BodyDecided",
    "CauseDropped",
    "CauseFound",
    "CausePlanned",
    "CauseUnknown",
    "ClockMoved",
    "Closed",
    "CodeRenewed",
    "CommitmentCancelled",
    "CommitmentKept",
    "CommitmentMoved",
    "CostAdded",
    "CustomerFound",
    "DeEscalated",
    "DemandEnded",
    "DemandMade",
    "Described",
    "Dismissed",
    "DisputeMarked",
    "DutyDone",
    "DutyStarted",
    "Escalated",
    "EscalationAcknowledged",
    "EscalationAsked",
    "EscalationGranted",
    "EscalationPassed",
    "EscalationRefused",
    "Extended",
    "FieldSealed",
    "FieldSet",
    "FiledAttachment",
    "FindingFiled",
    "FindingSettled",
    "FollowedUp",
    "Forwarded",
    "HandlersNamed",
    "Held",
    "HoldPlaced",
    "HoldReleased",
    "HoldingSent",
    "IdentitySeen",
    "Investigated",
    "Learned",
    "Linked",
    "Looked",
    "LookedAt",
    "MeasureTaken",
    "Merged",
    "MessageFiled",
    "Move",
    "MovedMessage",
    "NeedAdded",
    "NeedRemoved",
    "NoMeasure",
    "Noted",
    "NoticeSent",
    "NoticeUndelivered",
    "OfferDeclined",
    "OfferReturned",
    "OfferTakenBack",
    "Offered",
    "Opinion",
    "Overdue",
    "OwnerReplaced",
    "PartForwarded",
    "PartiesCarried",
    "PartyAdded",
    "PartyChanged",
    "PartyRemoved",
    "PluginFailed",
    "PointAdded",
    "PointChanged",
    "PointDecided",
    "PointDropped",
    "Promised",
    "Proposed",
    "Raised",
    "Recalculated",
    "Received",
    "ReferredOut",
    "Registered",
    "Regraded",
    "Released",
    "RemedyChanged",
    "RemedyDelivered",
    "RemedyDropped",
    "RemedyPlanned",
    "RemedyTaken",
    "Reopened",
    "RepeatFound",
    "Replied",
    "Represented",
    "Resolved",
    "Responded",
    "ResponsibleFound",
    "Restated",
    "RestatementConfirmed",
    "Restricted",
    "ReviewOpened",
    "ReviewTaken",
    "Reviewed",
    "RulesApplied",
    "RulesFound",
    "RulesLifted",
    "Sealed",
    "SecrecyLifted",
    "SentBack",
    "SettledNow",
    "SituationLifted",
    "SituationNoted",
    "SplitOff",
    "StaffCleared",
    "StaffNamed",
    "Staged",
    "StoodIn",
    "SummaryOver",
    "SurveyAnswered",
    "SurveyAsked",
    "SurveyReminded",
    "SurveyWaived",
    "SurveyWish",
    "TakenOver",
    "TaskAdded",
    "TaskAnswered",
    "TaskCancelled",
    "TaskReminded",
    "TaskReturned",
    "TensionFlagged",
    "Ticked",
    "TrainingNeeded",
    "Unlinked",
    "Unmerged",
    "UnsealingAsked",
    "UnsealingGranted",
    "WaitEnded",
    "WaitStarted",
    "Warned",
    "WentAhead",
    "WindowEnded",
    "Withdrawn",
    "WritingOwed",
]
