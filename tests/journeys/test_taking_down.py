"""A complaint is taken down as it is told, and followed by a code without a name."""

import json
from pathlib import Path

import pytest

from complaintkit.cli import run


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that has to succeed; return what it printed."""
    capsys.readouterr()
    assert 0 == run(list(words)), capsys.readouterr().err
    return capsys.readouterr().out


def test_an_anonymous_call_is_taken_down_and_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever takes it down owns it; the code given to the caller tells how it stands and takes more words."""
    monkeypatch.chdir(tmp_path)
    said(capsys, "init")
    told = ("cases", "new", "--text", "The shop was rude.", "--by", "irina", "--json")
    receipt = json.loads(said(capsys, *told))
    shown = json.loads(said(capsys, "cases", "show", receipt["reference"], "--json"))
    assert ("irina", "phone", "The shop was rude.") == (shown["owner"], shown["channel"], shown["narrative"])
    status = said(capsys, "cases", "status", receipt["code"], "--text", "And slow.")
    assert receipt["reference"] in status
    assert "And slow." in said(capsys, "cases", "show", receipt["reference"])
    assert 1 == run(["cases", "status", "ck-nothing"])


def test_a_call_of_somebody_known_needs_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who can be written to gets an acknowledgement, and no code is read out."""
    monkeypatch.chdir(tmp_path)
    said(capsys, "init")
    told = ("cases", "new", "--text", "It leaks.", "--name", "Anna", "--email", "a@example.org", "--by", "irina")
    assert not json.loads(said(capsys, *told, "--json"))["code"]
    assert 2 == run(["cases", "new", "--text", " ", "--by", "irina"])
