"""What has to be done before a step: one table of checks, and what the policy makes of what is missing.

A check names what is missing in a case before it is assessed, answered, settled or closed. The policy
(`[policy.checks]`) says for each step and check whether that stands in the way (`block`), asks for a reason (`ask`), or
does not matter (`off`).
Adding a check: a function here, its line in CHECKS, its level per step in `policy/defaults/checks.toml`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from complaintkit.case.actions.base import Asked, Terms
from complaintkit.case.commitments import untracked
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import WentAhead
from complaintkit.case.escalations import EscalationState, in_state
from complaintkit.case.parts import Content
from complaintkit.case.remedies import planned
from complaintkit.case.reviews import pending
from complaintkit.case.tasks import Task, TaskKind, TaskState, open_tasks
from complaintkit.changing import evolve

BLOCK: Final = "block"
ASK: Final = "ask"
OFF: Final = "off"
LEVELS: Final = (BLOCK, ASK, OFF)
# The steps that look, in the order in which they come.
STEPS: Final = ("assess", "respond", "resolve", "close")


@frozen(kw_only=True)
class Missing:
    """Something that is open before a step.

    Attributes:
        name: What it is, in a word that stands in the case file: `task-1`, `telephone.restate`.
        what: What is open, in words.
        how: How to go on.
        level: `block` or `ask`; what a check itself says is at most that, the policy may say less.
    """

    name: str
    what: str
    how: str
    level: str = BLOCK


Check = Callable[[Complaint, str, Terms], Iterator[Missing]]


def _tasks(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for task in open_tasks(case):
        if not task.rule and not (task.lasting and step == "close"):
            yield _missing_task(case, task)


def _missing_task(case: Complaint, task: Task) -> Missing:
    clock = task.due_in(case)
    due = f", due {clock.due_at:%Y-%m-%d %H:%M} UTC" if clock else ""
    return Missing(
        name=task.name,
        what=f"{task.name} ({task.kind} of {task.who}) is open{due}",
        how="answer_task, remind_task or cancel_task",
        level=BLOCK if task.blocking else ASK,
    )


def _opinion(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for situation in case.handling.situations:
        who = terms.work.opinion_of(situation)
        if not who or _given(case, situation, who):
            continue
        asked = [task for task in case.handling.tasks if task.rule == situation]
        if asked and asked[-1].open_in(case):
            yield evolve(_missing_task(case, asked[-1]), how=f"{who} answers it, or says it is not needed")
        else:
            yield Missing(
                name=f"opinion:{situation}",
                what=f"the situation {situation} needs an opinion of {who}",
                how=f"{'' if terms.work.let_in(case, who) else f'name_handlers lets {who} in, then '}"
                f"add_task --who {who} --kind opinion; or {who} lifts the situation (flag_situation --no-on)",
            )


def _given(case: Complaint, situation: str, who: str) -> bool:
    """Say whether those whose opinion it is gave it, or said that it is not needed; the owner's word for it is none."""
    return any(
        (task.kind is TaskKind.OPINION and task.who == who and task.state is TaskState.DONE and not task.heard)
        or (task.rule == situation and task.state is TaskState.CANCELLED)
        for task in case.handling.tasks
    )


def _points(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for point in case.matter.points:
        if not point.decided:
            yield Missing(
                name=point.name, what=f"{point.name} has no decision", how=f"decide_point --point {point.name}"
            )


def _checklist(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    yield from (_item(item) for item, _ in terms.work.open_items(case, step))


def _begun(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    yield from (_item(item) for item, begun in terms.work.open_items(case, step) if begun)


def _item(item: str) -> Missing:
    return Missing(name=item, what=f"the guide asks for {item}", how=f"tick --item {item}")


def _answer(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    if case.answered_at is None and case.responded_at is None:
        yield Missing(name="answer", what="the complainant has had no answer", how="reply, respond or settle_now")


def _review(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    if review := pending(case):
        who = review.reviewer or "nobody yet"
        yield Missing(name=review.name, what=f"{review.name} is pending (with {who})", how="propose and respond")


def _promises(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for name in untracked(case):
        yield Missing(name=name, what=f"{name} is promised, and no date follows it", how="keep or move_commitment")


def _analysis(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    if owed := terms.authority.owed(case):
        yield Missing(name="analysis", what=owed, how="record_finding, or waive_investigation with the reason")


def _remedies(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for one in planned(case):
        how = "propose and respond, or drop_remedy"
        yield Missing(name=one.name, what=f"the complainant has not been told of {one.name} ({one})", how=how)


def _escalations(case: Complaint, step: str, terms: Terms) -> Iterator[Missing]:
    for one in in_state(case, EscalationState.ASKED):
        what = f"{one.name} was asked for, and {one.to} has not decided"
        yield Missing(name=one.name, what=what, how="grant_escalation or refuse_escalation")


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "tasks": _tasks,
        "opinion": _opinion,
        "points": _points,
        "checklist": _checklist,
        "begun": _begun,
        "answer": _answer,
        "review": _review,
        "promises": _promises,
        "analysis": _analysis,
        "remedies": _remedies,
        "escalations": _escalations,
    }
)


def missing(case: Complaint, step: str, terms: Terms) -> tuple[Missing, ...]:
    """Return what is open before a step of a case, each thing once, with what the policy makes of it.

    Args:
        case: The case.
        step: `assess`, `respond`, `resolve` or `close`.
        terms: The policy.
    """
    found: dict[str, Missing] = {}
    for name, check in CHECKS.items():
        level = terms.work.level(step, name)
        if level == OFF:
            continue
        for one in check(case, step, terms):
            weaker = evolve(one, level=level if one.level == BLOCK else one.level)
            if one.name not in found or weaker.level == BLOCK:
                found[one.name] = weaker
    return tuple(found.values())


def blocked(case: Complaint, step: str, terms: Terms) -> str:
    """Return what stands in the way of a step whatever is said, each thing with how to go on; empty if nothing does."""
    blocking = [one for one in missing(case, step, terms) if one.level == BLOCK]
    return f"first this has to be done: {_listed(blocking)}" if blocking else ""


def looked(ask: Asked, despite: str) -> tuple[Entry, ...]:
    """Return the entry that keeps why a step is taken although something is open; none where nothing is.

    Args:
        ask: What is asked for; its action is the step.
        despite: The reason; empty for none.

    Raises:
        NotAllowed: Something stands in the way, or no reason is given; each thing is named, with how to go on.
    """
    if why := blocked(ask.case, ask.action, ask.terms):
        raise ask.refuse(why)
    found = missing(ask.case, ask.action, ask.terms)
    if found and not despite.strip():
        raise ask.refuse(f"something is still open: {_listed(found)}. To go ahead all the same, say --despite why")
    if not found:
        return ()
    names = ", ".join(one.name for one in found)
    return (
        WentAhead(at=ask.now, by=ask.by, step=ask.action, missing=names, reason=Content.of(despite.strip())),
    )  # fmt: skip


def _listed(found: Iterable[Missing]) -> str:
    return "; ".join(f"{one.what} ({one.how})" for one in found)
