"""What follows: the initial assessment, what falls due, and what people do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Final

from complaintkit import escalation, notices
from complaintkit.case import reference as references
from complaintkit.case.actions import Action, Resume
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Assessed, Described, Received
from complaintkit.derived import consequences
from complaintkit.desk.base import BATCH, RETRIES, Seat, confidential
from complaintkit.errors import ComplaintKitError, Stale
from complaintkit.families import CaseView, Lesson
from complaintkit.store.port import Written

# So many of the entries that somebody did not see are named in the refusal; all of them come with it.
_NEWS: Final = 5
# So many cases fall due in one transaction at most: each of its own would cost more than all that is decided in it.
SWEPT: Final = 200
# So many batches of due cases are looked over for one that nobody else is likely to take.
SPREAD: Final = 8


class Following(Seat):
    """Assesses, sweeps, acts."""

    def assess(self, now: datetime, limit: int = BATCH) -> int:
        """Make the initial assessment of cases that lack it; return how many."""

        def step(case: Complaint) -> Iterable[Entry]:
            return self.triage(case, now) if not case.assessed_at else ()

        return self._each(self.store.unassessed(limit), step, now)

    def sweep(self, now: datetime, limit: int = SWEPT) -> int:
        """Look at the cases whose next moment has come: reminders, breaches, escalations; return how many."""

        def step(case: Complaint) -> Iterable[Entry]:
            return escalation.review(case, self.registry.escalation_rules, self.policy, now, self.registry.rotas)

        return self._together(self._mine(now, limit), step, now)

    def _mine(self, now: datetime, limit: int) -> Sequence[str]:
        """Return some of the cases that are due: where others work at the same, hardly ever those that they take."""
        due = self.store.due(now, SPREAD * limit)
        first = limit * self._randbelow(-(-len(due) // limit)) if len(due) > limit else 0
        return due[first : first + limit]

    def act(
        self, reference: str, action: Action, by: str | Actor, now: datetime, version: int | None = None
    ) -> Complaint:
        """Do what a person or a rule asks for.

        Args:
            reference: The complaint.
            action: What is asked.
            by: Who asks: a name, whose roles the policy knows, or somebody with roles from the host.
            now: The moment, with time zone.
            version: The version the person saw; `None` acts on the case as it stands.

        Raises:
            NotFound: There is no such complaint.
            NotAllowed: The action is refused, with the reason.
            Stale: Somebody else changed the complaint meanwhile.
        """
        self.look_round(now)
        actor = self.policy.actor(by) if isinstance(by, str) else by
        for attempt in range(RETRIES):
            case = self.for_acting(reference, actor)
            self._check_seen(case, version, action)
            steps = self._decided(case, action, actor, now)
            try:
                self.write(*steps)
            except Stale:
                if attempt == RETRIES - 1:
                    raise
                continue
            self._teach(steps[0].case, steps[0].entries, now)
            return steps[0].case
        raise Stale(reference)

    def _check_seen(self, case: Complaint, version: int | None, action: Action) -> None:
        """Refuse if something was filed since the version a person saw that they should know before they act."""
        if version is None or version == case.version:
            return
        if version > case.version:
            problem = f"is at version {case.version}; version {version} has not been yet: read it again"
            raise Stale(case.reference, problem, action=action)
        since = tuple(one for one in self.store.file(case.reference) if one.seq > version)
        news = [one.entry for one in since if not one.entry.aside]
        if news:
            told = "; ".join(f"{entry.kind.replace('_', ' ')} by {entry.by}" for entry in news[:_NEWS])
            more = f" and {len(news) - _NEWS} more" if len(news) > _NEWS else ""
            problem = f"was changed since version {version} ({told}{more}); look at that, then repeat"
            raise Stale(case.reference, problem, since, action)

    def _decided(self, case: Complaint, action: Action, actor: Actor, now: datetime) -> list[Written]:
        """Return what an action changes: in its own case first, then in others that it touches."""
        others = {one: self.for_acting(one, actor) for one in action.touches if one != case.reference}
        # What time has brought about comes first, whether a worker has noticed or not; only to go on says so itself.
        ended = escalation.waited(case, self.policy, now) if action.name != Resume.name else ()
        before, case = case, case.apply_all(ended)
        new = cache(lambda: references.new(self._randbelow))
        ask = action.asked(
            case, actor, now, self.policy, tuple(others.values()), new, self._entries, self.store.remedy_range
        )
        entries = (*ended, *action.entries(ask))
        if any(isinstance(entry, Assessed | Described) for entry in entries):
            entries += self.repeats(before.apply_all(entries), now)
        after, entries = self.followed(before.apply_all(entries), entries, now)
        steps = [Written(before=before.version, case=after, entries=entries)]
        for reference, more in action.beside(ask):
            first = more[0]
            if reference in others:
                other = others[reference]
                steps.append(Written(before=other.version, case=other.apply_all(more), entries=more))
            elif isinstance(first, Received):
                steps.append(Written(before=0, case=first.open().apply_all(more[1:]), entries=more))
        return [*steps, *self._merged_alike(after, consequences.walls(entries))]

    def _merged_alike(self, case: Complaint, walls: tuple[Entry, ...]) -> Iterator[Written]:
        """Yield what makes the cases that were merged into one as confidential as it: their words are its words."""
        for reference in case.ties.merged if walls else ():
            merged = self.store.case(reference)
            yield Written(before=merged.version, case=merged.apply_all(walls), entries=walls)
            yield from self._merged_alike(merged, walls)

    def _entries(self, reference: str) -> tuple[Entry, ...]:
        return tuple(filed.entry for filed in self.store.file(reference))

    def _teach(self, case: Complaint, entries: Iterable[Entry], now: datetime) -> None:
        """Tell the categorisers that learn what a person decided; never of a confidential case.

        What one of them has learned nobody can take back, and it tells the words in other cases.
        """
        if confidential(case):
            return
        if any(isinstance(entry, Assessed) and entry.confirmed for entry in entries):
            lesson = Lesson(CaseView.of(case), case.category)
            for categoriser in self.registry.categorisers:
                if categoriser.record.learn is not None:
                    categoriser.ask("learn", lesson, now)

    def _each(self, references: Iterable[str], decide: Callable[[Complaint], Iterable[Entry]], now: datetime) -> int:
        self.look_round(now)
        done = 0
        for reference in references:
            try:
                done += self._step(reference, decide, now)
            except Exception as error:  # noqa: BLE001 - the others must not wait for this one, whatever is wrong with it
                # Whoever looks after the desk is told once a day.
                problem = str(error) if isinstance(error, ComplaintKitError) else f"{type(error).__name__}: {error}"
                alarm = notices.stuck(reference, problem, self.policy, now, self._readable(reference))
                with self.store.begin() as unit:
                    unit.add_notice(alarm)
        return done

    def _together(
        self, references: Sequence[str], decide: Callable[[Complaint], Iterable[Entry]], now: datetime
    ) -> int:
        """Let a step be taken in several cases and store all of them at once; where that fails, each by itself."""
        self.look_round(now)
        try:
            steps = [*self._decisions(self.store.cases_of(references), decide, now)]
            self.write(*steps)
        except Exception:  # noqa: BLE001 - which of them it was, and what, shows when each is taken by itself
            return self._each(references, decide, now)
        return len(steps)

    def _decisions(
        self, cases: Iterable[Complaint], decide: Callable[[Complaint], Iterable[Entry]], now: datetime
    ) -> Iterator[Written]:
        for case in cases:
            if entries := tuple(decide(case)):
                after, entries = self.followed(case.apply_all(entries), entries, now)
                yield Written(before=case.version, case=after, entries=entries)

    def _readable(self, reference: str) -> Complaint | None:
        """Return a case that cannot be worked on, if it can be read at all."""
        try:
            return self.store.case(reference)
        except ComplaintKitError:
            return None

    def _step(self, reference: str, decide: Callable[[Complaint], Iterable[Entry]], now: datetime) -> bool:
        for _ in range(RETRIES):
            case = self.store.case(reference)
            entries = tuple(decide(case))
            if not entries:
                return False
            after, entries = self.followed(case.apply_all(entries), entries, now)
            try:
                self.write(Written(before=case.version, case=after, entries=entries))
            except Stale:
                continue
            return True
        return False
