"""What is due with improvements, who is told, and how well the loop is closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from complaintkit.case.causes import FoundCause, TrainingNeed
from complaintkit.case.learning import Learning
from complaintkit.case.parts import Content
from complaintkit.counts import Counted
from complaintkit.improving import actions
from complaintkit.improving.entries import KINDS, Escalated, MeasureReopened, SessionMissed
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import State
from complaintkit.improving.parts import Verdict
from complaintkit.improving.recurrence import Tally
from complaintkit.notices import worded
from complaintkit.policy.reading import read
from complaintkit.review import called_for, due, figures
from complaintkit.review.checking import windows
from complaintkit.review.notices import CALLS
from complaintkit.settings import structure
from complaintkit.store.improving import FiledImprovement, Learned
from tests.unit.improving_cases import DAY, NOW, POLICY, circle, does, measure, opened

WEEK = timedelta(weeks=1)


class Counts:
    """Counts as it was told to, before and after a moment, and remembers what it was asked."""

    def __init__(self, before: int, after: int, turn: datetime) -> None:
        self.before, self.after, self.turn = before, after, turn
        self.asked: list[tuple[Any, ...]] = []

    def __call__(self, causes: Sequence[str], categories: Sequence[str], since: datetime, until: datetime) -> Tally:
        """Count."""
        self.asked.append((tuple(causes), tuple(categories), since, until))
        return Tally(complaints=self.before if until <= self.turn else self.after, received=100, known=100)


def none(*_: Any) -> Tally:
    """Count nothing, where nothing should be counted."""
    raise AssertionError("nothing is to be counted here")


def looked(one: Improvement, now: datetime, count: Any = none) -> tuple[Improvement, list[ImprovementEntry]]:
    """Return the improvement after what was due, and the entries of that."""
    entries = due(one, POLICY, now, count)
    return one.apply_all(entries), list(entries)


def kinds(entries: list[ImprovementEntry]) -> list[str]:
    """Return the kinds of entries."""
    return [entry.kind for entry in entries]


# --- dates


def test_a_date_is_warned_of_then_broken_then_goes_up_the_ladder() -> None:
    """One reminder, one breach with its true moment, each level once; in between nothing happens."""
    one = measure()
    one, entries = looked(one, NOW + 15 * DAY)
    assert ["warned"] == kinds(entries)
    assert [] == looked(one, NOW + 16 * DAY)[1]
    one, entries = looked(one, NOW + 20 * DAY + DAY / 2)
    assert ["overdue", "escalated"] == kinds(entries)
    assert NOW + 20 * DAY == entries[0].due_at
    assert [] == looked(one, NOW + 21 * DAY)[1]
    for at, level, to in ((22, 2, "department"), (27, 3, "boss")):
        one, entries = looked(one, NOW + at * DAY)
        assert isinstance(entries[0], Escalated)
        assert (level, to, level) == (entries[0].level, entries[0].to, one.level)
    assert [] == looked(one, NOW + 30 * DAY)[1]
    one, entries = looked(one, NOW + 31 * DAY)
    assert ["reviewed"] == kinds(entries)
    assert NOW + 36 * DAY + DAY / 2 == one.due_at


def test_feedback_without_an_answer_falls_due_for_whoever_was_told() -> None:
    """The one who was told, the owner and the deputy hear of it; an answer ends it."""
    one = does(measure(deputy="vera"), actions.Tell(to="packing", text="Half of it breaks."))
    after, entries = looked(one, NOW + 9 * DAY)
    assert ["overdue", "escalated"] == kinds(entries)
    told = called_for(after, entries, POLICY)
    assert ["packing", "irina", "vera", "team-lead"] == [notice.recipient for notice in told]
    assert "feedback" == told[0].facts["clock"]
    answered = does(one, actions.Answer(text="We try."), by="packing")
    assert [] == looked(answered, NOW + 9 * DAY)[1]


# --- checks


def implemented(**more: Any) -> Improvement:
    """Return a measure that took effect a day after it was planned, with windows of 30 days and a lag of 5."""
    one = measure(**{"window": 30, "lag": 5, "causes": ("thin-box",), **more})
    return does(one, actions.Implement(evidence="in use"), now=NOW + DAY)


def test_the_windows_are_equal_and_leave_the_lag_out() -> None:
    """Thirty days up to the day it took effect, and thirty that begin five days after it."""
    one = implemented()
    assert one.measure is not None
    before, after = windows(one.measure, NOW + DAY)
    assert (NOW - 29 * DAY, NOW + DAY) == before
    assert (NOW + 6 * DAY, NOW + 36 * DAY) == after
    count = Counts(10, 2, NOW + DAY)
    looked(one, NOW + 36 * DAY, count)
    assert [(("thin-box",), ("unsorted",), *before), (("thin-box",), ("unsorted",), *after)] == count.asked


def test_a_check_comes_when_the_counting_is_over_and_not_before() -> None:
    """Up to its moment nothing is counted; at it, a measure that works is over."""
    one = implemented()
    assert [] == looked(one, NOW + 36 * DAY - timedelta(seconds=1))[1]
    over, entries = looked(one, NOW + 36 * DAY, Counts(10, 5, NOW + DAY))
    assert ["checked"] == kinds(entries)
    assert (State.EFFECTIVE, None) == (over.state, over.due_at)
    assert over.measure is not None
    assert (Verdict.EFFECTIVE, 10, 5, Decimal("0.5000")) == (
        over.measure.checks[0].verdict, over.measure.checks[0].before, over.measure.checks[0].after,
        over.measure.checks[0].ratio,
    )  # fmt: skip


def test_a_measure_that_does_not_help_is_planned_anew_and_its_owner_told() -> None:
    """The rate did not fall by half: it is reopened by the core, counted, dated, and both hear why."""
    one, entries = looked(implemented(deputy="vera"), NOW + 37 * DAY, Counts(10, 6, NOW + DAY))
    assert ["checked", "measure_reopened"] == kinds(entries)
    assert (State.PLANNED, 1) == (one.state, one.reopened)
    assert isinstance(entries[1], MeasureReopened)
    assert one.running("work") is not None
    told = called_for(one, entries, POLICY)
    assert [("irina", "improvement_reopened"), ("vera", "improvement_reopened")] == [
        (notice.recipient, notice.occasion) for notice in told
    ]
    assert "60.0 % of what it was, 50.0 % were allowed" in told[0].facts["text"]
    again = does(one, actions.Implement(evidence="foam, too"), now=NOW + 40 * DAY)
    assert {"check", "check-2"} == {clock.name for clock in again.clocks if clock.kind == "check"}


def test_what_figures_cannot_tell_is_judged_by_a_person() -> None:
    """Too few before: it stays where it is, with a date for a judgement, which goes up the ladder if none comes."""
    one, entries = looked(implemented(), NOW + 36 * DAY, Counts(2, 0, NOW + DAY))
    assert ["checked"] == kinds(entries)
    assert State.IMPLEMENTED is one.state
    assert one.running("judgement") is not None
    late, entries = looked(one, NOW + 50 * DAY)
    assert ["overdue", "escalated"] == kinds(entries)
    assert State.EFFECTIVE is does(late, actions.Judge(verdict="effective", reason="seen"), now=NOW + 51 * DAY).state


def test_exposure_decides_where_it_was_given() -> None:
    """As many complaints of three times the parcels: a third of the rate, which is enough."""
    exposed = does(
        implemented(), actions.Expose(unit="parcels", before=Decimal(1000), after=Decimal(3000)), now=NOW + 2 * DAY
    )
    assert State.EFFECTIVE is looked(exposed, NOW + 36 * DAY, Counts(10, 10, NOW + DAY))[0].state
    assert State.PLANNED is looked(implemented(), NOW + 36 * DAY, Counts(10, 10, NOW + DAY))[0].state


# --- circles


def test_a_circle_that_nobody_holds_is_missed_and_calls_for_attention() -> None:
    """Every session that was due counts; the call goes up as long as nothing is completed, and stops when it is."""
    one, entries = looked(circle(), NOW + 7 * DAY + DAY / 2)
    assert ["overdue", "escalated"] == kinds(entries)[-2:]
    one, entries = looked(one, NOW + 14 * DAY)
    assert isinstance(entries[0], SessionMissed)
    assert one.circle is not None
    assert (2, 1) == (one.circle.session.number, one.circle.missed)
    one, entries = looked(one, NOW + 15 * DAY)
    assert [("boss", 3)] == [(entry.to, entry.level) for entry in entries if isinstance(entry, Escalated)]
    held = does(one, actions.Hold(notes="at last", none_needed="all known"), now=NOW + 15 * DAY)
    assert held.circle is not None
    assert (None, 1, 0) == (held.circle.behind_since, held.circle.held, held.circle.kept)
    assert 0 == held.clocks[-1].level


def test_a_circle_nobody_looked_at_for_a_year_is_caught_up_with() -> None:
    """A worker that was away finds every missed session, tells of the last one only, and needs few rounds."""
    one, entries, rounds = circle(), [], 0
    while True:
        one, more = looked(one, NOW + 365 * DAY)
        if not any(isinstance(entry, SessionMissed) for entry in more):
            break
        entries += more
        rounds += 1
    missed = [entry for entry in entries if isinstance(entry, SessionMissed)]
    assert (51, 2) == (len(missed), rounds)
    assert [entry.number for entry in missed] == list(range(1, 52))
    told = called_for(one, entries, POLICY)
    assert 1 == sum(notice.occasion == "improvement_escalation" for notice in told)
    assert len(told) < 8


def test_results_go_to_every_recipient_also_to_whoever_filed_them() -> None:
    """Notes and outputs are in the notice, with the date by which to confirm."""
    one = circle(outputs=("volume",), recipients=("boss", "irina"))
    hold = actions.Hold(notes="nine", none_needed="known")
    for action in (actions.Deliver(output="volume", text="see page 1"), hold):
        entries = action.decide(one, POLICY.actor("irina"), NOW, POLICY)
        one = one.apply_all(entries)
    told = called_for(one, entries, POLICY)
    assert ["boss", "irina"] == [notice.recipient for notice in told]
    assert "nine\n\nvolume: see page 1" == told[0].facts["text"]
    assert "2026-03-07" == told[0].facts["due"]


def test_notices_have_the_place_of_their_entry() -> None:
    """The same step never tells anybody twice, and nobody is told of what they did themselves."""
    plan = actions.PlanMeasure(title="x", due=NOW + DAY, categories=("unsorted",), owner="oleg", deputy="irina")
    entry = plan.opened("IM-EHQ6-7X6D", POLICY.actor("irina"), NOW, POLICY)
    told = called_for(entry.open(), [entry], POLICY)
    assert [("IM-EHQ6-7X6D-1", "oleg")] == [(notice.id, notice.recipient) for notice in told]


def test_every_notice_can_be_worded() -> None:
    """Whatever is told to staff has every fact that the shipped texts ask for, in every language."""
    steps = (
        ("irina", actions.Tell(to="packing", text="x")), ("packing", actions.Answer(text="y")),
        ("irina", actions.Assign(owner="anna")), ("anna", actions.Implement(evidence="z")),
    )  # fmt: skip
    one, found = measure(deputy="vera"), []
    for by, action in steps:
        entries = action.decide(one, POLICY.actor(by), NOW, POLICY)
        one = one.apply_all(entries)
        found += called_for(one, entries, POLICY)
    for at, counted in ((110, Counts(9, 8, NOW)), (130, none), (140, none)):
        one, entries = looked(one, NOW + at * DAY, counted)
        found += called_for(one, entries, POLICY)
    for language in ("en", "ru", "fil"):
        policy = read({"languages": [language]}, structure)
        for notice in found:
            text = worded(evolve(notice, language=language), policy)
            assert one.reference in text.subject
            assert "{" not in text.body
    assert {"told", "news", "reopened", "due", "escalation"} <= {one.occasion.partition("_")[2] for one in found}


def test_every_notice_belongs_to_a_kind_of_entry() -> None:
    """The table names entries that there are."""
    assert set(CALLS) <= set(KINDS.values())


# --- figures


def filed(entry: ImprovementEntry) -> FiledImprovement:
    """Return an entry as it stands in a file."""
    return FiledImprovement(reference="IM-EHQ6-7X6D", seq=1, entry=entry, previous="", hash="")


def test_compliance_counts_what_was_due_and_done_in_time() -> None:
    """By hand: of five sessions due, one in time, one late, two missed, one still owed; one outside the period."""
    one, sessions = circle(), []
    steps = ((7, True), (14.5, False), (16, True), (30, False), (37, False))
    for days, held in steps:
        now = NOW + days * DAY
        entries = due(one, POLICY, now, none)
        one = one.apply_all(entries)
        if held:
            more = actions.Hold(notes="x", none_needed="y").decide(one, POLICY.actor("irina"), now, POLICY)
            entries, one = (*entries, *more), one.apply_all(more)
        sessions += [filed(entry) for entry in entries if entry.kind in ("session_completed", "session_missed")]
    found = figures.compliance([one], sessions, NOW, NOW + 36 * DAY)
    assert (5, 1, 1) == (found.due, found.done, found.late)
    assert 0.2 == found.share
    assert None is figures.compliance([one], sessions, NOW - DAY, NOW).share


def learning(*causes: str, **more: Any) -> Learning:
    """Return what was learned from a complaint."""
    found = tuple(
        FoundCause(name=f"cause-{place}", cause=cause, evidence=Content.of("x"), found_at=NOW, found_by="irina")
        for place, cause in enumerate(causes, 1)
    )
    return Learning(causes=found, **{"assessed_at": NOW if causes else None, **more})


def test_a_loop_is_closed_only_when_all_three_are_there() -> None:
    """A cause looked for, a measure that works or is not needed, feedback confirmed: one alone is not enough."""
    told = does(measure(causes=("thin-box",)), actions.Tell(to="packing", text="x"))
    confirmed = does(told, actions.Confirm(), by="packing")
    works = evolve(confirmed, state=State.EFFECTIVE)
    case = ("CK-EHQ6-7X6D", learning("thin-box"))
    for improvements, measured, closed in (
        ([], "none", False), ([confirmed], "under_way", False), ([evolve(told, state=State.EFFECTIVE)], "works", False),
        ([works], "works", True), ([works, told], "under_way", False),
        ([evolve(confirmed, state=State.NO_MEASURE)], "not_needed", True),
    ):  # fmt: skip
        found = figures.loop(*case, improvements)
        assert (measured, closed) == (found.measured, found.closed), improvements
    assert not figures.loop("CK-EHQ6-7X6D", learning(), [works]).closed
    decided = learning("other", no_measure=Content.of("once only"), improvements=(told.reference,))
    assert "not_needed" == figures.loop("x", decided, [evolve(confirmed, causes=(), state=State.DONE)]).measured
    assert figures.loop_of_cause("thin-box", [works]).closed


def test_closure_is_the_share_of_closed_loops() -> None:
    """By hand: one of three closed complaints has its loop closed."""
    works = evolve(
        does(does(measure(causes=("a",)), actions.Tell(to="packing", text="x")), actions.Confirm(), by="packing"),
        state=State.EFFECTIVE,
    )
    cases = [
        Learned(reference=name, learning=learning(*causes)) for name, causes in (("x", "a"), ("y", "b"), ("z", ()))
    ]
    found = figures.closure(cases, [works])
    assert (3, 1) == (found.cases, found.closed)
    assert None is figures.closure([], [works]).share


def test_training_is_needed_where_complaints_say_so_or_figures_do() -> None:
    """What complaints ask for comes first; then what goes wrong often enough, the worst first; never about a person."""
    asks = learning(training=(TrainingNeed(topic="refunds", role="handler", at=NOW, by="irina"),))
    rows: list[tuple[tuple[str, ...], int]]
    counted = []
    for count, rows in zip(
        figures.NEEDS,
        (
            [(("late",), 10), (("rude",), 40), (("rare",), 2)], [(("late",), 5), (("rude",), 8), (("rare",), 2)],
            [(("first_response",), 20), (("final_response",), 20)],
            [(("first_response",), 5), (("final_response",), 17)],
        ),
        strict=True,
    ):  # fmt: skip
        counted.append(Counted(count, tuple(rows)))
    found = figures.training_needs(counted, [Learned(reference="x", learning=asks)], 0.2, 5)
    assert ["refunds", "first_response", "late", "rude"] == [need.topic for need in found]
    assert "15 of 20 promises were broken" == found[1].because
    assert 0.5 == found[2].share


@pytest.mark.parametrize(
    ("channels", "behind", "unwatched"),
    [((), False, ()), (("email",), False, ("letter",)), ((), True, ("email", "letter"))],
)
def test_a_channel_that_nobody_looks_at_is_found(
    channels: tuple[str, ...], behind: bool, unwatched: tuple[str, ...]
) -> None:
    """A circle for all channels watches all; one for some only those; one that is never held watches none."""
    one = circle(channels=channels)
    if behind:
        one = looked(one, NOW + 20 * DAY)[0]
    assert unwatched == figures.unwatched(("email", "letter"), [one])
    assert ("email", "letter") == figures.unwatched(("email", "letter"), [does(one, actions.Retire(reason="x"))])


def test_nothing_planned_is_called_to_mind() -> None:
    """Were an improvement ever left without a clock, its owner would be asked what comes next."""
    one = evolve(opened(actions.Suggest(title="x")), clocks=(), due_at=NOW)
    after, entries = looked(one, NOW)
    assert ["looked_at"] == kinds(entries)
    assert after.due_at == NOW + WEEK
