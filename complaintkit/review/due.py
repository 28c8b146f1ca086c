"""What is due with an improvement: checks, reminders, dates that passed, sessions that nobody held."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from complaintkit.case.entries import CORE
from complaintkit.case.parts import Clock, Content
from complaintkit.clocks.rules import look_again
from complaintkit.improving.entries import Escalated, LookedAt, Overdue, Reviewed, Warned
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.recurrence import Tally
from complaintkit.improving.sessions import missed
from complaintkit.policy import Policy
from complaintkit.review.checking import checked

Count = Callable[[Sequence[str], Sequence[str], datetime, datetime], Tally]
# A circle nobody has looked at for years is caught up with in several rounds, so that no step becomes too long.
_AT_ONCE: Final = 50


def due(improvement: Improvement, policy: Policy, now: datetime, count: Count) -> tuple[ImprovementEntry, ...]:
    """Return the entries that are due at `now`.

    A date that passed keeps its true moment, however late it is noticed, and is on file once. Each level of a clock is
    reached once. A measure is checked when the time of counting is over. An open improvement for which nothing is
    planned is called to mind.

    Args:
        improvement: The improvement as it stands.
        policy: The policy.
        now: The moment, with time zone.
        count: Counts complaints of a period; see `complaintkit.store.improving.ImprovingStore.tally`.
    """
    entries: list[ImprovementEntry] = []
    for entry in _sessions(improvement, policy, now):
        entries.append(entry)
        improvement = improvement.apply(entry)
    for name in [clock.name for clock in improvement.clocks]:
        for entry in _due(improvement, improvement.named(name), policy, now, count):
            entries.append(entry)
            improvement = improvement.apply(entry)
    if not entries and improvement.open and improvement.due_at and improvement.due_at <= now:
        entries.append(LookedAt(at=now, by=CORE))
    return tuple(entries)


def _sessions(improvement: Improvement, policy: Policy, now: datetime) -> Iterator[ImprovementEntry]:
    """Yield what turns sessions into missed ones whose time is over and after which another has come."""
    for _ in range(_AT_ONCE):
        entry = missed(improvement, CORE, now, policy) if improvement.open else None
        if entry is None:
            return
        yield entry
        improvement = improvement.apply(entry)


def _due(
    improvement: Improvement, clock: Clock | None, policy: Policy, now: datetime, count: Count
) -> tuple[ImprovementEntry, ...]:
    if clock is None or not improvement.runs(clock) or clock.next_at is None or clock.next_at > now:
        return ()
    if now < clock.due_at:
        return (Warned(at=now, by=CORE, clock=clock.name, due_at=clock.due_at),)
    if clock.kind == "check":
        return checked(improvement, policy, now, count)
    return _broken(improvement, clock, policy, now)


def _broken(improvement: Improvement, clock: Clock, policy: Policy, now: datetime) -> tuple[ImprovementEntry, ...]:
    """Return the breach, and the call for attention the core's own ladder has for it.

    A circle is called for as long as nothing was completed, whichever session that was about.
    """
    behind = improvement.circle.behind_since if improvement.circle and clock.kind == "session" else None
    since = behind or clock.due_at
    reached = [step for step in policy.ladder if since + step.after <= now]
    ahead = [since + step.after for step in policy.ladder[len(reached) :]]
    again = min(ahead, default=look_again(since, now))
    level = len(reached)
    if level <= clock.level:
        if clock.overdue:
            return (Reviewed(at=now, by=CORE, clock=clock.name, next_level_at=again),)
        return (Overdue(at=now, by=CORE, clock=clock.name, due_at=clock.due_at, next_level_at=again),)
    late = now - since
    ago = f"{late.days} d {late.seconds // 3600} h ago"
    reason = Content.of(f"{clock.kind} was due on {since:%Y-%m-%d %H:%M} UTC, {ago}")
    raised = Escalated(
        at=now, by=CORE, clock=clock.name, level=level, to=reached[-1].to, reason=reason, next_level_at=again
    )
    if clock.overdue:
        return (raised,)
    return (Overdue(at=now, by=CORE, clock=clock.name, due_at=clock.due_at, next_level_at=again), raised)
