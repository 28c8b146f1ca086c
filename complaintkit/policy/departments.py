"""Departments that are asked for help: what each may be asked, how long it may take, and where word reaches it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

import attrs
from attrs import evolve, field, frozen

from complaintkit.case.actor import same
from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.case.tasks import LASTING_TASK, TASK, TaskKind
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.rules import Span

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

# Where neither the department nor a standard says how long a task may take.
FALLBACK: Final = Span(days=3)


@frozen(kw_only=True)
class Within(Span):
    """How long a department may take for a kind of task; an empty kind means all others."""

    kind: str = ""

    @property
    def span(self) -> Span:
        """Return the time alone: what stands on a clock is read back from the file as a span and nothing more."""
        return Span(**{one.name: getattr(self, one.name) for one in attrs.fields(Span)})


@frozen(kw_only=True)
class Department:
    """A department that can be asked for help without owning the case.

    Attributes:
        name: As it stands in tasks; whoever has the role of this name answers for it.
        label: What it is called, by language.
        kinds: Kinds of task it takes; empty for all.
        within: How long it may take; where nothing fits, the standard of the clock `task` holds.
        language: Language in which it is written to; empty for the first one of the policy.
        email: Where word reaches it without a seat; empty for staff's own way.
        restricted: Whether its answers are for it and the owner of the case only.
    """

    name: str
    label: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    kinds: tuple[TaskKind, ...] = ()
    within: tuple[Within, ...] = ()
    language: str = ""
    email: str = ""
    restricted: bool = False

    def span(self, kind: TaskKind) -> Span | None:
        """Return how long it may take for a kind of task; `None` where it has no time of its own."""
        own = [one for one in self.within if one.kind in (kind, "")]
        found = min(own, key=lambda one: one.kind == "", default=None)
        return found.span if found else None


def department_of(policy: "Policy", name: str) -> Department | None:
    """Return the department of a name, however it is typed, or `None`."""
    return next((one for one in policy.departments if same(one.name, name)), None)


def refusal(policy: "Policy", who: str, kind: TaskKind) -> str:
    """Return why this cannot be asked of a department or a person; empty if it can."""
    department = department_of(policy, who)
    if department and department.kinds and kind not in department.kinds:
        return f"{department.name} takes no {kind}; it takes {', '.join(department.kinds)}"
    known = department or who in policy.roles or policy.member(who) or not policy.staff
    if known:
        return ""
    names = ", ".join(one.name for one in policy.departments)
    return f"{who} is neither a department nor of the staff; the departments are {names or 'none'}"


def task_clock(
    policy: "Policy", case: Complaint, kind: TaskKind, who: str, start: datetime, name: str, *, lasting: bool
) -> Clock:
    """Return the deadline of a task: the department's own, else that of the standard of the clock `task`."""
    clock_kind = LASTING_TASK if lasting else TASK
    department = department_of(policy, who)
    own = department.span(kind) if department else None
    standards = policy.clock(clock_kind, case, start, name=name, who=who)
    if own is None and standards:
        return standards[-1]
    clock = policy.clock_within(clock_kind, case, start, own or FALLBACK, name=name, who=who)
    source = f"{department.name}: {kind}" if department and own else f"{kind}: three days, for want of a standard"
    return evolve(clock, standard=f"{source} ({policy.version})")


def readers_of(policy: "Policy", who: str) -> tuple[str, ...]:
    """Return the roles that may read what a department answers, besides the owner; none for all staff."""
    department = department_of(policy, who)
    return (department.name,) if department and department.restricted else ()
