"""For whom a store answers: what does not exist for somebody is in none of its lists, counts and figures."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from attrs import evolve

from complaintkit.case.actor import plain
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import HandlersNamed, Restricted, Sealed, SecrecyLifted, StaffCleared, StaffNamed
from complaintkit.case.parts import Content
from complaintkit.counts import Count, Of
from complaintkit.store import SqlStore
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Filter, Store
from tests.contract.cases import DAY, NOON, notice, opened, step, write

UNTIL = NOON + 99 * DAY
WHY = Content.of("because")
EVERYBODY = Onlooker()
BOSS = Onlooker(about=("boss",), among=("boss", "handler"))
IRINA = Onlooker(about=("irina",), among=("irina", "handler"))
LEGAL = Onlooker(about=("lena",), among=("lena", "legal"))
NOBODYS = Onlooker(about=("x",), among=())
PLAIN = Onlooker(protected=False)
PROTECTED = Onlooker(protected=True)
WHO = (EVERYBODY, BOSS, IRINA, LEGAL, NOBODYS, PLAIN, PROTECTED, Onlooker(about=("boss",), protected=True))
OFS: tuple[Of, ...] = ("received", "ended", "reopened", "open_before", "open", "overdue", "due", "kept")


def about(*names: str) -> StaffNamed:
    """Return the entry by which a case is about staff."""
    return StaffNamed(at=NOON, by="ana", names=names, reason=WHY)


def filled(store: Store) -> tuple[Complaint, ...]:
    """Put cases on file: ordinary, about the boss, about two, restricted, restricted and about the boss, sealed."""
    cases = opened(store, 1, 2, 3, 4, 5, 6, owner="ana")
    changes: tuple[tuple[Any, ...], ...] = (
        (),
        (about("Boss"),),
        (about("boss", "Irina  P"), about("irina")),
        (Restricted(at=NOON, by="ana", handlers=("Irina", "legal"), reason=WHY),),
        (about("boss"), Restricted(at=NOON, by="ana", handlers=("boss", "irina"), reason=WHY)),
        (Sealed(at=NOON, by="ana", handlers=("legal",), reason=WHY),),
    )
    for case, entries in zip(cases, changes, strict=True):
        if entries:
            write(store, step(case, *entries, notices=(notice(f"n-{case.reference}", case.reference),)))
    return tuple(store.case(one.reference) for one in cases)


def listed(store: Store, seen_by: Onlooker) -> set[str]:
    """Return the references of all complaints that exist for somebody."""
    return {case.reference for case in store.cases(Filter(open=None, seen_by=seen_by, limit=99))}


def seen(cases: Iterable[Complaint], who: Onlooker) -> set[str]:
    """Return the same, worked out case by case."""
    return {case.reference for case in cases if who.sees(case)}


class LookingSuite:
    """A store answers for somebody."""

    def test_lists_have_only_what_exists_for_somebody(self, store: Store) -> None:
        """Whoever asks, a list has just what the rules give case by case, and pages do not count the rest."""
        cases = filled(store)
        for who in WHO:
            assert seen(cases, who) == listed(store, who)
        number = {case.reference: int(case.reference[-1]) for case in cases}
        assert [{1}, {1, 2, 4, 5}, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 6}] == [
            {number[one] for one in listed(store, who)} for who in (BOSS, IRINA, EVERYBODY, LEGAL)
        ]
        page = store.cases(Filter(open=None, seen_by=IRINA, limit=2, offset=3, order="received"))
        assert 1 == len(page)
        assert () == store.cases(Filter(open=None, seen_by=IRINA, limit=9, offset=4))

    def test_other_conditions_hold_as_well(self, store: Store) -> None:
        """What somebody may see is narrowed further by what is asked."""
        cases = filled(store)
        for which in (Filter(open=True, owner="ana"), Filter(channel="form"), Filter(since=NOON, until=UNTIL)):
            for who in WHO:
                found = {case.reference for case in store.cases(evolve(which, seen_by=who))}
                assert seen(cases, who) == found
        assert () == store.cases(Filter(open=False, seen_by=EVERYBODY))

    def test_counts_and_figures_leave_the_rest_out(self, store: Store) -> None:
        """Every count is that of a store in which the rest never was, and so is the balance."""
        cases = filled(store)
        for who in WHO:
            there = [case for case in cases if who.sees(case)]
            counts = {of: found.total for of, found in zip(OFS, self.counted(store, who), strict=True)}
            clocks = sum(len(case.clocks) for case in there)
            assert (len(there), len(there), 0, 0) == tuple(
                counts[of] for of in ("received", "open", "ended", "reopened")
            )
            assert (clocks, 0) == (counts["due"], counts["kept"])
            figures = store.figures(who)
            assert (len(there), len(there)) == (figures.complaints, figures.open)
            assert sum(case.version for case in there) == figures.entries
            assert sum(case.version > 3 for case in there) == figures.waiting_notices
        assert store.figures() == store.figures(EVERYBODY)

    def counted(self, store: Store, who: Onlooker) -> Any:
        """Return every count there is, for somebody."""
        return store.count([Count(of) for of in OFS], NOON, UNTIL, who)

    def test_counts_by_dimension_leave_the_rest_out(self, store: Store) -> None:
        """No row tells of what does not exist."""
        filled(store)
        (found,) = store.count(
            [Count("received", ("owner", "channel"))], NOON, UNTIL, Onlooker(about=("boss",), among=())
        )
        assert ((("ana", "form"), 1),) == found.rows
        (clocks,) = store.count([Count("due", ("clock",))], NOON, UNTIL, PROTECTED)
        assert {5} == {figure for _, figure in clocks.rows}

    def test_the_outbox_leaves_the_rest_out(self, store: Store) -> None:
        """Notices of what does not exist are left out, also of the pages; those of no case stay."""
        cases = filled(store)
        with store.begin() as unit:
            unit.add_notice(notice("alarm"))
        for who in WHO:
            found = [due.notice.reference for due in store.outbox("waiting", 99, seen_by=who)]
            assert sorted(seen(cases[1:], who) | {""}) == sorted(found)
        one_by_one = [store.outbox("waiting", 1, place, seen_by=LEGAL)[0].notice.id for place in range(5)]
        assert [due.notice.id for due in store.outbox("waiting", 9, seen_by=LEGAL)] == one_by_one

    def test_hidden_names_what_is_there_and_not_for_somebody(self, store: Store) -> None:
        """A reference that is not on file is not hidden: both are told apart only here."""
        cases = filled(store)
        asked = [*(case.reference for case in cases), "CK-9999-9999"]
        for who in WHO:
            assert {case.reference for case in cases} - seen(cases, who) == store.hidden(asked, who)
        assert frozenset() == store.hidden([], BOSS)

    def test_it_follows_every_change(self, store: Store) -> None:
        """Named, cleared, restricted, handed to others, lifted: each counts from the step that says so."""
        (case,) = opened(store, 1, owner="ana")
        history: tuple[tuple[Any, set[str]], ...] = (
            (about("boss"), {"irina", "lena", "max"}),
            (StaffCleared(at=NOON, by="ana", names=("boss",), reason=WHY), {"boss", "irina", "lena", "max"}),
            (Restricted(at=NOON, by="ana", handlers=("irina",), reason=WHY), {"irina"}),
            (HandlersNamed(at=NOON, by="ana", handlers=("lena", "max"), reason=WHY), {"lena", "max"}),
            (Sealed(at=NOON, by="ana", handlers=("max",), reason=WHY), {"max"}),
            (SecrecyLifted(at=NOON, by="ana", reason=WHY), {"boss", "irina", "lena", "max"}),
        )
        for entry, names in history:
            write(store, step(store.case(case.reference), entry))
            people = ("boss", "irina", "lena", "max")
            found = {one for one in people if listed(store, Onlooker(about=(one,), among=(one,)))}
            assert names == found, entry.kind
        assert listed(store, Onlooker(about=("boss",), among=("ana",))), "whoever owns it may know of it"

    def test_names_that_no_engine_takes_do_no_harm(self, store: Store) -> None:
        """A NUL or a lone surrogate in a name hides a case from whoever bears that name, and breaks nothing."""
        (case,) = opened(store, 1, owner="ana")
        write(store, step(case, about("bo\0ss", "ольга \ud800")))
        stored = store.case(case.reference)
        for name in ("bo\0ss", "ольга \ud800"):
            assert set() == listed(store, Onlooker(about=(plain(name),)))
        assert 2 == len(stored.about)
        assert {case.reference} == listed(store, Onlooker(about=("ana", "' OR 1=1 --")))


class SidesSuite:
    """What lists are narrowed by is kept beside the complaints, and so it can differ from them."""

    def test_what_is_kept_beside_is_verified(self, store: SqlStore) -> None:
        """A name that was taken away, or added, in the database itself is found; what fits is not."""
        cases = filled(store)
        assert [] == list(store.verify())
        subject, confidant = store.tables.subject, store.tables.confidant
        with store.engine.begin() as connection:
            connection.execute(sa.delete(subject).where(subject.c.reference == cases[1].reference))
            connection.execute(sa.insert(confidant).values(reference=cases[3].reference, name="mallory"))
            connection.execute(sa.insert(subject).values(reference=cases[0].reference, name="lena"))
        wrong = {finding.reference for finding in store.verify() if "leave it out" in finding.problem}
        assert {cases[place].reference for place in (0, 1, 3)} == wrong
