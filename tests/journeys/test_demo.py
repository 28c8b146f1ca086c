"""The demo: months of complaints that are believable, the same at every run, and reach their end by themselves."""

from collections import Counter
from pathlib import Path

import pytest

from complaintkit.cli.show import plain
from tests.journeys.desk_in_a_folder import Shell

SMALL = ("--count", "16", "--months", "2")


def listed(shell: Shell, folder: str) -> list[dict[str, object]]:
    """Return all cases of a demo."""
    settings = Path(folder) / "complaintkit.toml"
    rows: list[dict[str, object]] = shell.works(
        "cases", "list", "--all", "--limit", "1000", "--json", "--now", "2026-03-01T00:00Z", "--settings", settings
    ).json
    return rows


def test_the_same_seed_gives_the_same_desk(shell: Shell) -> None:
    """Two runs agree to the last reference and moment; another seed makes other months."""
    for folder, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        shell.works("demo", folder, "--seed", seed, *SMALL)
    one, two, three = (listed(shell, folder) for folder in ("one", "two", "three"))
    assert 16 <= len(one) <= 20
    assert one == two
    assert one != three


def test_what_it_leaves_behind_is_whole_and_told(shell: Shell) -> None:
    """Every message is accounted for, the store is as it was written, and the last lines name the next commands."""
    said = shell.works("demo", "shop", "--no-serve", *SMALL)
    assert "Volume and backlog by month" in said.out
    assert "complaintkit cases list --now 2026-03-01T00:00Z" in said.out
    settings = Path("shop/complaintkit.toml")
    shell.works("verify", "--settings", settings)
    reference = next(line.split()[-1] for line in said.out.splitlines() if "cases show" in line)
    assert reference in shell.works("cases", "show", reference, "--settings", settings).out
    assert any((shell.folder / "shop" / "outgoing").iterdir())


def test_it_refuses_a_folder_that_is_in_use(desk: Shell) -> None:
    """A folder with anything in it is left as it is."""
    before = sorted(path.name for path in desk.folder.iterdir())
    assert 4 == desk("demo", desk.folder).code
    assert before == sorted(path.name for path in desk.folder.iterdir())


@pytest.mark.slow
def test_a_season_has_everything_in_it(tmp_path: Path) -> None:
    """In a few months cases are open and closed, late and escalated, opened again, taken back, and all in between."""
    from complaintkit.app import ComplaintKit, Filter
    from complaintkit.demo.run import run_demo

    summary = run_demo(tmp_path / "shop", count=240, months=6)
    figures = summary.figures
    assert figures.envelopes == figures.accepted
    assert (0, 0, 0) == (figures.parked, figures.unassessed, figures.waiting_notices)
    with ComplaintKit(tmp_path / "shop" / "complaintkit.toml") as kit:
        cases = kit.cases(Filter(limit=1000))
        promises = {row[0]: 0 for row in plain(kit.report("promises", summary.start, summary.end).rows)}
        note = kit.report("categories", summary.start, summary.end).note
        assert () == tuple(kit.verify())
    stages = Counter(case.stage for case in cases)
    assert {"closed", "withdrawn", "responded", "in_progress"} <= set(stages)
    assert stages["closed"] > 75
    assert {0, 1, 2} <= {case.level for case in cases}
    assert any(case.reopened for case in cases)
    assert any(case.repeat_of for case in cases)
    assert {"en", "ru", "fil"} == {case.language for case in cases}
    assert len({case.owner for case in cases}) >= 5
    assert {"acknowledgement", "first_response", "final_response", "follow_up", "hand_over"} <= set(promises)
    assert "delivery-late" in note, "the planted shift is there to be seen"
