"""Escalations of cases: what calls somebody higher up, whom, that they say they have seen it, and how it ends."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import Message, NotAllowed, NotFound, Notifier, SettingsError, Severity
from complaintkit.app import Actor, ComplaintKit, actions
from complaintkit.case.actions import Action
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    Assessed,
    Described,
    EscalationPassed,
    Linked,
    MessageFiled,
    Overdue,
    RepeatFound,
    SituationNoted,
    TensionFlagged,
)
from complaintkit.case.escalations import ESCALATION, Escalation, EscalationState, Line
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, sealed_person
from complaintkit.case.repeats import RepeatKind
from complaintkit.case.telling import Reach
from complaintkit.case.ties import Tie
from complaintkit.derived import consequences
from complaintkit.derived.triggers import SIGNS as LOOKS
from complaintkit.message import Delivery, Notice
from complaintkit.policy.escalations import SIGNS
from complaintkit.policy.reading import read
from complaintkit.settings import PluginsSettings, Settings, structure
from tests.house.kits import MONDAY, folded, kit

from .cases import ANNA, POLICY, T0, hours, registered

STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler"], "reports_to": "lena"},
    "oleg": {"roles": ["handler"], "reports_to": "lena", "deputy": "irina"},
    "lena": {"roles": ["team-lead"], "reports_to": "dora"},
    "dora": {"roles": ["department"]},
    "eva": {"roles": ["executive"]},
    "leo": {"roles": ["legal"]},
}
PEOPLE: Any = read({"staff": STAFF}, structure)
STANDARD = {"name": "fast", "clock": "first_response", "within": {"hours": 2}}
COMPLAINANT = Actor("the complainant", {"complainant"})
NINE = MONDAY + hours(1)
AT: dict[str, Any] = {"at": T0, "by": "irina"}


class Told(list[Notice]):
    """Everything that was delivered."""

    def send(self, notice: Notice) -> Delivery:
        """Take a notice."""
        self.append(notice)
        return Delivery("sent")

    def of(self, occasion: str) -> list[str]:
        """Return who was told on an occasion, in order."""
        return [one.recipient for one in self if one.occasion == occasion]


def a_desk(told: Told, **policy: Any) -> ComplaintKit:
    """Return a kit with a list of staff; `told` gathers its notices."""
    settings_ = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF, **policy})
    return kit([Notifier("told", ["*"], told.send)], settings=settings_)


@pytest.fixture
def told() -> Told:
    """Return what will have been delivered."""
    return Told()


@pytest.fixture
def desk(told: Told) -> Iterator[ComplaintKit]:
    """Yield a desk where six people work."""
    with a_desk(told) as opened:
        yield opened


def new(desk: ComplaintKit, at: datetime = MONDAY) -> str:
    """Take a complaint down, have it assessed, and return its reference."""
    message = Message(text="It broke.", sender=ANNA, language="en", message_id=f"<{at:%H}@example.org>")
    reference = desk.open(message, by="irina", channel="email", now=at).reference
    desk.work(at)
    return reference


def done(
    desk: ComplaintKit, reference: str, action: Action, by: str | Actor = "irina", at: datetime = NINE
) -> Complaint:
    """Do something, let the notices go out, and return the case."""
    case = desk.act(reference, action, by=by, now=at)
    desk.work(at)
    assert case.owner == desk.case(reference).owner
    return desk.case(reference)


def only(case: Complaint) -> Escalation:
    """Return the only escalation of a case."""
    (one,) = case.handling.escalations
    return one


def assessed(severity: Severity = Severity.NORMAL, category: str = "refund") -> Assessed:
    """Return the entry of an assessment."""
    return Assessed(stage=Stage.IN_PROGRESS, category=category, severity=severity, confirmed=True, **AT)


def message(channel: str, verified: bool = True, automatic: bool = False) -> MessageFiled:
    """Return the entry of a further message."""
    return MessageFiled(
        channel=channel, envelope=2, person=sealed_person(ANNA), title=Content.of(""), text=Content.of("And?"),
        verified=verified, automatic=automatic, **AT,
    )  # fmt: skip


def repeat(*earlier: str, kind: RepeatKind = RepeatKind.SAME_MATTER, channels: tuple[str, ...] = ()) -> RepeatFound:
    """Return the entry of earlier complaints that were found."""
    return RepeatFound(earlier=earlier[0], more=earlier[1:], kind_of_repeat=kind, channels=channels, **AT)


def followed(*entries: Entry, policy: Any = PEOPLE, case: Complaint | None = None) -> Complaint:
    """Return a case after entries, each with what follows of itself; it is assessed first."""
    case = case or evolve(registered(), owner="irina")
    for entry in (assessed(), *entries):
        case = case.apply(entry)
        case = case.apply_all(consequences.of(case, (entry,), policy, entry.at))
    return case


def calls(case: Complaint) -> dict[str, tuple[str, int]]:
    """Return who is called, and on which level, by rule."""
    return {rule: (one.to, one.level) for one in case.handling.escalations for rule in one.rules}


# --- what calls


@pytest.mark.parametrize(
    ("entries", "called"),
    [
        ((), {}),
        ((assessed(Severity.HIGH),), {}),
        ((assessed(Severity.CRITICAL),), {"critical": ("lena", 1), "safety": ("lena", 1)}),
        ((assessed(category="safety"),), {"safety": ("lena", 1)}),
        ((SituationNoted(situation="threat", reason=Content.of("says so"), **AT),), {"threat": ("lena", 1)}),
        ((SituationNoted(situation="legal", reason=Content.of("says so"), **AT),), {}),
        ((Described(what="reach", reach=Reach(people=999), **AT),), {}),
        ((Described(what="reach", reach=Reach(people=1000), **AT),), {"media": ("lena", 1)}),
        (
            (Described(what="reach", reach=Reach(people=20_000), **AT),),
            {"media": ("lena", 1), "widely-seen": ("department", 2)},
        ),
        ((repeat("A"),), {}),
        ((repeat("A", "B"),), {"repeated": ("lena", 1)}),
        ((repeat("A"), Linked(tie=Tie.REPEAT_OF, reference="B", **AT)), {"repeated": ("lena", 1)}),
        ((repeat("A"), Linked(tie=Tie.REPEAT_OF, reference="A", **AT)), {}),
        ((repeat("A", "B", kind=RepeatKind.OTHER_MATTER),), {}),
        ((repeat("A", "B", kind=RepeatKind.OTHER_PEOPLE),), {}),
        ((repeat("A", kind=RepeatKind.ABOUT_HANDLING),), {"about-handling": ("lena", 1)}),
        ((Linked(tie=Tie.ABOUT_HANDLING_OF, reference="A", **AT),), {"about-handling": ("lena", 1)}),
        ((TensionFlagged(level=3, text=Content.of("shouts"), **AT),), {}),
        ((TensionFlagged(level=4, text=Content.of("threatens"), **AT),), {"abuse": ("lena", 1)}),
        ((message("phone"), message("email"), message("phone")), {}),
        ((message("phone"), message("social")), {"third-channel": ("lena", 1)}),
        ((message("phone"), message("social", verified=False)), {}),
        ((message("phone"), message("social", automatic=True)), {}),
        (
            (message("phone"), message("social"), message("letter")),
            {"third-channel": ("lena", 1), "fourth-channel": ("department", 2)},
        ),
        ((message("executive"),), {"executive": ("executive", 3)}),
        ((repeat("A", channels=("phone", "social")),), {"third-channel": ("lena", 1)}),
        ((repeat("A", channels=("email", "phone")), message("social")), {"third-channel": ("lena", 1)}),
        ((repeat("A", kind=RepeatKind.OTHER_MATTER, channels=("phone", "social")),), {}),
    ],
)  # fmt: skip
def test_what_calls_whom(entries: tuple[Entry, ...], called: dict[str, tuple[str, int]]) -> None:
    """Gravity, repeats, ever more channels, public reach, tension: each by its rule, the one above the owner first."""
    assert called == calls(followed(*entries))


@pytest.mark.parametrize(
    ("on", "entry"),
    [
        ("publish", Described(what="publish", publish=True, **AT)),
        ("reach", message("social")),
        ("reach", SituationNoted(situation="media", reason=Content.of("says so"), **AT)),
        ("reach:3", Described(what="reach", reach=Reach(people=3), **AT)),
        ("channel:phone", message("phone")),
        ("repeat:other_people", repeat("A", kind=RepeatKind.OTHER_PEOPLE)),
        ("severity:high", assessed(Severity.CRITICAL)),
        ("tension:1", TensionFlagged(level=2, text=Content.of("sighs"), **AT)),
    ],
)
def test_a_rule_of_ones_own_calls_whom_it_names(on: str, entry: Entry) -> None:
    """Sign, person, line, level and time are the policy's; where the conditions do not hold it is silent."""
    own = {"on": on, "to": "Leo", "line": "functional", "level": 4, "acknowledge_within": {"minutes": 30}}
    triggers = {"ours": own, "not": {**own, "categories": ["privacy"]}, "off": {**own, "enabled": False}}
    policy = read({"staff": STAFF, "escalations": {"triggers": triggers}}, structure)
    case = followed(entry, policy=policy)
    one = next(one for one in case.handling.escalations if "ours" in one.rules)
    assert ("leo", 4, Line.FUNCTIONAL, ("ours",)) == (one.to, one.level, one.line, one.rules)
    clock = case.named(one.clock)
    assert clock is not None
    assert ("leo", T0 + timedelta(minutes=30)) == (clock.who, clock.due_at)


def test_the_time_of_a_rule_stands_whatever_is_assessed_later() -> None:
    """An hour for safety does not become half a day because the standard for others says so."""
    case = followed(assessed(category="safety"), assessed(Severity.LOW, category="refund"))
    assert T0 + hours(1) == case.named("escalation-1").due_at  # type: ignore[union-attr]
    silent = read({"staff": STAFF, "standards": [STANDARD]}, structure)
    case = followed(repeat("A", "B"), assessed(Severity.HIGH), policy=silent)
    assert T0 + hours(8) == case.named("escalation-1").due_at  # type: ignore[union-attr]


def test_each_rule_speaks_once_in_a_case_whatever_is_edited() -> None:
    """What it looks at may go and come back: nobody is called again, and not after the end of the escalation either."""
    back = (assessed(Severity.LOW), assessed(Severity.CRITICAL), assessed(Severity.LOW), assessed(Severity.CRITICAL))
    case = followed(assessed(Severity.CRITICAL), *back)
    assert ("critical", "safety") == only(case).rules
    ended = case.apply_all(
        actions.DeEscalate(reason="r", evidence="e").decide(case, PEOPLE.actor("lena"), T0 + hours(1), PEOPLE)
    )
    again = followed(assessed(Severity.CRITICAL), policy=PEOPLE, case=ended)
    assert EscalationState.ENDED is only(again).state


def test_rules_that_show_together_make_one_call() -> None:
    """The same person is not called twice for one message; what comes later is news."""
    grave = assessed(Severity.CRITICAL, category="safety")
    case = followed(grave, SituationNoted(situation="media", reason=Content.of("says so"), **AT))
    assert [("critical", "safety"), ("media",)] == [one.rules for one in case.handling.escalations]
    assert "severity is critical; special situation: safety" == str(case.handling.escalations[0].reason)


def test_nothing_calls_before_the_assessment_nor_after_the_end() -> None:
    """What is told before is looked at with the assessment; an ended case calls nobody."""
    case = registered()
    assert () == consequences.of(case, (message("phone"),), PEOPLE, T0)
    grave = evolve(followed().apply(assessed(Severity.CRITICAL)), stage=Stage.CLOSED)
    assert () == consequences.of(grave, (message("phone"),), PEOPLE, T0)


def test_every_sign_has_its_look() -> None:
    """What settings may name is what the rules look at."""
    assert set(SIGNS) == set(LOOKS)


@pytest.mark.parametrize(
    ("trigger", "key", "says"),
    [
        ({"on": "gravity:high"}, "on", "begins with none of severity, repeat"),
        ({"on": "severity"}, "on", "after severity comes a colon and low, normal, high, critical"),
        ({"on": "severity:grave"}, "on", "after severity comes"),
        ({"on": "repeat:0"}, "on", "a whole number from 1 up, or same_person"),
        ({"on": "channel_hop:many"}, "on", "a whole number from 1 up"),
        ({"on": "channel:"}, "on", "a channel or a kind of channel"),
        ({"on": "reach:"}, "on", "a whole number from 1 up"),
        ({"on": "publish:yes"}, "on", "after publish comes nothing"),
        ({"on": "situation:flood"}, "on", "a colon and legal, media"),
        ({"on": "request", "to": "rota"}, "to", "by the chain of a clock only"),
        ({"on": "request", "to": "nobody"}, "to", "neither a person nor a role called 'nobody'"),
        ({"on": "request", "line": "up"}, "line", "hierarchical"),
        ({"on": "request", "levle": 1}, "levle", "did you mean 'level'"),
        ({}, "on", "is missing"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(trigger: dict[str, Any], key: str, says: str) -> None:
    """With its place, and what could stand there."""
    with pytest.raises(SettingsError) as wrong:
        read({"staff": STAFF, "escalations": {"triggers": {"ours": trigger}}}, structure)
    assert f"policy.escalations.triggers.ours.{key}" == wrong.value.path
    assert says in wrong.value.problem


def test_settings_change_single_keys_of_what_is_shipped() -> None:
    """A shipped rule is sent elsewhere or turned off by its name; texts likewise; an unknown table is refused."""
    given = {
        "triggers": {"critical": {"to": "executive"}, "media": {"enabled": False}},
        "told": {"asked": {"en": "We heard you."}},
    }
    read_ = read({"staff": STAFF, "escalations": given}, structure).escalations
    assert ("executive", "severity:critical") == (read_.trigger("critical").to, read_.trigger("critical").on)
    assert read_.trigger("media").enabled is False
    assert ("We heard you.", "Вы попросили") == (read_.say("asked", "en"), read_.say("asked", "ru")[:12])
    with pytest.raises(SettingsError, match="triggers and told"):
        read({"escalations": {"rules": {}}}, structure)


def test_one_complaint_that_rises_from_mail_to_the_head_of_the_company(desk: ComplaintKit, told: Told) -> None:
    """E-mail, then the telephone, then social media, then the head of the company: one case, three calls, one each."""
    reference = new(desk)
    for place, channel in enumerate(("phone", "social", "social", "executive", "executive"), 1):
        more = Message(text=f"And {place}?", sender=ANNA, message_id=f"<{place}@a>", answers=("<08@example.org>",))
        assert reference == desk.open(more, channel=channel, now=MONDAY + hours(place)).reference
        desk.work(MONDAY + hours(place))
    case = desk.case(reference)
    assert ("phone", "social", "executive") == case.handling.channels
    expected = {"third-channel": ("lena", 1), "fourth-channel": ("department", 2), "executive": ("executive", 3)}
    assert expected == calls(case)
    assert ["lena", "department", "executive"] == list(dict.fromkeys(told.of("escalation_called")))
    assert 3 == case.level


def test_a_complaint_anew_by_another_channel_is_the_same_one_rising(desk: ComplaintKit) -> None:
    """Nobody named the earlier cases: they are found, and their channels count here."""
    for place, channel in enumerate(("email", "phone", "social")):
        now = MONDAY + timedelta(days=place)
        text = "The refund for my kettle has not come. I want my money back."
        last = desk.open(Message(text=text, sender=ANNA), by="irina", channel=channel, now=now).reference
        desk.work(now)
    assert {"third-channel", "repeated"} <= set(calls(desk.case(last)))


# --- asked for, granted, refused


def test_a_complainant_asks_for_somebody_higher_up_and_gets_them(desk: ComplaintKit, told: Told) -> None:
    """Whoever is above the owner decides; the complainant hears it, and the status says no more than is so."""
    reference = new(desk)
    code = desk.code(reference)
    case = done(desk, reference, actions.AskEscalation(reason="Get me your boss!"), COMPLAINANT)
    one = only(case)
    assert (True, "lena", EscalationState.ASKED) == (one.complainant, one.to, one.state)
    assert ("irina", 0) == (case.owner, case.level)
    assert (["lena"], ["irina"]) == (told.of("escalation_asked"), told.of("escalation_told"))
    assert desk.follow_up(code).escalated.startswith("You asked for somebody higher up. We decide")
    case = done(desk, reference, actions.GrantEscalation(to="dora"), "lena", NINE + hours(1))
    assert ("dora", 2, EscalationState.CALLED, "lena") == (
        only(case).to,
        case.level,
        only(case).state,
        only(case).decided_by,
    )
    assert ["dora"] == told.of("escalation_called")
    assert ["anna@example.org"] == [one.casefold() for one in told.of("escalation_granted")]
    assert "they have not looked at it yet" in desk.follow_up(code).escalated
    case = done(desk, reference, actions.AcknowledgeEscalation(text="I call her"), "dora", NINE + hours(2))
    assert (EscalationState.ACKNOWLEDGED, "irina") == (only(case).state, case.owner)
    assert "Somebody higher up is looking at it, as you asked." == desk.follow_up(code).escalated
    done(desk, reference, actions.DeEscalate(reason="settled", evidence="she said so"), "dora", NINE + hours(3))
    assert "" == desk.follow_up(code).escalated
    assert ["irina"] == told.of("escalation_acknowledged") == told.of("escalation_ended")
    assert desk.case(reference) == folded(desk.file(reference))
    assert [] == list(desk.verify())


def test_whoever_was_asked_and_grants_it_has_seen_it(desk: ComplaintKit, told: Told) -> None:
    """No further clock runs for them."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="she shouts"), "irina")
    case = done(desk, reference, actions.GrantEscalation(), "lena")
    assert (EscalationState.ACKNOWLEDGED, "lena") == (only(case).state, only(case).acknowledged_by)
    assert [] == [clock.name for clock in case.clocks if clock.kind == ESCALATION and not clock.settled]
    assert [] == told.of("escalation_called")
    assert ["irina"] == told.of("escalation_told")


def test_a_complainant_reads_why_nobody_higher_up_is_called(desk: ComplaintKit, told: Told) -> None:
    """The reason is in words to them and goes to them; staff read theirs in the case file."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="Get me your boss!"), COMPLAINANT)
    with pytest.raises(NotAllowed, match="not filled in"):
        desk.act(reference, actions.RefuseEscalation(reason="Because of {reason}."), by="lena", now=NINE)
    done(desk, reference, actions.RefuseEscalation(reason="Irina may decide this herself."), "lena")
    (answer,) = [one for one in told if one.occasion == "escalation_refused"]
    assert ("complainant", True) == (answer.audience, "Irina may decide this herself." in answer.body)
    assert EscalationState.REFUSED is only(desk.case(reference)).state
    done(desk, reference, actions.AskEscalation(reason="too hard", to="legal"), "oleg")
    done(desk, reference, actions.RefuseEscalation(reason="It is not."), "leo")
    assert ["oleg"] == told.of("escalation_turned_down")
    assert [] == [one for one in told if "It is not." in one.body + repr(dict(one.facts))]


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("irina", "you own the case"),
        ("oleg", "you asked for it yourself"),
        ("leo", "lena decides, or somebody above"),
    ],
)
def test_only_somebody_above_who_did_not_ask_decides(desk: ComplaintKit, by: str, why: str) -> None:
    """Neither who asked nor who owns the case, nor somebody from the side."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="too hard"), "oleg")
    for action in (actions.GrantEscalation(), actions.RefuseEscalation(reason="no")):
        with pytest.raises(NotAllowed, match=why):
            desk.act(reference, action, by=by, now=NINE)
    assert "dora" == only(done(desk, reference, actions.GrantEscalation(), "dora")).decided_by


@pytest.mark.parametrize(
    ("action", "by", "why"),
    [
        (actions.AskEscalation(reason=" "), "irina", "needs a reason"),
        (actions.AskEscalation(reason="r", to="pete"), "irina", "nobody called 'pete' works here"),
        (actions.AskEscalation(reason="r", to="Léna"), "irina", "did you mean lena"),
        (actions.AskEscalation(reason="r", to="irina"), "oleg", "irina owns it already"),
        (actions.AskEscalation(reason="r", to="marketing"), "irina", "must have nothing to do with it"),
        (actions.AskEscalation(reason="r"), "lena", "nobody is called by themselves"),
        (actions.AskEscalation(reason="r", line="up"), "irina", "hierarchical, functional"),
        (actions.AskEscalation(reason="r", to="eva"), COMPLAINANT, "whom we call is ours to say"),
        (actions.Escalate(reason="r"), "irina", "escalate is for team-lead"),
        (actions.Escalate(reason="r", to="lena"), "lena", "called by themselves"),
        (actions.GrantEscalation(), "lena", "nobody has asked"),
        (actions.RefuseEscalation(reason="r"), "lena", "nobody has asked"),
        (actions.AcknowledgeEscalation(), "lena", "nobody is called who has not seen it"),
        (actions.DeEscalate(reason="r", evidence="e"), "lena", "nobody higher up is called"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_reason(
    desk: ComplaintKit, action: Action, by: str | Actor, why: str
) -> None:
    """And says what would make it possible."""
    reference = new(desk)
    with pytest.raises(NotAllowed, match=why):
        desk.act(reference, action, by=by, now=NINE)


def test_the_same_is_not_asked_for_twice_at_once(desk: ComplaintKit) -> None:
    """Staff and complainant may each ask once at a time; which one is meant has to be said then."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="too hard"), "oleg")
    done(desk, reference, actions.AskEscalation(reason="Your boss!"), COMPLAINANT)
    for by in ("oleg", COMPLAINANT):
        with pytest.raises(NotAllowed, match="was asked for already and waits"):
            desk.act(reference, actions.AskEscalation(reason="again"), by=by, now=NINE)
    with pytest.raises(NotAllowed, match=r"say which one: escalation-1 \(lena\), escalation-2 \(lena\)"):
        desk.act(reference, actions.GrantEscalation(), by="lena", now=NINE)
    case = done(desk, reference, actions.GrantEscalation(escalation="Escalation-2"), "lena")
    assert [EscalationState.ASKED, EscalationState.ACKNOWLEDGED] == [one.state for one in case.handling.escalations]
    for name, why in (("escalation-2", "escalation-2 is acknowledged"), ("escalation-9", "there is no 'escalation-9'")):
        with pytest.raises(NotAllowed, match=why):
            desk.act(reference, actions.GrantEscalation(escalation=name), by="lena", now=NINE)


def test_a_request_nobody_decided_on_stands_in_the_way_of_closing_and_merging(desk: ComplaintKit) -> None:
    """It would be lost with the case."""
    reference, other = new(desk), desk.open(Message(text="It broke.", sender=ANNA), by="irina", now=MONDAY).reference
    done(desk, reference, actions.AskEscalation(reason="Your boss!"), COMPLAINANT)
    with pytest.raises(NotAllowed, match="escalation-1 is still open here"):
        desk.act(reference, actions.Merge(into=other, reason="the same"), by="irina", now=NINE)
    done(desk, reference, actions.Reply(text="We look into it."))
    done(desk, reference, actions.Resolve(evidence="she said so"))
    with pytest.raises(NotAllowed, match="escalation-1 was asked for, and lena has not decided"):
        desk.act(reference, actions.Close(), by="irina", now=NINE)
    done(desk, reference, actions.RefuseEscalation(reason="It is settled."), "lena")
    assert "escalation" not in str(
        next(one.why_not for one in desk.possible(reference, by="irina") if one.action == "close")
    )


# --- called and acknowledged


def test_only_who_was_called_says_that_they_have_seen_it(desk: ComplaintKit) -> None:
    """Or whoever is told in their place: who stands in, or anybody with the role."""
    reference = new(desk)
    case = done(desk, reference, actions.Escalate(reason="it will be in the papers", to="executive"), "lena")
    assert ("executive", 3, "by_hand") == (only(case).to, only(case).level, only(case).trigger)
    for by in ("irina", "dora"):
        with pytest.raises(NotAllowed, match="executive is called"):
            desk.act(reference, actions.AcknowledgeEscalation(), by=by, now=NINE)
    assert "eva" == only(done(desk, reference, actions.AcknowledgeEscalation(), "eva")).acknowledged_by
    done(desk, reference, actions.Escalate(reason="one more pair of eyes", to="oleg", line="functional"), "lena")
    desk.away("oleg", MONDAY, until=None, by="oleg")
    case = done(desk, reference, actions.AcknowledgeEscalation(), "irina")
    assert "irina" == case.handling.escalations[1].acknowledged_by


def test_of_several_calls_ones_own_is_meant(desk: ComplaintKit) -> None:
    """Nobody has to name the only call that is for them."""
    reference = new(desk)
    for to in ("lena", "eva"):
        done(desk, reference, actions.Escalate(reason="papers", to=to), "dora")
    case = done(desk, reference, actions.AcknowledgeEscalation(), "eva")
    assert ["", "eva"] == [one.acknowledged_by for one in case.handling.escalations]


def test_whoever_takes_the_case_over_has_seen_it(desk: ComplaintKit, told: Told) -> None:
    """The owner changes by that alone, and what was asked for is granted by it."""
    reference = new(desk)
    done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    done(desk, reference, actions.AskEscalation(reason="Your boss!"), COMPLAINANT)
    assert "irina" == desk.case(reference).owner
    desk.act(reference, actions.TakeOver(reason="I do it"), by="dora", now=NINE)
    case = desk.case(reference)
    assert ("dora", EscalationState.ACKNOWLEDGED) == (case.owner, case.handling.escalations[0].state)
    assert EscalationState.ASKED is case.handling.escalations[1].state
    desk.act(reference, actions.TakeOver(reason="I do it after all"), by="lena", now=NINE)
    desk.work(NINE)
    case = desk.case(reference)
    assert ("lena", EscalationState.ACKNOWLEDGED) == (case.owner, case.handling.escalations[1].state)
    assert 1 == len(told.of("escalation_granted"))


@pytest.mark.parametrize(("severity", "due"), [("normal", NINE + hours(4)), ("critical", NINE + hours(1))])
def test_by_when_it_has_to_be_seen(desk: ComplaintKit, severity: str, due: datetime) -> None:
    """Four working hours; sixty minutes where it is critical, whatever the hour, and so is a call that runs already."""
    reference = new(desk)
    case = done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    assert NINE + hours(4) == case.named("escalation-1").due_at  # type: ignore[union-attr]
    case = done(desk, reference, actions.Assess(category="refund", severity=severity))
    assert due == case.named("escalation-1").due_at  # type: ignore[union-attr]
    evening = new(desk, at=MONDAY + hours(12))
    case = done(desk, evening, actions.Escalate(reason="papers", to="dora"), "lena", MONDAY + hours(12))
    assert MONDAY + timedelta(days=1, hours=5) == case.named("escalation-1").due_at  # type: ignore[union-attr]


def test_what_nobody_acknowledges_goes_up_step_by_step_and_each_step_once(desk: ComplaintKit, told: Told) -> None:
    """Along the reporting line and the ladder; at the top it stays, once overdue, and is never forgotten."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="too hard"), "irina")
    asked: list[str] = []
    for hour in range(2, 24 * 20):
        desk.work(MONDAY + hours(hour))
        asked += [only(desk.case(reference)).to]
    assert ["lena", "dora", "executive"] == list(dict.fromkeys(asked))
    case = desk.case(reference)
    assert (("lena", "dora"), "executive", 3) == (only(case).passed, only(case).to, only(case).level)
    entries = [one.entry for one in desk.file(reference)]
    passed = [one for one in entries if isinstance(one, EscalationPassed)]
    assert [("lena", "dora"), ("dora", "executive")] == [(one.previous, one.to) for one in passed]
    assert [True, True] == [case.named(name).overdue for name in ("escalation-1", "escalation-1-2")]  # type: ignore[union-attr]
    late = [one for one in entries if isinstance(one, Overdue) and one.clock == "escalation-1-3"]
    assert 1 == len(late)
    assert case.named("escalation-1-3").next_at is not None  # type: ignore[union-attr]
    assert ["lena", "dora", "executive"] == told.of("escalation_asked")
    assert ["irina", "lena", "irina", "dora"] == told.of("escalation_passed")
    assert (
        EscalationState.ACKNOWLEDGED
        is only(done(desk, reference, actions.GrantEscalation(), "eva", MONDAY + hours(500))).state
    )


def test_what_is_critical_is_marked_urgent_on_its_notices_and_nothing_else(desk: ComplaintKit, told: Told) -> None:
    """So that nobody's quiet hours hold it back."""
    reference = new(desk)
    done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    assert [False] == list({one.urgent for one in told})
    done(desk, reference, actions.Assess(category="safety", severity="critical"))
    done(desk, reference, actions.AcknowledgeEscalation(escalation="escalation-2"), "lena")
    urgent = [(one.occasion, one.recipient) for one in told if one.urgent]
    assert [("escalation_called", "lena"), ("escalation_told", "irina"), ("escalation_acknowledged", "irina")] == urgent


def test_a_call_stands_in_the_list_of_duties_and_on_the_case(desk: ComplaintKit) -> None:
    """Who is called sees it among what they have to do, until they have seen it."""
    reference = new(desk)
    done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    assert [(reference, "escalation-1")] == [(one.reference, one.clock.name) for one in desk.duties("dora")]
    done(desk, reference, actions.AcknowledgeEscalation(), "dora")
    assert () == desk.duties("dora")


# --- who may hear of it


def test_nobody_is_called_to_a_complaint_about_them(desk: ComplaintKit, told: Told) -> None:
    """The next above is called instead; whom it turns out to be about is called no longer, and hears nothing."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="Your boss!"), COMPLAINANT)
    assert "lena" == only(desk.case(reference)).to
    told.clear()
    case = done(desk, reference, actions.NameStaff(names=("lena",), reason="the complainant says so"), "irina")
    assert "dora" == only(case).to
    assert ((), "irina") == (only(case).passed, case.owner)
    with pytest.raises(NotAllowed, match="must have nothing to do with it"):
        desk.act(reference, actions.AskEscalation(reason="r", to="lena"), by="oleg", now=NINE)
    done(desk, reference, actions.Assess(category="safety", severity="critical"))
    done(desk, reference, actions.GrantEscalation(), "dora")
    for hour in range(2, 200, 5):
        desk.work(MONDAY + hours(hour))
    assert [] == [(one.occasion, one.recipient) for one in told if one.recipient in ("lena", "team-lead")]


def test_of_a_confidential_case_only_its_handlers_are_called(desk: ComplaintKit, told: Told) -> None:
    """A call that stood goes to one of them; neither ladder nor reporting line tells anybody else."""
    reference = new(desk)
    done(desk, reference, actions.AskEscalation(reason="too hard"), "oleg")
    told.clear()
    case = done(desk, reference, actions.Restrict(reason="names a colleague", handlers=("leo", "eva")), "irina")
    assert "eva" == only(case).to
    done(desk, reference, actions.Assess(category="safety", severity="critical"), "irina")
    for hour in range(2, 200, 5):
        desk.work(MONDAY + hours(hour))
    heard = {one.recipient for one in told}
    assert heard <= {"irina", "leo", "eva"}
    assert ("eva",) == desk.case(reference).handling.escalations[0].passed
    with pytest.raises(NotAllowed, match="name_handlers lets them in"):
        desk.act(reference, actions.AskEscalation(reason="r", to="dora"), by="irina", now=NINE)


def test_where_the_owner_stands_above_somebody_further_up_is_called() -> None:
    """A team lead's own case does not call team leads; where nobody is left, the role of superiors stands for one."""
    terms = PEOPLE.escalating
    for owner, expected in (
        ("irina", "lena"), ("desk", "team-lead"), ("lena", "dora"), ("dora", "executive"), ("eva", "team-lead"),
        ("leo", "team-lead"),
    ):  # fmt: skip
        assert expected == terms.target(evolve(registered(), owner=owner), "lead"), owner
    assert "lena" == terms.target(evolve(registered(), owner="irina"), "LENA")
    assert "team-lead" == POLICY.escalating.target(registered(), "lead")


# --- its end


@pytest.mark.parametrize(
    ("by", "may"), [("lena", False), ("irina", False), ("leo", False), ("dora", True), ("eva", True)]
)
def test_only_who_was_called_or_somebody_above_ends_it(desk: ComplaintKit, by: str, may: bool) -> None:
    """With a reason and what shows it."""
    reference = new(desk)
    done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    if may:
        ended = only(done(desk, reference, actions.DeEscalate(reason="settled", evidence="her letter"), by))
        assert (EscalationState.ENDED, by, NINE) == (ended.state, ended.ended_by, ended.ended_at)
        return
    with pytest.raises(NotAllowed, match="dora is called; only they end it, or somebody above"):
        desk.act(reference, actions.DeEscalate(reason="settled", evidence="her letter"), by=by, now=NINE)


def test_an_ended_case_calls_nobody_and_one_that_goes_on_calls_again(desk: ComplaintKit, told: Told) -> None:
    """The end of a case leaves no call waiting; opened again, it calls once more, with new time."""
    reference = new(desk)
    done(desk, reference, actions.Escalate(reason="papers", to="dora"), "lena")
    done(desk, reference, actions.Withdraw(evidence="wrote so"))
    desk.work(MONDAY + hours(90))
    with pytest.raises(NotAllowed):
        desk.act(reference, actions.AcknowledgeEscalation(), by="dora", now=MONDAY + hours(90))
    assert ["dora"] == told.of("escalation_called")
    case = done(desk, reference, actions.Reopen(reason="broke again"), "irina", MONDAY + hours(97))
    assert ["dora", "dora"] == told.of("escalation_called")
    assert (MONDAY + hours(101), ()) == (case.named(only(case).clock).due_at, only(case).passed)  # type: ignore[union-attr]


# --- whatever happens


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["irina", "oleg", "lena", "dora", "eva", "leo", "complainant", "time"]),
        st.sampled_from(
            [
                actions.AskEscalation(reason="r"), actions.AskEscalation(reason="r", to="legal"),
                actions.GrantEscalation(), actions.GrantEscalation(to="eva"), actions.RefuseEscalation(reason="no"),
                actions.Escalate(reason="r"), actions.Escalate(reason="r", to="executive"),
                actions.AcknowledgeEscalation(), actions.DeEscalate(reason="r", evidence="e"),
                actions.TakeOver(reason="r"), actions.FlagTension(level=4, text="t"),
                actions.Assess(category="refund", severity="critical"),
                actions.Assess(category="refund", severity="low"), actions.NameStaff(names=("lena",), reason="r"),
                actions.NameStaff(names=("dora",), reason="r"), actions.Withdraw(evidence="e"),
                actions.Reopen(reason="r"), actions.Restrict(reason="r", handlers=("eva", "legal")),
            ]
        ),
        st.sampled_from([1, 30, 60 * 5, 60 * 24 * 3]),
    ),
    max_size=25,
)  # fmt: skip


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_no_call_is_lost_or_doubled_whatever_people_do(steps: list[tuple[str, Action, int]]) -> None:
    """A call that waits has a clock for who is called; each rule calls once; nobody it is about is called or told."""
    told = Told()
    with a_desk(told) as desk:
        reference, now = new(desk), MONDAY
        for by, action, minutes in steps:
            now += timedelta(minutes=minutes)
            before = desk.case(reference)
            with suppress(NotAllowed, NotFound):
                if by != "time":
                    desk.act(reference, action, by=COMPLAINANT if by == "complainant" else by, now=now)
            told.clear()
            desk.work(now)
            case = desk.case(reference)
            assert case == folded(desk.file(reference))
            assert_nothing_is_lost(case, before)
            assert [] == [one for one in told if case.concerns(one.recipient)]
        assert [] == list(desk.verify())


def assert_nothing_is_lost(case: Complaint, before: Complaint) -> None:
    """Fail unless calls, clocks and rules of a case agree."""
    rules = [rule for one in case.handling.escalations for rule in one.rules]
    assert len(rules) == len(set(rules))
    names = [one.name for one in case.handling.escalations]
    assert [f"{ESCALATION}-{place}" for place in range(1, len(names) + 1)] == names
    waiting = [one for one in case.handling.escalations if one.waiting]
    for one in waiting if case.open else ():
        clock = case.named(one.clock)
        assert clock is not None
        assert (one.to, False) == (clock.who, clock.settled)
        assert not case.concerns(one.to)
    clocks = {one.clock for one in waiting}
    assert [] == [
        one.name for one in case.clocks if one.kind == ESCALATION and not one.settled and one.name not in clocks
    ]
    assert case.level >= before.level
