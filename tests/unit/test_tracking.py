"""The follow-up code: whoever has it reads how the complaint stands and writes as the complainant, without any name."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import Message, NotAllowed, NotFound, Person
from complaintkit.app import ComplaintKit, actions
from complaintkit.case import reference as references
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import person_of
from tests.house.kits import MONDAY, folded, kinds, kit

from .cases import POLICY, SECRET

DAY = timedelta(days=1)
NOBODY = Message(text="Посылка не пришла, и никто не отвечает.")
WRONG = "no complaint is opened by this code; check it sign by sign"


def desk(**more: Any) -> ComplaintKit:
    """Return a kit in memory."""
    return kit((), **more)


def anonymous(opened: ComplaintKit) -> tuple[str, str]:
    """Open a complaint of somebody who gives no name; return its reference and code."""
    receipt = opened.open(NOBODY, by="irina", now=MONDAY)
    return receipt.reference, receipt.code


# --- the code


@given(st.integers(0, references.RENEWALS - 1), st.binary(min_size=1))
def test_a_code_opens_its_complaint_however_it_is_typed(number: int, secret: bytes) -> None:
    """Case, spaces and dashes do not count; it says how often it was renewed; with another secret it opens nothing."""
    code = references.code("CK-EHQ6-7X6D", secret, number)
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')}\n"):
        assert ("CK-EHQ6-7X6D", number) == references.opened_by(typed, secret)
    assert references.opened_by(code, secret + b"x") is None


@given(st.data())
def test_a_code_with_any_sign_changed_opens_nothing(data: st.DataObject) -> None:
    """There is no part of it that does not matter."""
    code = references.code("CK-EHQ6-7X6D", SECRET)
    place = data.draw(st.sampled_from([one for one, sign in enumerate(code) if sign != "-" and one > 1]))
    other = data.draw(st.sampled_from([sign for sign in references.SIGNS if sign != code[place]]))
    assert references.opened_by(code[:place] + other + code[place + 1 :], SECRET) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_opens_nothing(typed: str) -> None:
    """No text is an error of ours, and none opens anything."""
    assert references.opened_by(typed, SECRET) is None


def test_codes_hold_more_than_anybody_can_guess() -> None:
    """At least 128 bits besides the reference and the count of renewals, and no two alike."""
    secret = references.code("CK-EHQ6-7X6D", SECRET)[len("CK-EHQ6-7X6D") :].replace("-", "")[2:]
    assert 2**128 < len(references.SIGNS) ** len(secret)
    assert 529 == len({references.code("CK-EHQ6-7X6D", SECRET, number) for number in range(references.RENEWALS)})


def test_a_code_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long the answer takes does not tell how much of a code was right."""
    compared: list[tuple[int, int]] = []
    real = references.hmac.compare_digest

    def spy(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return real(one, other)

    monkeypatch.setattr(references.hmac, "compare_digest", spy)
    references.opened_by(references.code("CK-EHQ6-7X6D", SECRET), SECRET)
    references.opened_by(references.code("CK-EHQ6-7X6D", b"other"), SECRET)
    assert [(42, 42), (42, 42)] == compared


def test_only_whoever_cannot_be_written_to_gets_a_code_with_the_receipt() -> None:
    """The receipt of an anonymous complaint holds it, and does not print it; others are written to."""
    with desk() as opened:
        receipt = opened.open(NOBODY)
        assert receipt.code == opened.code(receipt.reference)
        assert receipt.code not in repr(receipt)
        known = opened.open(Message(text="x", sender=Person("Anna", "anna@example.org")))
        assert "" == known.code
        assert known.reference == opened.follow_up(opened.code(known.reference)).reference


def test_every_wrong_code_gets_the_same_answer() -> None:
    """Misspelt, of another desk, renewed, of a complaint that is not there: nobody can tell which."""
    with desk() as opened, desk(secret=b"another desk") as other:
        reference, code = anonymous(opened)
        opened.act(reference, actions.RenewCode(reason="lost it"), by="irina", now=MONDAY)
        elsewhere = other.open(NOBODY).code
        missing = references.code("CK-EHQ6-7X6D", opened.secret)
        for wrong in ("", "x", code, elsewhere, missing, opened.code(reference)[:-1], reference):
            for ask in (
                lambda wrong=wrong: opened.follow_up(wrong),
                lambda wrong=wrong: opened.write_by_code(wrong, "x"),
                lambda wrong=wrong: opened.act_by_code(wrong, actions.Withdraw(evidence="x")),
            ):
                with pytest.raises(NotFound) as error:
                    ask()
                assert WRONG == str(error.value)
        assert reference == opened.follow_up(opened.code(reference)).reference


# --- the status


def test_the_status_tells_in_plain_words_how_it_stands() -> None:
    """In the complainant's language: the stage, the promised day, what we wrote and what we ask."""
    with desk() as opened:
        reference, code = anonymous(opened)
        opened.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY)
        opened.act(reference, actions.Reply(text="Какой был номер заказа?"), by="irina", now=MONDAY)
        until = MONDAY + 3 * DAY
        opened.act(reference, actions.Wait(until=until, reason="номер заказа"), by="irina", now=MONDAY)
        status = opened.follow_up(code)
        assert (reference, Stage.WAITING, MONDAY) == (status.reference, status.stage, status.received_at)
        assert "Мы ждём ответа" in status.words
        answer = opened.case(reference).clock("final_response")
        assert answer is not None
        assert answer.due_at == status.promised_at
        assert ("номер заказа", until) == (status.asks, status.asks_until)
        assert [(MONDAY, "Какой был номер заказа?")] == [(one.at, one.text) for one in status.messages]


def test_the_status_tells_nothing_that_is_for_colleagues() -> None:
    """Notes, reasons, names of staff and what others were told stay in the house."""
    with desk() as opened:
        reference, code = anonymous(opened)
        for action in (
            actions.Note(text="SECRET"), actions.Assess(category="refund", reason="SECRET"),
            actions.FindResponsible(who="SECRET", evidence="SECRET"), actions.HandOver(to="SECRET", reason="SECRET"),
            actions.NameStaff(names=("SECRET",), reason="SECRET"), actions.Restrict(reason="SECRET"),
        ):  # fmt: skip
            opened.act(reference, action, by="irina", now=MONDAY)
        status = opened.follow_up(code)
        assert "SECRET" not in repr(status)
        assert "irina" not in repr(status)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("language", ["en", "ru", "fil"])
def test_every_stage_has_words_in_every_language(stage: Stage, language: str) -> None:
    """A whole sentence; in a language that there is none in, the first one of the policy."""
    words = POLICY.told(stage, language)
    assert words.endswith(".")
    assert words != stage.value
    assert (language == "en") == (words == POLICY.told(stage, "xx"))


def test_looking_changes_nothing() -> None:
    """However often, the case and its file stay as they are; a link that a machine opens does no harm."""
    with desk() as opened:
        reference, code = anonymous(opened)
        before = opened.file(reference), opened.figures()
        for _ in range(3):
            opened.follow_up(code)
        assert before == (opened.file(reference), opened.figures())


def test_a_confidential_complaint_is_open_to_its_complainant() -> None:
    """Secrecy is kept from others, not from whom it protects; nor does a code unseal who they are."""
    with desk() as opened:
        receipt = opened.open(NOBODY, channel="whistleblowing", now=MONDAY)
        assert "sealed" == opened.case(receipt.reference).secrecy
        opened.act(receipt.reference, actions.Reply(text="Thank you."), by="lena", now=MONDAY)
        assert ["Thank you."] == [one.text for one in opened.follow_up(receipt.code).messages]
        opened.write_by_code(receipt.code, "And it goes on.", MONDAY + DAY)
        assert "message_filed" == opened.file(receipt.reference)[-1].entry.kind
        assert "looked" not in kinds(opened.file(receipt.reference))


# --- writing


def test_whoever_has_the_code_writes_as_the_complainant() -> None:
    """The message is verified, its raw form is on file, an answer is owed, and waiting is over."""
    with desk() as opened:
        reference, code = anonymous(opened)
        opened.act(reference, actions.Assess(category="refund"), by="irina", now=MONDAY)
        opened.act(reference, actions.Reply(text="Which?"), by="irina", now=MONDAY)
        opened.act(reference, actions.Wait(until=MONDAY + 5 * DAY, reason="which"), by="irina", now=MONDAY)
        receipt = opened.write_by_code(code, "  The red one. ", MONDAY + DAY)
        assert ("accepted", reference, "") == (receipt.outcome, receipt.reference, receipt.code)
        entry: Any = next(one.entry for one in reversed(opened.file(reference)) if one.entry.kind == "message_filed")
        assert ("The red one.", True, MONDAY + DAY) == (str(entry.text), entry.verified, entry.received_at)
        assert person_of(entry.person).anonymous
        case = opened.case(reference)
        assert (Stage.IN_PROGRESS, MONDAY + DAY) == (case.stage, case.unanswered_since)
        assert b"The red one." in opened.envelope(receipt.number).envelope.raw
        assert code.encode() not in opened.envelope(receipt.number).envelope.raw
        assert case == folded(opened.file(reference))


def test_the_same_words_twice_are_two_messages() -> None:
    """Whoever writes again means it."""
    with desk() as opened:
        reference, code = anonymous(opened)
        opened.write_by_code(code, "Hello?", MONDAY + DAY)
        opened.write_by_code(code, "Hello?", MONDAY + 2 * DAY)
        assert 2 == kinds(opened.file(reference)).count("message_filed")


def test_nothing_is_no_message() -> None:
    """An empty text is refused with what to do, and changes nothing."""
    with desk() as opened:
        reference, code = anonymous(opened)
        with pytest.raises(NotAllowed, match="write a few words"):
            opened.write_by_code(code, " \n")
        assert "message_filed" not in kinds(opened.file(reference))


def test_writing_after_the_end_opens_another_complaint_with_a_code_of_its_own() -> None:
    """What ended stays ended; the new one is followed by its own code."""
    with desk() as opened:
        reference, code = anonymous(opened)
        assert Stage.WITHDRAWN is opened.act_by_code(code, actions.Withdraw(evidence="by code"), MONDAY).stage
        receipt = opened.write_by_code(code, "I was wrong to withdraw.", MONDAY + DAY)
        assert reference != receipt.reference
        assert receipt.reference == opened.follow_up(receipt.code).reference
        assert Stage.WITHDRAWN is opened.follow_up(code).stage


def test_whoever_has_the_code_does_what_a_complainant_may() -> None:
    """And nothing else; the file says that the complainant did it."""
    with desk() as opened:
        reference, code = anonymous(opened)
        with pytest.raises(NotAllowed, match="note is for staff; complainant has complainant"):
            opened.act_by_code(code, actions.Note(text="x"))
        opened.act_by_code(code, actions.Withdraw(evidence="by code"), MONDAY)
        (entry,) = (one.entry for one in opened.file(reference) if one.entry.kind == "withdrawn")
        assert "complainant" == entry.by


# --- staff


def test_giving_a_code_out_is_on_file() -> None:
    """Whoever gets it could write as the complainant; so the file says who did, and those who may not, do not."""
    with desk() as opened:
        reference, code = anonymous(opened)
        assert code == opened.seen_by("irina", reason="told on the telephone", now=MONDAY).code(reference)
        entry: Any = opened.file(reference)[-1].entry
        assert ("looked", "irina", "follow-up code") == (entry.kind, entry.by, entry.what)
        assert "told on the telephone" == str(entry.reason)


def test_a_renewed_code_closes_those_before() -> None:
    """Lost or seen by somebody else: a new one is made, with a reason on file."""
    with desk() as opened:
        reference, code = anonymous(opened)
        with pytest.raises(NotAllowed, match="needs a reason"):
            opened.act(reference, actions.RenewCode(reason=" "), by="irina", now=MONDAY)
        opened.act(reference, actions.RenewCode(reason="left on the bus"), by="irina", now=MONDAY)
        with pytest.raises(NotFound, match=WRONG):
            opened.follow_up(code)
        assert reference == opened.follow_up(opened.code(reference)).reference
