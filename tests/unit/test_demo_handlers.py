"""The people of the demo work when they are at work, and say things in the language they were written to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.demo.handlers import HANDLERS, PEOPLE, ZONE
from complaintkit.demo.run import START
from complaintkit.demo.schedule import SHARES
from complaintkit.demo.spoken import APOLOGY, REMEDIES, SAID, WORDS, words
from complaintkit.policy.reading import read
from complaintkit.settings import structure

# Hypothesis wants bounds without zone.
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 9, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(sorted(PEOPLE)), MOMENTS, st.floats(0, 40))
def test_nobody_does_anything_outside_working_hours(name: str, at: datetime, hours: float) -> None:
    """The next step lies after the moment it is counted from, on a working day, in working hours, not on holiday."""
    handler = PEOPLE[name]
    then = handler.after(at, hours, START)
    assert at <= then
    assert handler.works(then, START)
    local = then.astimezone(ZONE)
    assert local.weekday() in handler.days
    assert handler.opens <= local.time() < handler.shuts


@given(st.sampled_from(sorted(PEOPLE)), MOMENTS, st.floats(0, 20), st.floats(0, 20))
def test_working_hours_add_up(name: str, at: datetime, one: float, more: float) -> None:
    """Some hours and then some more end where all of them together do."""
    handler = PEOPLE[name]
    together = handler.after(at, one + more, START)
    after = handler.after(handler.after(at, one, START), more, START)
    assert abs(together - after) <= timedelta(seconds=1)


def test_a_night_and_a_weekend_are_not_worked() -> None:
    """Two hours from Friday 17:00 end on Monday morning."""
    maya = PEOPLE["maya"]
    assert datetime(2026, 1, 12, 10, 30, tzinfo=UTC) == maya.after(datetime(2026, 1, 9, 17, tzinfo=UTC), 2, START)


def test_everybody_is_away_at_some_time_and_never_all() -> None:
    """Holidays make promises break, but the office is never empty."""
    weeks = [START + timedelta(weeks=week, days=4, hours=12) for week in range(39)]
    assert all(any(one.absent(week, START) for week in weeks) for one in HANDLERS)
    assert all(any(not one.absent(week, START) for one in HANDLERS) for week in weeks)


@pytest.mark.parametrize("language", ["en", "ru", "fil"])
def test_every_answer_is_in_the_complainants_language(language: str) -> None:
    """No occasion and no remedy falls back to another language, and no place in braces is left."""
    for what in WORDS:
        for remedy in ("", *SAID):
            said = words(what, language, remedy)
            assert "{" not in said
            assert language == "en" or said != words(what, "en", remedy)


def test_every_remedy_can_be_said() -> None:
    """Whatever is given has words, and every category of the stories is one of the policy."""
    assert {APOLOGY, *(one for given_ in REMEDIES.values() for one in given_)} == set(SAID)
    policy = read({}, structure)
    assert all(policy.knows_category(category) for category in (*REMEDIES, *SHARES))
