"""When is something due? Elapsed time is worked out in UTC, days are counted in the calendar of a place."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import field, frozen, validators

_DAY_END = time(23, 59, 59, 999999)


@frozen(kw_only=True)
class Span:
    """A length of time as promises state it: exact hours, or whole calendar days.

    Exact hours run at once and on every day. With days, the day of receipt is day 0 and the promise holds until the end
    of local day N, whether that day is a working day or not.

    Attributes:
        hours: Exact hours, 0 or more.
        days: Calendar days, 0 or more; one of the two is given, not both.
    """

    hours: float = field(default=0.0, validator=validators.ge(0))
    days: int = field(default=0, validator=validators.ge(0))

    def __attrs_post_init__(self) -> None:
        if bool(self.hours) == bool(self.days):
            raise ValueError("a span is given in hours or in days, and is longer than nothing")

    def after(self, start: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment at which the span from `start` ends, in UTC.

        Args:
            start: With time zone.
            zone: Place whose calendar counts the days.
        """
        if self.hours:
            return start.astimezone(UTC) + timedelta(hours=self.hours)
        day = start.astimezone(zone).date() + timedelta(days=self.days)
        return datetime.combine(day, _DAY_END, tzinfo=zone).astimezone(UTC)
