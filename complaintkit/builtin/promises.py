"""Reporting of promises: of the deadlines that fell due, how many were kept, by kind of clock and by channel."""

from collections.abc import Iterable

from complaintkit import Count, Report, ReportRequest, Table, hookimpl


@hookimpl
def complaintkit_reports(settings: None) -> Iterable[Report]:
    """Offer the report."""
    needs = (Count("due", ("clock", "channel")), Count("kept", ("clock", "channel")), Count("held"))
    yield Report("promises", promises, needs, "Promises kept, by clock and channel")


def promises(request: ReportRequest) -> Table:
    """Return one row per clock and channel.

    The denominator is every promise that fell due in the period, also the ones still open: counting only what is
    finished would hide the backlog.
    """
    due = dict(request.counted("due", "clock", "channel").rows)
    kept = dict(request.counted("kept", "clock", "channel").rows)
    held = request.counted("held").total
    rows = [
        (clock, channel, total, kept.get((clock, channel), 0), round(100 * kept.get((clock, channel), 0) / total, 1))
        for (clock, channel), total in sorted(due.items())
        if total
    ]
    return Table(
        title="Promises kept, by clock and channel",
        columns=("clock", "channel", "fell due", "kept", "kept %"),
        rows=rows,
        note="Deadlines that fell due in the period, unmet ones included. An automatic acknowledgement is no response."
        f"{f' Holding notices that went out of themselves: {held}.' if held else ''}",
    )
