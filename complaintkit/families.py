"""The records that plugins return from their hooks, and the one frozen argument that each of their callables gets.

The core calls a record's callables later, one plugin at a time, with time limit and breaker. What goes in and out are
plain frozen values, so that a plugin can run in a process of its own.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Severity, Suggestion
from complaintkit.checks import aware
from complaintkit.counts import Count, ReportRequest, Table
from complaintkit.message import Delivery, Envelope, Message, Notice


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _counts(values: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(values)


_named = validators.matches_re(r"[a-z][a-z0-9_-]*")
_callable: Any = validators.is_callable()
_maybe: Any = validators.optional(validators.is_callable())


@frozen(kw_only=True)
class CaseView:
    """What a plugin sees of a case: its words and standing, not who complains."""

    reference: str
    channel: str
    language: str
    title: str
    text: str
    received_at: datetime
    stage: Stage
    category: str
    severity: Severity
    owner: str
    level: int
    repeat_of: str
    segment: str = ""

    @classmethod
    def of(cls, case: Complaint) -> "CaseView":
        """Return the view of a case."""
        return cls(
            reference=case.reference,
            channel=case.channel,
            language=case.language,
            title=str(case.title),
            text=str(case.narrative),
            received_at=case.received_at,
            stage=case.stage,
            category=case.category,
            severity=case.severity,
            owner=case.owner,
            level=case.level,
            repeat_of=case.repeat_of,
            segment=case.segment,
        )


# --- intake


@frozen
class Channel:
    """A way in. `fetch` must change nothing at the source; `confirm` is called once the raw bytes are safe with us.

    Attributes:
        name: Name of the channel, unique in a kit.
        parse: Reads an envelope; raises `Unreadable` with a reason when it cannot be made sense of: it is parked then.
        kind: `email`, `form`, `phone`, `letter`, `social`, `in_person` ...: chooses standards and the way to answer.
        fetch: Yields what waits at the source; `None` for a channel that is only handed things.
        confirm: Told that an envelope is stored; may move or flag it at the source.
        identify: Gives the identifier of an item that was handed over as bare bytes, such as a file.
    """

    name: str = field(validator=_named)
    parse: Callable[[Envelope], Message] = field(validator=_callable, repr=False)
    kind: str = "form"
    fetch: Callable[[], Iterable[Envelope]] | None = field(default=None, validator=_maybe, repr=False)
    confirm: Callable[[Envelope], None] | None = field(default=None, validator=_maybe, repr=False)
    identify: Callable[[bytes], str] | None = field(default=None, validator=_maybe, repr=False)


class Unreadable(Exception):
    """Raised by a channel's `parse`: this item cannot be read, for the reason given; it is parked for a person."""


# --- categorisation


@frozen
class Lesson:
    """A person's word on what a case is about, for a categoriser that learns."""

    case: CaseView
    category: str


@frozen
class Categoriser:
    """Suggests what a case is about; may abstain by giving nothing. Same case, same answer."""

    name: str = field(validator=_named)
    suggest: Callable[[CaseView], Iterable[Suggestion]] = field(validator=_callable, repr=False)
    learn: Callable[[Lesson], None] | None = field(default=None, validator=_maybe, repr=False)


# --- escalation


@frozen(kw_only=True)
class Level:
    """A step of a chain from the moment on at which a clock was due.

    Attributes:
        level: 1 and up, in the order of the chain.
        to: Whose attention it calls for: `owner`, `lead`, `rota`, a role or a name.
        at: When.
        taken: Whether it was taken already, or is at this look.
    """

    level: int
    to: str
    at: datetime
    taken: bool = False


@frozen(kw_only=True)
class Review:
    """A case that is looked at: whose attention does it need now?

    Attributes:
        case: The case.
        trigger: Why it is looked at: `overdue` for a broken clock; others will come.
        clock, due_at: Kind of the clock and the promise that was broken; empty and `None` with other triggers.
        level: Level reached for this reason so far; 0 for none.
        now: The moment of the review.
        levels: The levels of the clock's chain, which the core calls by itself.
    """

    case: CaseView
    level: int
    now: datetime
    trigger: str = "overdue"
    clock: str = ""
    due_at: datetime | None = None
    levels: tuple[Level, ...] = ()


@frozen(kw_only=True)
class Escalation:
    """Call for the attention of a higher level.

    Attributes:
        level: 1 and up; a level that was reached already has no effect.
        to: Whose attention: a role or a name, `owner`, `lead` for who is above the owner, `rota` for who is on call.
        reason: Why, in words.
        again_at: When to look at the clock again if it is still broken; `None` for never.
    """

    level: int = field(validator=(validators.instance_of(int), validators.ge(1)))
    to: str = field(validator=(validators.instance_of(str), validators.min_len(1)))
    reason: str = field(validator=validators.instance_of(str))
    again_at: datetime | None = field(default=None, validator=validators.optional(aware))


@frozen
class EscalationRule:
    """Decides whether a broken clock rises a level; `None` leaves it to others."""

    name: str = field(validator=_named)
    check: Callable[[Review], Escalation | None] = field(validator=_callable, repr=False)


@frozen(kw_only=True)
class Call:
    """Attention is called for: who is on call?

    Attributes:
        case: The case, without its words.
        level: Level of the call; 0 for a reminder.
        now: The moment.
        clock, due_at: Kind of the clock it is about, and when that is due; empty and `None` where it is about none.
    """

    case: CaseView
    level: int
    now: datetime
    clock: str = ""
    due_at: datetime | None = None


@frozen
class Rota:
    """Knows who is on call at a moment: names as the policy writes them, the first one first; none for nobody."""

    name: str = field(validator=_named)
    on_call: Callable[[Call], Iterable[str]] = field(validator=_callable, repr=False)


# --- notification


@frozen
class Notifier:
    """Delivers notices of some media: `email`, `staff`, `letter`, `phone`, `social`; `*` takes every other medium."""

    name: str = field(validator=_named)
    media: tuple[str, ...] = field(converter=_texts, validator=validators.min_len(1))
    send: Callable[[Notice], Delivery] = field(validator=_callable, repr=False)


# --- reporting


@frozen
class Report:
    """Compiles tables from counts; `needs` says which."""

    name: str = field(validator=_named)
    compile: Callable[[ReportRequest], Table] = field(validator=_callable, repr=False)
    needs: tuple[Count, ...] = field(default=(), converter=_counts)
    title: str = ""


@frozen
class Exporter:
    """Writes a table in some format, given by its file ending."""

    name: str = field(validator=_named)
    write: Callable[[Table], bytes] = field(validator=_callable, repr=False)
    ending: str = "txt"


@frozen
class Customer:
    """What the host knows of a customer, with where it was looked up."""

    ref: str
    name: str = ""
    segment: str = ""
    value: float | None = None
    source: str = ""


@frozen
class CustomerQuery:
    """What is known of a complainant when the host is asked who it is."""

    email: str = ""
    phone: str = ""
    ref: str = ""


@frozen
class CustomerSource:
    """Looks customers up in the host's system; `None` for an unknown one."""

    name: str = field(validator=_named)
    find: Callable[[CustomerQuery], Customer | None] = field(validator=_callable, repr=False)


@frozen(kw_only=True)
class Change:
    """Something that happened to a case, told after it was committed.

    `case` is without the complainant's words: they stay in the file, where a host that may see them asks for them.
    """

    reference: str
    entry: str
    at: datetime
    by: str
    case: CaseView


@frozen
class Observer:
    """Sees changes after the fact; may not influence anything."""

    name: str = field(validator=_named)
    see: Callable[[Change], None] = field(validator=_callable, repr=False)
