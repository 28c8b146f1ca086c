"""Actions at the beginning: is it a complaint, what is it about, whose is it?"""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Terms, asked, required
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Assessed, Assigned, Dismissed, Registered
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Severity
from complaintkit.errors import NotAllowed


@frozen(kw_only=True)
class Register(Action):
    """Recognise it as a complaint; its clocks count from receipt."""

    name: ClassVar[str] = "register"
    help: ClassVar[str] = "recognise it as a complaint; its clocks count from receipt"

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Start the clocks."""
        clocks = terms.clocks(case, case.received_at)
        if case.acknowledged_at:
            clocks = tuple(clock for clock in clocks if clock.kind != "acknowledgement")
        return (Registered(at=now, by=by, stage=stage, clocks=clocks),)


@frozen(kw_only=True)
class Dismiss(Action):
    """Find that it is no complaint; can be reversed by `register`."""

    name: ClassVar[str] = "dismiss"
    help: ClassVar[str] = "find that it is no complaint (reversed by register)"
    reason: str = asked("why it is none: advertising, a mere question, sent by mistake ...")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Keep the reason."""
        reason = required(case.reference, self.name, "reason", self.reason)
        return (Dismissed(at=now, by=by, stage=stage, reason=Content.of(reason)),)


@frozen(kw_only=True)
class Assess(Action):
    """Confirm or correct category and severity; a person's word stands above every suggestion."""

    name: ClassVar[str] = "assess"
    help: ClassVar[str] = "confirm or correct category and severity"
    category: str = asked("code of the category; empty keeps the present one", default="")
    severity: str = asked("low, normal, high or critical; empty keeps the present one", default="")
    reason: str = asked("why, if it is not plain", default="")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Set both as confirmed."""
        category = self.category.strip() or case.category
        if not category:
            raise NotAllowed(case.reference, "assess needs a category: none has been suggested yet")
        if not terms.knows_category(category):
            raise NotAllowed(case.reference, f"assess: there is no category {category!r} in the policy")
        try:
            severity = Severity(self.severity.strip() or case.severity)
        except ValueError:
            known = ", ".join(Severity)
            raise NotAllowed(case.reference, f"assess: severity {self.severity!r} is none of {known}") from None
        reason = Content.of(self.reason.strip()) if self.reason.strip() else None
        return (
            Assessed(at=now, by=by, stage=stage, category=category, severity=severity, confirmed=True, reason=reason),
        )


@frozen(kw_only=True)
class Assign(Action):
    """Make somebody else the owner."""

    name: ClassVar[str] = "assign"
    help: ClassVar[str] = "make somebody else the owner"
    owner: str = asked("name of the new owner, as the host knows it")
    reason: str = asked("why", default="")

    def entries(self, case: Complaint, stage: Stage, by: str, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Change the owner, who is never nobody."""
        owner = required(case.reference, self.name, "owner", self.owner)
        if owner == case.owner:
            raise NotAllowed(case.reference, f"assign: {owner} owns it already")
        reason = Content.of(self.reason.strip()) if self.reason.strip() else None
        return (Assigned(at=now, by=by, owner=owner, reason=reason),)
