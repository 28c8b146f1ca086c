"""What every store does with precedents: kept with the step that made them, found by their words, counted by remedy."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintkit.case.parts import Severity
from complaintkit.case.precedent import Precedent, PrecedentQuery, Range, Redress
from complaintkit.errors import NotFound, Stale
from complaintkit.store import MemoryStore, ranking
from complaintkit.store.port import Store, Written
from complaintkit.words import words
from tests.contract.cases import DAY, NOON, note, opening, step, write

REFUND = Redress(remedy="refund", amount=Decimal("120.50"), currency="EUR")
STORED = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    deadline=None,
)


def precedent(number: int = 1, facts: str = "The kettle came broken.", **more: object) -> Precedent:
    """Return a precedent of the complaint of this number."""
    fields: dict[str, object] = {
        "decided_at": NOON + number * DAY, "channel": "form", "category": "quality", "severity": Severity.NORMAL,
        "language": "en", "outcome": "upheld", "facts": facts, **more,
    }  # fmt: skip
    return Precedent(reference=f"CK-TEST-{number:04}", **fields)  # type: ignore[arg-type]


def decide(store: Store, *precedents: Precedent) -> None:
    """Open a case for each precedent, whose step leaves it."""
    for one in precedents:
        write(store, evolve(opening(one.reference), precedent=one))


def references(store: Store, text: str, **more: object) -> list[int]:
    """Return the numbers of the cases found for a text, in order."""
    query = PrecedentQuery(text=text, **more)  # type: ignore[arg-type]
    return [int(found.precedent.reference[-4:]) for found in store.precedents(query)]


def write_together(store: Store, *steps: Written) -> None:
    """Store steps in one transaction."""
    with store.begin() as unit:
        for one in steps:
            unit.write(one)


class PrecedentSuite:
    """Precedents: one row with what they are found by, in the transaction of the step that made them."""

    def test_a_precedent_comes_back_equal(self, store: Store) -> None:
        """Every field survives, odd signs replaced visibly."""
        whole = precedent(
            facts="Чайник сломан 😀", reasons="Вы правы.", remedies=(REFUND, Redress(remedy="apology")), reopened=2,
            accepted="accepted", lessons=("Проверять упаковку", "a, b"), severity=Severity.HIGH,
            outcome="partly_upheld",
        )  # fmt: skip
        decide(store, whole, precedent(2, "a\0b kettle"))
        assert whole == store.precedent("CK-TEST-0001")
        assert "a␀b kettle" == store.precedent("CK-TEST-0002").facts

    def test_a_case_that_is_no_precedent_is_not_found(self, store: Store) -> None:
        """The error says what the reasons can be."""
        write(store, opening("CK-TEST-0001"))
        for reference in ("CK-TEST-0001", "CK-TEST-0009", "\0\ud800"):
            with pytest.raises(NotFound, match="is no precedent: it is undecided, confidential"):
                store.precedent(reference)

    def test_words_are_found_whatever_their_form(self, store: Store) -> None:
        """English and Russian endings, capitals, accents and ё do not matter."""
        decide(
            store,
            precedent(1, "Two kettles arrived broken"),
            precedent(2, "Нам не вернули деньги за ёлки и билеты", language="ru"),
            precedent(3, "Le café était fermé", language="fr"),
            precedent(4, "Sira ang takure", language="tl"),
        )
        for text, number in (
            ("KETTLE", 1), ("breaking kettles", 1), ("возврат денег за билет", 2), ("Елка", 2), ("БИЛЕТОВ", 2),
            ("cafe", 3), ("CAFÉ", 3), ("takure!", 4),
        ):  # fmt: skip
            assert [number] == references(store, text), text

    def test_query_words_are_never_syntax(self, store: Store) -> None:
        """Whatever stands in a text, it is words; and a text without any finds nothing."""
        decide(store, precedent(1, "kettle and teapot"), precedent(2, "near the shop"))
        for text in (
            'kettle" OR "shop', "kettle -teapot", "kettle & !teapot | :*", "NOT kettle", "kettle*", "^kettle",
            "{kettle}", "words:kettle", "kettle'; DROP TABLE precedent; --", "kettle\\", "kettle\0", "\ud800 kettle",
            "%s %% kettle",
        ):  # fmt: skip
            assert 1 in references(store, text), text
        for text in ("", "   ", '"', "* & | !", "\0", "the and of", "и в на", "12345"):
            assert [] == references(store, text), text

    @STORED
    @given(text=st.text(st.characters(codec=None), max_size=60))
    def test_any_text_can_be_told_and_asked_for(self, store: Store, text: str) -> None:
        """Whatever somebody writes, it is kept, and found again by each word of it."""
        reference = f"CK-TEST-{len(text):04}"
        one = evolve(precedent(1, text), reference=reference)
        try:
            version = store.case(reference).version
        except NotFound:
            write(store, opening(reference))
            version = store.case(reference).version
        with store.begin() as unit:
            unit.put_precedent(reference, version, one)
        found = [found.precedent.reference for found in store.precedents(PrecedentQuery(text=text, limit=50))]
        assert bool(words(text)) == (reference in found)

    def test_the_best_fit_comes_first(self, store: Store) -> None:
        """More and rarer words in common weigh more than one common word told often; scores fall."""
        decide(
            store,
            precedent(1, "parcel parcel parcel parcel"),
            precedent(2, "The parcel was late, and the courier rude"),
            precedent(3, "The courier lost the parcel"),
            *(precedent(number, "A parcel and nothing else") for number in range(4, 9)),
        )
        assert [2, 3] == references(store, "late parcel, rude courier")[:2]
        scores = [found.score for found in store.precedents(PrecedentQuery(text="late parcel, rude courier"))]
        assert sorted(scores, reverse=True) == scores
        assert 5 == len(scores)

    def test_of_two_that_fit_alike_the_newer_comes_first(self, store: Store) -> None:
        """The order is always the same."""
        same = {number: precedent(number, "The kettle leaks") for number in (1, 2, 3)}
        decide(store, same[2], same[3], same[1])
        assert [3, 2, 1] == references(store, "a leaking kettle")
        assert [3] == references(store, "a leaking kettle", limit=1)

    def test_the_same_category_and_language_weigh_more(self, store: Store) -> None:
        """They move a precedent up, and hide none."""
        decide(
            store,
            precedent(1, "The kettle leaks", category="quality", language="en"),
            precedent(2, "The kettle leaks", category="delivery", language="en"),
            precedent(3, "The kettle leaks", category="delivery", language="tl"),
        )
        assert [3, 2, 1] == references(store, "kettle")
        assert [3, 2, 1] == references(store, "kettle", category="delivery")
        assert [1, 3, 2] == references(store, "kettle", category="quality")
        assert [2, 1, 3] == references(store, "kettle", language="en")
        assert [2, 3, 1] == references(store, "kettle", category="delivery", language="en")
        assert [3, 2, 1] == references(store, "kettle", category="none such", language="\0")

    def test_the_case_that_asks_is_left_out(self, store: Store) -> None:
        """Another takes its place."""
        decide(store, *(precedent(number, "The kettle leaks") for number in (1, 2, 3)))
        assert [3, 1] == references(store, "kettle", without="CK-TEST-0002", limit=2)

    def test_a_precedent_is_written_anew(self, store: Store) -> None:
        """A later step changes it: the old words and remedies are gone, its number stays."""
        decide(store, precedent(1, "kettle", remedies=(REFUND,)), precedent(2, "kettle"))
        changed = precedent(1, "teapot", remedies=(Redress(remedy="repair"),), reopened=1)
        write(store, evolve(step(store.case("CK-TEST-0001"), note()), precedent=changed))
        assert ([2], [1]) == (references(store, "kettle"), references(store, "teapot"))
        assert changed == store.precedent("CK-TEST-0001")
        write(store, step(store.case("CK-TEST-0001"), note()))
        assert changed == store.precedent("CK-TEST-0001")

    def test_a_case_ceases_to_be_a_precedent(self, store: Store) -> None:
        """Once it is confidential, say: it is not found, not shown and not counted any more."""
        decide(store, precedent(1, "kettle", remedies=(REFUND,)))
        write(store, evolve(step(store.case("CK-TEST-0001"), note()), unlisted=True))
        assert [] == references(store, "kettle")
        assert store.remedy_range("quality", "refund", "EUR") is None
        with pytest.raises(NotFound):
            store.precedent("CK-TEST-0001")
        write(store, evolve(step(store.case("CK-TEST-0001"), note()), unlisted=True))

    def test_a_step_that_fails_leaves_no_precedent(self, store: Store) -> None:
        """It is stored with its step or not at all; a change that fails leaves the one before."""
        first = evolve(opening("CK-TEST-0001"), precedent=precedent(1, "kettle"))
        with pytest.raises(Stale):
            write_together(store, first, opening("CK-TEST-0001"))
        assert [] == references(store, "kettle")
        decide(store, precedent(1, "kettle", remedies=(REFUND,)))
        case = store.case("CK-TEST-0001")
        changes: tuple[dict[str, Any], ...] = ({"precedent": precedent(1, "teapot")}, {"unlisted": True})
        for change in changes:
            with pytest.raises(Stale):
                write_together(store, evolve(step(case, note()), **change), opening("CK-TEST-0001"))
        assert [1] == references(store, "kettle")
        assert (REFUND,) == store.precedent("CK-TEST-0001").remedies

    def test_a_rebuilt_precedent_is_not_older_than_its_case(self, store: Store) -> None:
        """What was worked out from an earlier version of the case is refused."""
        decide(store, precedent(1, "kettle"))
        version = store.case("CK-TEST-0001").version
        with store.begin() as unit:
            unit.put_precedent("CK-TEST-0001", version, precedent(1, "teapot"))
        assert [1] == references(store, "teapot")
        for reference, wrong in (("CK-TEST-0001", version - 1), ("CK-TEST-0002", version)):
            with pytest.raises(Stale), store.begin() as unit:
                unit.put_precedent(reference, wrong, precedent(1, "kettle"))
        with store.begin() as unit:
            unit.put_precedent("CK-TEST-0001", version, None)
        assert [] == references(store, "teapot")

    def test_the_range_of_a_remedy(self, store: Store) -> None:
        """Lowest, median and highest amount of upheld cases, in one category and currency; nothing else counts."""
        amounts = ("30", "10.10", "20.005", "0")

        def given_by(number: int, amount: str, **more: object) -> Precedent:
            redress = Redress(remedy="refund", amount=Decimal(amount), currency="EUR")
            return precedent(number, remedies=(Redress(remedy="apology"), redress), **more)

        decide(
            store,
            *(given_by(number, amount) for number, amount in enumerate(amounts, 1)),
            given_by(5, "900", outcome="not_upheld"), given_by(6, "900", category="delivery"),
            precedent(7, remedies=(Redress(remedy="refund", amount=Decimal(900), currency="USD"),)),
            precedent(8, remedies=(Redress(remedy="refund"),)), precedent(9, remedies=(Redress(remedy="repair"),)),
        )  # fmt: skip
        wanted = Range(count=4, lowest=Decimal(0), median=Decimal("15.0525"), highest=Decimal(30))
        assert wanted == store.remedy_range("quality", "refund", "EUR")
        decide(store, given_by(10, "12", outcome="partly_upheld"))
        found = store.remedy_range("quality", "refund", "EUR")
        assert (5, Decimal(12)) == (found and found.count, found and found.median)
        for asked in (("quality", "repair", "EUR"), ("quality", "refund", "PHP"), ("\0", "", "")):
            assert store.remedy_range(*asked) is None

    def test_a_long_complaint_finds_what_resembles_it(self, store: Store) -> None:
        """A text of hundreds of words, nearly all of them in every precedent, finds the one with its rare words."""
        common = " ".join(f"word{number}" for number in range(200))
        decide(store, *(precedent(number, f"{common} own{number} mine{number}") for number in range(1, 30)))
        assert 17 == references(store, f"{common} {common} own17 mine17 and more")[0]

    def test_a_word_that_nobody_wrote_hides_nothing(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """A slip of the pen in a few words does not keep the others from being found, however common they are."""
        for name, less in (("SAMPLE", 20), ("CANDIDATES", 3), ("ENOUGH", 5)):
            monkeypatch.setattr(ranking, name, less)
        decide(store, *(precedent(number, f"The parcel came late, number{number}") for number in range(1, 61)))
        assert [60, 59, 58] == references(store, "parzel late parcle parcel", limit=3)

    def test_newly_decided_cases_are_found_at_once(self, store: Store) -> None:
        """How common words are is estimated now and then; what is found never waits for that."""
        for number in range(1, 40):
            decide(store, precedent(number, f"kettle own{number}", decided_at=NOON + timedelta(hours=number)))
            assert [number] == references(store, f"own{number}")

    def test_it_finds_what_the_memory_twin_finds(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Also where there are more precedents than are looked at: the same ones, in the same order, as likely."""
        for name, less in (("SAMPLE", 40), ("CANDIDATES", 12), ("AMONG", 20), ("ENOUGH", 15), ("MOST", 6)):
            monkeypatch.setattr(ranking, name, less)
        dice = Random(3)
        vocabulary = [f"word{number}" for number in range(60)]

        def told(length: int) -> str:
            # The higher the number the rarer the word, as in any language.
            return " ".join(vocabulary[min(59, int(dice.expovariate(0.08)))] for _ in range(length))

        twin = MemoryStore()
        for number in range(1, 121):
            category, language = dice.choice(("late", "broken")), dice.choice(("en", "ru"))
            one = precedent(number, told(dice.randint(3, 25)), category=category, language=language)
            decide(store, one)
            decide(twin, one)
        for number in range(40):
            query = PrecedentQuery(
                text=told(dice.randint(1, 15)), category=dice.choice(("", "late")), language=dice.choice(("", "ru")),
                limit=dice.randint(1, 12), without=dice.choice(("", "CK-TEST-0003")),
            )  # fmt: skip
            expected, found = twin.precedents(query), store.precedents(query)
            assert [one.precedent for one in expected] == [one.precedent for one in found], (number, query)
            assert pytest.approx([one.score for one in expected]) == [one.score for one in found]
