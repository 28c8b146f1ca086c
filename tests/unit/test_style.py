"""A text looked over before it goes to the complainant: what is remarked, what is not, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import NotAllowed, Person
from complaintkit.case import reference as references
from complaintkit.case.actions import Assess, OfferRemedy, Propose, Reply, Respond
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import PartyAdded, PointAdded, StaffNamed
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parties import PartyRole
from complaintkit.case.parts import Content, Outcome, sealed_person
from complaintkit.case.wording import gaps, unfilled
from complaintkit.policy.reading import read
from complaintkit.policy.style import look_over
from complaintkit.settings import structure

from .cases import POLICY, T0, act, decided, hours, registered

ONE = T0 + hours(1)
GOOD = (
    "You are right: the parcel was thrown over the fence, and it came broken. That was our mistake, and I am sorry. "
    "You get 20 pounds back by 9 March; the driver's firm now has to ring the bell."
)


def pending(**changes: Any) -> Complaint:
    """Return a case that waits for its answer."""
    return evolve(registered(), stage=Stage.DECISION_PENDING, outcome=Outcome.UPHELD, **changes)


def rules(text: str, case: Complaint | None = None, occasion: str = "response") -> list[str]:
    """Return the rules by which something is remarked."""
    return [one.rule for one in look_over(text, case or pending(), POLICY, occasion)]


def test_a_good_answer_gets_no_remark() -> None:
    """An answer with reasons, apology, remedy and dates passes without a word."""
    assert [] == rules(GOOD)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"Dear {{name}}, {GOOD}", "place"), (f"Здравствуйте, {{имя клиента}}! {GOOD}", "place"),
        (f"{GOOD} See [DATE].", "gap"), (f"{GOOD} We pay ____ pounds.", "gap"),
        (f"You should have read the terms. {GOOD}", "blame"), (f"{GOOD} We are sorry for any inconvenience.", "hollow"),
        (f"{GOOD} Sorry if you were upset.", "hollow"), (f"{GOOD} The rest follows as soon as possible.", "vague"),
        (GOOD.replace("That was our mistake, and I am sorry. ", ""), "apology"), ("Sorry.", "length"),
        (GOOD + " And so on." * 400, "length"), (f"{GOOD} See also {references.new(lambda _: 7)}.", "others"),
        ("Вы правы: посылку бросили через забор, и она разбилась. Это наша ошибка, и я прошу прощения. До 9 марта Вы "
         "получите обратно 20 фунтов.", "language"),
    ],
)  # fmt: skip
def test_each_slip_is_remarked(text: str, rule: str) -> None:
    """What a careful colleague would say is said, each under its own name, and nothing else."""
    assert [rule] == rules(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Вам следовало прочитать условия.", "blame"), ("Приносим извинения за неудобства.", "hollow"),
        ("Ответим в ближайшее время.", "vague"), ("Mali po kayo.", "blame"), ("Paumanhin po sa abala.", "hollow"),
        ("Sasagot kami sa lalong madaling panahon.", "vague"),
    ],
)  # fmt: skip
def test_slips_are_known_in_every_language(text: str, rule: str) -> None:
    """Phrases are looked for whatever the language of the complainant, since people mix them."""
    assert rule in rules(text, occasion="reply")


def test_an_unfilled_place_is_refused_and_the_rest_only_remarked() -> None:
    """A text with a place of a template is not sent, drafted or answered with; anything else is."""
    assert ["refused"] == [one.level for one in look_over(f"Dear {{name}}, {GOOD}", pending(), POLICY)]
    case = act(registered(), Assess(category="refund"), ONE)
    for action in (
        Reply(text="Dear {name}, we look."),
        Propose(outcome="upheld", text="Dear {name} and {who else}", finding="?"),
    ):
        with pytest.raises(NotAllowed, match=r"\{name\}.* not filled in; do that first"):
            decided(case, action, ONE)
    drafted = evolve(pending(), proposal=Content.of(GOOD))
    with pytest.raises(NotAllowed, match=r"\{date\} is not filled in"):
        decided(drafted, Respond(text="By {date}."), ONE)
    assert decided(case, Reply(text="You should have [DATE] as soon as possible."), ONE)


def test_other_peoples_data_is_remarked() -> None:
    """Names, addresses and numbers of others, and of staff it is about, do not go to the complainant; their own may."""
    witness = Person(name="Boris Sidorov", phone="+7 (916) 555-44-33", email="boris@example.org")
    party = PartyAdded(at=ONE, by="irina", party="party-1", role=PartyRole.WITNESS, person=sealed_person(witness))
    case = pending().apply(party).apply(StaffNamed(at=ONE, by="irina", names=("max",), reason=Content.of("says so")))
    for words in ("Sidorov saw it.", "Call 8 916 555 44 33.".replace("8", "+7"), "boris@example.org", "Max was there"):
        assert ["others"] == list(dict.fromkeys(rules(f"{GOOD} {words}", case))), words
    assert [] == rules(f"{GOOD} Anna, write to anna@example.org. Maximum care.", case)
    spoken_for = evolve(party, role=PartyRole.REPRESENTATIVE, represents="complainant")
    assert [] == rules(f"{GOOD} Dear Mr Sidorov", pending().apply(spoken_for))


def test_a_point_nobody_speaks_of_is_remarked() -> None:
    """A third of a point's words come back in the answer, in whatever form; else it was perhaps forgotten."""
    case = pending()
    for number, words in enumerate(("The parcel was broken.", "Nobody called me back for two weeks."), 1):
        case = case.apply(PointAdded(at=ONE, by="irina", point=f"point-{number}", text=Content.of(words)))
    (remark,) = look_over(GOOD, case, POLICY)
    assert "it does not seem to answer point-2: 'Nobody called me back" in remark.text
    assert [] == rules(f"{GOOD} I should have called you back weeks ago.", case)
    assert [] == rules(GOOD.replace("You get 20 pounds back by 9 March; ", ""), case, "reply")


@pytest.mark.parametrize("occasion", ["reply", "promise"])
@pytest.mark.parametrize(
    "words",
    ["We will pay you 90,000 EUR.", "EUR40 or 40eur?", "You get € 40 back.", "USD 1 200.50 is yours.",
     "Вернём 5 000 рублей.", "Вы получите 300 ₽.", "Ibabalik po namin ang 500 piso."],
)  # fmt: skip
def test_money_outside_a_decision_is_remarked(words: str, occasion: str) -> None:
    """An amount in a reply or a promise is held against nobody's limit; in the decision it is at its place."""
    assert "amount" in rules(words, occasion=occasion)
    assert "amount" not in rules(words)


def test_what_a_remedy_is_worth_may_be_named_and_other_figures_too() -> None:
    """Once it is on file it can be spoken of; dates, articles and numbers of parcels are no money."""
    case = act(registered(), Assess(category="refund"), ONE)
    case = act(case, OfferRemedy(type="refund", amount=Decimal(1240), currency="EUR"), ONE)
    for words in (
        "Your 1,240.00 EUR are on their way.",
        "Your €1240 left on 9 March.",
        "Parcel 4711 left in 2026.",
        "It went to 27 European shops.",
    ):
        assert "amount" not in rules(words, case, "reply"), words
    assert "amount" in rules("Your 1,250 EUR are on their way.", case, "reply")


def test_the_reference_is_named_by_text_or_template() -> None:
    """The shipped templates name it; one of an organisation's own that does not leaves it to the text."""
    bare = {"templates": {"response": {"en": {"subject": "Our decision", "body": "{text}"}}}}
    policy = read(bare, structure)
    assert ["reference"] == [one.rule for one in look_over(GOOD, pending(), policy)]
    assert () == look_over(f"{GOOD} Your reference is CK-EHQ6-7X6D.", pending(), policy)


def test_settings_change_what_is_looked_for() -> None:
    """Lists and lengths can be replaced by an organisation's own."""
    policy = read({"style": {"shortest": 0, "hollow": {"en": ["dear valued customer"]}}}, structure)
    found = [one.rule for one in look_over("Dear valued customer, sorry for any inconvenience.", pending(), policy)]
    assert ["hollow"] == found


@given(text=st.text(max_size=300))
def test_any_text_can_be_looked_over(text: str) -> None:
    """Whatever stands in a text, looking it over ends with remarks; refused is exactly what has an unfilled place."""
    remarks = look_over(text, pending(), POLICY)
    assert len(unfilled(text)) == sum(one.level == "refused" for one in remarks)
    assert len(gaps(text)) == sum(one.rule == "gap" for one in remarks)
