"""By what time is counted here: the place, the calendars of working time, and the rule packs that hold."""

from collections.abc import Callable, Iterable
from typing import Self
from zoneinfo import ZoneInfo

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.changing import evolve
from complaintkit.clocks.calendar import Calendar
from complaintkit.errors import NotFound, SettingsError
from complaintkit.policy.packs import OFFICE, RulePack, Wanted, check_counted


def _unknown(identity: str) -> Calendar:
    raise NotFound(identity, "is a calendar of no setting, and nothing was kept here")


@frozen(kw_only=True)
class Counting:
    """The part of the policy by which time is counted.

    Attributes:
        zone: Place whose calendar counts days.
        calendars: The calendars of working time.
        calendar: Name of the one that counts where a standard names none.
        wanted: The rule packs that the settings put to use.
        packs: Those, as they are.
        archive: Gives a calendar by its identity that is in no setting any more: clocks that began by it count by it.
    """

    zone: ZoneInfo = field(factory=lambda: ZoneInfo("UTC"))
    calendars: tuple[Calendar, ...] = ()
    calendar: str = OFFICE
    wanted: tuple[Wanted, ...] = ()
    packs: tuple[RulePack, ...] = ()
    archive: Callable[[str], Calendar] = field(default=_unknown, eq=False, repr=False)

    def with_packs(self, packs: Iterable[RulePack]) -> Self:
        """Return the policy with those rule packs in use that the settings want.

        Raises:
            SettingsError: One that is wanted is not there, or its working days no calendar counts.
        """
        known = tuple(packs)
        taken = tuple(one.taken(known) for one in self.wanted)
        for pack in taken:
            path = f"policy.rules.{pack.name}"
            calendars = {one.name for one in (*self.calendars, *self.brought(pack))}
            if pack.calendar and pack.calendar not in calendars:
                there = ", ".join(sorted(calendars))
                raise SettingsError(f"{path}.calendar", f"there is no calendar {pack.calendar!r}; there are {there}")
            check_counted(pack.standards, calendars, pack.calendar or self.calendar, path)
        return evolve(self, packs=taken)

    def brought(self, pack: RulePack) -> tuple[Calendar, ...]:
        """Return the calendars that a rule pack brings, made for this place.

        Raises:
            SettingsError: One of them cannot be made; the path names the pack.
        """
        try:
            return tuple(one.made(self.zone) for one in pack.calendars)
        except SettingsError as error:
            raise SettingsError(f"rule pack {pack.name}: {error.path}", error.problem) from error

    def holding(self, case: Complaint, channel: str) -> tuple[RulePack, ...]:
        """Return the rule packs that hold for a case.

        Args:
            case: The case.
            channel: Kind of the channel by which it came.
        """
        return tuple(pack for pack in self.packs if pack.holds(case, channel, self.place(pack)))

    def place(self, pack: RulePack | None) -> ZoneInfo:
        """Return the place whose days count: that of a rule pack's calendar, else the policy's own."""
        calendar = self.named(pack.calendar, pack) if pack and pack.calendar else None
        return calendar.zone if calendar else self.zone

    def counting(self, clock: Clock) -> Calendar | None:
        """Return the calendar by which a clock counts, or `None`."""
        return self.pinned(clock.reckoning.calendar) if clock.reckoning.calendar else None

    def pinned(self, identity: str) -> Calendar:
        """Return a calendar by its identity.

        Raises:
            NotFound: It is neither in the settings nor in the archive.
        """
        packed = (one for pack in self.packs for one in self.brought(pack))
        found = next((one for one in (*self.calendars, *packed) if one.identity == identity), None)
        return found or self.archive(identity)

    def named(self, name: str, pack: RulePack | None = None) -> Calendar | None:
        """Return a calendar of the settings by its name, else one that a rule pack brings."""
        return next((one for one in (*self.calendars, *(self.brought(pack) if pack else ())) if one.name == name), None)
