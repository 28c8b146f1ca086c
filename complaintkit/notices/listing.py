"""When staff is told of something, and how what waits for one reader becomes one list."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from complaintkit.case.complaint import Complaint
from complaintkit.clocks.calendar import Calendar
from complaintkit.message import Notice
from complaintkit.notices.base import STAFF
from complaintkit.policy import Policy


def told_from(notice: Notice, case: Complaint | None, policy: Policy, now: datetime | None = None) -> datetime:
    """Return from when on a notice may go out: for staff within their hours, and once enough could gather.

    Complainants are told at once, and so is staff of what is urgent: danger does not wait for the morning.

    Args:
        notice: The notice.
        case: Its case; `None` where it has none.
        policy: The policy.
        now: The moment from which on is asked; `None` for when the occasion arose.
    """
    start = now or notice.created_at
    if notice.medium != STAFF or urgent(notice, case, policy):
        return start
    if joins(notice, case, policy):
        start = max(start, notice.created_at + timedelta(minutes=policy.telling.gather))
    hours = _hours(notice.recipient, policy)
    return hours.opening(start) if hours else start


def urgent(notice: Notice, case: Complaint | None, policy: Policy) -> bool:
    """Say whether a notice waits for nobody's hours: it is marked so, its occasion is, or its case is critical."""
    grave = case is not None and policy.escalating.urgent(case)
    return notice.urgent or grave or notice.occasion in policy.telling.urgent


def joins(notice: Notice, case: Complaint | None, policy: Policy) -> bool:
    """Say whether a notice may stand in a list with others for the same reader; what is urgent stands alone."""
    telling = policy.telling
    able = telling.digest > 0 and notice.medium == STAFF and notice.occasion in telling.listed
    return able and not urgent(notice, case, policy)


def listed(recipient: str, waiting: Sequence[Notice], policy: Policy, now: datetime) -> Notice:
    """Return one notice that lists others, which have their words already.

    Args:
        recipient: Who reads it.
        waiting: The notices, in order.
        policy: The policy.
        now: When it is made.
    """
    lines = "\n".join(f"- {one.subject}" for one in waiting)
    name = hashlib.sha256("\n".join(one.id for one in waiting).encode()).hexdigest()[:24]
    return Notice(
        id=f"list-{name}", reference="", occasion="digest", audience=recipient, recipient=recipient, medium=STAFF,
        language=policy.languages[0], created_at=now,
        facts={
            "count": str(len(waiting)), "lines": lines, "owner": recipient, "organisation": policy.organisation,
            "contact": policy.contact,
        },
    )  # fmt: skip


def _hours(recipient: str, policy: Policy) -> Calendar | None:
    member = policy.member(recipient)
    name = (member.hours if member else "") or policy.telling.hours
    return policy.named(name) if name else None
