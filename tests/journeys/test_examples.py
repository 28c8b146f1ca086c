"""Every example runs and does what it says."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house.floors import ROOT
from tests.journeys.desk_in_a_folder import NOW, Shell

EXAMPLES = ROOT / "examples"


def demo_categories(shell: Shell, *more: str | Path) -> dict[str, int]:
    """Return how many complaints of a small demo are in each category."""
    folder = f"shop{len(more)}"
    rows = shell.works("demo", folder, "--count", "40", "--months", "2", "--json", *more).json["reports"]["categories"]
    return {row[0]: row[1] for row in rows["rows"]}


@pytest.mark.slow
def test_the_one_file_plugin_changes_the_demo(shell: Shell) -> None:
    """Named in the settings, fifteen lines of a newcomer move complaints of the demo to another category."""
    before = demo_categories(shell)
    after = demo_categories(shell, "--plugin", EXAMPLES / "one_file_plugin.py")
    assert min(sum(before.values()), sum(after.values())) >= 40
    assert after["service-reachability"] > before["service-reachability"]


def test_the_one_file_plugin_is_as_short_as_it_says() -> None:
    """A whole plugin has about fifteen lines of code."""
    lines = (EXAMPLES / "one_file_plugin.py").read_text().split('"""', 2)[2].splitlines()
    assert len([line for line in lines if line.strip()]) <= 18


def test_the_quiet_notifier_is_swapped_in_by_settings_alone(desk: Shell) -> None:
    """With two lines of settings the built-in notifier delivers nothing any more, and the quiet one everything."""
    settings = desk.folder / "complaintkit.toml"
    text = settings.read_text()
    (desk.folder / "a.txt").write_text("The kettle leaks.")
    desk.works("receive", "a.txt", "--channel", "letter", "--now", NOW)
    named = f'files = ["{EXAMPLES / "quiet_notifier.py"}"]\nuse = {{ notifiers = ["quiet"] }}'
    settings.write_text(text.replace("# files = []", named))
    desk.works("work", "--now", NOW)
    assert not (desk.folder / "outgoing").exists()
    reference = desk.works("cases", "list", "--json").json[0]["reference"]
    sent = [
        one for one in desk.works("cases", "show", reference, "--json").json["file"] if one["kind"] == "notice_sent"
    ]
    assert {"quiet"} == {one["notifier"] for one in sent}

    settings.write_text(text)
    desk.works("cases", "act", reference, "reply", "--text", "Sorry.", "--by", "irina", "--now", NOW)
    desk.works("work", "--now", NOW)
    assert 1 == len(list((desk.folder / "outgoing").iterdir()))


@pytest.fixture
def crm() -> ModuleType:
    """Return the CRM of the embedding example, imported from its file."""
    spec = importlib.util.spec_from_file_location("example_crm", EXAMPLES / "embedding" / "crm.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_crm_rolls_back_and_commits(crm: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the CRM rolls back is gone, complaint and call alike; what it commits is there and is worked on."""
    from sqlalchemy import inspect, text

    engine = crm.engine_for(f"sqlite:///{tmp_path / 'crm.db'}")
    crm.main(engine)
    said = capsys.readouterr().out.splitlines()
    assert any(line.startswith("To anna@customer.example: ") for line in said)
    told = [line for line in said if not line.startswith("To ")]
    assert told[0].endswith("Complaints: 0")
    assert told[1].endswith("Complaints: 1")
    assert "1 assessed" in told[2]
    assert "of a gold client; irina is responsible" in told[3]
    assert {"customer_found", "assessed", "notice_sent"} <= set(told[4].split(": ")[1].split(", "))
    with engine.connect() as connection:
        assert 1 == connection.execute(text("select count(*) from calls")).scalar()
    names = set(inspect(engine).get_table_names())
    assert {"clients", "calls", "history"} < names
    assert all(name.startswith("ck_") for name in names - {"clients", "calls", "history"})
    engine.dispose()


def test_the_busy_command_counts(desk: Shell) -> None:
    """A plugin's command is there once the plugin is named and can be imported, and works on the desk."""
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text().replace("# files = []", f'files = ["{EXAMPLES / "busy.py"}"]'))
    (desk.folder / "a.txt").write_text("The kettle leaks.")
    desk.works("receive", "a.txt", "--channel", "phone", "--recorder", "irina", "--now", NOW)
    said = desk.outside("busy", PYTHONPATH=f"{ROOT}:{EXAMPLES}")
    assert (0, ["1", "irina"]) == (said.code, said.out.split())


def test_a_plugin_of_one_file_gives_complaints_fields_of_their_own(desk: Shell) -> None:
    """A form fills them in, the command line does, the file says what did not fit, and a decision waits for one."""
    settings = desk.folder / "complaintkit.toml"
    named = f'files = ["{EXAMPLES / "warranty_fields.py"}"]'
    needed = '[plugins.warranty_fields]\nrequired_for = ["product-quality"]\n'
    settings.write_text(f"{settings.read_text().replace('# files = []', named)}\n{needed}")
    form = '{"text": "It broke.", "fields": {"warranty_kind": "Shop", "warranty_until": "soon"}}'
    (desk.folder / "form.json").write_text(form)
    desk.works("receive", "form.json", "--channel", "form", "--now", NOW)
    reference = desk.works("cases", "list", "--json").json[0]["reference"]
    act = ("cases", "act", reference)
    desk.works(*act, "assess", "--category", "product-quality", "--by", "irina", "--now", NOW)
    draft = (*act, "propose", "--outcome", "upheld", "--text", "You are right.", "--by", "irina", "--now", NOW)
    refused = desk(*draft)
    assert "propose needs warranty_until to be filled in; set_field does that" in refused.err
    field = ("--field", "warranty_until", "--value")
    assert "takes a date, such as 2026-03-09" in desk(*act, "set_field", *field, "soon", "--by", "irina").err
    desk.works(*act, "set_field", *field, "2027-03-01", "--by", "irina", "--now", NOW)
    shown = desk.works("cases", "show", reference).out
    assert "warranty_kind shop" in shown.replace("  ", " ").replace("  ", " ")
    assert "not read cleanly: an answer of the form was not taken into its field: warranty_until takes a date" in shown
