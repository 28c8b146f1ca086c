"""Everything that can be asked of a case. Adding an action: a class here, its rows in `lifecycle`; nothing else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.actions.base import Action, Terms, why_not
from complaintkit.case.actions.deciding import Close, Propose, Reopen, Resolve, Respond, SendBack, Withdraw
from complaintkit.case.actions.handling import Note, Reply, Resume, Wait
from complaintkit.case.actions.opening import Assess, Assign, Dismiss, Register

ACTIONS: Final[Mapping[str, type[Action]]] = MappingProxyType(
    {
        action.name: action
        for action in (
            Register,
            Dismiss,
            Assess,
            Assign,
            Reply,
            Wait,
            Resume,
            Propose,
            SendBack,
            Respond,
            Resolve,
            Close,
            Reopen,
            Withdraw,
            Note,
        )
    }
)

__all__ = [
    "ACTIONS",
    "Action",
    "Assess",
    "Assign",
    "Close",
    "Dismiss",
    "Note",
    "Propose",
    "Register",
    "Reopen",
    "Reply",
    "Resolve",
    "Respond",
    "Resume",
    "SendBack",
    "Terms",
    "Wait",
    "Withdraw",
    "why_not",
]
