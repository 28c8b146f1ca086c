"""Alarms: what belongs to no case, or keeps one from being worked on, and so needs a person."""

from datetime import datetime

from complaintkit.case.complaint import Complaint
from complaintkit.message import Notice
from complaintkit.notices.base import STAFF
from complaintkit.notices.ownership import rightly
from complaintkit.policy import Policy


def parked(number: int, reason: str, policy: Policy, now: datetime) -> Notice:
    """Return the alarm about an envelope that nobody could read: it belongs to no case, so a person has to look."""
    return _alarm(f"envelope-{number}-parked", f"#{number}", "parked", reason, policy, now)


def plugin_out(plugin: str, hook: str, until: datetime, policy: Policy, now: datetime) -> Notice:
    """Return the alarm that a plugin failed so often that it gets no calls for a while."""
    reason = f"the plugin {plugin} failed repeatedly and is not asked again before {until:%Y-%m-%d %H:%M} UTC"
    return _alarm(f"plugin-{plugin}-{hook}-{until:%Y%m%dT%H%M%S}", plugin, hook, reason, policy, now)


def stuck(reference: str, problem: str, policy: Policy, now: datetime, case: Complaint | None = None) -> Notice:
    """Return the alarm that a case cannot be worked on by itself; once a day, and to nobody it is about.

    Args:
        reference: The case.
        problem: What is in the way.
        policy: The policy.
        now: When it was found.
        case: The case itself; `None` if not even that can be read.
    """
    alarm = _alarm(f"stuck-{reference}-{now:%Y%m%d}", reference, "stuck", problem, policy, now)
    return rightly(alarm, case, policy, now) if case else alarm


def _alarm(identifier: str, subject: str, stage: str, reason: str, policy: Policy, now: datetime) -> Notice:
    owner = policy.owner("alarm")
    empty = dict.fromkeys(("level", "clock", "due", "answer_due"), "")
    told = {"reference": subject, "owner": owner, "organisation": policy.organisation, "contact": policy.contact}
    return Notice(
        id=identifier,
        reference="",
        occasion="alarm",
        audience=owner,
        recipient=owner,
        medium=STAFF,
        language=policy.languages[0],
        created_at=now,
        facts={**told, **empty, "text": reason, "stage": stage},
    )
