"""Who is told what, in which words, and what becomes of a notice."""

from attrs import evolve

from complaintkit import Delivery, Notice, Notifier, Person
from complaintkit.case.actions import Assess, HandOver, Propose, Reply, Respond
from complaintkit.case.entries import NoticeSent, NoticeUndelivered
from complaintkit.case.parts import Content, sealed_person
from complaintkit.case.reference import proven_by
from complaintkit.notices import called_for, deliver, enough, next_try, parked, settled, worded
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, SECRET, T0, Double, act, decided, failing, hours, received, registered


def told(case, entries, **more):  # type: ignore[no-untyped-def]
    """Return the notices that follow from entries."""
    return called_for(case.apply_all(entries), entries, POLICY, SECRET, **more)


def acknowledgement(**changes):  # type: ignore[no-untyped-def]
    """Return the acknowledgement of a fresh case."""
    from complaintkit.case.entries import Registered
    from complaintkit.case.lifecycle import Stage

    case = received(**changes).open()
    entry = Registered(at=T0, by="complaintkit", stage=Stage.REGISTERED, clocks=POLICY.clocks(case, T0))
    return told(case, (entry,))[0]


def test_registering_acknowledges_in_the_complainants_language_without_their_words() -> None:
    """The acknowledgement has reference, date and owner, and not a word that somebody else typed in."""
    for language in ("en", "ru", "fil"):
        planted = sealed_person(Person(name="BUY PILLS http://evil.example", email="victim@example.org"))
        notice = acknowledgement(
            language=language, person=planted, title=Content.of("PILLS"), narrative=Content.of("http://evil.example")
        )
        text = worded(notice, POLICY)
        assert ("email", "victim@example.org") == (notice.medium, notice.recipient)
        assert "CK-EHQ6-7X6D" in text.subject
        assert "2026-03-16" in text.body
        assert "PILLS" not in text.subject + text.body
        assert "evil" not in text.subject + text.body


def test_the_acknowledgement_carries_a_token_that_leads_back() -> None:
    """An answer to it finds the case."""
    notice = acknowledgement()
    assert notice.reference == proven_by(notice.reply_token, SECRET)
    assert notice.reply_token not in repr(notice)


def test_without_a_way_to_the_complainant_the_owner_is_told() -> None:
    """An anonymous complaint is acknowledged through whoever took it down."""
    notice = acknowledgement(person=sealed_person(Person()))
    assert ("staff", "desk", "complainant") == (notice.medium, notice.recipient, notice.audience)


def test_a_quiet_address_gets_no_automatic_mail() -> None:
    """An address that had enough lately is not written to; the owner is told instead."""
    recent = [evolve(registered(), recorded_at=T0) for _ in range(5)]
    assert not enough([], T0)
    assert enough(recent[:1], T0 + hours(0.5))
    assert not enough(recent[:4], T0 + hours(2))
    assert enough(recent, T0 + hours(2))
    assert not enough(recent, T0 + hours(25))
    entry = decided(registered(), Reply(text="x"), T0)
    assert "email" == told(registered(), entry, quiet=True)[0].medium


def test_the_same_entry_gives_the_same_notice() -> None:
    """Identifiers follow from the place in the file, so a repeated step tells nobody twice."""
    case = registered()
    entries = decided(case, HandOver(to="irina", reason="knows it"), T0 + hours(1), "oleg")
    assert [f"{case.reference}-3"] == [one.id for one in told(case, entries)]
    assert told(case, entries) == told(case, entries)


def test_each_audience_gets_its_own_words() -> None:
    """A reply and the response go to the complainant, who is offered the case is told as staff."""
    case = registered()
    reply = told(case, decided(case, Reply(text="We look into it."), T0 + hours(1)))[0]
    assert ("reply", "email") == (reply.occasion, reply.medium)
    assert "We look into it." in worded(reply, POLICY).body
    case = act(case, Assess(category="refund"), T0 + hours(2))
    case = act(case, Propose(outcome="upheld", text="Money back. {_owner}"), T0 + hours(3))
    response = told(case, decided(case, Respond(), T0 + hours(4)))[0]
    assert "Money back. {_owner}" in worded(response, POLICY).body
    offer = told(case, decided(case, HandOver(to="oleg", reason="knows it"), T0 + hours(5)))[0]
    assert ("offer", "staff") == (offer.occasion, offer.medium)


def test_delivery_asks_the_notifier_of_the_medium_and_gives_way_on_failure() -> None:
    """The one for the medium first, then the one for all; without any, it is not sent and says why."""
    notice = acknowledgement()
    mail = Double(Notifier("mail", ("email",), lambda one: Delivery("sent", message_id="<x@y>")))
    rest = Double(Notifier("rest", ("*",), lambda one: Delivery("sent")))
    assert "mail" == deliver(notice, [rest, mail], POLICY, T0)[1]
    assert "rest" == deliver(notice, [rest, failing(mail.record)], POLICY, T0)[1]
    _, _, failed = deliver(notice, [failing(mail.record)], POLICY, T0)
    assert ("failed", True) == (failed.state, "it broke" in failed.detail)
    assert "no notifier delivers 'email'" in deliver(notice, [], POLICY, T0)[2].detail


def test_what_cannot_be_worded_is_tried_again_and_said() -> None:
    """A broken template does not stop the desk."""
    notice = evolve(acknowledgement(), facts={})
    assert "cannot be worded" in deliver(notice, [], POLICY, T0)[2].detail


def test_a_notice_ends_sent_or_undelivered_and_never_quietly() -> None:
    """Sent, refused, failed for two days: each leaves an entry; before that there is another try."""
    notice = acknowledgement()
    assert isinstance(settled(notice, "mail", Delivery("sent"), T0), NoticeSent)
    assert isinstance(settled(notice, "mail", Delivery("refused", "no such box"), T0), NoticeUndelivered)
    assert settled(notice, "mail", Delivery("failed"), T0 + hours(47)) is None
    assert isinstance(settled(notice, "mail", Delivery("failed"), T0 + hours(48)), NoticeUndelivered)
    pauses = [next_try(attempt, T0) - T0 for attempt in range(1, 100)]
    assert pauses == sorted(pauses)
    assert (hours(1 / 12), hours(1)) == (pauses[0], pauses[-1])


def test_an_undelivered_notice_alarms_the_owner_once() -> None:
    """The alarm about an undelivered notice goes out; the alarm about an undelivered alarm does not."""
    lost = NoticeUndelivered(
        at=T0, by="complaintkit", notice="n", occasion="response", audience="complainant", problem=Content.of("p")
    )
    assert ["alarm"] == [one.occasion for one in told(registered(), (lost,))]
    assert () == told(registered(), (evolve(lost, occasion="alarm"),))


def test_a_parked_envelope_alarms_somebody() -> None:
    """What nobody could read is told to whoever looks after it, in words that render."""
    notice: Notice = parked(12, "it is encrypted", POLICY, T0)
    assert "it is encrypted" in worded(notice, POLICY).body
    assert ("desk", "") == (notice.recipient, notice.reference)


def test_a_standard_sets_the_tone_of_the_texts() -> None:
    """Who is under a standard with a tone is written to in that variant, where there is one; others as ever."""
    text = {"en": {"subject": "Formally: {reference}", "body": "Dear customer, we have it."}}
    vip = {"name": "vip", "clock": "final_response", "within": {"days": 5}, "segments": ["vip"], "tone": "formal"}
    everybody = {**vip, "name": "all", "segments": [], "tone": ""}
    policy = read({"templates": {"acknowledgement.formal": text}, "standards": [vip, everybody]}, structure)
    case = registered()
    assert ("formal", "") == (policy.tone(evolve(case, segment="vip")), policy.tone(case))
    assert text["en"]["subject"] == policy.template("acknowledgement", "en", "formal").subject
    assert policy.template("acknowledgement", "en") == policy.template("acknowledgement", "en", "warm")
