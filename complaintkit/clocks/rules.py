"""When is something due? Elapsed time is worked out in UTC, days are counted in the calendar of a place."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

_DAY_END = time(23, 59, 59, 999999)
_SOONEST = timedelta(days=1)
_LATEST = timedelta(days=30)
_amount: Any = validators.ge(0)


def _figure(amount: float) -> float:
    """Return a whole number as the figure it is; whoever reads a span from elsewhere compares types."""
    return float(amount) if type(amount) is int else amount


_DAYS_A_WEEK: Final = 7
# A promise for longer than a century, or than ten years of work, is a slip of the hand; ours.
_HOURS: Final = 36600 * 24
_WORK: Final = 20000
# How a unit is called; one of it, and several.
_CALLED: Final = {
    "minutes": ("minute", "minutes"),
    "hours": ("hour", "hours"),
    "business_minutes": ("minute of working time", "minutes of working time"),
    "business_hours": ("hour of working time", "hours of working time"),
    "days": ("calendar day", "calendar days"),
    "business_days": ("working day", "working days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
}


@frozen(kw_only=True)
class Span:
    """A length of time as promises state it, in just one unit.

    Exact hours and minutes run at once and on every day. Working time counts while a calendar is open. With days, the
    day of receipt is day 0 and the promise holds until the end of local day N; calendar days count whether that day is
    a working day or not, working days only where it is. With months it holds until the end of the local day of the same
    number; where that month is too short, until its last day.

    Attributes:
        hours, minutes: Exact time, 0 or more.
        business_hours, business_minutes: Working time, 0 or more.
        days, business_days, weeks, months: Days, weeks of seven days, and months of the calendar, 0 or more.
    """

    hours: float = field(default=0.0, converter=_figure, validator=(_amount, validators.le(_HOURS)))
    days: int = field(default=0, validator=(_amount, validators.le(36600)))
    months: int = field(default=0, validator=(_amount, validators.le(1200)))
    minutes: float = field(default=0.0, converter=_figure, validator=(_amount, validators.le(60 * _HOURS)))
    business_hours: float = field(default=0.0, converter=_figure, validator=(_amount, validators.le(_WORK)))
    business_minutes: float = field(default=0.0, converter=_figure, validator=(_amount, validators.le(60 * _WORK)))
    business_days: int = field(default=0, validator=(_amount, validators.le(26000)))
    weeks: int = field(default=0, validator=(_amount, validators.le(5200)))

    def __attrs_post_init__(self) -> None:
        if sum(bool(getattr(self, one)) for one in _CALLED) != 1:
            units = ", ".join(_CALLED)
            raise ValueError(f"a span is given in one unit and is longer than nothing; units are {units}")

    def __str__(self) -> str:
        unit, amount = self.given
        return f"{amount:g} {_CALLED[unit][amount != 1]}"

    @property
    def given(self) -> tuple[str, float]:
        """Return the unit it is given in, and how many."""
        return next((one, amount) for one in _CALLED if (amount := getattr(self, one)))

    @property
    def exact(self) -> timedelta | None:
        """Return it as exact time; `None` where it is none."""
        return timedelta(hours=self.hours, minutes=self.minutes) or None

    @property
    def working(self) -> timedelta | None:
        """Return it as working time; `None` where it is none."""
        return timedelta(hours=self.business_hours, minutes=self.business_minutes) or None

    @property
    def calendar_days(self) -> int:
        """Return how many days of the calendar it has besides its months, working days not among them."""
        return self.days + _DAYS_A_WEEK * self.weeks

    @property
    def needs_calendar(self) -> bool:
        """Say whether it can only be counted by a calendar of working time."""
        return bool(self.working or self.business_days)

    def last_day(self, day: date) -> date:
        """Return the last day of a span of days, weeks or months that begins on a day, which is day 0."""
        return _later(day, self.months) + timedelta(days=self.calendar_days)


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a local day, in UTC."""
    return datetime.combine(day, _DAY_END, tzinfo=zone).astimezone(UTC)


def look_again(due_at: datetime, now: datetime) -> datetime:
    """Return when a broken promise is looked at again, once every step of the ladder was taken.

    The longer it has been broken the rarer: after half the time it is late, at least a day and at most thirty. Looking
    daily at what nobody does would bury the file under entries that say nothing new.

    Args:
        due_at: When it was due, with time zone.
        now: When it was looked at.
    """
    return now + min(max(_SOONEST, (now - due_at) / 2), _LATEST)


def _later(day: date, months: int) -> date:
    """Return the day of the same number some months later, or the last one of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
