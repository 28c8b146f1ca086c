"""A folder of good, bad and doubled items: what came in is what became of it, to the last item."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.journeys.desk_in_a_folder import NOW, Shell

GOOD, BAD = 9, 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with good items, bad ones, one that came twice, and one that is hidden."""
    inbox = tmp_path / "inbox"
    (inbox / "deeper").mkdir(parents=True)
    for number in range(GOOD - 1):
        (inbox / f"{number}.json").write_text(f'{{"text": "Жалоба {number}", "email": "p{number}@customer.example"}}')
    (inbox / "deeper" / "note.txt").write_text("Said on the telephone that the kettle leaks.")
    (inbox / "twice.json").write_text('{"text": "Жалоба 0", "email": "p0@customer.example", "message_id": "m1"}')
    (inbox / "twice-again.json").write_text('{"text": "Жалоба 0", "email": "p0@customer.example", "message_id": "m1"}')
    for name, raw in (("broken.json", b'{"text": '), ("list.json", b"[1]"), ("empty.txt", b""), ("picture", b"\0\1\2")):
        (inbox / name).write_bytes(raw)
    (inbox / ".hidden").write_text("not an item")
    return inbox


def test_in_equals_what_became_of_it(desk: Shell, folder: Path) -> None:
    """Every item has one row; the counts of rows, of the store and of the folder agree; nothing stops at a bad item."""
    rows = desk.works("receive", folder, "--channel", "form", "--now", NOW, "--json").json
    counts = Counter(row["outcome"] for row in rows)
    assert {"accepted": GOOD + 1, "parked": BAD, "duplicate": 1} == counts
    assert sorted(row["path"] for row in rows) == sorted(
        str(path) for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    )
    assert all(bool(row["reference"]) != (row["outcome"] == "parked") for row in rows)
    assert all(row["reason"] for row in rows if row["outcome"] != "accepted")
    assert GOOD + 1 == len(desk.works("cases", "list", "--json").json)
    assert BAD == len(desk.works("parked", "list", "--json").json)
    assert 0 == desk("verify").code


def test_the_same_folder_again_is_all_known(desk: Shell, folder: Path) -> None:
    """A second run of the same folder brings nothing new; a file of the same name with other bytes does."""
    desk.works("receive", folder, "--channel", "form", "--now", NOW)
    (folder / "0.json").write_text('{"text": "Something else"}')
    rows = desk.works("receive", folder, "--channel", "form", "--now", NOW, "--json").json
    assert {"accepted": 1, "parked": BAD, "duplicate": GOOD + 1} == Counter(row["outcome"] for row in rows)


def test_the_same_item_twice_at_once_is_a_duplicate(desk: Shell, folder: Path) -> None:
    """Named twice in one command, an item is accepted once and a duplicate of itself the second time."""
    path = folder / "0.json"
    rows = desk.works(
        "receive", path, path, folder / "list.json", folder / "list.json", "--channel", "form", "--json"
    ).json
    assert ["accepted", "duplicate", "parked", "parked"] == [row["outcome"] for row in rows]
    assert rows[0]["reference"] == rows[1]["reference"] != ""


def test_a_folder_that_cannot_be_opened_is_told(desk: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not even be looked into is a row that failed, not silence."""
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("deeper"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    said = desk("receive", folder, "--channel", "form", "--json")
    assert [str(folder / "deeper")] == [row["path"] for row in said.json if row["outcome"] == "failed"]
    assert 1 == said.code


def test_only_some_files_of_a_folder(desk: Shell, folder: Path) -> None:
    """With a pattern only matching files of folders are taken; a file named itself is taken whatever its name."""
    rows = desk.works("receive", folder, folder / "picture", "--channel", "form", "--only", "*.txt", "--json").json
    assert {"note.txt", "empty.txt", "picture"} == {Path(row["path"]).name for row in rows}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_fails_and_the_rest_goes_on(desk: Shell, folder: Path) -> None:
    """A pipe in the folder and a file that is not there are rows of their own; the exit code tells of them."""
    os.mkfifo(folder / "pipe")
    said = desk("receive", folder, "missing.txt", "--channel", "form", "--json")
    failed = {row["path"]: row["reason"] for row in said.json if row["outcome"] == "failed"}
    assert {str(folder / "pipe"), "missing.txt"} == set(failed)
    assert 1 == said.code
    assert GOOD + 1 == sum(row["outcome"] == "accepted" for row in said.json)


def test_a_parked_item_is_seen_and_read_again(desk: Shell, folder: Path) -> None:
    """What was parked shows its bytes and reason; once a plugin can read it, reading it again opens its case."""
    desk.works("receive", folder / "list.json", "--channel", "form", "--now", NOW)
    number = str(desk.works("parked", "list", "--json").json[0]["number"])
    assert "[1]" in desk.works("parked", "show", number).out
    assert "[1]" == desk.works("parked", "show", number, "--raw").out
    assert 1 == desk("parked", "retry", number, "--now", NOW).code

    (desk.folder / "lists.py").write_text(
        "from complaintkit import Channel, Message, hookimpl\n\n"
        "@hookimpl\ndef complaintkit_channels():\n"
        "    yield Channel('form', parse=lambda envelope: Message(text=envelope.raw.decode()))\n"
    )
    settings = desk.folder / "complaintkit.toml"
    settings.write_text(settings.read_text().replace("# files = []", 'files = ["lists.py"]\ndisable = ["form"]'))
    read = desk.works("parked", "retry", number, "--now", NOW, "--json").json
    assert "accepted" == read["outcome"]
    assert [] == desk.works("parked", "list", "--json").json
    assert 1 == desk("parked", "retry", number).code


def test_who_took_it_down_owns_it(desk: Shell, folder: Path) -> None:
    """With --recorder the first hearer is the first owner, and with --received-at deadlines count from then."""
    taken = ["--recorder", "irina", "--received-at", "2026-03-01T08:00Z", "--now", NOW]
    desk.works("receive", folder / "deeper", "--channel", "phone", *taken)
    case = desk.works("cases", "list", "--json", "--now", NOW).json[0]
    assert ("irina", "2026-03-01T08:00:00+00:00") == (case["owner"], case["received_at"])
