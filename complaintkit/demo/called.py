"""What the superiors of the demo do when a complaint calls them: they say that they have seen it, and who it was."""

from collections.abc import Iterator
from typing import Final

from complaintkit.case.actions import AcknowledgeEscalation
from complaintkit.case.complaint import Complaint
from complaintkit.case.escalations import EscalationState, in_state
from complaintkit.demo.handlers import LEAD

# Who sees to what goes beyond the lead.
HEAD: Final = "vera"


def seen(case: Complaint) -> Iterator[tuple[AcknowledgeEscalation, str]]:
    """Yield that those who are called to a complaint have seen it, and by whom."""
    for one in in_state(case, EscalationState.CALLED):
        yield AcknowledgeEscalation(escalation=one.name), LEAD if one.level == 1 else HEAD
