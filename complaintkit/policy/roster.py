"""Who may own a complaint, take it, stand in for its owner or hear of it: the people here, as one frozen object."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from unicodedata import category, normalize

from attrs import frozen

from complaintkit.case.actor import Actor, plain, same
from complaintkit.case.complaint import Complaint
from complaintkit.case.ownership import Offer
from complaintkit.case.secrecy import initiated
from complaintkit.errors import SettingsError
from complaintkit.policy.staff import STAFF_ROLES, Absence, Away, Member, Ownership


@frozen(kw_only=True)
class Fitting:
    """Somebody a case could be offered to.

    Attributes:
        name: Who.
        load: How many open complaints they own.
        skills: What they can do.
    """

    name: str
    load: int
    skills: tuple[str, ...] = ()


@frozen(kw_only=True)
class Roster:
    """The people who work here, and the rules of ownership.

    Attributes:
        members: Who works here; empty where nobody is listed, and then any name will do.
        absences: Absences that were told while the desk runs.
        queues: Owners that are no person.
        queue: The queue, or person, that owns what nobody took down.
        takers: Roles that may own complaints.
        rules: The rules.
    """

    members: tuple[Member, ...] = ()
    absences: tuple[Absence, ...] = ()
    queues: frozenset[str] = frozenset()
    queue: str = "desk"
    takers: tuple[str, ...] = ()
    rules: Ownership = Ownership()

    # --- names

    def member(self, name: str) -> Member | None:
        """Return the member of staff of a name, or `None`."""
        return next((one for one in self.members if same(one.name, name)), None)

    def written(self, name: str) -> str:
        """Return a name as it stands in the list of staff; as it is where it does not stand there."""
        found = self.member(name)
        return found.name if found else name.strip()

    def nearly(self, name: str) -> str:
        """Return the listed member that a name off the list seems to mean; empty for none, or for one on the list."""
        if self.member(name):
            return ""
        bare = {_bare(one.name): one.name for one in self.members}
        near = get_close_matches(_bare(name), bare, 1, 0.8)
        return bare[near[0]] if near else ""

    def nobody_left(self, case: Complaint) -> bool:
        """Say whether a case is about everybody of the listed staff who could own it."""
        able = [one for one in self.members if self._may_own(one)]
        return bool(able) and all(self.in_conflict(case, one.name) for one in able)

    def is_role(self, name: str) -> bool:
        """Say whether this is the name of a role and not of a person."""
        ours = name in self.queues or name in STAFF_ROLES or name in (self.rules.superior, *self.rules.seniors)
        return (ours or any(name in one.roles for one in self.members)) and self.member(name) is None

    def members_of(self, role: str) -> tuple[Member, ...]:
        """Return who has a role; for a queue that nobody has as a role, everybody who may own complaints."""
        having = tuple(one for one in self.members if role in one.roles)
        return having or (tuple(filter(self._may_own, self.members)) if self._open(role) else ())

    def _open(self, role: str) -> bool:
        named = role in STAFF_ROLES or any(role in one.roles for one in self.members)
        return role in self.queues and not named

    def _may_own(self, member: Member) -> bool:
        return bool(member.roles & frozenset(self.takers))

    # --- who may

    def senior(self, actor: Actor) -> bool:
        """Say whether somebody may move complaints that are others'."""
        return bool(actor.roles & frozenset(self.rules.seniors))

    def serves(self, actor: Actor, role: str) -> bool:
        """Say whether what belongs to a role is for somebody to take."""
        return actor.is_a(role) or self._open(role)

    def skilled(self, name: str, skill: str) -> bool:
        """Say whether somebody has a skill; everybody has where no list of staff tells."""
        found = self.member(name)
        return not skill or found is None or skill in found.skills

    def unfit(self, case: Complaint, to: str, skill: str) -> str:
        """Return why a case cannot be offered to a person or role; empty if it can."""
        with_skill = f" who can do {skill}" if skill else ""
        if not self.initiated(case, to):
            return f"it is confidential, and {to} is none of its handlers; name them as one first"
        if self.is_role(to):
            lacking = self.members and not self._able(case, to, skill)
            return f"nobody in the role {to}{with_skill} could accept it" if lacking else ""
        if self.in_conflict(case, to):
            return f"{to} must have nothing to do with it"
        found = self.member(to)
        if found is None:
            return f"there is neither a person nor a role called {to!r} here" if self.members else ""
        if not self._may_own(found):
            return f"{found.name} has no role that may own complaints ({', '.join(self.takers)})"
        return "" if self.skilled(found.name, skill) else f"{found.name} cannot do {skill}"

    def left(self, case: Complaint, offer: Offer) -> tuple[str, ...]:
        """Return who can still accept an offer to a role, as far as the list of staff tells."""
        able = self._able(case, offer.to, offer.skill) if self.is_role(offer.to) else ()
        return tuple(one for one in able if one not in offer.declined)

    def _able(self, case: Complaint, role: str, skill: str) -> tuple[str, ...]:
        return tuple(
            one.name
            for one in self.members_of(role)
            if self._may_own(one) and self.skilled(one.name, skill) and not self.in_conflict(case, one.name)
        )

    def enough(self, offers: int) -> bool:
        """Say whether so many offers in vain call for a superior."""
        return offers >= self.rules.in_vain

    # --- absence

    def answers_for(self, actor: Actor, name: str) -> bool:
        """Say whether somebody may enter that a person is away or back: that person, or a superior."""
        return self.senior(actor) or any(same(actor.name, one) for one in (name, *self.above(name)))

    def absence(self, name: str, now: datetime) -> Away | None:
        """Return why somebody is not at work at a moment, the latest told first; `None` if they are."""
        told: list[Away] = [one for one in self.absences if same(one.name, name)]
        found = self.member(name)
        told += found.away if found else ()
        return max((one for one in told if one.covers(now)), key=lambda one: one.since, default=None)

    def stand_in(self, name: str, case: Complaint, now: datetime) -> str:
        """Return who acts for somebody at a moment: the person, the deputy, the deputy's deputy.

        Nobody the case is about stands in; in their place their superior does. Where everybody in the line is away,
        the person stays responsible.
        """
        for one in self._line(name, case, now):
            if self.is_role(one) or not (self.absence(one, now) or self.in_conflict(case, one)):
                return one
        return self.superior(case, name) if self.in_conflict(case, name) else name

    def _line(self, name: str, case: Complaint, now: datetime) -> Iterator[str]:
        seen: set[str] = set()
        while name and plain(name) not in seen:
            seen.add(plain(name))
            yield name
            away, found = self.absence(name, now), self.member(name)
            if self.in_conflict(case, name):
                name = found.reports_to if found and found.reports_to else self.rules.superior
            else:
                name = (away.deputy if away else "") or (found.deputy if found else "")

    # --- conflict of interest

    def in_conflict(self, case: Complaint, name: str) -> bool:
        """Say whether somebody must have nothing to do with a case because it is about them, or about a superior."""
        if not case.about:
            return False
        return case.concerns(name) or (self.rules.conflict_line and any(map(case.concerns, self.above(name))))

    def above(self, name: str) -> Iterator[str]:
        """Yield the superiors of somebody, the nearest first."""
        seen = {plain(name)}
        while (found := self.member(name)) and found.reports_to and plain(found.reports_to) not in seen:
            name = found.reports_to
            seen.add(plain(name))
            yield name

    def superior(self, case: Complaint, name: str) -> str:
        """Return the next superior of somebody who may have to do with a case, else the role that stands for one."""
        free = (one for one in self.above(name) if not self.in_conflict(case, one))
        return next(free, self.rules.superior)

    def replacement(self, case: Complaint, now: datetime) -> str:
        """Return who owns a case that its owner must have nothing to do with: a superior, else the queue."""
        above = next((one for one in self.above(case.owner) if not self.in_conflict(case, one)), self.queue)
        found = self.rules.superior if self.in_conflict(case, above) else self.written(above)
        return self.stand_in(found, case, now)

    def readers(self, name: str, case: Complaint, now: datetime) -> tuple[str, ...]:
        """Return who is told what somebody, or a role, has to hear of a case: the deputy too, and nobody it is about.

        A role that somebody has whom the case is about is told person by person. Of a confidential case nobody hears
        but those who may know of it.
        """
        told = self._hearing(name, case, now)
        if not case.secrecy:
            return told
        return tuple(one for one in told if self.initiated(case, one)) or (case.owner,)

    def _hearing(self, name: str, case: Complaint, now: datetime) -> tuple[str, ...]:
        if self.is_role(name):
            concerned = case.about and any(self.in_conflict(case, one.name) for one in self.members_of(name))
            return self._free(name, case) if concerned else (name,)
        if self.in_conflict(case, name):
            return self._hearing(self.superior(case, name), case, now)
        acts = self.stand_in(name, case, now)
        return (name,) if same(acts, name) else (name, acts)

    def initiated(self, case: Complaint, name: str) -> bool:
        """Say whether a person or role may know of a case as far as its secrecy goes."""
        found = self.member(name)
        return initiated(case, Actor(name, found.roles if found else ()))

    def _free(self, role: str, case: Complaint) -> tuple[str, ...]:
        having = () if self._open(role) else self.members_of(role)
        seniors = (one for one in self.members if one.roles & frozenset(self.rules.seniors))
        for group in (having, seniors, filter(self._may_own, self.members)):
            if free := tuple(one.name for one in group if not self.in_conflict(case, one.name)):
                return free
        return ()

    def check(self) -> None:
        """Refuse a list of staff that does not add up.

        Raises:
            SettingsError: A superior or deputy is nobody here, or oneself; an absence ends before it begins; or a
                person stands where a role has to.
        """
        for one in self.members:
            path = f"policy.staff.{one.name}"
            self._check_name(f"{path}.reports_to", one.name, one.reports_to)
            for name in (one.deputy, *(away.deputy for away in one.away)):
                self._check_name(f"{path}.deputy", one.name, name)
            if any(away.until is not None and away.until <= away.since for away in one.away):
                raise SettingsError(f"{path}.away", "an absence ends before it begins")
        if self.member(self.rules.superior):
            problem = f"{self.rules.superior!r} is a person; name a role, such as 'team-lead'"
            raise SettingsError("policy.ownership.superior", problem)

    def _check_name(self, path: str, own: str, name: str) -> None:
        if name and same(name, own):
            raise SettingsError(path, f"{own} cannot be their own; name somebody else, or nobody")
        if name and not (self.member(name) or self.is_role(name)):
            problem = f"there is neither a person nor a role called {name!r}; add [policy.staff.{name}]"
            raise SettingsError(path, problem)

    # --- whom to choose

    def fitting(
        self, case: Complaint, loads: Mapping[str, int], now: datetime, role: str = "", skill: str = ""
    ) -> tuple[Fitting, ...]:
        """Return who could be offered a case: the one with least to do first, and superiors after all others.

        They are at work, have a role that may own complaints, the role and skill asked for, and nothing to do with what
        the case is about. The owner is none of them.

        Args:
            case: The case.
            loads: Open complaints by owner.
            now: The moment.
            role: A role they must have; empty for any.
            skill: A skill they must have; empty for the one its category needs by policy, if any.
        """
        skill = skill or self.rules.skills.get(case.category, "")
        names = (
            one
            for one in self.members
            if (not role or role in one.roles) and not (self.absence(one.name, now) or same(one.name, case.owner))
        )
        able = [one for one in names if not self.unfit(case, one.name, skill)]
        fits = (Fitting(name=one.name, load=loads.get(one.name, 0), skills=tuple(sorted(one.skills))) for one in able)
        seniors = {one.name for one in able if one.roles & frozenset(self.rules.seniors)}
        return tuple(sorted(fits, key=lambda one: (one.name in seniors, one.load, one.name)))


def _bare(name: str) -> str:
    """Return a name as it is compared where a slip is likely: without accents, too."""
    return "".join(sign for sign in normalize("NFD", plain(name)) if category(sign) != "Mn")
