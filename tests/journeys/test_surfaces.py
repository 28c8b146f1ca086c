"""What somebody must not see, they see nowhere: every way out of complaintkit is walked, for two who must not know.

The manager whom a complaint is about gets 0 bytes of it; a handler of a sealed complaint gets 0 bytes of who complains.
Every public name of a view, and every command, has a row here: one that is added without fails.
"""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import click
import pytest
from attrs import evolve

from complaintkit import Attachment, Message, NotFound, Person
from complaintkit.app import Action, BoundKit, ComplaintKit, Filter, View, actions
from complaintkit.case.actions.describing import fields_of
from complaintkit.cli.options import Look
from complaintkit.cli.show import plain
from complaintkit.errors import ComplaintKitError
from complaintkit.improving.actions import Remark
from complaintkit.settings import PluginsSettings, Settings
from complaintkit.store.improving import Which
from complaintkit.view.offered import OFFERED, WITHHELD, only
from tests.house.acting import WAYS
from tests.house.kits import kit
from tests.journeys.desk_in_a_folder import Shell
from tests.journeys.marked import DAY, NOON, Maker, draw, put
from tests.journeys.test_every_command import ALL, SINGLE

MARK = "QZXMARK"
WHO = Person(
    name="Zinaida Quokkova", email="z.quokkova@example.org", phone="+7 (495) 123-45-67", handle="@zinaq",
    customer="CUST-778899", address="12 Wallaby Lane, Perth",
)  # fmt: skip
# Whatever of these is found tells who it is.
NAMED = f"{WHO.name}, {WHO.email}, {WHO.phone}"
# Actions that end a case, or change who may know of it; all others are done in the case that lives.
ENDING = {
    "dismiss", "withdraw", "merge", "forward", "close", "restrict", "seal", "lift", "name_handlers", "name_staff",
    "clear_staff",
}  # fmt: skip
TELLTALE = ("zinaida", "quokkova", "zinaq", "1234567", "123-45-67", "778899", "wallaby")
STAFF: dict[str, Any] = {
    "irina": {"roles": ["handler", "team-lead", "quality", "legal"]},
    "lena": {"roles": ["quality", "executive", "legal"]},
    "boss": {"roles": ["handler", "team-lead", "department", "executive", "quality", "legal"]},
}
SETTINGS = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF})
NUMBERS = count(1)
SINCE, UNTIL = NOON - 30 * DAY, NOON + 30 * DAY


class Desk:
    """A desk with a marked case that one must not see, and an ordinary one that all may see and that mentions it."""

    def __init__(self, kit: ComplaintKit) -> None:
        self.kit = kit
        self.hidden, self.other, self.missing = (draw(NUMBERS) for _ in range(3))
        self.improvement = ""

    def staffed(self) -> "Desk":
        """Fill it for the manager whom a complaint is about: one with a mark in every text there can be."""
        put(self.kit, Maker(MARK, Person(MARK, f"{MARK}@example.org", MARK, MARK, MARK)), self.hidden, about=("boss",))
        return self._besides()

    def lived(self) -> "Desk":
        """Fill it likewise with a complaint that came about by acting."""
        about = actions.NameStaff(names=("boss",), reason=MARK)
        self.hidden = lived(self.kit, MARK, Person(MARK, f"{MARK}@example.org"), about)
        return self._besides()

    def sealed(self) -> "Desk":
        """Fill it for a handler of a sealed complaint, all of whose texts name who complains."""
        put(self.kit, Maker(NAMED, WHO), self.hidden, about=(), secrecy="sealed", handlers=("irina",))
        return self._besides()

    def reported(self) -> "Desk":
        """Fill it likewise with a complaint that came about by acting."""
        let_in = actions.NameHandlers(handlers=("irina",), reason=NAMED)
        self.hidden = lived(self.kit, NAMED, WHO, let_in, "whistleblowing")
        return self._besides()

    def _besides(self) -> "Desk":
        said = Message(text="It came broken.", sender=Person("Ordinary", "ordinary@example.org"))
        self.other = self.kit.open(said, by="lena", now=NOON).reference
        self.kit.act(self.other, actions.Note(text=f"see {self.hidden}"), by="lena", now=NOON)
        found = self.kit.improvements(Which(complaint=self.hidden))
        self.improvement = found[0].reference if found else ""
        return self


def lived(kit: ComplaintKit, mark: str, person: Person, first: Action, channel: str = "form") -> str:
    """Open a complaint and let everything be done with it, each text with a mark; return its reference.

    Args:
        kit: The kit.
        mark: The mark.
        person: Who complains.
        first: What is done first, by which it becomes what somebody must not know of.
        channel: How it comes.
    """
    attachments = (Attachment(mark, "text/plain", mark.encode()),)
    said = Message(text=mark, subject=mark, sender=person, attachments=attachments)
    reference = kit.open(said, channel=channel, by="irina", now=NOON).reference
    kit.act(reference, first, by="lena", now=NOON)
    kit.work(NOON)
    for name, way in WAYS.items():
        if name not in ENDING:
            action = _marked(way(kit.case(reference), NOON), mark)
            attempt(lambda action=action: kit.act(reference, action, by="irina", now=NOON))  # type: ignore[misc]
    return reference


def _marked(action: Action, mark: str) -> Action:
    free = [one.name for one in fields_of(type(action)) if one.type == "text" and not (one.choices or one.of)]
    return evolve(action, **dict.fromkeys(free, mark))


def shown(value: object) -> str:
    """Return everything that a value would show, sealed texts and bytes too."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(plain(value), default=repr, ensure_ascii=False) + repr(value)


FILTERS = (
    None, Filter(open=None, limit=99), Filter(open=None, order="received"), Filter(open=None, category="refund"),
    Filter(open=None, owner="irina"), Filter(open=None, customer=WHO.customer), Filter(open=None, channel="form"),
)  # fmt: skip
Surface = Callable[[View, Desk], object]
# Every public name of a view, and what is asked by it about the case that must not be seen.
SURFACES: dict[str, Surface] = {
    "case": lambda view, desk: view.case(desk.hidden),
    "file": lambda view, desk: view.file(desk.hidden),
    "cases": lambda view, desk: [
        view.cases(one)
        for one in FILTERS
    ],
    "attachment": lambda view, desk: view.attachment(desk.hidden, "0" * 64),
    "identity": lambda view, desk: view.identity(desk.hidden),
    "possible": lambda view, desk: view.possible(desk.hidden),
    "precedents": lambda view, desk: [view.precedents(text, limit=50) for text in (MARK, "plain", WHO.name)],
    "precedents_for": lambda view, desk: [
        attempt(lambda one=one: view.precedents_for(one)) for one in (desk.hidden, desk.other)  # type: ignore[misc]
    ],
    "precedent": lambda view, desk: view.precedent(desk.hidden),
    "act": lambda view, desk: view.act(desk.hidden, actions.Note(text="hello"), now=NOON),
    "code": lambda view, desk: view.code(desk.hidden),
    "parked": lambda view, desk: view.parked(),
    "envelope": lambda view, desk: [attempt(lambda n=n: view.envelope(n)) for n in range(1, 9)],  # type: ignore[misc]
    "retry": lambda view, desk: [attempt(lambda n=n: view.retry(n, NOON)) for n in range(1, 9)],  # type: ignore[misc]
    "outbox": lambda view, desk: [view.outbox(state) for state in ("waiting", "sent", "refused")],
    "report": lambda view, desk: [view.report(one.name, SINCE, UNTIL) for one in view.reports],
    "reports": lambda view, desk: view.reports,
    "export": lambda view, desk: [
        attempt(lambda one=one: view.export(view.report(one.name, SINCE, UNTIL), "csv"))  # type: ignore[misc]
        for one in view.reports
    ],
    "check_export": lambda view, desk: view.check_export(),
    "figures": lambda view, desk: view.figures(),
    "improve": lambda view, desk: view.improve(_plan(desk.hidden), now=NOON),
    "act_on": lambda view, desk: view.act_on(desk.improvement, Remark(text="hello"), now=NOON),
    "possible_with": lambda view, desk: view.possible_with(desk.improvement),
    "improvement": lambda view, desk: view.improvement(desk.improvement),
    "improvement_file": lambda view, desk: view.improvement_file(desk.improvement),
    "improvements": lambda view, desk: [view.improvements(Which()), view.improvements(Which(complaint=desk.hidden))],
    "agenda": lambda view, desk: view.agenda(UNTIL, now=NOON),
    "compliance": lambda view, desk: view.compliance(SINCE, UNTIL, NOON),
    "closure": lambda view, desk: view.closure(SINCE, UNTIL),
    "loop": lambda view, desk: [attempt(lambda: view.loop(desk.hidden)), attempt(lambda: view.loop(desk.improvement))],
    "training_needs": lambda view, desk: view.training_needs(SINCE, UNTIL),
    "unwatched": lambda view, desk: view.unwatched(NOON),
    "colleagues": lambda view, desk: view.colleagues(NOON),
    "absences": lambda view, desk: view.absences(NOON),
    "away": lambda view, desk: view.away("irina", now=NOON),
    "back": lambda view, desk: view.back("irina", NOON),
    "suggest": lambda view, desk: view.suggest(desk.hidden, now=NOON),
    "hand_over_all": lambda view, desk: view.hand_over_all("irina", "lena", by="boss", reason="ill", now=NOON),
    "remedy_range": lambda view, desk: view.remedy_range("refund", "refund", "EUR"),
    "duties": lambda view, desk: [view.duties(), view.duties("irina"), view.duties(MARK)],
    "task_token": lambda view, desk: view.task_token(desk.hidden, "task-1"),
    "explain": lambda view, desk: view.explain(desk.hidden, now=NOON),
    "guide": lambda view, desk: view.guide(desk.hidden, now=NOON),
    "look_over": lambda view, desk: view.look_over(desk.hidden, "hello"),
    "outstanding": lambda view, desk: view.outstanding(desk.hidden, "close"),
    "bundle": lambda view, desk: [
        attempt(lambda: view.bundle(desk.hidden, now=NOON)), view.bundle(desk.other, now=NOON)
    ],
    "desk": lambda view, desk: [
        attempt(lambda: view.desk.store.case(desk.hidden)), attempt(lambda: view.desk.store.file(desk.hidden)),
        attempt(lambda: view.desk.store.attachment("0" * 64)), attempt(lambda: list(view.desk.store.verify())),
        attempt(lambda: view.desk.store.plugin_records()), attempt(lambda: view.desk.store.due(UNTIL, 99)),
    ],
}  # fmt: skip
# Names of a view that hold no complaint: who looks, when, and how complaints are handled here.
NO_CASE = {"actor", "clock", "policy", "registry"}
# What the case itself is not asked about by, and what is asked all the same.
OTHERS: dict[str, Surface] = {
    "the other case": lambda view, desk: [view.case(desk.other), view.file(desk.other), view.possible(desk.other)],
    "acting on the other": lambda view, desk: view.act(desk.other, actions.Note(text="hello"), now=NOON),
    "linking the other": lambda view, desk: view.act(desk.other, actions.Link(to=desk.hidden), now=NOON),
}


def _plan(reference: str) -> Any:
    from complaintkit.improving.actions import PlanMeasure

    return PlanMeasure(title="x", due=NOON + DAY, categories=("refund",), complaints=(reference,))


def attempt(ask: Callable[[], object]) -> object:
    """Return what is answered, or the words of the refusal."""
    try:
        return ask()
    except (ComplaintKitError, ValueError, TypeError, KeyError) as error:  # the marked case is no case of this world
        return str(error)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def open_kit(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ComplaintKit]:
    """Yield a kit on each kind of store."""
    more: dict[str, Any] = {"settings": SETTINGS, "clock": lambda: NOON}
    if request.param == "sqlite":
        more["database"] = f"sqlite:///{tmp_path / 'complaints.db'}"
    if request.param == "postgresql":
        more["database"] = request.getfixturevalue("fresh_postgres")
    with kit((), **more) as opened:
        if "database" in more:
            opened.upgrade()
        yield opened


def test_every_surface_has_a_row() -> None:
    """Whatever a view offers is walked here; a name that is added without a row fails."""
    assert set(SURFACES) | NO_CASE == OFFERED | {"actor", "clock"}
    assert OFFERED == {name for name in dir(View) if not name.startswith("_") and hasattr(View, name)}


def test_whatever_a_kit_has_is_offered_or_withheld() -> None:
    """A new method of the kit is in neither list of `view/offered.py`, and fails until somebody has decided."""
    whole = {name for kit in (ComplaintKit, BoundKit) for name in dir(kit) if not name.startswith("_")}
    assert set() == whole - OFFERED - WITHHELD, "list it in view/offered.py, as offered or as withheld"
    assert set() == WITHHELD - whole, "there is no such method any more"
    assert set() == OFFERED & WITHHELD


def test_what_is_withheld_is_not_there(open_kit: ComplaintKit) -> None:
    """Neither what a view inherits nor what a part of the kit gets tomorrow is offered unless it is listed."""
    view = open_kit.seen_by("boss", reason="curious", now=NOON)
    for name in WITHHELD:
        with pytest.raises(AttributeError, match=name):
            getattr(view, name)

    class Part:
        def told_to_all(self) -> str:
            return MARK

    @only(OFFERED)
    class Shown(Part):
        pass

    assert not hasattr(Shown(), "told_to_all")


@pytest.mark.parametrize("how", ["staffed", "lived"])
def test_a_manager_sees_nothing_of_a_complaint_about_them(open_kit: ComplaintKit, how: str) -> None:
    """0 bytes: in lists, searches, reports, figures, notices, exports, possible actions, status, and all the rest."""
    desk: Desk = getattr(Desk(open_kit), how)()
    view = open_kit.seen_by("boss", reason="curious", now=NOON)
    for name, ask in {**SURFACES, **OTHERS}.items():
        told = shown(attempt(lambda ask=ask, view=view: ask(view, desk)))  # type: ignore[misc]
        assert MARK not in told, f"{name}: {told[: told.find(MARK) + 200][-400:]}"
        if desk.hidden in told:
            # Only what they typed themselves comes back, in the words for what is not on file.
            assert str(NotFound(desk.hidden)) in told or "is no precedent" in told, f"{name}: {told[:400]}"
            rest = told.replace(str(NotFound(desk.hidden)), "").replace(f"complaint {desk.hidden}: is no precedent", "")
            assert desk.hidden not in rest, f"{name}: {rest[:400]}"


def test_the_answer_is_the_same_as_for_a_case_that_never_was(open_kit: ComplaintKit) -> None:
    """Word for word: nobody can tell from an answer that there is something they must not see."""
    desk = Desk(open_kit).staffed()
    view = open_kit.seen_by("boss", reason="curious", now=NOON)
    hidden, missing = desk.hidden, desk.missing
    for name in ("case", "file", "possible", "act", "code", "suggest", "explain", "guide", "look_over", "outstanding",
                 "precedent", "precedents_for", "identity", "attachment", "task_token", "improve"):  # fmt: skip
        desk.hidden = hidden
        about = shown(attempt(lambda name=name: SURFACES[name](view, desk)))  # type: ignore[misc]
        desk.hidden = missing
        never = shown(attempt(lambda name=name: SURFACES[name](view, desk)))  # type: ignore[misc]
        assert never.replace(missing, "REF") == about.replace(hidden, "REF"), name


@pytest.mark.parametrize(
    ("how", "by"),
    [
        ("staffed", {"case", "file", "cases", "outbox", "improvement", "improvements", "improvement_file", "agenda",
                     "precedents", "precedent", "duties", "desk"}),
        ("lived", {"case", "file", "cases", "outbox", "bundle", "duties", "guide"}),
    ],
)  # fmt: skip
def test_whoever_may_see_it_does(open_kit: ComplaintKit, how: str, by: set[str]) -> None:
    """The walk would find the mark: somebody else sees it on the surfaces that show cases."""
    desk: Desk = getattr(Desk(open_kit), how)()
    view = open_kit.seen_by("lena", reason="handles it", now=NOON)
    telling = {
        name
        for name, ask in SURFACES.items()
        if MARK in shown(attempt(lambda ask=ask, view=view: ask(view, desk)))  # type: ignore[misc]
    }
    assert set() == by - telling


@pytest.mark.parametrize("how", ["sealed", "reported"])
def test_a_handler_sees_nothing_of_a_sealed_identity(open_kit: ComplaintKit, how: str) -> None:
    """0 bytes of name, address, telephone, handle or customer number, though every text of the case names them."""
    desk: Desk = getattr(Desk(open_kit), how)()
    assert "zinaida" in shown(open_kit.case(desk.hidden)).lower(), "the walk would find it"
    for who in ("irina", "lena", "boss"):
        view = open_kit.seen_by(who, reason="handles it", now=NOON)
        for name, ask in {**SURFACES, **OTHERS}.items():
            told = shown(attempt(lambda ask=ask, view=view: ask(view, desk))).lower()  # type: ignore[misc]
            # What is asked for by name comes back from nowhere; but the search itself is not an answer.
            found = [one for one in TELLTALE if one in told]
            assert [] == found, f"{who}, {name}: {told[max(0, told.find(found[0]) - 200) :][:400]}"
    assert {"case", "file"} <= {
        one.entry.what
        for one in open_kit.file(desk.hidden)
        if one.entry.kind == "looked"  # type: ignore[attr-defined]
    }


def test_only_named_handlers_know_of_a_sealed_complaint(open_kit: ComplaintKit) -> None:
    """To everybody else it is not on file, and no list, count or notice has it."""
    desk = Desk(open_kit).sealed()
    view = open_kit.seen_by("lena", reason="curious", now=NOON)
    with pytest.raises(NotFound):
        view.case(desk.hidden)
    assert [desk.other] == [case.reference for case in view.cases(Filter(open=None))]
    assert 1 == view.figures().complaints
    seen = open_kit.seen_by("irina", reason="handles it", now=NOON)
    (line,) = (case for case in seen.cases(Filter(open=None)) if case.reference == desk.hidden)
    assert ("in_progress", "sealed", "", "") == (line.stage, line.owner, str(line.title), line.category)
    assert [] == [due for due in seen.outbox("waiting", limit=99) if due.notice.reference == desk.hidden]


# --- the command line

# Commands by which nobody looks: whoever may run them runs the machine, and could read the database as well.
OPERATOR = {
    "init": "sets up a desk", "demo": "makes up a desk of its own", "receive": "takes in", "collect": "takes in",
    "work": "does what is due", "verify": "names files that do not add up", "plugins doctor": "looks after plugins",
    "plugins check": "looks after plugins", "plugins inspect": "looks after plugins", "plugins list": "names plugins",
    "db check": "looks after the database", "db sql": "prints the schema", "db upgrade": "makes the tables",
    "actions": "prints what can be done, of no case", "measures actions": "the same of improvements",
    "precedents rebuild": "works out all precedents", "tasks show": "for whoever holds a link",
    "replay": "goes through all complaints, to try a policy or a plugin",
    "policy check": "looks at the settings, at no case", "policy show": "tells the settings, of no case",
    "rules list": "tells rule packs, of no case", "rules show": "tells a rule pack, of no case",
    "tasks answer": "for whoever holds a link", "cases status": "for whoever holds a code",
}  # fmt: skip


def takes_by(path: tuple[str, ...]) -> bool:
    """Say whether a command can be asked as somebody."""
    return any("--by" in one.opts for one in ALL[path].params)


def test_every_command_is_somebodys() -> None:
    """A command that shows complaints can be asked as somebody; those that cannot are named with the reason."""
    without = {" ".join(path) for path in SINGLE if not takes_by(path)}
    assert set(OPERATOR) == without


def words_for(path: tuple[str, ...], desk: Desk, reference: str) -> list[str]:
    """Return what is typed to ask a command about a case."""
    year = ["--since", "2026-01-01", "--until", "2026-12-31"]
    given: dict[tuple[str, ...], list[str]] = {
        ("clocks", "recalculate"): ["--reason", "x"],
        ("cases", "list"): ["--all"], ("cases", "new"): ["--text", "no tea"],
        ("parked", "list"): [], ("parked", "show"): ["1"], ("parked", "retry"): ["1"],
        ("report",): ["volume"], ("precedents", "find"): [MARK.lower(), "plain"], ("measures", "needs"): year,
        ("measures", "loops"): year, ("measures", "list"): ["--all"], ("measures", "show"): [desk.improvement],
        ("measures", "act"): [desk.improvement], ("circles", "kept"): year, ("circles", "calendar"): [],
        ("circles", "list"): [], ("tasks", "list"): [], ("tasks", "link"): [reference, "task-1"], ("duties",): [],
        ("staff", "list"): [], ("staff", "away"): ["irina"], ("staff", "back"): ["irina"],
        ("staff", "hand-over-all"): ["irina", "--to", "lena", "--reason", "ill"],
    }  # fmt: skip
    if path[:2] in (("cases", "act"), ("measures", "act")) and len(path) == 3:
        of = reference if path[0] == "cases" else desk.improvement
        return [of, path[2], *_needed(path)]
    if path[:2] == ("measures", "add") or path in (("circles", "add"), ("circles", "hold"), ("circles", "deliver")):
        lead = [desk.improvement] if path[1] in ("hold", "deliver") else []
        return [*lead, *_needed(path)]
    return given.get(path, [reference])


def _needed(path: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for one in ALL[path].params:
        if isinstance(one, click.Option) and one.required and one.name != "by":
            typed = "2099-01-01T00:00Z" if one.metavar == "DAY" else "1" if one.metavar in ("N", "AMOUNT") else "x"
            found += [one.opts[0], one.type.choices[0] if isinstance(one.type, click.Choice) else typed]
    return found


@pytest.fixture
def staffed(desk: Shell) -> tuple[Shell, Desk]:
    """Return somebody at the command line of a desk with a complaint about their manager."""
    lines = [f"[policy.staff.{name}]\nroles = {json.dumps(one['roles'])}\n" for name, one in STAFF.items()]
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n" + "\n".join(lines), encoding="utf-8")
    with ComplaintKit(settings, clock=lambda: NOON) as opened:
        filled = Desk(opened).staffed()
    return desk, filled


def lead(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that stand before what is asked about."""
    return path[:2] if path[:2] in (("cases", "act"), ("measures", "act")) else path


BY_ACTION = (("cases", "act"), ("measures", "act"), ("measures", "add"))
ACTING = [path for path in SINGLE if path[:2] in BY_ACTION and len(path) == 3]
LOOKING = [path for path in SINGLE if takes_by(path) and path not in ACTING]


def test_no_command_shows_a_manager_a_complaint_about_them(staffed: tuple[Shell, Desk]) -> None:
    """Every command that can be asked as somebody tells nothing, and just what it tells of a case that never was."""
    shell, desk = staffed
    for path in LOOKING:
        told = []
        for reference in (desk.hidden, desk.missing):
            said = shell(*lead(path), *words_for(path, desk, reference), "--by", "boss", "--json")
            told.append((said.code, (said.out + said.err).replace(reference, "REF")))
        assert MARK not in told[0][1], (path, told[0][1])
        assert desk.hidden not in told[0][1], (path, told[0][1])
        if desk.hidden in words_for(path, desk, desk.hidden):
            assert told[0] == told[1], path


@pytest.mark.parametrize("words", [["cases", "list", "--all"], ["report", "volume"], ["duties"], ["staff", "list"]])
def test_no_table_shows_it_either(staffed: tuple[Shell, Desk], words: list[str]) -> None:
    """Printed for people, lists and reports leave it out as they do for programs."""
    shell, desk = staffed
    said = shell(*words, "--by", "boss")
    assert not any(one in said.out + said.err for one in (MARK, desk.hidden))


@pytest.mark.slow
def test_no_action_at_the_command_line_tells_of_it(staffed: tuple[Shell, Desk]) -> None:
    """Whatever a manager tries to do with a complaint about them, it is not on file."""
    shell, desk = staffed
    for path in ACTING:
        said = shell(*lead(path), *words_for(path, desk, desk.hidden), "--by", "boss")
        what = desk.hidden if path[0] == "cases" else desk.improvement
        if path[1] == "act":
            assert ("", f"Error: {NotFound(what)}") == (said.out, said.err.strip()), path
        assert not any(one in said.out + said.err for one in (MARK, desk.hidden if path[0] != "cases" else MARK)), path


def test_the_same_commands_show_it_to_others(staffed: tuple[Shell, Desk]) -> None:
    """The walk would find it: somebody else, and whoever runs the machine, see the mark."""
    shell, desk = staffed
    for words in (["cases", "list"], ["cases", "show", desk.hidden], ["measures", "show", desk.improvement]):
        for who in (["--by", "lena"], []):
            assert MARK in shell.works(*words, *who).out, words


def test_a_confidential_case_asks_why(shell: Shell, staffed: tuple[Shell, Desk]) -> None:
    """Without a reason a named handler is told to give one; with it, the look is in the file."""
    _, desk = staffed
    shell.works("cases", "act", desk.other, "restrict", "--reason", "names a colleague", "--by", "irina")
    said = shell("cases", "show", desk.other, "--by", "irina")
    assert (1, True) == (said.code, "say why you look at it" in said.err)
    shell.works("cases", "show", desk.other, "--by", "irina", "--reason", "to answer it")
    told = shell.works("cases", "show", desk.other).out
    assert "looked at: file" in told
    assert "to answer it" in told
    assert "is not on file" in shell("cases", "show", desk.other, "--by", "boss", "--reason", "curious").err


def test_the_code_of_a_sealed_case_is_printed_for_nobody(staffed: tuple[Shell, Desk]) -> None:
    """Whoever has it reads and writes as the complainant: without a name it is refused like to anybody with one."""
    shell, desk = staffed
    assert shell.works("cases", "code", desk.other).out.strip()
    shell.works(
        "cases", "act", desk.other, "seal", "--reason", "fears for the job", "--handlers", "irina", "--by", "lena"
    )
    for who in ([], ["--by", "irina", "--reason", "she asked"]):
        said = shell("cases", "code", desk.other, *who)
        assert (1, "", True) == (said.code, said.out, "for the complainant alone" in said.err), who


def test_every_action_is_among_the_commands() -> None:
    """The walk acts in every way there is."""
    assert set(WAYS) <= {path[2] for path in SINGLE if path[:2] == ("cases", "act") and len(path) == 3}
    assert Look() == Look("", "")
