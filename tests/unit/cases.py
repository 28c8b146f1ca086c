"""Cases, terms and guarded doubles that the unit tests share."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from complaintkit import Person, Unreadable
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Received, Registered
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, sealed_person
from complaintkit.guard import Failure
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure

T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANNA = Person(name="Anna", email="Anna@example.org")
POLICY: Policy = read({}, structure)
SECRET = b"a secret for tests only"


def hours(count: float) -> timedelta:
    """Return a span of hours."""
    return timedelta(hours=count)


def received(**changes: Any) -> Received:
    """Return the entry that opens a case."""
    facts: dict[str, Any] = {
        "at": T0,
        "by": "complaintkit",
        "reference": "CK-EHQ6-7X6D",
        "channel": "email",
        "envelope": 1,
        "received_at": T0,
        "language": "en",
        "person": sealed_person(ANNA),
        "contact": "c" * 32,
        "title": Content.of("Broken"),
        "narrative": Content.of("The parcel came broken."),
        "owner": "desk",
    }
    return Received(**(facts | changes))


def registered(**changes: Any) -> Complaint:
    """Return a registered case with its clocks."""
    case = received(**changes).open()
    clocks = POLICY.clocks(case, case.received_at)
    return case.apply(Registered(at=case.recorded_at, by="complaintkit", stage=Stage.REGISTERED, clocks=clocks))


def act(case: Complaint, action: Any, at: datetime, by: str = "irina") -> Complaint:
    """Return the case after an action."""
    return case.apply_all(action.decide(case, POLICY.actor(by), at, POLICY))


def decided(case: Complaint, action: Any, at: datetime, by: str = "irina") -> tuple[Entry, ...]:
    """Return the entries an action leads to."""
    entries: tuple[Entry, ...] = action.decide(case, POLICY.actor(by), at, POLICY)
    return entries


class Double:
    """Stands where a guarded plugin record stands; answers with what it is told, or fails."""

    def __init__(self, record: Any, answer: Callable[[Any], Any] | None = None, plugin: str = "double") -> None:
        self.record = record
        self.plugin = plugin
        self.hook = "complaintkit_doubles"
        self.asked: list[Any] = []
        self._answer = answer

    def ask(self, callable_name: str, argument: Any, now: datetime) -> Any:
        """Answer."""
        self.asked.append(argument)
        try:
            return self._answer(argument) if self._answer else getattr(self.record, callable_name)(argument)
        except Unreadable as reason:
            return Failure(plugin=self.plugin, hook=self.hook, record="", kind="unreadable", problem=str(reason))


def failing(record: Any, kind: str = "raised", problem: str = "it broke") -> Double:
    """Return a record that always fails."""
    failure = Failure(plugin="broken", hook="complaintkit_doubles", record=record.name, kind=kind, problem=problem)
    return Double(record, lambda argument: failure, "broken")
