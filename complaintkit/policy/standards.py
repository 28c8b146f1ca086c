"""Service standards: what is promised on which channel, by when."""

from typing import Literal

from attrs import field, frozen, validators

from complaintkit.clocks.rules import Span


@frozen(kw_only=True)
class Standard:
    """A promise.

    Attributes:
        name: Name and version, kept on every clock that comes from it.
        clock: Kind of clock: `acknowledgement`, `first_response`, `final_response`.
        within: How long it runs from receipt.
        channels: Kinds of channel it holds for; empty for all that have no standard of their own.
        warn: Share of the span after which the owner is reminded, from 0 to 1; 1 for never.
        pausable: Whether waiting for the complainant stops it. Deadlines of the law never pause.
        starts: From when it counts: from `receipt`, or from the `acknowledgement`; where none has gone out in time,
            from when that was due.
        source: Where the figure comes from.
    """

    name: str
    clock: str
    within: Span
    channels: tuple[str, ...] = ()
    warn: float = field(default=0.75, validator=(validators.ge(0.0), validators.le(1.0)))
    pausable: bool = False
    starts: Literal["receipt", "acknowledgement"] = "receipt"
    source: str = ""
