"""Actions of the survey: ask, do not ask, answer; and findings, which somebody has to settle by a date."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked, none_will_do
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    FindingFiled,
    FindingSettled,
    SurveyAnswered,
    SurveyAsked,
    SurveyWaived,
    SurveyWish,
)
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.case.surveys import (
    DECLINED,
    FINDING,
    NO_CONTACT,
    SURVEY,
    UNWANTED,
    WANTED,
    Answer,
    Finding,
    current,
    may_answer,
    waits,
)

# Why nobody is asked, in words.
_WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        NO_CONTACT: "nothing is known by which the complainant could be asked",
        DECLINED: "the complainant does not want to be asked",
        "no_consent": "the policy asks only who agreed, and the complainant has not",
    }
)
# A complainant may write a book; a survey keeps a page of it.
_LONGEST: Final = 4000


def next_survey(case: Complaint) -> str:
    """Return the name of the survey that is sent next."""
    return next_name(SURVEY, case.settlement.surveys)


def filed(
    ask: Asked, case: Complaint, why: str, text: Content | None, who: str = "", due: datetime | None = None
) -> FindingFiled:
    """Return the entry of a finding: it has somebody and a date from the first moment.

    Args:
        ask: What is asked for.
        case: The case it is filed in.
        why: What makes it a finding.
        text: What was said.
        who, due: Who settles it, until when; by default as the policy says.
    """
    name = next_name(FINDING, case.settlement.findings)
    clock = ask.terms.after.finding(case, ask.now, name, who, due)
    return FindingFiled(
        at=ask.now, by=ask.by, name=name, why=why, text=text, who=clock.who, due_at=clock.due_at, clocks=(clock,)
    )


@frozen(kw_only=True)
class AskSurvey(Action):
    """Ask the complainant how it went, at once and not when the rule says."""

    name: ClassVar[str] = "ask_survey"
    help: ClassVar[str] = "ask the complainant how it went: outcome and process"

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that the complainant was asked already, or does not want to be."""
        here = current(case)
        if here and (here.asked_at or here.answered_at):
            return f"{here.name} was sent already, and nobody is asked twice"
        why = terms.after.no_survey(case)
        return _WHY.get(why, why)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Ask: once for each end of the case."""
        until, clocks = ask.terms.after.survey(ask.case, ask.now)
        return (SurveyAsked(at=ask.now, by=ask.by, name=next_survey(ask.case), until=until, clocks=clocks),)


@frozen(kw_only=True)
class WaiveSurvey(Action):
    """Do not ask, for a reason."""

    name: ClassVar[str] = "waive_survey"
    help: ClassVar[str] = "do not ask the complainant how it went, for a reason"
    reason: str = asked("why: a bereavement, a court case, asked for it by word ...")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it was answered."""
        here = current(case)
        return f"{here.name} was answered on {here.answered_at:%Y-%m-%d}" if here and here.answered_at else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason; answers that come all the same are taken."""
        reason = ask.need("reason", self.reason)
        here = current(ask.case)
        name = here.name if here else next_survey(ask.case)
        return (SurveyWaived(at=ask.now, by=ask.by, name=name, why="decided", reason=Content.of(reason)),)


@frozen(kw_only=True)
class RecordSurveyWish(Action):
    """Record whether the complainant wants to be asked."""

    name: ClassVar[str] = "record_survey_wish"
    help: ClassVar[str] = "record whether the complainant wants to be asked how it went"
    wish: str = asked("what they said", choices=(WANTED, UNWANTED))
    evidence: str = asked("how and when they said so; a complainant's own word needs none", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Remember it."""
        own = ask.actor.is_a(COMPLAINANT)
        evidence = Content.maybe(self.evidence) if own else Content.of(ask.need("evidence", self.evidence))
        wish = ask.one_of("wish", self.wish, (WANTED, UNWANTED))
        return (SurveyWish(at=ask.now, by=ask.by, wanted=wish == WANTED, evidence=evidence),)


@frozen(kw_only=True)
class AnswerSurvey(Action):
    """Answer the survey, or take down what the complainant answers."""

    name: ClassVar[str] = "answer_survey"
    help: ClassVar[str] = "answer the survey, or take the complainant's answers down"
    answers: tuple[str, ...] = asked("question and figure, such as result=4; several", default=())
    text: str = asked("what the complainant says besides", default="")
    contact: bool = asked("whether the complainant asks to be contacted", default=False)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that it was answered, or that there is nothing to ask about yet."""
        # Time only runs out: what could not be answered when the case came in cannot be answered later as it stands.
        return may_answer(case, case.received_at)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the answers; what is bad has somebody and a date before it is accepted."""
        if why := may_answer(ask.case, ask.now):
            raise ask.refuse(why)
        answers = _answers(ask, self.answers)
        text = Content.maybe(self.text[:_LONGEST])
        if not answers and text is None and not self.contact:
            raise ask.refuse("there is no answer in it")
        here = waits(ask.case, ask.now) or current(ask.case)
        name = here.name if here and here.answered_at is None else next_survey(ask.case)
        answered = SurveyAnswered(
            at=ask.now, by=ask.by, name=name, answers=answers, text=text, contact=self.contact
        )  # fmt: skip
        low = ask.terms.after.low(answers)
        why = ", ".join((*low, *(("contact",) if self.contact else ())))
        return (answered, filed(ask, ask.case, why, text)) if why else (answered,)


def _answers(ask: Asked, written: Iterable[str]) -> tuple[Answer, ...]:
    scales = {one.code: one for one in ask.terms.after.questions}
    found: dict[str, Answer] = {}
    for one in written:
        code, sign, figure = (part.strip() for part in one.partition("="))
        question = scales.get(ask.one_of("question", code, tuple(scales)))
        if not sign or question is None or not figure.isascii() or not figure.lstrip("-").isdigit():
            raise ask.refuse(f"{one!r} is no answer; write it as {code}=4")
        if not question.lowest <= int(figure) <= question.highest:
            raise ask.refuse(f"{code} takes figures from {question.lowest} to {question.highest}, not {figure}")
        if code in found:
            raise ask.refuse(f"{code} is answered twice")
        found[code] = Answer(code, int(figure))
    return tuple(found.values())


@frozen(kw_only=True)
class ReportFinding(Action):
    """File what a survey of somebody else, or a talk, brought to light about this case."""

    name: ClassVar[str] = "report_finding"
    help: ClassVar[str] = "file what a survey or a talk brought to light, with who settles it and by when"
    text: str = asked("what was found")
    who: str = asked("who settles it: a person or a role; empty for whoever the policy names", default="")
    until: datetime | None = asked("by when, with time zone; by default the standard for findings", default=None)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File it; without somebody and a date it would be shelved."""
        text = ask.need("text", self.text)
        if self.who.strip() and ask.case.concerns(self.who):
            raise ask.refuse(f"the complaint is about {self.who}; name somebody else")
        if self.until is not None:
            ask.ahead("until", self.until)
        return (filed(ask, ask.case, "reported", Content.of(text), self.who.strip(), self.until),)


def _settled(one: Finding) -> str:
    return f"{one.name} was settled on {one.settled_at:%Y-%m-%d}" if one.settled_at else ""


@frozen(kw_only=True)
class SettleFinding(Action):
    """Say what came of a finding."""

    name: ClassVar[str] = "settle_finding"
    help: ClassVar[str] = "say what came of a finding"
    finding: str = asked("name of the finding", of="finding")
    text: str = asked("what was done about it, or why nothing has to be")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that none waits."""
        return none_will_do(map(_settled, case.settlement.findings))

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Settle it."""
        text = ask.need("text", self.text)
        known = tuple(one.name for one in ask.case.settlement.findings)
        name = ask.one_of("finding", self.finding.strip().casefold(), known)
        found = next(one for one in ask.case.settlement.findings if one.name == name)
        if why := _settled(found):
            raise ask.refuse(why)
        return (FindingSettled(at=ask.now, by=ask.by, name=name, text=Content.of(text)),)
