"""Fields of an organisation's own: what they take, what they block, how forms fill them, and who brings them."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from complaintkit import CustomField, Message, NotAllowed, SettingsError, hookimpl
from complaintkit.app import actions
from complaintkit.case.actions import Propose, SetField
from complaintkit.case.actions.describing import standings
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import FieldSealed
from complaintkit.case.fields import value_of
from complaintkit.codec import dump_entry
from complaintkit.message import Envelope
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import PluginsSettings, Settings, structure
from complaintkit.testing import hostile
from tests.house.kits import MONDAY, SENT, folded, kit

from .cases import ANNA, T0, hours, registered

NOW = T0 + hours(1)
TABLES: dict[str, Any] = {
    "visits": {"type": "number"},
    "paid": {"type": "amount"},
    "bought": {"type": "date", "label": {"en": "Bought on", "ru": "Куплено"}},
    "insured": {"type": "yes_no", "required_for": ["decision"]},
    "colour": {"type": "choice", "choices": ["Red", "Blue"]},
    "age": {"type": "number", "personal": True},
    "story": {"type": "text"},
    "box": {"type": "text", "required_for": ["delivery-damaged"]},
}


def policy(**tables: Any) -> Policy:
    """Return a policy with these fields."""
    return read({"fields": tables or TABLES}, structure)


TERMS = policy()


def act(case: Complaint, action: Any) -> Complaint:
    """Return the case after an action, under the policy with fields."""
    return case.apply_all(action.decide(case, TERMS.actor("irina"), NOW, TERMS))


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("visits", " 12.50 ", "12.5"),
        ("visits", "-0", "0"),
        ("visits", "1000", "1000"),
        ("paid", "12.5 eur", "12.50 EUR"),
        ("paid", "1200jpy", "1200 JPY"),
        ("bought", "2026-03-09", "2026-03-09"),
        ("insured", "ДА", "yes"),
        ("insured", "hindi", "no"),
        ("insured", "false", "no"),
        ("colour", "red", "Red"),
        ("age", "67", "67"),
        ("story", "  it fell \n down ", "it fell \n down"),
    ],
)
def test_an_answer_is_kept_in_one_spelling(field: str, given: str, kept: str) -> None:
    """However it is typed, a value is kept in one way."""
    value = value_of(act(registered(), SetField(field=field, value=given)), field)
    assert kept == str(value)


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("visits", "twelve", "a number, such as"),
        ("visits", "1" * 16, "a number, such as"),
        ("visits", "1e9", "a number, such as"),
        ("visits", "١٢", "a number, such as"),
        ("paid", "12.7", "with its currency"),
        ("paid", "0 EUR", "above 0"),
        ("paid", "1.5 JPY", "digits its currency has"),
        ("bought", "yesterday", "a date, such as"),
        ("insured", "perhaps", "yes or no"),
        ("colour", "green", "one of Red, Blue"),
        ("story", "x" * 10_001, "10000 signs"),
        ("size", "1", "none of visits"),
    ],
)
def test_what_a_field_does_not_take_is_refused(field: str, given: str, words: str) -> None:
    """A refusal names what the field takes, and never repeats what was given."""
    with pytest.raises(NotAllowed, match=words) as refused:
        act(registered(), SetField(field=field, value=given))
    assert given == "1" or given not in str(refused.value)


@pytest.mark.parametrize("field", ["age", "story"])
def test_what_may_be_personal_is_sealed(field: str) -> None:
    """A personal value and a free text stand sealed in the entry, so that they can be erased."""
    (entry,) = SetField(field=field, value="67").decide(registered(), TERMS.actor("irina"), NOW, TERMS)
    assert isinstance(entry, FieldSealed)
    assert {"content": entry.text.digest} == dump_entry(entry)["text"]
    value = value_of(registered().apply(entry), field)
    assert value is not None
    assert ("", "67") == (value.value, str(value.sealed))


def test_a_field_is_emptied_again() -> None:
    """An empty value takes out what was there; the entry that set it stays."""
    case = act(registered(), SetField(field="visits", value="3"))
    case = act(case, SetField(field="visits", value="4"))
    assert "4" == str(value_of(case, "visits"))
    assert value_of(act(case, SetField(field="visits")), "visits") is None


def test_what_a_decision_needs_is_asked_for_before_it() -> None:
    """A field required for the decision, or for the category, blocks the draft and says how to go on."""
    case = act(registered(), actions.Assess(category="delivery-damaged"))
    propose = Propose(outcome="upheld", text="You are right.")
    with pytest.raises(NotAllowed, match="propose needs insured, box to be filled in; set_field does that"):
        act(case, propose)
    (standing,) = (one for one in standings({"propose": Propose}, case, TERMS.actor("irina"), TERMS))
    assert "propose needs insured, box" in standing.why_not
    case = act(case, SetField(field="insured", value="no"))
    case = act(case, SetField(field="box", value="torn"))
    assert "decision_pending" == act(case, propose).stage


def test_another_category_needs_less() -> None:
    """What only one category needs blocks no other."""
    case = act(registered(), actions.Assess(category="refund"))
    with pytest.raises(NotAllowed, match="propose needs insured to be filled in"):
        act(case, Propose(outcome="upheld", text="You are right."))


def test_nothing_that_comes_in_is_kept_from_its_clocks_by_an_empty_field() -> None:
    """A field required for registration blocks people, never a complaint that comes in."""
    fields = {"policy": {"fields": {"order_number": {"type": "text", "required_for": ["registration"]}}}}
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), **fields)  # type: ignore[arg-type]
    with kit(settings=settings) as desk:
        reference = desk.open(Message(text="It broke.", sender=ANNA)).reference
        assert desk.case(reference).clock("first_response")
        half = desk.open(Message(text="It also", sender=ANNA, unfinished=True), source_id="2").reference
        with pytest.raises(NotAllowed, match="register needs order_number"):
            desk.act(half, actions.Register(), by="irina")
        desk.act(half, actions.SetField(field="order_number", value="A-1"), by="irina")
        assert "registered" == desk.act(half, actions.Register(), by="irina").stage


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ({"x": {"type": "colour"}}, "policy.fields.x"),
        ({"x": {"type": "choice"}}, "policy.fields.x"),
        ({"x": {"type": "text", "choices": ["a"]}}, "policy.fields.x"),
        ({"x": {"type": "text", "required_for": ["delivery-damagd"]}}, "policy.fields.x.required_for"),
        ({"x": {"type": "text", "size": 3}}, "policy.fields.x.size"),
        ({"X y": {"type": "text"}}, "policy.fields.X y"),
        ({"x": "text"}, "policy.fields.x"),
    ],
)
def test_a_wrong_field_is_named_by_its_place(table: Any, path: str) -> None:
    """What is wrong in the settings is told with its path."""
    with pytest.raises(SettingsError) as refused:
        policy(**table)
    assert refused.value.path.startswith(path)


@given(text=some.text(max_size=40) | some.sampled_from(hostile.TEXTS), name=some.sampled_from(sorted(TABLES)))
def test_every_text_is_taken_in_one_spelling_or_refused(text: str, name: str) -> None:
    """Whatever is typed, a field keeps a spelling that it takes again as it is, or refuses with a reason."""
    field = TERMS.fields.named(name)
    assert field is not None
    kept = None
    with suppress(ValueError):
        kept = field.read(text)
    if kept is None:
        with pytest.raises(ValueError, match=name):
            field.read(text)
    else:
        assert kept == field.read(kept)


# --- from forms, and from plugins


class Shop:
    """A plugin with two fields."""

    @hookimpl
    def complaintkit_fields(self) -> list[CustomField]:
        """Offer them."""
        return [CustomField(name="till", type="number"), CustomField(name="clerk", type="text")]


def form(**fields: Any) -> Envelope:
    """Return a form as it arrives."""
    raw = json.dumps({"text": "It broke.", "email": "anna@example.org", "fields": fields}).encode()
    return Envelope(channel="form", source_id="f1", raw=raw, received_at=MONDAY, media_type="application/json")


def test_a_form_fills_the_fields_it_knows() -> None:
    """Known names go into the fields and the subject; the words keep everything; what does not fit is told."""
    with kit(plugins=(SENT, Shop())) as desk:
        receipt = desk.receive(form(till=7, clerk="Olga", product="kettle-2000", order="A-1042", shoe_size=43))
        case, file = desk.case(receipt.reference), desk.file(receipt.reference)
        assert {"till": "7", "clerk": "Olga"} == {one.name: str(one) for one in case.matter.fields}
        assert ("kettle-2000", "A-1042") == (case.product, str(case.matter.subject.order))
        assert "shoe_size: 43" in str(case.narrative)
        assert case == folded(file)


def test_an_answer_that_does_not_fit_is_told_and_costs_nothing() -> None:
    """The complaint is there, the field is empty, and the file says which field did not get its answer."""
    with kit(plugins=(SENT, Shop())) as desk:
        reference = desk.receive(form(till="secret words")).reference
        received = desk.file(reference)[0].entry
        problem = "an answer of the form was not taken into its field: till takes a number, such as 12 or 12.5"
        assert (problem,) == received.problems  # type: ignore[attr-defined]
        assert () == desk.case(reference).matter.fields


def test_a_later_form_fills_only_what_is_empty() -> None:
    """What somebody put right is not undone by the next form."""
    with kit(plugins=(SENT, Shop())) as desk:
        first = Message(text="It broke.", sender=ANNA, message_id="<1@a>", fields=(("till", "7"),))
        reference = desk.open(first).reference
        desk.act(reference, actions.SetField(field="till", value="8"), by="irina")
        fields = (("till", "9"), ("clerk", "Olga"), ("batch", "B7"))
        desk.open(Message(text="More.", sender=ANNA, answers=("<1@a>",), fields=fields))
        desk.open(Message(text="More.", answers=("<1@a>",), fields=(("brand", "stranger's"),)))
        case = desk.case(reference)
        assert {"till": "8", "clerk": "Olga"} == {one.name: str(one) for one in case.matter.fields}
        assert ("B7", "") == (case.matter.subject.batch, case.matter.subject.brand)


def test_the_settings_stand_in_the_place_of_a_plugin() -> None:
    """A field of the same name in the settings counts."""
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"fields": {"till": {"type": "text"}}})
    with kit(plugins=(SENT, Shop()), settings=settings) as desk:
        assert ("till", "clerk") == desk.policy.fields.names
        assert "text" == desk.policy.fields.named("till").type  # type: ignore[union-attr]
