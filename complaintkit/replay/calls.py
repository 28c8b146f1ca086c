"""People's calls for somebody higher up: rules call anew, and what people called or answered must find its place."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from complaintkit.case.complaint import Entry
from complaintkit.case.entries import (
    DeEscalated,
    EscalationAcknowledged,
    EscalationAsked,
    EscalationGranted,
    EscalationRefused,
    Raised,
)
from complaintkit.case.escalations import ESCALATION, clock_name, escalation_of
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Clock
from complaintkit.changing import evolve
from complaintkit.replay.facts import Met


def _called(entry: EscalationAsked | Raised, met: Met) -> Entry:
    there = met.case.handling.escalations
    name = entry.escalation
    if name in {one.name for one in there}:
        name = next_name(ESCALATION, there)
    met.names[entry.escalation] = name
    return evolve(entry, escalation=name, clock=_to_answer(name, entry.to, entry, met))


def _granted(entry: EscalationGranted, met: Met) -> Entry:
    name = _name(entry.escalation, met)
    clocks = (_to_answer(name, entry.to, entry, met),) if entry.clocks else ()
    return evolve(entry, escalation=name, clocks=clocks)


def _of_a_call(entry: EscalationRefused | EscalationAcknowledged | DeEscalated, met: Met) -> Entry:
    return evolve(entry, escalation=_name(entry.escalation, met))


def _name(name: str, met: Met) -> str:
    """Return what a call is named this time: one by people, or the one by which the same rules call."""
    if name in met.names:
        return met.names[name]
    meant = escalation_of(met.on_file, name)
    rules = set(meant.rules) if meant else set()
    found = next((one.name for one in met.case.handling.escalations if rules & set(one.rules)), None)
    if found is None:
        raise ValueError("nobody would have been called")
    return found


def _to_answer(name: str, to: str, entry: Entry, met: Met) -> Clock:
    return met.policy.escalating.clock(met.case, entry.at, clock_name(met.case, name), to)


CALLS: Final[Mapping[type[Entry], Callable[[Any, Met], Entry]]] = MappingProxyType(
    {
        EscalationAsked: _called,
        Raised: _called,
        EscalationGranted: _granted,
        EscalationRefused: _of_a_call,
        EscalationAcknowledged: _of_a_call,
        DeEscalated: _of_a_call,
    }
)
