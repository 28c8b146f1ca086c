"""Entries of ties between cases: linked, merged and parted again, split, forwarded."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.base import Staged
from complaintkit.case.entries.opening import FiledAttachment
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parties import Party
from complaintkit.case.parts import Clock, Content
from complaintkit.case.ties import Link, Referral, Tie
from complaintkit.changing import evolve


@frozen(kw_only=True)
class Linked(Entry):
    """The case belongs with another."""

    kind: ClassVar[str] = "linked"
    phrase: ClassVar[str] = "{tie} {reference}"
    tie: Tie
    reference: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Keep the tie, once."""
        if case.ties.to(self.reference, self.tie):
            return case
        link = Link(kind=self.tie, reference=self.reference, since=self.at, by=self.by)
        return evolve(case, ties=evolve(case.ties, links=(*case.ties.links, link)))


@frozen(kw_only=True)
class Unlinked(Entry):
    """The case does not belong with the other after all."""

    kind: ClassVar[str] = "unlinked"
    phrase: ClassVar[str] = "no longer {tie} {reference}"
    tie: Tie
    reference: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Drop the tie; the file keeps that it was there."""
        links = tuple(one for one in case.ties.links if (one.kind, one.reference) != (self.tie, self.reference))
        return evolve(case, ties=evolve(case.ties, links=links))


@frozen
class MovedMessage:
    """A message of a case that was merged into another, as the survivor keeps it."""

    person: Content
    channel: str
    received_at: datetime
    title: Content
    text: Content
    attachments: tuple[FiledAttachment, ...] = ()


@frozen(kw_only=True)
class Merged(Staged):
    """The case goes on in another one.

    Attributes:
        into: The case that goes on with it.
        reason: Why both are one.
        stage_before, clocks_before, unanswered_since: How it stood, so that it can be parted again.
    """

    kind: ClassVar[str] = "merged"
    phrase: ClassVar[str] = "goes on as {into}"
    into: str
    reason: Content
    stage_before: Stage
    clocks_before: tuple[Clock, ...] = ()
    unanswered_since: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """End the case here."""
        return evolve(case.stopped(self.at), stage=self.stage, closed_at=self.at, moved_to=self.into)


@frozen(kw_only=True)
class Absorbed(Entry):
    """Another case was merged into this one: its messages, its earlier receipt and its stricter clocks count here.

    Attributes:
        reference: The other case.
        messages: What was said there.
        received_at: The earlier of both receipts.
        clocks: Clocks as they count from now on: stricter ones of this case, and those only the other one had.
        unanswered_since, last_message_at: As they follow from both cases.
        rules: Rule packs that hold here from now on because they held there.
    """

    kind: ClassVar[str] = "absorbed"
    phrase: ClassVar[str] = "{reference} was merged into this case"
    reference: str
    messages: tuple[MovedMessage, ...] = ()
    received_at: datetime
    clocks: tuple[Clock, ...] = ()
    unanswered_since: datetime | None = None
    last_message_at: datetime | None = None
    rules: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Take over what counts."""
        no_rules = tuple(one for one in case.handling.no_rules if one not in self.rules)
        return evolve(
            _with(case, self.clocks),
            handling=evolve(case.handling, rules=case.handling.rules + self.rules, no_rules=no_rules),
            received_at=self.received_at,
            unanswered_since=self.unanswered_since,
            last_message_at=self.last_message_at,
            ties=evolve(case.ties, merged=(*case.ties.merged, self.reference)),
        )


@frozen(kw_only=True)
class Unmerged(Staged):
    """The case stands by itself again, as it stood before."""

    kind: ClassVar[str] = "unmerged"
    phrase: ClassVar[str] = "parted from {of} again"
    of: str
    reason: Content
    clocks: tuple[Clock, ...] = ()
    unanswered_since: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Go on here."""
        return evolve(
            _with(case, self.clocks),
            stage=self.stage,
            moved_to="",
            closed_at=None,
            unanswered_since=self.unanswered_since,
        )


@frozen(kw_only=True)
class Released(Entry):
    """A case that was merged into this one was parted again; what came from it no longer counts here.

    `rules` held only because of it; of those, `no_rules` had been lifted here before.
    """

    kind: ClassVar[str] = "released"
    phrase: ClassVar[str] = "{reference} was parted from this case again"
    reference: str
    received_at: datetime
    clocks: tuple[Clock, ...] = ()
    dropped: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    no_rules: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Give back what was taken over; what was done about it meanwhile stays done."""
        handling = evolve(
            case.handling,
            rules=tuple(one for one in case.handling.rules if one not in self.rules),
            no_rules=tuple(dict.fromkeys((*case.handling.no_rules, *self.no_rules))),
        )
        clocks = tuple(clock.end(self.at) if clock.name in self.dropped else clock for clock in case.clocks)
        merged = tuple(one for one in case.ties.merged if one != self.reference)
        back = _with(evolve(case, clocks=clocks), self.clocks)
        return evolve(back, received_at=self.received_at, ties=evolve(case.ties, merged=merged), handling=handling)


@frozen(kw_only=True)
class SplitOff(Entry):
    """Part of it goes on as a case of its own."""

    kind: ClassVar[str] = "split_off"
    phrase: ClassVar[str] = "part of it goes on as {into}"
    into: str
    text: Content
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the tie."""
        link = Link(kind=Tie.SPLIT_INTO, reference=self.into, since=self.at, by=self.by)
        return evolve(case, ties=evolve(case.ties, links=(*case.ties.links, link)))


@frozen(kw_only=True)
class PartiesCarried(Entry):
    """Whoever takes part in the case it was split from takes part here, too, under the same names."""

    kind: ClassVar[str] = "parties_carried"
    phrase: ClassVar[str] = "who takes part was carried over"
    parties: tuple[Party, ...]

    def change(self, case: Complaint) -> Complaint:
        """Take them over."""
        named = case.matter.named
        for party in self.parties:
            named = named.given(party.name)
        return evolve(case, matter=evolve(case.matter, parties=self.parties, named=named))


@frozen(kw_only=True)
class PartForwarded(Entry):
    """Somebody else answers for part of it; the rest goes on here. A written referral went there.

    Attributes:
        respondent: The organisation or department that answers for it; never a person, for it stands here unsealed.
        text: The words of the referral.
        address: Where the referral is sent; sealed; `None` if it goes another way.
    """

    kind: ClassVar[str] = "part_forwarded"
    phrase: ClassVar[str] = "part of it forwarded to {respondent}"
    respondent: str
    text: Content
    address: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Keep the referral."""
        return _referred(case, Referral(respondent=self.respondent, since=self.at, whole=False))


@frozen(kw_only=True)
class Forwarded(Staged):
    """Somebody else answers for all of it: a written referral went there, and the complainant was told."""

    kind: ClassVar[str] = "forwarded"
    phrase: ClassVar[str] = "forwarded to {respondent}"
    respondent: str
    text: Content
    address: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Keep the referral, and end the case here."""
        kept = _referred(case, Referral(respondent=self.respondent, since=self.at, whole=True))
        return evolve(kept.stopped(self.at), stage=self.stage, closed_at=self.at)


def _referred(case: Complaint, referral: Referral) -> Complaint:
    return evolve(case, ties=evolve(case.ties, referrals=(*case.ties.referrals, referral)))


def _with(case: Complaint, clocks: tuple[Clock, ...]) -> Complaint:
    """Return the case with clocks put in place of those of the same name, or added."""
    given = {clock.name: clock for clock in clocks}
    kept = tuple(given.pop(clock.name, clock) for clock in case.clocks)
    return evolve(case, clocks=(*kept, *given.values()))
