"""What openings and actions share: they name themselves, describe their fields, and decide entries or refuse."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar, Final, Protocol
from zoneinfo import ZoneInfo

from attrs import frozen

from complaintkit.case.actor import Actor, same
from complaintkit.case.asking import Asking
from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock
from complaintkit.case.reference import read as read_reference
from complaintkit.errors import NotAllowed
from complaintkit.improving.improvement import PREFIX, Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import LIFE_CYCLE, Kind, State, possible, states_for
from complaintkit.improving.rhythm import end_of_day
from complaintkit.improving.terms import Improving

# What an improvement is called while it is only being opened.
NEW: Final = f"{PREFIX}-new"


class Terms(Protocol):
    """What an action has to know of the policy."""

    @property
    def zone(self) -> ZoneInfo:
        """The place whose calendar counts days."""

    @property
    def improving(self) -> Improving:
        """What is laid down for improvements."""

    def known(self, kind: str) -> tuple[str, ...]:
        """Return the words of a kind that the policy knows, such as `category` or `known_cause`."""

    def improving_refusal(self, action: str, actor: Actor) -> str:
        """Return why this person may not do this with any improvement; empty if they may."""


@frozen(kw_only=True)
class Asked(Asking):
    """An action that somebody asks for, with everything it is decided by.

    Attributes:
        reference: The improvement, as it is or will be called.
        terms: The policy.
        others: Other improvements that it names, as far as they are on file.
        cases: Complaints that it names, as far as they are on file.
        present: The improvement as it stands; `None` while it is being opened.
        to: Where the life cycle leads.
    """

    reference: str
    terms: Terms
    others: tuple[Improvement, ...] = ()
    cases: tuple[Complaint, ...] = ()
    present: Improvement | None = None
    to: State = State.PLANNED

    @property
    def called(self) -> str:
        """Return what the improvement is called in a refusal: nobody can look up one that was never opened."""
        return self.reference if self.present else NEW

    @property
    def improvement(self) -> Improvement:
        """Return the improvement as it stands."""
        if self.present is None:
            raise ValueError(f"{self.reference} is only being opened")
        return self.present

    @property
    def zone(self) -> str:
        """Return the name of the place whose calendar counts."""
        return str(self.terms.zone)

    def named(self, values: Iterable[str]) -> tuple[str, ...]:
        """Return the words of a field, trimmed, each once; those with nothing in them are left out."""
        return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))

    def people(self, owner: str, deputy: str) -> tuple[str, str]:
        """Return owner and deputy; who asks is the owner where nobody is named.

        Raises:
            NotAllowed: They are one and the same.
        """
        owner, deputy = owner.strip() or self.by, deputy.strip()
        if deputy and same(owner, deputy):
            raise self.refuse(f"{owner} cannot stand in for {deputy}: name somebody else, or nobody")
        return owner, deputy

    def improvements(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return references of improvements that are on file.

        Raises:
            NotAllowed: One is no such reference, is not on file, or is this one.
        """
        found, known = [], {one.reference for one in self.others}
        for one in self.named(named):
            reference = read_reference(one, PREFIX)
            if reference is None or reference not in known or reference == self.reference:
                raise self.refuse(f"{one!r} is no other improvement on file; open it first, then name its reference")
            found.append(reference)
        return tuple(dict.fromkeys(found))

    def complaints(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return references of complaints that are on file.

        Raises:
            NotAllowed: One is no such reference, is not on file, or is confidential: whoever sees the improvement would
                learn of it.
        """
        found, known = [], {case.reference: case for case in self.cases}
        for one in self.named(named):
            case = known.get(read_reference(one) or "")
            if case is None:
                raise self.refuse(f"{one!r} is no complaint on file: check the reference letter by letter")
            if case.about or case.secrecy:
                raise self.refuse(f"{case.reference} is confidential; name its cause or its category instead")
            found.append(case.reference)
        return tuple(dict.fromkeys(found))

    def causes(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return codes of causes.

        Raises:
            NotAllowed: The policy has a tree of causes, and one is not in it.
        """
        known = self.terms.known("known_cause")
        return tuple(self.one_of("cause", one, known) if known else one for one in self.named(named))

    def categories(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return codes of categories.

        Raises:
            NotAllowed: The policy does not know one.
        """
        known = self.terms.known("category")
        return tuple(self.one_of("category", one, known) for one in self.named(named))

    def clock(self, kind: str, due: datetime, name: str = "", who: str = "", because: str = "agreed date") -> Clock:
        """Return a clock that runs from now until a moment, with a reminder before its end.

        Args:
            kind: `work`, `decision`, `check`, `judgement`, `session`, `receipt`, `feedback`, `review`.
            due: When it ends.
            name: Its name within the improvement; by default the next one of its kind.
            who: Whose duty it is; by default the owner's.
            because: Where the date comes from.
        """
        return clock(kind, self.now, due, self.terms, name=name or self._next(kind), who=who, because=because)

    def _next(self, kind: str) -> str:
        return self.present.numbered(kind) if self.present else kind

    def clock_at(self, kind: str, name: str, due: datetime) -> Clock:
        """Return a clock that runs until the moment in a field.

        Raises:
            NotAllowed: The moment does not lie ahead.
        """
        return self.clock(kind, self.ahead(name, due))

    def clock_in(self, kind: str, days: int, name: str = "", who: str = "") -> Clock:
        """Return a clock that runs until the end of a day."""
        due = end_of_day(self.now, days, self.zone)
        return self.clock(kind, due, name, who, because=f"{kind}, {days} days")


def clock(
    kind: str, start: datetime, due: datetime, terms: Terms, *, name: str, who: str = "", because: str = "agreed date"
) -> Clock:
    """Return a clock between two moments; see `Asked.clock`."""
    start, due, share = start.astimezone(UTC), due.astimezone(UTC), terms.improving.warn
    warned = kind != "check" and share < 1 and due > start
    return Clock(
        kind=kind, name=name, who=who, standard=because, started_at=start, due_at=due,
        warn_at=start + (due - start) * share if warned else None,
    )  # fmt: skip


class Described:
    """Something that can be asked for: its name, a line of help, and the improvements its fields name."""

    __slots__ = ()
    name: ClassVar[str] = ""
    help: ClassVar[str] = ""

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the references of other improvements that have to be read for it."""
        return ()

    @property
    def mentions(self) -> tuple[str, ...]:
        """Return the references of complaints that have to be read for it."""
        return ()


@frozen(kw_only=True)
class Action(Described, ABC):
    """Something a person wants done with an improvement."""

    @abstractmethod
    def entries(self, ask: Asked) -> tuple[ImprovementEntry, ...]:
        """Return the entries that follow.

        Raises:
            NotAllowed: A condition of this action is not met.
        """

    def decide(
        self,
        improvement: Improvement,
        actor: Actor,
        now: datetime,
        terms: Terms,
        others: tuple[Improvement, ...] = (),
        cases: tuple[Complaint, ...] = (),
    ) -> tuple[ImprovementEntry, ...]:
        """Return the entries that follow from this action.

        Args:
            improvement: The improvement as it stands.
            actor: Who acts.
            now: When, with time zone.
            terms: The policy.
            others: Other improvements that the action names, as far as they are on file.
            cases: Complaints that it names, as far as they are on file.

        Raises:
            NotAllowed: The life cycle, the permissions or a condition forbids it; the text says what is possible.
        """
        reference = improvement.reference
        to = LIFE_CYCLE.get((improvement.kind, self.name, improvement.state))
        if to is None:
            raise NotAllowed(reference, why_not(self.name, improvement.kind, improvement.state))
        if not actor.name.strip():
            raise NotAllowed(reference, f"{self.name} needs the name of who acts")
        if now < improvement.opened_at:
            raise NotAllowed(reference, f"{self.name} at {now.isoformat()} would lie before it was opened")
        if why := terms.improving_refusal(self.name, actor):
            raise NotAllowed(reference, why)
        return self.entries(
            Asked(
                action=self.name, reference=reference, actor=actor, now=now, terms=terms, others=others,
                cases=cases, present=improvement, to=to,
            )
        )  # fmt: skip


def why_not(action: str, kind: Kind, state: State) -> str:
    """Return why an action is not possible with a kind in a state, and what is."""
    now = ", ".join(possible(kind, state))
    states = states_for(kind, action)
    what = str(kind).replace("_", " ")
    if not states:
        return f"{action} is nothing for a {what}. Possible now: {now}"
    return f"is {state}; {action} is possible only when it is {', '.join(states)}. Possible now: {now}"
