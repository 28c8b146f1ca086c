"""Notices of promises, surveys and findings: word to the complainant, and to whoever has to see to it."""

from datetime import datetime

from complaintkit.case.actor import same
from complaintkit.case.commitments import commitment_of
from complaintkit.case.surveys import survey_code
from complaintkit.message import Notice, Occasion
from complaintkit.notices.base import Notices, Occurred, date


def promised(what: Occurred) -> Notices:
    """Return word to whoever has to keep a promise, and to the complainant who gets it in writing."""
    entry = what.entry
    # Whoever answers a case knows which remedies the answer promises.
    told = () if entry.remedy and not entry.who else _owed(what, entry.who)
    if entry.confirmed:
        told = (*told, what.to_complainant("promise", promise=str(entry.text), due=date(entry.due_at)))
    return told


def moved(what: Occurred) -> Notices:
    """Return the new date: to the complainant who has not agreed to it yet, and to whoever has to keep it."""
    entry = what.entry
    found = commitment_of(what.case, entry.name)
    told = _owed(what, found.who if found else "")
    if entry.how == "notice":
        promise = str(found.what) if found else ""
        why = str(entry.reason)
        told = (*told, what.to_complainant("promise_moved", why=why, promise=promise, due=date(entry.due_at)))
    return told


def _owed(what: Occurred, who: str) -> Notices:
    """Return word to whoever keeps a promise, unless they made it; what it is, the case file tells."""
    to = who or what.case.owner
    if same(to, what.entry.by):
        return ()
    return (what.to_staff("promise_owed", to, name=what.entry.name, due=date(what.entry.due_at)),)


def held(what: Occurred) -> Notices:
    """Return the holding notice: why, and by when there is an answer; that date stands in it, and no other."""
    return (what.to_complainant("interim", text=str(what.entry.text), answer_due=date(what.entry.until)),)


def surveyed(what: Occurred) -> Notices:
    """Return the survey to the complainant, with the code by which it is answered."""
    return (_survey(what, "survey", what.entry.until),)


def reminded(what: Occurred) -> Notices:
    """Return the only reminder of the survey."""
    last = what.case.settlement.surveys[-1]
    return (_survey(what, "survey_reminder", last.until or what.entry.at),)


def found(what: Occurred) -> Notices:
    """Return word to whoever has to settle a finding; what was said, the case file tells."""
    entry = what.entry
    if same(entry.who, entry.by):
        return ()
    return (what.to_staff("finding", entry.who, due=date(entry.due_at), name=entry.name),)


def _survey(what: Occurred, occasion: Occasion, until: datetime) -> Notice:
    code = survey_code(what.case.reference, what.secret)
    place = what.policy.afterwards.survey.place(code)
    return what.to_complainant(occasion, code=code, place=place, until=date(until))
