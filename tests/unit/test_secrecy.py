"""Confidential cases and sealed identity: who is let in, what is left out, who looked, and the deadlines of the law."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import Attachment, Customer, CustomerSource, Message, NotAllowed, NotFound, Person
from complaintkit.app import ComplaintKit, Filter, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import NoticeSent
from complaintkit.clocks.rules import Span
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.testing.doubles import HandClock, SentNotices
from tests.house.kits import MONDAY, folded, kinds, kit

from .cases import POLICY, received

STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler"]},
    "oleg": {"roles": ["handler", "team-lead"]},
    "lena": {"roles": ["legal"]},
    "max": {"roles": ["executive"]},
}
WHO = Person(name="Zinaida Quokkova", email="z.quokkova@example.org", phone="+7 495 123-45-67")
DAY = timedelta(days=1)


def desk(plugins: tuple[object, ...] = (), policy: dict[str, Any] | None = None, **more: Any) -> ComplaintKit:
    """Return a kit in memory with these people."""
    given_ = {"staff": STAFF, **(policy or {})}
    return kit(plugins, settings=Settings(plugins=PluginsSettings(disable=("folder",)), policy=given_), **more)


def complaint(opened: ComplaintKit, channel: str = "form", person: Person = WHO, by: str = "irina") -> str:
    """Open a complaint and return its reference."""
    return opened.open(Message(text="They cheat. Zinaida Quokkova", sender=person), channel=channel, by=by).reference


def whistled(opened: ComplaintKit, person: Person = WHO) -> str:
    """Report a wrong, and return the reference."""
    return complaint(opened, "whistleblowing", person, by="")


# --- restricted


def test_a_restricted_case_exists_only_for_its_owner_and_handlers() -> None:
    """By name or by role; for all others it is not on file, whatever they ask."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="names a colleague", handlers=("Legal",)), by="oleg")
        case = opened.case(reference)
        assert ("restricted", ("Legal", "oleg")) == (case.secrecy, case.handling.handlers)
        for who, let_in in (("irina", True), ("oleg", True), ("lena", True), ("max", False)):
            assert let_in == bool(opened.seen_by(who).cases())
            if not let_in:
                with pytest.raises(NotFound):
                    opened.act(reference, actions.Note(text="x"), by=who)


def test_who_is_named_and_who_is_not() -> None:
    """Handlers can be named anew by those who may; nobody the case is about, nobody unknown, and never nobody."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena", "max")), by="irina")
        for action, says in (
            (actions.NameHandlers(handlers=("lnea",), reason="x"), "nobody here is called 'lnea'; did you mean 'lena'"),
            (actions.NameHandlers(handlers=(" ",), reason="x"), "needs at least one handler"),
            (actions.NameHandlers(handlers=("lena",), reason=" "), "needs a reason"),
            (actions.Restrict(reason="x"), "it is restricted already; name_handlers"),
        ):
            with pytest.raises(NotAllowed, match=says):
                opened.act(reference, action, by="lena")
        opened.act(reference, actions.NameStaff(names=("max",), reason="x"), by="lena")
        with pytest.raises(NotAllowed, match="max cannot be a handler of it"):
            opened.act(reference, actions.NameHandlers(handlers=("max",), reason="x"), by="lena")
        opened.act(reference, actions.NameHandlers(handlers=("lena", "LENA "), reason="x"), by="lena")
        assert ("lena",) == tuple(one.lower().strip() for one in opened.case(reference).handling.handlers)
        with pytest.raises(NotAllowed, match="name_handlers is for"):
            opened.act(reference, actions.NameHandlers(handlers=("irina",), reason="x"), by="irina")


def test_every_look_is_on_file_with_its_reason() -> None:
    """Who, at what, when and why; without a reason there is no look; an ordinary case asks for none and keeps none."""
    with desk() as opened:
        plain, reference = complaint(opened), complaint(opened)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena",)), by="irina")
        opened.seen_by("irina").case(plain)
        assert "looked" not in kinds(opened.file(plain))
        for ask in ("case", "file", "possible", "guide", "bundle"):
            with pytest.raises(NotAllowed, match="say why you look at it"):
                getattr(opened.seen_by("lena", reason=" "), ask)(reference)
        view = opened.seen_by("irina", reason="to answer", now=MONDAY + DAY)
        before = len(opened.file(reference))
        view.case(reference), view.file(reference), view.cases()
        looks: list[Any] = [one.entry for one in opened.file(reference)[before:]]
        common = ("looked", "irina", MONDAY + DAY, "to answer")
        assert [common, common] == [(one.kind, one.by, one.at, str(one.reason)) for one in looks]
        assert ["case", "file"] == [one.what for one in looks]
        assert opened.case(reference) == folded(opened.file(reference))


def test_a_look_stands_in_nobodys_way() -> None:
    """Whoever saw the case before somebody looked may act all the same."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena",)), by="irina")
        seen = opened.seen_by("irina", reason="x").case(reference)
        opened.seen_by("lena", reason="x").case(reference)
        opened.seen_by("irina").act(reference, actions.Note(text="x"), version=seen.version)


def test_a_list_tells_of_a_confidential_case_where_it_stands_and_no_more() -> None:
    """And it is left out where the list is narrowed by what could tell more."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="x"), by="irina")
        view = opened.seen_by("irina")
        (line,) = view.cases()
        assert (reference, "restricted", "") == (
            line.reference,
            line.owner,
            f"{line.title}{line.narrative}{line.category}",
        )
        assert (Person(), (), None) == (line.complainant, line.clocks, line.due_at)
        contact = opened.case(reference).contact
        for which in (
            Filter(channel="form"), Filter(category=""), Filter(since=MONDAY), Filter(owner="oleg"),
            Filter(due_before=MONDAY + 99 * DAY), Filter(contact=contact),
        ):  # fmt: skip
            assert () == view.cases(which)
        assert 1 == len(view.cases(Filter(owner="irina"))) == len(view.cases(Filter(open=None, order="received")))


def test_confidentiality_ends_when_somebody_lifts_it() -> None:
    """Those who may lift it say why; then everybody sees it again, what was put on file stays."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena",)), by="irina")
        with pytest.raises(NotAllowed, match="lift is for"):
            opened.act(reference, actions.Lift(reason="x"), by="irina")
        opened.act(reference, actions.Lift(reason="settled"), by="lena")
        assert reference == opened.seen_by("max").case(reference).reference
        with pytest.raises(NotAllowed, match="it is not confidential"):
            opened.act(reference, actions.Lift(reason="x"), by="lena")


def test_what_is_split_off_stays_as_confidential() -> None:
    """A part of a confidential case, or of one about staff, is not open to those from whom the whole is kept."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.NameStaff(names=("max",), reason="x"), by="irina")
        opened.act(reference, actions.Seal(reason="x", handlers=("lena",)), by="irina")
        opened.act(reference, actions.Split(text="And the shop.", reason="another matter"), by="irina")
        for case in opened.cases(Filter(open=None)):
            assert (("max",), "sealed", ("lena", "irina")) == (case.about, case.secrecy, case.handling.handlers)
        assert () == opened.seen_by("max").cases()
        (other,) = (case for case in opened.cases(Filter(open=None)) if case.reference != reference)
        assert Person() == opened.seen_by("irina", reason="x").case(other.reference).complainant


def test_a_confidential_case_is_offered_to_its_handlers_only() -> None:
    """Whoever is to take it over has to be let in first, and then sees it before they accept."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena",)), by="irina")
        with pytest.raises(NotAllowed, match="oleg is none of its handlers"):
            opened.act(reference, actions.HandOver(to="oleg", reason="knows the shop"), by="irina")
        opened.act(reference, actions.NameHandlers(handlers=("lena", "oleg"), reason="knows the shop"), by="lena")
        opened.act(reference, actions.HandOver(to="oleg", reason="knows the shop"), by="irina")
        assert reference == opened.seen_by("oleg", reason="to decide").case(reference).reference


# --- notices


def test_handlers_are_told_and_nobody_by_their_place() -> None:
    """Who is named hears of it; a broken promise goes to the handlers, and not to whoever stands above."""
    sent = SentNotices()
    with desk((sent.record,)) as opened:
        reference = complaint(opened)
        opened.work(MONDAY)
        opened.act(reference, actions.Restrict(reason="x", handlers=("lena",)), by="irina")
        sent.notices.clear()
        opened.work(MONDAY)
        assert [("confidant", "lena")] == [(one.occasion, one.recipient) for one in sent.notices]
        for days in range(1, 60):
            opened.work(MONDAY + days * DAY)
        staff = {(one.occasion, one.recipient) for one in sent.notices if one.medium == "staff"}
        assert ("escalation", "lena") in staff
        assert {"irina", "lena"} == {who for _, who in staff}


# --- sealed


def test_who_complains_is_withheld_from_everybody() -> None:
    """In the case, its file, its words, sender, attachments, and what comes back from acting; the rest is there."""
    with desk() as opened:
        said = Message(
            text="They cheat. Call me: 8 (495) 1234567, Zinaida Quokkova. Quokkovoy", subject="From Zinaida",
            sender=WHO, attachments=(Attachment("quokkova.txt", "text/plain", b"I am Zinaida"),),
        )  # fmt: skip
        reference = opened.open(said, by="irina").reference
        opened.act(reference, actions.Note(text="z.quokkova@example.org rang"), by="irina")
        opened.act(reference, actions.Seal(reason="fears for her job", handlers=("oleg",)), by="irina")
        view = opened.seen_by("oleg", reason="to answer")
        case, file = view.case(reference), view.file(reference)
        assert (Person(), "", "") == (case.complainant, case.contact, case.customer)
        assert "They cheat. Call me: [withheld], [withheld]. [withheld]" == str(case.narrative)
        assert "From [withheld]" == str(case.title)
        first: Any = file[0].entry
        assert ["[withheld]"] == [str(one.name) for one in first.attachments]
        notes: list[Any] = [one.entry for one in file if one.entry.kind == "noted"]
        assert ["[withheld] rang"] == [str(one.text) for one in notes]
        assert "From [withheld]" == str(view.act(reference, actions.Note(text="x")).title)
        with pytest.raises(NotAllowed, match="its attachments may tell who complains"):
            view.attachment(reference, first.attachments[0].digest)
        with pytest.raises(NotAllowed, match="for the complainant alone"):
            view.code(reference)


def test_the_attachments_of_a_case_are_got_through_it_alone() -> None:
    """With the digest of another case's attachment nobody gets anything."""
    with desk() as opened:
        said = Message(text="x", attachments=(Attachment("a.txt", "text/plain", b"first"),))
        first = opened.open(said, by="irina").reference
        second = complaint(opened)
        digest = said.attachments[0].digest
        assert b"first" == opened.seen_by("irina").attachment(first, digest)
        with pytest.raises(NotFound, match="is no attachment on file"):
            opened.seen_by("irina").attachment(second, digest)
        opened.act(first, actions.Restrict(reason="x"), by="irina")
        assert b"first" == opened.seen_by("irina", reason="x").attachment(first, digest)
        last: Any = opened.file(first)[-1].entry
        assert f"attachment {digest[:12]}" == last.what


def test_handlers_write_to_whom_they_do_not_see() -> None:
    """An answer goes out to the address; nobody but the machine has seen it."""
    sent = SentNotices()
    with desk((sent.record,)) as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Seal(reason="x"), by="irina")
        opened.seen_by("irina").act(reference, actions.Reply(text="We look into it."))
        opened.work(MONDAY)
        assert ["z.quokkova@example.org"] == [one.recipient for one in sent.notices if one.occasion == "reply"]
        told = [one.entry for one in opened.seen_by("irina", reason="x").file(reference)]
        assert "notice_sent" in [one.kind for one in told]
        assert "quokkova" not in repr(told).lower()


def test_nothing_leads_from_elsewhere_to_a_sealed_case() -> None:
    """The same person's other complaint, open to all, does not name the sealed one, nor the other way round."""
    with desk() as opened:
        first = complaint(opened)
        opened.act(first, actions.Seal(reason="x"), by="irina")
        second = complaint(opened)
        assert first == opened.case(second).repeat_of
        view = opened.seen_by("irina", reason="x")
        assert first not in repr((view.case(second), view.file(second)))
        assert second not in repr((view.case(first), view.file(first)))
        assert {first: "", second: ""} == {case.reference: case.repeat_of for case in view.cases()}


def test_lifting_a_seal_takes_the_complainants_consent() -> None:
    """Without it there is none; with it, how it was given is on file."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Seal(reason="x", handlers=("lena",)), by="irina")
        with pytest.raises(NotAllowed, match="say how and when the complainant consented"):
            opened.act(reference, actions.Lift(reason="x"), by="lena")
        with pytest.raises(NotAllowed, match="the identity is sealed already"):
            opened.act(reference, actions.Seal(reason="x"), by="lena")
        opened.act(reference, actions.Lift(reason="x", consent="wrote so by her code"), by="lena")
        assert WHO == opened.seen_by("max").case(reference).complainant


# --- unsealing


def unsealing(opened: ComplaintKit) -> str:
    """Return a sealed case in which lena has asked to see who complains; lena and max are handlers."""
    reference = complaint(opened)
    opened.act(reference, actions.Seal(reason="x", handlers=("lena", "max")), by="irina")
    opened.act(reference, actions.AskUnseal(reason="the court asks"), by="lena")
    return reference


def test_it_takes_two_people_to_see_who_complains() -> None:
    """One asks, another allows; each of the two may look once, for as long as was said; every look is on file."""
    with desk() as opened:
        reference = unsealing(opened)
        view = opened.seen_by("lena", reason="for the court", now=MONDAY)
        with pytest.raises(NotAllowed, match="let another unseal it"):
            view.identity(reference)
        with pytest.raises(NotAllowed, match=r"unseal is for|takes a second person"):
            opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="lena", now=MONDAY)
        opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="max", now=MONDAY)
        assert WHO == view.identity(reference)
        with pytest.raises(NotAllowed, match="let another unseal it"):
            view.identity(reference)
        assert WHO == opened.seen_by("max", reason="to check", now=MONDAY + timedelta(hours=24)).identity(reference)
        with pytest.raises(NotAllowed, match="there is no look for irina"):
            opened.seen_by("irina", reason="me too", now=MONDAY).identity(reference)
        seen = [
            (one.entry.by, str(one.entry.reason)) for one in opened.file(reference) if one.entry.kind == "identity_seen"
        ]  # type: ignore[attr-defined]
        assert [("lena", "for the court"), ("max", "to check")] == seen
        assert Person() == opened.seen_by("lena", reason="x").case(reference).complainant
        assert opened.case(reference) == folded(opened.file(reference))


def test_a_look_that_was_allowed_ends() -> None:
    """After the moment that was said nobody looks; nobody can say a later one than the policy."""
    with desk(policy={"secrecy": {"unsealed_for": "2h"}}) as opened:
        reference = unsealing(opened)
        for until, says in ((MONDAY + timedelta(hours=3), "not later than"), (MONDAY, "in the future"),
                            (MONDAY.replace(tzinfo=None) + timedelta(hours=1), "with time zone")):  # fmt: skip
            with pytest.raises(NotAllowed, match=says):
                opened.act(reference, actions.Unseal(unsealing="unsealing-1", until=until), by="max", now=MONDAY)
        opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="max", now=MONDAY)
        late = MONDAY + timedelta(hours=2, microseconds=1)
        with pytest.raises(NotAllowed, match="there is no look"):
            opened.seen_by("lena", reason="x", now=late).identity(reference)


@pytest.mark.parametrize(
    ("action", "by", "says"),
    [
        (actions.Unseal(unsealing="unsealing-7"), "max", "nobody has asked for 'unsealing-7'"),
        (actions.AskUnseal(reason=" "), "lena", "needs a reason"),
        (actions.AskUnseal(reason="x"), "irina", "ask_unseal is for"),
    ],
)
def test_unsealing_is_refused(action: Any, by: str, says: str) -> None:
    """What was not asked cannot be allowed, and not everybody may ask."""
    with desk() as opened:
        reference = unsealing(opened)
        with pytest.raises(NotAllowed, match=says):
            opened.act(reference, action, by=by)


def test_unsealing_is_allowed_once() -> None:
    """A second yes to the same question is none, and without a seal there is nothing to open."""
    with desk() as opened:
        reference = unsealing(opened)
        opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="max")
        with pytest.raises(NotAllowed, match="was allowed already by max"):
            opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="max")
        plain = complaint(opened)
        with pytest.raises(NotAllowed, match="not sealed"):
            opened.act(plain, actions.AskUnseal(reason="x"), by="lena")
        with pytest.raises(NotAllowed, match="not sealed"):
            opened.seen_by("lena", reason="x").identity(plain)


def test_the_others_are_told_who_asks() -> None:
    """The question goes to whoever else may know of the case, the answer to who asked."""
    sent = SentNotices()
    with desk((sent.record,)) as opened:
        reference = unsealing(opened)
        opened.act(reference, actions.Unseal(unsealing="unsealing-1"), by="max")
        opened.work(MONDAY)
        told = {(one.occasion, one.recipient) for one in sent.notices if one.occasion.startswith("unseal")}
        assert {("unsealing", "max"), ("unsealing", "irina"), ("unsealed", "lena")} == told
        assert not any("quokkova" in (one.subject + one.body).lower() for one in sent.notices if one.medium == "staff")


# --- reports of wrongs


def test_a_report_of_a_wrong_is_sealed_as_it_comes_in() -> None:
    """By its channel, before anybody is asked who it is; those designated are its handlers."""
    asked: list[object] = []
    source = CustomerSource("crm", lambda query: asked.append(query) or Customer("C-1"))  # type: ignore[func-returns-value]
    with desk((source,)) as opened:
        reference = whistled(opened)
        opened.work(MONDAY)
        case = opened.case(reference)
        assert ("sealed", ("legal", "quality", "executive"), "") == (
            case.secrecy,
            case.handling.handlers,
            case.customer,
        )
        assert [] == asked, "the host's system is not asked who it is"
        assert [True, True, False] == [bool(opened.seen_by(who).cases()) for who in ("lena", "max", "irina")]
        complaint(opened)
        opened.work(MONDAY)
        assert 1 == len(asked)


def test_a_category_can_demand_a_seal() -> None:
    """As soon as a complaint is assessed so, by a suggestion or by a person; not before."""
    with desk(policy={"secrecy": {"sealed_categories": ["safety"], "designated": ["lena"]}}) as opened:
        reference = complaint(opened)
        opened.work(MONDAY)
        assert "" == opened.case(reference).secrecy
        opened.act(reference, actions.Assess(category="safety"), by="irina")
        case = opened.case(reference)
        assert ("sealed", ("lena",)) == (case.secrecy, case.handling.handlers)
        assert Person() == opened.seen_by("irina", reason="x").case(reference).complainant


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a day somewhere."""
    return datetime.combine(day, time(23, 59, 59, 999999), zone).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, counted month by month; the last one of a shorter month."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Manila", "Australia/Lord_Howe")
# Two hundred days: every month end, New Year, leap days, and the nights on which clocks change.
NIGHTS = ((3, 28), (3, 31), (10, 26), (10, 27), (12, 24), (1, 2))
DATES = sorted(
    {date(year, month, monthrange(year, month)[1]) for year in range(2023, 2029) for month in range(1, 13)}
    | {date(year, month, 1) for year in range(2023, 2029) for month in range(1, 13)}
    | {date(year, *day) for year in range(2023, 2029) for day in NIGHTS}
    | {date(2024, 2, 28), date(2028, 2, 28), date(2024, 11, 29)}
    | {date(2025, month, 15) for month in range(1, 13)} | {date(2026, month, 30) for month in (4, 6, 8, 11)}
)  # fmt: skip


def test_there_are_two_hundred_dates() -> None:
    """The table is as long as it is meant to be."""
    assert 190 <= len(DATES) <= 210


@pytest.mark.parametrize("zone", ZONES)
def test_acknowledgement_and_feedback_are_due_when_the_law_says(zone: str) -> None:
    """Seven days; three months from the acknowledgement, or from the seventh day if none went out in time."""
    place = ZoneInfo(zone)
    policy = evolve(POLICY, zone=place)
    for day in DATES:
        at = datetime.combine(day, time(10, 30), place)
        case = received(channel="whistleblowing", received_at=at, at=at, person=received().person).open()
        acknowledgement, _, feedback = policy.clocks(case, at)
        seventh = end_of(day + 7 * DAY, place)
        assert (seventh, False) == (acknowledgement.due_at, acknowledgement.pausable)
        assert (end_of(months_later(day + 7 * DAY, 3), place), False) == (feedback.due_at, feedback.pausable)
        assert acknowledgement.warn_at is not None
        assert acknowledgement.warn_at <= at + 5 * DAY
        told = evolve(case, clocks=(acknowledgement, feedback))
        for after in (0, 1, 6):
            sent_at = at + after * DAY
            (moved,) = policy.moved(evolve(told, acknowledged_at=sent_at))
            assert end_of(months_later(day + after * DAY, 3), place) == moved.due_at
            assert moved.warn_at is not None
            assert moved.warn_at <= sent_at + 75 * DAY
        assert () == policy.moved(evolve(told, acknowledged_at=seventh + DAY)), "a late one prolongs nothing"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_months_are_counted_as_people_do(day: date, months: int) -> None:
    """The same day of the month, or the last one of a month that is too short."""
    start = datetime.combine(day, time(12), UTC)
    assert end_of(months_later(day, months), ZoneInfo("UTC")) == POLICY.until(Span(months=months), start)


def clock_of(case: Complaint, kind: str) -> datetime:
    """Return when a clock of a case is due."""
    found = case.clock(kind)
    assert found is not None
    return found.due_at


def test_feedback_counts_from_the_acknowledgement_once_it_is_out() -> None:
    """Sent on the second day, it moves the clock to three months from then; the case file says so."""
    clock, sent = HandClock(MONDAY), SentNotices()
    with desk((sent.record,), clock=clock) as opened:
        reference = whistled(opened)
        assert end_of(date(2026, 6, 9), ZoneInfo("UTC")) == clock_of(opened.case(reference), "final_response")
        opened.work(clock.forward(days=1))
        case = opened.case(reference)
        assert MONDAY + DAY == case.acknowledged_at
        assert end_of(date(2026, 6, 3), ZoneInfo("UTC")) == clock_of(case, "final_response")
        assert "clock_moved" in kinds(opened.file(reference))
        assert case == folded(opened.file(reference))
        assert any(isinstance(one.entry, NoticeSent) for one in opened.file(reference))


def test_waiting_stops_no_deadline_of_the_law() -> None:
    """While an answer is waited for, the clock of a report of a wrong runs on."""
    with desk() as opened:
        reference = whistled(opened)
        opened.act(reference, actions.Assess(category="refund"), by="max")
        opened.act(reference, actions.Reply(text="Which shop?"), by="max")
        due = clock_of(opened.case(reference), "final_response")
        opened.act(reference, actions.Wait(until=MONDAY + 9 * DAY, reason="which shop"), by="max")
        case = opened.case(reference)
        assert [] == [one.kind for one in case.clocks if one.paused_at]
        assert due == clock_of(case, "final_response")
