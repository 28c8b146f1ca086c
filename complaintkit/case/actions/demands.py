"""Actions about what the complainant wants."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import DemandEnded, DemandMade
from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.case.subject import Demand, DemandEnd, DemandKind


def clock_of(kind: DemandKind) -> str:
    """Return the kind of clock that runs for a demand where the policy has a period for it: `demand_refund` ..."""
    return f"demand_{kind}"


@frozen(kw_only=True)
class AddDemand(Action):
    """Write down what the complainant wants."""

    name: ClassVar[str] = "add_demand"
    help: ClassVar[str] = "write down what the complainant wants; a period of the policy starts for some demands"
    kind: str = asked("what is wanted", choices=tuple(DemandKind))
    amount: Decimal | None = asked("how much, where it is about money", default=None)
    currency: str = asked("currency of the amount, such as EUR, RUB, PHP", default="")
    text: str = asked("in the complainant's own words", default="")
    legal_basis: str = asked("the law or clause the complainant leans on", default="")
    point: str = asked("the point it belongs to; empty for the whole complaint", of="point", default="")
    presented_at: datetime | None = asked("when it was made; empty for when it was received", default=None)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Add the demand; its clock counts from when it was made."""
        kind = DemandKind(ask.one_of("kind", self.kind, tuple(DemandKind)))
        points = tuple(point.name for point in ask.case.matter.points)
        made = ask.behind("presented_at", self.presented_at or ask.case.received_at)
        demand = Demand(
            name=ask.case.matter.named.next("demand"),
            kind=kind,
            money=self._money(ask),
            text=Content.maybe(self.text),
            legal_basis=Content.maybe(self.legal_basis),
            point=ask.one_of("point", self.point.strip().casefold(), ("", *points)),
            presented_at=made,
        )
        clocks = ask.terms.clock(clock_of(kind), ask.case, made, name=demand.name)
        return (DemandMade(at=ask.now, by=ask.by, demand=demand, clocks=clocks),)

    def _money(self, ask: Asked) -> Money | None:
        if self.amount is None:
            if self.currency.strip():
                raise ask.refuse("a currency alone says nothing; give the amount, too")
            return None
        try:
            return Money.of(self.amount, ask.need("currency", self.currency))
        except ValueError as error:
            raise ask.refuse(str(error)) from None


def _ended(one: Demand) -> str:
    return f"{one.name} has ended already: {one.end}" if one.end else ""


@frozen(kw_only=True)
class EndDemand(Action):
    """Say what became of a demand."""

    name: ClassVar[str] = "end_demand"
    help: ClassVar[str] = "say what became of a demand: met, refused, or taken back"
    demand: str = asked("name of the demand", of="demand")
    end: str = asked("what became of it", choices=tuple(DemandEnd))
    reason: str = asked("how, or why not")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that none is open."""
        return none_will_do(_ended(one) for one in case.matter.demands)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it; once ended it stays so."""
        reason = ask.need("reason", self.reason)
        known = {one.name: one for one in ask.case.matter.demands}
        name = ask.one_of("demand", self.demand.strip().casefold(), tuple(known))
        if why := _ended(known[name]):
            raise ask.refuse(why)
        end = DemandEnd(ask.one_of("end", self.end, tuple(DemandEnd)))
        return (DemandEnded(at=ask.now, by=ask.by, demand=name, end=end, reason=Content.of(reason)),)
