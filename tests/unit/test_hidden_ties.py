"""Ties to cases that do not exist for somebody: they are left out of the page that is made of a file."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from complaintkit.app import Actor, actions, improving
from complaintkit.store.onlooker import Onlooker

from .test_secrecy import complaint, desk


def test_a_page_does_not_tell_of_a_tie_to_what_does_not_exist() -> None:
    """Linked to a complaint about oleg, and unlinked again: for oleg neither has happened, for max both have."""
    with desk() as opened:
        about, reference = complaint(opened), complaint(opened)
        opened.act(about, actions.NameStaff(names=("oleg",), reason="x"), by="irina")
        opened.act(reference, actions.Link(to=about, reason="the same shop"), by="irina")
        for done in (False, True):
            if done:
                opened.act(reference, actions.Unlink(to=about, reason="x"), by="irina")
            page = opened.seen_by("oleg").bundle(reference)
            assert reference in page
            assert about not in page
            assert "the same shop" not in page
            assert "linked, link" not in page
            assert about in opened.seen_by("max").bundle(reference)


@pytest.mark.parametrize("handler", ["max", "oleg"])
def test_a_page_is_made_where_a_part_went_to_a_case_that_is_left_out(handler: str) -> None:
    """What was split off has become confidential; and of a sealed case no other is mentioned at all."""
    with desk() as opened:
        reference = complaint(opened)
        part = opened.act(reference, actions.Split(text="the shop", reason="x"), by="oleg").ties.links[-1].reference
        secret, page_of = (part, reference) if handler == "max" else (reference, reference)
        opened.act(secret, actions.Seal(reason="x", handlers=(handler,)), by="irina")
        page = opened.seen_by("oleg", reason="x").bundle(page_of)
        assert page_of in page
        assert part not in page
        if secret == reference:
            assert part in opened.seen_by("oleg").bundle(part)


@pytest.mark.parametrize("listed", ["cases", "improvements", "outbox"])
def test_a_list_asks_once_what_may_not_be_mentioned(listed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is: a question for each row would make a list of a thousand a thousand queries."""
    with desk() as opened:
        for number in range(6):
            before = complaint(opened)
            opened.act(complaint(opened), actions.Link(to=before), by="irina")
            plan = improving.PlanMeasure(
                title=f"Mend {number}", due=opened.clock() + timedelta(days=9), categories=("unsorted",),
                complaints=(before,),
            )  # fmt: skip
            opened.improve(plan, by=Actor("quirin", {"quality"}))
        asked: list[int] = []
        hidden = type(opened.store).hidden

        def counted(store: Any, references: Iterable[str], seen_by: Onlooker) -> frozenset[str]:
            asked.append(1)
            return hidden(store, references, seen_by)

        monkeypatch.setattr(type(opened.store), "hidden", counted)
        view = opened.seen_by(Actor("quirin", {"quality"}))
        rows = {
            "cases": lambda: view.cases(),
            "improvements": lambda: view.improvements(),
            "outbox": lambda: view.outbox("waiting"),
        }[listed]()
    assert rows
    assert 2 >= len(asked), f"{len(asked)} questions for {len(rows)} rows"
