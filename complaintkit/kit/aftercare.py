"""What a kit offers for the time after an answer: the survey by its code, and a case as one page to hand on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import evolve, frozen

from complaintkit.case.actions import AnswerSurvey, RecordSurveyWish
from complaintkit.case.complaint import Complaint
from complaintkit.case.reference import read as read_reference
from complaintkit.case.surveys import UNWANTED, may_answer, waits
from complaintkit.checks import moment
from complaintkit.desk import Desk
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.kit.bundle import Bundle
from complaintkit.kit.tracking import BY_CODE
from complaintkit.withholding import Withholding, people_in

VOID = "this code opens no survey: it was not copied whole, or it belongs to something else"


@frozen(kw_only=True)
class SurveyQuestion:
    """A question as the complainant reads it; the highest figure is the best."""

    code: str
    text: str
    lowest: int
    highest: int


@frozen(kw_only=True)
class SurveyForm:
    """A survey as the complainant gets it; of the case it tells nothing but its reference.

    Attributes:
        reference: The complaint.
        organisation: Who asks.
        language: Language of the questions.
        until: Until when answers are taken; `None` for no end.
        questions: What is asked, in order.
    """

    reference: str
    organisation: str
    language: str
    until: datetime | None
    questions: tuple[SurveyQuestion, ...]


class Aftercare(ABC):
    """The part of a kit for the time after an answer."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    def survey_by_code(self, code: str, *, language: str = "", now: datetime | None = None) -> SurveyForm:
        """Return the questions of a survey, for whoever has its code.

        Args:
            code: The code that went out with it.
            language: Language of the questions; by default the complainant's.
            now: The moment.

        Raises:
            NotFound: The code opens no survey; the answer is the same whatever is wrong with it.
            NotAllowed: It was answered already, or its time is over.
        """
        case = self._surveyed(code)
        now = moment(now or self.clock())
        if why := may_answer(case, now):
            raise NotAllowed(case.reference, why)
        policy = self.desk.policy
        language = language or case.language or policy.languages[0]
        asked = waits(case, now)
        return SurveyForm(
            reference=case.reference,
            organisation=policy.organisation,
            language=language,
            until=asked.until if asked else None,
            questions=tuple(
                SurveyQuestion(
                    code=one.code,
                    text=one.worded((language, "en")),
                    lowest=one.lowest,
                    highest=one.highest,
                )
                for one in policy.after.questions
            ),
        )

    def answer_survey(
        self,
        code: str,
        answers: Mapping[str, int],
        *,
        text: str = "",
        contact: bool = False,
        now: datetime | None = None,
    ) -> None:
        """File the answers to a survey; a bad one has somebody who sees to it, by a date, from the same moment.

        Args:
            code: The code that went out with it.
            answers: Figures by the codes of the questions; what is left out stays open.
            text: What the complainant says besides.
            contact: Whether the complainant asks to be contacted.
            now: The moment.

        Raises:
            NotFound: The code opens no survey.
            NotAllowed: It was answered already, its time is over, or an answer is none; the text says which.
        """
        case = self._surveyed(code)
        written = tuple(f"{question}={figure}" for question, figure in answers.items())
        action = AnswerSurvey(answers=written, text=text, contact=contact)
        self.desk.act(case.reference, action, BY_CODE, moment(now or self.clock()))

    def decline_survey(self, code: str, now: datetime | None = None) -> None:
        """Record that the complainant does not want to be asked.

        Raises:
            NotFound: The code opens no survey.
        """
        self.desk.act(
            self._surveyed(code).reference, RecordSurveyWish(wish=UNWANTED), BY_CODE, moment(now or self.clock())
        )

    def _surveyed(self, code: str) -> Complaint:
        reference = self.desk.surveyed_by(code)
        if reference:
            try:
                return self.desk.store.case(reference)
            except NotFound:
                pass
        raise NotFound("-", VOID)

    def bundle(self, reference: str, *, redacted: bool = False, notes: bool = True, now: datetime | None = None) -> str:
        """Return a case as one page of HTML: facts, messages, list of attachments, every entry with its digests.

        Args:
            reference: The complaint.
            redacted: Leave out who complains and every other person outside, wherever they are mentioned.
            notes: Whether notes for colleagues and restricted opinions are in it.
            now: The moment it is made.

        Raises:
            NotFound: There is no such complaint.
        """
        found = read_reference(reference)
        if found is None:
            raise NotFound(reference)
        case, file = self.desk.store.case(found), self.desk.store.file(found)
        if redacted:
            entries = tuple(one.entry for one in file)
            left = Withholding(people=tuple(dict.fromkeys(people_in((case, *entries)))), sealed=True)
            case, file = left.over(case), tuple(evolve(one, entry=left.over(one.entry)) for one in file)
        made = Bundle(
            case=case, file=file, policy=self.desk.policy, now=moment(now or self.clock()), redacted=redacted,
            notes=notes,
        )  # fmt: skip
        return made.page()
