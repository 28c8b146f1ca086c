"""Chains: the steps on the way of a clock, from the first reminder to the last call for attention, and their moments.

A chain has reminders, before the clock is due, and levels, from then on. Which steps were taken stands on the clock, by
their names, and no pause, extension or other standard takes it back; the moments of the others follow the clock.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.due import counted
from complaintkit.case.parts import Clock
from complaintkit.clocks.calendar import Calendar
from complaintkit.clocks.shares import share_of
from complaintkit.errors import SettingsError
from complaintkit.policy.standards import Line, Rung, Standard

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

# Whom a step can name besides roles and people.
OWNER: Final = "owner"
LEAD: Final = "lead"
ROTA: Final = "rota"
# On file with the breach, since clocks know which steps were taken: then no level is taken for taken that was not.
BREACH: Final = "breach"
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_ZERO: Final = timedelta()


@frozen(kw_only=True)
class Step:
    """A step of the core's own ladder: how long after a broken promise, whose attention."""

    after: timedelta = field(validator=(validators.ge(timedelta()), validators.le(timedelta(days=3660))))
    to: str = field(validator=validators.min_len(1))


@frozen(kw_only=True)
class Link:
    """A step of a chain.

    Attributes:
        name: What it is remembered by once it was taken, such as `75% owner`.
        share: When, as a share of the clock's time from 0 to 1; `None` where it is told by an offset.
        offset: How long after the clock is due, exactly; before it where it is negative.
        to: Whose attention: `owner`, `lead`, `rota`, a role or a person.
        line: `hierarchical` or `functional`.
        level: 0 for a reminder; 1 and up from the due moment on.
    """

    name: str
    share: float | None = None
    offset: timedelta = _ZERO
    to: str
    line: Line = "hierarchical"
    level: int = field(default=0, validator=validators.ge(0))

    def moment(self, clock: Clock, calendar: Calendar | None) -> datetime:
        """Return when a clock reaches it; a reminder never before the clock starts, nor after it is due."""
        if self.level:
            return clock.due_at + self.offset
        if self.share is None:
            return max(clock.started_at, clock.due_at + self.offset)
        return share_of(clock.started_at, clock.due_at, self.share, calendar, counted(clock))


@frozen
class Due:
    """A step of the chain of a clock.

    Attributes:
        link: The step.
        at: When the clock reaches it, by what is known now.
        taken: Whether it was taken.
    """

    link: Link
    at: datetime
    taken: bool = False


@lru_cache(maxsize=1024)
def links(standard: Standard | None, common: tuple[Rung, ...], ladder: tuple[Step, ...]) -> tuple[Link, ...]:
    """Return the chain of a standard: its own, else the common one, else its reminder and the core's own ladder.

    A chain without a step from the due moment on goes on with the ladder: somebody always hears of a broken promise.

    Args:
        standard: The standard; `None` for a clock without one.
        common: The chain that holds where a standard has none of its own.
        ladder: The core's own ladder.
    """
    rungs = (standard.chain if standard else ()) or common
    found = tuple(_numbered(rungs))
    if not rungs and standard is not None and standard.warn < 1:
        found = (Link(name=f"{100 * standard.warn:g}% {OWNER}", share=standard.warn, to=OWNER),)
    if any(one.level for one in found):
        return found
    after = (
        Link(name=f"{_told(step.after)} {step.to}", offset=step.after, to=step.to, level=level)
        for level, step in enumerate(sorted(ladder, key=lambda one: one.after), 1)
    )
    return (*found, *after)


def _numbered(rungs: Iterable[Rung]) -> Iterator[Link]:
    level = 0
    for rung in rungs:
        share, offset = read_at(rung.at)
        after = offset >= _ZERO if share is None else share >= 1
        level += after
        yield Link(
            name=f"{rung.at} {rung.to}", share=None if after else share, offset=offset, to=rung.to, line=rung.line,
            level=level if after else 0,
        )  # fmt: skip


def read_at(at: str) -> tuple[float | None, timedelta]:
    """Return the moment of a rung as a share of the clock's time, or else as an offset from when it is due."""
    if at.endswith("%"):
        return float(at[:-1]) / 100, _ZERO
    amount = re.fullmatch(r"([+-]?\d+)([mhd])", at)
    assert amount is not None  # the rung has checked its form
    return None, timedelta(**{_UNITS[amount[2]]: int(amount[1])})


def _told(offset: timedelta) -> str:
    """Return an offset in its largest whole unit, as a rung would have it."""
    for unit, length in (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("m", timedelta(minutes=1))):
        if offset and not offset % length:
            return f"{offset // length:+d}{unit}"
    return f"{offset.total_seconds():+g}s" if offset else "0h"


# --- the chain of one clock


def steps(clock: Clock, chain: Iterable[Link], calendar: Calendar | None) -> tuple[Due, ...]:
    """Return the steps of the chain of a clock, in the order of their moments."""
    found = (Due(one, one.moment(clock, calendar), _taken(clock, one)) for one in chain)
    return tuple(sorted(found, key=lambda one: (one.at, one.link.level)))


def _taken(clock: Clock, link: Link) -> bool:
    """Say whether a clock took a step; of clocks from before that was kept, by the reminder and the level they had."""
    taken = clock.history.steps
    if link.name in taken:
        return True
    if not link.level:
        return clock.overdue or (clock.warned and not taken)
    return clock.overdue and BREACH not in taken and link.level <= clock.level


def next_reminder(of: Iterable[Due]) -> datetime | None:
    """Return the moment of the first reminder that was not given; `None` where there is none."""
    return next((one.at for one in of if not (one.taken or one.link.level)), None)


def next_level(of: Iterable[Due]) -> datetime | None:
    """Return the moment of the first level that was not called; `None` where there is none."""
    return next((one.at for one in of if one.link.level and not one.taken), None)


# --- as settings give them


def check_chains(policy: "Policy") -> None:
    """Refuse chains that do not add up: the common one, those of standards and of rule packs.

    Raises:
        SettingsError: A step comes after a later one, is there twice, lies beyond the whole time by a share, or calls
            somebody who is not there.
    """
    _check(policy.chain, "policy.chain", policy)
    for place, one in enumerate(policy.standards):
        _check(one.chain, f"policy.standards[{place}].chain", policy)
    for pack in policy.packs:
        for one in pack.standards:
            _check(one.chain, f"policy.rules.{pack.name}: {one.name}", policy)


def _check(rungs: Sequence[Rung], path: str, policy: "Policy") -> None:
    last: dict[bool, float] = {}
    for place, rung in enumerate(rungs):
        here = f"{path}[{place}]"
        share, offset = read_at(rung.at)
        if share is not None and share > 1:
            raise SettingsError(f"{here}.at", f"{rung.at} is more than the whole time; write '+2h' for two hours late")
        after = offset.total_seconds() if share is None else 0.0
        by_share, value = share is not None and share < 1, share if share is not None and share < 1 else after
        if value < last.get(by_share, value) or (by_share and last.get(False, -1) >= 0):
            raise SettingsError(f"{here}.at", f"{rung.at} comes after a later step; write the steps in their order")
        if any((one.at, one.to) == (rung.at, rung.to) for one in rungs[:place]):
            raise SettingsError(here, f"{rung.at} {rung.to} is there twice; leave one of them out")
        last[by_share] = value
        if why := nobody(rung.to, policy):
            raise SettingsError(f"{here}.to", why)


def nobody(to: str, policy: "Policy") -> str:
    """Return why a step calls nobody; empty where it calls somebody: `owner`, `lead`, `rota`, a role or a person.

    While nobody is listed as staff, any name may be somebody's; only one that looks like a role misspelt is refused.
    """
    roster = policy.roster
    if to in (OWNER, LEAD, ROTA) or to in policy.roles or roster.is_role(to) or roster.member(to):
        return ""
    people = [one.name for one in policy.staff]
    known = [OWNER, LEAD, ROTA, *sorted(policy.roles), *people]
    near = get_close_matches(to, known, 1, 0.8)
    if not people and not near:
        return ""
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return f"there is neither a person nor a role called {to!r}; {hint}"
