"""Sessions, checks and dates as a calendar, read back by somebody else's parser."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from complaintkit.case.actor import Actor
from complaintkit.case.parts import Content
from complaintkit.improving import actions
from complaintkit.improving.improvement import Improvement
from complaintkit.policy import Policy
from complaintkit.review.calendar import Event, calendar, events

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ALL = ("staff", "quality")
POLICY = Policy(
    version="1", zone=ZoneInfo("Europe/Berlin"),
    permissions={f"improving.{name}": ALL for name in (*actions.ACTIONS, *actions.OPENINGS)},
)  # fmt: skip
IRINA = Actor("irina", ("quality",))


def circle(reference: str = "IM-EHQ6-7X6D", **more: object) -> Improvement:
    """Return a weekly circle."""
    facts = {"title": "Weekly look", "deputy": "oleg", "unit": "week", "on": "mon", "first": NOW, **more}
    return actions.PlanCircle(**facts).opened(reference, IRINA, NOW, POLICY).open()


def read(found: list[Event]) -> list[dict[str, str]]:
    """Return the events of a calendar as another library reads them."""
    text = calendar(found, NOW, "1")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    parsed = Calendar.from_ical(text)
    assert "2.0" == parsed["VERSION"]
    return [{name: str(value) for name, value in event.items()} for event in parsed.walk("VEVENT")]


def test_sessions_stand_where_the_rhythm_puts_them_over_a_change_of_the_clocks() -> None:
    """Ten o'clock in Berlin is nine in UTC before the change and eight after it, and each session stands once."""
    found = list(events([circle()], NOW + 36 * DAY))
    parsed = Calendar.from_ical(calendar(found, NOW, "1"))
    begins = [event.decoded("DTSTART") for event in parsed.walk("VEVENT")]
    assert [(2, 9), (9, 9), (16, 9), (23, 9), (30, 8), (6, 8)] == [(begin.day, begin.hour) for begin in begins]
    assert [timedelta(hours=1)] * 6 == [
        event.decoded("DTEND") - event.decoded("DTSTART") for event in parsed.walk("VEVENT")
    ]


def test_an_event_keeps_its_identity_when_it_is_exported_again() -> None:
    """Exported a week later, and with another session held, what was there has the same identifier."""
    before = {event["UID"] for event in read(list(events([circle()], NOW + 30 * DAY)))}
    held = actions.Hold(notes="nothing new", none_needed="all is well")
    one = circle()
    later = one.apply_all(held.decide(one, IRINA, NOW + DAY / 24, POLICY))
    after = {event["UID"] for event in read(list(events([later], NOW + 30 * DAY)))}
    assert {"IM-EHQ6-7X6D-session-20260302@complaintkit"} == before - after
    assert set() == after - before


def test_dates_to_keep_stand_in_it_until_they_are_kept() -> None:
    """The date of a measure and of feedback stand there; the check after it is implemented; nothing once it is over."""
    one = actions.PlanMeasure(title="Two boxes", due=NOW + 9 * DAY, categories=("unsorted",)).opened(
        "IM-EHQ6-7X6D", IRINA, NOW, POLICY
    ).open()  # fmt: skip
    for action in (actions.Tell(to="packing", text="Half of it breaks."), actions.Implement(evidence="in use")):
        before = {event.uid.partition("@")[0] for event in events([one], NOW + 9 * DAY)}
        one = one.apply_all(action.decide(one, IRINA, NOW, POLICY))
    after = {event.uid.partition("@")[0] for event in events([one], NOW + 9 * DAY)}
    assert {"IM-EHQ6-7X6D-work", "IM-EHQ6-7X6D-feedback-1"} == before
    assert {"IM-EHQ6-7X6D-check", "IM-EHQ6-7X6D-feedback-1"} == after


@given(text=st.text(max_size=200))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    """Commas, semicolons, backslashes, line ends and letters of four octets survive escaping and folding."""
    visible = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    event = Event(uid="x", begin=NOW, summary="a;b,c\\d " + visible, description=visible)
    (found,) = read([event])
    assert "a;b,c\\d " + visible == found["SUMMARY"]
    assert visible == found.get("DESCRIPTION", "")


def test_a_title_cannot_add_events_of_its_own() -> None:
    """Line ends and control signs in a title stay inside its line."""
    bad = evolve(circle(), title=Content.of("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\u202e\x00"))
    found = read(list(events([bad], NOW + DAY)))
    assert 1 == len(found)
    assert "session: x\nEND:VEVENT\nBEGIN:VEVENT" in found[0]["SUMMARY"]
