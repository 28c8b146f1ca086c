"""What every store does with absences."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from complaintkit.policy.staff import Absence
from complaintkit.store.port import Store
from tests.contract.cases import DAY, HOUR, NOON


def absence(name: str = "irina", since: datetime = NOON, until: timedelta | None = DAY, **more: Any) -> Absence:
    """Return an absence of some length, or one without an end."""
    return Absence(name=name, since=since, until=None if until is None else since + until, **more)


def put(store: Store, *absences: Absence) -> None:
    """Store absences, all in one transaction."""
    with store.begin() as unit:
        for one in absences:
            unit.put_absence(one)


class AbsenceSuite:
    """Who is away: stored once per person and beginning, given back until it is over."""

    def test_an_absence_comes_back_equal(self, store: Store) -> None:
        """Every field survives, with and without an end, odd text in a name replaced visibly."""
        whole = absence("Ирина", deputy="Олег", by="Лена")
        put(store, whole, absence("a\0b", until=None))
        odd, same = store.absences(NOON)
        assert (whole, "a␀b", None) == (same, odd.name, odd.until)

    def test_what_is_over_is_not_given_back(self, store: Store) -> None:
        """One that ends now is over; one without an end, and one to come, are not."""
        put(store, absence(), absence("oleg", until=None), absence("maya", NOON + 9 * DAY))
        assert ["irina", "maya", "oleg"] == [one.name for one in store.absences(NOON)]
        assert ["maya", "oleg"] == [one.name for one in store.absences(NOON + DAY)]
        assert ["oleg"] == [one.name for one in store.absences(NOON + 99 * DAY)]

    def test_the_same_beginning_is_the_same_absence(self, store: Store) -> None:
        """Told again otherwise or by somebody else it is changed; with another beginning it is one more."""
        put(store, absence(), absence(until=2 * DAY, deputy="oleg", by="lena"), absence(since=NOON + HOUR, until=DAY))
        first, second = store.absences(NOON)
        assert (NOON + 2 * DAY, "oleg", "lena") == (first.until, first.deputy, first.by)
        assert NOON + HOUR == second.since

    def test_an_absence_is_forgotten(self, store: Store) -> None:
        """Only the one of this person and beginning; to forget what is not there changes nothing."""
        put(store, absence(), absence(since=NOON + HOUR), absence("oleg"))
        with store.begin() as unit:
            unit.drop_absence(absence())
            unit.drop_absence(absence("nobody"))
        assert [("irina", NOON + HOUR), ("oleg", NOON)] == [(one.name, one.since) for one in store.absences(NOON)]

    def test_a_transaction_that_fails_changes_nothing(self, store: Store) -> None:
        """What was put and what was forgotten is taken back with the rest."""
        put(store, absence())
        with suppress(RuntimeError), store.begin() as unit:
            unit.put_absence(absence("oleg"))
            unit.put_absence(absence(until=9 * DAY))
            unit.drop_absence(absence())
            raise RuntimeError("no")
        assert (absence(),) == store.absences(NOON)
