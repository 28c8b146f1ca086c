"""Precedents: what is left of a decision for others, and that nothing personal is in it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed, NotFound, Person
from complaintkit.app import BoundKit, ComplaintKit, Filter
from complaintkit.case.approvals import Used
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    Assessed,
    Closed,
    Learned,
    MessageFiled,
    Noted,
    NoticeSent,
    Proposed,
    Registered,
    RemedyPlanned,
    Reopened,
    Replied,
    Resolved,
    Responded,
    Restricted,
    Sealed,
    SecrecyLifted,
    StaffNamed,
    Withdrawn,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.money import Money
from complaintkit.case.parts import Content, Outcome, Severity, sealed_person
from complaintkit.case.precedent import Precedent, Redress
from complaintkit.case.remedies import RemedyType
from complaintkit.case.responses import Response
from complaintkit.derived.precedents import precedent_of, touched
from complaintkit.store.port import Written
from tests.house.acting import WAYS
from tests.house.kits import kit, said

from .cases import POLICY, T0, hours, received

MARIA = Person(name="Мария Иванова", email="maria@example.org", phone="+7 916 123-45-67", customer="C-4711")
ASSESSED = Assessed(
    at=T0, by="irina", stage=Stage.IN_PROGRESS, category="refund", severity=Severity.HIGH, confirmed=True
)


def sealed(text: str) -> Content:
    """Return a sealed text."""
    return Content.of(text)


def opening(words: str = "The parcel came broken.", title: str = "Broken", **more: object) -> list[Entry]:
    """Return the entries of a case that is being worked on."""
    facts = {"person": sealed_person(MARIA), "narrative": sealed(words), "title": sealed(title), **more}
    first = received(**facts)
    return [first, Registered(at=T0, by="complaintkit", stage=Stage.REGISTERED), ASSESSED]


def proposed(words: str = "You are right.", outcome: Outcome = Outcome.UPHELD, after: float = 1) -> list[Entry]:
    """Return a decision that was drafted."""
    draft = Proposed(
        at=T0 + hours(after), by="irina", stage=Stage.DECISION_PENDING, outcome=outcome, remedy="apology",
        text=sealed(words),
    )  # fmt: skip
    return [draft]


def responded(words: str = "You are right.", after: float = 2) -> Responded:
    """Return a decision that went out."""
    return Responded(at=T0 + hours(after), by="oleg", stage=Stage.RESPONDED, text=sealed(words))


def reopened(after: float = 3) -> Reopened:
    """Return the entry by which a case is open again."""
    return Reopened(at=T0 + hours(after), by="irina", stage=Stage.IN_PROGRESS, reason=sealed("broke again"))


def case_of(entries: Sequence[Entry]) -> Complaint:
    """Return the case that entries add up to."""
    return entries[0].open().apply_all(entries[1:])  # type: ignore[attr-defined, no-any-return]


def left_of(entries: Sequence[Entry], **changes: object) -> Precedent | None:
    """Return the precedent that is left of a case."""
    return precedent_of(evolve(case_of(entries), **changes), tuple(entries), POLICY)  # type: ignore[arg-type]


def certainly(entries: Sequence[Entry]) -> Precedent:
    """Return the precedent of a case that is one."""
    found = left_of(entries)
    assert found is not None
    return found


def test_a_decision_leaves_a_precedent() -> None:
    """What was told, what was decided and why, when, and how the complaint was sorted."""
    found = certainly([*opening(), *proposed(), responded("You are right: it was badly packed.")])
    assert (
        Precedent(
            reference="CK-EHQ6-7X6D", decided_at=T0 + hours(2), channel="email", category="refund",
            severity=Severity.HIGH, language="en", outcome="upheld", remedies=(Redress(remedy="apology"),),
            facts="Broken\nThe parcel came broken.", reasons="You are right: it was badly packed.",
        )
        == found
    )  # fmt: skip


def test_nobody_of_the_case_is_in_it() -> None:
    """Complainant, whoever else wrote, those who handled it, their addresses and numbers: none is left."""
    stranger = Person(name="Bob Stone", email="bob.stone@example.com")
    entries = [
        *opening("Я, Мария Иванова (maria@example.org, 8 916 1234567, C-4711), Bob Stone; грубила Irina.", "Иванова"),
        MessageFiled(
            at=T0, by="complaintkit", channel="email", envelope=0, person=sealed_person(stranger), title=sealed(""),
            text=sealed("And now?"),
        ),
        *proposed(),
        responded("Уважаемая Мария! Боб Стоун получит письмо на bob.stone@example.com. С уважением, Олег"),
        Learned(at=T0 + hours(3), by="irina", text=sealed("Ask Ivanova at once; irina knows")),
    ]  # fmt: skip
    found = certainly(entries)
    everything = "\n".join((found.facts, found.reasons, *found.lessons)).casefold()
    for name in ("мари", "иванов", "bob", "stone", "irina", "олег", "916", "4711", "@", "ivanova"):
        assert name not in everything, everything
    assert ("Ask [name] at once; [name] knows",) == found.lessons


def test_a_role_is_nobody() -> None:
    """Words that name a role or queue stay: the case was owned by the desk, and the desk is no person."""
    found = certainly([*opening("The desk in the shop was closed."), *proposed(), responded()])
    assert "The desk in the shop was closed." in found.facts


def test_what_was_given_is_told_with_its_amount() -> None:
    """Remedies that were offered, each with amount and currency; the reasons that stand besides are reasons, too."""
    at = T0 + hours(2)
    answer = Response(name="response-1", at=at, by="oleg", text=sealed("Yes."), grounds=sealed("It was badly packed."))
    entries = [
        *opening(),
        RemedyPlanned(
            at=T0, by="irina", remedy="remedy-1", type=RemedyType.REFUND, amount=Money(Decimal("120.5"), "EUR")
        ),
        RemedyPlanned(at=T0, by="irina", remedy="remedy-2", type=RemedyType.APOLOGY),
        *proposed(),
        evolve(responded("Yes."), response=answer, used=Used(by="irina", at=at, own=True, level="handler")),
        RemedyPlanned(at=at, by="irina", remedy="remedy-3", type=RemedyType.REPAIR),
    ]
    found = certainly(entries)
    refund = Redress(remedy="refund", amount=Decimal("120.50"), currency="EUR")
    assert ((refund, Redress(remedy="apology")), "Yes.\nIt was badly packed.") == (found.remedies, found.reasons)


def written(desk: BoundKit | ComplaintKit, reference: str, *entries: Entry) -> Complaint:
    """Let the desk write entries of a case, as it writes those of any step."""
    case = desk.case(reference)
    desk.desk.write(Written(before=case.version, case=case.apply_all(entries), entries=entries))
    return desk.case(reference)


def test_what_is_undecided_is_no_precedent() -> None:
    """Neither what is being worked on, nor what is drafted, nor a file without a beginning."""
    assert left_of(opening()) is None
    assert left_of([*opening(), *proposed()]) is None
    assert precedent_of(case_of(opening()), (), POLICY) is None


@pytest.mark.parametrize(
    "changes",
    [{"about": ("oleg",)}, {"secrecy": "restricted"}, {"secrecy": "sealed"}, {"moved_to": "CK-AAAA-AAAA"}],
)
def test_what_others_must_not_read_is_no_precedent(changes: dict[str, object]) -> None:
    """Neither a complaint about staff, nor a confidential one, nor one that goes on elsewhere."""
    assert left_of([*opening(), *proposed(), responded()], **changes) is None


def test_what_was_sealed_once_stays_out_and_what_was_confidential_comes_back() -> None:
    """A sealed identity is protected for ever; a case that is confidential no more may be learned from."""
    lifted = SecrecyLifted(at=T0 + hours(4), by="irina", reason=sealed("published"))
    for kind, there in ((Sealed, False), (Restricted, True)):
        kept = kind(at=T0 + hours(3), by="irina", handlers=("irina",), reason=sealed("whistle-blowing"))
        decision = [*opening(), *proposed(), responded(), kept]
        assert left_of(decision) is None
        assert there == (left_of([*decision, lifted]) is not None)


def test_what_was_erased_never_comes_back() -> None:
    """Once the story is erased there is no precedent, also not when they are worked out anew."""
    entries = [*opening(), *proposed(), responded()]
    assert left_of(entries) is not None
    assert left_of(entries, narrative=Content(case_of(entries).narrative.digest)) is None


def test_a_reopened_case_keeps_its_decision_until_there_is_another() -> None:
    """How often it was opened again is told; the new decision takes the place of the old."""
    first = [*opening(), *proposed("No.", Outcome.NOT_UPHELD), responded("No."), reopened()]
    found = certainly(first)
    assert ("not_upheld", "No.", 1) == (found.outcome, found.reasons, found.reopened)
    found = certainly([*first, *proposed("Yes.", after=4), responded("Yes, indeed.", after=5)])
    assert ("upheld", "Yes, indeed.", 1, T0 + hours(5)) == (
        found.outcome,
        found.reasons,
        found.reopened,
        found.decided_at,
    )


def test_what_is_settled_without_a_decision_tells_the_last_answer() -> None:
    """An early settlement has no outcome; what was said to the complainant is its reason."""
    entries = [
        *opening(),
        Replied(at=T0 + hours(1), by="irina", stage=Stage.IN_PROGRESS, text=sealed("A new one is on its way.")),
        Resolved(at=T0 + hours(2), by="irina", stage=Stage.RESOLVED, accepted="accepted", evidence=sealed("by phone")),
        Closed(at=T0 + hours(3), by="irina", stage=Stage.CLOSED, reason=sealed("settled")),
    ]
    found = certainly(entries)
    assert ("", (), "A new one is on its way.", "accepted") == (
        found.outcome,
        found.remedies,
        found.reasons,
        found.accepted,
    )
    assert T0 + hours(2) == found.decided_at


def test_what_was_taken_back_is_told_as_that() -> None:
    """A withdrawn complaint is a precedent with its own verdict."""
    taken = Withdrawn(at=T0 + hours(1), by="irina", stage=Stage.WITHDRAWN, evidence=sealed("wrote so"))
    assert "withdrawn" == certainly([*opening(), taken]).outcome


def test_a_heading_that_stands_in_the_story_is_told_once() -> None:
    """Many forms make the heading from the first words."""
    found = certainly([*opening("The kettle leaks. It does.", "The kettle leaks."), *proposed(), responded()])
    assert "The kettle leaks. It does." == found.facts


def test_notes_and_notices_leave_a_precedent_as_it_is() -> None:
    """Only what may change it is worth reading the file for."""
    decided = case_of([*opening(), *proposed(), responded()])
    sent = NoticeSent(
        at=T0, by="complaintkit", notice="n", occasion="response", audience="complainant", notifier="mail"
    )
    note = Noted(at=T0, by="irina", text=sealed("called"))
    assert not touched(decided, (sent, note))
    assert touched(decided, (note, reopened()))
    assert not touched(case_of(opening()), (ASSESSED,))
    named = StaffNamed(at=T0, by="irina", names=("oleg",), reason=sealed("says so"))
    assert touched(decided.apply(named), (named,))
    assert touched(decided.apply(reopened()), (named,))


def test_the_desk_writes_it_with_the_step() -> None:
    """It is there as soon as the response is, changes with the case, and goes once others must not read it."""
    with kit() as desk:
        reference = desk.open(said("The kettle leaks.", "maria"), now=T0).reference
        desk.work(T0)
        with pytest.raises(NotFound):
            desk.precedent(reference)
        written(desk, reference, ASSESSED, *proposed(), responded())
        assert "upheld" == desk.precedent(reference.lower()).outcome
        assert [reference] == [found.precedent.reference for found in desk.precedents("leaking kettles")]
        written(desk, reference, reopened())
        assert 1 == desk.precedent(reference).reopened
        written(desk, reference, StaffNamed(at=T0, by="irina", names=("oleg",), reason=sealed("says so")))
        assert () == desk.precedents("leaking kettles")


def test_precedents_are_offered_for_a_complaint() -> None:
    """What resembles it, never itself; those of its own category first where they fit alike."""
    with kit() as desk:
        for name in ("anna", "maria", "olga"):
            reference = desk.open(said("The kettle leaks.", name), now=T0).reference
            desk.work(T0)
            sorted_as = evolve(ASSESSED, category="refund" if name == "maria" else "delivery")
            written(desk, reference, sorted_as, *proposed(), responded())
        new = desk.open(said("My kettle leaks, too.", "bob"), now=T0 + timedelta(days=1)).reference
        desk.work(T0 + timedelta(days=1))
        written(desk, new, evolve(ASSESSED, category="refund"))
        found = desk.precedents_for(new)
        assert ["refund", "delivery", "delivery"] == [one.precedent.category for one in found]
        written(desk, new, *proposed(), responded())
        assert new not in [one.precedent.reference for one in desk.precedents_for(new)]
        with pytest.raises(NotFound):
            desk.precedents_for("CK-AAAA-AAAA")


def test_inside_a_hosts_transaction_they_come_and_go_with_it(tmp_path: Path) -> None:
    """What is decided there is found there at once, and was never decided once the host rolls it back."""
    with kit(database=f"sqlite:///{tmp_path / 'host.db'}") as desk:
        desk.upgrade()
        reference = desk.open(said("The kettle leaks.", "maria"), now=T0).reference
        desk.work(T0)
        answer = [ASSESSED, *proposed(), responded()]
        with desk.store.engine.connect() as connection, desk.bind(connection) as bound:  # type: ignore[attr-defined]
            written(bound, reference, *answer)
            assert [reference] == [found.precedent.reference for found in bound.precedents("leaking kettles")]
            connection.rollback()
        assert () == desk.precedents("leaking kettles")
        written(desk, reference, *answer)
        assert [reference] == [found.precedent.reference for found in desk.precedents("leaking kettles")]


def test_they_can_be_worked_out_anew() -> None:
    """For databases that had none: the same come out, and what must not be one goes."""
    with kit() as desk:
        references = []
        for name in ("anna", "maria", "olga"):
            references.append(desk.open(said("The kettle leaks.", name), now=T0).reference)
            desk.work(T0)
        for reference in references[:2]:
            written(desk, reference, ASSESSED, *proposed(), responded())
        before = [desk.precedent(reference) for reference in references[:2]]
        case = desk.case(references[0])
        with desk.store.begin() as unit:
            unit.put_precedent(references[0], case.version, None)
            unit.put_precedent(references[2], desk.case(references[2]).version, before[0])
        seen: list[int] = []
        assert 2 == desk.rebuild_precedents(seen.append)
        assert before == [desk.precedent(reference) for reference in references[:2]]
        assert [3] == seen
        with pytest.raises(NotFound):
            desk.precedent(references[2])


OFTEN = ("assess", "settle_now", "propose", "approve", "respond", "resolve", "close", "reopen", "withdraw") * 4


@settings(max_examples=20)
@given(steps=st.lists(st.tuples(st.integers(1, 40), st.sampled_from((*WAYS, *OFTEN))), max_size=25))
def test_whatever_happens_the_precedent_on_file_is_the_one_that_the_file_gives(steps: list[tuple[int, str]]) -> None:
    """After any actions each step has left what working it out anew gives: no kind of step was forgotten."""
    with kit() as desk:
        now = T0
        reference = desk.open(said("The kettle leaks.", "maria"), now=now).reference
        desk.work(now)
        for hour, name in steps:
            now += hours(hour)
            with suppress(NotAllowed, NotFound):
                desk.act(reference, WAYS[name](desk.case(reference), now), by=("irina", "oleg")[hour % 2], now=now)
        desk.work(now)
        before = {one.reference: found_or_none(desk, one.reference) for one in desk.cases(Filter(open=None))}
        desk.rebuild_precedents()
        assert before == {one: found_or_none(desk, one) for one in before}


def found_or_none(desk: ComplaintKit, reference: str) -> Precedent | None:
    """Return the precedent that a case is on file, or `None`."""
    try:
        return desk.precedent(reference)
    except NotFound:
        return None
