"""What is complained of, point by point: each with its object, its problem, what it is aimed at, and its decision."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content, Outcome
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Name of the one point of a complaint that nobody has taken apart.
WHOLE: Final = "whole"


class Target(StrEnum):
    """What a point is aimed at; apart from what went wrong and from why it did."""

    PRODUCT = "product"
    SERVICE = "service"
    STAFF = "staff"
    HANDLING = "handling"
    PROCESS = "process"
    PLACE = "place"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Point:
    """One thing complained of.

    Attributes:
        name: `point-1`, `point-2` ...; never used again within the case.
        text: The point in plain words, sealed.
        object: Code of what it is about: a product, an order, a place; empty if unknown.
        problem: Code of a category of the policy: what went wrong; empty if not yet sorted.
        target: What it is aimed at.
        outcome, reason: What was decided about it, and why; `None` while undecided.
        code: The reason as a code of the policy; empty for none.
        decided_at, decided_by: When and by whom.
    """

    name: str = field(validator=validators.min_len(1))
    text: Content
    object: str = ""
    problem: str = ""
    target: Target = Target.UNKNOWN
    outcome: Outcome | None = None
    reason: Content | None = None
    code: str = ""
    decided_at: datetime | None = field(default=None, validator=validators.optional(aware))
    decided_by: str = ""

    @property
    def decided(self) -> bool:
        """Say whether there is a decision about it."""
        return self.outcome is not None


def points_of(case: "Complaint") -> tuple[Point, ...]:
    """Return the points of a complaint: those it was taken apart into, or itself as the only one."""
    if case.matter.points:
        return case.matter.points
    matter = case.matter
    return (
        Point(
            name=WHOLE, text=case.narrative, object=case.product, problem=case.category,
            target=matter.target, outcome=case.outcome,
        ),
    )  # fmt: skip


def point_of(case: "Complaint", name: str) -> Point | None:
    """Return the point of a name, however it is typed, or `None`."""
    plain = name.strip().casefold()
    return next((point for point in points_of(case) if point.name == plain), None)
