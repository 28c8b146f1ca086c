"""Entries of the points of a complaint: it is taken apart, point by point."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Content
from complaintkit.case.points import Point, Target
from complaintkit.changing import evolve


@frozen(kw_only=True)
class PointAdded(Entry):
    """One more thing is complained of."""

    kind: ClassVar[str] = "point_added"
    phrase: ClassVar[str] = "{point}: {problem}, about {object}, aimed at {target}"
    point: str
    text: Content
    object: str = ""
    problem: str = ""
    target: Target = Target.UNKNOWN

    def change(self, case: Complaint) -> Complaint:
        """Add the point."""
        matter = case.matter
        point = Point(name=self.point, text=self.text, object=self.object, problem=self.problem, target=self.target)
        named = matter.named.given(self.point)
        return evolve(case, matter=evolve(matter, points=(*matter.points, point), named=named))


@frozen(kw_only=True)
class PointChanged(Entry):
    """A point was put better; the earlier words stay in the file. What is `None` or empty stays as it was."""

    kind: ClassVar[str] = "point_changed"
    phrase: ClassVar[str] = "{point} changed: {problem}, about {object}, aimed at {target}"
    point: str
    text: Content | None = None
    object: str = ""
    problem: str = ""
    target: Target | None = None

    def change(self, case: Complaint) -> Complaint:
        """Change the point."""
        points = tuple(self._changed(one) if one.name == self.point else one for one in case.matter.points)
        return evolve(case, matter=evolve(case.matter, points=points))

    def _changed(self, point: Point) -> Point:
        return evolve(
            point,
            text=self.text or point.text,
            object=self.object or point.object,
            problem=self.problem or point.problem,
            target=self.target or point.target,
        )


@frozen(kw_only=True)
class PointDropped(Entry):
    """A point was no point of its own, with the reason."""

    kind: ClassVar[str] = "point_dropped"
    phrase: ClassVar[str] = "{point} dropped"
    point: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the point out."""
        points = tuple(one for one in case.matter.points if one.name != self.point)
        return evolve(case, matter=evolve(case.matter, points=points))
