"""Counts for somebody who may not look at every complaint one by one: small cells would tell what single ones hide."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from complaintkit.counts import Count, Counted
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Store
from complaintkit.view.sight import Sight

# Promises are counted by clocks, of which one complaint has several: a large figure may be a single one.
_BY_CLOCK: Final = ("due", "kept")


def counted(
    store: Store, sight: Sight, counts: Sequence[Count], since: datetime, until: datetime
) -> tuple[Counted, ...]:
    """Return counts of what exists for somebody.

    What they may not look at one by one is left out of every cell in which there are too few such complaints, and of
    all counts of promises.

    Args:
        store: The whole store.
        sight: Who looks.
        counts: What is counted.
        since: Where the period begins.
        until: Where it has ended.
    """
    single = sight.onlooker if sight.may("look") else Onlooker(about=sight.about, protected=False)
    shown = store.count(counts, since, until, single)
    everything = store.count(counts, since, until, Onlooker(about=sight.about))
    least = sight.policy.secrecy.least
    return tuple(_cells(some, all_, least) for some, all_ in zip(shown, everything, strict=True))


def _cells(shown: Counted, everything: Counted, least: int) -> Counted:
    if shown.count.of in _BY_CLOCK:
        return shown
    figures, whole = Counter(dict(shown.rows)), Counter(dict(everything.rows))
    for cell, figure in whole.items():
        if figure - figures[cell] >= least:
            figures[cell] = figure
    rows = sorted((cell, figure) for cell, figure in figures.items() if figure or not shown.count.by)
    return Counted(shown.count, tuple(rows))
