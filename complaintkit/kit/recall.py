"""What a kit offers of past decisions, at either door: which were like this one, and what came of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from complaintkit.case.complaint import Complaint
from complaintkit.case.precedent import Found, Precedent, PrecedentQuery, Range
from complaintkit.case.reference import read as read_reference
from complaintkit.desk import Desk


class Recall(ABC):
    """The part of a kit that remembers decisions."""

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    @abstractmethod
    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands."""

    def precedents(self, text: str, *, category: str = "", language: str = "", limit: int = 5) -> tuple[Found, ...]:
        """Return the past decisions most like a text, the best first.

        Args:
            text: A complaint, or some words.
            category: Precedents of this category weigh more.
            language: Precedents in this language weigh more.
            limit: How many at most, up to 50.
        """
        return self._precedents(PrecedentQuery(text=text, category=category, language=language, limit=limit))

    def precedents_for(self, reference: str, *, limit: int = 5) -> tuple[Found, ...]:
        """Return the past decisions most like a complaint on file, to whoever hears it first or decides it.

        Args:
            reference: The complaint, however it is typed.
            limit: How many at most, up to 50.

        Raises:
            NotFound: There is no such complaint.
        """
        case = self.case(reference)
        told = f"{case.title.text or ''}\n{case.narrative.text or ''}"
        return self._precedents(
            PrecedentQuery(
                text=told, category=case.category, language=case.language, without=case.reference, limit=limit
            )
        )

    def precedent(self, reference: str) -> Precedent:
        """Return the precedent that a case has become.

        Raises:
            NotFound: It is none.
        """
        return self.desk.store.precedent(read_reference(reference) or reference)

    def remedy_range(self, category: str, remedy: str, currency: str) -> Range | None:
        """Return what was given in upheld and partly upheld complaints so far; `None` if nothing is known.

        Args:
            category: Code of the category.
            remedy: Kind of remedy; only those with an amount count.
            currency: ISO 4217 code.
        """
        return self.desk.store.remedy_range(category, remedy, currency)

    def rebuild_precedents(self, report: Callable[[int], None] = lambda seen: None) -> int:
        """Work out the precedent of every case on file anew; return how many there are.

        Args:
            report: Is told after each lot of cases how many were looked at.
        """
        return self.desk.rebuild_precedents(report)

    def _precedents(self, query: PrecedentQuery) -> tuple[Found, ...]:
        return self.desk.store.precedents(query)
