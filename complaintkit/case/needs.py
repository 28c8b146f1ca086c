"""Support that somebody needs while we handle the complaint: kept for a time, with consent, for handlers only."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

NEED: Final = "need"


class NeedKind(StrEnum):
    """Where the need comes from."""

    HEALTH = "health"
    LANGUAGE = "language"
    ACCESSIBILITY = "accessibility"
    LIFE_EVENT = "life_event"
    CAPABILITY = "capability"


@frozen(kw_only=True)
class Need:
    """Support that somebody needs.

    Attributes:
        name: `need-1`, `need-2` ...; also the name of the clock that ends it; never used again within the case.
        kind: Where it comes from.
        text: What makes it hard, in plain words, sealed.
        support: What we do about it, sealed.
        consent: How the person agreed that we keep this, sealed.
        since, until: When it was written down; when it is taken out.
        party: Whose need it is: a party, or the complainant.
    """

    name: str = field(validator=validators.min_len(1))
    kind: NeedKind
    text: Content
    support: Content
    consent: Content
    since: datetime = field(validator=aware)
    until: datetime = field(validator=aware)
    party: str = "complainant"


# Entries that tell of a need; whoever may not see needs does not see them either.
TELLING: Final = frozenset({"need_added", "need_removed"})


def without_needs(case: "Complaint") -> "Complaint":
    """Return a complaint as it is for those who may not see what support somebody needs."""
    clocks = tuple(clock for clock in case.clocks if clock.kind != NEED)
    if not case.matter.needs and len(clocks) == len(case.clocks):
        return case
    return evolve(case, clocks=clocks, matter=evolve(case.matter, needs=()))
