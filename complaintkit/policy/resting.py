"""What becomes of deadlines once a case no longer waits: they are reckoned anew by the time that counts for each."""

from collections.abc import Iterator
from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, ClockMoved
from complaintkit.case.parts import Clock
from complaintkit.policy.timing import Timing


def rested(case: Complaint, policy: Timing, now: datetime) -> Iterator[Entry]:
    """Yield that a clock which stood still is due at another moment than it was counted on by the time alone.

    Args:
        case: The case, in which the clocks run again.
        policy: The policy.
        now: The moment.
    """
    for clock in case.clocks:
        if clock.history.rests and (anew := policy.reckoned(clock)).due_at != clock.due_at:
            yield moved(anew, "time it stood still", now)


def moved(clock: Clock, because: str, now: datetime) -> ClockMoved:
    """Return that a clock counts from another start, or is due at another moment.

    Args:
        clock: The clock as it is now.
        because: Of what.
        now: The moment.
    """
    return ClockMoved(
        at=now, by=CORE, clock=clock.name, started_at=clock.started_at, due_at=clock.due_at, warn_at=clock.warn_at,
        because=because,
    )  # fmt: skip
