"""The rules of the field for deadlines, 8 to 14, through the desk: what happens to a case, and to its clocks.

Rules and the vector of the change of priority: research on complaint handling, section 7 (SLA semantics).
"""

from datetime import timedelta
from typing import Any, Final

import pytest

from complaintkit import Delivery, Message, NotAllowed, Notice, Notifier
from complaintkit.app import Action, Filter, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Overdue, Regraded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock
from complaintkit.cli.cases import nearest
from complaintkit.counts import Count
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit, said

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
TEN: Final = MONDAY + 2 * HOUR
STANDARDS: Final = [
    {"name": "usual", "clock": "first_response", "within": {"hours": 3}, "warn": 1.0},
    {"name": "grave", "clock": "first_response", "within": {"hours": 2}, "severities": ["high"], "warn": 1.0},
    {"name": "light", "clock": "first_response", "within": {"hours": 9}, "severities": ["low"], "warn": 1.0},
    {"name": "in the end", "clock": "final_response", "within": {"days": 14}, "pausable": True},
    {"name": "in working time", "clock": "final_response", "within": {"business_hours": 20}, "pausable": True,
     "categories": ["refund"]},
    {"name": "word", "clock": "acknowledgement", "within": {"hours": 24}, "warn": 1.0},
    {"name": "again", "clock": "follow_up", "within": {"hours": 4}},
]  # fmt: skip


class Desk:
    """A desk whose notices are kept, and a case that came on Monday at ten."""

    def __init__(self, received: Any = TEN, now: Any = TEN, **more: Any) -> None:
        self.sent: list[Notice] = []
        notifier = Notifier("sent", ["*"], self._send)
        settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"standards": STANDARDS, **more})
        self.kit = kit((notifier,), settings=settings)
        self.reference = self.opened(received, now)

    def _send(self, notice: Notice) -> Delivery:
        self.sent.append(notice)
        return Delivery("sent")

    def opened(self, received: Any, now: Any, text: str = "It broke.", **more: Any) -> str:
        """Open a case; return its reference."""
        return self.kit.open(said(text, **more), by="irina", received_at=received, now=now).reference

    def act(self, action: Action, at: Any, reference: str = "") -> Complaint:
        """Let somebody act."""
        return self.kit.act(reference or self.reference, action, by="irina", now=at)

    def graded(self, severity: str, at: Any) -> Clock:
        """Give the case a severity; return its clock of the first response."""
        return self.clock("first_response", self.act(actions.Assess(category="billing", severity=severity), at))

    def clock(self, name: str, case: Complaint | None = None) -> Clock:
        """Return a clock of the case."""
        found = (case or self.kit.case(self.reference)).named(name)
        assert found is not None
        return found

    def told(self, occasion: str) -> list[Notice]:
        """Return the notices of an occasion that went out."""
        return [one for one in self.sent if one.occasion == occasion]

    def answered(self, at: Any) -> None:
        """Give the final response, with all that leads to it."""
        draft = actions.Propose(outcome="upheld", remedy="replacement", text="Yes.", finding="looked at it")
        self.act(actions.Assess(category="billing"), at)
        self.act(draft, at)
        self.act(actions.Respond(), at)


# --- rule 8


def test_another_priority_counts_from_the_original_start() -> None:
    """Monday ten, three hours; at eleven it is graver and has two: due at twelve."""
    desk = Desk()
    assert TEN + 2 * HOUR == desk.graded("high", TEN + HOUR).due_at


def test_a_breach_by_recalculation_alone_is_flagged_and_told_once() -> None:
    """Graver only at half past twelve: due at twelve, by recalculation, and whoever keeps it hears of it once."""
    desk = Desk()
    at = TEN + 2.5 * HOUR
    assert TEN + 2 * HOUR == desk.graded("high", at).due_at
    desk.kit.work(at)
    desk.kit.work(at + timedelta(minutes=5))
    entries = [one.entry for one in desk.kit.file(desk.reference)]
    (breach,) = (one for one in entries if isinstance(one, Overdue))
    (moved,) = (one for one in entries if isinstance(one, Regraded) and one.clock == "first_response")
    assert (TEN + 2 * HOUR, True, True) == (breach.due_at, breach.recalculated, moved.past)
    assert ["irina"] == [one.recipient for one in desk.told("overdue")]
    assert [True] == [one.by_recalculation for one in desk.kit.explain(desk.reference) if one.name == "first_response"]


def test_an_earlier_breach_stays_on_record() -> None:
    """Broken after three hours, then found to be light, with nine: answered within those it was late all the same."""
    desk = Desk()
    moved = desk.graded("low", TEN + 4 * HOUR)
    assert (TEN + 9 * HOUR, TEN + 3 * HOUR) == (moved.due_at, moved.broken_at)
    desk.kit.work(TEN + 4 * HOUR)
    desk.act(actions.Reply(text="We look into it."), TEN + 5 * HOUR)
    assert desk.clock("first_response").late_at(TEN + 6 * HOUR)
    due, kept = desk.kit.store.count((Count("due", ("clock",)), Count("kept", ("clock",))), MONDAY, MONDAY + DAY)
    assert (("first_response",), 1) in due.rows
    assert ("first_response",) not in dict(kept.rows)


# --- rule 9


@pytest.mark.parametrize("count", ["fresh", "continued", "without_gap"])
def test_reopening_erases_nothing(count: str) -> None:
    """The first answer stays as it was, late as it was, however time counts from then on."""
    desk = Desk()
    desk.answered(TEN + 16 * DAY)
    before = desk.clock("final_response")
    desk.act(actions.Reopen(reason="broke again", why="new_facts", count=count), TEN + 20 * DAY)
    assert before == desk.clock("final_response")
    assert before.late_at(TEN + 20 * DAY)
    assert {"fresh": TEN + 20 * DAY}.get(count, TEN) == desk.clock("final_response-2").started_at


def test_the_time_between_counts_or_not_as_chosen() -> None:
    """Answered after four days and opened again ten days later: fourteen days from the start, or without those ten."""
    for count, last in (("continued", 14), ("without_gap", 24)):
        desk = Desk()
        desk.answered(TEN + 4 * DAY)
        desk.act(actions.Reopen(reason="broke again", why="new_facts", count=count), TEN + 14 * DAY)
        again = desk.clock("final_response-2")
        assert (MONDAY + last * DAY).date() == again.due_at.date(), count
        assert again.due_at == desk.kit.policy.explained(again).due_at


# --- rule 10


def test_a_breach_is_derived_from_moments_whenever_a_worker_runs() -> None:
    """Noticed two days late it has its true moment; before anybody noticed, it was broken already."""
    desk = Desk()
    assert ["first_response"] == [one.name for one in desk.kit.case(desk.reference).overdue_at(TEN + 4 * HOUR)]
    desk.kit.work(TEN + 2 * DAY)
    desk.kit.work(TEN + 2 * DAY)
    breaches = [one.entry for one in desk.kit.file(desk.reference) if isinstance(one.entry, Overdue)]
    assert [(TEN + 3 * HOUR, True)] == [(one.due_at, one.late) for one in breaches if one.clock == "first_response"]


# --- rule 11


def test_an_automatic_acknowledgement_meets_only_its_own_clock() -> None:
    """The first response needs a person; an answer in writing meets both, and so does a call that is on file."""
    desk = Desk()
    desk.kit.work(TEN)
    assert 1 == len(desk.told("acknowledgement"))
    assert TEN == desk.clock("acknowledgement").met_at
    assert desk.clock("first_response").met_at is None
    desk.act(actions.Reply(text="Called her: a new one is on its way."), TEN + HOUR)
    assert TEN + HOUR == desk.clock("first_response").met_at


# --- rule 12


def test_a_further_message_hides_no_first_response() -> None:
    """While a first answer is owed nothing else is; afterwards the oldest unanswered message counts. The list sorts by
    what is due first.
    """
    desk = Desk()
    again = Message(text="And?", sender=said("x").sender, message_id="<2@a>", subject=f"[{desk.reference}]")
    desk.kit.open(again, now=TEN + HOUR)
    assert "follow_up" not in {one.kind for one in desk.kit.case(desk.reference).clocks}
    desk.act(actions.Reply(text="We look into it."), TEN + 2 * HOUR)
    for minutes in (0, 90):
        more = Message(
            text="And now?", sender=said("x").sender, message_id=f"<3.{minutes}@a>", subject=f"[{desk.reference}]"
        )
        desk.kit.open(more, now=TEN + 3 * HOUR + timedelta(minutes=minutes))
    (owed,) = (one for one in desk.kit.case(desk.reference).clocks if one.kind == "follow_up")
    assert (TEN + 3 * HOUR, TEN + 7 * HOUR) == (owed.started_at, owed.due_at)
    later = desk.opened(TEN + 5 * HOUR, TEN + 5 * HOUR, name="boris")
    listed = desk.kit.cases(Filter(open=True))
    promises = [nearest(case) for case in listed]
    assert [desk.reference, later] == [case.reference for case in listed]
    assert [TEN + 7 * HOUR, TEN + 8 * HOUR] == [one.due_at for one in promises if one]


# --- rule 13


def waiting(category: str = "billing") -> Desk:
    """Return a desk whose case waits from noon on Monday until Wednesday noon."""
    desk = Desk()
    desk.act(actions.Reply(text="Which order?"), TEN + HOUR)
    desk.act(actions.Assess(category=category), TEN + HOUR)
    desk.act(actions.Wait(until=TEN + 50 * HOUR, reason="which order"), TEN + 2 * HOUR)
    return desk


def test_a_message_ends_waiting_at_its_own_moment() -> None:
    """It came at three and was taken in at eight: the clock stood still until three."""
    desk = waiting("refund")
    late = Message(text="A-1042", sender=said("x").sender, message_id="<2@a>", subject=f"[{desk.reference}]")
    desk.kit.open(late, received_at=TEN + 5 * HOUR, now=TEN + 10 * HOUR)
    final = desk.clock("final_response")
    assert [(TEN + 2 * HOUR, TEN + 5 * HOUR)] == [(one.since, one.until) for one in final.history.rests]
    assert Stage.IN_PROGRESS is desk.kit.case(desk.reference).stage
    assert final.due_at == desk.kit.policy.explained(final).due_at


@pytest.mark.parametrize("how", ["message", "resume", "work", "reply", "merge"])
def test_waiting_ends_when_it_was_to_whoever_notices(how: str) -> None:
    """No worker ran on Wednesday noon; on Friday, whatever happens first, the clock has run since Wednesday."""
    desk = waiting()
    friday = TEN + 4 * DAY
    assert [] == [one.name for one in desk.kit.case(desk.reference).overdue_at(friday)]
    if how == "message":
        more = Message(text="A-1042", sender=said("x").sender, message_id="<2@a>", subject=f"[{desk.reference}]")
        desk.kit.open(more, now=friday)
    elif how == "work":
        desk.kit.work(friday)
    elif how == "merge":
        desk.act(actions.Merge(into=desk.opened(TEN, TEN), reason="one matter"), friday)
    else:
        desk.act(actions.Resume() if how == "resume" else actions.Reply(text="We go on."), friday)
    final = desk.clock("final_response")
    assert [(TEN + 2 * HOUR, TEN + 50 * HOUR)] == [(one.since, one.until) for one in final.history.rests]
    assert final.settled or final.due_at == desk.kit.policy.explained(final).due_at


def test_nothing_is_broken_by_time_that_does_not_count() -> None:
    """Twenty working hours, of which the case waited for sixteen: a late worker breaks nothing before their end."""
    desk = waiting("refund")
    # Monday 9:00 to 17:00 and so on: three hours used until noon on Monday, then it waits until noon on Wednesday.
    desk.kit.work(TEN + 50 * HOUR + 20 * HOUR)
    final = desk.clock("final_response")
    assert final.due_at == desk.kit.policy.explained(final).due_at > TEN + 70 * HOUR
    assert not final.overdue


def test_waiting_needs_a_reason() -> None:
    """Nobody lets a deadline stand still without saying what for."""
    desk = Desk()
    desk.act(actions.Reply(text="Which order?"), TEN)
    with pytest.raises(NotAllowed, match="needs a reason"):
        desk.act(actions.Wait(until=TEN + DAY, reason=" "), TEN)


# --- rule 14


def test_a_merger_keeps_the_earliest_start() -> None:
    """A case of Monday goes on in one of Wednesday: its answer is due by Monday's count, and that can be explained."""
    desk = Desk()
    later = desk.opened(TEN + 2 * DAY, TEN + 2 * DAY, "Still broken.")
    desk.act(actions.Merge(into=later, reason="one matter"), TEN + 2 * DAY)
    merged = desk.clock("final_response", desk.kit.case(later))
    assert (TEN, desk.clock("final_response").due_at) == (merged.started_at, merged.due_at)
    assert ["in the end"] == [one.standard.rpartition(" (")[0] for one in merged.history.changes]
    assert all(one.recomputed_at == one.due_at for one in desk.kit.explain(later))


def test_a_split_copies_the_clocks() -> None:
    """The part that goes on by itself has the deadlines of the whole, from the same start."""
    desk = Desk()
    case = desk.act(actions.Split(text="And the shop was rude.", reason="another matter"), TEN + DAY)
    part = desk.kit.case(case.ties.links[-1].reference)
    for name in ("first_response", "final_response"):
        mine, theirs = desk.clock(name), desk.clock(name, part)
        assert (mine.started_at, mine.due_at) == (theirs.started_at, theirs.due_at)


def test_whose_it_is_changes_no_deadline() -> None:
    """Offered to somebody else, accepted, asked of a department: every clock stands as it stood."""
    desk = Desk()
    before = desk.kit.case(desk.reference).clocks
    desk.act(actions.HandOver(to="boris", reason="knows it"), TEN + HOUR)
    desk.kit.act(desk.reference, actions.TakeOver(), by="boris", now=TEN + HOUR)
    desk.act(actions.AddTask(who="legal", kind="opinion", text="Is it so?"), TEN + 2 * HOUR)
    after = desk.kit.case(desk.reference)
    assert "boris" == after.owner
    assert before == after.clocks[: len(before)]


def test_an_old_case_counts_from_its_receipt_and_nobody_is_written_to() -> None:
    """Three months old as it is put on file: what is broken is on record with its true moment, without a word."""
    desk = Desk(TEN - 90 * DAY, TEN)
    desk.kit.work(TEN)
    assert [] == desk.sent
    case = desk.kit.case(desk.reference)
    assert {"first_response": TEN - 90 * DAY + 3 * HOUR} == {
        one.name: one.due_at for one in case.clocks if one.kind == "first_response" and one.overdue
    }
    assert "acknowledgement" not in {one.kind for one in case.clocks}
    breaches = [one.entry for one in desk.kit.file(desk.reference) if isinstance(one.entry, Overdue)]
    assert {"first_response", "final_response"} == {one.clock for one in breaches}
    desk.kit.work(TEN + 2 * DAY)
    assert desk.told("escalation"), "a day later those hear of it whom it calls"


def test_what_came_lately_is_no_old_case() -> None:
    """A letter of last week is acknowledged, and its owner hears what is broken."""
    desk = Desk(TEN - 7 * DAY, TEN)
    desk.kit.work(TEN)
    assert desk.told("acknowledgement")
    assert desk.told("overdue")


def test_how_long_ago_is_old_is_for_the_organisation_to_say() -> None:
    """A week, where the settings say that five days are long."""
    desk = Desk(TEN - 7 * DAY, TEN, old_after="5d")
    desk.kit.work(TEN)
    assert [] == desk.sent
