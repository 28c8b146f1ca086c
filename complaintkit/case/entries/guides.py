"""Entries of guided work: an item seen to, tension, a special situation, a step all the same."""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.guides import Tension, Tick
from complaintkit.case.parts import Content
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Ticked(Entry):
    """An item of a guide was seen to; `version` is that of the guide. A later one about the same item replaces it."""

    kind: ClassVar[str] = "ticked"
    phrase: ClassVar[str] = "guide: {item}"
    aside: ClassVar[bool] = True
    item: str
    version: str
    text: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Keep the answer."""
        tick = Tick(item=self.item, version=self.version, answer=self.text, by=self.by, at=self.at)
        others = tuple(one for one in case.handling.ticks if one.item != self.item)
        return evolve(case, handling=evolve(case.handling, ticks=(*others, tick)))


@frozen(kw_only=True)
class TensionFlagged(Entry):
    """Somebody noticed how tense a talk is; see `complaintkit.case.guides.Tension`."""

    kind: ClassVar[str] = "tension_flagged"
    phrase: ClassVar[str] = "tension, from 0 to 4: {level}"
    level: int
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep it beside the earlier ones."""
        tension = Tension(level=self.level, seen=self.text, by=self.by, at=self.at)
        return evolve(case, handling=evolve(case.handling, tensions=(*case.handling.tensions, tension)))


@frozen(kw_only=True)
class SituationNoted(Entry):
    """The case is in a special situation from now on, such as `legal` or `media`.

    `rule` says that a rule of the policy found it: each rule speaks once in a case, and a person has the last word.
    """

    kind: ClassVar[str] = "situation_noted"
    phrase: ClassVar[str] = "a special situation: {situation}"
    situation: str
    reason: Content
    rule: bool = False

    def change(self, case: Complaint) -> Complaint:
        """Mark the case."""
        held = case.handling
        spoken = (*held.spoken, self.situation) if self.rule else held.spoken
        situations = tuple(dict.fromkeys((*held.situations, self.situation)))
        return evolve(case, handling=evolve(held, situations=situations, spoken=spoken))


@frozen(kw_only=True)
class SituationLifted(Entry):
    """The case is no longer in a special situation."""

    kind: ClassVar[str] = "situation_lifted"
    phrase: ClassVar[str] = "no longer a special situation: {situation}"
    situation: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the mark away; that a rule has spoken once stays."""
        situations = tuple(one for one in case.handling.situations if one != self.situation)
        return evolve(case, handling=evolve(case.handling, situations=situations))


@frozen(kw_only=True)
class WentAhead(Entry):
    """A step was taken although something was still open, with the reason; `missing` names what."""

    kind: ClassVar[str] = "went_ahead"
    phrase: ClassVar[str] = "{step} although this was open: {missing}"
    step: str
    missing: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is."""
        return case
