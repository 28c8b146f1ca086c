"""The calendar: hours, dates of their own, later weeks; instants and days counted in them."""

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, exceptions

from complaintkit import SettingsError
from complaintkit.clocks.calendar import ALWAYS, Calendar, Hours, Version, always
from complaintkit.clocks.hours import parts_of
from complaintkit.clocks.reading import calendar_of

LONDON, MANILA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Manila")
NINE_TO_FIVE = {"mon-fri": ["09:00-17:00"]}
ENGLAND = calendar_of(
    "england",
    {
        "zone": "Europe/London",
        "hours": NINE_TO_FIVE,
        "holidays": "GB-ENG",
        "dates": {"2026-12-24": ["09:00-12:00"]},
    },
)
FEDERAL = calendar_of("federal", {"zone": "America/New_York", "hours": NINE_TO_FIVE, "holidays": "US"})


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """Return a moment as the local clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def local(moment: datetime, zone: ZoneInfo = LONDON) -> str:
    """Return what the local clock shows at a moment, with its offset."""
    assert moment.tzinfo is UTC
    return moment.astimezone(zone).isoformat(timespec="minutes")


def day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def week(*written: str, weekend: tuple[str, ...] = ()) -> tuple[tuple[Hours, ...], ...]:
    """Return a week with the same hours from Monday to Friday, and others on both days of the weekend."""
    return (tuple(parts_of(one)[0] for one in written),) * 5 + (tuple(parts_of(one)[0] for one in weekend),) * 2


def daily(zone: str, *written: str) -> Calendar:
    """Return a calendar with the same hours on every day."""
    return Calendar(name="daily", zone=ZoneInfo(zone), week=week(*written, weekend=written))


# --- the vectors of domain.md, section 7, that a calendar decides


def test_sixty_business_minutes_reach_over_the_weekend() -> None:
    """Sixty minutes from Friday 16:30, open from 9 to 17, end on Monday at 09:30 (domain.md 7)."""
    assert "2026-06-08T09:30+01:00" == local(ENGLAND.add(at("2026-06-05T16:30"), timedelta(minutes=60)))


def test_four_hours_over_a_half_day_and_christmas() -> None:
    """Four hours from 24 December 2026, 11:00, closing at 12:00, end on Tuesday the 29th at 12:00 (domain.md 7)."""
    assert "2026-12-29T12:00+00:00" == local(ENGLAND.add(at("2026-12-24T11:00"), timedelta(hours=4)))


@pytest.mark.parametrize(
    ("calendar", "start", "count", "due", "source"),
    [
        (ENGLAND, "2026-04-02", 3, "2026-04-09", "FCA DISP 1.5: third business day after receipt"),
        (ENGLAND, "2026-04-02", 15, "2026-04-27", "PSD2 art. 101: 15 business days"),
        (ENGLAND, "2026-04-02", 35, "2026-05-27", "PSD2 art. 101: 35 business days"),
        (ENGLAND, "2026-06-01", 5, "2026-06-08", "LGSCO code, stage 1: acknowledged within 5 working days"),
        (ENGLAND, "2026-06-03", 10, "2026-06-17", "LGSCO code, stage 1: answered within 10 working days"),
        (FEDERAL, "2026-07-01", 5, "2026-07-09", "21 CFR 803.10: 5 work days; 3 July 2026 is a federal holiday"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_working_days_of_the_law(calendar: Calendar, start: str, count: int, due: str, source: str) -> None:
    """Day 0 is the start; public holidays and weekends do not count (domain.md 7, rules 3 and 5)."""
    assert day(due) == calendar.day_after(day(start), count), source
    assert f"{due}T17:00" == local(calendar.close_of(day(due)), calendar.zone)[:16]


def test_exact_hours_run_through_both_changes_of_the_clocks() -> None:
    """24 h from Saturday noon end at 13:00 in spring; 2 h from 00:30 end at 01:30 GMT in autumn (domain.md 7)."""
    calendar = always(LONDON)
    assert "2026-03-29T13:00+01:00" == local(calendar.add(at("2026-03-28T12:00"), timedelta(hours=24)))
    assert "2026-10-25T01:30+00:00" == local(calendar.add(at("2026-10-25T00:30"), timedelta(hours=2)))


def test_a_pause_is_taken_off_by_what_elapsed_before_it() -> None:
    """Eight hours from Monday 9:00, paused from its noon to Wednesday noon, end on Wednesday at 17:00 (domain.md 7)."""
    left = timedelta(hours=8) - ENGLAND.elapsed(at("2026-06-01T09:00"), at("2026-06-01T12:00"))
    assert "2026-06-03T17:00+01:00" == local(ENGLAND.add(at("2026-06-03T12:00"), left))


# --- where the clocks change


@pytest.mark.parametrize(
    ("zone", "written", "date_", "hours"),
    [
        ("Europe/London", "00:00-24:00", "2026-03-29", 23.0),
        ("Europe/London", "00:00-24:00", "2026-03-30", 24.0),
        ("Europe/London", "00:00-24:00", "2026-10-25", 25.0),
        ("Europe/London", "01:30-04:00", "2026-03-29", 2.0),  # opens when the clocks jump, at 02:00
        ("Europe/London", "01:00-04:00", "2026-10-25", 4.0),  # the hour from 1 to 2 comes twice
        ("Europe/London", "01:15-01:45", "2026-10-25", 1.0),  # and so does what lies within it
        ("Australia/Lord_Howe", "00:00-24:00", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "00:00-24:00", "2026-10-04", 23.5),
        ("America/Havana", "00:00-08:00", "2026-03-08", 7.0),  # at midnight the clocks jump to 1
        ("America/Havana", "00:00-08:00", "2026-11-01", 9.0),  # at 1 they go back to midnight
        ("Asia/Beirut", "22:00-24:00", "2026-10-24", 3.0),  # at midnight they go back to 23:00, on the day before
        ("Antarctica/Troll", "00:00-08:00", "2026-03-29", 6.0),  # two hours at once
        ("America/St_Johns", "00:00-01:00", "2010-03-14", 1 / 60),  # a minute after midnight they jump to 01:01
        ("America/St_Johns", "23:00-24:00", "2010-11-06", 119 / 60),  # and went back to 23:01 in autumn
        ("Pacific/Apia", "00:00-24:00", "2011-12-29", 24.0),
        ("Pacific/Apia", "00:00-24:00", "2011-12-30", 0.0),  # a Friday that never was
    ],
)
def test_a_day_has_the_hours_that_really_pass(zone: str, written: str, date_: str, hours: float) -> None:
    """What is skipped does not count and what comes twice counts twice, on the local date the clock shows."""
    calendar = daily(zone, written)
    only = evolve(calendar, week=((),) * 7, dates={day(date_): calendar.week[0]})
    around = datetime.combine(day(date_), datetime.min.time(), UTC)
    found = only.elapsed(around - timedelta(days=3), around + timedelta(days=3))
    assert timedelta(hours=hours) == timedelta(seconds=round(found.total_seconds()))
    assert calendar.works_on(day(date_)) == bool(hours)


def test_an_opening_that_is_skipped_moves_to_the_change() -> None:
    """Hours from 01:30 on 29 March 2026 open in London when the clocks jump to 02:00, and close as they say."""
    calendar = daily("Europe/London", "01:30-04:00")
    assert "2026-03-29T02:00+01:00" == local(calendar.opening(at("2026-03-29T00:10")))
    assert "2026-03-29T04:00+01:00" == local(calendar.close_of(day("2026-03-29")))


@pytest.mark.parametrize(
    ("zone", "written", "date_", "closing"),
    [
        ("Europe/London", "00:00-01:00", "2026-10-25", "2026-10-25T01:00+01:00"),
        ("Europe/London", "00:00-01:30", "2026-10-25", "2026-10-25T01:30+00:00"),
        ("America/Havana", "20:00-24:00", "2026-10-31", "2026-10-31T23:59-04:00"),
        ("America/Havana", "00:00-00:30", "2026-11-01", "2026-11-01T00:30-05:00"),
    ],
)
def test_a_closing_that_comes_twice_is_the_second_one(zone: str, written: str, date_: str, closing: str) -> None:
    """Hours end when the clock shows their end for the last time; what ends as the repeated hour begins, ends once."""
    calendar = daily(zone, written)
    assert closing == local(calendar.close_of(day(date_)), calendar.zone)


def test_hours_that_are_skipped_altogether_make_no_working_day() -> None:
    """Hours from 01:10 to 01:50 do not come on 29 March 2026 in London: that day is not counted, and rolls on."""
    calendar = daily("Europe/London", "01:10-01:50")
    assert day("2026-03-30") == calendar.day_after(day("2026-03-28"), 1) == calendar.roll(day("2026-03-29"))
    assert "2026-03-29T23:59+01:00" == local(calendar.close_of(day("2026-03-29")))


def test_a_day_that_never_was_ends_with_the_one_before() -> None:
    """30 December 2011 was left out in Apia: it is no working day, and it closes when the 29th ends."""
    calendar = daily("Pacific/Apia", "09:00-17:00")
    apia = calendar.zone
    assert "2011-12-29T23:59-10:00" == local(calendar.close_of(day("2011-12-30")), apia)
    assert day("2011-12-31") == calendar.day_after(day("2011-12-29"), 1)
    eight = timedelta(hours=8)
    assert eight == calendar.elapsed(at("2011-12-29T17:00", apia), at("2011-12-31T17:00", apia))


def test_offsets_of_seconds_count_in_full() -> None:
    """Monrovia was 44 minutes and 30 seconds behind UTC until 1972; nine o'clock there was 09:44:30."""
    calendar = daily("Africa/Monrovia", "09:00-17:00")
    assert datetime(1971, 6, 1, 9, 44, 30, tzinfo=UTC) == calendar.opening(datetime(1971, 6, 1, tzinfo=UTC))


def test_what_comes_twice_is_told_apart() -> None:
    """Two moments that the wall clock shows alike, 01:30 before and after the change, lie an hour apart."""
    calendar = always(LONDON)
    once, again = at("2026-10-25T01:30"), at("2026-10-25T01:30").replace(fold=1)
    assert timedelta(hours=1) == calendar.elapsed(once, again)
    assert timedelta() == calendar.elapsed(again, once)


# --- opening and closing


def test_hours_end_before_their_last_moment() -> None:
    """At nine it is open, at five no more; the next opening is the next morning, or Monday."""
    assert [True, False] == [ENGLAND.open_at(at(f"2026-06-05T{hour}:00")) for hour in ("09", "17")]
    assert "2026-06-08T09:00+01:00" == local(ENGLAND.opening(at("2026-06-05T17:00")))
    assert at("2026-06-05T16:59") == ENGLAND.opening(at("2026-06-05T16:59"))


def test_what_fills_a_day_ends_with_it() -> None:
    """Eight hours from nine end at five, not at nine on the next day; no time at all ends where it starts."""
    assert "2026-06-03T17:00+01:00" == local(ENGLAND.add(at("2026-06-03T09:00"), timedelta(hours=8)))
    assert "2026-06-03T17:00+01:00" == local(ENGLAND.add(at("2026-06-03T03:00"), timedelta(hours=8)))
    assert "2026-06-03T03:00+01:00" == local(ENGLAND.add(at("2026-06-03T03:00"), timedelta()))


def test_a_day_closes_after_its_last_hours_or_at_its_very_end() -> None:
    """A half day closes at noon, a holiday with its last microsecond, and so does a day that is open until midnight."""
    assert "2026-12-24T12:00+00:00" == local(ENGLAND.close_of(day("2026-12-24")))
    ends = datetime(2026, 12, 25, 23, 59, 59, 999999, tzinfo=UTC)
    assert ends == ENGLAND.close_of(day("2026-12-25")) == ALWAYS.close_of(day("2026-12-25"))


def test_a_holiday_is_named() -> None:
    """A date with hours of its own has a name, any other has none."""
    names = [ENGLAND.holiday(day(f"2026-12-{number}")) for number in (23, 24, 25, 28)]
    assert ["", "shorter hours", "Christmas Day", "Boxing Day (observed)"] == names


def test_earlier_dates_keep_the_earlier_hours() -> None:
    """From 2027 on Saturday mornings are open, and afternoons are not; before, nothing changes."""
    calendar = Calendar(
        name="office",
        zone=LONDON,
        week=week("09:00-17:00"),
        later=[Version(since=day("2027-01-01"), week=week("09:00-12:00", weekend=("09:00-12:00",)))],
    )
    assert [False, True] == [calendar.works_on(day(text)) for text in ("2026-12-26", "2027-01-02")]
    assert "2026-12-31T17:00" == local(calendar.close_of(day("2026-12-31")))[:16]
    assert "2027-01-01T12:00" == local(calendar.close_of(day("2027-01-01")))[:16]
    assert timedelta(hours=8 + 3 + 3) == calendar.elapsed(at("2026-12-31T00:00"), at("2027-01-03T00:00"))


def test_what_is_always_open_is_plain_time() -> None:
    """Around the clock, working time is time, every day is a working day, and it is always open."""
    start = datetime(2026, 2, 27, 22, 15, tzinfo=UTC)
    assert start + timedelta(days=400, seconds=3) == ALWAYS.add(start, timedelta(days=400, seconds=3))
    assert ALWAYS.open_at(start)
    assert start == ALWAYS.opening(start)
    assert day("2026-03-01") == ALWAYS.day_after(day("2026-02-27"), 2)


# --- what cannot be


def test_hours_that_touch_become_one() -> None:
    """Nine to twelve and twelve to five is nine to five: the same working time has the same identity."""
    one, two = (
        Calendar(name="o", week=week(*written)) for written in (("09:00-17:00",), ("12:00-17:00", "09:00-12:00"))
    )
    assert one == two
    assert one.identity == two.identity


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Hours(opens=600, closes=600), "not within one day"),
        (lambda: Hours(opens=600, closes=1441), "not within one day"),
        (lambda: Calendar(name="o", week=week("09:00-12:00", "11:00-17:00")), "09:00-12:00 and 11:00-17:00 overlap"),
        (lambda: Calendar(name="o", week=week()[:5]), "a week has 7 days, Monday first, not 5"),
        (lambda: Calendar(name="", week=week()), "name"),
        (lambda: evolve(ALWAYS, dates={date(1969, 12, 31): ()}), "1969-12-31, and time is counted from 1970 to 2149"),
        (lambda: evolve(ALWAYS, later=[Version(since=date(2027, 1, 1), week=week())] * 2), "two weeks from one date"),
        (lambda: Version(since=date(2027, 1, 1), week=week()[:1]), "not 1"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(make: Callable[[], object], words: str) -> None:
    """Hours that overlap or leave the day, a week of five days, a date that is not counted: refused with the reason."""
    with pytest.raises(ValueError, match=words):
        make()


def test_a_calendar_without_further_hours_says_so() -> None:
    """Where no working time comes any more, nothing loops: whatever waits for it is refused, with what to do."""
    calendar = evolve(ENGLAND, week=((),) * 7)
    christmas = at("2026-12-24T11:00")
    assert "2026-12-24T12:00+00:00" == local(calendar.add(christmas, timedelta(hours=1)))
    for ask in (
        lambda: calendar.add(christmas, timedelta(hours=2)),
        lambda: calendar.opening(at("2026-12-24T12:00")),
        lambda: calendar.day_after(day("2026-12-24"), 1),
        lambda: calendar.roll(day("2026-12-25")),
    ):
        with pytest.raises(SettingsError, match=r"calendar england: .* never comes: .* give it some in its week"):
            ask()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: ENGLAND.add(datetime(2026, 1, 1), timedelta(1)), "start: 2026-01-01T00:00:00 has no time zone"),  # noqa: DTZ001
        (lambda: ENGLAND.add(at("2026-01-01"), -timedelta(1)), "time: -1 day, 0:00:00 is less than nothing"),
        (lambda: ENGLAND.day_after(day("2026-01-01"), -1), "count: -1 is less than none"),
        (lambda: ENGLAND.add(at("2026-01-01"), timedelta(days=30000)), "working time .* from 1970 to 2149"),
        (lambda: ENGLAND.elapsed(at("1969-12-31"), at("2026-01-01")), "start 1969-12-31T.* from 1970 to 2149"),
        (lambda: ENGLAND.opening(at("2150-01-02")), "at 2150-01-02T.* from 1970 to 2149"),
        (lambda: ENGLAND.works_on(day("2150-01-01")), "2150-01-01 is beyond"),
        (lambda: ENGLAND.day_after(day("2026-01-01"), 10**9), "working day 1000000000 after 2026-01-01 is beyond"),
    ],
)
def test_what_cannot_be_counted_is_refused(ask: Callable[[], object], words: str) -> None:
    """A moment without zone, less than nothing, and what lies beyond 1970 to 2149 are refused with what to do."""
    with pytest.raises(SettingsError, match=words):
        ask()


def test_all_that_is_counted_can_be_asked() -> None:
    """The first and the last moment and day that are counted have an answer in every zone at the edge of the world."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"):
        calendar = daily(zone, "09:00-17:00")
        first, last = datetime(1970, 1, 1, tzinfo=UTC), datetime(2149, 12, 31, 23, 59, tzinfo=UTC)
        years = (day("2150-01-01") - day("1970-01-01")).days
        assert abs(calendar.elapsed(first, last) - timedelta(hours=8) * years) < timedelta(hours=8)
        assert calendar.works_on(day("1970-01-01"))
        assert day("2149-12-31") == calendar.close_of(day("2149-12-31")).astimezone(calendar.zone).date()


# --- kept and passed on


def test_an_archived_calendar_is_the_same() -> None:
    """What is archived comes back equal, with the same identity and the same answers, names included."""
    again = Calendar.of_archive(ENGLAND.archived())
    assert (ENGLAND, ENGLAND.identity, hash(ENGLAND)) == (again, again.identity, hash(again))
    assert "Christmas Day" == again.holiday(day("2026-12-25"))
    assert ENGLAND.add(at("2026-12-24T11:00"), timedelta(hours=4)) == again.add(
        at("2026-12-24T11:00"), timedelta(hours=4)
    )
    assert again.knows(day("2060-12-31"))
    assert not again.knows(day("2061-01-01"))


def test_the_identity_is_what_is_in_it() -> None:
    """Whatever changes, changes the identity; what an older version has kept keeps the one it had."""
    changed = (
        evolve(ENGLAND, zone=MANILA),
        evolve(ENGLAND, name="wales"),
        evolve(ENGLAND, week=week("09:00-17:01")),
        evolve(ENGLAND, dates={**ENGLAND.dates, day("2026-06-01"): ()}),
        evolve(ENGLAND, names={}),
        evolve(ENGLAND, later=[Version(since=day("2027-01-01"), week=week("09:00-17:00"))]),
        evolve(ENGLAND, years=None),
    )
    assert 1 + len(changed) == len({one.identity for one in (ENGLAND, *changed)})
    assert not any(one == ENGLAND for one in changed)
    assert "always@6ff1fdf42d07" == ALWAYS.identity


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"calendar":1}', "cannot be read"),
        (json.dumps(json.loads(ALWAYS.archived()) | {"calendar": 2}), "was written in form 2"),
        (json.dumps(json.loads(ALWAYS.archived()) | {"zone": "Mars/Olympus"}), "cannot be read"),
        (json.dumps(json.loads(ALWAYS.archived()) | {"week": [["24:00-25:00"]] * 7}), "cannot be read"),
    ],
)
def test_what_is_no_archive_is_refused(text: str, words: str) -> None:
    """A text that is no calendar, or one of a later form, is refused, and by one kind of error."""
    with pytest.raises(SettingsError, match=words):
        Calendar.of_archive(text)


def test_it_goes_where_values_go() -> None:
    """It can be pickled, used as a key and derived from, and cannot be changed; an answer changes nothing in it."""
    ENGLAND.works_on(day("2026-01-01"))
    assert ENGLAND == pickle.loads(pickle.dumps(ENGLAND))  # noqa: S301 - our own bytes of a moment ago
    assert {ENGLAND: 1}[Calendar.of_archive(ENGLAND.archived())]
    assert ENGLAND != "england"
    with pytest.raises(exceptions.FrozenInstanceError):
        ENGLAND.name = "wales"  # type: ignore[misc]
    with pytest.raises(TypeError):
        ENGLAND.dates[day("2026-06-01")] = ()  # type: ignore[index]


def test_many_may_ask_a_new_calendar_at_once() -> None:
    """Eight threads that ask at once what was never asked before get the same answers as one alone."""
    moments = [at("2026-01-01T12:00") + timedelta(days=number) for number in range(64)]
    for number in range(20):
        fresh = evolve(ENGLAND, name=f"fresh {number}")
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda start, fresh=fresh: fresh.add(start, timedelta(hours=90)), moments))
        assert [ENGLAND.add(start, timedelta(hours=90)) for start in moments] == found


def steps(ask: Callable[[], object]) -> int:
    """Return how many functions are called for an answer, those written in C included."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return count


def pairs() -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Yield questions about a short time, each with the same one about the longest there is."""
    start, first = at("2026-01-05T10:00"), day("2026-01-05")
    yield lambda: ENGLAND.add(start, timedelta(hours=8)), lambda: ENGLAND.add(start, timedelta(days=10_000))
    yield lambda: ENGLAND.elapsed(start, at("2026-01-06")), lambda: ENGLAND.elapsed(start, at("2149-01-06"))
    yield lambda: ENGLAND.day_after(first, 1), lambda: ENGLAND.day_after(first, 30_000)


@pytest.mark.parametrize(("short", "long"), tuple(pairs()), ids=("add", "elapsed", "day_after"))
def test_a_long_time_takes_no_more_steps_than_a_short_one(
    short: Callable[[], object], long: Callable[[], object]
) -> None:
    """Whether a day lies between or a century, the answer takes the same number of steps."""
    short(), long()  # the sums are made once
    assert abs(steps(short) - steps(long)) <= 6
