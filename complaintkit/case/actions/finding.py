"""Actions of finding out: what happened, point by point, what went wrong with us, and what the work cost."""

from decimal import Decimal
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.remedies import money_of, point_for
from complaintkit.case.actions.reviews import partial
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.costs import LONGEST, Cost
from complaintkit.case.entries import Attributed, CostAdded, Investigated, PointDecided
from complaintkit.case.investigating import Failing
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content, Outcome


def investigated(ask: Asked, text: str, *, waived: bool = False, point: str = "") -> Investigated:
    """Return the entry of an investigation, or of the decision that none is needed."""
    name = next_name("investigation", ask.case.handling.investigations)
    return Investigated(at=ask.now, by=ask.by, investigation=name, text=Content.of(text), waived=waived, point=point)


def grounded(ask: Asked, outcome: Outcome, code: str, reason: str) -> tuple[str, Content | None]:
    """Return code and words of a decision's reason.

    Raises:
        NotAllowed: There is neither where the outcome needs one, or the code does not fit.
    """
    if code.strip() and (unfit := ask.terms.authority.unfit(code.strip(), outcome)):
        raise ask.refuse(unfit)
    if outcome is not Outcome.UPHELD and not code.strip() and not reason.strip():
        raise ask.refuse(f"{outcome} needs a reason, for the complainant to read: words, or a reason code")
    return code.strip(), Content.of(ask.words("reason", reason)) if reason.strip() else None


@frozen(kw_only=True)
class RecordFinding(Action):
    """Put down what was found out, and how."""

    name: ClassVar[str] = "record_finding"
    help: ClassVar[str] = "put down what was found out about it, and how"
    text: str = asked("what was found, and how: who was asked, what was looked at")
    point: str = asked("name of the point it is about; empty for the whole complaint", of="point", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it."""
        return (investigated(ask, ask.need("text", self.text), point=point_for(ask, self.point)),)


@frozen(kw_only=True)
class WaiveInvestigation(Action):
    """Decide that nothing has to be found out; who decides stands on file with the reason."""

    name: ClassVar[str] = "waive_investigation"
    help: ClassVar[str] = "decide that nothing has to be found out, with the reason"
    reason: str = asked("why nothing has to be found out: known already from ..., the complainant says so ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason."""
        return (investigated(ask, ask.need("reason", self.reason), waived=True),)


@frozen(kw_only=True)
class DecidePoint(Action):
    """Decide one point; a later decision takes the place of an earlier one."""

    name: ClassVar[str] = "decide_point"
    help: ClassVar[str] = "decide one of the points that were raised"
    point: str = asked("name of the point", of="point")
    outcome: str = asked("what is decided about it", choices=tuple(Outcome))
    code: str = asked("reason code", of="ground", default="")
    reason: str = asked(
        "why, in words for the complainant; needed for all but upheld, unless a code says it", default=""
    )

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that whoever is under review does not decide again."""
        return partial(case, actor.name, terms)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Decide it."""
        point = point_for(ask, ask.need("point", self.point))
        outcome = Outcome(ask.one_of("outcome", self.outcome, tuple(Outcome)))
        code, reason = grounded(ask, outcome, self.code, self.reason)
        return (PointDecided(at=ask.now, by=ask.by, point=point, outcome=outcome, code=code, reason=reason),)


@frozen(kw_only=True)
class Attribute(Action):
    """Say what a failure in our own handling came from. Nobody is named."""

    name: ClassVar[str] = "attribute"
    help: ClassVar[str] = "say whether a failure in our handling came from a person, the process or the system"
    failing: str = asked("person, process or system", choices=tuple(Failing))
    reason: str = asked("what went wrong, and where to mend it; no names")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it."""
        failing = Failing(ask.one_of("failing", self.failing, tuple(Failing)))
        reason = Content.of(ask.need("reason", self.reason))
        return (Attributed(at=ask.now, by=ask.by, failing=failing, reason=reason),)


@frozen(kw_only=True)
class AddCost(Action):
    """Put down time or money that was spent on the complaint."""

    name: ClassVar[str] = "add_cost"
    help: ClassVar[str] = "put down time or money that was spent on it; remedies are not costs"
    what: str = asked("what for")
    minutes: int = asked("working time in minutes", default=0)
    amount: Decimal | None = asked("money that was paid", default=None)
    currency: str = asked("its currency, such as EUR, RUB, PHP", default="")
    function: str = asked("whose work it was: a role or department; empty for who puts it down", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Add it: time or money, not both, for they are added up apart."""
        what = ask.need("what", self.what)
        money = money_of(ask, self.amount, self.currency)
        if bool(self.minutes) == bool(money):
            raise ask.refuse("it needs minutes, or an amount with its currency; put both down one after the other")
        if not 0 <= self.minutes <= LONGEST:
            raise ask.refuse(f"{self.minutes} minutes is no working time; write a number from 1 to {LONGEST}")
        cost = Cost(
            name=next_name("cost", ask.case.handling.costs), at=ask.now, by=ask.by, minutes=self.minutes, money=money,
            function=self.function.strip() or self._function(ask), what=Content.of(what),
        )  # fmt: skip
        return (CostAdded(at=ask.now, by=ask.by, cost=cost),)

    def _function(self, ask: Asked) -> str:
        """Return the one role of who puts it down; nobody can tell which it is of several."""
        return next(iter(ask.actor.roles)) if len(ask.actor.roles) == 1 else ""
