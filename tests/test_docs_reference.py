"""The reference pages leave nothing out: every command and option, key, record field and error has its line."""

import re
from collections.abc import Iterator

import attrs
import click
import pytest

import complaintkit
from complaintkit.case.actions import ACTIONS
from complaintkit.cli.ending import CODES
from complaintkit.cli.root import root
from complaintkit.guard.limits import Limits
from complaintkit.improving.terms import Improving
from complaintkit.policy import Policy
from complaintkit.settings import FAMILIES, KitSettings, PluginsSettings
from tests.house.floors import ROOT

# Their commands are made from fields; tables of their own list them.
DRAWN = {"complaintkit cases act", "complaintkit measures act", "complaintkit measures add"}
EVERYWHERE = {"--help", "--json", "--settings", "--now"}
# Of a policy, but set in [kit], by plugins, at the desk or by the program that embeds it.
FROM_KIT = {"organisation", "contact", "zone", "languages", "kinds", "absences", "check", "packs", "archive"}
# A policy keeps what `rules` wants under a name of its own.
CALLED = {"wanted": "rules"}


def page(name: str) -> str:
    """Return the text of a reference page."""
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below one, with its words."""
    if isinstance(command, click.Group) and path not in DRAWN:
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, f"{path} {name}")
    else:
        yield path, command


def options(command: click.Command) -> set[str]:
    """Return the options of a command, as they are typed."""
    given = [one for one in command.params if isinstance(one, click.Option)]
    return {name for one in given for name in (*one.opts, *one.secondary_opts) if name.startswith("--")}


def section(text: str, title: str) -> str:
    """Return the part of a page below a title."""
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def test_every_command_and_option_is_listed() -> None:
    """The page on the command line has a section for each command with each of its options, and none for others."""
    text = page("cli.md")
    known = dict(commands(root, "complaintkit"))
    assert set(known) == set(re.findall(r"^## (complaintkit .*)$", text, re.MULTILINE))
    for path, command in known.items():
        missing = {one for one in options(command) - EVERYWHERE if f"{one}" not in section(text, path)}
        assert set() == missing, path


def test_every_action_and_its_options_are_listed() -> None:
    """Each action has a row with the options made from its fields."""
    text = section(page("cli.md"), "complaintkit cases act")
    for name, action in ACTIONS.items():
        row = next((line for line in text.splitlines() if line.startswith(f"| `{name}`")), "")
        wanted = {f"--{field.name.replace('_', '-')}" for field in attrs.fields(action)}
        assert wanted == set(re.findall(r"--[\w-]+", row)), name


def test_every_exit_code_is_listed() -> None:
    """Each exit code that an error leads to is explained."""
    told = {
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", page("cli.md"), re.MULTILINE) for code in row.split(", ")
    }
    assert {code for _, code in CODES} <= told
    assert {0, 3} <= told


@pytest.mark.parametrize(
    ("kind", "title", "elsewhere"),
    [
        (KitSettings, "`[kit]`", set()),
        (PluginsSettings, "`[plugins]`", {"sections", "folder"}),
        (Limits, "`[plugins.NAME]`", set()),
        (Policy, "`[policy]`", FROM_KIT),
        (Improving, "`[policy.improving]`", set()),
    ],
)
def test_every_key_of_the_settings_is_listed(kind: type, title: str, elsewhere: set[str]) -> None:
    """Each key has a row in the section of its table, and no row stands for a key that is gone."""
    rows = set(re.findall(r"^\| `(\w+)` \|", section(page("settings.md"), title), re.MULTILINE))
    keys = {CALLED.get(field.name, field.name) for field in attrs.fields(kind)} - elsewhere
    assert set() == keys - rows
    assert rows - keys <= {"runner", "limits"}


def test_every_family_is_listed() -> None:
    """The families that `use` knows are named."""
    text = section(page("settings.md"), "`[plugins]`")
    assert [] == [family for family in FAMILIES if f"`{family}`" not in text]


@pytest.mark.parametrize(
    "record",
    [
        "Channel",
        "Categoriser",
        "EscalationRule",
        "Notifier",
        "Report",
        "Exporter",
        "CustomerSource",
        "Observer",
        "RulePack",
    ],
)
def test_every_field_of_a_record_is_listed(record: str) -> None:
    """Each field of a record that plugins yield has a row in the record's table."""
    table = re.search(rf"^\| `{record}` \|.*?\n\n", page("hooks.md"), re.MULTILINE | re.DOTALL)
    assert table, record
    rows = re.findall(r"^\| `(\w+)` \|", table.group(), re.MULTILINE)
    assert {field.name for field in attrs.fields(getattr(complaintkit, record))} == set(rows[1:])


def test_every_error_is_listed() -> None:
    """Each error that a door offers has a row."""
    errors = {
        name
        for name in complaintkit.__all__
        if isinstance(kind := getattr(complaintkit, name), type) and issubclass(kind, complaintkit.ComplaintKitError)
    }
    assert errors == set(re.findall(r"^\| `(\w+)` \|", page("errors.md"), re.MULTILINE))
