"""The survey: who is asked, when, what, and which answers need somebody."""

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.surveys import DECLINED, NO_CONTACT, UNWANTED, WANTED, Answer, Question
from complaintkit.clocks.rules import Span


@frozen(kw_only=True)
class SurveyRules:
    """How complainants are asked after the end.

    Attributes:
        enabled: Whether anybody is asked by rule; a person may ask all the same.
        stages: Ends after which the survey goes out by rule.
        after: How long after the end it goes out.
        remind: How long after that the only reminder follows.
        open: How long answers are taken.
        consent: `opt-out` asks everybody who has not declined; `opt-in` only who said yes.
        link: Address at which it is answered, with `{code}` where the code belongs; empty sends the code alone.
        low: Answers up to this figure need somebody.
        watched: Codes of the questions that `low` is for; empty for all.
        owner: Who settles findings: a person or a role; empty for the owner of the case.
        questions: What is asked.
    """

    enabled: bool = True
    stages: tuple[Stage, ...] = (Stage.CLOSED, Stage.WITHDRAWN)
    after: Span = field(factory=lambda: Span(days=3))
    remind: Span = field(factory=lambda: Span(days=7))
    open: Span = field(factory=lambda: Span(days=60))
    consent: Literal["opt-out", "opt-in"] = "opt-out"
    link: str = ""
    low: int = 2
    watched: tuple[str, ...] = ()
    owner: str = "team-lead"
    questions: tuple[Question, ...] = ()

    def why_not(self, case: Complaint) -> str:
        """Return why the complainant of a case is not asked; empty if they are.

        A sealed identity is no reason: the core writes, and nobody sees where to.
        """
        if case.settlement.survey_wish == UNWANTED:
            return DECLINED
        if self.consent == "opt-in" and case.settlement.survey_wish != WANTED:
            return "no_consent"
        person = case.complainant
        return "" if any(way.strip() for way in (person.email, person.phone, person.handle)) else NO_CONTACT

    def low_ones(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Return the codes of questions with low answers."""
        return tuple(
            one.question
            for one in answers
            if one.figure <= self.low and (not self.watched or one.question in self.watched)
        )

    def place(self, code: str) -> str:
        """Return where the survey is answered: the address with its code, else the code alone."""
        return self.link.replace("{code}", code) if self.link else code
