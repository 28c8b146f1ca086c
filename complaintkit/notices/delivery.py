"""How a notice is worded and delivered, what becomes of it, and when it is tried again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    NoticeSent,
    NoticeUndelivered,
)
from complaintkit.case.parts import Content
from complaintkit.changing import evolve
from complaintkit.errors import SettingsError
from complaintkit.families import Notifier
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Delivery, Notice
from complaintkit.policy import Policy, fill
from complaintkit.store.port import Thread

STAFF: Final = "staff"
LIFETIME: Final = timedelta(days=2)
ACK_PER_HOUR: Final = 1
ACK_PER_DAY: Final = 5
_FIRST_PAUSE: Final = timedelta(minutes=5)
_LONGEST_PAUSE: Final = timedelta(hours=1)


def threads(notice: Notice, delivery: Delivery) -> tuple[Thread, ...]:
    """Return the identifier under which a notice went out, so that an answer to it finds the case."""
    if not delivery.message_id:
        return ()
    return (Thread(message_id=delivery.message_id, reference=notice.reference, digest=""),)


def worded(notice: Notice, policy: Policy) -> Notice:
    """Return the notice with its text, from the policy's template for the occasion.

    Raises:
        SettingsError: There is no template, or it asks for a fact that this occasion has not.
    """
    if notice.body:
        return notice
    template = policy.template(notice.occasion, notice.language, notice.facts.get("tone", ""))
    return evolve(notice, subject=fill(template.subject, notice.facts), body=fill(template.body, notice.facts))


def deliver(
    notice: Notice, notifiers: Sequence[Guarded[Notifier]], policy: Policy, now: datetime
) -> tuple[Notice, str, Delivery]:
    """Return the worded notice, who delivered it, and what became of it; a failing notifier gives way to the next."""
    try:
        notice = worded(notice, policy)
    except SettingsError as error:
        return notice, "", Delivery("failed", f"it cannot be worded: {error}")
    able = [one for one in notifiers if notice.medium in one.record.media]
    able += [one for one in notifiers if "*" in one.record.media and one not in able]
    problems: list[str] = []
    for notifier in able:
        answer = notifier.ask("send", notice, now)
        if isinstance(answer, Failure):
            problems.append(f"{notifier.plugin}: {answer.kind}: {answer.problem}")
        elif isinstance(answer, Delivery):
            return notice, notifier.record.name, answer
    problem = "; ".join(problems) or f"no notifier delivers {notice.medium!r}; enable one"
    return notice, "", Delivery("failed", problem)


def settled(
    notice: Notice, notifier: str, delivery: Delivery, now: datetime, since: datetime | None = None
) -> Entry | None:
    """Return the entry that ends a notice: sent, or undelivered for good; `None` while it is worth another try.

    It is worth that for two days, however often it failed: a notifier that is out for a night loses nothing.

    Args:
        notice: The notice.
        notifier: Who tried to deliver it.
        delivery: What became of it.
        now: When.
        since: From when on it could go out; by default from when the occasion arose.
    """
    if delivery.state == "sent":
        return NoticeSent(
            at=now,
            by=CORE,
            notice=notice.id,
            occasion=notice.occasion,
            audience=notice.audience,
            notifier=notifier,
            medium=notice.medium,
            message_id=delivery.message_id,
        )
    if delivery.state == "refused" or now - (since or notice.created_at) >= LIFETIME:
        problem = Content.of(delivery.detail or "the notifier gave no reason")
        return NoticeUndelivered(
            at=now, by=CORE, notice=notice.id, occasion=notice.occasion, audience=notice.audience, problem=problem
        )
    return None


def next_try(attempts: int, now: datetime) -> datetime:
    """Return when a notice is tried again: five minutes at first, doubling up to an hour."""
    return now + min(_FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10)), _LONGEST_PAUSE)


def enough(earlier: Iterable[Complaint], now: datetime) -> bool:
    """Say whether a complainant's address has had enough acknowledgements: one in an hour, five in a day.

    Anybody can type in anybody's address; more than this would make us the sender of somebody else's flood.
    """
    recent = [case.recorded_at for case in earlier if now - case.recorded_at < timedelta(days=1)]
    return len(recent) >= ACK_PER_DAY or sum(now - at < timedelta(hours=1) for at in recent) >= ACK_PER_HOUR
