"""`complaintkit work`: everything that is due, once or for as long as it is let."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import attrs
import click
from attrs import frozen

from complaintkit.cli.ending import code_of, words
from complaintkit.cli.kit import opened, warn_of_troubles
from complaintkit.cli.lazy import Told
from complaintkit.cli.options import timed
from complaintkit.cli.show import counted, say, say_json, talk

if TYPE_CHECKING:
    from complaintkit.app import ComplaintKit


@frozen
class Round:
    """How much was done: items collected from sources, then what the desk did."""

    collected: int = 0
    read: int = 0
    assessed: int = 0
    swept: int = 0
    improved: int = 0
    delivered: int = 0
    told: int = 0

    def __add__(self, other: "Round") -> "Round":
        return Round(*(mine + theirs for mine, theirs in zip(attrs.astuple(self), attrs.astuple(other), strict=True)))

    def __str__(self) -> str:
        return (
            f"collected {self.collected}, read {self.read}, assessed {self.assessed}, "
            f"looked at {self.swept + self.improved} that were due, delivered {counted(self.delivered, 'notice')}, "
            f"told {counted(self.told, 'change')}"
        )


@click.command(cls=Told, examples=("complaintkit work", "complaintkit work --watch 30"))
@click.option("--until-idle", is_flag=True, help="Work until nothing is due any more; that is the default.")
@click.option("--once", is_flag=True, help="Do a single round and leave the rest.")
@click.option(
    "--watch", type=click.FloatRange(min=0.1), metavar="SECONDS", help="Look again every so often until stopped."
)
@timed
def work(
    until_idle: bool, once: bool, watch: float | None, now: datetime | None, settings: Path | None, as_json: bool
) -> None:
    """Do what is due: collect, read, assess, remind, escalate, deliver.

    What is due follows from what is stored, so it may be stopped at any moment, and several may run at once.
    """
    if watch is not None and (now is not None or once or until_idle):
        raise click.UsageError(
            "--watch goes on with the clock; it goes together with neither --now, --once nor --until-idle"
        )
    if once and until_idle:
        raise click.UsageError("--once and --until-idle are opposites; give one of them")
    with opened(settings) as kit:
        warn_of_troubles(kit)
        done = one_round(kit, now, until_idle=not once) if watch is None else watched(kit, watch)
    if as_json:
        say_json(done)
    else:
        say(str(done)[:1].upper() + str(done)[1:] + ".")


def one_round(kit: "ComplaintKit", now: datetime | None, *, until_idle: bool = True) -> Round:
    """Collect, then work."""
    collected = kit.collect(now)
    done = kit.work(now, until_idle=until_idle)
    return Round(collected, done.read, done.assessed, done.swept, done.improved, done.delivered, done.told)


def watched(kit: "ComplaintKit", seconds: float) -> Round:
    """Work, rest, and work again until a signal says to stop; trouble of the day does not end it.

    Args:
        kit: The kit.
        seconds: How long to rest.
    """
    done = Round()
    with _until_stopped() as stopped:
        done += one_round(kit, None)  # what is wrong from the start is told at once
        talk(f"Working; looking again every {seconds:g} s. Stop with Ctrl+C.")
        while not stopped.wait(seconds):
            try:
                done += one_round(kit, None)
            except Exception as error:  # a worker outlives a database that is away for a minute
                if code_of(error) is None:
                    raise
                talk(f"Error: {words(error)}; trying again in {seconds:g} s")
    return done


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """Yield an event that a request to stop sets, so that what was begun is finished first."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
