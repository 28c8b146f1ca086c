"""What a course comes to in figures: promises kept and broken, escalations, messages, people called out of hours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Escalated, PluginFailed
from complaintkit.case.parts import NO_PROMISE, Clock
from complaintkit.message import Notice
from complaintkit.notices import STAFF
from complaintkit.policy import Policy
from complaintkit.replay.course import Course

State = Literal["kept", "broken", "open", "dropped"]
COMPLAINANT = "complainant"


@frozen(kw_only=True)
class Promise:
    """A deadline and what became of it.

    Attributes:
        reference: The complaint.
        clock: Its name within the case.
        kind: Which kind of clock.
        rules: The rule pack it comes from; empty for our own.
        due_at: When it was due, or was when it was broken.
        state: `kept`; `broken`, made good later or not; `open`; or `dropped`, as the case ended otherwise.
    """

    reference: str
    clock: str
    kind: str
    rules: str
    due_at: datetime
    state: State

    @property
    def key(self) -> tuple[str, str]:
        """Return by what it is found again in another course of the same case."""
        return self.reference, self.clock


def promises(case: Complaint, now: datetime) -> tuple[Promise, ...]:
    """Return the promises of a case and what became of them until a moment, whether or not a worker has noticed."""
    return tuple(_promise(case, clock, now) for clock in case.clocks if clock.kind not in NO_PROMISE)


def _promise(case: Complaint, clock: Clock, now: datetime) -> Promise:
    state: State
    if clock.overdue or clock.late_at(now):
        state = "broken"
    elif clock.met_at is not None:
        state = "kept"
    else:
        state = "dropped" if clock.ended_at is not None else "open"
    return Promise(
        reference=case.reference, clock=clock.name, kind=clock.kind, rules=clock.name.partition(":")[2],
        due_at=clock.broken_at or clock.due_at, state=state,
    )  # fmt: skip


def audience(notice: Notice) -> str:
    """Return whom a notice is for: `complainant`, `staff`, or somebody else outside."""
    if notice.audience == COMPLAINANT:
        return COMPLAINANT
    return STAFF if notice.medium == STAFF else "others"


def calls_out(notice: Notice, policy: Policy) -> bool:
    """Say whether a notice reaches staff at a moment at which nobody works, by the policy's common calendar."""
    calendar = policy.named(policy.calendar)
    return audience(notice) == STAFF and calendar is not None and not calendar.open_at(notice.created_at)


Row = tuple[str, ...]


@frozen
class Tally:
    """Figures of many courses, added up; each by what it is a figure of."""

    kept: Counter[Row] = field(factory=Counter)
    broken: Counter[Row] = field(factory=Counter)
    escalations: Counter[Row] = field(factory=Counter)
    messages: Counter[Row] = field(factory=Counter)
    called_out: Counter[Row] = field(factory=Counter)
    failures: Counter[Row] = field(factory=Counter)

    def add(self, course: Course, policy: Policy, now: datetime) -> tuple[Promise, ...]:
        """Add a course; return its promises.

        Args:
            course: The course.
            policy: The policy it was gone through by.
            now: Where it ends.
        """
        found = promises(course.case, now)
        self.kept.update((one.kind, one.rules) for one in found if one.state == "kept")
        self.broken.update((one.kind, one.rules) for one in found if one.state == "broken")
        self.escalations.update(_escalations(course))
        self.messages.update((one.occasion, audience(one)) for one in course.notices)
        self.called_out.update((one.audience,) for one in course.notices if calls_out(one, policy))
        self.failures.update((one.plugin,) for one in course.file if isinstance(one, PluginFailed))
        return found


def _escalations(course: Course) -> Iterator[Row]:
    for entry in course.file:
        if isinstance(entry, Escalated):
            yield str(entry.level), entry.to


def keys(counters: Iterable[Counter[Row]]) -> list[Row]:
    """Return all rows of several counters, in order."""
    return sorted({row for counter in counters for row in counter})
