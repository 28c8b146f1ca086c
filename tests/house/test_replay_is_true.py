"""A replay under the policy that held is the record: the same entries at the same moments, in any life and in the demo.

The long run, 150 lives, is `python dev.py test -m slow -k replay_is_true`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from complaintkit.app import ComplaintKit, Filter
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import NoticeSent, NoticeUndelivered
from complaintkit.demo.run import run_demo
from complaintkit.replay import Course, Record, Regime, taken
from complaintkit.replay.tally import promises
from complaintkit.settings import Settings
from tests.house.kits import kit
from tests.house.lives import everything, live

SECOND = timedelta(seconds=1)
ALL = Filter(open=None, limit=10_000)
# Shorter, longer, with working hours, and without half of the kinds of clock.
OTHER = {
    "standards": [
        {"name": "quick", "clock": "first_response", "within": {"minutes": 20}, "interim": True},
        {"name": "slow", "clock": "final_response", "within": {"months": 3}, "pausable": True},
        {"name": "in hours", "clock": "follow_up", "within": {"business_hours": 3}, "pausable": True},
        {"name": "short", "clock": "acceptance", "within": {"days": 2}},
        {"name": "offers", "clock": "hand_over", "within": {"business_hours": 1}},
        {"name": "again", "clock": "interim", "within": {"days": 2}},
        {"name": "looks", "clock": "review", "within": {"business_days": 2}, "starts": "review"},
    ],
    "ladder": [{"after": "1h", "to": "executive"}],
    "secrecy": {"sealed_categories": ["refund"]},
}


def lived(seed: int) -> tuple[ComplaintKit, list[datetime]]:
    """Return a kit with the cases of one life, and the moments at which its worker looked at what was due.

    The worker takes a second for each thing: first it assesses, then it looks, then it delivers.
    """
    desk, looks = everything(), list[datetime]()

    def work(now: datetime) -> None:
        for round_ in range(20):
            at = now + 3 * round_ * SECOND
            done = desk.desk.read_waiting(at) + desk.desk.assess(at)
            looks.append(at + SECOND)
            if not done + desk.desk.sweep(at + SECOND) + desk.desk.deliver(at + 2 * SECOND):
                return

    desk.work = work  # type: ignore[method-assign,assignment]
    live(desk, seed)
    return desk, looks


def told(file: Iterable[Entry]) -> list[tuple[datetime, str, str]]:
    """Return what a file tells but for notices to staff, of which a replay says only that they are called for."""
    notices = NoticeSent | NoticeUndelivered
    entries = (one for one in file if not isinstance(one, notices) or one.audience == "complainant")
    return sorted((one.at, one.kind, one.by) for one in entries)


def clocks(case: Complaint) -> set[tuple[object, ...]]:
    """Return the deadlines of a case with what became of them."""
    return {
        (one.name, one.started_at, one.due_at, one.warn_at, one.met_at, one.ended_at, one.paused_at, one.overdue,
         one.level, one.broken_at)
        for one in case.clocks
    }  # fmt: skip


def replays(
    desk: ComplaintKit, regime: Regime, looks: list[datetime] | None
) -> Iterator[tuple[Complaint, Record, Course]]:
    """Yield each case with its record and the course it takes when a worker looks at these moments, or all the time."""
    for case in desk.cases(ALL):
        record = Record.of([one.entry for one in desk.file(case.reference)])
        until = max([*(looks or ()), *(one.at for one in record.file)])
        yield case, record, taken(record, regime, until, looks)


def assert_true(seeds: range) -> None:
    """Fail unless every case of these lives comes out as it is on file."""
    seen = 0
    for seed in seeds:
        desk, looks = lived(seed)
        regime = Regime(policy=desk.policy, rules=desk.registry.escalation_rules, rotas=desk.registry.rotas)
        for case, record, course in replays(desk, regime, looks):
            place = f"{case.reference} of life {seed}"
            assert () == course.misfits, place
            assert told(record.file) == told(course.file), place
            assert clocks(case) == clocks(course.case), place
            seen += len(record.file) - len(record.facts)
    assert seen > 10 * len(seeds), "too little followed of itself to prove anything"


def test_20_lives_are_what_they_were() -> None:
    """Under the same policy every breach, reminder, escalation and move of a clock is the same, whatever people did."""
    assert_true(range(20))


@pytest.mark.slow
def test_150_lives_are_what_they_were() -> None:
    """The same for a hundred and fifty lives."""
    assert_true(range(20, 170))


def test_under_another_policy_any_life_comes_to_an_end() -> None:
    """What no longer fits is named and does not stop the rest; nothing that people did is done twice or lost."""
    misfits = 0
    for seed in range(20):
        desk, _ = lived(seed)
        with kit(settings=Settings(plugins=desk.settings.plugins, policy=OTHER)) as other:
            regime = Regime(policy=other.policy, rules=other.registry.escalation_rules)
            for case, record, course in replays(desk, regime, None):
                misfits += len(course.misfits)
                left = sum(one.why.startswith("left out") for one in course.misfits)
                by_people = [one for one in course.file if one.by != "complaintkit"]
                assert sum(one.entry.by != "complaintkit" for one in record.facts) - left <= len(by_people)
                assert (case.reference, False) == (course.case.reference, course.cut)
                names = [one.name for one in course.case.clocks]
                assert sorted(set(names)) == sorted(names), f"two clocks of one name in {case.reference}, life {seed}"
    assert misfits, "the policy is too much alike to prove anything"


@pytest.mark.slow
def test_the_demo_breaks_the_promises_that_are_on_file(tmp_path: Path) -> None:
    """Over the demo's months a worker that looks each minute finds the breaches that one found each half hour."""
    summary = run_demo(tmp_path / "shop", count=120, months=5)
    with ComplaintKit(tmp_path / "shop" / "complaintkit.toml") as desk:
        found = desk.replay(now=summary.end).replay
        assert found is not None
        assert (summary.figures.complaints, (), ()) == (found.cases, found.avoided, found.added)
        for case in desk.cases(ALL):
            record = Record.of([one.entry for one in desk.file(case.reference)])
            course = taken(record, Regime(policy=desk.policy, rules=desk.registry.escalation_rules), summary.end)
            due = [
                # Whoever is next above is called when a worker looks, and has their time from then.
                {
                    one.clock: one.due_at
                    for one in promises(each, summary.end)
                    if one.state == "broken" and one.kind != "escalation"
                }
                for each in (case, course.case)
            ]
            assert due[0] == due[1], case.reference
