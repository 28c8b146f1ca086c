"""Escalation of grave complaints: they are called one level higher than the chain of their clock has it."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from complaintkit import Escalation, EscalationRule, Review, hookimpl


@frozen(kw_only=True)
class Settings:
    """The severities that begin one level higher."""

    grave: tuple[str, ...] = ("critical",)


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Take a team's own idea of what is grave."""
    return Settings


@hookimpl
def complaintkit_escalation_rules(settings: Settings) -> Iterable[EscalationRule]:
    """Offer the rule."""

    def check(review: Review) -> Escalation | None:
        if review.due_at is None or review.case.severity not in settings.grave:
            return None
        ahead = [one for one in review.levels if one.at > review.now]
        if len(ahead) in (0, len(review.levels)) or ahead[0].taken:
            return None
        higher = ahead[0]
        return Escalation(
            level=higher.level,
            to=higher.to,
            reason=f"{review.case.severity}, and {review.clock} was due on {review.due_at:%Y-%m-%d %H:%M} UTC, "
            f"{_late(review.now, review.due_at)} ago",
            again_at=higher.at,
        )

    yield EscalationRule("ladder", check)


def _late(now: datetime, due_at: datetime) -> str:
    hours = int((now - due_at).total_seconds() // 3600)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h"
