"""Tasks: asked of others while the owner stays the owner, answered with or without a seat."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed
from complaintkit.case.actions import (
    AddTask,
    AnswerTask,
    Assess,
    CancelTask,
    Close,
    RemindTask,
    Respond,
    ReturnTask,
    Withdraw,
)
from complaintkit.case.actor import GUEST, Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import StaffNamed, TaskAdded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.case.tasks import TaskState, open_tasks, shown_of, task_by, task_of, task_token
from complaintkit.codec import dump_entry, load_entry
from complaintkit.errors import SettingsError
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, SECRET, T0, act, decided, hours, registered

STAFF: dict[str, Any] = {
    "staff": {"irina": {"roles": ["handler"]}, "vera": {"roles": ["legal"]}, "oleg": {"roles": ["quality"]}}
}
LISTED: Policy = read(STAFF, structure)
ONE, TWO = T0 + hours(1), T0 + hours(2)


def asked(case: Complaint | None = None, at: datetime = ONE, **more: Any) -> Complaint:
    """Return a case with a question to quality."""
    facts = {"who": "quality", "kind": "check", "text": "Was the batch bad?"} | more
    return act(case or registered(), AddTask(**facts), at)


def by(case: Complaint, action: Any, actor: Actor, at: datetime = TWO, policy: Policy = POLICY) -> Complaint:
    """Return the case after an action of somebody."""
    return case.apply_all(action.decide(case, actor, at, policy))


def test_a_task_is_a_duty_of_whom_it_is_asked_and_the_owner_stays() -> None:
    """It gets a name and a clock of its own that names the department; nothing else of the case moves."""
    before = registered()
    case = asked(before)
    (task,) = case.handling.tasks
    clock = case.named("task-1")
    assert clock is not None
    assert ("task-1", "task", "quality", "task-1") == (task.name, clock.kind, clock.who, task.clock)
    assert (before.owner, before.stage) == (case.owner, case.stage)
    assert (TaskState.OPEN, "Was the batch bad?") == (task.state, str(task.asked))
    assert ("task-1", "task-2") == tuple(one.name for one in asked(case).handling.tasks)


def test_a_department_has_its_own_time() -> None:
    """A check of quality may take three days, a question to it two; a person gets what the standard says."""
    days = {
        who: (asked(who=who, kind=kind).named("task-1").due_at - T0).days  # type: ignore[union-attr]
        for who, kind in (("quality", "check"), ("marketing", "question"), ("oleg", "correction"))
    }
    assert {"quality": 3, "marketing": 2, "oleg": 3} == days
    assert "quality: check" in asked().named("task-1").standard  # type: ignore[union-attr]


@pytest.mark.parametrize(("who", "kind"), [("quality", "check"), ("marketing", "question"), ("oleg", "correction")])
def test_the_deadline_of_a_task_is_read_back_as_it_was_filed(who: str, kind: str) -> None:
    """Whoever laid it down, a department or a standard: what stands on the clock does not depend on who asks later."""
    (added,) = decided(registered(), AddTask(who=who, kind=kind, text="Was the batch bad?"), T0)
    assert isinstance(added, TaskAdded)
    written = json.loads(json.dumps(dump_entry(added)))
    assert added == load_entry(added.kind, written, {added.text.digest: added.text})


def test_a_task_ends_before_our_answer_is_due() -> None:
    """It is due with our answer at the latest; a later date needs a reason, and then it may."""
    case = registered()
    final = case.clock("final_response")
    assert final is not None
    late = asked(case, final.due_at - hours(5))
    assert final.due_at == late.named("task-1").due_at  # type: ignore[union-attr]
    after = final.due_at + hours(1)
    with pytest.raises(NotAllowed, match="say because of what it may take longer"):
        asked(case, until=after)
    longer = asked(case, until=after, because="the laboratory needs that long")
    assert after == longer.named("task-1").due_at  # type: ignore[union-attr]
    lasting = asked(case, final.due_at - hours(5), lasting=True)
    assert final.due_at < lasting.named("task-1").due_at  # type: ignore[union-attr]


def test_what_cannot_be_asked_is_refused() -> None:
    """A kind a department does not take, a nobody, somebody it is about, a past date, and what may not be shown."""
    with pytest.raises(NotAllowed, match="legal takes no correction; it takes question, opinion, check"):
        asked(who="Legal", kind="correction")
    with pytest.raises(NotAllowed, match="legalo is neither a department nor of the staff"):
        by(registered(), AddTask(who="legalo", text="?"), LISTED.actor("irina"), policy=LISTED)
    case = registered().apply(StaffNamed(at=T0, by="irina", names=("oleg",), reason=Content.of("says so")))
    with pytest.raises(NotAllowed, match="the complaint is about Oleg"):
        asked(case, who="Oleg")
    with pytest.raises(NotAllowed, match="in the future, with time zone"):
        asked(until=T0)
    with pytest.raises(NotAllowed, match="show 'secrets' is none of title, words"):
        asked(show=("secrets",))
    with pytest.raises(NotAllowed, match="who complains is sealed"):
        asked(evolve(registered(), owner="quality", secrecy="sealed"), show=("complainant",))


def test_whoever_was_asked_answers_and_others_do_not() -> None:
    """The department, the person and who holds the link may answer; with staff listed, others of the staff may not."""
    case = asked()
    for actor in (LISTED.actor("oleg"), Actor("Quality", {"handler"}), Actor("Ana", {GUEST})):
        (task,) = by(case, AnswerTask(task="TASK-1", text="It was."), actor, policy=LISTED).handling.tasks
        assert (TaskState.DONE, actor.name, actor.is_a(GUEST)) == (task.state, task.answered_by, task.guest)
    with pytest.raises(NotAllowed, match="task-1 is asked of quality; vera cannot answer for them"):
        by(case, AnswerTask(task="task-1", text="It was."), LISTED.actor("vera"), policy=LISTED)
    owned = evolve(case, owner="irina")
    told = by(owned, AnswerTask(task="task-1", text="They said so."), LISTED.actor("irina"), policy=LISTED)
    assert "They said so." == str(told.handling.tasks[0].answer)


def test_an_answer_meets_the_deadline_and_can_be_sent_back() -> None:
    """An answer that does not do is sent back with what is missing; the first deadline stays on file as it was met."""
    case = act(asked(), AnswerTask(task="task-1", text="Yes."), T0 + hours(3))
    assert T0 + hours(3) == case.named("task-1").met_at  # type: ignore[union-attr]
    case = act(case, ReturnTask(task="task-1", reason="Which batch?"), T0 + hours(4))
    (task,) = case.handling.tasks
    assert (TaskState.OPEN, 1, "task-1-2", "Which batch?") == (
        task.state, task.returned, task.clock, str(task.missing),
    )  # fmt: skip
    assert (T0 + hours(3), None) == (case.named("task-1").met_at, case.named("task-1-2").met_at)  # type: ignore[union-attr]
    case = act(case, AnswerTask(task="task-1", text="Batch 7."), T0 + hours(5))
    assert ("Batch 7.", ()) == (str(case.handling.tasks[0].answer), open_tasks(case))
    with pytest.raises(NotAllowed, match="no task of this case is open"):
        decided(case, RemindTask(task="task-1"), T0 + hours(6))
    case = asked(case, T0 + hours(6))
    with pytest.raises(NotAllowed, match="task-1 is done already"):
        decided(case, AnswerTask(task="task-1", text="Batch 8."), T0 + hours(6))
    with pytest.raises(NotAllowed, match="there is no task 'task-7'; there are: task-1, task-2"):
        decided(case, RemindTask(task="task-7"), T0 + hours(6))


def test_what_was_not_answered_cannot_be_sent_back() -> None:
    """An open task has no answer to send back, and a cancelled one asks for nothing."""
    with pytest.raises(NotAllowed, match="no task of this case has an answer to send back"):
        decided(asked(), ReturnTask(task="task-1", reason="?"), T0 + hours(2))
    both = act(asked(asked()), AnswerTask(task="task-2", text="Yes."), T0 + hours(2))
    with pytest.raises(NotAllowed, match="task-1 has no answer to send back; it is open"):
        decided(both, ReturnTask(task="task-1", reason="?"), T0 + hours(2))
    gone = act(asked(asked()), CancelTask(task="task-1", reason="found it"), T0 + hours(2))
    assert (TaskState.CANCELLED, T0 + hours(2)) == (gone.handling.tasks[0].state, gone.named("task-1").ended_at)  # type: ignore[union-attr]
    with pytest.raises(NotAllowed, match="task-1 is cancelled already"):
        decided(gone, AnswerTask(task="task-1", text="Yes."), T0 + hours(3))


def test_tasks_end_with_their_case_but_those_that_last() -> None:
    """Once the complainant took it back nothing is asked any more, except what was asked to go on."""
    case = asked(asked(), lasting=True)
    case = act(case, Withdraw(evidence="wrote so"), T0 + hours(2))
    assert ("task-2",) == tuple(task.name for task in open_tasks(case))
    assert case.next_at() == min(moment for clock in case.clocks if clock.lasting and (moment := clock.next_at))
    with pytest.raises(NotAllowed, match="task-1 ended with its case"):
        decided(case, AnswerTask(task="task-1", text="Yes."), T0 + hours(3))
    assert TaskState.DONE is act(case, AnswerTask(task="task-2", text="Yes."), T0 + hours(3)).handling.tasks[1].state


def test_open_tasks_stand_before_the_answer() -> None:
    """A blocking one keeps the response back and says how to go on; one that only asks wants a reason, kept on file."""
    case = asked(act(registered(), Assess(category="refund"), T0 + hours(1)))
    case = evolve(case, stage=Stage.DECISION_PENDING, proposal=Content.of("You are right."))
    with pytest.raises(NotAllowed, match=r"task-1 \(check of quality\) is open, due .*answer_task, remind_task or"):
        decided(case, Respond(despite="no time"), T0 + hours(2))
    asking = asked(act(case, CancelTask(task="task-1", reason="found it"), T0 + hours(1)), blocking=False)
    with pytest.raises(NotAllowed, match=r"task-2 .* To go ahead all the same, say --despite why"):
        decided(asking, Respond(), T0 + hours(2))
    entries = decided(asking, Respond(despite="the batch does not matter"), T0 + hours(2))
    assert ("went_ahead", "responded") == tuple(entry.kind for entry in entries[:2])
    assert ("respond", "task-2") == (entries[0].step, entries[0].missing)  # type: ignore[attr-defined]


def test_the_policy_says_what_stands_before_a_step() -> None:
    """What blocks by default may not matter at all, as the settings say; a slip there is told with its path."""
    case = asked(act(registered(), Assess(category="refund"), T0 + hours(1)))
    case = evolve(case, stage=Stage.DECISION_PENDING, proposal=Content.of("You are right."))
    lenient = read({"checks": {"respond": {"tasks": "off"}}}, structure)
    entries = Respond().decide(case, lenient.actor("irina"), T0 + hours(2), lenient)
    assert "responded" == entries[0].kind
    for table, path in (
        ({"answer": {"tasks": "off"}}, "policy.checks.answer"),
        ({"respond": {"taks": "off"}}, "policy.checks.respond.taks"),
        ({"respond": {"tasks": "maybe"}}, "policy.checks.respond.tasks"),
    ):
        with pytest.raises(SettingsError) as caught:
            read({"checks": table}, structure)
        assert path == caught.value.path


def test_departments_can_be_added_and_changed() -> None:
    """Settings change single keys of a department and add others, which are known as owners and roles, too."""
    policy = read(
        {
            "departments": {"legal": {"email": "legal@example.org"}, "logistics": {"within": [{"hours": 4}]}},
            "staff": {"lena": {"roles": ["logistics"]}},
        },
        structure,
    )
    legal = policy.work.department("LEGAL")
    assert legal is not None
    assert ("legal@example.org", True) == (legal.email, legal.restricted)
    case = by(registered(), AddTask(who="logistics", text="Where is it?"), Actor("x", {"handler"}), policy=policy)
    assert T0 + hours(6) == case.named("task-1").due_at  # type: ignore[union-attr]
    assert "logistics" in policy.roles
    done = by(case, AnswerTask(task="task-1", text="In Riga."), policy.actor("lena"), policy=policy)
    assert TaskState.DONE is done.handling.tasks[0].state
    with pytest.raises(SettingsError, match=r"policy\.departments\.legal\.kinds"):
        read({"departments": {"legal": {"kinds": ["answer"]}}}, structure)


def test_the_link_opens_this_task_and_no_other() -> None:
    """A token leads to its own task only, whatever is changed in it, and to nothing once the task is settled."""
    case = asked(asked())
    first, second = case.handling.tasks
    token = task_token(case, first, SECRET)
    assert 50 == len(token)
    assert token.isalnum()
    assert first == task_by(case, f"  {token}\n", SECRET)
    assert second == task_by(case, task_token(case, second, SECRET), SECRET)
    assert None is task_by(case, token, b"another secret")
    assert None is task_by(case, token[:-1] + ("0" if token[-1] != "0" else "1"), SECRET)
    assert None is task_by(evolve(case, reference="CK-2222-2222"), token, SECRET)
    done = act(case, AnswerTask(task="task-1", text="Yes."), T0 + hours(2))
    assert None is task_by(done, token, SECRET)
    again = act(done, ReturnTask(task="task-1", reason="?"), T0 + hours(3))
    assert None is task_by(again, token, SECRET)
    assert again.handling.tasks[0] == task_by(again, task_token(again, again.handling.tasks[0], SECRET), SECRET)


def test_whoever_holds_the_link_sees_what_the_asker_chose() -> None:
    """Heading, category and day of receipt by default; who complains only where the asker said so."""
    case = act(registered(), Assess(category="refund"), T0 + hours(1))
    plain = asked(case).handling.tasks[0]
    assert (("title", "Broken"), ("category", "refund"), ("received", "2026-03-02")) == shown_of(case, plain.shown)
    more = asked(case, show=("complainant", "words")).handling.tasks[0]
    assert (("words", "The parcel came broken."), ("complainant", "Anna, Anna@example.org")) == shown_of(
        case, more.shown
    )
    assert () == shown_of(case, asked(case, show=("nothing",)).handling.tasks[0].shown)


def test_what_legal_answers_is_for_few_eyes() -> None:
    """Answers of a restricted department name who may read them besides the owner; those of others do not."""
    case = act(asked(who="legal", kind="opinion"), AnswerTask(task="task-1", text="Low risk."), T0 + hours(2))
    assert ("legal",) == case.handling.tasks[0].readers
    assert () == asked().handling.tasks[0].readers


LIFE = st.lists(
    st.tuples(
        st.sampled_from(("add", "answer", "cannot", "return", "cancel", "remind", "close", "withdraw")),
        st.integers(1, 4), st.booleans(), st.integers(1, 90),
    ),
    max_size=25,
)  # fmt: skip


@given(life=LIFE)
def test_a_tasks_life(life: list[tuple[str, int, bool, int]]) -> None:
    """Whatever happens: names are never used again, each open task runs on one clock, each settled one on none."""
    case, now = registered(), T0
    for what, number, flag, later in life:
        now += timedelta(hours=later)
        name = f"task-{number}"
        action: Any = {
            "add": AddTask(who="quality", kind="check", text="?", blocking=flag, lasting=flag),
            "answer": AnswerTask(task=name, text="Yes."),
            "cannot": AnswerTask(task=name, text="No idea.", result="cannot"),
            "return": ReturnTask(task=name, reason="Which?"),
            "cancel": CancelTask(task=name, reason="found it"),
            "remind": RemindTask(task=name),
            "close": Close(),
            "withdraw": Withdraw(evidence="wrote so"),
        }[what]
        with suppress(NotAllowed):  # many lives are not possible, and a refusal changes nothing
            case = act(case, action, now)
    tasks = case.handling.tasks
    assert [f"task-{number + 1}" for number in range(len(tasks))] == [task.name for task in tasks]
    clocks = [clock for clock in case.clocks if clock.kind in ("task", "lasting_task")]
    assert len({clock.name for clock in clocks}) == len(clocks) == sum(1 + task.returned for task in tasks)
    for task in tasks:
        clock = task.due_in(case)
        assert clock is not None
        assert task.open_in(case) is not clock.settled
        assert task.open_in(case) <= (task.state is TaskState.OPEN)
        assert task == task_of(case, task.name)
        assert (task.answered_at is None) is (task.answer is None)
    assert {task.clock for task in open_tasks(case)} == {clock.name for clock in clocks if not clock.settled}
    assert all(task.lasting for task in open_tasks(case)) or case.open
