"""Leaving out: names in every inflection, numbers however written, and references, from whatever holds them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import Person
from complaintkit.case.entries import FiledAttachment, MessageFiled, Noted
from complaintkit.case.parts import Content, person_of, sealed_person
from complaintkit.withholding import WITHHELD, Withholding, people_in, references_in

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ANNA = Person(
    name="Анна Петрова", email="anna.petrova@example.org", phone="+7 (912) 345-67-89", handle="@anpet",
    customer="C-4711-22", address="Lindenweg 7\n10115 Berlin",
)  # fmt: skip
LEFT = Withholding(people=(ANNA,), references=frozenset({"CK-EHQ6-7X6D"}), sealed=True)


@pytest.mark.parametrize(
    "text",
    [
        "Анна Петрова", "анне петровой", "АННОЙ", "Петровых", "PETROVA", "anna.petrova@example.org", "Anna.Petrova",
        "8 912 345 67 89", "89123456789", "+7(912)345-6789", "345-67-89", "@anpet", "ANPET", "c-4711-22",
        "Lindenweg 7", "10115 Berlin", "ＡＮＰＥＴ", "CK-EHQ6-7X6D", "ckehq67x6d", "ck-ehq67x6d",
    ],
)  # fmt: skip
def test_it_is_left_out_however_it_is_written(text: str) -> None:
    """In any case, inflection, width and grouping, alone and within a sentence."""
    assert "" == LEFT.text(text)
    for before, after in (("Это ", " пишет."), ("(", ")"), ("from:", "\n"), ("", ",")):
        assert WITHHELD in LEFT.text(f"{before}{text}{after}")
        assert text.casefold() not in LEFT.text(f"{before}{text}{after}").casefold()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Фёдор Достоевский", "Достоевского Достоевскому Достоевским Фёдора Федора Федор"),
        ("Павел Белый", "Павла Павлу Белого белым"), ("Юля Ким", "Юли Юлю Юле юлей Кима Киму"),
        ("Лев Ян", "Льва Львом Яна яну"), ("Пётр Заяц", "Петра петру Зайца"), ("Ирина Грозная", "Грозной Ирины"),
        ("María José Núñez", "Maria JOSE Nunez"), ("Zoë Müller", "Zoe Muller Mueller Müllers"),
        ("Zoe Nunez", "Zoë Núñez"), ("Jan Kowalski", "Kowalskiego Jan's"), ("Анна Петрова", "Ан\u200bны petrova"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_every_case_and_with_or_without_accents(name: str, written: str) -> None:
    """Russian endings that replace part of a name, vowels that fall out, letters that keyboards lack."""
    told = Withholding(people=(Person(name=name),))
    assert dict.fromkeys(written.split(), f"by {WITHHELD}.") == {
        form: told.text(f"by {form}.").replace("'s", "") for form in written.split()
    }


@pytest.mark.parametrize(
    "text",
    [
        "912–345–67–89", "912/345/67/89", "+7 — 912 — 345 — 67 — 89", "٩١٢٣٤٥٦٧٨٩", "8.912.345.67.89", "C 4711 22",
        "c471122", "C–4711/22", "C_4711_22", "CK EHQ6 7X6D",
    ],
)  # fmt: skip
def test_a_number_is_left_out_whatever_stands_between_its_figures(text: str) -> None:
    """Dashes of any length, slashes, spaces, and the figures of other scripts."""
    assert "" == LEFT.text(text)


@pytest.mark.parametrize("text", ["order 77", "C-771", "AC-77", "9123456", "line 7, item 7"])
def test_another_number_stays(text: str) -> None:
    """A number that is only like the customer's, or the telephone's, is not touched."""
    assert text == Withholding(people=(Person(customer="C-77", phone="+7 912 345-67-89"),)).text(text)


@pytest.mark.parametrize("field", ["name", "handle", "address", "customer", "email"])
def test_what_one_is_called_costs_little_however_long_it_is(field: str) -> None:
    """A name of thousands of words is looked for by a pattern of bounded size, and its last word is left out too."""
    long = " ".join(f"wort{chr(97 + place % 26)}{chr(97 + place // 26 % 26)}{place}x" for place in range(20_000))
    told = Withholding(people=(Person(**{field: f"{long}@example.org" if field == "email" else long}),))
    assert 10_000 > len(told._pattern.pattern if told._pattern else "")
    assert f"It is {WITHHELD}." == told.text(f"It is {long.split()[-1]}.")
    assert f"It is {WITHHELD}." == Withholding(people=(Person(name="a" * 200_000),)).text(f"It is {'a' * 200_000}.")


def test_what_nobody_sees_is_no_name() -> None:
    """A name of invisible signs alone leaves every text as it is."""
    told = Withholding(people=(Person(name="\u200b\u200b", handle="\u2060 \u2060", address="\u200b" * 9),))
    assert "It is broken." == told.text("It is broken.")


@pytest.mark.parametrize("text", ["The kettle broke on 2 March.", "order 12345", "Berliner", "ан", "CK-EHQ6-7X63", ""])
def test_what_tells_nothing_stays(text: str) -> None:
    """Words that only look alike are not touched."""
    assert text == LEFT.text(text)


@given(
    st.text(alphabet=st.characters(categories=("Lu", "Ll")), min_size=2, max_size=12),
    st.text(max_size=30), st.text(max_size=30), st.sampled_from([str.lower, str.upper, str.title, str]),
)  # fmt: skip
def test_no_name_comes_through(name: str, before: str, after: str, written: object) -> None:
    """Whatever the name and whatever stands around it, as a word of its own it is gone."""
    told = Withholding(people=(Person(name=name),)).text(f"{before} {name} {after}")
    assert f" {name} " not in f" {told} "


def test_everything_in_a_value_is_gone_through() -> None:
    """Sealed texts, people, names of files, texts of texts; what is not concerned is the same object still."""
    entry = MessageFiled(
        at=NOW, by="anpet", channel="form", envelope=1, person=sealed_person(ANNA), title=Content.of("Re: Петрова"),
        text=Content.of("It is broken."), message_id="<1@anna>", problems=("sender ANNA",),
        attachments=(FiledAttachment(Content.of("invoice.pdf"), "application/pdf", "0" * 64, 1),),
    )  # fmt: skip
    left = LEFT.over(entry)
    assert Person() == person_of(left.person)
    assert (WITHHELD, "Re: [withheld]", "") == (left.by, str(left.title), left.message_id)
    assert left.text is entry.text
    assert ("sender [withheld]",) == left.problems
    assert [WITHHELD] == [str(one.name) for one in left.attachments]
    assert "" == left.title.salt, "with the salt the text could be guessed back from its digest"
    plain = Noted(at=NOW, by="irina", text=Content.of("seen"))
    assert plain is LEFT.over(plain) or plain == LEFT.over(plain)
    assert entry is Withholding().over(entry)


def test_what_is_found_in_a_value_is_found_at_any_depth() -> None:
    """People in sealed texts, references in texts, tuples and mappings."""
    value = (sealed_person(ANNA), (Noted(at=NOW, by="irina", text=Content.of("see ck ehq6 7x6d, CK-EHQ6-7X6D")),))
    assert [ANNA] == list(people_in(value))
    assert ["CK-EHQ6-7X6D"] == list(references_in(value))
    assert [] == list(people_in(Content.of('{"not": "a person"}'))) == list(people_in(Content.of("{")))


def test_an_erased_text_stays_erased() -> None:
    """What is gone cannot be left out, and is not made up."""
    gone = Content("0" * 64)
    assert gone == LEFT.over(gone)
