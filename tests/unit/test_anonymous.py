"""Taking out of a text what tells who it is about, and leaving what it says."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaintkit.anonymous import LONGEST, Known, anonymised, plain_text
from complaintkit.anonymous.names import NO_NAMES, folded

NOBODY = Known()
MARIA = Known(
    ["Мария Иванова", "Pavel Lebedev"], ["maria.i77@mail.example", "+7 916 123-45-67", "CUST-9981", "@mashenka"]
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Я, Мария Иванова, писала вам.", "Я, [name], писала вам."),
        ("Марии Ивановой и МАРИЕЙ, от ивановых", "[name] и [name], от [name]"),
        ("И\u0301ванову, Ива\u200bнову, Ｌｅｂｅｄｅｖ", "[name], [name], [name]"),
        ("Maria Ivanova and Павлу Лебедеву", "[name] and [name]"),
        ("Lebedev's parcel, the Lebedevs, PavelLebedev", "[name]'s parcel, the [name], [name]"),
        ("Ask maria.i77@mail.example or MARIA.I77", "Ask [e-mail] or [name]"),
        ("8 916 1234567, 89161234567, +79161234567", "[number], [number], [number]"),
        ("No cust-9981 of mashenka", "No [number] of [name]"),
        ("Марина и Иваново", "Марина и [name]"),
    ],
)
def test_the_people_of_the_case_are_taken_out(text: str, left: str) -> None:
    """What is known of them goes in every case, ending, spelling and alphabet."""
    assert left == anonymised(text, MARIA)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to a.b+c@mail.example.com, or x@y", "write to [e-mail], or [e-mail]"),
        ("x (at) example.com", "[e-mail]"),
        ("see https://example.com/a?b=c. And shop.ru/x, www.shop.example!", "see [link]. And [link], [link]!"),
        ("I am @kettle_fan on it", "I am [name] on it"),
        ("as in CK-EHQ6-7X6D", "as in [reference]"),
        ("call +63 917 123 4567 or (02) 8123-4567 or 555-123-4567", "call [phone] or [phone] or [phone]"),
        ("звоните 8 (495) 123-45-67 или 8-800-555-35-35", "звоните [phone] или [phone]"),
        ("card 4276 1234 5678 9010", "card [number]"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [number]."),
        ("passport P1234567A, паспорт 45 10 123456", "passport [number], паспорт [number]"),
        ("СНИЛС 123-456-789 00, SSN 123-45-6789", "СНИЛС [number], SSN [number]"),
        ("order 4711, invoice no. AB-12/7, ref: X99Z1, account ending in 4455",
         "order [number], invoice no. [number], ref: [number], account ending in [number]"),
        ("заказ № 12345, договор №12/34-А, счет 123-45", "заказ № [number], договор №[number], счет [number]"),
        ("машина А123ВС77", "машина [number]"),
        ("from 192.168.10.20", "from [number]"),
        ("born on 12.05.1980, д.р. 01.02.1990", "born on [date], д.р. [date]"),
        ("ул. Ленина, д. 5, кв. 12", "[address]"),
        ("на улице гагарина 15, дом 12", "на [address]"),
        ("Ленинский проспект, 7", "[address]"),
        ("I live at 123 Main Street, Apt 4B.", "I live at [address]."),
        ("Blk 5 Lot 3 Brgy. San Jose", "[address]"),
        ("Springfield, IL 62704 or SW1A 2AA, P.O. Box 12", "[address] or [address], [address]"),
        ("Dear Mr Smith, my name is Juan Dela Cruz.", "Dear [name], my name is [name]."),
        ("Уважаемый Иван Петрович! Меня зовут Аня.", "Уважаемый [name]! Меня зовут [name]."),
        ("Sidorova A.V. said. Сидорова А.В. сказала", "[name] said. [name] сказала"),
        ("отдать Петрову Ивану Сергеевичу", "отдать [name]"),
        ("the manager Olga Petrova and courier Sergey", "the manager [name] and courier [name]"),
        ("Best regards,\nJohn Q. Public", "Best regards,\n[name]"),
        ("С уважением, Пётр Сидоров", "С уважением, [name]"),
        ("ako po si Maria Clara", "ako po si [name]"),
        ("It leaks.\n\nAnna Petrova", "It leaks.\n\n[name]"),
        ("Он течёт.\n- Петрова А.\n+7 916 123-45-67", "Он течёт.\n[name]\n[phone]"),
        ("It leaks.\nAnna", "It leaks.\n[name]"),
        ("ask Anna Petrova, anna@example.org", "ask [name], [e-mail]"),
        ("спросите Олега Петрова (+7 916 123-45-67)", "спросите [name] ([phone])"),
    ],
)  # fmt: skip
def test_what_usually_tells_somebody_is_taken_out(text: str, left: str) -> None:
    """Addresses, numbers of people and their papers, and names that something announces."""
    assert left == anonymised(text, NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "I paid $1,250.00 and 15000 руб., then 125 000 rub. and PHP 1500000",
        "500 000 рублей за 30 дней, ₱25000, 1.250.000 EUR",
        "on 12.05.2026, 2026-05-12, 5/12/26 at 10:30",
        "iPhone 15 Pro, SM-G991B, Windows 11, A320, COVID-19, 24/7",
        "order 30 days ago, case of 12 pcs, account for 3 years",
        "Dear Sir or Madam, Dear Customer Service Team",
        "Уважаемые господа! Менеджер сказал нет. The manager said no.",
        "Чайник сломан, мастер не пришёл. Площадь маленькая.",
        "50% off, 3 раза по 20 минут, version 1.2.3",
        "Broken Kettle",
        "It leaks.\nThank You\nСпасибо",
        "Broken Kettle\nit leaks, and nobody answers.",
    ],
)
def test_what_happened_stays(text: str) -> None:
    """Amounts, days, things and courtesy are what a decision is about, or tell nobody."""
    assert text == anonymised(text, NOBODY)


LETTERS = st.characters(categories=("Lu", "Ll", "Lt", "Lo"), max_codepoint=0x2FFF)
NAMES = st.lists(st.text(LETTERS, min_size=3, max_size=12), min_size=1, max_size=3)
SURROUNDINGS = st.text(
    st.characters(exclude_categories=("Lu", "Ll", "Lt", "Lo", "Lm", "Mn", "Mc", "Cs", "Nl")), max_size=5
)
TEXTS = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(["the manager", "ул. ", "order ", "№"])), max_size=6)


@given(names=NAMES, texts=TEXTS, around=SURROUNDINGS, form=st.sampled_from([str.upper, str.lower, str.title, str]))
@example(names=["Name", "Mail"], texts=["a@b.example"], around=" ", form=str.lower)
@example(names=["ßtraß"], texts=[], around="", form=str.upper)
def test_no_part_of_a_known_name_survives(names: list[str], texts: list[str], around: str, form: object) -> None:
    """Whatever a person is called, however it is written and whatever stands around it, no part is left as a word."""
    told = around.join(f"{text}{around}{form(name)}" for text in ["", *texts] for name in names)  # type: ignore[operator]
    left = re.sub(r"\[[a-z-]+\]", " ", anonymised(f" {told} ", Known([" ".join(names)])))
    parts = {folded(word) for name in names for word in re.findall(r"[^\W\d_]+", plain_text(name)) if len(word) > 2}
    assert set() == parts & {folded(word) for word in re.findall(r"[^\W\d_]+", left)} - NO_NAMES


RUSSIAN = {
    "Мария": "Мария Марии Марию Марией", "Иванова": "Иванова Ивановой Иванову", "Пётр": "Пётр Петра Петру Петром Петре",
    "Павел": "Павел Павла Павлу Павлом Павле", "Лев": "Льва Льву Львом", "Юрий": "Юрий Юрия Юрию Юрием",
    "Достоевский": "Достоевский Достоевского Достоевскому Достоевским", "Толстая": "Толстая Толстой Толстую",
    "Любовь": "Любовь Любови Любовью", "Илья": "Илья Ильи Илью Ильёй Ильей", "Яна": "Яна Яны Яну Яной",
    "Шевченко": "Шевченко", "Ким": "Ким Кима Киму Кимом", "Сергей": "Сергей Сергея Сергею Сергеем",
    "Соловьёв": "Соловьёв Соловьева Соловьёву Соловьёвым", "Седых": "Седых", "Ольга": "Ольга Ольги Ольгу Ольгой",
}  # fmt: skip


@pytest.mark.parametrize("name", RUSSIAN)
@pytest.mark.parametrize("changed", [str, str.upper])
def test_russian_names_are_known_in_every_case(name: str, changed: object) -> None:
    """A name in any of its cases, small or capital, is taken out where only the first of them is known."""
    for form in RUSSIAN[name].split():
        assert "Это [name]!" == anonymised(f"Это {changed(form)}!", Known([name])), form  # type: ignore[operator]


@given(
    digits=st.text("0123456789", min_size=7, max_size=15),
    gaps=st.lists(st.sampled_from(["", "", " ", "-", ".", " (", ") "]), min_size=15, max_size=15),
)
def test_a_known_number_is_taken_out_however_it_is_grouped(digits: str, gaps: list[str]) -> None:
    """Spaces, dashes and brackets hide no telephone number that is known."""
    told = "".join(digit + gap for digit, gap in zip(digits, gaps, strict=False))
    left = anonymised(f"call {told} soon", Known([], [digits]))
    assert digits not in re.sub(r"\D", "", left)


@given(mark=st.text(st.characters(categories=("Lu", "Ll", "Nd", "Pd"), max_codepoint=0x4FF), min_size=3, max_size=20))
def test_a_known_mark_is_taken_out(mark: str) -> None:
    """A handle or customer number is left nowhere, whatever signs it has."""
    plain = plain_text(mark).strip()
    left = anonymised(f"my number: {mark}, or {mark.upper()}", Known([], [mark]))
    assert len(plain) < 3 or plain.casefold() not in re.sub(r"\[[a-z-]+\]", " ", left).casefold().replace(
        "my number", ""
    )


@given(text=st.text(st.characters(codec=None)))
def test_any_text_can_be_anonymised(text: str) -> None:
    """Half letters and invisible signs included; what comes out can be stored anywhere."""
    anonymised(text, MARIA).encode()


@pytest.mark.parametrize(
    "unit", ["1 ", "1-", "a.", "a@", "А. ", "Аа ", "ул. А", "д. 1, ", "a-1/", "Apt 1 ", "[(at)", "P.O."]
)
def test_a_hostile_text_ends(unit: str) -> None:
    """Signs repeated thousands of times are gone through once, or this test would not end within the day."""
    assert len(anonymised(unit * LONGEST, MARIA)) <= 4 * LONGEST


def test_names_that_are_no_names_leave_the_text_alone() -> None:
    """What forms call somebody unknown, particles and titles take no word out of a text."""
    text = "The client of the van de la company said no to the customer"
    assert text == anonymised(text, Known(["Unknown Client", "Mr van de la", "Anonymous", ""], ["", "a", " "]))
