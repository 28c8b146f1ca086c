"""Slips of the hand at the command line: each is told with what would do, and some things just work."""

import pytest

from tests.journeys.desk_in_a_folder import NOW, Shell


@pytest.fixture
def reference(desk: Shell) -> str:
    """Return the reference of a complaint on file."""
    (desk.folder / "letter.txt").write_text("The parcel never came.")
    said = desk.works("receive", "letter.txt", "--channel", "letter", "--now", NOW, "--json")
    assert said.err.startswith("1 item: ")
    return str(said.json[0]["reference"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "--category", "nonsense"], "there is no category 'nonsense'; there are: "),
        (["list", "--channel", "nonsense"], "there is no channel 'nonsense'; there are: "),
        (["list", "--since", "foo"], "'foo' is no day; write one such as 2026-03-01"),
        (["act", "REF", "fly", "--by", "irina"], "there is no action 'fly'; there are: register, "),
        (
            ["act", "REF", "hand-over", "--to", " ", "--reason", "x", "--by", "irina"],
            "Invalid value for '--to': it cannot be empty",
        ),
    ],
)
def test_a_slip_is_wrong_use_and_told(desk: Shell, reference: str, words: list[str], told: str) -> None:
    """What does not exist is no empty list: the names that do exist are told."""
    said = desk("cases", *(reference if word == "REF" else word for word in words), "--json")
    assert 2 == said.code
    assert told in said.json["error"]["message"]
    assert told in said.err


def test_names_that_exist_may_match_nothing(desk: Shell, reference: str) -> None:
    """A category or channel that is known, with no complaint in it, gives an empty list."""
    assert [] == desk.works("cases", "list", "--category", "unsorted", "--channel", "form", "--json").json
    assert reference in desk.works("cases", "list", "--channel", "letter").out


def test_waiting_until_a_day_lasts_to_its_end_in_the_zone_of_the_desk(desk: Shell, reference: str) -> None:
    """A day without time or zone means its end where the desk is."""
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text().replace('zone = "UTC"', 'zone = "Asia/Manila"'))
    act = ("cases", "act", reference)
    desk.works(*act, "assess", "--category", "delivery-lost", "--by", "irina", "--now", NOW)
    desk.works(*act, "reply", "--text", "Which parcel?", "--by", "irina", "--now", NOW)
    wait = ("wait", "--until", "2026-03-09", "--reason", "asked which one", "--by", "irina", "--now", NOW)
    case = desk.works(*act, *wait, "--json").json
    assert "2026-03-09T15:59:00+00:00" == case["waiting_until"].replace("23:59:00+08:00", "15:59:00+00:00")
    assert "until 2026-03-09 23:59" in desk.works("cases", "show", reference).out


def test_bytes_of_no_text_are_not_dumped(desk: Shell) -> None:
    """Of a parked item that is no text only its size is shown; its bytes are had with --raw."""
    (desk.folder / "form.json").write_bytes(bytes(range(256)))
    desk.works("receive", "form.json", "--channel", "form", "--now", NOW)
    assert "binary, 256 bytes" in desk.works("parked", "show", "1").out


def test_taking_a_machine_for_a_complainant_is_somebodys_decision(desk: Shell) -> None:
    """Without a name nothing is done; with one it is printed."""
    (desk.folder / "form.json").write_text("no form")
    desk.works("receive", "form.json", "--channel", "form", "--now", NOW)
    said = desk("parked", "retry", "1", "--as-complaint")
    assert 2 == said.code
    assert "--by NAME" in said.err
    assert "irina decided" in desk("parked", "retry", "1", "--as-complaint", "--by", "irina").out
    assert "irina" == desk("parked", "retry", "1", "--as-complaint", "--by", "irina", "--json").json["decided_by"]
