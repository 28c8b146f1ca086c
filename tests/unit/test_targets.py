"""Whom a step calls: the owner, who is above the owner, who is on call; never whom the case is about."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from complaintkit import Call, Rota, SettingsError
from complaintkit.builtin.rota import Settings, complaintkit_rotas
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import CORE, Escalated, Overdue, PluginFailed, Registered, StaffNamed, Warned
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.escalation import review
from complaintkit.message import Notice
from complaintkit.notices import called_for
from complaintkit.policy import Policy
from complaintkit.policy.reading import read
from complaintkit.settings import structure
from complaintkit.testing import builders

from .cases import SECRET, T0, Double, failing, hours, received

STAFF: dict[str, dict[str, Any]] = {
    "irina": {"roles": ["handler"], "reports_to": "petra"},
    "oleg": {"roles": ["handler"], "reports_to": "petra", "deputy": "irina"},
    "petra": {"roles": ["team-lead"], "reports_to": "boss"},
    "boss": {"roles": ["executive"]},
}


def policy(*rungs: tuple[str, str], **more: Any) -> Policy:
    """Return a policy with a promise of ten hours and a chain of these steps."""
    chain = [{"at": at, "to": to} for at, to in rungs]
    promise = {"name": "answer", "clock": "final_response", "within": {"hours": 10}, "chain": chain}
    return read({"standards": [promise], "staff": STAFF, **more}, structure)


def begun(by: Policy, owner: str = "irina") -> Complaint:
    """Return a registered case of somebody."""
    case = received(owner=owner).open()
    return case.apply(Registered(at=T0, by=CORE, stage=Stage.REGISTERED, clocks=by.clocks(case, T0)))


def swept(case: Complaint, by: Policy, at: datetime, *rotas: Any) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """Return the entries due at a moment and the notices that follow."""
    entries = review(case, (), by, at, rotas)
    return entries, called_for(case.apply_all(entries), entries, by, SECRET)


def rota(*names: str) -> Double:
    """Return a guarded rota on which these are on call."""
    return Double(Rota("r", lambda call: names))


def told(notices: tuple[Notice, ...], occasion: str) -> list[str]:
    """Return who gets a notice of an occasion."""
    return [one.recipient for one in notices if one.occasion == occasion]


# --- whom


@pytest.mark.parametrize(
    ("to", "names"),
    [
        ("lead", ["petra"]), ("owner", ["irina"]), ("boss", ["boss"]), ("executive", ["executive"]),
        ("rota", ["oleg", "petra"]),
    ],
)  # fmt: skip
def test_each_kind_of_target_is_called(to: str, names: list[str]) -> None:
    """The owner, the owner's superior, a person, a role, and everybody who is on call get word of the level."""
    by = policy(("0h", to))
    entries, notices = swept(begun(by), by, T0 + hours(10), rota("oleg", "petra"))
    (raised,) = (one for one in entries if isinstance(one, Escalated))
    assert names == [raised.to, *raised.also] == told(notices, "escalation")
    assert "irina" == begun(by).apply_all(entries).owner


def test_a_reminder_reaches_whom_its_step_names() -> None:
    """The first reminder is the owner's, the second their superior's, and the owner hears nothing of that one."""
    by = policy(("50%", "owner"), ("75%", "lead"))
    case = begun(by)
    entries, notices = swept(case, by, T0 + hours(5))
    assert ["irina"] == told(notices, "overdue")
    entries, notices = swept(case.apply_all(entries), by, T0 + hours(7.5))
    assert ["petra"] == [one.to for one in entries if isinstance(one, Warned)] == told(notices, "overdue")


def test_who_was_not_reminded_in_time_hears_of_the_breach() -> None:
    """Beside the owner, whom a missed reminder was for is told of the breach, once."""
    by = policy(("50%", "lead"), ("75%", "lead"), ("+4h", "boss"))
    entries, notices = swept(begun(by), by, T0 + hours(11))
    assert ("petra",) == next(one.told for one in entries if isinstance(one, Overdue))
    assert ["irina", "petra"] == told(notices, "overdue")


def test_nobody_the_case_is_about_is_called() -> None:
    """In the place of a superior, a person or somebody on call whom it is about, their superior is called."""
    for to in ("lead", "petra", "rota"):
        by = policy(("0h", to))
        case = begun(by)
        case = case.apply(StaffNamed(at=T0, by="irina", names=("petra",), reason=Content.of("it is about her")))
        entries, notices = swept(case, by, T0 + hours(10), rota("petra"))
        assert ["boss"] == [one.to for one in entries if isinstance(one, Escalated)], to
        assert ["boss"] == told(notices, "escalation"), to


def test_the_deputy_of_who_is_away_hears_of_it_too() -> None:
    """A person who is away stays responsible; who stands in for them is told as for every other notice."""
    staff = {**STAFF, "petra": {**STAFF["petra"], "deputy": "oleg", "away": [{"since": T0}]}}
    by = policy(("0h", "lead"), staff=staff)
    assert ["petra", "oleg"] == told(swept(begun(by), by, T0 + hours(10))[1], "escalation")


def test_a_case_of_a_queue_goes_to_the_role_that_stands_for_a_superior() -> None:
    """Nobody is above a queue, so the common role is called."""
    by = policy(("0h", "lead"))
    assert ["team-lead"] == told(swept(begun(by, "desk"), by, T0 + hours(10))[1], "escalation")


# --- on call


def test_a_rota_that_fails_costs_nobody_the_call() -> None:
    """The role that stands for a superior is called, and the failure is on file; the next rota is asked before that."""
    by = policy(("0h", "rota"))
    broken = failing(Rota("broken", lambda call: ()))
    entries, notices = swept(begun(by), by, T0 + hours(10), broken)
    assert 1 == sum(isinstance(one, PluginFailed) for one in entries)
    (raised,) = (one for one in entries if isinstance(one, Escalated))
    assert ("team-lead", True) == (raised.to, "nobody is on call" in str(raised.reason))
    assert ["team-lead"] == told(notices, "escalation")
    entries, _ = swept(begun(by), by, T0 + hours(10), broken, rota("boss"))
    assert ["boss"] == [one.to for one in entries if isinstance(one, Escalated)]


def test_a_stranger_on_call_is_on_file_and_not_called() -> None:
    """A name that is nobody's of the staff is a failure of the rota; those with it are called."""
    by = policy(("0h", "rota"))
    entries, _ = swept(begun(by), by, T0 + hours(10), rota("zoe", " Boss "))
    (failure,) = (one for one in entries if isinstance(one, PluginFailed))
    assert "'zoe'" in str(failure.problem)
    assert [("boss", ())] == [(one.to, one.also) for one in entries if isinstance(one, Escalated)]


def test_without_anybody_on_call_the_superior_role_is_called() -> None:
    """No rota, and one that knows nobody, are the same."""
    by = policy(("0h", "rota"))
    for rotas in ((), (rota(),)):
        entries, _ = swept(begun(by), by, T0 + hours(10), *rotas)
        assert ["team-lead"] == [one.to for one in entries if isinstance(one, Escalated)]
        assert not any(isinstance(one, PluginFailed) for one in entries)


def test_a_rota_is_asked_once_a_look_and_sees_no_words() -> None:
    """It gets the case without what the complainant said, and is not asked where no step calls it."""
    by = policy(("0h", "rota"), ("+1h", "rota"))
    asked = rota("boss")
    swept(begun(by), by, T0 + hours(12), asked)
    (call,) = asked.asked
    assert ("", "", "final_response", 2) == (call.case.title, call.case.text, call.clock, call.level)
    swept(begun(policy(("0h", "lead"))), policy(("0h", "lead")), T0 + hours(12), asked)
    assert 1 == len(asked.asked)


# --- the built-in rota


def call_at(moment: str) -> Call:
    """Return a call at a moment."""
    return evolve(builders.a_call(), now=datetime.fromisoformat(moment))


def the_rota(**own: Any) -> Any:
    """Return what a rota of these settings says."""
    return next(iter(complaintkit_rotas(structure(Settings, own, "plugins.rota")))).on_call


def test_the_week_says_who_is_on_call_by_the_clock_of_the_place() -> None:
    """Hours are those of the place, nights go on after midnight, and several rows count one after the other."""
    on_call = the_rota(
        zone="Asia/Manila",
        week=[
            {"hours": {"mon-fri": ["08:00-18:00"]}, "names": ["anna", "boris"]},
            {"hours": {"wed": ["12:00-14:00"]}, "names": ["vera", "anna"]},
            {"hours": {"fri": ["22:00-06:00"]}, "names": ["gleb"]},
        ],
    )
    assert ("anna", "boris") == on_call(call_at("2026-03-02T08:00+08:00"))
    assert () == on_call(call_at("2026-03-02T18:00+08:00"))
    assert () == on_call(call_at("2026-03-02T08:00+00:00"))[2:] == on_call(call_at("2026-03-02T07:59+08:00"))
    assert ("anna", "boris", "vera") == on_call(call_at("2026-03-04T13:00+08:00"))
    assert ("gleb",) == on_call(call_at("2026-03-07T05:59+08:00"))


def test_hours_of_the_week_hold_on_the_days_the_clock_changes() -> None:
    """The day is short or long; eight in the morning is eight in the morning."""
    on_call = the_rota(zone="Europe/London", week=[{"hours": {"sun": ["01:00-09:00"]}, "names": ["anna"]}])
    zone = ZoneInfo("Europe/London")
    for day in (29, 25):
        month = 3 if day == 29 else 10
        assert ("anna",) == on_call(call_at(datetime(2026, month, day, 8, 59, tzinfo=zone).isoformat()))
        assert () == on_call(call_at(datetime(2026, month, day, 9, tzinfo=zone).isoformat()))


def test_a_dated_shift_goes_before_the_week() -> None:
    """While it lasts, its names count, or nobody where it has none."""
    since, until = builders.NOON, builders.NOON + timedelta(hours=12)
    week = [{"hours": {"mon-sun": ["00:00-24:00"]}, "names": ["anna"]}]
    for names in (["vera"], []):
        on_call = the_rota(week=week, shifts=[{"since": since, "until": until, "names": names}])
        assert tuple(names) == on_call(call_at(since.isoformat()))
        assert ("anna",) == on_call(call_at(until.isoformat()))


def test_an_empty_rota_offers_nothing() -> None:
    """Without a table there is no rota that could be asked."""
    assert [] == list(complaintkit_rotas(Settings()))


def test_a_shift_that_ends_before_it_begins_is_refused() -> None:
    """The place of the slip is told."""
    shift = {"since": builders.NOON, "until": builders.NOON - hours(1)}
    with pytest.raises(SettingsError) as refused:
        structure(Settings, {"shifts": [shift]}, "plugins.rota")
    assert "plugins.rota.shifts[0]" == refused.value.path
