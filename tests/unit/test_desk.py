"""The desk, end to end on the memory twin: what comes in, follows, goes out, and what a failure costs."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import (
    Categoriser,
    Channel,
    Delivery,
    Envelope,
    EscalationRule,
    NotAllowed,
    NotFound,
    Notifier,
    Observer,
    Stage,
    Stale,
    StoreError,
    Suggestion,
    Unreadable,
)
from complaintkit.builtin.form import parse
from complaintkit.case.actions import Assess, Close, Note, Reply, Resolve
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import NoticeUndelivered, PluginFailed
from complaintkit.desk import LEASE, OUTBOX_LEASE, Desk
from complaintkit.guard import Failure, in_transaction
from complaintkit.store import MemoryStore

from .cases import POLICY, SECRET, T0, Double, failing, hours


class Source(Double):
    """A channel whose source holds envelopes."""

    def __init__(self, *envelopes: Envelope) -> None:
        self.confirmed: list[Envelope] = []
        channel = Channel("form", parse=parse, fetch=lambda: envelopes, confirm=self.confirmed.append)
        super().__init__(channel)

    def stream(self, callable_name: str, now: datetime) -> Iterator[Any]:
        """Yield what is there."""
        yield from getattr(self.record, callable_name)()


class Kit:
    """A desk with doubles around it."""

    def __init__(self, **records: list[Any]) -> None:
        self.sent: list[Any] = []
        self.store = MemoryStore()
        mail = Double(Notifier("mail", ("*",), self.send))
        words = Double(Categoriser("words", lambda case: (Suggestion("refund", 0.9, "says so"),)))
        plugins: dict[str, Any] = {
            "channels": [Source()],
            "categorisers": [words],
            "escalation_rules": [],
            "rotas": [],
            "notifiers": [mail],
            "observers": [],
            "customers": [],
        } | records
        self.registry: Any = SimpleNamespace(**{name: tuple(those) for name, those in plugins.items()})
        self.desk = Desk(self.store, self.registry, POLICY, SECRET, random.Random(4).randrange)

    def send(self, notice: Any) -> Delivery:
        """Deliver a notice."""
        assert not in_transaction()
        self.sent.append(notice)
        return Delivery("sent", message_id=f"<{notice.id}@desk>")

    def case(self, reference: str) -> Complaint:
        """Return a case after checking that its file adds up to it."""
        case = self.store.case(reference)
        first, *rest = (filed.entry for filed in self.store.file(reference))
        assert case == first.open().apply_all(rest)  # type: ignore[attr-defined]
        assert [] == list(self.store.verify())
        return case


def form(text: str = "It broke.", number: int = 1, at: datetime = T0, **facts: Any) -> Envelope:
    """Return an envelope of the form channel from Anna."""
    import json

    facts = {"text": text, "email": "anna@example.org"} | facts
    return Envelope("form", f"f{number}", json.dumps(facts).encode(), at)


def test_a_complaint_is_received_assessed_and_acknowledged() -> None:
    """One call in: registered, sorted, owned, timed; one delivery: acknowledged, and its clock met."""
    kit = Kit()
    receipt = kit.desk.receive(form(), T0)
    case = kit.case(receipt.reference)
    assert ("accepted", Stage.REGISTERED, "refund", "desk") == (receipt.outcome, case.stage, case.category, case.owner)
    assert 1 == kit.desk.deliver(T0 + hours(1))
    assert T0 + hours(1) == kit.case(receipt.reference).acknowledged_at
    assert ["anna@example.org"] == [notice.recipient for notice in kit.sent]
    assert 0 == kit.desk.work(T0 + hours(1)).total


def test_the_same_item_twice_is_one_complaint() -> None:
    """Redelivered bytes are a duplicate with the same reference; so is the same message by another way."""
    kit = Kit()
    first = kit.desk.receive(form(message_id="<m@x>"), T0)
    again = kit.desk.receive(form(message_id="<m@x>"), T0)
    other = kit.desk.receive(form(number=2, message_id="<m@x>"), T0)
    assert ["duplicate", "duplicate"] == [again.outcome, other.outcome]
    assert {first.reference} == {again.reference, other.reference}
    assert 1 == kit.store.figures().complaints


def test_an_answer_joins_its_case_and_its_owner_is_told() -> None:
    """A message that answers our notice lands on the case it was about."""
    kit = Kit()
    first = kit.desk.receive(form(), T0)
    kit.desk.deliver(T0)
    answer = form("Still broken.", 2, T0 + hours(3), message_id="<a@x>", answers=[f"<{kit.sent[0].id}@desk>"])
    receipt = kit.desk.receive(answer, T0 + hours(3))
    assert ("accepted", first.reference) == (receipt.outcome, receipt.reference)
    kit.desk.deliver(T0 + hours(3))
    assert ("owner", "desk") == (kit.sent[-1].occasion, kit.sent[-1].recipient)
    assert T0 == kit.case(first.reference).unanswered_since


def test_the_second_complaint_of_a_person_is_linked_and_not_written_to_within_the_hour() -> None:
    """Repeats are found; an address gets one automatic mail an hour, the owner hears of the rest."""
    kit = Kit()
    first = kit.desk.receive(form(), T0)
    second = kit.desk.receive(form("And late.", 2), T0 + hours(0.2))
    kit.desk.deliver(T0 + hours(0.2))
    assert first.reference == kit.case(second.reference).repeat_of
    assert ["anna@example.org", "desk"] == [notice.recipient for notice in kit.sent]


def test_what_cannot_be_read_is_parked_and_told() -> None:
    """Bad bytes stay on file, visible, with an alarm; they are no complaint and no error."""
    kit = Kit()
    receipt = kit.desk.receive(Envelope("form", "bad", b"{", T0), T0)
    assert ("parked", True) == (receipt.outcome, "no valid JSON" in receipt.reason)
    kit.desk.deliver(T0)
    assert "alarm" == kit.sent[0].occasion
    figures = kit.store.figures()
    assert (1, 1, 0) == (figures.envelopes, figures.parked, figures.complaints)
    assert "parked" == kit.desk.receive(Envelope("form", "bad", b"{", T0), T0).outcome


def test_a_failing_categoriser_costs_its_own_answer_and_is_on_file() -> None:
    """The others' suggestions count, and the file says what failed."""
    words = Double(Categoriser("words", lambda case: (Suggestion("refund", 0.9),)))
    kit = Kit(categorisers=[failing(Categoriser("broken", lambda case: ())), words])
    receipt = kit.desk.receive(form(), T0)
    failures = [filed.entry for filed in kit.store.file(receipt.reference) if isinstance(filed.entry, PluginFailed)]
    assert ["broken"] == [entry.plugin for entry in failures]
    assert ("refund", 1) == ((case := kit.case(receipt.reference)).category, case.failures)


def test_without_any_answer_it_is_unsorted_and_still_owned_and_timed() -> None:
    """No categoriser, no notifier: registered, with owner, clocks, and the acknowledgement in the outbox."""
    kit = Kit(categorisers=[], notifiers=[])
    case = kit.case(kit.desk.receive(form(), T0).reference)
    assert ("unsorted", "desk", 3) == (case.category, case.owner, len(case.clocks))
    assert ["acknowledgement"] == [due.notice.occasion for due in kit.store.outbox("waiting", 9)]


def test_a_crash_after_the_raw_bytes_costs_nothing() -> None:
    """A worker that died leaves an envelope that the next one reads, carefully, once the lease is over."""
    asked: list[Any] = []
    kit = Kit(categorisers=[Double(Categoriser("deadly", lambda case: asked.append(case) or ()))])
    with kit.store.begin() as unit:
        unit.keep(form(), T0, LEASE)
    assert 0 == kit.desk.read_waiting(T0)
    assert 1 == kit.desk.read_waiting(T0 + LEASE)
    assert [] == asked
    assert 1 == kit.store.figures().unassessed
    assert 1 == kit.desk.assess(T0 + LEASE)
    assert 1 == len(asked)


def test_what_kills_every_worker_is_parked_in_the_end() -> None:
    """After three tries that never finished, a person has to look."""
    kit = Kit()
    with kit.store.begin() as unit:
        unit.keep(form(), T0, LEASE)
        unit.take_envelopes(T0 + LEASE, LEASE, 9)
        unit.take_envelopes(T0 + 2 * LEASE, LEASE, 9)
    kit.desk.read_waiting(T0 + 3 * LEASE)
    assert 1 == kit.store.figures().parked


def test_a_source_is_confirmed_only_after_the_bytes_are_safe() -> None:
    """Collecting confirms each item once it is on file, bad ones among them too."""
    envelopes = (form(), Envelope("form", "bad", b"{", T0), form("Late.", 3))
    source = Source(*envelopes)
    kit = Kit(channels=[source])
    receipts: list[Any] = []
    assert 3 == kit.desk.collect(T0, receipts.append)
    assert ["accepted", "parked", "accepted"] == [receipt.outcome for receipt in receipts]
    assert list(envelopes) == source.confirmed


def test_an_open_breaker_leaves_the_item_to_be_read_later() -> None:
    """While a channel's plugin gets no calls, items wait instead of being parked."""
    kit = Kit(channels=[failing(Channel("form", parse=parse), kind="open")])
    assert "waiting" == kit.desk.receive(form(), T0).outcome
    assert 1 == kit.store.figures().new


def test_notices_are_tried_again_and_then_told_to_a_person() -> None:
    """Failures postpone; after two days the file says undelivered and an alarm waits."""
    kit = Kit(notifiers=[failing(Notifier("mail", ("*",), lambda notice: Delivery("sent")))])
    reference = kit.desk.receive(form(), T0).reference
    for hour in range(0, 48, 2):
        assert 1 == kit.desk.deliver(T0 + hours(hour))
        assert 0 == kit.desk.deliver(T0 + hours(hour) + timedelta(minutes=4))
    assert 1 == kit.desk.deliver(T0 + hours(48))
    kinds = [type(filed.entry) for filed in kit.store.file(reference)]
    assert 1 == kinds.count(NoticeUndelivered)
    assert ["alarm"] == [due.notice.occasion for due in kit.store.outbox("waiting", 9)]
    assert kit.case(reference).acknowledged_at is None


def test_a_worker_that_dies_while_sending_leaves_the_notice_to_another() -> None:
    """A taken notice is not sent by two at once, and comes back when the lease is over, with the same identifier."""
    kit = Kit()
    kit.desk.receive(form(), T0)
    with kit.store.begin() as unit:
        (taken,) = unit.take_notices(T0, OUTBOX_LEASE, 9)
    assert 0 == kit.desk.deliver(T0 + hours(0.1))
    assert 1 == kit.desk.deliver(T0 + OUTBOX_LEASE)
    assert taken.notice.id == kit.sent[0].id


def test_sweeping_is_idempotent_and_late_workers_tell_the_truth() -> None:
    """A worker that was down for days files each breach once, with its true moment."""
    kit = Kit(escalation_rules=[failing(EscalationRule("broken", lambda review: None))])
    reference = kit.desk.receive(form(), T0).reference
    kit.desk.deliver(T0)
    assert 1 == kit.desk.sweep(T0 + hours(72))
    assert 0 == kit.desk.sweep(T0 + hours(72))
    case = kit.case(reference)
    assert (2, T0 + hours(24)) == (case.level, case.clock("first_response").due_at)  # type: ignore[union-attr]


def test_acting_needs_the_version_that_was_seen() -> None:
    """Whoever acts on an old view is told so, and nothing is overwritten."""
    kit = Kit()
    reference = kit.desk.receive(form(), T0).reference
    seen = kit.store.case(reference).version
    kit.desk.act(reference, Reply(text="We look into it."), "irina", T0 + hours(1), seen)
    with pytest.raises(Stale, match="was changed since version 3"):
        kit.desk.act(reference, Reply(text="Me too."), "oleg", T0 + hours(1), seen)
    with pytest.raises(NotFound):
        kit.desk.act("CK-7F3K-92DX", Note(text="x"), "irina", T0)
    with pytest.raises(NotAllowed):
        kit.desk.act(reference, Note(text=""), "irina", T0 + hours(1))
    kit.desk.deliver(T0 + hours(1))
    assert ["acknowledgement", "reply"] == sorted(notice.occasion for notice in kit.sent)


def test_observers_are_told_after_the_commit_and_again_if_they_fail() -> None:
    """An observer sees every entry once; a failing one is told again later and holds up nobody."""
    seen: list[str] = []
    kit = Kit(observers=[Double(Observer("crm", lambda change: seen.append(change.entry)))])
    kit.desk.receive(form(), T0)
    kit.desk.tell(T0)
    assert ["received", "registered", "assessed"] == seen
    assert 0 == kit.desk.tell(T0)
    broken = Kit(observers=[failing(Observer("crm", lambda change: None))])
    broken.desk.receive(form(), T0)
    assert 3 == broken.desk.tell(T0)
    assert 0 == broken.desk.tell(T0 + timedelta(minutes=1))
    assert 3 == broken.desk.tell(T0 + hours(1))


def test_a_plugin_that_is_out_is_told_once() -> None:
    """The breaker's state is kept for all workers, and an alarm goes to the desk."""
    kit = Kit()
    failure = Failure(plugin="crm", hook="complaintkit_observers", record="crm", kind="raised", problem="no line")
    kit.desk.plugin_failed(failure, T0)
    for _ in range(2):
        kit.desk.breaker_changed("crm", "complaintkit_observers", T0 + hours(1), T0)
    assert ["crm"] == [record.plugin for record in kit.store.plugin_records()]
    assert 1 == len(kit.store.outbox("waiting", 9))


def test_an_automatic_message_without_case_is_parked_not_answered() -> None:
    """A machine that writes to us gets no acknowledgement; a person may look."""

    def machine(envelope: Envelope) -> Any:
        return evolve(parse(envelope), automatic=True)

    kit = Kit(channels=[Double(Channel("form", parse=machine))])
    assert "parked" == kit.desk.receive(form(), T0).outcome
    unreadable = Unreadable("x")
    assert "x" == str(unreadable)


def test_the_hosts_customer_is_recognised_and_a_failing_look_up_costs_nothing() -> None:
    """The first source that knows the complainant links them; the others' failures are on file."""
    from complaintkit import Customer, CustomerSource

    known = Double(CustomerSource("crm", lambda query: Customer(ref="c7", segment="gold") if query.email else None))
    broken = failing(CustomerSource("erp", lambda query: None))
    kit = Kit(customers=[broken, known])
    case = kit.case(kit.desk.receive(form(), T0).reference)
    assert ("c7", "gold", 1, "refund") == (case.customer, case.segment, case.failures, case.category)
    nobody = kit.case(kit.desk.receive(form("No name.", 2, email=""), T0).reference)
    assert ("", 0) == (nobody.customer, nobody.failures)


def test_a_person_may_take_a_machines_message_for_a_complaint() -> None:
    """What was parked as automatic becomes a complaint when a person says so, and only then."""

    def machine(envelope: Envelope) -> Any:
        return evolve(parse(envelope), automatic=True)

    kit = Kit(channels=[Double(Channel("form", parse=machine))])
    number = kit.desk.receive(form(), T0).number
    assert "parked" == kit.desk.retry(number, T0 + hours(1)).outcome
    assert "accepted" == kit.desk.retry(number, T0 + hours(1), as_complaint=True).outcome
    with pytest.raises(NotAllowed, match="only a parked one"):
        kit.desk.retry(number, T0 + hours(2))


def test_a_batch_tells_of_every_item_and_of_the_same_one_twice() -> None:
    """Items of one batch are on file before the first is read; the second copy is a duplicate of the first."""
    kit = Kit()
    safe: list[Envelope] = []
    batch = [form(), form(), Envelope("form", "bad", b"{", T0), form("Late.", 2)]
    receipts = list(kit.desk.receive_all(batch, T0, safe.append))
    assert ["accepted", "duplicate", "parked", "accepted"] == [receipt.outcome for receipt in receipts]
    assert receipts[0].reference == receipts[1].reference
    assert batch == safe


def test_a_slow_worker_does_not_park_what_another_has_read() -> None:
    """When the lease ran out and somebody else settled the envelope, the late one takes over what became of it."""
    kit = Kit()

    def slow(envelope: Envelope) -> Any:
        kit.registry.channels = (Double(Channel("form", parse=parse)),)
        kit.desk.read_waiting(T0 + LEASE)
        raise Unreadable("too late")

    kit.registry.channels = (Double(Channel("form", parse=slow)),)
    receipt = kit.desk.receive(form(), T0)
    assert ("accepted", 1, 0) == (receipt.outcome, kit.store.figures().accepted, kit.store.figures().parked)


def test_a_message_to_an_ended_case_opens_one_that_is_owed_an_answer() -> None:
    """What comes after the end does not disappear in a closed file: it is a new complaint, linked to the old one."""
    kit = Kit()
    first = kit.desk.receive(form(message_id="<m@x>"), T0)
    kit.desk.act(first.reference, Resolve(evidence="by telephone"), "irina", T0 + hours(1))
    kit.desk.act(first.reference, Close(), "irina", T0 + hours(2))
    late = kit.desk.receive(form("It broke again.", 2, T0 + hours(50), answers=["<m@x>"]), T0 + hours(50))
    case = kit.case(late.reference)
    assert (True, first.reference) == (case.open and late.reference != first.reference, case.repeat_of)
    assert case.due_at is not None


def test_an_objection_after_the_response_falls_due() -> None:
    """A message on a case whose clocks are all met starts one for the answer, and the owner hears of it."""
    kit = Kit()
    first = kit.desk.receive(form(message_id="<m@x>"), T0)
    kit.desk.act(first.reference, Resolve(evidence="by telephone"), "irina", T0 + hours(1))
    kit.desk.receive(form("No, it is not.", 2, T0 + hours(5), answers=["<m@x>"]), T0 + hours(5))
    case = kit.case(first.reference)
    assert ("follow_up", T0 + hours(53)) == (case.clocks[-1].kind, case.clocks[-1].due_at)
    answered = kit.desk.act(first.reference, Reply(text="We look again."), "irina", T0 + hours(6))
    assert answered.clocks[-1].settled


def test_two_workers_with_one_mail_make_one_complaint() -> None:
    """The same message by two mailboxes, read at the same moment: whoever comes second finds a duplicate."""
    kit = Kit()
    envelopes = [form(number=number, message_id="<m@x>") for number in (1, 2)]
    with kit.store.begin() as unit:
        kept = [unit.keep(envelope, T0, LEASE) for envelope in envelopes]
    behind = kit.store.threads
    kit.store.threads = lambda message_ids: ()  # type: ignore[method-assign]  # both looked before either wrote
    first = kit.desk.file(parse(envelopes[0]), kept[0], T0)

    def looks_again(message_ids: Any) -> Any:
        kit.store.threads = behind  # type: ignore[method-assign]
        return ()

    kit.store.threads = looks_again  # type: ignore[method-assign]
    second = kit.desk.file(parse(envelopes[1]), kept[1], T0)
    assert ("accepted", "duplicate", first.reference) == (first.outcome, second.outcome, second.reference)
    assert 1 == kit.store.figures().complaints


def test_one_case_that_cannot_be_worked_on_does_not_stop_the_others() -> None:
    """The rest is assessed and swept, and somebody is told once a day."""
    kit = Kit()
    references = [
        kit.desk.receive(form(number=number, email=f"a{number}@example.org"), T0).reference for number in (1, 2)
    ]
    whole = kit.store.case

    def torn(reference: str) -> Complaint:
        if reference == references[0]:
            raise StoreError("its row is torn")
        return whole(reference)

    kit.store.case = torn  # type: ignore[method-assign]
    kit.store.cases_of = lambda references: tuple(map(torn, references))  # type: ignore[method-assign]
    assert 1 == kit.desk.sweep(T0 + hours(25))
    assert 0 == kit.desk.sweep(T0 + hours(25))
    stuck = [due.notice for due in kit.store.outbox("waiting", 99) if due.notice.id.startswith("stuck-")]
    assert [references[0]] == [notice.facts["reference"] for notice in stuck]


def test_learning_categorisers_are_told_what_a_person_decided() -> None:
    """A confirmed assessment is a lesson."""
    lessons: list[Any] = []
    learner = Double(Categoriser("learner", lambda case: (), learn=lessons.append))
    kit = Kit(categorisers=[learner])
    reference = kit.desk.receive(form(), T0).reference
    learner._answer = lessons.append
    kit.desk.act(reference, Assess(category="refund"), "irina", T0 + hours(1))
    assert ["refund"] == [lesson.category for lesson in lessons]


def test_a_named_first_owner_is_told_of_a_new_complaint() -> None:
    """A person who owns a channel hears of what comes; a role looks at the queue; who took it down knows."""
    kit = Kit()
    kit.desk.policy = evolve(POLICY, owners={"*": "irina"})
    kit.desk.receive(form(), T0)
    kit.desk.receive(evolve(form(number=2, email="b@example.org"), recorder="oleg"), T0)
    kit.desk.deliver(T0)
    assert ["irina"] == [notice.recipient for notice in kit.sent if notice.occasion == "owner"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5), st.integers(0, 2)), max_size=14))
def test_a_batch_ends_as_one_by_one(items: list[tuple[int, int, int]]) -> None:
    """Whatever belongs to whatever, storing a batch together groups messages as receiving them singly does."""
    envelopes = [
        form(
            f"text {identity}",
            number,
            message_id=f"<{identity}@x>",
            answers=[f"<{answered}@x>"] if answered >= 0 else [],
            email=f"a{sender}@example.org",
        )
        for number, (identity, answered, sender) in enumerate(items)
    ]
    alone, together = Kit(), Kit()
    one_by_one = [alone.desk.receive(envelope, T0) for envelope in envelopes]
    batch = list(together.desk.receive_all(envelopes, T0))
    assert [receipt.outcome for receipt in one_by_one] == [receipt.outcome for receipt in batch]
    assert grouped(one_by_one) == grouped(batch)
    assert [] == list(together.store.verify())


def grouped(receipts: list[Any]) -> list[int]:
    """Return for each receipt the place of the first one with the same complaint."""
    references = [receipt.reference for receipt in receipts]
    return [references.index(reference) for reference in references]


def test_what_is_handed_to_staff_has_not_reached_the_complainant() -> None:
    """Without a way there is no acknowledgement to be late with; with one, handing over is not telling."""
    kit = Kit()
    nobody = kit.case(kit.desk.receive(form(email=""), T0).reference)
    assert "acknowledgement" not in {clock.kind for clock in nobody.clocks}
    named = kit.desk.receive(form(number=2, email="", name="Anna"), T0).reference
    kit.desk.deliver(T0)
    assert kit.case(named).acknowledged_at is None


def test_an_unknown_category_is_told_to_whoever_looks_after_plugins() -> None:
    """A suggestion outside the policy is in the file and in the plugin's record."""
    kit = Kit(categorisers=[Double(Categoriser("roads", lambda case: (Suggestion("roads", 0.9),)))])
    kit.desk.receive(form(), T0)
    assert ["roads"] == [record.plugin for record in kit.store.plugin_records()]


def test_one_torn_message_does_not_hold_up_the_others() -> None:
    """Half a letter in an address, or a fault of ours about one message, costs at most that message."""
    kit = Kit()
    torn = form(number=1, email="\ud800@x.org")
    good = [form(number=number, email=f"a{number}@example.org") for number in (2, 3)]
    assert ["accepted"] * 3 == [receipt.outcome for receipt in kit.desk.receive_all([torn, *good], T0)]
    policy = kit.desk.policy

    class Faulty:
        def __getattr__(self, name: str) -> Any:
            if name == "language":
                raise RuntimeError("our own fault")
            return getattr(policy, name)

    kit.desk.policy = Faulty()  # type: ignore[assignment]
    assert ["parked"] * 2 == [one.outcome for one in kit.desk.receive_all([form(number=8), form(number=9)], T0)]


def test_a_form_that_says_more_is_no_duplicate() -> None:
    """Another field or another telephone number is another message, whatever its identifier."""
    kit = Kit()
    told = [
        form(number=1, message_id="<m@x>", fields={"order": "1"}),
        form(number=2, message_id="<m@x>", fields={"order": "2, and it broke my leg"}),
        form(number=3, message_id="<m@x>", fields={"order": "1"}, phone="+44 20 7946 0000"),
    ]
    assert ["accepted"] * 3 == [kit.desk.receive(envelope, T0).outcome for envelope in told]


def test_an_acknowledgement_cannot_be_multiplied_by_spelling_the_address_differently() -> None:
    """Tags, dots, width, case and invisible signs lead to one box, and one box gets one acknowledgement an hour."""
    kit = Kit()
    spellings = ["v@x.org", "V@X.ORG", "v+1@x.org", "v@x.org.", "v\u200b@x.org", "\uff56@x.org"]
    for number, email in enumerate(spellings):
        kit.desk.receive(form(number=number, email=email, customer=f"c{number}"), T0)
    kit.desk.deliver(T0)
    assert 1 == sum(notice.occasion == "acknowledgement" for notice in kit.sent)


def test_a_machine_that_answers_our_answer_is_told_to_the_owner() -> None:
    """A bounce of a reply reaches the owner; an automatic answer to the acknowledgement does not."""

    def machine(envelope: Envelope) -> Any:
        return evolve(parse(envelope), automatic="bounce" in envelope.raw.decode())

    kit = Kit(channels=[Double(Channel("form", parse=machine))])
    reference = kit.desk.receive(form(message_id="<m@x>"), T0).reference
    kit.desk.receive(form("bounce", 2, answers=["<m@x>"]), T0)
    kit.desk.deliver(T0)
    assert [] == [notice for notice in kit.sent if notice.occasion == "owner"]
    kit.desk.act(reference, Reply(text="Here you are."), "irina", T0 + hours(1))
    kit.desk.receive(form("bounce again", 3, answers=["<m@x>"]), T0 + hours(2))
    kit.desk.deliver(T0 + hours(2))
    assert 1 == sum(notice.occasion == "owner" for notice in kit.sent)
