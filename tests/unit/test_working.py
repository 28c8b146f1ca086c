"""Work shared with others through the kit: word to departments, answers by mail and link, few eyes, what is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from complaintkit import Delivery, Message, NotAllowed, NotFound, Notifier, Person
from complaintkit.app import ComplaintKit, Receipt, Settings
from complaintkit.case.actions import (
    AddTask,
    AnswerTask,
    Assess,
    CancelTask,
    NameHandlers,
    Note,
    RemindTask,
    Reply,
    Restrict,
    ReturnTask,
    Seal,
)
from complaintkit.case.actions.outstanding import missing
from complaintkit.case.tasks import TaskState
from complaintkit.message import Attachment, Notice
from complaintkit.settings import PluginsSettings
from tests.house.kits import MONDAY, kinds, kit, said

HOUR = timedelta(hours=1)
POLICY = {
    "departments": {"legal": {"email": "legal@example.org", "language": "ru"}},
    "staff": {
        "irina": {"roles": ["handler"]}, "vera": {"roles": ["legal"]}, "oleg": {"roles": ["quality"]},
        "max": {"roles": ["handler"]}, "audrey": {"roles": ["auditor"]},
    },
    "owners": {"*": "irina"},
    "task_link": "https://desk.example/tasks/{token}",
}  # fmt: skip


class Office:
    """A kit with a mailbox in which everything lands."""

    def __init__(self) -> None:
        self.mail: list[Notice] = []
        settings = Settings(policy=POLICY, plugins=PluginsSettings(disable=("folder",)))
        self.kit = kit((Notifier("box", ["*"], self.send),), settings=settings)
        self.now = MONDAY
        self.reference = self.kit.open(said("It broke.", "anna", subject="Kettle"), now=MONDAY).reference
        self.work()

    def send(self, notice: Notice) -> Delivery:
        """Take a notice."""
        self.mail.append(notice)
        return Delivery("sent", message_id=f"<{notice.id}@desk>")

    def work(self, later: timedelta = HOUR) -> list[Notice]:
        """Let the workers go on some time later, and return what was sent."""
        self.now += later
        before = len(self.mail)
        self.kit.work(self.now)
        return self.mail[before:]

    def act(self, action: Any, by: str = "irina") -> None:
        """Do something with the case."""
        self.kit.act(self.reference, action, by=by, now=self.now)

    def answer(self, notice: Notice, text: str, **more: Any) -> Receipt:
        """Answer a notice by mail, from wherever it went."""
        facts = {"sender": Person(name="Vera Cruz", email="vera@law.example"), "reply_tokens": (notice.reply_token,)}
        message = Message(text=text, answers=(f"<{notice.id}@desk>",), **(facts | more))
        return self.kit.open(message, channel="email", now=self.now)

    def write(self, text: str) -> None:
        """Let the complainant write again."""
        self.kit.write_by_code(self.kit.code(self.reference), text, self.now)


@pytest.fixture
def office() -> Iterator[Office]:
    """Yield an office with one complaint."""
    opened = Office()
    yield opened
    opened.kit.close()


def test_a_department_is_told_in_its_language_with_a_link(office: Office) -> None:
    """The notice goes to its address, in its language, with question, date and link, and nothing of the complainant."""
    office.act(AddTask(who="legal", kind="opinion", text="May we refuse?", show=("words", "complainant")))
    (notice,) = office.work()
    assert ("task", "email", "legal@example.org", "ru") == (
        notice.occasion, notice.medium, notice.recipient, notice.language,
    )  # fmt: skip
    assert f"https://desk.example/tasks/{notice.reply_token}" in notice.body
    assert "May we refuse?" in notice.body
    assert "заключение" in notice.subject
    assert not {"broke", "Kettle", "anna", "Anna"} & set(notice.body.replace(".", " ").split())


def test_a_person_without_an_address_is_told_as_staff_is(office: Office) -> None:
    """Somebody of the staff gets the notice their usual way; so does a department without an address."""
    office.act(AddTask(who="oleg", text="Which batch?"))
    office.act(AddTask(who="quality", kind="check", text="Which batch?"))
    assert [("staff", "oleg", "en"), ("staff", "quality", "en")] == [
        (one.medium, one.recipient, one.language) for one in office.work()
    ]


def test_everything_that_happens_to_a_task_is_told(office: Office) -> None:
    """Asked, reminded, answered, sent back with another link, taken back without one: who has to know is told."""
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    (asked,) = office.work()
    office.act(RemindTask(task="task-1", text="The complainant called again."))
    (reminded,) = office.work()
    assert ("task_reminder", asked.reply_token) == (reminded.occasion, reminded.reply_token)
    assert "called again" in reminded.body
    office.act(AnswerTask(task="task-1", text="No."), by="vera")
    (answered,) = office.work()
    assert ("task_answered", "irina") == (answered.occasion, answered.recipient)
    assert "No." not in answered.body
    office.act(ReturnTask(task="task-1", reason="Why not?"))
    (returned,) = office.work()
    assert "Why not?" in returned.body
    assert "May we?" in returned.body
    assert ("May we?", "Why not?") == (
        office.kit.task_by_link(returned.reply_token).question, office.kit.task_by_link(returned.reply_token).missing,
    )  # fmt: skip
    assert returned.reply_token not in ("", asked.reply_token)
    office.act(CancelTask(task="task-1", reason="They took it back."))
    (cancelled,) = office.work()
    assert ("task_cancelled", "") == (cancelled.occasion, cancelled.reply_token)


def test_a_late_answer_is_called_for(office: Office) -> None:
    """Before and at the deadline the department gets the question again with its link, and the owner hears of it."""
    office.act(AddTask(who="quality", kind="question", text="Which batch?"))
    office.act(Reply(text="We look into it."))
    office.work()
    told = office.work(timedelta(days=4))
    called = {(one.occasion, one.recipient) for one in told}
    assert {("task_reminder", "quality"), ("overdue", "irina"), ("escalation", "team-lead")} <= called
    assert all("Which batch?" in one.body for one in told if one.occasion == "task_reminder")
    case = office.kit.case(office.reference)
    assert case.named("task-1").overdue  # type: ignore[union-attr]


def test_a_reply_by_mail_answers_the_task(office: Office) -> None:
    """What comes back with the token is the answer, with its files; the mail is on file, and everything adds up."""
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    (asked,) = office.work()
    file = Attachment("opinion.pdf", "application/pdf", b"%PDF")
    receipt = office.answer(asked, "You may.", attachments=(file,))
    assert ("accepted", office.reference) == (receipt.outcome, receipt.reference)
    (task,) = office.kit.case(office.reference).handling.tasks
    assert (TaskState.DONE, "You may.", "somebody by link", True) == (
        task.state, str(task.answer), task.answered_by, task.guest,
    )  # fmt: skip
    entry = office.kit.file(office.reference)[-1].entry
    assert (receipt.number, file.digest) == (entry.envelope, entry.attachments[0].digest)  # type: ignore[attr-defined]
    assert ["task_answered"] == [one.occasion for one in office.work()]
    assert [] == list(office.kit.verify())


def test_a_machines_reply_and_a_late_one_are_no_answers(office: Office) -> None:
    """A note of absence answers nothing, and neither does a second reply; both are on file as messages."""
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    (asked,) = office.work()
    office.answer(asked, "I am away until Monday.", automatic=True)
    assert TaskState.OPEN is office.kit.case(office.reference).handling.tasks[0].state
    office.answer(asked, "You may.")
    office.answer(asked, "On second thoughts, you may not.")
    assert "You may." == str(office.kit.case(office.reference).handling.tasks[0].answer)
    told = kinds(office.kit.file(office.reference))
    assert (1, 2) == (told.count("task_answered"), told.count("message_filed"))
    assert [] == list(office.kit.verify())


def test_a_link_is_answered_without_a_seat_and_then_opens_nothing(office: Office) -> None:
    """Whoever has the token sees the question and answers it under any name; void and wrong tokens look alike."""
    office.act(AddTask(who="legal", kind="opinion", text="May we?", show=("words",)))
    token = office.kit.task_token(office.reference, "task-1")
    view = office.kit.task_by_link(token)
    assert ("May we?", (("words", "It broke."),), "irina", "ru") == (
        view.question, view.shown, view.asked_by, view.language,
    )  # fmt: skip
    assert "It broke." not in repr(view)
    with pytest.raises(NotAllowed, match="needs a text"):
        office.kit.answer_by_link(token, " ", "Vera", now=office.now)
    with pytest.raises(NotAllowed, match="needs the name of who acts"):
        office.kit.answer_by_link(token, "No.", " ", now=office.now)
    case = office.kit.answer_by_link(token, "Somebody else has to.", "Vera", result="cannot", now=office.now)
    assert (TaskState.CANNOT, "irina") == (case.handling.tasks[0].state, case.owner)
    refused = []
    for offered in (token, "x", "", token[:-1], "CK22222222" + token[10:], token.replace(token[12], "z")):
        with pytest.raises(NotFound) as caught:
            office.kit.task_by_link(offered)
        refused.append(str(caught.value))
    assert 1 == len(set(refused))
    with pytest.raises(NotAllowed, match="'task-1' is no open task; open are: none"):
        office.kit.task_token(office.reference, "task-1")


def test_a_link_is_for_whoever_may_answer_and_that_is_on_file(office: Office) -> None:
    """Who was asked gets it, and the owner of a plain question; nobody else, and nobody unseen."""
    office.act(AddTask(who="quality", text="Which batch?"))
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    for name in ("max", "vera", "audrey"):
        with pytest.raises(NotAllowed, match=r"asked of quality, and its link is for them|task_link is for staff"):
            office.kit.seen_by(name).task_token(office.reference, "task-1")
    with pytest.raises(NotAllowed, match="asked of legal, and its link is for them"):
        office.kit.seen_by("irina").task_token(office.reference, "task-2")
    assert "looked" not in kinds(office.kit.file(office.reference))
    for name, task in (("irina", "task-1"), ("oleg", "task-1"), ("vera", "task-2")):
        token = office.kit.seen_by(name).task_token(office.reference, task)
        assert office.kit.task_token(office.reference, task) == token
        entry = office.kit.file(office.reference)[-1].entry
        assert (name, f"link to {task}") == (entry.by, entry.what)  # type: ignore[attr-defined]


def test_the_outbox_shows_no_link(office: Office) -> None:
    """Whoever may look at notices reads what was asked, and not the token by which it is answered."""
    office.act(AddTask(who="quality", text="Which batch?"))
    token = office.kit.task_token(office.reference, "task-1")
    for state in ("waiting", "sent"):
        told = (office.kit.store.outbox(state, 50), office.kit.seen_by("audrey").outbox(state))
        (whole,), (seen,) = ([one.notice for one in found if one.notice.occasion == "task"] for found in told)
        assert (True, False) == (token in repr(whole), token in repr(seen))
        office.work()


def test_the_owners_word_is_no_opinion_of_legal(office: Office) -> None:
    """What the owner heard of legal answers the task and clears nothing; neither does the owner's name on a link."""
    office.act(Assess(category="refund"))
    office.write("My lawyer will write to you.")
    policy = office.kit.policy

    def ahead() -> set[str]:
        return {one.name for one in missing(office.kit.case(office.reference), "respond", policy)}

    assert "task-1" in ahead()
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    office.act(AnswerTask(task="task-2", text="Says we may."))
    assert office.kit.case(office.reference).handling.tasks[1].heard
    assert "task-1" in ahead()
    token = office.kit.task_token(office.reference, "task-1")
    office.kit.answer_by_link(token, "We may.", "Irina", now=office.now)
    assert "opinion:legal" in ahead()
    office.act(ReturnTask(task="task-1", reason="that was me"))
    office.act(AnswerTask(task="task-1", text="You may."), by="vera")
    assert not {"task-1", "opinion:legal"} & ahead()


def test_an_opinion_by_a_link_that_was_sent_is_one(office: Office) -> None:
    """Whoever answers the notice to legal speaks for legal."""
    office.act(Assess(category="refund"))
    office.write("My lawyer will write to you.")
    (asked,) = (one for one in office.work() if one.occasion == "task")
    office.answer(asked, "You may.")
    case = office.kit.case(office.reference)
    assert (True, False) == (case.handling.tasks[0].guest, case.handling.tasks[0].heard)
    assert not {"task-1", "opinion:legal"} & {one.name for one in missing(case, "respond", office.kit.policy)}


def test_a_link_shows_nothing_of_who_complains_once_that_is_sealed(office: Office) -> None:
    """What was chosen before the sealing is looked over when it is shown: words and name are gone, the question stays.

    To whom the case does not exist any more the link opens nothing.
    """
    office.act(Assess(category="refund"))
    show = ("title", "words", "category", "complainant")
    for who in ("legal", "quality"):
        office.act(AddTask(who=who, kind="opinion", text="May we refuse anna@example.org? Anna insists.", show=show))
    tokens = [office.kit.task_token(office.reference, name) for name in ("task-1", "task-2")]
    assert "anna" in str(office.kit.task_by_link(tokens[0]).shown)
    office.act(Seal(reason="fears for her place", handlers=("legal",)))
    view = office.kit.task_by_link(tokens[0])
    assert (("category", "refund"),) == view.shown
    assert view.question.startswith("May we refuse")
    assert "anna" not in view.question.casefold()
    for look in (
        lambda: office.kit.task_by_link(tokens[1]), lambda: office.kit.answer_by_link(tokens[1], "No.", "Oleg")
    ):  # fmt: skip
        with pytest.raises(NotFound, match="opens no open task"):
            look()
    with pytest.raises(NotAllowed, match="no link leads out of it"):
        office.kit.seen_by("vera", reason="asked").task_token(office.reference, "task-1")


def test_of_a_confidential_case_only_its_handlers_are_asked_and_no_link_is_mailed(office: Office) -> None:
    """Nobody is asked who may not know of it; who may is told that there is something, and not a word of it."""
    office.act(Restrict(reason="about the board", handlers=("quality",)))
    with pytest.raises(NotAllowed, match=r"legal is none of its handlers; name_handlers"):
        office.act(AddTask(who="legal", kind="opinion", text="May we refuse?"))
    office.act(NameHandlers(handlers=("legal", "irina"), reason="advice"), by="oleg")
    office.act(AddTask(who="legal", kind="opinion", text="May we refuse?"))
    office.act(RemindTask(task="task-1", text="Today, please."))
    office.act(CancelTask(task="task-1", reason="Settled with the board."))
    told = [one for one in office.work() if one.occasion.startswith("task")]
    assert [("task_confidential", "staff", "legal", "")] * 3 == [
        (one.occasion, one.medium, one.recipient, one.reply_token) for one in told
    ]
    secret = ("refuse", "Today", "board", "tasks/")
    assert [] == [word for one in told for word in secret if word in one.subject + one.body + repr(one.facts)]


@pytest.mark.parametrize(("handlers", "asked"), [((), ()), (("legal",), (("category", "received"),))])
def test_a_rule_asks_nobody_who_may_not_know_and_shows_no_words(
    office: Office, handlers: tuple[str, ...], asked: tuple[tuple[str, ...], ...]
) -> None:
    """In a sealed case legal is asked only as a handler; where it is none, the owner hears how to let it in."""
    office.act(Seal(reason="fears for her place", handlers=handlers))
    office.act(Assess(category="refund"))
    office.write("My lawyer will write to you.")
    case = office.kit.case(office.reference)
    assert asked == tuple(task.shown for task in case.handling.tasks)
    (how,) = (one.how for one in missing(case, "respond", office.kit.policy) if one.what.find("legal") >= 0)
    assert (not handlers) is ("name_handlers lets legal in" in how)
    assert "legal@example.org" not in {one.recipient for one in office.work()}


def test_nothing_that_tells_who_it_is_is_chosen_in_a_sealed_case(office: Office) -> None:
    """Title, words and complainant cannot be shown there, and are not by default."""
    office.act(Seal(reason="fears for her place", handlers=("quality",)))
    for name in ("title", "words", "complainant"):
        with pytest.raises(NotAllowed, match=rf"ask without showing it \({name}\)"):
            office.act(AddTask(who="quality", text="Which batch?", show=("category", name)))
    office.act(AddTask(who="quality", text="Which batch?"))
    assert ("category", "received") == office.kit.case(office.reference).handling.tasks[0].shown


def test_what_legal_writes_is_for_legal_and_the_owner(office: Office) -> None:
    """An opinion and a note for legal stand in everybody's file, but their words, and their files, only for few."""
    office.act(AddTask(who="legal", kind="opinion", text="May we?"))
    (asked,) = office.work()
    file = Attachment("opinion.pdf", "application/pdf", b"%PDF")
    office.answer(asked, "We would lose.", attachments=(file,))
    office.act(Note(text="Keep the contract.", audience="legal"), by="vera")
    for name, reads in (("irina", True), ("vera", True), ("max", False), ("oleg", False)):
        seen = office.kit.seen_by(name)
        words = [str(getattr(one.entry, "text", "")) for one in seen.file(office.reference)]
        assert reads is ("We would lose." in words) is ("Keep the contract." in words), name
        assert reads is ("We would lose." == str(seen.case(office.reference).handling.tasks[0].answer))
        assert reads is ("We would lose." == str(seen.cases()[0].handling.tasks[0].answer))
        assert "May we?" in words
        if reads:
            assert b"%PDF" == seen.attachment(office.reference, file.digest)
        else:
            assert "[for legal and the owner]" in words
            with pytest.raises(NotFound):
                seen.attachment(office.reference, file.digest)
    with pytest.raises(NotAllowed, match="audience 'ceo' is none of support"):
        office.act(Note(text="?", audience="ceo"))


def test_duties_are_listed_for_whoever_asks(office: Office) -> None:
    """A department sees its tasks, an owner also the deadlines of the own case; a view narrows both."""
    office.act(AddTask(who="Quality", kind="check", text="Which batch?"))
    desk = office.kit
    assert ["task-1"] == [duty.clock.name for duty in desk.duties("QUALITY", kinds=("task",))]
    mine = [duty.clock.name for duty in desk.duties("irina")]
    assert ["first_response", "final_response"] == mine
    assert [] == list(desk.duties("irina", own=False))
    assert {"task-1", *mine} == {duty.clock.name for duty in desk.duties()}
    assert mine == [duty.clock.name for duty in desk.seen_by("irina").duties("irina")]


def test_the_guide_says_how_long_nobody_worked_on_it(office: Office) -> None:
    """What the core does by itself counts for nothing; a person's last word does."""
    office.act(Reply(text="We look into it."))
    later = office.now + timedelta(days=8)
    assert "stale" in {one.what for one in office.kit.guide(office.reference, now=later).overlooked}
    office.kit.act(office.reference, Note(text="Called the shop."), by="irina", now=later)
    assert "stale" not in {one.what for one in office.kit.guide(office.reference, now=later).overlooked}


def test_a_host_inside_its_own_transaction_can_do_it_all(tmp_path: Any) -> None:
    """Tasks by link and duties work in a host's session, and go away with its rollback."""
    with ComplaintKit(database=f"sqlite:///{tmp_path / 'c.db'}", clock=lambda: MONDAY) as desk:
        desk.upgrade()
        reference = desk.open(said("It broke."), now=MONDAY).reference
        desk.act(reference, AddTask(who="legal", kind="opinion", text="May we?"), by="irina")
        with desk.store.engine.connect() as connection:  # type: ignore[attr-defined]
            transaction = connection.begin()
            with desk.bind(connection) as bound:
                token = bound.task_token(reference, "task-1")
                bound.answer_by_link(token, "You may.", "Vera")
                assert () == bound.duties("legal")
            transaction.rollback()
        assert ["task-1"] == [duty.clock.name for duty in desk.duties("legal")]
