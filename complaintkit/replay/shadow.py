"""Categorisers beside those of today, on past cases whose category a person decided: how often does each agree?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, Assessed
from complaintkit.case.parts import Suggestion
from complaintkit.errors import ComplaintKitError
from complaintkit.families import CaseView, Categoriser
from complaintkit.guard import Failure, Guarded
from complaintkit.guard.breaker import PAUSE
from complaintkit.policy import Policy
from complaintkit.policy.categories import UNSORTED
from complaintkit.replay.comparison import Replay, Which, cases
from complaintkit.replay.facts import opening
from complaintkit.store.port import Store

Categorisers = Sequence[Guarded[Categoriser]]
WAYS: Final = ("today", "alone", "together")


@frozen(kw_only=True)
class Agreement:
    """How often categorisers named what a person decided.

    Attributes:
        category: Code of the category that was decided; empty for all of them.
        decided: How many cases.
        today, alone, together: In how many of them the right one came first: of the categorisers in use, of the new one
            by itself, and of both as they would be used.
        named_today, named_alone, named_together: In how many they named any at all.
    """

    category: str
    decided: int
    today: int
    alone: int
    together: int
    named_today: int
    named_alone: int
    named_together: int


@frozen(kw_only=True)
class Differing:
    """A case in which today's categorisers and the new one do not name the same."""

    reference: str
    decided: str
    today: str
    alone: str
    together: str


@frozen(kw_only=True)
class Shadow:
    """How a categoriser would have done beside those of today; it has learned nothing by that.

    Attributes:
        names: The new ones.
        beside: Those in use today.
        total: Over all categories.
        categories: Each by itself.
        differing: The cases in which they differ.
        left_out: Cases with a decided category that are confidential, or whose words were erased.
        failures: Calls that failed, by plugin and way.
    """

    names: tuple[str, ...]
    beside: tuple[str, ...]
    total: Agreement
    categories: tuple[Agreement, ...]
    differing: tuple[Differing, ...]
    left_out: int
    failures: tuple[tuple[str, int], ...]


@frozen(kw_only=True)
class Trial:
    """What came of trying something out; `None` for what there was nothing to try in."""

    replay: Replay | None
    shadow: Shadow | None


def shadowed(
    store: Store,
    today: Categorisers,
    tried: Categorisers,
    policy: Policy,
    which: Which,
    now: datetime,
    report: Callable[[int], None] = lambda seen: None,
) -> Shadow:
    """Return how categorisers would have sorted past cases whose category a person decided.

    They see each case as it came, before anybody had sorted it. Confidential cases are shown to no plugin on trial.

    Args:
        store: Where the cases are; it is only read.
        today: The categorisers in use.
        tried: The new ones; one of the same name takes the place of one in use.
        policy: By which categories are chosen from suggestions.
        which: Which cases.
        now: The moment, by which plugins that fail are left alone for a while.
        report: Is told after each case how many were looked at.
    """
    shadowing = _Shadowing(today, tried, policy, now)
    for seen, case in enumerate(cases(store, which), 1):
        shadowing.now = now + seen * PAUSE  # a plugin that fails is left alone for some cases, and then tried again
        if case.confirmed and case.category not in ("", UNSORTED):
            try:
                shadowing.add(case, tuple(one.entry for one in store.file(case.reference)))
            except ComplaintKitError:
                shadowing.left_out += 1
        report(seen)
    return shadowing.shadow()


class _Shadowing:
    """Adds up case after case."""

    def __init__(self, today: Categorisers, tried: Categorisers, policy: Policy, now: datetime) -> None:
        self.today, self.tried, self.policy, self.now = today, tried, policy, now
        self.new = {one.record.name for one in tried}
        self.decided: Counter[str] = Counter()
        self.right: Counter[tuple[str, str]] = Counter()
        self.named: Counter[tuple[str, str]] = Counter()
        self.failures: Counter[str] = Counter()
        self.differing: list[Differing] = []
        self.left_out = 0

    def add(self, case: Complaint, file: Sequence[Entry]) -> None:
        """Ask about a case."""
        view = as_it_came(file)
        if case.secrecy or case.about or view is None or not by_a_person(file):
            self.left_out += bool(case.secrecy or case.about or view is None)
            return
        said = {one.record.name: self._said(one, view) for one in self.today if one.record.name not in self.new}
        replaced = {one.record.name: self._said(one, view) for one in self.today if one.record.name in self.new}
        new = {one.record.name: self._said(one, view) for one in self.tried}
        chosen = {
            "today": self._chosen({**said, **replaced}), "alone": self._chosen(new),
            "together": self._chosen({**said, **new}),
        }  # fmt: skip
        self.decided[case.category] += 1
        for way, category in chosen.items():
            self.right[way, case.category] += category == case.category
            self.named[way, case.category] += category != UNSORTED
        if chosen["today"] != chosen["alone"]:
            self.differing.append(Differing(reference=case.reference, decided=case.category, **chosen))

    def _said(self, one: Guarded[Categoriser], view: CaseView) -> tuple[Suggestion, ...]:
        answer = one.ask("suggest", view, self.now)
        if isinstance(answer, Failure):
            self.failures[one.record.name] += 1
            return ()
        given = answer if isinstance(answer, Iterable) else ()
        return tuple(each for each in given if isinstance(each, Suggestion))

    def _chosen(self, said: dict[str, tuple[Suggestion, ...]]) -> str:
        return self.policy.choose(each for suggestions in said.values() for each in suggestions)[0]

    def shadow(self) -> Shadow:
        """Return what it comes to."""
        return Shadow(
            names=tuple(sorted(self.new)), beside=tuple(one.record.name for one in self.today),
            total=self._agreement("", list(self.decided)),
            categories=tuple(self._agreement(one, [one]) for one in sorted(self.decided)),
            differing=tuple(self.differing), left_out=self.left_out, failures=tuple(sorted(self.failures.items())),
        )  # fmt: skip

    def _agreement(self, category: str, of: list[str]) -> Agreement:
        right = {way: sum(self.right[way, one] for one in of) for way in WAYS}
        named = {f"named_{way}": sum(self.named[way, one] for one in of) for way in WAYS}
        return Agreement(category=category, decided=sum(self.decided[one] for one in of), **right, **named)


def by_a_person(file: Sequence[Entry]) -> bool:
    """Say whether a person decided or confirmed what the case is about."""
    last = next((one for one in reversed(file) if isinstance(one, Assessed) and one.by != CORE), None)
    return last is not None and last.confirmed


def as_it_came(file: Sequence[Entry]) -> CaseView | None:
    """Return a case as a categoriser first sees it, before anybody has sorted it; `None` if its words were erased."""
    first = opening(file)
    case = first.open()
    if first.title.text is None or first.narrative.text is None:
        return None
    for entry in file[1:]:
        if isinstance(entry, Assessed):
            break
        case = case.apply(entry)
    return CaseView.of(case)
