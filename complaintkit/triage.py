"""Initial assessment: what is this about, and how grave is it? Suggestions of plugins, chosen by the policy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, Assessed, CustomerFound, Opinion, PluginFailed
from complaintkit.case.parts import Content, Severity, Suggestion
from complaintkit.case.secrecy import SEALED
from complaintkit.families import CaseView, Categoriser, Customer, CustomerQuery, CustomerSource
from complaintkit.guard import Failure, Guarded
from complaintkit.policy import Policy

CHOICE: Final = "complaintkit_categorisers.category"


def assess(
    case: Complaint,
    categorisers: Sequence[Guarded[Categoriser]],
    customers: Sequence[Guarded[CustomerSource]],
    policy: Policy,
    now: datetime,
) -> tuple[Entry, ...]:
    """Return the entries of the initial assessment: the host's customer, failures of plugins, category and severity.

    A categoriser that fails costs only its own suggestions. Without any usable suggestion the case is unsorted; it has
    an owner and its clocks all the same. What a person has confirmed is never overruled.
    """
    entries: list[Entry] = list(recognised(case, customers, now))
    case = case.apply_all(entries)
    suggestions: list[tuple[str, Suggestion]] = []
    view = CaseView.of(case)
    for categoriser in categorisers:
        answer = categoriser.ask("suggest", view, now)
        if isinstance(answer, Failure):
            entries.append(PluginFailed.of(answer, now))
        else:
            suggestions += ((categoriser.record.name, one) for one in _suggestions(answer))
    entries += _unknown(suggestions, policy, now)
    category, severity = chosen(case, (suggestion for _, suggestion in suggestions), policy)
    entries.append(
        Assessed(
            at=now,
            by=CORE,
            stage=case.stage,
            category=category,
            confirmed=case.confirmed,
            severity=severity,
            opinions=tuple(Opinion.of(name, one) for name, one in suggestions),
        )
    )
    return tuple(entries)


def chosen(case: Complaint, suggestions: Iterable[Suggestion], policy: Policy) -> tuple[str, Severity]:
    """Return category and severity of a case by suggestions; what a person has confirmed stays, severity never falls.

    Args:
        case: The case before its assessment.
        suggestions: What categorisers suggest.
        policy: The policy.
    """
    category, severity = policy.choose(suggestions)
    if case.confirmed:
        return case.category, case.severity
    return category, max(severity, case.severity, key=lambda one: one.rank)


def recognised(
    case: Complaint, customers: Sequence[Guarded[CustomerSource]], now: datetime
) -> Iterable[CustomerFound | PluginFailed]:
    """Yield whom the host takes the complainant for, by the first source that knows; an unknown one stays unknown."""
    person = case.complainant
    if case.customer or person.anonymous or case.secrecy == SEALED:
        return
    query = CustomerQuery(email=person.email, phone=person.phone, ref=person.customer)
    for source in customers:
        answer = source.ask("find", query, now)
        if isinstance(answer, Failure):
            yield PluginFailed.of(answer, now)
        elif isinstance(answer, Customer):
            name = answer.source or source.record.name
            yield CustomerFound(at=now, by=CORE, customer=answer.ref, segment=answer.segment, source=name)
            return


def _suggestions(answer: object) -> Iterable[Suggestion]:
    return (one for one in answer if isinstance(one, Suggestion)) if isinstance(answer, Iterable) else ()


def _unknown(suggestions: Iterable[tuple[str, Suggestion]], policy: Policy, now: datetime) -> Iterable[PluginFailed]:
    for name, suggestion in suggestions:
        if not policy.knows_category(suggestion.category):
            problem = Content.of(f"{name}: suggests {suggestion.category!r}, which is no category of the policy")
            yield PluginFailed(at=now, by=CORE, plugin=name, hook=CHOICE, problem=problem)
