"""What is alike wherever somebody asks for something: who, when, and how a field that does not fit is refused."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from complaintkit.case.actor import Actor
from complaintkit.errors import NotAllowed


@frozen(kw_only=True)
class Asking(ABC):
    """Something that somebody asks for, of a case or of an improvement.

    Attributes:
        action: Its name.
        actor: Who asks.
        now: When, with time zone.
    """

    action: str
    actor: Actor
    now: datetime

    @property
    @abstractmethod
    def called(self) -> str:
        """Return what a refusal calls that of which it is asked: a reference."""

    @property
    def by(self) -> str:
        """Return the name of who asks."""
        return self.actor.name

    def refuse(self, why: str) -> NotAllowed:
        """Return the refusal, to be raised; the text says why, and what would make it possible."""
        return NotAllowed(self.called, f"{self.action}: {why}")

    def need(self, name: str, value: str) -> str:
        """Return the trimmed value of a field.

        Raises:
            NotAllowed: There is nothing in it.
        """
        if not any(sign.isprintable() and not sign.isspace() for sign in value):
            raise NotAllowed(self.called, f"{self.action} needs a {name}: it cannot be empty")
        return value.strip()

    def one_of(self, name: str, value: str, known: Iterable[str]) -> str:
        """Return the trimmed value of a field that takes only certain words.

        Raises:
            NotAllowed: It is none of them; the text names them all.
        """
        words = tuple(known)
        if value.strip() not in words:
            raise self.refuse(f"{name} {value.strip()!r} is none of {', '.join(words) or 'nothing: there is none yet'}")
        return value.strip()

    def ahead(self, name: str, moment: datetime) -> datetime:
        """Return the moment of a field that lies ahead.

        Raises:
            NotAllowed: It has no time zone, or has come already.
        """
        if moment.tzinfo is None or moment <= self.now:
            raise self.refuse(f"{name} has to be a moment in the future, with time zone")
        return moment

    def behind(self, name: str, moment: datetime) -> datetime:
        """Return the moment of a field that has come.

        Raises:
            NotAllowed: It has no time zone, or has not come yet.
        """
        if moment.tzinfo is None or moment > self.now:
            raise self.refuse(f"{name} has to be a moment that is not in the future, with time zone")
        return moment
