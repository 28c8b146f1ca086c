"""Service standards: what is promised to whom on which channel, by when."""

import re
from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Basis, Severity
from complaintkit.clocks.rules import Span

# Whom a step calls: somebody above, or another speciality.
Line = Literal["hierarchical", "functional"]
_share = validators.and_(validators.ge(0.0), validators.le(1.0))
# What a clock may count from. All but the first two start with the fact itself.
Starts = Literal[
    "receipt", "acknowledgement", "registration", "demand", "awareness", "forwarding", "review", "response", "hand"
]


def _at(instance: object, attribute: object, at: str) -> None:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,9})?%|[+-]?\d{1,5}[mhd]", at):
        raise ValueError(f"{at!r:.20} is no moment of a clock; write a share such as '75%', or '-1d', '0h', '+48h'")


@frozen(kw_only=True)
class Rung:
    """A step on the way of a clock: whose attention it calls for, and when.

    Attributes:
        at: A share of its time such as `75%`, or a time before or after it is due such as `-1d`, `0h`, `+48h`.
        to: `owner`, `lead` for the reporting line of the owner, `rota` for who is on call, a role, or a name.
        line: `hierarchical` for somebody above, `functional` for another speciality.
    """

    at: str = field(validator=_at)
    to: str = field(validator=validators.min_len(1))
    line: Line = "hierarchical"


@frozen(kw_only=True)
class For:
    """Which complaints something holds for; a condition that is empty holds for all.

    Attributes:
        channels: Kinds of channel.
        categories, severities, segments, products: As they are on the complaint; a category counts with what is
            below it, as `delivery` with `delivery.late`.
    """

    channels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    segments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def holds(self, case: Complaint, channel: str) -> bool:
        """Say whether it holds for a complaint that came by a kind of channel."""
        return (
            (not self.channels or channel in self.channels)
            and (not self.severities or case.severity in self.severities)
            and (not self.segments or case.segment in self.segments)
            and (not self.products or case.product in self.products)
            and (not self.categories or any(within(case.category, one) for one in self.categories))
        )

    @property
    def narrowness(self) -> int:
        """Return how many conditions it has: the narrower of two standards goes before the wider one."""
        return sum(map(bool, (self.channels, self.categories, self.severities, self.segments, self.products)))


def within(category: str, other: str) -> bool:
    """Say whether a category is another one or stands below it."""
    return category == other or category.startswith(f"{other}.")


@frozen(kw_only=True)
class Standard(For):
    """A promise.

    Of several for one kind of clock that hold for a complaint the narrowest counts, of equally narrow ones the last.

    Attributes:
        name: Name and version, kept on every clock that comes from it.
        clock: Kind of clock: `acknowledgement`, `first_response`, `final_response`.
        within: How long it runs.
        basis: What it rests on.
        warn: Share of the span after which the owner is reminded, from 0 to 1; 1 for never.
        chain: Steps of its own on the way to the due moment and after it, in place of `warn` and the common ladder.
        pausable: Whether waiting for the complainant stops it. Deadlines of the law never pause.
        starts: From when it counts. From the `acknowledgement` means: where none has gone out in time, from when that
            was due.
        calendar: Name of the calendar that counts working time; empty for the common one of the policy.
        end, roll, longest, more: See `complaintkit.clocks.reckoning.Reckoning`.
        who: Whose duty it is; empty for the owner's.
        interim: Whether the complainant gets a notice with a new date of itself, where the promise was not kept.
        tone: In which variant of the texts the complainant is written to, as `formal`; empty for the common one.
        source: Where the figure comes from.
    """

    name: str
    clock: str
    within: Span
    basis: Basis = Basis.SERVICE
    warn: float = field(default=0.75, validator=_share)
    chain: tuple[Rung, ...] = ()
    pausable: bool = False
    starts: Starts = "receipt"
    calendar: str = ""
    end: Literal["day", "close"] = "day"
    roll: bool = False
    longest: Span | None = None
    more: Span | None = None
    who: str = ""
    interim: bool = False
    tone: str = ""
    source: str = ""

    @property
    def needs_calendar(self) -> bool:
        """Say whether it can only be counted by a calendar of working time."""
        spans = (self.within, self.longest, self.more)
        return self.roll or self.end == "close" or any(one.needs_calendar for one in spans if one)


@frozen(kw_only=True)
class Interim:
    """Holding notices that go out of themselves where a standard has `interim`.

    Attributes:
        most: So many go out in a row; then a person has to write.
    """

    most: int = field(default=2, validator=(validators.ge(0), validators.le(10)))


def narrowest(standards: Iterable[Standard], case: Complaint, channel: str) -> Iterable[Standard]:
    """Return of each kind of clock the narrowest standard that holds, of equally narrow ones the last."""
    chosen: dict[str, Standard] = {}
    for one in standards:
        if one.holds(case, channel):
            before = chosen.get(one.clock)
            if before is None or one.narrowness >= before.narrowness:
                chosen[one.clock] = one
    return chosen.values()
