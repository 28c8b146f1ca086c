"""For whom a store answers: what does not exist for somebody is in none of its lists and counts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from complaintkit.case.complaint import Complaint
from complaintkit.case.secrecy import confidants
from complaintkit.counts import Count, Counted
from complaintkit.store.texts import storable

if TYPE_CHECKING:
    from complaintkit.store.port import Due, Figures, NoticeState


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(storable, names))


def _maybe(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else _names(names)


@frozen(kw_only=True)
class Onlooker:
    """Who looks, as far as a store has to know; all names as they are compared.

    Attributes:
        about: Complaints about any of these do not exist.
        among: Confidential complaints exist only if one of these may know of them; `None`: they do.
        protected: Only complaints that are confidential or about staff, or only the others; `None` for both.
    """

    about: tuple[str, ...] = field(default=(), converter=_names)
    among: tuple[str, ...] | None = field(default=None, converter=_maybe)
    protected: bool | None = None

    def sees(self, case: Complaint) -> bool:
        """Say whether a complaint exists."""
        return (
            not any(name in case.about for name in self.about)
            and (self.among is None or not case.secrecy or any(name in confidants(case) for name in self.among))
            and self.protected in (None, protected(case))
        )


def protected(case: Complaint) -> bool:
    """Say whether a complaint is confidential, or about staff."""
    return bool(case.about or case.secrecy)


def sides(case: Complaint) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom a complaint is about, and who may know of it if it is confidential: what lists are narrowed by."""
    return tuple(dict.fromkeys(case.about)), confidants(case)


def rows(reference: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the rows of one of the two tables."""
    return ((reference, name) for name in names)


class Narrowed(Protocol):
    """What a store tells everybody, or somebody without what does not exist for them."""

    def count(
        self, counts: Iterable[Count], since: datetime, until: datetime, seen_by: Onlooker | None = None
    ) -> tuple[Counted, ...]:
        """Count, in the database; see `complaintkit.counts.Count`."""

    def figures(self, seen_by: Onlooker | None = None) -> "Figures":
        """Return the balance."""

    def outbox(
        self, state: "NoticeState", limit: int, offset: int = 0, seen_by: Onlooker | None = None
    ) -> "tuple[Due, ...]":
        """List notices in a state, oldest first."""

    def hidden(self, references: Iterable[str], seen_by: Onlooker) -> frozenset[str]:
        """Return which of these complaints are on file, but do not exist for somebody."""
