"""When the clocks of a place are changed: found to the second, and none is missed."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaintkit.clocks.changes import DAY, EPOCH, SECOND, YEARS, stretches_of

TICK = timedelta(microseconds=1)


def offset(zone: ZoneInfo, instant: int) -> int:
    """Return what the standard library says the local clock is ahead of UTC, in microseconds."""
    found = (EPOCH + instant * TICK).astimezone(zone).utcoffset()
    assert found is not None
    return found // TICK


def moment(*parts: int) -> int:
    """Return a moment in UTC as microseconds since 1970."""
    return (datetime(*parts, tzinfo=UTC) - EPOCH) // TICK  # type: ignore[misc, arg-type]


def test_a_place_without_changes_is_one_stretch() -> None:
    """UTC has never changed, and Manila not since 1990."""
    assert (1, (0,)) == (len(stretches_of(ZoneInfo("UTC")).starts), stretches_of(ZoneInfo("UTC")).offsets)
    assert stretches_of(ZoneInfo("Asia/Manila")).starts[-1] < moment(1991, 1, 1)


@pytest.mark.parametrize(
    ("name", "change", "before", "after"),
    [
        ("Europe/London", (2026, 3, 29, 1), 0.0, 1.0),
        ("Europe/London", (2026, 10, 25, 1), 1.0, 0.0),
        ("Europe/London", (2126, 3, 31, 1), 0.0, 1.0),
        ("Australia/Lord_Howe", (2026, 4, 4, 15), 11.0, 10.5),
        ("Pacific/Apia", (2011, 12, 30, 10), -10.0, 14.0),
        ("Africa/Monrovia", (1972, 1, 7, 0, 44, 30), -0.741_666_666_666_666_7, 0.0),
        ("Africa/Casablanca", (2026, 2, 15, 2), 1.0, 0.0),
    ],
)
def test_a_change_is_found_to_the_second(name: str, change: tuple[int, ...], before: float, after: float) -> None:
    """A stretch begins at the very second at which the clocks are changed, and the one before ends there."""
    stretches = stretches_of(ZoneInfo(name))
    place = stretches.at(moment(*change))
    assert moment(*change) == stretches.starts[place] == stretches.ends[place - 1]
    hours = [stretches.offsets[one] / 3600 / SECOND for one in (place - 1, place)]
    assert pytest.approx([before, after]) == hours


def check(name: str, step: int) -> int:
    """Compare offsets with those of the standard library, every step and about every change; return how many."""
    zone = ZoneInfo(name)
    stretches = stretches_of(zone)
    edges = [start + more for start in stretches.starts[1:] for more in (-SECOND, 0)]
    asked = [*range(0, moment(YEARS[1], 12, 31), step), *edges]
    for instant in asked:
        assert offset(zone, instant) == stretches.offsets[stretches.at(instant)], (name, EPOCH + instant * TICK)
    assert list(stretches.local) == sorted(stretches.local), name
    return len(asked)


@pytest.mark.parametrize("name", ["Europe/London", "Asia/Gaza", "America/St_Johns", "America/Boa_Vista"])
def test_no_change_is_missed(name: str) -> None:
    """Every 31 hours from 1970 to 2149, and about each change, the offset is that of the standard library."""
    assert check(name, DAY + 7 * 3600 * SECOND) > 50_000


@pytest.mark.slow
def test_no_change_is_missed_anywhere() -> None:
    """In every time zone there is, the offset is that of the standard library every 31 hours and about each change."""
    assert sum(check(name, DAY + 7 * 3600 * SECOND) for name in zoneinfo.available_timezones()) > 10_000_000
