"""Notices about confidential cases: who was named to know of one, who asks to see an identity; and who hears of it."""

from typing import Final

from complaintkit.case.actor import plain, same
from complaintkit.case.secrecy import confidants, unsealing
from complaintkit.changing import evolve
from complaintkit.message import Notice
from complaintkit.notices.base import STAFF, Notices, Occurred
from complaintkit.notices.ownership import moment
from complaintkit.policy.rescuing import seconds

# What would reach people by their place in the house, and not because somebody let them into the case.
_BY_PLACE: Final = frozenset(
    {
        "overdue", "escalation", "conflict", "escalation_asked", "escalation_called", "escalation_told",
        "escalation_passed", "escalation_turned_down", "escalation_acknowledged", "escalation_ended",
    }
)  # fmt: skip


def among_confidants(what: Occurred, found: Notices) -> Notices:
    """Return notices with those that would tell others of a confidential case brought to its handlers instead."""
    let_in = confidants(what.case)
    if not let_in:
        return found
    told: list[Notice] = []
    for notice in found:
        if notice.medium != STAFF or notice.occasion not in _BY_PLACE or plain(notice.recipient) in let_in:
            told.append(notice)
        else:
            others = [one for one in what.case.handling.handlers if not same(one, what.case.owner)]
            told += (evolve(notice, recipient=one, audience=one) for one in others or [what.case.owner])
    return tuple(told)


def named(what: Occurred) -> Notices:
    """Tell those who may know of the case from now on; not who said so."""
    handlers = (one for one in what.entry.handlers if not same(one, what.entry.by))
    return tuple(what.to_staff("confidant", one, by=what.entry.by) for one in handlers)


def asked(what: Occurred) -> Notices:
    """Tell the others who may know of the case that somebody asks to see who complains; and who else may allow it."""
    entry, case = what.entry, what.case
    told = (*case.handling.handlers, case.owner, *seconds(case, what.policy))
    others = dict.fromkeys(one for one in told if not same(one, entry.by))
    facts = {"by": entry.by, "unsealing": entry.unsealing, "text": str(entry.reason)}
    return tuple(what.to_staff("unsealing", one, **facts) for one in others)


def granted(what: Occurred) -> Notices:
    """Tell who asked until when the identity may be looked at."""
    found = unsealing(what.case, what.entry.unsealing)
    if found is None:
        return ()
    due = moment(what.entry.until, what.policy)
    return (what.to_staff("unsealed", found.asked_by, by=what.entry.by, due=due),)
