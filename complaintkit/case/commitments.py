"""Commitments: what the complainant was promised, by whom, until when, and whether it was kept."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint

# Kind of the clock that every commitment runs by, before the case has ended and after.
COMMITMENT: Final = "commitment"
# Kind of the clock by which somebody asks the complainant, some time after the answer, how things are.
CONTACT: Final = "contact"
# Kind of the clock that runs to the date of a holding notice.
INTERIM: Final = "interim"
_moment = validators.optional(aware)


class CommitmentKind(StrEnum):
    """What was promised."""

    REMEDY = "remedy"
    CONTACT = "contact"
    INFORMATION = "information"
    ACTION = "action"


class CommitmentState(StrEnum):
    """What became of it; whether it is late, its clock tells."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@frozen(kw_only=True)
class Commitment:
    """Something promised to the complainant.

    Attributes:
        name: `commitment-1`, `commitment-2` ...; never used again within the case.
        kind: `remedy`, `contact`, `information` or `action`.
        what: What was promised, sealed.
        who: Who has to see to it: a person or a role; empty for the owner of the case.
        made_at, due_at: When it was promised, until when.
        clock: Name of its present clock; another one once its date was moved.
        state, settled_at, evidence: What became of it, when, and what shows that.
        moved: How often its date was moved.
        remedy: Name of the remedy it delivers; empty for none.
    """

    name: str = field(validator=validators.min_len(1))
    kind: CommitmentKind
    what: Content
    who: str = ""
    made_at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    clock: str
    state: CommitmentState = CommitmentState.OPEN
    settled_at: datetime | None = field(default=None, validator=_moment)
    evidence: Content | None = None
    moved: int = 0
    remedy: str = ""

    @property
    def open(self) -> bool:
        """Say whether it still has to be kept."""
        return self.state is CommitmentState.OPEN


@frozen(kw_only=True)
class FollowUp:
    """One time that somebody asked the complainant after the answer how things are.

    Attributes:
        at, by: When, and who asked.
        reached: Whether the complainant could be spoken to.
        content: Whether the complainant is content; `None` while nobody was reached.
        text: What was said, sealed.
    """

    at: datetime = field(validator=aware)
    by: str
    reached: bool
    content: bool | None = None
    text: Content | None = None


def open_commitments(case: "Complaint") -> tuple[Commitment, ...]:
    """Return what was promised and not yet kept or called off, in the order it was promised."""
    return tuple(one for one in case.settlement.commitments if one.open)


def commitment_of(case: "Complaint", name: str) -> Commitment | None:
    """Return the commitment of a name, or `None`."""
    return next((one for one in case.settlement.commitments if one.name == name), None)


def untracked(case: "Complaint") -> tuple[str, ...]:
    """Return the names of open commitments that no clock follows: nobody would notice if they were not kept."""
    running = {clock.name for clock in case.clocks if not clock.settled}
    return tuple(one.name for one in open_commitments(case) if one.clock not in running)
