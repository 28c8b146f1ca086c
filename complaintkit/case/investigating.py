"""What was found out about a complaint, or who decided why nothing had to be; and what failures of ours came from."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from complaintkit.case.parts import Content
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.complaint import Complaint


@frozen(kw_only=True)
class Investigation:
    """The record of an investigation, or the decision that none is needed.

    Source: 21 CFR 820.198 (b): when no investigation is made, the record has the reason and the name of who decided.

    Attributes:
        name: `investigation-1`, `investigation-2` ...
        at: When it was put down.
        by: Who investigated, or decided that nobody has to.
        text: What was found and how, or why no investigation is needed; sealed.
        waived: Whether it is the latter.
        point: Name of the point it is about; empty for the whole complaint.
    """

    name: str
    at: datetime = field(validator=aware)
    by: str
    text: Content
    waived: bool = False
    point: str = ""


class Failing(StrEnum):
    """What a failure in handling comes from."""

    PERSON = "person"
    PROCESS = "process"
    SYSTEM = "system"


@frozen(kw_only=True)
class Attribution:
    """Whether a failure in our own handling was a matter of a person, of the process, or of the system.

    Nobody is named: it says where to mend, not whom to blame.
    """

    at: datetime = field(validator=aware)
    by: str
    failing: Failing
    what: Content


def investigated(case: "Complaint") -> bool:
    """Say whether there is a record of an investigation, or a reasoned decision against one."""
    return bool(case.handling.investigations)
