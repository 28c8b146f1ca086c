"""What the README shows works."""

import re
import tomllib
from pathlib import Path

import pytest

from complaintkit_email import Settings, limits

HERE = Path(__file__).parents[1]
README = (HERE / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the examples of the README in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_python_example() -> None:
    """The example in Python runs, and its claims hold."""
    [code] = blocks("python")

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own page


def test_settings_example() -> None:
    """The settings shown are settings that exist, and they fit together."""
    [text] = blocks("toml")
    shown = tomllib.loads(text)["plugins"]["email"]
    settings = Settings(**{**shown, "password": "from the environment", "own_lists": tuple(shown["own_lists"])})

    assert "complaints@example.org" == settings.mailbox[1]
    assert "from the environment" not in repr(settings)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("larger than 25 MiB", limits.MESSAGE_BYTES == 25 * 2**20),
        ("within 100,000\nbytes", limits.HEADER_BYTES == 100_000),
        ("at most 150 characters", limits.NAME_CHARACTERS == 150),
        ("at most 50. Reply", limits.ANSWERS == 50),
        ("at most 998 characters", limits.ID_CHARACTERS == 998),
        ("`max_megabytes` (25; at most 32)", Settings().max_megabytes == 25 and limits.HANDED_OVER_BYTES > 32 * 2**20),
    ],
)
def test_figures(sentence: str, bound: bool) -> None:
    """The bounds the README names are those of the code."""
    assert sentence in README
    assert bound


def test_quality_names_every_rung() -> None:
    """The ladder is filled in: every rung is done or has a reason."""
    quality = tomllib.loads((HERE / "quality.toml").read_text(encoding="utf-8"))

    assert {"plugin", "works", "dependable", "exemplary"} == set(quality)
    assert all(value for rung in quality.values() for value in rung.values())
