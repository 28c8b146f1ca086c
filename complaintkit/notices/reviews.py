"""Notices of answers and what comes after them: the response with its rights, reviews, bodies outside, legal holds."""

from collections.abc import Iterator

from complaintkit.case.reviews import REVIEW
from complaintkit.notices import approvals
from complaintkit.notices.base import Notices, Occurred, date


def responded(what: Occurred) -> Notices:
    """Return the response, with the bodies outside where the complainant can go; the last word says that it is that."""
    entry = what.entry
    text = approvals.worded(what.case, entry.text, entry.response, what.policy)
    text = "\n\n".join((text, *_rights(what)))
    return (what.to_complainant("review_decision" if entry.final else "response", text=text),)


def _rights(what: Occurred) -> Iterator[str]:
    """Yield what has to be said about each body outside; the clocks that began with the answer have the same dates."""
    policy, case = what.policy, what.case
    referral = policy.afterwards.referral
    if what.entry.final or referral.from_round <= 1:
        languages = (case.language, *policy.languages)
        for body in referral.in_force(case.category):
            until = policy.until(body.window, what.entry.at) if body.window else None
            yield referral.told(body, languages, until)


def disputed(what: Occurred) -> Notices:
    """Return word that somebody else looks at it again, to the complainant who objected; and to who sees to it."""
    entry = what.entry
    due = date(max((clock.due_at for clock in entry.clocks if clock.kind == REVIEW), default=entry.at))
    asked = what.to_staff("review_asked", what.policy.afterwards.reviewer, due=due)
    return (what.to_complainant("review", due=due), asked) if entry.disputed else (asked,)


def taken(what: Occurred) -> Notices:
    """Return word to the reviewer, unless they took it themselves."""
    entry = what.entry
    clock = what.case.clock(REVIEW)
    due = date(clock.due_at) if clock else ""
    return () if entry.reviewer == entry.by else (what.to_staff("review_asked", entry.reviewer, due=due),)


def referred(what: Occurred) -> Notices:
    """Return word of a body outside to the owner and to whoever answers it."""
    entry = what.entry
    due = max((clock.due_at for clock in entry.clocks), default=None)
    to = dict.fromkeys((what.case.owner, *(clock.who for clock in entry.clocks)))
    body = next(one.body for one in what.case.settlement.external if one.name == entry.name)
    facts = {"body": body, "name": entry.name, "due": date(due) if due else ""}
    return tuple(what.to_staff("referred_out", one, **facts) for one in to if one and one != entry.by)


def held(what: Occurred) -> Notices:
    """Return word to the owner that nothing of the case may be erased."""
    owner = what.case.owner
    return () if owner == what.entry.by else (what.to_owner("legal_hold", name=what.entry.name),)
