"""What is written for few eyes: notes and answers that name who may read them, besides the owner of the case."""

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import fields_dict

from complaintkit.case.actor import Actor, same
from complaintkit.case.parts import Content
from complaintkit.changing import evolve

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint, Entry

E = TypeVar("E", bound="Entry")


def may_read(readers: tuple[str, ...], owner: str, actor: Actor) -> bool:
    """Say whether somebody may read what names its readers: it names none, a role of theirs, or they own the case."""
    return not readers or same(actor.name, owner) or bool(actor.roles & frozenset(readers))


def readers_of(entry: "Entry") -> tuple[str, ...]:
    """Return the roles that may read an entry besides the owner; none for all staff."""
    readers: tuple[str, ...] = getattr(entry, "readers", ())
    return readers


def read_by(entry: E, owner: str, actor: Actor) -> E:
    """Return an entry as somebody may read it: that it is there stays, its words and files do not."""
    readers = readers_of(entry)
    # The question to a department is no secret; what it answers is.
    if may_read(readers, owner, actor) or entry.kind == "task_added":
        return entry
    known = fields_dict(type(entry))
    changes: dict[str, Any] = {"text": _withheld(getattr(entry, "text", None), readers), "attachments": ()}
    return evolve(entry, **{name: value for name, value in changes.items() if name in known})


def seen_by(case: "Complaint", actor: Actor) -> "Complaint":
    """Return a complaint as somebody may read it: without the answers that are for others."""
    tasks = tuple(
        task if may_read(task.readers, case.owner, actor) else evolve(task, answer=_withheld(task.answer, task.readers))
        for task in case.handling.tasks
    )
    return case if tasks == case.handling.tasks else evolve(case, handling=evolve(case.handling, tasks=tasks))


def _withheld(content: Content | None, readers: tuple[str, ...]) -> Content | None:
    return None if content is None else Content(content.digest, f"[for {', '.join(readers)} and the owner]")
