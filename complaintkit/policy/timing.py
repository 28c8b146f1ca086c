"""How long promises run here: the clocks of a case, by the standards of its channel."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Clock, free_name
from complaintkit.checks import frozen_mapping
from complaintkit.errors import NotAllowed
from complaintkit.policy.standards import Standard

FOLLOW_UP: Final = "follow_up"
# Ten years, whatever leap years and ends of days add; ours. What is due later is a slip of the hand.
FURTHEST: Final = timedelta(days=3660)
# Kinds of clock that start when a complaint is registered.
AT_RECEIPT: Final = ("acknowledgement", "first_response", "final_response")


@frozen(kw_only=True)
class Timing:
    """The part of the policy that says by when something has to happen.

    Attributes:
        version: Goes onto clocks with the standard's name.
        zone: Place whose calendar counts days.
        standards: The promises.
        kinds: Kind per channel name, as the plugins declare them; a channel without one is its own kind.
    """

    version: str
    zone: ZoneInfo = field(factory=lambda: ZoneInfo("UTC"))
    standards: tuple[Standard, ...] = ()
    kinds: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)

    def kind(self, channel: str) -> str:
        """Return the kind of a channel."""
        return self.kinds.get(channel) or channel

    def clocks(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that start for a case: per kind the standard of its channel, else the common one."""
        return tuple(self._clock(one, case, start) for one in self._standards(case) if one.clock in AT_RECEIPT)

    def clock(self, kind: str, case: Complaint, start: datetime, *, name: str = "", who: str = "") -> tuple[Clock, ...]:
        """Return the clock of a kind by its standard; none where there is no such standard.

        Args:
            kind: Kind of clock, such as `hand_over`.
            case: The case.
            start: From when it counts.
            name: Its name within the case; by default the kind, numbered if there is one already.
            who: Whose duty it is; by default the owner's.
        """
        found = [self._clock(one, case, start) for one in self._standards(case) if one.clock == kind]
        return tuple(evolve(one, name=name or one.name, who=who) for one in found)

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
        standard = next((one for one in self._standards(case) if one.clock == kind), None)
        start, due = start.astimezone(UTC), due.astimezone(UTC)
        warn = standard.warn if standard else 1.0
        return Clock(
            kind=kind, name=name or self._free_name(kind, case), who=who,
            standard=f"{kind}: the date that was given ({self.version})", started_at=start, due_at=due,
            warn_at=start + (due - start) * warn if warn < 1 and due > start else None,
        )  # fmt: skip

    def follow_up(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clock for an answer to a further message; none while one runs that asks for an answer anyway."""
        if any(clock.running and clock.kind in ("first_response", FOLLOW_UP) for clock in case.clocks):
            return ()
        return tuple(self._clock(one, case, start) for one in self._standards(case) if one.clock == FOLLOW_UP)

    def moved(self, case: Complaint) -> tuple[Clock, ...]:
        """Return the clocks that count from the acknowledgement, as they run once it has gone out in time.

        One that went out late, or never, prolongs nothing: then they count from when it was due.
        """
        kinds = {one.clock: one for one in self._standards(case) if one.starts == "acknowledgement"}
        at = case.acknowledged_at
        if at is None or case.reopened:
            return ()
        return tuple(
            evolve(self._clock(kinds[clock.kind], case, case.received_at), name=clock.name)
            for clock in case.clocks
            if clock.kind in kinds and not clock.settled and at < clock.started_at
        )

    def _standards(self, case: Complaint) -> Iterable[Standard]:
        kind = self.kind(case.channel)
        chosen: dict[str, Standard] = {}
        for standard in self.standards:
            if kind in standard.channels or (not standard.channels and standard.clock not in chosen):
                chosen[standard.clock] = standard
        return chosen.values()

    def _start(self, standard: Standard, case: Complaint, start: datetime) -> datetime:
        first = next((one for one in self._standards(case) if one.clock == "acknowledgement"), None)
        if standard.starts == "receipt" or first is None:
            return start
        promised = first.within.after(case.received_at, self.zone)
        return max(start, min(case.acknowledged_at or promised, promised))

    def _clock(self, standard: Standard, case: Complaint, start: datetime) -> Clock:
        start = self._start(standard, case, start).astimezone(UTC)
        due_at = standard.within.after(start, self.zone)
        warn_at = start + (due_at - start) * standard.warn if standard.warn < 1 else None
        return Clock(
            name=self._free_name(standard.clock, case),
            kind=standard.clock,
            standard=f"{standard.name} ({self.version})",
            started_at=start,
            due_at=due_at,
            warn_at=warn_at,
            pausable=standard.pausable,
        )

    def _free_name(self, kind: str, case: Complaint) -> str:
        return free_name(kind, {clock.name for clock in case.clocks})
