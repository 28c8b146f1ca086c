"""The journey of the README, as a user makes it: set up, receive, work, look, act, report, verify."""

import stat

import pytest

from tests.journeys.desk_in_a_folder import NOW, Shell

LETTER = "Dear shop,\nthe parcel never came and nobody answers the telephone. I want my money back.\nAnna"
LATER = "2026-03-03T09:00Z"


def test_a_complaint_from_letter_to_closing(desk: Shell) -> None:
    """One complaint goes from a letter on the doormat to a closed case through commands alone."""
    (desk.folder / "letter.txt").write_text(LETTER)
    received = desk.works("receive", "letter.txt", "--channel", "letter", "--now", NOW, "--json").json
    reference = received[0]["reference"]
    assert ["accepted"] == [row["outcome"] for row in received]
    assert "delivered 1 notice," in desk.works("work", "--until-idle", "--now", NOW).out
    assert reference in desk.works("cases", "list", "--now", NOW).out

    for action in (
        ["assess", "--category", "delivery-lost"],
        ["reply", "--text", "We are looking for it."],
        ["offer-remedy", "--type", "refund", "--amount", "39.90", "--currency", "EUR"],
        ["propose", "--outcome", "upheld", "--text", "You get your money back."],
        ["respond"],
        ["resolve", "--evidence", "said so on the telephone"],
        ["deliver-remedy", "--remedy", "remedy-1", "--evidence", "transfer 4711"],
        ["close"],
    ):
        desk.works("cases", "act", reference, *action, "--by", "irina", "--now", LATER)

    shown = desk.works("cases", "show", reference, "--now", LATER)
    assert "never came and nobody answers" in shown.out
    assert [line.split()[-1] for line in shown.out.splitlines() if "[irina]" in line] == ["[irina]"] * 11
    assert "remedy-1: 39.90 EUR delivered" in shown.out
    case = desk.works("cases", "show", reference, "--json").json
    assert ("closed", "upheld", "delivery-lost") == (case["stage"], case["outcome"], case["category"])
    kinds = [entry["kind"] for entry in case["file"]]
    assert kinds[:3] == ["received", "registered", "assessed"]
    assert kinds[-2:] == ["closed", "cause_planned"]
    assert case["version"] == len(kinds)

    rows = desk.works("report", "volume", "--json", "--until", "2026-03-04").json["rows"]
    assert [["2026-03", 0, 1, 0, 1, 0]] == rows
    assert "Everything is as it was written" in desk.works("verify").out


def test_a_worker_notices_what_is_overdue(desk: Shell) -> None:
    """Nobody answers for three days: the promise is broken and the case rises, and the list says so."""
    (desk.folder / "form.json").write_text('{"text": "Broken.", "email": "anna@customer.example"}')
    said = desk.works("receive", "form.json", "--channel", "form", "--now", NOW, "--json")
    reference = said.json[0]["reference"]
    desk.works("work", "--now", "2026-03-05T10:00Z")
    case = desk.works("cases", "show", reference, "--json", "--now", "2026-03-05T10:00Z").json
    assert 2 == case["level"]
    assert ["first_response"] == case["overdue"]
    listed = desk.works("cases", "list", "--overdue", "--json", "--now", "2026-03-05T10:00Z").json
    assert [reference] == [row["reference"] for row in listed]
    assert [] == desk.works("cases", "list", "--overdue", "--json", "--now", NOW).json


def test_init_makes_a_settings_file_for_its_owner_only(desk: Shell) -> None:
    """It holds a secret and the database letters, so nobody else may read them; nothing is ever overwritten."""
    settings = desk.folder / "complaintkit.toml"
    assert 0o600 == stat.S_IMODE(settings.stat().st_mode)
    assert 0o600 == stat.S_IMODE((desk.folder / "complaints.db").stat().st_mode)
    before = settings.read_text()
    assert 4 == desk("init").code
    assert before == settings.read_text()
    desk.works("init", "--folder", "second")
    both = before + (desk.folder / "second" / "complaintkit.toml").read_text()
    secrets = {line for line in both.splitlines() if line.startswith("secret")}
    assert 2 == len(secrets)


def test_settings_are_found_from_below_by_name_and_by_environment(
    desk: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A command finds the settings of a folder above; elsewhere they are named by option or environment."""
    settings = desk.folder / "complaintkit.toml"
    below = desk.folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    desk.works("cases", "list")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert 4 == desk("cases", "list").code
    desk.works("cases", "list", "--settings", settings)
    monkeypatch.setenv("COMPLAINTKIT_SETTINGS", str(settings))
    desk.works("cases", "list")


def test_what_is_possible_is_shown_with_the_reason_for_the_rest(desk: Shell) -> None:
    """Without an action, or with `--help` after the reference, one sees what can be done and why the rest cannot."""
    (desk.folder / "letter.txt").write_text(LETTER)
    reference = desk.works("receive", "letter.txt", "--channel", "letter", "--json").json[0]["reference"]
    possible = desk.works("cases", "act", reference, "--json").json
    assert {"assess", "reply", "withdraw"} <= {one["action"] for one in possible["possible"]}
    assert "possible only when it is resolved" in possible["impossible"]["close"]
    assert desk.works("cases", "act", reference, "--help").out == desk.works("cases", "act", reference).out
    assert "--evidence" in desk.works("cases", "act", reference, "resolve", "--help").out


def test_text_comes_from_standard_input(desk: Shell) -> None:
    """A letter and a reply can be piped in; the same letter again is a duplicate."""
    first = desk.outside("receive", "-", "--channel", "letter", "--json", text=LETTER)
    again = desk.outside("receive", "-", "--channel", "letter", "--json", text=LETTER)
    assert ["accepted", "duplicate"] == [said.json[0]["outcome"] for said in (first, again)]
    reference = first.json[0]["reference"]
    desk.outside("cases", "act", reference, "reply", "--text", "-", "--by", "irina", text="Мы ищем.\n")
    assert "Мы ищем." in desk.works("cases", "show", reference).out
