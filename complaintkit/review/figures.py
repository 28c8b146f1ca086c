"""How well the loop is closed: review compliance, loop closure, and what people should learn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from attrs import frozen

from complaintkit.counts import Count, Counted
from complaintkit.improving.entries import SessionCompleted, SessionMissed
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.store.improving import ClosedCase, FiledImprovement


@frozen(kw_only=True)
class Compliance:
    """Review compliance (K32): sessions done by due with the required outputs sent, of those due in a period.

    Attributes:
        due: Sessions that had to be complete in the period.
        done: Those of them that were, in time: held, with notes and decisions, every output attached and sent.
        late: Those that were complete, but later.
    """

    due: int
    done: int
    late: int

    @property
    def share(self) -> float | None:
        """Return the share done in time, from 0 to 1; `None` where none was due."""
        return self.done / self.due if self.due else None


def compliance(
    circles: Iterable[Improvement], sessions: Iterable[FiledImprovement], since: datetime, until: datetime
) -> Compliance:
    """Return how well review circles kept their dates in a half-open period.

    Args:
        circles: All circles, also those that meet no more: a session that is still owed counts, too.
        sessions: Entries by which sessions were completed or missed.
        since, until: The period in which sessions were due.
    """
    due = done = late = 0
    for filed in sessions:
        entry = filed.entry
        if isinstance(entry, SessionCompleted | SessionMissed) and since <= entry.due_at < until:
            due += 1
            if isinstance(entry, SessionCompleted):
                done += entry.at <= entry.due_at
                late += entry.at > entry.due_at
    for one in circles:
        session = one.circle.session if one.circle else None
        if session and since <= session.due_at < min(until, one.ended_at or until):
            due += 1
    return Compliance(due=due, done=done, late=late)


Measured = Literal["works", "not_needed", "under_way", "none"]


@frozen(kw_only=True)
class Loop:
    """Whether the loop of one complaint, or of one cause, is closed: collect, analyse, feed back, mend.

    Attributes:
        of: Reference of the complaint, or code of the cause.
        caused: Whether a cause is known.
        measured: Whether a measure works, was found not to be needed, is under way, or there is none.
        confirmed: Whether those who can mend it were told and confirmed it.
        improvements: References of the improvements by which this is so.
    """

    of: str
    caused: bool
    measured: Measured
    confirmed: bool
    improvements: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Say whether nothing is missing: the loop is open until feedback is delivered and confirmed."""
        return self.caused and self.measured in ("works", "not_needed") and self.confirmed


def loop(of: str, causes: Sequence[str], improvements: Iterable[Improvement]) -> Loop:
    """Return how far the loop of a complaint or a cause is closed.

    Args:
        of: What it is about: a reference, or a cause.
        causes: The causes known of it.
        improvements: Every improvement there may be for it; those count that name it or one of its causes.
    """
    mine = [one for one in improvements if of in one.complaints or not {of, *causes}.isdisjoint(one.causes)]
    states = {one.state for one in mine if one.kind is Kind.CORRECTIVE_ACTION}
    measured: Measured = "none"
    if any(state.open for state in states):
        measured = "under_way"
    elif State.EFFECTIVE in states:
        measured = "works"
    elif State.NO_MEASURE in states:
        measured = "not_needed"
    return Loop(
        of=of, caused=bool(causes), measured=measured, confirmed=any(one.confirmed_at for one in mine),
        improvements=tuple(dict.fromkeys(one.reference for one in mine)),
    )  # fmt: skip


@frozen(kw_only=True)
class Closure:
    """Loop closure (K31): closed complaints whose loop is closed, of all that were closed in a period.

    Attributes:
        cases: Closed complaints.
        closed: Those of them with a cause known, a measure that works or a reasoned decision that none is needed, and
            feedback confirmed by those who can mend it.
    """

    cases: int
    closed: int

    @property
    def share(self) -> float | None:
        """Return the share, from 0 to 1; `None` where nothing was closed."""
        return self.closed / self.cases if self.cases else None


def closure(cases: Iterable[ClosedCase], improvements: Sequence[Improvement]) -> Closure:
    """Return how many loops are closed.

    Args:
        cases: The closed complaints; leave out those younger than the lag in which causes are assessed.
        improvements: All improvements.
    """
    tied: dict[str, list[Improvement]] = defaultdict(list)
    for one in improvements:
        for name in (*one.complaints, *one.causes):
            tied[name].append(one)
    loops = [
        loop(case.reference, case.causes, (one for name in (case.reference, *case.causes) for one in tied[name]))
        for case in cases
    ]
    return Closure(cases=len(loops), closed=sum(one.closed for one in loops))


@frozen(kw_only=True)
class Need:
    """Something that people should learn, as the complaints show it: about the matter, never about one person.

    Attributes:
        topic: A category whose complaints come back, or a promise that is broken.
        because: The figures in words.
        share: How much of it goes wrong, from 0 to 1.
    """

    topic: str
    because: str
    share: float


NEEDS: Final = (
    Count("ended", ("category",)), Count("reopened", ("category",)), Count("due", ("clock",)), Count("kept", ("clock",))
)  # fmt: skip


def training_needs(counted: Sequence[Counted], from_share: float, least: int) -> tuple[Need, ...]:
    """Return what people should learn, the worst first.

    A category whose complaints are opened again asks for training on it; so does a kind of promise that is broken.

    Args:
        counted: The counts of `NEEDS`, in that order.
        from_share: Share of what goes wrong from which on it is a need, above 0 and at most 1.
        least: Fewer complaints than this say nothing.
    """
    ended, again, due, kept = ({values[0]: figure for values, figure in one.rows} for one in counted)
    found = [
        Need(topic=code, because=f"{again[code]} of {figure} complaints were opened again", share=again[code] / figure)
        for code, figure in ended.items()
        if code and figure >= least and again.get(code, 0) / figure >= from_share
    ]
    for kind, figure in due.items():
        broken = figure - kept.get(kind, 0)
        if kind and figure >= least and broken / figure >= from_share:
            because = f"{broken} of {figure} promises were broken"
            found.append(Need(topic=kind, because=because, share=broken / figure))
    return tuple(sorted(found, key=lambda need: (-need.share, need.topic)))


def unwatched(channels: Iterable[str], circles: Iterable[Improvement]) -> tuple[str, ...]:
    """Return the channels by which complaints come and at which no circle looks.

    A circle that has missed its sessions without a break looks at nothing.

    Args:
        channels: The channels by which complaints came lately.
        circles: The circles that meet.
    """
    looking = [one.circle for one in circles if one.open and one.circle and one.circle.behind_since is None]
    if any(not circle.channels for circle in looking):
        return ()
    seen = {channel for circle in looking for channel in circle.channels}
    return tuple(channel for channel in channels if channel not in seen)
