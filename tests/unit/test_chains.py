"""Chains: which step is taken when, by whom, once, and late if nobody was at work; whatever moves the clock."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import Escalation, EscalationRule, SettingsError, Severity
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    ClockMoved,
    Escalated,
    Overdue,
    Registered,
    Regraded,
    Reviewed,
    Warned,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock
from complaintkit.cli.timeline import told
from complaintkit.clocks.reckoning import Rest
from complaintkit.clocks.shares import share_of
from complaintkit.derived import consequences
from complaintkit.escalation import review
from complaintkit.policy import Policy
from complaintkit.policy.chains import LEAD, OWNER, ROTA, links
from complaintkit.policy.reading import read
from complaintkit.policy.standards import Rung
from complaintkit.settings import structure

from .cases import POLICY, T0, Double, hours, received

CHAIN = [
    {"at": "50%", "to": "owner"},
    {"at": "75%", "to": "lead"},
    {"at": "-1h", "to": "owner"},
    {"at": "0h", "to": "team-lead"},
    {"at": "+4h", "to": "quality", "line": "functional"},
    {"at": "+48h", "to": "executive"},
]


def policy(*standards: dict[str, Any], **more: Any) -> Policy:
    """Return a policy with these promises for an answer."""
    promises = [{"clock": "final_response", "name": "answer", **one} for one in standards]
    return read({"standards": promises, **more}, structure)


def begun(by: Policy, start: datetime = T0) -> Complaint:
    """Return a registered case with its clocks by a policy."""
    case = received(at=start, received_at=start).open()
    clocks = by.clocks(case, start)
    return case.apply(Registered(at=start, by=CORE, stage=Stage.REGISTERED, clocks=clocks))


def swept(case: Complaint, by: Policy, at: datetime, *rules: Any) -> tuple[tuple[Entry, ...], Complaint]:
    """Return the entries due at a moment and the case after them."""
    entries = review(case, rules, by, at)
    return entries, case.apply_all(entries)


def taken(entries: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    """Return the steps that entries take, one group an entry."""
    return [one.steps for one in entries if isinstance(one, Warned | Overdue | Escalated)]


STEPS = policy({"within": {"hours": 20}, "chain": CHAIN})


# --- when, and to whom


@pytest.mark.parametrize(
    ("hour", "step", "to"),
    [
        (10, "50% owner", ""),
        (15, "75% lead", "team-lead"),
        (19, "-1h owner", ""),
        (20, "0h team-lead", "team-lead"),
        (24, "+4h quality", "quality"),
        (68, "+48h executive", "executive"),
    ],
)
def test_each_step_comes_at_its_moment(hour: float, step: str, to: str) -> None:
    """A minute before nothing of it is on file; at its moment it is, to whom it names; swept by the hour up to then."""
    case = begun(STEPS)
    for before in range(int(hour)):
        _, case = swept(case, STEPS, T0 + hours(before))
    entries, _ = swept(case, STEPS, T0 + hours(hour) - timedelta(minutes=1))
    assert [] == [one for one in taken(entries) if step in one]
    entries, _ = swept(case, STEPS, T0 + hours(hour))
    found = next(one for one in entries if isinstance(one, Warned | Escalated) and step in one.steps)
    assert (to, T0 + hours(hour), False) == (found.to, found.step_at, found.late)


def test_levels_count_from_the_due_moment_and_tell_their_line() -> None:
    """Reminders have no level; what comes from the due moment on is numbered, and its line stands beside it."""
    case, found = begun(STEPS), []
    for hour in range(70):
        entries, case = swept(case, STEPS, T0 + hours(hour))
        found += [(one.level, one.to, one.line) for one in entries if isinstance(one, Escalated)]
    assert [
        (1, "team-lead", "hierarchical"), (2, "quality", "functional"), (3, "executive", "hierarchical"),
    ] == found  # fmt: skip
    assert (3, "desk") == (case.level, case.owner)


WORKING = {
    "calendars": {"office": {"zone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}}},
    "zone": "Europe/London",
}


@pytest.mark.parametrize(
    ("share", "due"),
    [
        # Eight hours of work from Friday 15:00: two on Friday, six on Monday.
        ("25%", "2026-03-06T17:00"),
        ("50%", "2026-03-09T11:00"),
        ("75%", "2026-03-09T13:00"),
    ],
)
def test_a_share_of_working_time_counts_while_it_is_open(share: str, due: str) -> None:
    """Half of eight working hours from Friday afternoon is Monday at eleven, and no moment of the weekend."""
    by = policy({"within": {"business_hours": 8}, "chain": [{"at": share, "to": "owner"}]}, **WORKING)
    friday = datetime(2026, 3, 6, 15, tzinfo=UTC)
    clock = begun(by, friday).clock("final_response")
    assert clock is not None
    assert datetime.fromisoformat(f"{due}+00:00") == clock.warn_at
    assert datetime(2026, 3, 9, 15, tzinfo=UTC) == clock.due_at


def test_an_offset_is_exact_also_for_working_time() -> None:
    """An hour before it is due is sixty minutes on the clock, whether work is done then or not."""
    by = policy({"within": {"business_hours": 8}, "chain": [{"at": "-8h", "to": "owner"}]}, **WORKING)
    clock = begun(by, datetime(2026, 3, 9, 9, tzinfo=UTC)).clock("final_response")
    assert clock is not None
    assert (clock.started_at, datetime(2026, 3, 9, 17, tzinfo=UTC)) == (clock.warn_at, clock.due_at)


def test_time_that_a_clock_stood_still_is_no_part_of_its_share() -> None:
    """Of ten hours with a day's rest after the second, half is over after five hours that counted."""
    rest = Rest(T0 + hours(2), T0 + hours(26))
    assert T0 + hours(29) == share_of(T0, T0 + hours(34), 0.5, None, [rest])
    # What falls on the rest itself comes after it: nobody is reminded of a clock that stands still.
    assert T0 + hours(26) == share_of(T0, T0 + hours(34), 0.2, None, [rest])
    assert T0 + hours(34) == share_of(T0, T0 + hours(34), 1.0, None, [rest])


@given(
    st.integers(1, 5000),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 900)), max_size=4),
    st.floats(0, 1, width=32),
)
def test_a_share_is_where_so_much_was_counted(length: int, rests: list[tuple[int, int]], share: float) -> None:
    """Whatever the rests, between start and the moment so much of the counted time lies as the share says."""
    due = T0 + timedelta(minutes=length)
    stood = [Rest(T0 + timedelta(minutes=at), T0 + timedelta(minutes=at + long)) for at, long in rests]
    moment = share_of(T0, due, share, None, stood)
    still = {minute for rest in stood for minute in range(_minute(rest.since), _minute(rest.until))}
    counted = [minute for minute in range(length) if minute not in still]
    before = sum(minute < (moment - T0) / timedelta(minutes=1) for minute in counted)
    assert abs(before - share * len(counted)) <= 1
    assert T0 <= moment <= due


def _minute(moment: datetime) -> int:
    return int((moment - T0) / timedelta(minutes=1))


# --- which chain holds


def test_without_a_chain_there_is_one_reminder_and_the_ladder() -> None:
    """What `warn` and `ladder` say is a chain as well."""
    by = policy({"within": {"hours": 20}, "warn": 0.6}, ladder=[{"after": "1h", "to": "boss"}])
    assert [("60% owner", 0), ("+1h boss", 1)] == [
        (one.name, one.level) for one in links(by.standards[0], by.chain, by.ladder)
    ]


def test_a_common_chain_holds_for_every_standard_without_one() -> None:
    """A chain of the policy stands in place of `warn` and the ladder, and a standard's own in place of that."""
    own = {"within": {"hours": 20}, "chain": [{"at": "10%", "to": "lead"}, {"at": "1h", "to": "quality"}]}
    by = policy({"within": {"hours": 20}}, {**own, "name": "own", "channels": ["social"]}, chain=CHAIN[2:4])
    assert ["-1h owner", "0h team-lead"] == [one.name for one in links(by.standards[0], by.chain, by.ladder)]
    assert ["10% lead", "1h quality"] == [one.name for one in links(by.standards[1], by.chain, by.ladder)]


def test_a_chain_of_reminders_goes_on_with_the_ladder() -> None:
    """Somebody always hears of a broken promise: where a chain has no step after it, the ladder has."""
    by = policy({"within": {"hours": 20}, "chain": CHAIN[:2]})
    assert ["50% owner", "75% lead", "0h team-lead", "+2d department", "+7d executive"] == [
        one.name for one in links(by.standards[0], by.chain, by.ladder)
    ]


@pytest.mark.parametrize(
    ("chain", "path", "problem"),
    [
        ([{"at": "75%", "to": "owner"}, {"at": "50%", "to": "lead"}], "chain[1].at", "order"),
        ([{"at": "0h", "to": "owner"}, {"at": "50%", "to": "lead"}], "chain[1].at", "order"),
        ([{"at": "+2h", "to": "owner"}, {"at": "+1h", "to": "lead"}], "chain[1].at", "order"),
        ([{"at": "0h", "to": "owner"}, {"at": "-1h", "to": "lead"}], "chain[1].at", "order"),
        ([{"at": "150%", "to": "owner"}], "chain[0].at", "+2h"),
        ([{"at": "soon", "to": "owner"}], "chain[0].at", "-1d"),
        ([{"at": "0h", "to": "team-laed"}], "chain[0].to", "did you mean 'team-lead'"),
        ([{"at": "0h", "to": "lead"}, {"at": "0h", "to": "lead"}], "chain[1]", "twice"),
    ],
)
def test_a_chain_that_does_not_add_up_is_refused(chain: list[dict[str, str]], path: str, problem: str) -> None:
    """Steps out of order, beyond the time, unreadable, twice, or for nobody are refused with their place."""
    for where, more in (("policy.", {"chain": chain}), ("policy.standards[0].", {})):
        standard = {"within": {"hours": 20}, **({} if more else {"chain": chain})}
        with pytest.raises(SettingsError) as refused:
            policy(standard, **more)
        assert f"{where}{path}" == refused.value.path
        assert problem in refused.value.problem


def test_shares_and_offsets_before_the_due_moment_may_be_mixed() -> None:
    """Which of them comes first depends on how long the clock runs, so any order of the two kinds is right."""
    by = policy({"within": {"hours": 20}, "chain": CHAIN})
    assert 6 == len(links(by.standards[0], by.chain, by.ladder))


def test_somebody_who_is_not_there_cannot_be_called() -> None:
    """Where staff is listed, a name that is neither a person's nor a role's is refused, with those there are."""
    staff = {"irina": {"roles": ["handler"]}, "petra": {"roles": ["team-lead"]}}
    chain = [{"at": "0h", "to": "head of service"}]
    with pytest.raises(SettingsError, match=r"neither a person nor a role called 'head of service'.*petra"):
        policy({"within": {"hours": 20}, "chain": chain}, staff=staff)
    for to in (OWNER, LEAD, ROTA, "petra", "handler", "desk"):
        read_so = policy({"within": {"hours": 20}, "chain": [{"at": "0h", "to": to}]}, staff=staff)
        assert to == read_so.standards[0].chain[0].to


# --- once, and late if missed


def test_what_was_missed_is_taken_at_the_first_look_with_its_true_moment() -> None:
    """After a week without a worker the breach keeps its moment; every level is called, each told late, once."""
    entries, case = swept(begun(STEPS), STEPS, T0 + timedelta(days=7))
    breach = next(one for one in entries if isinstance(one, Overdue))
    assert (T0 + hours(20), True, False) == (breach.due_at, breach.late, breach.recalculated)
    called = [(one.to, one.step_at, one.late) for one in entries if isinstance(one, Escalated)]
    assert [
        ("team-lead", T0 + hours(20), True), ("quality", T0 + hours(24), True), ("executive", T0 + hours(68), True),
    ] == called  # fmt: skip
    assert "noticed late" in next(iter(told(breach, UTC)))
    assert () == swept(case, STEPS, T0 + timedelta(days=7, minutes=1))[0]


def test_who_was_to_be_reminded_hears_of_the_breach_instead() -> None:
    """A reminder that nobody gave in time is no reminder any more; whom it was for is told of the breach."""
    entries, _ = swept(begun(STEPS), STEPS, T0 + timedelta(days=7))
    breach = next(one for one in entries if isinstance(one, Overdue))
    assert ("team-lead",) == breach.told
    assert {"50% owner", "75% lead", "-1h owner"} <= set(breach.steps)
    assert not any(isinstance(one, Warned) for one in entries)


def test_reminders_that_were_missed_are_given_together() -> None:
    """Two that call the same person are one word; another person has one of their own."""
    entries, case = swept(begun(STEPS), STEPS, T0 + hours(19.5))
    assert [(("50% owner", "-1h owner"), ""), (("75% lead",), "team-lead")] == [
        (one.steps, one.to) for one in entries if isinstance(one, Warned)
    ]
    assert all(one.late for one in entries if isinstance(one, Warned))
    assert () == swept(case, STEPS, T0 + hours(19.9))[0]


def test_what_is_noticed_in_time_is_not_late() -> None:
    """Half a minute is how long a worker rests, and no delay."""
    entries, _ = swept(begun(STEPS), STEPS, T0 + hours(20) + timedelta(seconds=30))
    assert [False, False] == [one.late for one in entries if isinstance(one, Overdue | Escalated)]


# --- whatever moves the clock


def test_an_extension_moves_what_is_left_and_repeats_nothing() -> None:
    """The reminder that was given stays given; the one that was not comes by the new date."""
    by = policy({"within": {"hours": 20}, "longest": {"hours": 60}, "chain": CHAIN})
    _, case = swept(begun(by), by, T0 + hours(10))
    clock = case.clock("final_response")
    assert clock is not None
    moved = by.reckoned(clock.extend(T0 + hours(11), T0 + hours(40)))
    assert (T0 + hours(30), ("50% owner",)) == (moved.warn_at, moved.history.steps)


def graded(**more: Any) -> Policy:
    """Return a policy that promises an answer in a day, and in half of that to the gravest."""
    plain = {"within": {"hours": 24}, "chain": CHAIN[:4], **more}
    grave = {"within": {"hours": 12}, "severities": ["critical"], "name": "grave", "chain": [*CHAIN[:4], CHAIN[5]]}
    return policy(plain, {**grave, **more})


def regraded(case: Complaint, by: Policy, at: datetime, severity: Severity) -> Complaint:
    """Return a case after somebody said how grave it is, with what follows of itself."""
    said = Assessed(at=at, by="irina", stage=Stage.IN_PROGRESS, category="delivery-late", severity=severity,
        confirmed=True,
    )  # fmt: skip
    after = case.apply(said)
    return after.apply_all(consequences.of(after, (said,), by, at))


def test_another_standard_moves_what_is_left_and_repeats_nothing() -> None:
    """Half the time was told already; three quarters and the hour before come by the stricter standard."""
    by = graded()
    _, case = swept(begun(by), by, T0 + hours(6))
    case = regraded(case, by, T0 + hours(7), Severity.CRITICAL)
    _, case = swept(case, by, T0 + hours(8))
    found = []
    for quarter in range(4 * 7, 4 * 13):
        entries, case = swept(case, by, T0 + hours(quarter / 4))
        found += [(quarter / 4, step) for steps in taken(entries) for step in steps if step != "breach"]
    # The stricter chain has a step at half of its time, too: the same one, so nobody is told again.
    assert [(9, "75% lead"), (11, "-1h owner"), (12, "0h team-lead")] == found


def test_another_standard_may_remind_where_the_first_did_not_and_the_other_way() -> None:
    """What the chain of the standard says that holds now is what is done."""
    quiet = {"within": {"hours": 24}, "warn": 1.0}
    by = policy(quiet, {"within": {"hours": 12}, "severities": ["critical"], "name": "grave", "chain": CHAIN[:4]})
    clock = regraded(begun(by), by, T0 + hours(1), Severity.CRITICAL).clock("final_response")
    assert clock is not None
    assert T0 + hours(6) == clock.warn_at
    back = regraded(begun(by), by, T0 + hours(1), Severity.CRITICAL)
    clock = regraded(back, by, T0 + hours(2), Severity.LOW).clock("final_response")
    assert clock is not None
    assert (None, T0 + hours(24)) == (clock.warn_at, clock.next_at)


def test_what_passes_by_another_standard_was_not_missed() -> None:
    """Half of the stricter time had passed when it came to hold: the reminder comes at once, and nobody was late."""
    by = graded()
    case = regraded(begun(by), by, T0 + hours(7), Severity.CRITICAL)
    entries, _ = swept(case, by, T0 + hours(7) + timedelta(seconds=30))
    assert [(("50% owner",), T0 + hours(6), False)] == [
        (one.steps, one.step_at, one.late) for one in entries if isinstance(one, Warned)
    ]
    entries, _ = swept(case, by, T0 + hours(8))
    assert [True] == [one.late for one in entries if isinstance(one, Warned)]


def test_a_promise_broken_by_recalculation_is_told_so_and_once() -> None:
    """The moment had passed when it came under the other standard: one breach by that name, and one call for all."""
    by = graded()
    case = regraded(begun(by), by, T0 + hours(20), Severity.CRITICAL)
    entries, case = swept(case, by, T0 + hours(20) + timedelta(seconds=20))
    breach = next(one for one in entries if isinstance(one, Overdue))
    assert (T0 + hours(12), True, False) == (breach.due_at, breach.recalculated, breach.late)
    assert 1 == sum(isinstance(one, Escalated) for one in entries)
    assert "by recalculation" in next(iter(told(breach, UTC)))
    assert [] == taken(swept(case, by, T0 + hours(20.5))[0])


def test_many_levels_passed_by_recalculation_are_one_call() -> None:
    """Where several levels had passed, only the highest is called; the others count as taken."""
    grave = {"within": {"hours": 1}, "name": "grave", "severities": ["critical"], "chain": CHAIN[3:]}
    by = policy({"within": {"days": 9}, "chain": CHAIN}, grave)
    case = regraded(begun(by), by, T0 + timedelta(days=5), Severity.CRITICAL)
    entries, case = swept(case, by, T0 + timedelta(days=5))
    (raised,) = (one for one in entries if isinstance(one, Escalated))
    assert ("executive", 3, ("0h team-lead", "+4h quality", "+48h executive")) == (
        raised.to, raised.level, raised.steps
    )  # fmt: skip
    assert [] == taken(swept(case, by, T0 + timedelta(days=6))[0])


def test_a_breach_that_nobody_noticed_is_filed_though_the_standard_became_milder() -> None:
    """It was broken by what held then; a later due moment takes nothing of that back."""
    mild = {"within": {"hours": 90}, "name": "mild", "severities": ["low"], "chain": CHAIN}
    by = policy({"within": {"hours": 12}, "chain": CHAIN}, mild)
    case = regraded(begun(by), by, T0 + hours(14), Severity.LOW)
    clock = case.clock("final_response")
    assert clock is not None
    assert (T0 + hours(90), T0 + hours(12)) == (clock.due_at, clock.next_at)
    entries, case = swept(case, by, T0 + hours(15))
    assert [T0 + hours(12)] == [one.due_at for one in entries if isinstance(one, Overdue)]
    assert not any(isinstance(one, Escalated) for one in entries)
    entries, _ = swept(case, by, T0 + hours(90))
    assert ["team-lead"] == [one.to for one in entries if isinstance(one, Escalated)]


def test_a_chain_that_settings_moved_is_followed_from_then_on() -> None:
    """Where the reminder is to come later by now, the clock is told so; nothing is given early or twice."""
    later = evolve(STEPS, standards=(evolve(STEPS.standards[0], chain=(Rung(at="90%", to="owner"),)),))
    entries, case = swept(begun(STEPS), later, T0 + hours(10))
    assert [ClockMoved] == [type(one) for one in entries]
    entries, _ = swept(case, later, T0 + hours(18))
    assert [("90% owner",)] == taken(entries)


def test_a_clock_from_before_steps_were_kept_repeats_nothing() -> None:
    """Its reminder and its level say what was taken."""
    case = begun(STEPS)
    clock = case.clock("final_response")
    assert clock is not None
    old = evolve(
        clock, warned=True, overdue=True, level=2, next_level_at=T0 + hours(30),
    )  # fmt: skip
    case = evolve(case, clocks=(old,))
    entries, case = swept(case, STEPS, T0 + hours(30))
    assert [Reviewed] == [type(one) for one in entries]
    entries, _ = swept(case, STEPS, T0 + hours(68))
    assert [("+48h executive",)] == taken(entries)


def test_a_rule_that_calls_the_next_level_early_takes_its_step() -> None:
    """Who was called before the chain would have it is not called again for the same level."""
    rule = Double(
        EscalationRule("eager", lambda one: Escalation(level=2, to="quality", reason="r") if one.level == 1 else None)
    )
    entries, case = swept(begun(STEPS), STEPS, T0 + hours(20), rule)
    assert [("chain", 1), ("eager", 2)] == [(one.rule, one.level) for one in entries if isinstance(one, Escalated)]
    later = [one for hour in range(21, 30) for one in swept(case, STEPS, T0 + hours(hour), rule)[0]]
    assert not any(isinstance(one, Escalated) for one in later)


# --- over any life

MOVES = st.one_of(
    st.tuples(st.just("sweep"), st.integers(1, 60)),
    st.tuples(st.just("pause"), st.integers(1, 40)),
    st.tuples(st.just("resume"), st.integers(1, 40)),
    st.tuples(st.just("extend"), st.integers(1, 40)),
    st.tuples(st.just("grave"), st.integers(0, 20)),
    st.tuples(st.just("mild"), st.integers(0, 20)),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(MOVES, max_size=25))
def test_each_step_is_taken_at_most_once_and_none_is_skipped(moves: list[tuple[str, int]]) -> None:
    """Whatever moves a clock, and whenever somebody looks: once it is long overdue, each step was taken just once."""
    by = graded(pausable=True, longest={"hours": 500})
    case, now, seen = begun(by), T0, Counter[str]()
    for move, amount in moves:
        now += hours(amount)
        case = moved(case, by, move, now, amount)
        if move == "sweep":
            entries, case = swept(case, by, now)
            seen.update(step for steps in taken(entries) for step in steps)
    case = moved(case, by, "resume", now, 0)
    for _ in range(40):
        now = max(now, case.due_at or now)
        entries, case = swept(case, by, now)
        seen.update(step for steps in taken(entries) for step in steps)
    clock = case.clock("final_response")
    assert clock is not None
    assert set(seen.values()) == {1}
    left = [one.link.name for one in by.steps(clock, by.standard_for(clock, case)) if not one.taken]
    assert [] == left
    assert clock.overdue


def moved(case: Complaint, by: Policy, move: str, now: datetime, amount: int) -> Complaint:
    """Return a case after something that moves its clock."""
    clock = case.clock("final_response")
    assert clock is not None

    def put(changed: Clock) -> Complaint:
        return evolve(case, clocks=(changed,), version=case.version + 1, due_at=changed.next_at)

    match move:
        case "pause":
            return put(clock.pause(now))
        case "resume":
            return put(by.reckoned(clock.resume(now)))
        case "extend" if clock.running and now <= clock.due_at:
            until = clock.due_at + hours(amount)
            return put(clock.extend(now, until).reminding(by.reckoned(clock.extend(now, until)).warn_at))
        case "grave" | "mild" if not clock.settled:
            return regraded(case, by, now, Severity.CRITICAL if move == "grave" else Severity.LOW)
    return case


def test_regrading_is_what_the_property_above_moves_by() -> None:
    """A change of severity puts the clock under the other standard, and back."""
    by = graded()
    case = regraded(begun(by), by, T0 + hours(1), Severity.CRITICAL)
    clock = case.clock("final_response")
    assert clock is not None
    assert ("grave", T0 + hours(12)) == (clock.standard.partition(" (")[0], clock.due_at)
    back = regraded(case, by, T0 + hours(2), Severity.LOW).clock("final_response")
    assert back is not None
    assert (T0 + hours(24), 2) == (back.due_at, len(back.history.changes))
    assert isinstance(Regraded.kind, str)


# --- P08: deadlines never pass silently


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.integers(10, 60 * 24 * 20), min_size=1, max_size=6, unique=True),
    st.integers(0, 60 * 24 * 10),
    st.integers(2, 60 * 24 * 20),
)
def test_whatever_passed_while_no_worker_ran_is_told_at_the_start(
    deadlines: list[int], stopped: int, down: int
) -> None:
    """P08, in memory: 500 sets of deadlines; each missed one is filed at the first sweep, true moment, marked late."""
    by = evolve(POLICY, zone=POLICY.zone)
    case = received().open()
    clocks = tuple(
        Clock(
            kind="commitment", name=f"commitment-{minutes}", standard="a date", started_at=T0,
            due_at=T0 + timedelta(minutes=minutes), warn_at=T0 + timedelta(minutes=minutes) * 0.75,
        )
        for minutes in deadlines
    )  # fmt: skip
    case = case.apply(Registered(at=T0, by=CORE, stage=Stage.REGISTERED, clocks=clocks))
    stop = T0 + timedelta(minutes=stopped)
    while case.due_at and case.due_at <= stop:
        _, case = swept(case, by, case.due_at)
    start = stop + timedelta(minutes=down)
    overdue = {one.name for one in case.overdue_at(start)}
    assert {clock.name for clock in clocks if clock.due_at < start} == overdue  # right on reading, without any worker
    entries, after = swept(case, by, start)
    missed = {one.name: one.due_at for one in clocks if stop < one.due_at <= start}
    found = {one.clock: (one.due_at, one.late) for one in entries if isinstance(one, Overdue)}
    late = timedelta(minutes=1)
    assert {name: (due, start - due > late) for name, due in missed.items()} == found
    assert all(one.overdue for one in after.clocks if one.due_at <= start)
