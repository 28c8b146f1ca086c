"""What a message answers beyond its words: known fields of a form, and for whom somebody else brings a complaint."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Described, FieldSealed, FieldSet, PartyAdded
from complaintkit.case.fields import value_of
from complaintkit.case.parties import COMPLAINANT, PartyRole
from complaintkit.case.parts import Content, sealed_person
from complaintkit.case.subject import LONGEST_CODE
from complaintkit.message import Message
from complaintkit.policy import Policy

# Answers of a form by these names tell what the complaint is about, without any field of the organisation's own.
CODES: Final = ("product", "model", "batch", "campaign", "brand", "jurisdiction")
SEALED: Final = ("udi", "serial", "order", "contract", "place", "expected")


def problems(message: Message, policy: Policy) -> tuple[str, ...]:
    """Return what of a form does not fit the fields it is meant for, a sentence each; the words keep it anyway."""
    found = []
    for name, value in message.fields:
        if name in policy.fields.names and value.strip():
            try:
                policy.fields.value(name, value)
            except ValueError as error:
                found.append(f"an answer of the form was not taken into its field: {error}")
    return tuple(found)


def taken(message: Message, case: Complaint, policy: Policy, by: str, now: datetime) -> tuple[Entry, ...]:
    """Return the entries by which a case takes over what a message answers; what is there already stays.

    Args:
        message: The message.
        case: The case it opened or joined.
        policy: The policy.
        by: Who took it down.
        now: The moment.
    """
    told = (*_brought(message, case, by, now), *_described(message, case, by, now))
    return (*told, *_own(message, case, policy, by, now))


def _brought(message: Message, case: Complaint, by: str, now: datetime) -> Iterable[Entry]:
    if message.on_behalf_of is None or message.sender.anonymous or case.matter.parties:
        return
    yield PartyAdded(
        at=now, by=by, party=case.matter.named.next("party"), role=PartyRole.REPRESENTATIVE,
        person=sealed_person(message.sender), represents=COMPLAINANT, brought=True,
    )  # fmt: skip


def _described(message: Message, case: Complaint, by: str, now: datetime) -> Iterable[Entry]:
    subject, telling = case.matter.subject, case.matter.telling
    facts: dict[str, Any] = {}
    for name, value in message.fields:
        known = case.product if name == "product" else getattr(subject, name, None) or getattr(telling, name, None)
        plain = " ".join(value.split())
        if known or not plain or name in facts:
            continue
        if name in CODES and len(plain) <= LONGEST_CODE:
            facts[name] = plain
        elif name in SEALED:
            facts[name] = Content.of(value.strip())
    if facts:
        yield Described(at=now, by=by, what=", ".join(facts), **facts)


def _own(message: Message, case: Complaint, policy: Policy, by: str, now: datetime) -> Iterable[Entry]:
    for name, given in dict(message.fields).items():
        if name not in policy.fields.names or not given.strip() or value_of(case, name):
            continue
        try:
            value, sealed = policy.fields.value(name, given)
        except ValueError:
            continue  # `problems` has told of it, where the message itself is filed
        if sealed:
            yield FieldSealed(at=now, by=by, field=name, text=Content.of(value))
        else:
            yield FieldSet(at=now, by=by, field=name, value=value)
