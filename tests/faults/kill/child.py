"""The process that is killed: it receives the stream and works, and writes down every receipt it was given."""

import mmap
import os
import struct
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from attrs import frozen

import complaintkit_email
from complaintkit import Delivery, Notice, Notifier, hookimpl
from complaintkit.app import ComplaintKit
from complaintkit.receipt import Receipt
from complaintkit.settings import read
from complaintkit.store import open_store
from tests.faults.kill.stream import START, STEP, stream

LAYOUT = struct.Struct("<I12s")
REST = timedelta(hours=2)  # between two lives: leases of the dead run out, and now and then a deadline passes
WORK_EVERY = 4


@frozen
class Job:
    """What is to be done, over as many lives as it takes.

    Attributes:
        folder: Where the books are kept.
        database: URL of the database.
        seed, count: Of the stream.
    """

    folder: Path
    database: str
    seed: int
    count: int

    @property
    def receipts(self) -> Path:
        """The receipts that were given, one a line: item, envelope, outcome, reference."""
        return self.folder / "receipts.txt"

    @property
    def sent(self) -> Path:
        """The notices that went out, one a line."""
        return self.folder / "sent.txt"

    @property
    def trouble(self) -> Path:
        """Why a life ended with an error."""
        return self.folder / "trouble.txt"

    @property
    def board(self) -> Path:
        """What the process is doing, shared with whoever kills it."""
        return self.folder / "board"


class Board:
    """How many items are done, and where the process is just now; it survives the process."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(LAYOUT.pack(0, b"nowhere"))
        self._file = path.open("r+b")
        self._memory = mmap.mmap(self._file.fileno(), LAYOUT.size)

    def show(self, done: int, place: str) -> None:
        """Tell where we are."""
        LAYOUT.pack_into(self._memory, 0, done, place.encode())

    def read(self) -> tuple[int, str]:
        """Return where it is, or was."""
        done, place = LAYOUT.unpack_from(self._memory)
        return done, place.rstrip(b"\0").decode() or "elsewhere"

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()
        self._file.close()


class Witness:
    """A plugin that delivers by writing the notice's name down, safely."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @hookimpl
    def complaintkit_notifiers(self, settings: None) -> Iterable[Notifier]:
        """Offer it for every medium."""
        yield Notifier("witness", ("email", "staff", "letter", "phone", "social"), self.send)

    def send(self, notice: Notice) -> Delivery:
        """Write it down."""
        append(self._path, notice.id)
        return Delivery("sent", "witnessed", f"<{notice.id}@bench.example>")


def append(path: Path, line: str) -> None:
    """Add a line, whole and on the disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def lines(path: Path) -> list[str]:
    """Return the whole lines of a file; what has no end was never written."""
    return path.read_text().split("\n")[:-1] if path.exists() else []


def kit(job: Job, *, upgrade: bool = False) -> ComplaintKit:
    """Return the kit of a job."""
    raw = {
        "kit": {"database": job.database, "secret": "of this test only"}, "plugins": {"discover": False},
        "policy": {"telling": {"digest": 0}},  # the witness writes down each notice, not lists of them
    }  # fmt: skip
    settings = read(raw, job.folder)
    # The tests' PostgreSQL flushes nothing, which is refused in earnest; it is not what is killed here.
    durable = job.database.startswith("sqlite")
    store = open_store(job.database, upgrade=upgrade, durable=durable)
    return ComplaintKit(settings, store=store, plugins=(complaintkit_email, Witness(job.sent)))


class _Marked:
    """A store that tells when a transaction is open and when it commits."""

    def __init__(self, store: Any, board: Board) -> None:
        self._store, self._board = store, board

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def begin(self, **more: Any) -> Iterator[Any]:
        done, before = self._board.read()
        opened = self._store.begin(**more)
        unit = opened.__enter__()
        self._board.show(done, "transaction")
        try:
            yield unit
        except BaseException:
            opened.__exit__(*sys.exc_info())
            raise
        self._board.show(done, "commit")
        opened.__exit__(None, None, None)
        self._board.show(done, before)


def live(job: Job, life: int, ready: Connection) -> None:
    """Live one life: take up the work where it lies; end well only when everything is done."""
    board = Board(job.board)
    done = len(lines(job.receipts))
    board.show(done, "start")
    try:
        with kit(job) as opened:
            opened.desk.store = _Marked(opened.store, board)
            ready.send_bytes(b"ready")
            _live(opened, job, life, board)
    except BaseException:
        job.trouble.write_text(traceback.format_exc())
        raise
    board.show(job.count, "end")


def _live(opened: ComplaintKit, job: Job, life: int, board: Board) -> None:
    now = START + STEP * job.count + REST * life
    receipted = {int(line.split()[0]) for line in lines(job.receipts)}
    # Whoever starts again first does what is waiting, as `complaintkit work` would: an answer must not overtake what
    # it answers.
    board.show(len(receipted), "work")
    opened.work(now)
    for item in stream(job.seed, job.count):
        if item.number in receipted:
            continue
        now += timedelta(seconds=1)
        board.show(item.number, "receive")
        note(job, item.number, opened.receive(item.envelope, now))
        if item.number % WORK_EVERY == 0:
            board.show(item.number + 1, "work")
            opened.work(now)
    board.show(job.count, "work")
    opened.work(now)


def note(job: Job, number: int, receipt: Receipt) -> None:
    """Write a receipt down."""
    append(job.receipts, f"{number} {receipt.number} {receipt.outcome} {receipt.reference or '-'}")
