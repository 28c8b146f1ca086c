"""Entries by which deadlines change: another start or standard, an extension, rules that come to hold or cease."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import DUTY, Clock, Content
from complaintkit.changing import evolve
from complaintkit.checks import aware


@frozen(kw_only=True)
class ClockMoved(Entry):
    """A clock is reckoned anew: it counts from another moment, or it stood still for a time."""

    kind: ClassVar[str] = "clock_moved"
    phrase: ClassVar[str] = "{clock} is reckoned anew, because of the {because}: due {due_at}"
    aside: ClassVar[bool] = True
    clock: str
    started_at: datetime
    due_at: datetime
    warn_at: datetime | None = None
    because: str = "acknowledgement"

    def change(self, case: Complaint) -> Complaint:
        """Move the clock; a breach that is on file stays there, and so do the steps that were taken."""

        def moved(clock: Clock) -> Clock:
            return evolve(clock, started_at=self.started_at, due_at=self.due_at).reminding(self.warn_at)

        return case.with_clock(self.clock, moved)


@frozen(kw_only=True)
class Regraded(Entry):
    """A clock came under another standard, since the case is known better.

    It keeps its start and its pauses (domain rule 8). `past` says that it is broken by this alone: the new moment was
    over already.
    """

    kind: ClassVar[str] = "regraded"
    phrase: ClassVar[str] = "{clock} is under another standard now: due {due_at}"
    clock: str
    into: Clock
    due_at: datetime
    warn_at: datetime | None = None
    past: bool = False
    next_level_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Put the clock under the other standard; a breach by then stays on record.

        While the case waits, one that may stand still now does so from here on.
        """
        return _under(case, self, self.at)


@frozen(kw_only=True)
class Move:
    """A clock that comes under another standard.

    Attributes:
        clock: Its name.
        into: The clock whose standard it comes under.
        due_at: When it is due by that.
        warn_at, next_level_at: The next moments of its chain.
        past: Whether it is broken by this alone: the new moment was over already.
    """

    clock: str
    into: Clock
    due_at: datetime = field(validator=aware)
    warn_at: datetime | None = None
    next_level_at: datetime | None = None
    past: bool = False

    def __str__(self) -> str:
        return f"{self.clock} due {self.due_at:%Y-%m-%d %H:%M %Z}"


@frozen(kw_only=True)
class Recalculated(Entry):
    """Running clocks are counted as the policy says today, because a person asked for it.

    They keep their start and their pauses, as under another standard; what was broken stays broken (domain rule 8).
    """

    kind: ClassVar[str] = "recalculated"
    phrase: ClassVar[str] = "counted as the policy says today: {moves}"
    reason: Content
    moves: tuple[Move, ...]

    def change(self, case: Complaint) -> Complaint:
        """Put each clock under what holds today; a breach by then stays on record."""
        for one in self.moves:
            case = _under(case, one, self.at)
        return case


@frozen(kw_only=True)
class Extended(Entry):
    """A deadline was extended, and the complainant is told why and to when, before it was due."""

    kind: ClassVar[str] = "extended"
    phrase: ClassVar[str] = "{clock} extended from {was_due_at} to {until}, which the complainant is told"
    clock: str
    was_due_at: datetime = field(validator=aware)
    until: datetime = field(validator=aware)
    text: Content
    warn_at: datetime | None = None

    def change(self, case: Complaint) -> Complaint:
        """Move the due moment; what was said before stays on record."""
        return case.with_clock(self.clock, lambda clock: clock.extend(self.at, self.until).reminding(self.warn_at))


@frozen(kw_only=True)
class SummaryOver(Entry):
    """The time ran out in which it could have been settled early, with less of an answer; no promise is broken by that.

    It ends at the moment it was due, however late that was noticed.
    """

    kind: ClassVar[str] = "summary_over"
    phrase: ClassVar[str] = "{clock} is over: it was not settled early, and the full answer is due"
    aside: ClassVar[bool] = True
    clock: str

    def change(self, case: Complaint) -> Complaint:
        """End its clock."""
        return case.with_clock(self.clock, lambda clock: clock.end(clock.due_at))


@frozen(kw_only=True)
class RulesApplied(Entry):
    """A rule pack holds for this case, because a person says so."""

    kind: ClassVar[str] = "rules_applied"
    phrase: ClassVar[str] = "the rules {rules} hold for it"
    rules: str
    reason: Content
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Let its clocks run."""
        handling = case.handling
        handling = evolve(
            handling,
            rules=(*handling.rules, self.rules),
            no_rules=tuple(one for one in handling.no_rules if one != self.rules),
        )
        return evolve(case, handling=handling, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class RulesLifted(Entry):
    """A rule pack does not hold for this case, because a person says so; its clocks end."""

    kind: ClassVar[str] = "rules_lifted"
    phrase: ClassVar[str] = "the rules {rules} do not hold for it"
    rules: str
    reason: Content

    def change(self, case: Complaint) -> Complaint:
        """End its clocks; what was broken until now stays on record."""
        handling = case.handling
        handling = evolve(
            handling,
            rules=tuple(one for one in handling.rules if one != self.rules),
            no_rules=(*handling.no_rules, self.rules),
        )
        return evolve(ended(case, self.rules, self.at), handling=handling)


@frozen(kw_only=True)
class RulesFound(Entry):
    """Rule packs hold for this case, or cease to, by what is known of it now."""

    kind: ClassVar[str] = "rules_found"
    phrase: ClassVar[str] = "by what is known now these rules begin to hold: {begun}; and these cease: {ceased}"
    aside: ClassVar[bool] = True
    begun: tuple[str, ...] = ()
    ceased: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def change(self, case: Complaint) -> Complaint:
        """Let the clocks run of those that begin, and end those of the others, but no duty that somebody began."""
        for rules in self.ceased:
            case = ended(case, rules, self.at, duties=False)
        return evolve(case, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class DutyStarted(Entry):
    """A duty with a deadline began: something outside asks for it, such as a report to an authority."""

    kind: ClassVar[str] = "duty_started"
    phrase: ClassVar[str] = "a duty began: {what}"
    what: str
    reason: Content
    clocks: tuple[Clock, ...]

    def change(self, case: Complaint) -> Complaint:
        """Let its clocks run."""
        return evolve(case, clocks=case.clocks + self.clocks)


@frozen(kw_only=True)
class DutyDone(Entry):
    """A duty was done, or turned out to be none."""

    kind: ClassVar[str] = "duty_done"
    phrase: ClassVar[str] = "{clock}: {how}"
    clock: str
    how: str
    evidence: Content

    def change(self, case: Complaint) -> Complaint:
        """Stop its clock."""
        return case.with_clock(
            self.clock, lambda clock: clock.meet(self.at) if self.how == "done" else clock.end(self.at)
        )


def _under(case: Complaint, move: Move | Regraded, at: datetime) -> Complaint:
    """Return the case with a clock under another standard; while the case waits, one that may stand still does so."""

    def under(clock: Clock) -> Clock:
        moved = evolve(clock.under(move.into, at), due_at=move.due_at).reminding(move.warn_at)
        moved = evolve(moved, next_level_at=move.next_level_at or clock.next_level_at)
        return moved.pause(at) if case.stage is Stage.WAITING else moved

    return case.with_clock(move.clock, under)


def ended(case: Complaint, rules: str, at: datetime, *, duties: bool = True) -> Complaint:
    """Return the case with the clocks of a rule pack ended, with or without duties towards somebody outside."""

    def end(clock: Clock) -> Clock:
        return clock.end(at) if clock.rules == rules and (duties or not clock.kind.startswith(DUTY)) else clock

    return evolve(case, clocks=tuple(map(end, case.clocks)))
