"""Ready-made values for tests: each builder gives a sensible one, and takes whatever a test wants to be different."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import evolve

from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Received, Registered
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Basis, Clock, Content, Severity, sealed_person
from complaintkit.clocks.rules import Span
from complaintkit.counts import Count, Counted, ReportRequest, Table
from complaintkit.families import Call, CaseView, Change, CustomerQuery, Lesson, Level, Review
from complaintkit.message import Envelope, Message, Notice, Person
from complaintkit.policy.packs import PackCalendar, RulePack
from complaintkit.policy.standards import Standard

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
REFERENCE: Final = "CK-2222-2222"


def a_person(**changes: Any) -> Person:
    """Return somebody with a name and an address."""
    return evolve(Person(name="Marisol Reyes", email="marisol@example.org"), **changes)


def an_envelope(**changes: Any) -> Envelope:
    """Return an item as it arrived: a short text."""
    raw = b"My parcel came late and the box was broken."
    return evolve(Envelope(channel="form", source_id="item-1", raw=raw, received_at=NOON), **changes)


def a_message(**changes: Any) -> Message:
    """Return an envelope once read."""
    text = "My parcel came late and the box was broken."
    return evolve(Message(text=text, subject="Late and broken", sender=a_person()), **changes)


def a_clock(**changes: Any) -> Clock:
    """Return a deadline that was started at noon and is due two days later."""
    clock = Clock(
        kind="acknowledgement", standard="default/1", started_at=NOON, due_at=NOON + timedelta(days=2),
        warn_at=NOON + timedelta(days=1),
    )  # fmt: skip
    return evolve(clock, **changes)


def a_case(**changes: Any) -> Complaint:
    """Return a registered complaint with one running clock, made by its entries; `changes` are put in afterwards."""
    message = a_message()
    received = Received(
        at=NOON, by="complaintkit", reference=REFERENCE, channel="form", envelope=1, received_at=NOON, language="en",
        person=sealed_person(message.sender), contact="", title=Content.of(message.subject),
        narrative=Content.of(message.text), owner="desk",
    )  # fmt: skip
    registered = Registered(at=NOON, by="complaintkit", stage=Stage.REGISTERED, clocks=(a_clock(),))
    return evolve(received.open().apply(registered), **changes)


def a_case_view(**changes: Any) -> CaseView:
    """Return what a plugin sees of a case."""
    view = CaseView(
        reference=REFERENCE, channel="form", language="en", title="Late and broken",
        text="My parcel came late and the box was broken.", received_at=NOON, stage=Stage.REGISTERED, category="",
        severity=Severity.NORMAL, owner="desk", level=0, repeat_of="",
    )  # fmt: skip
    return evolve(view, **changes)


def a_lesson(**changes: Any) -> Lesson:
    """Return a person's word on what a case is about."""
    return evolve(Lesson(a_case_view(), "delivery"), **changes)


def a_rule_pack(**changes: Any) -> RulePack:
    """Return a rule pack with one deadline in working days, which its own calendar counts."""
    answer = Standard(
        name="answer, art. 1", clock="final_response", within=Span(business_days=10), basis=Basis.STATUTORY,
        source="a made-up law, art. 1",
    )  # fmt: skip
    pack = RulePack(
        name="xx-law", version="2026.1", title="A made-up law", jurisdiction="XX", source="the made-up law of 2026",
        checked=NOON.date(), effective=date(2026, 1, 1), standards=(answer,), calendar="courts",
        calendars=(PackCalendar(name="courts", zone="Europe/London", holidays=("GB-ENG",)),),
    )  # fmt: skip
    return evolve(pack, **changes)


def a_review(**changes: Any) -> Review:
    """Return a clock that was broken an hour ago."""
    due = NOON + timedelta(days=2)
    levels = (Level(level=1, to="team-lead", at=due), Level(level=2, to="executive", at=due + timedelta(days=2)))
    review = Review(
        case=a_case_view(), clock="acknowledgement", due_at=due, level=0, now=due + timedelta(hours=1), levels=levels
    )
    return evolve(review, **changes)


def a_call(**changes: Any) -> Call:
    """Return the question who is on call, an hour after a clock was broken."""
    due = NOON + timedelta(days=2)
    call = Call(case=a_case_view(), clock="acknowledgement", due_at=due, level=1, now=due + timedelta(hours=1))
    return evolve(call, **changes)


def a_notice(**changes: Any) -> Notice:
    """Return an acknowledgement that waits to be sent."""
    notice = Notice(
        id=f"{REFERENCE}-1-acknowledgement", reference=REFERENCE, occasion="acknowledgement", audience="complainant",
        recipient="marisol@example.org", medium="email", language="en", created_at=NOON, subject="We have it",
        body="Thank you. We look into it.\n", facts={"reference": REFERENCE},
    )  # fmt: skip
    return evolve(notice, **changes)


def a_report_request(*counts: Count, **changes: Any) -> ReportRequest:
    """Return the question for a report over a month, its counts answered with a few figures each."""
    answered = tuple(Counted(count, _figures(count)) for count in counts)
    request = ReportRequest(since=NOON - timedelta(days=30), until=NOON, language="en", counts=answered)
    return evolve(request, **changes)


def _figures(count: Count) -> tuple[tuple[tuple[str, ...], int], ...]:
    if not count.by:
        return (((), 3),)
    return tuple((tuple(f"{by}-{place}" for by in count.by), place) for place in (1, 2))


def a_table(**changes: Any) -> Table:
    """Return a compiled report with every kind of cell."""
    rows = (("delivery", 3, 0.5), ("refund", 0, None))
    return evolve(Table(title="Complaints", columns=("category", "received", "share"), rows=rows), **changes)


def a_customer_query(**changes: Any) -> CustomerQuery:
    """Return what is known of a complainant."""
    return evolve(CustomerQuery(email="marisol@example.org"), **changes)


def a_change(**changes: Any) -> Change:
    """Return something that happened to a case."""
    return evolve(
        Change(reference=REFERENCE, entry="assessed", at=NOON, by="complaintkit", case=a_case_view()), **changes
    )
