"""Tasks: what a department or a person is asked for about a case, while its owner stays its owner."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case import reference as references
from complaintkit.case.actor import Actor, same
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Clock, Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kinds of clock that belong to tasks: those that end with their case, and those that go on after it.
TASK: Final = "task"
LASTING_TASK: Final = "lasting_task"
TASK_CLOCKS: Final = (TASK, LASTING_TASK)
# What may be shown to whoever is asked; the question itself and the reference always are.
SHOWABLE: Final = ("title", "words", "category", "received", "proposal", "complainant")

# What of it tells who complains, and so is not shown where that is sealed.
TELLING: Final = ("title", "words", "complainant")


class TaskKind(StrEnum):
    """What is asked for."""

    QUESTION = "question"
    OPINION = "opinion"
    INVESTIGATION = "investigation"
    CORRECTION = "correction"
    CHECK = "check"


class TaskState(StrEnum):
    """What became of it."""

    OPEN = "open"
    DONE = "done"
    CANNOT = "cannot"
    CANCELLED = "cancelled"


@frozen(kw_only=True)
class Task:
    """Something asked of a department or a person.

    Attributes:
        name: `task-1`, `task-2` ...; never used again within the case.
        who: Whom it is asked of.
        kind: What is asked for.
        asked: The question, sealed.
        by, at: Who asked, when.
        clock: Name of its present clock; another one once the answer was sent back.
        blocking: Whether nothing may be decided before it is answered; others only raise a question then.
        lasting: Whether it goes on after the case has ended.
        shown: What of the case whoever is asked gets to see; see `SHOWABLE`.
        rule: Name of the rule that asked for it; empty where a person did.
        readers: Roles that may read the answer besides the owner; empty for all staff.
        state, answer, answered_by, answered_at: What became of it. The answer is sealed.
        guest: Whether it was answered by link, by somebody without a seat.
        heard: Whether the owner answered, with what they heard of whoever was asked; that is nobody's opinion.
        returned: How often its answer was sent back.
        missing: What was missing in the answer that was sent back last, sealed.
    """

    name: str = field(validator=validators.min_len(1))
    who: str = field(validator=validators.min_len(1))
    kind: TaskKind
    asked: Content
    by: str
    at: datetime = field(validator=aware)
    clock: str
    blocking: bool = True
    lasting: bool = False
    shown: tuple[str, ...] = ()
    rule: str = ""
    readers: tuple[str, ...] = ()
    state: TaskState = TaskState.OPEN
    answer: Content | None = None
    answered_by: str = ""
    answered_at: datetime | None = field(default=None, validator=validators.optional(aware))
    guest: bool = False
    heard: bool = False
    returned: int = 0
    missing: Content | None = None

    def due_in(self, case: "Complaint") -> Clock | None:
        """Return its present clock in the case, or `None`."""
        return case.named(self.clock)

    def open_in(self, case: "Complaint") -> bool:
        """Say whether an answer is still asked for: it is not, once the case has ended without it."""
        clock = self.due_in(case)
        return self.state is TaskState.OPEN and clock is not None and not clock.settled


def task_of(case: "Complaint", name: str) -> Task | None:
    """Return the task of a name, however it is typed, or `None`."""
    plain = name.strip().casefold()
    return next((task for task in case.handling.tasks if task.name == plain), None)


def open_tasks(case: "Complaint") -> tuple[Task, ...]:
    """Return the tasks that still ask for an answer, in the order they were asked."""
    return tuple(task for task in case.handling.tasks if task.open_in(case))


def asked_of(task: Task, actor: Actor) -> bool:
    """Say whether somebody is who was asked: by name, or by a role."""
    return same(actor.name, task.who) or actor.is_a(task.who)


def may_hand_on(case: "Complaint", task: Task, actor: Actor) -> bool:
    """Say whether somebody may have the link to a task, by which it is answered under any name.

    Who was asked may, and the owner, who can answer it, too. Where an opinion is called for the owner may not: by the
    link it would look like another's.
    """
    others = bool(task.rule) or task.kind is TaskKind.OPINION
    return asked_of(task, actor) or (same(actor.name, case.owner) and not others)


def next_task(case: "Complaint") -> str:
    """Return the name of the next task."""
    return next_name(TASK, case.handling.tasks)


# --- by link


def task_token(case: "Complaint", task: Task, secret: bytes) -> str:
    """Return the token by which this task, as it is asked now, is answered without a seat.

    Letters and digits only, as long as the token for answers of the complainant, so that it travels in the same places.
    Once an answer was sent back there is another one.
    """
    return references.spoken(case.reference) + references.token(secret, TASK, _bound_to(case, task))


def task_by(case: "Complaint", offered: str, secret: bytes) -> Task | None:
    """Return the open task that a token belongs to; `None` if it is none, or void because it was settled."""
    rest = offered.strip()[references.SPOKEN_LENGTH :]
    found = [task for task in open_tasks(case) if references.matches(secret, TASK, _bound_to(case, task), rest)]
    return found[0] if found else None


def _bound_to(case: "Complaint", task: Task) -> str:
    return f"{case.reference}/{task.clock}"


@frozen(kw_only=True)
class TaskView:
    """What somebody sees who holds the link to a task: the question, and what the asker chose to show.

    Attributes:
        reference: The complaint; opens nothing by itself.
        task: Name of the task.
        kind, who: What is asked for, of whom.
        asked_by, asked_at, due_at: Who asks, since when, until when.
        question: What is asked.
        missing: What was missing in an answer that was sent back; empty where none was.
        shown: What else the asker chose to show, as name and text.
        organisation: Who asks, as people know it.
        language: In which language the question is likely to be read.
    """

    reference: str
    task: str
    kind: TaskKind
    who: str
    asked_by: str
    asked_at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    question: str = field(repr=False)
    missing: str = field(default="", repr=False)
    shown: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    organisation: str = ""
    language: str = ""


def shown_of(case: "Complaint", names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return parts of a case as name and text, in the order of `SHOWABLE`; what is empty is left out."""
    person = case.complainant
    known = (person.name, person.email, person.phone, person.handle, person.customer)
    texts = {
        "title": str(case.title),
        "words": str(case.narrative),
        "category": case.category,
        "received": f"{case.received_at:%Y-%m-%d}",
        "proposal": str(case.proposal or ""),
        "complainant": ", ".join(part for part in known if part),
    }
    return tuple((name, texts[name]) for name in SHOWABLE if name in names and texts[name].strip())
