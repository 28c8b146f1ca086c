"""At the command line: a policy and a plugin are tried on the months of a demo, and nothing but words comes of it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from complaintkit.demo.run import run_demo
from complaintkit.policy.reading import read
from complaintkit.settings import load, structure
from tests.house.floors import ROOT
from tests.journeys.desk_in_a_folder import Said, Shell

STRICTER = ROOT / "examples" / "stricter_policy.toml"
END = "2026-03-01T00:00Z"
LADDER = """
from datetime import timedelta
from complaintkit import Categoriser, Escalation, EscalationRule, Suggestion, hookimpl


@hookimpl
def complaintkit_escalation_rules(settings):
    yield EscalationRule("ladder", lambda review: Escalation(level=3, to="executive", reason="late is late"))


@hookimpl
def complaintkit_categorisers(settings):
    yield Categoriser("guess", lambda case: [Suggestion("delivery-late", 0.99, "a guess")])
"""


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small demo, which every test here only reads."""
    folder = tmp_path_factory.mktemp("months") / "shop"
    run_demo(folder, count=16, months=2)
    return folder


@frozen
class Shop:
    """Somebody at the command line who tries something on the demo."""

    shell: Shell
    months: Path

    def replay(self, *words: str | Path) -> Said:
        """Try something."""
        return self.shell.works("replay", "--settings", self.months / "complaintkit.toml", "--now", END, *words)


@pytest.fixture
def shop(shell: Shell, months: Path) -> Shop:
    """Return somebody who tries something."""
    return Shop(shell, months)


def figures(found: Any, name: str) -> dict[tuple[str, ...], tuple[int, int, int | None]]:
    """Return figures by what they are of: on file, today, tried."""
    return {tuple(one["of"]): (one["on_file"], one["today"], one["tried"]) for one in found[name]}


def digests(folder: Path) -> dict[str, str]:
    """Return every file of a folder with the digest of what is in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_stricter_policy_is_told_in_tables(shop: Shop) -> None:
    """Deadlines, escalations, messages, and the complaints in which something differs; and no file has changed."""
    before = digests(shop.months)
    said = shop.replay("--policy", STRICTER, "--cases")
    for line in (
        "complaints gone through", "Deadlines kept and broken", "Escalations", "Messages called for",
        "Broken new and not today", "what stricter_policy.toml makes of it",
    ):  # fmt: skip
        assert line in said.out
    assert before == digests(shop.months)
    bare = shop.replay("--policy", STRICTER)
    assert "--cases names them" in bare.err
    assert len(bare.out) < len(said.out)


def test_the_same_is_one_document(shop: Shop) -> None:
    """With --json: what was kept and broken, on file, today and new; today's breaches are those on file."""
    found = shop.replay("--policy", STRICTER, "--json").json
    assert None is found["shadow"]
    told = found["replay"]
    assert (True, END[:10]) == (told["tried"], told["now"][:10])
    for on_file, today, _ in figures(told, "broken").values():
        assert on_file == today
    avoided, added = ({(one["reference"], one["clock"]) for one in told[name]} for name in ("avoided", "added"))
    broken = figures(told, "broken").values()
    assert sum(tried - today for _, today, tried in broken if tried is not None) == len(added) - len(avoided)
    assert {0} == {tried for _, _, tried in figures(told, "called_out").values()}


def test_without_a_policy_nothing_differs_from_the_record(shop: Shop) -> None:
    """The present settings make of the months what they made of them."""
    told = shop.replay("--json").json["replay"]
    assert (False, [], [], []) == (told["tried"], told["avoided"], told["added"], told["misfits"])
    said = shop.replay()
    assert "Broken on file and not today: 0 deadlines of 0 complaints." in said.out


def test_a_plugin_file_is_tried_with_all_that_it_offers(shop: Shop) -> None:
    """Its escalation rule takes the place of the present one, and its categoriser runs in the shadow."""
    (shop.shell.folder / "quick.py").write_text(LADDER, encoding="utf-8")
    found = shop.replay("--plugin", "quick.py", "--json").json
    levels = figures(found["replay"], "escalations")
    _, today, tried = levels["3", "executive"]
    assert tried > today
    shadow = found["shadow"]
    assert (["guess"], True) == (shadow["names"], shadow["total"]["decided"] > 0)
    assert shadow["total"]["named_alone"] == shadow["total"]["decided"]
    said = shop.replay("--plugin", "quick.py", "--cases")
    assert "guess beside keywords" in said.out
    assert "They differ in" in said.out


def test_days_and_a_limit_choose(shop: Shop) -> None:
    """--since, --until and --limit."""
    whole = shop.replay("--json").json["replay"]["cases"]
    parts = [
        shop.replay(*words, "--json").json["replay"]["cases"]
        for words in (("--until", "2026-02-01"), ("--since", "2026-02-01"))
    ]
    assert whole == sum(parts)
    assert 3 == shop.replay("--limit", "3", "--json").json["replay"]["cases"]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("--alone",), 2, "--alone says how --policy is taken"),
        (("--policy", "nowhere.toml"), 2, "nowhere.toml"),
        (("--since", "2026-03-01", "--until", "2026-02-01"), 2, "--since must lie before --until"),
        (("--policy", "wrong.toml"), 4, "policy.standrds: there is no such key"),
        (("--plugin", "broken.py"), 1, "cannot be tried"),
        (("--shadow", "keyword"), 1, "did you mean 'keywords'"),
    ],
)
def test_what_is_wrong_is_told(desk: Shell, words: tuple[str, ...], code: int, why: str) -> None:
    """Each mistake has its exit code and says what to do."""
    (desk.folder / "wrong.toml").write_text("[policy]\nstandrds = []\n", encoding="utf-8")
    (desk.folder / "broken.py").write_text("import nothing_of_this_name\n", encoding="utf-8")
    said = desk("replay", *words)
    assert (code, True) == (said.code, why in said.err), said.err


def test_the_example_promises_all_that_the_shipped_policy_promises() -> None:
    """A list of standards takes the place of the shipped one as a whole: the example leaves no kind of clock out."""
    shipped, example = read({}, structure), read(load(STRICTER).policy, structure)
    assert {one.clock for one in shipped.standards} == {one.clock for one in example.standards}
    assert json.dumps(dict(load(STRICTER).policy), default=str).count("stricter") >= 6
