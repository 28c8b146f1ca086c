"""Initial assessment: what is this about, and how grave is it? Suggestions of plugins, chosen by the policy."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, Assessed, PluginFailed
from complaintkit.case.parts import Suggestion
from complaintkit.families import CaseView, Categoriser
from complaintkit.guard import Failure, Guarded
from complaintkit.policy import Policy


def assess(
    case: Complaint, categorisers: Sequence[Guarded[Categoriser]], policy: Policy, now: datetime
) -> tuple[Entry, ...]:
    """Return the entries of the initial assessment: failures of plugins, then category and severity.

    A categoriser that fails costs only its own suggestions. Without any usable suggestion the case is unsorted; it has
    an owner and its clocks all the same. What a person has confirmed is never overruled.
    """
    entries: list[Entry] = []
    suggestions: list[tuple[str, Suggestion]] = []
    view = CaseView.of(case)
    for categoriser in categorisers:
        answer = categoriser.ask("suggest", view, now)
        if isinstance(answer, Failure):
            entries.append(PluginFailed.of(answer, now))
        else:
            suggestions += ((categoriser.record.name, one) for one in _suggestions(answer))
    entries += _unknown(suggestions, policy, now)
    category, severity = policy.choose(suggestion for _, suggestion in suggestions)
    if case.confirmed:
        category, severity = case.category, case.severity
    entries.append(
        Assessed(
            at=now,
            by=CORE,
            stage=case.stage,
            category=category,
            confirmed=case.confirmed,
            severity=max(severity, case.severity, key=lambda one: one.rank),
            suggestions=tuple(suggestions),
        )
    )
    return tuple(entries)


def _suggestions(answer: object) -> Iterable[Suggestion]:
    return (one for one in answer if isinstance(one, Suggestion)) if isinstance(answer, Iterable) else ()


def _unknown(suggestions: Iterable[tuple[str, Suggestion]], policy: Policy, now: datetime) -> Iterable[PluginFailed]:
    for name, suggestion in suggestions:
        if not policy.knows_category(suggestion.category):
            problem = f"{name}: suggests {suggestion.category!r}, which is no category of the policy"
            yield PluginFailed(at=now, by=CORE, plugin=name, hook="complaintkit_categorisers", problem=problem)
