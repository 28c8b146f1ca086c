"""The survey's moments have come: it is sent, called to mind once, or left out with the reason."""

from datetime import datetime

from complaintkit.case.actions.surveys import next_survey
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, SurveyAsked, SurveyReminded, SurveyWaived
from complaintkit.case.parts import Clock
from complaintkit.case.surveys import DECLINED, UNWANTED, latest
from complaintkit.policy import Policy


def sent(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return that the survey goes out; or why it does not: nobody to ask, or nobody who wants to be asked."""
    name = next_survey(case)
    if why := policy.after.no_survey(case):
        return (SurveyWaived(at=now, by=CORE, name=name, why=why),)
    until, clocks = policy.after.survey(case, now)
    return (SurveyAsked(at=now, by=CORE, name=name, until=until, clocks=clocks),)


def reminded(case: Complaint, clock: Clock, policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return that the survey is called to mind, once; nobody is reminded who said no meanwhile."""
    last = latest(case)
    name = last.name if last else next_survey(case)
    if case.settlement.survey_wish == UNWANTED:
        return (SurveyWaived(at=now, by=CORE, name=name, why=DECLINED),)
    return (SurveyReminded(at=now, by=CORE, name=name),)
