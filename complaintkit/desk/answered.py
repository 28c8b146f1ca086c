"""Answers to tasks that come as a message: a reply to the notice by which a department was asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from complaintkit import intake
from complaintkit.case import reference as references
from complaintkit.case.actions import AnswerTask
from complaintkit.case.actor import GUEST, Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import TaskAnswered
from complaintkit.case.tasks import Task, task_by
from complaintkit.changing import evolve
from complaintkit.message import Message
from complaintkit.policy import Policy
from complaintkit.store.port import Kept, Written

# By whom an answer is. Who sent the message stands in its envelope; here nobody could erase it.
SOMEBODY: Final = "somebody by link"


def task_answered(
    message: Message, kept: Kept, find: Callable[[str], Complaint | None], policy: Policy, secret: bytes, now: datetime
) -> Written | None:
    """Return the step by which a message answers a task; `None` if it answers none that is open.

    The token that came back with it is the right to answer. A machine's message, such as a note of absence, is none.

    Args:
        message: The message.
        kept: Its envelope.
        find: Finds a case.
        policy: The policy.
        secret: The kit's secret.
        now: The moment, with time zone.
    """
    if message.automatic or not intake.words(message):
        return None
    for token in message.reply_tokens:
        case = find(references.read(token[: references.SPOKEN_LENGTH]) or "")
        task = task_by(case, token, secret) if case else None
        if case and task:
            return _step(message, kept, case, task, policy, max(now, case.received_at))
    return None


def _step(message: Message, kept: Kept, case: Complaint, task: Task, policy: Policy, now: datetime) -> Written:
    action = AnswerTask(task=task.name, text=intake.words(message))
    entries: tuple[Entry, ...] = action.decide(case, Actor(SOMEBODY, {GUEST}), now, policy)
    filed = tuple(
        evolve(entry, envelope=kept.number, attachments=intake.filed(message))
        if isinstance(entry, TaskAnswered) else entry
        for entry in entries
    )  # fmt: skip
    return intake.written(case.version, case.apply_all(filed), filed, message, kept)
