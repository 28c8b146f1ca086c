"""What actions have to know of the policy about the time after an answer: dates, clocks, questions, bodies outside."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock
from complaintkit.case.surveys import Answer, Question

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint


class Afterwards(Protocol):
    """What is laid down for the time after an answer."""

    @property
    def rounds(self) -> int:
        """Return how many positions the organisation takes before its word is final: 2 for an answer and a review."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions of the survey."""

    def promise_due(self, kind: str, start: datetime) -> datetime:
        """Return until when a promise of a kind is kept for which nobody gave a date."""

    def response(self, case: "Complaint", start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that run from a final response: the time to object, the time to go to a body outside."""

    def acceptance(self, case: "Complaint", start: datetime) -> tuple[Clock, ...]:
        """Return the clock for the time to object; none where the policy has no standard for it."""

    def resolution(self, case: "Complaint", start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that run once a matter is settled: the last look, and asking how things are."""

    def contact(self, case: "Complaint", start: datetime) -> tuple[Clock, ...]:
        """Return the clock for another try to reach the complainant; none after the last one."""

    def ending(self, case: "Complaint", stage: Stage, start: datetime) -> tuple[Clock, ...]:
        """Return the clock at which the survey is sent, for a case that ends in a stage."""

    def survey(self, case: "Complaint", start: datetime) -> tuple[datetime, tuple[Clock, ...]]:
        """Return until when answers are taken, and the clock of the only reminder."""

    def no_survey(self, case: "Complaint") -> str:
        """Return why the complainant of a case is not asked; empty if they are."""

    def low(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Return the questions with answers so low that somebody has to see to it."""

    def finding(self, case: "Complaint", start: datetime, name: str, who: str, due: datetime | None) -> Clock:
        """Return the clock of a finding, with who has to settle it: whoever is named, else whoever the policy says."""

    def review(self, case: "Complaint", start: datetime) -> tuple[Clock, ...]:
        """Return the clocks of a review: its acknowledgement and its answer."""

    def dispute_until(self, case: "Complaint") -> datetime | None:
        """Return until when the complainant may object to the last answer; `None` where there is none."""

    def body(self, name: str) -> tuple[str, str]:
        """Return kind and name of a body that the policy lists under a code; empty texts for one it does not know."""

    def who_may(self, action: str) -> tuple[str, ...]:
        """Return the names of staff who may ask for an action; none while no staff is listed."""
