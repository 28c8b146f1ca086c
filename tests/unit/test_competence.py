"""Competence: who may decide how much, whose second look a draft needs, and that nobody gets around either."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import NotAllowed, SettingsError, Stage
from complaintkit.case.actions import (
    ACTIONS,
    AnswerRemedy,
    Approve,
    AskApproval,
    Assess,
    ChangeRemedy,
    DeliverRemedy,
    DropRemedy,
    NameStaff,
    OfferRemedy,
    Propose,
    Reopen,
    Resolve,
    Respond,
    SendBack,
    SettleNow,
)
from complaintkit.case.actions.describing import standings
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import ApprovalAsked, Approved, RemedyChanged, RemedyDropped, RemedyPlanned
from complaintkit.case.lifecycle import LIFE_CYCLE
from complaintkit.case.money import Money
from complaintkit.case.precedent import Range
from complaintkit.codec import dump_part, load_part
from complaintkit.escalation import review
from complaintkit.notices import called_for, worded
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from tests.house.kits import MONDAY, kit, said

from .cases import POLICY, SECRET, T0, hours, registered

STAFF = {
    "irina": {"roles": ["handler"]},
    "oleg": {"roles": ["handler"]},
    "lena": {"roles": ["team-lead"]},
    "lev": {"roles": ["team-lead"]},
    "dora": {"roles": ["department"]},
    "ed": {"roles": ["executive"]},
    "lara": {"roles": ["legal"]},
}
OFFICE: Policy = read({"staff": STAFF}, structure)


def office(**competence: Any) -> Policy:
    """Return the policy of an office with these changes of the authority matrix."""
    return read({"staff": STAFF, "competence": competence}, structure)


def do(case: Complaint, action: Any, by: str, policy: Policy = OFFICE, at: float = 2) -> Complaint:
    """Return the case after an action."""
    return case.apply_all(action.decide(case, policy.actor(by), T0 + hours(at), policy))


def assessed(category: str = "refund", severity: str = "", policy: Policy = OFFICE) -> Complaint:
    """Return a case that is being worked on by a handler."""
    return do(registered(), Assess(category=category, severity=severity), "irina", policy, at=1)


def eur(amount: object, type: str = "refund", currency: str = "EUR") -> OfferRemedy:
    """Return the plan of a remedy."""
    return OfferRemedy(type=type, amount=Decimal(str(amount)), currency=currency)


def draft(remedies: tuple[Any, ...], by: str = "irina", policy: Policy = OFFICE, **more: Any) -> Complaint:
    """Return a case with a draft that gives these."""
    case = assessed(policy=policy)
    for one in remedies:
        case = do(case, one, by, policy)
    return do(case, Propose(outcome="upheld", text="You are right.", **more), by, policy)


def asked_of(case: Complaint) -> list[str]:
    """Return who is asked for an approval."""
    return [one.who for one in case.handling.approvals if one.state == "asked"]


# --- limits


@pytest.mark.parametrize(
    ("by", "remedies", "who"),
    [
        ("irina", (eur(50),), []),
        ("irina", (eur("50.01"),), ["team-lead"]),
        ("irina", (eur(501),), ["department"]),
        ("irina", (eur(5001),), ["executive"]),
        ("lena", (eur(500),), []),
        ("lena", (eur(501),), ["department"]),
        ("ed", (eur(9999),), []),
        ("irina", (eur(2000, currency="RUB"),), []),
        ("irina", (OfferRemedy(type="apology"),), []),
        ("irina", (OfferRemedy(type="refund"),), ["executive"]),
        ("irina", (eur(1, currency="CHF"),), ["executive"]),
        ("dora", (eur(1, currency="CHF"),), ["executive"]),
        ("ed", (eur(1, currency="CHF"),), []),
        ("irina", (eur(30), eur(20)), []),
        ("irina", (eur(30), eur(30)), ["team-lead"]),
        ("irina", (eur(30), eur(30, "replacement")), ["team-lead"]),
        ("irina", (eur(50), eur(20, "goodwill")), []),
        ("irina", (eur(50), eur(21, "goodwill")), ["team-lead"]),
        ("irina", (eur(50), eur(3000, currency="PHP")), []),
    ],
)
def test_what_is_within_a_limit_goes_out_and_what_is_beyond_is_asked_for(
    by: str, remedies: tuple[Any, ...], who: list[str]
) -> None:
    """The lowest role that may decide as much is asked, and nothing goes out before; within the limit it does."""
    case = draft(remedies, by)
    assert who == asked_of(case)
    if who:
        with pytest.raises(NotAllowed, match=f"{who[0]} has to approve it first"):
            do(case, Respond(), "ed")
    else:
        assert Stage.RESPONDED is do(case, Respond(), by).stage


def test_nobody_lends_their_limits_to_whoever_changes_their_draft() -> None:
    """What a handler adds to, or changes in, an executive's draft needs the approval that the handler's own would."""
    small = do(
        assessed(), Propose(outcome="upheld", remedy="refund", amount=Decimal(10), currency="EUR", text="10"), "ed"
    )
    raised = ChangeRemedy(remedy="remedy-1", amount=Decimal(9999), reason="x")
    refused = do(assessed(), Propose(outcome="not_upheld", text="No.", reason="It was used for a year."), "ed")
    before = do(do(assessed(), eur(9000), "irina"), Propose(outcome="upheld", text="Yes."), "ed")
    for case in (
        do(small, raised, "irina"),
        do(small, eur(99999, currency="GBP"), "irina"),
        do(do(small, raised, "irina"), ChangeRemedy(remedy="remedy-1", amount=Decimal(5001), reason="y"), "ed"),
        do(refused, eur(10000, "compensation"), "irina"),
        before,
    ):
        assert ["executive"] == list(dict.fromkeys(asked_of(case)))
        for by in ("irina", "ed"):
            with pytest.raises(NotAllowed, match=r"executive.* has to approve it first: .* more than irina may give"):
                do(case, Respond(), by)
            with pytest.raises(NotAllowed, match="has to approve it first"):
                do(case, Respond(text="We pay you 10000 EUR."), by)
        with pytest.raises(NotAllowed, match="ed has had a hand in it"):
            do(case, Approve(), "ed")


def test_whoever_sends_stands_behind_it_too() -> None:
    """What is beyond the sender's own limit goes out by its author, in the words that were drafted, or approved."""
    case = draft((eur(9000),), "ed")
    for text in ("", "We pay you 9000 EUR."):
        with pytest.raises(
            NotAllowed, match=r"9000\.00 EUR .* more than oleg may give: 50.* ed may send it, or executive"
        ):
            do(case, Respond(text=text), "oleg")
    assert Stage.RESPONDED is do(case, Respond(), "ed").stage
    approved = do(draft((eur(600),)), Approve(), "dora")
    assert Stage.RESPONDED is do(approved, Respond(), "oleg").stage


def test_roles_that_a_host_gave_hold_for_the_remedies_planned_with_them() -> None:
    """Who is not listed decides within the roles the host named when they did it; without any, within nobody's."""
    case, chief = assessed(policy=POLICY), Actor("Elena", ("executive",))
    for action in (eur(4000), Propose(outcome="upheld", text="Yes.")):
        case = case.apply_all(action.decide(case, chief, T0 + hours(2), POLICY))
    assert [] == asked_of(case)
    older = evolve(case.settlement.remedies[0], authors=("paul",), hands=())
    case = evolve(case, settlement=evolve(case.settlement, remedies=(older,)))
    with pytest.raises(NotAllowed, match="more than paul may give"):
        do(case, Respond(), "irina", POLICY)


def test_limits_are_data_and_the_widest_that_fits_counts() -> None:
    """A limit of a person, of a category, or of both, widens what somebody may decide; others keep theirs."""
    wider = office(
        limits=[
            {"role": "handler", "up_to": {"EUR": 50}},
            {"person": "Oleg", "up_to": {"EUR": 300}},
            {"role": "handler", "categories": ["delivery-lost"], "remedies": ["refund"], "up_to": {"EUR": "99.90"}},
        ]
    )
    assert [] == asked_of(draft((eur(300),), "oleg", wider))
    assert ["executive"] == asked_of(draft((eur(300),), "irina", wider))
    lost = do(assessed("delivery-lost", policy=wider), eur("99.90"), "irina", wider)
    assert [] == asked_of(do(lost, Propose(outcome="upheld", text="Yes."), "irina", wider))
    assert ["executive"] == asked_of(draft((eur("99.90"),), "irina", wider))


def test_what_is_added_up_apart_is_data() -> None:
    """With goodwill counted together with the rest, the same remedies are beyond the limit."""
    assert ["team-lead"] == asked_of(draft((eur(50), eur(20, "goodwill")), policy=office(apart=[])))


def test_splitting_over_time_evades_nothing() -> None:
    """What was sent earlier counts in the next round, even after it has arrived; what was declined does not."""
    case = do(draft((eur(40),)), Respond(), "irina")
    case = do(case, DeliverRemedy(remedy="remedy-1", evidence="transfer 1"), "irina", at=3)
    again = do(case, Reopen(reason="broke again"), "irina", at=4)
    more = do(do(again, eur(20), "irina", at=5), Propose(outcome="upheld", text="Again."), "irina", at=5)
    assert ["team-lead"] == asked_of(more)
    assert "refund 60.00 EUR in this case is more than irina may give: 50.00 EUR" in str(more.handling.approvals[-1])

    other = do(draft((eur(40),)), Respond(), "irina")
    other = do(other, AnswerRemedy(remedy="remedy-1", taken="declined", evidence="wrote so"), "irina", at=3)
    other = do(other, Reopen(reason="wants a voucher"), "irina", at=4)
    other = do(do(other, eur(50), "irina", at=5), Propose(outcome="upheld", text="Again."), "irina", at=5)
    assert [] == asked_of(other)


def test_what_was_not_taken_cannot_be_taken_later_beside_something_else() -> None:
    """A smaller amount that was accepted makes room for another remedy, and so can never grow back."""
    case = do(draft((eur(50),)), Respond(), "irina")
    case = do(case, AnswerRemedy(remedy="remedy-1", amount=Decimal(10), evidence="x"), "irina", at=3)
    with pytest.raises(NotAllowed, match=r"remedy-1 is 10\.00 EUR; for more than that, plan another"):
        do(case, AnswerRemedy(remedy="remedy-1", amount=Decimal(50), evidence="x"), "irina", at=4)
    with pytest.raises(NotAllowed, match="would be too much"):
        do(case, DeliverRemedy(remedy="remedy-1", amount=Decimal(11), evidence="x"), "irina", at=4)


def test_sums_go_beyond_what_a_single_amount_can_be() -> None:
    """One amount beyond what is sane is refused; what adds up to more, or stands in an older file, is decided on."""
    with pytest.raises(NotAllowed, match="must be above 0 and below 1000000000000, not 999999999999999"):
        do(assessed(), eur(999999999999999), "irina")
    case = do(do(assessed(), eur("999999999999.99"), "irina"), eur("999999999999.99"), "irina")
    older = tuple(evolve(one, amount=Money(Decimal(999999999999999), "EUR")) for one in case.settlement.remedies)
    for remedies, total in ((case.settlement.remedies, "1999999999999.98"), (older, "1999999999999998.00")):
        big = evolve(case, settlement=evolve(case.settlement, remedies=remedies))
        asked = do(big, Propose(outcome="upheld", text="Yes."), "irina").handling.approvals[0]
        assert "executive" == asked.who
        assert f"refund {total} EUR in this case is more than irina may give" in str(asked)
        assert asked == load_part(type(asked), dump_part(asked), {})


@pytest.mark.parametrize("words", ["10000 EUR in cash", "a voucher worth ½ of it", "١٠٠٠ euros"])
def test_a_figure_in_the_words_of_a_remedy_needs_an_amount(words: str) -> None:
    """Money told in free words would be held against no limit: it is refused with where it belongs."""
    told: dict[str, Any] = {"text": "Yes.", "remedy": words}
    for action in (
        Propose(outcome="upheld", **told),
        SettleNow(evidence="x", **told),
        OfferRemedy(type="other", reason=words),
    ):
        with pytest.raises(NotAllowed, match="names a figure: give what it is worth as amount and currency"):
            do(assessed(), action, "irina")
    case = do(assessed(), Propose(outcome="upheld", amount=Decimal(10000), currency="EUR", **told), "irina")
    assert {"executive"} == set(asked_of(case))
    assert [] == asked_of(do(assessed(), Propose(outcome="upheld", text="Yes.", remedy="a bunch of flowers"), "irina"))


def test_a_small_desk_has_limits_by_name() -> None:
    """Where no staff is listed, what one drafts alone is held to the lowest limits, and anybody else approves."""
    case = draft((eur(400),), policy=POLICY)
    assert ["team-lead"] == asked_of(case)
    with pytest.raises(NotAllowed, match="Irina has had a hand in it"):
        do(case, Approve(), " Irina", POLICY)
    approved = do(case, Approve(), "paul", POLICY)
    assert Stage.RESPONDED is do(approved, Respond(), "irina", POLICY).stage


# --- second looks


def test_a_complaint_about_staff_is_looked_at_by_a_superior_and_never_by_that_person() -> None:
    """Whatever the amount, a team lead or somebody above looks; the person it is about does not."""
    case = do(assessed(), NameStaff(names=("lena",), reason="the complainant says so"), "irina")
    case = do(case, Propose(outcome="upheld", remedy="apology", text="We apologise."), "irina")
    assert ["team-lead"] == asked_of(case)
    with pytest.raises(NotAllowed, match="takes team-lead or above; team-lead may"):
        do(case, Approve(), "oleg")
    with pytest.raises(NotAllowed, match="lena"):
        do(case, Approve(), "lena")
    assert Stage.RESPONDED is do(do(case, Approve(), "lev"), Respond(), "irina").stage


def test_a_rule_can_ask_for_two_others_and_for_a_role_beside_the_order() -> None:
    """Two approvals are two people; the legal department's is nobody else's to give."""
    strict = office(
        rules=[
            {"name": "two", "over": {"EUR": 10}, "approvals": 2},
            {"name": "law", "categories": ["refund"], "role": "legal"},
        ]
    )
    case = draft((eur(20),), policy=strict)
    assert ["handler", "handler", "legal"] == asked_of(case)
    one = do(case, Approve(), "oleg", strict)
    with pytest.raises(NotAllowed, match="oleg has approved it already"):
        do(one, Approve(), "oleg", strict)
    two = do(one, Approve(), "lena", strict)
    with pytest.raises(NotAllowed, match="legal may"):
        do(two, Approve(), "dora", strict)
    with pytest.raises(NotAllowed, match="legal has to approve it first: law"):
        do(two, Respond(), "irina", strict)
    done = do(two, Approve(), "lara", strict)
    assert Stage.RESPONDED is do(done, Respond(), "irina", strict).stage
    assert ["oleg", "lena", "lara"] == [one.by for one in done.handling.approvals]


def test_a_rule_holds_where_all_that_it_names_holds() -> None:
    """A rule about refusals of one severity asks for nothing else."""
    rules = [{"name": "grave refusals", "outcomes": ["not_upheld"], "severities": ["normal"], "role": "department"}]
    policy = office(rules=rules)
    refused = Propose(outcome="not_upheld", text="No.", reason="It was used for a year.")
    assert ["department"] == asked_of(do(assessed(policy=policy), refused, "irina", policy))
    assert [] == asked_of(do(assessed(severity="low", policy=policy), refused, "irina", policy))
    assert [] == asked_of(draft((), policy=policy))


# --- who may approve


def test_nobody_approves_their_own_work() -> None:
    """Neither who wrote the draft nor who planned, or changed, a remedy in it can approve it."""
    case = do(assessed(), eur(100), "lena")
    case = do(case, ChangeRemedy(remedy="remedy-1", amount=Decimal(120), reason="with postage"), "lev")
    case = do(case, Propose(outcome="upheld", text="Yes."), "irina")
    for name in ("lena", "LEV"):
        with pytest.raises(NotAllowed, match=r"has had a hand in it \(irina, lena, lev\); somebody else"):
            do(case, Approve(), name)
    assert "dora" == do(case, Approve(), "dora").handling.approvals[0].by


def test_nobody_approves_beyond_their_own_competence() -> None:
    """Who may not decide as much is told who may."""
    case = draft((eur(600),))
    with pytest.raises(
        NotAllowed, match=r"beyond what lena may approve: refund 600\.00 EUR .* 500\.00 EUR; department"
    ):
        do(case, Approve(), "lena")
    with pytest.raises(NotAllowed, match="needs no approval, or has it already"):
        do(do(case, Approve(), "dora"), Approve(), "ed")
    with pytest.raises(NotAllowed, match="approve is for staff"):
        Approve().decide(case, Actor("anna", ("complainant",)), T0 + hours(3), OFFICE)


def test_an_approval_covers_what_was_seen_and_nothing_else() -> None:
    """Another amount, another remedy, other words or another category need another approval; so does a new draft."""
    approved = do(draft((eur(100),)), Approve(), "lena")
    changes: tuple[tuple[Any, str], ...] = (
        (ChangeRemedy(remedy="remedy-1", amount=Decimal(400), reason="more"), "lev"),
        (eur(1), "lev"),
        (Assess(category="billing"), "lev"),
    )
    for change, by in changes:
        changed = do(approved, change, by, at=3)
        with pytest.raises(NotAllowed, match="has to approve it first"):
            do(changed, Respond(), "irina", at=4)
    with pytest.raises(NotAllowed, match="nobody has approved; send_back and propose"):
        do(approved, Respond(text="You get 1000 EUR."), "irina", at=3)
    anew = do(do(approved, SendBack(reason="too dear"), "lena", at=3), Propose(outcome="upheld", text="Y."), "irina")
    assert ["void", "asked"] == [one.state for one in anew.handling.approvals]
    with pytest.raises(NotAllowed, match="has to approve it first"):
        do(anew, Respond(), "irina", at=4)


def test_files_are_approved_with_the_words() -> None:
    """A file that nobody saw cannot go out under an approval; one that was proposed goes with it, and counts."""
    receipt, offer = "a" * 64 + " receipt.pdf", "b" * 64 + " We pay 10000 EUR.pdf"
    case = do(assessed(), eur(100), "irina")
    bare = do(do(case, Propose(outcome="upheld", text="Yes."), "irina"), Approve(), "lena")
    full = do(case, Propose(outcome="upheld", text="Yes.", enclosures=(receipt,)), "irina")
    assert bare.handling.approvals[0].draft != full.handling.approvals[0].draft
    full = do(full, Approve(), "lena")
    for approved, files in ((bare, (offer,)), (full, (offer,)), (full, (receipt, offer)), (full, ("a" * 64,))):
        with pytest.raises(NotAllowed, match="these files nobody has approved; send_back and propose with them"):
            do(approved, Respond(enclosures=files), "irina", at=3)
    for files in ((), (receipt,)):
        sent = do(full, Respond(enclosures=files), "irina", at=3).settlement.responses[0]
        assert ["a" * 64] == [one.digest for one in sent.enclosures]
    assert () == do(bare, Respond(), "irina", at=3).settlement.responses[0].enclosures


def test_a_change_asks_anew_and_what_is_within_the_limit_again_asks_nobody() -> None:
    """Changing a draft that waits renews the request; dropping what was too much ends it."""
    case = do(draft((eur(100),)), eur(600), "irina", at=3)
    assert [("void", "team-lead"), ("asked", "department")] == [(one.state, one.who) for one in case.handling.approvals]
    assert [False, True] == [clock.running for clock in case.clocks if clock.kind == "approval"]
    less = do(case, DropRemedy(remedy="remedy-2", reason="too much"), "irina", at=4)
    less = do(less, ChangeRemedy(remedy="remedy-1", amount=Decimal(50), reason="without postage"), "irina", at=4)
    assert [] == asked_of(less)
    assert not any(clock.running for clock in less.clocks if clock.kind == "approval")
    assert Stage.RESPONDED is do(less, Respond(), "irina", at=5).stage


def test_what_came_to_need_a_look_is_asked_for_once_more() -> None:
    """A case that has become critical since the draft needs a look that nobody was asked for; asking is an action."""
    case = draft((), finding="the gas pipe was loose")
    with pytest.raises(NotAllowed, match="needs no approval"):
        do(case, AskApproval(), "irina")
    critical = do(case, Assess(category="safety", severity="critical"), "irina", at=3)
    with pytest.raises(NotAllowed, match="team-lead has to approve it first: the severity is critical"):
        do(critical, Respond(), "irina", at=4)
    asked = do(critical, AskApproval(), "irina", at=4)
    assert ["team-lead"] == asked_of(asked)
    with pytest.raises(NotAllowed, match=r"asked for already: team-lead \(approval-1\)"):
        do(asked, AskApproval(), "irina", at=5)
    assert Stage.RESPONDED is do(do(asked, Approve(), "lena", at=5), Respond(), "irina", at=6).stage


# --- the request


def test_the_request_shows_draft_amounts_and_what_was_given_before() -> None:
    """Who may approve gets the draft, the reasons with their figures, the range of precedents, and a date."""
    case = do(do(assessed(), eur(600), "irina"), eur(5, "goodwill"), "irina")
    past = {("refund", "refund", "EUR"): Range(count=12, lowest=Decimal(5), median=Decimal(40), highest=Decimal(300))}
    action = Propose(outcome="partly_upheld", text="You get 600.")
    ask = action.asked(
        case, OFFICE.actor("irina"), T0 + hours(2), OFFICE, past=lambda *which: past.get(which)
    )  # fmt: skip
    entries = action.entries(ask)
    after = case.apply_all(entries)
    notice = next(one for one in called_for(after, entries, OFFICE, SECRET) if one.occasion == "approval")
    body = worded(notice, OFFICE).body
    assert "department" == notice.recipient
    assert "- refund: 600.00 EUR in this case; the author of the draft may give 50.00 EUR" in body
    assert "- refund, EUR: 12 decided before; lowest 5.00, middle 40.00, highest 300.00" in body
    assert "- goodwill, EUR: no precedent in this category" in body
    assert {
        "- goodwill: 5.00 EUR",
        "Decision: partly upheld",
        "Drafted by: irina",
        "You get 600.",
        "Until: 2026-03-04",
    } <= {line.strip() for line in body.splitlines()}
    clock = after.named("approval-1")
    assert clock is not None
    assert ("department", "2026-03-04") == (clock.who, f"{clock.due_at:%Y-%m-%d}")


def test_the_request_is_in_the_language_of_the_house() -> None:
    """Figures and reasons come in the words of that language, not in English."""
    russian = read({"staff": STAFF, "languages": ["ru"]}, structure)
    case = do(do(assessed(policy=russian), OfferRemedy(type="refund"), "irina"), eur(70000, currency="RUB"), "irina")
    case = do(case, NameStaff(names=("oleg",), reason="x"), "irina", russian)
    action = Propose(outcome="upheld", text="Вы правы.")
    entries = action.decide(case, russian.actor("irina"), T0 + hours(2), russian)
    notice = next(
        one for one in called_for(case.apply_all(entries), entries, russian, SECRET) if one.occasion == "approval"
    )
    body = worded(notice, russian).body
    assert "возврат денег: сумма не указана" in body
    assert "возврат денег: по этому делу 70000.00 RUB; предел автора проекта: 5000.00 RUB" in body
    assert "жалоба касается сотрудника" in body
    assert "прежних решений в этой категории нет" in body


def test_a_confidential_draft_does_not_travel() -> None:
    """The request for a look at a confidential case goes to who may know of it, and names figures, not words."""
    case = assessed()
    hidden = evolve(case, secrecy="restricted", handling=evolve(case.handling, handlers=("irina", "team-lead")))
    propose = Propose(outcome="upheld", remedy="refund", text="Sealed words")
    entries = propose.decide(hidden, OFFICE.actor("irina"), T0 + hours(2), OFFICE)
    told = called_for(hidden.apply_all(entries), entries, OFFICE, SECRET)
    notice = next(one for one in told if one.occasion == "approval")
    assert "Sealed words" not in worded(notice, OFFICE).body
    alone = evolve(hidden, handling=evolve(case.handling, handlers=("irina",)))
    assert "team-lead" not in {one.recipient for one in called_for(alone.apply_all(entries), entries, OFFICE, SECRET)}


def test_the_author_hears_what_became_of_the_draft() -> None:
    """An approval and a draft sent back are told to who wrote it; the reason stays with the request."""
    case = draft((eur(100),))
    approve = Approve(words="fits").decide(case, OFFICE.actor("lena"), T0 + hours(3), OFFICE)
    told = called_for(case.apply_all(approve), approve, OFFICE, SECRET)
    assert [("approved", "irina")] == [(one.occasion, one.recipient) for one in told]
    back = SendBack(reason="say when").decide(case, OFFICE.actor("lena"), T0 + hours(3), OFFICE)
    after = case.apply_all(back)
    assert {("sent_back", "irina"), ("sent_back", "desk")} == {
        (one.occasion, one.recipient) for one in called_for(after, back, OFFICE, SECRET)
    }
    assert ("sent_back", "lena", "say when") == (
        after.handling.approvals[0].state, after.handling.approvals[0].by, str(after.handling.approvals[0].words),
    )  # fmt: skip


def test_a_look_that_nobody_takes_is_a_broken_promise() -> None:
    """The request has a clock of its own: reminded, then overdue, then escalated like any other."""
    case = draft((eur(100),))
    entries = review(case, (), OFFICE, T0 + hours(65))
    assert ["overdue", "escalated"] == [
        one.kind for one in entries if getattr(one, "clock", "") == "approval-1"
    ]  # fmt: skip


# --- settings


@pytest.mark.parametrize(
    ("competence", "path"),
    [
        ({"limits": [{"role": "handler", "remedies": ["refund"]}]}, r"limits\[0\]: is about money"),
        ({"limits": [{"role": "handler", "up_to": {"euro": 5}}]}, r"limits\[0\]\.up_to\.euro"),
        ({"limits": [{"role": "handler", "up_to": {"EUR": -5}}]}, r"limits\[0\]\.up_to\.EUR"),
        ({"limits": [{"role": "handler", "up_to": {"EUR": True}}]}, r"limits\[0\]\.up_to\.EUR"),
        ({"limits": [{"role": "handler", "up_to": 50}]}, r"limits\[0\]\.up_to: must be amounts"),
        ({"limits": [{"rolle": "handler"}]}, r"limits\[0\]\.rolle: there is no such key; did you mean 'role'"),
        ({"limits": [{"remedies": ["cake"], "unlimited": True}]}, r"limits\[0\]\.remedies\[0\]"),
        ({"limits": [{"categories": ["no-such"], "unlimited": True}]}, "no category 'no-such'"),
        ({"limits": {"role": "handler"}}, "limits: must be a list"),
        ({"limits": ["handler"]}, r"limits\[0\]: must be a table"),
        ({"rules": [{"name": "x", "approvals": 0}]}, r"rules\[0\]\.approvals"),
        ({"order": []}, "order: is empty"),
    ],
)
def test_slips_in_the_matrix_are_named_with_their_place(competence: dict[str, Any], path: str) -> None:
    """A wrong row stops the kit with the path of what is wrong, rather than letting anything through."""
    with pytest.raises(SettingsError, match=path):
        read({"competence": competence}, structure)


# --- whatever is done, in whatever order

LIMITS = {"irina": 50, "oleg": 50, "lena": 500, "dora": 5000, "ed": 10**9}
PLAIN = office(
    apart=[],
    rules=[],
    limits=[
        {"role": "handler", "up_to": {"EUR": 50}},
        {"role": "team-lead", "up_to": {"EUR": 500}},
        {"role": "department", "up_to": {"EUR": 5000}},
    ],
)
# Most steps go on with the case, so that much goes out; the rest does whatever may be in the way of that.
MOVES: dict[str, Callable[[Complaint, int], Any]] = {
    "offer_remedy": lambda case, amount: eur(amount),
    "change_remedy": lambda case, amount: ChangeRemedy(
        remedy=latest(case), amount=Decimal(amount), currency="EUR", reason="x"
    ),
    "drop_remedy": lambda case, amount: DropRemedy(remedy=latest(case), reason="x"),
    "propose": lambda case, amount: Propose(outcome="upheld", text="Yes."),
    "approve": lambda case, amount: Approve(),
    "ask_approval": lambda case, amount: AskApproval(),
    "respond": lambda case, amount: Respond(text="" if amount != 45 else "You get 45 EUR more."),
    "send_back": lambda case, amount: SendBack(reason="x"),
    "settle_now": lambda case, amount: SettleNow(
        text="Yes.", evidence="x", remedy="refund", amount=Decimal(amount), currency="EUR"
    ),
    "answer_remedy": lambda case, amount: AnswerRemedy(
        remedy=latest(case), taken=("accepted", "declined")[amount % 2], evidence="x"
    ),
    "deliver_remedy": lambda case, amount: DeliverRemedy(remedy=latest(case), evidence="x"),
    "reopen": lambda case, amount: Reopen(reason="x"),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*MOVES, "propose", "approve", "approve", "respond", "respond", "respond", "reopen", "reopen")),
        st.sampled_from(tuple(LIMITS)),
        st.sampled_from((10, 45, 60, 301, 600)),
    ),
    min_size=30,
    max_size=60,
)


def latest(case: Complaint) -> str:
    """Return the name of the latest remedy, or of one that is not there."""
    return case.settlement.remedies[-1].name if case.settlement.remedies else "remedy-1"


class Ledger:
    """Keeps, from the entries alone and by rules of its own, who stands behind what goes out."""

    def __init__(self) -> None:
        self.author = ""
        self.hands: dict[str, set[str]] = {}
        self.approvers: set[str] = set()
        self.sent = 0

    def see(self, entry: Entry, case: Complaint) -> None:
        """Take note of one entry, and check what went out with it."""
        if isinstance(entry, RemedyPlanned | RemedyChanged):
            self.hands.setdefault(entry.remedy, set()).add(entry.by)
            self.approvers = set()
        elif isinstance(entry, RemedyDropped):
            self.hands.pop(entry.remedy)
            self.approvers = set()
        elif entry.kind == "sent_back":
            self.hands = {one.name: self.hands[one.name] for one in case.settlement.remedies if one.planned}
        elif isinstance(entry, ApprovalAsked):
            assert entry.approval.who in ("team-lead", "department", "executive")
        elif entry.kind == "proposed":
            self.author, self.approvers = entry.by, set()
        elif isinstance(entry, Approved):
            self.approvers.add(entry.by)
            assert entry.by not in self._all() | {self.author}
        elif entry.kind in ("responded", "settled_now"):
            draft = set() if entry.kind == "settled_now" else {self.author}
            self._check({entry.by} | draft | self._all(), case)
            self.approvers, self.hands = set(), {}

    def _all(self) -> set[str]:
        return set().union(*self.hands.values())

    def _check(self, authors: set[str], case: Complaint) -> None:
        self.sent += 1
        total = sum(
            (one.accepted or one.amount or Money(Decimal(1), "EUR")).amount
            for one in case.settlement.remedies
            if one.offered_at and not one.declined_at
        )
        entitled = {name for name in self.approvers if total <= LIMITS[name]}
        narrowest = min(LIMITS[name] for name in authors)
        assert total <= narrowest or entitled, f"{total} by {authors}, approved by {self.approvers}"


@settings(max_examples=300)
@given(STEPS)
def test_no_sequence_of_actions_sends_more_than_somebody_entitled_stands_behind(
    steps: list[tuple[str, str, int]],
) -> None:
    """What went out in all is within the limit of each who worked on it and sent it, or approved by another person."""
    case, ledger, at = assessed(policy=PLAIN), Ledger(), 2.0
    for kind, by, amount in steps:
        if (kind, case.stage) not in LIFE_CYCLE:
            continue
        at += 1
        try:
            entries = MOVES[kind](case, amount).decide(case, PLAIN.actor(by), T0 + hours(at), PLAIN)
        except NotAllowed:
            continue
        for entry in entries:
            case = case.apply(entry)
            ledger.see(entry, case)
        for one in case.settlement.remedies:
            arrived = one.delivered.amount if one.delivered else Decimal(0)
            assert arrived == 0 or (one.offered_at and one.amount and arrived <= one.amount.amount)


def test_the_desk_looks_up_what_was_given_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The range comes from the store, before anything is written, and only for who asks; a wide one is shown whole."""
    desk = kit()
    looked: list[tuple[str, str, str]] = []
    ranges, begin = desk.desk.store.remedy_range, desk.desk.store.begin
    open_units: list[int] = []

    def begun(*given: Any, **more: Any) -> Any:
        open_units.append(len(looked))
        return begin(*given, **more)

    monkeypatch.setattr(desk.desk.store, "remedy_range", lambda *which: looked.append(which) or ranges(*which))
    monkeypatch.setattr(desk.desk.store, "begin", begun)
    for number, amount in enumerate((20, 30, 400), 1):
        reference = desk.open(said(f"Broken {number}", f"anna{number}"), now=MONDAY).reference
        for action in (Assess(category="product-quality"), eur(amount), Propose(outcome="upheld", text="Yes.")):
            desk.act(reference, action, by="irina", now=MONDAY + hours(number))
        if amount < 50:
            desk.act(reference, Respond(), by="irina", now=MONDAY + hours(number))
            desk.act(reference, Resolve(evidence="thanked"), by="irina", now=MONDAY + hours(number))
    (approval,) = desk.case(reference).handling.approvals
    (measure,) = approval.precedents
    assert (2, Decimal(20), Decimal(25), Decimal(30)) == (
        measure.count, measure.lowest, measure.median, measure.highest,
    )  # fmt: skip
    assert {("product-quality", "refund", "EUR")} == set(looked)
    assert open_units[-1] == len(looked)


def test_what_stands_in_the_way_shows_before_anybody_tries() -> None:
    """Whoever looks at what is possible now sees who has to approve, and why oneself cannot."""
    case = draft((eur(600),))

    def why_not(by: str) -> dict[str, str]:
        shown = standings(ACTIONS, case, OFFICE.actor(by), OFFICE)
        return {one.action: one.why_not for one in shown if one.action in ("respond", "approve", "send_back")}

    assert why_not("irina")["respond"].startswith("department has to approve it first: refund 600.00 EUR")
    assert why_not("irina")["approve"].startswith("irina has had a hand in it")
    assert "beyond what lena may approve" in why_not("lena")["approve"]
    assert {"approve": "", "send_back": ""}.items() <= why_not("dora").items()
