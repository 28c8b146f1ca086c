"""Rule packs: the deadlines of a law, a regulator or a code, as dated data with their sources. Check before use."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from attrs import evolve, field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.calendar import Calendar
from complaintkit.errors import SettingsError
from complaintkit.policy.standards import For, Standard

# What every rule pack says of itself: it is data, written down with care, and no legal advice.
CHECK_BEFORE_USE = "check before use: compare with the source as it stands today, and with your own legal advice"


@frozen(kw_only=True)
class RulePack:
    """The deadlines of one regime.

    Attributes:
        name: Its name, such as `uk-fca-disp`.
        version: Version of this data.
        title: What it is called among people.
        jurisdiction: Where it holds: a country code, or `EU`, or `international`.
        source: Where its figures come from.
        checked: When somebody last compared it with the source.
        effective: From which day complaints are under it, by the day of receipt; `ends` until which, none for no end.
        note: What a reader must know: what is not in it, and which of its points are uncertain.
        standards: Its deadlines. Each runs beside the organisation's own.
        applies: Which complaints it holds for of itself.
        by_hand: Whether it holds only where a person says so, such as a kind of dispute that no field tells.
        calendar: Name of the calendar that counts its working days; one of the policy's goes before its own.
        calendars: The calendars it brings.
        answers: What an answer under it has to contain, by kind of clock.
    """

    name: str = field(validator=validators.matches_re(r"[a-z][a-z0-9-]*"))
    version: str
    title: str
    jurisdiction: str
    source: str
    checked: date
    effective: date
    standards: tuple[Standard, ...]
    ends: date | None = None
    note: str = ""
    applies: For = For()
    by_hand: bool = False
    calendar: str = ""
    calendars: tuple[Calendar, ...] = ()
    answers: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)

    def holds(self, case: Complaint, channel: str) -> bool:
        """Say whether a complaint is under it: of itself, or because a person said so."""
        if self.name in case.handling.rules:
            return True
        if self.by_hand or self.name in case.handling.no_rules:
            return False
        day = case.received_at.date()
        in_force = self.effective <= day and (self.ends is None or day <= self.ends)
        return in_force and self.applies.holds(case, channel)


@frozen(kw_only=True)
class Wanted(For):
    """A rule pack that the settings put to use: the table `[policy.rules.<name>]`.

    Conditions given here take the place of those of the pack, all of them.

    Attributes:
        name: Its name.
        calendar: Calendar of the policy that counts its working days; empty for the pack's own.
        by_hand: Whether it holds only where a person says so; `None` as the pack has it.
        effective: From which day of receipt it is applied here, where that is not the pack's own.
    """

    name: str
    calendar: str = ""
    by_hand: bool | None = None
    effective: date | None = None

    def taken(self, packs: Iterable[RulePack]) -> RulePack:
        """Return the pack of this name as it is wanted.

        Raises:
            SettingsError: There is none of this name.
        """
        known = {one.name: one for one in packs}
        if self.name not in known:
            there = ", ".join(sorted(known)) or "none: install a plugin that brings them"
            raise SettingsError(f"policy.rules.{self.name}", f"there is no such rule pack; there are {there}")
        pack = known[self.name]
        conditions = For(
            channels=self.channels, categories=self.categories, severities=self.severities, segments=self.segments,
            products=self.products,
        )  # fmt: skip
        return evolve(
            pack,
            applies=conditions if conditions.narrowness else pack.applies,
            calendar=self.calendar or pack.calendar,
            by_hand=pack.by_hand if self.by_hand is None else self.by_hand,
            effective=self.effective or pack.effective,
        )


def check_counted(standards: Iterable[Standard], calendars: Collection[str], common: str, path: str) -> None:
    """Refuse a standard whose working time no calendar counts.

    Args:
        standards: The standards.
        calendars: Names of the calendars there are.
        common: Name of the one that counts where a standard names none.
        path: Where the standards stand.

    Raises:
        SettingsError: The calendar it needs is not there.
    """
    for place, one in enumerate(standards):
        name = one.calendar or common
        if (one.calendar or one.needs_calendar) and name not in calendars:
            there = ", ".join(sorted(calendars))
            raise SettingsError(f"{path}[{place}].calendar", f"there is no calendar {name!r}; there are {there}")
