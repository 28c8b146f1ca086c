"""Actions about support that somebody needs."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import NeedAdded, NeedRemoved
from complaintkit.case.needs import NEED, Need, NeedKind
from complaintkit.case.parties import COMPLAINANT
from complaintkit.case.parts import Content


@frozen(kw_only=True)
class AddNeed(Action):
    """Keep in mind that somebody needs support, for a time and with consent."""

    name: ClassVar[str] = "add_need"
    help: ClassVar[str] = "keep in mind that somebody needs support; for handlers only, until a date, with consent"
    kind: str = asked("where it comes from", choices=tuple(NeedKind))
    text: str = asked("what makes it hard, in plain words")
    support: str = asked("what we do about it: large print, call after 6 p.m., sister may listen in ...")
    consent: str = asked("how the person agreed that we keep this")
    until: datetime = asked("when it is taken out again")
    party: str = asked("whose need it is; empty for the complainant", of="party", default=COMPLAINANT)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Keep it, with the clock that takes it out."""
        kind = NeedKind(ask.one_of("kind", self.kind, tuple(NeedKind)))
        parties = tuple(party.name for party in ask.case.matter.parties)
        ask.ahead("until", self.until)
        need = Need(
            name=ask.case.matter.named.next(NEED),
            kind=kind,
            text=Content.of(ask.need("text", self.text)),
            support=Content.of(ask.need("support", self.support)),
            consent=Content.of(ask.need("consent", self.consent)),
            since=ask.now,
            until=self.until,
            party=ask.one_of("party", self.party.strip().casefold() or COMPLAINANT, (COMPLAINANT, *parties)),
        )
        clock = ask.terms.clock_until(NEED, ask.case, ask.now, self.until, name=need.name)
        return (NeedAdded(at=ask.now, by=ask.by, need=need, clocks=(clock,)),)


@frozen(kw_only=True)
class RemoveNeed(Action):
    """Stop keeping a need."""

    name: ClassVar[str] = "remove_need"
    help: ClassVar[str] = "stop keeping a support need, before its date"
    need: str = asked("name of the need", of="need")
    reason: str = asked("why: over, consent taken back ...")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Take it out."""
        reason = ask.need("reason", self.reason)
        names = tuple(need.name for need in ask.case.matter.needs)
        name = ask.one_of("need", self.need.strip().casefold(), names)
        return (NeedRemoved(at=ask.now, by=ask.by, need=name, reason=Content.of(reason)),)
