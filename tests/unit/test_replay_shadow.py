"""Categorisers asked beside those in use: what a person decided is the measure, and nothing is learned."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from complaintkit import CaseView, Categoriser, Lesson, Suggestion
from complaintkit.app import ComplaintKit, actions
from complaintkit.errors import PluginError
from complaintkit.replay import Shadow
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit, said

Suggest = Callable[[CaseView], Iterable[Suggestion]]
SETTINGS = Settings(plugins=PluginsSettings(disable=("folder", "keywords")))


def always(category: str, score: float = 0.9) -> Suggest:
    """Return what always says the same."""
    return lambda case: [Suggestion(category, score, "always")]


def by_word(case: CaseView) -> Iterable[Suggestion]:
    """Tell refunds by a word."""
    return [Suggestion("refund", 0.8, "says money")] if "money" in case.text.casefold() else []


def a_desk(*present: Categoriser, decided: Iterable[tuple[str, str]] = (), **more: Any) -> ComplaintKit:
    """Return a desk with complaints whose category a person decided: what was said, and what it is about."""
    desk = kit(present, **{"settings": SETTINGS, **more})
    for number, (text, category) in enumerate(decided):
        reference = desk.open(said(text, f"anna{number}"), channel="email", now=MONDAY).reference
        desk.act(reference, actions.Assess(category=category), by="irina", now=MONDAY)
    return desk


def shadow(desk: ComplaintKit, *new: Categoriser, **more: Any) -> Shadow:
    """Return how new categorisers would have done."""
    found = desk.replay(plugins=new, **more)
    assert found.shadow is not None
    return found.shadow


DECIDED = (("I want my money back.", "refund"), ("Money, please.", "refund"), ("It came broken.", "delivery-damaged"))


def test_agreement_is_counted_by_category_and_in_all() -> None:
    """Today's is right once, the new one twice, and both together as the surer of two suggestions has it."""
    desk = a_desk(Categoriser("today", always("delivery-damaged", 0.7)), decided=DECIDED)
    found = shadow(desk, Categoriser("words", by_word))
    assert (("words",), ("today",)) == (found.names, found.beside)
    total = found.total
    assert (3, 1, 2, 3) == (total.decided, total.today, total.alone, total.together)
    assert (3, 2, 3) == (total.named_today, total.named_alone, total.named_together)
    assert [("delivery-damaged", 1, 1, 0), ("refund", 2, 0, 2)] == [
        (one.category, one.decided, one.today, one.alone) for one in found.categories
    ]


def test_cases_in_which_they_differ_are_named() -> None:
    """With what was decided, and what each of them says."""
    desk = a_desk(Categoriser("today", always("refund")), decided=DECIDED)
    (only,) = shadow(desk, Categoriser("words", by_word)).differing
    assert ("delivery-damaged", "refund", "unsorted", "refund") == (only.decided, only.today, only.alone, only.together)


def test_a_categoriser_sees_a_case_as_it_came() -> None:
    """It cannot read from the case what a person has decided about it."""
    seen: list[CaseView] = []

    def spy(case: CaseView) -> Iterable[Suggestion]:
        seen.append(case)
        return []

    desk = a_desk(decided=DECIDED[:1])
    shadow(desk, Categoriser("spy", spy))
    assert [("", "I want my money back.")] == [(case.category, case.text) for case in seen]


def test_it_learns_nothing_and_a_failure_is_counted() -> None:
    """`learn` is never called; a call that fails costs its suggestion only, and the desk hears nothing of it."""
    learned: list[Lesson] = []

    def breaks(case: CaseView) -> Iterable[Suggestion]:
        raise OSError("the model is away")

    desk = a_desk(decided=DECIDED)
    found = shadow(desk, Categoriser("away", breaks, learned.append))
    assert ((("away", 3),), 0) == (found.failures, found.total.named_alone)
    assert ([], ()) == (learned, desk.store.plugin_records())


def test_confidential_cases_are_shown_to_no_plugin_on_trial() -> None:
    """They are counted as left out, and nobody is asked about them."""
    desk = a_desk(decided=DECIDED)
    hidden = desk.cases()[0].reference
    desk.act(hidden, actions.Restrict(reason="names a colleague"), by="irina", now=MONDAY)
    asked: list[str] = []

    def spy(case: CaseView) -> Iterable[Suggestion]:
        asked.append(case.reference)
        return []

    found = shadow(desk, Categoriser("spy", spy))
    assert (2, 1, False) == (found.total.decided, found.left_out, hidden in asked)


def test_what_nobody_decided_is_no_measure() -> None:
    """A category that only a categoriser has chosen says nothing about another one."""
    desk = a_desk(Categoriser("today", always("refund")))
    desk.open(said("Money!"), channel="email", now=MONDAY)
    desk.work(MONDAY)
    found = shadow(desk, Categoriser("words", by_word))
    assert (0, ()) == (found.total.decided, found.categories)


def test_one_that_is_here_and_not_in_use_is_tried_by_its_name() -> None:
    """`use` leaves it out of the desk, and not out of the trial."""
    plugins = PluginsSettings(disable=("folder", "keywords"), use={"categorisers": ("today",)})
    present = (Categoriser("today", always("refund")), Categoriser("words", by_word))
    desk = a_desk(*present, decided=DECIDED, settings=Settings(plugins=plugins))
    found = shadow(desk, categoriser="words")
    assert (("words",), ("today",), 2) == (found.names, found.beside, found.total.alone)
    with pytest.raises(PluginError, match="did you mean 'words'"):
        desk.replay(categoriser="wrds")


def test_one_of_the_same_name_is_tried_in_place_of_the_present_one() -> None:
    """Together means: as it would be once it is swapped in."""
    desk = a_desk(Categoriser("words", always("delivery-late")), decided=DECIDED)
    total = shadow(desk, Categoriser("words", by_word)).total
    assert (0, 2, 2) == (total.today, total.alone, total.together)


def test_only_categorisers_are_tried_where_there_is_nothing_else() -> None:
    """A plugin without escalation rules changes no course, so none is gone through."""
    desk = a_desk(decided=DECIDED)
    found = desk.replay(plugins=(Categoriser("words", by_word),))
    assert (None, True) == (found.replay, found.shadow is not None)
    both = desk.replay({"policy": {}}, plugins=(Categoriser("words", by_word),))
    assert (3, 3) == (both.replay.cases if both.replay else 0, both.shadow.total.decided if both.shadow else 0)
