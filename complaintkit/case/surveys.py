"""Surveys: what the complainant is asked after the end, what was answered, and findings that need somebody."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case import reference as references
from complaintkit.case.lifecycle import ENDED, Stage
from complaintkit.case.parts import Content
from complaintkit.checks import aware, frozen_mapping

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kinds of clock: when the survey is sent, when it is called to mind, when a finding has to be settled.
SURVEY: Final = "survey"
REMINDER: Final = "survey_reminder"
FINDING: Final = "finding"
# Why the core leaves a survey out by itself.
NO_CONTACT: Final = "no_contact"
DECLINED: Final = "declined"
# What the complainant said about being asked.
WANTED: Final = "wanted"
UNWANTED: Final = "unwanted"
_moment = validators.optional(aware)


@frozen(kw_only=True)
class Question:
    """A question of the survey. Satisfaction has two sides: the outcome, and the process that led to it.

    Attributes:
        code: Stands in case files, so never rename one.
        about: `overall`, `outcome`, `process` or `loyalty`.
        factor: `cold` for facts such as speed, `warm` for how people acted; empty where it is neither.
        lowest, highest: Ends of the scale; the highest is the best.
        text: The question, by language.
    """

    code: str = field(validator=validators.min_len(1))
    about: str = field(default="overall", validator=validators.in_(("overall", "outcome", "process", "loyalty")))
    factor: str = field(default="", validator=validators.in_(("", "cold", "warm")))
    lowest: int = 1
    highest: int = 5
    text: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)

    def worded(self, languages: tuple[str, ...]) -> str:
        """Return the question in the first of several languages it is there in, else in any."""
        return next((self.text[one] for one in (*languages, *self.text) if one in self.text), self.code)


@frozen
class Answer:
    """The answer to one question: a figure on its scale."""

    question: str
    figure: int


@frozen(kw_only=True)
class Survey:
    """A survey about one case.

    Attributes:
        name: `survey-1`; another one after the case was opened again and ended again.
        asked_at: When it was sent; `None` where the complainant came with answers unasked.
        reminded_at: When it was called to mind; that happens once at most.
        until: Until when answers are taken; `None` for no end.
        waived, waived_at: Why nobody is asked, and since when; empty where somebody was.
        answered_at, answers, text: What came back; the free comment is sealed.
        contact: Whether the complainant asks to be contacted.
    """

    name: str
    asked_at: datetime | None = field(default=None, validator=_moment)
    reminded_at: datetime | None = field(default=None, validator=_moment)
    until: datetime | None = field(default=None, validator=_moment)
    waived: str = ""
    waived_at: datetime | None = field(default=None, validator=_moment)
    answered_at: datetime | None = field(default=None, validator=_moment)
    answers: tuple[Answer, ...] = ()
    text: Content | None = None
    contact: bool = False


@frozen(kw_only=True)
class Finding:
    """Something a survey or a talk brought to light: it has an owner and a date from the first moment.

    Attributes:
        name: `finding-1`; its clock has the same name.
        why: What makes it one: the questions with low answers, `contact`, `not_content`, `reported`.
        text: What was said, sealed; `None` where the figures say all.
        who: Who has to settle it.
        at, due_at: Since when, until when.
        settled_at, result: When it was settled and what came of it.
    """

    name: str
    why: str
    text: Content | None = None
    who: str = field(validator=validators.min_len(1))
    at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    settled_at: datetime | None = field(default=None, validator=_moment)
    result: Content | None = None


def survey_code(reference: str, secret: bytes) -> str:
    """Return the code that goes out with a survey: it answers the survey of one complaint, and opens nothing else."""
    return references.spoken(reference) + references.token(secret, SURVEY, reference)


def surveyed_by(offered: str, secret: bytes) -> str:
    """Return the reference that the code of a survey belongs to; empty if it is none of ours."""
    reference = references.read(offered.strip()[: references.SPOKEN_LENGTH]) or ""
    rest = offered.strip()[references.SPOKEN_LENGTH :]
    return reference if reference and references.matches(secret, SURVEY, reference, rest) else ""


def latest(case: "Complaint") -> Survey | None:
    """Return the latest survey of a case, or `None`."""
    return case.settlement.surveys[-1] if case.settlement.surveys else None


def current(case: "Complaint") -> Survey | None:
    """Return the survey about the case since it was last opened; `None` where there is none yet."""
    last = latest(case)
    when = last and (last.asked_at or last.waived_at or last.answered_at)
    since = case.settlement.reopenings[-1].at if case.settlement.reopenings else None
    return last if since is None or (when and when >= since) else None


def waits(case: "Complaint", now: datetime) -> Survey | None:
    """Return the survey that was sent and may still be answered, or `None`."""
    last = latest(case)
    asked = last and last.asked_at and not last.answered_at
    return last if last and asked and (last.until is None or now <= last.until) else None


def may_answer(case: "Complaint", now: datetime) -> str:
    """Return why no answers can be taken now; empty if they can. Every case that has ended is open to them."""
    if waits(case, now):
        return ""
    here = current(case)
    if here and here.answered_at:
        return f"it was answered on {here.answered_at:%Y-%m-%d}"
    if here and here.asked_at and here.until:
        return f"answers were taken until {here.until:%Y-%m-%d}"
    if case.stage not in ENDED or case.stage is Stage.DUPLICATE:
        return "the case has not ended yet; a survey is about the whole of it"
    return ""
