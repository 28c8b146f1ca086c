"""Notices of ties: under which reference a complaint goes on, and the referral to another respondent."""

from complaintkit.case.ties import Tie
from complaintkit.changing import evolve
from complaintkit.message import Notice
from complaintkit.notices.base import Notices, Occurred


def registered(what: Occurred) -> Notices:
    """Acknowledge a complaint; for one that was split from another, say from which."""
    if what.case.acknowledged_at is not None:
        return ()
    if what.quiet:
        return (what.to_owner(),)
    origin = next((link.reference for link in what.case.ties.links if link.kind is Tie.SPLIT_FROM), "")
    return (what.to_complainant("split", other=origin) if origin else what.to_complainant("acknowledgement"),)


def merged(what: Occurred) -> Notices:
    """Tell the complainant under which reference it goes on."""
    return (what.to_complainant("merged", other=what.entry.into),)


def unmerged(what: Occurred) -> Notices:
    """Tell the complainant that it goes on by itself again, and the owner that it is theirs again."""
    return (what.to_complainant("unmerged", other=what.entry.of), what.to_owner())


def absorbed(what: Occurred) -> Notices:
    """Tell the owner that more belongs to the case now."""
    return (what.to_owner(),)


def forwarded(what: Occurred) -> Notices:
    """Tell the complainant who answers now, and send the referral to them."""
    respondent, text = what.entry.respondent, str(what.entry.text)
    told = what.to_complainant("forwarded", respondent=respondent, text=text)
    return (told, _referral(what, respondent, text)) if what.entry.address else (told,)


def _referral(what: Occurred, respondent: str, text: str) -> Notice:
    notice = what.to_staff("referral", respondent, respondent=respondent, text=text)
    return evolve(notice, audience="respondent", recipient=str(what.entry.address), medium="email")
