"""An improvement as it stands now: what its entries add up to."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import evolve, field, frozen, validators

from complaintkit.case.parts import Clock, Content
from complaintkit.checks import aware
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.improving.parts import Circle, Evidence, Measure, Procedure, Sweep, Telling, Training

_moment = validators.optional(aware)
# An open improvement for which nothing at all is planned is looked at again after this time.
IDLE: Final = timedelta(days=7)
# Kinds of clock that go on after the improvement is over: word is owed until it is given.
LASTING: Final = frozenset({"feedback", "receipt"})
PREFIX: Final = "IM"


@frozen(kw_only=True)
class ImprovementEntry(ABC):
    """One fact in the file of an improvement. Entries are only ever added.

    Attributes:
        at: When it became a fact, with time zone.
        by: Who or what brought it: a person's name in the host's words, or `complaintkit` for the core itself.
    """

    at: datetime = field(validator=aware)
    by: str = field(validator=validators.min_len(1))

    kind: ClassVar[str] = ""

    @abstractmethod
    def change(self, improvement: "Improvement") -> "Improvement":
        """Return the improvement with this fact in it."""


@frozen(kw_only=True)
class Improvement:
    """One improvement. `apply` is the only way it changes; folding its entries gives back exactly this.

    Attributes:
        reference: The number people use, such as `IM-EHQ6-7X6D`.
        version: How many entries have been applied; guards against two people overwriting each other.
        kind, state: What it is, and where it stands.
        title, text: What it is about, sealed.
        owner, deputy: Who is responsible, never empty; who stands in, where somebody does.
        credit: Who had the idea; empty where it is nobody's in particular.
        source: Where it comes from: a report, a survey, a circle.
        opened_at, ended_at: When it was opened; when it was over.
        due_at: The next moment at which something has to happen.
        level: Highest escalation level so far.
        reopened, postponed: How often it came back, and how often its date was moved.
        complaints, causes, categories, improvements: What it belongs to.
        clocks: Its deadlines.
        told: What was told to whom, and what came back.
        evidence: What shows that something was done.
        closing: Why it ended as it did.
        confirmed_at: When everybody who was told for feedback had confirmed it; `None` while somebody has not.
        measure, circle, sweep, training, procedure: What only improvements of one kind have.
    """

    reference: str
    version: int = 0
    kind: Kind
    state: State
    title: Content
    text: Content
    owner: str = field(validator=validators.min_len(1))
    deputy: str = ""
    credit: str = ""
    source: str = ""
    opened_at: datetime = field(validator=aware)
    ended_at: datetime | None = field(default=None, validator=_moment)
    due_at: datetime | None = field(default=None, validator=_moment)
    level: int = 0
    reopened: int = 0
    postponed: int = 0
    complaints: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    told: tuple[Telling, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    closing: Content | None = None
    confirmed_at: datetime | None = field(default=None, validator=_moment)
    measure: Measure | None = None
    circle: Circle | None = None
    sweep: Sweep | None = None
    training: Training | None = None
    procedure: Procedure | None = None

    def apply(self, entry: ImprovementEntry) -> "Improvement":
        """Return the improvement with one more entry in its file."""
        changed = entry.change(self)
        due_at = changed.next_at() or (entry.at + IDLE if changed.open else None)
        return evolve(changed, version=self.version + 1, due_at=due_at)

    def apply_all(self, entries: Iterable[ImprovementEntry]) -> "Improvement":
        """Return the improvement with several more entries, in order."""
        improvement = self
        for entry in entries:
            improvement = improvement.apply(entry)
        return improvement

    @property
    def open(self) -> bool:
        """Say whether something is still to be done."""
        return self.state.open

    def next_at(self) -> datetime | None:
        """Return the next moment at which something has to happen because of a clock."""
        moments = [moment for clock in self.clocks if self.runs(clock) and (moment := clock.next_at)]
        return min(moments, default=None)

    def runs(self, clock: Clock) -> bool:
        """Say whether a clock still asks for something: of what is over, only what lasts does."""
        return clock.running and (self.open or clock.kind in LASTING)

    def overdue_at(self, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks that are broken at a moment and not yet met, whether a worker noticed or not."""
        return tuple(clock for clock in self.clocks if self.runs(clock) and clock.late_at(now))

    def named(self, name: str) -> Clock | None:
        """Return the clock of this name, or `None`."""
        return next((clock for clock in self.clocks if clock.name == name), None)

    def running(self, kind: str) -> Clock | None:
        """Return the running clock of a kind, or `None`; at most one runs of those that concern the whole."""
        return next((clock for clock in self.clocks if clock.kind == kind and self.runs(clock)), None)

    def telling(self, name: str) -> Telling | None:
        """Return what was told under this name, or `None`."""
        return next((one for one in self.told if one.name == name), None)

    def numbered(self, kind: str) -> str:
        """Return a name for one more clock of a kind: `work`, then `work-2`."""
        names = {clock.name for clock in self.clocks}
        number = 1 + sum(clock.kind == kind for clock in self.clocks)
        while (name := f"{kind}-{number}" if number > 1 else kind) in names:
            number += 1
        return name

    # --- for entries only

    def with_clock(self, name: str, change: Callable[[Clock], Clock]) -> "Improvement":
        """Return the improvement with one clock changed, unless nothing is asked of it any more; for entries only."""
        clocks = tuple(change(one) if one.name == name and not one.settled else one for one in self.clocks)
        return evolve(self, clocks=clocks)

    def met(self, kinds: Iterable[str], at: datetime) -> "Improvement":
        """Return the improvement with every clock of these kinds met; for entries only."""
        chosen = frozenset(kinds)
        clocks = tuple(clock.meet(at) if clock.kind in chosen else clock for clock in self.clocks)
        return evolve(self, clocks=clocks)

    def ended(self, kinds: Iterable[str], at: datetime) -> "Improvement":
        """Return the improvement with nothing asked for any more by clocks of these kinds; for entries only."""
        chosen = frozenset(kinds)
        clocks = tuple(clock.end(at) if clock.kind in chosen else clock for clock in self.clocks)
        return evolve(self, clocks=clocks)

    def over(self, state: State, at: datetime, closing: Content | None) -> "Improvement":
        """Return the improvement at its end: what lasts goes on, all else is asked for no more; for entries only."""
        clocks = tuple(clock if clock.kind in LASTING else clock.end(at) for clock in self.clocks)
        return evolve(self, state=state, clocks=clocks, ended_at=at, closing=closing)

    def with_told(self, told: Iterable[Telling], at: datetime) -> "Improvement":
        """Return the improvement with other tellings, and whether all feedback is confirmed by that; for entries."""
        now = tuple(told)
        feedback = [one for one in now if one.asks]
        confirmed = bool(feedback) and all(one.received_at for one in feedback)
        return evolve(self, told=now, confirmed_at=(self.confirmed_at or at) if confirmed else None)
