"""The people of the demo who handle complaints: who works when, how fast, and who is away in which weeks."""

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

ZONE: Final = ZoneInfo("Europe/London")
LEAD: Final = "lena"
_WEEKDAYS: Final = frozenset(range(5))
_LONGEST: Final = timedelta(days=60)


@frozen(kw_only=True)
class Handler:
    """Somebody who handles complaints.

    Attributes:
        name: As it stands in the case files.
        pace: Working hours that usually pass before the next step on a case.
        days, opens, shuts: Weekdays (Monday is 0) and hours of work.
        away: Holidays as (week after the start of the demo, number of weeks).
        forgets: Share of steps that are forgotten until somebody reminds.
        channels: Channels this person prefers; empty for any.
    """

    name: str
    pace: float
    days: frozenset[int] = _WEEKDAYS
    opens: time = time(9)
    shuts: time = time(17, 30)
    away: tuple[tuple[int, int], ...] = ()
    forgets: float = 0.03
    channels: tuple[str, ...] = ()

    def works(self, at: datetime, start: datetime) -> bool:
        """Say whether this person is at work at a moment of a demo that began at `start`."""
        local = at.astimezone(ZONE)
        return not self.absent(at, start) and local.weekday() in self.days and self.opens <= local.time() < self.shuts

    def absent(self, at: datetime, start: datetime) -> bool:
        """Say whether this person is on holiday."""
        week = (at - start).days // 7
        return any(first <= week < first + weeks for first, weeks in self.away)

    def after(self, at: datetime, hours: float, start: datetime) -> datetime:
        """Return the moment after so many hours of this person's work.

        Args:
            at: From when.
            hours: Working hours, 0 for the next moment at work.
            start: When the demo began.
        """
        left, moment = timedelta(hours=hours), at
        while moment - at < _LONGEST:
            day = moment.astimezone(ZONE).date()
            opens = datetime.combine(day, self.opens, ZONE).astimezone(at.tzinfo)
            shuts = datetime.combine(day, self.shuts, ZONE).astimezone(at.tzinfo)
            begins = max(moment, opens)
            if begins < shuts and self.works(begins, start):
                if begins + left < shuts:
                    return begins + left
                left -= shuts - begins
            moment = datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(at.tzinfo)
        return moment


HANDLERS: Final = (
    Handler(name="maya", pace=3.0, away=((7, 2), (24, 1), (37, 2))),
    Handler(name="oleg", pace=5.0, away=((15, 2), (33, 1))),
    Handler(name="ramon", pace=8.0, away=((20, 3),), forgets=0.08),
    Handler(name="hugh", pace=12.0, away=((11, 1), (29, 2)), forgets=0.12),
    Handler(
        name="tess", pace=0.5, days=frozenset(range(7)), opens=time(8), shuts=time(21, 30), away=((18, 1), (31, 1)),
        channels=("social",),
    ),
)  # fmt: skip
CHIEF: Final = Handler(name=LEAD, pace=2.0, opens=time(8, 30), away=((26, 1),))
PEOPLE: Final[Mapping[str, Handler]] = {handler.name: handler for handler in (*HANDLERS, CHIEF)}


@frozen
class Roster:
    """Says who takes a case and how long a step lasts; knows how much everybody has to do.

    Args:
        dice: Where chance comes from.
        start: When the demo began.
    """

    dice: random.Random
    start: datetime
    load: dict[str, int] = field(factory=dict)

    def on_the_telephone(self, at: datetime) -> str:
        """Return who takes a call at a moment."""
        able = [one for one in HANDLERS if one.works(at, self.start) and not one.channels]
        return self.dice.choice(able).name if able else LEAD

    def for_case(self, channel: str, at: datetime) -> str:
        """Return to whom the lead gives a case: the one with least to do, for once also somebody who is away."""
        able = [one for one in HANDLERS if channel in one.channels] or [one for one in HANDLERS if not one.channels]
        here = [one for one in able if not one.absent(at, self.start)]
        if here and self.dice.random() < 0.9:
            able = here
        return min(able, key=lambda one: (self.load.get(one.name, 0) + self.dice.random() * 3, one.name)).name

    def step(self, name: str, at: datetime, share: float = 1.0) -> datetime:
        """Return when somebody comes to the next step: later the more there is to do, much later if it is forgotten.

        Args:
            name: Who.
            at: From when.
            share: How long the step takes, as a share of this person's pace.
        """
        handler = PEOPLE.get(name, CHIEF)
        pressed = 1 + max(0, self.load.get(name, 0) - 10) / 8
        hours = handler.pace * share * pressed * self.dice.lognormvariate(0, 0.6)
        if self.dice.random() < handler.forgets:
            hours += 40 + self.dice.random() * 80
        return handler.after(at, hours, self.start)


def morning(moment: datetime) -> datetime:
    """Return when the lead looks through the open cases on that day, or the next one."""
    local = datetime.combine(moment.astimezone(ZONE).date(), time(9, 30), ZONE).astimezone(moment.tzinfo)
    return local if local > moment else local + timedelta(days=1)
