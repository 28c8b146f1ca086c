"""Rules that speak by themselves: a special situation is noted once it shows, and whoever it calls for is asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    DemandMade,
    Described,
    MessageFiled,
    NeedAdded,
    Received,
    Reopened,
    SituationNoted,
    TaskAdded,
)
from complaintkit.case.entries.external import DisputeMarked, ReferredOut
from complaintkit.case.parts import Content
from complaintkit.case.secrecy import SEALED
from complaintkit.case.tasks import TELLING, next_task
from complaintkit.policy.situations import Opinion, Situation, normal, sign_of

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

# Entries by which something is known that was not before.
NEWS: Final = (
    Assessed, DemandMade, Described, DisputeMarked, MessageFiled, NeedAdded, Received, ReferredOut, Reopened,
)  # fmt: skip


def spoken(case: Complaint, entries: Iterable[Entry], policy: "Policy", now: datetime) -> tuple[Entry, ...]:
    """Return the entries by which rules speak after new entries: situations found, and the tasks that follow from them.

    Nothing is said before the initial assessment, and nothing twice: a person who lifted a situation is not overruled.
    Of a confidential case nobody is asked who may not know of it: the owner hears before the answer what is missing.

    Args:
        case: The case after the new entries.
        entries: The new entries.
        policy: The policy.
        now: The moment.
    """
    new = tuple(entries)
    if not case.open or case.assessed_at is None:
        return ()
    found: list[Entry] = []
    if any(isinstance(entry, NEWS) for entry in new):
        found += _noted(case, tuple(_told(case, new)), policy, now)
        case = case.apply_all(found)
    noted = [entry for entry in (*new, *found) if isinstance(entry, SituationNoted)]
    for entry in noted:
        situation = policy.work.situation(entry.situation)
        if situation and situation.opinion and _can_ask(case, situation, situation.opinion, policy):
            found.append(_task(case, situation, situation.opinion, policy, now))
            case = case.apply(found[-1])
    return tuple(found)


def _told(case: Complaint, new: tuple[Entry, ...]) -> Iterator[str]:
    """Yield what the complainant said that no rule has looked at yet: at the assessment the whole complaint."""
    for entry in new:
        if isinstance(entry, Assessed | Received):
            yield normal(f"{case.title}\n{case.narrative}")
        elif isinstance(entry, MessageFiled) and entry.verified and not entry.automatic:
            yield normal(f"{entry.title}\n{entry.text}")


def _noted(case: Complaint, texts: tuple[str, ...], policy: "Policy", now: datetime) -> Iterator[Entry]:
    for situation in policy.situations:
        if situation.name in case.handling.spoken or situation.name in case.handling.situations:
            continue
        if sign := sign_of(situation, case, texts):
            yield SituationNoted(at=now, by=CORE, situation=situation.name, reason=Content.of(sign), rule=True)


def _can_ask(case: Complaint, situation: Situation, opinion: Opinion, policy: "Policy") -> bool:
    asked = any(task.rule == situation.name for task in case.handling.tasks)
    return not asked and policy.work.let_in(case, opinion.who)


def _task(case: Complaint, situation: Situation, opinion: Opinion, policy: "Policy", now: datetime) -> TaskAdded:
    name, language = next_task(case), _language(opinion, policy)
    clock = policy.work.clock(case, opinion.kind, opinion.who, now, name)
    text = (opinion.text.get(language) or opinion.text.get("en") or situation.name).strip()
    final = case.strictest("final_response")
    if final and not final.settled and now < final.due_at < clock.due_at:
        clock = policy.clock_until(clock.kind, case, now, final.due_at, name=name, who=clock.who)
    shown = tuple(one for one in opinion.show if case.secrecy != SEALED or one not in TELLING)
    return TaskAdded(
        at=now, by=CORE, name=name, who=clock.who, task=opinion.kind, text=Content.of(text), clock=clock,
        shown=shown, rule=situation.name, readers=policy.work.readers(opinion.who),
    )  # fmt: skip


def _language(opinion: Opinion, policy: "Policy") -> str:
    department = policy.work.department(opinion.who)
    return (department.language if department else "") or policy.languages[0]
