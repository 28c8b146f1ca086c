"""Counting deadlines anew by today's policy: many complaints at once, each by an entry of its own, or only to see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from complaintkit.case.actions import Action, Recalculate
from complaintkit.case.actions.deadlines import moves_of
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Move
from complaintkit.errors import ComplaintError
from complaintkit.policy import Policy
from complaintkit.store.port import Filter

_PAGE: Final = 200


class Handled(Protocol):
    """What the person sees who asks for it, and by which they act: a kit, or a view of one."""

    @property
    def policy(self) -> Policy:
        """Return the policy."""

    def cases(self, which: Filter | None = None) -> tuple[Complaint, ...]:
        """List complaints."""

    def act(
        self, reference: str, action: Action, *, by: str | Actor, now: datetime | None = None,
        version: int | None = None,
    ) -> Complaint:  # fmt: skip
        """Do what is asked for."""


@frozen(kw_only=True)
class Moved:
    """A deadline that counts otherwise by today's policy.

    Attributes:
        clock: Its name.
        was: The standard it was under, with the version it came from.
        standard: The one it is under now, likewise.
        was_due_at, due_at: When it was due, and is.
        past: Whether it is broken by this alone.
    """

    clock: str
    was: str
    standard: str
    was_due_at: datetime
    due_at: datetime
    past: bool


@frozen(kw_only=True)
class Recalculation:
    """What counting anew makes of a complaint.

    Attributes:
        reference: Which.
        moved: Its deadlines that count otherwise.
        why_not: Why nothing was done with it; empty where it was, or where that was not asked for.
    """

    reference: str
    moved: tuple[Moved, ...]
    why_not: str = ""


def recalculate(
    view: Handled, action: Recalculate, by: str, now: datetime, *, dry_run: bool = False
) -> Iterator[Recalculation]:
    """Count the running deadlines of every open complaint by today's policy, and yield those in which some move.

    Each is a step of its own, refused like any other where somebody changed the complaint meanwhile. Confidential
    complaints are left to those who are let into them.

    Args:
        view: What the person sees who asks for it.
        action: What is counted anew, and why.
        by: Who asks for it.
        now: The moment.
        dry_run: Only tell what would move.
    """
    place = 0
    # In the order of receipt: what is done here moves nothing from one page to another.
    while page := view.cases(Filter(open=True, order="received", limit=_PAGE, offset=place)):
        place += len(page)
        for case in page:
            moves = moves_of(case, view.policy, now, action.standard.strip(), action.rules.strip())
            if moves and not case.secrecy:
                why_not = "" if dry_run else _done(view, case, action, by, now)
                yield Recalculation(
                    reference=case.reference, moved=tuple(_moved(case, one) for one in moves), why_not=why_not
                )


def _done(view: Handled, case: Complaint, action: Recalculate, by: str, now: datetime) -> str:
    """Count a complaint anew; return why that was refused, or nothing."""
    try:
        view.act(case.reference, action, by=by, now=now)
    except ComplaintError as error:
        return error.problem
    return ""


def _moved(case: Complaint, move: Move) -> Moved:
    clock = case.named(move.clock)
    assert clock is not None  # the move is one of its clocks
    return Moved(
        clock=move.clock, was=clock.standard, standard=move.into.standard, was_due_at=clock.due_at, due_at=move.due_at,
        past=move.past,
    )  # fmt: skip
