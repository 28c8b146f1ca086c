"""What the guides leave behind in a case: answers to their questions, and signs of tension."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

CALM: Final = 0
# How tense a talk is: from the first signs of irritation to abuse or a threat.
HIGHEST: Final = 4


@frozen(kw_only=True)
class Tick:
    """An item of a guide that somebody has seen to.

    Attributes:
        item: Guide and item, such as `telephone.restate`.
        version: Version of the guide it was read in.
        answer: What was found out, sealed; `None` where there was nothing to write.
        by, at: Who saw to it, when.
    """

    item: str = field(validator=validators.min_len(1))
    version: str
    answer: Content | None = None
    by: str
    at: datetime = field(validator=aware)


@frozen(kw_only=True)
class Tension:
    """How tense the talk was at a moment: 0 calm again, 1 first signs of irritation, up to 4 abuse or a threat.

    Attributes:
        level: From 0 to 4.
        seen: What was seen or heard, sealed.
        by, at: Who noticed, when.
    """

    level: int
    seen: Content
    by: str
    at: datetime = field(validator=aware)


def tick_of(case: "Complaint", item: str) -> Tick | None:
    """Return what is on file about an item, or `None`."""
    return next((tick for tick in case.handling.ticks if tick.item == item), None)


def tension_of(case: "Complaint") -> int:
    """Return how tense it is now, from 0 to 4."""
    return case.handling.tensions[-1].level if case.handling.tensions else CALM
