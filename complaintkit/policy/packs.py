"""Rule packs: the deadlines of a law, a regulator or a code, as dated data with their sources. Check before use."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import DUTY
from complaintkit.case.subject import DemandKind
from complaintkit.changing import evolve
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.reading import calendar_of
from complaintkit.errors import SettingsError
from complaintkit.policy.standards import For, Standard, Starts

# What every rule pack says of itself: it is data, written down with care, and no legal advice.
CHECK_BEFORE_USE = "check before use: compare with the source as it stands today, and with your own legal advice"
# The calendar that every policy has, whatever its settings say; see `Timing.named`.
OFFICE: Final = "office"
_RECEIPT: Final[tuple[Starts, ...]] = ("receipt", "registration")
_DEMAND: Final[tuple[Starts, ...]] = ("demand",)
_DUTY: Final[tuple[Starts, ...]] = ("awareness", "receipt", "registration", "forwarding", "hand")
# Kinds of clock that a rule pack may run, and from when each may count. What is not here would never start.
KINDS: Final[Mapping[str, tuple[Starts, ...]]] = MappingProxyType(
    {
        "registration": ("receipt",),
        "acknowledgement": _RECEIPT,
        "first_response": (*_RECEIPT, "acknowledgement"),
        "final_response": (*_RECEIPT, "acknowledgement"),
        "summary_resolution": _RECEIPT,
        "follow_up": ("receipt",),
        "review_acknowledgement": ("review",),
        "review": ("review", "acknowledgement"),
        "referral_window": ("response",),
        **{f"demand_{kind}": _DEMAND for kind in DemandKind},
    }
)


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _standards(given: Iterable[Standard]) -> tuple[Standard, ...]:
    return tuple(given)


@frozen(kw_only=True)
class PackCalendar:
    """The working time of a place, as a rule pack states it; the calendar is made where the pack is in use.

    Attributes:
        name: What the pack calls it.
        zone: The place whose days count; empty for the policy's own, where a country has several zones.
        hours: Hours by weekdays, several intervals with a comma between: `{"mon-fri": "09:00-12:00, 13:00-17:00"}`.
        holidays: Whose public holidays are closed: codes of ISO 3166, such as `GB-ENG`.
        not_holidays: Days among those on which work is done all the same, such as `12-26`.
    """

    name: str = field(validator=validators.min_len(1))
    zone: str = ""
    hours: Mapping[str, str] = field(factory=lambda: {"mon-fri": "09:00-17:00"}, converter=frozen_mapping)
    holidays: tuple[str, ...] = field(default=(), converter=_texts)
    not_holidays: tuple[str, ...] = field(default=(), converter=_texts)

    def made(self, zone: ZoneInfo) -> Calendar:
        """Return the calendar.

        Args:
            zone: The place that counts where it names none.

        Raises:
            SettingsError: Something in it is wrong, or its holidays are not known.
        """
        return _made(self, zone)


@lru_cache(maxsize=64)  # a policy is read more than once, and looking up sixty years of holidays takes a while
def _made(one: PackCalendar, zone: ZoneInfo) -> Calendar:
    raw = {
        **({"zone": one.zone} if one.zone else {}),
        "hours": {days: [part.strip() for part in hours.split(",")] for days, hours in one.hours.items()},
        "holidays": list(one.holidays),
        "not_holidays": list(one.not_holidays),
    }
    return calendar_of(one.name, raw, zone, f"calendars.{one.name}")


def _packed(given: Iterable[PackCalendar]) -> tuple[PackCalendar, ...]:
    return tuple(given)


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
    version: str = field(validator=validators.min_len(1))
    title: str = field(validator=validators.min_len(1))
    jurisdiction: str = field(validator=validators.min_len(1))
    source: str = field(validator=validators.min_len(1))
    checked: date
    effective: date
    standards: tuple[Standard, ...] = field(converter=_standards)
    ends: date | None = None
    note: str = ""
    applies: For = For()
    by_hand: bool = False
    calendar: str = ""
    calendars: tuple[PackCalendar, ...] = field(default=(), converter=_packed)
    answers: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)

    def __attrs_post_init__(self) -> None:
        if self.ends is not None and self.ends < self.effective:
            raise ValueError(f"ends on {self.ends}, before it begins on {self.effective}")
        for what, names in (
            ("standards", [one.name for one in self.standards]), ("calendars", [one.name for one in self.calendars]),
        ):  # fmt: skip
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"{what} has {twice[0]!r} twice; each needs a name of its own")
        if OFFICE in (one.name for one in self.calendars):
            raise ValueError(f"calendars has {OFFICE!r}, which every policy has and which would go before it")
        for one in self.standards:
            check_startable(one)
        if unknown := [kind for kind in self.answers if not _begins(kind)]:
            raise ValueError(f"answers has {unknown[0]!r}, and there is no such kind of clock; {_told()}")

    def holds(self, case: Complaint, channel: str, zone: ZoneInfo) -> bool:
        """Say whether a complaint is under it: of itself, or because a person said so.

        Args:
            case: The complaint.
            channel: Kind of the channel by which it came.
            zone: Place whose calendar tells the day of receipt.
        """
        if self.name in case.handling.rules:
            return True
        if self.by_hand or self.name in case.handling.no_rules:
            return False
        day = case.received_at.astimezone(zone).date()
        in_force = self.effective <= day and (self.ends is None or day <= self.ends)
        return in_force and self.applies.holds(case, channel)


@frozen
class Bound:
    """A standard as it holds for a complaint: the organisation's own, or one of a rule pack."""

    standard: Standard
    pack: RulePack | None = None

    @property
    def suffix(self) -> str:
        """Return what its clocks are told apart by."""
        return f":{self.pack.name}" if self.pack else ""

    @property
    def after_word(self) -> bool:
        """Say whether its clocks count from the acknowledgement."""
        return self.standard.starts == "acknowledgement"


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
            SettingsError: There is none of this name, or it would end before it begins.
        """
        known = {one.name: one for one in packs}
        if self.name not in known:
            there = ", ".join(sorted(known)) or "none: install a plugin that brings them"
            raise SettingsError(f"policy.rules.{self.name}", f"there is no such rule pack; there are {there}")
        pack = known[self.name]
        effective = self.effective or pack.effective
        if pack.ends is not None and pack.ends < effective:
            raise SettingsError(f"policy.rules.{self.name}.effective", f"the pack ends on {pack.ends}, before that")
        conditions = For(
            channels=self.channels, categories=self.categories, severities=self.severities, segments=self.segments,
            products=self.products,
        )  # fmt: skip
        return evolve(
            pack,
            applies=conditions if conditions.narrowness else pack.applies,
            calendar=self.calendar or pack.calendar,
            by_hand=pack.by_hand if self.by_hand is None else self.by_hand,
            effective=effective,
        )


def check_startable(one: Standard) -> None:
    """Refuse a standard of a rule pack whose clock would never start, or that may pause though the law sets it.

    Raises:
        ValueError: Its kind of clock is unknown, that kind never counts from there, or it is pausable.
    """
    begins = _begins(one.clock)
    if not begins:
        raise ValueError(f"{one.name}: there is no kind of clock {one.clock!r}; {_told()}")
    if one.starts not in begins:
        raise ValueError(f"{one.name}: {one.clock} cannot count from {one.starts!r}, but from {' or '.join(begins)}")
    if one.pausable:
        raise ValueError(f"{one.name}: a deadline that others set does not pause; take pausable out")


def _begins(kind: str) -> tuple[Starts, ...]:
    return _DUTY if kind.startswith(DUTY) and kind != DUTY else KINDS.get(kind, ())


def _told() -> str:
    return f"there are {', '.join(KINDS)}, and {DUTY} with a name of your own behind it"


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
