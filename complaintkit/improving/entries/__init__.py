"""Every kind of entry the file of an improvement can hold.

Old files must stay readable for ever: fields are only added, each with a default, and a kind is never renamed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.improving.entries.circling import (
    OutputAttached,
    Published,
    Rescheduled,
    SessionCompleted,
    SessionHeld,
    SessionMissed,
)
from complaintkit.improving.entries.common import (
    Answered,
    Confirmed,
    EvidenceAttached,
    Linked,
    Opened,
    Reassigned,
    Remarked,
    Told,
)
from complaintkit.improving.entries.timing import (
    Escalated,
    LookedAt,
    NoticeSent,
    NoticeUndelivered,
    Overdue,
    Reviewed,
    Warned,
)
from complaintkit.improving.entries.working import (
    Accepted,
    Checked,
    Declined,
    Dropped,
    Exposed,
    Finished,
    Implemented,
    MeasureReopened,
    Postponed,
    Retired,
    Started,
    Traced,
    TrainingCompleted,
)
from complaintkit.improving.improvement import ImprovementEntry

KINDS: Final[Mapping[str, type[ImprovementEntry]]] = MappingProxyType(
    {
        entry.kind: entry
        for entry in (
            Opened, Reassigned, Linked, EvidenceAttached, Told, Confirmed, Answered, Remarked,
            Started, Postponed, Implemented, Exposed, Checked, MeasureReopened, Accepted, Finished, Dropped, Declined,
            Retired, Traced, TrainingCompleted,
            SessionHeld, OutputAttached, SessionCompleted, SessionMissed, Rescheduled, Published,
            Warned, Overdue, Reviewed, Escalated, LookedAt, NoticeSent, NoticeUndelivered,
        )
    }
)  # fmt: skip

__all__ = [
    "KINDS",
    "Accepted",
    "Answered",
    "Checked",
    "Confirmed",
    "Declined",
    "Dropped",
    "Escalated",
    "EvidenceAttached",
    "Exposed",
    "Finished",
    "Implemented",
    "Linked",
    "LookedAt",
    "MeasureReopened",
    "NoticeSent",
    "NoticeUndelivered",
    "Opened",
    "OutputAttached",
    "Overdue",
    "Postponed",
    "Published",
    "Reassigned",
    "Remarked",
    "Rescheduled",
    "Retired",
    "Reviewed",
    "SessionCompleted",
    "SessionHeld",
    "SessionMissed",
    "Started",
    "Told",
    "Traced",
    "TrainingCompleted",
    "Warned",
]
