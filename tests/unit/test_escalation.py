"""Reminders, breaches and escalations: each once, with its true moment, and never silent."""

from datetime import timedelta

from complaintkit import Escalation, EscalationRule
from complaintkit.builtin.ladder import Settings, complaintkit_escalation_rules
from complaintkit.case.actions import Reply, Wait
from complaintkit.case.entries import ClockMoved, Escalated, Overdue, PluginFailed, WaitEnded, Warned
from complaintkit.escalation import review

from .cases import POLICY, T0, Double, act, failing, hours, registered

LADDER = Double(next(iter(complaintkit_escalation_rules(Settings()))))


def swept(case, at, *rules):  # type: ignore[no-untyped-def]
    """Return the entries due at a moment and the case after them."""
    entries = review(case, rules, POLICY, at)
    return entries, case.apply_all(entries)


def test_nothing_happens_before_its_time() -> None:
    """A fresh case asks for nothing."""
    assert () == swept(registered(), T0 + hours(1), LADDER)[0]


def test_the_owner_is_reminded_once_before_the_promise_breaks() -> None:
    """At three quarters of the span there is one reminder, and no second."""
    entries, case = swept(registered(), T0 + hours(18), LADDER)
    assert [Warned] == [type(entry) for entry in entries]
    assert () == swept(case, T0 + hours(19), LADDER)[0]


def test_a_breach_keeps_its_true_moment_however_late_it_is_noticed() -> None:
    """A worker that was down for a day files the breach with the moment of the promise."""
    entries, _ = swept(registered(), T0 + hours(48), LADDER)
    breach = next(one for one in entries if isinstance(one, Overdue) and one.clock == "first_response")
    assert (T0 + hours(24), T0 + hours(48)) == (breach.due_at, breach.at)


def test_each_level_is_reached_once_and_in_time() -> None:
    """The ladder calls for team-lead, department, executive, each once, however often is swept."""
    case, reached = registered(), []
    for hour in range(20, 24 * 12):
        entries, case = swept(case, T0 + hours(hour), LADDER)
        reached += [(hour, one.to) for one in entries if isinstance(one, Escalated) and one.clock == "first_response"]
    assert [(24, "team-lead"), (72, "department"), (192, "executive")] == reached
    assert "desk" == case.owner


def test_a_met_clock_rests() -> None:
    """An answer in time ends the matter for that clock."""
    case = act(registered(), Reply(text="We look into it."), T0 + hours(1))
    entries, _ = swept(case, T0 + hours(100), LADDER)
    assert () == entries


def test_where_a_rule_fails_the_chain_goes_on_and_the_failure_is_on_file() -> None:
    """A broken rule costs its own answer; attention is called for all the same."""
    broken = failing(EscalationRule("broken", lambda review: None))
    entries, case = swept(registered(), T0 + hours(25), broken)
    assert {PluginFailed, Overdue, Escalated} <= {type(entry) for entry in entries}
    assert ("chain", 1) == (next(one.rule for one in entries if isinstance(one, Escalated)), case.level)


def test_without_any_rule_the_chain_is_taken() -> None:
    """A kit without escalation plugins is not silent."""
    assert any(isinstance(entry, Escalated) for entry in swept(registered(), T0 + hours(25))[0])


def test_the_highest_of_several_answers_counts() -> None:
    """Two rules answer, the higher level is called, once, beside the level of the chain."""
    low = Double(EscalationRule("low", lambda review: Escalation(level=1, to="a", reason="r")))
    high = Double(EscalationRule("high", lambda review: Escalation(level=3, to="b", reason="r")))
    entries, case = swept(registered(), T0 + hours(25), low, high)
    assert {("team-lead", 1), ("b", 3)} == {(one.to, one.level) for one in entries if isinstance(one, Escalated)}
    assert 3 == case.level


def test_a_rule_that_always_wants_to_look_again_cannot_spin() -> None:
    """A moment that is not in the future is not waited for, so one sweep ends; the next step of the ladder is."""
    eager = Double(EscalationRule("eager", lambda review: Escalation(level=1, to="a", reason="r", again_at=review.now)))
    _, case = swept(registered(), T0 + hours(25), eager)
    assert () == swept(case, T0 + hours(26), eager)[0]


def test_a_broken_promise_is_never_forgotten() -> None:
    """Whatever rules leave unsaid, an unmet broken clock has a next moment, and the chain goes on."""
    silent = Double(EscalationRule("silent", lambda review: None))
    for rules in ((), (silent,), (LADDER,), (failing(silent.record),)):
        case = registered()
        for hour in range(24, 24 * 40, 6):
            _, case = swept(case, T0 + hours(hour), *rules)
            broken = [clock for clock in case.clocks if clock.overdue and not clock.settled]
            assert broken
            assert all(clock.next_level_at for clock in broken)
        assert case.level


def test_waiting_ends_at_its_date() -> None:
    """When the date has come, the case is worked on again by itself."""
    case = act(registered(), Reply(text="Which order?"), T0 + hours(1))
    case = act(case, Wait(until=T0 + hours(10), reason="order"), T0 + hours(2))
    entries, _ = swept(case, T0 + hours(10), LADDER)
    assert [WaitEnded, ClockMoved] == [type(entry) for entry in entries]


def test_a_breach_is_on_file_once_though_the_clock_is_looked_at_again() -> None:
    """Looking again at a level that stays files a review, no second breach and no second escalation."""
    patient = Double(
        EscalationRule("patient", lambda one: Escalation(level=1, to="a", reason="r", again_at=one.now + hours(1)))
    )
    case, kinds = registered(), []
    for hour in range(24, 30):
        entries, case = swept(case, T0 + hours(hour), patient)
        kinds += [entry.kind for entry in entries if getattr(entry, "clock", "") == "first_response"]
    again = ["reviewed"] * 5
    assert ["overdue", "escalated", *again] == [one for one in kinds if one != "holding_sent"]


def test_what_nobody_mends_is_looked_at_ever_more_rarely_and_never_forgotten() -> None:
    """After the last step of the ladder a broken promise fills no file: a year of silence adds a few entries."""
    case, reviews, now = registered(), 0, T0
    for _ in range(200):
        now = case.due_at or now
        if now > T0 + timedelta(days=365):
            break
        entries, case = swept(case, now)
        reviews += sum(entry.kind == "reviewed" for entry in entries if getattr(entry, "clock", "") == "first_response")
    assert now > T0 + timedelta(days=365)
    assert 5 < reviews < 20
    assert case.due_at is not None
    assert case.due_at - now <= timedelta(days=31)
