"""Calendars from settings: what a team writes, and what it is told where something is wrong."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintkit import SettingsError
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.reading import calendar_of

OFFICE = """
zone = "Europe/London"
hours = { mon-fri = ["09:00-12:30", "13:00-17:00"] }
"""


def read(text: str) -> Calendar:
    """Return the calendar that a table of the settings describes."""
    return calendar_of("office", tomllib.loads(text))


def office(*lines: str) -> Calendar:
    """Return the calendar of an office in London with further lines."""
    return read("\n".join((OFFICE, *lines)))


def hours(calendar: Calendar, day: str) -> list[str]:
    """Return the hours of a date as they are written."""
    return [str(one) for one in calendar.hours_on(date.fromisoformat(day))]


def name(calendar: Calendar, day: str) -> str:
    """Return what a date is called."""
    return calendar.holiday(date.fromisoformat(day))


# --- hours


def test_hours_are_read_by_weekday() -> None:
    """A range names several weekdays, a weekday that is not named is closed; nothing but the week is kept."""
    calendar = office()
    assert (ZoneInfo("Europe/London"), "office", None) == (calendar.zone, calendar.name, calendar.years)
    assert ["09:00-12:30", "13:00-17:00"] == hours(calendar, "2026-06-05")
    assert [] == hours(calendar, "2026-06-06")
    assert {} == dict(calendar.dates)


def test_a_range_may_reach_over_sunday() -> None:
    """From Saturday to Monday are three days."""
    calendar = read('zone = "Asia/Manila"\nhours = { sat-mon = ["08:00-12:00"], wed = ["00:00-24:00"] }')
    assert [True, False, True, False, False, True, True] == [bool(day) for day in calendar.week]


def test_a_night_shift_is_split_at_midnight() -> None:
    """From 22:00 to 06:00 belongs to two dates; the second goes on into its own morning shift where they touch."""
    calendar = read('zone = "UTC"\nhours = { mon = ["22:00-06:00"], tue = ["06:00-14:00"] }')
    assert ["22:00-24:00"] == hours(calendar, "2026-06-01")
    assert ["00:00-14:00"] == hours(calendar, "2026-06-02")
    assert [] == hours(calendar, "2026-06-03")


def test_a_night_from_sunday_goes_on_on_monday() -> None:
    """A week is a circle; what ends at midnight needs no other date."""
    calendar = read('zone = "UTC"\nhours = { sun = ["22:00-06:00"], sat = ["20:00-00:00"] }')
    assert ["00:00-06:00"] == hours(calendar, "2026-06-01")
    assert (["20:00-24:00"], ["22:00-24:00"]) == (hours(calendar, "2026-06-06"), hours(calendar, "2026-06-07"))


def test_round_the_clock() -> None:
    """`always = true` is open at any time, in the place that the policy names where the table names none."""
    calendar = calendar_of("safety", {"always": True}, zone=ZoneInfo("Asia/Manila"))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert start + timedelta(days=9) == calendar.add(start, timedelta(days=9))
    assert "Asia/Manila" == calendar.zone.key


# --- holidays


def test_public_holidays_are_closed_and_named() -> None:
    """England's of 2026 are the eight that its government lists, with the substitute of Boxing Day."""
    calendar = office('holidays = "GB-ENG"')
    found = [str(day)[5:] for day in calendar.dates if day.year == 2026]
    assert ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28"] == found
    assert ("Good Friday", []) == (name(calendar, "2026-04-03"), hours(calendar, "2026-04-03"))
    assert (2000, 2060) == calendar.years


def test_a_part_of_a_country_has_its_own() -> None:
    """St Andrew's Day is a holiday in Scotland and none in England."""
    assert ["Saint Andrew's Day", ""] == [
        name(office(f'holidays = "GB-{part}"'), "2026-11-30") for part in ("SCT", "ENG")
    ]


def test_what_is_merely_observed_is_no_day_off() -> None:
    """Days that the Philippines observe at work are working days there; those without work are not."""
    calendar = office('holidays = "PH"')
    assert ["Rizal Day", ""] == [name(calendar, f"2026-{day}") for day in ("12-30", "02-02")]
    assert calendar.works_on(date(2026, 2, 2))


def test_russia_moves_days_off_and_works_on_saturdays() -> None:
    """In 2024 Monday 29 April was off and Saturday 27 April worked instead, by the hours that most days have."""
    calendar = read(
        'zone = "Europe/Moscow"\nhours = { mon-thu = ["09:00-18:00"], fri = ["09:00-16:45"] }\nholidays = "RU"'
    )
    assert (["09:00-18:00"], []) == (hours(calendar, "2024-04-27"), hours(calendar, "2024-04-29"))
    assert ["worked in place of a day off", "Day off (substituted from 04/27/2024)"] == [
        name(calendar, "2024-04-27"), name(calendar, "2024-04-29"),
    ]  # fmt: skip
    assert date(2024, 5, 2) == calendar.day_after(date(2024, 4, 26), 2)


def test_a_saturday_that_is_worked_anyway_keeps_its_hours() -> None:
    """A shop that is open on Saturdays has no other hours on a Saturday that others work."""
    calendar = read('zone = "Europe/Moscow"\nhours = { mon-sat = ["10:00-20:00"] }\nholidays = "RU"')
    assert date(2024, 4, 27) not in calendar.dates


def test_holidays_have_names_in_another_language() -> None:
    """Names are English unless another language is asked for, by its plain code or the library's own."""
    names = {
        asked: name(read(f'{OFFICE}holidays = "RU"\nholiday_language = "{asked}"'), "2026-06-12")
        for asked in ("ru", "en", "en_US")
    }
    assert {"ru": "День России", "en": "Russia Day", "en_US": "Russia Day"} == names


def test_two_countries_share_a_calendar() -> None:
    """A team in two countries is off on the holidays of both; a date with two names has both."""
    calendar = office('holidays = ["RU", "PH"]')
    assert ["Russia Day; Independence Day", "Rizal Day", "Victory Day"] == [
        name(calendar, f"2026-{day}") for day in ("06-12", "12-30", "05-09")
    ]


def test_a_holiday_may_be_worked() -> None:
    """By name in every year, by the day of the year, or on one date; the others stay off."""
    calendar = office('holidays = "GB-ENG"', 'not_holidays = ["may day", "12-26", "2026-04-06"]')
    assert ["", "", "", "Easter Monday", "Boxing Day (observed)"] == [
        name(calendar, day) for day in ("2026-05-04", "2028-12-26", "2026-04-06", "2027-03-29", "2026-12-28")
    ]
    assert calendar.works_on(date(2026, 5, 4))


def test_one_of_two_holidays_on_a_date_is_enough() -> None:
    """Where two places have a holiday on one date, taking back one of them leaves the other."""
    calendar = office('holidays = ["RU", "PH"]', 'not_holidays = ["Russia Day"]')
    assert ("Independence Day", []) == (name(calendar, "2026-06-12"), hours(calendar, "2026-06-12"))


def test_years_may_be_chosen() -> None:
    """Holidays are written out for the years that are asked for, and a date beyond says that it is not known."""
    calendar = office('holidays = "GB-ENG"', "years = [2026, 2027]")
    assert {2026, 2027} == {day.year for day in calendar.dates}
    assert [True, False] == [calendar.knows(date(year, 1, 1)) for year in (2027, 2028)]


def test_years_are_those_the_library_knows() -> None:
    """Of Nepal it knows fewer years than we ask for by default; the calendar does not pretend otherwise."""
    calendar = office('holidays = "NP"')
    assert calendar.years is not None
    assert (2000, 2060) != calendar.years
    assert calendar.years[0] <= min(calendar.dates).year


# --- dates


def test_dates_have_hours_of_their_own() -> None:
    """A single date goes before a day of every year, and that before a holiday; what is stated is all there is."""
    calendar = office(
        'holidays = "GB-ENG"',
        "[dates]",
        '"12-24" = ["09:00-12:00"]',
        '"2026-12-24" = []',
        '"2026-05-02" = ["10:00-14:00"]',
        '"12-26" = ["10:00-14:00"]',
    )
    assert [[], ["09:00-12:00"], ["10:00-14:00"], ["10:00-14:00"]] == [
        hours(calendar, day) for day in ("2026-12-24", "2027-12-24", "2026-05-02", "2030-12-26")
    ]
    assert ["closed", "shorter hours", "extra hours", "Boxing Day"] == [
        name(calendar, day) for day in ("2026-12-24", "2027-12-24", "2026-05-02", "2030-12-26")
    ]


def test_dates_may_have_a_name() -> None:
    """A date may say what it is called; without, it is called by what it changes."""
    calendar = office(
        "[dates]",
        '"12-31" = { name = "Stocktaking", hours = [] }',
        '"2026-06-01" = ["08:00-17:00"]',
        '"2026-06-02" = ["10:00-17:30"]',
    )
    assert ["Stocktaking", "longer hours", "other hours"] == [
        name(calendar, day) for day in ("2026-12-31", "2026-06-01", "2026-06-02")
    ]


def test_the_29th_of_february_comes_in_leap_years() -> None:
    """A day of every year that not every year has is there in leap years only."""
    calendar = office('dates = { "02-29" = [] }', "years = [2026, 2033]")
    assert [date(2028, 2, 29), date(2032, 2, 29)] == list(calendar.dates)


def test_a_date_may_go_on_after_midnight() -> None:
    """Hours of a date that end on the next one are added to what that one has, also where that is a holiday."""
    calendar = office(
        'holidays = "GB-ENG"', 'dates = { "2026-12-24" = ["20:00-02:00"], "2026-06-05" = ["20:00-02:00"] }'
    )
    assert [["20:00-24:00"], ["00:00-02:00"]] == [hours(calendar, f"2026-12-{day}") for day in (24, 25)]
    assert (["00:00-02:00"], "extra hours") == (hours(calendar, "2026-06-06"), name(calendar, "2026-06-06"))


def test_a_date_cuts_off_a_night_that_reaches_into_it() -> None:
    """A date with hours of its own has nothing else, not even the end of a shift that began on the day before."""
    calendar = read('zone = "UTC"\nhours = { mon-sun = ["22:00-06:00"] }\ndates = { "2026-06-02" = ["22:00-24:00"] }')
    assert [["00:00-06:00", "22:00-24:00"], ["22:00-24:00"]] == [hours(calendar, f"2026-06-0{day}") for day in (1, 2)]


# --- versions

VERSIONS = """
zone = "Europe/London"
hours = { mon-fri = ["09:00-17:00"] }
holidays = "GB-ENG"
dates = { "12-24" = ["09:00-12:00"], "2028-02-01" = [] }

[[versions]]
from = 2027-01-01
hours = { mon-sat = ["08:00-18:00"] }

[[versions]]
from = "2028-01-01"
holidays = "GB-SCT"
not_holidays = []
dates = { "12-24" = [] }
"""


def test_versions_hold_from_a_date() -> None:
    """Earlier dates keep the earlier hours; a version goes on with whatever it does not name."""
    calendar = read(VERSIONS)
    assert [["09:00-17:00"], ["08:00-18:00"], ["08:00-18:00"]] == [
        hours(calendar, day) for day in ("2026-12-31", "2027-01-04", "2028-01-10")
    ]
    assert [["09:00-12:00"], ["09:00-12:00"], []] == [hours(calendar, f"{year}-12-24") for year in (2026, 2027, 2028)]
    assert ["", "", "Saint Andrew's Day"] == [name(calendar, f"{year}-11-30") for year in (2026, 2027, 2028)]
    assert "closed" == name(calendar, "2028-02-01")


def test_a_version_holds_on_its_first_day() -> None:
    """A date is told by the week that holds on it: on the first day of a version by the new one."""
    dates = 'dates = { "2027-01-04" = ["09:00-17:00"], "2026-12-31" = ["22:00-02:00"] }'
    calendar = office(dates, '[[versions]]\nfrom = "2027-01-01"\nhours = { mon-fri = ["06:00-18:00"] }')
    assert "shorter hours" == name(calendar, "2027-01-04")
    assert ["00:00-02:00", "06:00-18:00"] == hours(calendar, "2027-01-01")


def test_a_version_changes_the_identity() -> None:
    """A clock pinned to the calendar before does not take the new one for it."""
    assert read(VERSIONS).identity != read(VERSIONS.replace("08:00-18:00", "08:00-18:30")).identity
    assert read(VERSIONS).identity == read(VERSIONS).identity == Calendar.of_archive(read(VERSIONS).archived()).identity


# --- what is wrong


@pytest.mark.parametrize(
    ("lines", "path", "words"),
    [
        ('zone = "Mars/Olympus"', "zone", 'is no time zone; write one such as "Asia/Manila"'),
        ("zone = 1", "zone", "must be a text, not 1"),
        ("hourz = {}", "hourz", "did you mean 'hours'?"),
        ("hours = {}", "hours", "no weekday has hours, so there would be no working time one day"),
        ("hours = []", "hours", "must be a table, not a list"),
        ('hours = { mo = ["09:00-17:00"] }', "hours.mo", "'mo' is no weekday; did you mean 'mon'?"),
        ('hours = { mon-tue = ["09:00-17:00"], tue = [] }', "hours.tue", "tue has hours already, in .*hours.mon-tue"),
        ('hours = { mon = "09:00-17:00" }', "hours.mon", "must be a list, not '09:00-17:00'"),
        ('hours = { mon = [9] }', r"hours.mon\[0\]", "must be a text, not 9"),
        ('hours = { mon = ["9-17"] }', r"hours.mon\[0\]", 'are no hours; write them as "09:00-17:00"'),
        ('hours = { mon = ["09:00-24:01"] }', r"hours.mon\[0\]", "goes beyond midnight"),
        ('hours = { mon = ["24:00-06:00"] }', r"hours.mon\[0\]", "goes beyond midnight"),
        ('hours = { mon = ["09:00-09:00"] }', r"hours.mon\[0\]", 'takes no time; a whole day is "00:00-24:00"'),
        ('hours = { mon = ["09:00-12:00", "11:00-17:00"] }', "hours.mon", "09:00-12:00 and 11:00-17:00 overlap"),
        ('hours = { mon = ["22:00-06:00"], tue = ["05:00-13:00"] }', "hours.mon", "until tue, where .* overlap"),
        ("always = 1", "always", "must be true or false"),
        ("always = true", "hours", "means nothing beside `always = true`"),
        ('holidays = "XQ-1"', "holidays", "no holidays are known of 'XQ'"),
        ('holidays = "GB-ENGLAND"', "holidays", "GB has no part 'ENGLAND'; did you mean 'ENG'?"),
        ('holidays = ["GB-ENG", 1]', r"holidays\[1\]", "must be a text, not 1"),
        ('holidays = "GB"\nholiday_language = "ru"', "holidays", "has no names in 'ru'; there are .*en_GB"),
        ('holidays = "GB"\nnot_holidays = ["Easter"]', r"not_holidays\[0\]", "'Easter' is no holiday here"),
        ('not_holidays = ["12-25"]', r"not_holidays\[0\]", "'12-25' is no holiday here"),
        ("years = [2060, 2000]", "years", r"from 1970 to 2149: \[2000, 2060\]"),
        ("years = 2026", "years", r"must be the first and last year"),
        ('dates = { "2026-02-29" = [] }', "dates.2026-02-29", "is no date"),
        ('dates = { "24.12." = [] }', "dates.24.12.", 'write "2026-12-24", or "12-24" for every year'),
        ('dates = { "12-24" = { name = "Eve" } }', "dates.12-24.hours", r"is missing; .* or \[\] for closed"),
        ('dates = { "12-24" = { hours = [], nam = "" } }', "dates.12-24.nam", "did you mean 'name'?"),
        ('dates = { "1969-12-24" = [] }', "dates.1969-12-24", "time is counted from 1970 to 2149"),
        ('dates = { "2026-06-01" = ["22:00-10:00"] }', "dates.2026-06-01", "until 2026-06-02, where .* overlap"),
        ("versions = 1", "versions", "must be a list, not 1"),
        ("versions = [1]", r"versions\[0\]", "must be a table, not 1"),
        ("versions = [{}]", r"versions\[0\].from", "is missing or no date"),
        ('versions = [{ from = "soon" }]', r"versions\[0\].from", "is missing or no date"),
        ("versions = [{ from = 2027-01-01T00:00:00Z }]", r"versions\[0\].from", "must be a text, not a datetime"),
        ("versions = [{ from = 2027-01-01 }, { from = 2027-01-01 }]", r"versions\[1\].from", "is not after 2027-01-01"),
        ("versions = [{ from = 2027-01-01, hours = {} }]", r"versions\[0\].hours", "no weekday has hours"),
        ('versions = [{ from = 2027-01-01, zone = "UTC" }]', r"versions\[0\].zone", "there is no such key"),
        (
            'versions = [{ from = 2027-01-01, dates = { "2026-06-01" = [] } }]',
            r"versions\[0\].dates.2026-06-01",
            "lies before 2027-01-01, from which this version holds",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(lines: str, path: str, words: str) -> None:
    """What is missing, misspelt, of another kind or contradicts itself is refused with its key and what to write."""
    first = lines.partition(" ")[0]
    kept = [line for line in OFFICE.splitlines() if line and line.partition(" ")[0] != first]
    with pytest.raises(SettingsError, match=f"(?s)^policy.calendars.office.{path}: .*{words}"):
        read("\n".join((*kept, lines)))


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"hours": {"mon": ["09:00-17:00"]}}, "policy.calendars.office.zone"),
        ({"zone": "UTC"}, "policy.calendars.office.hours"),
        (1, "policy.calendars.office"),
    ],
)
def test_what_is_missing_is_named(raw: Any, path: str) -> None:
    """Without a zone or without hours there is no calendar."""
    with pytest.raises(SettingsError) as caught:
        calendar_of("office", raw)
    assert path == caught.value.path


def test_another_place_is_told_where_the_table_stands_elsewhere() -> None:
    """A calendar that a rule pack brings is told of by the place it stands at there."""
    with pytest.raises(SettingsError, match=r"^fca\.calendars\.uk\.hours: "):
        calendar_of("uk", {"zone": "UTC"}, path="fca.calendars.uk")
