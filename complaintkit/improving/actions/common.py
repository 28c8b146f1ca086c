"""Actions that every kind of improvement knows: hand it on, move its date, link, attach, remark."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import asked
from complaintkit.case.parts import Content
from complaintkit.improving.asking import Action, Asked
from complaintkit.improving.entries import EvidenceAttached, Linked, Postponed, Reassigned, Remarked
from complaintkit.improving.improvement import ImprovementEntry


@frozen(kw_only=True)
class Assign(Action):
    """Make somebody else responsible, or name who stands in."""

    name: ClassVar[str] = "assign"
    help: ClassVar[str] = "make somebody else responsible, or name who stands in"
    owner: str = asked("the new owner; empty keeps the present one", default="")
    deputy: str = asked("who stands in; empty keeps the present one, - names nobody", default="")
    reason: str = asked("why", default="")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Change owner and deputy; the owner is never nobody, and a circle always has both."""
        before = ask.improvement
        wanted = self.deputy.strip() or before.deputy
        owner, deputy = ask.people(self.owner.strip() or before.owner, "" if wanted == "-" else wanted)
        if (owner, deputy) == (before.owner, before.deputy):
            raise ask.refuse(f"{owner} has it already" + (f", with {deputy} to stand in" if deputy else ""))
        if before.circle and not deputy:
            raise ask.refuse("a circle needs a deputy: without one it would fall silent with its owner")
        return (Reassigned(at=ask.now, by=ask.by, owner=owner, deputy=deputy, reason=Content.maybe(self.reason)),)


@frozen(kw_only=True)
class Postpone(Action):
    """Move the agreed date, with the reason."""

    name: ClassVar[str] = "postpone"
    help: ClassVar[str] = "move the agreed date; that it was moved stays on file"
    due: datetime = asked("the new date")
    reason: str = asked("why")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Let a new clock run in the place of the old one; a breach of the old one stays on file."""
        clock = ask.clock("work", ask.ahead("due", self.due), because="date moved")
        reason = Content.of(ask.need("reason", self.reason))
        return (Postponed(at=ask.now, by=ask.by, reason=reason, clocks=(clock,)),)


@frozen(kw_only=True)
class Link(Action):
    """Say what it belongs to."""

    name: ClassVar[str] = "link"
    help: ClassVar[str] = "say to which complaints, causes, categories or other improvements it belongs"
    complaints: tuple[str, ...] = asked("references of complaints", default=())
    causes: tuple[str, ...] = asked("codes of causes", of="known_cause", default=())
    categories: tuple[str, ...] = asked("codes of categories", of="category", default=())
    improvements: tuple[str, ...] = asked("references of improvements", default=())

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the improvements it names."""
        return self.improvements

    @property
    def mentions(self) -> tuple[str, ...]:
        """Return the complaints it names."""
        return self.complaints

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Add what is not there yet."""
        before = ask.improvement
        linked = Linked(
            at=ask.now,
            by=ask.by,
            complaints=_new(ask.complaints(self.complaints), before.complaints),
            causes=_new(ask.causes(self.causes), before.causes),
            categories=_new(ask.categories(self.categories), before.categories),
            improvements=_new(ask.improvements(self.improvements), before.improvements),
        )
        if not (linked.complaints or linked.causes or linked.categories or linked.improvements):
            raise ask.refuse("name something it does not belong to yet")
        return (linked,)


def _new(named: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in named if one not in there)


@frozen(kw_only=True)
class Attach(Action):
    """Attach what shows that something was done."""

    name: ClassVar[str] = "attach"
    help: ClassVar[str] = "attach what shows that something was done"
    text: str = asked("what it is, and where it is found")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep it."""
        return (EvidenceAttached(at=ask.now, by=ask.by, text=Content.of(ask.need("text", self.text))),)


@frozen(kw_only=True)
class Remark(Action):
    """Write something down: whoever looks at it, the executive included, is seen to have looked."""

    name: ClassVar[str] = "remark"
    help: ClassVar[str] = "write something down; it is seen who looked"
    text: str = asked("the words")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the words."""
        return (Remarked(at=ask.now, by=ask.by, text=Content.of(ask.need("text", self.text))),)
