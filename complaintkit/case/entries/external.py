"""Entries of the external stage: a body outside takes it up, is answered, decides; and of legal holds."""

from datetime import datetime
from typing import Any, ClassVar

from attrs import field, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.external import BodyKind, Dispute, LegalHold, Referral, Result, Submission
from complaintkit.case.money import Money
from complaintkit.case.parts import Clock, Content
from complaintkit.changing import evolve
from complaintkit.checks import aware


@frozen(kw_only=True)
class ReferredOut(Entry):
    """A body outside the organisation took the case up."""

    kind: ClassVar[str] = "referred_out"
    phrase: ClassVar[str] = "{name}: with {body} ({body_kind}) since {since}, brought there by {by_whom}"
    name: str
    body: str
    body_kind: BodyKind
    by_whom: str
    since: datetime = field(validator=aware)
    number: Content | None = None
    text: Content | None = None
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Keep it, and start the clock for what the body waits for."""
        made = Referral(
            name=self.name,
            kind=self.body_kind,
            body=self.body,
            by_whom=self.by_whom,
            since=self.since,
            number=self.number,
            clock=self.clocks[0].name if self.clocks else "",
        )
        settlement = evolve(case.settlement, external=(*case.settlement.external, made))
        return evolve(case, settlement=settlement, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class BodyAsked(Entry):
    """The body asks for something by a date."""

    kind: ClassVar[str] = "body_asked"
    phrase: ClassVar[str] = "{name}: the body asks for something until {due_at}"
    name: str
    text: Content
    due_at: datetime = field(validator=aware)
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Let the clock for it run; an earlier one that is still open stays."""
        clock = self.clocks[0].name if self.clocks else ""
        return evolve(_changed(case, self.name, clock=clock), clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class BodyAnswered(Entry):
    """The body got an answer from us."""

    kind: ClassVar[str] = "body_answered"
    phrase: ClassVar[str] = "{name}: sent to the body on {sent_at}"
    name: str
    text: Content
    sent_at: datetime = field(validator=aware)

    def change(self, case: Complaint) -> Complaint:
        """Stop what was due to the body."""
        found = _found(case, self.name)
        sent = (*found.answers, Submission(text=self.text, at=self.sent_at, by=self.by)) if found else ()
        return _changed(_met(case, self.name, self.sent_at), self.name, answers=sent)


@frozen(kw_only=True)
class BodyDecided(Entry):
    """The body decided: how, whether it changed anything for the complainant, and what we learn from it."""

    kind: ClassVar[str] = "body_decided"
    phrase: ClassVar[str] = "{name}: decided, {result}; changed for the complainant: {changed}"
    name: str
    result: Result
    changed: bool
    text: Content
    award: Money | None = None
    lessons: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Keep it as the outcome outside, and stop what was due to the body."""
        return _changed(
            _met(case, self.name, self.at),
            self.name,
            decided_at=self.at,
            result=self.result,
            text=self.text,
            changed=self.changed,
            award=self.award,
            lessons=self.lessons,
        )


@frozen(kw_only=True)
class DisputeMarked(Entry):
    """How far the matter has gone: a demand before court, a court, back inside."""

    kind: ClassVar[str] = "dispute_marked"
    phrase: ClassVar[str] = "dispute: {standing}"
    standing: Dispute
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Remember it."""
        return evolve(case, settlement=evolve(case.settlement, dispute=self.standing))


@frozen(kw_only=True)
class HoldPlaced(Entry):
    """Nothing of the case may be erased from now on."""

    kind: ClassVar[str] = "hold_placed"
    phrase: ClassVar[str] = "{name}: LEGAL HOLD, nothing may be erased"
    name: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep everything."""
        hold = LegalHold(name=self.name, reason=self.reason, at=self.at, by=self.by)
        settlement = evolve(case.settlement, holds=(*case.settlement.holds, hold))
        return evolve(case, settlement=settlement, legal_hold=True)


@frozen(kw_only=True)
class HoldReleased(Entry):
    """A legal hold has ended; another one may still stand."""

    kind: ClassVar[str] = "hold_released"
    phrase: ClassVar[str] = "{name}: legal hold released"
    name: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """End it."""
        holds = tuple(
            evolve(one, released_at=self.at, released_by=self.by, because=self.reason) if one.name == self.name else one
            for one in case.settlement.holds
        )
        settlement = evolve(case.settlement, holds=holds)
        return evolve(case, settlement=settlement, legal_hold=any(one.released_at is None for one in holds))


@frozen(kw_only=True)
class WindowEnded(Entry):
    """The time in which the complainant could go to a body outside ran out; nothing is owed on it."""

    kind: ClassVar[str] = "window_ended"
    phrase: ClassVar[str] = "the time to go to a body outside ran out: {clock}"
    clock: str

    def change(self, case: Complaint) -> Complaint:
        """End its clock at the moment it was due, however late that was noticed."""
        return case.with_clock(self.clock, lambda clock: clock.end(clock.due_at))


def _found(case: Complaint, name: str) -> Referral | None:
    return next((one for one in case.settlement.external if one.name == name), None)


def _met(case: Complaint, name: str, at: datetime) -> Complaint:
    """Return the case with every clock of one referral met: each is named after it."""
    clocks = tuple(one.meet(at) if one.name == name or one.name.startswith(f"{name}-") else one for one in case.clocks)
    return evolve(case, clocks=clocks)


def _changed(case: Complaint, name: str, **changes: Any) -> Complaint:
    external = tuple(evolve(one, **changes) if one.name == name else one for one in case.settlement.external)
    return evolve(case, settlement=evolve(case.settlement, external=external))
