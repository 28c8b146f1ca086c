"""The complaint as it stands now: what its entries add up to."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import field, frozen, validators

from complaintkit.case.actor import plain
from complaintkit.case.handling import Handling
from complaintkit.case.learning import Learning
from complaintkit.case.lifecycle import Stage
from complaintkit.case.matter import Matter
from complaintkit.case.parts import ANSWERS, NO_PROMISE, Clock, Content, Outcome, Severity, person_of
from complaintkit.case.settlement import Settlement
from complaintkit.case.ties import Ties
from complaintkit.changing import evolve
from complaintkit.checks import aware
from complaintkit.message import Person

_moment = validators.optional(aware)
# An open case for which nothing at all is planned is looked at again after this time.
IDLE: Final = timedelta(days=7)


@frozen(kw_only=True)
class Entry(ABC):
    """One fact in the case file. Entries are only ever added.

    Attributes:
        at: When it became a fact, with time zone.
        by: Who or what brought it: a person's name in the host's words, or `complaintkit` for the core itself.

    `phrase` tells it to people: what stands in braces is a field; sealed texts follow by themselves. `aside` marks what
    changes nothing that a person decides by: whoever has not seen it may act all the same.
    """

    at: datetime = field(validator=aware)
    by: str = field(validator=validators.min_len(1))

    kind: ClassVar[str] = ""
    phrase: ClassVar[str] = ""
    aside: ClassVar[bool] = False

    @property
    def said(self) -> str:
        """Return how this one is told: the phrase of its kind, with what only some of them have to say."""
        return self.phrase

    @abstractmethod
    def change(self, case: "Complaint") -> "Complaint":
        """Return the case with this fact in it."""


@frozen(kw_only=True)
class Complaint:
    """One complaint. `apply` is the only way it changes; folding its entries gives back exactly this.

    Attributes:
        reference: The number people use; opens nothing by itself.
        version: How many entries have been applied; guards against two people overwriting each other.
        stage: Where it stands in the life cycle.
        channel: The channel by which it first came.
        envelope: Number of the raw envelope it was read from; 0 if it was never one.
        received_at: When the organisation received it; deadlines count from here.
        recorded_at: When it was put on file.
        language: Language of the complainant as far as known, else empty.
        person: Who complains, sealed. `contact` is a keyed digest by which the same person is found again.
        customer, segment: The host's identifier of the complainant and its segment, where a look-up found them.
        title, narrative: The complainant's own heading and words, sealed.
        product: Code of what it is about, as the host knows it; empty if unknown.
        category, severity: From the initial assessment; an empty category means not yet sorted.
        confirmed: Whether a person has confirmed category and severity.
        owner: Who is responsible; never empty.
        assessed_at: When the initial assessment was made; `None` asks a worker to make it.
        clocks: Its deadlines.
        due_at: The next moment at which something has to happen.
        level: Highest escalation level so far.
        waiting_for, waiting_until: Whom or what it waits for, and when that is looked at again.
        outcome, remedy, proposal: What is proposed or decided; the proposed words are sealed.
        repeat_of: Reference of the latest earlier complaint of the same person, else empty.
        last_message_at, unanswered_since: When the complainant last wrote; since when that has had no answer.
        acknowledged_at, answered_at, responded_at, resolved_at, closed_at: Milestones.
        accepted: How the complainant took the outcome: `accepted`, `lapsed`, or empty.
        reopened: How often it was reopened.
        failures: How many plugin failures touched it.
        about: Names of staff it is about, as they are compared: to them it does not exist.
        secrecy: Empty, `restricted` (named handlers only) or `sealed` (the identity is withheld from them, too).
        legal_hold: Nothing of it may be erased.
        moved_to: Reference of the case that goes on with it, where this one was merged into another.
        matter, handling, settlement, learning, ties: What belongs together by meaning; see there.
    """

    reference: str
    version: int = 0
    stage: Stage = Stage.RECEIVED
    channel: str
    envelope: int = 0
    received_at: datetime = field(validator=aware)
    recorded_at: datetime = field(validator=aware)
    language: str = ""
    person: Content
    contact: str = ""
    customer: str = ""
    segment: str = ""
    title: Content
    narrative: Content
    product: str = ""
    category: str = ""
    severity: Severity = Severity.NORMAL
    confirmed: bool = False
    owner: str = field(validator=validators.min_len(1))
    assessed_at: datetime | None = field(default=None, validator=_moment)
    clocks: tuple[Clock, ...] = ()
    due_at: datetime | None = field(default=None, validator=_moment)
    level: int = 0
    waiting_for: str = ""
    waiting_until: datetime | None = field(default=None, validator=_moment)
    outcome: Outcome | None = None
    remedy: str = ""
    proposal: Content | None = None
    repeat_of: str = ""
    last_message_at: datetime | None = field(default=None, validator=_moment)
    unanswered_since: datetime | None = field(default=None, validator=_moment)
    acknowledged_at: datetime | None = field(default=None, validator=_moment)
    answered_at: datetime | None = field(default=None, validator=_moment)
    responded_at: datetime | None = field(default=None, validator=_moment)
    resolved_at: datetime | None = field(default=None, validator=_moment)
    closed_at: datetime | None = field(default=None, validator=_moment)
    accepted: str = ""
    reopened: int = 0
    failures: int = 0
    about: tuple[str, ...] = ()
    secrecy: str = ""
    legal_hold: bool = False
    moved_to: str = ""
    matter: Matter = Matter()
    handling: Handling = Handling()
    settlement: Settlement = Settlement()
    learning: Learning = Learning()
    ties: Ties = Ties()

    def apply(self, entry: Entry) -> "Complaint":
        """Return the complaint with one more entry in its file."""
        changed = entry.change(self)
        due_at = changed.next_at() or (entry.at + IDLE if changed.open else None)
        return evolve(changed, version=self.version + 1, due_at=due_at)

    def apply_all(self, entries: Iterable[Entry]) -> "Complaint":
        """Return the complaint with several more entries, in order."""
        case = self
        for entry in entries:
            case = case.apply(entry)
        return case

    @property
    def complainant(self) -> Person:
        """Return who complains; nobody known, once erased."""
        return person_of(self.person)

    @property
    def open(self) -> bool:
        """Say whether the organisation still has to do something."""
        return self.stage.open

    def named(self, name: str) -> Clock | None:
        """Return the clock of this name, or `None`."""
        return next((clock for clock in self.clocks if clock.name == name), None)

    def clock(self, kind: str) -> Clock | None:
        """Return the organisation's own latest clock of a kind, or `None`; rule packs run theirs beside it."""
        return self.latest(kind)

    def latest(self, kind: str, rules: str = "") -> Clock | None:
        """Return the latest clock of a kind that a rule pack runs, or our own; `None` where there is none."""
        return next((one for one in reversed(self.clocks) if one.kind == kind and one.rules == rules), None)

    def strictest(self, kind: str) -> Clock | None:
        """Return of all clocks of a kind the one that is due first; of settled ones only where no other is left."""
        found = [one for one in self.clocks if one.kind == kind]
        return min(found, key=lambda one: (one.settled, one.due_at), default=None)

    def waiting_over(self, now: datetime) -> datetime | None:
        """Return when waiting was over, if it was by a moment and nobody has noticed yet; else `None`."""
        until = self.waiting_until
        return until if self.stage is Stage.WAITING and until and until <= now else None

    def overdue_at(self, now: datetime) -> tuple[Clock, ...]:
        """Return the clocks that are broken at a moment and not yet met, whether a worker noticed or not."""
        over = self.waiting_over(now)
        clocks = (one.resume(over) for one in self.clocks) if over else self.clocks
        asked = (clock for clock in clocks if self.open or clock.lasting)
        promised = (clock for clock in asked if clock.kind not in NO_PROMISE and not clock.settled)
        return tuple(clock for clock in promised if clock.late_at(now))

    def next_at(self) -> datetime | None:
        """Return the next moment at which something has to happen: a clock, or the end of waiting.

        Of an ended case only what lasts counts: a promise is kept after the case is closed, too.
        """
        clocks = (clock for clock in self.clocks if self.open or clock.lasting)
        moments = [moment for clock in clocks if (moment := clock.next_at)]
        if self.open and self.waiting_until:
            moments.append(self.waiting_until)
        return min(moments, default=None)

    def concerns(self, name: str) -> bool:
        """Say whether the complaint is about this member of staff."""
        return bool(self.about) and plain(name) in self.about

    def answered(self, at: datetime) -> "Complaint":
        """Return the complaint with every clock met that asks for an answer; for entries only."""
        return self.with_clocks(ANSWERS, lambda clock: clock.meet(at))

    def stopped(self, at: datetime) -> "Complaint":
        """Return the complaint with nothing asked for any more but what lasts; for entries only."""
        clocks = tuple(clock if clock.lasting else clock.end(at) for clock in self.clocks)
        return evolve(self, clocks=clocks, unanswered_since=None, waiting_for="", waiting_until=None)

    def with_clocks(self, kinds: Iterable[str], change: Callable[[Clock], Clock]) -> "Complaint":
        """Return the complaint with every clock of these kinds changed; for entries only."""
        chosen = frozenset(kinds)
        clocks = tuple(change(clock) if clock.kind in chosen else clock for clock in self.clocks)
        return evolve(self, clocks=clocks)

    def with_clock(self, name: str, change: Callable[[Clock], Clock]) -> "Complaint":
        """Return the complaint with one clock changed, unless nothing is asked of it any more; for entries only."""
        clocks = tuple(change(one) if one.name == name and not one.settled else one for one in self.clocks)
        return evolve(self, clocks=clocks)

    def with_duty(self, name: str, change: Callable[[Clock], Clock]) -> "Complaint":
        """Return the complaint with one clock changed, and those that rule packs run beside it; for entries only."""
        case = self
        for clock in self.clocks:
            if clock.name.partition(":")[0] == name:
                case = case.with_clock(clock.name, change)
        return case
