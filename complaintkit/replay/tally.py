"""What a course comes to in figures: promises kept and broken, escalations, messages, people called out of hours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Literal

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Escalated, EscalationGranted, EscalationPassed, PluginFailed, Raised
from complaintkit.case.parts import NO_PROMISE, Clock
from complaintkit.message import Notice
from complaintkit.notices import STAFF
from complaintkit.policy import Policy
from complaintkit.replay.course import Course, Told

State = Literal["kept", "broken", "open", "dropped"]
COMPLAINANT = "complainant"
# By these somebody higher up, or of another speciality, is called.
CALLS: Final = (Escalated, Raised, EscalationGranted, EscalationPassed)


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


def calls_out(told: Told, policy: Policy) -> bool:
    """Say whether a notice reaches staff at a moment at which they do not work: by their own hours, else the common."""
    member = policy.member(told.notice.recipient)
    calendar = policy.named((member.hours if member else "") or policy.telling.hours or policy.calendar)
    return audience(told.notice) == STAFF and calendar is not None and not calendar.open_at(told.since)


Row = tuple[str, ...]


@frozen
class Tally:
    """Figures of many courses, added up; each by what it is a figure of.

    `letters` are notices to staff by reader, occasion and minute: what waits for one reader may go out as one list.
    """

    kept: Counter[Row] = field(factory=Counter)
    broken: Counter[Row] = field(factory=Counter)
    escalations: Counter[Row] = field(factory=Counter)
    messages: Counter[Row] = field(factory=Counter)
    failures: Counter[Row] = field(factory=Counter)
    letters: Counter[tuple[str, datetime]] = field(factory=Counter)
    called: set[tuple[str, datetime]] = field(factory=set)

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
        self.messages.update((one.notice.occasion, audience(one.notice)) for one in course.notices)
        self.failures.update((one.plugin,) for one in course.file if isinstance(one, PluginFailed))
        listed = policy.telling.listed if policy.telling.digest else ()
        for one in course.notices:
            reader = one.notice.recipient, one.since.replace(second=0, microsecond=0)
            if audience(one.notice) == STAFF and one.notice.occasion in listed:
                self.letters[reader] += 1
            if calls_out(one, policy):
                self.called.add(reader)
        return found

    @property
    def called_out(self) -> Counter[Row]:
        """Return how often each of staff is called when they do not work; several notices at once call once."""
        return Counter((reader,) for reader, _ in self.called)

    def sent(self, policy: Policy) -> Counter[Row]:
        """Return how many messages go out, by whom they are for; many for one reader at once go out as one list."""
        found: Counter[Row] = Counter()
        for (_, to), number in self.messages.items():
            found[to,] += number
        saved = (number - 1 for number in self.letters.values() if number >= policy.telling.digest)
        found[STAFF,] -= sum(saved)
        return found


def _escalations(course: Course) -> Iterator[Row]:
    for entry in course.file:
        if isinstance(entry, CALLS) and not (isinstance(entry, EscalationGranted) and not entry.clocks):
            yield str(entry.level), entry.to


def keys(counters: Iterable[Counter[Row]]) -> list[Row]:
    """Return all rows of several counters, in order."""
    return sorted({row for counter in counters for row in counter})
