"""What a look at a policy finds."""

from typing import Final, Literal

from attrs import field, frozen, validators

Level = Literal["error", "warning", "note"]
# From the gravest down: what cannot work, what most likely is not meant, and what somebody should know.
LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "note")


@frozen(kw_only=True)
class PolicyFinding:
    """A gap or a contradiction in a policy.

    Attributes:
        level: `error` for what cannot work, `warning` for what is hardly meant, `note` for what one should know.
        where: The place in the settings.
        what: What is the matter.
        remedy: What to do about it.
    """

    level: Level = field(validator=validators.in_(LEVELS))
    where: str
    what: str
    remedy: str


def error(where: str, what: str, remedy: str) -> PolicyFinding:
    """Return a finding that cannot stay."""
    return PolicyFinding(level="error", where=where, what=what, remedy=remedy)


def warning(where: str, what: str, remedy: str) -> PolicyFinding:
    """Return a finding that is hardly meant."""
    return PolicyFinding(level="warning", where=where, what=what, remedy=remedy)


def note(where: str, what: str, remedy: str) -> PolicyFinding:
    """Return a finding that one should know."""
    return PolicyFinding(level="note", where=where, what=what, remedy=remedy)
