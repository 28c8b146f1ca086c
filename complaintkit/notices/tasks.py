"""Notices about tasks: to whoever was asked, with the link by which it is answered without a seat; and to the owner."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.tasks import Task, TaskKind, task_of, task_token
from complaintkit.changing import evolve
from complaintkit.message import Notice, Occasion
from complaintkit.notices.base import Notices, Occurred, date

# What is asked for, as it stands in a notice; a name of its own in each language, never bent.
KINDS: Final[Mapping[TaskKind, Mapping[str, str]]] = MappingProxyType(
    {
        TaskKind.QUESTION: {"en": "a question", "ru": "вопрос", "fil": "tanong"},
        TaskKind.OPINION: {"en": "an opinion", "ru": "заключение", "fil": "opinyon"},
        TaskKind.INVESTIGATION: {"en": "an investigation", "ru": "расследование", "fil": "pagsisiyasat"},
        TaskKind.CORRECTION: {"en": "a correction", "ru": "исправление", "fil": "pagtatama"},
        TaskKind.CHECK: {"en": "a check", "ru": "проверка", "fil": "pagsusuri"},
    }
)


def added(what: Occurred) -> Notices:
    """Tell whoever is asked."""
    return (_to_asked(what, _task(what, what.entry.name), "task", str(what.entry.text)),)


def returned(what: Occurred) -> Notices:
    """Tell whoever answered that it did not do, and what is missing; the link is a new one."""
    return (_to_asked(what, _task(what, what.entry.task), "task_returned", str(what.entry.reason)),)


def reminded(what: Occurred) -> Notices:
    """Call the task to mind."""
    task = _task(what, what.entry.task)
    return (_to_asked(what, task, "task_reminder", _asked(task, str(what.entry.text or ""))),)


def cancelled(what: Occurred) -> Notices:
    """Tell whoever was asked that nothing is asked for any more; without a link, for it opens nothing."""
    task = _task(what, what.entry.task)
    return (evolve(_to_asked(what, task, "task_cancelled", str(what.entry.reason)), reply_token=""),)


def answered(what: Occurred) -> Notices:
    """Tell the owner, who reads the answer in the case file: it may be for few eyes."""
    task = _task(what, what.entry.task)
    language = what.policy.languages[0]
    facts = {"task": task.name, "who": task.who, "kind": _kind(task, language)}
    return () if what.entry.by == what.case.owner else (what.to_owner("task_answered", **facts),)


def running_out(what: Occurred, name: str) -> Notices:
    """Call a task to mind whose deadline nears or has passed, and tell the owner that others are late with it."""
    task = next((one for one in what.case.handling.tasks if one.clock == name), None)
    if task is None:
        return ()
    facts = {"clock": f"{task.name}, {task.who}", "due": date(what.entry.due_at)}
    return (_to_asked(what, task, "task_reminder", _asked(task)), what.to_owner("overdue", **facts))


def _task(what: Occurred, name: str) -> Task:
    task = task_of(what.case, name)
    assert task is not None
    return task


def _asked(task: Task, more: str = "") -> str:
    """Return all that is asked: the question, what was missing in an answer, and what is said besides."""
    return "\n\n".join(part for part in (str(task.asked), str(task.missing or ""), more) if part)


def _to_asked(what: Occurred, task: Task, occasion: Occasion, text: str) -> Notice:
    department = what.policy.work.department(task.who)
    language = (department.language if department else "") or what.policy.languages[0]
    clock = task.due_in(what.case)
    if what.case.secrecy:
        # Neither a link nor a word of it leaves the house: who may know of it reads it in the case file.
        facts = {"task": task.name, "kind": _kind(task, what.policy.languages[0])}
        return what.to_staff("task_confidential", task.who, due=date(clock.due_at) if clock else "", **facts)
    token = task_token(what.case, task, what.secret)
    notice = what.to_staff(
        occasion, task.who, text=text, question=str(task.asked), task=task.name, who=task.who,
        kind=_kind(task, language), due=date(clock.due_at) if clock else "", link=what.policy.work.link(token),
    )  # fmt: skip
    told = evolve(notice, language=language, reply_token=token)
    return evolve(told, medium="email", recipient=department.email) if department and department.email else told


def _kind(task: Task, language: str) -> str:
    words = KINDS[task.kind]
    return words.get(language) or words["en"]
