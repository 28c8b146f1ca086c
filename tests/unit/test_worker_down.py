"""P08: no worker ran for days; the first round after tells every deadline that passed meanwhile, each once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from complaintkit import Message, Person
from complaintkit.app import ComplaintKit
from complaintkit.case.entries import Escalated, Overdue
from complaintkit.settings import read

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SETTINGS = {
    "kit": {"database": "sqlite:///desk.db", "secret": "for this test only"},
    "plugins": {"discover": False, "disable": ["folder"]},
    "policy": {
        "chain": [
            {"at": "50%", "to": "owner"}, {"at": "0h", "to": "lead"}, {"at": "+6h", "to": "department"},
            {"at": "+3d", "to": "executive"},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("sets", [40, pytest.param(500, marks=pytest.mark.slow)])
def test_what_passed_while_no_worker_ran_is_told_in_the_first_round(tmp_path: Path, sets: int) -> None:
    """Of so many complaints with deadlines at random, each missed one has its true moment, late, and all its levels."""
    dice = Random(8)
    with ComplaintKit(read(SETTINGS, tmp_path)) as kit:
        kit.upgrade()
        references = []
        for number in range(sets):
            at = NOON + dice.randrange(60 * 24 * 12) * MINUTE
            said = Message(text="It came broken.", sender=Person(email=f"a{number}@example.org"))
            channel = dice.choice(("email", "form", "social", "letter", "phone"))
            references.append(kit.open(said, channel=channel, source_id=str(number), received_at=at, now=at).reference)
        stopped = NOON + timedelta(days=5)
        for day in range(6):
            kit.work(NOON + timedelta(days=day))
        known = {one: len(kit.file(one)) for one in references}
        started = stopped + timedelta(days=9, minutes=7)
        late_on_reading = {one: {clock.name for clock in kit.case(one).overdue_at(started)} for one in references}
        kit.work(started)
        missed = 0
        for one in references:
            case, new = kit.case(one), [filed.entry for filed in kit.file(one)[known[one] :]]
            found = {entry.clock: entry for entry in new if isinstance(entry, Overdue)}
            wanted = {
                clock.name: clock.due_at
                for clock in case.clocks
                if stopped < clock.due_at <= started and clock.name in late_on_reading[one]
            }
            assert wanted == {name: entry.due_at for name, entry in found.items()}, one
            assert all(entry.late and entry.at == started for entry in found.values()), one
            for name, due in wanted.items():
                levels = [(e.level, e.step_at, e.late) for e in new if isinstance(e, Escalated) and e.clock == name]
                reached = [(1, due), (2, due + timedelta(hours=6)), (3, due + timedelta(days=3))]
                assert [(level, at, True) for level, at in reached if at <= started - MINUTE] == levels, (one, name)
            missed += len(wanted)
        assert missed > sets / 2
        again = {one: len(kit.file(one)) for one in references}
        kit.work(started + MINUTE)
        assert again == {one: len(kit.file(one)) for one in references}
