"""What every store does with improvements: whole steps or none, chained files, lists, and what is counted for them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from complaintkit.case.causes import Confidence
from complaintkit.case.entries import Assessed, CauseDropped, CauseFound, Closed, Dismissed, TrainingNeeded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Severity
from complaintkit.errors import NotFound, Stale, StoreError
from complaintkit.improving import actions
from complaintkit.improving.actions import Action
from complaintkit.improving.entries import Remarked
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import Kind, State
from complaintkit.improving.recurrence import Tally
from complaintkit.message import Delivery
from complaintkit.store import SqlStore, migrations
from complaintkit.store.appendonly import REFUSAL
from complaintkit.store.improving import Improved, Which
from complaintkit.store.port import Store
from tests.contract import cases
from tests.contract.tampering import SqlTamper
from tests.unit.improving_cases import DAY, MEASURE, NOW, POLICY, REFERENCE, person

WEEK = timedelta(weeks=1)
OTHER = "IM-4CCC-CCC9"


def opening(reference: str = REFERENCE, **more: Any) -> Improved:
    """Return the step that opens a measure."""
    entry = actions.PlanMeasure(**{**MEASURE, **more}).opened(reference, person(), NOW, POLICY)
    return Improved(before=0, improvement=entry.open(), entries=(entry,))


def circle(reference: str = OTHER) -> Improved:
    """Return the step that opens a circle."""
    plan = actions.PlanCircle(title="Weekly", deputy="oleg", first=NOW, unit="week", on="mon", recipients=("boss",))
    entry = plan.opened(reference, person(), NOW, POLICY)
    return Improved(before=0, improvement=entry.open(), entries=(entry,))


def improve(store: Store, *steps: Improved) -> None:
    """Store steps, each in a transaction of its own."""
    for one in steps:
        with store.begin() as unit:
            unit.improve(one)


def fails_after(store: Store, step: Improved) -> None:
    """Store a step in a transaction that fails at its end."""
    with store.begin() as unit:
        unit.improve(step)
        unit.settle_envelope(1 // 0, "parked")


def act(store: Store, action: Action, reference: str = REFERENCE, by: str = "irina", days: float = 0) -> Improvement:
    """Do something with an improvement on file, and return it as it is then stored."""
    one = store.improvement(reference)
    entries = action.decide(one, person(by), NOW + days * DAY, POLICY)
    improve(store, Improved(before=one.version, improvement=one.apply_all(entries), entries=entries))
    return store.improvement(reference)


def remark(one: Improvement, words: str = "seen") -> Improved:
    """Return a step that only adds a remark."""
    entry = Remarked(at=NOW, by="irina", text=Content.of(words))
    return Improved(before=one.version, improvement=one.apply(entry), entries=(entry,))


def case(store: Store, number: int, days: float, *, category: str = "", causes: Iterable[str] = (), **end: Any) -> str:
    """Put a complaint on file with what is known of it; `closed` or `dismissed` ends it."""
    at = cases.NOON + days * DAY
    (one,) = cases.opened(store, number, at=at)
    entries: list[Any] = [
        Assessed(
            at=at, by="irina", stage=Stage.IN_PROGRESS, category=category, severity=Severity.NORMAL, confirmed=True
        )
    ]
    entries += [
        CauseFound(
            at=at, by="irina", name=f"cause-{place}", cause=cause, weight=50, confidence=Confidence.LIKELY,
            evidence=Content.of("seen"),
        )
        for place, cause in enumerate(causes, 1)
    ]  # fmt: skip
    if end.get("topic"):
        entries.append(TrainingNeeded(at=at, by="irina", topic=end["topic"], role="handler"))
    if end.get("closed"):
        entries.append(Closed(at=at + DAY, by="irina", stage=Stage.CLOSED, reason=Content.of("x")))
    if end.get("dismissed"):
        reason = Content.of("advertising")
        entries.append(Dismissed(at=at, by="irina", stage=Stage.NOT_A_COMPLAINT, reason=reason))
    cases.write(store, cases.step(one, *entries))
    return one.reference


class ImprovingSuite:
    """Improvements on file."""

    def test_what_is_stored_comes_back(self, store: Store) -> None:
        """After each step the improvement and its file read as they were written, sealed texts and all."""
        improve(store, opening(deputy="oleg", owner="vera", text="Cups break."), circle())
        act(store, actions.Tell(to="packing", text="Half of it breaks."))
        act(store, actions.Implement(evidence="in use"))
        one = act(store, actions.Answer(text="We try."), by="packing", days=1)
        file = store.improvement_file(REFERENCE)
        assert one == file[0].entry.open().apply_all(filed.entry for filed in file[1:])
        assert ["opened", "told", "implemented", "answered"] == [filed.entry.kind for filed in file]
        assert [1, 2, 3, 4] == [filed.seq for filed in file]
        assert [filed.hash for filed in file[:-1]] == [filed.previous for filed in file[1:]]
        assert "Half of it breaks." == str(one.told[0].text)
        assert circle().improvement.circle == store.improvement(OTHER).circle
        assert [] == list(store.verify())

    def test_what_is_not_on_file_is_said(self, store: Store) -> None:
        """An unknown reference has no improvement and an empty file."""
        with pytest.raises(NotFound, match=f"improvement {REFERENCE}: is not on file"):
            store.improvement(REFERENCE)
        assert () == store.improvement_file(REFERENCE)
        assert () == store.improvements(Which())

    def test_whoever_comes_second_is_told(self, store: Store) -> None:
        """A step on an older version, and a second opening under one reference, change nothing."""
        improve(store, opening())
        one = store.improvement(REFERENCE)
        improve(store, remark(one, "first"))
        for late in (remark(one, "second"), opening(title="another")):
            with pytest.raises(Stale):
                improve(store, late)
        assert ["opened", "remarked"] == [filed.entry.kind for filed in store.improvement_file(REFERENCE)]
        assert [] == list(store.verify())

    def test_a_step_that_does_not_add_up_is_refused(self, store: Store) -> None:
        """Version and entries have to fit, and a step needs one."""
        step = opening()
        for wrong in (evolve(step, before=3), evolve(step, entries=())):
            with pytest.raises(StoreError, match="do not give version"):
                improve(store, wrong)

    def test_a_step_is_stored_whole_or_not_at_all(self, store: Store) -> None:
        """What fails later in a transaction takes entry, row and notices back; notices wait in the outbox otherwise."""
        told = cases.notice("im-1", REFERENCE)
        with pytest.raises(ZeroDivisionError):
            fails_after(store, evolve(opening(), notices=(told,)))
        assert () == store.improvements(Which()) == store.outbox("waiting", 9)
        improve(store, evolve(opening(), notices=(told,)))
        settled = evolve(remark(store.improvement(REFERENCE)), settles=(("im-1", Delivery("sent")),))
        assert ["im-1"] == [due.notice.id for due in store.outbox("waiting", 9)]
        improve(store, settled)
        assert ["im-1"] == [due.notice.id for due in store.outbox("sent", 9)]
        again = evolve(remark(store.improvement(REFERENCE)), settles=(("im-1", Delivery("sent")),))
        with pytest.raises(Stale, match="settled meanwhile"):
            improve(store, again)
        assert 2 == store.improvement(REFERENCE).version
        assert [] == list(store.verify())

    def test_lists_are_narrowed_by_everything_they_know(self, store: Store) -> None:
        """Kind, state, person, complaint, cause, category, moment; the next moment first, those without one last."""
        improve(store, opening(causes=("thin-box",), deputy="oleg"), circle(), opening("IM-3333-333D", owner="vera"))
        act(store, actions.Drop(reason="x"), "IM-3333-333D")
        act(store, actions.Link(categories=("unsorted",), causes=("paint",)), OTHER)

        def found(**narrow: Any) -> list[str]:
            return [one.reference for one in store.improvements(Which(**narrow))]

        assert [OTHER, REFERENCE, "IM-3333-333D"] == found()
        assert [OTHER, REFERENCE] == found(open=True)
        assert ["IM-3333-333D"] == found(open=False) == found(states=(State.NO_MEASURE,)) == found(person="vera")
        assert [OTHER] == found(kinds=(Kind.REVIEW_CIRCLE,)) == found(cause="paint")
        assert [OTHER, REFERENCE] == found(person="oleg")
        assert [REFERENCE] == found(cause="thin-box") == found(cause="thin-box", category="unsorted", open=True)
        assert [] == found(complaint="CK-EHQ6-7X6D")
        assert [OTHER] == found(due_before=NOW + 9 * DAY)
        assert [REFERENCE] == found(offset=1, limit=1)

    def test_what_is_due_is_found_in_order(self, store: Store) -> None:
        """Earliest first, up to the limit; what is over has no moment any more."""
        improve(store, opening(), circle(), opening("IM-3333-333D"))
        act(store, actions.Drop(reason="x"), "IM-3333-333D")
        moments = [store.improvement(one).due_at for one in (OTHER, REFERENCE)]
        assert moments == sorted(moments)
        assert () == store.improvements_due(moments[0] - timedelta(seconds=1), 9)
        assert (OTHER,) == store.improvements_due(NOW + 99 * DAY, 1)
        assert (OTHER, REFERENCE) == store.improvements_due(NOW + 99 * DAY, 9)

    def test_sessions_are_found_across_circles(self, store: Store) -> None:
        """Every completed session of every circle, and nothing else of their files."""
        improve(store, opening(), circle(), circle("IM-3333-333D"))
        for reference in (OTHER, "IM-3333-333D", OTHER):
            act(store, actions.Hold(notes="x", none_needed="y"), reference)
        found = [(filed.reference, filed.entry.kind, filed.entry.number) for filed in store.sessions()]
        assert (
            sorted(
                [
                    (OTHER, "session_completed", 1),
                    (OTHER, "session_completed", 2),
                    ("IM-3333-333D", "session_completed", 1),
                ]
            )
            == found
        )
        assert "x" == str(store.sessions()[0].entry.notes)

    def test_complaints_are_counted_by_cause_or_category(self, store: Store) -> None:
        """In a half-open period by receipt; each once; not what turned out to be none; causes before categories."""
        case(store, 1, 0, category="late", causes=("thin-box", "paint"))
        case(store, 2, 1, category="late", causes=("paint",))
        case(store, 3, 2, category="rude")
        case(store, 4, 2, category="late", dismissed=True)
        case(store, 5, 9, category="late", causes=("thin-box",))
        since, until = cases.NOON, cases.NOON + 9 * DAY
        assert Tally(complaints=1, received=3, known=2) == store.tally(("thin-box",), ("late",), since, until)
        assert Tally(complaints=2, received=3, known=2) == store.tally(("paint", "thin-box"), (), since, until)
        assert Tally(complaints=2, received=3, known=3) == store.tally((), ("late",), since, until)
        assert Tally(complaints=3, received=3, known=3) == store.tally((), ("late", "rude"), since, until)
        assert Tally(complaints=0) == store.tally((), ("late",), until + DAY, until + 2 * DAY)
        assert ("form",) == store.channels(since, until)
        assert () == store.channels(until + DAY, until + 2 * DAY)

    def test_causes_follow_the_case(self, store: Store) -> None:
        """A cause that is dropped is counted no more; a later step that says nothing of causes leaves them."""
        reference = case(store, 1, 0, causes=("thin-box",))
        cases.write(store, cases.step(store.case(reference), cases.note()))
        period = (cases.NOON, cases.NOON + DAY)
        assert 1 == store.tally(("thin-box",), (), *period).complaints
        dropped = CauseDropped(at=cases.NOON, by="irina", name="cause-1", reason=Content.of("it was the paint"))
        cases.write(store, cases.step(store.case(reference), dropped))
        assert 0 == store.tally(("thin-box",), (), *period).complaints

    def test_what_was_learned_is_found_by_closing_and_by_receipt(self, store: Store) -> None:
        """Closed complaints by when they were closed; those with something learned by when they came."""
        one = case(store, 1, 0, causes=("thin-box",), closed=True)
        two = case(store, 2, 1, closed=True)
        three = case(store, 3, 2, topic="refunds")
        begin = cases.NOON
        closed = store.closed(begin + DAY, begin + 3 * DAY)
        assert [one, two] == [found.reference for found in closed]
        assert [("thin-box",), ()] == [tuple(cause.cause for cause in found.learning.causes) for found in closed]
        assert [one] == [found.reference for found in store.closed(begin, begin + 2 * DAY)]
        learned = store.learned(begin, begin + 9 * DAY)
        assert [one, three] == [found.reference for found in learned]
        assert ["refunds"] == [need.topic for need in learned[1].learning.training]
        assert closed[0].learning.causes[0].evidence.text is None

    def test_texts_that_no_engine_takes_are_mended(self, store: Store) -> None:
        """NUL and half letters become signs that people see, in rows, parts and texts alike, and verify."""
        improve(store, opening(owner="ve\0ra", title="half \ud800 letter", text="\0", causes=("a\0",)))
        one = act(store, actions.Tell(to="pac\0king", text="a \ud800"))
        assert ("ve␀ra", "half \ufffd letter", "␀", ("a␀",)) == (one.owner, str(one.title), str(one.text), one.causes)
        assert ("pac␀king", "a \ufffd") == (one.told[0].to, str(one.told[0].text))
        assert [REFERENCE] == [found.reference for found in store.improvements(Which(cause="a\0", person="ve\0ra"))]
        assert [] == list(store.verify())

    @pytest.fixture
    def told(self, store: Store) -> Improvement:
        """Put a measure with two entries on file and return it."""
        improve(store, opening(causes=("thin-box",)))
        one = act(store, actions.Tell(to="packing", text="Half of it breaks."))
        assert [] == list(store.verify())
        return one

    def found(self, store: Store) -> list[str]:
        """Return what verifying finds, all of it about the one improvement."""
        findings = list(store.verify())
        assert {REFERENCE} == {finding.reference for finding in findings}
        return [finding.problem for finding in findings]

    def test_an_edited_entry_is_found(self, store: Store, told: Improvement, tamper: Any) -> None:
        """Another author does not follow from the hashes, and differs from the entry's data."""
        tamper.improvement_entry(2, by="nobody")
        assert 2 == len(self.found(store))

    def test_an_edited_row_is_found(self, store: Store, told: Improvement, tamper: Any) -> None:
        """Another owner, state or head is not what the entries add up to."""
        tamper.improvement(owner="nobody", postponed=7)
        assert [
            "owner differs from what its entries add up to", "postponed differs from what its entries add up to"
        ] == self.found(store)  # fmt: skip

    def test_an_edited_text_is_found(self, store: Store, told: Improvement, tamper: Any) -> None:
        """Other words are not those that were sealed; words that were erased with their salt are in order."""
        words = told.told[0].text
        assert words is not None
        tamper.improvement_content(words.digest, text="Nothing breaks.")
        assert "of this told entry is not the one that was sealed" in self.found(store)[0]
        tamper.improvement_content(words.digest, text=None, salt="")
        assert [] == list(store.verify())
        assert "[erased]" == str(store.improvement(REFERENCE).told[0].text)


class ImprovingTablesSuite:
    """What both databases do with the tables of improvements."""

    def test_the_database_refuses_to_change_a_file(self, store: SqlStore) -> None:
        """Not even by hand is an entry changed or deleted; the schema check misses the guard when it is gone."""
        improve(store, opening())
        entry, column = store.tables.improvement_entry, store.tables.improvement_entry.c
        for statement in (sa.update(entry).values(by="nobody"), sa.delete(entry).where(column.seq == 1)):
            with pytest.raises(sa.exc.DBAPIError, match=REFUSAL), store.engine.begin() as connection:
                connection.execute(statement)
        assert () == migrations.check(store.engine, store.tables)
        with SqlTamper(store).connected():
            pass
        if store.engine.dialect.name == "sqlite":
            missing = f"the trigger that keeps {entry.name} from being changed is missing"
            assert missing in migrations.check(store.engine, store.tables)

    def test_the_hosts_rollback_takes_improvements_back(self, store: SqlStore) -> None:
        """Inside a host's transaction nothing of ours is committed."""
        with store.engine.connect() as connection:
            bound = store.bound(connection)
            improve(bound, opening())
            assert 1 == bound.improvement(REFERENCE).version
            connection.rollback()
        assert () == store.improvements(Which())
