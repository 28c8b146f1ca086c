"""A year of closing the loop, as people type it: a measure that does not help, is planned anew, and does.

Told as a story: cups arrive broken. Quality plans thicker paper, which does not help; the core notices, because nobody
has to remember to look. Two boxes do. Packing is told and answers; a circle looks every month, misses once, and is
called for.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.journeys.desk_in_a_folder import Shell

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def story(desk: Shell) -> "Story":
    """Return a desk at which time goes by."""
    return Story(desk)


class Story:
    """Somebody who types commands, and a calendar on the wall."""

    def __init__(self, desk: Shell) -> None:
        self.desk, self.day = desk, 0
        self.number = 0

    @property
    def now(self) -> list[str]:
        """Return the option that says what day it is."""
        return ["--now", (BEGIN + self.day * DAY).isoformat()]

    def types(self, *words: str, by: str = "") -> str:
        """Run a command and return what it prints."""
        return self.desk.works(*words, *(["--by", by] if by else []), *self.now).out

    def reads(self, *words: str) -> Any:
        """Run a command and return its document."""
        return self.desk.works(*words, "--json", *self.now).json

    def complaints(self, count: int) -> str:
        """Let some complaints about broken cups come in, sort and close them; return the last one's reference."""
        reference = ""
        for _ in range(count):
            self.number += 1
            Path(self.desk.folder / "cup.txt").write_text(f"Cup number {self.number} came broken.")
            reference = self.reads("receive", "cup.txt", "--channel", "letter")[0]["reference"]
            self.types("cases", "act", reference, "assess", "--category", "delivery-damaged", by="irina")
        return reference

    def later(self, days: int) -> None:
        """Let days go by, with a worker at the end of them."""
        self.day += days
        self.types("work")

    def told(self, occasion: str) -> list[str]:
        """Return who got notices whose subject matches."""
        letters = [path.read_text("utf-8") for path in sorted((self.desk.folder / "outgoing").glob("IM-*.txt"))]
        return [letter.split()[1] for letter in letters if re.search(occasion, letter)]


def test_a_measure_that_fails_its_check_comes_back(story: Story) -> None:
    """The whole way: planned, told, answered, implemented, counted, reopened, done anew, counted, effective."""
    reference = story.complaints(8)
    story.day = 20
    planned = story.types(
        "measures", "add", "corrective_action", "--title", "Thicker paper", "--categories", "delivery-damaged",
        "--complaints", reference, "--owner", "vera", "--deputy", "oleg", "--due", "2026-02-10", "--window", "30",
        "--lag", "5", by="quality",
    )  # fmt: skip
    measure = re.search(r"IM-\w{4}-\w{4}", planned)[0]

    story.types("measures", "act", measure, "tell", "--to", "packing", "--text", "Cups come broken.", by="vera")
    refused = story.desk("measures", "act", measure, "answer", "--text", "No.", "--by", "sales", *story.now)
    assert (1, True) == (refused.code, "only packing can do that" in refused.err)
    story.types("measures", "act", measure, "answer", "--text", "We take thicker paper.", by="packing")
    story.types("measures", "act", measure, "implement", "--evidence", "in use since Monday", by="vera")
    story.later(10)
    assert {"vera", "oleg"} == set(story.told("your attention, please: Thicker paper"))
    story.complaints(6)
    story.later(24)
    assert "implemented" == story.reads("measures", "show", measure)["state"]
    story.later(2)
    shown = story.reads("measures", "show", measure)
    assert ("planned", 1, "ineffective", 8, 6) == (
        shown["state"], shown["reopened"], shown["measure"]["checks"][0]["verdict"],
        shown["measure"]["checks"][0]["before"], shown["measure"]["checks"][0]["after"],
    )  # fmt: skip
    assert {"vera", "oleg"} == set(story.told("did not work and is open again"))

    story.types("measures", "act", measure, "implement", "--evidence", "two boxes", by="vera")
    story.later(40)
    shown = story.reads("measures", "show", measure)
    assert ("effective", [8, 6], [6, 0]) == (
        shown["state"], [check["before"] for check in shown["measure"]["checks"]],
        [check["after"] for check in shown["measure"]["checks"]],
    )  # fmt: skip
    assert "the rate is 0.0 % of what it was" in story.types("measures", "show", measure)
    assert [measure] == [one["reference"] for one in story.reads("measures", "list", "--over")]
    assert 0 == story.desk("verify").code


def test_a_circle_that_nobody_holds_calls_for_attention(story: Story) -> None:
    """A month without a session goes up the ladder; one held late is late for ever; the calendar knows what comes."""
    added = story.types(
        "circles", "add", "--title", "Look at parcels", "--first", "2026-01-12", "--unit", "week", "--on", "mon",
        "--deputy", "oleg", "--outputs", "volume", "--recipients", "boss", by="irina",
    )  # fmt: skip
    circle = re.search(r"IM-\w{4}-\w{4}", added)[0]
    story.later(16)  # two Mondays have passed; the second is two days ago
    assert {"team-lead", "department", "executive"} & set(story.told("Escalation"))
    story.types("circles", "hold", circle, "--notes", "six cups", "--none-needed", "boxes are coming", by="irina")
    owed = story.desk("circles", "hold", circle, "--notes", "x", "--none-needed", "y", "--by", "irina", *story.now)
    assert (1, True) == (owed.code, "still owes is: volume" in owed.err)
    story.types("circles", "deliver", circle, "--output", "volume", "--text", "see the report", by="irina")
    story.later(0)
    assert ["boss"] == story.told("to be read and confirmed")
    story.types("measures", "act", circle, "confirm", by="boss")
    kept = story.reads("circles", "kept", "--since", "2026-01-01", "--until", "2026-02-01")
    assert {"due": 2, "done": 0, "late": 1, "share": 0.0} == kept
    story.types("circles", "calendar", "--out", "circles.ics", "--until", "2026-03-01")
    events = Calendar.from_ical((story.desk.folder / "circles.ics").read_bytes()).walk("VEVENT")
    assert ["2026-01-26", "2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"] == [
        str(event.decoded("DTSTART").date()) for event in events
    ]
    story.complaints(1)
    listed = story.desk.works("circles", "list", *story.now)
    assert "Warning" not in listed.err
    story.types("measures", "act", circle, "retire", "--reason", "too few complaints", by="irina")
    story.later(1)
    listed = story.desk.works("circles", "list", *story.now)
    assert "nobody looks at complaints by letter" in listed.err
