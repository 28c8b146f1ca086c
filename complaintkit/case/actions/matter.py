"""Actions that put down what happened and how it is told."""

from datetime import datetime
from typing import Any, ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.points import code_of
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Described, FieldSealed, FieldSet, Restated, RestatementConfirmed
from complaintkit.case.entries.matter import FACTS
from complaintkit.case.parts import Content
from complaintkit.case.points import Target
from complaintkit.case.telling import Expression, Goal, Reach, Tone

CODES: Final = ("product", "model", "batch", "campaign", "brand", "jurisdiction")
SEALED: Final = ("udi", "serial", "order", "contract", "expected", "because", "place")
_CHOSEN: Final = {"target": Target, "goal": Goal, "expression": Expression, "tone": Tone}


@frozen(kw_only=True)
class Describe(Action):
    """Put down what is known of the matter; empty keeps what was."""

    name: ClassVar[str] = "describe"
    help: ClassVar[str] = "put down what happened, about what, what was expected and in which mood; empty keeps"
    product: str = asked("code of the product or service", default="")
    model: str = asked("which model or version of it", default="")
    batch: str = asked("batch or lot", default="")
    udi: str = asked("unique device identifier, or another number of the article", default="")
    serial: str = asked("serial number", default="")
    order: str = asked("number of the order", default="")
    contract: str = asked("number of the contract", default="")
    campaign: str = asked("code of the campaign by which it was sold", default="")
    brand: str = asked("brand or company of the group", default="")
    jurisdiction: str = asked("whose law: a country or state, such as PH, RU, US-NY", default="")
    target: str = asked("what it is aimed at as a whole", choices=tuple(Target), default="")
    expected: str = asked("what the complainant expected", default="")
    because: str = asked("why that was expected: an advertisement, an earlier purchase, a promise ...", default="")
    goal: str = asked("what the complainant wants to achieve", choices=tuple(Goal), default="")
    expression: str = asked("the mood in which it is put forward", choices=tuple(Expression), default="")
    tone: str = asked("the manner towards us", choices=tuple(Tone), default="")
    happened_at: datetime | None = asked("when it happened", default=None)
    place: str = asked("where it happened", default="")
    frequency: int | None = asked("how often it has happened", default=None)
    volume: int | None = asked("how many pieces or accounts it touches", default=None)
    reach: int | None = asked("how many people have seen it in public", default=None)
    reach_evidence: str = asked("what shows that: a link, a count ...", default="")
    evidence: tuple[str, ...] = asked("what there is to show for it; added to what was there", default=())
    publish: str = asked(
        "whether the complainant agrees to publication of the words", choices=("yes", "no"), default=""
    )
    forget: tuple[str, ...] = asked("names of facts that were wrong and are unknown again", default=())

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Set what is said; refuse where that is nothing."""
        facts = {**self._codes(ask), **self._words(ask), **self._figures(ask)}
        forget = tuple(ask.one_of("forget", name, FACTS) for name in self.forget)
        if both := sorted(set(forget) & set(facts)):
            raise ask.refuse(f"{', '.join(both)} cannot be set and forgotten at once")
        if not (facts or forget):
            raise ask.refuse("there is nothing to put down; give at least one fact")
        what = ", ".join([*facts, *(f"{name} unknown" for name in forget)])
        return (Described(at=ask.now, by=ask.by, what=what, forgotten=forget, **facts),)

    def _codes(self, ask: Asked) -> dict[str, Any]:
        codes = {name: code_of(ask, name, getattr(self, name)) for name in CODES}
        return {name: code for name, code in codes.items() if code}

    def _words(self, ask: Asked) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: sealed for name in SEALED if (sealed := Content.maybe(getattr(self, name))) is not None
        }
        for name, words in _CHOSEN.items():
            if word := ask.one_of(name, getattr(self, name), ("", *words)):
                found[name] = words(word)
        if evidence := tuple(Content.of(one.strip()) for one in self.evidence if one.strip()):
            found["evidence"] = evidence
        if publish := ask.one_of("publish", self.publish, ("", "yes", "no")):
            found["publish"] = publish == "yes"
        return found

    def _figures(self, ask: Asked) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.happened_at is not None:
            found["happened_at"] = ask.behind("happened_at", self.happened_at)
        for name in ("frequency", "volume"):
            if (figure := getattr(self, name)) is not None:
                if figure < 1:
                    raise ask.refuse(f"{name} is 1 at least; leave it out, or forget it, where nobody knows")
                found[name] = figure
        if self.reach is not None:
            if self.reach < 0:
                raise ask.refuse("fewer than nobody cannot have seen it")
            found["reach"] = Reach(people=self.reach, evidence=Content.maybe(self.reach_evidence))
        elif self.reach_evidence.strip():
            raise ask.refuse("say how many people have seen it, too")
        return found


@frozen(kw_only=True)
class Restate(Action):
    """Put the complaint in our words, for the complainant to confirm."""

    name: ClassVar[str] = "restate"
    help: ClassVar[str] = "put the complaint in our words; the complainant is asked whether that is it"
    text: str = asked("the complaint in our words")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep our words."""
        return (Restated(at=ask.now, by=ask.by, text=Content.of(ask.need("text", self.text))),)


@frozen(kw_only=True)
class ConfirmRestatement(Action):
    """Record that the complainant says we have understood."""

    name: ClassVar[str] = "confirm_restatement"
    help: ClassVar[str] = "record that the complainant says our words are what was meant"
    evidence: str = asked("how and when the complainant said so")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is nothing to confirm."""
        restatement = case.matter.telling.restatement
        if restatement is None:
            return "there are no words of ours to confirm yet; restate first"
        confirmed = restatement.confirmed_at
        return f"it was confirmed on {confirmed:%Y-%m-%d} already" if confirmed else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the evidence."""
        evidence = ask.need("evidence", self.evidence)
        return (RestatementConfirmed(at=ask.now, by=ask.by, evidence=Content.of(evidence)),)


@frozen(kw_only=True)
class SetField(Action):
    """Fill in a field of the organisation's own."""

    name: ClassVar[str] = "set_field"
    help: ClassVar[str] = "fill in a field of the organisation's own, or empty it"
    field: str = asked("name of the field", of="field")
    value: str = asked("what stands in it; empty takes out what was there", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Set the value in its one spelling; refuse what the field does not take."""
        name = ask.one_of("field", self.field, ask.terms.fields.names)
        if not self.value.strip():
            return (FieldSet(at=ask.now, by=ask.by, field=name),)
        try:
            value, sealed = ask.terms.fields.value(name, self.value)
        except ValueError as error:
            raise ask.refuse(str(error)) from None
        if sealed:
            return (FieldSealed(at=ask.now, by=ask.by, field=name, text=Content.of(value)),)
        return (FieldSet(at=ask.now, by=ask.by, field=name, value=value),)
