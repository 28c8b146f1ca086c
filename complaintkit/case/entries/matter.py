"""Entries of what happened and how it is told: facts as they become known, each with its place in the file."""

from datetime import datetime
from typing import Any, ClassVar, Final

import attrs
from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.fields import FieldValue
from complaintkit.case.parts import Content
from complaintkit.case.points import Target
from complaintkit.case.telling import Expression, Goal, Reach, Restatement, Tone
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Described(Entry):
    """More is known of what happened, or something turned out otherwise. What is not said stays as it was.

    Attributes:
        what: Names of the facts that this entry tells, for people.
        forgotten: Names of facts that turned out to be wrong and are unknown again.

    The others are named as in `Subject` and `Telling`; `evidence` is added to what was there.
    """

    kind: ClassVar[str] = "described"
    phrase: ClassVar[str] = "described: {what}"
    what: str
    forgotten: tuple[str, ...] = ()
    product: str = ""
    target: Target | None = None
    model: str = ""
    batch: str = ""
    campaign: str = ""
    brand: str = ""
    jurisdiction: str = ""
    udi: Content | None = None
    serial: Content | None = None
    order: Content | None = None
    contract: Content | None = None
    expected: Content | None = None
    because: Content | None = None
    goal: Goal | None = None
    expression: Expression | None = None
    tone: Tone | None = None
    happened_at: datetime | None = None
    place: Content | None = None
    frequency: int = 0
    volume: int = 0
    reach: Reach | None = None
    evidence: tuple[Content, ...] = ()
    publish: bool | None = None

    def change(self, case: Complaint) -> Complaint:
        """Set what is said, take out what is forgotten."""
        matter = case.matter
        telling = self._into(matter.telling)
        telling = evolve(telling, evidence=telling.evidence + self.evidence)
        target = Target.UNKNOWN if "target" in self.forgotten else self.target or matter.target
        matter = evolve(matter, subject=self._into(matter.subject), telling=telling, target=target)
        product = "" if "product" in self.forgotten else self.product or case.product
        return evolve(case, product=product, matter=matter)

    def _into(self, part: Any) -> Any:
        changes: dict[str, Any] = {}
        for one in attrs.fields(type(part)):
            if one.name in self.forgotten:
                changes[one.name] = one.default
            elif one.name in FACTS and one.name != "evidence" and _said(getattr(self, one.name)):
                changes[one.name] = getattr(self, one.name)
        return evolve(part, **changes) if changes else part


def _said(value: object) -> bool:
    # No is an answer; an empty text and a count of nothing are none.
    return value is not None and value != "" and (isinstance(value, bool) or value != 0)


_BESIDES: Final = ("at", "by", "what", "forgotten")
# Everything that can be told of a complaint, by name.
FACTS: Final = tuple(one.name for one in attrs.fields(Described) if one.name not in _BESIDES)


@frozen(kw_only=True)
class Restated(Entry):
    """The complaint was put in our words, for the complainant to say whether that is it."""

    kind: ClassVar[str] = "restated"
    phrase: ClassVar[str] = "put in our words, to be confirmed by the complainant"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep our words; an earlier confirmation was of other words."""
        telling = evolve(case.matter.telling, restatement=Restatement(text=self.text))
        return evolve(case, matter=evolve(case.matter, telling=telling))


@frozen(kw_only=True)
class RestatementConfirmed(Entry):
    """The complainant said that we have understood."""

    kind: ClassVar[str] = "restatement_confirmed"
    phrase: ClassVar[str] = "the complainant confirmed that we have understood"
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Mark our words as confirmed."""
        telling = case.matter.telling
        if telling.restatement is None:
            return case
        restatement = evolve(telling.restatement, confirmed_at=self.at, evidence=self.evidence)
        return evolve(case, matter=evolve(case.matter, telling=evolve(telling, restatement=restatement)))


@frozen(kw_only=True)
class FieldSet(Entry):
    """A field of the organisation's own has a value, or has none any more."""

    kind: ClassVar[str] = "field_set"
    phrase: ClassVar[str] = "{field}: {value}"
    field: str
    value: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Set the value; the field is empty again without one."""
        value = FieldValue(name=self.field, value=self.value) if self.value else None
        return _with_field(case, self.field, value)


@frozen(kw_only=True)
class FieldSealed(Entry):
    """A field of the organisation's own has a value that tells something about a person."""

    kind: ClassVar[str] = "field_sealed"
    phrase: ClassVar[str] = "{field}, sealed"
    field: str
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Set the value."""
        return _with_field(case, self.field, FieldValue(name=self.field, sealed=self.text))


def _with_field(case: Complaint, name: str, value: FieldValue | None) -> Complaint:
    others = tuple(one for one in case.matter.fields if one.name != name)
    return evolve(case, matter=evolve(case.matter, fields=others if value is None else (*others, value)))
