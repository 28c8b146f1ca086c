"""Every kind of entry a case file can hold. An entry carries the facts; what they change stands beside them.

Old files must stay readable for ever: fields are only added, each with a default, and a kind is never renamed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.complaint import Entry
from complaintkit.case.entries.base import CORE, Staged
from complaintkit.case.entries.deciding import Closed, Proposed, Reopened, Resolved, Responded, SentBack, Withdrawn
from complaintkit.case.entries.handling import Assigned, Noted, Replied, WaitEnded, WaitStarted
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
from complaintkit.case.entries.ties import (
    Absorbed,
    Forwarded,
    Linked,
    Merged,
    MovedMessage,
    PartForwarded,
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
    "PartForwarded",
    "CORE",
    "KINDS",
    "Absorbed",
    "Assessed",
    "Assigned",
    "Closed",
    "CustomerFound",
    "Dismissed",
    "Escalated",
    "FiledAttachment",
    "Forwarded",
    "Linked",
    "LookedAt",
    "Merged",
    "MessageFiled",
    "MovedMessage",
    "Noted",
    "NoticeSent",
    "NoticeUndelivered",
    "Opinion",
    "Overdue",
    "PluginFailed",
    "Proposed",
    "Received",
    "Registered",
    "Released",
    "Reopened",
    "RepeatFound",
    "Replied",
    "Resolved",
    "Responded",
    "Reviewed",
    "SentBack",
    "SplitOff",
    "Staged",
    "Unlinked",
    "Unmerged",
    "WaitEnded",
    "WaitStarted",
    "Warned",
    "Withdrawn",
]
