"""Past cases under another policy or with other plugins: what changes by that, what stays, and what no longer fits."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from complaintkit import Escalation, EscalationRule, Review, hookimpl
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Escalated, Extended
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.errors import PluginError, SettingsError, StoreError
from complaintkit.kit.replaying import settings_over
from complaintkit.replay import Moved, Record, Regime, Replay, course, taken
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store.port import Filed
from complaintkit.testing.builders import a_rule_pack
from tests.house.kits import MONDAY, kit, said

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + 30 * DAY
CHIEF = "chief"


def standards(**spans: dict[str, int]) -> dict[str, Any]:
    """Return a policy with these standards only, by kind of clock."""
    return {"standards": [{"name": kind, "clock": kind, "within": within} for kind, within in spans.items()]}


def desk_with(policy: Mapping[str, Any], **more: Any) -> ComplaintKit:
    """Return a kit in memory under a policy."""
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy=policy)
    return kit(**{"settings": settings, "clock": lambda: LATER, **more})


def told(desk: ComplaintKit, *steps: tuple[timedelta, Action], until: datetime = LATER) -> str:
    """Open a complaint on Monday morning and let people act; a worker looks between. Return its reference."""
    reference = desk.open(said("It leaks."), channel="email", now=MONDAY).reference
    now = MONDAY
    for after, action in steps:
        while now < MONDAY + after:
            desk.work(now)
            now += HOUR
        desk.act(reference, action, by=CHIEF, now=MONDAY + after)
    while now <= until:
        desk.work(now)
        now += HOUR
    return reference


def replay(desk: ComplaintKit, policy: Mapping[str, Any] | None, **more: Any) -> Replay:
    """Return what would have happened under another policy."""
    found = desk.replay({"policy": policy} if policy is not None else None, **more).replay
    assert found is not None
    return found


def figures(found: Replay, name: str) -> dict[tuple[str, ...], tuple[int, int, int | None]]:
    """Return figures by what they are of: on file, today, tried."""
    return {one.of: (one.on_file, one.today, one.tried) for one in getattr(found, name)}


REPLY = actions.Reply(text="We look into it.")
DAYLONG = standards(first_response={"hours": 24})


def test_a_shorter_deadline_breaks_what_a_longer_one_keeps() -> None:
    """An answer after ten hours keeps a day and breaks eight hours, which is told with both due moments."""
    desk = desk_with(DAYLONG)
    reference = told(desk, (10 * HOUR, REPLY))
    found = replay(desk, standards(first_response={"hours": 8}))
    row = ("first_response", "")
    assert {row: (1, 1, 0)} == figures(found, "kept")
    assert {row: (0, 0, 1)} == figures(found, "broken")
    moved = Moved(
        reference=reference, clock="first_response", rules="", before=MONDAY + DAY, after=MONDAY + 8 * HOUR,
        was="kept", becomes="broken",
    )  # fmt: skip
    assert ((), (moved,)) == (found.avoided, found.added)
    assert {("1", "team-lead"): (0, 0, 1)} == figures(found, "escalations")


def test_a_longer_deadline_avoids_a_breach() -> None:
    """The other way round the breach is avoided, and so are the messages that it led to."""
    desk = desk_with(standards(first_response={"hours": 8}))
    told(desk, (10 * HOUR, REPLY))
    found = replay(desk, DAYLONG)
    assert ([("broken", "kept")], ()) == ([(one.was, one.becomes) for one in found.avoided], found.added)
    assert (1, 1, 0) == figures(found, "messages")["escalation", "staff"]


def test_without_anything_to_try_the_present_policy_is_held_against_the_record() -> None:
    """What a policy that was changed since makes of the past differs from what is on file."""
    desk = desk_with(DAYLONG)
    told(desk, (10 * HOUR, REPLY))
    changed = desk_with(standards(first_response={"hours": 8}), store=desk.store)
    found = replay(changed, None)
    assert (False, {("first_response", ""): (0, 1, None)}) == (found.tried, figures(found, "broken"))
    assert [("kept", "broken")] == [(one.was, one.becomes) for one in found.added]


def test_a_rule_pack_brings_its_deadlines_into_the_past() -> None:
    """Its clocks run beside ours, are counted by themselves, and are on file nowhere."""
    desk = desk_with(DAYLONG, plugins=(a_rule_pack(),))
    told(desk, (10 * HOUR, REPLY))
    found = replay(desk, {"rules": {"xx-law": {}}})
    assert (0, 0, 1) == figures(found, "broken")["final_response", "xx-law"]
    assert [("", "broken")] == [(one.was, one.becomes) for one in found.added]


def test_a_date_that_was_given_stays_and_what_follows_from_it_is_done_anew() -> None:
    """A promise until Thursday is one under every policy; only who is told of it changes."""
    desk = desk_with({**DAYLONG, "standards": [*DAYLONG["standards"], _standard("commitment", {"days": 9})]})
    promise = actions.Promise(what="a new lid", until=MONDAY + 3 * DAY)
    reference = told(desk, (2 * HOUR, promise))
    settings = settings_over(desk.settings, {"policy": {"ladder": [{"after": "5h", "to": "executive"}]}})
    (clock,) = (one for one in _course(desk, settings.policy, reference).clocks if one.kind == "commitment")
    assert (MONDAY + 3 * DAY, True) == (clock.due_at, clock.overdue)
    found = replay(desk, {"ladder": [{"after": "5h", "to": "executive"}]})
    assert (0, 0, 2) == figures(found, "escalations")["1", "executive"]


def _standard(kind: str, within: dict[str, int]) -> dict[str, Any]:
    return {"name": kind, "clock": kind, "within": within}


def _course(desk: ComplaintKit, policy: Mapping[str, Any], reference: str) -> Complaint:
    with desk_with(policy) as other:
        regime = Regime(policy=other.policy, rules=other.registry.escalation_rules)
        record = Record.of([one.entry for one in desk.file(reference)])
        return taken(record, regime, LATER).case


@pytest.mark.parametrize(
    ("within", "why"),
    [({"hours": 8}, "the deadline would have been over by then"), ({"days": 9}, "the deadline would have been later")],
)
def test_an_extension_that_would_not_have_been_is_left_out(within: dict[str, int], why: str) -> None:
    """Nobody extends a deadline that is over, or one that is later anyway; the rest of the case goes on."""
    desk = desk_with(standards(final_response={"hours": 24}))
    reference = told(desk, until=MONDAY)
    extended = Extended(
        at=MONDAY + 20 * HOUR, by=CHIEF, clock="final_response", was_due_at=MONDAY + DAY, until=MONDAY + 3 * DAY,
        text=Content.of("It takes longer."),
    )  # fmt: skip
    file: list[Entry] = [*(one.entry for one in desk.file(reference)), extended]
    with desk_with(standards(final_response=within)) as other:
        found = taken(Record.of(file), Regime(policy=other.policy), LATER)
    assert [(len(file), "extended", True)] == [(one.seq, one.kind, why in one.why) for one in found.misfits]
    assert {"final_response"} == {clock.name for clock in found.case.clocks}


def test_who_was_called_by_a_rule_that_is_gone_answers_nobody() -> None:
    """An acknowledgement of a call that would not have been is named as not fitting, and crashes nothing."""
    desk = desk_with({**DAYLONG, "escalations": {"triggers": {"mail": {"on": "channel:email", "to": "executive"}}}})
    now = MONDAY + 2 * HOUR
    told(desk, (HOUR, actions.AcknowledgeEscalation(escalation="escalation-1")), until=now)
    assert () == replay(desk, {}, now=now).misfits
    found = replay(desk, {"escalations": {"triggers": {"mail": {"on": "channel:email", "enabled": False}}}}, now=now)
    kinds = [(one.kind, one.why) for one in found.misfits]
    assert [("escalation_acknowledged", "left out: nobody would have been called")] == kinds
    assert (1, 1, 0) == figures(found, "escalations")["3", "executive"]


def test_a_call_by_a_person_keeps_apart_from_one_that_a_rule_makes_now() -> None:
    """What was escalation-1 is escalation-2 where a rule calls first, and its answer goes with it."""
    desk = desk_with(DAYLONG)
    steps = [
        (HOUR, actions.Escalate(to="executive", reason="the press rang")),
        (2 * HOUR, actions.AcknowledgeEscalation(escalation="escalation-1")),
    ]
    reference = told(desk, *steps)
    policy = {**DAYLONG, "escalations": {"triggers": {"mail": {"on": "channel:email", "to": "department"}}}}
    first, second = _course(desk, policy, reference).handling.escalations
    assert ("channel:email", "department", "") == (first.trigger, first.passed[0], first.acknowledged_by)
    assert ("by_hand", "executive", CHIEF) == (second.trigger, second.to, second.acknowledged_by)


def test_a_case_that_settles_sooner_goes_on_from_there() -> None:
    """With two days to object silence settles it; that the complainant accepts on the fifth comes too late for that."""
    desk = desk_with({**DAYLONG, "standards": [*DAYLONG["standards"], _standard("acceptance", {"days": 14})]})
    steps = [
        (HOUR, actions.Assess(category="refund")),
        (2 * HOUR, actions.Propose(outcome="upheld", text="We are sorry: a new one is on its way.")),
        (3 * HOUR, actions.Respond()),
        (5 * DAY, actions.Accept(text="on the telephone")),
    ]
    reference = told(desk, *steps, until=MONDAY + 6 * DAY)
    assert Stage.RESOLVED is desk.case(reference).stage
    short = {"standards": [*DAYLONG["standards"], _standard("acceptance", {"days": 2})]}
    found = replay(desk, short)
    told_why = [(one.reference, one.kind, one.why) for one in found.misfits]
    assert [(reference, "resolved", "left out: it would have been settled by then")] == told_why


# --- plugins


class Impatient:
    """A plugin of the host that calls the executive at once, in place of the ladder."""

    @hookimpl
    def complaintkit_escalation_rules(self, settings: None) -> Iterator[EscalationRule]:
        """Offer the rule."""
        yield EscalationRule("ladder", self.check)

    def check(self, review: Review) -> Escalation | None:
        """Call the executive."""
        return Escalation(level=3, to="executive", reason="late is late")


def test_a_rule_of_the_same_name_takes_the_place_of_the_present_one() -> None:
    """The new ladder calls the executive where the present one calls the team lead first."""
    desk = desk_with(standards(first_response={"hours": 8}))
    told(desk, (10 * HOUR, REPLY))
    found = replay(desk, None, plugins=(Impatient(),))
    assert (True, (0, 0, 1)) == (found.tried, figures(found, "escalations")["3", "executive"])


def test_a_rule_that_fails_is_counted_and_the_chain_climbs_by_itself() -> None:
    """Each failure is counted in the trial only: the desk's own record of plugins knows nothing of it."""

    def check(review: Review) -> Escalation | None:
        raise OSError("the rota is away")

    desk = desk_with(standards(first_response={"hours": 8}))
    told(desk, (10 * HOUR, REPLY))
    found = replay(desk, None, plugins=(EscalationRule("away", check),))
    on_file, today, tried = figures(found, "failures")["away",]
    assert (0, 0, True) == (on_file, today, bool(tried))
    assert (1, 1, 1) == figures(found, "escalations")["1", "team-lead"]
    assert () == desk.store.plugin_records()
    assert all(one.open_until is None for one in desk.registry.breakers.values())


def test_a_rule_that_fails_in_one_case_is_asked_about_the_next() -> None:
    """Cases are gone through one after the other, whenever they happened: one does not close the breaker on another."""
    asked: list[str] = []

    def check(review: Review) -> Escalation | None:
        asked.append(review.case.reference)
        raise OSError("no")

    desk = desk_with(standards(first_response={"hours": 8}))
    for day in range(3):
        desk.open(said("It leaks.", f"anna{day}"), channel="email", now=MONDAY + day * DAY)
    replay(desk, None, plugins=(EscalationRule("no", check),))
    assert 3 == len(set(asked))


def test_a_rule_that_wants_to_look_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case is named as given up; the replay ends."""

    def check(review: Review) -> Escalation | None:
        level = review.level + 1
        return Escalation(level=level, to="executive", reason="again", again_at=review.now + timedelta(seconds=1))

    monkeypatch.setattr(course, "MOST_LOOKS", 40)
    desk = desk_with(standards(first_response={"hours": 8}))
    reference = told(desk)
    assert (reference,) == replay(desk, None, plugins=(EscalationRule("again", check),)).cut


@pytest.mark.parametrize(
    ("plugins", "why"),
    [
        ((Path("nowhere.py"),), "there is no file nowhere.py"),
        ((EscalationRule("ladder", lambda review: None),), "comes with complaintkit has this name"),
    ],
)
def test_a_plugin_that_cannot_be_tried_is_told(plugins: Sequence[object], why: str) -> None:
    """Nothing is gone through with less than what was asked for."""
    with pytest.raises(PluginError, match=why):
        desk_with({}).replay(plugins=plugins)


def test_a_file_that_is_no_plugin_is_told(tmp_path: Path) -> None:
    """What is wrong with it is in the error, with what to do."""
    file = tmp_path / "wrong.py"
    file.write_text("raise RuntimeError('not today')\n", encoding="utf-8")
    with pytest.raises(PluginError, match=r"(?s)cannot be tried.*not today"):
        desk_with({}).replay(plugins=(file,))


# --- what is told, to whom, and when


def test_nobody_is_called_at_night_where_staff_is_told_in_working_hours() -> None:
    """A breach at two in the morning calls somebody out today; by hours of the staff it waits, and calls nobody."""
    desk = desk_with(standards(first_response={"hours": 18}))
    told(desk)
    found = replay(desk, {"telling": {"hours": "office"}})
    assert (1, 1, 0) == figures(found, "called_out")["team-lead",]
    assert {0} == {tried for _, _, tried in figures(found, "called_out").values()}


def test_many_messages_for_one_reader_at_once_go_out_as_one() -> None:
    """Five broken promises of one night are one list in the morning."""
    desk = desk_with(standards(first_response={"hours": 18}))
    for number in range(6):
        desk.open(said("It leaks.", f"anna{number}"), channel="email", now=MONDAY + number * HOUR)
    for hour in range(30):
        desk.work(MONDAY + hour * HOUR)
    found = replay(desk, {"telling": {"hours": "office", "digest": 5}}, now=MONDAY + 30 * HOUR)
    _, called_for, _ = figures(found, "messages")["escalation", "staff"]
    assert (6, True) == (called_for, figures(found, "sent")["staff",][2] < figures(found, "sent")["staff",][1] - 4)


def test_notices_that_it_takes_longer_are_counted() -> None:
    """A standard that asks for them makes one go out of itself where the promise was missed."""
    late = {"name": "f", "clock": "first_response", "within": {"hours": 8}, "interim": True}
    desk = desk_with({"standards": [{**late, "interim": False}, _standard("interim", {"days": 30})]})
    told(desk)
    found = replay(desk, {"standards": [late, _standard("interim", {"days": 30})]})
    assert (0, 0, 1) == (found.interim.on_file, found.interim.today, found.interim.tried)


def test_an_old_case_is_taken_over_without_a_word_each_time() -> None:
    """Put on file a year late, its breaches are on file at once, and nobody is told by that, then or now."""
    desk = desk_with(DAYLONG)
    desk.open(said("It leaked."), channel="email", received_at=MONDAY - 365 * DAY, now=MONDAY)
    now = MONDAY + HOUR
    found = replay(desk, None, now=now)
    assert ((), (), ()) == (found.avoided, found.added, found.misfits)
    assert {("first_response", ""): (1, 1, None)} == figures(found, "broken")
    assert {} == figures(found, "messages")


def test_waiting_is_over_before_somebody_acts_after_its_date() -> None:
    """Who acts a second after the date finds the case going on, whether a worker has looked or not."""
    desk = desk_with(DAYLONG)
    until = MONDAY + 5 * HOUR + 10 * SECOND
    steps = [
        (HOUR, REPLY),
        (2 * HOUR, actions.Wait(reason="where is it?", waiting_for="third_party", until=until)),
        (5 * HOUR + 11 * SECOND, actions.Note(text="rang them")),
    ]
    reference = told(desk, *steps, until=MONDAY)
    record = Record.of([one.entry for one in desk.file(reference)])
    again = taken(record, Regime(policy=desk.policy), until + HOUR)
    kinds = [(one.at, one.kind) for one in record.file if one.kind == "wait_ended"]
    assert kinds == [(one.at, one.kind) for one in again.file if one.kind == "wait_ended"]
    assert kinds


# --- which cases, which settings


def test_a_period_and_a_limit_choose_the_cases() -> None:
    """Received in a half-open period; of more than the limit the newest."""
    desk = desk_with(DAYLONG)
    for day in range(4):
        desk.open(said("It leaks.", f"anna{day}"), channel="email", now=MONDAY + day * DAY)
    seen: list[int] = []
    found = replay(desk, {}, since=MONDAY + DAY, until=MONDAY + 3 * DAY, report=seen.append)
    assert (2, [1, 2]) == (found.cases, seen)
    assert 3 == replay(desk, {}, limit=3).cases
    assert 4 == replay(desk, {}, limit=9).cases


def test_what_came_later_than_the_moment_asked_about_is_not_there_yet() -> None:
    """A case put on file later is no case, and what was done later about another has not been done."""
    desk = desk_with(DAYLONG)
    told(desk, (10 * HOUR, REPLY))
    desk.open(said("It hums.", "boris"), channel="email", now=MONDAY + 20 * DAY)
    found = replay(desk, standards(first_response={"hours": 8}), now=MONDAY + 9 * HOUR)
    assert (1, {("first_response", ""): (0, 0, 1)}) == (found.cases, figures(found, "broken"))
    assert {} == figures(found, "kept")


def test_a_file_that_cannot_be_read_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are gone through all the same."""
    desk = desk_with(DAYLONG)
    broken, _ = (desk.open(said("It leaks.", name), channel="email", now=MONDAY).reference for name in "ab")
    read = desk.store.file

    def file(reference: str) -> tuple[Filed, ...]:
        if reference == broken:
            raise StoreError("an entry of this kind is not known")
        return read(reference)

    monkeypatch.setattr(desk.store, "file", file)
    found = replay(desk, standards(first_response={"hours": 8}))
    assert ((broken,), 1, (1, 1, 1)) == (found.unreadable, found.cases, figures(found, "broken")["first_response", ""])


def test_settings_are_laid_over_table_by_table_and_lists_as_a_whole() -> None:
    """What the file does not name stays; with `alone` nothing of the present policy does."""
    present = Settings(policy={"calendars": {"office": {"a": 1}, "night": {}}, "standards": [1], "version": "old"})
    given = {"kit": {"zone": "Asia/Manila"}, "policy": {"calendars": {"office": {"b": 2}}, "standards": []}}
    over = settings_over(present, given)
    assert {"calendars": {"office": {"a": 1, "b": 2}, "night": {}}, "standards": [], "version": "old"} == over.policy
    assert ("Asia/Manila", present.kit.database) == (over.kit.zone, over.kit.database)
    assert given["policy"] == settings_over(present, given, alone=True).policy
    assert present == settings_over(present, None)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"polcy": {}}, "polcy"),
        ({"policy": {"standrds": []}}, "policy.standrds"),
        ({"kit": {"zone": 5}}, "kit.zone"),
        ({"policy": {"rules": {"no-such-law": {}}}}, "policy.rules.no-such-law"),
        ({"policy": {"standards": [{"name": "x", "clock": "lunch", "within": {"hours": 1}}]}}, "policy.standards[0]"),
    ],
)
def test_a_mistake_in_what_is_tried_is_told_with_its_place(given: Mapping[str, Any], path: str) -> None:
    """It is read as strictly as the real settings."""
    with pytest.raises(SettingsError) as told_:
        desk_with({}).replay(given)
    assert told_.value.path.startswith(path)


@pytest.mark.parametrize(("text", "why"), [(None, "cannot be read"), ("[policy", "is not in TOML form")])
def test_a_file_that_cannot_be_read_is_named(text: str | None, why: str, tmp_path: Path) -> None:
    """The error names the file."""
    file = tmp_path / "new.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"new\.toml.*{why}"):
        desk_with({}).replay(file)


def test_nothing_is_written(tmp_path: Path) -> None:
    """Whatever is tried, and however it fails, the database is the same to the last byte, and no notice goes out."""

    def check(review: Review) -> Escalation | None:
        raise OSError("no")

    base = tmp_path / "complaints.db"
    with desk_with(standards(first_response={"hours": 8}), database=f"sqlite:///{base}") as desk:
        desk.upgrade()
        told(desk, (10 * HOUR, REPLY), until=MONDAY + 12 * HOUR)
    before = hashlib.sha256(base.read_bytes()).hexdigest()
    with desk_with(standards(first_response={"hours": 8}), database=f"sqlite:///{base}") as desk:
        found = replay(desk, DAYLONG, plugins=(EscalationRule("no", check), Impatient()))
        assert found.avoided
    assert before == hashlib.sha256(base.read_bytes()).hexdigest()


def test_whom_a_declined_offer_calls_was_called_by_a_person() -> None:
    """Who declines as one too many calls the superior by that: a fact, and nothing that time has brought about."""
    desk = desk_with(DAYLONG)
    reference = desk.open(said("It leaks."), channel="email", now=MONDAY).reference
    for hour in (1, 2, 3):
        now = MONDAY + hour * HOUR
        desk.act(reference, actions.HandOver(to="irina", reason="knows it"), by=CHIEF, now=now)
        desk.act(reference, actions.Decline(reason="ill"), by="irina", now=now + HOUR / 2)
    record = Record.of([one.entry for one in desk.file(reference)])
    called = [one for one in record.file if isinstance(one, Escalated)]
    assert called
    assert called == [one.entry for one in record.facts if isinstance(one.entry, Escalated)]
