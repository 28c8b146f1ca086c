"""What every part of the desk stands on: store, plugins, policy, and the one way a step is written."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from complaintkit import notices, triage
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import PluginFailed
from complaintkit.changing import evolve
from complaintkit.clocks.calendar import Calendar
from complaintkit.derived import consequences, precedents, repeats
from complaintkit.errors import NotFound
from complaintkit.families import CaseView, Change
from complaintkit.policy import Policy
from complaintkit.policy.categories import UNSORTED
from complaintkit.registry import Registry
from complaintkit.store.port import Filter, Store, Written

# A batch of the slowest items (10 s each) is read well before another worker may take them.
LEASE: Final = timedelta(minutes=10)
BATCH: Final = 50
RETRIES: Final = 20
# So many earlier complaints of the same person, and of others, are looked at to tell how a new one follows them.
EARLIER: Final = 20
ALIKE: Final = 10
# What stands in the record of a plugin in place of its words: nobody can erase them there, and they may quote a person.
UNSAID: Final = "what it said may be about a person, and stands only in the case file, if it belongs to one"


class Seat:
    """A seat at the desk.

    Args:
        store: Where everything is kept.
        registry: The plugins.
        policy: How complaints are handled.
        secret: From which tokens are made.
        randbelow: Random numbers for references, such as `secrets.randbelow`.
    """

    def __init__(
        self, store: Store, registry: Registry, policy: Policy, secret: bytes, randbelow: Callable[[int], int]
    ) -> None:
        self.store = store
        self.registry = registry
        self._secret = secret
        # Calendars known to be on file; nothing is counted by the one without a name.
        self._kept = {""}
        self._archived = lru_cache(maxsize=64)(self._calendar)
        self.policy = evolve(policy, archive=self._archived)
        self._randbelow = randbelow

    def _calendar(self, identity: str) -> Calendar:
        """Return a calendar that clocks began by and no setting has any more."""
        return Calendar.of_archive(self.store.calendar(identity))

    def look_round(self, now: datetime) -> None:
        """See who is away: that is told while the desk runs, perhaps by another process."""
        absences = self.store.absences(now)
        if absences != self.policy.absences:
            self.policy = evolve(self.policy, absences=absences)

    def for_acting(self, reference: str, actor: Actor) -> Complaint:
        """Return a complaint for somebody to act on; for those it is about, or who are not let into it, there is none.

        Raises:
            NotFound: There is none, in the same words whether it is not on file or not for them.
        """
        case = self.store.case(reference)
        if not self.policy.knows_of(case, actor):
            raise NotFound(reference)
        return case

    def triage(self, case: Complaint, now: datetime) -> tuple[Entry, ...]:
        """Return the entries of a case's initial assessment, asking the plugins."""
        entries = triage.assess(case, self.registry.categorisers, self.registry.customers, self.policy, now)
        entries += self.repeats(case.apply_all(entries), now)
        for entry in entries:
            # The guard has told of what failed in a call; what was wrong about an answer is told here.
            if isinstance(entry, PluginFailed) and entry.hook == triage.CHOICE:
                with self.store.begin() as unit:
                    unit.record_failure(entry.plugin, entry.hook, f"wrong_answer: {UNSAID}", case.reference, now)
        return entries

    def followed(self, case: Complaint, entries: Iterable[Entry], now: datetime) -> tuple[Complaint, tuple[Entry, ...]]:
        """Return a case and its new entries with what follows of itself; see `complaintkit.derived.consequences`."""
        new = tuple(entries)
        more = consequences.of(case, new, self.policy, now)
        return case.apply_all(more), (*new, *more)

    def repeats(self, case: Complaint, now: datetime) -> tuple[Entry, ...]:
        """Return the entries of what earlier complaints a case follows; see `complaintkit.derived.repeats`."""
        since = case.received_at - self.policy.repeats.longest
        asked = [Filter(contact=case.contact)] if case.contact else []
        asked += [Filter(customer=case.customer)] if case.customer else []
        mine = [one for which in asked for one in self._earlier(which, since, EARLIER)]
        others: tuple[Complaint, ...] = ()
        if case.product and case.category not in ("", UNSORTED):
            since = case.received_at - self.policy.repeats.other_people
            others = self._earlier(Filter(product=case.product, category=case.category), since, ALIKE)
        return repeats.recognised(case, mine, others, self.policy, now)

    def _earlier(self, which: Filter, since: datetime, limit: int) -> tuple[Complaint, ...]:
        return self.store.cases(evolve(which, since=since, order="received", limit=limit))

    def write(self, *steps: Written) -> None:
        """Store steps with the notices that follow from them, all of them or none."""
        self.store_steps([self.told(step) for step in steps])

    def store_steps(self, steps: Iterable[Written]) -> None:
        """Store steps as they are, all of them or none.

        Raises:
            Stale: Somebody else changed one of the cases meanwhile.
        """
        new: set[str] = set()
        with self.store.begin() as unit:
            for step in steps:
                unit.write(step)
                for identity in {clock.reckoning.calendar for clock in step.case.clocks} - self._kept:
                    unit.keep_calendar(identity, self.policy.pinned(identity).archived())
                    new.add(identity)
        # Only now: what was taken back has to be kept again.
        self._kept |= new

    def told(self, step: Written, quiet: bool = False) -> Written:
        """Return a step with what has to be told because of it, and the precedent that is left of it.

        See `complaintkit.notices.called_for` and `complaintkit.derived.precedents.precedent_of`.
        """
        called = notices.called_for(step.case, step.entries, self.policy, self._secret, quiet)
        changes = _changes(step) if self.registry.observers and not confidential(step.case) else ()
        return self._remembered(evolve(step, notices=called, changes=changes))

    def _remembered(self, step: Written) -> Written:
        if not precedents.touched(step.case, step.entries):
            return step
        filed = self.store.file(step.case.reference)[: step.before] if step.before else ()
        entries = (*(one.entry for one in filed), *step.entries)
        precedent = precedents.precedent_of(step.case, entries, self.policy)
        return evolve(step, precedent=precedent, unlisted=precedent is None)


def confidential(case: Complaint) -> bool:
    """Say whether a case is kept from plugins that learn or look on: only some may know of it, or it is about staff."""
    return bool(case.secrecy or case.about)


def _changes(written: Written) -> tuple[Change, ...]:
    view = evolve(CaseView.of(written.case), title="", text="")
    return tuple(
        Change(reference=view.reference, entry=entry.kind, at=entry.at, by=entry.by, case=view)
        for entry in written.entries
    )
