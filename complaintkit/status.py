"""How a complaint stands, as its complainant reads it: where it is, what was promised, what we wrote and ask."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import field, frozen

from complaintkit import notices
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Received, WaitStarted
from complaintkit.case.escalations import WAITING, EscalationState, in_state
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import ANSWERS
from complaintkit.message import Notice
from complaintkit.policy import Policy

_COMPLAINANT = "complainant"
_ACKNOWLEDGEMENT = "acknowledgement"


def _tuple(values: Iterable["Written"]) -> tuple["Written", ...]:
    return tuple(values)


@frozen(kw_only=True)
class Written:
    """Something that we wrote to the complainant."""

    at: datetime
    text: str


@frozen(kw_only=True)
class Status:
    """How a complaint stands, for whoever has its follow-up code.

    Attributes:
        reference: Its reference.
        stage: Where it stands in the life cycle.
        words: The same in plain words, in the complainant's language.
        received_at: When we received it.
        promised_at: By when we promised the answer, or what else comes next; `None` while nothing is.
        asks: What we asked of the complainant and wait for; empty for nothing.
        asks_until: Until when we wait for it.
        escalated: What became of the wish that somebody higher up looks at it; empty for none, or once it is over.
        messages: What we wrote, the first first.
    """

    reference: str
    stage: Stage
    words: str
    received_at: datetime
    promised_at: datetime | None
    asks: str = ""
    asks_until: datetime | None = None
    escalated: str = ""
    messages: tuple[Written, ...] = field(default=(), converter=_tuple)


def status_of(case: Complaint, file: Iterable[Entry], policy: Policy, secret: bytes) -> Status:
    """Return how a complaint stands.

    Args:
        case: The complaint.
        file: Its entries, from the beginning.
        policy: The policy, for the words.
        secret: The kit's secret.
    """
    entries = tuple(file)
    waits = case.stage is Stage.WAITING and case.waiting_for == _COMPLAINANT
    asked = next((one for one in reversed(entries) if isinstance(one, WaitStarted)), None)
    return Status(
        reference=case.reference,
        stage=case.stage,
        words=policy.told(case.stage, case.language),
        received_at=case.received_at,
        promised_at=_promised(case),
        asks=str(asked.reason) if waits and asked else "",
        asks_until=case.waiting_until if waits else None,
        escalated=_escalated(case, policy),
        messages=_written(entries, policy, secret),
    )


def _escalated(case: Complaint, policy: Policy) -> str:
    """Return where the complainant's own wish stands, no better than it is; whom we call ourselves is not told."""
    wishes = [one for one in in_state(case, *WAITING, EscalationState.ACKNOWLEDGED) if one.complainant]
    return policy.escalations.say(wishes[-1].state, case.language, *policy.languages) if wishes else ""


def _promised(case: Complaint) -> datetime | None:
    asking = [clock for clock in case.clocks if clock.kind in ANSWERS and not clock.settled]
    owed = {clock.kind: clock.due_at for clock in sorted(asking, key=lambda one: one.due_at, reverse=True)}
    if not case.open:
        return None
    # What a holding notice says stands above the first date.
    return owed.get("interim") or owed.get("final_response") or min(owed.values(), default=None)


def _written(entries: Iterable[Entry], policy: Policy, secret: bytes) -> Iterator[Written]:
    """Yield what went to the complainant: every notice that an entry called for, but the acknowledgement."""
    case: Complaint | None = None
    for entry in entries:
        if isinstance(entry, Received):
            case = entry.open()
        elif case is not None:
            case = case.apply(entry)
        for notice in notices.called_for(case, (entry,), policy, secret) if case is not None else ():
            if notice.audience == _COMPLAINANT and notice.occasion != _ACKNOWLEDGEMENT:
                yield Written(at=entry.at, text=_text(notice, policy))


def _text(notice: Notice, policy: Policy) -> str:
    return notice.facts.get("text") or notices.worded(notice, policy).body
