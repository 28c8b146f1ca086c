"""Actions while a complaint is worked on: answer, wait, go on, note."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, asked
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import Noted, Replied, WaitEnded, WaitStarted
from complaintkit.case.parts import Content

# Our choice: whoever waits longer has forgotten it.
LONGEST_WAIT: Final = timedelta(days=60)
PARTIES = ("complainant", "third_party")
# The audience of a note that all colleagues may read.
ALL_STAFF: Final = "staff"


@frozen(kw_only=True)
class Reply(Action):
    """Write or say something to the complainant."""

    name: ClassVar[str] = "reply"
    help: ClassVar[str] = "write to the complainant; the first time, that is the first response"
    text: str = asked("the words to the complainant")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the answer."""
        text = ask.words("text", self.text)
        return (Replied(at=ask.now, by=ask.by, stage=ask.stage, text=Content.of(text)),)


@frozen(kw_only=True)
class Wait(Action):
    """Wait for the complainant or a third party, until a moment at which it is looked at again."""

    name: ClassVar[str] = "wait"
    help: ClassVar[str] = "wait for somebody, until a date"
    waiting_for: str = asked("complainant or third_party", choices=PARTIES, default="complainant")
    until: datetime = asked("when it is looked at again, with time zone")
    reason: str = asked("what was asked")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Pause what may be paused."""
        reason = ask.need("reason", self.reason)
        ask.one_of("waiting_for", self.waiting_for, PARTIES)
        if ask.ahead("until", self.until) > ask.now + LONGEST_WAIT:
            raise ask.refuse(f"it is looked at after {LONGEST_WAIT.days} days at the latest; name an earlier date")
        if ask.case.unanswered_since and self.waiting_for == "complainant":
            raise ask.refuse(
                "the complainant's last message has had no answer yet; reply with the question first",
            )
        return (
            WaitStarted(
                at=ask.now,
                by=ask.by,
                stage=ask.stage,
                waiting_for=self.waiting_for,
                until=self.until,
                reason=Content.of(reason),
            ),
        )


@frozen(kw_only=True)
class Resume(Action):
    """Go on after waiting."""

    name: ClassVar[str] = "resume"
    help: ClassVar[str] = "go on after waiting"
    reason: str = asked("what happened", default="went on")

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Let the clocks go on, from when waiting was over if that was before."""
        reason = Content.of(self.reason.strip() or "went on")
        ended = min(ask.now, ask.case.waiting_until or ask.now)
        return (WaitEnded(at=ask.now, by=ask.by, stage=ask.stage, reason=reason, ended_at=ended),)


@frozen(kw_only=True)
class Note(Action):
    """Write something down for colleagues."""

    name: ClassVar[str] = "note"
    help: ClassVar[str] = "write something down for colleagues only, or only for one department and the owner"
    text: str = asked("the words")
    audience: str = asked("who may read it: staff, or a department such as legal, and the owner", default=ALL_STAFF)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the note."""
        text = Content.of(ask.need("text", self.text))
        audience = self.audience.strip() or ALL_STAFF
        readers = () if audience == ALL_STAFF else (ask.one_of("audience", audience, ask.terms.known("department")),)
        return (Noted(at=ask.now, by=ask.by, text=text, readers=readers),)
