"""Every kind of entry a case file can hold. An entry carries the facts; what they change stands beside them.

Old files must stay readable for ever: fields are only added, each with a default, and a kind is never renamed.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import evolve, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Content, Outcome, Severity, Suggestion
from complaintkit.guard import Failure

CORE: Final = "complaintkit"


@frozen
class FiledAttachment:
    """A file that came with a message: its name sealed, its bytes stored under their digest."""

    name: Content
    media_type: str
    digest: str
    size: int


@frozen(kw_only=True)
class Received(Entry):
    """Opens the file: what came, from whom, by which channel, and who heard it first."""

    kind: ClassVar[str] = "received"
    reference: str
    channel: str
    envelope: int
    received_at: datetime
    language: str
    person: Content
    contact: str
    title: Content
    narrative: Content
    owner: str
    message_id: str = ""
    attachments: tuple[FiledAttachment, ...] = ()
    problems: tuple[str, ...] = ()
    automatic: bool = False

    def open(self) -> Complaint:
        """Return the complaint that this entry begins."""
        return Complaint(
            reference=self.reference, version=1, channel=self.channel, envelope=self.envelope,
            received_at=self.received_at, recorded_at=self.at, language=self.language, person=self.person,
            contact=self.contact, title=self.title, narrative=self.narrative, owner=self.owner,
            last_message_at=self.received_at, unanswered_since=self.received_at,
        )  # fmt: skip

    def change(self, case: Complaint) -> Complaint:
        """Refuse: a file is opened once."""
        raise ValueError(f"complaint {case.reference} is open already")


@frozen(kw_only=True)
class Staged(Entry):
    """An entry that moves the case to a stage; the stage is part of the fact, so an old file reads the same for ever."""

    stage: Stage

    def change(self, case: Complaint) -> Complaint:
        """Move the case."""
        return evolve(case, stage=self.stage)


@frozen(kw_only=True)
class Registered(Staged):
    """Recognised as a complaint; its clocks run from receipt."""

    kind: ClassVar[str] = "registered"
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Move the case and start its clocks."""
        return evolve(case, stage=self.stage, clocks=case.clocks + self.clocks, closed_at=None)


@frozen(kw_only=True)
class Dismissed(Staged):
    """Found not to be a complaint, with the reason; can be reversed by registering it again."""

    kind: ClassVar[str] = "dismissed"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Move the case and stop its clocks."""
        clocks = tuple(clock.meet(self.at) for clock in case.clocks)
        return evolve(case, stage=self.stage, clocks=clocks, unanswered_since=None, closed_at=self.at)


@frozen(kw_only=True)
class Assessed(Staged):
    """The initial assessment: category, severity, and the suggestions it rests on."""

    kind: ClassVar[str] = "assessed"
    category: str
    severity: Severity
    confirmed: bool
    suggestions: tuple[tuple[str, Suggestion], ...] = ()
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Set what was assessed."""
        return evolve(
            case, stage=self.stage, category=self.category, severity=self.severity, confirmed=self.confirmed,
            assessed_at=case.assessed_at or self.at,
        )  # fmt: skip


@frozen(kw_only=True)
class PluginFailed(Entry):
    """A plugin could not give its answer about this case; the others' answers count."""

    kind: ClassVar[str] = "plugin_failed"
    plugin: str
    hook: str
    problem: str

    @classmethod
    def of(cls, failure: Failure, now: datetime) -> "PluginFailed":
        """Return the entry that puts a failure on file."""
        problem = f"{failure.record}: {failure.kind}: {failure.problem}"
        return cls(at=now, by=CORE, plugin=failure.plugin, hook=failure.hook, problem=problem)

    def change(self, case: Complaint) -> Complaint:
        """Count the failure."""
        return evolve(case, failures=case.failures + 1)


@frozen(kw_only=True)
class RepeatFound(Entry):
    """The same person complained before."""

    kind: ClassVar[str] = "repeat_found"
    earlier: str
    category: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Link to the earlier complaint."""
        return evolve(case, repeat_of=self.earlier)


@frozen(kw_only=True)
class Assigned(Entry):
    """Another owner is responsible from now on."""

    kind: ClassVar[str] = "assigned"
    owner: str
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Change the owner."""
        return evolve(case, owner=self.owner)


@frozen(kw_only=True)
class MessageFiled(Entry):
    """A further message of the complainant or of somebody else joined the case.

    `verified` is false when nothing proves that the sender belongs to the case: its words are kept, nothing follows.
    """

    kind: ClassVar[str] = "message_filed"
    channel: str
    envelope: int
    person: Content
    title: Content
    text: Content
    message_id: str = ""
    attachments: tuple[FiledAttachment, ...] = ()
    verified: bool = True
    automatic: bool = False
    problems: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """End waiting and note that an answer is owed, where a participant wrote by hand."""
        if self.automatic or not self.verified:
            return case
        back = evolve(case, last_message_at=self.at, unanswered_since=case.unanswered_since or self.at)
        if back.stage is Stage.WAITING:
            clocks = tuple(clock.resume(self.at) for clock in back.clocks)
            back = evolve(back, stage=Stage.IN_PROGRESS, clocks=clocks, waiting_for="", waiting_until=None)
        return back


@frozen(kw_only=True)
class NoticeSent(Entry):
    """A notice went out."""

    kind: ClassVar[str] = "notice_sent"
    notice: str
    occasion: str
    audience: str
    notifier: str
    message_id: str = ""

    def change(self, case: Complaint) -> Complaint:
        """Stop the acknowledgement clock if this was the acknowledgement; it never counts as an answer."""
        if self.occasion != "acknowledgement" or case.acknowledged_at:
            return case
        met = case.with_clocks(("acknowledgement",), lambda clock: clock.meet(self.at))
        return evolve(met, acknowledged_at=self.at)


@frozen(kw_only=True)
class NoticeUndelivered(Entry):
    """A notice could not be delivered and will not be tried again; a person has to act."""

    kind: ClassVar[str] = "notice_undelivered"
    notice: str
    occasion: str
    audience: str
    problem: str

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is: the failure is the fact."""
        return case


@frozen(kw_only=True)
class Replied(Staged):
    """A person answered the complainant, in writing or by word; that is the first response if none was before."""

    kind: ClassVar[str] = "replied"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop the clocks that ask for an answer."""
        met = case.with_clocks(("first_response", "acknowledgement"), lambda clock: clock.meet(self.at))
        return evolve(
            met, stage=self.stage, answered_at=case.answered_at or self.at, unanswered_since=None,
            acknowledged_at=case.acknowledged_at or self.at,
        )  # fmt: skip


@frozen(kw_only=True)
class WaitStarted(Staged):
    """The case waits for somebody; pausable clocks stand still."""

    kind: ClassVar[str] = "wait_started"
    waiting_for: str
    until: datetime
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Pause what may be paused."""
        clocks = tuple(clock.pause(self.at) for clock in case.clocks)
        return evolve(
            case, stage=self.stage, clocks=clocks, waiting_for=self.waiting_for, waiting_until=self.until
        )


@frozen(kw_only=True)
class WaitEnded(Staged):
    """Waiting is over; the clocks go on."""

    kind: ClassVar[str] = "wait_ended"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Let the clocks go on."""
        clocks = tuple(clock.resume(self.at) for clock in case.clocks)
        return evolve(case, stage=self.stage, clocks=clocks, waiting_for="", waiting_until=None)


@frozen(kw_only=True)
class Proposed(Staged):
    """A decision is drafted and waits for its release."""

    kind: ClassVar[str] = "proposed"
    outcome: Outcome
    remedy: str
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Keep the draft."""
        return evolve(case, stage=self.stage, outcome=self.outcome, remedy=self.remedy, proposal=self.text)


@frozen(kw_only=True)
class SentBack(Staged):
    """The draft was sent back, with the reason."""

    kind: ClassVar[str] = "sent_back"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Take the draft back."""
        return evolve(case, stage=self.stage, outcome=None, remedy="", proposal=None)


@frozen(kw_only=True)
class Responded(Staged):
    """The final response went to the complainant."""

    kind: ClassVar[str] = "responded"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop every clock that asks for an answer."""
        clocks = tuple(clock.meet(self.at) for clock in case.clocks)
        return evolve(
            case, stage=self.stage, clocks=clocks, responded_at=self.at, answered_at=case.answered_at or self.at,
            acknowledged_at=case.acknowledged_at or self.at, unanswered_since=None,
        )  # fmt: skip


@frozen(kw_only=True)
class Resolved(Staged):
    """The matter is settled: the complainant accepted, or the time to object ran out."""

    kind: ClassVar[str] = "resolved"
    accepted: str
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop the clocks: an early settlement is an answer, too."""
        clocks = tuple(clock.meet(self.at) for clock in case.clocks)
        return evolve(
            case, stage=self.stage, clocks=clocks, accepted=self.accepted, resolved_at=self.at,
            answered_at=case.answered_at or self.at, unanswered_since=None,
        )  # fmt: skip


@frozen(kw_only=True)
class Closed(Staged):
    """The closing check passed."""

    kind: ClassVar[str] = "closed"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Close the case."""
        return evolve(case, stage=self.stage, closed_at=self.at, unanswered_since=None)


@frozen(kw_only=True)
class Reopened(Staged):
    """New facts, a failed remedy or a dispute: the case is worked on again. Earlier breaches stay on file."""

    kind: ClassVar[str] = "reopened"
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Open the case again with fresh clocks; what was responded and met stays as it was."""
        return evolve(
            case, stage=self.stage, clocks=case.clocks + self.clocks, reopened=case.reopened + 1, closed_at=None,
            resolved_at=None, accepted="", outcome=None, remedy="", proposal=None,
        )  # fmt: skip


@frozen(kw_only=True)
class Withdrawn(Staged):
    """The complainant took the complaint back, with the evidence."""

    kind: ClassVar[str] = "withdrawn"
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """End the case and its clocks."""
        clocks = tuple(clock.meet(self.at) for clock in case.clocks)
        return evolve(
            case, stage=self.stage, clocks=clocks, closed_at=self.at, unanswered_since=None,
            waiting_for="", waiting_until=None,
        )  # fmt: skip


@frozen(kw_only=True)
class Noted(Entry):
    """Something worth keeping, for colleagues only."""

    kind: ClassVar[str] = "noted"
    text: Content

    def change(self, case: Complaint) -> Complaint:
        """Leave the case as it is."""
        return case


@frozen(kw_only=True)
class Warned(Entry):
    """The owner was reminded that a clock runs out."""

    kind: ClassVar[str] = "warned"
    clock: str
    due_at: datetime

    def change(self, case: Complaint) -> Complaint:
        """Remember that the reminder happened."""
        return case.with_clocks((self.clock,), lambda clock: evolve(clock, warned=True))


@frozen(kw_only=True)
class Overdue(Entry):
    """A promise was broken at `due_at`, whenever a worker noticed."""

    kind: ClassVar[str] = "overdue"
    clock: str
    due_at: datetime
    next_level_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Remember the breach for ever."""
        return case.with_clocks(
            (self.clock,),
            lambda clock: clock
            if clock.met_at
            else evolve(clock, warned=True, overdue=True, next_level_at=self.next_level_at),
        )


@frozen(kw_only=True)
class Escalated(Entry):
    """Attention of a higher level was called for; ownership does not move by that."""

    kind: ClassVar[str] = "escalated"
    clock: str
    level: int
    to: str
    reason: str
    rule: str
    next_level_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Raise the level, of the clock and of the case."""
        raised = case.with_clocks(
            (self.clock,),
            lambda clock: clock
            if clock.met_at
            else evolve(clock, level=max(clock.level, self.level), next_level_at=self.next_level_at),
        )
        return evolve(raised, level=max(case.level, self.level))


def _kinds(base: type[Entry]) -> Mapping[str, type[Entry]]:
    found: dict[str, type[Entry]] = {}
    for subclass in base.__subclasses__():
        if subclass.kind and subclass.__module__ == __name__:
            found[subclass.kind] = subclass
        found.update(_kinds(subclass))
    return found


KINDS: Final[Mapping[str, type[Entry]]] = MappingProxyType(_kinds(Entry))
