"""Who has to be told what: notices that follow from entries, their texts, and what becomes of their delivery."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assigned,
    Escalated,
    MessageFiled,
    NoticeSent,
    NoticeUndelivered,
    Overdue,
    Received,
    Registered,
    Replied,
    Responded,
    Warned,
)
from complaintkit.case.parts import Content
from complaintkit.case.reference import reply_token
from complaintkit.errors import SettingsError
from complaintkit.families import Notifier
from complaintkit.guard import Failure, Guarded
from complaintkit.message import Delivery, Notice, Occasion
from complaintkit.policy import Policy, fill
from complaintkit.store.port import Thread

STAFF: Final = "staff"
LIFETIME: Final = timedelta(days=2)
ACK_PER_HOUR: Final = 1
ACK_PER_DAY: Final = 5
_FIRST_PAUSE: Final = timedelta(minutes=5)
_LONGEST_PAUSE: Final = timedelta(hours=1)


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
            evolve(notice, id=f"{case.reference}-{seq}") for notice in _for_entry(case, entry, policy, secret, quiet)
        )
    return tuple(found)


def _for_entry(case: Complaint, entry: Entry, policy: Policy, secret: bytes, quiet: bool) -> Sequence[Notice]:
    match entry:
        case Received() if entry.by != entry.owner and entry.owner not in policy.roles:
            return (_staff(case, entry, "owner", entry.owner, policy),)
        case Registered() if case.acknowledged_at is None and quiet:
            return (_staff(case, entry, "owner", case.owner, policy),)
        case Registered() if case.acknowledged_at is None:
            return (_complainant(case, entry, "acknowledgement", policy, secret),)
        case Replied():
            return (_complainant(case, entry, "reply", policy, secret, text=str(entry.text)),)
        case Responded():
            return (_complainant(case, entry, "response", policy, secret, text=str(entry.text)),)
        case Assigned():
            return (_staff(case, entry, "owner", entry.owner, policy),)
        case MessageFiled() if not entry.automatic or case.answered_at:
            # A machine that answers our answer may say that it never arrived.
            return (_staff(case, entry, "owner", case.owner, policy),)
        case Warned() | Overdue():
            return (
                _staff(
                    case, entry, "overdue", case.owner, policy, clock=_kind(case, entry.clock), due=_date(entry.due_at)
                ),
            )
        case Escalated():
            return (
                _staff(
                    case, entry, "escalation", entry.to, policy, clock=_kind(case, entry.clock), level=str(entry.level)
                ),
            )
        case NoticeUndelivered() if entry.occasion != "alarm":
            return (_staff(case, entry, "alarm", case.owner, policy, text=str(entry.problem)),)
        case _:
            return ()


def _complainant(
    case: Complaint,
    entry: Entry,
    occasion: Occasion,
    policy: Policy,
    secret: bytes,
    *,
    text: str = "",
) -> Notice:
    person = case.complainant
    routes = (("email", person.email), ("phone", person.phone), ("social", person.handle))
    medium, recipient = next(((medium, to) for medium, to in routes if to.strip()), (STAFF, case.owner))
    if policy.kind(case.channel) == "letter" and medium != "email" and person.name:
        medium, recipient = "letter", person.name
    return Notice(
        id="-",
        reference=case.reference,
        occasion=occasion,
        audience="complainant",
        recipient=recipient.strip(),
        medium=medium,
        language=case.language or policy.languages[0],
        created_at=entry.at,
        facts=_facts(case, policy, text=text),
        reply_token=reply_token(case.reference, secret),
    )


def _staff(case: Complaint, entry: Entry, occasion: Occasion, to: str, policy: Policy, **more: str) -> Notice:
    return Notice(
        id="-",
        reference=case.reference,
        occasion=occasion,
        audience=to,
        recipient=to,
        medium=STAFF,
        language=policy.languages[0],
        created_at=entry.at,
        facts=_facts(case, policy, **more),
    )


def _facts(case: Complaint, policy: Policy, **more: str) -> dict[str, str]:
    answer = case.clock("final_response") or case.clock("first_response")
    return {
        "reference": case.reference,
        "owner": case.owner,
        "organisation": policy.organisation,
        "contact": policy.contact,
        "stage": case.stage.value,
        "level": str(case.level),
        "text": "",
        "clock": "",
        "due": "",
        "answer_due": _date(answer.due_at) if answer else "",
        **more,
    }


def _kind(case: Complaint, clock: str) -> str:
    found = case.named(clock)
    return found.kind if found else clock


def _date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


def parked(number: int, reason: str, policy: Policy, now: datetime) -> Notice:
    """Return the alarm about an envelope that nobody could read: it belongs to no case, so a person has to look."""
    return _alarm(f"envelope-{number}-parked", f"#{number}", "parked", reason, policy, now)


def plugin_out(plugin: str, hook: str, until: datetime, policy: Policy, now: datetime) -> Notice:
    """Return the alarm that a plugin failed so often that it gets no calls for a while."""
    reason = f"the plugin {plugin} failed repeatedly and is not asked again before {until:%Y-%m-%d %H:%M} UTC"
    return _alarm(f"plugin-{plugin}-{hook}-{until:%Y%m%dT%H%M%S}", plugin, hook, reason, policy, now)


def stuck(reference: str, problem: str, policy: Policy, now: datetime) -> Notice:
    """Return the alarm that a case cannot be worked on by itself; once a day."""
    return _alarm(f"stuck-{reference}-{now:%Y%m%d}", reference, "stuck", problem, policy, now)


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
    template = policy.template(notice.occasion, notice.language)
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


def settled(notice: Notice, notifier: str, delivery: Delivery, now: datetime) -> Entry | None:
    """Return the entry that ends a notice: sent, or undelivered for good; `None` while it is worth another try.

    It is worth that for two days, however often it failed: a notifier that is out for a night loses nothing.
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
    if delivery.state == "refused" or now - notice.created_at >= LIFETIME:
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
