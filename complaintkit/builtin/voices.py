"""Reporting of how people complain: by which channel, aimed at what, for what, in which mood and manner."""

from collections.abc import Iterable
from typing import Final

from complaintkit import Count, Report, ReportRequest, Table, hookimpl
from complaintkit.counts import By

# What each dimension is called in the table. Nobody has described the rest.
ASKED: Final[tuple[tuple[By, str], ...]] = (
    ("channel", "by which way"),
    ("target", "aimed at"),
    ("goal", "to achieve"),
    ("expression", "in which mood"),
    ("tone", "in which manner"),
)
UNKNOWN: Final = "not described"


@hookimpl
def complaintkit_reports(settings: None) -> Iterable[Report]:
    """Offer the report."""
    needs = tuple(Count("received", (by,)) for by, _ in ASKED)
    yield Report("voices", voices, needs, "How people complain")


def voices(request: ReportRequest) -> Table:
    """Return one row per answer to each question, the most frequent first; shares are of what was described.

    Source: the first of the ways of analysing dissatisfaction in domain S0-73.
    """
    rows: list[tuple[str | int | float | None, ...]] = []
    for by, question in ASKED:
        counted = {value: figure for (value,), figure in request.counted("received", by).rows}
        known = sum(figure for value, figure in counted.items() if value)
        for value, figure in sorted(counted.items(), key=lambda one: (not one[0], -one[1], one[0])):
            share = round(100 * figure / known, 1) if value else None
            rows.append((question, value.replace("_", " ") or UNKNOWN, figure, share))
    return Table(
        title="How people complain",
        columns=("question", "answer", "complaints", "% of described"),
        rows=rows,
        note="Of complaints received in the period. What nobody has described is told apart: it is no answer.",
    )
