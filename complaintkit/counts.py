"""What reports count and compile: counts that the database makes, and the table that comes of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from complaintkit.checks import aware

Cell = str | int | float | None
Of = Literal["received", "ended", "reopened", "held", "open_before", "open", "overdue", "due", "kept"]
By = Literal[
    "month", "week", "channel", "category", "severity", "language", "stage", "owner", "clock",
    "product", "target", "goal", "expression", "tone",
]  # fmt: skip


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _dimensions(values: Iterable[By]) -> tuple[By, ...]:
    return tuple(values)


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


@frozen
class Count:
    """A count that a report asks for; the database does the counting.

    Attributes:
        of: `received`, `ended` (closed, withdrawn, dismissed), `reopened` in the period; `held`, holding notices that
            went out of themselves in it; `open_before` at its start; `open`, `overdue` at its end; clocks `due` in the
            period, and those of them `kept`.
        by: Dimensions, in order; empty gives one figure. `clock` is for `due` and `kept`, `month` and `week` for
            whatever happens in the period. `target`, `goal`, `expression`, `tone` are what was described, else empty.
    """

    of: Of
    by: tuple[By, ...] = field(default=(), converter=_dimensions)


@frozen
class Counted:
    """A count with its figures: the values of its dimensions, and how many."""

    count: Count
    rows: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def total(self) -> int:
        """Return the sum over all dimensions."""
        return sum(figure for _, figure in self.rows)


@frozen(kw_only=True)
class ReportRequest:
    """What a report compiles from: a half-open period and the counts it asked for, in that order."""

    since: datetime = field(validator=aware)
    until: datetime = field(validator=aware)
    language: str = "en"
    counts: tuple[Counted, ...] = ()

    def counted(self, of: Of, *by: By) -> Counted:
        """Return the count asked for with these words.

        Raises:
            KeyError: The report did not ask for it.
        """
        wanted = Count(of, by)
        for counted in self.counts:
            if counted.count == wanted:
                return counted
        raise KeyError(f"the report's `needs` do not name {wanted}")


@frozen(kw_only=True)
class Table:
    """A compiled report: columns and rows, and what has to be said about them."""

    title: str
    columns: tuple[str, ...] = field(converter=_texts)
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    note: str = ""

    @rows.validator
    def _same_width(self, attribute: object, rows: tuple[tuple[Cell, ...], ...]) -> None:
        wrong = [place for place, row in enumerate(rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"row {wrong[0]} has {len(rows[wrong[0] - 1])} cells for {len(self.columns)} columns")
