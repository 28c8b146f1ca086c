"""Every deadline of the field's table (`domain.md`, section 3) that can be computed, on complaints that people work on.

A complaint is opened, people act, and what its clock says is compared with a date that was computed by hand. The packs
come from the distribution `complaintkit-rulepacks`; the table stands in `regimes`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import complaintkit_rulepacks
from complaintkit import NotAllowed
from complaintkit.app import ComplaintKit, Filter, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.exposure import days_late, penalty_exposure
from complaintkit.case.parts import Basis, Clock
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import SENT, kit, said
from tests.journeys.regimes import CHECKS, MDR, RU_59, RU_GOODS, SEEDS, WITHOUT, Check

PACKS: Final = tuple(one.name for one in complaintkit_rulepacks.shipped())
DOMAIN: Final = Path(__file__).resolve().parents[3] / "shared" / "design" / "domain.md"
_LAST: Final = time(23, 59, 59, 999999)
MICRO: Final = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def desks() -> Iterator[dict[str, ComplaintKit]]:
    """Give the kits that were opened, by zone."""
    opened: dict[str, ComplaintKit] = {}
    yield opened
    for one in opened.values():
        one.close()


def desk_of(desks: dict[str, ComplaintKit], zone: str) -> ComplaintKit:
    """Return a kit in a zone, in which every pack holds for what comes by a channel of its name."""
    if zone not in desks:
        rules = {name: {"channels": [name], "by_hand": False} for name in PACKS}
        settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"zone": zone, "rules": rules})
        desks[zone] = kit((SENT, complaintkit_rulepacks), settings=settings)
    return desks[zone]


def local(text: str, zone: str) -> datetime:
    """Return a moment in a zone; of a day its last."""
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return datetime.combine(date.fromisoformat(text), _LAST, ZoneInfo(zone))


# --- what people do


def _acknowledged(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    desk.work(now)


def _answered(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    desk.act(case, actions.Assess(category="refund"), by="irina", now=now)
    draft = actions.Propose(outcome="not_upheld", text="This is how we see it.", reason="as agreed", finding="looked")
    desk.act(case, draft, by="irina", now=now)
    desk.act(case, actions.Respond(), by="irina", now=now)


def _settled(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    settled = actions.SettleNow(text="Here is another one.", evidence="said so on the telephone", category="refund")
    desk.act(case, settled, by="irina", now=now)


def _disputed(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    desk.act(case, actions.Dispute(reason="it is still broken"), by="boris", now=now)


def _replied(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    desk.act(case, actions.Reply(text="We have your objection."), by="boris", now=now)


def _demanded(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    demand = actions.AddDemand(kind=what, presented_at=now, amount=Decimal(50_000), currency="RUB")
    desk.act(case, demand, by="irina", now=now + timedelta(days=1))


def _duty(desk: ComplaintKit, case: str, what: str, now: datetime) -> None:
    begun = actions.StartDuty(duty=f"duty_{what}", reason="the file shows it", since=now)
    desk.act(case, begun, by="irina", now=now + timedelta(hours=6))


DOES: Final[Mapping[str, Callable[[ComplaintKit, str, str, datetime], None]]] = MappingProxyType(
    {
        "acknowledged": _acknowledged, "answered": _answered, "settled": _settled, "disputed": _disputed,
        "replied": _replied, "demanded": _demanded, "duty": _duty,
    }
)  # fmt: skip


def lived(check: Check, desks: dict[str, ComplaintKit]) -> tuple[ComplaintKit, Complaint]:
    """Return a complaint that came and was worked on as a check says, and its kit."""
    desk, now, channel = desk_of(desks, check.zone), local(check.received, check.zone), check.pack
    received, steps = now, list(check.steps)
    if steps and steps[0].startswith("registered"):
        now = local(steps.pop(0).split()[1], check.zone)
    if steps and steps[0].startswith("by "):
        channel = steps.pop(0).split()[1]
    # Nobody gets more than a few acknowledgements a day, so everybody complains once.
    name = f"anna{len(desk.cases(Filter(limit=1000)))}"
    told = desk.open(said("It broke.", name), channel=channel, by="irina", received_at=received, now=now)
    for step in steps:
        does, *what, at = step.split()
        DOES[does](desk, told.reference, "".join(what), local(at, check.zone))
    return desk, desk.case(told.reference)


def clock_of(case: Complaint, name: str) -> Clock:
    """Return a clock of a case."""
    found = case.named(name)
    assert found is not None, f"there is no {name}; there are {', '.join(one.name for one in case.clocks)}"
    return found


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: f"{one.row}, {one.clock}, {'; '.join(one.steps)}")
def test_a_deadline_ends_when_its_row_says(check: Check, desks: dict[str, ComplaintKit]) -> None:
    """The clock is due on the day computed by hand, by the law where a pack says so, and it explains itself so."""
    desk, case = lived(check, desks)
    clock = clock_of(case, check.clock)
    assert local(check.due, check.zone) == clock.due_at.astimezone(ZoneInfo(check.zone))
    assert clock.due_at == desk.policy.explained(clock).due_at
    assert (Basis.STATUTORY if check.pack else Basis.SERVICE) is clock.basis
    assert not clock.pausable or not check.pack


@pytest.mark.parametrize("check", [one for one in CHECKS if one.longest], ids=lambda one: f"{one.row}, {one.clock}")
def test_an_extension_ends_at_its_limit(check: Check, desks: dict[str, ComplaintKit]) -> None:
    """A deadline may be extended to the day computed by hand, and not by a moment more."""
    desk, case = lived(check, desks)
    clock, last = clock_of(case, check.clock), local(check.longest, check.zone)
    now = clock.due_at - timedelta(days=1)
    beyond = actions.Extend(clock=clock.name, until=last + MICRO, text="An expert is needed.")
    with pytest.raises(NotAllowed, match=r"may be extended to .* at most"):
        desk.act(case.reference, beyond, by="irina", now=now)
    told = actions.Extend(clock=clock.name, until=last, text="An expert is needed.")
    extended = clock_of(desk.act(case.reference, told, by="irina", now=now), clock.name)
    assert last == extended.due_at
    assert last == desk.policy.explained(extended).due_at


@pytest.mark.parametrize(
    "check",
    [one for one in CHECKS if one.pack and not one.longest and "registration" not in one.clock],
    ids=lambda one: f"{one.row}, {one.clock}, {'; '.join(one.steps)}",
)
def test_what_may_not_be_extended_is_not(check: Check, desks: dict[str, ComplaintKit]) -> None:
    """Where the row names no extension, the rules allow none."""
    desk, case = lived(check, desks)
    clock = clock_of(case, check.clock)
    assert clock.due_at == desk.policy.extendable_until(clock)
    assert not clock.reckoning.extendable


def test_every_row_has_a_check_or_a_reason() -> None:
    """The rows of the table are those that are checked and those that are listed with a reason, no more and no less."""
    if not DOMAIN.exists():
        pytest.skip("the table is not beside this checkout")
    section = DOMAIN.read_text(encoding="utf-8").partition("## 3. Deadlines")[2].partition("\n## ")[0]
    rows = {found.strip() for found in re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)} - {"regime", "---"}
    assert rows == {check.row for check in CHECKS} | set(WITHOUT)


def test_a_late_refund_costs_by_the_day(desks: dict[str, ComplaintKit]) -> None:
    """Demanded on 20 March 2026 and paid on 3 April: four days late; at 1 % of 50,000 a day 2,000 may be claimed.

    Source: Russian consumer law, art. 22 and 23; for services 3 % a day, at most the price (art. 28).
    """
    check = next(one for one in CHECKS if one.row == RU_GOODS)
    desk, case = lived(check, desks)
    paid = local("2026-04-03T12:00", check.zone)
    case = desk.act(
        case.reference, actions.EndDemand(demand="demand-1", end="met", reason="paid"), by="irina", now=paid
    )
    clock = clock_of(case, check.clock)
    assert clock.late_at(paid)
    assert paid == clock.met_at
    (demand,) = case.matter.demands
    assert demand.money is not None
    late = days_late(clock.due_at, paid, ZoneInfo(check.zone))
    assert (4, 2000) == (late, penalty_exposure(late, demand.money.amount, Decimal("0.01")))
    assert 6000 == penalty_exposure(late, demand.money.amount, Decimal("0.03"), cap=demand.money.amount)


def test_a_late_registration_stays_on_record(desks: dict[str, ComplaintKit]) -> None:
    """What is registered a day too late was broken, though nobody can mend that any more (59-FZ)."""
    check = next(one for one in CHECKS if one.row == RU_59 and "registration" in one.clock)
    _, case = lived(check, desks)
    clock = clock_of(case, check.clock)
    assert clock.late_at(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.settled
    assert local("2026-03-10T10:00", check.zone) == case.handling.registered_at == clock.met_at


def test_a_report_to_an_authority_is_done_with_evidence(desks: dict[str, ComplaintKit]) -> None:
    """A duty ends when it was done, whatever becomes of the complaint (21 CFR 803)."""
    check = next(one for one in CHECKS if one.row == MDR)
    desk, case = lived(check, desks)
    at = local("2026-07-08T10:00", check.zone)
    desk.act(case.reference, actions.Withdraw(evidence="by telephone"), by="irina", now=at)
    assert not clock_of(desk.case(case.reference), check.clock).settled
    done = actions.FinishDuty(clock=check.clock, evidence="report 1234 of today")
    case = desk.act(case.reference, done, by="irina", now=at)
    assert (at, False) == (clock_of(case, check.clock).met_at, clock_of(case, check.clock).late_at(at))


def test_the_seeds_row_is_checked_without_a_pack() -> None:
    """E-mail in 24 hours and social media in 60 minutes are shipped with the core."""
    assert {""} == {one.pack for one in CHECKS if one.row == SEEDS}
