"""Deadlines at the command line: explained line by line, and the policy behind them checked before it hurts."""

from tests.journeys.desk_in_a_folder import NOW, Shell

OFFICE = """
[[policy.standards]]
name = "answer in working time"
clock = "first_response"
within = { business_hours = 3 }

[[policy.standards]]
name = "answer in the end"
clock = "final_response"
within = { days = 14 }
"""


def stated(desk: Shell, more: str) -> None:
    """Add to the settings of a desk."""
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")


def taken(desk: Shell) -> str:
    """Take a letter in on Monday, 2 March 2026, at nine; return the reference."""
    (desk.folder / "a.txt").write_text("It broke.")
    said = desk.works("receive", "a.txt", "--channel", "letter", "--now", NOW, "--json")
    return str(said.json[0]["reference"])


def test_a_deadline_is_explained(desk: Shell) -> None:
    """Why it is due when it is, how late it is in working time, and all of it as data; `cases show` leads there."""
    stated(desk, OFFICE)
    reference = taken(desk)
    said = desk.works("cases", "explain", reference, "--now", "2026-03-03T10:00Z").out
    for words in ("3 hours of working time, by the calendar office", "due Mon 02 Mar 2026 12:00", "first_response",
                  "BROKEN, 6 h 0 min of working time late", "answer in working time (policy 2026.1)"):  # fmt: skip
        assert words in said
    (one,) = desk.works("cases", "explain", reference, "--clock", "final_response", "--json").json
    assert one["due_at"] == one["recomputed_at"] == "2026-03-16T23:59:59.999999+00:00"
    assert f"complaintkit cases explain {reference}" in desk.works("cases", "show", reference).out
    refused = desk("cases", "explain", reference, "--clock", "last_response")
    assert (1, True) == (refused.code, "it has first_response, final_response" in refused.err)


def test_a_policy_is_checked(desk: Shell) -> None:
    """What is shipped has no gap; a contradiction is a warning, what cannot work an error that fails the command."""
    assert all(one["level"] == "note" for one in desk.works("policy", "check", "--now", NOW, "--json").json)
    stated(desk, OFFICE)
    said = desk.works("policy", "check", "--now", NOW)
    assert ("have no acknowledgement" in said.out, "1 warning" in said.err) == (True, True)
    stated(desk, 'basis = "statutory"\npausable = true\n')
    said = desk("policy", "check", "--now", NOW)
    assert (1, True) == (said.code, "policy.standards[1].pausable" in said.out)


def test_settings_that_cannot_be_read_are_a_finding(desk: Shell) -> None:
    """The place and what to write stand where all findings stand; no settings at all are the surroundings."""
    stated(desk, '[[policy.standards]]\nname = "x"\nclock = "first_respons"\nwithin = { days = 1 }\n')
    (one,) = desk("policy", "check", "--json").json
    assert ("error", "policy.standards[0].clock") == (one["level"], one["where"])
    (desk.folder / "complaintkit.toml").unlink()
    assert 4 == desk("policy", "check").code


def test_a_policy_is_shown(desk: Shell) -> None:
    """Every standard with its figure and for whom it holds."""
    said = desk.works("policy", "show").out
    assert "first response, social media" in said
    assert "channels: social" in said
    assert "final_response" in {one["clock"] for one in desk.works("policy", "show", "--json").json["standards"]}


def test_deadlines_are_counted_anew_when_somebody_asks(desk: Shell) -> None:
    """Another figure in the settings moves nothing; a dry run shows what would move, then it moves, once."""
    stated(desk, OFFICE)
    reference = taken(desk)
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text("utf-8").replace("{ days = 14 }", "{ days = 7 }"), "utf-8")
    words = ["clocks", "recalculate", "--reason", "the board decided so", "--by", "oleg", "--now", "2026-03-03T10:00Z"]
    said = desk.works(*words, "--dry-run")
    assert ("2026-03-09 23:59" in said.out, "1 deadline would be counted anew" in said.err) == (True, True)
    assert [] != desk.works(*words, "--json").json
    assert "Nothing is counted otherwise" in desk.works(*words).err
    told = desk.works("cases", "show", reference).out
    assert "counted as the policy says today: final_response due 2026-03-09 23:59 UTC" in told
    assert "the board decided so" in told
