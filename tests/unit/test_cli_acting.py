"""Actions at the command line: what is missing is told, never a traceback."""

import json

import pytest

from complaintkit.case.actions import ACTIONS
from complaintkit.case.actions.describing import fields_of
from complaintkit.cli import run

SAMPLES = {"text": "x", "texts": "x", "number": "1", "amount": "25.00", "moment": "2099-03-09T10:00Z"}
GIVEN = {
    name: {
        f"--{one.name.replace('_', '-')}": one.choices[0] if one.choices else SAMPLES[one.type]
        for one in fields_of(action)
        if one.required
    }
    for name, action in ACTIONS.items()
}
NEEDED = {name: list(given) for name, given in GIVEN.items()}


@pytest.fixture(autouse=True)
def _nobody_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out a name that stands in the environment."""
    monkeypatch.delenv("COMPLAINTKIT_BY", raising=False)


@pytest.mark.parametrize(("action", "needed"), NEEDED.items())
def test_an_action_without_its_options_is_wrong_use(
    action: str, needed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every action asks for what it needs by the option's name; nobody has to look for a settings file first."""
    assert 2 == run(["cases", "act", "CK-7F3K-92DX", action, "--json"])
    said = capsys.readouterr()
    missing = next(iter(needed), "--by")
    assert f"Missing option '{missing}'" in said.err
    error = json.loads(said.out)["error"]
    assert 2 == error["exit_code"]
    assert missing in error["message"]


@pytest.mark.parametrize(("action", "option"), [(name, one) for name, needed in NEEDED.items() for one in needed])
def test_every_needed_option_is_asked_for(action: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With all other options there, the one that is missing is named."""
    others = [word for one in NEEDED[action] if one != option for word in (one, GIVEN[action][one])]
    assert 2 == run(["cases", "act", "CK-7F3K-92DX", action, "--by", "irina", *others])
    assert f"Missing option '{option}'" in capsys.readouterr().err


def test_some_actions_need_something() -> None:
    """The tests above would say nothing if no action needed an option."""
    assert ["--text"] == NEEDED["reply"]
    assert ["--reason"] == NEEDED["reopen"]
