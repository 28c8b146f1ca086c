"""Gaps and contradictions of a policy: each is found, with its place and what to do; what is shipped has none."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from attrs import evolve

from complaintkit.kit.assembly import policy_of
from complaintkit.policy import Policy
from complaintkit.policy.checking import PolicyFinding, check
from complaintkit.policy.checking.promises import overlap
from complaintkit.policy.standards import For
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.testing import builders
from tests.house.kits import kit

NOW: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
FINAL: Final = {"name": "final", "clock": "final_response", "within": {"days": 14}}
FIRST: Final = {"name": "first", "clock": "first_response", "within": {"days": 2}}
TOLD: Final = {"name": "told", "clock": "acknowledgement", "within": {"hours": 24}}
PROMISES: Final = [FINAL, FIRST, TOLD]


def policy(**stated: Any) -> Policy:
    """Return a policy as settings state it, with the kinds of channels that are built in."""
    with kit() as desk:
        return policy_of(Settings(plugins=PluginsSettings(disable=("folder",)), policy=stated), desk.registry)


def found(held: Policy, where: str, now: datetime = NOW) -> list[PolicyFinding]:
    """Return what is found at a place of a policy."""
    return [one for one in check(held, now) if one.where == where]


def one_of(held: Policy, where: str, words: str, now: datetime = NOW) -> PolicyFinding:
    """Return the one thing that is found at a place with these words."""
    fitting = [one for one in found(held, where, now) if words in one.what]
    assert 1 == len(fitting), check(held, now)
    return fitting[0]


@pytest.mark.parametrize("languages", [["en"], ["en", "ru", "fil"]])
def test_what_is_shipped_has_neither_error_nor_warning(languages: list[str]) -> None:
    """Who sets nothing has no gap and no contradiction; notes say what one should know."""
    assert {"note"} >= {one.level for one in check(policy(languages=languages), NOW)}


def test_a_channel_without_a_promise_is_found() -> None:
    """Complaints by telephone have no final response, and those by form have one only if they are grave."""
    mail, grave = {**FINAL, "channels": ["email"]}, {**FINAL, "channels": ["form"], "severities": ["high"], "name": "2"}
    held = policy(standards=[mail, grave, FIRST, TOLD])
    assert "phone" in one_of(held, "policy.standards", "have no final_response").what
    assert "form" in one_of(held, "policy.standards", "only some have a final_response").what
    assert [] == found(policy(standards=PROMISES), "policy.standards")


def test_two_standards_that_can_both_hold_are_found() -> None:
    """By channel and by severity: a grave e-mail has two promises, and the last one counts."""
    mail, grave = {**FINAL, "name": "mail", "channels": ["email"]}, {**FINAL, "name": "grave", "severities": ["high"]}
    held = policy(standards=[*PROMISES, mail, {**grave, "within": {"days": 3}}])
    told = one_of(held, "policy.standards[4]", "can both hold for one complaint")
    assert "'grave' counts, for it comes last" in told.what
    assert [] == found(policy(standards=[*PROMISES, mail, grave]), "policy.standards[4]"), "they promise the same"
    narrower = {**grave, "channels": ["form"], "within": {"days": 3}}
    assert [] == found(policy(standards=[*PROMISES, mail, narrower]), "policy.standards[4]"), "one is narrower"


def test_a_standard_that_another_hides_is_found() -> None:
    """Of two with the same conditions the first is never used."""
    held = policy(standards=[*PROMISES, {**FINAL, "name": "again", "within": {"days": 3}}])
    assert "is never used" in one_of(held, "policy.standards[3]", "'again' has the conditions of 'final'").what


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {"channels": ("email",)}, True),
        ({"channels": ("email",)}, {"channels": ("form",)}, False),
        ({"categories": ("delivery",)}, {"categories": ("delivery.late",)}, True),
        ({"categories": ("delivery",)}, {"categories": ("refund",)}, False),
        ({"channels": ("email",)}, {"severities": ("high",)}, True),
        ({"channels": ("email",), "products": ("a",)}, {"channels": ("email",), "products": ("b",)}, False),
    ],
)
def test_conditions_overlap_where_a_complaint_can_meet_both(
    one: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    """A condition that is empty holds for all; a category counts with what is below it."""
    assert expected == overlap(For(**one), For(**other)) == overlap(For(**other), For(**one))


@pytest.mark.parametrize(
    ("standard", "where", "words", "level"),
    [
        ({"basis": "statutory", "pausable": True}, ".pausable", "a deadline of the law and would stand still", "error"),
        ({"starts": "review"}, ".starts", "no final_response ever counts", "error"),
        ({"categories": ["refnud"]}, ".categories", "there is no category 'refnud'", "error"),
        ({"channels": ["emial"]}, ".channels", "there is no channel of the kind 'emial'", "warning"),
        ({"longest": {"days": 10}}, ".longest", "no longer than 14 calendar days", "warning"),
        ({"warn": 1.0}, ".warn", "nobody is reminded", "note"),
        ({"chain": [{"at": "0h", "to": "owner"}]}, ".chain", "calls the owner only", "warning"),
        ({"name": "final"}, "", "no deadline tells them apart", "error"),
    ],
)
def test_a_standard_that_contradicts_itself_is_found(
    standard: dict[str, Any], where: str, words: str, level: str
) -> None:
    """What never stands still, never begins, never holds or is never told of is found by itself."""
    held = policy(
        standards=[*PROMISES, {**FINAL, "name": "odd", "segments": ["gold"], **standard}], categories=CATEGORIES
    )  # fmt: skip
    finding = one_of(held, f"policy.standards[3]{where}", words)
    assert level == finding.level
    assert finding.remedy


CATEGORIES: Final = [{"code": "refund", "label": {"en": "Refund"}}]


def test_an_acknowledgement_after_the_answer_is_noted() -> None:
    """Who answers within a day promises nothing by acknowledging within a week."""
    held = policy(standards=[FINAL, FIRST, {**TOLD, "within": {"days": 7}}])
    assert "note" == one_of(held, "policy.standards[2]", "comes later than 'first'").level


def test_more_time_than_the_law_gives_is_found() -> None:
    """Fourteen days, where a pack in use asks for ten working days before holidays: too late for some complaints."""
    long, short = ({**FINAL, "within": {"days": days}} for days in (30, 5))
    law = (builders.a_rule_pack(checked=NOW.date()),)
    held = evolve(policy(standards=[long, FIRST, TOLD]), packs=law)
    assert "warning" == one_of(held, "policy.standards[0].within", "asks for 10 working days").level
    by_hand = evolve(held, packs=(builders.a_rule_pack(checked=NOW.date(), by_hand=True),))
    assert "note" == one_of(by_hand, "policy.standards[0].within", "asks for 10 working days").level
    assert [] == found(evolve(policy(standards=[short, FIRST, TOLD]), packs=law), "policy.standards[0].within")


STAFF: Final = {"irina": {"roles": ["handler"]}, "oleg": {"roles": ["team-lead"]}}


def test_steps_that_call_nobody_are_found() -> None:
    """A role that nobody on the list has, on the ladder, in a chain, as a duty, or for a trigger."""
    chained = {**FINAL, "chain": [{"at": "50%", "to": "lead"}, {"at": "0h", "to": "legal"}], "who": "quality"}
    held = policy(staff=STAFF, standards=[chained, FIRST, TOLD], ladder=[{"after": "0h", "to": "executive"}])
    one_of(held, "policy.ladder[0].to", "nobody on the list has the role 'executive'")
    one_of(held, "policy.standards[0].chain[1].to", "'legal'")
    one_of(held, "policy.standards[0].who", "'quality'")
    assert [] == found(held, "policy.standards[0].chain[0].to"), "oleg leads"
    alone = policy(staff={"irina": {"roles": ["handler"]}}, standards=[chained, FIRST, TOLD])
    one_of(alone, "policy.standards[0].chain[0].to", "'lead' reaches nobody")


def test_what_nobody_on_the_list_may_do_is_found() -> None:
    """Without anybody of legal nobody lifts a legal hold; without anybody who may respond nothing is answered."""
    held = policy(staff=STAFF, standards=PROMISES)
    assert "release_hold" in one_of(held, "policy.staff", "nobody on the list is legal, ").what
    quality = policy(staff={"lena": {"roles": ["quality"]}}, standards=PROMISES)
    assert {"error"} == {one.level for one in found(quality, "policy.staff") if "answer a complaint" in one.what}


def test_a_channel_without_an_owner_is_found() -> None:
    """Owners by kind, and none for all others."""
    held = evolve(policy(standards=PROMISES), owners={"email": "irina"})
    assert "phone" in one_of(held, "policy.owners", "names no owner for").what


@pytest.mark.parametrize(
    ("pack", "words", "level"),
    [
        ({"ends": date(2026, 2, 1)}, "ended on 2026-02-01", "warning"),
        ({"ends": date(2026, 4, 1)}, "ends on 2026-04-01", "note"),
        ({"effective": date(2027, 1, 1)}, "holds from 2027-01-01 on", "note"),
        ({"checked": date(2025, 9, 1)}, "182 days ago", "warning"),
    ],
)
def test_rule_packs_grow_old(pack: dict[str, Any], words: str, level: str) -> None:
    """One that has ended, is about to, has not begun, or that nobody has compared with its source for long."""
    held = evolve(policy(), packs=(builders.a_rule_pack(**{"checked": NOW.date(), **pack}),))
    assert level == one_of(held, "policy.rules.xx-law", words).level
    fresh = evolve(policy(), packs=(builders.a_rule_pack(checked=NOW.date() - timedelta(days=180)),))
    assert [] == found(fresh, "policy.rules.xx-law")


def test_a_calendar_that_knows_no_holidays_is_found() -> None:
    """Where a rule pack counts working days by it that is hardly meant; holidays that end next year are too few."""
    worked = [{**FINAL, "within": {"business_days": 10}}, FIRST, TOLD]
    assert "note" == one_of(policy(standards=worked), "policy.calendars.office", "no public holidays").level
    plain = builders.a_rule_pack(checked=NOW.date(), calendar="office", calendars=())
    held = evolve(policy(), packs=(plain,))
    assert "warning" == one_of(held, "policy.calendars.office", "xx-law counts by it").level
    office = {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": "GB-ENG", "years": [2020, 2026]}
    ending = policy(standards=worked, calendars={"office": office})
    one_of(ending, "policy.calendars.office", "knows holidays until 2026 only")


def test_an_occasion_without_a_text_is_found() -> None:
    """In one of the languages, or in any at all."""
    held = policy(languages=["en", "de"])
    told = one_of(held, "policy.templates.acknowledgement", "there is no text in de")
    assert ("warning", True) == (told.level, "it goes out in en" in told.what)
    bare = evolve(held, templates=tuple(one for one in held.templates if one.occasion != "extension"))
    assert "error" == one_of(bare, "policy.templates.extension", "in any language").level
