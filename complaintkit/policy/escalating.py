"""Who is called to a case, who may decide on that and end it, and by when they answer."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from complaintkit.case.actor import Actor, plain, same
from complaintkit.case.complaint import Complaint
from complaintkit.case.escalations import ESCALATION, REQUEST, Escalation
from complaintkit.case.parts import Clock, Severity
from complaintkit.changing import evolve
from complaintkit.clocks.rules import Span
from complaintkit.policy.chains import LEAD, OWNER, ROTA, links

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

# Where the policy has no standard for it, somebody higher up has so long.
FALLBACK: Final = Span(hours=8)


@frozen
class Escalating:
    """What actions and triggers ask about escalations; see `complaintkit.case.escalations`."""

    # A policy, which needs this module: its type cannot be named where types are looked up.
    _whole: Any = field(repr=False)

    @property
    def _policy(self) -> "Policy":
        policy: Policy = self._whole
        return policy

    @property
    def requested(self) -> str:
        """Return whom a request calls where nobody is named."""
        triggers = self._policy.escalations.triggers
        return next((one.to for one in triggers if one.sign == REQUEST and one.enabled), LEAD)

    def urgent(self, case: Complaint) -> bool:
        """Say whether an escalation of this case waits for nobody's working hours."""
        return case.severity is Severity.CRITICAL

    # --- whom

    def unfit(self, case: Complaint, to: str) -> str:
        """Return why a person or role cannot be called to a case; empty if they can."""
        roster = self._policy.roster
        member = roster.member(to)
        if not (member or roster.is_role(to)) and roster.members:
            near = roster.nearly(to)
            hint = f"; did you mean {near}?" if near else ", and it is no role"
            return f"nobody called {to.strip()!r} works here{hint}"
        if not self._policy.work.let_in(case, to):
            return f"it is confidential, and {to} is none of its handlers; name_handlers lets them in"
        if same(to, case.owner):
            return f"{case.owner} owns it already"
        return "" if self._able(case, to) else f"{to} must have nothing to do with it"

    def target(self, case: Complaint, to: str) -> str:
        """Return who is called where somebody is named; `lead` stands for whoever is above the owner.

        Nobody is called whom the case is about or who owns it, nor, where it is confidential, who may not know of it.
        """
        named = () if to == LEAD else (self._policy.roster.written(to),)
        way = (*named, *self._above(named[0] if named else case.owner))
        able = next((one for one in (*way, *self._confidants(case)) if self._able(case, one)), "")
        return able or (case.owner if case.secrecy else self._policy.ownership.superior)

    def next(self, case: Complaint, escalation: Escalation) -> str:
        """Return who is called once somebody has not answered: the next above; empty where nobody is left."""
        tried = {plain(one) for one in (*escalation.passed, escalation.to)}
        way = (one for one in self._above(escalation.to) if plain(one) not in tried)
        found = next((one for one in way if self._able(case, one)), "")
        return found or next((one for one in self._confidants(case) if plain(one) not in tried), "")

    def able(self, case: Complaint, escalation: Escalation) -> bool:
        """Say whether who is called may still have to do with the case: it is not about them, they may know of it."""
        roster, to = self._policy.roster, escalation.to
        return roster.initiated(case, to) and any(not roster.in_conflict(case, one) for one in self._people(to))

    def _able(self, case: Complaint, to: str) -> bool:
        """Say whether there is somebody of a name or role who can be called to a case, other than its owner."""
        roster = self._policy.roster
        free = (one for one in self._people(to) if not (roster.in_conflict(case, one) or same(one, case.owner)))
        return roster.initiated(case, to) and any(free)

    def _people(self, to: str) -> tuple[str, ...]:
        """Return who is meant by a name or role; the role itself where no list of staff tells who has it."""
        roster = self._policy.roster
        if not roster.is_role(to) or not roster.members:
            return (to,)
        return tuple(one.name for one in roster.members_of(to))

    def _confidants(self, case: Complaint) -> list[str]:
        """Return the handlers of a confidential case who can be called to it, the highest first; else nobody."""
        handlers = (one for one in case.handling.handlers if case.secrecy and self._able(case, one))
        return sorted(handlers, key=self.rank, reverse=True)

    def _above(self, name: str) -> Iterator[str]:
        """Yield who stands above somebody, the nearest first: the reporting line, then the ladder."""
        roster, rank = self._policy.roster, self.rank(name)
        if roster.member(name):
            yield from roster.above(name)
        if not rank:
            yield self._policy.ownership.superior
        yield from self._steps[rank:]

    @property
    def _steps(self) -> tuple[str, ...]:
        # The levels of the common chain, as a broken promise climbs them: one scale for both ways of calling.
        policy = self._policy
        levels = (link.to for link in links(None, policy.chain, policy.ladder) if link.level)
        return tuple(dict.fromkeys(to for to in levels if to not in (OWNER, LEAD, ROTA)))

    def rank(self, name: str) -> int:
        """Return the place of a person or role on the ladder, 1 for its first step; 0 for none."""
        member = self._policy.roster.member(name)
        return self._rank({name, *(member.roles if member else ())})

    def _rank(self, names: Collection[str]) -> int:
        return max((place for place, step in enumerate(self._steps, 1) if step in names), default=0)

    def level(self, to: str) -> int:
        """Return the level of a person or role, 1 and up."""
        return max(self.rank(to), 1)

    # --- who may

    def addressed(self, case: Complaint, actor: Actor, to: str, now: datetime) -> bool:
        """Say whether somebody is who was called, or stands in for them: whoever is told of it."""
        roster = self._policy.roster
        told = roster.readers(to, case, now)
        by_role = roster.is_role(to) and roster.serves(actor, to)
        return by_role or any(same(actor.name, one) or actor.is_a(one) for one in told)

    def above(self, actor: Actor, to: str) -> bool:
        """Say whether somebody stands above a person or role."""
        if any(same(actor.name, one) for one in self._policy.roster.above(to)):
            return True
        return self._rank({actor.name, *actor.roles}) > self.rank(to)

    # --- by when

    def clock(self, case: Complaint, start: datetime, name: str, to: str, within: Span | None = None) -> Clock:
        """Return the clock by which an escalation is answered.

        Args:
            case: The case.
            start: From when it counts.
            name: Its name within the case.
            to: Who has to answer.
            within: How long they have; where it is not given, as the standard says.
        """
        policy = self._policy
        found = () if within else policy.clock(ESCALATION, case, start, name=name, who=to)
        if found:
            return found[0]
        span = within or FALLBACK
        # As a date, and not as a span: a rule's own time does not give way to a standard once the case is known better.
        given = policy.clock_until(ESCALATION, case, start, policy.until(span, start), name=name, who=to)
        return evolve(given, standard=f"{name}: {span} to see it ({policy.version})")
