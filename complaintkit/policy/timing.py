"""How long promises run here: the clocks of a case, by the standards and rule packs that hold for it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.due import due_of
from complaintkit.case.parts import DUTY, REGISTRATION, SUMMARY, Basis, Clock, free_name
from complaintkit.case.reviews import REVIEW, REVIEW_ACKNOWLEDGEMENT
from complaintkit.changing import evolve
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.reckoning import History, Reckoned, Reckoning, latest, reckon
from complaintkit.clocks.rules import Span
from complaintkit.errors import NotAllowed
from complaintkit.policy import chains
from complaintkit.policy.chains import Due, Step
from complaintkit.policy.counting import Counting
from complaintkit.policy.packs import Bound
from complaintkit.policy.standards import Rung, Standard, narrowest
from complaintkit.policy.starting import acknowledged, kinds_by

FOLLOW_UP: Final = "follow_up"
# Ten years, whatever leap years and ends of days add; ours. What is due later is a slip of the hand.
FURTHEST: Final = timedelta(days=3660)
GIVEN: Final = "the date that was given"  # stands on a clock in place of a standard's name
# Kinds of clock that start when a complaint is registered.
AT_RECEIPT: Final = frozenset({"acknowledgement", "first_response", "final_response", SUMMARY, REGISTRATION})
# From when those count.
EARLY: Final = frozenset({"receipt", "registration", "acknowledgement"})
_PROMISES: Final = frozenset({"commitment", "interim", "contact"})


@frozen(kw_only=True)
class Timing(Counting):
    """The part of the policy that says by when something has to happen.

    Attributes:
        version: Goes onto clocks with the standard's name.
        standards: The promises.
        kinds: Kind per channel name, as the plugins declare them; a channel without one is its own kind.
        ladder: The core's own ladder: whose attention a broken promise needs, where no chain says otherwise.
        chain: The chain of every clock whose standard has none of its own; empty for its `warn` and the ladder.
    """

    version: str
    standards: tuple[Standard, ...] = ()
    kinds: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    ladder: tuple[Step, ...] = ()
    chain: tuple[Rung, ...] = ()

    def kind(self, channel: str) -> str:
        """Return the kind of a channel."""
        return self.kinds.get(channel) or channel

    # --- which clocks

    def clocks(self, case: Complaint, start: datetime, registered_at: datetime | None = None) -> tuple[Clock, ...]:
        """Return the clocks that start for a case: of each kind the narrowest standard, and those of its rule packs.

        Args:
            case: The case.
            start: From when they count, unless another fact is named.
            registered_at: When it is put on file as a complaint; left out, when that was.
        """
        registered_at = case.handling.registered_at or registered_at
        case = evolve(case, handling=evolve(case.handling, registered_at=registered_at))
        early = (one for one in self.bound(case) if one.standard.clock in AT_RECEIPT and one.standard.starts in EARLY)
        made = (self._clock(one, case, start) for one in early)
        return tuple(one.meet(registered_at) if one.kind == REGISTRATION and registered_at else one for one in made)

    def clock(self, kind: str, case: Complaint, start: datetime, *, name: str = "", who: str = "") -> tuple[Clock, ...]:
        """Return the clocks of a kind by their standards: ours and those of rule packs; none where there is none.

        Args:
            kind: Kind of clock, such as `hand_over`.
            case: The case.
            start: From when it counts.
            name: Its name within the case; by default the kind, numbered if there is one already.
            who: Whose duty it is; by default the owner's.
        """
        found = [one for one in self.bound(case) if one.standard.clock == kind]
        return tuple(self._clock(one, case, start, name, who) for one in found)

    def until(self, span: Span, start: datetime) -> datetime:
        """Return when a span is over that somebody laid down without a standard, by the common calendar and zone."""
        return reckon(self._spanning(span), start, History(), self.pinned).due_at

    def clock_within(
        self, kind: str, case: Complaint, start: datetime, span: Span, *, name: str = "", who: str = ""
    ) -> Clock:
        """Return a clock that runs for a span that somebody laid down without a standard; see `clock_until`."""
        clock = self.clock_until(kind, case, start, self.until(span, start), name=name, who=who)
        return evolve(clock, standard=f"{kind}: {span} ({self.version})", reckoning=self._spanning(span))

    def _spanning(self, span: Span) -> Reckoning:
        calendar = self.named(self.calendar) if span.needs_calendar else None
        zone, counted = (calendar.zone, calendar.identity) if calendar else (self.zone, "")
        return Reckoning(within=span, zone=str(zone), calendar=counted)

    def clock_until(
        self, kind: str, case: Complaint, start: datetime, due: datetime, *, name: str = "", who: str = ""
    ) -> Clock:
        """Return a clock that runs until a given moment; its owner is reminded as the kind's standard says.

        Raises:
            NotAllowed: The moment is more than ten years ahead: nobody there can be held to it.
        """
        if due - start > FURTHEST:
            last = (start + FURTHEST).astimezone(UTC)
            raise NotAllowed(
                case.reference,
                f"{kind}: {due.isoformat()} is more than ten years ahead; name a date until {last:%Y-%m-%d}",
            )
        standard = next((one.standard for one in self.bound(case) if one.standard.clock == kind), None)
        start, due = start.astimezone(UTC), due.astimezone(UTC)
        clock = Clock(
            kind=kind, name=name or self._free_name(kind, case), who=who,
            standard=f"{kind}: {GIVEN} ({self.version})", started_at=start, due_at=due,
            basis=Basis.PROMISE if kind in _PROMISES else Basis.SERVICE,
            reckoning=Reckoning(until=due, zone=str(self.zone)),
        )  # fmt: skip
        return self.reminded(clock, standard)

    def follow_up(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clock for an answer to a further message; none while one runs that asks for an answer anyway."""
        if any(clock.running and clock.kind in ("first_response", FOLLOW_UP) for clock in case.clocks):
            return ()
        return self.clock(FOLLOW_UP, case, start)

    def bound(self, case: Complaint) -> tuple[Bound, ...]:
        """Return the standards that hold for a case: of each kind of clock our narrowest, then those of rule packs."""
        channel = self.kind(case.channel)
        held = [Bound(one) for one in narrowest(self.standards, case, channel)]
        for pack in self.holding(case, channel):
            held += (Bound(one, pack) for one in narrowest(pack.standards, case, channel))
        return tuple(held)

    def rules(self, case: Complaint) -> tuple[str, ...]:
        """Return the names of the rule packs that hold for a case."""
        return tuple(pack.name for pack in self.holding(case, self.kind(case.channel)))

    def rule_clocks(self, case: Complaint, rules: str) -> tuple[Clock, ...]:
        """Return the clocks that a rule pack, or we ourselves, run for a case from its receipt on and that it lacks.

        What they ask for may have been done already: then they are met at that moment.

        Args:
            case: The case.
            rules: Name of the rule pack; empty for our own standards.
        """
        has = kinds_by(case, rules) if rules else frozenset(one.kind for one in case.clocks if not one.rules)
        mine = (one for one in self.bound(case) if (one.pack.name if one.pack else "") == rules)
        early = (one for one in mine if one.standard.clock in AT_RECEIPT and one.standard.starts in EARLY)
        lacking = [one for one in early if one.standard.clock not in has]
        # Whether there is somebody to acknowledge it to was seen at the receipt.
        if not rules or not case.complainant.reachable:
            lacking = [one for one in lacking if one.standard.clock != "acknowledgement"]
        made = (self._going_on(self._clock(one, case, case.received_at), case) for one in lacking)
        done = {
            "acknowledgement": case.acknowledged_at, "first_response": case.answered_at,
            "final_response": case.responded_at, SUMMARY: case.resolved_at or case.responded_at,
            REGISTRATION: case.handling.registered_at,
        }  # fmt: skip
        return tuple(clock.meet(at) if (at := done.get(clock.kind)) else clock for clock in made)

    def duties(self, case: Complaint) -> tuple[str, ...]:
        """Return the duties towards somebody outside that a person can start for a case."""
        return tuple(sorted({one.standard.clock for one in self.bound(case) if one.standard.clock.startswith(DUTY)}))

    def standard_of(self, clock: Clock) -> Bound | None:
        """Return the standard a clock comes from, as the policy has it now; `None` where it has none of that name."""
        name, rules = clock.standard.rpartition(" (")[0], clock.name.partition(":")[2]
        own = (Bound(one) for one in self.standards)
        packed = (Bound(one, pack) for pack in self.packs if pack.name == rules for one in pack.standards)
        found = (one for one in (packed if rules else own) if one.standard.name == name)
        return next((one for one in found if one.standard.clock == clock.kind), None)

    # --- what becomes of them

    def moved(self, case: Complaint) -> tuple[Clock, ...]:
        """Return the clocks that count from the acknowledgement, as they run once it has gone out in time.

        One that went out late, or never, prolongs nothing: then they count from when it was due.
        """
        return tuple(
            self.reckoned(evolve(clock, started_at=at))
            for clock in case.clocks
            if not clock.settled and (at := acknowledged(case, clock)) and at < clock.started_at
        )

    def reckoned(self, clock: Clock) -> Clock:
        """Return a clock with the moment at which it is due by its start, promise and history, as of now.

        Its next reminder moves with it. What is settled stays as it is.
        """
        if clock.settled or not clock.reckoning.known:
            return clock
        moved = evolve(clock, due_at=self.explained(clock).due_at)
        bound = self.standard_of(clock)
        return self.reminded(moved, bound.standard if bound else None) if clock.warn_at else moved

    def reminded(self, clock: Clock, standard: Standard | None) -> Clock:
        """Return a clock with the moment of its next reminder, by the chain of a standard."""
        steps = () if clock.due_at <= clock.started_at else self.steps(clock, standard)
        return clock.reminding(chains.next_reminder(steps))

    def steps(self, clock: Clock, standard: Standard | None) -> tuple[Due, ...]:
        """Return the steps of a clock by the chain of a standard, in the order of their moments."""
        return chains.steps(clock, chains.links(standard, self.chain, self.ladder), self.counting(clock))

    def standard_for(self, clock: Clock, case: Complaint) -> Standard | None:
        """Return the standard a clock of a case comes from; for one with a date that was given, that of its kind."""
        if bound := self.standard_of(clock):
            return bound.standard
        return next((one.standard for one in self.bound(case) if one.standard.clock == clock.kind), None)

    def explained(self, clock: Clock) -> Reckoned:
        """Return when a clock is due by its start, promise and history, with the reasoning line by line."""
        return due_of(clock, self.pinned)

    def extendable_until(self, clock: Clock) -> datetime:
        """Return the moment beyond which a clock may not be extended; its due moment where it may not be at all."""
        rested = evolve(clock.history, extensions=())
        first = due_of(evolve(clock, history=rested), self.pinned).due_at
        return latest(clock.reckoning, clock.started_at, first, self.pinned)

    # --- how one is made

    def promised(self, bound: Bound, start: datetime) -> datetime:
        """Return when a standard is due that begins to count at a moment, whatever that is."""
        clock = Clock(kind="-", standard="", started_at=start, due_at=start, reckoning=self._reckoning(bound))
        return self.explained(clock).due_at

    def _going_on(self, clock: Clock, case: Complaint) -> Clock:
        """Return a clock of a rule pack that holds again, with what happened to it while it held before."""
        kind = clock.kind, clock.name.partition(":")[2]
        before = (one for one in reversed(case.clocks) if (one.kind, one.name.partition(":")[2]) == kind)
        history = next((one.history for one in before), clock.history)
        return self.reckoned(evolve(clock, history=history))

    def _start(self, bound: Bound, case: Complaint, start: datetime) -> datetime:
        """Return from when a standard counts, where somebody or something begins it at a moment."""
        registered_at = case.handling.registered_at or start
        if bound.standard.clock.startswith(DUTY):
            # What the law counts from is not moved by when somebody thinks of it.
            return {"receipt": case.received_at, "registration": registered_at}.get(bound.standard.starts, start)
        if bound.standard.starts == "registration":
            return max(start, registered_at)
        if not bound.after_word:
            return start
        review = bound.standard.clock == REVIEW
        kind = REVIEW_ACKNOWLEDGEMENT if review else "acknowledgement"
        held = (one for one in self.bound(case) if one.standard.clock == kind)
        first = max(held, key=lambda one: one.pack is bound.pack, default=None)
        if first is None:
            return start
        promised = self.promised(first, start if review else case.received_at)
        at = None if review else case.acknowledged_at
        return max(start, min(at or promised, promised))

    def _reckoning(self, bound: Bound) -> Reckoning:
        standard = bound.standard
        name = standard.calendar or (bound.pack.calendar if bound.pack else "") or self.calendar
        calendar = self.named(name, bound.pack) if standard.needs_calendar else None
        zone = str(calendar.zone if calendar else self.place(bound.pack))
        starts = standard.starts if standard.clock in AT_RECEIPT or standard.starts != "receipt" else ""
        return Reckoning(
            within=standard.within, starts=starts, zone=zone, calendar=calendar.identity if calendar else "",
            end=standard.end, roll=standard.roll, longest=standard.longest, more=standard.more,
        )  # fmt: skip

    def _clock(self, bound: Bound, case: Complaint, start: datetime, name: str = "", who: str = "") -> Clock:
        standard = bound.standard
        start = self._start(bound, case, start).astimezone(UTC)
        reckoning = self._reckoning(bound)
        clock = Clock(
            name=f"{name or self._free_name(standard.clock, case, bound.suffix)}{bound.suffix}",
            kind=standard.clock,
            standard=f"{standard.name} ({bound.pack.version if bound.pack else self.version})",
            started_at=start,
            due_at=start,
            who=who or standard.who,
            pausable=standard.pausable,
            basis=standard.basis,
            reckoning=reckoning,
        )
        clock = evolve(clock, due_at=self.explained(clock).due_at)
        return self.reminded(clock, standard)

    def _free_name(self, kind: str, case: Complaint, suffix: str = "") -> str:
        """Return the first name of a kind that no clock of a case has, among those of the same rules."""
        return free_name(kind, {one.name.removesuffix(suffix) for one in case.clocks if one.name.endswith(suffix)})
