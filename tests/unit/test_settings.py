"""Settings are read strictly, and what is wrong is said with its path."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import pytest
from attrs import field, frozen, validators
from hypothesis import given
from hypothesis import settings as testing
from hypothesis import strategies as st

from complaintkit.errors import SettingsError
from complaintkit.settings import FILE, Section, find, load, read, structure, variables


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


@frozen(kw_only=True)
class Server:
    """A table inside a table."""

    host: str
    port: int = field(default=25, validator=(validators.ge(1), validators.le(65535)))


@frozen(kw_only=True)
class Mine:
    """One field of every kind that a plugin's settings may have."""

    name: str = "mine"
    on: bool = False
    most: int = 3
    share: float = 0.5
    wait: timedelta = timedelta(hours=1)
    folder: Path = Path("in")
    zone: ZoneInfo = ZoneInfo("UTC")
    colour: Colour = Colour.RED
    mode: Literal["fast", "safe"] = "fast"
    words: Mapping[str, str] = field(factory=dict)
    weights: Mapping[str, float] = field(factory=dict)
    names: tuple[str, ...] = ()
    pair: tuple[int, str] = (1, "a")
    known: frozenset[str] = frozenset()
    server: Server | None = None
    servers: tuple[Server, ...] = ()
    either: int | str = 1
    noted: Annotated[int, "a note"] = 1
    anything: Any = None
    since: date = date(2026, 1, 1)
    at: time = time(8)
    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    secret: str = field(default="", repr=False)


FULL = """
[kit]
organisation = "Manila Water Desk"
languages = ["fil", "en"]
zone = "Asia/Manila"
secret = { env = "CK_TEST_SECRET" }
[plugins]
disable = ["folder"]
use = { categorisers = ["words", "rules"] }
files = ["mine.py"]
discover = false
[plugins.email]
source = "maildir"
runner = "here"
limits = { fetch = "90s", memory = 256 }
[policy]
owners = { "*" = "Ana" }
"""


def test_a_whole_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table comes back typed; relative places count from the file's folder; ours and the plugin's keys part."""
    monkeypatch.setenv("CK_TEST_SECRET", "s3cret-of-sixteen")
    (tmp_path / FILE).write_text(FULL, encoding="utf-8")
    settings = load(tmp_path / FILE)
    assert ("Manila Water Desk", ("fil", "en"), "s3cret-of-sixteen") == (
        settings.kit.organisation,
        settings.kit.languages,
        settings.kit.secret,
    )
    assert f"sqlite:///{tmp_path}/complaints.db" == settings.kit.database
    assert (("folder",), (tmp_path / "mine.py",), False) == (
        settings.plugins.disable,
        settings.plugins.files,
        settings.plugins.discover,
    )
    assert {"categorisers": ("words", "rules")} == settings.plugins.use
    email = settings.plugins.section("email")
    assert ("here", 90.0, 256, {"source": "maildir"}) == (
        email.runner,
        email.limits.seconds("fetch"),
        email.limits.memory,
        dict(email.own),
    )
    assert {"owners": {"*": "Ana"}} == settings.policy
    assert tmp_path / FILE == settings.path


def test_defaults_stand_where_nothing_is_written() -> None:
    """An empty file is a complete one, and a plugin without table has the defaults."""
    settings = read({}, Path("/desk"))
    assert ("en", "ru", "fil") == settings.kit.languages
    assert "sqlite:////desk/complaints.db" == settings.kit.database
    assert Section() == settings.plugins.section("email")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("sqlite:////var/desk.db", "sqlite:////var/desk.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite://", "sqlite://"),
        ("postgresql+psycopg://host/desk", "postgresql+psycopg://host/desk"),
        ("sqlite:///data/desk.db", "sqlite:////desk/data/desk.db"),
    ],
)
def test_only_a_relative_file_is_moved(written: str, kept: str) -> None:
    """The database's address is left alone unless it is a relative file."""
    assert kept == read({"kit": {"database": written}}, Path("/desk")).kit.database


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ('[kit]\norganisaton = "x"', "kit.organisaton", "did you mean 'organisation'"),
        ('[kit]\nlanguages = "en"', "kit.languages", "expected a list, such as [...], not 'en'"),
        ("[kit]\nlanguages = [5]", "kit.languages[0]", "expected text in quotes"),
        ("[kit]\nlanguages = []", "kit.languages", "must be >= 1"),
        ('[kit]\nzone = "Mars/Base"', "kit.zone", "no time zone"),
        ('[kit]\ntable_prefix = "a-b"', "kit.table_prefix", "letters, digits and underscores"),
        ('[kit]\nsecret = { env = "CK_NOT_SET" }', "kit.secret", "CK_NOT_SET is not set"),
        ('[kit]\nsecret = "fifteen signs.."', "kit.secret", "too short to keep anybody out: write 16 signs or more"),
        ('[kit]\nsecret = "                    "', "kit.secret", "or leave it out and one is made"),
        ("[kit]\nsecret = { file = 1 }", "kit.secret", 'or { env = "NAME" }'),
        ("[kits]", "kits", "did you mean 'kit'"),
        ("kit = 3", "kit", "must be a table"),
        ('[plugins]\ndiscover = "no"', "plugins.discover", "expected true or false, not 'no'"),
        ("[plugins]\ndiscover = 1", "plugins.discover", "expected true or false, not 1"),
        ("[plugins]\ndisabled = []", "plugins.disabled", "did you mean 'disable'"),
        ('[plugins]\nuse = { categorizers = ["a"] }', "plugins.use", "did you mean 'categorisers'"),
        ('[plugins]\nuse = { reports = "a" }', "plugins.use.reports", "expected a list"),
        ('[plugins.x]\nrunner = "apar"', "plugins.x.runner", "did you mean 'apart'"),
        ("[plugins.x]\nlimits = { fetch = 3 }", "plugins.x.limits.fetch", 'such as "90m", "24h" or "3d", not 3'),
        ('[plugins.x]\nlimits = { fetch = "3 s" }', "plugins.x.limits.fetch", "a length of time"),
        ('[plugins.x]\nlimits = { fetch = "0s" }', "plugins.x.limits.fetch", "longer than nothing"),
        ('[plugins.x]\nlimits = { fetsch = "3s" }', "plugins.x.limits.fetsch", "did you mean 'fetch'"),
        ("[plugins.x]\nlimits = { memory = 3 }", "plugins.x.limits.memory", "64 or more"),
    ],
)
def test_what_is_wrong_is_said_with_its_path(tmp_path: Path, text: str, path: str, says: str) -> None:
    """Every mistake names its key and what to write instead."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / FILE)
    assert path == caught.value.path
    assert says in caught.value.problem


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    """A file that is not there, or not TOML, is named with what to do."""
    with pytest.raises(SettingsError, match="`complaintkit init` makes one"):
        load(tmp_path / FILE)
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="not in TOML form"):
        load(tmp_path / FILE)


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    """A command in a folder below finds the file; where there is none, it is told so."""
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find(below) is None
    (tmp_path / FILE).touch()
    assert tmp_path.resolve() / FILE == find(below)


def test_every_kind_of_field_is_read() -> None:
    """Each kind a plugin's settings class may use is read from what TOML has for it."""
    raw = {
        "name": "x", "on": True, "most": 7, "share": 1, "wait": "1d12h", "folder": "out", "zone": "Asia/Manila",
        "colour": "blue", "mode": "safe", "words": {"late": "delay"}, "weights": {"a": 0.5}, "names": ["a", "b"],
        "pair": [2, "b"], "known": ["k", "k"], "server": {"host": "h"}, "servers": [{"host": "i", "port": 26}],
        "either": "text", "noted": 2, "anything": [1, {"a": 2}], "since": date(2026, 2, 1), "at": time(9),
        "moment": datetime(2026, 2, 1, tzinfo=UTC),
    }  # fmt: skip
    mine = structure(Mine, raw, "plugins.mine", Path("/desk"))
    assert (
        Mine(
            name="x", on=True, most=7, share=1.0, wait=timedelta(hours=36), folder=Path("/desk/out"),
            zone=ZoneInfo("Asia/Manila"), colour=Colour.BLUE, mode="safe", words={"late": "delay"},
            weights={"a": 0.5}, names=("a", "b"), pair=(2, "b"), known=frozenset({"k"}), server=Server(host="h"),
            servers=(Server(host="i", port=26),), either="text", noted=2, anything=[1, {"a": 2}],
            since=date(2026, 2, 1), at=time(9), moment=datetime(2026, 2, 1, tzinfo=UTC),
        )
        == mine
    )  # fmt: skip
    assert type(mine.share) is float
    assert {"late": "delay"} == mine.words


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"name": 5}, "name"),
        ({"name": None}, "name"),
        ({"on": "yes"}, "on"),
        ({"on": 1}, "on"),
        ({"most": "7"}, "most"),
        ({"most": 7.0}, "most"),
        ({"most": True}, "most"),
        ({"share": True}, "share"),
        ({"share": "0.5"}, "share"),
        ({"wait": 90}, "wait"),
        ({"wait": "1h 2m"}, "wait"),
        ({"wait": "99999999999d"}, "wait"),
        ({"folder": 1}, "folder"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"colour": "green"}, "colour"),
        ({"mode": "slow"}, "mode"),
        ({"mode": ["fast"]}, "mode"),
        ({"words": {"late": 1}}, "words.late"),
        ({"words": "late"}, "words"),
        ({"names": "abc"}, "names"),
        ({"names": {"a": 1}}, "names"),
        ({"pair": [1]}, "pair"),
        ({"pair": ["a", 1]}, "pair[0]"),
        ({"server": {"port": 1}}, "server.host"),
        ({"server": {"host": "h", "port": 70000}}, "server.port"),
        ({"servers": [{"host": "h"}, {"hots": "h"}]}, "servers[1].hots"),
        ({"either": 1.5}, "either"),
        ({"since": "2026-01-01"}, "since"),
        ({"since": datetime(2026, 1, 1, tzinfo=UTC)}, "since"),
        ({"extra": 1}, "extra"),
    ],
)
def test_nothing_is_bent_into_shape(raw: dict[str, Any], path: str) -> None:
    """A value of another kind is refused where it stands, however near it comes."""
    with pytest.raises(SettingsError) as caught:
        structure(Mine, raw, "plugins.mine")
    assert f"plugins.mine.{path}" == caught.value.path


def test_paths_count_from_the_settings_folder() -> None:
    """A relative path counts from there whether it was written or is a default; an absolute one stays."""
    assert Path("/desk/in") == structure(Mine, {}, "x", Path("/desk")).folder
    assert Path("in") == structure(Mine, {}, "x").folder
    assert Path("/var/in") == structure(Mine, {"folder": "/var/in"}, "x", Path("/desk")).folder


def test_a_field_we_cannot_read_is_the_class_s_fault() -> None:
    """A settings class with a field of an unknown kind is told apart from wrong settings."""

    @frozen
    class Odd:
        call: complex

    with pytest.raises(SettingsError, match="a field of a kind we cannot read"):
        structure(Odd, {"call": 1}, "plugins.odd")


def test_an_error_of_the_class_itself_becomes_a_settings_error() -> None:
    """Whatever the class raises while it is made, the path of the table is told."""

    @frozen
    class Picky:
        a: int = 0

        def __attrs_post_init__(self) -> None:
            raise RuntimeError("a and b do not go together")

    with pytest.raises(SettingsError, match=r"^plugins.picky: a and b do not go together$"):
        structure(Picky, {}, "plugins.picky")


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the kit's secret, nor the database's password, nor a plugin's own settings are in any `repr`."""
    monkeypatch.setenv("CK_TEST_SECRET", "hush-hush-hush-hush")
    settings = read(
        {
            "kit": {"secret": {"env": "CK_TEST_SECRET"}, "database": "postgresql://a:hush-hush-hush-hush@h/d"},
            "plugins": {"email": {"password": "hush-hush-hush-hush"}},
        },
        Path("/desk"),
    )
    assert "hush-hush-hush-hush" == settings.kit.secret
    assert "hush" not in repr(settings)


def test_variables_are_named() -> None:
    """The environment variables that settings refer to are found at any depth, and nothing else is."""
    raw = {"a": {"env": "A"}, "b": [{"c": {"env": "B"}}], "d": {"env": "C", "more": 1}, "e": "env"}
    assert ["A", "B"] == list(variables(raw))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def refused(make: Callable[[], object]) -> SettingsError | None:
    """Return the error that making settings ends with, if it is one of ours; any other one breaks the test."""
    try:
        make()
    except SettingsError as error:
        return error
    return None


@given(st.dictionaries(st.sampled_from(["kit", "plugins", "policy", "x"]), plain))
@testing(deadline=None)
def test_any_data_gives_settings_or_a_settings_error(raw: dict[str, Any]) -> None:
    """Whatever stands in the file, the answer is settings or one error with a problem in words."""
    error = refused(lambda: read(raw, Path("/desk")))
    assert error is None or error.problem


@given(st.dictionaries(st.sampled_from([one.name for one in Mine.__attrs_attrs__]), plain))
@testing(deadline=None)
def test_any_data_gives_a_class_or_a_settings_error(raw: dict[str, Any]) -> None:
    """The same holds for the class of a plugin, with fields of every kind."""
    error = refused(lambda: structure(Mine, raw, "plugins.mine"))
    assert error is None or error.path.startswith("plugins.mine")
