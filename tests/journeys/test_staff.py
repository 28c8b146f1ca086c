"""The people at the command line: who is here, who is away, who could take a complaint, and slips in their names."""

import pytest

from tests.journeys.desk_in_a_folder import NOW, Shell

STAFF = """
[policy.staff.irina]
roles = ["handler"]
deputy = "oleg"
reports_to = "lena"

[policy.staff.oleg]
roles = ["handler"]
skills = ["refunds"]

[policy.staff.lena]
roles = ["team-lead"]
"""


@pytest.fixture
def staffed(desk: Shell) -> tuple[Shell, str]:
    """Return a desk with three people and a complaint of Irina's, and its reference."""
    with (desk.folder / "complaintkit.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAFF)
    (desk.folder / "call.txt").write_text("My money back, please.")
    said = desk.works("receive", "call.txt", "--channel", "phone", "--recorder", "irina", "--now", NOW, "--json")
    return desk, said.json[0]["reference"]


def test_an_absence_from_its_beginning_to_its_end(staffed: tuple[Shell, str]) -> None:
    """What is planned, what runs and what is over is listed; new complaints go to the deputy meanwhile."""
    desk, reference = staffed
    away = desk.works("staff", "away", "irina", "--by", "irina", "--until", "2026-03-09", "--now", NOW, "--json").json
    assert {"name": "irina", "open": [reference]} == away
    desk.works("staff", "away", "lena", "--by", "lena", "--since", "2026-04-01", "--until", "2026-04-03", "--now", NOW)
    told = desk.works("staff", "list", "--now", NOW).out
    assert "2026-03-09 00:00" in told
    assert "lena will be away from 2026-04-01 00:00, until 2026-04-03 00:00" in told
    listed = desk.works("staff", "list", "--now", "2026-03-10T09:00Z", "--json").json
    assert [("irina", 1, None)] == [(one["name"], one["load"], one["away"]) for one in listed["staff"][:1]]
    assert ["lena"] == [one["name"] for one in listed["planned"]]
    assert "irina is here" in desk.works("staff", "back", "irina", "--by", "irina", "--now", "2026-03-03T09:00Z").out
    said = desk("staff", "back", "irina", "--by", "irina", "--now", "2026-03-03T10:00Z")
    assert (1, True) == (said.code, "irina is not away" in said.err)


def test_a_superior_offers_everything_of_somebody(staffed: tuple[Shell, str]) -> None:
    """Each is offered on its own, and stays where it is until accepted; who may not offer it is told so for each."""
    desk, reference = staffed
    words = ("staff", "hand-over-all", "irina", "--to", "oleg", "--reason", "she is ill", "--now", NOW)
    assert f"{reference}  offered to oleg" in desk.works(*words, "--by", "lena").out
    assert "irina" == desk.works("cases", "show", reference, "--json").json["owner"]
    refused = desk(*words, "--by", "oleg")
    assert (1, True) == (refused.code, "it is irina's; ask irina, or a superior" in refused.out)
    suggested = desk.works("staff", "suggest", reference.lower(), "--skill", "refunds", "--now", NOW, "--json").json
    assert [{"name": "oleg", "load": 0, "skills": ["refunds"]}] == suggested
    assert "Nobody fits" in desk.works("staff", "suggest", reference, "--skill", "law", "--now", NOW).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["away", "pete"], "there is nobody called 'pete' here; there are: irina, oleg, lena"),
        (["away", "irina", "--deputy", "pete"], "there is nobody called 'pete' here"),
        (["away", "irina", "--until", "2026-03-01"], "the absence has to end later"),
        (["away", "irina", "--until", "soon"], "'soon' is no day"),
        (["hand-over-all", "pete", "--to", "oleg", "--reason", "x", "--by", "lena"], "nobody called 'pete'"),
    ],
)
def test_a_slip_in_a_name_or_day_is_wrong_use(staffed: tuple[Shell, str], words: list[str], told: str) -> None:
    """What cannot be meant is refused with the names there are, and nothing is put on file."""
    desk, _ = staffed
    said = desk("staff", *words, "--by", "lena", "--now", NOW)
    assert (2, True) == (said.code, told in said.err)
    assert "away until" in desk.works("staff", "list", "--now", NOW).out


def test_to_whom_it_is_about_the_command_line_says_that_there_is_none(staffed: tuple[Shell, str]) -> None:
    """Asked by them, the complaint is not on file: the same words and exit code as for one that never was."""
    desk, reference = staffed
    named = ("name-staff", "--names", "oleg", "--reason", "says so", "--by", "irina", "--now", NOW)
    desk.works("cases", "act", reference, *named)
    hidden = desk("cases", "act", reference, "take-over", "--by", "oleg", "--now", NOW)
    missing = desk("cases", "act", "CK-EHQ6-7X6D", "take-over", "--by", "oleg", "--now", NOW)
    assert (1, missing.err.replace("CK-EHQ6-7X6D", reference)) == (hidden.code, hidden.err)
    assert 1 == desk("staff", "suggest", reference, "--by", "oleg", "--now", NOW).code
