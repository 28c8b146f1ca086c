"""Workers that sweep the same cases at the same time, and are killed at any moment; others take their place."""

import multiprocessing
import time
from collections import Counter
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from random import Random

from complaintkit import Message, Person
from complaintkit.app import ComplaintKit
from complaintkit.case.entries import Escalated, NoticeSent, Overdue, Warned
from complaintkit.store.port import Filter
from tests.house.kits import MONDAY, SENT, SETTINGS

LATE = MONDAY + timedelta(hours=25)


def kit_on(url: str) -> ComplaintKit:
    """Return a kit on a database, as each of the workers has one."""
    return ComplaintKit(SETTINGS, database=url, secret=b"for tests only", plugins=[SENT])


def fill(kit: ComplaintKit, count: int) -> None:
    """Open complaints whose first answer was promised within a day."""
    for number in range(count):
        sender = Person(name=f"Anna {number}", email=f"anna{number}@example.org")
        kit.open(Message(text=f"It broke. {number}", sender=sender), channel="email", now=MONDAY)


def sweep(url: str, now: datetime, seed: int) -> None:
    """Sweep and deliver until nothing is due any more; what an attempt ran into is tried again."""
    dice = Random(seed)
    with kit_on(url) as kit:
        idle = 0
        while idle < 3:
            done = kit.desk.sweep(now, dice.choice((5, 20, 200))) + kit.desk.deliver(now)
            idle = 0 if done else idle + 1


def raced(url: str, workers: int, kills: int, seed: int) -> int:
    """Let workers race, killing some of them at random moments; return how many were killed at work."""
    context = multiprocessing.get_context("forkserver")
    dice = Random(seed)
    begun = 0

    def begin() -> BaseProcess:
        nonlocal begun
        begun += 1
        one = context.Process(target=sweep, args=(url, LATE, seed * 1000 + begun), daemon=True)
        one.start()
        return one

    running = [begin() for _ in range(workers)]
    killed = 0
    while any(one.is_alive() for one in running):
        time.sleep(dice.uniform(0.2, 1.2))
        alive = [place for place, one in enumerate(running) if one.is_alive()]
        if alive and killed < kills:
            place = dice.choice(alive)
            running[place].kill()
            running[place].join()
            running[place] = begin()
            killed += 1
    return killed


def taken(kit: ComplaintKit, count: int) -> Counter[tuple[str, int]]:
    """Return how often each step was taken: how many cases have so many entries of each kind for one clock."""
    found: Counter[tuple[str, int]] = Counter()
    for case in kit.cases(Filter(limit=count + 1)):
        entries = [filed.entry for filed in kit.file(case.reference)]
        for kind in (Warned, Overdue, Escalated):
            mine = [one for one in entries if isinstance(one, kind) and one.clock == "first_response"]
            found[kind.kind, len(mine)] += 1
        told = Counter(one.notice for one in entries if isinstance(one, NoticeSent))
        found["told twice", sum(times > 1 for times in told.values())] += 1
    return found
