"""What the README shows works, and names every pack."""

import re
import tomllib
from pathlib import Path

from complaintkit import read_rule_pack
from complaintkit_rulepacks import Settings, shipped

HERE = Path(__file__).parents[1]
README = (HERE / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the examples of the README in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_python_example() -> None:
    """The example in Python runs, and its claims hold."""
    [code] = blocks("python")

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own page


def test_settings_examples() -> None:
    """The settings shown name packs and keys that exist."""
    used, own, pack = map(tomllib.loads, blocks("toml"))

    assert set(used["policy"]["rules"]) <= {one.name for one in shipped()}
    assert Path("our-rules") == Settings(folder=Path(own["plugins"]["rulepacks"]["folder"])).folder
    assert "our-promise" == read_rule_pack(pack).name


def test_every_pack_is_listed() -> None:
    """Each pack has a row, or stands in one with its kin; no row stands for a pack that is gone."""
    listed = set()
    for row in re.findall(r"^\| (`.*?) \|", README, re.MULTILINE):
        first, *others = re.findall(r"`(.*?)`", row)
        listed |= {first, *(one if not one.startswith("-") else first.rpartition("-")[0] + one for one in others)}

    assert {one.name for one in shipped()} == listed


def test_quality_names_every_rung() -> None:
    """The ladder is filled in: every rung is done or has a reason."""
    quality = tomllib.loads((HERE / "quality.toml").read_text(encoding="utf-8"))

    assert {"plugin", "works", "dependable", "exemplary"} == set(quality)
    assert all(value for rung in quality.values() for value in rung.values())
