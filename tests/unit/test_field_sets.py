"""What regulators and supervisors ask to be on file has its place in a complaint: four field sets, field by field.

Each line names where the field lives and how it is read. Where a set has codes of its own, the organisation keeps them
in a field of its own (`[policy.fields]`): schemes of others are mapped, they are not ours.

Sources, as we know them: US 21 CFR 820.35 (complaint files of medical devices); the complaint register that US
insurance supervisors prescribe (NAIC model); Australia, data dictionary for internal dispute resolution of RG 271; US
CFPB, public complaint database.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from complaintkit import Message, Person
from complaintkit.app import actions
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.fields import value_of
from complaintkit.case.responses import Response
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, kit

DAY = timedelta(days=1)
CHOICE = {"type": "choice"}
OWN = {
    "naic_function": {**CHOICE, "choices": ["claims", "marketing", "underwriting"]},
    "naic_reason": {**CHOICE, "choices": ["denial", "delay"]},
    "demographics": {"type": "text"},
    "cfpb_response": {**CHOICE, "choices": ["closed-with-explanation", "closed-with-monetary-relief"]},
    "cfpb_tags": {**CHOICE, "choices": ["older-american", "servicemember"], "personal": True},
}
Read = Callable[[Complaint, tuple[Entry, ...]], object]


def own(name: str) -> Read:
    """Return how a field of the organisation's own is read."""
    return lambda case, file: str(value_of(case, name))


def found(case: Complaint, kind: str) -> object:
    """Return the words of the last remedy of a kind that arrived."""
    return [str(one.type) for one in case.settlement.remedies if one.type == kind]


def answer(case: Complaint) -> Response:
    """Return the final response of a case."""
    return case.settlement.responses[-1]


def in_time(case: Complaint, kind: str) -> bool:
    """Say whether the clock of a kind was met in time."""
    clock = case.clock(kind)
    return clock is not None and clock.met_at is not None and clock.met_at <= clock.due_at


# Set and field; where it lives, in words; how it is read; what is expected.
FIELDS: tuple[tuple[str, str, Read, object], ...] = (
    # --- US 21 CFR 820.35
    ("FDA device name", "product", lambda c, f: c.product, "pump-3"),
    ("FDA date received", "received_at", lambda c, f: c.received_at, MONDAY),
    ("FDA UDI or UPC", "matter.subject.udi", lambda c, f: str(c.matter.subject.udi), "(01)0884"),
    ("FDA complainant name", "person", lambda c, f: c.complainant.name, "Anna"),
    ("FDA complainant address", "person", lambda c, f: c.complainant.address, "1 High Street"),
    ("FDA complainant telephone", "person", lambda c, f: c.complainant.phone, "+1 202 555 01"),
    ("FDA nature of the complaint", "matter.points", lambda c, f: str(c.matter.points[0].text), "stops at night"),
    ("FDA details of the complaint", "narrative", lambda c, f: str(c.narrative), "The pump stops."),
    ("FDA corrective action", "settlement.remedies", lambda c, f: found(c, "replacement"), ["replacement"]),
    ("FDA reply to the complainant", "settlement.responses", lambda c, f: str(answer(c).text), "Yes."),
    # --- NAIC
    ("NAIC identification", "reference", lambda c, f: c.reference[:3], "CK-"),
    ("NAIC function code", "own field", own("naic_function"), "claims"),
    ("NAIC reason code", "own field", own("naic_reason"), "delay"),
    ("NAIC line of business", "product", lambda c, f: c.product, "pump-3"),
    ("NAIC disposition", "outcome", lambda c, f: str(c.outcome), "upheld"),
    ("NAIC date received", "received_at", lambda c, f: c.received_at, MONDAY),
    ("NAIC date closed", "closed_at", lambda c, f: c.closed_at, MONDAY + 6 * DAY),
    ("NAIC regulator origin", "settlement.external", lambda c, f: c.settlement.external[0].body, "State Insurance"),
    ("NAIC state of origin", "matter.subject.jurisdiction", lambda c, f: c.matter.subject.jurisdiction, "US-NY"),
    # --- ASIC
    ("ASIC identifier", "reference", lambda c, f: c.reference[:3], "CK-"),
    ("ASIC brand", "matter.subject.brand", lambda c, f: c.matter.subject.brand, "Acme"),
    ("ASIC complainant type", "matter.complainant", lambda c, f: str(c.matter.complainant), "business"),
    ("ASIC demographics", "own field, sealed", own("demographics"), "70 or older"),
    ("ASIC status", "stage", lambda c, f: str(c.stage), "closed"),
    ("ASIC method of contact", "channel", lambda c, f: c.channel, "phone"),
    ("ASIC date received", "received_at", lambda c, f: c.received_at, MONDAY),
    ("ASIC date closed", "closed_at", lambda c, f: c.closed_at, MONDAY + 6 * DAY),
    ("ASIC days to close", "closed_at, received_at", lambda c, f: (c.closed_at - c.received_at).days, 6),  # type: ignore[operator]
    ("ASIC representative", "matter.parties", lambda c, f: str(c.matter.parties[0].role), "representative"),
    ("ASIC product", "product", lambda c, f: c.product, "pump-3"),
    ("ASIC issue", "category", lambda c, f: c.category, "product-quality"),
    ("ASIC outcome", "outcome", lambda c, f: str(c.outcome), "upheld"),
    # --- CFPB, public fields
    ("CFPB date received", "received_at", lambda c, f: c.received_at, MONDAY),
    ("CFPB product", "product", lambda c, f: c.product, "pump-3"),
    ("CFPB sub-product", "matter.subject.model", lambda c, f: c.matter.subject.model, "mobile"),
    ("CFPB issue", "category", lambda c, f: c.category, "product-quality"),
    ("CFPB sub-issue", "matter.points", lambda c, f: c.matter.points[0].problem, "safety"),
    ("CFPB narrative", "narrative", lambda c, f: str(c.narrative), "The pump stops."),
    ("CFPB consent to publish", "matter.telling.publish", lambda c, f: c.matter.telling.publish, True),
    ("CFPB public response", "own field", own("cfpb_response"), "closed-with-monetary-relief"),
    ("CFPB response to the consumer", "settlement.responses", lambda c, f: answer(c).kind, "monetary_relief"),
    ("CFPB company", "matter.subject.brand", lambda c, f: c.matter.subject.brand, "Acme"),
    ("CFPB state", "matter.subject.jurisdiction", lambda c, f: c.matter.subject.jurisdiction, "US-NY"),
    ("CFPB ZIP code", "person, in the address", lambda c, f: c.complainant.address, "1 High Street"),
    ("CFPB tags", "own field, sealed", own("cfpb_tags"), "older-american"),
    ("CFPB submitted via", "channel", lambda c, f: c.channel, "phone"),
    ("CFPB timely response", "clocks", lambda c, f: in_time(c, "final_response"), True),
)  # fmt: skip


@pytest.fixture(scope="module")
def told() -> Iterator[tuple[Complaint, tuple[Entry, ...]]]:
    """Yield a complaint that was described, decided and closed by actions alone, with its file."""
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"fields": OWN})
    who = Person(name="Anna", phone="+1 202 555 01", address="1 High Street")
    steps = (
        actions.Assess(category="product-quality"),
        actions.Describe(
            product="pump-3", model="mobile", udi="(01)0884", brand="Acme", jurisdiction="US-NY", publish="yes"
        ),
        actions.AddPoint(text="stops at night", problem="safety", target="product"),
        actions.AddParty(role="representative", full_name="Boris", email="boris@example.org"),
        actions.ChangeParty(kind="business"),
        *(actions.SetField(field=name, value=value) for name, value in (
            ("naic_function", "claims"), ("naic_reason", "delay"), ("demographics", "70 or older"),
            ("cfpb_response", "closed-with-monetary-relief"), ("cfpb_tags", "older-american"),
        )),
        actions.RecordFinding(text="a loose wire"),
        actions.OfferRemedy(type="replacement", reason="a new pump"),
        actions.OfferRemedy(type="refund", amount=Decimal(20), currency="USD"),
        actions.DecidePoint(point="point-1", outcome="upheld"),
        actions.Propose(text="Yes.", response="monetary_relief"),
    )  # fmt: skip
    with kit(settings=settings) as desk:
        reference = desk.open(Message(text="The pump stops.", sender=who), channel="phone", by="irina").reference
        for step in steps:
            desk.act(reference, step, by="irina", now=MONDAY + DAY)
        ending = (
            actions.Respond(),
            actions.Resolve(evidence="said so"),
            actions.Close(despite="all done"),
            actions.ReferOut(body="State Insurance", kind="regulator", by_whom="body"),
        )
        for step in ending:
            desk.act(reference, step, by="oleg", now=MONDAY + 6 * DAY)
        yield desk.case(reference), tuple(one.entry for one in desk.file(reference))


@pytest.mark.parametrize(("name", "where", "read", "expected"), FIELDS, ids=[one[0] for one in FIELDS])
def test_a_field_that_others_ask_for_has_its_place(
    told: tuple[Complaint, tuple[Entry, ...]], name: str, where: str, read: Read, expected: object
) -> None:
    """The field is filled by ordinary actions and read where the table says."""
    assert where
    assert expected == read(*told), f"{name} lives in {where}"
