"""A plugin of one file with nothing wrong: what the conformance suites must let pass."""

from collections.abc import Iterable

from complaintkit import (
    CaseView,
    Categoriser,
    Change,
    Customer,
    CustomerQuery,
    CustomerSource,
    Exporter,
    Lesson,
    Observer,
    Suggestion,
    Table,
    hookimpl,
)


def suggest(case: CaseView) -> Iterable[Suggestion]:
    """Suggest delivery for whatever is late."""
    if "late" in case.text[:10_000].casefold():
        yield Suggestion("delivery", 0.5, "says it is late")


def learn(lesson: Lesson) -> None:
    """Learn nothing."""


def write(table: Table) -> bytes:
    """Write a table as lines."""
    rows = (table.columns, *table.rows)
    return "\n".join("\t".join(map(repr, row)) for row in rows).encode("utf-8", "replace")


def find(query: CustomerQuery) -> Customer | None:
    """Know one customer."""
    return Customer("7", "Marisol Reyes") if query.email == "marisol@example.org" else None


def see(change: Change) -> None:
    """Look away."""


@hookimpl
def complaintkit_categorisers() -> Iterable[Categoriser]:
    """Offer the categoriser."""
    yield Categoriser("good", suggest, learn=learn)


@hookimpl
def complaintkit_reports() -> Iterable[Exporter]:
    """Offer the exporter."""
    yield Exporter("good", write)


@hookimpl
def complaintkit_customers() -> Iterable[CustomerSource]:
    """Offer the look-up."""
    yield CustomerSource("good", find)


@hookimpl
def complaintkit_observers() -> Iterable[Observer]:
    """Offer the observer."""
    yield Observer("good", see)
