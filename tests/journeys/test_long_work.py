"""Work that takes a while: the worker that goes on until it is stopped, and progress where a person looks on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.journeys.desk_in_a_folder import Shell, surroundings

MANY = 60


def read_until_closed(terminal: int) -> Iterator[bytes]:
    """Yield what comes out of a terminal until nobody writes to it any more."""
    with suppress(OSError):  # that is how a terminal says that its other end was closed
        while read := os.read(terminal, 10_000):
            yield read
    os.close(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_goes_on_until_it_is_stopped(desk: Shell, number: signal.Signals) -> None:
    """It does what comes in while it runs, ends cleanly when asked to, and says in one document how much it did."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "complaintkit", "work", "--watch", "0.1", "--json"],
        cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=surroundings(),
    )  # fmt: skip
    assert worker.stderr is not None
    assert "Working" in worker.stderr.readline()
    (desk.folder / "a.txt").write_text("The kettle leaks.")
    desk.works("receive", "a.txt", "--channel", "letter")
    for _ in range(600):
        if list(desk.folder.glob("outgoing/*.txt")) or worker.poll() is not None:
            break
        time.sleep(0.1)
    worker.send_signal(number)
    told, trouble = worker.communicate(timeout=60)
    assert (0, 1) == (worker.returncode, json.loads(told)["delivered"]), trouble


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_progress_is_shown_on_a_terminal_only(desk: Shell) -> None:
    """With a terminal for talk there is a bar, and the document stays whole; without one there is none."""
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    for number in range(MANY):
        (inbox / f"{number}.txt").write_text(f"Complaint {number}")
    words = ("receive", "inbox", "--channel", "letter", "--json")
    ours, theirs = os.openpty()
    with (desk.folder / "out.json").open("w") as out:
        command = subprocess.Popen(
            [sys.executable, "-m", "complaintkit", *words],
            cwd=desk.folder,
            stdout=out,
            stderr=theirs,
            env=surroundings(),
        )
    os.close(theirs)
    shown = b"".join(read_until_closed(ours))
    assert 0 == command.wait(timeout=120)
    assert b"Receiving" in shown
    assert MANY == len(json.loads((desk.folder / "out.json").read_text()))
    again = desk.outside(*words)
    assert "Receiving" not in again.err
    assert {"duplicate"} == {row["outcome"] for row in again.json}
