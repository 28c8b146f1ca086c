"""What actions on tasks and guides have to know of the policy; see `complaintkit.policy.work`."""

from datetime import datetime
from typing import Protocol

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.case.tasks import TaskKind


class WorkTerms(Protocol):
    """The part of the policy about departments, guides, special situations, and what comes before a step."""

    def refusal(self, who: str, kind: TaskKind) -> str:
        """Return why this cannot be asked of a department or a person; empty if it can."""

    def written(self, who: str) -> str:
        """Return the name of a department or a person as the policy writes it; as it is where it knows none."""

    def let_in(self, case: Complaint, who: str) -> bool:
        """Say whether a department or a person may know of a case as far as its secrecy goes."""

    def clock(
        self, case: Complaint, kind: TaskKind, who: str, start: datetime, name: str, *, lasting: bool = False
    ) -> Clock:
        """Return the deadline of a task."""

    def readers(self, who: str) -> tuple[str, ...]:
        """Return the roles that may read what is answered, besides the owner of the case; none for all staff."""

    def level(self, step: str, check: str) -> str:
        """Return what the policy makes of something missing before a step: `block`, `ask` or `off`."""

    def open_items(self, case: Complaint, step: str) -> tuple[tuple[str, bool], ...]:
        """Return the mandatory items open before a step, each with whether somebody has begun with its guide."""

    def version_of(self, item: str) -> str:
        """Return the version of the guide that has an item of this name; empty if none has."""

    def opinion_of(self, situation: str) -> str:
        """Return the department whose opinion a special situation calls for; empty if it calls for none."""
