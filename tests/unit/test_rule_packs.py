"""Rule packs: what is refused in one, how settings put it to use, and that it crosses to another process whole."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from complaintkit import (
    For,
    PackCalendar,
    RulePack,
    Rung,
    SettingsError,
    Severity,
    Span,
    Standard,
    hookimpl,
    read_rule_pack,
)
from complaintkit.app import ComplaintKit
from complaintkit.case.parts import Basis
from complaintkit.codec import from_wire, to_wire
from complaintkit.kit.assembly import policy_of
from complaintkit.policy.reading import read
from complaintkit.registry import load_registry
from complaintkit.settings import PluginsSettings, Settings, structure
from complaintkit.store.memory import MemoryStore
from complaintkit.testing import builders

UTC_ZONE = ZoneInfo("UTC")
RAW: dict[str, Any] = {
    "name": "xx-law", "version": "2026.1", "title": "A law", "jurisdiction": "XX", "source": "the law",
    "checked": date(2026, 11, 22), "effective": date(2026, 1, 1),
    "standards": [{"name": "answer", "clock": "final_response", "within": {"weeks": 8}, "source": "art. 1"}],
}  # fmt: skip


def standard(**more: Any) -> Standard:
    """Return a standard of a rule pack."""
    facts: dict[str, Any] = {"name": "answer", "clock": "final_response", "within": Span(days=10), **more}
    return Standard(**facts)


def pack(**changes: Any) -> RulePack:
    """Return a rule pack."""
    return builders.a_rule_pack(**changes)


class Brings:
    """A plugin with these rule packs."""

    def __init__(self, *packs: RulePack) -> None:
        self.packs = packs

    @hookimpl
    def complaintkit_rule_packs(self) -> tuple[RulePack, ...]:
        """Yield them."""
        return self.packs


def wanted(table: dict[str, Any], *packs: RulePack, **policy: Any) -> Any:
    """Return the policy of settings that put rule packs to use."""
    settings = Settings(policy={"rules": table, **policy})
    return policy_of(settings, load_registry(PluginsSettings(discover=False), handed=[Brings(*packs)]))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: pack(ends=date(2025, 12, 31)), "ends on 2025-12-31, before it begins"),
        (lambda: pack(standards=(standard(), standard())), "standards has 'answer' twice"),
        (lambda: pack(calendars=(PackCalendar(name="a"), PackCalendar(name="a"))), "calendars has 'a' twice"),
        (lambda: pack(calendars=(PackCalendar(name="office"),)), "'office', which every policy has"),
        (lambda: pack(standards=(standard(clock="final_respnse"),)), "there is no kind of clock 'final_respnse'"),
        (lambda: pack(standards=(standard(clock="duty_"),)), "there is no kind of clock 'duty_'"),
        (lambda: pack(standards=(standard(starts="awareness"),)), "cannot count from 'awareness', but from receipt"),
        (lambda: pack(standards=(standard(clock="demand_refund"),)), "cannot count from 'receipt', but from demand"),
        (lambda: pack(standards=(standard(pausable=True),)), "does not pause; take pausable out"),
        (lambda: pack(answers={"last_word": "all of it"}), "answers has 'last_word'"),
        (lambda: pack(name="XX Law"), "must match regex"),
    ],
)
def test_what_would_never_work_is_refused(make: Callable[[], RulePack], words: str) -> None:
    """A pack that contradicts itself, or whose clocks would never start, is refused with what is wrong."""
    with pytest.raises(ValueError, match=words):
        make()


def test_a_pack_is_read_from_plain_data() -> None:
    """A file states what the class has; a standard is one of the law unless it says otherwise."""
    read_pack = read_rule_pack({**RAW, "applies": {"channels": ["email"]}}, "law.toml")
    assert (Span(weeks=8), Basis.STATUTORY) == (read_pack.standards[0].within, read_pack.standards[0].basis)
    assert For(channels=("email",)) == read_pack.applies
    custom = read_rule_pack({**RAW, "standards": [{**RAW["standards"][0], "basis": "service"}]})
    assert Basis.SERVICE is custom.standards[0].basis


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"standrads": []}, "law.standrads"),
        ({"checked": "2026"}, "law.checked"),
        ({"standards": {}}, "law.standards"),
        ({"standards": ["answer"]}, "law.standards[0]"),
        (
            {"standards": [{"name": "a", "clock": "final_response", "within": {"day": 1}}]},
            "law.standards[0].within.day",
        ),
        ({"ends": date(2020, 1, 1)}, "law"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(changes: dict[str, Any], path: str) -> None:
    """An unknown key, a wrong kind of value and a contradiction are refused with the place of the key."""
    with pytest.raises(SettingsError) as caught:
        read_rule_pack({**RAW, **changes}, "law")
    assert path == caught.value.path


def test_it_crosses_to_another_process_whole() -> None:
    """What a child process says of a pack is the pack: dates, spans, chains, calendars and conditions."""
    rich = pack(
        ends=date(2030, 1, 1), by_hand=True, note="text", answers={"final_response": "reasons"},
        applies=For(severities=(Severity.HIGH,), categories=("delivery",)),
        standards=(
            standard(
                chain=(Rung(at="75%", to="owner"),), longest=Span(business_days=35), within=Span(business_days=15),
                end="close", roll=True, interim=True, calendar="courts",
            ),
            standard(name="word", clock="acknowledgement", within=Span(hours=24), channels=("email",)),
        ),
    )  # fmt: skip
    blobs: list[bytes] = []
    sent = json.loads(json.dumps(to_wire(rich, blobs)))
    assert rich == from_wire(RulePack, sent, blobs)


def test_a_plugin_is_set_aside_for_a_pack_of_the_wrong_shape() -> None:
    """A field of a wrong type is named when the plugin is loaded, not when the first complaint comes."""
    wrong = pack(checked=datetime(2026, 1, 1, tzinfo=UTC))
    registry = load_registry(PluginsSettings(discover=False), handed=[Brings(wrong)])
    assert "RulePack.checked is datetime, not date" in next(one.why for one in registry.troubles)


def test_two_plugins_do_not_bring_one_pack() -> None:
    """Of two packs of one name the second plugin is set aside, and both are named."""

    class Other(Brings):
        """Another plugin."""

    registry = load_registry(PluginsSettings(discover=False), handed=[Brings(pack()), Other(pack())])
    assert "'xx-law' among the rule_packs is offered by" in next(one.why for one in registry.troubles)
    assert 1 == len(registry.rule_packs)


def test_a_pack_is_used_only_where_it_is_wanted() -> None:
    """What a plugin brings counts for nobody until the settings name it; conditions there replace the pack's own."""
    brought = pack(applies=For(channels=("email",)), by_hand=True)
    assert () == wanted({}, brought).packs
    (used,) = wanted({"xx-law": {}}, brought).packs
    assert brought == used
    table = {"xx-law": {"categories": ["delivery"], "by_hand": False, "effective": date(2026, 2, 1)}}
    (used,) = wanted(table, brought).packs
    assert (For(categories=("delivery",)), False, date(2026, 2, 1)) == (used.applies, used.by_hand, used.effective)


@pytest.mark.parametrize(
    ("table", "path", "words"),
    [
        ({"xx-lwa": {}}, "policy.rules.xx-lwa", "there is no such rule pack; there are xx-law"),
        ({"xx-law": {"calendar": "ofice"}}, "policy.rules.xx-law.calendar", "there is no calendar 'ofice'"),
        ({"xx-law": {"effective": date(2031, 1, 1)}}, "policy.rules.xx-law.effective", "the pack ends on 2030-12-31"),
        ({"xx-law": {"zone": "Asia/Manila"}}, "policy.rules.xx-law.zone", "there is no such key"),
    ],
)
def test_what_settings_want_and_is_not_there_is_refused(table: dict[str, Any], path: str, words: str) -> None:
    """A pack that nobody brings, and a calendar that nobody has, are refused at the start."""
    with pytest.raises(SettingsError, match=words) as caught:
        wanted(table, pack(ends=date(2030, 12, 31)))
    assert path == caught.value.path


def test_a_plugin_that_is_set_aside_is_named_where_its_pack_is_missed() -> None:
    """A kit does not go on without the deadlines of a law that is wanted, and says where to look."""

    class Broken:
        """A plugin that fails."""

        @hookimpl
        def complaintkit_rule_packs(self) -> None:
            """Fail."""
            raise RuntimeError("no disk")

    settings = Settings(policy={"rules": {"xx-law": {}}}, plugins=PluginsSettings(discover=False))
    with pytest.raises(SettingsError, match="broken is set aside, and `complaintkit plugins doctor` says why"):
        policy_of(settings, load_registry(settings.plugins, handed=[Broken()]))


def test_holidays_nobody_knows_are_refused_with_the_name_of_the_pack() -> None:
    """A code that the holidays are not known of is told at the start."""
    odd = pack(calendars=(PackCalendar(name="courts", zone="Europe/London", holidays=("GB-XXX",)),))
    with pytest.raises(SettingsError, match=r"rule pack xx-law: calendars\.courts\.holidays"):
        wanted({"xx-law": {}}, odd)


def test_a_calendar_of_the_policy_goes_before_that_of_the_pack() -> None:
    """Whoever names the working days themselves is counted by these: theirs has no holidays."""
    plain = {"courts": {"zone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}}}
    case = builders.a_case(received_at=datetime(2026, 4, 2, 9, tzinfo=UTC))
    due = {
        name: policy.clock("final_response", case, case.received_at)[-1].due_at.date()
        for name, policy in {
            "its own": wanted({"xx-law": {}}, pack()),
            "ours": wanted({"xx-law": {}}, pack(), calendars=plain),
        }.items()
    }
    assert {"its own": date(2026, 4, 20), "ours": date(2026, 4, 16)} == due


def test_a_calendar_without_a_zone_counts_where_the_policy_is() -> None:
    """Where a country has several zones, the organisation's own tells when a day ends."""
    somewhere = pack(calendars=(PackCalendar(name="courts"),))
    policy = wanted({"xx-law": {}}, somewhere, zone="Asia/Manila")
    assert ZoneInfo("Asia/Manila") == policy.place(policy.packs[0])


@pytest.mark.parametrize(
    ("received", "holds"),
    [("2026-01-01T02:30:00+03:00", False), ("2026-01-01T03:30:00+00:00", True), ("2027-01-01T00:30:00+00:00", False)],
)
def test_the_day_of_receipt_is_that_of_the_place(received: str, holds: bool) -> None:
    """Whether a law is in force is told by the local date there, not by that of the machine."""
    case = builders.a_case(received_at=datetime.fromisoformat(received))
    assert holds is pack(ends=date(2026, 12, 31)).holds(case, "form", UTC_ZONE)


def test_by_hand_it_holds_whatever_the_dates_say() -> None:
    """A person's word stands above dates and conditions, both ways."""
    case = builders.a_case(received_at=datetime(2020, 1, 1, tzinfo=UTC))
    said = evolve(case, handling=evolve(case.handling, rules=("xx-law",)))
    denied = evolve(builders.a_case(), handling=evolve(case.handling, no_rules=("xx-law",)))
    assert [True, False] == [pack().holds(one, "form", UTC_ZONE) for one in (said, denied)]
    assert [True, False] == [pack(by_hand=True).holds(one, "form", UTC_ZONE) for one in (said, builders.a_case())]


def test_calendars_are_made_only_for_packs_in_use() -> None:
    """A pack that nobody wants costs no look into holidays: they are not even loaded."""
    program = (
        "import sys\nfrom complaintkit import hookimpl\nfrom complaintkit.testing import builders\n"
        "from complaintkit.kit.assembly import policy_of\nfrom complaintkit.registry import load_registry\n"
        "from complaintkit.settings import PluginsSettings, Settings\n"
        "class Brings:\n    @hookimpl\n    def complaintkit_rule_packs(self):\n        yield builders.a_rule_pack()\n"
        "policy = policy_of(Settings(), load_registry(PluginsSettings(discover=False), handed=[Brings()]))\n"
        "print('holidays' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert "False" == done.stdout.strip()


def test_a_plugin_of_data_alone_leaves_no_process_behind(tmp_path: Path) -> None:
    """What was read from a process of its own is there, long texts and all, and the process is gone."""
    (tmp_path / "laws.py").write_text(
        "from complaintkit import hookimpl\nfrom complaintkit.testing import builders\n"
        "@hookimpl\ndef complaintkit_rule_packs():\n    yield builders.a_rule_pack(note='Read this. ' * 100)\n",
        encoding="utf-8",
    )
    settings = PluginsSettings(discover=False, files=(tmp_path / "laws.py",), folder=tmp_path)
    registry = load_registry(settings)
    assert "Read this. " * 100 == registry.rule_packs[0].record.note
    assert [None, None] == [one._running for one in registry.aparts]


def test_a_policy_may_be_read_without_any_plugin() -> None:
    """What is wanted is kept as it stands until the packs are there."""
    policy = read({"rules": {"xx-law": {"by_hand": True}}}, structure)
    assert [("xx-law", True)] == [(one.name, one.by_hand) for one in policy.wanted]


def test_a_kit_uses_what_its_plugins_bring() -> None:
    """From the hook to the clock: a complaint under a pack has its deadline beside ours."""
    settings = Settings(policy={"rules": {"xx-law": {}}}, plugins=PluginsSettings(discover=False, disable=("folder",)))
    with ComplaintKit(settings, plugins=[Brings(pack())], store=MemoryStore()) as kit:
        told = kit.open(builders.a_message(), now=builders.NOON)
        case = kit.case(told.reference)
    clock = case.named("final_response:xx-law")
    assert clock is not None
    assert ("answer, art. 1 (2026.1)", date(2026, 3, 16)) == (clock.standard, clock.due_at.date())
