"""How it went: everybody whose case has ended is asked, once; what is bad has somebody and a date at once."""

from datetime import timedelta

import pytest
from attrs import evolve

from complaintkit import Message, NotAllowed, NotFound, SettingsError, Stage
from complaintkit.case.actions import (
    AnswerSurvey,
    AskSurvey,
    Assess,
    Close,
    Dismiss,
    Propose,
    RecordSurveyWish,
    Reopen,
    ReportFinding,
    Resolve,
    Respond,
    SettleFinding,
    WaiveSurvey,
    Withdraw,
)
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import SurveyAsked, SurveyReminded, SurveyWaived
from complaintkit.case.parts import sealed_person
from complaintkit.case.reference import reply_token
from complaintkit.case.surveys import Answer, current, latest, survey_code, surveyed_by
from complaintkit.escalation import review
from complaintkit.message import Person
from complaintkit.notices import called_for, worded
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from tests.house.kits import MONDAY, kit, said

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

DAY = timedelta(days=1)
ANNA = Actor("anna", {COMPLAINANT})


def closed(case: Complaint | None = None) -> Complaint:
    """Return a case that was settled and closed within a day."""
    case = act(case or registered(), Resolve(evidence="thanked"), T0 + hours(2))
    return act(case, Close(), T0 + DAY)


def swept(case: Complaint, days: float) -> Complaint:
    """Return a case after everything that is due some days on."""
    return case.apply_all(review(case, (), POLICY, T0 + days * DAY))


def rejected() -> Complaint:
    """Return a case that was answered with no and closed."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    case = act(case, Propose(outcome="not_upheld", text="No.", reason="as agreed", finding="x"), T0 + hours(2))
    return closed(act(case, Respond(), T0 + hours(3)))


@pytest.mark.parametrize(
    "case",
    [closed(), rejected(), act(registered(), Withdraw(evidence="wrote so"), T0 + DAY)],
    ids=lambda one: one.stage,
)
def test_whoever_has_come_to_an_end_is_asked(case: Complaint) -> None:
    """Settled, rejected, withdrawn: three days later the survey goes out, once, with a day to answer by."""
    assert () == case.settlement.surveys
    case = swept(case, 5)
    (survey,) = case.settlement.surveys
    assert ("survey-1", T0 + 5 * DAY, "") == (survey.name, survey.asked_at, survey.waived)
    assert survey.until is not None
    again = swept(swept(case, 6), 7)
    assert 1 == len(again.settlement.surveys)


def test_the_notice_has_a_code_that_opens_the_survey_of_this_case_and_nothing_else() -> None:
    """Address, code and last day stand in it; the code of the survey is none to write with, nor the other way round."""
    entries = review(closed(), (), POLICY, T0 + 5 * DAY)
    case = closed().apply_all(entries)
    notice = next(one for one in called_for(case, entries, POLICY, SECRET) if one.occasion == "survey")
    code = survey_code(case.reference, SECRET)
    assert ("complainant", code) == (notice.audience, notice.facts["code"])
    assert code in worded(notice, POLICY).body
    assert case.reference == surveyed_by(f" {code.upper()} ", SECRET)
    assert "" == surveyed_by(reply_token(case.reference, SECRET), SECRET)
    assert "" == surveyed_by(code[:-1] + ("0" if code[-1] != "0" else "1"), SECRET)


def test_the_address_to_answer_at_is_the_policys() -> None:
    """Where a host has a page for it, the notice leads there."""
    policy = read({"afterwards": {"survey": {"link": "https://example.org/s/{code}"}}}, structure)
    assert "https://example.org/s/abc" == policy.afterwards.survey.place("abc")
    assert "abc" == POLICY.afterwards.survey.place("abc")


def test_there_is_one_reminder_and_no_second() -> None:
    """A week later, once; then nothing, whatever is swept."""
    case = swept(closed(), 5)
    entries = [one for days in (13, 20, 30, 70) for one in review(case, (), POLICY, T0 + days * DAY)]
    assert {SurveyReminded} == {type(one) for one in entries if "survey" in one.kind}
    case = swept(case, 13)
    later = [one for days in (14, 20, 30, 70) for one in review(case, (), POLICY, T0 + days * DAY)]
    assert [] == [one for one in later if "survey" in one.kind]
    assert T0 + 13 * DAY == latest(case).reminded_at  # type: ignore[union-attr]


def test_who_answered_is_not_reminded() -> None:
    """The answer is all there was to wait for."""
    case = act(swept(closed(), 5), AnswerSurvey(answers=("overall=5",)), T0 + 6 * DAY)
    assert [] == [one for one in review(case, (), POLICY, T0 + 30 * DAY) if "survey" in one.kind]


def test_nobody_is_asked_who_cannot_be_or_does_not_want_to_be() -> None:
    """Without any way to ask, or against the complainant's word: left out, with the reason on file."""
    nobody = evolve(closed(), person=sealed_person(Person(name="Anna")))
    unwilling = act(closed(), RecordSurveyWish(wish="unwanted", evidence="said so"), T0 + 2 * DAY)
    for case, why in ((nobody, "no_contact"), (unwilling, "declined")):
        (waived,) = (one for one in review(case, (), POLICY, T0 + 5 * DAY) if isinstance(one, SurveyWaived))
        assert why == waived.why
        with pytest.raises(NotAllowed, match=r"could be asked|does not want"):
            decided(case, AskSurvey(), T0 + 5 * DAY)


def test_who_says_no_after_being_asked_is_not_reminded() -> None:
    """A complainant needs no evidence for their own wish."""
    case = swept(closed(), 5)
    case = case.apply_all(RecordSurveyWish(wish="unwanted").decide(case, ANNA, T0 + 6 * DAY, POLICY))
    assert [] == [one for one in review(case, (), POLICY, T0 + 30 * DAY) if isinstance(one, SurveyReminded)]
    with pytest.raises(NotAllowed, match="needs a evidence"):
        decided(closed(), RecordSurveyWish(wish="unwanted"), T0 + 6 * DAY)


def test_with_opt_in_only_who_agreed_is_asked() -> None:
    """Silence is no consent there."""
    policy = read({"afterwards": {"survey": {"consent": "opt-in"}}}, structure)
    assert "no_consent" == policy.after.no_survey(closed())
    assert "" == policy.after.no_survey(
        act(closed(), RecordSurveyWish(wish="wanted", evidence="wrote so"), T0 + 2 * DAY)
    )


def test_a_sealed_identity_is_no_reason_not_to_ask() -> None:
    """The core writes, and the entry does not say where to."""
    (asked,) = (
        one for one in review(evolve(closed(), secrecy="sealed"), (), POLICY, T0 + 5 * DAY) if "survey" in one.kind
    )
    assert isinstance(asked, SurveyAsked)
    assert "example.org" not in repr(asked)


def test_whoever_waives_says_why_and_answers_are_taken_all_the_same() -> None:
    """A bereavement: nobody is asked; what comes unasked is kept."""
    case = act(closed(), WaiveSurvey(reason="a bereavement"), T0 + 2 * DAY)
    assert [] == [one for one in review(case, (), POLICY, T0 + 9 * DAY) if "survey" in one.kind]
    case = act(case, AnswerSurvey(answers=("overall=5",)), T0 + 9 * DAY)
    assert (1, T0 + 9 * DAY) == (len(case.settlement.surveys), latest(case).answered_at)  # type: ignore[union-attr]


def test_a_waiver_before_closing_holds() -> None:
    """It is about the end that comes; nothing is scheduled then."""
    case = act(registered(), Resolve(evidence="thanked"), T0 + hours(2))
    case = act(case, WaiveSurvey(reason="asked for by word"), T0 + hours(3))
    case = act(case, Close(), T0 + DAY)
    assert "survey" not in [clock.kind for clock in case.clocks]


def test_a_person_may_ask_where_the_rule_does_not() -> None:
    """Whose message was found to be no complaint can be asked; nobody is asked twice."""
    case = act(registered(), Dismiss(reason="a question"), T0 + hours(1))
    assert "survey" not in [clock.kind for clock in case.clocks]
    case = act(case, AskSurvey(), T0 + DAY)
    assert T0 + DAY == latest(case).asked_at  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="nobody is asked twice"):
        decided(case, AskSurvey(), T0 + 2 * DAY)


def test_opened_again_and_closed_again_it_is_asked_again() -> None:
    """The new end has a survey of its own; the old one may be answered until then."""
    case = act(swept(closed(), 5), Reopen(reason="broke again"), T0 + 6 * DAY)
    assert (None, "survey-1") == (current(case), latest(case).name)  # type: ignore[union-attr]
    answered = act(case, AnswerSurvey(answers=("overall=3",)), T0 + 7 * DAY)
    assert "survey-1" == latest(answered).name  # type: ignore[union-attr]
    again = act(act(case, Resolve(evidence="now"), T0 + 8 * DAY), Close(), T0 + 9 * DAY)
    assert ["survey-1", "survey-2"] == [one.name for one in swept(again, 15).settlement.surveys]


# --- answers


def test_answers_are_figures_on_their_scale() -> None:
    """Outcome and process, with a free word; none has to be given, and none may be given wrongly."""
    case = swept(closed(), 5)
    case = act(case, AnswerSurvey(answers=("overall=4", " speed = 2 "), text="Thank you."), T0 + 6 * DAY)
    survey = latest(case)
    assert survey is not None
    assert ((Answer("overall", 4), Answer("speed", 2)), "Thank you.") == (survey.answers, str(survey.text))
    wrong = {
        "overall": "is no answer", "overall=": "is no answer", "overall=6": "from 1 to 5", "overall=0": "from 1 to 5",
        "taste=3": "is none of overall", "overall=²": "is no answer", "overall=4.5": "is no answer",
    }  # fmt: skip
    for one, why in wrong.items():
        with pytest.raises(NotAllowed, match=why):
            decided(swept(closed(), 5), AnswerSurvey(answers=(one,)), T0 + 6 * DAY)
    for action, why in (
        (AnswerSurvey(), "no answer in it"),
        (AnswerSurvey(answers=("overall=1", "overall=2")), "answered twice"),
    ):
        with pytest.raises(NotAllowed, match=why):
            decided(swept(closed(), 5), action, T0 + 6 * DAY)


def test_answers_are_taken_once_in_time_and_after_the_end() -> None:
    """Not while the case is open, not twice, not after the last day; unasked they are taken, too."""
    answer = AnswerSurvey(answers=("overall=5",))
    with pytest.raises(NotAllowed, match="has not ended"):
        decided(registered(), answer, T0 + DAY)
    unasked = act(closed(), answer, T0 + 2 * DAY)
    assert [] == [one for one in review(unasked, (), POLICY, T0 + 9 * DAY) if "survey" in one.kind]
    with pytest.raises(NotAllowed, match="was answered on 2026-03-04"):
        decided(unasked, answer, T0 + 3 * DAY)
    with pytest.raises(NotAllowed, match="were taken until 2026-05-06"):
        decided(swept(closed(), 5), answer, T0 + 99 * DAY)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (AnswerSurvey(answers=("overall=2",)), "overall"),
        (AnswerSurvey(answers=("overall=5",), contact=True, text="call me"), "contact"),
        (AnswerSurvey(answers=("overall=3", "speed=1")), ""),
        (AnswerSurvey(text="all fine"), ""),
    ],
)
def test_what_is_bad_has_somebody_and_a_date_before_it_is_accepted(answer: AnswerSurvey, why: str) -> None:
    """A low mark where it matters, or a wish to be contacted, is a finding in the same step; a slow answer is not."""
    case = swept(closed(), 5)
    case = case.apply_all(answer.decide(case, ANNA, T0 + 6 * DAY, POLICY))
    assert [why] * bool(why) == [one.why for one in case.settlement.findings]
    for one in case.settlement.findings:
        clock = case.named(one.name)
        assert clock is not None
        assert ("team-lead", True, True) == (one.who, clock.lasting, clock.due_at == one.due_at > T0 + 6 * DAY)


def test_a_finding_nobody_settles_calls_for_attention() -> None:
    """It does not end with the case, and cannot be shelved."""
    case = act(swept(closed(), 5), AnswerSurvey(answers=("overall=1",)), T0 + 6 * DAY)
    late = review(case, (), POLICY, T0 + 14 * DAY)
    assert {"overdue", "escalated"} <= {one.kind for one in late if getattr(one, "clock", "") == "finding-1"}
    case = act(case, SettleFinding(finding="finding-1", text="called her"), T0 + 7 * DAY)
    assert ("called her", T0 + 7 * DAY) == (
        str(case.settlement.findings[0].result),
        case.settlement.findings[0].settled_at,
    )
    with pytest.raises(NotAllowed, match="was settled on"):
        decided(case, SettleFinding(finding="finding-1", text="again"), T0 + 8 * DAY)


def test_findings_of_other_surveys_have_somebody_too() -> None:
    """What was found elsewhere is filed with who settles it and by when, and never with whom it is about."""
    case = act(closed(), ReportFinding(text="nobody called back", who="quality", until=T0 + 9 * DAY), T0 + 2 * DAY)
    (one,) = case.settlement.findings
    assert ("quality", T0 + 9 * DAY, "reported") == (one.who, one.due_at, one.why)
    with pytest.raises(NotAllowed, match="name somebody else"):
        decided(evolve(closed(), about=("boris",)), ReportFinding(text="x", who="Boris"), T0 + 2 * DAY)
    with pytest.raises(NotAllowed, match="in the future"):
        decided(closed(), ReportFinding(text="x", until=T0), T0 + 2 * DAY)


def test_questions_cover_outcome_and_process_facts_and_people() -> None:
    """Both sides of satisfaction, each in every language, on one scale."""
    questions = POLICY.after.questions
    assert {"overall", "outcome", "process", "loyalty"} == {one.about for one in questions}
    assert {("outcome", "cold"), ("outcome", "warm"), ("process", "cold"), ("process", "warm")} <= {
        (one.about, one.factor) for one in questions
    }
    assert all({"en", "ru", "fil"} == set(one.text) for one in questions)


def test_a_wrong_policy_is_told_with_its_place() -> None:
    """A code twice, one that is not there, a place that nothing fills."""
    twice = [{"code": "a"}, {"code": "a"}]
    for table, path in (
        ({"survey": {"questions": twice, "watched": []}}, "survey.questions"),
        ({"survey": {"watched": ["taste"]}}, "survey.watched"),
        ({"referral": {"use": ["nobody"]}}, "referral.use"),
        ({"referral": {"use": ["x"], "bodies": [{"code": "x", "name": "X", "texts": {"en": "{phone}"}}]}}, "phone"),
    ):
        with pytest.raises(SettingsError, match=path):
            read({"afterwards": table}, structure)


# --- by code


def test_the_survey_is_answered_by_its_code_alone() -> None:
    """Questions in the complainant's language come out, answers go in, and the case tells nothing else."""
    with kit() as desk:
        reference = desk.open(said("Сломался чайник, прошу вернуть деньги."), now=MONDAY).reference
        desk.act(reference, Resolve(evidence="thanked"), by="irina", now=MONDAY + hours(2))
        desk.act(reference, Close(), by="irina", now=MONDAY + hours(3))
        desk.work(MONDAY + 5 * DAY)
        code = survey_code(reference, b"for tests only")
        form = desk.survey_by_code(code, now=MONDAY + 6 * DAY)
        assert ("ru", reference, True) == (form.language, form.reference, "Насколько" in form.questions[0].text)
        assert "чайник" not in repr(form)
        desk.answer_survey(code, {"overall": 1, "speed": 5}, text="Плохо", contact=True, now=MONDAY + 6 * DAY)
        case = desk.case(reference)
        assert "complainant" == desk.file(reference)[-1].entry.by
        assert ["overall, contact"] == [one.why for one in case.settlement.findings]
        with pytest.raises(NotAllowed, match="was answered"):
            desk.survey_by_code(code, now=MONDAY + 7 * DAY)
        assert Stage.CLOSED is case.stage


@pytest.mark.parametrize("code", ["", "CK", "CKEHQ67X6D" + "0" * 40, "x" * 500, "CK-EHQ6-7X6D"])
def test_a_code_that_is_none_says_always_the_same(code: str) -> None:
    """Whatever is wrong with it, and whether or not there is such a complaint."""
    with kit() as desk:
        for ask in (
            lambda: desk.survey_by_code(code),
            lambda: desk.answer_survey(code, {"overall": 1}),
            lambda: desk.decline_survey(code),
        ):
            with pytest.raises(NotFound, match="opens no survey"):
                ask()


def test_who_has_the_code_can_say_that_they_do_not_want_to_be_asked() -> None:
    """No reminder follows."""
    with kit() as desk:
        reference = desk.open(Message(text="It broke.", sender=Person(email="a@example.org")), now=MONDAY).reference
        desk.act(reference, Withdraw(evidence="wrote so"), by="irina", now=MONDAY + hours(3))
        desk.work(MONDAY + 5 * DAY)
        desk.decline_survey(survey_code(reference, b"for tests only"), MONDAY + 6 * DAY)
        desk.work(MONDAY + 20 * DAY)
        kinds = [one.entry.kind for one in desk.file(reference)]
    assert ("survey_wish" in kinds, "survey_reminded" in kinds) == (True, False)
