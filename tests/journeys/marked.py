"""A case with a mark in every text that it can hold, with an entry of every kind and all that can hang on a case.

It is made from the classes themselves, so that a field added tomorrow has its mark, too. Such a case could not come
about by acting; what matters is that whoever may not see it sees no mark.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from complaintkit.app import ComplaintKit
from complaintkit.case import reference as references
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import KINDS, Received
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Content, Severity, sealed_person
from complaintkit.case.precedent import Precedent
from complaintkit.clocks.reckoning import Reckoning
from complaintkit.clocks.rules import Span
from complaintkit.improving.actions import PlanMeasure, Tell
from complaintkit.message import Attachment, Envelope, Notice, Person
from complaintkit.store.port import Written

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LEASE = timedelta(minutes=1)
# What is tried where a field takes only certain words: a currency, a country, a name in small letters, a figure.
WORDS = ("EUR", "DE", "word", "1", Decimal(1), 1)


def draw(numbers: Iterator[int]) -> str:
    """Return a fresh reference."""
    return references.new(lambda below: next(numbers) % below)


class Maker:
    """Makes instances of frozen classes with a mark in every text.

    Args:
        mark: The mark.
        person: Who stands wherever somebody does.
    """

    def __init__(self, mark: str, person: Person) -> None:
        self.mark = mark
        self.person = person
        self.text = Content.of(mark)
        self.who = sealed_person(person)

    def value(self, hint: Any, name: str = "") -> Any:
        """Return a value of a type, with a mark in it if it can hold one."""
        plain: dict[Any, Any] = {
            str: self.mark, int: 1, float: 1.0, bool: True, bytes: self.mark.encode(), Decimal: Decimal(1),
            datetime: NOON, timedelta: DAY, Person: self.person, NoneType: None,
            Content: self.who if name == "person" else self.text,
            Reckoning: Reckoning(within=Span(days=1)),  # names of zones and calendars come from the settings
        }  # fmt: skip
        origin, inner = get_origin(hint), get_args(hint)
        if name == "digest":
            return Attachment(self.mark, "text/plain", self.mark.encode()).digest
        if hint in plain:
            return plain[hint]
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint))
        if isinstance(hint, type) and attrs.has(hint):
            return self.made(hint)
        if origin is Literal:
            return inner[0]
        if origin is tuple:
            return (self.value(inner[0], name),)
        if origin is Mapping:
            return {self.mark: self.mark}
        return self.value(next(one for one in inner if one is not NoneType), name)

    def made(self, kind: type[Any], /, **given: Any) -> Any:
        """Return an instance of a class; a field that takes no mark keeps its default."""
        hints = get_type_hints(kind)
        fields = {one.alias or one.name: one for one in attrs.fields(kind) if one.init}
        values = {alias: given.get(alias, self.value(hints[one.name], one.name)) for alias, one in fields.items()}
        for alias, one in fields.items():
            if alias in given or self._takes(one, values[alias]):
                continue
            if one.default is attrs.NOTHING:
                values[alias] = next((other for other in WORDS if self._takes(one, other)), values[alias])
            else:
                del values[alias]
        try:
            return kind(**values)
        except (ValueError, TypeError):
            needed = {alias for alias, one in fields.items() if one.default is attrs.NOTHING}
            return kind(**{alias: value for alias, value in values.items() if alias in needed | set(given)})

    def _takes(self, one: "attrs.Attribute[Any]", value: Any) -> bool:
        try:
            value = one.converter(value) if callable(one.converter) else value
            if one.validator:
                one.validator(None, one, value)
        except AttributeError:  # it looks at its neighbours, which are not there yet
            return True
        except (ValueError, TypeError):
            return False
        return True


def put(kit: ComplaintKit, maker: Maker, reference: str, *, about: tuple[str, ...], secrecy: str = "",
        handlers: tuple[str, ...] = ()) -> None:  # fmt: skip
    """Put a marked case on file, with notices, an alarm, a precedent, an attachment, a thread and an improvement."""
    with kit.store.begin() as unit:
        kept = unit.keep(Envelope("form", f"item {reference}", maker.mark.encode(), NOON, "text/plain"), NOON, LEASE)
    entries = tuple(_entries(maker, reference, kept.number))
    case = _case(maker, reference, len(entries), kept.number)
    with kit.store.begin() as unit:
        unit.write(
            Written(
                before=0, case=case, entries=entries, notices=tuple(_notices(maker, reference)),
                attachments=(Attachment(maker.mark, "text/plain", maker.mark.encode()),),
                precedent=maker.made(Precedent, reference=reference, category="refund", outcome="upheld"),
                envelope=kept.number,
            )
        )  # fmt: skip
        unit.add_notice(attrs.evolve(next(_notices(maker, reference)), id=f"stuck-{reference}", reference=""))
    _improvement(kit, maker, reference)
    last: Entry = maker.made(KINDS["noted"], by="irina", at=NOON)
    handling = attrs.evolve(case.handling, handlers=handlers)
    after = attrs.evolve(case, version=case.version + 1, about=about, secrecy=secrecy, handling=handling)
    with kit.store.begin() as unit:
        unit.write(Written(before=case.version, case=after, entries=(last,)))


def _entries(maker: Maker, reference: str, envelope: int) -> Iterator[Entry]:
    yield maker.made(Received, reference=reference, at=NOON, received_at=NOON, envelope=envelope, owner="irina")
    for name, kind in KINDS.items():
        if kind is not Received:
            more = {"reference": reference} if name == "absorbed" else {}
            yield maker.made(kind, at=NOON, **more)


def _case(maker: Maker, reference: str, version: int, envelope: int) -> Complaint:
    clock = maker.made(Clock, kind="final_response", name="final_response", met_at=None, ended_at=None, paused_at=None)
    made: Complaint = maker.made(
        Complaint, reference=reference, version=version, stage=Stage.IN_PROGRESS, envelope=envelope, clocks=(clock,),
        channel="form", category="refund", severity=Severity.HIGH, owner="irina", about=(), secrecy="", closed_at=None,
        due_at=NOON + DAY, received_at=NOON, recorded_at=NOON, language="en", moved_to="",
    )  # fmt: skip
    return made


def _notices(maker: Maker, reference: str) -> Iterator[Notice]:
    for place, audience in enumerate(("complainant", "irina")):
        yield maker.made(
            Notice, id=f"{reference}-{place}", reference=reference, occasion="reply", audience=audience,
            medium="staff", created_at=NOON, facts={"reference": reference, "text": maker.mark},
        )  # fmt: skip


def _improvement(kit: ComplaintKit, maker: Maker, reference: str) -> None:
    plan = PlanMeasure(title=maker.mark, text=maker.mark, due=NOON + 9 * DAY, categories=("refund",),
                       complaints=(reference,))  # fmt: skip
    improvement = kit.improve(plan, by="lena", now=NOON)
    kit.act_on(improvement.reference, Tell(to="irina", text=maker.mark), by="lena", now=NOON)
