"""What a kit offers about improvements, at either door: open them, act on them, look, and see how well it goes."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from complaintkit import __version__
from complaintkit.case.actions.describing import Standing
from complaintkit.case.actor import Actor
from complaintkit.case.reference import read as read_reference
from complaintkit.checks import moment
from complaintkit.desk import Desk
from complaintkit.errors import NotFound
from complaintkit.improving.actions import Action, Opening
from complaintkit.improving.describing import standings
from complaintkit.improving.improvement import PREFIX, Improvement
from complaintkit.improving.lifecycle import Kind
from complaintkit.policy.staff import STAFF_ROLES
from complaintkit.review import calendar, figures
from complaintkit.review.figures import Closure, Compliance, Loop, Need
from complaintkit.store.improving import FiledImprovement, Which

_PAGE: Final = 500
# How long back a channel counts as one by which complaints come.
LATELY: Final = timedelta(days=90)


class Improvements(ABC):
    """The part of a kit that closes the loop."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    def improve(self, opening: Opening, *, by: str | Actor, now: datetime | None = None) -> Improvement:
        """Open an improvement: a measure, a circle, a suggestion ...

        Args:
            opening: What is opened.
            by: Who opens it, and owns it unless it names an owner.
            now: The moment.

        Raises:
            NotAllowed: It is refused, with the reason.
        """
        return self.desk.improve(opening, by, moment(now or self.clock()))

    def act_on(
        self,
        reference: str,
        action: Action,
        *,
        by: str | Actor,
        now: datetime | None = None,
        version: int | None = None,
    ) -> Improvement:
        """Do something with an improvement.

        Args:
            reference: The improvement, however it is typed.
            action: What is to be done.
            by: Who does it: a name, whose roles the policy knows, or an `Actor` with roles from the host.
            now: The moment.
            version: The version the person saw; `None` acts on it as it stands.

        Raises:
            NotFound: There is no such improvement.
            NotAllowed: The action is refused, with the reason.
            Stale: Somebody else changed it meanwhile.
        """
        return self.desk.act_on(_checked(reference), action, by, moment(now or self.clock()), version)

    def possible_with(self, reference: str, *, by: str | Actor = "") -> tuple[Standing, ...]:
        """Return every action its kind knows: whether it can be asked for now, what it asks for, or why it cannot.

        Args:
            reference: The improvement.
            by: Who would act; without a name, what anybody of the staff could do.

        Raises:
            NotFound: There is none with this reference.
        """
        policy = self.desk.policy
        actor = by if isinstance(by, Actor) else policy.actor(by) if by else Actor("-", STAFF_ROLES | policy.roles)
        return standings(self.improvement(reference), actor, policy)

    def improvement(self, reference: str) -> Improvement:
        """Return an improvement as it stands.

        Raises:
            NotFound: There is none with this reference.
        """
        return self.desk.store.improvement(_checked(reference))

    def improvement_file(self, reference: str) -> tuple[FiledImprovement, ...]:
        """Return the file of an improvement, entry by entry.

        Raises:
            NotFound: There is no such improvement.
        """
        found = self.desk.store.improvement_file(_checked(reference))
        if not found:
            raise NotFound(reference)
        return found

    def improvements(self, which: Which | None = None) -> tuple[Improvement, ...]:
        """List improvements, by default the open ones with the most urgent first."""
        return self.desk.store.improvements(which or Which(open=True))

    def agenda(self, until: datetime, which: Which | None = None, now: datetime | None = None) -> str:
        """Return sessions, checks and dates as a calendar for the agenda (RFC 5545).

        Args:
            until: Until when sessions are written out.
            which: Of which improvements; by default of all, also what is still owed of those that are over.
            now: The moment.
        """
        found = calendar.events(self._all(which or Which()), until)
        return calendar.calendar(found, moment(now or self.clock()), __version__)

    # --- how well it goes

    def compliance(self, since: datetime, until: datetime, now: datetime | None = None) -> Compliance:
        """Return how well review circles kept their dates in a half-open period (K32), as far as it has passed."""
        until = min(until, moment(now or self.clock()))
        circles = self._all(Which(kinds=(Kind.REVIEW_CIRCLE,)))
        return figures.compliance(circles, self.desk.store.sessions(), since, until)

    def closure(self, since: datetime, until: datetime) -> Closure:
        """Return how many of the complaints closed in a half-open period have a closed loop (K31).

        Leave out the time in which causes are still being assessed: let the period end that much earlier.
        """
        return figures.closure(self.desk.store.closed(since, until), self._all(Which()))

    def loop(self, of: str) -> Loop:
        """Return how far the loop of a complaint or of a cause is closed.

        Args:
            of: The reference of a complaint, or the code of a cause.

        Raises:
            NotFound: There is no complaint with this reference.
        """
        reference = read_reference(of)
        if reference is None:
            return figures.loop_of_cause(of, self._all(Which(cause=of)))
        learning = self.desk.store.case(reference).learning
        found = {one.reference: one for one in self._all(Which(complaint=reference))}
        for cause in learning.causes:
            found |= {one.reference: one for one in self._all(Which(cause=cause.cause))}
        for named in learning.improvements:
            with suppress(NotFound):  # a case may name one of another kit
                found[named] = self.desk.store.improvement(named)
        return figures.loop(reference, learning, found.values())

    def training_needs(self, since: datetime, until: datetime) -> tuple[Need, ...]:
        """Return what people should learn, as the complaints of a half-open period show it; the worst first."""
        laid = self.desk.policy.improving
        counted = self.desk.store.count(figures.NEEDS, since, until)
        learned = self.desk.store.learned(since, until)
        return figures.training_needs(counted, learned, laid.need, laid.least)

    def unwatched(self, now: datetime | None = None) -> tuple[str, ...]:
        """Return the channels by which complaints came lately and at which no circle looks."""
        now = moment(now or self.clock())
        circles = self._all(Which(open=True, kinds=(Kind.REVIEW_CIRCLE,)))
        return figures.unwatched(self.desk.store.channels(now - LATELY, now), circles)

    def _all(self, which: Which) -> tuple[Improvement, ...]:
        """Return everything that is listed, page by page."""
        found: list[Improvement] = []
        while page := self.desk.store.improvements(evolve(which, limit=_PAGE, offset=len(found))):
            found += page
        return tuple(found)


def _checked(typed: str) -> str:
    reference = read_reference(typed, PREFIX)
    if reference is None:
        raise NotFound(typed, f"is no reference of an improvement; it looks like {PREFIX}-EHQ6-7X6D")
    return reference
