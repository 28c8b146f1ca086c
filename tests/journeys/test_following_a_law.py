"""Following a law from the command line: which packs there are, what they ask for, what a complaint runs by them."""

from pathlib import Path

import pytest

from tests.journeys.desk_in_a_folder import NOW, Shell

PACK = """
name = "xx-law"
version = "2026.1"
title = "A made-up law"
jurisdiction = "XX"
source = "the made-up law of 2026"
checked = 2026-03-01
effective = 2026-01-01
calendar = "courts"
note = "Moral damage is not in it."

[[calendars]]
name = "courts"
zone = "Europe/London"
holidays = ["GB-ENG"]

[[standards]]
name = "answer, art. 1"
clock = "final_response"
within = { business_days = 15 }
longest = { business_days = 35 }
source = "the made-up law, art. 1"

[[standards]]
name = "report, art. 2"
clock = "duty_report"
starts = "awareness"
within = { days = 30 }
end = "close"
roll = true
channels = ["letter"]
source = "the made-up law, art. 2"

[answers]
final_response = "the reasons"
"""
PLUGIN = """
import tomllib
from pathlib import Path
from complaintkit import hookimpl, read_rule_pack

@hookimpl
def complaintkit_rule_packs():
    yield read_rule_pack(tomllib.loads(Path(__file__).with_name("xx-law.toml").read_text("utf-8")))
"""


@pytest.fixture
def lawful(desk: Shell) -> Shell:
    """Return a desk with a plugin that brings one rule pack, not in use yet."""
    (desk.folder / "xx-law.toml").write_text(PACK, encoding="utf-8")
    (desk.folder / "law.py").write_text(PLUGIN, encoding="utf-8")
    settings = desk.folder / "complaintkit.toml"
    made = settings.read_text("utf-8")
    assert "\n[plugins]\n" in made
    settings.write_text(made.replace("\n[plugins]\n", '\n[plugins]\nfiles = ["law.py"]\n'), encoding="utf-8")
    return desk


def use(desk: Shell, text: str) -> None:
    """Add something to the settings."""
    with (desk.folder / "complaintkit.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{text}\n")


def test_packs_are_listed_with_a_warning(lawful: Shell) -> None:
    """Each pack has a row that says whether it is in use, and all of them say: check before use."""
    listed = lawful.works("rules", "list").out
    assert "xx-law  XX         2026.1  2026-03-01  no      A made-up law" in listed
    assert "Check before use" in listed
    use(lawful, '[policy.rules.xx-law]\nchannels = ["letter"]')
    assert "2026-03-01  yes" in lawful.works("rules", "list").out
    (document,) = lawful.works("rules", "list", "--json").json
    assert (True, "law", {"business_days": 15}) == (
        document["in_use"], document["plugin"], document["standards"][0]["within"]
    )  # fmt: skip
    assert "check before use" in document["warning"]


def test_a_pack_is_shown_with_its_sources(lawful: Shell) -> None:
    """Figures, from when they count, how far they may be extended, sources, answers and what is not in it are shown."""
    use(lawful, '[policy.rules.xx-law]\nchannels = ["letter"]')
    shown = lawful.works("rules", "show", "xx-law", "--now", NOW).out
    for words in (
        "xx-law: A made-up law",
        "version       2026.1, from the plugin law",
        "holds from    2026-01-01, by the day of receipt",
        "compared      2026-03-01\n",
        "in use        yes",
        "holds for     channels letter",
        "working days  by the calendar courts",
        "final_response: 15 working days from the receipt; 35 working days at most",
        "the made-up law, art. 1",
        "duty_report: 30 calendar days from the awareness, until the close of business, moved to the next working day",
        "for channels letter",
        "final_response: the reasons",
        "Moral damage is not in it.",
        "Check before use",
    ):
        assert words in shown
    old = lawful.works("rules", "show", "xx-law", "--now", "2028-03-01T09:00Z").out
    assert "2026-03-01, 731 days ago: compare it again" in old
    assert "xx-law" == lawful.works("rules", "show", "xx-law", "--json").json["name"]


def test_a_pack_that_is_not_in_use_says_how_to_use_it(lawful: Shell) -> None:
    """Whoever looks at a pack learns which line of the settings puts it to use, and by hand what that means."""
    assert "no; [policy.rules.xx-law] in the settings puts it to use" in lawful.works("rules", "show", "xx-law").out
    use(lawful, "[policy.rules.xx-law]\nby_hand = true")
    assert "complaints of which a person says so" in lawful.works("rules", "show", "xx-law").out
    assert "by hand" in lawful.works("rules", "list").out


def test_a_slip_in_a_name_is_met_with_the_right_one(lawful: Shell) -> None:
    """A pack that is not there is told with one that is, whether it is asked for or wanted."""
    said = lawful("rules", "show", "xx-lwa")
    assert (1, True) == (said.code, "there is no rule pack 'xx-lwa'; did you mean 'xx-law'?" in said.err)
    use(lawful, "[policy.rules.xx-lwa]")
    said = lawful("rules", "list")
    assert (4, True) == (said.code, "policy.rules.xx-lwa: there is no such rule pack; there are xx-law" in said.err)


def test_without_any_pack_it_says_where_they_come_from(desk: Shell) -> None:
    """An empty list is explained, and is an empty list to a program."""
    assert "complaintkit-rulepacks is one that does" in desk.works("rules", "list").err
    assert [] == desk.works("rules", "list", "--json").json


def test_a_complaint_runs_by_the_law(lawful: Shell) -> None:
    """What comes is under the law; it is extended as that allows, lifted, and a duty is begun and done."""
    use(lawful, "[policy.rules.xx-law]")
    Path("a.txt").write_text("It leaks.", encoding="utf-8")
    received = lawful.works("receive", "a.txt", "--channel", "letter", "--now", NOW, "--json").json
    reference = received[0]["reference"]
    by = ("--by", "irina", "--now", "2026-03-04T09:00Z")
    explained = lawful.works("cases", "explain", reference, "--clock", "final_response:xx-law", "--now", NOW).out
    assert "15 working days, by the calendar courts" in explained
    assert "due Mon 23 Mar 2026, end of the day" in explained
    until = ("--until", "2026-04-20T16:00Z")
    lawful.works(
        "cases", "act", reference, "extend", "--clock", "final_response:xx-law", *until, "--text", "An expert.", *by
    )
    begun = ("start_duty", "--duty", "duty_report", "--reason", "somebody was hurt", "--since", "2026-03-03T09:00Z")
    lawful.works("cases", "act", reference, *begun, *by)
    # The thirtieth day is Maundy Thursday; it ends with the office hours.
    clocks = {one["name"]: one for one in lawful.works("cases", "explain", reference, "--now", NOW, "--json").json}
    assert "2026-04-20T16:00:00+00:00" == clocks["final_response:xx-law"]["due_at"]
    assert "2026-04-02T16:00:00+00:00" == clocks["duty_report:xx-law"]["due_at"]
    done = ("finish_duty", "--clock", "duty_report:xx-law", "--evidence", "report 12")
    lawful.works("cases", "act", reference, *done, *by)
    lawful.works("cases", "act", reference, "lift_rules", "--rules", "xx-law", "--reason", "not ours", *by)
    states = {one["name"]: one["state"] for one in lawful.works("cases", "explain", reference, "--json").json}
    assert ("ended", "met") == (states["final_response:xx-law"], states["duty_report:xx-law"])
