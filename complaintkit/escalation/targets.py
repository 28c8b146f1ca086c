"""Whom a step of a chain calls: the owner, who is above the owner, who is on call, a role, a person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, PluginFailed
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve
from complaintkit.families import Call, CaseView, Rota
from complaintkit.guard import Failure, Guarded
from complaintkit.policy import Policy
from complaintkit.policy.chains import LEAD, OWNER, ROTA

_HOOK: Final = "complaintkit_rotas"


@frozen
class OnCall:
    """Who is on call.

    Attributes:
        names: Who, the first one first; where nobody is, the role that stands for a superior.
        found: Whether a rota named them.
        failures: What rotas could not tell.
    """

    names: tuple[str, ...]
    found: bool
    failures: tuple[Entry, ...] = ()


def target(to: str, case: Complaint, clock: Clock, policy: Policy, on_call: OnCall) -> tuple[str, ...]:
    """Return the names of whom a step calls, the first one first; nobody whom the case is about.

    Roles stay roles: who of them hears of it, and who hears in place of people who are away, is told when a notice goes
    out, as for every other notice.

    Args:
        to: Whom the step names.
        case: The case.
        clock: The clock.
        policy: The policy.
        on_call: Who is on call.
    """
    if to == LEAD:
        return (policy.escalating.target(case, LEAD),)
    named = {OWNER: (clock.who or case.owner,), ROTA: on_call.names}.get(to, (to,))
    return tuple(dict.fromkeys(_free(name, case, policy) for name in named))


def _free(name: str, case: Complaint, policy: Policy) -> str:
    roster = policy.roster
    if not roster.is_role(name) and roster.in_conflict(case, name):
        return roster.superior(case, name)
    return roster.written(name)


def on_call(
    case: Complaint, clock: Clock, level: int, rotas: Sequence[Guarded[Rota]], policy: Policy, now: datetime
) -> OnCall:
    """Ask the rotas, in their order, who is on call; the first that knows somebody counts.

    Of a case they see everything but its words. Where none answers, attention goes to the role that stands for a
    superior; what failed is on file.

    Args:
        case: The case.
        clock: The clock it is about.
        level: Level of the call; 0 for a reminder.
        rotas: The rotas.
        policy: The policy.
        now: The moment.
    """
    view = evolve(CaseView.of(case), title="", text="")
    call = Call(case=view, level=level, now=now, clock=clock.kind, due_at=clock.due_at)
    failures: list[Entry] = []
    for rota in rotas:
        answer = rota.ask("on_call", call, now)
        if isinstance(answer, Failure):
            failures.append(PluginFailed.of(answer, now))
            continue
        names, strangers = _known(answer, policy)
        if strangers:
            problem = f"{rota.record.name}: {', '.join(map(repr, strangers))} is on call, and nobody of the staff"
            failures.append(
                PluginFailed(at=now, by=CORE, plugin=rota.plugin, hook=_HOOK, problem=Content.of(problem))
            )  # fmt: skip
        if names:
            return OnCall(names, True, tuple(failures))
    return OnCall((policy.roster.rules.superior,), False, tuple(failures))


def _known(answer: object, policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that are somebody's here, as the policy writes them, and those that are nobody's."""
    given: Iterable[str] = answer if isinstance(answer, tuple | list) else ()
    names = dict.fromkeys(name.strip() for name in given if name.strip())
    roster = policy.roster
    known = [one for one in names if not policy.staff or roster.member(one) or roster.is_role(one)]
    return tuple(roster.written(one) for one in known), tuple(one for one in names if one not in known)
