"""Which other cases it belongs with."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen, validators

from complaintkit.checks import aware


class Tie(StrEnum):
    """How one case belongs with another; read as "this case is ... the other"."""

    REPEAT_OF = "repeat_of"
    REPEATED_BY = "repeated_by"
    DUPLICATE_OF = "duplicate_of"
    HAS_DUPLICATE = "has_duplicate"
    SAME_CAUSE = "same_cause"
    RELATED = "related"
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"
    ABOUT_HANDLING_OF = "about_handling_of"
    HANDLING_COMPLAINED_OF_IN = "handling_complained_of_in"


# Each tie as it is read from the other case.
INVERSE: Final[Mapping[Tie, Tie]] = MappingProxyType(
    {
        Tie.REPEAT_OF: Tie.REPEATED_BY,
        Tie.REPEATED_BY: Tie.REPEAT_OF,
        Tie.DUPLICATE_OF: Tie.HAS_DUPLICATE,
        Tie.HAS_DUPLICATE: Tie.DUPLICATE_OF,
        Tie.SAME_CAUSE: Tie.SAME_CAUSE,
        Tie.RELATED: Tie.RELATED,
        Tie.SPLIT_FROM: Tie.SPLIT_INTO,
        Tie.SPLIT_INTO: Tie.SPLIT_FROM,
        Tie.ABOUT_HANDLING_OF: Tie.HANDLING_COMPLAINED_OF_IN,
        Tie.HANDLING_COMPLAINED_OF_IN: Tie.ABOUT_HANDLING_OF,
    }
)
# Ties that people make by hand; the others follow from a merger or a split.
BY_HAND: Final = (Tie.RELATED, Tie.SAME_CAUSE, Tie.REPEAT_OF, Tie.DUPLICATE_OF, Tie.ABOUT_HANDLING_OF)


@frozen(kw_only=True)
class Link:
    """A tie to another case.

    Attributes:
        kind: How this case belongs with the other.
        reference: The other case.
        since, by: When it was made, and by whom.
    """

    kind: Tie
    reference: str = field(validator=validators.min_len(1))
    since: datetime = field(validator=aware)
    by: str


@frozen(kw_only=True)
class Referral:
    """Another respondent to whom the complaint, or part of it, was forwarded.

    Attributes:
        respondent: Who answers for it now.
        since: When it was forwarded.
        whole: Whether nothing of it stayed here.
    """

    respondent: str
    since: datetime = field(validator=aware)
    whole: bool


@frozen(kw_only=True)
class Ties:
    """Which other cases it belongs with; one group of a complaint.

    Attributes:
        links: Ties to other cases.
        merged: References of cases that were merged into this one and still are.
        referrals: To whom it was forwarded.
    """

    links: tuple[Link, ...] = ()
    merged: tuple[str, ...] = ()
    referrals: tuple[Referral, ...] = ()

    def to(self, reference: str, kind: Tie) -> Link | None:
        """Return the tie of a kind to another case, or `None`."""
        return next((one for one in self.links if one.reference == reference and one.kind is kind), None)
