"""`complaintkit receive` and `complaintkit collect`: what arrives, one receipt per item."""

import fnmatch
import hashlib
import os
import stat
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

from complaintkit.cli.ending import FAILED
from complaintkit.cli.kit import opened
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import Moment, timed
from complaintkit.cli.show import counted, line, say, say_json, talk
from complaintkit.message import Envelope
from complaintkit.receipt import known

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit, Receipt

STDIN: Final = "-"
LARGEST: Final = 64 * 1024 * 1024
LONG: Final = 50
_TYPES: Final = {".eml": "message/rfc822", ".json": "application/json", ".txt": "text/plain"}


@frozen
class Item:
    """Something to take in: where it is, and its name as far as the folder it was found in."""

    path: str
    name: str


@frozen
class Row:
    """What became of an item: as in a receipt, or `failed`, if it could not be read from disk."""

    path: str
    outcome: str
    reference: str = ""
    reason: str = ""


@click.command(cls=Told, examples=("complaintkit receive inbox/ letter.txt --channel letter",))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--channel", required=True, metavar="NAME", help="By which channel it came, such as email or letter.")
@click.option("--only", default="*", metavar="PATTERN", help="Of folders, only files of this pattern, such as '*.eml'.")
@click.option("--recorder", default="", metavar="NAME", help="Who took it down; this person is the first owner.")
@click.option(
    "--received-at",
    type=Moment(),
    metavar="ISO",
    help="When the organisation received it, by default now; deadlines count from then.",
)
@timed
def receive(
    paths: tuple[str, ...],
    channel: str,
    only: str,
    recorder: str,
    received_at: datetime | None,
    now: datetime | None,
    settings: Path | None,
    as_json: bool,
) -> int:
    """Take in files, folders with all that is below them, or standard input (-). Each file is one item.

    Every item is put on file word for word before it is read. What cannot be read is parked (`complaintkit parked
    list`); the same item again is a duplicate; one bad item never stops the others. Hidden files in folders are left
    out, and links to folders are not followed. The time of a file says nothing of when you received it, so deadlines
    count from now, or from --received-at.
    """
    with opened(settings) as kit:
        now = now or kit.clock()
        _check_channel(kit, channel)
        items = list(found(paths, only))
        intake = _Intake(kit, channel, recorder, received_at or now, now)
        with _progress(items) as going:
            rows = intake.take(going)
    return tell(rows, as_json)


@click.command(cls=Told, examples=("complaintkit collect",))
@timed
def collect(now: datetime | None, settings: Path | None, as_json: bool) -> int:
    """Fetch what waits at the channels' sources, such as a mail folder. `work` does so, too."""
    rows: list[Row] = []
    with opened(settings) as kit:
        kit.collect(now, lambda receipt: rows.append(row_of(f"#{receipt.number}", receipt)))
    return tell(rows, as_json)


def row_of(path: str, receipt: "Receipt") -> Row:
    """Return the row for a receipt."""
    return Row(path, receipt.outcome, receipt.reference, receipt.reason)


def tell(rows: list[Row], as_json: bool) -> int:
    """Print what became of each item, and return the exit code: 1 if one could not be read from disk."""
    if as_json:
        say_json(rows)
    else:
        for row in rows:
            told = " ".join(part for part in (row.reference, f"({row.reason})" if row.reason else "") if part)
            say(f"{row.outcome:9} {line(row.path)}  {line(told)}".rstrip())
    counts = Counter(row.outcome for row in rows)
    outcomes = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    talk(f"{counted(len(rows), 'item')}: {outcomes or 'nothing'}")
    return FAILED if counts["failed"] else 0


def found(paths: tuple[str, ...], only: str = "*") -> Iterator[Item]:
    """Yield the items at some paths, folders in the order of their names; `-` is standard input.

    Args:
        paths: Files and folders.
        only: Pattern of the names that count in folders; what is named itself always counts.
    """
    for given in paths:
        path = Path(given)
        if given == STDIN or not path.is_dir():
            yield Item(given, path.name)
            continue
        unread: list[OSError] = []
        for folder, folders, files in os.walk(path, onerror=unread.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in fnmatch.filter(files, only) if not name.startswith(".")):
                place = Path(folder) / name
                yield Item(str(place), place.relative_to(path).as_posix())
        for error in unread:
            yield Item(str(error.filename), "")


@frozen
class _Intake:
    kit: "ComplaintKit"
    channel: str
    recorder: str
    received_at: datetime
    now: datetime

    def take(self, items: Iterable[Item]) -> list[Row]:
        """Put items on file, many at a time; one that cannot be read from disk has a row like any other."""
        rows: dict[int, Row] = {}
        waiting: deque[tuple[int, Item]] = deque()

        def envelopes() -> Iterator[Envelope]:
            for place, item in enumerate(items):
                raw, trouble = _read(item)
                if trouble:
                    rows[place] = Row(item.path, "failed", reason=trouble)
                else:
                    waiting.append((place, item))
                    yield self._envelope(item, raw)

        for receipt in self.kit.receive_all(envelopes(), self.now):
            place, item = waiting.popleft()
            rows[place] = row_of(item.path, self._settled(receipt))
        return [rows[place] for place in sorted(rows)]

    def _settled(self, receipt: "Receipt") -> "Receipt":
        """Return what became of an item that came twice at once: the first of the two has been read by now."""
        return known(self.kit.store.envelope(receipt.number)) if receipt.outcome == "waiting" else receipt

    def _envelope(self, item: Item, raw: bytes) -> Envelope:
        return Envelope(
            channel=self.channel,
            source_id=self._identifier(item, raw),
            raw=raw,
            received_at=self.received_at,
            media_type=_TYPES.get(Path(item.name).suffix.lower(), ""),
            recorder=self.recorder,
        )

    def _identifier(self, item: Item, raw: bytes) -> str:
        """Return what the channel calls the item, else its name: the same file again has the same one."""
        for channel in self.kit.registry.channels:
            if channel.record.name == self.channel and channel.record.identify is not None:
                answer = channel.ask("identify", raw, self.now)
                if isinstance(answer, str) and answer:
                    return answer
        if item.path == STDIN:
            return f"stdin:{hashlib.sha256(raw).hexdigest()}"
        return f"file:{item.name}".encode("utf-8", "replace").decode()


def _read(item: Item) -> tuple[bytes, str]:
    """Return the bytes of an item, or why they cannot be had."""
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if item.path == STDIN else _bytes_of(Path(item.path))
    except OSError as error:
        return b"", error.strerror or str(error)
    return (b"", f"is larger than {LARGEST // 1024 // 1024} MB") if len(raw) > LARGEST else (raw, "")


def _bytes_of(path: Path) -> bytes:
    # Opened without waiting and looked at first: a pipe or a device in a folder would hold everything up.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "is no regular file")
        return file.read(LARGEST + 1)


def _check_channel(kit: "ComplaintKit", channel: str) -> None:
    names = [one.record.name for one in kit.registry.channels]
    if channel not in names:
        raise click.UsageError(f"there is no channel {channel!r}; there are: {', '.join(sorted(names)) or 'none'}")


def _progress(items: list[Item]) -> Any:
    if len(items) < LONG or not sys.stderr.isatty():
        return nullcontext(items)
    return click.progressbar(items, label="Receiving", file=sys.stderr)
