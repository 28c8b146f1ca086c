"""What of complaints is kept back: from plugins that learn or look on, and from places where nobody can erase it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from complaintkit import (
    CaseView,
    Categoriser,
    Change,
    Lesson,
    Message,
    NotAllowed,
    Observer,
    Person,
    Suggestion,
)
from complaintkit.app import actions
from complaintkit.case.entries import PluginFailed, TaskAnswered
from complaintkit.guard import Failure
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit, said

STAFF: dict[str, Any] = {"irina": {"roles": ["handler"]}, "oleg": {"roles": ["handler", "team-lead", "quality"]}}
SETTINGS = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF})
SECRET = b"a secret of 26 signs, hush"
SECRETIVE = (
    actions.Restrict(reason="names a colleague", handlers=("irina",)),
    actions.Seal(reason="reports a wrong", handlers=("irina",)),
    actions.NameStaff(names=("lena",), reason="it is about her"),
)


@pytest.mark.parametrize("secretly", SECRETIVE, ids=lambda one: one.name)
def test_no_categoriser_learns_from_a_confidential_complaint(secretly: actions.Action) -> None:
    """What a person decided is a lesson in an ordinary case, and in a restricted, sealed or staff case it is none."""
    lessons: list[Lesson] = []
    with kit((Categoriser("learner", lambda case: (), learn=lessons.append),), settings=SETTINGS) as desk:
        references = [desk.open(said("They cheat.", name), by="oleg").reference for name in ("anna", "boris")]
        desk.act(references[1], secretly, by="oleg")
        for reference in references:
            desk.act(reference, actions.Assess(category="refund", despite="read it"), by="oleg")
    assert references[:1] == [lesson.case.reference for lesson in lessons]


@pytest.mark.parametrize("secretly", SECRETIVE, ids=lambda one: one.name)
def test_observers_hear_nothing_of_a_confidential_complaint(secretly: actions.Action) -> None:
    """Not even its reference, nor what waited to be told when it became confidential; of others they hear all."""
    seen: list[Change] = []
    with kit((Observer("crm", seen.append),), settings=SETTINGS) as desk:
        first, second = (desk.open(said("They cheat.", name), by="oleg").reference for name in ("anna", "boris"))
        desk.act(second, secretly, by="oleg")
        desk.act(second, actions.Note(text="hush"), by="oleg")
        desk.work(MONDAY)
    assert {first} == {change.reference for change in seen}


def test_observers_hear_of_a_complaint_again_once_it_is_open_to_all() -> None:
    """What came in between is not made up for."""
    seen: list[Change] = []
    with kit((Observer("crm", seen.append),), settings=SETTINGS) as desk:
        reference = desk.open(said("They cheat."), by="oleg").reference
        desk.act(reference, actions.Restrict(reason="names a colleague"), by="oleg")
        desk.act(reference, actions.Lift(reason="it does not"), by="oleg")
        desk.act(reference, actions.Note(text="x"), by="oleg")
        desk.work(MONDAY)
    between = ("restricted", "secrecy_lifted", "noted")
    assert ["secrecy_lifted", "noted"] == [change.entry for change in seen if change.entry in between]


# --- what nobody can erase


def _quotes(case: CaseView) -> list[Suggestion]:
    raise ValueError(f"cannot read {case.text}")


def _invents(case: CaseView) -> list[Suggestion]:
    return [Suggestion(category=case.text, score=0.9, because="it says so")]


@pytest.mark.parametrize(("suggest", "kind"), [(_quotes, "raised"), (_invents, "wrong_answer")])
def test_the_record_of_a_plugin_keeps_no_words_of_a_complaint(suggest: Any, kind: str) -> None:
    """What a plugin said of its trouble is sealed in the case file; its record says what kind of trouble, and where."""
    with kit((Categoriser("parrot", suggest),), settings=SETTINGS) as desk:
        reference = desk.open(said("Zinaida Quokkova was cheated."), by="oleg").reference
        desk.work(MONDAY)
        (record,) = desk.store.plugin_records()
        problems = [one.entry.problem for one in desk.file(reference) if isinstance(one.entry, PluginFailed)]
    assert (kind, reference) == (record.last_problem.partition(":")[0], record.last_reference)
    assert "Quokkova" not in record.last_problem
    assert problems
    assert all("Quokkova" in str(one) for one in problems)


def test_a_channel_that_cannot_fetch_says_why() -> None:
    """Nobody's words went into the call, and whoever looks after the desk needs to know what is wrong."""
    failure = Failure(
        plugin="email", hook="complaintkit_channels.fetch", record="email", kind="raised", problem="no such host"
    )
    with kit() as desk:
        desk.desk.plugin_failed(failure, MONDAY)
        assert ["raised: no such host"] == [one.last_problem for one in desk.store.plugin_records()]


def test_an_answer_by_mail_files_no_address() -> None:
    """By whom an answer is stands unsealed in the file for ever; who sent it is in its envelope."""
    with kit() as desk:
        reference = desk.open(said("The kettle broke."), by="irina").reference
        desk.act(reference, actions.AddTask(who="legal", kind="opinion", text="May we refuse?"), by="irina")
        token = desk.task_token(reference, "task-1")
        sender = Person(email="vera@law.example")
        desk.open(Message(text="You may.", sender=sender, reply_tokens=(token,)), channel="email")
        (answer,) = (one.entry for one in desk.file(reference) if isinstance(one.entry, TaskAnswered))
        case = desk.case(reference)
    assert ("somebody by link", True) == (answer.by, answer.envelope > 0)
    assert "vera" not in repr(case.handling.tasks).lower()


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (actions.Forward(respondent="anna@example.org", text="Yours."), "respondent holds an e-mail address"),
        (actions.Forward(respondent="The carrier, " * 7, text="Yours."), "respondent has 90 signs; at most 80"),
        (actions.Forward(respondent="x" * 81, text="Yours.", partly=True), "respondent has 81 signs"),
        (actions.NeedTraining(topic="how to answer anna@example.org"), "topic holds an e-mail address"),
        (actions.NeedTraining(topic="x" * 81), "topic has 81 signs"),
    ],
)
def test_what_stands_unsealed_is_a_short_name(action: actions.Action, says: str) -> None:
    """A respondent and a topic of training stay in the file when all else is erased; they are names, and no text."""
    with kit() as desk:
        reference = desk.open(said("The kettle broke."), by="irina").reference
        with pytest.raises(NotAllowed, match=says):
            desk.act(reference, action, by="irina")


def test_a_short_name_is_taken() -> None:
    """Eighty signs are enough for an organisation and for a topic."""
    with kit() as desk:
        reference = desk.open(said("The kettle broke."), by="irina").reference
        desk.act(reference, actions.NeedTraining(topic="k" * 80, role="support"), by="irina")
        case = desk.act(reference, actions.Forward(respondent=" " + "r" * 80, text="Yours.", partly=True), by="irina")
    assert ("k" * 80, "r" * 80) == (case.learning.training[0].topic, case.ties.referrals[0].respondent)


# --- the secret


def _public(thing: object, depth: int) -> Iterator[object]:
    """Yield what the public names of something hold, and what calling those without arguments gives; then theirs."""
    for name in dir(thing):
        if name.startswith("_"):
            continue
        found: tuple[object, ...] = ()
        with suppress(Exception):  # a refusal, or it takes arguments: either way it gives nothing
            found = (held := getattr(thing, name), held() if callable(held) else None)
        for one in found:
            yield one
            if depth and type(one).__module__.startswith("complaintkit."):
                yield from _public(one, depth - 1)


def test_no_view_gives_the_secret_away() -> None:
    """Whoever had it could make the code of every complaint; a view hands on neither it nor the store that keeps it."""
    with kit(secret=SECRET) as desk:
        reference = desk.open(said("The kettle broke."), by="irina").reference
        desk.act(reference, actions.AddTask(who="legal", kind="opinion", text="May we refuse?"), by="irina")
        case = desk.case(reference)
        view = desk.seen_by("irina")
        given = list(_public(view, 4))
        assert any(one is view.desk.store for one in given), "the walk goes into the desk"
        assert [] == [one for one in given if isinstance(one, bytes | str) and one in (SECRET, SECRET.decode())]
        assert [] == [one for one in given if one is desk.store or one is desk.desk]
        for token in (
            lambda: view.desk.code(reference),
            lambda: view.desk.task_token(case, case.handling.tasks[0]),
        ):
            with pytest.raises(NotAllowed, match="ask the view itself"):
                token()
        assert view.code(reference) == desk.code(reference)
