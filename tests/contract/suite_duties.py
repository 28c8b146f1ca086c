"""Duties: what somebody has to do by when, the same from every store."""

from datetime import datetime

from attrs import evolve

from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Assigned, Closed, StaffNamed, TaskAdded, TaskAnswered, TaskCancelled
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Content
from complaintkit.case.tasks import LASTING_TASK, TASK, TaskKind, TaskState
from complaintkit.store.duties import DutyQuery
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Store
from tests.contract.cases import DAY, HOUR, NOON, opened, step, write

LEGAL = DutyQuery(who=("legal",))


def asked(case: Complaint, who: str, due: datetime, *, kind: str = TASK) -> TaskAdded:
    """Return the entry by which somebody is asked something."""
    name = f"task-{len(case.handling.tasks) + 1}"
    clock = Clock(kind=kind, name=name, who=who, standard="test/1", started_at=NOON, due_at=due, pausable=True)
    return TaskAdded(
        at=NOON, by="irina", name=name, who=who, task=TaskKind.OPINION, text=Content.of("Is it so?"), clock=clock
    )


def ask(store: Store, reference: str, who: str, due: datetime, *, kind: str = TASK) -> None:
    """Ask somebody something about a case."""
    case = store.case(reference)
    write(store, step(case, asked(case, who, due, kind=kind)))


def told(store: Store, query: DutyQuery) -> list[tuple[str, str]]:
    """Return the duties as reference and name of the clock."""
    return [(duty.reference, duty.clock.name) for duty in store.duties(query)]


class DutySuite:
    """What every store answers about duties."""

    def test_the_nearest_comes_first(self, store: Store) -> None:
        """Open tasks of a department are listed across cases, by when they are due, with the clock as it is stored."""
        opened(store, 1, 2)
        ask(store, "CK-TEST-0001", "legal", NOON + 3 * DAY)
        ask(store, "CK-TEST-0002", "legal", NOON + DAY)
        ask(store, "CK-TEST-0002", "quality", NOON + HOUR)
        assert [("CK-TEST-0002", "task-1"), ("CK-TEST-0001", "task-1")] == told(store, LEGAL)
        (first, _) = store.duties(LEGAL)
        assert store.case("CK-TEST-0002").named("task-1") == first.clock
        assert ("legal", "desk", Stage.IN_PROGRESS) == (first.who, first.owner, first.stage)

    def test_what_is_settled_is_no_duty(self, store: Store) -> None:
        """An answered task, a cancelled one, and those of a closed case ask for nothing any more."""
        opened(store, 1, 2, 3)
        for number in (1, 2, 3):
            ask(store, f"CK-TEST-{number:04}", "legal", NOON + DAY)
        cases = [store.case(f"CK-TEST-{number:04}") for number in (1, 2, 3)]
        words = Content.of("Yes.")
        write(
            store,
            step(cases[0], TaskAnswered(at=NOON, by="vera", task="task-1", result=TaskState.DONE, text=words)),
            step(cases[1], TaskCancelled(at=NOON, by="irina", task="task-1", reason=words)),
            step(cases[2], Closed(at=NOON, by="irina", stage=Stage.CLOSED, reason=words)),
        )
        assert [] == told(store, LEGAL)

    def test_what_lasts_stays_a_duty(self, store: Store) -> None:
        """A task that goes on after its case is still listed once the case is closed."""
        (case,) = opened(store, 1)
        ask(store, case.reference, "legal", NOON + DAY, kind=LASTING_TASK)
        case = store.case(case.reference)
        write(store, step(case, Closed(at=NOON, by="irina", stage=Stage.CLOSED, reason=Content.of("settled"))))
        assert [(case.reference, "task-1")] == told(store, LEGAL)
        assert [Stage.CLOSED] == [duty.stage for duty in store.duties(LEGAL)]

    def test_own_cases_count_where_asked(self, store: Store) -> None:
        """With `own`, the deadlines of somebody's own cases that name nobody else are listed among the others."""
        opened(store, 1, 2)
        case = store.case("CK-TEST-0001")
        write(store, step(case, Assigned(at=NOON, by="desk", owner="irina")))
        ask(store, "CK-TEST-0002", "irina", NOON + 3 * DAY)
        assert [("CK-TEST-0002", "task-1")] == told(store, DutyQuery(who=("irina",)))
        assert [
            ("CK-TEST-0001", "acknowledgement"), ("CK-TEST-0002", "task-1"), ("CK-TEST-0001", "first_response"),
            ("CK-TEST-0001", "final_response"),
        ] == told(store, DutyQuery(who=("irina",), own=True))  # fmt: skip
        answers = DutyQuery(who=("irina", "oleg"), own=True, kinds=("first_response", TASK), limit=1, offset=1)
        assert [("CK-TEST-0001", "first_response")] == told(store, answers)

    def test_conditions_narrow(self, store: Store) -> None:
        """Names, kinds, a latest moment and pages narrow the list; without any, everybody's duties are in it."""
        opened(store, 1, 2)
        ask(store, "CK-TEST-0001", "legal", NOON + DAY)
        ask(store, "CK-TEST-0001", "quality", NOON + 4 * DAY)
        ask(store, "CK-TEST-0002", "quality", NOON + 3 * DAY)
        everybody = DutyQuery(kinds=(TASK,))
        assert [("CK-TEST-0001", "task-1"), ("CK-TEST-0002", "task-1"), ("CK-TEST-0001", "task-2")] == told(
            store, everybody
        )
        assert [("CK-TEST-0002", "task-1")] == told(store, evolve(everybody, limit=1, offset=1))
        assert [("CK-TEST-0001", "task-1")] == told(store, evolve(everybody, due_before=NOON + 3 * DAY))
        assert 3 == len(store.duties(DutyQuery(who=("legal", "quality"), kinds=(TASK, LASTING_TASK))))
        assert 6 == len(store.duties(DutyQuery(kinds=("acknowledgement", "first_response", "final_response"))))
        assert () == store.duties(DutyQuery(who=("le'gal\x00",)))

    def test_what_does_not_exist_for_somebody_is_not_listed(self, store: Store) -> None:
        """Duties in a complaint about somebody are not in that person's lists, by whichever way they are asked for."""
        opened(store, 1, 2)
        for reference in ("CK-TEST-0001", "CK-TEST-0002"):
            ask(store, reference, "legal", NOON + DAY)
        case = store.case("CK-TEST-0001")
        write(store, step(case, StaffNamed(at=NOON, by="irina", names=("boss",), reason=Content.of("says so"))))
        boss = Onlooker(about=("boss",))
        assert [("CK-TEST-0002", "task-1")] == told(store, evolve(LEGAL, seen_by=boss))
        mine = DutyQuery(who=("legal", "desk"), own=True, seen_by=boss)
        assert {"CK-TEST-0002"} == {duty.reference for duty in store.duties(mine)}
        assert {"CK-TEST-0002"} == {duty.reference for duty in store.duties(DutyQuery(seen_by=boss))}
