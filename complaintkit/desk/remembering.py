"""Precedents of what is on file already: for databases from before there were any, or after words are cut anew."""

from collections.abc import Callable
from typing import Final

from complaintkit.case.complaint import Complaint
from complaintkit.derived import precedents
from complaintkit.desk.base import RETRIES, Seat
from complaintkit.errors import Stale
from complaintkit.store.port import Filter

_PAGE: Final = 200


class Remembering(Seat):
    """Works precedents out again."""

    def rebuild_precedents(self, report: Callable[[int], None] = lambda seen: None) -> int:
        """Work out the precedent of every case anew; return how many there are.

        It can run while others work; a case that changes meanwhile is looked at again.

        Args:
            report: Is told after each lot of cases how many were looked at.
        """
        found = seen = 0
        # The newest first: what comes in meanwhile moves the others on, so none is passed over.
        while page := self.store.cases(Filter(open=None, order="received", limit=_PAGE, offset=seen)):
            found += sum(self._remember(case) for case in page)
            seen += len(page)
            report(seen)
        return found

    def _remember(self, case: Complaint) -> bool:
        for _ in range(RETRIES):
            entries = tuple(filed.entry for filed in self.store.file(case.reference))[: case.version]
            precedent = precedents.precedent_of(case, entries, self.policy)
            try:
                with self.store.begin() as unit:
                    unit.put_precedent(case.reference, case.version, precedent)
            except Stale:
                case = self.store.case(case.reference)
            else:
                return precedent is not None
        raise Stale(case.reference)
