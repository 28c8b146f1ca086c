"""Escalation by time: the longer a promise stays broken, the higher it goes."""

from collections.abc import Iterable
from datetime import timedelta

from attrs import frozen

from complaintkit import Escalation, EscalationRule, Review, hookimpl


@frozen(kw_only=True)
class Rung:
    """Whose attention is called for, how long after the promise was broken."""

    after: timedelta
    to: str


@frozen(kw_only=True)
class Settings:
    """The rungs, soonest first, and the severities that begin one rung higher."""

    rungs: tuple[Rung, ...] = (
        Rung(after=timedelta(0), to="team-lead"),
        Rung(after=timedelta(hours=48), to="department"),
        Rung(after=timedelta(hours=168), to="executive"),
    )
    grave: tuple[str, ...] = ("critical",)


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Take a team's own rungs."""
    return Settings


@hookimpl
def complaintkit_escalation_rules(settings: Settings) -> Iterable[EscalationRule]:
    """Offer the ladder."""
    rungs = tuple(sorted(settings.rungs, key=lambda rung: rung.after))

    def check(review: Review) -> Escalation | None:
        if review.due_at is None:
            return None
        late = review.now - review.due_at
        reached = sum(rung.after <= late for rung in rungs)
        if review.case.severity in settings.grave and rungs:
            reached = min(reached + 1, len(rungs))
        following = rungs[reached] if reached < len(rungs) else None
        if not reached:
            return None
        return Escalation(
            level=reached,
            to=rungs[reached - 1].to,
            reason=f"{review.clock} was due on {review.due_at:%Y-%m-%d %H:%M} UTC, {_late(late)} ago",
            again_at=review.due_at + following.after if following else None,
        )

    yield EscalationRule("ladder", check)


def _late(late: timedelta) -> str:
    hours = int(late.total_seconds() // 3600)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h"
