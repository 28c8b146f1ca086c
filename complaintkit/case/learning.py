"""What is learned from it: causes, lessons, word to those who can mend it."""

from datetime import datetime

from attrs import field, frozen, validators

from complaintkit.case.causes import FoundCause, Lesson, TrainingNeed
from complaintkit.case.parts import Content
from complaintkit.checks import aware


@frozen(kw_only=True)
class Learning:
    """What is learned from it: causes, lessons, word to those who can mend it; one group of a complaint.

    Attributes:
        causes: What was found to have caused it.
        found: How many causes were ever named, so that no name is used twice.
        assessed_at: When its causes were assessed, or found to be unknown.
        no_cause: Why no cause could be found.
        no_measure: Why nothing is done about the causes.
        lessons: What to remember.
        training: What people in which role should be trained in.
        improvements: References of corrective actions, suggestions and other improvements it led to.
    """

    causes: tuple[FoundCause, ...] = ()
    found: int = 0
    assessed_at: datetime | None = field(default=None, validator=validators.optional(aware))
    no_cause: Content | None = None
    no_measure: Content | None = None
    lessons: tuple[Lesson, ...] = ()
    training: tuple[TrainingNeed, ...] = ()
    improvements: tuple[str, ...] = ()

    @property
    def assessed(self) -> bool:
        """Say whether somebody has looked for causes."""
        return self.assessed_at is not None

    @property
    def decided(self) -> bool:
        """Say whether something is done about it, or was decided not to be."""
        return bool(self.improvements) or self.no_measure is not None
