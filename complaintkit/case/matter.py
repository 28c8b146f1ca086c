"""What happened: content information, as the complainant tells it."""

from attrs import frozen

from complaintkit.case.fields import FieldValue
from complaintkit.case.needs import Need
from complaintkit.case.parties import Party, PartyKind
from complaintkit.case.points import Point, Target
from complaintkit.case.repeats import Repeat
from complaintkit.case.subject import Demand, Subject
from complaintkit.case.telling import Telling
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Named:
    """How many names of each kind were given in a case."""

    point: int = 0
    party: int = 0
    demand: int = 0
    need: int = 0

    def next(self, kind: str) -> str:
        """Return the next name of a kind, such as `point-3`."""
        return f"{kind}-{getattr(self, kind) + 1}"

    def given(self, name: str) -> "Named":
        """Return the numbers once this name is given; for entries only."""
        kind, _, number = name.rpartition("-")
        return evolve(self, **{kind: int(number)})


@frozen(kw_only=True)
class Matter:
    """What happened: content information, as the complainant tells it; one group of a complaint.

    Attributes:
        points: What is complained of, taken apart; empty where the complaint is one point, its narrative.
        target: What the complaint as a whole is aimed at.
        subject, telling: What it is about; how it is told.
        demands: What the complainant wants.
        complainant: What kind of somebody complains.
        prefers: The way by which the complainant wants to hear from us; empty if not said.
        parties: Who else takes part.
        needs: Support that somebody needs; for handlers only, never in reports and exports.
        fields: Values of the organisation's own fields.
        repeats: Earlier complaints that this one follows, by the way in which it does.
        named: How many names of each kind were given, so that none is used again.
    """

    points: tuple[Point, ...] = ()
    target: Target = Target.UNKNOWN
    subject: Subject = Subject()
    telling: Telling = Telling()
    demands: tuple[Demand, ...] = ()
    complainant: PartyKind = PartyKind.PERSON
    prefers: str = ""
    parties: tuple[Party, ...] = ()
    needs: tuple[Need, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    named: Named = Named()
