"""Actions at the beginning: is it a complaint, and what is it about?"""

from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.outstanding import blocked, looked
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Assessed, Dismissed, Registered
from complaintkit.case.parts import Content, Severity


@frozen(kw_only=True)
class Register(Action):
    """Recognise it as a complaint; its clocks count from receipt."""

    name: ClassVar[str] = "register"
    help: ClassVar[str] = "recognise it as a complaint; its clocks count from receipt"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Start the clocks."""
        clocks = ask.terms.clocks(ask.case, ask.case.received_at, ask.now)
        if ask.case.acknowledged_at:
            clocks = tuple(clock for clock in clocks if clock.kind != "acknowledgement")
        return (Registered(at=ask.now, by=ask.by, stage=ask.stage, clocks=clocks),)


@frozen(kw_only=True)
class Dismiss(Action):
    """Find that it is no complaint; can be reversed by `register`."""

    name: ClassVar[str] = "dismiss"
    help: ClassVar[str] = "find that it is no complaint (reversed by register)"
    reason: str = asked("why it is none: advertising, a mere question, sent by mistake ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep the reason."""
        reason = ask.need("reason", self.reason)
        return (Dismissed(at=ask.now, by=ask.by, stage=ask.stage, reason=Content.of(reason)),)


@frozen(kw_only=True)
class Assess(Action):
    """Confirm or correct category and severity; a person's word stands above every suggestion."""

    name: ClassVar[str] = "assess"
    help: ClassVar[str] = "confirm or correct category and severity"
    category: str = asked("code of the category; empty keeps the present one", of="category", default="")
    severity: str = asked(
        "low, normal, high or critical; empty keeps the present one", choices=tuple(Severity), default=""
    )
    reason: str = asked("why, if it is not plain", default="")
    despite: str = asked("why it goes ahead although something is still open, such as an item of a guide", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what has to be done first."""
        return blocked(case, cls.name, terms)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Set both as confirmed."""
        ahead = looked(ask, self.despite)
        category = self.category.strip() or ask.case.category
        if not category:
            raise ask.refuse("it needs a category: none has been suggested yet")
        if not ask.terms.knows_category(category):
            ask.one_of("category", category, ask.terms.known("category"))
        severity = Severity(ask.one_of("severity", self.severity.strip() or ask.case.severity, tuple(Severity)))
        reason = Content.maybe(self.reason)
        return (
            *ahead,
            Assessed(
                at=ask.now,
                by=ask.by,
                stage=ask.stage,
                category=category,
                severity=severity,
                confirmed=True,
                reason=reason,
            ),
        )
