"""Nobody buys time, and nobody reads what is not so: waiting, merging, regrading and holding notices that came late."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from complaintkit import Delivery, Message, Notice, Notifier, Person
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.entries import Escalated, HoldingSent, Overdue
from complaintkit.case.parts import Clock
from complaintkit.settings import Settings
from tests.house.kits import MONDAY, SETTINGS, kit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NORMAL = {
    "name": "normal",
    "clock": "final_response",
    "within": {"days": 14},
    "pausable": True,
    "longest": {"days": 60},
}
GRAVE = {
    "name": "grave", "clock": "final_response", "within": {"hours": 4}, "severities": ["critical"], "interim": True,
}  # fmt: skip
NEXT = {"name": "next", "clock": "interim", "within": {"days": 3}}
FAILING: set[str] = set()
TOLD: list[Notice] = []


def _send(notice: Notice) -> Delivery:
    if notice.occasion in FAILING:
        return Delivery("failed", "the line is down")
    TOLD.append(notice)
    return Delivery("sent")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    FAILING.clear()
    TOLD.clear()
    yield
    FAILING.clear()
    TOLD.clear()


def desk(*standards: dict[str, Any], **policy: Any) -> ComplaintKit:
    """Return a kit with these standards."""
    settings = Settings(plugins=SETTINGS.plugins, policy={"standards": list(standards), **policy})
    return kit([Notifier("take", ["*"], _send)], settings=settings)


def opened(one: ComplaintKit, now: datetime = MONDAY) -> str:
    """Return the reference of a new complaint of Anna's."""
    anna = Person(name="Anna", email="anna@example.org")
    return one.open(Message(text="It broke.", sender=anna), channel="email", now=now).reference


def final(one: ComplaintKit, reference: str) -> Clock:
    """Return the clock of the final response."""
    found = one.case(reference).clock("final_response")
    assert found is not None
    return found


def graded(one: ComplaintKit, reference: str, severity: str, now: datetime) -> None:
    """Assess the complaint as of a severity."""
    one.act(reference, actions.Assess(category="refund", severity=severity), by="irina", now=now)


def worked(one: ComplaintKit, now: datetime) -> None:
    """Work until nothing is left to do."""
    while one.work(now).total:
        pass


def test_a_standard_holds_once_it_is_known_that_it_does() -> None:
    """A deadline for refunds starts from the receipt when somebody finds out that it is about a refund."""
    refund = {"name": "refunds", "clock": "final_response", "within": {"days": 14}, "categories": ["refund"]}
    first = {"name": "first", "clock": "first_response", "within": {"days": 1}}
    with desk(refund, first) as one:
        reference = opened(one)
        assert one.case(reference).clock("final_response") is None
        graded(one, reference, "normal", MONDAY + 2 * DAY)
        assert MONDAY == final(one, reference).started_at
        one.desk.sweep(MONDAY + 20 * DAY)
        assert any(isinstance(filed.entry, Overdue) for filed in one.file(reference))


def test_parting_a_merged_case_buys_no_time() -> None:
    """Who waited when it was merged waited no more from then on."""
    with desk(NORMAL) as one:
        first, second = opened(one), opened(one, MONDAY + HOUR)
        graded(one, first, "normal", MONDAY + HOUR)
        wait = actions.Wait(until=MONDAY + 2 * DAY, reason="asked for a photo", waiting_for="third_party")
        one.act(first, wait, by="irina", now=MONDAY + HOUR)
        due = final(one, first).due_at
        one.act(first, actions.Merge(into=second, reason="the same"), by="irina", now=MONDAY + 2 * HOUR)
        one.act(first, actions.Unmerge(of=second, reason="two after all"), by="irina", now=MONDAY + 49 * DAY)
        assert due == final(one, first).due_at


def test_an_extension_does_not_outlive_the_standard_that_allowed_it() -> None:
    """Critical again, it is due four hours after the receipt, whatever was granted while it was normal."""
    with desk(NORMAL, GRAVE, NEXT) as one:
        reference = opened(one)
        graded(one, reference, "normal", MONDAY + HOUR)
        extend = actions.Extend(clock="final_response", until=MONDAY + 50 * DAY, text="The works has to look at it.")
        one.act(reference, extend, by="irina", now=MONDAY + HOUR)
        graded(one, reference, "critical", MONDAY + 2 * HOUR)
        assert MONDAY + 4 * HOUR == final(one, reference).due_at


def test_what_is_broken_stands_still_for_nobody() -> None:
    """A promise that was broken is told and climbs its ladder, though the complaint is graded down and waits."""
    with desk(NORMAL, GRAVE, NEXT) as one:
        reference = opened(one)
        graded(one, reference, "critical", MONDAY + HOUR)
        graded(one, reference, "normal", MONDAY + 5 * HOUR)
        wait = actions.Wait(until=MONDAY + 60 * DAY, reason="asked for a photo", waiting_for="third_party")
        one.act(reference, wait, by="irina", now=MONDAY + 5 * HOUR)
        worked(one, MONDAY + 6 * HOUR)
        entries = [filed.entry for filed in one.file(reference)]
        [broken] = [entry for entry in entries if isinstance(entry, Overdue) and entry.clock == "final_response"]
        assert MONDAY + 4 * HOUR == broken.due_at
        worked(one, MONDAY + 30 * DAY)
        levels = {filed.entry.level for filed in one.file(reference) if isinstance(filed.entry, Escalated)}
        assert {1, 2, 3} <= levels | set(range(1, max(levels) + 1))
        assert max(levels) == 3


def test_a_holding_notice_names_the_date_that_was_missed() -> None:
    """Graded down before a worker looked, the complainant is not told that a date in the future was missed."""
    with desk({**NORMAL, "interim": True}, GRAVE, NEXT) as one:
        reference = opened(one)
        graded(one, reference, "critical", MONDAY + HOUR)
        graded(one, reference, "normal", MONDAY + 5 * HOUR)
        worked(one, MONDAY + 6 * HOUR)
        held = [filed.entry for filed in one.file(reference) if isinstance(filed.entry, HoldingSent)]
        assert all(entry.was_due_at <= entry.at for entry in held)


def test_a_holding_notice_that_waited_does_not_go_out_after_the_answer() -> None:
    """While it could not be delivered the complainant withdrew: nothing says that the complaint is open."""
    with desk({**NORMAL, "interim": True}, NEXT) as one:
        reference = opened(one)
        graded(one, reference, "normal", MONDAY + HOUR)
        FAILING.add("holding")
        worked(one, MONDAY + 15 * DAY)
        assert any(isinstance(filed.entry, HoldingSent) for filed in one.file(reference))
        one.act(reference, actions.Withdraw(evidence="wrote so"), by="irina", now=MONDAY + 15 * DAY + HOUR)
        FAILING.clear()
        worked(one, MONDAY + 15 * DAY + 3 * HOUR)
        assert "holding" not in {notice.occasion for notice in TOLD}


def test_an_extension_that_nobody_was_told_of_does_not_count() -> None:
    """Its notice could not be delivered for two days: the date that was told before counts again."""
    with desk(NORMAL) as one:
        reference = opened(one)
        graded(one, reference, "normal", MONDAY + HOUR)
        due = final(one, reference).due_at
        FAILING.add("extension")
        extend = actions.Extend(clock="final_response", until=MONDAY + 50 * DAY, text="The works has to look at it.")
        one.act(reference, extend, by="irina", now=MONDAY + HOUR)
        assert due < final(one, reference).due_at
        for hours in range(2, 60, 3):
            one.work(MONDAY + hours * HOUR)
        clock = final(one, reference)
        assert due == clock.due_at
        assert due == one.desk.policy.explained(clock).due_at
        one.desk.sweep(due + HOUR)
        assert final(one, reference).overdue


def test_one_case_that_cannot_be_reckoned_stops_no_other() -> None:
    """Whatever is wrong with it, the others' promises are on file as broken, and somebody is told of it."""
    with desk(NORMAL) as one:
        bad, good = opened(one), opened(one, MONDAY + HOUR)
        followed = one.desk.followed

        def torn(case: Any, entries: Any, now: datetime) -> Any:
            if case.reference == bad:
                raise OverflowError("date value out of range")
            return followed(case, entries, now)

        one.desk.followed = torn  # type: ignore[method-assign]
        one.desk.sweep(MONDAY + 20 * DAY)
        assert final(one, good).overdue
        assert not final(one, bad).overdue
        assert any(due.notice.occasion == "alarm" for due in one.store.outbox("waiting", 99))
