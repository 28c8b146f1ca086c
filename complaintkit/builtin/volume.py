"""Reporting of volume and backlog: what came, what was finished, what is left, by month and by category."""

from collections.abc import Iterable

from complaintkit import Count, Counted, Report, ReportRequest, Table, hookimpl


@hookimpl
def complaintkit_reports(settings: None) -> Iterable[Report]:
    """Offer the two reports."""
    yield Report(
        "volume",
        volume,
        (
            Count("open_before"),
            Count("received", ("month",)),
            Count("ended", ("month",)),
            Count("reopened", ("month",)),
            Count("open"),
            Count("overdue"),
        ),
        "Volume and backlog by month",
    )
    yield Report(
        "categories",
        categories,
        (Count("received", ("category", "month")), Count("open", ("category",))),
        "What people complain about, by month",
    )


def volume(request: ReportRequest) -> Table:
    """Return one row per month; the backlog adds up, or the note says by how much it does not."""
    months = {
        "received": _by_month(request.counted("received", "month")),
        "ended": _by_month(request.counted("ended", "month")),
        "reopened": _by_month(request.counted("reopened", "month")),
    }
    backlog = request.counted("open_before").total
    rows: list[tuple[str | int | float | None, ...]] = []
    for month in sorted({month for figures in months.values() for month in figures}):
        received, ended, reopened = (months[of].get(month, 0) for of in ("received", "ended", "reopened"))
        rows.append((month, backlog, received, reopened, ended, backlog := backlog + received + reopened - ended))
    still_open = request.counted("open").total
    note = f"{still_open} open, {request.counted('overdue').total} of them with a broken promise."
    if backlog != still_open:
        note += f" NOT VALID: the months add up to {backlog} open complaints; run `complaintkit verify`."
    return Table(
        title="Volume and backlog by month",
        columns=("month", "open before", "received", "reopened", "ended", "open after"),
        rows=rows,
        note=note + " A count alone says nothing of quality: many complaints may mean an easy way to complain.",
    )


def categories(request: ReportRequest) -> Table:
    """Return one row per category, most frequent first, with a column per month."""
    counted = request.counted("received", "category", "month")
    months = sorted({month for (_, month), _ in counted.rows})
    figures: dict[str, dict[str, int]] = {}
    for (category, month), figure in counted.rows:
        figures.setdefault(category or "unsorted", {})[month] = figure
    left = {category or "unsorted": figure for (category,), figure in request.counted("open", "category").rows}
    order = sorted(figures, key=lambda one: (-sum(figures[one].values()), one))
    rows: list[tuple[str | int | float | None, ...]] = [
        (one, sum(figures[one].values()), *(figures[one].get(month, 0) for month in months), left.get(one, 0))
        for one in order
    ]
    return Table(
        title="What people complain about, by month",
        columns=("category", "received", *months, "open"),
        rows=rows,
        note=_jump(figures, months),
    )


def _jump(figures: dict[str, dict[str, int]], months: list[str]) -> str:
    """Return a sentence on the category that rose most, last two full months against those before, if it doubled."""
    full = months[:-1] if len(months) > 4 else months
    if len(full) < 4:
        return ""
    early, late = full[:-2], full[-2:]
    best, times = "", 2.0
    for category, by_month in figures.items():
        before = sum(by_month.get(month, 0) for month in early) / len(early)
        after = sum(by_month.get(month, 0) for month in late) / len(late)
        if after >= 5 and after >= times * max(before, 1.0):
            best, times = category, after / max(before, 1.0)
    return f"Look at {best}: {times:.1f} times as many a month in {late[0]} and {late[1]} as before." if best else ""


def _by_month(counted: Counted) -> dict[str, int]:
    return {month: figure for (month,), figure in counted.rows}
