"""What happened: content information, as the complainant tells it."""

from attrs import frozen

from complaintkit.case.points import Point


@frozen(kw_only=True)
class Matter:
    """What happened: content information, as the complainant tells it; one group of a complaint.

    Attributes:
        points: What is complained of, taken apart; empty where the complaint is one point, its narrative.
    """

    points: tuple[Point, ...] = ()
