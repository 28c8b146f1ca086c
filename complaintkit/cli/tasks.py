"""`complaintkit tasks`: what departments are asked for, and answers by link."""

import sys
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from complaintkit.case.tasks import TASK_CLOCKS, Task
from complaintkit.cli.kit import opened, shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Look, common, looking, timed
from complaintkit.cli.show import clean, line, moment, plain, say, say_json, say_table, talk
from complaintkit.errors import NotAllowed

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, Duty, View
    from complaintkit.case.tasks import TaskView

COLUMNS: Final = ("reference", "task", "due", "", "who", "kind", "owner", "what")
DROPPED: Final = ("owner", "kind")
EXAMPLE: Final = "CKEHQ67X6D5ff6fc5b164030e2a6ef45aa80aeb7f3ad48c220"
_WIDE: Final = 12
_BRIEF: Final = 120
_HEADINGS: Final = {
    "question": "Question", "missing": "What is missing in the answer", "title": "Heading of the complaint",
    "words": "The complainant's words", "category": "Category", "received": "Received",
    "proposal": "Draft of our answer", "complainant": "Complainant",
}  # fmt: skip


@click.group(cls=Lazy, examples=("complaintkit tasks list --who legal", f"complaintkit tasks answer {EXAMPLE}"))
def tasks() -> None:
    """See what departments are asked for, and answer without a seat."""


@tasks.command("list", cls=Told, examples=("complaintkit tasks list --who legal --overdue",))
@click.option("--who", multiple=True, metavar="NAME", help="Asked of this department or person; may be repeated.")
@click.option("--overdue", is_flag=True, help="Whose answer is late.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out first.")
@looking
@timed
def list_(
    who: tuple[str, ...], overdue: bool, limit: int, offset: int, look: Look, now: datetime | None,
    settings: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """List open tasks of all complaints, the nearest due first."""
    with shown_to(settings, look, now) as kit:
        now = now or kit.clock()
        late = now if overdue else None
        found = kit.duties(who, own=False, kinds=TASK_CLOCKS, due_before=late, limit=limit + 1, offset=offset)
        rows = list(_rows(kit, found[:limit]))
        zone = kit.policy.zone
    if as_json:
        say_json([_told(duty, task, now) for duty, task in rows])
        return
    say_table(COLUMNS, [_cells(duty, task, now, zone) for duty, task in rows], drop=DROPPED, shorten=("what", "owner"))
    if len(found) > limit:
        talk(f"There are more; see them with --offset {offset + limit} or a higher --limit.")
    elif not found:
        talk("None.")


def _rows(kit: "ComplaintKit | View", found: "tuple[Duty, ...]") -> "Iterator[tuple[Duty, Task]]":
    for duty in found:
        try:
            tasks_there = kit.case(duty.reference).handling.tasks
        except NotAllowed:  # a confidential one, and nobody said why they look
            continue
        task = next((one for one in tasks_there if one.clock == duty.clock.name), None)
        if task is not None:
            yield duty, task


def _cells(duty: "Duty", task: Task, now: datetime, zone: tzinfo) -> tuple[object, ...]:
    late = "late" if duty.clock.late_at(now) else "paused" if not duty.clock.running else ""
    due = moment(duty.clock.due_at, zone)
    return duty.reference, task.name, due, late, duty.who, task.kind, duty.owner, line(str(task.asked)[:_BRIEF])


def _told(duty: "Duty", task: Task, now: datetime) -> dict[str, Any]:
    return {
        "reference": duty.reference, "task": task.name, "who": duty.who, "kind": task.kind, "owner": duty.owner,
        "asked_by": task.by, "asked_at": plain(task.at), "due_at": plain(duty.clock.due_at),
        "late": duty.clock.late_at(now), "blocking": task.blocking, "rule": task.rule, "question": str(task.asked),
    }  # fmt: skip


@tasks.command("show", cls=Told, examples=(f"complaintkit tasks show {EXAMPLE}",))
@click.argument("token")
@common
def show(token: str, settings: Path | None, as_json: bool) -> None:
    """Show the question behind a link, and what the asker chose to show with it; nothing else of the complaint."""
    with opened(settings) as kit:
        view = kit.task_by_link(token)
        zone = kit.policy.zone
    if as_json:
        say_json(view)
    else:
        say_view(view, zone)


def say_view(view: "TaskView", zone: tzinfo) -> None:
    """Print what whoever holds a link sees."""
    say(f"{view.reference}  {view.task}, {view.kind}, asked of {line(view.who)}", bold=True)
    say(f"{'asked by':{_WIDE}}{line(view.asked_by)} on {moment(view.asked_at, zone)}")
    say(f"{'due':{_WIDE}}{moment(view.due_at, zone)}")
    for name, text in (("question", view.question), ("missing", view.missing), *view.shown):
        if text:
            say(f"\n{_HEADINGS[name]}", bold=True)
            say(clean(text))


@tasks.command(
    "answer", cls=Told, examples=(f'complaintkit tasks answer {EXAMPLE} --name "Vera Cruz" --text "It is."',)
)
@click.argument("token")
@click.option("--text", required=True, metavar="TEXT", help="The answer; - reads it from standard input.")
@click.option("--name", required=True, metavar="NAME", help="Who answers, as it shall stand in the case file.")
@click.option("--cannot", is_flag=True, help="It cannot be answered; the text says why, or who can.")
@timed
def answer(
    token: str, text: str, name: str, cannot: bool, now: datetime | None, settings: Path | None, as_json: bool
) -> None:
    """Answer a task by its link. The link opens nothing afterwards."""
    words = sys.stdin.read() if text == "-" else text
    with opened(settings) as kit:
        view = kit.task_by_link(token)
        case = kit.answer_by_link(token, words, name, result="cannot" if cannot else "done", now=now)
    if as_json:
        say_json({"reference": case.reference, "task": view.task, "result": "cannot" if cannot else "done"})
    else:
        say(f"{case.reference}: {view.task} is answered. Thank you; {line(case.owner)} goes on with it.")


@tasks.command("link", cls=Told, examples=("complaintkit tasks link CK-EHQ6-7X6D task-1",))
@click.argument("reference")
@click.argument("task")
@looking
@common
def link(reference: str, task: str, look: Look, settings: Path | None, as_json: bool) -> None:
    """Print the link to an open task, to hand it on by another way: whoever has it can answer."""
    with shown_to(settings, look) as kit:
        token = kit.task_token(reference, task)
        where = kit.policy.work.link(token)
    say_json({"token": token, "link": where}) if as_json else say(where)
