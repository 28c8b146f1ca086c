"""Cases that belong together: linked, merged and parted again, split, forwarded."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed, NotFound
from complaintkit.app import ComplaintKit, Filter, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Overdue
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import ANSWERS
from complaintkit.case.ties import INVERSE, Tie
from tests.house.kits import MONDAY, folded, kinds, kit, said

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Iterator[ComplaintKit]:
    """Yield a kit in memory."""
    with kit() as opened:
        yield opened


def told(desk: ComplaintKit, text: str = "The kettle broke.", at: datetime = MONDAY, **more: object) -> str:
    """Return the reference of a new complaint."""
    return desk.open(said(text, **more), now=at).reference  # type: ignore[arg-type]


def running(case: Complaint) -> dict[str, datetime]:
    """Return due moments of the clocks that still ask for an answer, by kind; the earliest of each."""
    found: dict[str, datetime] = {}
    for clock in case.clocks:
        if clock.kind in ANSWERS and not clock.settled:
            found[clock.kind] = min(clock.due_at, found.get(clock.kind, clock.due_at))
    return found


def outbox(desk: ComplaintKit, occasion: str) -> list[str]:
    """Return the references of the notices of an occasion that wait."""
    return [due.notice.reference for due in desk.store.outbox("waiting", 100) if due.notice.occasion == occasion]


def test_every_tie_reads_from_both_sides() -> None:
    """The inverse of the inverse of a tie is the tie itself."""
    assert list(Tie) == [INVERSE[INVERSE[tie]] for tie in Tie]


def test_a_link_stands_in_both_files_and_can_be_taken_back(desk: ComplaintKit) -> None:
    """Linking writes to both cases in one step, unlinking takes both back; the files keep it."""
    one, two = told(desk), told(desk, "Late.", name="boris")
    desk.act(one, actions.Link(to=two.lower(), tie="same_cause", reason="one bad batch"), by="irina", now=MONDAY)
    assert [(Tie.SAME_CAUSE, two)] == [(link.kind, link.reference) for link in desk.case(one).ties.links]
    assert [(Tie.SAME_CAUSE, one)] == [(link.kind, link.reference) for link in desk.case(two).ties.links]
    with pytest.raises(NotAllowed, match="already"):
        desk.act(one, actions.Link(to=two, tie="same_cause"), by="irina", now=MONDAY)
    desk.act(two, actions.Unlink(to=one, tie="same_cause", reason="another batch"), by="irina", now=MONDAY)
    assert () == desk.case(one).ties.links == desk.case(two).ties.links
    assert "unlinked" == kinds(desk.file(one))[-1] == kinds(desk.file(two))[-1]


def test_a_case_is_not_linked_to_itself_or_to_nothing(desk: ComplaintKit) -> None:
    """A tie needs two cases that are on file."""
    one = told(desk)
    with pytest.raises(NotAllowed, match="this case itself"):
        desk.act(one, actions.Link(to=one), by="irina", now=MONDAY)
    with pytest.raises(NotFound):
        desk.act(one, actions.Link(to="CK-2222-2222"), by="irina", now=MONDAY)


def test_a_merger_keeps_receipt_messages_and_the_strictest_clock(desk: ComplaintKit) -> None:
    """The survivor has the earlier receipt, everything that was said, and no deadline later than either had."""
    first = told(desk, "The kettle broke.", MONDAY)
    desk.act(first, actions.Assess(category="refund"), by="irina", now=MONDAY)
    second = told(desk, "Nobody answers about my kettle!", MONDAY + 5 * HOUR)
    before = running(desk.case(first))
    desk.act(first, actions.Merge(into=second, reason="the same kettle"), by="irina", now=MONDAY + 6 * HOUR)
    gone, survivor = desk.case(first), desk.case(second)
    assert (Stage.DUPLICATE, second, None) == (gone.stage, gone.moved_to, gone.due_at)
    assert (MONDAY, (first,)) == (survivor.received_at, survivor.ties.merged)
    assert before == running(survivor)
    assert MONDAY == survivor.unanswered_since
    absorbed = desk.file(second)[-1].entry
    assert ["The kettle broke."] == [str(one.text) for one in absorbed.messages]  # type: ignore[attr-defined]
    assert [first] == outbox(desk, "merged")
    assert [] == list(desk.verify())


def test_a_late_reply_lands_in_the_survivor(desk: ComplaintKit) -> None:
    """A message that answers the case that was given up joins the one that goes on, verified."""
    first = told(desk, message_id="<1@a>")
    second = told(desk, "Again.", MONDAY + HOUR, message_id="<2@a>")
    desk.act(first, actions.Merge(into=second, reason="the same"), by="irina", now=MONDAY + 2 * HOUR)
    late = desk.open(said("Here is the photo.", answers=("<1@a>",), message_id="<3@a>"), now=MONDAY + 3 * HOUR)
    assert second == late.reference
    filed = desk.file(second)[-1].entry
    assert ("message_filed", True) == (filed.kind, filed.verified)  # type: ignore[attr-defined]
    mentioned = desk.open(said("And the bill.", subject=f"Re: {first}"), now=MONDAY + 4 * HOUR)
    assert second == mentioned.reference


def test_a_chain_of_mergers_ends_at_the_last_survivor(desk: ComplaintKit) -> None:
    """What answers the first of three merged cases joins the third."""
    one, two, three = (told(desk, f"{n}", message_id=f"<{n}@a>") for n in range(3))
    desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY + HOUR)
    desk.act(two, actions.Merge(into=three, reason="same"), by="irina", now=MONDAY + HOUR)
    late = desk.open(said("More.", answers=("<0@a>",)), now=MONDAY + 2 * HOUR)
    assert three == late.reference
    absorbed = desk.file(three)[-2].entry
    assert {"0", "1"} == {str(message.text) for message in absorbed.messages}  # type: ignore[attr-defined]


def test_a_merger_can_be_undone(desk: ComplaintKit) -> None:
    """Parted again, both cases have the deadlines and the receipt they would have had."""
    first = told(desk, "The kettle broke.", MONDAY)
    second = told(desk, "My other kettle broke.", MONDAY + 5 * HOUR)
    was = desk.case(first), desk.case(second)
    desk.act(first, actions.Merge(into=second, reason="the same kettle"), by="irina", now=MONDAY + 6 * HOUR)
    desk.act(first, actions.Unmerge(of=second, reason="two kettles"), by="irina", now=MONDAY + 7 * HOUR)
    now = desk.case(first), desk.case(second)
    assert [one.received_at for one in was] == [one.received_at for one in now]
    assert [running(one) for one in was] == [running(one) for one in now]
    assert [one.stage for one in was] == [one.stage for one in now]
    assert ("", (), was[0].unanswered_since) == (now[0].moved_to, now[1].ties.merged, now[0].unanswered_since)
    assert all(one.due_at for one in now)
    assert [] == list(desk.verify())


def test_what_was_done_meanwhile_stays_done(desk: ComplaintKit) -> None:
    """An answer given while both were one is not asked for again in the survivor; the parted case owes its own."""
    first, second = told(desk), told(desk, "Again.", MONDAY + HOUR)
    desk.act(first, actions.Merge(into=second, reason="same"), by="irina", now=MONDAY + 2 * HOUR)
    desk.act(second, actions.Reply(text="We look into it."), by="irina", now=MONDAY + 3 * HOUR)
    desk.act(first, actions.Unmerge(of=second, reason="two"), by="irina", now=MONDAY + 4 * HOUR)
    assert "first_response" in running(desk.case(first))
    assert "first_response" not in running(desk.case(second))


@pytest.mark.parametrize(
    ("prepare", "word"),
    [
        (lambda desk, one, two: desk.act(two, actions.Withdraw(evidence="x"), by="irina", now=MONDAY), "reopen it"),
        (
            lambda desk, one, two: desk.act(
                two, actions.Merge(into=told(desk, "third"), reason="same"), by="irina", now=MONDAY
            ),
            "merge into that one",
        ),
    ],
)
def test_a_merger_into_nowhere_is_refused(desk: ComplaintKit, prepare: object, word: str) -> None:
    """Nothing is merged into a case that has ended or has itself been merged."""
    one, two = told(desk), told(desk, "Again.")
    prepare(desk, one, two)  # type: ignore[operator]
    with pytest.raises(NotAllowed, match=word):
        desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)
    assert desk.case(one).open


def test_strangers_are_linked_and_not_merged(desk: ComplaintKit) -> None:
    """Two people's complaints are not thrown together, unless somebody says that both are one person."""
    one, two = told(desk), told(desk, name="boris")
    with pytest.raises(NotAllowed, match="not known to be one person"):
        desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)
    desk.act(one, actions.Merge(into=two, reason="his work address", same_person=True), by="irina", now=MONDAY)
    assert two == desk.case(one).moved_to


def test_a_part_that_is_split_off_keeps_receipt_and_deadlines(desk: ComplaintKit) -> None:
    """The new case has the same complainant and receipt, and copies of the clocks that run; both know each other."""
    one = told(desk, "The kettle broke and the shop was rude.")
    parent = desk.act(
        one, actions.Split(text="The shop was rude.", title="Rude", reason="staff"), by="irina", now=MONDAY + HOUR
    )
    (link,) = parent.ties.links
    child = desk.case(link.reference)
    assert (Tie.SPLIT_INTO, Stage.REGISTERED) == (link.kind, child.stage)
    assert (MONDAY, parent.contact, parent.owner) == (child.received_at, child.contact, child.owner)
    assert "The shop was rude." == str(child.narrative)
    assert running(parent) == running(child)
    assert [(Tie.SPLIT_FROM, one)] == [(back.kind, back.reference) for back in child.ties.links]
    assert parent.complainant == child.complainant
    desk.work(MONDAY + HOUR)
    assert [] == list(desk.verify())


def test_a_part_stays_as_confidential_as_the_whole(desk: ComplaintKit) -> None:
    """Whom it is about cannot see the part that was split off either, and who takes part goes with it."""
    one = told(desk, "The shop was rude, and my bill is wrong.")
    desk.act(one, actions.AddParty(role="witness", full_name="Boris"), by="irina", now=MONDAY)
    desk.act(one, actions.NameStaff(names=("oleg",), reason="she says so"), by="irina", now=MONDAY)
    desk.act(one, actions.Restrict(reason="staff", handlers=("irina",)), by="irina", now=MONDAY)
    parent = desk.act(one, actions.Split(text="My bill is wrong.", reason="another matter"), by="irina", now=MONDAY)
    child = desk.case(parent.ties.links[-1].reference)
    assert (parent.about, parent.secrecy) == (child.about, child.secrecy)
    assert parent.handling.handlers == child.handling.handlers
    assert parent.matter.parties == child.matter.parties
    with pytest.raises(NotFound):
        desk.act(child.reference, actions.Note(text="x"), by="oleg", now=MONDAY)


def test_a_complaint_is_forwarded_with_a_referral(desk: ComplaintKit) -> None:
    """The complainant is told who answers, the respondent gets the referral, and the case ends here."""
    one = told(desk)
    case = desk.act(
        one, actions.Forward(respondent="The Carrier", text="Yours.", address="c@example.org"), by="irina", now=MONDAY
    )
    assert (Stage.FORWARDED, None) == (case.stage, case.due_at)
    sent = {due.notice.occasion: due.notice for due in desk.store.outbox("waiting", 10)}
    assert ("c@example.org", "email") == (sent["referral"].recipient, sent["referral"].medium)
    assert "Yours." == sent["forwarded"].facts["text"]
    back = desk.act(one, actions.Reopen(reason="the carrier says it is ours"), by="irina", now=MONDAY + DAY)
    assert back.open
    assert back.due_at


def test_a_part_is_forwarded_and_the_rest_goes_on(desk: ComplaintKit) -> None:
    """A partial referral leaves stage and deadlines as they are."""
    one = told(desk)
    before = desk.case(one)
    case = desk.act(one, actions.Forward(respondent="X", text="Part.", partly=True), by="irina", now=MONDAY)
    assert (before.stage, running(before)) == (case.stage, running(case))
    assert [("X", False)] == [(referral.respondent, referral.whole) for referral in case.ties.referrals]


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "unmerge", "reply", "more", "work", "split"]), *[st.integers(0, 3)] * 2),
    max_size=14,
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(steps=STEPS)
def test_no_deadline_and_no_message_gets_lost_however_cases_are_merged(steps: list[tuple[str, int, int]]) -> None:
    """Whatever is merged, parted, split and answered: files add up, open cases have a next moment, words stay."""
    assert_nothing_gets_lost(steps)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(steps=STEPS)
def test_nothing_gets_lost_in_the_long_run(steps: list[tuple[str, int, int]]) -> None:
    """The same, tried much more often."""
    assert_nothing_gets_lost(steps)


def assert_nothing_gets_lost(steps: list[tuple[str, int, int]]) -> None:
    """Fail if a case, a next moment or a word is lost while these steps are taken."""
    with kit() as desk:
        cases = [told(desk, f"words {n}", MONDAY + n * HOUR, message_id=f"<{n}@a>") for n in range(4)]
        now = MONDAY + 5 * HOUR
        for what, one, two in steps:
            now += HOUR
            try:
                if what == "merge":
                    desk.act(cases[one], actions.Merge(into=cases[two], reason="same"), by="irina", now=now)
                elif what == "unmerge":
                    gone = desk.case(cases[one])
                    desk.act(cases[one], actions.Unmerge(of=gone.moved_to or cases[two], reason="two"), by="i", now=now)
                elif what == "reply":
                    desk.act(cases[one], actions.Reply(text="We look."), by="irina", now=now)
                elif what == "split":
                    desk.act(cases[one], actions.Split(text="part", reason="other"), by="irina", now=now)
                elif what == "more":
                    desk.open(said("More.", answers=(f"<{one}@a>",)), now=now)
                else:
                    desk.work(now)
            except NotAllowed:
                pass
        for case in desk.cases(Filter(open=None, limit=100)):
            assert case == folded(desk.file(case.reference))
            assert not case.open or case.due_at
            end, seen = case, set()
            while end.moved_to:
                assert end.reference not in seen
                seen.add(end.reference)
                assert end.reference in desk.case(end.moved_to).ties.merged
                end = desk.case(end.moved_to)
            assert not case.moved_to or not case.open
            if case.open and case.unanswered_since and not case.answered_at:
                assert running(case)
        assert [] == list(desk.verify())


def waiting(desk: ComplaintKit, text: str = "The kettle broke.", **more: object) -> str:
    """Return the reference of a case that waits for a third party, its pausable clocks standing still."""
    one = told(desk, text, **more)
    desk.act(one, actions.Assess(category="refund"), by="irina", now=MONDAY)
    until = MONDAY + 5 * DAY
    desk.act(one, actions.Wait(until=until, reason="the maker", waiting_for="third_party"), by="irina", now=MONDAY)
    return one


def test_no_copy_of_a_clock_stands_still_for_ever(desk: ComplaintKit) -> None:
    """A part that is split off a waiting case, and a survivor of one, wait for nobody: their clocks run."""
    parent = desk.act(waiting(desk), actions.Split(text="part", reason="other"), by="irina", now=MONDAY + DAY)
    child = desk.case(parent.ties.links[-1].reference)
    assert [] == [clock.name for clock in child.clocks if clock.paused_at]
    survivor = told(desk, "Again.", MONDAY + DAY)
    desk.act(waiting(desk), actions.Merge(into=survivor, reason="same"), by="irina", now=MONDAY + 2 * DAY)
    assert [] == [clock.name for clock in desk.case(survivor).clocks if clock.paused_at]


def test_an_answered_case_takes_nothing_over(desk: ComplaintKit) -> None:
    """What was answered already does not settle a complaint that never was."""
    one, two = told(desk), told(desk, "Again.")
    desk.act(two, actions.Resolve(evidence="she rang"), by="irina", now=MONDAY)
    with pytest.raises(NotAllowed, match="reopen it, or link"):
        desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)


def test_a_legal_hold_goes_with_the_words(desk: ComplaintKit) -> None:
    """Where the words go, nothing may be erased either."""
    one, two = told(desk), told(desk, "Again.")
    desk.act(one, actions.HoldLegally(reason="court"), by="irina", now=MONDAY)
    parent = desk.act(one, actions.Split(text="part", reason="other"), by="irina", now=MONDAY)
    assert desk.case(parent.ties.links[-1].reference).legal_hold
    desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)
    assert desk.case(two).legal_hold


def test_a_merger_lets_nobody_new_in(desk: ComplaintKit) -> None:
    """A confidential case is not merged into one that others may know of, though both are confidential."""
    one, two = told(desk), told(desk, "Again.")
    desk.act(one, actions.Restrict(reason="x", handlers=("anna",)), by="irina", now=MONDAY)
    desk.act(two, actions.Restrict(reason="x", handlers=("anna", "boris")), by="irina", now=MONDAY)
    with pytest.raises(NotAllowed, match="others may know"):
        desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)


def test_what_becomes_confidential_later_takes_its_merged_cases_along(desk: ComplaintKit) -> None:
    """Naming staff and sealing the survivor hides the case that was merged into it, too; parted, it stays hidden."""
    one, two, three = told(desk), told(desk, "Again."), told(desk, "And again.")
    desk.act(one, actions.Merge(into=two, reason="same"), by="irina", now=MONDAY)
    desk.act(two, actions.Merge(into=three, reason="same"), by="irina", now=MONDAY)
    desk.act(three, actions.NameStaff(names=("oleg",), reason="she says so"), by="irina", now=MONDAY)
    desk.act(three, actions.Seal(reason="whistle", handlers=("irina",)), by="irina", now=MONDAY)
    assert [(("oleg",), "sealed")] * 3 == [(desk.case(r).about, desk.case(r).secrecy) for r in (one, two, three)]
    assert [] == list(desk.verify())


def test_nobody_gains_time_by_an_end(desk: ComplaintKit) -> None:
    """A case taken back and opened again before any answer goes on where its clocks stood."""
    one = told(desk)
    due = running(desk.case(one))
    desk.act(one, actions.Withdraw(evidence="she rang"), by="irina", now=MONDAY + 10 * DAY)
    with pytest.raises(NotAllowed, match="never had an answer"):
        desk.act(one, actions.Reopen(reason="she rang again", count="fresh"), by="irina", now=MONDAY + 11 * DAY)
    case = desk.act(one, actions.Reopen(reason="she rang again"), by="irina", now=MONDAY + 11 * DAY)
    again = running(case)
    assert {kind: again[kind] for kind in again} == {kind: due[kind] for kind in again}


def test_a_promise_broken_before_a_merge_stays_broken(desk: ComplaintKit) -> None:
    """Nobody had swept it yet; it is no breach by recalculation, and the file says when it was due."""
    mine, late = told(desk), MONDAY + 70 * HOUR
    theirs = told(desk, "It broke, too.", MONDAY + 60 * HOUR)
    due = running(desk.case(mine))["first_response"]
    assert due < late
    desk.act(mine, actions.Merge(into=theirs, reason="one parcel"), by="irina", now=late)
    clock = desk.case(theirs).clock("first_response")
    assert clock is not None
    assert due == clock.broken_at
    assert not clock.recalculated
    desk.desk.sweep(late)
    entries = [one.entry for one in desk.file(theirs)]
    [broken] = [one for one in entries if isinstance(one, Overdue) and one.clock == "first_response"]
    assert (due, False) == (broken.due_at, broken.recalculated)
