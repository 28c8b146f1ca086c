"""Entries that every kind of improvement can have: its beginning, who has it, what it belongs to, what was told."""

from typing import ClassVar

from attrs import evolve, frozen

from complaintkit.case.parts import Clock, Content
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.improving.parts import Circle, Evidence, Measure, Procedure, Sweep, Telling, Training


@frozen(kw_only=True)
class Opened(ImprovementEntry):
    """Opens the file: what is to be improved, whose it is, and by when."""

    kind: ClassVar[str] = "opened"
    reference: str
    of: Kind
    state: State
    title: Content
    text: Content
    owner: str
    deputy: str = ""
    credit: str = ""
    source: str = ""
    complaints: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    told: tuple[Telling, ...] = ()
    measure: Measure | None = None
    circle: Circle | None = None
    sweep: Sweep | None = None
    training: Training | None = None
    procedure: Procedure | None = None

    def open(self) -> Improvement:
        """Return the improvement that this entry begins."""
        begun = Improvement(
            reference=self.reference, version=1, kind=self.of, state=self.state, title=self.title, text=self.text,
            owner=self.owner, deputy=self.deputy, credit=self.credit, source=self.source, opened_at=self.at,
            complaints=self.complaints, causes=self.causes, categories=self.categories,
            improvements=self.improvements, clocks=self.clocks, told=self.told, measure=self.measure,
            circle=self.circle, sweep=self.sweep, training=self.training, procedure=self.procedure,
        )  # fmt: skip
        return evolve(begun, due_at=begun.next_at())

    def change(self, improvement: Improvement) -> Improvement:
        """Refuse: a file is opened once."""
        raise ValueError(f"improvement {improvement.reference} is open already")


@frozen(kw_only=True)
class Reassigned(ImprovementEntry):
    """Somebody else is responsible from now on, or stands in."""

    kind: ClassVar[str] = "reassigned"
    owner: str
    deputy: str = ""
    reason: Content | None = None

    def change(self, improvement: Improvement) -> Improvement:
        """Change owner and deputy."""
        return evolve(improvement, owner=self.owner, deputy=self.deputy)


@frozen(kw_only=True)
class Linked(ImprovementEntry):
    """It belongs to more: complaints, causes, categories, other improvements."""

    kind: ClassVar[str] = "linked"
    complaints: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Add the links, each once."""
        return evolve(
            improvement,
            complaints=_more(improvement.complaints, self.complaints),
            causes=_more(improvement.causes, self.causes),
            categories=_more(improvement.categories, self.categories),
            improvements=_more(improvement.improvements, self.improvements),
        )


def _more(have: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*have, *new)))


@frozen(kw_only=True)
class EvidenceAttached(ImprovementEntry):
    """Something that shows that it was done."""

    kind: ClassVar[str] = "evidence_attached"
    text: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Keep it."""
        return evolve(improvement, evidence=(*improvement.evidence, Evidence(text=self.text, at=self.at, by=self.by)))


@frozen(kw_only=True)
class Told(ImprovementEntry):
    """Somebody who can mend it was told, and owes an answer."""

    kind: ClassVar[str] = "told"
    telling: Telling
    clocks: tuple[Clock, ...] = ()

    def change(self, improvement: Improvement) -> Improvement:
        """Keep what was told, and start what is owed."""
        more = evolve(improvement, clocks=improvement.clocks + self.clocks)
        return more.with_told((*improvement.told, self.telling), self.at)


@frozen(kw_only=True)
class Confirmed(ImprovementEntry):
    """Somebody said that what was told has arrived and was read."""

    kind: ClassVar[str] = "confirmed"
    telling: str

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the receipt; where no answer is owed, nothing is owed any more."""
        told = tuple(
            evolve(one, received_at=self.at, received_by=self.by)
            if one.name == self.telling and one.received_at is None
            else one
            for one in improvement.told
        )
        after = improvement.with_told(told, self.at)
        telling = after.telling(self.telling)
        if telling is None or not telling.settled:
            return after
        return after.with_clock(self.telling, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class Answered(ImprovementEntry):
    """Somebody said what comes of what was told; that is a receipt, too."""

    kind: ClassVar[str] = "answered"
    telling: str
    text: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Keep the answer."""
        told = tuple(
            evolve(
                one,
                received_at=one.received_at or self.at,
                received_by=one.received_by or self.by,
                answer=self.text,
                answered_at=one.answered_at or self.at,
            )
            if one.name == self.telling
            else one
            for one in improvement.told
        )
        after = improvement.with_told(told, self.at)
        return after.with_clock(self.telling, lambda clock: clock.meet(self.at))


@frozen(kw_only=True)
class Remarked(ImprovementEntry):
    """Something worth keeping: a remark of whoever looks at it, the executive included."""

    kind: ClassVar[str] = "remarked"
    text: Content

    def change(self, improvement: Improvement) -> Improvement:
        """Leave the improvement as it is."""
        return improvement
