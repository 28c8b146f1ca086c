"""Precedents on their way into a database: a row of their own, one for each remedy, and the words they are found by."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from complaintkit.case.precedent import Precedent, money
from complaintkit.errors import Stale
from complaintkit.store.line import Line
from complaintkit.store.port import Written
from complaintkit.store.ranking import searched
from complaintkit.store.texts import settled

if TYPE_CHECKING:
    from complaintkit.store.sql_kit import Kit

PARTS: Final = 10_000  # amounts are whole numbers of these parts of a currency's unit, so that they compare exactly


class PrecedentUnit:
    """The part of a transaction that writes precedents."""

    _line: Line
    _kit: "Kit"

    def send_precedent(self, written: Written) -> None:
        """Send what a step changes about the case as a precedent."""
        if written.unlisted:
            self._drop_precedent(written.case.reference)
        elif written.precedent:
            self._put_precedent(written.precedent)

    def put_precedent(self, reference: str, version: int, precedent: Precedent | None) -> None:
        """Make a case this precedent, or none; `Stale` if it is no longer at the version that was worked out from."""
        if not self._line.rows(self._kit.sql.head, (reference, version)):
            raise Stale(reference)
        if precedent:
            self._put_precedent(precedent)
        else:
            self._drop_precedent(reference)

    def _put_precedent(self, precedent: Precedent) -> None:
        precedent = settled(precedent)
        row = self._kit.map.precedent.row(precedent)
        self._line.run(self._kit.sql.put_precedent, (*row, searched(precedent)))
        self._line.run(self._kit.sql.drop_redress, (precedent.reference,))
        self._line.many(self._kit.sql.add_redress, redress_rows(precedent))

    def _drop_precedent(self, reference: str) -> None:
        self._line.run(self._kit.sql.drop_redress, (reference,))
        self._line.run(self._kit.sql.drop_precedent, (reference,))


def redress_rows(precedent: Precedent) -> list[tuple[Any, ...]]:
    """Return the rows of a precedent's remedies."""
    return [
        (
            precedent.reference, place, precedent.category, precedent.upheld, one.remedy,
            None if one.amount is None else int(one.amount * PARTS), one.currency,
        )
        for place, one in enumerate(precedent.remedies)
    ]  # fmt: skip


def figure(amount: int | None) -> Decimal | None:
    """Return an amount from its column."""
    return None if amount is None else money(Decimal(amount) / PARTS)
