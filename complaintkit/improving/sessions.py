"""The next session of a circle, planned by its rhythm."""

from datetime import datetime

from attrs import evolve

from complaintkit.case.parts import Clock
from complaintkit.improving.asking import Terms, clock
from complaintkit.improving.entries import SessionMissed
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.parts import Circle, Session
from complaintkit.improving.rhythm import Rhythm, end_of_day


def next_session(circle: Circle, rhythm: Rhythm, now: datetime, terms: Terms) -> tuple[Session, Clock]:
    """Return the session after the present one, and its clock.

    In the same rhythm it is the one after the present one's date, even if that has passed, too: it was due. In a new
    rhythm it is the first that comes.

    Args:
        circle: The circle.
        rhythm: Its rhythm from now on.
        now: When this is planned.
        terms: The policy.
    """
    number = circle.session.number + 1
    planned = rhythm.after(circle.session.planned_at if rhythm == circle.rhythm else now)
    session = Session(number=number, planned_at=planned, due_at=end_of_day(planned, circle.grace, rhythm.zone))
    start = min(now, planned)
    return session, clock("session", start, session.due_at, terms, name=f"session-{number}", because=str(rhythm))


def missed(improvement: Improvement, by: str, now: datetime, terms: Terms) -> SessionMissed | None:
    """Return the entry that goes on to the next session, once that has come and the present one is not complete.

    The level of attention goes on with it: who was called because of the one is not called anew because of the other.

    Args:
        improvement: The circle's improvement.
        by: Who looks.
        now: When.
        terms: The policy.
    """
    circle = improvement.circle
    if circle is None or circle.session.due_at >= now:
        return None
    session, running = next_session(circle, circle.rhythm, now, terms)
    if session.planned_at > now:
        return None
    before = improvement.running("session")
    return SessionMissed(
        at=now, by=by, number=circle.session.number, due_at=circle.session.due_at, next=session,
        clocks=(evolve(running, level=before.level if before else 0),),
    )  # fmt: skip
