"""Which notices follow from which entries: one table, a function for each kind of entry."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    Absorbed,
    ApprovalAsked,
    Approved,
    Assigned,
    CausePlanned,
    CommitmentMoved,
    DeEscalated,
    Escalated,
    EscalationAcknowledged,
    EscalationAsked,
    EscalationGranted,
    EscalationPassed,
    EscalationRefused,
    Extended,
    FindingFiled,
    Forwarded,
    HandlersNamed,
    Held,
    HoldingSent,
    HoldPlaced,
    LookedAt,
    Merged,
    MessageFiled,
    NoticeUndelivered,
    OfferDeclined,
    Offered,
    OfferReturned,
    OfferTakenBack,
    Overdue,
    OwnerReplaced,
    PartForwarded,
    Promised,
    Raised,
    Received,
    ReferredOut,
    Registered,
    Replied,
    Responded,
    Restricted,
    ReviewOpened,
    ReviewTaken,
    Sealed,
    SentBack,
    SettledNow,
    StaffNamed,
    SurveyAsked,
    SurveyReminded,
    TakenOver,
    TaskAdded,
    TaskAnswered,
    TaskCancelled,
    TaskReminded,
    TaskReturned,
    Unmerged,
    UnsealingAsked,
    UnsealingGranted,
    Warned,
    WritingOwed,
)
from complaintkit.changing import evolve
from complaintkit.message import Notice
from complaintkit.notices import approvals, deadlines, escalations, ownership, promises, reviews, secrecy, tasks, ties
from complaintkit.notices.base import Notices, Occurred, date
from complaintkit.policy import Policy


def called_for(
    case: Complaint, entries: Iterable[Entry], policy: Policy, secret: bytes, quiet: bool = False
) -> tuple[Notice, ...]:
    """Return the notices that follow from new entries of a case.

    Their identifiers follow from the place of the entry in the file, so the same step never tells anybody twice.

    Args:
        case: The case after the entries.
        entries: The new entries, the last ones of the file.
        policy: The policy.
        secret: The kit's secret.
        quiet: Do not acknowledge, tell the owner instead: the address has had enough automatic mail lately, or a
            machine wrote. The acknowledgement stays owed.
    """
    new = tuple(entries)
    found: list[Notice] = []
    for seq, entry in enumerate(new, case.version - len(new) + 1):
        found += (
            evolve(notice, id=f"{case.reference}-{seq}" + (f"-{place}" if place else ""))
            for place, notice in enumerate(_for_entry(Occurred(case, entry, policy, secret, quiet)))
        )
    return tuple(found)


def _for_entry(what: Occurred) -> Notices:
    calls = CALLS.get(type(what.entry))
    return ownership.addressed(what, secrecy.among_confidants(what, calls(what))) if calls else ()


def _received(what: Occurred) -> Notices:
    owner = what.entry.owner
    return () if owner in (what.entry.by, *what.policy.roles) else (what.to_owner(),)


def _replied(what: Occurred) -> Notices:
    return (what.to_complainant("reply", text=str(what.entry.text)),)


def _assigned(what: Occurred) -> Notices:
    return (what.to_staff("owner", what.entry.owner),)


def _message(what: Occurred) -> Notices:
    # A machine that answers our answer may say that it never arrived.
    return (what.to_owner(),) if not what.entry.automatic or what.case.answered_at else ()


def _undelivered(what: Occurred) -> Notices:
    return (what.to_owner("alarm", text=str(what.entry.problem)),) if what.entry.occasion != "alarm" else ()


def _cause_planned(what: Occurred) -> Notices:
    due = max((clock.due_at for clock in what.entry.clocks), default=what.entry.at)
    return (what.to_staff("cause", what.entry.who, due=date(due)),)


def _looked_at(what: Occurred) -> Notices:
    return (what.to_owner("owner"),)


CALLS: Final[Mapping[type[Entry], Callable[[Occurred], Notices]]] = MappingProxyType(
    {
        Received: _received,
        Registered: ties.registered,
        Merged: ties.merged,
        Unmerged: ties.unmerged,
        Absorbed: ties.absorbed,
        Forwarded: ties.forwarded,
        PartForwarded: ties.forwarded,
        Replied: _replied,
        Responded: reviews.responded,
        ApprovalAsked: approvals.asked,
        Approved: approvals.approved,
        SentBack: approvals.sent_back,
        SettledNow: approvals.settled_now,
        Assigned: _assigned,
        Offered: ownership.offered,
        OfferDeclined: ownership.declined,
        OfferReturned: ownership.returned,
        OfferTakenBack: ownership.taken_back,
        TakenOver: ownership.taken_over,
        StaffNamed: ownership.staff_named,
        OwnerReplaced: ownership.owner_replaced,
        MessageFiled: _message,
        TaskAdded: tasks.added,
        TaskAnswered: tasks.answered,
        TaskReturned: tasks.returned,
        TaskReminded: tasks.reminded,
        TaskCancelled: tasks.cancelled,
        Warned: deadlines.warned,
        Overdue: deadlines.overdue,
        Escalated: deadlines.escalated,
        HoldingSent: deadlines.held,
        WritingOwed: deadlines.writing_owed,
        NoticeUndelivered: _undelivered,
        LookedAt: _looked_at,
        Promised: promises.promised,
        CommitmentMoved: promises.moved,
        Held: promises.held,
        Extended: deadlines.extended,
        SurveyAsked: promises.surveyed,
        SurveyReminded: promises.reminded,
        FindingFiled: promises.found,
        ReviewOpened: reviews.disputed,
        ReviewTaken: reviews.taken,
        ReferredOut: reviews.referred,
        HoldPlaced: reviews.held,
        CausePlanned: _cause_planned,
        Restricted: secrecy.named,
        HandlersNamed: secrecy.named,
        Sealed: secrecy.named,
        UnsealingAsked: secrecy.asked,
        UnsealingGranted: secrecy.granted,
        EscalationAsked: escalations.raised,
        Raised: escalations.raised,
        EscalationGranted: escalations.granted,
        EscalationRefused: escalations.refused,
        EscalationAcknowledged: escalations.acknowledged,
        EscalationPassed: escalations.passed,
        DeEscalated: escalations.ended,
    }
)
