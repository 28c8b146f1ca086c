"""The parts an improvement is made of: what was told to whom, sessions, checks, people reached. All frozen."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.checks import aware
from complaintkit.improving.rhythm import Rhythm

_moment = validators.optional(aware)


@frozen(kw_only=True)
class Telling:
    """Something told to somebody who has to say that it arrived, and perhaps what comes of it.

    Attributes:
        name: Its name within the improvement: `feedback-1`, `session-3-2`, `version-2-1`.
        to: Whom: a person or a role.
        text: What; `None` where it stands elsewhere (results of a session, text of a procedure).
        at: When.
        asks: Whether an answer is owed, and not the receipt alone.
        received_at, received_by: The receipt.
        answer, answered_at: The answer.
    """

    name: str
    to: str
    text: Content | None = None
    at: datetime = field(validator=aware)
    asks: bool = False
    received_at: datetime | None = field(default=None, validator=_moment)
    received_by: str = ""
    answer: Content | None = None
    answered_at: datetime | None = field(default=None, validator=_moment)

    @property
    def settled(self) -> bool:
        """Say whether nothing is owed on it any more."""
        return (self.answered_at if self.asks else self.received_at) is not None


@frozen(kw_only=True)
class Evidence:
    """What shows that something was done."""

    text: Content
    at: datetime = field(validator=aware)
    by: str


@frozen(kw_only=True)
class Exposure:
    """How much could have gone wrong in the two windows: parcels sent, units sold, customers served.

    Attributes:
        unit: What is counted.
        before, after: How many of them, more than none.
    """

    unit: str
    before: Decimal
    after: Decimal


class Verdict(StrEnum):
    """What a check of a measure found."""

    EFFECTIVE = "effective"
    INEFFECTIVE = "ineffective"
    UNDECIDED = "undecided"


@frozen(kw_only=True)
class Check:
    """One look at whether a measure worked: complaints per exposure in two windows of the same length (K30).

    Attributes:
        at, by: When, and who looked: the core, or a person where the figures could not tell.
        verdict: What was found.
        before, after: Complaints in the windows.
        ratio: Rate after as a share of the rate before; `None` where there was nothing before.
        because: The figures in words, or a person's reasons.
    """

    at: datetime = field(validator=aware)
    by: str
    verdict: Verdict
    before: int = 0
    after: int = 0
    ratio: Decimal | None = None
    because: Content


@frozen(kw_only=True)
class Measure:
    """What a corrective action has besides what every improvement has.

    Attributes:
        form: `correction`, `prevention`, `process`, `product` or `information`.
        window, lag: Days of the windows that are compared, and days after implementation that are left out.
        required: By what share the rate must fall, above 0 and at most 1.
        implemented_at: When it took effect; `None` while it has not.
        exposure: Where rates are not simply per day.
        checks: The looks taken, in order.
    """

    form: str = "correction"
    window: int = 90
    lag: int = 14
    required: Decimal = Decimal("0.5")
    implemented_at: datetime | None = field(default=None, validator=_moment)
    exposure: Exposure | None = None
    checks: tuple[Check, ...] = ()

    @property
    def undecided(self) -> bool:
        """Say whether the last check left it to a person."""
        return bool(self.checks) and self.checks[-1].verdict is Verdict.UNDECIDED


@frozen(kw_only=True)
class Output:
    """A result that a circle owes, as it was attached."""

    name: str
    text: Content
    at: datetime = field(validator=aware)
    by: str


@frozen(kw_only=True)
class Session:
    """One meeting of a circle.

    Attributes:
        number: From 1.
        planned_at: When it is to be held.
        due_at: By when notes, decisions and outputs must be on file.
        held_at, held_by: When it was held, and who filed that.
        notes: What was said.
        decided: References of the improvements decided upon.
        none_needed: Why nothing had to be decided, where nothing was.
        outputs: The results attached.
    """

    number: int
    planned_at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    held_at: datetime | None = field(default=None, validator=_moment)
    held_by: str = ""
    notes: Content | None = None
    decided: tuple[str, ...] = ()
    none_needed: Content | None = None
    outputs: tuple[Output, ...] = ()

    def lacks(self, required: tuple[str, ...]) -> tuple[str, ...]:
        """Return the required outputs that are not attached yet."""
        there = {output.name for output in self.outputs}
        return tuple(name for name in required if name not in there)


@frozen(kw_only=True)
class Circle:
    """What a review circle has besides: its rhythm, what it owes to whom, and the session that is next.

    Attributes:
        rhythm: When it meets.
        outputs: Names of the results that every session owes.
        recipients: Who gets them, and has to confirm it.
        channels: Channels whose complaints it looks at; empty for all.
        grace: Days after the day of a session by the end of which its notes and results must be on file.
        session: The session that comes, or is not complete.
        held, kept, missed: How many sessions were completed, completed in time, and never completed.
        behind_since: When the first of the sessions was due that were missed without a break; `None` if none.
    """

    rhythm: Rhythm
    outputs: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    grace: int = 0
    session: Session
    held: int = 0
    kept: int = 0
    missed: int = 0
    behind_since: datetime | None = field(default=None, validator=_moment)


@frozen(kw_only=True)
class Sweep:
    """How far a search has come for those who have the same fault and did not complain.

    Attributes:
        criterion: By what they are found: a batch, a period, a tariff.
        found: How many there are; `None` while nobody has looked.
        reached, remedied: How many were told, and put right.
        excluded: How many turned out not to be concerned, or could not be reached.
    """

    criterion: Content
    found: int | None = None
    reached: int = 0
    remedied: int = 0
    excluded: int = 0

    @property
    def left(self) -> int:
        """Return for how many nothing has been done yet."""
        return (self.found or 0) - self.remedied - self.excluded


@frozen(kw_only=True)
class Training:
    """Who learns what, and who has.

    Attributes:
        topics: What it is about: `product`, `communication`, `conflict`, `stress` ...
        participants: Who takes part.
        completed: Who has, of those.
    """

    topics: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()

    @property
    def left(self) -> tuple[str, ...]:
        """Return who has not completed it yet."""
        return tuple(name for name in self.participants if name not in self.completed)


@frozen(kw_only=True)
class Procedure:
    """A way of doing things that people have to know: its text in force, and who has to confirm reading it.

    Attributes:
        number: Number of the version in force, from 1.
        text: Its words.
        since: From when it holds.
        readers: Who has to confirm reading it: persons or roles.
    """

    number: int
    text: Content
    since: datetime = field(validator=aware)
    readers: tuple[str, ...] = ()
