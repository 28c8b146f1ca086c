"""Precedents in the memory twin: every one is looked at, and ranked as in the databases."""

from decimal import Decimal
from statistics import median
from threading import RLock

from complaintkit.case.precedent import Found, Precedent, PrecedentQuery, Range
from complaintkit.store import ranking, refusals
from complaintkit.store.memory_unit import State
from complaintkit.store.ranking import Candidate, Lexicon
from complaintkit.store.texts import storable


class MemoryPrecedents:
    """The part of the memory twin that finds precedents."""

    state: State
    lexicon: Lexicon = ranking.EMPTY
    _lock: RLock

    def precedents(self, query: PrecedentQuery) -> tuple[Found, ...]:
        """Return the precedents most like a text, the best first."""
        asked = ranking.asked(query)
        with self._lock:
            self._refresh()
            there = dict(self.state.precedents)
        leads = ranking.leads(asked, self.lexicon)
        hits = [
            (sum(lead.weight for lead in leads if words.issuperset(lead.words)), number, precedent, found)
            for number, precedent, found in there.values()
            if (words := set(found.split()))
        ]
        # First by the words alone and then by the preference, as the databases do, which read no more rows than needed.
        hits = sorted((hit for hit in hits if hit[0]), key=lambda hit: hit[:2], reverse=True)
        preferred = hits[: ranking.AMONG if query.category or query.language else ranking.CANDIDATES]
        preferred.sort(
            key=lambda hit: (hit[0] * ranking.preference(query, hit[2].category, hit[2].language), hit[1]), reverse=True
        )
        candidates = (
            Candidate(one.reference, one.decided_at, one.category, one.language, found)
            for _, _, one, found in preferred[: ranking.CANDIDATES]
        )
        best = ranking.ranked(query, asked, candidates, self.lexicon)
        return tuple(Found(there[reference][1], score) for reference, score in best)

    def precedent(self, reference: str) -> Precedent:
        """Return the precedent that a case has become; `NotFound` if it is none."""
        with self._lock:
            found = self.state.precedents.get(storable(reference))
        if found is None:
            raise refusals.no_precedent(reference)
        return found[1]

    def remedy_range(self, category: str, remedy: str, currency: str) -> Range | None:
        """Return what was given in such complaints; `None` if nothing is known of it."""
        with self._lock:
            given = [
                one.amount
                for _, precedent, _ in self.state.precedents.values()
                if precedent.upheld and precedent.category == category
                for one in precedent.remedies
                if one.amount is not None and (one.remedy, one.currency) == (remedy, currency)
            ]
        if not given:
            return None
        return Range(count=len(given), lowest=min(given), median=Decimal(median(given)), highest=max(given))

    def _refresh(self) -> None:
        by_number = {number: found for number, _, found in self.state.precedents.values()}
        newest = max(by_number, default=0)
        if self.lexicon.outgrown(newest):
            sample = [by_number[number] for number in ranking.numbers(newest) if number in by_number]
            self.lexicon = Lexicon.of(newest, sample)
