"""Entries of what comes in: a complaint, its registration and assessment, a further message."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from complaintkit.case.complaint import IDLE, Complaint, Entry
from complaintkit.case.entries.base import CORE, Staged
from complaintkit.case.handling import Handling
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Content, Severity, Suggestion
from complaintkit.case.points import Target
from complaintkit.case.repeats import Repeat, RepeatKind
from complaintkit.changing import evolve
from complaintkit.guard import Failure


@frozen
class FiledAttachment:
    """A file that came with a message: its name sealed, its bytes stored under their digest."""

    name: Content
    media_type: str
    digest: str
    size: int


@frozen
class Opinion:
    """A categoriser's suggestion as it is on file: its evidence may quote the complainant and is sealed."""

    categoriser: str
    category: str
    score: float
    severity: Severity | None
    because: Content

    @classmethod
    def of(cls, categoriser: str, suggestion: Suggestion) -> "Opinion":
        """Return a suggestion as it is filed."""
        because = Content.of(suggestion.because)
        return cls(categoriser, suggestion.category, suggestion.score, suggestion.severity, because)


@frozen(kw_only=True)
class Received(Entry):
    """Opens the file: what came, from whom, by which channel, and who heard it first."""

    kind: ClassVar[str] = "received"
    phrase: ClassVar[str] = "received by {channel}; {owner} is responsible"
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
            reference=self.reference,
            version=1,
            channel=self.channel,
            envelope=self.envelope,
            received_at=self.received_at,
            recorded_at=self.at,
            language=self.language,
            person=self.person,
            contact=self.contact,
            title=self.title,
            narrative=self.narrative,
            owner=self.owner,
            due_at=self.at + IDLE,
            last_message_at=self.received_at,
            unanswered_since=self.received_at,
        )

    def change(self, case: Complaint) -> Complaint:
        """Refuse: a file is opened once."""
        raise ValueError(f"complaint {case.reference} is open already")


@frozen(kw_only=True)
class Registered(Staged):
    """Recognised as a complaint; its clocks run from receipt.

    `since` is since when it has been on file as one, where it was split from another; else that is now.
    """

    kind: ClassVar[str] = "registered"
    phrase: ClassVar[str] = "registered as a complaint"
    clocks: tuple[Clock, ...] = ()
    since: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Move the case and start its clocks; until somebody answers, an answer is owed."""
        owed = case.unanswered_since if case.answered_at else case.received_at
        handling = evolve(case.handling, registered_at=case.handling.registered_at or self.since or self.at)
        return evolve(
            case, stage=self.stage, clocks=case.clocks + self.clocks, closed_at=None, unanswered_since=owed,
            handling=handling,
        )  # fmt: skip


@frozen(kw_only=True)
class Dismissed(Staged):
    """Found not to be a complaint, with the reason; can be reversed by registering it again."""

    kind: ClassVar[str] = "dismissed"
    phrase: ClassVar[str] = "found to be no complaint"
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """Move the case and stop its clocks."""
        return evolve(case.stopped(self.at), stage=self.stage, closed_at=self.at)


@frozen(kw_only=True)
class Assessed(Staged):
    """The initial assessment: category, severity, and the suggestions it rests on."""

    kind: ClassVar[str] = "assessed"
    phrase: ClassVar[str] = "assessed: {category}, severity {severity}"
    category: str
    severity: Severity
    confirmed: bool
    opinions: tuple[Opinion, ...] = ()
    reason: Content | None = None

    def change(self, case: Complaint) -> Complaint:
        """Set what was assessed."""
        return evolve(
            case,
            stage=self.stage,
            category=self.category,
            severity=self.severity,
            confirmed=self.confirmed,
            assessed_at=case.assessed_at or self.at,
        )


@frozen(kw_only=True)
class PluginFailed(Entry):
    """A plugin could not give its answer about this case; the others' answers count."""

    kind: ClassVar[str] = "plugin_failed"
    phrase: ClassVar[str] = "plugin {plugin} failed: {problem}"
    aside: ClassVar[bool] = True
    plugin: str
    hook: str
    problem: Content

    @classmethod
    def of(cls, failure: Failure, now: datetime) -> "PluginFailed":
        """Return the entry that puts a failure on file."""
        # Sealed, for a plugin may quote the complainant in what it says.
        problem = Content.of(f"{failure.record}: {failure.kind}: {failure.problem}")
        return cls(at=now, by=CORE, plugin=failure.plugin, hook=failure.hook, problem=problem)

    def change(self, case: Complaint) -> Complaint:
        """Count the failure."""
        return evolve(case, failures=case.failures + 1)


@frozen(kw_only=True)
class CustomerFound(Entry):
    """The host knows the complainant: who it is there, and where that was looked up."""

    kind: ClassVar[str] = "customer_found"
    phrase: ClassVar[str] = "known as customer {customer}, {segment} (says {source})"
    customer: str
    segment: str
    source: str

    def change(self, case: Complaint) -> Complaint:
        """Link to the host's customer."""
        return evolve(case, customer=self.customer, segment=self.segment)


@frozen(kw_only=True)
class RepeatFound(Entry):
    """It follows earlier complaints in one way; `earlier` is the latest of them, `more` are the others.

    `channels` are those by which the same person told of them.
    """

    kind: ClassVar[str] = "repeat_found"
    phrase: ClassVar[str] = "complained of before ({kind_of_repeat}): {earlier}"
    earlier: str
    category: str = ""
    kind_of_repeat: RepeatKind = RepeatKind.SAME_PERSON
    more: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Link to the earlier complaints; one of the same person is followed in one way only."""
        matter = case.matter
        repeats = tuple(self._without(one) for one in matter.repeats if one.kind is not self.kind_of_repeat)
        found = Repeat(kind=self.kind_of_repeat, earlier=(self.earlier, *self.more), channels=self.channels)
        repeats = (*(one for one in repeats if one.earlier), found)
        about_us = self.kind_of_repeat is RepeatKind.ABOUT_HANDLING and matter.target is Target.UNKNOWN
        target = Target.HANDLING if about_us else matter.target
        repeat_of = self.earlier if self.kind_of_repeat.same_person else case.repeat_of
        return evolve(case, repeat_of=repeat_of, matter=evolve(matter, repeats=repeats, target=target))

    def _without(self, repeat: Repeat) -> Repeat:
        if repeat.kind.same_person is not self.kind_of_repeat.same_person:
            return repeat
        mine = {self.earlier, *self.more}
        return evolve(repeat, earlier=tuple(one for one in repeat.earlier if one not in mine))


@frozen(kw_only=True)
class MessageFiled(Entry):
    """A further message of the complainant or of somebody else joined the case.

    `verified` is false when nothing proves that the sender belongs to the case. `received_at` is when it came in;
    waiting ends then. `clocks` ask for an answer where none is running that does.
    """

    kind: ClassVar[str] = "message_filed"
    phrase: ClassVar[str] = "a further message by {channel}"
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
    received_at: datetime | None = None
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """End waiting and note that an answer is owed, unless a machine wrote.

        A message that nobody has verified gets attention, too: whoever wrote it may be the complainant by another
        address. It gets no rights by that.
        """
        if self.automatic:
            return case
        at = self.received_at or self.at
        back = evolve(
            case,
            last_message_at=max(at, case.last_message_at or at),
            unanswered_since=case.unanswered_since or at,
            clocks=case.clocks + self.clocks,
            handling=self._by_channel(case),
        )
        if back.stage is Stage.WAITING:
            # Waiting may have been over before, though nobody had noticed.
            ended_at = min(at, back.waiting_until or at)
            clocks = tuple(clock.resume(ended_at) for clock in back.clocks)
            back = evolve(back, stage=Stage.IN_PROGRESS, clocks=clocks, waiting_for="", waiting_until=None)
        return back

    def _by_channel(self, case: Complaint) -> Handling:
        """Return how the case is worked on, with the channel among those by which the complainant wrote."""
        known = self.channel in (case.channel, *case.handling.channels)
        if known or not self.verified:
            return case.handling
        return evolve(case.handling, channels=(*case.handling.channels, self.channel))
