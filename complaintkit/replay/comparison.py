"""Many cases gone through: as they are on file, by what holds today, and by what is tried; and where these differ."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen, validators

from complaintkit.case.complaint import Complaint
from complaintkit.errors import ComplaintKitError
from complaintkit.replay.course import Course, Misfit, Regime, filed, taken
from complaintkit.replay.facts import Record
from complaintkit.replay.tally import COMPLAINANT, Promise, Row, Tally, keys
from complaintkit.store.port import Filter, Store

PAGE: Final = 200
INTERIM: Final = (("interim", COMPLAINANT), ("holding", COMPLAINANT))


@frozen(kw_only=True)
class Which:
    """Which cases are gone through: those received in a half-open period, at most so many, the newest first."""

    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = field(default=None, validator=validators.optional(validators.ge(1)))


@frozen(kw_only=True)
class Figure:
    """A figure three times: on file, by what holds today, and by what is tried (`None` where nothing is).

    Attributes:
        of: What it is a figure of, such as kind of clock and rule pack.
    """

    of: tuple[str, ...]
    on_file: int
    today: int
    tried: int | None = None


@frozen(kw_only=True)
class Moved:
    """A promise that is broken in one course and not in the other; `None` where there is no such promise.

    Attributes:
        reference, clock, rules: Which promise.
        before, after: When it is due in each of the two.
        was, becomes: What becomes of it in each; empty where there is none.
    """

    reference: str
    clock: str
    rules: str
    before: datetime | None
    after: datetime | None
    was: str
    becomes: str


@frozen(kw_only=True)
class Replay:
    """What would have happened.

    Attributes:
        cases: How many were gone through.
        tried: Whether something was tried; else `avoided` and `added` compare the record with what holds today.
        kept, broken: Promises by kind of clock and rule pack.
        escalations: By level and whom they call.
        messages: By occasion and whom they are for (`complainant`, `staff`, `others`).
        sent: Messages as they go out, by whom they are for: many for one reader at once go out as one list.
        called_out: How often each of staff is called at a moment at which they do not work.
        interim: Notices to complainants that it takes longer, with a new date.
        failures: Plugins that failed, and how often.
        avoided, added: Promises broken before and no longer, and those broken only now.
        misfits: What on file would not fit into the course that is tried, or else into today's.
        cut: Cases given up, because a rule wanted to look again and again.
        unreadable: Cases that cannot be read; `complaintkit verify` tells more.
    """

    cases: int
    tried: bool
    since: datetime | None
    until: datetime | None
    now: datetime
    kept: tuple[Figure, ...]
    broken: tuple[Figure, ...]
    escalations: tuple[Figure, ...]
    messages: tuple[Figure, ...]
    sent: tuple[Figure, ...]
    called_out: tuple[Figure, ...]
    interim: Figure
    failures: tuple[Figure, ...]
    avoided: tuple[Moved, ...]
    added: tuple[Moved, ...]
    misfits: tuple[Misfit, ...] = ()
    cut: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def replayed(
    store: Store,
    today: Regime,
    tried: Regime | None,
    which: Which,
    now: datetime,
    report: Callable[[int], None] = lambda seen: None,
) -> Replay:
    """Return what would have happened in past cases; nothing is written, and nothing is sent.

    Args:
        store: Where the cases are; it is only read.
        today: What holds today.
        tried: What is tried; `None` only compares today's with what is on file.
        which: Which cases.
        now: Up to which moment.
        report: Is told after each case how many were gone through.
    """
    compared = _Compared(today, tried, now)
    for seen, case in enumerate(cases(store, which), 1):
        try:
            file = tuple(one.entry for one in store.file(case.reference) if one.entry.at <= now)
            record = Record.of(file) if file else None
        except ComplaintKitError:
            compared.unreadable.append(case.reference)
        else:
            if record is not None:  # else it was put on file later
                compared.add(record)
        report(seen)
    return compared.replay(which)


def cases(store: Store, which: Which) -> Iterator[Complaint]:
    """Yield the cases, the newest first."""
    offset, left = 0, which.limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        found = store.cases(Filter(since=which.since, until=which.until, order="received", limit=size, offset=offset))
        yield from found
        if len(found) < size:
            return
        offset, left = offset + size, left if left is None else left - size


class _Compared:
    """Adds up case after case."""

    def __init__(self, today: Regime, tried: Regime | None, now: datetime) -> None:
        self.today, self.tried, self.now = today, tried, now
        self.tallies = [Tally(), Tally()] + [Tally()] * (tried is not None)
        self.seen = 0
        self.avoided: list[Moved] = []
        self.added: list[Moved] = []
        self.misfits: list[Misfit] = []
        self.cut: list[str] = []
        self.unreadable: list[str] = []

    def add(self, record: Record) -> None:
        """Go through a case each way, and compare."""
        regimes = [self.today, self.today] + ([self.tried] if self.tried else [])
        courses: list[Course] = [filed(record, self.today.policy)]
        courses += (taken(record, one, self.now) for one in regimes[1:])
        found = [
            tally.add(course, regime.policy, self.now)
            for tally, course, regime in zip(self.tallies, courses, regimes, strict=True)
        ]
        before, after = found[-2], found[-1]
        self.avoided += _moved(before, after, broken_before=True)
        self.added += _moved(after, before, broken_before=False)
        self.misfits += courses[-1].misfits
        if courses[-1].cut:
            self.cut.append(courses[-1].case.reference)
        self.seen += 1

    def replay(self, which: Which) -> Replay:
        """Return what it comes to."""
        return Replay(
            cases=self.seen, tried=self.tried is not None, since=which.since, until=which.until, now=self.now,
            kept=self._figures("kept"), broken=self._figures("broken"), escalations=self._figures("escalations"),
            messages=self._figures("messages"), sent=self._sent(), called_out=self._figures("called_out"),
            interim=self._interim(), failures=self._figures("failures"), avoided=tuple(self.avoided),
            added=tuple(self.added), misfits=tuple(self.misfits), cut=tuple(self.cut),
            unreadable=tuple(self.unreadable),
        )  # fmt: skip

    def _figures(self, name: str) -> tuple[Figure, ...]:
        counters: list[Counter[Row]] = [getattr(one, name) for one in self.tallies]
        return tuple(_figure(row, [one[row] for one in counters]) for row in keys(counters))

    def _sent(self) -> tuple[Figure, ...]:
        policies = [one.policy for one in (self.today, self.today, self.tried or self.today)]
        counters = [tally.sent(policy) for tally, policy in zip(self.tallies, policies, strict=False)]
        return tuple(_figure(row, [one[row] for one in counters]) for row in keys(counters))

    def _interim(self) -> Figure:
        return _figure((), [sum(one.messages[row] for row in INTERIM) for one in self.tallies])


def _figure(of: Row, found: list[int]) -> Figure:
    return Figure(of=of, on_file=found[0], today=found[1], tried=found[2] if len(found) > 2 else None)


def _moved(broken: Sequence[Promise], others: Sequence[Promise], *, broken_before: bool) -> Iterator[Moved]:
    """Yield the promises broken in one course that are not in the other."""
    known = {one.key: one for one in others}
    for one in broken:
        other = known.get(one.key)
        if one.state == "broken" and (other is None or other.state != "broken"):
            before, after = (one, other) if broken_before else (other, one)
            yield Moved(
                reference=one.reference, clock=one.clock, rules=one.rules,
                before=before.due_at if before else None, after=after.due_at if after else None,
                was=before.state if before else "", becomes=after.state if after else "",
            )  # fmt: skip
