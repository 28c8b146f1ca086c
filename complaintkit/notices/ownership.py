"""Notices about who is responsible, and the one place that decides who in the house hears of a case at all."""

from datetime import datetime

from complaintkit.case.actor import same
from complaintkit.case.complaint import Complaint
from complaintkit.case.ownership import Offer
from complaintkit.changing import evolve
from complaintkit.message import Notice
from complaintkit.notices.base import STAFF, Notices, Occurred, facts_of
from complaintkit.policy import Policy
from complaintkit.policy.rescuing import LOST, lost, rescuers, seconds
from complaintkit.policy.staff import Absence


def addressed(what: Occurred, found: Notices) -> Notices:
    """Return notices as they go out: to deputies of staff who are away, too, and to nobody the case is about.

    Of a confidential case that has nobody left, those who can mend that hear its reference, and no word of it.
    """
    if not any(notice.medium == STAFF for notice in found):
        return found
    roster, told = what.policy.roster, dict[tuple[str, str, str], Notice]()
    if lost(what.case, what.policy):
        calls = [what.to_staff("alarm", one, text=LOST) for one in rescuers(what.case, what.policy)]
        return (*(notice for notice in found if notice.medium != STAFF), *calls)
    for notice in found:
        as_it_is = notice.medium != STAFF or _to_second(notice, what.case, what.policy)
        for name in (notice.recipient,) if as_it_is else roster.readers(notice.recipient, what.case, what.entry.at):
            to = _to(notice, name)
            told.setdefault((to.occasion, to.audience, to.recipient), to)
    return tuple(told.values())


def rightly(notice: Notice, case: Complaint, policy: Policy, now: datetime) -> Notice:
    """Return a notice of staff as it may go out now: whom it was for may have turned out to be whom the case is about.

    Args:
        notice: A notice of staff that waited.
        case: Its case as it stands.
        policy: The policy.
        now: When it is to go out.
    """
    if lost(case, policy):
        able = rescuers(case, policy)
        to = notice.recipient if notice.recipient in able else next(iter(able), policy.owner("alarm"))
        facts = facts_of(case, policy, text=LOST)
        return evolve(notice, occasion="alarm", recipient=to, audience=to, facts=facts, reply_token="")
    if _to_second(notice, case, policy):
        return notice
    readers = policy.roster.readers(notice.recipient, case, now)
    return notice if notice.recipient in readers else _to(notice, next(iter(readers), case.owner))


def _to_second(notice: Notice, case: Complaint, policy: Policy) -> bool:
    """Say whether a notice is for somebody outside the case who may allow what it asks for."""
    return notice.occasion == "unsealing" and notice.recipient in seconds(case, policy)


def _to(notice: Notice, name: str) -> Notice:
    audience = name if notice.audience == notice.recipient else notice.audience
    return evolve(notice, recipient=name, audience=audience)


def moment(at: datetime, policy: Policy) -> str:
    """Return a moment as it stands in a notice, in the time zone of the house."""
    return f"{at.astimezone(policy.zone):%Y-%m-%d %H:%M}"


def offered(what: Occurred) -> Notices:
    """Tell whom the case is offered to, and whom it is offered to no longer."""
    entry = what.entry
    clock = what.case.named(entry.offer)
    due = moment(clock.due_at, what.policy) if clock else ""
    offer = what.to_staff("offer", entry.to, by=entry.by, due=due)
    before = _offer(what, entry.replaces)
    return (offer, what.to_staff("offer_ended", before.to)) if before else (offer,)


def returned(what: Occurred) -> Notices:
    """Tell the owner and who offered it that nobody answered; and the addressee that it is over."""
    entry, offer = what.entry, _offer(what, what.entry.offer)
    facts = {"addressee": entry.to, "due": moment(entry.due_at, what.policy)}
    told = [what.to_owner("offer_returned", **facts), what.to_staff("offer_ended", entry.to)]
    if offer and not same(offer.by, what.case.owner):
        told.append(what.to_staff("offer_returned", offer.by, **facts))
    return tuple(told)


def declined(what: Occurred) -> Notices:
    """Tell the owner and who offered it, once nobody is left who could accept."""
    entry, offer = what.entry, _offer(what, what.entry.offer)
    if not entry.final:
        return ()
    told = [what.to_owner("offer_declined", by=entry.by)]
    if offer and not same(offer.by, what.case.owner):
        told.append(what.to_staff("offer_declined", offer.by, by=entry.by))
    return tuple(told)


def taken_back(what: Occurred) -> Notices:
    """Tell whom it had been offered to."""
    return (what.to_staff("offer_ended", what.entry.to),)


def taken_over(what: Occurred) -> Notices:
    """Tell the owner before, who offered it, and somebody else to whom it was offered; a queue need not know."""
    entry, offer = what.entry, _offer(what, what.entry.offer)
    persons = [entry.previous, *([offer.by] if offer else [])]
    told = [
        what.to_staff("taken_over", one)
        for one in persons
        if not same(one, entry.owner) and not what.policy.roster.is_role(one)
    ]
    if offer and not entry.accepted:
        told.append(what.to_staff("offer_ended", offer.to))
    return tuple(told)


def staff_named(what: Occurred) -> Notices:
    """Tell the superior of whom it is about."""
    entry, roster = what.entry, what.policy.roster
    names = ", ".join(entry.names)
    superiors = dict.fromkeys(roster.superior(what.case, one) for one in entry.names)
    told = [what.to_staff("conflict", one, names=names, by=entry.by) for one in superiors]
    return tuple(told)


def owner_replaced(what: Occurred) -> Notices:
    """Tell the new owner."""
    return (what.to_owner(),)


def _offer(what: Occurred, name: str) -> Offer | None:
    return next((one for one in what.case.handling.offers if one.name == name), None)


def away(absence: Absence, deputy: str, references: tuple[str, ...], policy: Policy, now: datetime) -> Notice:
    """Return the word to a superior that somebody who owns open complaints is away; once per absence.

    Args:
        absence: The absence.
        deputy: Who stands in; empty for nobody.
        references: The open complaints of theirs that may be named.
        policy: The policy.
        now: When it was told.
    """
    roster = policy.roster
    found = roster.member(absence.name)
    to = found.reports_to if found and found.reports_to else roster.rules.superior
    facts = {
        "reference": absence.name, "owner": absence.name, "organisation": policy.organisation,
        "contact": policy.contact, "since": moment(absence.since, policy), "deputy": deputy or "-",
        "until": moment(absence.until, policy) if absence.until else "?", "text": ", ".join(references) or "-",
    }  # fmt: skip
    return Notice(
        id=f"away-{absence.name}-{absence.since:%Y%m%dT%H%M%S}", reference="", occasion="away", audience=to,
        recipient=to, medium=STAFF, language=policy.languages[0], created_at=now, facts=facts,
    )  # fmt: skip
