"""What happened to a clock since it started: when it stood still, how it was extended, what it was under before."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import field, frozen

from complaintkit.checks import aware


@frozen
class Rest:
    """A time in which a clock stood still.

    Attributes:
        since, until: From when and until when.
    """

    since: datetime = field(validator=aware)
    until: datetime = field(validator=aware)


@frozen
class Extension:
    """A clock was extended, and the complainant was told before it was due.

    Attributes:
        at: When.
        until: To when.
    """

    at: datetime = field(validator=aware)
    until: datetime = field(validator=aware)


@frozen
class Change:
    """A clock came under another standard.

    Attributes:
        at: When.
        standard: The standard it was under before.
        due_at: When it was due by that.
    """

    at: datetime = field(validator=aware)
    standard: str
    due_at: datetime = field(validator=aware)


@frozen(kw_only=True)
class History:
    """What happened to a clock since it started; all of it stays.

    Attributes:
        rests: When it stood still, in order.
        extensions: How it was extended, in order.
        changes: Under which standards it was before, in order.
        steps: Steps of its chain that were taken, as the chain names them; none is taken again.
    """

    rests: tuple[Rest, ...] = ()
    extensions: tuple[Extension, ...] = ()
    changes: tuple[Change, ...] = ()
    steps: tuple[str, ...] = ()


def in_order(history: History) -> Iterator[Rest | Extension]:
    """Yield what happened in order; rests that touch are one, unless a date was given between them."""
    left = sorted(history.rests, key=lambda rest: (rest.since, rest.until))
    for one in sorted(history.extensions, key=lambda extension: extension.at):
        before = [rest for rest in left if rest.since < one.at]
        left = left[len(before) :]
        yield from union(before)
        yield one
    yield from union(left)


def union(rests: Iterable[Rest]) -> Iterator[Rest]:
    """Yield times of rest in order, those that overlap or touch as one."""
    held: Rest | None = None
    for one in sorted(rests, key=lambda rest: (rest.since, rest.until)):
        if held is None or one.since > held.until:
            if held is not None:
                yield held
            held = one
        elif one.until > held.until:
            held = Rest(held.since, one.until)
    if held is not None:
        yield held
