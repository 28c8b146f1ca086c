"""Who may do and look at what: the table, a host's own check, and the two walls that no check takes down."""

from collections.abc import Callable
from typing import Any

import pytest

from complaintkit import Message, NotAllowed, NotFound, Person, SettingsError
from complaintkit.app import Actor, ComplaintKit, Filter, actions
from complaintkit.case.actions import ACTIONS
from complaintkit.case.complaint import Complaint
from complaintkit.counts import Count
from complaintkit.policy.access import LOOKS, things
from complaintkit.policy.reading import read
from complaintkit.policy.staff import Absence
from complaintkit.settings import PluginsSettings, Settings, structure
from tests.house.kits import MONDAY, kit

from .cases import POLICY

STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler"]},
    "oleg": {"roles": ["handler"], "reports_to": "boss"},
    "boss": {"roles": ["team-lead"], "reports_to": "director"},
    "director": {"roles": ["executive"]},
    "lena": {"roles": ["legal", "quality"]},
    "vera": {"roles": ["auditor"]},
}


def desk(policy: dict[str, Any] | None = None, **more: Any) -> ComplaintKit:
    """Return a kit in memory with these people."""
    given = {"staff": STAFF, **(policy or {})}
    return kit((), settings=Settings(plugins=PluginsSettings(disable=("folder",)), policy=given), **more)


def complaint(opened: ComplaintKit, number: int = 1, **more: Any) -> str:
    """Open a complaint and return its reference."""
    said = Message(text="He shouted at me.", sender=Person(f"Anna {number}", f"anna{number}@example.org"))
    return opened.open(said, **{"by": "irina", **more}).reference


# --- the table


def test_every_action_has_a_row_and_every_row_is_something() -> None:
    """Nothing can be asked for that nobody has thought of, and no row is left from what is gone."""
    assert set(things()) == set(POLICY.permissions)
    assert set(ACTIONS) | set(LOOKS) <= set(POLICY.permissions)
    assert [] == [what for what, roles in POLICY.permissions.items() if not roles]


def test_who_comes_by_a_link_can_do_only_what_is_theirs() -> None:
    """The complainant takes part in their own complaint; a guest answers a task; neither looks at anything."""
    theirs = {
        "describe", "add_point", "add_demand", "add_party", "set_field", "remove_need", "confirm_restatement",
        "withdraw", "accept", "dispute", "answer_remedy", "request_contact", "record_survey_wish", "answer_survey",
        "look_needs", "ask_escalation",
    }  # fmt: skip
    assert (theirs, {"answer_task"}) == tuple(
        {what for what, roles in POLICY.permissions.items() if role in roles} for role in ("complainant", "guest")
    )


@pytest.mark.parametrize(
    ("raw", "path", "says"),
    [
        ({"permissions": {"repy": ["handler"]}}, "policy.permissions.repy", "did you mean 'reply'"),
        (
            {"permissions": {"look_confidental": ["handler"]}},
            "policy.permissions.look_confidental",
            "look_confidential",
        ),
        ({"permissions": {"improving.judg": ["quality"]}}, "policy.permissions.improving.judg", "improving.judge"),
        ({"permissions": {"reply": ["handlr"]}}, "policy.permissions.reply", "did you mean 'handler'"),
        ({"permissions": {"reply": ["wizard"]}}, "policy.permissions.reply", "known are"),
        ({"staff": {"ana": {"roles": ["team-leader"]}}}, "policy.staff.ana.roles", "did you mean 'team-lead'"),
        ({"staff": {"ana": {"roles": ["complainant"]}}}, "policy.staff.ana.roles", "no role 'complainant'"),
        ({"secrecy": {"least": 0}}, "policy.secrecy.least", "must be >= 1"),
        ({"secrecy": {"unsealed_for": "0h"}}, "policy.secrecy.unsealed_for", "must be >"),
        ({"secrecy": {"sealed_chanels": []}}, "policy.secrecy.sealed_chanels", "did you mean 'sealed_channels'"),
    ],
)
def test_words_that_mean_nothing_are_refused(raw: dict[str, Any], path: str, says: str) -> None:
    """A misspelt action or role would open or close a door unseen; the error names the key and what is near."""
    with pytest.raises(SettingsError) as error:
        read(raw, structure)
    assert path == error.value.path
    assert says in str(error.value)


def test_roles_of_ones_own_are_known_if_both_sides_have_them() -> None:
    """A role named in the table and had by somebody is one; so is one that the policy lists."""
    policy = read({"permissions": {"reply": ["mediator"]}, "staff": {"ana": {"roles": ["mediator"]}}}, structure)
    assert "" == policy.looking_refusal("reply", policy.actor("ana"))
    listed = read({"permissions": {"reply": ["ombudsman"]}, "roles": ["desk", "ombudsman"]}, structure)
    assert "" == listed.looking_refusal("reply", Actor("x", {"ombudsman"}))
    assert "reply is for ombudsman; y has handler" == listed.looking_refusal("reply", Actor("y", {"handler"}))


def test_in_doubt_nobody_may() -> None:
    """An unknown name has no role, and what has no row is for nobody."""
    with desk() as opened:
        reference = complaint(opened)
        with pytest.raises(NotAllowed, match="mallory has no role here"):
            opened.act(reference, actions.Note(text="x"), by="mallory")
        with pytest.raises(NotAllowed, match="look is for staff, auditor; mallory has no role here"):
            opened.seen_by("mallory").case(reference)
        with pytest.raises(NotAllowed, match="mallory has no role here"):
            opened.seen_by("mallory").case("CK-EHQ6-7X6D")
        assert "brew is for nobody" in opened.policy.looking_refusal("brew", Actor("irina", {"handler"}))
        with pytest.raises(NotAllowed, match="note is for staff"):
            opened.seen_by("vera").act(reference, actions.Note(text="x"))


# --- a host's own check


class Lenient:
    """A check that lets everybody do everything, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def refusal(self, what: str, actor: Actor, case: Complaint | None) -> str:
        """Let them."""
        self.asked.append((what, actor.name, case.reference if case else ""))
        return ""


def test_a_host_can_replace_the_check() -> None:
    """An object or a function of the host is asked for acting and for looking, with the case where there is one."""
    check = Lenient()
    with desk(access=check) as opened:
        reference = complaint(opened)
        opened.act(reference, actions.Note(text="x"), by="mallory")
        opened.seen_by("mallory").case(reference)
        opened.seen_by("mallory").figures()
    assert {("note", "mallory", reference), ("look", "mallory", ""), ("look", "mallory", reference),
            ("figures", "mallory", "")} <= set(check.asked)  # fmt: skip

    def nobody(what: str, actor: Actor, case: Complaint | None) -> str:
        return f"{what} is closed today"

    with desk(access=nobody) as opened:
        reference = complaint(opened)
        with pytest.raises(NotAllowed, match="note is closed today"):
            opened.act(reference, actions.Note(text="x"), by="irina")
        with pytest.raises(NotAllowed, match="look is closed today"):
            opened.seen_by("irina").cases()


def _fails(what: str, actor: Actor, case: Complaint | None) -> str:
    raise LookupError("the directory of Anna Petrova is away")


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (_fails, "the host's access check failed with LookupError"),
        (lambda what, actor, case: None, "answered with NoneType instead of a reason"),
        (lambda what, actor, case: True, "answered with bool"),
        (lambda what, actor, case: 0, "answered with int"),
        (lambda what, actor: "", "failed with TypeError"),
    ],
)
def test_a_check_that_fails_or_talks_nonsense_refuses(check: Callable[..., Any], says: str) -> None:
    """Whatever is no plain yes is a no, and the refusal says that the check is to blame, but nothing it was told."""
    with desk(access=check) as opened:
        reference = complaint(opened)
        for ask in (
            lambda: opened.act(reference, actions.Note(text="x"), by="irina"),
            lambda: opened.seen_by("irina").case(reference),
            lambda: opened.seen_by("irina").figures(),
        ):
            with pytest.raises(NotAllowed, match=says) as error:
                ask()
            assert "Petrova" not in str(error.value)
        standings = opened.seen_by(Actor("irina", {"handler"}))
        with pytest.raises(NotAllowed, match=says):
            standings.possible(reference)


def test_what_is_no_check_is_refused_at_once() -> None:
    """Not at the first complaint, but when the kit is made."""
    with pytest.raises(SettingsError, match="access: is no function"):
        desk(access="everybody")


def test_no_check_takes_the_walls_down() -> None:
    """However lenient a check, nobody sees a complaint about them, nor a confidential one without being named."""
    with desk(access=Lenient()) as opened:
        reference = complaint(opened)
        opened.act(reference, actions.NameStaff(names=("boss",), reason="says so"), by="irina")
        secret = complaint(opened, 2)
        opened.act(secret, actions.Restrict(reason="names a colleague"), by="irina")
        for who, hidden in (("boss", {reference, secret}), ("lena", {secret}), ("irina", set())):
            seen = {case.reference for case in opened.seen_by(who).cases(Filter(open=None))}
            assert {reference, secret} - hidden == seen
            for one in hidden:
                with pytest.raises(NotFound):
                    opened.seen_by(who, reason="x").case(one)
                with pytest.raises(NotFound):
                    opened.act(one, actions.Note(text="x"), by=who)


# --- whom it is about, and their line


@pytest.mark.parametrize(("line", "blind"), [(False, {"boss"}), (True, {"boss", "oleg"})])
def test_the_line_of_whom_it_is_about_is_a_matter_of_policy(line: bool, blind: set[str]) -> None:
    """By default only they themselves do not see it; where the rules say so, those who report to them neither."""
    with desk({"ownership": {"conflict_line": line}}) as opened:
        reference = complaint(opened)
        opened.act(reference, actions.NameStaff(names=("Boss ",), reason="says so"), by="irina")
        for who in STAFF:
            view = opened.seen_by(who)
            assert (who in blind) == (() == view.cases())
            if who in blind:
                with pytest.raises(NotFound, match="is not on file; check the reference"):
                    view.case(reference)
                assert 0 == view.figures().complaints
            else:
                assert reference == view.case(reference).reference


def test_whoever_does_not_exist_is_not_told_that_something_does() -> None:
    """Case and spaces of a name do not matter, nor whether it comes as a name or with roles from the host."""
    with desk() as opened:
        reference = complaint(opened)
        opened.act(reference, actions.NameStaff(names=("boss",), reason="says so"), by="irina")
        for who in ("boss", " BOSS", Actor("Boss", {"executive"})):
            with pytest.raises((NotFound, NotAllowed)):
                opened.seen_by(who).case(reference)


# --- counts


def received(opened: ComplaintKit, who: str) -> int:
    """Return how many complaints a report counts for somebody."""
    view = opened.seen_by(who)
    (found,) = view.desk.store.count([Count("received")], MONDAY.replace(year=2020), MONDAY.replace(year=2030))
    return found.total


def test_small_cells_of_what_one_may_not_open_are_left_out() -> None:
    """Four confidential complaints count as none for whoever is not let in, five as five; for a handler all count."""
    with desk() as opened:
        complaint(opened, 0)
        for number in range(1, 6):
            reference = complaint(opened, number)
            opened.act(reference, actions.Restrict(reason="names a colleague"), by="irina")
            assert number + 1 == received(opened, "irina")
            assert (1 if number < 5 else 6) == received(opened, "lena") == received(opened, "vera")


def test_a_report_says_that_it_leaves_small_cells_out() -> None:
    """Its note says from which figure on such complaints count; promises of theirs never do."""
    with desk() as opened:
        for number in range(6):
            reference = complaint(opened, number)
            opened.act(reference, actions.Restrict(reason="names a colleague"), by="irina")
        since, until = MONDAY.replace(year=2020), MONDAY.replace(year=2030)
        table = opened.seen_by("lena").report("volume", since, until)
        assert "only where there are at least 5 of them in a cell" in table.note
        store = opened.seen_by("lena").desk.store
        assert [6, 0] == [found.total for found in store.count([Count("received"), Count("due")], since, until)]


def test_nobody_counts_what_is_about_them() -> None:
    """However many there are, and whatever the roles, complaints about somebody are in no count of theirs."""
    with desk() as opened:
        for number in range(7):
            reference = complaint(opened, number)
            opened.act(reference, actions.NameStaff(names=("boss",), reason="says so"), by="irina")
        assert (0, 7) == (received(opened, "boss"), received(opened, "lena"))


def test_export_and_outbox_are_for_those_who_may() -> None:
    """A handler reads reports but takes none away, and does not read what goes to others."""
    with desk() as opened:
        complaint(opened)
        view = opened.seen_by("irina")
        table = view.report("volume", MONDAY.replace(year=2020), MONDAY.replace(year=2030))
        with pytest.raises(NotAllowed, match="export is for"):
            view.export(table, "csv")
        with pytest.raises(NotAllowed, match="outbox is for"):
            view.outbox("waiting")
        assert opened.seen_by("boss").outbox("waiting")


def test_a_view_is_one_persons() -> None:
    """Acting through a view is acting as whoever looks; as somebody else it is refused."""
    with desk() as opened:
        reference = complaint(opened)
        view = opened.seen_by("irina")
        assert "irina" == opened.file(view.act(reference, actions.Note(text="x")).reference)[-1].entry.by
        with pytest.raises(NotAllowed, match="for oleg, ask seen_by anew"):
            view.act(reference, actions.Note(text="x"), by="oleg")
        with pytest.raises(NotAllowed, match="for oleg, ask seen_by anew"):
            view.away("irina", by="oleg")
        with pytest.raises(NotAllowed, match="cannot be changed by looking"):
            view.desk.away(Absence(name="irina", since=MONDAY), "irina", MONDAY)
        assert (reference,) == view.away("irina", now=MONDAY)
        assert ["irina"] == [one.by for one in view.absences(MONDAY)]
        with pytest.raises(NotAllowed, match="for whoever runs complaintkit"):
            list(view.desk.store.verify())
