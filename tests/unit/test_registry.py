"""Finding, checking, configuring and freezing plugins: what is wrong with one costs that one, and is said."""

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import complaintkit
from complaintkit import (
    CaseView,
    Categoriser,
    Delivery,
    Notifier,
    PluginError,
    Suggestion,
    hookimpl,
)
from complaintkit.builtin import BUILTINS
from complaintkit.guard import Failure
from complaintkit.registry import Registry, Trouble, load_registry
from complaintkit.registry.versions import misfit, of_distribution, of_file
from complaintkit.settings import PluginsSettings, read
from complaintkit.testing import builders

NOW = builders.NOON


def words(*found: str) -> Categoriser:
    """Return a categoriser that always suggests these categories."""
    return Categoriser("words", lambda case: [Suggestion(category, 0.5) for category in found])


def names(guarded: Iterable[Any]) -> list[str]:
    """Return the names of guarded records."""
    return [one.record.name for one in guarded]


def state(registry: Registry, name: str) -> str:
    """Return the state of a plugin."""
    return next(plugin.state for plugin in registry.plugins if plugin.name == name)


Load = Callable[..., Registry]


@pytest.fixture
def load() -> Iterator[Load]:
    """Return a function that loads a registry with objects handed over, and closes it in the end."""
    made: list[Registry] = []

    def loaded(*handed: object, **settings: Any) -> Registry:
        made.append(load_registry(PluginsSettings(**settings), handed=handed))
        return made[-1]

    yield loaded
    for one in made:
        one.close()


class Words:
    """A plugin as a class; each kit makes its own instance."""

    @hookimpl
    def complaintkit_categorisers(self) -> Iterable[Categoriser]:
        """Offer one categoriser."""
        yield words("delivery")


# --- what is found


def test_the_built_in_plugins_load(load: Load) -> None:
    """Every plugin of ours is there, runs here, and is in good order."""
    registry = load()
    assert sorted(BUILTINS) == [plugin.name for plugin in registry.plugins]
    assert {("ready", "here", "built-in")} == {(one.state, one.runner, one.origin) for one in registry.plugins}
    assert () == registry.troubles


def test_a_host_may_hand_over_anything(load: Load) -> None:
    """A class, an object, a module and a bare record are all plugins."""
    module = ModuleType("host_words")
    module.complaintkit_notifiers = notifiers  # type: ignore[attr-defined]
    registry = load(Words, Shout(), module, Categoriser("bare", lambda case: ()))
    assert {"words", "bare", "shout"} <= set(names(registry.categorisers))
    assert "quiet" in names(registry.notifiers)
    assert {"handed over"} == {one.origin for one in registry.plugins if one.name in ("words", "bare", "host_words")}


class Shout:
    """A plugin as an object."""

    @hookimpl
    def complaintkit_categorisers(self) -> Iterable[Categoriser]:
        """Offer a categoriser that abstains."""
        yield Categoriser("shout", lambda case: ())


@hookimpl
def notifiers() -> Iterable[Notifier]:
    """Offer a notifier that does nothing."""
    yield Notifier("quiet", ("email",), lambda notice: Delivery("sent"))


def test_a_class_handed_over_can_run_apart(load: Load) -> None:
    """A class can be found again by its name in another process; an object cannot, and is told so."""
    apart = {"runner": "apart"}
    registry = load(Shout(), sections={"shout": apart})
    assert ("set aside", True) == (state(registry, "shout"), "cannot go to another process" in registry.troubles[0].why)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes plugins look installed."""

    def install(*points: tuple[str, str, str, tuple[str, ...]]) -> None:
        found = []
        for name, place, version, requires in points:

            class Fake(metadata.Distribution):
                text = f"Name: dist-{name}\nVersion: {version}\n" + "".join(
                    f"Requires-Dist: {one}\n" for one in requires
                )

                def read_text(self, filename: str) -> str | None:
                    return self.text if filename == "METADATA" else None

                def locate_file(self, path: Any) -> Any:
                    return Path(path)

            point = metadata.EntryPoint(name, place, "complaintkit")
            vars(point).update(dist=Fake())
            found.append(point)
        monkeypatch.setattr(metadata, "entry_points", lambda group: found)
        monkeypatch.delenv("COMPLAINTKIT_PLUGINS", raising=False)

    return install


def test_installed_plugins_run_apart(installed: Callable[..., None], load: Load) -> None:
    """An entry point is found, its package and version are known, and it runs in a process of its own."""
    installed(("ladder2", "complaintkit.builtin.volume", "1.4", ()))
    registry = load(disable=("volume",))
    plugin = next(one for one in registry.plugins if one.name == "ladder2")
    assert ("1.4", "dist-ladder2", "installed", "apart", "ready") == (
        plugin.version,
        plugin.distribution,
        plugin.origin,
        plugin.runner,
        plugin.state,
    )
    answer = next(one for one in registry.reports if one.plugin == "ladder2")
    needs = answer.record.needs
    table = answer.ask("compile", builders.a_report_request(*needs), NOW)
    assert not isinstance(table, Failure)


def test_the_environment_chooses_among_installed_plugins(
    installed: Callable[..., None], load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COMPLAINTKIT_PLUGINS names the only ones to be used; empty means none; a name that is not there is told."""
    installed(("one", "complaintkit.builtin.volume", "1", ()), ("two", "not_there", "1", ()))
    monkeypatch.setenv("COMPLAINTKIT_PLUGINS", "")
    assert {"built-in"} == {plugin.origin for plugin in load().plugins}
    monkeypatch.setenv("COMPLAINTKIT_PLUGINS", "tow")
    (trouble,) = load().troubles
    assert "COMPLAINTKIT_PLUGINS names 'tow', which is not there" == trouble.what
    monkeypatch.delenv("COMPLAINTKIT_PLUGINS")
    assert {"built-in"} == {plugin.origin for plugin in load(discover=False).plugins}


@pytest.mark.parametrize(
    ("requires", "says"),
    [
        (("complaintkit>=9",), "this complaintkit is too old"),
        (("attrs", "complaintkit (<0.1)"), "the plugin is too old"),
        (("complaintkit>=?",), "cannot be read"),
    ],
)
def test_what_a_package_requires_is_read_before_it_is_imported(
    installed: Callable[..., None], load: Load, requires: tuple[str, ...], says: str
) -> None:
    """A plugin for another core is set aside without running a line of it, and the right side is blamed."""
    installed(("other", "a_module_that_is_not_there", "1", requires))
    (trouble,) = load().troubles
    assert says in trouble.why
    assert "plugin 'other' 1 (dist-other) is set aside" == trouble.what


def test_a_broken_entry_point_costs_only_itself(installed: Callable[..., None], load: Load) -> None:
    """One that cannot be imported, and one that names what is not in its module, are set aside; the others load."""
    installed(("a", "not_there_at_all", "1", ()), ("b", "complaintkit.builtin.volume:Nothing", "1", ()))
    registry = load()
    assert ["set aside", "set aside"] == [state(registry, "a"), state(registry, "b")]
    assert ["not_there_at_all" in registry.troubles[0].why, "Nothing" in registry.troubles[1].why] == [True, True]
    assert len(BUILTINS) == sum(plugin.state == "ready" for plugin in registry.plugins)


# --- what is wrong

BAD = {
    "misspelt hook": (
        "@hookimpl\ndef complaintkit_categorizers():\n    yield 1",
        "there is no hook 'complaintkit_categorizers'; did you mean 'complaintkit_categorisers'?",
    ),
    "unmarked hook": ("def complaintkit_reports():\n    yield 1", "complaintkit_reports is not marked as a hook"),
    "no hook": ("x = 1", "it implements no hook"),
    "unknown argument": (
        "@hookimpl\ndef complaintkit_reports(setting):\n    yield 1",
        "complaintkit_reports may take `settings` and not `setting`",
    ),
    "default value": ("@hookimpl\ndef complaintkit_reports(settings=None):\n    yield 1", "and not `settings=None`"),
    "keyword only": ("@hookimpl\ndef complaintkit_reports(*, settings):\n    yield 1", "and not `settings`"),
    "any arguments": ("@hookimpl\ndef complaintkit_reports(*settings):\n    yield 1", "and not `*settings`"),
    "too many": ("@hookimpl\ndef complaintkit_commands(settings):\n    yield 1", "may take nothing and not `settings`"),
    "asynchronous": ("@hookimpl\nasync def complaintkit_reports():\n    return []", "hooks are plain functions"),
    "wrapper": ("@hookimpl(wrapper=True)\ndef complaintkit_reports():\n    return (yield)", "asks to wrap others"),
    "old wrapper": ("@hookimpl(hookwrapper=True)\ndef complaintkit_reports():\n    yield", "asks to wrap others"),
    "first": ("@hookimpl(tryfirst=True)\ndef complaintkit_reports():\n    yield 1", "to come before or after them"),
    "not a record": ("@hookimpl\ndef complaintkit_reports():\n    yield 'report'", "yielded str, which is no record"),
    "another hook's record": (
        "@hookimpl\ndef complaintkit_reports():\n    yield Categoriser('c', len)",
        "yielded Categoriser, which is no record of this hook",
    ),
    "not several": ("@hookimpl\ndef complaintkit_reports():\n    return 7", "'int' object is not iterable"),
    "endless": (
        "@hookimpl\ndef complaintkit_reports():\n    while True:\n        yield Report('r', len)",
        "more than 200 records",
    ),
    "bad record": (
        "@hookimpl\ndef complaintkit_reports():\n    yield Report('Bad Name', len)",
        "complaintkit_reports: ValueError: 'name' must match regex",
    ),
    "forged record": (
        "@hookimpl\ndef complaintkit_reports():\n    yield Report('r', len, title=7)",
        "Report.title is int, not str",
    ),
    "same name twice": (
        "@hookimpl\ndef complaintkit_reports():\n    yield Report('r', len)\n    yield Report('r', len)",
        "it offers 'r' twice among its reports",
    ),
    "raising": (
        "@hookimpl\ndef complaintkit_reports():\n    raise ValueError('no')",
        "ValueError: no (bad.py, line 4)",
    ),
    "exiting": ("@hookimpl\ndef complaintkit_reports():\n    raise SystemExit", "complaintkit_reports: SystemExit"),
    "half way": (
        "@hookimpl\ndef complaintkit_reports():\n    yield Report('r', len)\n    raise ValueError('no')",
        "ValueError: no",
    ),
    "syntax error": ("def def", "SyntaxError"),
    "too new for us": ("complaintkit_requires = '>=7'\nimport not_there", "this complaintkit is too old"),
    "too old for us": ("complaintkit_requires = '<0.1'\nimport not_there", "the plugin is too old"),
    "odd requirement": ("complaintkit_requires = 'soon'", "'soon' is no range of versions"),
    "settings no class": (
        "@hookimpl\ndef complaintkit_settings():\n    return {}",
        "must return an attrs class, not dict",
    ),
    "settings not ours": (
        "class S:\n    pass\n@hookimpl\ndef complaintkit_settings():\n    return S",
        "must return an attrs class, not type",
    ),
    "odd command": (
        "@hookimpl\ndef complaintkit_commands():\n    yield 'x', 'module'",
        "must yield pairs of a name and `module:attribute`",
    ),
}  # fmt: skip


# The same code judges a plugin in both places; these show that the reason comes back from the other one.
ALSO_APART = ("misspelt hook", "raising", "syntax error", "too new for us", "forged record", "endless", "exiting")


@pytest.mark.parametrize(
    ("fault", "runner"), [*((fault, "here") for fault in sorted(BAD)), *((fault, "apart") for fault in ALSO_APART)]
)
def test_a_bad_plugin_is_set_aside_with_the_reason(tmp_path: Path, load: Load, fault: str, runner: str) -> None:
    """Whatever is wrong with a plugin, wherever it runs, it is set aside with four readable lines; the others load."""
    body, says = BAD[fault]
    path = tmp_path / "bad.py"
    path.write_text(f"from complaintkit import *\n{body}\n", encoding="utf-8")
    registry = load(files=(path,), sections={"bad": {"runner": runner}})
    (trouble,) = registry.troubles
    assert says in trouble.why
    assert "set aside" == state(registry, "bad")
    assert 4 == len(str(trouble).splitlines())
    assert 'leave it out: disable = ["bad"]' in trouble.remedy
    assert len(BUILTINS) == sum(plugin.state == "ready" for plugin in registry.plugins)


def test_the_four_lines() -> None:
    """What, why, consequence and remedy, one line each."""
    trouble = Trouble(plugin="w", what="plugin 'w' is set aside", why="no", consequence="none", remedy="fix it")
    assert "plugin 'w' is set aside\n  why: no\n  consequence: none\n  remedy: fix it" == str(trouble)


# --- settings

SETTINGS = """
from pathlib import Path
from attrs import frozen
from complaintkit import *

@frozen
class Settings:
    words: tuple[str, ...]
    folder: Path = Path("in")

@hookimpl
def complaintkit_settings():
    return Settings

@hookimpl
def complaintkit_categorisers(settings):
    yield Categoriser("c", lambda case: [Suggestion(word, 0.5, str(settings.folder)) for word in settings.words])
"""


@pytest.mark.parametrize("runner", ["here", "apart"])
def test_a_plugin_gets_its_own_settings(tmp_path: Path, load: Load, runner: str) -> None:
    """Its table is read into its class, ours taken out, and its paths count from the settings file."""
    (tmp_path / "mine.py").write_text(SETTINGS, encoding="utf-8")
    raw = {"files": ["mine.py"], "discover": False, "mine": {"words": ["a", "b"], "runner": runner}}
    registry = load_registry(read({"plugins": raw}, tmp_path).plugins)
    mine = next(one for one in registry.categorisers if one.plugin == "mine")
    answer: Any = mine.ask("suggest", builders.a_case_view(), NOW)
    registry.close()
    assert [("a", str(tmp_path / "in")), ("b", str(tmp_path / "in"))] == [(one.category, one.because) for one in answer]


@pytest.mark.parametrize("runner", ["here", "apart"])
@pytest.mark.parametrize(
    ("own", "path"),
    [
        ({}, "plugins.mine.words"),
        ({"words": "a"}, "plugins.mine.words"),
        ({"words": [], "wrods": []}, "plugins.mine.wrods"),
        ({"words": [], "limits": {"suggest": "fast"}}, "plugins.mine.limits.suggest"),
    ],
)
def test_wrong_settings_set_it_aside_with_their_path(
    tmp_path: Path, load: Load, own: dict[str, Any], path: str, runner: str
) -> None:
    """A mistake in a plugin's table is told with its path, wherever the plugin runs."""
    (tmp_path / "mine.py").write_text(SETTINGS, encoding="utf-8")
    (trouble,) = load(files=(tmp_path / "mine.py",), sections={"mine": {**own, "runner": runner}}).troubles
    assert trouble.why.startswith(f"its settings are wrong: {path}: ")
    assert trouble.remedy.startswith(f"correct {path} in the settings file")


def test_settings_for_a_plugin_without_any_are_refused(load: Load) -> None:
    """A table for a plugin that takes no settings is a misunderstanding that is told."""
    (trouble,) = load(Words, sections={"words": {"list": ["a"]}}).troubles
    assert "plugins.words.list: this plugin takes no settings" in trouble.why


def test_dates_and_tables_reach_a_process_of_its_own(tmp_path: Path) -> None:
    """Everything that a settings file can hold gets there unchanged."""
    body = """
    from datetime import date, datetime, time
    from typing import Any
    from attrs import frozen
    from complaintkit import *
    @frozen
    class Settings:
        day: date
        at: time
        moment: datetime
        deep: Any
    @hookimpl
    def complaintkit_settings():
        return Settings
    @hookimpl
    def complaintkit_categorisers(settings):
        yield Categoriser("c", lambda case: [Suggestion("x", 1, repr(settings))])
    """
    (tmp_path / "mine.py").write_text(textwrap.dedent(body), encoding="utf-8")
    (tmp_path / "complaintkit.toml").write_text(
        '[plugins]\nfiles = ["mine.py"]\n[plugins.mine]\nday = 2026-01-31\nat = 08:30:00\n'
        'moment = 2026-01-31T12:00:00Z\ndeep = [{ toml = "x" }, 1.5, true]\n',
        encoding="utf-8",
    )
    from complaintkit.settings import load as load_settings

    settings = load_settings(tmp_path / "complaintkit.toml").plugins
    registry = load_registry(settings)
    assert () == registry.troubles
    mine = next(one for one in registry.categorisers if one.plugin == "mine")
    answer: Any = mine.ask("suggest", builders.a_case_view(), NOW)
    registry.close()
    assert (
        "Settings(day=datetime.date(2026, 1, 31), at=datetime.time(8, 30), "
        "moment=datetime.datetime(2026, 1, 31, 12, 0, tzinfo=datetime.timezone.utc), deep=[{'toml': 'x'}, 1.5, True])"
    ) == answer[0].because


# --- all together


def test_plugins_can_be_left_out(load: Load) -> None:
    """A disabled plugin is not even imported, and listed as such."""
    registry = load(disable=("folder", "keywords"))
    assert ["disabled", "disabled"] == [state(registry, "folder"), state(registry, "keywords")]
    assert "folder" not in names(registry.notifiers)


def test_a_name_taken_is_refused_naming_both(load: Load, tmp_path: Path) -> None:
    """Of two plugins that offer the same name the later one is set aside, and both are named with versions."""
    path = tmp_path / "late.py"
    path.write_text(SETTINGS.replace('"c"', '"words"') + "__version__ = '2.1'\n", encoding="utf-8")
    registry = load(Words, files=(path,), sections={"late": {"words": []}})
    (trouble,) = registry.troubles
    assert "'words' among the categorisers is offered by 'words' (handed over) and by 'late' 2.1 (file)" == trouble.why
    assert ["ready", "set aside"] == [state(registry, "words"), state(registry, "late")]


def test_two_plugins_of_one_name_are_told_apart(load: Load, tmp_path: Path) -> None:
    """A file named like a built-in plugin does not replace it silently."""
    path = tmp_path / "folder.py"
    path.write_text(SETTINGS, encoding="utf-8")
    registry = load(files=(path,), sections={"folder": {"words": [], "runner": "here"}})
    whys = [trouble.why for trouble in registry.troubles]
    assert any("plugins.folder.words: there is no such key" in why for why in whys)


def test_the_settings_choose_and_order(load: Load) -> None:
    """`use` names the only records of a family that count, in that order; one that is not there is told."""
    registry = load(
        words("a"), Categoriser("another", lambda case: ()), use={"categorisers": ("words", "keywords", "wrods")}
    )
    assert ["words", "keywords"] == names(registry.categorisers)
    (trouble,) = registry.troubles
    assert ("plugins.use.categorisers names 'wrods', which is not there", "did you mean 'words'?") == (
        trouble.what,
        trouble.why,
    )


def test_settings_about_nothing_are_told(load: Load) -> None:
    """A plugin that is disabled or configured and does not exist is a slip of the pen."""
    registry = load(disable=("foldr",), sections={"emial": {}})
    assert ["plugins.disable names 'foldr', which is not there", "plugins names 'emial', which is not there"] == [
        trouble.what for trouble in registry.troubles
    ]


def test_order_is_by_name(load: Load) -> None:
    """Whatever order plugins were handed over in, they come by name."""
    records = [Categoriser(name, lambda case: ()) for name in ("zeta", "alpha", "mid")]
    assert ["alpha", "keywords", "mid", "zeta"] == names(load(*records).categorisers)


def test_failures_and_breakers_are_told() -> None:
    """The host hears of every failure and every turn of a breaker, and can bring in what other workers found."""
    failures, turns = [], []

    def suggest(case: CaseView) -> None:
        raise ValueError("down")

    hook = "complaintkit_categorisers"
    registry = load_registry(
        PluginsSettings(),
        handed=[Categoriser("bad", suggest), words("a")],
        on_failure=lambda failure, now: failures.append((failure.plugin, now)),
        on_breaker=lambda *turn: turns.append(turn),
        breakers={("words", hook): NOW + timedelta(minutes=5)},
    )
    by_name = {one.record.name: one for one in registry.categorisers}
    for _ in range(6):
        by_name["bad"].ask("suggest", builders.a_case_view(), NOW)
    assert [("bad", NOW)] * 5 == failures
    assert [("bad", hook, NOW + timedelta(minutes=1))] == turns
    answer = by_name["words"].ask("suggest", builders.a_case_view(), NOW)
    assert isinstance(answer, Failure)
    assert "open" == answer.kind
    registry.set_breaker("words", hook, None)
    registry.set_breaker("nobody", hook, None)
    assert (Suggestion("a", 0.5),) == by_name["words"].ask("suggest", builders.a_case_view(), NOW)


def test_fetching_and_reading_break_apart_from_each_other(load: Load) -> None:
    """A mailbox that is down does not stop what was fetched from being read."""
    from complaintkit import Channel, Envelope, Message

    def fetch() -> Iterator[Envelope]:
        raise OSError("no route")
        yield builders.an_envelope()

    channel = Channel("box", lambda envelope: Message(text="read"), fetch=fetch)
    one = next(one for one in load(channel).channels if one.plugin == "box")
    kinds = [answer.kind for _ in range(6) for answer in one.stream("fetch", NOW)]  # type: ignore[attr-defined]
    assert ["raised"] * 5 + ["open"] == kinds
    (last,) = one.stream("fetch", NOW)
    assert "complaintkit_channels.fetch" == last.hook  # type: ignore[attr-defined]
    assert Message(text="read") == one.ask("parse", builders.an_envelope(), NOW)


def test_each_call_can_be_traced(
    load: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With COMPLAINTKIT_TRACE every call is shown with plugin, hook, duration and how it ended."""
    monkeypatch.setenv("COMPLAINTKIT_TRACE", "1")
    load(words("a")).categorisers[-1].ask("suggest", builders.a_case_view(), NOW)
    shown = capsys.readouterr().err.split()
    assert ["complaintkit:", "words", "complaintkit_categorisers", "words"] == shown[:4]
    assert ["ms", "ok"] == shown[5:]


def test_a_record_that_runs_elsewhere_is_not_called_directly(tmp_path: Path, load: Load) -> None:
    """The stand-in for a callable in another process says how to reach it."""
    (tmp_path / "mine.py").write_text(SETTINGS, encoding="utf-8")
    registry = load(files=(tmp_path / "mine.py",), sections={"mine": {"words": []}})
    mine = next(one for one in registry.categorisers if one.plugin == "mine")
    with pytest.raises(PluginError, match="use `ask` or `stream`"):
        mine.record.suggest(builders.a_case_view())
    with pytest.raises(KeyError):
        mine.ask("learn", builders.a_lesson(), NOW)


def test_a_plugin_apart_is_never_imported_here(tmp_path: Path) -> None:
    """Its code runs in its own process only, from the first line on."""
    (tmp_path / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write('x')\n" + SETTINGS, encoding="utf-8")
    code = f"""
import sys
from pathlib import Path
from complaintkit.registry import load_registry
from complaintkit.settings import PluginsSettings
files = (Path({str(tmp_path / "mine.py")!r}),)
registry = load_registry(PluginsSettings(files=files, sections={{"mine": {{"words": []}}}}))
assert not registry.troubles, registry.troubles
assert not [name for name in sys.modules if "mine" in name]
registry.close()
"""
    import os

    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "x" == (tmp_path / "ran").read_text()


def test_an_empty_registry_offers_nothing() -> None:
    """A kit inside a host's transaction has no plugins at all."""
    empty = Registry.empty()
    assert ((), (), ()) == (empty.plugins, empty.channels, empty.observers)
    empty.close()


def test_two_registries_share_nothing(load: Load) -> None:
    """Each kit has its own instance of a plugin, and its own breakers."""
    one, two = load(Words), load(Words)
    assert one.breakers.keys() == two.breakers.keys()
    assert not {id(breaker) for breaker in one.breakers.values()} & {id(breaker) for breaker in two.breakers.values()}


# --- versions


@pytest.mark.parametrize(
    ("required", "fits"),
    [
        ("", True), (">=0.1", True), (">=0.1,<0.2", True), (">0.1", False), ("<0.1", False), ("==0.1.0", True),
        ("==0.1.*", True), ("==0.2.*", False), ("!=0.1", False), ("~=0.1", True), ("~=0.1.0", True), ("~=0.2", False),
        ("<=0.1.0", True), (">= 0.1 , < 1", True), (">=0.1.0rc1", True),
    ],
)  # fmt: skip
def test_ranges_of_versions(required: str, fits: bool) -> None:
    """Each way to write a range is understood."""
    assert fits is not bool(misfit(required, "0.1.0"))


@pytest.mark.parametrize("required", ["0.1", "new", ">=", ">=x", "=0.1", ">=0.1;<2"])
def test_what_is_no_range_is_refused(required: str) -> None:
    """What cannot be read is an error, not a guess."""
    with pytest.raises(ValueError, match="no range of versions"):
        misfit(required, "0.1.0")


@pytest.mark.parametrize(
    ("requirements", "found"),
    [
        (None, ""),
        (["attrs>=1"], ""),
        (["complaintkit"], ""),
        (["complaintkit>=0.1,<0.2"], ">=0.1,<0.2"),
        (["ComplaintKit (>=0.1)"], ">=0.1"),
        (["complaintkit[postgres]>=0.1 ; python_version > '3'"], ">=0.1"),
        (["complaintkit>=9 ; extra == 'dev'"], ""),
        (["complaintkit-email>=9"], ""),
    ],
)
def test_what_a_distribution_requires(requirements: list[str] | None, found: str) -> None:
    """The dependency on complaintkit itself is found among others."""
    assert found == of_distribution(requirements)


def test_what_a_file_requires_is_read_without_running_it(tmp_path: Path) -> None:
    """A plain assignment of a text counts; a broken or missing file says nothing."""
    path = tmp_path / "p.py"
    for text, found in (
        ("complaintkit_requires = '>=0.1'", ">=0.1"),
        ("complaintkit_requires = f()", ""),
        ("def def", ""),
        ("", ""),
    ):
        path.write_text(text, encoding="utf-8")
        assert found == of_file(path)
    assert "" == of_file(tmp_path / "none.py")


def test_our_version_can_be_compared() -> None:
    """The core's own version is one that ranges can be written for."""
    assert "" == misfit(f"=={complaintkit.__version__}", complaintkit.__version__)
