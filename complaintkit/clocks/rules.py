"""When is something due? Elapsed time is worked out in UTC, days are counted in the calendar of a place."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

_DAY_END = time(23, 59, 59, 999999)
_SOONEST = timedelta(days=1)
_LATEST = timedelta(days=30)


@frozen(kw_only=True)
class Span:
    """A length of time as promises state it: exact hours, whole calendar days, or calendar months.

    Exact hours run at once and on every day. With days, the day of receipt is day 0 and the promise holds until the end
    of local day N, whether that day is a working day or not. With months it holds until the end of the local day of the
    same number; where that month is too short, until its last day.

    Attributes:
        hours: Exact hours, 0 or more.
        days: Calendar days, 0 or more.
        months: Calendar months, 0 or more; just one of the three is given.
    """

    hours: float = field(default=0.0, validator=validators.ge(0))
    days: int = field(default=0, validator=validators.ge(0))
    months: int = field(default=0, validator=(validators.ge(0), validators.le(1200)))

    def __attrs_post_init__(self) -> None:
        if sum(map(bool, (self.hours, self.days, self.months))) != 1:
            raise ValueError("a span is given in hours, in days or in months, and is longer than nothing")

    def after(self, start: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment at which the span from `start` ends, in UTC.

        Args:
            start: With time zone.
            zone: Place whose calendar counts days and months.
        """
        if self.hours:
            return start.astimezone(UTC) + timedelta(hours=self.hours)
        day = _later(start.astimezone(zone).date(), self.months) + timedelta(days=self.days)
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
