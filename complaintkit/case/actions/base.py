"""What every action shares: it names itself, describes its fields, and decides entries or refuses with a reason."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, ClassVar, Protocol

import attrs
from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage, possible, stages_for
from complaintkit.case.parts import Clock
from complaintkit.errors import NotAllowed


class Terms(Protocol):
    """What an action has to know of the policy."""

    def clocks(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that start for a case."""

    def knows_category(self, category: str) -> bool:
        """Say whether a category is in the policy."""


@frozen(kw_only=True)
class Action(ABC):
    """Something a person or a rule wants done with a case."""

    name: ClassVar[str] = ""
    help: ClassVar[str] = ""

    @abstractmethod
    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Return the entries that follow. `stage` is where the life cycle leads.

        Raises:
            NotAllowed: A condition of this action is not met.
        """

    def decide(self, case: Complaint, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Return the entries that follow from this action.

        Args:
            case: The case as it stands.
            by: Who acts.
            now: When, with time zone.
            terms: The policy.

        Raises:
            NotAllowed: The case is in a stage without this action, or a condition is not met.
        """
        stage = LIFE_CYCLE.get((self.name, case.stage))
        if stage is None:
            raise NotAllowed(case.reference, why_not(self.name, case.stage))
        if not by.strip():
            raise NotAllowed(case.reference, f"{self.name} needs the name of who acts")
        if now < case.received_at:
            raise NotAllowed(case.reference, f"{self.name} at {now.isoformat()} would lie before its receipt")
        return self.entries(case, stage, by, now, terms)


def why_not(action: str, stage: Stage) -> str:
    """Return why an action is not possible in a stage, and what is."""
    stages = ", ".join(stages_for(action))
    now = ", ".join(possible(stage))
    return f"is {stage}; {action} is possible only when it is {stages}. Possible now: {now}"


def asked(help: str, **more: Any) -> Any:
    """Return a field that tells people what it asks for."""
    return attrs.field(metadata={"help": help}, **more)


def required(reference: str, action: str, field: str, value: str) -> str:
    """Return the trimmed value.

    Raises:
        NotAllowed: There is nothing in it.
    """
    if not value.strip():
        raise NotAllowed(reference, f"{action} needs a {field}: it cannot be empty")
    return value.strip()
