"""Actions of word given and received: tell somebody who can mend it, confirm that it arrived, answer."""

from collections.abc import Iterable
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import asked
from complaintkit.case.actor import same
from complaintkit.case.parts import Clock, Content
from complaintkit.improving.asking import Action, Asked
from complaintkit.improving.entries import Answered, Confirmed, Told
from complaintkit.improving.improvement import ImprovementEntry
from complaintkit.improving.parts import Telling


def tellings(
    ask: Asked, name: str, to: Iterable[str], words: Content | None
) -> tuple[tuple[Telling, ...], tuple[Clock, ...]]:
    """Return what several are told, each to be confirmed, and the clocks of that.

    Args:
        ask: What is asked.
        name: Begins the name of each: `session-3`.
        to: Persons or roles.
        words: What is told, where it does not stand elsewhere.
    """
    told = tuple(
        Telling(name=f"{name}-{place}", to=one, text=words, at=ask.now) for place, one in enumerate(ask.named(to), 1)
    )
    days = ask.terms.improving.receipt
    return told, tuple(ask.clock_in("receipt", days, name=one.name, who=one.to) for one in told)


@frozen(kw_only=True)
class Tell(Action):
    """Tell somebody who can mend it."""

    name: ClassVar[str] = "tell"
    help: ClassVar[str] = "tell somebody who can mend it what complaints show; an answer is owed"
    to: str = asked("whom: a person or a role")
    text: str = asked("what the complaints show, and what could be mended; no blame")
    days: int = asked("days for the answer; 0 takes the policy's", default=0)

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Tell, and let the time for the answer run."""
        number = 1 + sum(one.asks for one in ask.improvement.told)
        if not 0 <= self.days <= 366:
            raise ask.refuse("days for the answer are from 1 to 366")
        to, words = ask.need("to", self.to), Content.of(ask.need("text", self.text))
        telling = Telling(name=f"feedback-{number}", to=to, text=words, at=ask.now, asks=True)
        clock = ask.clock_in("feedback", self.days or ask.terms.improving.answer, name=telling.name, who=to)
        return (Told(at=ask.now, by=ask.by, telling=telling, clocks=(clock,)),)


def _mine(ask: Asked, named: str, owed: Iterable[Telling]) -> Telling:
    """Return what somebody was told: the one named, or what has waited for them longest.

    Raises:
        NotAllowed: Nothing is owed under this name, or it was told to somebody else.
    """
    waiting = tuple(owed)
    if named.strip():
        name = ask.one_of("of", named, (one.name for one in waiting))
        waiting = tuple(one for one in waiting if one.name == name)
    mine = [one for one in waiting if same(one.to, ask.by)] or [one for one in waiting if ask.actor.is_a(one.to)]
    if not mine:
        to = ", ".join(dict.fromkeys(one.to for one in waiting))
        raise ask.refuse(f"only {to} can do that" if to else "nothing waits for it")
    return mine[0]


@frozen(kw_only=True)
class Confirm(Action):
    """Confirm that something arrived and was read."""

    name: ClassVar[str] = "confirm"
    help: ClassVar[str] = "confirm that results, feedback or a procedure arrived and were read"
    of: str = asked("which, such as session-3-1; by default what waits for you", default="")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the receipt of whoever was told."""
        telling = _mine(ask, self.of, (one for one in ask.improvement.told if one.received_at is None))
        return (Confirmed(at=ask.now, by=ask.by, telling=telling.name),)


@frozen(kw_only=True)
class Answer(Action):
    """Answer to what one was told."""

    name: ClassVar[str] = "answer"
    help: ClassVar[str] = "say what comes of what you were told"
    text: str = asked("what will be done, or why nothing can be")
    of: str = asked("which, such as feedback-1; by default what waits for you", default="")

    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Keep the answer of whoever was told."""
        words = Content.of(ask.need("text", self.text))
        owed = (one for one in ask.improvement.told if one.asks and one.answered_at is None)
        return (Answered(at=ask.now, by=ask.by, telling=_mine(ask, self.of, owed).name, text=words),)
