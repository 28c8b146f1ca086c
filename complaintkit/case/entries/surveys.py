"""Entries of the survey after the end, and of findings that somebody has to settle."""

from datetime import datetime
from typing import Any, ClassVar

from attrs import field, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parts import Clock, Content
from complaintkit.case.surveys import REMINDER, SURVEY, UNWANTED, WANTED, Answer, Finding, Survey
from complaintkit.changing import evolve
from complaintkit.checks import aware


@frozen(kw_only=True)
class SurveyAsked(Entry):
    """The complainant is asked how it went; where to, the notice alone knows."""

    kind: ClassVar[str] = "survey_asked"
    phrase: ClassVar[str] = "{name} sent; answers are taken until {until}"
    name: str
    until: datetime = field(validator=aware)
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Stop the clock for sending it, which is no promise; the one for the reminder runs."""
        met = case.with_clocks((SURVEY,), lambda clock: clock.end(min(self.at, clock.due_at)))
        asked = Survey(name=self.name, asked_at=self.at, until=self.until)
        return _added(evolve(met, clocks=met.clocks + self.clocks), asked)


@frozen(kw_only=True)
class SurveyReminded(Entry):
    """The survey was called to mind; there is no second reminder."""

    kind: ClassVar[str] = "survey_reminded"
    phrase: ClassVar[str] = "{name} called to mind"
    name: str

    def change(self, case: Complaint) -> Complaint:
        """Stop the clock."""
        met = case.with_clocks((REMINDER,), lambda clock: clock.end(min(self.at, clock.due_at)))
        return _replaced(met, self.name, reminded_at=self.at)


@frozen(kw_only=True)
class SurveyWaived(Entry):
    """Nobody is asked, with the reason: `no_contact`, `declined`, or what somebody decided, in `reason`."""

    kind: ClassVar[str] = "survey_waived"
    phrase: ClassVar[str] = "no survey: {why}"
    name: str
    why: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """End its clocks; answers that come all the same are taken."""
        ended = case.with_clocks((SURVEY, REMINDER), lambda clock: clock.end(min(self.at, clock.due_at)))
        if _named(case, self.name):
            return _replaced(ended, self.name, waived=self.why, waived_at=self.at)
        return _added(ended, Survey(name=self.name, waived=self.why, waived_at=self.at))


@frozen(kw_only=True)
class SurveyWish(Entry):
    """The complainant says whether to be asked."""

    kind: ClassVar[str] = "survey_wish"
    phrase: ClassVar[str] = "the complainant wants to be asked how it went: {wanted}"
    wanted: bool
    evidence: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Remember it; who does not want to be asked is not reminded either."""
        settlement = evolve(case.settlement, survey_wish=WANTED if self.wanted else UNWANTED)
        spared = case if self.wanted else case.with_clocks((REMINDER,), lambda one: one.end(min(self.at, one.due_at)))
        return evolve(spared, settlement=settlement)


@frozen(kw_only=True)
class SurveyAnswered(Entry):
    """The complainant's answers; `contact` asks to be contacted."""

    kind: ClassVar[str] = "survey_answered"
    phrase: ClassVar[str] = "{name} answered"
    name: str
    answers: tuple[Answer, ...] = ()
    text: Content | None = None
    contact: bool = False

    def change(self, case: Complaint) -> Complaint:
        """Keep the answers; there is nothing left to ask or to remind of."""
        met = case.with_clocks((SURVEY, REMINDER), lambda clock: clock.end(min(self.at, clock.due_at)))
        known = met if _named(case, self.name) else _added(met, Survey(name=self.name))
        return _replaced(
            known, self.name, answered_at=self.at, answers=self.answers, text=self.text, contact=self.contact
        )


@frozen(kw_only=True)
class FindingFiled(Entry):
    """Something came to light that needs somebody: who and until when stand in it from the first moment."""

    kind: ClassVar[str] = "finding_filed"
    phrase: ClassVar[str] = "{name} ({why}): {who} until {due_at}"
    name: str
    why: str
    text: Content | None = None
    who: str
    due_at: datetime = field(validator=aware)
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Keep it, and start its clock."""
        found = Finding(name=self.name, why=self.why, text=self.text, who=self.who, at=self.at, due_at=self.due_at)
        settlement = evolve(case.settlement, findings=(*case.settlement.findings, found))
        return evolve(case, settlement=settlement, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class FindingSettled(Entry):
    """What came of a finding."""

    kind: ClassVar[str] = "finding_settled"
    phrase: ClassVar[str] = "{name} settled"
    name: str
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop its clock."""
        met = case.with_clock(self.name, lambda clock: clock.meet(self.at))
        findings = tuple(
            evolve(one, settled_at=self.at, result=self.text) if one.name == self.name else one
            for one in case.settlement.findings
        )
        return evolve(met, settlement=evolve(case.settlement, findings=findings))


def _named(case: Complaint, name: str) -> bool:
    return any(one.name == name for one in case.settlement.surveys)


def _added(case: Complaint, survey: Survey) -> Complaint:
    return evolve(case, settlement=evolve(case.settlement, surveys=(*case.settlement.surveys, survey)))


def _replaced(case: Complaint, name: str, **changes: Any) -> Complaint:
    surveys = tuple(evolve(one, **changes) if one.name == name else one for one in case.settlement.surveys)
    return evolve(case, settlement=evolve(case.settlement, surveys=surveys))
