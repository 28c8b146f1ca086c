"""Complaints under rule packs: several at once, begun and ceased, by hand, merged and split, opened again."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed, PackCalendar, RulePack, Span, Standard, hookimpl
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Basis, Clock
from complaintkit.message import Message
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.testing import builders
from tests.house.kits import MONDAY, SENT, folded, kinds, kit, said

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def standard(clock: str, starts: str = "receipt", name: str = "", **span: Any) -> Standard:
    """Return a standard of the law."""
    more = {one: span.pop(one) for one in ("longest", "more") if one in span}
    return Standard(
        name=name or f"{clock} by law", clock=clock, starts=starts, within=Span(**span), basis=Basis.STATUTORY,
        source="art. 1", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def law(name: str, *standards: Standard, **more: Any) -> RulePack:
    """Return a rule pack."""
    return builders.a_rule_pack(name=name, standards=standards, calendar="", calendars=(), **more)


class Laws:
    """A plugin with rule packs."""

    def __init__(self, *packs: RulePack) -> None:
        self.packs = packs

    @hookimpl
    def complaintkit_rule_packs(self) -> tuple[RulePack, ...]:
        """Yield them."""
        return self.packs


WEEKS = law("weeks", standard("final_response", weeks=8), standard("summary_resolution", days=3))
DAYS = law("days", standard("acknowledgement", hours=48), standard("final_response", days=10))
TWO_STAGES = law(
    "stages",
    standard("acknowledgement", days=5),
    standard("final_response", "acknowledgement", days=10),
    standard("review_acknowledgement", "review", days=5),
    standard("review", "acknowledgement", days=20),
)
WINDOW = law("window", standard("referral_window", "response", months=6), standard("final_response", days=10))
DUTY = law("duty", standard("duty_report", "awareness", days=30), standard("duty_forward", "registration", days=7))
DEMANDS = law("demands", standard("demand_refund", "demand", days=10))
REGISTER = law(
    "register", standard("registration", days=3), standard("final_response", "registration", days=30),
)  # fmt: skip


def under(*packs: RulePack, rules: dict[str, Any] | None = None, **more: Any) -> ComplaintKit:
    """Return a kit in which these rule packs are in use."""
    table = rules if rules is not None else {one.name: {} for one in packs}
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"rules": table})
    return kit((SENT, Laws(*packs)), settings=settings, **more)


def told(desk: ComplaintKit, text: str = "It broke.", at: datetime = MONDAY, **more: Any) -> str:
    """Return the reference of a new complaint."""
    return desk.open(said(text, **more), now=at).reference


def named(case: Complaint, name: str) -> Clock:
    """Return a clock of a case."""
    found = case.named(name)
    assert found is not None, f"there is no {name}; there are {', '.join(one.name for one in case.clocks)}"
    return found


def running(case: Complaint) -> set[str]:
    """Return the names of the clocks of rule packs that nothing has settled."""
    return {one.name for one in case.clocks if one.rules and not one.settled}


def answer(desk: ComplaintKit, reference: str, at: datetime) -> Complaint:
    """Return a case that was answered."""
    desk.act(reference, actions.Assess(category="refund"), by="irina", now=at)
    draft = actions.Propose(outcome="not_upheld", text="This is how we see it.", reason="as agreed", finding="looked")
    desk.act(reference, draft, by="irina", now=at)
    return desk.act(reference, actions.Respond(), by="irina", now=at)


def sound(desk: ComplaintKit, reference: str) -> None:
    """Fail unless the file adds up to the case, and each clock explains the moment it is due at."""
    case = desk.case(reference)
    assert case == folded(desk.file(reference))
    assert len(case.clocks) == len({one.name for one in case.clocks})
    for clock in case.clocks:
        assert clock.due_at == desk.policy.explained(clock).due_at, clock.name
    assert [] == list(desk.verify())


def test_a_case_is_under_several_at_once() -> None:
    """Each pack runs its clocks beside ours and those of the others; the answer meets all of them, each by its own."""
    desk = under(WEEKS, DAYS)
    reference = told(desk)
    case = desk.case(reference)
    assert {
        "summary_resolution:weeks",
        "final_response:weeks",
        "acknowledgement:days",
        "final_response:days",
    } == running(case)
    assert ("weeks", "days") == desk.policy.rules(case)
    assert [date(2026, 4, 27), date(2026, 3, 12)] == [
        named(case, f"final_response:{rules}").due_at.date() for rules in ("weeks", "days")
    ]
    ours = case.clock("final_response")
    assert ours is not None
    assert ("", date(2026, 3, 12)) == (ours.rules, case.strictest("final_response").due_at.date())  # type: ignore[union-attr]
    answered = answer(desk, reference, MONDAY + 11 * DAY)
    assert [False, True] == [
        named(answered, f"final_response:{rules}").late_at(MONDAY + 20 * DAY) for rules in ("weeks", "days")
    ]
    sound(desk, reference)


def test_a_corrected_category_begins_and_ends_what_holds() -> None:
    """By a category another law holds: its clocks count from the receipt; those of the other end, and begin again."""
    desk = under(WEEKS, DAYS, rules={"weeks": {"categories": ["refund"]}, "days": {"categories": ["delivery-late"]}})
    reference = told(desk)
    at = MONDAY + 2 * HOUR
    for category, holds in (
        ("refund", "weeks"),
        ("delivery-late", "days"),
        ("refund", "weeks"),
        ("delivery-late", "days"),
    ):
        at += HOUR
        case = desk.act(reference, actions.Assess(category=category, reason="read again"), by="irina", now=at)
        assert {holds} == {name.partition(":")[2] for name in running(case)}
        assert (holds,) == desk.policy.rules(case)
        final = next(
            one for one in case.clocks if one.rules == holds and one.kind == "final_response" and not one.settled
        )
        assert MONDAY == final.started_at
    assert 4 == kinds(desk.file(reference)).count("rules_found")
    sound(desk, reference)


def test_what_was_done_before_a_law_began_to_hold_is_met() -> None:
    """An acknowledgement that went out counts for a law that only the category brings; in time, if it was."""
    desk = under(DAYS, rules={"days": {"categories": ["delivery-late"]}})
    reference = told(desk)
    desk.work(MONDAY + HOUR)
    case = desk.act(reference, actions.Assess(category="delivery-late"), by="irina", now=MONDAY + 3 * DAY)
    clock = named(case, "acknowledgement:days")
    assert (case.acknowledged_at, False) == (clock.met_at, clock.late_at(MONDAY + 9 * DAY))


def test_by_hand_rules_are_applied_and_lifted_and_applied_again() -> None:
    """A person's word begins and ends a law, as often as it takes; what was lifted does not come back by itself."""
    desk = under(evolve(DAYS, by_hand=True), WEEKS)
    reference = told(desk)
    assert {"summary_resolution:weeks", "final_response:weeks"} == running(desk.case(reference))
    apply, lift = actions.ApplyRules(rules="days", reason="it is one"), actions.LiftRules(rules="days", reason="none")
    for hour in range(1, 5, 2):
        case = desk.act(reference, apply, by="irina", now=MONDAY + hour * HOUR)
        final = [one for one in case.clocks if one.rules == "days" and one.kind == "final_response"][-1]
        assert (MONDAY, MONDAY.date() + 10 * DAY) == (final.started_at, final.due_at.date())
        case = desk.act(reference, lift, by="irina", now=MONDAY + (hour + 1) * HOUR)
        assert {"weeks"} == {name.partition(":")[2] for name in running(case)}
    assert "final_response-2:days" in {one.name for one in case.clocks}
    desk.act(reference, actions.LiftRules(rules="weeks", reason="no"), by="irina", now=MONDAY + 6 * HOUR)
    case = desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + 7 * HOUR)
    assert (set(), ()) == (running(case), desk.policy.rules(case))
    sound(desk, reference)


def test_applying_and_lifting_what_is_so_already_is_refused() -> None:
    """Nothing is applied twice, nothing lifted that does not hold, and nothing applied that is not in use."""
    desk = under(DAYS, WEEKS, rules={"days": {}})
    reference = told(desk)
    for action, words in (
        (actions.ApplyRules(rules="days", reason="again"), "holds for it already"),
        (actions.ApplyRules(rules="weeks", reason="why not"), "rules"),
        (actions.LiftRules(rules="weeks", reason="no"), "rules"),
    ):
        with pytest.raises(NotAllowed, match=words):
            desk.act(reference, action, by="irina", now=MONDAY + HOUR)


def test_a_breach_stays_when_a_law_ceases() -> None:
    """What was broken while a law held stays broken once a person says that it did not."""
    desk = under(DAYS)
    reference = told(desk)
    desk.work(MONDAY + 12 * DAY)
    lifted = actions.LiftRules(rules="days", reason="another law holds")
    case = desk.act(reference, lifted, by="irina", now=MONDAY + 13 * DAY)
    clock = named(case, "final_response:days")
    assert (True, True, True) == (clock.overdue, clock.settled, clock.late_at(MONDAY + 14 * DAY))


def test_merged_cases_keep_the_clocks_of_each_law() -> None:
    """The survivor has of each law the clock that is due first; a law that held there only holds here from then on."""
    desk = under(WEEKS, DAYS, rules={"weeks": {}, "days": {"channels": ["phone"]}})
    first = desk.open(said("It broke."), channel="phone", by="irina", now=MONDAY).reference
    second = told(desk, "Nobody answers!", MONDAY + 5 * HOUR)
    before = {one.name: one.due_at for one in desk.case(first).clocks}
    desk.act(first, actions.Merge(into=second, reason="one kettle"), by="irina", now=MONDAY + 6 * HOUR)
    survivor = desk.case(second)
    assert ("days",) == survivor.handling.rules
    assert set(desk.policy.rules(survivor)) == {"weeks", "days"}
    for name in ("final_response:weeks", "final_response:days", "acknowledgement:days", "summary_resolution:weeks"):
        assert before[name] == named(survivor, name).due_at
    survivor = desk.act(second, actions.Assess(category="refund"), by="irina", now=MONDAY + 7 * HOUR)
    assert "final_response:days" in running(survivor)
    sound(desk, second)
    desk.act(first, actions.Unmerge(of=second, reason="two kettles"), by="irina", now=MONDAY + 8 * HOUR)
    assert ((), ("weeks",)) == (desk.case(second).handling.rules, desk.policy.rules(desk.case(second)))
    assert {"summary_resolution:weeks", "final_response:weeks"} == running(desk.case(second))
    assert {"final_response:days", "final_response:weeks"} <= running(desk.case(first))
    sound(desk, first)
    sound(desk, second)


def test_a_merger_sets_aside_that_a_law_was_lifted_until_it_is_undone() -> None:
    """Where a person said of one case that a law does not hold, the other one's word counts while both are one."""
    desk = under(DAYS)
    first, second = told(desk), told(desk, "Again!", MONDAY + HOUR)
    desk.act(second, actions.LiftRules(rules="days", reason="no"), by="irina", now=MONDAY + 2 * HOUR)
    desk.act(first, actions.Merge(into=second, reason="one kettle"), by="irina", now=MONDAY + 3 * HOUR)
    assert ("days",) == desk.policy.rules(desk.case(second))
    desk.act(first, actions.Unmerge(of=second, reason="two"), by="irina", now=MONDAY + 4 * HOUR)
    assert () == desk.policy.rules(desk.case(second))
    sound(desk, second)


def test_a_part_that_is_split_off_is_under_the_same_laws() -> None:
    """The new case has copies of the clocks of each law, with their starts; the chance to settle early, too."""
    desk = under(WEEKS, REGISTER)
    reference = desk.open(said("Two things."), received_at=MONDAY - 4 * DAY, now=MONDAY).reference
    whole = desk.act(reference, actions.Split(text="The bill.", reason="another thing"), by="irina", now=MONDAY + DAY)
    part = desk.case(whole.ties.links[0].reference)
    for name in ("final_response:weeks", "summary_resolution:weeks", "final_response:register"):
        assert named(whole, name).due_at == named(part, name).due_at
        assert named(whole, name).started_at == named(part, name).started_at
    assert MONDAY == part.handling.registered_at
    sound(desk, part.reference)


@pytest.mark.parametrize(("count", "due"), [("fresh", 50), ("continued", 10), ("without_gap", 10)])
def test_opened_again_a_deadline_of_the_law_goes_on_by_itself(count: str, due: int) -> None:
    """Ours and that of the law go on from where each stood; what the law sets is not prolonged by an end."""
    desk = under(DAYS)
    reference = told(desk)
    answer(desk, reference, MONDAY + DAY)
    opened = actions.Reopen(reason="a new photo", count=count)
    case = desk.act(reference, opened, by="irina", now=MONDAY + 40 * DAY)
    clock = named(case, "final_response-2:days")
    assert (MONDAY + due * DAY).date() == clock.due_at.date()
    assert not any(one.kind == "acknowledgement" and not one.settled for one in case.clocks)
    assert "final_response-2" in {one.name for one in case.clocks}
    sound(desk, reference)


def test_settled_early_the_chance_is_taken_and_later_it_just_passes() -> None:
    """The complainant's word in time takes it; out of time nothing is broken, and nobody is called."""
    desk = under(WEEKS)
    early, late, silent = told(desk), told(desk, name="boris"), told(desk, name="vera")
    settled = actions.SettleNow(text="Here is another.", evidence="said so", category="refund")
    case = desk.act(early, settled, by="irina", now=MONDAY + 2 * DAY)
    assert MONDAY + 2 * DAY == named(case, "summary_resolution:weeks").met_at
    answer(desk, silent, MONDAY + HOUR)
    desk.work(MONDAY + 9 * DAY)
    for reference in (late, silent):
        clock = named(desk.case(reference), "summary_resolution:weeks")
        assert (clock.due_at, False) == (clock.ended_at, clock.overdue)
    assert "summary_over" in kinds(desk.file(late))
    said_so = actions.SettleNow(text="Here is another.", evidence="said so", category="refund")
    case = desk.act(late, said_so, by="irina", now=MONDAY + 10 * DAY)
    assert named(case, "summary_resolution:weeks").met_at is None
    for reference in (early, late, silent):
        sound(desk, reference)


def test_both_stages_count_from_their_acknowledgement() -> None:
    """Ten days from the acknowledgement, twenty from that of the objection; late words prolong nothing."""
    desk = under(TWO_STAGES)
    reference = told(desk)
    assert (MONDAY + 15 * DAY).date() == named(desk.case(reference), "final_response:stages").due_at.date()
    desk.work(MONDAY + 2 * DAY)
    assert (MONDAY + 12 * DAY).date() == named(desk.case(reference), "final_response:stages").due_at.date()
    answer(desk, reference, MONDAY + 4 * DAY)
    at = MONDAY + 5 * DAY
    case = desk.act(reference, actions.Dispute(reason="it is still broken"), by="boris", now=at)
    assert (at + 25 * DAY).date() == named(case, "review:stages").due_at.date()
    assert (at + 5 * DAY).date() == named(case, "review_acknowledgement:stages").due_at.date()
    desk.work(at + DAY)
    case = desk.case(reference)
    assert at + DAY == named(case, "review_acknowledgement:stages").met_at
    assert (at + 21 * DAY).date() == named(case, "review:stages").due_at.date()
    assert "team-lead" == named(case, "review:stages").who
    sound(desk, reference)


def test_the_way_elsewhere_is_open_from_the_answer_and_breaks_nothing() -> None:
    """From the final response the window of the law runs, once; it is the complainant's, and breaks nothing."""
    desk = under(WINDOW)
    reference = told(desk)
    case = answer(desk, reference, MONDAY + DAY)
    window = named(case, "referral_window:window")
    assert (date(2026, 9, 3), "complainant", None) == (window.due_at.date(), window.who, window.warn_at)
    case = desk.act(reference, actions.Accept(text="fine"), by="boris", now=MONDAY + 2 * DAY)
    assert 1 == sum(one.kind == "referral_window" for one in case.clocks)
    desk.work(window.due_at + DAY)
    window = named(desk.case(reference), "referral_window:window")
    assert (window.due_at, False) == (window.ended_at, window.overdue)
    sound(desk, reference)


def test_a_demand_has_the_time_of_the_law_from_when_it_was_made() -> None:
    """Each demand has a clock of its own; what became of it settles that one, and a withdrawn one is not met."""
    desk = under(DEMANDS)
    reference = told(desk, at=MONDAY + 3 * DAY)
    for day in (3, 4):
        made = actions.AddDemand(kind="refund", presented_at=MONDAY + day * DAY)
        case = desk.act(reference, made, by="irina", now=MONDAY + 5 * DAY)
    assert [13, 14] == [(named(case, f"demand-{one}:demands").due_at.date() - MONDAY.date()).days for one in (1, 2)]
    met = actions.EndDemand(demand="demand-1", end="met", reason="paid")
    back = actions.EndDemand(demand="demand-2", end="withdrawn", reason="does not want it")
    desk.act(reference, met, by="irina", now=MONDAY + 6 * DAY)
    case = desk.act(reference, back, by="irina", now=MONDAY + 6 * DAY)
    assert [MONDAY + 6 * DAY, None] == [named(case, f"demand-{one}:demands").met_at for one in (1, 2)]
    assert set() == running(case)
    sound(desk, reference)


def test_duties_count_from_what_the_law_names() -> None:
    """From awareness where that is the fact, from the registration where it is that; one kind may begin twice."""
    desk = under(DUTY)
    reference = desk.open(said("It burns."), received_at=MONDAY - DAY, now=MONDAY).reference
    aware = MONDAY + 3 * DAY
    for day in (0, 1):
        begun = actions.StartDuty(duty="duty_report", reason="an injury", since=aware + day * DAY)
        case = desk.act(reference, begun, by="irina", now=MONDAY + 5 * DAY)
    case = desk.act(
        reference, actions.StartDuty(duty="duty_forward", reason="theirs", since=aware), by="irina",
        now=MONDAY + 5 * DAY,
    )  # fmt: skip
    assert {"duty_report:duty", "duty_report-2:duty", "duty_forward:duty"} == running(case)
    found = [named(case, name).due_at.date() - MONDAY.date() for name in sorted(running(case))]
    assert [7 * DAY, 34 * DAY, 33 * DAY] == found
    sound(desk, reference)


def test_a_duty_that_somebody_began_is_ended_by_somebody() -> None:
    """That the category no longer brings the law ends its deadlines, and not a report that somebody saw due."""
    both = law("both", standard("duty_report", "awareness", days=30), standard("final_response", days=10))
    desk = under(both, rules={"both": {"categories": ["refund"]}})
    reference = told(desk)
    desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + HOUR)
    desk.act(reference, actions.StartDuty(duty="duty_report", reason="an injury"), by="irina", now=MONDAY + HOUR)
    for category in ("delivery-late", "billing"):
        case = desk.act(reference, actions.Assess(category=category), by="irina", now=MONDAY + 2 * HOUR)
        assert {"duty_report:both"} == running(case)
    assert 2 == kinds(desk.file(reference)).count("rules_found")
    case = desk.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + 3 * HOUR)
    assert {"duty_report:both", "final_response-2:both"} == running(case)
    assert MONDAY == named(case, "final_response-2:both").started_at
    desk.act(reference, actions.Assess(category="billing"), by="irina", now=MONDAY + 3 * HOUR)
    none = actions.FinishDuty(clock="duty_report:both", how="not_needed", evidence="it was a bill")
    assert set() == running(desk.act(reference, none, by="irina", now=MONDAY + 3 * HOUR))
    sound(desk, reference)


def test_departments_answer_before_the_first_deadline_of_all() -> None:
    """What a department is asked for is due before the answer that the strictest of all clocks asks for."""
    desk = under(law("quick", standard("final_response", days=1)))
    reference = told(desk)
    asked = actions.AddTask(who="billing", text="May we?")
    case = desk.act(reference, asked, by="irina", now=MONDAY + HOUR)
    assert named(case, "final_response:quick").due_at == named(case, "task-1").due_at


def test_an_unfinished_complaint_is_registered_when_it_is_whole() -> None:
    """What somebody begins to tell and a person registers later counts from the registration, late as that was."""
    desk = under(REGISTER)
    begun = Message(text="It ...", sender=builders.a_person(), unfinished=True)
    reference = desk.open(begun, now=MONDAY).reference
    assert (Stage.RECEIVED, ()) == (desk.case(reference).stage, desk.case(reference).clocks)
    case = desk.act(reference, actions.Register(), by="irina", now=MONDAY + 4 * DAY)
    registration = named(case, "registration:register")
    assert (MONDAY + 4 * DAY, True) == (registration.met_at, registration.late_at(MONDAY + 5 * DAY))
    assert (MONDAY + 34 * DAY).date() == named(case, "final_response:register").due_at.date()
    again = desk.act(reference, actions.Dismiss(reason="a question"), by="irina", now=MONDAY + 5 * DAY)
    again = desk.act(reference, actions.Register(), by="irina", now=MONDAY + 6 * DAY)
    assert MONDAY + 4 * DAY == again.handling.registered_at
    sound(desk, reference)


def test_nobody_is_promised_word_who_cannot_be_reached() -> None:
    """A law's acknowledgement is not asked for where there is nobody to send it to, whenever the law begins to hold."""
    desk = under(DAYS, evolve(TWO_STAGES, by_hand=True))
    reference = desk.open(Message(text="It broke."), now=MONDAY).reference
    by_hand = actions.ApplyRules(rules="stages", reason="it is one")
    case = desk.act(reference, by_hand, by="irina", now=MONDAY + HOUR)
    assert {"final_response:days", "final_response:stages"} == running(case)
    assert (MONDAY + 15 * DAY).date() == named(case, "final_response:stages").due_at.date()


def test_a_clock_goes_on_by_the_calendar_it_began_with(tmp_path: Path) -> None:
    """Without the plugin, or with other holidays, a clock that runs counts by those of its start: they are kept."""
    url = f"sqlite:///{tmp_path / 'c.db'}"
    whole = builders.a_rule_pack()
    with under(whole, database=url) as desk:
        desk.upgrade()
        reference = told(desk, at=datetime(2026, 4, 2, 9, tzinfo=UTC))
        due = named(desk.case(reference), "final_response:xx-law").due_at
    other = evolve(whole, calendars=(PackCalendar(name="courts", zone="Europe/London"),))
    for desk in (under(other, database=url), kit(database=url)):
        with desk:
            clock = named(desk.case(reference), "final_response:xx-law")
            assert due == clock.due_at == desk.policy.explained(clock).due_at
    assert date(2026, 4, 20) == due.date()


def test_a_law_that_is_in_no_setting_any_more_goes_on_where_it_began() -> None:
    """Taking a pack out of the settings ends no deadline: only what is known of the case does."""
    desk = under(DAYS)
    reference = told(desk)
    with under(DAYS, rules={}, store=desk.store) as later:
        case = later.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY + HOUR)
    assert {"acknowledgement:days", "final_response:days"} == running(case)


STEPS = st.lists(
    st.sampled_from(
        [
            actions.Assess(category="refund"), actions.Assess(category="delivery-late", severity="high"),
            actions.ApplyRules(rules="days", reason="r"), actions.LiftRules(rules="days", reason="r"),
            actions.LiftRules(rules="weeks", reason="r"), actions.ApplyRules(rules="weeks", reason="r"),
            actions.Describe(product="kettle"), actions.Reply(text="We look into it."),
            actions.Wait(waiting_for="complainant", until=MONDAY + 30 * DAY, reason="a photo"),
            actions.Resume(reason="it came"), actions.Withdraw(evidence="by telephone"),
            actions.Reopen(reason="after all"), actions.Reopen(reason="after all", count="without_gap"),
            actions.SettleNow(text="Another one.", evidence="said so", category="refund"),
            actions.AddDemand(kind="refund"), actions.StartDuty(duty="duty_forward", reason="r"),
        ]
    ),
    max_size=12,
)  # fmt: skip


@given(STEPS, st.lists(st.integers(1, 60), min_size=12, max_size=12))
def test_whatever_happens_the_clocks_of_a_law_are_told_apart_and_add_up(steps: list[Any], hours: list[int]) -> None:
    """After any steps a law that holds has one running clock of a kind at most, and none runs for one that does not."""
    table = {"weeks": {"categories": ["refund"]}, "days": {"products": ["kettle"]}, "demands": {}, "duty": {}}
    desk = under(WEEKS, DAYS, DEMANDS, DUTY, rules=table)
    reference, now = told(desk), MONDAY
    for step, hour in zip(steps, hours, strict=False):
        now += hour * HOUR
        try:
            case = desk.act(reference, step, by="irina", now=now)
        except NotAllowed:
            continue
        apart = [(one.kind, one.rules) for one in case.clocks if one.kind in ("final_response", "summary_resolution")
                 and one.rules and not one.settled]  # fmt: skip
        assert len(apart) == len(set(apart))
        if case.open:
            assert {rules for _, rules in apart} <= set(desk.policy.rules(case))
        assert all(before.name != after.name for before, after in pairwise(case.clocks))
    case = desk.case(reference)
    assert case == folded(desk.file(reference))
    assert len(case.clocks) == len({one.name for one in case.clocks})
