"""Entries of what the complainant wants, and what becomes of it."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock, Content
from complaintkit.case.subject import Demand, DemandEnd
from complaintkit.changing import evolve


@frozen(kw_only=True)
class DemandMade(Entry):
    """The complainant wants something; where a period of the law runs for it, its clock starts."""

    kind: ClassVar[str] = "demand_made"
    phrase: ClassVar[str] = "the complainant wants: {demand}"
    demand: Demand
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Add the demand, and its clock."""
        matter = case.matter
        named = matter.named.given(self.demand.name)
        matter = evolve(matter, demands=(*matter.demands, self.demand), named=named)
        return evolve(case, matter=matter, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class DemandEnded(Entry):
    """A demand was met, refused or taken back."""

    kind: ClassVar[str] = "demand_ended"
    phrase: ClassVar[str] = "{demand}: {end}"
    demand: str
    end: DemandEnd
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep what became of it; what was taken back asks for nothing, and its clock ends unmet."""
        demands = tuple(
            evolve(one, end=self.end, ended_at=self.at) if one.name == self.demand else one
            for one in case.matter.demands
        )
        case = evolve(case, matter=evolve(case.matter, demands=demands))
        back = self.end is DemandEnd.WITHDRAWN
        return case.with_duty(self.demand, lambda clock: clock.end(self.at) if back else clock.meet(self.at))
