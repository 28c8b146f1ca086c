"""An entry as it would be under another policy: its deadlines are worked out anew, dates that were given stay."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from complaintkit.case.actions.deciding import going_on
from complaintkit.case.actions.merging import apart, both, parted
from complaintkit.case.complaint import Entry
from complaintkit.case.entries import (
    CORE,
    Absorbed,
    Assessed,
    Closed,
    Extended,
    FollowedUp,
    Merged,
    MessageFiled,
    NoticeUndelivered,
    Recalculated,
    Registered,
    Released,
    Reopened,
    Resolved,
    Responded,
    ReviewOpened,
    RulesApplied,
    SurveyAsked,
    TaskAdded,
    TaskReturned,
    Unmerged,
    Withdrawn,
)
from complaintkit.case.parts import NO_PROMISE, Clock, Suggestion, free_name
from complaintkit.case.tasks import LASTING_TASK, task_of
from complaintkit.changing import evolve
from complaintkit.policy import Policy
from complaintkit.policy.timing import GIVEN
from complaintkit.replay.calls import CALLS
from complaintkit.replay.facts import Met
from complaintkit.triage import chosen

Clocks = tuple[Clock, ...]


def under(entry: Entry, met: Met) -> Entry:
    """Return an entry with its deadlines as the policy in question makes them.

    Args:
        entry: The entry as it is on file.
        met: The case it comes into, and the policy.

    Raises:
        ValueError: It would not have come to be, for the reason given.
    """
    make = MADE.get(type(entry), _plain)
    return make(entry, met)


def renewed(clocks: Clocks, met: Met) -> Clocks:
    """Return clocks of an entry as the policy makes them: of the same kinds, names and starts, for the same people.

    The policy's rule packs bring theirs beside them. One with a date that was given keeps it, and one that has come
    from another case keeps what it has been through.
    """
    return tuple(_renewed(clocks, met))


def _renewed(clocks: Clocks, met: Met) -> Iterator[Clock]:
    taken = {clock.name for clock in met.case.clocks}
    done: set[str] = set()
    for clock in sorted(clocks, key=lambda one: ":" in one.name):
        name = clock.name.partition(":")[0]
        if name in done:
            continue
        done.add(name)
        if clock.reckoning.within is None or GIVEN in clock.standard:
            yield evolve(_dated(clock, met), name=free_name(clock.name, taken))
            continue
        made = met.policy.clock(
            clock.kind, met.case, clock.started_at, name="" if name in taken else name, who=clock.who
        )
        if ":" in clock.name:  # there was none of ours beside it
            made = tuple(one for one in made if ":" in one.name)
        mine = next((one for one in clocks if one.name == (made[0].name if made else "")), None)
        if mine is not None and _lived(mine):
            yield _kept(mine, made[0], met.policy)
            made = made[1:]
        yield from made


def _dated(clock: Clock, met: Met) -> Clock:
    """Return a clock with its date, and the reminder that the policy gives it."""
    due = clock.reckoning.until
    if due is None or clock.warn_at is None or clock.kind in NO_PROMISE or _lived(clock):
        return clock
    again = met.policy.clock_until(clock.kind, met.case, clock.started_at, due, name=clock.name, who=clock.who)
    return evolve(clock, warn_at=again.warn_at)


def _lived(clock: Clock) -> bool:
    """Say whether something has happened to a clock: then it is a copy of one that runs elsewhere."""
    fresh = Clock(kind=clock.kind, standard="", started_at=clock.started_at, due_at=clock.due_at)
    past = ("history", "met_at", "ended_at", "paused_at", "warned", "overdue", "level", "broken_at")
    return any(getattr(clock, one) != getattr(fresh, one) for one in past)


def _kept(clock: Clock, made: Clock, policy: Policy) -> Clock:
    """Return a copied clock under the policy's standard; what it has been through stays."""
    if (clock.standard, clock.reckoning) == (made.standard, made.reckoning):
        return clock
    moved = evolve(
        clock, standard=made.standard, reckoning=made.reckoning, basis=made.basis, pausable=made.pausable,
    )  # fmt: skip
    return policy.reckoned(moved)


# --- entry by entry: what a policy says in more than the length of a clock


def _plain(entry: Any, met: Met) -> Entry:
    clocks = getattr(entry, "clocks", None)
    made: Entry = evolve(entry, clocks=renewed(clocks, met)) if isinstance(clocks, tuple) and clocks else entry
    return made


def _registered(entry: Registered, met: Met) -> Entry:
    case = met.case
    if not case.envelope:  # split from another, it runs on with copies of that one's clocks
        made = renewed(entry.clocks, met)
        there, packs = {one.name for one in made}, met.policy.known("rules")
        copies = (one for one in entry.clocks if one.name.partition(":")[2] in packs and one.name not in there)
        return evolve(entry, clocks=(*made, *copies))
    told = any(clock.kind == "acknowledgement" for clock in entry.clocks)
    owed = told or (case.acknowledged_at is None and case.complainant.reachable)
    made = met.policy.clocks(case, case.received_at, entry.at)
    return evolve(entry, clocks=tuple(one for one in made if owed or one.kind != "acknowledgement"))


def _assessed(entry: Assessed, met: Met) -> Entry:
    if entry.by != CORE:
        return entry
    said = (Suggestion(category=one.category, score=one.score, severity=one.severity) for one in entry.opinions)
    category, severity = chosen(met.case, said, met.policy)
    return evolve(entry, category=category, severity=severity)


def _message(entry: MessageFiled, met: Met) -> Entry:
    clocks = () if entry.automatic else met.policy.follow_up(met.case, entry.received_at or entry.at)
    return evolve(entry, clocks=clocks)


def _undelivered(entry: NoticeUndelivered, met: Met) -> Entry:
    return evolve(entry, clocks=met.policy.follow_up(met.case, entry.at))


def _responded(entry: Responded, met: Met) -> Entry:
    return evolve(entry, clocks=met.policy.after.response(met.case, entry.at))


def _resolved(entry: Resolved, met: Met) -> Entry:
    if met.case.stage is entry.stage:
        raise ValueError("it would have been settled by then")
    return evolve(entry, clocks=met.policy.after.resolution(met.case, entry.at))


def _ended(entry: Closed | Withdrawn, met: Met) -> Entry:
    return evolve(entry, clocks=met.policy.after.ending(met.case, entry.stage, entry.at))


def _reopened(entry: Reopened, met: Met) -> Entry:
    return evolve(entry, clocks=going_on(met.case, met.policy, entry.at, entry.count))


def _disputed(entry: ReviewOpened, met: Met) -> Entry:
    return evolve(entry, clocks=met.policy.after.review(met.case, entry.at))


def _followed_up(entry: FollowedUp, met: Met) -> Entry:
    return entry if entry.reached else evolve(entry, clocks=met.policy.after.contact(met.case, entry.at))


def _surveyed(entry: SurveyAsked, met: Met) -> Entry:
    until, clocks = met.policy.after.survey(met.case, entry.at)
    return evolve(entry, until=until, clocks=clocks)


def _recalculated(entry: Recalculated, met: Met) -> Entry:
    raise ValueError("its deadlines count by this policy from the start")


def _by_rules(entry: RulesApplied, met: Met) -> Entry:
    handling = met.case.handling
    case = evolve(met.case, handling=evolve(handling, rules=(*handling.rules, entry.rules)))
    return evolve(entry, clocks=met.policy.rule_clocks(case, entry.rules))


def _asked(entry: TaskAdded, met: Met) -> Entry:
    clock = entry.clock
    if GIVEN in clock.standard:
        return entry
    made = met.policy.work.clock(
        met.case, entry.task, entry.who, clock.started_at, clock.name, lasting=clock.kind == LASTING_TASK
    )
    return evolve(entry, clock=made)


def _asked_again(entry: TaskReturned, met: Met) -> Entry:
    task, clock = task_of(met.case, entry.task), entry.clock
    if task is None or GIVEN in clock.standard:
        return entry
    made = met.policy.work.clock(
        met.case, task.kind, task.who, clock.started_at, clock.name, lasting=task.lasting
    )  # fmt: skip
    return evolve(entry, clock=made)


def _merged(entry: Merged, met: Met) -> Entry:
    return evolve(entry, clocks_before=met.case.clocks)


def _unmerged(entry: Unmerged, met: Met) -> Entry:
    before = next((one for one in reversed(met.past) if isinstance(one, Merged)), None)
    return evolve(entry, clocks=apart(before, met.policy)) if before else entry


def _absorbed(entry: Absorbed, met: Met) -> Entry:
    """Take over the other case's deadlines as they are on file, where this case's own are not stricter."""

    def stricter(clock: Clock) -> Clock:
        mine = met.case.named(clock.name)
        if mine is None or mine.settled:
            return clock
        return both(met.policy.reckoned(mine.resume(entry.at)), clock, entry.at)

    return evolve(entry, clocks=tuple(map(stricter, entry.clocks)))


def _released(entry: Released, met: Met) -> Entry:
    if not any(isinstance(one, Absorbed) and one.reference == entry.reference for one in met.past):
        return entry
    back = parted(met.past, entry.reference, met.case, met.policy)
    return evolve(entry, clocks=back.clocks, dropped=back.dropped)


def _extended(entry: Extended, met: Met) -> Entry:
    clock = met.case.named(entry.clock)
    if clock is None or clock.settled:
        raise ValueError("there is no such deadline to extend")
    if entry.at > clock.due_at:
        raise ValueError("the deadline would have been over by then")
    if entry.until <= clock.due_at:
        raise ValueError("the deadline would have been later anyway")
    return entry


MADE: Final[Mapping[type[Entry], Callable[[Any, Met], Entry]]] = MappingProxyType(
    {
        Registered: _registered,
        Assessed: _assessed,
        MessageFiled: _message,
        NoticeUndelivered: _undelivered,
        Responded: _responded,
        Resolved: _resolved,
        Closed: _ended,
        Withdrawn: _ended,
        Reopened: _reopened,
        ReviewOpened: _disputed,
        FollowedUp: _followed_up,
        SurveyAsked: _surveyed,
        RulesApplied: _by_rules,
        TaskAdded: _asked,
        TaskReturned: _asked_again,
        Merged: _merged,
        Unmerged: _unmerged,
        Absorbed: _absorbed,
        Released: _released,
        Extended: _extended,
        Recalculated: _recalculated,
        **CALLS,
    }
)
