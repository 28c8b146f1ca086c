"""How well the loop is closed: review compliance, loop closure, and what people should learn."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from attrs import frozen

from complaintkit.case.learning import Learning
from complaintkit.counts import Count, Counted
from complaintkit.improving.entries import SessionCompleted, SessionMissed
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.store.improving import FiledImprovement, Learned


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
        caused: Whether somebody has looked for the cause.
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


def loop(of: str, learning: Learning, improvements: Iterable[Improvement]) -> Loop:
    """Return how far the loop of a complaint is closed.

    Args:
        of: Its reference.
        learning: What was learned from it.
        improvements: Every improvement there may be for it; those count that name it or one of its causes, and those
            that it names.
    """
    causes = {cause.cause for cause in learning.causes}
    mine = [
        one
        for one in improvements
        if of in one.complaints or one.reference in learning.improvements or not causes.isdisjoint(one.causes)
    ]
    return _loop(of, learning.assessed, learning.no_measure is not None, mine)


def loop_of_cause(cause: str, improvements: Iterable[Improvement]) -> Loop:
    """Return how far the loop of a cause is closed, by the improvements that name it."""
    return _loop(cause, True, False, [one for one in improvements if cause in one.causes])


def _loop(of: str, caused: bool, not_needed: bool, mine: Sequence[Improvement]) -> Loop:
    states = {one.state for one in mine if one.kind is Kind.CORRECTIVE_ACTION}
    measured: Measured = "none"
    if any(state.open for state in states):
        measured = "under_way"
    elif State.EFFECTIVE in states:
        measured = "works"
    elif State.NO_MEASURE in states or not_needed:
        measured = "not_needed"
    return Loop(
        of=of, caused=caused, measured=measured, confirmed=any(one.confirmed_at for one in mine),
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


def closure(cases: Iterable[Learned], improvements: Sequence[Improvement]) -> Closure:
    """Return how many loops are closed.

    Args:
        cases: The closed complaints; leave out those younger than the lag in which causes are assessed.
        improvements: All improvements.
    """
    tied: dict[str, list[Improvement]] = defaultdict(list)
    for one in improvements:
        for name in (one.reference, *one.complaints, *one.causes):
            tied[name].append(one)
    loops = []
    for case in cases:
        causes = (cause.cause for cause in case.learning.causes)
        names = (case.reference, *causes, *case.learning.improvements)
        loops.append(loop(case.reference, case.learning, (one for name in names for one in tied[name])))
    return Closure(cases=len(loops), closed=sum(one.closed for one in loops))


@frozen(kw_only=True)
class Need:
    """Something that people should learn, as the complaints show it: about the matter, never about one person.

    Attributes:
        topic: What complaints ask for, a category whose complaints come back, or a promise that is broken.
        because: The figures in words.
        share: How much of it goes wrong, from 0 to 1; `None` where complaints ask for it outright.
    """

    topic: str
    because: str
    share: float | None = None


NEEDS: Final = (
    Count("ended", ("category",)), Count("reopened", ("category",)), Count("due", ("clock",)), Count("kept", ("clock",))
)  # fmt: skip


def training_needs(
    counted: Sequence[Counted], learned: Iterable[Learned], from_share: float, least: int
) -> tuple[Need, ...]:
    """Return what people should learn: what complaints say outright, then what their figures show, the worst first.

    A category whose complaints are opened again asks for training on it; so does a kind of promise that is broken.

    Args:
        counted: The counts of `NEEDS`, in that order.
        learned: What was learned from complaints, with the training they were found to ask for.
        from_share: Share of what goes wrong from which on it is a need, above 0 and at most 1.
        least: Fewer complaints than this say nothing by their figures.
    """
    ended, again, due, kept = ({values[0]: figure for values, figure in one.rows} for one in counted)
    named = Counter((one.topic, one.role) for case in learned for one in case.learning.training)
    said = [
        Need(topic=topic, because=f"{figure} complaints ask for it, in the role {role}", share=None)
        for (topic, role), figure in sorted(named.items(), key=lambda one: (-one[1], one[0]))
    ]
    shown = [
        _need(code, f"{again[code]} of {figure} complaints were opened again", again[code] / figure)
        for code, figure in ended.items()
        if code and figure >= least and again.get(code, 0) / figure >= from_share
    ]
    for kind, figure in due.items():
        broken = figure - kept.get(kind, 0)
        if kind and figure >= least and broken / figure >= from_share:
            shown.append(_need(kind, f"{broken} of {figure} promises were broken", broken / figure))
    return (*said, *(need for _, need in sorted(shown, key=lambda one: (-one[0], one[1].topic))))


def _need(topic: str, because: str, share: float) -> tuple[float, Need]:
    return share, Need(topic=topic, because=because, share=share)


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
