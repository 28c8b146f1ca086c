"""Actions on tasks: ask a department or a person, answer, send the answer back, call to mind, take back."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actor import GUEST, Actor, same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import TaskAdded, TaskAnswered, TaskCancelled, TaskReminded, TaskReturned
from complaintkit.case.parts import Clock, Content
from complaintkit.case.secrecy import SEALED
from complaintkit.case.tasks import (
    SHOWABLE,
    TELLING,
    Task,
    TaskKind,
    TaskState,
    asked_of,
    next_task,
    open_tasks,
    task_of,
)

ANSWERED: Final = (TaskState.DONE, TaskState.CANNOT)
NONE_OPEN: Final = "no task of this case is open"
RESULTS: Final = (str(TaskState.DONE), str(TaskState.CANNOT))
# What is shown where nobody says otherwise; and the word for nothing at all.
_SHOWN: Final = ("title", "category", "received")
_NOTHING: Final = "nothing"
_ENDED: Final = "the case has ended and its tasks with it; reopen it first"


@frozen(kw_only=True)
class AddTask(Action):
    """Ask a department or a person for something; whoever owns the case goes on owning it."""

    name: ClassVar[str] = "add_task"
    help: ClassVar[str] = "ask a department or a person for something; the owner stays the owner"
    who: str = asked("the department or the person", of="department")
    kind: str = asked("what is asked for", choices=tuple(TaskKind), default=str(TaskKind.QUESTION))
    text: str = asked("the question, in words that can be answered without knowing the case")
    until: datetime | None = asked("when the answer is due; else as the department's standard says", default=None)
    because: str = asked("why it may take longer than our answer to the complainant", default="")
    blocking: bool = asked("whether nothing may be decided before it is answered", default=True)
    lasting: bool = asked("whether it goes on after the case is closed", default=False)
    show: tuple[str, ...] = asked(
        "what else they see besides the question: title, words (of the complainant), category, received, proposal, "
        "complainant (who it is), or nothing; by default title, category, received",
        default=(),
    )

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Add the task, due no later than our answer to the complainant unless somebody says why."""
        who, text = ask.terms.work.written(ask.need("who", self.who)), ask.need("text", self.text)
        kind = TaskKind(ask.one_of("kind", self.kind, tuple(TaskKind)))
        if why := ask.terms.work.refusal(who, kind):
            raise ask.refuse(why)
        if ask.case.concerns(who):
            raise ask.refuse(f"the complaint is about {who}; ask somebody else")
        if not ask.terms.work.let_in(ask.case, who):
            raise ask.refuse(f"it is confidential, and {who} is none of its handlers; name_handlers lets them in")
        clock = self._clock(ask, next_task(ask.case), who, kind)
        return (
            TaskAdded(
                at=ask.now, by=ask.by, name=next_task(ask.case), who=who, task=kind, text=Content.of(text),
                clock=clock, blocking=self.blocking, lasting=self.lasting, shown=_shown(ask, self.show),
                readers=ask.terms.work.readers(who), reason=Content.maybe(self.because),
            ),
        )  # fmt: skip

    def _clock(self, ask: Asked, name: str, who: str, kind: TaskKind) -> Clock:
        clock = ask.terms.work.clock(ask.case, kind, who, ask.now, name, lasting=self.lasting)
        limit = None if self.lasting else answer_due(ask)
        if self.until is None:
            return clock if limit is None or clock.due_at <= limit else _until(ask, clock, limit)
        ask.ahead("until", self.until)
        if limit and self.until > limit and not self.because.strip():
            raise ask.refuse(
                f"our answer to the complainant is due on {limit:%Y-%m-%d %H:%M} UTC; "
                "ask for it until then, or say because of what it may take longer"
            )
        return _until(ask, clock, self.until)


def answer_due(ask: Asked) -> datetime | None:
    """Return until when the complainant was promised an answer that is still owed; `None` once that has passed."""
    final = ask.case.strictest("final_response")
    return final.due_at if final and not final.settled and final.due_at > ask.now else None


def _until(ask: Asked, clock: Clock, due: datetime) -> Clock:
    return ask.terms.clock_until(clock.kind, ask.case, ask.now, due, name=clock.name, who=clock.who)


def _shown(ask: Asked, names: tuple[str, ...]) -> tuple[str, ...]:
    given = tuple(name for name in names if name.strip())
    if given == (_NOTHING,):
        return ()
    shown = tuple(ask.one_of("show", name, SHOWABLE) for name in given)
    if ask.case.secrecy != SEALED:
        return shown or _SHOWN
    if telling := [name for name in shown if name in TELLING]:
        raise ask.refuse(f"who complains is sealed here; ask without showing it ({', '.join(telling)})")
    return shown or tuple(name for name in _SHOWN if name not in TELLING)


@frozen(kw_only=True)
class AnswerTask(Action):
    """Answer a task, or say that it cannot be done."""

    name: ClassVar[str] = "answer_task"
    help: ClassVar[str] = "answer a task, or say that it cannot be done"
    task: str = asked("which one, such as task-1", of="task")
    text: str = asked("the answer; if it cannot be done, why")
    result: str = asked("done or cannot", choices=RESULTS, default=RESULTS[0])

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no task is open, or none that this person may answer."""
        waiting = open_tasks(case)
        return none_will_do(_not_theirs(case, one, actor) for one in waiting) if waiting else NONE_OPEN

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the answer of whoever was asked."""
        task, text = open_one(ask, self.task), ask.need("text", self.text)
        result = TaskState(ask.one_of("result", self.result, RESULTS))
        if why := _not_theirs(ask.case, task, ask.actor):
            raise ask.refuse(why)
        return (
            TaskAnswered(
                at=ask.now, by=ask.by, task=task.name, result=result, text=Content.of(text),
                guest=ask.actor.is_a(GUEST), readers=task.readers,
                heard=same(ask.by, ask.case.owner) and not asked_of(task, ask.actor),
            ),
        )  # fmt: skip


def _not_theirs(case: Complaint, task: Task, actor: Actor) -> str:
    """Return why somebody may not answer; who was asked may, who holds the link, and the owner, who heard it by phone.

    What a rule asks for is a second opinion, so the owner's own is not enough.
    """
    owner = same(actor.name, case.owner) and not task.rule
    if actor.is_a(GUEST) or asked_of(task, actor) or owner:
        return ""
    return f"{task.name} is asked of {task.who}; {actor.name} cannot answer for them"


@frozen(kw_only=True)
class ReturnTask(Action):
    """Send an answer back that does not do."""

    name: ClassVar[str] = "return_task"
    help: ClassVar[str] = "send the answer of a task back, with what is missing"
    task: str = asked("which one, such as task-1", of="task")
    reason: str = asked("what is missing in the answer")
    until: datetime | None = asked("when it is due now; else as the department's standard says", default=None)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is no answer to send back, where there is none."""
        answered = [task for task in case.handling.tasks if task.state in ANSWERED]
        if answered and not case.open and not any(task.lasting for task in answered):
            return _ENDED
        return "" if answered else "no task of this case has an answer to send back"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Open the task again, with a deadline of its own."""
        task, reason = _named(ask, self.task), ask.need("reason", self.reason)
        if task.state not in ANSWERED:
            raise ask.refuse(f"{task.name} has no answer to send back; it is {task.state}")
        if not ask.case.open and not task.lasting:
            raise ask.refuse(_ENDED)
        name = f"{task.name}-{task.returned + 2}"
        clock = ask.terms.work.clock(ask.case, task.kind, task.who, ask.now, name, lasting=task.lasting)
        limit = self.until or (None if task.lasting else answer_due(ask))
        if self.until:
            ask.ahead("until", self.until)
        if limit and (self.until or limit < clock.due_at):
            clock = _until(ask, clock, limit)
        return (TaskReturned(at=ask.now, by=ask.by, task=task.name, reason=Content.of(reason), clock=clock),)


@frozen(kw_only=True)
class CancelTask(Action):
    """Take a task back."""

    name: ClassVar[str] = "cancel_task"
    help: ClassVar[str] = "take a task back: its answer is no longer needed"
    task: str = asked("which one, such as task-1", of="task")
    reason: str = asked("why it is no longer needed")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no task is open, where none is."""
        return "" if open_tasks(case) else NONE_OPEN

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """End the task; what a rule asks for only those can waive who were asked."""
        task, reason = open_one(ask, self.task), ask.need("reason", self.reason)
        if task.rule and not asked_of(task, ask.actor):
            raise ask.refuse(f"the rule {task.rule!r} asks for {task.name}; only {task.who} can say it is not needed")
        return (TaskCancelled(at=ask.now, by=ask.by, task=task.name, reason=Content.of(reason)),)


@frozen(kw_only=True)
class RemindTask(Action):
    """Call a task to mind; whoever was asked gets the link once more."""

    name: ClassVar[str] = "remind_task"
    help: ClassVar[str] = "call a task to mind; whoever was asked gets the link once more"
    task: str = asked("which one, such as task-1", of="task")
    text: str = asked("what to tell them besides", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no task is open, where none is."""
        return "" if open_tasks(case) else NONE_OPEN

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the reminder; the notice follows from it."""
        task = open_one(ask, self.task)
        return (TaskReminded(at=ask.now, by=ask.by, task=task.name, text=Content.maybe(self.text)),)


def open_one(ask: Asked, name: str) -> Task:
    """Return an open task of the case.

    Raises:
        NotAllowed: There is none of this name, or it asks for nothing any more.
    """
    task = _named(ask, name)
    if not task.open_in(ask.case):
        standing = "ended with its case" if task.state is TaskState.OPEN else f"is {task.state} already"
        raise ask.refuse(f"{task.name} {standing}")
    return task


def _named(ask: Asked, name: str) -> Task:
    task = task_of(ask.case, name)
    if task is None:
        known = ", ".join(one.name for one in ask.case.handling.tasks)
        raise ask.refuse(f"there is no task {name.strip()!r}; there are: {known or 'none'}")
    return task
