"""What calls somebody higher up of itself: gravity, repeats, a complaint that comes by ever more ways, public reach ...

Each rule calls once in a case. That it did stays on file, whatever is changed in the case later, so that nobody is
called again by taking a fact back and giving it anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Assessed,
    CustomerFound,
    Described,
    EscalationAcknowledged,
    EscalationGranted,
    EscalationPassed,
    HandlersNamed,
    Linked,
    MessageFiled,
    Raised,
    Reopened,
    RepeatFound,
    Restricted,
    Sealed,
    SituationNoted,
    StaffNamed,
    TakenOver,
    TensionFlagged,
    Unmerged,
)
from complaintkit.case.escalations import ESCALATION, WAITING, EscalationState, clock_name, in_state
from complaintkit.case.guides import tension_of
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content, Severity
from complaintkit.case.repeats import RepeatKind
from complaintkit.case.ties import Tie
from complaintkit.policy import Policy
from complaintkit.policy.escalations import Trigger

# Entries by which something is known that a rule looks at.
NEWS: Final = (
    Assessed, CustomerFound, Described, Linked, MessageFiled, Reopened, RepeatFound, SituationNoted, TensionFlagged,
)  # fmt: skip
# Entries after which who is called may not know of the case any more, or has nothing by which to answer.
_MOVED: Final = (HandlersNamed, Reopened, Restricted, Sealed, StaffNamed, Unmerged)
# In these ways a complaint goes on with an earlier one of the same person: together they are one that rises.
_SAME: Final[Mapping[RepeatKind, Tie]] = MappingProxyType(
    {RepeatKind.SAME_MATTER: Tie.REPEAT_OF, RepeatKind.ABOUT_HANDLING: Tie.ABOUT_HANDLING_OF}
)
SOCIAL: Final = "social"
MEDIA: Final = "media"


def called(case: Complaint, entries: Iterable[Entry], policy: Policy, now: datetime) -> tuple[Entry, ...]:
    """Return the entries by which somebody is called after new ones; nothing before the initial assessment.

    Args:
        case: The case after the new entries.
        entries: The new entries.
        policy: The policy.
        now: The moment.
    """
    new = tuple(entries)
    found: list[Entry] = []
    for entry in new:
        if isinstance(entry, TakenOver):
            found += _seen(case.apply_all(found), entry, policy, now)
    if any(isinstance(entry, _MOVED) for entry in new):
        found += _recalled(case.apply_all(found), policy, now)
    if case.open and case.assessed_at is not None and any(isinstance(entry, NEWS) for entry in new):
        found += _raised(case.apply_all(found), policy, now)
    return tuple(found)


def _raised(case: Complaint, policy: Policy, now: datetime) -> Iterator[Entry]:
    """Yield the calls of the rules that show for the first time; several for the same person are one call."""
    spoken = {rule for one in case.handling.escalations for rule in one.rules}
    channel, terms = policy.kind(case.channel), policy.escalating
    shown: dict[str, list[tuple[Trigger, str]]] = {}
    for trigger in policy.escalations.triggers:
        silent = not trigger.enabled or trigger.name in spoken or not trigger.holds(case, channel)
        if not silent and (sign := SIGNS[trigger.sign](case, trigger, policy)):
            shown.setdefault(terms.target(case, trigger.to), []).append((trigger, sign))
    for to, signs in shown.items():
        entry = _entry(case, to, signs, policy, now)
        case = case.apply(entry)
        yield entry


def _entry(case: Complaint, to: str, signs: list[tuple[Trigger, str]], policy: Policy, now: datetime) -> Raised:
    triggers, terms = [trigger for trigger, _ in signs], policy.escalating
    name = next_name(ESCALATION, case.handling.escalations)
    withins = dict.fromkeys(one.acknowledge_within for one in triggers)
    clocks = [terms.clock(case, now, clock_name(case, name), to, within) for within in withins]
    return Raised(
        at=now, by=CORE, escalation=name, trigger=", ".join(one.on for one in triggers),
        rules=tuple(one.name for one in triggers), to=to,
        level=max(one.level or terms.level(to) for one in triggers), line=triggers[0].line,
        reason=Content.of("; ".join(dict.fromkeys(sign for _, sign in signs))),
        urgent=terms.urgent(case) or any(one.urgent for one in triggers),
        clock=min(clocks, key=lambda one: one.due_at),
    )  # fmt: skip


def _seen(case: Complaint, entry: TakenOver, policy: Policy, now: datetime) -> Iterator[Entry]:
    """Yield that who was asked for or called has seen it: they took the case over."""
    actor, terms = policy.actor(entry.owner), policy.escalating
    for one in in_state(case, *WAITING):
        if not terms.addressed(case, actor, one.to, now):
            continue
        if one.state is EscalationState.CALLED:
            yield EscalationAcknowledged(at=now, by=entry.owner, escalation=one.name, by_taking_over=True)
        else:
            yield EscalationGranted(at=now, by=entry.owner, escalation=one.name, to=entry.owner, level=one.level)


def _recalled(case: Complaint, policy: Policy, now: datetime) -> Iterator[Entry]:
    """Yield the calls that go to somebody else, who may know of the case, or once more to the same after its end."""
    terms = policy.escalating
    for one in in_state(case, *WAITING):
        clock, able = case.named(one.clock), terms.able(case, one)
        if clock is None or (able and not clock.settled):
            continue
        to = one.to if able else terms.target(case, one.to)
        if to == one.to and not clock.settled:
            continue
        entry = EscalationPassed(
            at=now, by=CORE, escalation=one.name, previous=one.to, to=to, level=max(one.level, terms.level(to)),
            missed=False, due_at=clock.due_at, clock=terms.clock(case, now, clock_name(case, one.name), to),
        )  # fmt: skip
        case = case.apply(entry)
        yield entry


# --- what the rules look at


def _severity(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    return f"severity is {case.severity}" if case.severity.rank >= Severity(trigger.value).rank else ""


def _repeat(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    if not trigger.value.isdecimal():
        kind = RepeatKind(trigger.value)
        found = [*_earlier(case, kind)]
        return f"complained of before ({kind}): {', '.join(found)}" if found else ""
    earlier = tuple(dict.fromkeys(one for kind in _SAME for one in _earlier(case, kind)))
    return f"complained of {len(earlier)} times before" if len(earlier) >= trigger.number else ""


def _earlier(case: Complaint, kind: RepeatKind) -> Iterator[str]:
    """Yield the earlier complaints that a case follows in a way, found or named by hand."""
    yield from (reference for one in case.matter.repeats if one.kind is kind for reference in one.earlier)
    yield from (one.reference for one in case.ties.links if one.kind is _SAME.get(kind))


def _channel_hop(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    kinds = _kinds(case, policy)
    return f"came by {len(kinds)} kinds of channel: {', '.join(kinds)}" if len(kinds) >= trigger.number else ""


def _kinds(case: Complaint, policy: Policy) -> tuple[str, ...]:
    """Return the kinds of channel by which somebody told of this matter, in earlier complaints, too; each once."""
    before = (channel for one in case.matter.repeats if one.kind in _SAME for channel in one.channels)
    return tuple(dict.fromkeys(policy.kind(one) for one in (*before, case.channel, *case.handling.channels)))


def _channel(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    used = (case.channel, *case.handling.channels)
    return f"came by {trigger.value}" if trigger.value in (*used, *map(policy.kind, used)) else ""


def _reach(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    reach = case.matter.telling.reach
    people = reach.people if reach else 0
    if people >= trigger.number:
        return f"{people} people have seen it"
    if trigger.value:
        return ""
    return "it is in public" if MEDIA in case.handling.situations or SOCIAL in _kinds(case, policy) else ""


def _publish(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    return "the complainant agrees that it is published" if case.matter.telling.publish else ""


def _situation(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    return f"special situation: {trigger.value}" if trigger.value in case.handling.situations else ""


def _tension(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    tension = tension_of(case)
    return f"tension is {tension}" if tension >= trigger.number else ""


def _reopened(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    return f"opened again {case.reopened} times" if case.reopened >= trigger.number else ""


def _nothing(case: Complaint, trigger: Trigger, policy: Policy) -> str:
    return ""


SIGNS: Final[Mapping[str, Callable[[Complaint, Trigger, Policy], str]]] = MappingProxyType(
    {
        "severity": _severity,
        "repeat": _repeat,
        "channel_hop": _channel_hop,
        "channel": _channel,
        "reach": _reach,
        "publish": _publish,
        "situation": _situation,
        "tension": _tension,
        "reopened": _reopened,
        "request": _nothing,
    }
)
