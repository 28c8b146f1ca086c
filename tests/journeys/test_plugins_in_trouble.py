"""Plugins that break: the rest goes on, and `plugins doctor` says which, where, why and what to do."""

from pathlib import Path

import pytest

from complaintkit.cli.doctor import hidden
from tests.journeys.desk_in_a_folder import NOW, Shell

FAILS = """
from complaintkit import Categoriser, hookimpl

def suggest(case):
    raise RuntimeError("the model is not trained")

@hookimpl
def complaintkit_categorisers():
    yield Categoriser("moody", suggest)
"""
MISSPELT = """
from complaintkit import Categoriser, hookimpl

@hookimpl
def complaintkit_categorizers():
    yield Categoriser("never", lambda case: ())
"""


def use(desk: Shell, name: str, text: str) -> Path:
    """Write a plugin beside the settings and name it there."""
    path = desk.folder / f"{name}.py"
    path.write_text(text)
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text().replace("# files = []", f'files = ["{name}.py"]'))
    return path


def test_a_healthy_desk_has_no_findings(desk: Shell) -> None:
    """With the built-in plugins alone the doctor has nothing to say, and every one of them passes its check."""
    assert {"findings": []} == desk.works("plugins", "doctor", "--json").json
    for plugin in desk.works("plugins", "list", "--json").json:
        assert "ready" == plugin["state"]
        desk.works("plugins", "check", plugin["name"])


def test_a_plugin_that_fails_when_called_shows_up(desk: Shell) -> None:
    """The complaint is stored, the other plugin's answer counts, and file, doctor and inspect name the failure."""
    path = use(desk, "moody", FAILS)
    (desk.folder / "a.txt").write_text("I want my money back, a refund please.")
    reference = desk.works("receive", "a.txt", "--channel", "letter", "--now", NOW, "--json").json[0]["reference"]
    case = desk.works("cases", "show", reference, "--json").json
    assert "refund" == case["category"]
    failed = [entry for entry in case["file"] if entry["kind"] == "plugin_failed"]
    assert ["moody"] == [entry["plugin"] for entry in failed]

    said = desk("plugins", "doctor", "--now", NOW, "--json")
    assert 3 == said.code
    finding = said.json["findings"][0]
    assert ("failed", "moody") == (finding["kind"], finding["plugin"])
    assert "raised: what it said may be about a person" in finding["problem"]
    assert reference in finding["problem"]
    assert "the model is not trained" in str(failed[0]["problem"]), "the words are in the file"
    assert "not trained" not in desk.works("plugins", "inspect", "moody").out
    for checked in (path, "moody"):
        said = desk("plugins", "check", checked)
        assert (3, True) == (said.code, "the model is not trained" in said.out)
    assert 0 == desk("plugins", "doctor", "--now", "2026-09-01T00:00Z").code, "long ago is no finding any more"


def test_a_misspelt_hook_is_set_aside_with_a_remedy(desk: Shell) -> None:
    """The plugin costs only itself; list, doctor and check tell of it, with what was probably meant."""
    path = use(desk, "misspelt", MISSPELT)
    states = {one["name"]: one["state"] for one in desk.works("plugins", "list", "--json").json}
    assert ("set aside", "ready") == (states["misspelt"], states["keywords"])
    for said in (desk("plugins", "doctor"), desk("plugins", "check", path)):
        assert 3 == said.code
        assert "complaintkit_categorisers" in said.out
        assert "remedy" in said.out


def test_work_warns_of_a_plugin_that_was_set_aside(desk: Shell) -> None:
    """Whoever starts the worker sees that a plugin is missing; the work is done all the same."""
    use(desk, "misspelt", MISSPELT)
    said = desk.works("work", "--now", NOW)
    assert "misspelt" in said.err


def test_a_plugin_can_bring_a_command(desk: Shell) -> None:
    """A command of a plugin is found by its name, imported only then, and listed with its plugin."""
    (desk.folder / "greeting_command.py").write_text(
        "import click\n\n@click.command()\ndef greet():\n    click.echo('good morning')\n"
    )
    use(
        desk, "greeter",
        "from complaintkit import hookimpl\n\n@hookimpl\ndef complaintkit_commands():\n"
        "    yield 'greet', 'greeting_command:greet'\n",
    )  # fmt: skip
    said = desk.outside("greet", PYTHONPATH=f"{desk.folder}:{Path(__file__).parents[2]}")
    assert (0, "good morning\n") == (said.code, said.out)
    assert ["greet"] == [name for one in desk.works("plugins", "list", "--json").json for name in one["commands"]]
    assert 2 == desk("gret").code


class Package:
    """An installed package as far as the doctor looks at it."""

    def __init__(self, name: str, requires: tuple[str, ...] = (), group: str = "") -> None:
        self.metadata = {"Name": name}
        self.requires = list(requires)
        self.entry_points = [type("Point", (), {"group": group})()] if group else []


@pytest.mark.parametrize(
    ("package", "found"),
    [
        (Package("complaintkit-words"), True),
        (Package("my.Rules", ("complaintkit>=0.1",)), True),
        (Package("complaintkit-words", group="complaintkit"), False),
        (Package("complaintkit"), False),
        (Package("complaints", ("complaintkit-email>=1", "click")), False),
    ],
)
def test_a_package_without_entry_point_is_told_the_missing_line(package: Package, found: bool) -> None:
    """What needs complaintkit or is named after it, but cannot be found, is a finding with the line to add."""
    findings = list(hidden([package]))  # type: ignore[list-item]  # it has what the doctor looks at
    assert found == bool(findings)
    assert all("[project.entry-points.complaintkit]" in one.remedy for one in findings)
