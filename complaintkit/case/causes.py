"""What is learned from one complaint: causes, found later and apart from the problem; lessons; training needed."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.checks import aware

CAUSE: Final = "cause"


class Confidence(StrEnum):
    """How sure it is that this is a cause."""

    SUSPECTED = "suspected"
    LIKELY = "likely"
    PROVEN = "proven"


@frozen(kw_only=True)
class FoundCause:
    """A cause of what went wrong. The complainant names problems; causes are found by the organisation.

    Attributes:
        name: `cause-1`, `cause-2` ...; never used again within the case.
        cause: Code in the tree of causes.
        weight: Its share in what went wrong, in per cent; those of several causes need not add up to 100.
        confidence: How sure it is.
        evidence: What shows it, sealed.
        found_at, found_by: When and by whom.
    """

    name: str = field(validator=validators.min_len(1))
    cause: str = field(validator=validators.min_len(1))
    weight: int = 100
    confidence: Confidence = Confidence.LIKELY
    evidence: Content
    found_at: datetime = field(validator=aware)
    found_by: str


@frozen(kw_only=True)
class Lesson:
    """What the organisation should remember of a complaint; shown with precedents.

    Attributes:
        text: The lesson, sealed.
        at, by: When it was written down, and by whom.
    """

    text: Content
    at: datetime = field(validator=aware)
    by: str


@frozen(kw_only=True)
class TrainingNeed:
    """Something that people in a role should be trained in; never a person.

    Attributes:
        topic: What to train.
        role: Who needs it.
        at, by: When it was noted, and by whom.
    """

    topic: str = field(validator=validators.min_len(1))
    role: str
    at: datetime = field(validator=aware)
    by: str
