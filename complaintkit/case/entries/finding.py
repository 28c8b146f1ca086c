"""Entries of what was found: by investigation, point by point, in our own handling, and what that cost."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.costs import Cost
from complaintkit.case.investigating import Attribution, Failing, Investigation
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.points import Point
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Investigated(Entry):
    """What was found out, and how; or (`waived`) why nothing has to be found out, decided by who filed this."""

    kind: ClassVar[str] = "investigated"
    phrase: ClassVar[str] = "{investigation}: found out about {point} (waived: {waived})"
    investigation: str
    text: Content
    waived: bool = False
    point: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Keep it; a later one leaves those before it as they are."""
        found = Investigation(
            name=self.investigation, at=self.at, by=self.by, text=self.text, waived=self.waived, point=self.point
        )
        return evolve(case, handling=evolve(case.handling, investigations=(*case.handling.investigations, found)))


@frozen(kw_only=True)
class PointDecided(Entry):
    """What was decided about one point, and why."""

    kind: ClassVar[str] = "point_decided"
    phrase: ClassVar[str] = "{point} decided: {outcome} {code}"
    point: str
    outcome: Outcome
    reason: Content | None = None
    code: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Decide it."""
        points = tuple(self._decided(one) if one.name == self.point else one for one in case.matter.points)
        return evolve(case, matter=evolve(case.matter, points=points))

    def _decided(self, point: Point) -> Point:
        return evolve(
            point, outcome=self.outcome, reason=self.reason, code=self.code, decided_at=self.at, decided_by=self.by
        )


@frozen(kw_only=True)
class Attributed(Entry):
    """A failure in our own handling came from a person, from the process, or from the system."""

    kind: ClassVar[str] = "attributed"
    phrase: ClassVar[str] = "the failure in handling came from: {failing}"
    failing: Failing
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep it."""
        found = Attribution(at=self.at, by=self.by, failing=self.failing, what=self.reason)
        return evolve(case, handling=evolve(case.handling, attributions=(*case.handling.attributions, found)))


@frozen(kw_only=True)
class CostAdded(Entry):
    """Time or money was spent on the complaint."""

    kind: ClassVar[str] = "cost_added"
    phrase: ClassVar[str] = "{cost} spent"
    aside: ClassVar[bool] = True
    cost: Cost

    def change(self, case: Complaint) -> Complaint:
        """Add it."""
        return evolve(case, handling=evolve(case.handling, costs=(*case.handling.costs, self.cost)))
