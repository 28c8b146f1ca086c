"""What a store can do with improvements: the second half of the port, in the manner of `complaintkit.store.port`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from complaintkit.case.learning import Learning
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.improving.recurrence import Tally
from complaintkit.message import Delivery, Notice


@frozen(kw_only=True)
class Improved:
    """Everything that one step changes about one improvement; it is stored whole or not at all.

    Attributes:
        before: Version of the improvement as it was read; 0 opens a new one.
        improvement: The improvement after the step.
        entries: The entries that led from the one to the other, in order.
        notices: What has to be told because of it.
        settles: Identifiers of waiting notices this step settles, with their delivery.
    """

    before: int
    improvement: Improvement
    entries: tuple[ImprovementEntry, ...]
    notices: tuple[Notice, ...] = ()
    settles: tuple[tuple[str, Delivery], ...] = field(default=())


@frozen(kw_only=True)
class FiledImprovement:
    """An entry as it stands in the file of an improvement: its place, and the links of the chain."""

    reference: str
    seq: int
    entry: ImprovementEntry
    previous: str
    hash: str


@frozen(kw_only=True)
class Which:
    """Which improvements to list; empty parts do not narrow. The next moment comes first, those without one last.

    Attributes:
        open: Only open ones, only those that are over, or `None` for both.
        kinds, states: Of these.
        person: Of this owner or deputy.
        complaint, cause, category: That belong to this.
        due_before: Only those whose next moment lies before.
    """

    open: bool | None = None
    kinds: tuple[Kind, ...] = ()
    states: tuple[State, ...] = ()
    person: str = ""
    complaint: str = ""
    cause: str = ""
    category: str = ""
    due_before: datetime | None = None
    limit: int = 50
    offset: int = 0


@frozen(kw_only=True)
class Learned:
    """A complaint, and what was learned from it; sealed texts are left out, and read as erased."""

    reference: str
    learning: Learning


class ImprovingUnit(Protocol):
    """The part of a transaction that stores improvements."""

    def improve(self, improved: Improved) -> None:
        """Store one step of one improvement.

        Raises:
            Stale: It is no longer at the version it was read at, its reference is taken, or one of the notices was
                settled by another worker meanwhile.
        """


class ImprovingStore(Protocol):
    """The part of a store that gives improvements back."""

    def improvement(self, reference: str) -> Improvement:
        """Return an improvement as it stands.

        Raises:
            NotFound: There is none with this reference.
        """

    def improvement_file(self, reference: str) -> tuple[FiledImprovement, ...]:
        """Return the file of an improvement, in order; empty if there is none."""

    def improvements(self, which: Which) -> tuple[Improvement, ...]:
        """List improvements."""

    def improvements_due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return references of improvements whose next moment has come, earliest first."""

    def sessions(self) -> tuple[FiledImprovement, ...]:
        """Return every entry by which a session of a circle was completed or missed, circle by circle, in order."""

    def tally(self, causes: Sequence[str], categories: Sequence[str], since: datetime, until: datetime) -> Tally:
        """Count the complaints received in a half-open period that have one of the causes, or are in one of the
        categories where no cause is named. What turned out to be none, or to be one that is on file, does not count.
        """

    def channels(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the channels by which complaints came in a half-open period, in order."""

    def closed(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints that were closed in a half-open period and are closed still."""

    def learned(self, since: datetime, until: datetime) -> tuple[Learned, ...]:
        """Return the complaints received in a half-open period from which something was learned."""
