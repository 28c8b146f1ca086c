"""Work shared with others, at either door: who has to do what by when, tasks by link, the guide of a case."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from complaintkit.case import reference as references
from complaintkit.case.actions import AnswerTask
from complaintkit.case.actions.outstanding import Missing, missing
from complaintkit.case.actor import GUEST, Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import CORE
from complaintkit.case.secrecy import SEALED
from complaintkit.case.tasks import TELLING, Task, TaskView, shown_of, task_of
from complaintkit.desk import Desk
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.policy.guidance import Guidance, guidance
from complaintkit.policy.style import Remark, look_over
from complaintkit.store.duties import Duty, DutyQuery
from complaintkit.withholding import Withholding, of_sealed

VOID: Final = "this link opens no open task: it was answered or taken back, or it was not copied whole"


class Working(ABC):
    """What can be done about tasks, duties and guides."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    @abstractmethod
    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands."""

    # --- duties, across cases

    def duties(
        self,
        who: str | Iterable[str] = (),
        *,
        own: bool = True,
        kinds: Iterable[str] = (),
        due_before: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Duty, ...]:
        """List what somebody has to do by when, the nearest first.

        Args:
            who: People, departments or roles; nobody lists everybody's.
            own: Whether the deadlines of their own cases that name nobody else count, too.
            kinds: Kinds of clock, such as `task` or `commitment`; none for all.
            due_before: Only those due before a moment.
            limit: How many at most.
            offset: After how many.
        """
        names = (who,) if isinstance(who, str) else tuple(who)
        policy = self.desk.policy
        written = [policy.work.written(name) for name in names if name.strip()]
        # What is asked of a role is the duty of whoever has it.
        roles = (role for name in written if policy.member(name) for role in sorted(policy.roles_of(name)))
        written = list(dict.fromkeys((*written, *roles)))
        query = DutyQuery(
            who=tuple(written), own=own, kinds=tuple(kinds), due_before=due_before, limit=limit, offset=offset
        )  # fmt: skip
        return self.desk.store.duties(query)

    # --- tasks by link

    def task_token(self, reference: str, task: str) -> str:
        """Return the token by which an open task is answered without a seat, to hand it on by another way.

        Raises:
            NotFound: There is no such complaint.
            NotAllowed: It has no such task, or nothing is asked by it any more.
        """
        case = self.case(reference)
        return self.desk.task_token(case, open_task(case, task))

    def task_by_link(self, token: str) -> TaskView:
        """Return what whoever holds the link to a task sees: the question, and what the asker chose to show.

        Where who complains has been sealed since, nothing is shown that would tell it, whatever was chosen. A link to a
        confidential case opens nothing if whoever was asked may not know of it.

        Raises:
            NotFound: The token opens no open task, whether or not there is such a complaint.
        """
        case, task = self._task(token)
        clock, department = task.due_in(case), self.desk.policy.work.department(task.who)
        assert clock is not None  # an open task has one
        left = Withholding()
        if case.secrecy == SEALED:
            left = of_sealed(case, *(one.entry for one in self.desk.store.file(case.reference)))
        shown = tuple(name for name in task.shown if not left.sealed or name not in TELLING)
        return TaskView(
            reference=case.reference, task=task.name, kind=task.kind, who=task.who, asked_by=task.by, asked_at=task.at,
            due_at=clock.due_at, question=left.text(str(task.asked)),
            missing=left.text(str(task.missing or "")), shown=shown_of(left.over(case), shown),
            organisation=self.desk.policy.organisation,
            language=(department.language if department else "") or self.desk.policy.languages[0],
        )  # fmt: skip

    def answer_by_link(
        self, token: str, text: str, name: str, *, result: str = "done", now: datetime | None = None
    ) -> Complaint:
        """Answer a task by its link; the link opens nothing afterwards.

        Args:
            token: The token.
            text: The answer; if it cannot be done, why.
            name: Who answers, as it shall stand in the case file.
            result: `done` or `cannot`.
            now: The moment.

        Raises:
            NotFound: The token opens no open task.
            NotAllowed: Something is missing.
        """
        case, task = self._task(token)
        action = AnswerTask(task=task.name, text=text, result=result)
        return self.desk.act(case.reference, action, Actor(name, {GUEST}), now or self.clock())

    def _task(self, token: str) -> tuple[Complaint, Task]:
        reference = references.read(token.strip()[: references.SPOKEN_LENGTH])
        if reference is not None:
            try:
                case = self.desk.store.case(reference)
            except NotFound:
                pass
            else:
                task = self.desk.task_by(case, token)
                if task and self.desk.policy.work.let_in(case, task.who):
                    return case, task
        raise NotFound("-", VOID)

    # --- guides

    def guide(self, reference: str, *, language: str = "", now: datetime | None = None) -> Guidance:
        """Return the guide for a case as it stands: what to ask, say and do, what is missing, how complete it is.

        Args:
            reference: The complaint.
            language: Language of whoever handles it; by default the first one of the policy. Words to the complainant
                are in the complainant's language all the same.
            now: The moment.

        Raises:
            NotFound: There is no such complaint.
        """
        case = self.case(reference)
        people = (one.entry for one in self.desk.store.file(case.reference) if one.entry.by != CORE)
        touched_at = max((entry.at for entry in people), default=case.recorded_at)
        return guidance(case, self.desk.policy, now or self.clock(), language, touched_at)

    def look_over(self, reference: str, text: str, *, occasion: str = "response") -> tuple[Remark, ...]:
        """Return what a careful colleague would remark on a text before it goes to the complainant.

        Args:
            reference: The complaint.
            text: The text.
            occasion: `response` for the decision, `promise` for a promise, `reply` for anything else.

        Raises:
            NotFound: There is no such complaint.
        """
        return look_over(text, self.case(reference), self.desk.policy, occasion)

    def outstanding(self, reference: str, step: str) -> tuple[Missing, ...]:
        """Return what is open before a step (`assess`, `respond`, `resolve`, `close`) of a case, and how to go on.

        Raises:
            NotFound: There is no such complaint.
        """
        return missing(self.case(reference), step, self.desk.policy)


def open_task(case: Complaint, name: str) -> Task:
    """Return an open task of a case.

    Raises:
        NotAllowed: It has none of this name, or nothing is asked by it any more.
    """
    found = task_of(case, name)
    if found is None or not found.open_in(case):
        open_ones = ", ".join(one.name for one in case.handling.tasks if one.open_in(case))
        raise NotAllowed(case.reference, f"{name!r} is no open task; open are: {open_ones or 'none'}")
    return found
