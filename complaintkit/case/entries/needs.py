"""Entries of support needs: kept with consent, for a time."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.needs import Need
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class NeedAdded(Entry):
    """Somebody needs support; the clock takes it out when its time is over."""

    kind: ClassVar[str] = "need_added"
    phrase: ClassVar[str] = "support needed, kept for handlers"
    need: Need
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Keep the need, with its clock."""
        matter = case.matter
        matter = evolve(matter, needs=(*matter.needs, self.need), named=matter.named.given(self.need.name))
        return evolve(case, matter=matter, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class NeedRemoved(Entry):
    """A support need is not kept any more: its time is over, or somebody asked for that."""

    kind: ClassVar[str] = "need_removed"
    phrase: ClassVar[str] = "{need} is not kept any more"
    need: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take it out; its clock has come to its end and broke no promise, whenever somebody noticed."""
        needs = tuple(one for one in case.matter.needs if one.name != self.need)
        case = evolve(case, matter=evolve(case.matter, needs=needs))
        return case.with_clock(self.need, lambda clock: clock.end(min(self.at, clock.due_at)))
