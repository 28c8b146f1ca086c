"""When the clocks of a place are changed, found out from its time zone alone.

The standard library tells the offset of an instant but not when it changes. It is asked every third day, and between
two answers that differ the moment is narrowed down. No place has changed its clocks twice within three days since 1970:
the shortest time between two changes is seven days, less an hour (Gaza, when Ramadan falls into autumn).
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from attrs import frozen

# Working time is counted in whole microseconds: sums of floats would not give back what was added.
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
DAY: Final = 86_400 * SECOND

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
YEARS: Final = (1970, 2149)  # no complaint is older, and no deadline is a hundred years away
_STEP: Final = 3 * 86_400  # seconds
_FIRST: Final = -2 * 86_400
_LAST: Final = int((datetime(YEARS[1] + 1, 1, 3, tzinfo=UTC) - EPOCH).total_seconds())


@frozen(eq=False)
class Stretches:
    """The time of a place cut into stretches of one offset each, in microseconds since 1970.

    Attributes:
        starts: Instants at which they begin; the first one begins before all that is counted.
        offsets: What the local clock is ahead of UTC in each.
        local: What the local clock shows when each begins, as microseconds since 1970 of that clock.
        ends: Instants at which they end; the last one ends after all that is counted.
    """

    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    local: tuple[int, ...]
    ends: tuple[int, ...]

    def at(self, instant: int) -> int:
        """Return the place of the stretch that an instant belongs to."""
        return max(bisect_right(self.starts, instant) - 1, 0)

    def until(self, shown: int) -> int:
        """Return the instant up to which the local clock shows less than this, for the last time.

        What is shown twice counts the second time; what is never shown is passed at the moment of the change.
        """
        place = max(bisect_left(self.local, shown) - 1, 0)
        return min(self.ends[place], shown - self.offsets[place])


@lru_cache(maxsize=128)
def stretches_of(zone: ZoneInfo) -> Stretches:
    """Return the stretches of one offset of a place."""
    starts, offsets = [_FIRST], [_offset(_FIRST, zone)]
    for asked in range(_FIRST + _STEP, _LAST + _STEP, _STEP):
        if (offset := _offset(asked, zone)) != offsets[-1]:
            starts.append(_change(asked - _STEP, asked, zone))
            offsets.append(offset)
    return Stretches(
        starts=tuple(start * SECOND for start in starts),
        offsets=tuple(offset * SECOND for offset in offsets),
        local=tuple((start + offset) * SECOND for start, offset in zip(starts, offsets, strict=True)),
        ends=tuple(end * SECOND for end in (*starts[1:], _LAST + _STEP)),
    )


def _offset(second: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset() or timedelta()
    return offset.days * 86_400 + offset.seconds


def _change(before: int, after: int, zone: ZoneInfo) -> int:
    """Return the first second of the offset that holds after the change."""
    new = _offset(after, zone)
    return bisect_left(range(before, after), True, key=lambda second: _offset(second, zone) == new) + before
