"""Repeats: in which way a complaint follows earlier ones, how far back one looks, and what stays hidden."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from complaintkit import Message, Person
from complaintkit.app import ComplaintKit, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import RepeatFound
from complaintkit.case.parts import Content
from complaintkit.case.points import Target
from complaintkit.case.repeats import RepeatKind
from complaintkit.codec import load_entry
from complaintkit.derived.repeats import recognised
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from tests.house.kits import MONDAY, folded, kit, said

from .cases import POLICY, T0, registered

DAY = timedelta(days=1)


def earlier(reference: str, days: float = 1, **facts: Any) -> Complaint:
    """Return a complaint that came some days before; by default of the same person."""
    at = T0 - days * DAY
    return evolve(registered(reference=reference, at=at, received_at=at), **{"category": "refund", **facts})


def of_another(reference: str, days: float = 1, **facts: Any) -> Complaint:
    """Return a complaint of somebody else that came some days before."""
    return earlier(reference, days, contact="d" * 32, **facts)


def found(
    case: Complaint, *mine: Complaint, others: tuple[Complaint, ...] = (), **repeats: str
) -> dict[str, list[str]]:
    """Return what a case follows: references by kind, the latest first."""
    policy = read({"repeats": repeats}, structure) if repeats else POLICY
    entries = recognised(case, mine, others, policy, T0)
    return {str(one.kind_of_repeat): [one.earlier, *one.more] for one in entries}


def told(text: str, **facts: Any) -> Complaint:
    """Return a new case with these words."""
    return evolve(registered(), **{"category": "delivery-late", "narrative": Content.of(text), **facts})


@pytest.mark.parametrize(
    ("case", "before", "kind"),
    [
        ({"category": "refund"}, {}, "same_matter"),
        ({"product": "kettle"}, {"product": "kettle"}, "same_matter"),
        ({"product": "kettle"}, {"product": "pan"}, "other_matter"),
        ({}, {}, "other_matter"),
        ({"category": "unsorted"}, {"category": "unsorted"}, "same_person"),
        ({"category": ""}, {}, "same_person"),
    ],
)
def test_the_same_person_repeats_or_brings_something_new(case: Any, before: Any, kind: str) -> None:
    """The same product or problem is the same matter; as long as nothing is known of it, it is not told apart."""
    assert {kind: ["A"]} == found(told("Again!", **case), earlier("A", **before))


def test_each_earlier_complaint_is_followed_in_one_way() -> None:
    """Several earlier ones are told apart, each kind with the latest first."""
    before = (earlier("A", 3, category="delivery-late"), earlier("B", 2), earlier("C", 1, category="delivery-late"))
    assert {"same_matter": ["C", "A"], "other_matter": ["B"]} == found(told("Late again."), *before)


@pytest.mark.parametrize(
    "text",
    [
        "Your answer is no answer.",
        "There is still no reply, after two weeks.",
        "Ваш ответ — отписка!",
        "Вы так и не ответили на мой вопрос.",
        "Nagreklamo na ako, walang sumagot.",
    ],
)
def test_a_complaint_about_our_answer_is_about_our_handling(text: str) -> None:
    """In three languages it is recognised, follows the latest that was answered, and is aimed at our handling."""
    answered = earlier("A", 5, answered_at=T0 - 4 * DAY)
    case = told(text)
    assert {"about_handling": ["A"], "other_matter": ["B"]} == found(case, answered, earlier("B", 2))
    after = case.apply_all(recognised(case, (answered,), (), POLICY, T0))
    assert (Target.HANDLING, "A") == (after.matter.target, after.repeat_of)


def test_a_named_reference_says_which_one_is_meant() -> None:
    """A reference in the text counts if it is the same person's; anybody else's is only a number."""
    mine = earlier("CK-EHQ6-7X6D", 9)
    case = told("About CK-EHQ6-7X6D and CK-2222-2222: nobody has called.", reference="CK-9999-9999")
    assert {"about_handling": ["CK-EHQ6-7X6D"], "other_matter": ["B"]} == found(case, mine, earlier("B", 2))


def test_words_about_an_answer_mean_nothing_without_an_earlier_complaint() -> None:
    """Somebody new who waits for an answer of another kind does not complain about our handling of a complaint."""
    assert {} == found(told("Your reply to my order never came."))


def test_other_people_say_the_same() -> None:
    """Complaints of others about the same product and problem are linked, and make nobody a repeater."""
    case = told("It burns.", product="kettle", category="refund")
    entries = recognised(case, (), (of_another("A", 2), of_another("B", 1), earlier("C", 1)), POLICY, T0)
    after = case.apply_all(entries)
    assert [(RepeatKind.OTHER_PEOPLE, ("B", "A"))] == [(one.kind, one.earlier) for one in after.matter.repeats]
    assert "" == after.repeat_of


@pytest.mark.parametrize(
    ("kind", "case", "mine", "others"),
    [
        ("same_matter", {"category": "refund"}, True, False),
        ("other_matter", {}, True, False),
        ("about_handling", {"narrative": Content.of("your answer is wrong")}, True, False),
        ("other_people", {"category": "refund", "product": "kettle"}, False, True),
    ],
)
def test_each_kind_has_its_own_time(kind: str, case: Any, mine: bool, others: bool) -> None:
    """One looks back as far as the policy says for the kind, to the second, and no further."""
    new = told("x", **case)

    def seen(before: Complaint, span: str) -> bool:
        return kind in found(new, *((before,) if mine else ()), others=(before,) if others else (), **{kind: span})

    before = of_another("A", 10) if others else earlier("A", 10)
    assert seen(before, "10d")
    assert not seen(evolve(before, received_at=T0 - 10 * DAY - timedelta(seconds=1)), "10d")


@pytest.mark.parametrize("facts", [{"secrecy": "restricted"}, {"secrecy": "sealed"}, {"about": ("oleg",)}])
def test_a_confidential_complaint_leaves_no_trace_in_another(facts: Any) -> None:
    """A link to a complaint that does not exist for everybody would tell that it does."""
    case = told("Your answer is wrong.", category="refund", product="kettle")
    assert {} == found(case, earlier("A", **facts), others=(of_another("B", **facts),))


@pytest.mark.parametrize("stage", ["not_a_complaint", "duplicate"])
def test_what_was_no_complaint_of_its_own_is_not_repeated(stage: str) -> None:
    """Neither what was none, nor what was merged into another."""
    from complaintkit import Stage

    assert {} == found(told("Again."), earlier("A", stage=Stage(stage)))


def test_what_is_on_file_is_not_filed_again() -> None:
    """Looking a second time finds nothing new; a new category tells the kinds apart again."""
    case = told("Late again.")
    before = (earlier("A", 1),)
    case = case.apply_all(recognised(case, before, (), POLICY, T0))
    assert () == recognised(case, before, (), POLICY, T0)
    sorted_ = evolve(case, category="refund")
    after = sorted_.apply_all(recognised(sorted_, before, (), POLICY, T0))
    assert [(RepeatKind.SAME_MATTER, ("A",))] == [(one.kind, one.earlier) for one in after.matter.repeats]


def test_an_old_file_reads_as_before() -> None:
    """A repeat that was filed before there were kinds is one of the same person, not told apart."""
    data = {"at": T0.isoformat(), "by": "complaintkit", "earlier": "A", "category": "refund"}
    entry = load_entry("repeat_found", data, {})
    assert isinstance(entry, RepeatFound)
    assert (RepeatKind.SAME_PERSON, "A") == (entry.kind_of_repeat, registered().apply(entry).repeat_of)


# --- at the desk


def come(desk: ComplaintKit, text: str, name: str, now: datetime, **more: Any) -> str:
    """Open a complaint and let the desk work; return its reference."""
    reference = desk.open(said(text, name, **more), now=now).reference
    desk.work(now)
    return reference


def repeats(desk: ComplaintKit, reference: str) -> dict[str, tuple[str, ...]]:
    """Return what a case on file follows."""
    return {str(one.kind): one.earlier for one in desk.case(reference).matter.repeats}


def test_repeats_are_recognised_at_intake_and_when_a_person_assesses() -> None:
    """The kinds follow the category: first the suggested one, then the one that a person chose."""
    with kit() as desk:
        first = come(desk, "My refund never came, give me my money back.", "anna", MONDAY)
        desk.act(first, actions.Assess(category="refund"), by="irina", now=MONDAY)
        second = come(desk, "The courier was rude to me.", "anna", MONDAY + DAY)
        desk.act(second, actions.Assess(category="staff-conduct"), by="irina", now=MONDAY + DAY)
        assert {"other_matter": (first,)} == repeats(desk, second)
        desk.act(second, actions.Assess(category="refund"), by="irina", now=MONDAY + DAY)
        assert {"same_matter": (first,)} == repeats(desk, second)
        assert desk.case(second) == folded(desk.file(second))
        assert {} == repeats(desk, first)


def test_other_people_with_the_same_product_and_problem_are_found() -> None:
    """Once the product is known, others with the same problem are linked; another product is not."""
    with kit() as desk:
        references = [come(desk, "It burns.", name, MONDAY + n * DAY) for n, name in enumerate(("anna", "ben", "carl"))]
        for reference, product in zip(references, ("kettle", "pan", "kettle"), strict=True):
            desk.act(reference, actions.Assess(category="safety"), by="irina", now=MONDAY + 3 * DAY)
            desk.act(reference, actions.Describe(product=product), by="irina", now=MONDAY + 3 * DAY)
        assert {"other_people": (references[0],)} == repeats(desk, references[2])
        assert ({}, "") == (repeats(desk, references[1]), desk.case(references[2]).repeat_of)


def test_the_same_customer_is_known_by_the_number_too() -> None:
    """Whoever writes by another address is the same customer, where the host's number says so."""
    from complaintkit import Customer, CustomerSource

    crm = CustomerSource("crm", lambda query: Customer("c-17"))
    with kit(plugins=(crm,)) as desk:
        first = come(desk, "It broke.", "anna", MONDAY)
        second = come(desk, "It broke again.", "anna-at-work", MONDAY + DAY)
        assert first == desk.case(second).repeat_of


def test_a_follow_up_to_a_closed_complaint_is_about_our_handling() -> None:
    """Somebody who is not content with an answer and writes anew is recognised by the reference."""
    with kit() as desk:
        first = come(desk, "My refund never came.", "anna", MONDAY)
        desk.act(first, actions.Withdraw(evidence="said so"), by="irina", now=MONDAY)
        second = come(desk, f"What became of {first}? I am not content.", "anna", MONDAY + DAY)
        assert {"about_handling": (first,)} == repeats(desk, second)
        assert "handling" == desk.case(second).matter.target


def test_an_anonymous_complaint_repeats_nothing() -> None:
    """Nobody is the same nobody."""
    with kit() as desk:
        desk.open(Message(text="It broke."), source_id="1")
        second = desk.open(Message(text="It broke.", sender=Person()), source_id="2").reference
        desk.work()
        assert {} == repeats(desk, second)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("I file a complaint against you.", False),
        ("I look forward to your reply.", False),
        ("Ждем вашего ответа, спасибо.", False),
        ("This was in my previous complaints, and nothing happened.", True),
        ("Постоянные отписки!", True),
        ("", False),
    ],
)
def test_whole_words_count_and_politeness_does_not(text: str, about: bool) -> None:
    """A word inside another is none, and whoever thanks for an answer to come does not complain about one."""
    assert about is POLICY.repeats.about_an_answer(text)
