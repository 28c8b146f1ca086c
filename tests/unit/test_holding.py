"""Holding notices by rule: a missed promise is owned up to with a new date, so often in a row, never as an answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from complaintkit import SettingsError
from complaintkit.case.actions import Hold, Reply, Restrict, Wait
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    Escalated,
    HoldingSent,
    NoticeSent,
    Overdue,
    Registered,
    Regraded,
    WritingOwed,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import sealed_person
from complaintkit.escalation import review
from complaintkit.message import Notice, Person
from complaintkit.notices import called_for, worded
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from complaintkit.status import status_of

from .cases import POLICY, SECRET, T0, act, hours, received, registered

DAY = timedelta(days=1)


def swept(case: Complaint, at: datetime, by: Policy = POLICY) -> tuple[tuple[Entry, ...], Complaint]:
    """Return the entries due at a moment and the case after them."""
    entries = review(case, (), by, at)
    return entries, case.apply_all(entries)


def lived(case: Complaint, until: datetime, by: Policy = POLICY) -> tuple[list[Entry], Complaint]:
    """Return every entry that falls due up to a moment, each taken at its own, and the case then."""
    found: list[Entry] = []
    while case.due_at and case.due_at <= until:
        entries, case = swept(case, case.due_at, by)
        found += entries
    return found, case


def of_kind(entries: Any, kind: type) -> list[Any]:
    """Return the entries of a kind."""
    return [one for one in entries if isinstance(one, kind)]


def policy(**more: Any) -> Policy:
    """Return a policy that promises an answer in two days, a notice with four more, and no first word."""
    standards = [
        {"name": "answer", "clock": "final_response", "within": {"hours": 48}, "pausable": True, "interim": True},
        {"name": "date", "clock": "interim", "within": {"hours": 96}, "interim": True},
    ]
    return read({"standards": standards, **more}, structure)


def begun(by: Policy, **changes: Any) -> Complaint:
    """Return a registered case by a policy."""
    case = received(**changes).open()
    return case.apply(Registered(at=T0, by=CORE, stage=Stage.REGISTERED, clocks=by.clocks(case, T0)))


def test_a_missed_promise_is_owned_up_to_with_a_new_date() -> None:
    """E-mail that has no answer after a day brings a notice that says so, and a clock for the date it promises."""
    entries, case = swept(registered(), T0 + hours(24))
    (sent,) = of_kind(entries, HoldingSent)
    final = case.clock("final_response")
    assert final is not None
    # The acknowledgement told the date of the answer: the new one is no step back behind it.
    assert ("first_response", T0 + hours(24), final.due_at, 1) == (sent.clock, sent.was_due_at, sent.until, sent.number)
    interim = case.clock("interim")
    assert interim is not None
    assert (final.due_at, False) == (interim.due_at, interim.settled)


def test_it_is_no_answer() -> None:
    """What is owed stays owed and broken: no first response, nothing answered, and the ladder goes on."""
    entries, case = swept(registered(), T0 + hours(24))
    clock = case.clock("first_response")
    assert clock is not None
    assert (None, True) == (clock.met_at, clock.overdue)
    assert (None, case.received_at) == (case.answered_at, case.unanswered_since or case.received_at)
    assert of_kind(entries, Escalated)
    sent = NoticeSent(
        at=T0 + hours(25), by=CORE, notice="n", occasion="holding", audience="complainant", notifier="email",
        medium="email",
    )  # fmt: skip
    assert case.clocks == case.apply(sent).clocks
    later, _ = swept(case, T0 + hours(24) + 2 * DAY)
    assert ["department"] == [one.to for one in of_kind(later, Escalated) if one.clock == "first_response"]


def test_the_notice_says_what_was_promised_and_gives_no_reason() -> None:
    """It goes to the complainant in their language, with both dates, and nothing that a person would have to know."""
    for language, words in (("en", "We have not done so"), ("ru", "Мы этого не сделали"), ("fil", "Hindi po namin")):
        entries, after = swept(registered(language=language), T0 + hours(24))
        (notice,) = holding(entries, after)
        text = worded(notice, POLICY).body
        assert ("complainant", "anna@example.org") == (notice.audience, notice.recipient.casefold())
        assert words in text
        assert f"{T0 + hours(24):%Y-%m-%d}" in text
        assert f"{T0 + 14 * DAY:%Y-%m-%d}" in text


def holding(entries: tuple[Entry, ...], case: Complaint) -> list[Notice]:
    """Return the holding notices that entries call for."""
    return [one for one in called_for(case, entries, POLICY, SECRET) if one.occasion == "holding"]


def test_it_is_part_of_what_a_complainant_can_read() -> None:
    """Whoever follows the complaint by its code finds the notice among what was written, and the date."""
    opening = received()
    entries, case = swept(registered(), T0 + hours(24))
    clocks = POLICY.clocks(opening.open(), T0)
    file = (opening, Registered(at=T0, by=CORE, stage=Stage.REGISTERED, clocks=clocks), *entries)
    status = status_of(case, file, POLICY, SECRET)
    assert any("We have not done so" in one.text for one in status.messages)
    interim = case.clock("interim")
    assert interim is not None
    assert interim.due_at == status.promised_at


def test_after_so_many_in_a_row_a_person_has_to_write() -> None:
    """Two go out of themselves; when that date passes, too, the owner is told to write, and no more go out."""
    by = policy()
    found, case = lived(begun(by), T0 + 60 * DAY, by)
    assert [
        (1, T0 + 2 * DAY, T0 + 6 * DAY), (2, T0 + 6 * DAY, T0 + 10 * DAY),
    ] == [(one.number, one.was_due_at, one.until) for one in of_kind(found, HoldingSent)]  # fmt: skip
    (owed,) = of_kind(found, WritingOwed)
    assert (T0 + 10 * DAY, "2 in a row are enough") == (owed.due_at, owed.why)
    notices = called_for(case, (owed,), by, SECRET)
    assert [("write", case.owner)] == [(one.occasion, one.recipient) for one in notices]
    # Each date that was told and missed is on file as broken, and stays so.
    assert 3 == len(of_kind(found, Overdue))
    assert all(one.late_at(T0 + 61 * DAY) for one in case.clocks)


def test_the_policy_says_how_many() -> None:
    """None, or one."""
    for most in (0, 1):
        by = policy(interim={"most": most})
        found, _ = lived(begun(by), T0 + 60 * DAY, by)
        assert most == len(of_kind(found, HoldingSent))
        assert 1 == len(of_kind(found, WritingOwed))


def test_a_word_of_a_person_begins_the_count_anew() -> None:
    """After a reply, or a notice that somebody wrote, as many may go out again."""
    by = policy()
    for word in (Reply(text="We look into it."), Hold(text="It takes longer.", until=T0 + 12 * DAY)):
        _, case = lived(begun(by), T0 + 7 * DAY, by)
        assert 2 == case.settlement.holdings
        case = case.apply_all(word.decide(case, by.actor("irina"), T0 + 7 * DAY, by))
        assert 0 == case.settlement.holdings
        found, _ = lived(case, T0 + 60 * DAY, by)
        assert [1, 2] == [one.number for one in of_kind(found, HoldingSent)]


def test_what_was_answered_brings_no_notice() -> None:
    """An answer in time, or a decision, and nobody is told of delays."""
    case = act(registered(), Reply(text="We look into it."), T0 + hours(1))
    found, _ = lived(case, T0 + 13 * DAY)
    assert [] == of_kind(found, HoldingSent)
    by = policy()
    found, _ = lived(begun(by).answered(T0 + DAY), T0 + 60 * DAY, by)
    assert [] == of_kind(found, HoldingSent)


def test_while_the_complainant_is_waited_for_nothing_goes_out() -> None:
    """Who has not told us the order number is not told that we are late."""
    by = read(
        {"standards": [{"name": "answer", "clock": "final_response", "within": {"hours": 48}, "interim": True}]},
        structure,
    )
    case = begun(by).apply_all(Reply(text="Which order?").decide(begun(by), by.actor("irina"), T0, by))
    case = case.apply_all(Wait(until=T0 + 9 * DAY, reason="order").decide(case, by.actor("irina"), T0 + hours(1), by))
    entries, _ = swept(case, T0 + 3 * DAY, by)
    assert of_kind(entries, Overdue)
    assert [] == of_kind(entries, HoldingSent) == of_kind(entries, WritingOwed)


def test_while_an_earlier_date_holds_no_other_is_promised() -> None:
    """Somebody wrote that it takes until the tenth day: that the final response is late on the second, they know."""
    by = policy()
    case = begun(by).apply_all(
        Hold(text="It takes longer.", until=T0 + 10 * DAY).decide(begun(by), by.actor("irina"), T0 + hours(1), by)
    )
    found, _ = lived(case, T0 + 9 * DAY, by)
    assert of_kind(found, Overdue)
    assert [] == of_kind(found, HoldingSent)
    found, _ = lived(case, T0 + 10 * DAY, by)
    assert [T0 + 10 * DAY] == [one.was_due_at for one in of_kind(found, HoldingSent)]


def test_of_a_confidential_case_nothing_goes_out_of_itself() -> None:
    """An address may be read by others: the owner is told that a person has to write."""
    case = act(registered(), Restrict(handlers=("irina",), reason="private"), T0 + hours(1))
    entries, _ = swept(case, T0 + hours(24))
    assert [] == of_kind(entries, HoldingSent)
    assert ["it is confidential"] == [one.why for one in of_kind(entries, WritingOwed)]


def test_where_nobody_can_be_reached_staff_passes_it_on() -> None:
    """The notice goes the way every other does: to the owner, and to whoever follows the complaint by its code."""
    nobody = sealed_person(Person())
    entries, case = swept(registered(person=nobody, contact=""), T0 + hours(24))
    (notice,) = holding(entries, case)
    assert ("staff", case.owner, "complainant") == (notice.medium, notice.recipient, notice.audience)


def test_what_is_broken_by_recalculation_alone_is_not_owned_up_to() -> None:
    """The complainant was told a later date: saying that an earlier one was promised would be untrue."""
    by = policy()
    case = begun(by)
    clock = case.clock("final_response")
    assert clock is not None
    now = T0 + hours(30)
    into = policy().clocks(received().open(), T0)[0]
    case = case.apply(
        Regraded(at=now, by=CORE, clock=clock.name, into=into, due_at=T0 + hours(12), past=True)
    )  # fmt: skip
    entries, _ = swept(case, now, by)
    assert [] == of_kind(entries, HoldingSent)
    assert ["the complainant was told another date"] == [one.why for one in of_kind(entries, WritingOwed)]


def test_without_a_standard_for_the_new_date_none_is_promised() -> None:
    """Nobody makes up a date; a person has to."""
    by = read(
        {"standards": [{"name": "answer", "clock": "final_response", "within": {"hours": 48}, "interim": True}]},
        structure,
    )
    entries, _ = swept(begun(by), T0 + 2 * DAY, by)
    assert ["want of a date that could be promised"] == [one.why for one in of_kind(entries, WritingOwed)]


def test_no_date_beyond_ten_years_is_promised() -> None:
    """Nobody there can be held to it."""
    by = read(
        {
            "standards": [
                {"name": "answer", "clock": "final_response", "within": {"hours": 48}, "interim": True},
                {"name": "date", "clock": "interim", "within": {"months": 125}},
            ]
        },
        structure,
    )
    entries, _ = swept(begun(by), T0 + 2 * DAY, by)
    assert [] == of_kind(entries, HoldingSent)
    assert of_kind(entries, WritingOwed)


def test_a_notice_is_asked_for_only_where_an_answer_is() -> None:
    """A task of a department, or an offer, is nothing the complainant waits for."""
    standards = [
        {"name": "answer", "clock": "final_response", "within": {"hours": 48}},
        {"name": "task", "clock": "task", "within": {"hours": 48}, "interim": True},
    ]
    with pytest.raises(SettingsError) as refused:
        read({"standards": standards}, structure)
    assert "policy.standards[1].interim" == refused.value.path


def test_of_several_promises_missed_at_once_one_notice_tells() -> None:
    """After three weeks without a worker both the first word and the answer are late; one notice goes out."""
    entries, case = swept(registered(), T0 + 21 * DAY)
    assert 1 == len(of_kind(entries, HoldingSent))
    assert 1 == case.settlement.holdings


def test_the_date_of_a_notice_and_of_the_answer_may_be_one() -> None:
    """Both are broken then and on file; one notice says so, and no date that was missed runs on beside the new one."""
    found, case = lived(registered(), T0 + 15 * DAY)
    assert ["first_response", "interim"] == [one.clock for one in of_kind(found, HoldingSent)]
    assert {"interim", "final_response"} <= {one.clock for one in of_kind(found, Overdue)}
    assert ["interim-2"] == [one.name for one in case.clocks if one.kind == "interim" and not one.settled]
