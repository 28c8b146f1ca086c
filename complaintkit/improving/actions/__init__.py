"""Everything that can be asked for: openings by kind, and actions. Adding one: a class, its rows in `lifecycle`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.improving.actions.circling import Deliver, Hold, Publish, Reschedule, Retire
from complaintkit.improving.actions.common import Assign, Attach, Link, Postpone, Remark
from complaintkit.improving.actions.opening import (
    FindOthers,
    LayDown,
    Opening,
    PlanCircle,
    PlanMeasure,
    PlanTraining,
    ReportFinding,
    Suggest,
)
from complaintkit.improving.actions.telling import Answer, Confirm, Tell
from complaintkit.improving.actions.working import (
    Accept,
    Complete,
    Decline,
    Drop,
    Expose,
    Finish,
    Implement,
    Judge,
    Start,
    Trace,
)
from complaintkit.improving.asking import Action, Asked, Described, Terms, why_not

OPENINGS: Final[Mapping[str, type[Opening]]] = MappingProxyType(
    {
        opening.name: opening
        for opening in (PlanMeasure, PlanCircle, Suggest, FindOthers, PlanTraining, ReportFinding, LayDown)
    }
)
ACTIONS: Final[Mapping[str, type[Action]]] = MappingProxyType(
    {
        action.name: action
        for action in (
            Start, Implement, Expose, Judge, Trace, Complete, Accept, Decline, Finish, Drop,
            Hold, Deliver, Reschedule, Publish, Retire,
            Postpone, Assign, Link, Attach, Tell, Confirm, Answer, Remark,
        )
    }
)  # fmt: skip

__all__ = [
    "ACTIONS",
    "OPENINGS",
    "Accept",
    "Action",
    "Answer",
    "Asked",
    "Assign",
    "Attach",
    "Complete",
    "Confirm",
    "Decline",
    "Deliver",
    "Described",
    "Drop",
    "Expose",
    "FindOthers",
    "Finish",
    "Hold",
    "Implement",
    "Judge",
    "LayDown",
    "Link",
    "Opening",
    "PlanCircle",
    "PlanMeasure",
    "PlanTraining",
    "Postpone",
    "Publish",
    "Remark",
    "ReportFinding",
    "Reschedule",
    "Retire",
    "Start",
    "Suggest",
    "Tell",
    "Terms",
    "Trace",
    "why_not",
]
