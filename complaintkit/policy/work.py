"""What the policy says about tasks, guides, special situations, and what comes before a step, for actions to ask."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from complaintkit.case.actions.outstanding import OFF
from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.case.tasks import TaskKind
from complaintkit.policy import departments, guides
from complaintkit.policy.departments import Department
from complaintkit.policy.situations import Situation

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy


@frozen
class Work:
    """The part of a policy that actions on tasks and guides ask; see `complaintkit.case.work`."""

    # A policy, which needs this module: its type cannot be named where types are looked up.
    _whole: Any = field(repr=False)

    @property
    def _policy(self) -> "Policy":
        policy: Policy = self._whole
        return policy

    def department(self, name: str) -> Department | None:
        """Return the department of a name, however it is typed, or `None`."""
        return departments.department_of(self._policy, name)

    def situation(self, name: str) -> Situation | None:
        """Return a special situation, or `None`."""
        return next((one for one in self._policy.situations if one.name == name), None)

    def refusal(self, who: str, kind: TaskKind) -> str:
        """Return why this cannot be asked of a department or a person; empty if it can."""
        return departments.refusal(self._policy, who, kind)

    def written(self, who: str) -> str:
        """Return the name of a department or a person as the policy writes it; as it is where it knows none."""
        department, member = self.department(who), self._policy.member(who)
        return department.name if department else member.name if member else who.strip()

    def let_in(self, case: Complaint, who: str) -> bool:
        """Say whether a department or a person may know of a case as far as its secrecy goes."""
        return self._policy.roster.initiated(case, who)

    def clock(
        self, case: Complaint, kind: TaskKind, who: str, start: datetime, name: str, *, lasting: bool = False
    ) -> Clock:
        """Return the deadline of a task: the department's own, else the standard's."""
        return departments.task_clock(self._policy, case, kind, who, start, name, lasting=lasting)

    def readers(self, who: str) -> tuple[str, ...]:
        """Return the roles that may read what is answered, besides the owner of the case; none for all staff."""
        return departments.readers_of(self._policy, who)

    def link(self, token: str) -> str:
        """Return where a task is answered by link; where no page is set up, the command that does it."""
        page = self._policy.task_link
        return page.replace("{token}", token) if page else f"complaintkit tasks answer {token}"

    def level(self, step: str, check: str) -> str:
        """Return what is made of something missing before a step: `block`, `ask` or `off`."""
        return self._policy.checks.get(f"{step}.{check}", OFF)

    def open_items(self, case: Complaint, step: str) -> tuple[tuple[str, bool], ...]:
        """Return the mandatory items open before a step, each with whether somebody has begun with its guide."""
        return tuple(guides.open_items(self._policy, case, step))

    def version_of(self, item: str) -> str:
        """Return the version of the guide that has an item of this name; empty if none has."""
        return guides.version_of(self._policy, item)

    def opinion_of(self, situation: str) -> str:
        """Return the department whose opinion a special situation calls for; empty if it calls for none."""
        found = self.situation(situation)
        return found.opinion.who if found and found.opinion and found.opinion.kind is TaskKind.OPINION else ""
