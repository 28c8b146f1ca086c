"""Staff: who works here, in which roles, and who stands in for whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from attrs import field, frozen

from complaintkit.checks import aware

# Roles of staff, as shipped; an organisation may name others. `complainant` and `guest` are no staff.
STAFF_ROLES: Final = frozenset(
    {"handler", "team-lead", "department", "executive", "quality", "legal", "marketing", "support", "auditor"}
)


def _roles(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@frozen(kw_only=True)
class Absence:
    """A half-open period in which somebody is not at work."""

    since: datetime = field(validator=aware)
    until: datetime = field(validator=aware)


@frozen(kw_only=True)
class Member:
    """A member of staff.

    Attributes:
        name: As it stands in case files.
        roles: What the person is here.
        reports_to: Name of the superior; empty for none.
        deputy: Who stands in; empty for nobody.
        away: When the person is not at work.
    """

    name: str
    roles: frozenset[str] = field(default=frozenset(), converter=_roles)
    reports_to: str = ""
    deputy: str = ""
    away: tuple[Absence, ...] = ()

    def absent(self, now: datetime) -> bool:
        """Say whether the person is not at work at a moment."""
        return any(one.since <= now < one.until for one in self.away)
