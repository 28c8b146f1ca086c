"""Actions of guided work: see to an item of a guide, flag tension, name a special situation."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import SituationLifted, SituationNoted, TensionFlagged, Ticked
from complaintkit.case.guides import CALM, HIGHEST
from complaintkit.case.parts import Content


@frozen(kw_only=True)
class Tick(Action):
    """Note that an item of a guide was seen to, with what was found out."""

    name: ClassVar[str] = "tick"
    help: ClassVar[str] = "note that an item of a guide was seen to, with what was found out"
    item: str = asked("guide and item, such as telephone.restate; `complaintkit guide REF` names them", of="guide_item")
    text: str = asked("what was found out, or said", default="")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the answer with the version of the guide it was given to."""
        item = ask.need("item", self.item).casefold()
        version = ask.terms.work.version_of(item)
        if not version:
            raise ask.refuse(f"no guide has an item {item!r}; `complaintkit guide {ask.case.reference}` names them")
        return (Ticked(at=ask.now, by=ask.by, item=item, version=version, text=Content.maybe(self.text)),)


@frozen(kw_only=True)
class FlagTension(Action):
    """Note how tense a talk is; the guide then says how to keep it in hand."""

    name: ClassVar[str] = "flag_tension"
    help: ClassVar[str] = "note how tense the talk is; the guide then says how to keep it in hand"
    level: int = asked("0 calm again, 1 first signs of irritation, 2 angry, 3 shouting or insults, 4 abuse or a threat")
    text: str = asked("what was seen or heard")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it beside the earlier ones."""
        text = ask.need("text", self.text)
        if not CALM <= self.level <= HIGHEST:
            raise ask.refuse(f"level {self.level} is none; from {CALM} (calm again) to {HIGHEST} (abuse or a threat)")
        return (TensionFlagged(at=ask.now, by=ask.by, level=self.level, text=Content.of(text)),)


@frozen(kw_only=True)
class FlagSituation(Action):
    """Note that the case is in a special situation, or no longer."""

    name: ClassVar[str] = "flag_situation"
    help: ClassVar[str] = "note a special situation (legal, media, threat, safety, vulnerable ...), or lift it"
    situation: str = asked("which one", of="situation")
    reason: str = asked("what was seen or heard")
    on: bool = asked("whether it is so; off lifts it", default=True)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Set or lift it; what calls for a second opinion only those can lift who give it."""
        reason = ask.need("reason", self.reason)
        situation = ask.one_of("situation", self.situation, ask.terms.known("situation"))
        if (situation in ask.case.handling.situations) is self.on:
            raise ask.refuse(f"the case is {'already' if self.on else 'not'} marked as {situation}")
        opinion = ask.terms.work.opinion_of(situation)
        if not self.on and opinion and not ask.actor.is_a(opinion):
            raise ask.refuse(f"only {opinion} can say that {situation} no longer holds")
        change = SituationNoted if self.on else SituationLifted
        return (change(at=ask.now, by=ask.by, situation=situation, reason=Content.of(reason)),)
