"""A whole desk with a plugin that goes wrong in every hook: no complaint is lost, everybody else's answers count.

For each of the fourteen kinds of fault: items come in by a good channel and by the faulty one, are read, sorted,
reminded of, escalated, delivered, told and counted. The fault has to be readable where `plugins doctor` looks, and in
the file of a case that it touched.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from complaintkit.app import ComplaintKit
from complaintkit.case.complaint import Complaint
from complaintkit.errors import NotFound, PluginError
from complaintkit.message import Envelope
from complaintkit.settings import read
from complaintkit.store.port import Filter, PluginRecord
from complaintkit.testing import builders, faults
from complaintkit.testing.doubles import HandClock, Mailbox, SeenChanges

FAULTY = [
    pytest.param(name, marks=[pytest.mark.slow] if fault.stops and name != "hang" else [])
    for name, fault in faults.FAULTS.items()
]
TEXTS = (
    "I want my money back, please refund the broken toaster.",
    "The parcel came two weeks late.",
    "Верните деньги, товар бракованный.",
)


@frozen(kw_only=True)
class Outcome:
    """What stands on file when everything has happened."""

    cases: tuple[Complaint, ...]
    files: tuple[tuple[Any, ...], ...]
    records: dict[str, PluginRecord]
    figures: Any
    findings: tuple[Any, ...]
    parked: tuple[str, ...]
    told: int
    sent: int
    confirmed: int
    report: str
    healthy_report: int


def settings(folder: Path, fault: str) -> dict[str, Any]:
    """Return the settings of a desk with the faulty plugin."""
    planted = faults.FAULTS[fault]
    limits: dict[str, Any] = dict.fromkeys(faults.arguments(), "0.3s") | {"fetch": "0.3s"} if planted.stops else {}
    if fault == "memory":
        limits = {"memory": 200}
    return {
        "kit": {"database": "sqlite:///desk.db", "secret": "for this test only"},
        "plugins": {"files": [f"{fault}_faulty.py"], "discover": False, f"{fault}_faulty": {"limits": limits}},
        "policy": {"chain": [{"at": "75%", "to": "owner"}, {"at": "0h", "to": "rota"}, {"at": "+48h", "to": "lead"}]},
    }


def run(folder: Path, fault: str) -> Outcome:
    """Let everything happen that a plugin has a part in."""
    faults.write_plugin(folder, fault, slow=0.6)
    clock = HandClock(builders.NOON)
    mailbox, seen = Mailbox(builders.an_envelope(channel="mailbox", source_id="m-1")), SeenChanges()
    kit = ComplaintKit(read({**settings(folder, fault)}, folder), plugins=[mailbox.record, seen.record], clock=clock)
    with kit:
        kit.upgrade()
        for number, text in enumerate(TEXTS):
            kit.receive(envelope("form", str(number), text))
        kit.receive(envelope(f"{fault}_faulty", "f-1", "by the faulty channel"))
        kit.collect()
        kit.work()
        for _ in range(3):
            clock.forward(days=20)
            kit.work()
        report = reported(kit, f"{fault}_faulty")
        return Outcome(
            cases=(cases := kit.cases(Filter())),
            files=tuple(tuple(filed.entry for filed in kit.file(case.reference)) for case in cases),
            records={record.hook: record for record in kit.store.plugin_records()},
            figures=kit.figures(),
            findings=tuple(kit.verify()),
            parked=tuple(kept.reason for kept in kit.store.envelopes("parked", 10)),
            told=len(seen.changes),
            sent=len(list((folder / "outgoing").glob("*.txt"))),
            confirmed=len(mailbox.confirmed),
            report=report,
            healthy_report=len(kit.report("volume", builders.NOON, clock.now).rows),
        )


def envelope(channel: str, source_id: str, text: str) -> Envelope:
    """Return an item of plain text."""
    return builders.an_envelope(channel=channel, source_id=source_id, raw=text.encode(), media_type="text/plain")


def reported(kit: ComplaintKit, name: str) -> str:
    """Return what becomes of the faulty report."""
    try:
        return kit.report(name, builders.NOON, kit.clock()).title
    except (PluginError, NotFound) as error:
        return str(error)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcome]:
    """Give what happened with a fault; it happens once."""
    return cache(lambda fault: run(tmp_path_factory.mktemp(fault), fault))


def kinds(outcome: Outcome) -> list[str]:
    """Return the kinds of entries in all files."""
    return [entry.kind for entries in outcome.files for entry in entries]


@pytest.mark.parametrize("fault", FAULTY)
def test_every_complaint_is_stored(outcome: Callable[[str], Outcome], fault: str) -> None:
    """What came in is a complaint or parked with a reason, nothing is lost or doubled, and the files verify."""
    found = outcome(fault)
    figures = found.figures
    parse = faults.expected(fault, "parse", "apart") if fault != "import" else ("no channel",)
    assert (5, 0, 5 if not parse else 4, 0) == (figures.envelopes, figures.new, figures.accepted, figures.duplicate)
    assert (1 if parse else 0) == figures.parked == len(found.parked)
    assert all(found.parked)
    assert () == found.findings
    assert {"My parcel came late and the box was broken.", *TEXTS} <= {str(case.narrative) for case in found.cases}
    assert 1 == found.confirmed


@pytest.mark.parametrize("fault", FAULTY)
def test_other_plugins_answers_are_kept(outcome: Callable[[str], Outcome], fault: str) -> None:
    """Sorting, escalation, notices, observers and reports of the healthy plugins happen as ever."""
    found = outcome(fault)
    categories = {str(case.narrative): case.category for case in found.cases}
    assert {"refund", "delivery-late"} <= {categories[TEXTS[0]], categories[TEXTS[1]]}
    assert all(case.owner for case in found.cases)
    assert all(case.level >= 1 for case in found.cases)
    assert kinds(found).count("overdue") >= len(found.cases)
    assert kinds(found).count("notice_sent") >= len(found.cases)
    send = faults.expected(fault, "send", "apart")
    assert (found.sent > 0) is (fault == "import" or bool(send))
    assert found.told >= sum(map(len, found.files)) - len(found.files)
    assert found.healthy_report > 0


@pytest.mark.parametrize("fault", FAULTY)
def test_the_fault_is_told(outcome: Callable[[str], Outcome], fault: str) -> None:
    """Each failing hook has a record with a readable problem; failures that touched a case are in its file."""
    found = outcome(fault)
    if fault == "import":
        assert {} == found.records
        assert "plugin_failed" not in kinds(found)
        return
    for name, hook in (
        ("parse", "complaintkit_channels"),
        ("fetch", "complaintkit_channels.fetch"),
        ("suggest", "complaintkit_categorisers"),
        ("check", "complaintkit_escalation_rules"),
        ("on_call", "complaintkit_rotas"),
        ("send", "complaintkit_notifiers"),
        ("compile", "complaintkit_reports"),
        ("see", "complaintkit_observers"),
    ):
        expected = faults.expected(fault, name, "apart")
        assert bool(expected) is (hook in found.records), (name, found.records.keys())
        if expected:
            record = found.records[hook]
            assert f"{fault}_faulty" == record.plugin
            assert record.last_problem.partition(":")[0] in expected
            assert len(record.last_problem) > 20
    touched = [entry for entries in found.files for entry in entries if entry.kind == "plugin_failed"]
    hooks = {entry.hook for entry in touched}
    for name, hook in (
        ("suggest", "complaintkit_categorisers"),
        ("check", "complaintkit_escalation_rules"),
        ("on_call", "complaintkit_rotas"),
    ):
        assert bool(faults.expected(fault, name, "apart")) is (hook in hooks)
    assert all(entry.problem for entry in touched)


@pytest.mark.parametrize("fault", FAULTY)
def test_who_asks_for_a_report_is_told(outcome: Callable[[str], Outcome], fault: str) -> None:
    """A report that cannot be compiled says so to the person who wanted it."""
    says = outcome(fault).report
    if fault == "import":
        assert "is no report; there are: " in says
    elif faults.expected(fault, "compile", "apart"):
        assert "could not be compiled: " in says
    else:
        assert "right" == says
