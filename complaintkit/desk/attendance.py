"""Who is here: absences are told while the desk runs, and count at once for whoever works at it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from complaintkit import notices
from complaintkit.case.actor import Actor, same
from complaintkit.changing import evolve
from complaintkit.desk.base import Seat
from complaintkit.errors import NotAllowed, SettingsError
from complaintkit.policy.staff import Absence
from complaintkit.store.port import Filter

_PAGE: Final = 200


class Attendance(Seat):
    """Puts on file who is away and who is back."""

    def away(self, absence: Absence, by: str | Actor, now: datetime) -> tuple[str, ...]:
        """Put an absence on file; a superior is told of the open complaints.

        Args:
            absence: The absence.
            by: Who enters it: the person, or a superior; else a deputy of one's own choice would get at the complaints.
            now: The moment.

        Returns:
            The references of those that are not confidential.

        Raises:
            NotAllowed: Who enters it may not.
            SettingsError: There is nobody of this name, or of the deputy's; or it ends before it begins, or is over.
        """
        self.look_round(now)
        absence = evolve(absence, by=self._entering(by, absence.name))
        roster = self.policy.roster
        absence = evolve(absence, name=self._known(absence.name), deputy=absence.deputy and self._known(absence.deputy))
        if same(absence.name, absence.deputy):
            raise SettingsError(f"staff.{absence.name}", "nobody is their own deputy; name somebody else")
        if absence.until is not None and absence.until <= max(absence.since, now):
            raise SettingsError(f"staff.{absence.name}", "the absence has to end later, after it began")
        references = tuple(self.open_of(absence.name))
        member = roster.member(absence.name)
        deputy = absence.deputy or (member.deputy if member else "")
        with self.store.begin() as unit:
            unit.put_absence(absence)
            if references:
                unit.add_notice(notices.away(absence, deputy, references, self.policy, now))
        self.look_round(now)
        return references

    def back(self, name: str, by: str | Actor, now: datetime) -> Absence:
        """End the absence of somebody who is here again; where none has begun, drop the next one that is planned.

        Raises:
            NotAllowed: Who ends it is neither that person nor a superior.
            SettingsError: Nothing says that they are away, or only the settings do.
        """
        self.look_round(now)
        self._entering(by, name)
        name = self._known(name)
        told = [one for one in self.policy.absences if same(one.name, name)]
        running = [one for one in told if one.covers(now)]
        ended = tuple(running or sorted(told, key=lambda one: one.since)[:1])
        if not ended:
            planned = self.policy.roster.absence(name, now) is not None
            problem = f"is planned in [policy.staff.{name}] away; change it there" if planned else "is not away"
            raise SettingsError(f"staff.{name}", problem)
        with self.store.begin() as unit:
            for one in ended:
                if one.since < now:
                    unit.put_absence(evolve(one, until=now))
                else:
                    unit.drop_absence(one)
        self.look_round(now)
        return ended[0]

    def open_of(self, owner: str) -> Iterator[str]:
        """Yield the references of somebody's open complaints that are not confidential, the most urgent first."""
        offset = 0
        while found := self.store.cases(Filter(open=True, owner=owner, limit=_PAGE, offset=offset)):
            yield from (case.reference for case in found if not (case.about or case.secrecy))
            offset += _PAGE

    def _entering(self, by: str | Actor, name: str) -> str:
        """Return the name of who enters that somebody is away or back, or refuse."""
        actor = self.policy.actor(by) if isinstance(by, str) else by
        if not actor.name.strip():
            raise NotAllowed("-", "away needs the name of who enters it")
        if why := self.policy.looking_refusal("away", actor):
            raise NotAllowed("-", why)
        if not self.policy.roster.answers_for(actor, name):
            seniors = ", ".join(self.policy.roster.rules.seniors)
            raise NotAllowed("-", f"away: {name} or a superior enters that ({seniors}); {actor.name} is neither")
        return actor.name

    def _known(self, name: str) -> str:
        roster = self.policy.roster
        if not name.strip() or (roster.members and roster.member(name) is None):
            listed = ", ".join(one.name for one in roster.members)
            raise SettingsError("staff", f"there is nobody called {name!r} here; there are: {listed}")
        return roster.written(name)
