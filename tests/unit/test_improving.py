"""What can be asked of improvements, what comes of it, and what is refused."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve

from complaintkit.case.actor import Actor
from complaintkit.case.parts import Content
from complaintkit.case.reference import new
from complaintkit.errors import NotAllowed
from complaintkit.improving import actions
from complaintkit.improving.describing import standings
from complaintkit.improving.entries import KINDS
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.improving.lifecycle import LIFE_CYCLE, STATES, Kind, State, possible
from complaintkit.improving.parts import Check, Verdict
from tests.unit.cases import registered
from tests.unit.improving_cases import DAY, NOW, POLICY, REFERENCE, circle, does, measure, opened, person, refuses


def due(one: Any, kind: str) -> datetime:
    """Return when a running clock of a kind ends."""
    clock = one.running(kind)
    assert clock is not None, kind
    return clock.due_at  # type: ignore[no-any-return]


# --- openings


def test_whoever_opens_it_owns_it() -> None:
    """From its first entry on an improvement has an owner, a date, and a reminder before it."""
    one = measure()
    assert ("irina", State.PLANNED, NOW + 20 * DAY) == (one.owner, one.state, due(one, "work"))
    assert one.due_at == NOW + 15 * DAY
    assert "oleg" == measure(owner=" oleg ").owner


@pytest.mark.parametrize(
    ("opening", "says"),
    [
        (actions.PlanMeasure(title=" ", due=NOW + DAY, categories=("unsorted",)), "needs a title"),
        (actions.PlanMeasure(title="x", due=NOW, categories=("unsorted",)), "in the future"),
        (actions.PlanMeasure(title="x", due=datetime(2026, 4, 1), categories=("unsorted",)), "time zone"),  # noqa: DTZ001
        (actions.PlanMeasure(title="x", due=NOW + DAY), "name a cause or a category"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, categories=("nonsense",)), "none of unsorted"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), required=Decimal(2)), "at most 1"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), window=9999), "ten years"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), form="dance"), "none of correction"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), owner="Oleg", deputy=" oleg"), "cannot stand in"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), complaints=("CK-EHQ6-7X6D",)), "no complaint on"),
        (actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), improvements=("IM-1",)), "no other improvement"),
        (actions.PlanCircle(title="x", first=NOW), "needs a deputy"),
        (actions.PlanCircle(title="x", first=NOW, deputy="oleg", unit="year"), "none of day, week, month"),
        (actions.PlanCircle(title="x", first=NOW, deputy="oleg", on="someday"), "is no day"),
        (actions.PlanCircle(title="x", first=NOW, deputy="oleg", on="1 2"), "is no day"),
        (actions.PlanCircle(title="x", first=NOW, deputy="oleg", time="noon"), "Invalid isoformat"),
        (actions.PlanCircle(title="x", first=NOW, deputy="oleg", grace=999), "at most a year"),
        (actions.PlanTraining(title="x", due=NOW + DAY, topics=(" ",)), "name a topic, such as product"),
        (actions.FindOthers(title="x", due=NOW + DAY, criterion=""), "needs a criterion"),
        (actions.ReportFinding(title="x"), "needs a source"),
        (actions.LayDown(title="x", review=NOW + DAY), "needs a text"),
    ],
)
def test_what_could_not_be_followed_up_is_not_opened(opening: actions.Opening, says: str) -> None:
    """Each opening refuses what would leave it without an owner, a date, or a way to tell whether it is done."""
    with pytest.raises(NotAllowed, match=f"improvement IM-new: .*{says}"):
        opened(opening)


def test_a_confidential_complaint_is_not_named() -> None:
    """Whoever sees the improvement would learn of a complaint about somebody; others on file can be named."""
    plain = registered()
    named = actions.PlanMeasure(title="x", due=NOW + DAY, causes=("c",), complaints=(plain.reference.lower(),))
    assert (plain.reference,) == opened(named, cases=(plain,)).complaints
    for secret in (evolve(plain, about=("anna",)), evolve(plain, secrecy="sealed")):
        with pytest.raises(NotAllowed, match="is confidential; name its cause"):
            opened(named, cases=(secret,))


def test_nobody_opens_anything_without_the_role() -> None:
    """An unknown name has no role and is refused, before anything else is looked at."""
    with pytest.raises(NotAllowed, match="corrective_action is for staff; nobody has no role here"):
        actions.PlanMeasure(title="", due=NOW).opened(REFERENCE, Actor("nobody"), NOW, POLICY)


# --- the life cycle


def test_every_kind_ends_somewhere_and_can_be_reached() -> None:
    """From its first state every kind can come to an end, and every action belongs to some kind."""
    for kind in Kind:
        assert any(not state.open for state in STATES[kind])
        assert all(possible(kind, state) for state in STATES[kind])
    assert {action for _, action, _ in LIFE_CYCLE} == set(actions.ACTIONS)


def test_every_kind_of_entry_is_known() -> None:
    """Each entry class is in the table by which files are read, under its own name."""

    def below(base: type[ImprovementEntry]) -> set[type[ImprovementEntry]]:
        return {one for sub in base.__subclasses__() for one in ({sub} if sub.kind else set()) | below(sub)}

    assert below(ImprovementEntry) == set(KINDS.values())
    assert all(name == entry.kind for name, entry in KINDS.items())


def test_what_is_impossible_says_what_is() -> None:
    """A refusal names the state, when it would be possible, and what is possible now."""
    refuses(
        measure(), actions.Judge(verdict="effective", reason="x"), "is planned; judge .* it is implemented. Possible"
    )
    refuses(measure(), actions.Hold(notes="x"), "hold is nothing for a corrective action")
    refuses(measure(), actions.Start(), "before it was opened", now=NOW - DAY)


def test_standings_tell_the_same_as_asking() -> None:
    """What can be asked of a circle now names its own outputs; who has no role may do nothing."""
    one = circle(outputs=("volume", "causes"))
    told = {standing.action: standing for standing in standings(one, person(), POLICY)}
    assert ("volume", "causes") == told["deliver"].fields[0].choices
    assert "start" not in told
    assert not any(one.possible for one in standings(one, Actor("x"), POLICY))


# --- measures


def test_a_measure_is_checked_after_lag_and_window() -> None:
    """Implementing keeps the date, keeps the evidence, and starts the time after which the core counts."""
    one = does(measure(window=30, lag=5), actions.Implement(evidence="in use", since=NOW - 2 * DAY), now=NOW + DAY)
    assert one.measure is not None
    assert (State.IMPLEMENTED, NOW - 2 * DAY) == (one.state, one.measure.implemented_at)
    assert NOW + 33 * DAY == due(one, "check") == one.due_at
    assert one.running("work") is None
    assert ["in use"] == [str(evidence.text) for evidence in one.evidence]
    refuses(measure(), actions.Implement(evidence=" "), "needs a evidence")
    refuses(measure(), actions.Implement(evidence="x", since=NOW + DAY), "not in the future")


def test_only_what_figures_leave_open_is_judged() -> None:
    """Nobody anticipates the check; an undecided one is judged, and a measure that failed is planned anew."""
    one = does(measure(), actions.Implement(evidence="in use"))
    refuses(one, actions.Judge(verdict="effective", reason="I think so"), "the figures decide")
    assert one.measure is not None
    check = Check(at=NOW, by="complaintkit", verdict=Verdict.UNDECIDED, because=Content.of("two before"))
    open_ = evolve(one, measure=evolve(one.measure, checks=(check,)))
    refuses(open_, actions.Judge(verdict="undecided", reason="x"), "none of effective, ineffective")
    works = does(open_, actions.Judge(verdict="effective", reason="nobody calls any more"), by="vera")
    assert (State.EFFECTIVE, None) == (works.state, works.due_at)
    assert works.measure is not None
    assert ("vera", Verdict.EFFECTIVE) == (works.measure.checks[-1].by, works.measure.checks[-1].verdict)
    again = does(open_, actions.Judge(verdict="ineffective", reason="they call"), now=NOW + DAY)
    assert (State.PLANNED, 1) == (again.state, again.reopened)
    assert again.measure is not None
    assert again.measure.implemented_at is None
    assert due(again, "work") > NOW + 14 * DAY


def test_a_moved_date_keeps_the_breach_of_the_old_one() -> None:
    """Postponing counts, needs a reason, and lets a new clock run beside the old one, which stays as it was."""
    one = does(measure(), actions.Postpone(due=NOW + 40 * DAY, reason="supplier late"))
    assert (1, NOW + 40 * DAY) == (one.postponed, due(one, "work"))
    assert ["work", "work-2"] == [clock.name for clock in one.clocks]
    assert one.clocks[0].ended_at == NOW
    refuses(one, actions.Postpone(due=NOW + 40 * DAY, reason=""), "needs a reason")


@pytest.mark.parametrize(("before", "after"), [("0", "1"), ("1", "0.0001"), ("1", "1E+10"), ("-1", "1")])
def test_an_exposure_is_more_than_nothing(before: str, after: str) -> None:
    """Figures from which no rate could be made are refused."""
    refuses(measure(), actions.Expose(unit="parcels", before=Decimal(before), after=Decimal(after)), "no exposure")


def test_nothing_is_dropped_without_a_reason() -> None:
    """A decision that nothing is needed keeps its reason and who decided."""
    refuses(measure(), actions.Drop(reason=" "), "needs a reason")
    one = does(measure(), actions.Drop(reason="product withdrawn"))
    assert (State.NO_MEASURE, "product withdrawn", NOW, None) == (one.state, str(one.closing), one.ended_at, one.due_at)


# --- circles


def hold(**more: Any) -> actions.Hold:
    """Return the filing of a session."""
    return actions.Hold(**{"notes": "nine complaints", "none_needed": "all is under way", **more})


def test_the_first_session_is_the_next_of_the_rhythm() -> None:
    """It is Monday afternoon in Manila: the first session is next Monday at ten, due by the end of that day there."""
    one = circle()
    assert one.circle is not None
    session = one.circle.session
    assert (1, datetime(2026, 3, 9, 2, tzinfo=NOW.tzinfo)) == (session.number, session.planned_at)
    assert datetime(2026, 3, 9, 15, 59, 59, 999999, tzinfo=NOW.tzinfo) == session.due_at == due(one, "session")
    assert "every week on mon at 10:00 (Asia/Manila)" == str(one.circle.rhythm)


def test_a_session_counts_once_everything_is_there() -> None:
    """Notes and decisions alone do not complete it, nor do outputs alone; with both the next one is planned."""
    week = timedelta(weeks=1)
    result = actions.Deliver(output="volume", text="page 1")
    for steps in ((hold(), result), (result, hold())):
        one = circle(outputs=("volume",), recipients=("boss", "quality"))
        begun = does(one, steps[0], now=NOW + week)
        assert begun.circle is not None
        assert (0, 1) == (begun.circle.held, begun.circle.session.number)
        assert begun.running("session") is not None
        done = does(begun, steps[1], now=NOW + week)
        assert done.circle is not None
        assert (1, 1, 2) == (done.circle.held, done.circle.kept, done.circle.session.number)
        assert datetime(2026, 3, 16, 2, tzinfo=NOW.tzinfo) == done.circle.session.planned_at
        assert ["session-1-1", "session-1-2"] == [telling.name for telling in done.told]


def test_a_session_decides_something_or_says_why_not() -> None:
    """Neither, both, and an improvement that nobody knows are refused; what is decided belongs to the circle."""
    refuses(circle(), actions.Hold(notes="x"), "name what was decided, or say")
    other = evolve(measure(), reference=new(Random(7).randrange, "IM"))
    typed = other.reference.replace("-", " ").lower()
    refuses(circle(), actions.Hold(notes="x", decided=(typed,)), "no other improvement on file")
    refuses(circle(), hold(notes=" "), "needs a notes")
    known = (other,)
    with pytest.raises(NotAllowed, match="not both"):
        actions.Hold(notes="x", decided=(typed,), none_needed="y").decide(circle(), person(), NOW, POLICY, known)
    after = does(circle(), actions.Hold(notes="x", decided=(typed,)), others=known)
    assert (other.reference,) == after.improvements


def test_results_are_confirmed_by_whoever_got_them() -> None:
    """Each recipient confirms for themselves, by name or by role; nobody for another; the receipt clock stops then."""
    one = does(circle(recipients=("boss", "quality")), hold())
    refuses(one, actions.Confirm(), "only boss, quality can do that", by="anna")
    confirmed = does(one, actions.Confirm(), by="Boss")
    assert ["session-1-2"] == [clock.name for clock in confirmed.clocks if clock.kind == "receipt" and clock.running]
    both = one.apply_all(actions.Confirm().decide(confirmed, person("vera", "quality"), NOW, POLICY))
    assert both.told[1].received_by == "vera"
    refuses(confirmed, actions.Confirm(of="session-1-1"), "none of session-1-2", by="boss")


def test_a_circle_stays_small_for_years() -> None:
    """Clocks and receipts of earlier sessions go once they are settled; what is still owed stays."""
    one, now = circle(recipients=("boss",)), NOW
    for _ in range(60):
        one = does(one, hold(), now=now)
        one = does(one, actions.Confirm(), by="boss", now=now)
        now += timedelta(weeks=1)
    assert one.circle is not None
    assert 60 == one.circle.held
    assert len(one.clocks) <= 3
    assert len(one.told) <= 1


def test_a_circle_always_has_a_deputy() -> None:
    """Owner and deputy change, but the deputy is not taken away; elsewhere it may be."""
    refuses(circle(), actions.Assign(deputy="-"), "a circle needs a deputy")
    assert ("vera", "oleg") == (does(circle(), actions.Assign(owner="vera")).owner, circle().deputy)
    assert "" == does(measure(deputy="oleg"), actions.Assign(deputy="-")).deputy
    refuses(measure(), actions.Assign(), "irina has it already")


def test_another_rhythm_plans_the_next_session_anew() -> None:
    """Before the date it is the same session on another day; after the date the late one counts as missed."""
    new = actions.Reschedule(first=NOW + 20 * DAY, unit="month", on="last", reason="few complaints")
    one = does(circle(), new)
    assert one.circle is not None
    assert (1, 0, 31) == (one.circle.session.number, one.circle.missed, one.circle.session.planned_at.day)
    late = does(circle(), new, now=NOW + 9 * DAY)
    assert late.circle is not None
    assert (2, 1) == (late.circle.session.number, late.circle.missed)
    assert "every month on the last day" in str(late.circle.rhythm)
    held = does(circle(outputs=("volume",)), hold())
    refuses(held, new, "was held and still owes volume")


# --- feedback


def test_feedback_is_owed_an_answer_even_after_the_end() -> None:
    """Told, confirmed, answered: the clock runs until the answer, and goes on when the measure is dropped."""
    one = does(measure(), actions.Tell(to="packing", text="Half of it breaks.", days=3))
    assert (datetime(2026, 3, 5, 15, 59, 59, 999999, tzinfo=NOW.tzinfo), None) == (
        due(one, "feedback"),
        one.confirmed_at,
    )
    over = does(one, actions.Drop(reason="withdrawn"))
    assert over.due_at is not None
    confirmed = does(over, actions.Confirm(), by="packing", now=NOW + DAY)
    assert (NOW + DAY, True) == (confirmed.confirmed_at, confirmed.running("feedback") is not None)
    answered = does(confirmed, actions.Answer(text="We try two boxes."), by="packing", now=NOW + 2 * DAY)
    assert (None, "We try two boxes.") == (answered.due_at, str(answered.told[0].answer))
    more = does(answered, actions.Tell(to="sales", text="They were promised glass."))
    assert ("feedback-2", None) == (more.told[1].name, more.confirmed_at)


def test_an_answer_is_a_receipt_too() -> None:
    """Who answers has read it; nobody answers for somebody else."""
    one = does(measure(), actions.Tell(to="packing", text="Half of it breaks."))
    refuses(one, actions.Answer(text="x"), "only packing can do that", by="anna")
    answered = does(one, actions.Answer(text="x", of="feedback-1"), by="packing")
    assert (NOW, "packing") == (answered.told[0].received_at, answered.told[0].received_by)
    refuses(answered, actions.Answer(text="x"), "nothing waits for it", by="packing")


# --- suggestions and findings


@pytest.mark.parametrize(
    "opening",
    [actions.Suggest(title="Ask first", credit="anna"), actions.ReportFinding(title="Waits", source="survey")],
)
def test_nothing_is_accepted_without_an_owner_and_a_date(opening: actions.Opening) -> None:
    """An idea or a finding waits for a decision by a date; it is accepted with both, or turned down with a reason."""
    one = opened(opening)
    assert (State.PROPOSED, True) == (one.state, due(one, "decision") > NOW + 7 * DAY)
    refuses(one, actions.Accept(owner=" ", due=NOW + DAY), "needs a owner")
    refuses(one, actions.Accept(owner="oleg", due=NOW), "in the future")
    taken = does(one, actions.Accept(owner="oleg", due=NOW + 30 * DAY))
    assert (State.IN_PROGRESS, "oleg", NOW + 30 * DAY) == (taken.state, taken.owner, due(taken, "work"))
    refuses(one, actions.Decline(reason=""), "needs a reason")
    assert State.DECLINED is does(one, actions.Decline(reason="too dear")).state
    assert State.DONE is does(taken, actions.Finish(text="asked since May")).state


def test_whoever_had_the_idea_is_credited() -> None:
    """The credit stays whoever hands it in, owns it, or turns it down."""
    assert "anna" == opened(actions.Suggest(title="x", credit="anna")).credit
    assert "irina" == opened(actions.Suggest(title="x")).credit


# --- others affected, trainings, procedures


def test_nobody_who_was_found_is_forgotten() -> None:
    """A search is done when everybody found is put right or left out; otherwise only with a reason."""
    one = opened(actions.FindOthers(title="Batch 77", due=NOW + 9 * DAY, criterion="batch 77"))
    refuses(one, actions.Finish(text="done"), "nobody has said yet how many")
    refuses(one, actions.Trace(text="x", remedied=1), "more than the 0 that were found")
    refuses(one, actions.Trace(text="x", reached=-1), "cannot be negative")
    some = does(one, actions.Trace(text="list at sales", found=40, reached=38, remedied=35))
    refuses(some, actions.Finish(text="done"), "for 5 nothing has been done")
    refuses(some, actions.Trace(text="x", remedied=6), "more than the 40")
    rest = does(some, actions.Trace(text="letters came back", excluded=5))
    assert State.DONE is does(rest, actions.Finish(text="all settled")).state
    early = does(some, actions.Finish(text="done", despite="the five moved abroad"))
    assert "done (the five moved abroad)" == str(early.closing)


def test_a_training_is_done_when_everybody_has_completed_it() -> None:
    """Names count once; whoever came unexpected counts, too; somebody left needs a reason."""
    one = opened(
        actions.PlanTraining(title="Calls", due=NOW + 9 * DAY, topics=("conflict",), participants=("anna", "oleg"))
    )
    refuses(one, actions.Complete(participants=()), "name who")
    some = does(one, actions.Complete(participants=("anna", "vera", "anna")))
    assert some.training is not None
    assert (("anna", "vera"), ("oleg",)) == (some.training.completed, some.training.left)
    refuses(some, actions.Finish(text="x"), "not yet completed by oleg")
    assert State.DONE is does(does(some, actions.Complete(participants=("oleg",))), actions.Finish(text="x")).state
    nobody = opened(actions.PlanTraining(title="Calls", due=NOW + 9 * DAY, topics=("conflict",)))
    refuses(nobody, actions.Finish(text="x"), "nobody has taken part")


def test_a_new_version_is_read_anew() -> None:
    """Readers confirm each version; who had not read the one before owes only the new one."""
    one = opened(
        actions.LayDown(title="Fragile", text="Two boxes.", review=NOW + 99 * DAY, readers=("packing", "anna"))
    )
    assert one.procedure is not None
    assert 1 == one.procedure.number
    one = does(one, actions.Confirm(), by="packing")
    new = does(one, actions.Publish(text="Two boxes and foam.", review=NOW + 199 * DAY))
    assert new.procedure is not None
    assert (2, "Two boxes and foam.") == (new.procedure.number, str(new.procedure.text))
    assert ["version-2-1", "version-2-2"] == [telling.name for telling in new.told]
    assert ["version-2-1", "version-2-2"] == [c.name for c in new.clocks if c.kind == "receipt" and new.runs(c)]
    assert NOW + 199 * DAY == due(new, "review")
    retired = does(new, actions.Retire(reason="other product"))
    assert State.ENDED is retired.state
    assert all(clock.kind == "receipt" for clock in retired.clocks if retired.runs(clock))
