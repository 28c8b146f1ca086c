"""Start the process, kill it at a random moment, start it again, until all its work is done."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from attrs import field, frozen

from tests.faults.kill.child import Board, Job, kit, live

PATIENCE = 120.0  # seconds; a life that takes longer is stuck
AT_THE_START = 0.1
REACH = 0.025  # seconds: longer than one item takes
OPENING = 0.08


@frozen
class Hunt:
    """What happened.

    Attributes:
        kills: How often the process was killed.
        places: What it was doing then.
        spread: How many kills fell into each quarter of the stream.
    """

    kills: int
    places: Counter[str] = field(factory=Counter)
    spread: Counter[int] = field(factory=Counter)

    def __add__(self, other: "Hunt") -> "Hunt":
        return Hunt(self.kills + other.kills, self.places + other.places, self.spread + other.spread)


def hunt(job: Job, most: int) -> Hunt:
    """Kill a job's process again and again, at most so many times, evenly over its work; then let it finish.

    Raises:
        AssertionError: A life ended by itself, with an error.
    """
    dice = random.Random(job.seed)
    kit(job, upgrade=True).close()
    board = Board(job.board)
    # The server of forks is warm: it has imported everything, so a life begins where it matters, at the database.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.kill.child"])
    found = Hunt(0)
    life, finished = 0, False
    try:
        while not finished:
            life += 1
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=live, args=(job, life, writer))
            process.start()
            writer.close()
            if found.kills < most:
                share = (found.kills + dice.random()) / most
                _wait(dice, reader, process, board, int(share * job.count))
                process.kill()
            process.join(PATIENCE)
            reader.close()
            assert process.exitcode is not None, f"life {life} is stuck at {board.read()}"
            finished = process.exitcode == 0
            if process.exitcode == -signal.SIGKILL:
                done, place = board.read()
                found += Hunt(1, Counter([place]), Counter([min(3, 4 * done // job.count)]))
            else:
                assert finished, f"life {life} ended with {process.exitcode}:\n{job.trouble.read_text()}"
    finally:
        board.close()
    return found


def _wait(dice: random.Random, reader: Connection, process: BaseProcess, board: Board, goal: int) -> None:
    """Return at the moment of the kill.

    Args:
        goal: The item at which it is due: by progress and not by time alone, so that on any machine the kills are
            spread over the whole stream.
    """
    if dice.random() < AT_THE_START:
        time.sleep(dice.uniform(0, OPENING))
        return
    reader.poll(PATIENCE)
    while process.is_alive() and board.read()[0] < goal:
        time.sleep(0.0005)
    time.sleep(dice.uniform(0, REACH))
