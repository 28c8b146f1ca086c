"""Mail is taken from folders without touching it, and moved only once it is safe."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from complaintkit import ComplaintKitError, Envelope, Unreadable
from complaintkit_email import parse
from complaintkit_email.sources import FileSource, received_at

MAIL = b"From: a@b.example\nMessage-ID: <%d@x>\n\ntext\n"


def state(root: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three mails, one of them further down, and things that are no mail."""
    (tmp_path / "sub").mkdir()
    for number, name in enumerate(["b.eml", "a", "sub/c.txt"]):
        (tmp_path / name).write_bytes(MAIL % number)
    (tmp_path / ".hidden").write_bytes(b"no mail")
    (tmp_path / "link").symlink_to("/etc/hostname")
    return tmp_path


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """A Maildir with a new mail, one that was seen, and one that is still being delivered."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "2.host").write_bytes(MAIL % 2)
    (tmp_path / "cur" / "1.host:2,RS").write_bytes(MAIL % 1)
    (tmp_path / "tmp" / "3.host").write_bytes(MAIL % 3)
    return tmp_path


def ids(envelopes: Iterator[Envelope]) -> list[str]:
    """Return the identifiers of envelopes."""
    return [envelope.source_id for envelope in envelopes]


def test_folder_is_read_in_order_and_left_alone(folder: Path) -> None:
    """Every mail is handed over in order, subfolders included, hidden files and links not; and nothing changes."""
    before = state(folder)
    envelopes = list(FileSource(folder, move=True).fetch())

    assert ["<1@x>", "<0@x>", "<2@x>"] == [envelope.source_id for envelope in envelopes]
    assert [MAIL % 1, MAIL % 0, MAIL % 2] == [envelope.raw for envelope in envelopes]
    assert {("email", "message/rfc822")} == {(e.channel, e.media_type) for e in envelopes}
    assert before == state(folder)


@pytest.mark.parametrize("same_process", [True, False])
def test_confirmed_mail_is_moved(folder: Path, same_process: bool) -> None:
    """What is confirmed goes to `.done` and is not offered again, even if another process had read it."""
    source = FileSource(folder, move=True)
    envelopes = list(source.fetch())
    confirming = source if same_process else FileSource(folder, move=True)
    confirming.confirm(envelopes[2])
    confirming.confirm(envelopes[2])

    assert ["<1@x>", "<0@x>"] == ids(FileSource(folder, move=True).fetch())
    assert MAIL % 2 == (folder / ".done" / "sub" / "c.txt").read_bytes()


def test_nothing_is_overwritten(folder: Path) -> None:
    """A second mail of the same name is kept beside the first."""
    source = FileSource(folder, move=True)
    for number in (7, 8):
        (folder / "b.eml").write_bytes(MAIL % number)
        for envelope in list(source.fetch()):
            source.confirm(envelope)

    assert {MAIL % 7, MAIL % 8} == {path.read_bytes() for path in (folder / ".done").glob("*b.eml")}


def test_changed_file_is_not_moved(folder: Path) -> None:
    """A file that was exchanged after it was read stays, because its mail was never stored."""
    source = FileSource(folder, move=True)
    envelopes = list(source.fetch())
    (folder / "b.eml").write_bytes(MAIL % 99)
    source.confirm(envelopes[1])

    assert "<99@x>" in ids(source.fetch())


def test_keep_touches_nothing(folder: Path) -> None:
    """With `keep` a confirmed mail stays where it is."""
    before = state(folder)
    source = FileSource(folder)
    for envelope in source.fetch():
        source.confirm(envelope)

    assert before == state(folder)


def test_maildir_is_read_whole(maildir: Path) -> None:
    """A mail that somebody has already looked at is taken too; one still being delivered is not."""
    assert ["<1@x>", "<2@x>"] == ids(FileSource(maildir, maildir=True).fetch())


def test_maildir_confirmed(maildir: Path) -> None:
    """Confirmed mails lie in a folder that mail programs show, marked as seen, with the flags they had."""
    source = FileSource(maildir, maildir=True, move=True)
    for envelope in list(source.fetch()):
        source.confirm(envelope)

    assert [] == list(source.fetch())
    assert {"1.host:2,RS", "2.host:2,S"} == {path.name for path in (maildir / ".done" / "cur").iterdir()}
    assert {"cur", "new", "tmp", "maildirfolder"} == {path.name for path in (maildir / ".done").iterdir()}


def test_trouble_with_one_file_does_not_stop_the_others(folder: Path) -> None:
    """Of a file too large the beginning is handed over, to be parked; it stays where it is."""
    (folder / "aa").write_bytes(b"x" * 500)
    source = FileSource(folder, move=True, max_bytes=400)
    got = list(source.fetch())

    assert {"<1@x>", "<0@x>", "<2@x>", "too-large:aa:500"} == {one.source_id for one in got}
    for envelope in got:
        source.confirm(envelope)
    [left] = source.fetch()
    with pytest.raises(Unreadable, match="too large to be taken in"):
        parse(left)
    assert (folder / "aa").exists()


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there is named with what to do."""
    with pytest.raises(ComplaintKitError, match="there is no such folder; create it or correct the setting"):
        list(FileSource(tmp_path / "none").fetch())


@pytest.mark.parametrize(
    ("received", "believed"),
    [
        (
            b"Received: from a by b; Mon, 2 Nov 2026 10:00:00 +0000\nReceived: by c; Mon, 2 Nov 2020 10:00:00 +0000\n",
            True,
        ),
        (b"Received: from a\n by b with SMTP;\n Mon, 2 Nov 2026 10:00:00 +0000 (UTC)\n", True),
        (b"Received: by b; Mon, 2 Nov 2036 10:00:00 +0000\n", False),
        (b"Received: by b; nonsense\n", False),
        (b"Received: by b\n", False),
        (b"Date: Mon, 2 Nov 2026 10:00:00 +0000\n", False),
    ],
)
def test_time_of_receipt(received: bytes, believed: bool) -> None:
    """The topmost Received header tells the time if it can be true; else the file does, never the sender's Date."""
    written = datetime(2026, 11, 3, tzinfo=UTC)
    expected = datetime(2026, 11, 2, 10, tzinfo=UTC) if believed else written

    assert expected == received_at(received + b"From: a@b.example\n\nt", written)


def test_time_of_the_file(folder: Path, now: datetime) -> None:
    """Without Received header the file's time is taken, with time zone."""
    stamp = (now - timedelta(days=3)).timestamp()
    os.utime(folder / "a", (stamp, stamp))

    assert now - timedelta(days=3) == next(FileSource(folder).fetch()).received_at
