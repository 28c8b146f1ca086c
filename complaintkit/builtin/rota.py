"""Who is on call: a table of the week, and dated shifts in its place, from `[plugins.rota]`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

from complaintkit import Call, Rota, SettingsError, hookimpl
from complaintkit.checks import aware
from complaintkit.clocks.hours import Week
from complaintkit.clocks.spot import Spot
from complaintkit.clocks.weeks import read_week


def _of_a_week(instance: object, attribute: object, hours: Mapping[str, tuple[str, ...]]) -> None:
    try:
        read_week(hours, Spot(""))
    except SettingsError as error:
        raise ValueError(f"{error.path.lstrip('.')}: {error.problem}") from None


_names: Any = validators.deep_iterable(validators.min_len(1))


@frozen(kw_only=True)
class Duty:
    """Hours of every week in which somebody is on call.

    Attributes:
        hours: By weekday or from one to another, as calendars have them: `{ mon-fri = ["08:00-18:00"] }`.
        names: Who, the first one first.
    """

    hours: Mapping[str, tuple[str, ...]] = field(validator=_of_a_week)
    names: tuple[str, ...] = field(validator=(validators.min_len(1), _names))

    @cached_property
    def week(self) -> Week:
        """Return the hours, Monday first."""
        return read_week(self.hours, Spot(""))

    def covers(self, local: datetime) -> bool:
        """Say whether a moment, as the clock of the place shows it, lies in these hours."""
        minute = local.hour * 60 + local.minute
        return any(one.opens <= minute < one.closes for one in self.week[local.weekday()])


@frozen(kw_only=True)
class Shift:
    """A time in which somebody is on call whatever the week says.

    Attributes:
        since, until: From when, until when.
        names: Who, the first one first; none for nobody.
    """

    since: datetime = field(validator=aware)
    until: datetime = field(validator=aware)
    names: tuple[str, ...] = field(default=(), validator=_names)

    def __attrs_post_init__(self) -> None:
        if self.until <= self.since:
            raise ValueError(f"ends at {self.until.isoformat()}, before it begins; swap since and until")


@frozen(kw_only=True)
class Settings:
    """The rota.

    Attributes:
        zone: Place whose clock the hours of the week mean.
        week: Hours of every week; several may hold at once, those named first come first.
        shifts: Dated shifts; the first that covers a moment takes the place of the week.
    """

    zone: ZoneInfo = field(factory=lambda: ZoneInfo("UTC"))
    week: tuple[Duty, ...] = ()
    shifts: tuple[Shift, ...] = ()

    def on_call(self, call: Call) -> tuple[str, ...]:
        """Return who is on call at the moment of a call."""
        for shift in self.shifts:
            if shift.since <= call.now < shift.until:
                return shift.names
        local = call.now.astimezone(self.zone)
        return tuple(dict.fromkeys(name for duty in self.week if duty.covers(local) for name in duty.names))


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Take the table."""
    return Settings


@hookimpl
def complaintkit_rotas(settings: Settings) -> Iterable[Rota]:
    """Offer the rota, once there is anything in it."""
    if settings.week or settings.shifts:
        yield Rota("rota", settings.on_call)
