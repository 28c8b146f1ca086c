"""What a kit tells of deadlines: why each one is when it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from complaintkit.case.complaint import Complaint
from complaintkit.checks import moment
from complaintkit.desk import Desk
from complaintkit.policy.explaining import Explanation, explained


class Explaining(ABC):
    """The part of a kit that explains deadlines."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    @abstractmethod
    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands."""

    def explain(self, reference: str, now: datetime | None = None) -> tuple[Explanation, ...]:
        """Return every deadline of a complaint with the reasoning by which it is due when it is.

        The reasoning is told by what reckons, anew, from what is stored; so it cannot differ from what counts.

        Args:
            reference: The complaint, however it is typed.
            now: The moment by which lateness is told.

        Raises:
            NotFound: There is no such complaint, or a calendar by which one of its deadlines counts is not kept.
        """
        case = self.case(reference)
        return explained(case, self.desk.policy, moment(now or self.clock()))
