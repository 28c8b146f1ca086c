"""Guides: what comes up for a case, what is stored of it, how complete the acceptance is, what was overlooked."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed, Person
from complaintkit.case.actions import AddTask, Assess, FlagSituation, FlagTension, Reply, Tick
from complaintkit.case.complaint import Complaint
from complaintkit.case.completeness import FACTS, completeness
from complaintkit.case.entries import Assessed, MessageFiled, PointAdded, SituationNoted, Warned
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Outcome, Severity, sealed_person
from complaintkit.errors import SettingsError
from complaintkit.policy import Policy
from complaintkit.policy.guidance import Guidance, guidance
from complaintkit.policy.guides import When
from complaintkit.policy.reading import read
from complaintkit.policy.speaking import spoken
from complaintkit.settings import structure

from .cases import POLICY, T0, act, decided, hours, registered

ONE = T0 + hours(1)
STRICT: Policy = read({"checks": {"respond": {"checklist": "ask"}}}, structure)


def guided(case: Complaint, policy: Policy = POLICY, **more: Any) -> Guidance:
    """Return the guide of a case an hour after receipt."""
    return guidance(case, policy, ONE, **more)


def codes(case: Complaint) -> list[str]:
    """Return the codes of the guides that come up."""
    return [section.guide for section in guided(case).sections]


def assessed(narrative: str, policy: Policy = POLICY, **facts: Any) -> Complaint:
    """Return a case that was assessed, with what the rules say to it."""
    case = registered(narrative=Content.of(narrative))
    entry = Assessed(
        at=T0, by="complaintkit", stage=case.stage, confirmed=False,
        **({"category": "refund", "severity": Severity.NORMAL} | facts),
    )  # fmt: skip
    case = case.apply(entry)
    return case.apply_all(spoken(case, (entry,), policy, T0))


def test_the_channel_brings_its_guide() -> None:
    """A call, a letter and a post each bring up how to deal with them, besides what holds for every acceptance."""
    for channel, code in (("phone", "telephone"), ("letter", "letter"), ("social", "social"), ("email", "email")):
        found = codes(registered(channel=channel))
        assert {code, "acceptance"} <= set(found)
        assert not {"telephone", "letter", "social", "email"} - {code} & set(found)


def test_tension_brings_up_how_to_stay_in_control() -> None:
    """The first signs bring the prompts, anger those of a difficult talk; calm again, both are gone; all is on file."""
    case = act(registered(channel="phone"), FlagTension(level=1, text="sighs, speaks faster"), ONE)
    assert ("deescalation", 1) == (codes(case)[0], guided(case).tension)
    assert "difficult-caller" not in codes(case)
    case = act(case, FlagTension(level=3, text="shouts"), ONE)
    assert {"deescalation", "difficult-caller"} <= set(codes(case))
    case = act(case, FlagTension(level=0, text="apologised"), ONE)
    assert not {"deescalation", "difficult-caller"} & set(codes(case))
    assert [1, 3, 0] == [one.level for one in case.handling.tensions]
    with pytest.raises(NotAllowed, match="level 5 is none"):
        decided(case, FlagTension(level=5, text="?"), ONE)


def test_category_outcome_and_a_near_date_bring_theirs() -> None:
    """A late parcel, a refusal, an apology, a promise about to break: each brings what helps then."""
    case = act(registered(), Assess(category="delivery-late"), ONE)
    assert "delivery" in codes(case)
    assert "money" in codes(act(registered(), Assess(category="billing"), ONE))
    decided_ = evolve(case, stage=Stage.DECISION_PENDING, outcome=Outcome.NOT_UPHELD)
    assert {"refusing", "answer"} <= set(codes(decided_))
    assert "apology" in codes(evolve(decided_, outcome=Outcome.UPHELD))
    assert "holding" not in codes(case)
    due = case.clock("final_response")
    assert due is not None
    warned = case.apply(Warned(at=ONE, by="complaintkit", clock="final_response", due_at=due.due_at))
    assert "holding" in codes(warned)
    assert "anonymous" in codes(registered(person=sealed_person(Person())))


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (When(), True), (When(channels=("email", "phone")), True), (When(channels=("phone",)), False),
        (When(categories=("deliv*",)), True), (When(categories=("deliv",)), False),
        (When(severities=(Severity.HIGH,)), False), (When(stages=(Stage.IN_PROGRESS,)), True),
        (When(answered=True), False), (When(answered=False), True), (When(repeat=True), False),
        (When(anonymous=False), True), (When(pressed=True), False), (When(tension=1), False),
        (When(situations=("legal",)), False), (When(outcomes=(Outcome.UPHELD,)), False),
        (When(channels=("email",), severities=(Severity.HIGH,)), False),
    ],
)  # fmt: skip
def test_all_conditions_have_to_hold(when: When, fits: bool) -> None:
    """One word of a list is enough, and every list that is given has to fit."""
    case = act(registered(), Assess(category="delivery-late"), ONE)
    assert fits is when.fits(case, "email")


def test_words_are_for_the_complainant_and_questions_for_the_handler() -> None:
    """Questions come in the handler's language, wording in the complainant's, with what is known filled in."""
    case = registered(language="ru", channel="phone", owner="irina")
    close = {item.item: item for section in guided(case).sections for item in section.advice}["telephone.close"]
    assert close.question.startswith("End with what happens next")
    assert f"Номер обращения {case.reference}" in close.wording
    assert "{" not in close.wording
    russian = guided(case, language="ru").sections
    assert "Закончите" not in russian[0].title
    assert {"По телефону"} <= {section.title for section in russian}
    unknown = guided(registered(language="de", channel="phone")).sections
    assert all(item.wording for section in unknown for item in section.advice if item.item == "telephone.close")


def test_a_tick_keeps_answer_version_and_who() -> None:
    """An item seen to is kept with the version of its guide; a later answer replaces it, a slip is refused."""
    case = act(registered(channel="phone"), Tick(item="Telephone.Greet", text="Anna, Riga"), ONE)
    (tick,) = case.handling.ticks
    assert ("telephone.greet", "2026.1", "Anna, Riga", "irina") == (
        tick.item, tick.version, str(tick.answer), tick.by,
    )  # fmt: skip
    case = act(case, Tick(item="telephone.greet"), ONE + hours(1))
    assert [None] == [one.answer for one in case.handling.ticks]
    found = {item.item: item for section in guided(case).sections for item in section.advice}
    assert (True, False) == (found["telephone.greet"].done, found["telephone.listen"].done)
    changed = read({"guides": {"telephone": {"version": "our own 2"}}}, structure)
    again = {item.item: item for section in guided(case, changed).sections for item in section.advice}
    assert again["telephone.greet"].outdated
    with pytest.raises(NotAllowed, match=r"no guide has an item 'telephone\.nod'"):
        decided(case, Tick(item="telephone.nod"), ONE)


def test_a_guide_that_was_begun_asks_to_be_finished() -> None:
    """By default mandatory items matter only of guides somebody works with; settings can make all of them matter."""
    case = act(registered(), Assess(category="refund"), ONE)
    case = evolve(case, stage=Stage.DECISION_PENDING)
    assert () == dict(guided(case).before).get("respond", ())
    begun = act(case, Tick(item="answer.eyes"), ONE)
    names = {one.name for one in dict(guided(begun).before)["respond"]}
    assert {"answer.points", "answer.dates", "answer.disagree"} == names
    assert {"ask"} == {one.level for one in dict(guided(begun).before)["respond"]}
    done = act(act(act(begun, Tick(item="answer.points"), ONE), Tick(item="answer.dates"), ONE),
               Tick(item="answer.disagree"), ONE)  # fmt: skip
    assert "respond" not in dict(guided(done).before)
    assert {"answer.points"} <= {one.name for one in dict(guided(case, STRICT).before)["respond"]}


def test_completeness_is_explained() -> None:
    """The score is the share of the facts on file by weight, and each missing fact comes with the question for it."""
    told = guided(registered(narrative=Content.of("Broken.")))
    assert (30, ("what", "wanted", "when", "object", "understood", "sorted")) == (
        told.completeness.score, told.completeness.missing,
    )  # fmt: skip
    assert {"wanted": "What would put it right for them?"}.items() <= dict(told.questions).items()
    case = act(registered(), Tick(item="acceptance.wanted", text="her money"), ONE)
    assert 30 + 15 == guided(act(case, Tick(item="acceptance.who"), ONE)).completeness.score
    confirmed = guided(act(case, Assess(category="refund"), ONE)).completeness
    assert "sorted" not in confirmed.missing
    bare = registered(person=sealed_person(Person()), narrative=Content.of(""))
    assert 0 == guided(bare).completeness.score


@given(facts=st.lists(st.tuples(st.sampled_from(sorted(FACTS)), st.integers(0, 30), st.booleans()), max_size=12))
def test_completeness_is_a_share(facts: list[tuple[str, int, bool]]) -> None:
    """Whatever counts how much: from 0 to 100, 100 only if nothing of weight is missing; knowing more is never less."""
    case = registered()
    whole = completeness(case, facts)
    assert 0 <= whole.score <= 100
    weighty = [fact for fact in whole.facts if fact.weight and not fact.known]
    assert (whole.score == 100) is (not weighty)
    more = completeness(case, [(name, weight, True) for name, weight, _ in facts])
    assert more.score >= whole.score


def test_what_was_overlooked_is_said() -> None:
    """Who waits too long, a case nobody touches, broken promises with whose they are, points without a decision."""
    case = act(registered(), AddTask(who="quality", kind="check", text="?"), ONE)
    late = guidance(case, POLICY, T0 + hours(24 * 9), touched_at=ONE)
    assert {"unanswered", "stale", "promise"} == {one.what for one in late.overlooked}
    assert any("task-1, asked of quality, was due" in one.text for one in late.overlooked)
    assert () == guidance(act(case, Reply(text="We look into it."), ONE), POLICY, ONE, touched_at=ONE).overlooked
    pointed = case.apply(PointAdded(at=ONE, by="irina", point="point-1", text=Content.of("Nobody called back.")))
    pointed = evolve(pointed, outcome=Outcome.UPHELD)
    assert ["point"] == [one.what for one in guidance(pointed, POLICY, ONE).overlooked]
    assert () == guidance(evolve(case, stage=Stage.CLOSED), POLICY, T0 + hours(24 * 30), touched_at=ONE).overlooked


# --- special situations


@pytest.mark.parametrize(
    ("words", "situation"),
    [
        ("My lawyer will write to you.", "legal"), ("See you in court!", "legal"), ("Подам на вас в суд.", "legal"),
        ("Мой юрист вам напишет", "legal"), ("Kakasuhan ko kayo.", "legal"), ("I am a wheelchair user", "vulnerable"),
        ("I will tell every newspaper.", "media"), ("Расскажу журналистам", "media"), ("I will kill you", "threat"),
        ("I want to kill myself.", "distress"), ("Не хочу жить", "distress"), ("ayoko nang mabuhay", "distress"),
    ],
)  # fmt: skip
def test_words_give_a_situation_away(words: str, situation: str) -> None:
    """A stem at the beginning of a word is enough, in each language, and the file says by what it was told."""
    case = assessed(words)
    assert (situation,) == case.handling.situations
    assert situation in case.handling.spoken


@pytest.mark.parametrize(
    "words",
    ["Sue from your shop was kind.", "The dishes came broken: посуда разбита", "Судя по чеку, заплачено.",
     "The tennis court is closed.", "The courteous courier pressed the bell.", "I paid in the evening."],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(words: str) -> None:
    """Parts of other words, names and games bring nothing about."""
    assert () == assessed(words).handling.situations


def test_category_and_severity_bring_safety_about() -> None:
    """What is dangerous by its kind or its gravity is marked without a word about it, and its guide stands first."""
    for facts in ({"category": "safety"}, {"severity": Severity.CRITICAL}):
        case = assessed("It got hot.", **facts)
        assert ("safety",) == case.handling.situations
        assert "safety" == codes(case)[0]


def test_legal_is_asked_by_itself_once() -> None:
    """The rule asks legal for an opinion, within the case's deadline, and does not ask again when more is said."""
    case = assessed("My lawyer will write to you.")
    (task,) = case.handling.tasks
    assert ("legal", "opinion", "legal", True, "complaintkit") == (
        task.who, task.kind, task.rule, task.blocking, task.by,
    )  # fmt: skip
    assert "what the risk is" in str(task.asked)
    more = MessageFiled(
        at=ONE, by="complaintkit", channel="email", envelope=2, person=case.person, title=Content.of(""),
        text=Content.of("My solicitor says the same."),
    )  # fmt: skip
    assert () == spoken(case.apply(more), (more,), POLICY, ONE)


def test_more_words_can_bring_it_about_later_but_not_a_strangers() -> None:
    """A further message counts like the first one, unless nothing proves that it is the complainant's."""
    case = assessed("It came broken.")
    for verified, found in ((False, ()), (True, ("situation_noted", "task_added"))):
        more = MessageFiled(
            at=ONE, by="complaintkit", channel="email", envelope=2, person=case.person, title=Content.of(""),
            text=Content.of("I will see you in court."), verified=verified,
        )  # fmt: skip
        assert found == tuple(entry.kind for entry in spoken(case.apply(more), (more,), POLICY, ONE))


def test_a_person_has_the_last_word_about_a_situation() -> None:
    """Once lifted it does not come back by rule; what needs an opinion only those can lift who give it."""
    case = assessed("The newspaper will hear of it.")
    case = act(case, FlagSituation(situation="media", on=False, reason="an old man's joke"), ONE)
    assert () == case.handling.situations
    again = Assessed(at=ONE, by="irina", stage=case.stage, category="refund", severity=Severity.LOW, confirmed=True)
    assert () == spoken(case.apply(again), (again,), POLICY, ONE)
    with pytest.raises(NotAllowed, match="not marked as media"):
        decided(case, FlagSituation(situation="media", on=False, reason="?"), ONE)
    legal = assessed("My lawyer will write.")
    listed = read({"staff": {"irina": {"roles": ["handler"]}}}, structure)
    with pytest.raises(NotAllowed, match="only legal can say that legal no longer holds"):
        FlagSituation(situation="legal", on=False, reason="?").decide(legal, listed.actor("irina"), ONE, listed)


def test_who_marks_a_case_as_legal_asks_legal_by_that() -> None:
    """A person's mark asks for the opinion, too; nothing is asked before the assessment or after the end."""
    case = assessed("It came broken.")
    entries = decided(case, FlagSituation(situation="legal", reason="said so on the telephone"), ONE)
    assert ["task_added"] == [one.kind for one in spoken(case.apply_all(entries), entries, POLICY, ONE)]
    noted = SituationNoted(at=ONE, by="irina", situation="legal", reason=Content.of("?"))
    fresh = registered().apply(noted)
    assert () == spoken(fresh, (noted,), POLICY, ONE)


def test_settings_can_change_and_add_situations_and_guides() -> None:
    """A situation of one's own with its words and task, a guide for it; mistakes are told with their path."""
    policy = read(
        {
            "situations": {
                "pet": {"words": {"en": ["my dog"]}, "opinion": {"who": "support", "kind": "check"}},
                "legal": {"amounts": {"EUR": 5000}},
            },
            "guides": {
                "pets": {
                    "version": "1", "label": {"en": "Pets"}, "when": {"situations": ["pet"]},
                    "item": [{"id": "name", "question": {"en": "What is it called?"}}],
                },
                "telephone": {"use": False},
            },
        },
        structure,
    )  # fmt: skip
    case = evolve(assessed("My dog was run over", policy), channel="phone")
    assert ("pet", "support") == (case.handling.tasks[0].rule, case.handling.tasks[0].who)
    found = [section.guide for section in guided(case, policy).sections]
    assert "pets" in found
    assert "telephone" not in found
    for given_, path in (
        ({"situations": {"pet": {"opinion": {"who": "vets"}}}}, "policy.situations.pet.opinion.who"),
        ({"guides": {"telephone": {"when": {"situations": ["pet"]}}}}, "policy.guides.telephone.when.situations"),
        ({"guides": {"pets": {"label": {"en": "Pets"}}}}, "policy.guides.pets.version"),
        ({"guides": {"telephone": {"item": [{"id": "a", "question": {"en": "?"}, "before": "lunch"}]}}},
         "policy.guides.telephone.item[0].before"),
    ):  # fmt: skip
        with pytest.raises(SettingsError) as caught:
            read(given_, structure)
        assert path == caught.value.path
