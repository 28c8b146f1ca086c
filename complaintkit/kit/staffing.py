"""What a kit offers about the people who work here, at either door: who is away, who has how much, whom to choose."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from complaintkit.case.actions import HandOver
from complaintkit.case.actor import Actor
from complaintkit.case.reference import read as read_reference
from complaintkit.checks import moment
from complaintkit.counts import Count
from complaintkit.desk import Desk
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.policy.roster import Fitting, Roster
from complaintkit.policy.staff import Absence, Away
from complaintkit.store.onlooker import Onlooker

_TICK: Final = timedelta(seconds=1)


@frozen(kw_only=True)
class Colleague:
    """Somebody who works here, or owns something here.

    Attributes:
        name: Who.
        roles, skills: What they are and can do; empty for an owner who is not listed.
        load: How many open complaints they own.
        deputy: Who stands in for them when they are away; empty for nobody.
        away: Why they are not here now; `None` if they are.
    """

    name: str
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    load: int = 0
    deputy: str = ""
    away: Away | None = None


@frozen(kw_only=True)
class HandedOver:
    """What became of offering one of several complaints.

    Attributes:
        reference: The complaint.
        why_not: Why it could not be offered; empty if it was.
    """

    reference: str
    why_not: str = ""


class Staffing(ABC):
    """The part of a kit that knows who works here."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    def away(
        self,
        name: str,
        since: datetime | None = None,
        until: datetime | None = None,
        deputy: str = "",
        *,
        by: str | Actor = "",
        now: datetime | None = None,
    ) -> tuple[str, ...]:
        """Put on file that somebody is away; their superior is told of their open complaints.

        Args:
            name: Who.
            since: From when; `None` for now.
            until: Until when; `None` until they are back.
            deputy: Who stands in; by default the deputy of the settings.
            by: Who enters it: the person, or a superior.
            now: The moment of putting it on file.

        Returns:
            The references of their open complaints that are not confidential; they stay theirs until others accept.

        Raises:
            NotAllowed: Nobody is named in `by`, or somebody who is neither that person nor a superior.
            SettingsError: A name is nobody's here, or the absence ends before it begins.
        """
        now = moment(now or self.clock())
        absence = Absence(name=name.strip(), since=since or now, until=until, deputy=deputy.strip())
        desk, by = self._entering(by)
        return desk.away(absence, by, now)

    def back(self, name: str, now: datetime | None = None, *, by: str | Actor = "") -> Absence:
        """End the absence of somebody who is here again, or drop the next one planned; return it.

        Args:
            name: Who.
            now: The moment.
            by: Who enters it: the person, or a superior.

        Raises:
            NotAllowed: Nobody is named in `by`, or somebody who is neither that person nor a superior.
            SettingsError: Nothing says that they are away.
        """
        desk, by = self._entering(by)
        return desk.back(name.strip(), by, moment(now or self.clock()))

    def _entering(self, by: str | Actor) -> tuple[Desk, str | Actor]:
        """Return the desk that writes, and who enters something there."""
        return self.desk, by

    def colleagues(self, now: datetime | None = None, *, seen_by: Onlooker | None = None) -> tuple[Colleague, ...]:
        """Return everybody who works here, and whoever else owns open complaints.

        Args:
            now: The moment.
            seen_by: For whom the complaints are counted; `None` counts all.
        """
        now = moment(now or self.clock())
        roster, loads = self._looked(now, seen_by)
        listed = [
            Colleague(
                name=one.name, roles=tuple(sorted(one.roles)), skills=tuple(sorted(one.skills)),
                load=loads.get(one.name, 0), deputy=one.deputy, away=roster.absence(one.name, now),
            )
            for one in roster.members
        ]  # fmt: skip
        others = [name for name in loads if roster.member(name) is None]
        return (
            *listed,
            *(Colleague(name=name, load=loads[name], away=roster.absence(name, now)) for name in sorted(others)),
        )

    def absences(self, now: datetime | None = None) -> tuple[Absence, ...]:
        """Return the absences told while the desk runs that are not over, those to come too."""
        return self.desk.store.absences(moment(now or self.clock()))

    def suggest(
        self, reference: str, *, role: str = "", skill: str = "", by: str | Actor = "", now: datetime | None = None
    ) -> tuple[Fitting, ...]:
        """Return who could be offered a complaint, the one with least to do first.

        Args:
            reference: The complaint.
            role: A role they must have; empty for any.
            skill: A skill they must have; empty for the one its category needs by policy.
            by: Who asks; empty for whoever runs the kit.
            now: The moment.

        Raises:
            NotFound: There is no such complaint, or none for who asks.
        """
        now = moment(now or self.clock())
        roster, loads = self._looked(now)
        asks = self.desk.policy.actor(by) if isinstance(by, str) else by
        found = read_reference(reference) or reference
        case = self.desk.for_acting(found, asks) if asks.name else self.desk.store.case(found)
        return roster.fitting(case, loads, now, role, skill)

    def hand_over_all(
        self, name: str, to: str, *, by: str | Actor, reason: str, until: datetime | None = None,
        now: datetime | None = None,
    ) -> tuple[HandedOver, ...]:  # fmt: skip
        """Offer all open complaints of somebody to somebody else, each on its own; each has to be accepted.

        What is confidential is offered one by one by those who may know of it.
        """
        now = moment(now or self.clock())
        action = HandOver(to=to, reason=reason, until=until)
        owner = self.desk.policy.roster.written(name)
        return tuple(self._hand_over(one, action, by, now) for one in tuple(self.desk.open_of(owner)))

    def _hand_over(self, reference: str, action: HandOver, by: str | Actor, now: datetime) -> HandedOver:
        try:
            self.desk.act(reference, action, by, now)
        except (NotAllowed, NotFound) as error:
            return HandedOver(reference=reference, why_not=error.problem)
        return HandedOver(reference=reference)

    def _looked(self, now: datetime, seen_by: Onlooker | None = None) -> tuple[Roster, Mapping[str, int]]:
        self.desk.look_round(now)
        (counted,) = self.desk.store.count((Count("open", ("owner",)),), now, now + _TICK, seen_by)
        return self.desk.policy.roster, {owner: figure for (owner,), figure in counted.rows}
