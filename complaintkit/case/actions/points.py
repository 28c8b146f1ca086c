"""Actions that take a complaint apart, point by point."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import PointAdded, PointChanged, PointDropped
from complaintkit.case.parts import Content
from complaintkit.case.points import Point, Target
from complaintkit.case.subject import LONGEST_CODE


def _problem(ask: Asked, problem: str) -> str:
    code = problem.strip()
    if code and not ask.terms.knows_category(code):
        raise ask.refuse(f"there is no category {code!r} in the policy")
    return code


def code_of(ask: Asked, name: str, value: str) -> str:
    """Return a code as it is kept: trimmed, and short enough to be one.

    Raises:
        NotAllowed: It is a text, and no code.
    """
    code = " ".join(value.split())
    if len(code) > LONGEST_CODE:
        raise ask.refuse(f"{name} is a code of {LONGEST_CODE} signs at most; put words into describe or note")
    return code


def _decided(point: Point) -> str:
    return f"{point.name} is decided: {point.outcome}; add another point for what is new" if point.decided else ""


def _undecided(ask: Asked, name: str) -> Point:
    points = {point.name: point for point in ask.case.matter.points}
    point = points[ask.one_of("point", name.strip().casefold(), tuple(points))]
    if why := _decided(point):
        raise ask.refuse(why)
    return point


@frozen(kw_only=True)
class AddPoint(Action):
    """Note one more thing that is complained of."""

    name: ClassVar[str] = "add_point"
    help: ClassVar[str] = "note one of several things complained of, to be decided by itself"
    text: str = asked("the point in plain words")
    object: str = asked("code of what it is about: a product, an order, a place", default="")
    problem: str = asked("code of the category: what went wrong", of="category", default="")
    target: str = asked("what it is aimed at", choices=tuple(Target), default=Target.UNKNOWN)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Add the point."""
        text = ask.need("text", self.text)
        target = Target(ask.one_of("target", self.target, tuple(Target)))
        return (
            PointAdded(
                at=ask.now,
                by=ask.by,
                point=ask.case.matter.named.next("point"),
                text=Content.of(text),
                object=code_of(ask, "object", self.object),
                problem=_problem(ask, self.problem),
                target=target,
            ),
        )


@frozen(kw_only=True)
class ChangePoint(Action):
    """Put a point better, as long as it is undecided."""

    name: ClassVar[str] = "change_point"
    help: ClassVar[str] = "put a point better; empty keeps"
    point: str = asked("name of the point", of="point")
    text: str = asked("the point in plain words", default="")
    object: str = asked("code of what it is about: a product, an order, a place", default="")
    problem: str = asked("code of the category: what went wrong", of="category", default="")
    target: str = asked("what it is aimed at", choices=tuple(Target), default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no point is undecided."""
        return none_will_do(map(_decided, case.matter.points))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Change what is said; refuse where that changes nothing."""
        point = _undecided(ask, self.point)
        target = ask.one_of("target", self.target, ("", *Target))
        object_, problem = code_of(ask, "object", self.object), _problem(ask, self.problem)
        text = Content.maybe(self.text)
        if not (text or object_ or problem or target):
            raise ask.refuse("nothing would change; say what is different now")
        return (
            PointChanged(
                at=ask.now, by=ask.by, point=point.name, text=text, object=object_, problem=problem,
                target=Target(target) if target else None,
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class DropPoint(Action):
    """Take a point out that was none."""

    name: ClassVar[str] = "drop_point"
    help: ClassVar[str] = "take out a point that was none: said twice, or misunderstood"
    point: str = asked("name of the point", of="point")
    reason: str = asked("why; if the complainant takes it back, decide it as withdrawn instead")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that no point is undecided."""
        return none_will_do(map(_decided, case.matter.points))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Take it out."""
        reason = ask.need("reason", self.reason)
        point = _undecided(ask, self.point)
        return (PointDropped(at=ask.now, by=ask.by, point=point.name, reason=Content.of(reason)),)
