"""Staff: who works here, in which roles and with which skills, who stands in for whom, and the rules of ownership."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen, validators

from complaintkit.checks import aware, frozen_mapping

# Roles of staff, as shipped; an organisation may name others. `complainant` and `guest` are no staff.
STAFF_ROLES: Final = frozenset(
    {"handler", "team-lead", "department", "executive", "quality", "legal", "marketing", "support", "auditor"}
)


def _set(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@frozen(kw_only=True)
class Away:
    """A half-open period in which somebody is not at work.

    Attributes:
        since, until: From when to when; `None` for until further notice.
        deputy: Who stands in this time; empty for the usual deputy.
    """

    since: datetime = field(validator=aware)
    until: datetime | None = field(default=None, validator=validators.optional(aware))
    deputy: str = ""

    def covers(self, now: datetime) -> bool:
        """Say whether a moment lies in it."""
        return self.since <= now and (self.until is None or now < self.until)


@frozen(kw_only=True)
class Absence(Away):
    """A period in which a certain person is not at work, as it was told while the desk runs.

    Attributes:
        name: The person.
        by: Who entered it: the person, or a superior.
    """

    name: str = field(validator=validators.min_len(1))
    by: str = ""


@frozen(kw_only=True)
class Member:
    """A member of staff.

    Attributes:
        name: As it stands in case files.
        roles: What the person is here.
        skills: What the person can do that not everybody can.
        reports_to: Name of the superior; empty for none.
        deputy: Who stands in; empty for nobody.
        away: When the person is not at work, as far as it was planned.
        hours: Name of the calendar in whose hours the person is told; empty for that of the desk.
    """

    name: str
    roles: frozenset[str] = field(default=frozenset(), converter=_set)
    skills: frozenset[str] = field(default=frozenset(), converter=_set)
    reports_to: str = ""
    deputy: str = ""
    away: tuple[Away, ...] = ()
    hours: str = ""

    def absent(self, now: datetime) -> bool:
        """Say whether the person is not at work at a moment."""
        return any(one.covers(now) for one in self.away)


@frozen(kw_only=True)
class Ownership:
    """The rules by which complaints change hands.

    Attributes:
        seniors: Roles that may offer the complaints of others, and take them over unasked, with a reason.
        superior: Role that stands for a superior where nobody has named one.
        conflict_line: Whether a complaint about somebody is kept from those who report to them, too.
        in_vain: After so many offers that came back, a superior is called.
        skills: By category, the skill it needs; for suggestions.
    """

    seniors: tuple[str, ...] = ("team-lead", "department", "executive")
    superior: str = field(default="team-lead", validator=validators.min_len(1))
    conflict_line: bool = False
    in_vain: int = field(default=2, validator=validators.ge(1))
    skills: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
