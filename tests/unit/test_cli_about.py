"""What a complaint is about, as people read it on the command line."""

from datetime import UTC, timedelta
from decimal import Decimal

import pytest

from complaintkit.app import actions
from complaintkit.case.entries import Described, FieldSet, RepeatFound
from complaintkit.case.parts import Content
from complaintkit.cli.timeline import say_case, told
from tests.unit.cases import T0, act, registered


def test_what_it_is_about_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Parties, points, wishes with their gap, needs, own fields and repeats are shown; a need is no promise."""
    case = registered()
    for action in (
        actions.Describe(product="kettle", expected="that it boils", goal="money", reach=90, publish="no"),
        actions.AddParty(role="representative", full_name="Boris", email="boris@example.org"),
        actions.AddPoint(text="The lid is loose.", problem="product-quality", target="product"),
        actions.AddDemand(kind="refund", amount=Decimal(20), currency="EUR", legal_basis="the warranty"),
        actions.Restate(text="It does not boil."),
        actions.AddNeed(
            kind="health", text="hard of hearing", support="write", consent="said so", until=T0 + timedelta(days=9)
        ),
    ):
        case = act(case, action, T0)
    case = case.apply(FieldSet(field="warranty", value="shop", at=T0, by="irina"))
    case = case.apply(RepeatFound(earlier="CK-2222-2222", at=T0, by="complaintkit"))
    say_case(case, (), UTC, T0)
    shown = capsys.readouterr().out
    for words in (
        "product       kettle",
        "seen by       90 people",
        "publication   not agreed",
        "party-1       representative: Boris, boris@example.org; speaks for complainant, which nobody has shown yet",
        "point-1       The lid is loose. (product-quality, aimed at product)",
        "demand-1      refund of 20.00 EUR, by the warranty",
        "missing       20.00 EUR",
        "in our words  It does not boil. (not yet confirmed)",
        "warranty      shop",
        "repeat        same person: CK-2222-2222",
        "need-1        health: hard of hearing; write (kept until 2026-03-11 08:00)",
    ):
        assert f"{words}\n" in shown
    assert "need  " not in shown.partition("Promises")[2]


def test_every_sealed_text_of_an_entry_is_told() -> None:
    """Words that are neither in the phrase nor the words of the entry stand below it by their names."""
    described = Described(
        what="expected, evidence",
        expected=Content.of("that it boils"),
        evidence=(Content.of("a photo"),),
        at=T0,
        by="x",
    )
    lines = list(told(described, UTC))
    assert ["| expected: that it boils", "| evidence: a photo"] == [line.strip() for line in lines[1:]]
