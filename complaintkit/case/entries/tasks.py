"""Entries of tasks: asked, answered, sent back, called to mind, taken back."""

from collections.abc import Callable
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.opening import FiledAttachment
from complaintkit.case.parts import Clock, Content
from complaintkit.case.tasks import Task, TaskKind, TaskState
from complaintkit.changing import evolve


@frozen(kw_only=True)
class TaskAdded(Entry):
    """Somebody is asked for something; the owner stays the owner.

    `name` is that of the task, and `clock` its deadline; `because` says why it may take longer than the answer to the
    complainant. The other fields are those of the task.
    """

    kind: ClassVar[str] = "task_added"
    phrase: ClassVar[str] = "{name}: {task} asked of {who}"
    name: str
    who: str
    task: TaskKind
    text: Content
    clock: Clock
    blocking: bool = True
    lasting: bool = False
    shown: tuple[str, ...] = ()
    rule: str = ""
    readers: tuple[str, ...] = ()
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Add the task and its deadline."""
        task = Task(
            name=self.name, who=self.who, kind=self.task, asked=self.text, by=self.by, at=self.at,
            clock=self.clock.name, blocking=self.blocking, lasting=self.lasting, shown=self.shown, rule=self.rule,
            readers=self.readers,
        )  # fmt: skip
        handling = evolve(case.handling, tasks=(*case.handling.tasks, task))
        return evolve(case, handling=handling, clocks=(*case.clocks, self.clock))


@frozen(kw_only=True)
class TaskAnswered(Entry):
    """Whoever was asked answered, or said that they cannot; `guest` did so by link. `readers` as in the task.

    `heard` is what the owner heard of whoever was asked: an answer, and no second opinion.

    `envelope` is the number of the message the answer came in; 0 if it came otherwise.
    """

    kind: ClassVar[str] = "task_answered"
    phrase: ClassVar[str] = "{task}: {result}"
    task: str
    result: TaskState
    text: Content
    guest: bool = False
    heard: bool = False
    readers: tuple[str, ...] = ()
    envelope: int = 0
    attachments: tuple[FiledAttachment, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Keep the answer and stop the deadline."""

        def answered(task: Task) -> Task:
            return evolve(
                task, state=self.result, answer=self.text, answered_by=self.by, answered_at=self.at, guest=self.guest,
                heard=self.heard,
            )  # fmt: skip

        return _settled(case, self.task, answered, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class TaskReturned(Entry):
    """The owner found the answer insufficient and asks again, by a deadline of its own; the first one stays on file."""

    kind: ClassVar[str] = "task_returned"
    phrase: ClassVar[str] = "{task}: answer sent back"
    task: str
    reason: Content
    clock: Clock

    def change(self, case: Complaint) -> Complaint:
        """Open the task again."""

        def returned(task: Task) -> Task:
            clock, returned = self.clock.name, task.returned + 1
            return evolve(task, state=TaskState.OPEN, clock=clock, returned=returned, missing=self.reason)

        changed = _with_task(case, self.task, returned)
        return evolve(changed, clocks=(*changed.clocks, self.clock))


@frozen(kw_only=True)
class TaskCancelled(Entry):
    """Nothing is asked for any more, with the reason."""

    kind: ClassVar[str] = "task_cancelled"
    phrase: ClassVar[str] = "{task}: no longer asked for"
    task: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """End the task and its deadline."""

        def cancelled(task: Task) -> Task:
            return evolve(task, state=TaskState.CANCELLED)

        return _settled(case, self.task, cancelled, lambda clock: clock.end(self.at))


@frozen(kw_only=True)
class TaskReminded(Entry):
    """Whoever was asked was called to answer; the deadline stays."""

    kind: ClassVar[str] = "task_reminded"
    phrase: ClassVar[str] = "{task}: asked for the answer again"
    aside: ClassVar[bool] = True
    task: str
    text: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is."""
        return case


def _with_task(case: Complaint, name: str, change: Callable[[Task], Task]) -> Complaint:
    tasks = tuple(change(task) if task.name == name else task for task in case.handling.tasks)
    return evolve(case, handling=evolve(case.handling, tasks=tasks))


def _settled(case: Complaint, name: str, change: Callable[[Task], Task], stop: Callable[[Clock], Clock]) -> Complaint:
    clocks = [task.clock for task in case.handling.tasks if task.name == name]
    for clock in clocks:
        case = case.with_clock(clock, stop)
    return _with_task(case, name, change)
