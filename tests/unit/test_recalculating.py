"""Deadlines counted anew once the policy has changed: only where somebody asks for it, and with everything kept."""

from datetime import timedelta
from typing import Any, Final

import pytest

from complaintkit import NotAllowed
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.entries import Overdue, Recalculated
from complaintkit.kit.recalculating import Recalculation, recalculate
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store.memory import MemoryStore
from tests.house.kits import MONDAY, kit, said

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
FIVE: Final = {"mon-fri": ["09:00-17:00"]}
FOUR: Final = {"mon-thu": ["09:00-17:00"]}
WHY: Final = actions.Recalculate(reason="the board decided so on 2 March")


def office(store: MemoryStore, hours: Any = FIVE, days: int = 14, version: str = "1", **final: Any) -> ComplaintKit:
    """Return a kit over a store with an office of some hours, and an answer within some days."""
    policy = {
        "version": version,
        "calendars": {"office": {"hours": hours}},
        "standards": [
            {"name": "soon", "clock": "first_response", "within": {"business_hours": 30}, "pausable": True},
            {"name": "in the end", "clock": "final_response", "within": {"days": days}, **final},
        ],
    }
    return kit(settings=Settings(plugins=PluginsSettings(disable=("folder",)), policy=policy), store=store)


def opened(store: MemoryStore, *names: str) -> list[str]:
    """Open a case for each name by the first policy; return their references."""
    with office(store) as desk:
        return [desk.open(said("It broke.", name), by="irina", now=MONDAY).reference for name in names]


def counted(
    desk: ComplaintKit, action: actions.Recalculate = WHY, now: Any = MONDAY + DAY, **more: Any
) -> list[Recalculation]:
    """Count everything anew."""
    return list(recalculate(desk, action, "oleg", now, **more))


def test_a_changed_policy_moves_nothing_by_itself() -> None:
    """What is pinned on a clock holds, whatever the settings say by now, also when somebody works on the case."""
    store = MemoryStore()
    (reference,) = opened(store, "anna")
    with office(store, FOUR, 7, "2") as desk:
        before = desk.case(reference).clocks
        desk.work(MONDAY + DAY)
        desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + DAY)
        assert [one.due_at for one in before] == [one.due_at for one in desk.case(reference).clocks]
        assert all(one.recomputed_at == one.due_at for one in desk.explain(reference))


def test_a_dry_run_tells_what_would_move() -> None:
    """Fridays are free and the answer comes in a week: both clocks of both cases would move, and nothing does."""
    store = MemoryStore()
    references = opened(store, "anna", "boris")
    with office(store, FOUR, 7, "2") as desk:
        before = [desk.file(one) for one in references]
        found = counted(desk, dry_run=True)
        assert sorted(references) == sorted(one.reference for one in found)
        assert [("first_response", False), ("final_response", False)] == [
            (one.clock, one.past) for one in found[0].moved
        ]
        assert [("in the end (1)", "in the end (2)")] == [(one.was, one.standard) for one in found[0].moved[1:]]
        assert before == [desk.file(one) for one in references]


def test_each_complaint_gets_one_entry_by_the_person_who_asked() -> None:
    """With the reason; start and pauses stay, what it was under before is in its history, and it explains itself."""
    store = MemoryStore()
    (reference,) = opened(store, "anna")
    with office(store, FOUR, 7, "2") as desk:
        desk.act(reference, actions.Reply(text="Which order?"), by="irina", now=MONDAY + HOUR)
        assert [(reference, "")] == [(one.reference, one.why_not) for one in counted(desk)]
        (entry,) = (one.entry for one in desk.file(reference) if isinstance(one.entry, Recalculated))
        assert ("oleg", "the board decided so on 2 March") == (entry.by, str(entry.reason))
        final = desk.case(reference).named("final_response")
        assert final is not None
        assert (MONDAY, (MONDAY + 7 * DAY).date()) == (final.started_at, final.due_at.date())
        assert ["in the end (1)"] == [one.standard for one in final.history.changes]
        assert all(one.recomputed_at == one.due_at for one in desk.explain(reference))
        assert [] == counted(desk), "once is enough"
        with pytest.raises(NotAllowed, match="count as today's policy says"):
            desk.act(reference, WHY, by="oleg", now=MONDAY + DAY)


def test_what_is_over_by_the_new_count_is_told_once() -> None:
    """Twenty days by then, and now they are seven: broken by recalculation, with one entry and one notice."""
    store = MemoryStore()
    (reference,) = opened(store, "anna")
    with office(store, FIVE, 7, "2") as desk:
        at = MONDAY + 9 * DAY
        (found,) = counted(desk, now=at)
        assert [("final_response", True)] == [(one.clock, one.past) for one in found.moved]
        desk.work(at)
        desk.work(at + HOUR)
        breaches = [one.entry for one in desk.file(reference) if isinstance(one.entry, Overdue)]
        assert [True] == [one.recalculated for one in breaches if one.clock == "final_response"]


def test_it_can_be_narrowed_to_a_standard() -> None:
    """Only what comes under it, or leaves it; a rule pack that runs nothing here moves nothing."""
    store = MemoryStore()
    (reference,) = opened(store, "anna")
    with office(store, FOUR, 7, "2") as desk:
        nothing = actions.Recalculate(reason="so", rules="uk-fca-disp")
        assert [] == counted(desk, nothing)
        with pytest.raises(NotAllowed, match="nothing of that"):
            desk.act(reference, nothing, by="oleg", now=MONDAY + DAY)
        (found,) = counted(desk, actions.Recalculate(reason="so", standard="soon"))
        assert ["first_response"] == [one.clock for one in found.moved]


def test_a_standard_that_may_stand_still_now_does_while_the_case_waits() -> None:
    """The case waits; from the day on which its standard may stand still its clock does, and a later look agrees."""
    store = MemoryStore()
    (reference,) = opened(store, "anna")
    with office(store, FIVE, 14, "2", pausable=True) as desk:
        desk.act(reference, actions.Reply(text="Which order?"), by="irina", now=MONDAY + HOUR)
        desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + HOUR)
        wait = actions.Wait(until=MONDAY + 9 * DAY, reason="which order")
        desk.act(reference, wait, by="irina", now=MONDAY + HOUR)
        counted(desk, now=MONDAY + 2 * DAY)
        final = desk.case(reference).named("final_response")
        assert final is not None
        assert MONDAY + 2 * DAY == final.paused_at
        desk.act(reference, actions.Resume(), by="irina", now=MONDAY + 5 * DAY)
        assert all(one.recomputed_at == one.due_at for one in desk.explain(reference))


def test_confidential_complaints_are_left_to_those_who_may_know_of_them() -> None:
    """Whoever counts all anew moves nothing that they may not see."""
    store = MemoryStore()
    hidden, plain = opened(store, "anna", "boris")
    with office(store, FOUR, 7, "2") as desk:
        restrict = actions.Restrict(reason="names a colleague", handlers=("irina",))
        desk.act(hidden, restrict, by="irina", now=MONDAY + HOUR)
        seen = desk.seen_by("oleg", now=MONDAY + DAY)
        assert [plain] == [one.reference for one in recalculate(seen, WHY, "oleg", MONDAY + DAY)]
