"""Staff is told in its own hours, and of many things at once; what is urgent waits for nobody."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from complaintkit import Delivery, Message, Notice, Notifier, Person
from complaintkit.app import ComplaintKit
from complaintkit.case.actions import Assess
from complaintkit.errors import SettingsError
from complaintkit.settings import Settings
from tests.house.kits import SETTINGS, kinds, kit

# A Friday evening; the office closes at five.
FRIDAY = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
TOLD: list[Notice] = []


@pytest.fixture(autouse=True)
def _nothing_told() -> Iterator[None]:
    TOLD.clear()
    yield
    TOLD.clear()


def _take(notice: Notice) -> Delivery:
    TOLD.append(notice)
    return Delivery("sent", message_id=f"<{notice.id}@desk>")


def desk(telling: Mapping[str, Any], **policy: Any) -> ComplaintKit:
    """Return a kit that tells as laid down, and keeps what it told in TOLD."""
    raw = {"telling": telling, **policy}
    settings = Settings(plugins=SETTINGS.plugins, policy=raw)
    return kit([Notifier("take", ["*"], _take)], settings=settings)


def opened(one: ComplaintKit, count: int, now: datetime, text: str = "It broke.") -> list[str]:
    """Open complaints by different people; return their references."""
    people = [Person(name=f"Anna {number}", email=f"anna{number}@example.org") for number in range(count)]
    return [
        one.open(Message(text=f"{text} {person.name}", sender=person), channel="email", now=now).reference
        for person in people
    ]


def worked(one: ComplaintKit, now: datetime) -> None:
    """Work until nothing is left to do."""
    while one.work(now).total:
        pass


def staff(occasion: str = "") -> list[Notice]:
    """Return what staff was told, of one occasion or of all."""
    return [one for one in TOLD if one.medium == "staff" and occasion in ("", one.occasion)]


def test_many_reminders_for_one_reader_become_one_list() -> None:
    """Of forty broken promises the team lead reads one message that names them all, and each file says it was told."""
    with desk({}) as one:
        references = opened(one, 40, FRIDAY)
        worked(one, FRIDAY)
        TOLD.clear()
        worked(one, FRIDAY + timedelta(hours=25))
        lists = [told for told in staff("digest") if told.recipient == "team-lead"]
        assert 1 == len(lists)
        assert not [told for told in staff("escalation") if told.recipient == "team-lead"]
        assert all(reference in lists[0].body for reference in references)
        assert all("notice_sent" in kinds(one.file(reference)) for reference in references)
        assert all(one.case(reference).level for reference in references)


def test_a_few_go_out_one_by_one() -> None:
    """Below the number laid down nothing is put into a list; with 0 nothing ever is."""
    for digest in (9, 0):
        with desk({"digest": digest}) as one:
            opened(one, 8, FRIDAY)
            worked(one, FRIDAY)
            TOLD.clear()
            worked(one, FRIDAY + timedelta(hours=25))
            assert not staff("digest")
            assert 8 == len([told for told in staff("escalation") if told.recipient == "team-lead"])


def test_nobody_of_the_staff_is_told_out_of_hours() -> None:
    """What falls due on Saturday is told on Monday at nine; the complainant's acknowledgement goes out at once."""
    with desk({"hours": "office", "digest": 0}) as one:
        [reference] = opened(one, 1, FRIDAY)
        worked(one, FRIDAY)
        assert ["acknowledgement"] == [told.occasion for told in TOLD]
        worked(one, FRIDAY + timedelta(hours=25))
        assert "overdue" in kinds(one.file(reference))
        assert not staff()
        worked(one, MONDAY - timedelta(minutes=1))
        assert not staff()
        worked(one, MONDAY)
        assert "escalation" in {told.occasion for told in staff()}


def test_danger_waits_for_nobody() -> None:
    """A critical complaint wakes whoever has to see to it."""
    with desk({"hours": "office"}) as one:
        opened(one, 1, FRIDAY, "My child was burned by the heater.")
        worked(one, FRIDAY)
        [case] = one.cases()
        one.act(case.reference, Assess(category="product-quality", severity="critical"), by="irina", now=FRIDAY)
        TOLD.clear()
        worked(one, FRIDAY + timedelta(hours=25))
        assert staff()


def test_who_is_called_because_somebody_may_be_hurt_is_called_at_once() -> None:
    """A safety trigger of a complaint that is not critical calls on Saturday night, too, and not in a list."""
    with desk({"hours": "office", "digest": 2}) as one:
        opened(one, 3, FRIDAY + timedelta(days=1), "The cupboard fell down and nearly hit my child; it is dangerous!")
        worked(one, FRIDAY + timedelta(days=1))
        called = [told for told in staff() if told.urgent and told.recipient == "team-lead"]
        assert 3 == len(called)
        assert not staff("digest")


def test_a_notifier_that_fails_keeps_the_list_for_later() -> None:
    """None of the notices is lost or marked as sent while the list cannot be delivered."""
    failing = [True]

    def send(notice: Notice) -> Delivery:
        if failing[0] and notice.medium == "staff":
            return Delivery("failed", "the line is down")
        return _take(notice)

    settings = Settings(plugins=SETTINGS.plugins, policy={"telling": {"hours": "office"}})
    with kit([Notifier("take", ["*"], send)], settings=settings) as one:
        references = opened(one, 10, FRIDAY)
        worked(one, FRIDAY)
        worked(one, FRIDAY + timedelta(hours=25))
        worked(one, MONDAY)
        assert not staff()
        failing[0] = False
        worked(one, MONDAY + timedelta(hours=2))
        bodies = "".join(told.body + told.subject for told in staff())
        assert all(reference in bodies for reference in references)
        undelivered = [reference for reference in references if "notice_undelivered" in kinds(one.file(reference))]
        assert not undelivered, "two days count from when it could go out, not over the weekend"


@pytest.mark.parametrize(
    ("policy", "path"),
    [
        ({"telling": {"hours": "ofice"}}, r"policy\.telling\.hours"),
        ({"staff": {"irina": {"roles": ["handler", "team-lead"], "hours": "night"}}}, r"policy\.staff\.irina\.hours"),
    ],
)
def test_hours_of_no_calendar_are_refused(policy: dict[str, Any], path: str) -> None:
    """The error names the place and the calendars there are."""
    with pytest.raises(SettingsError, match=f"{path}.*there are office"):
        desk(policy.pop("telling", {}), **policy).desk  # noqa: B018 - it is made when it is asked for
