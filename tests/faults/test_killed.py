"""P01: once an item is accepted it survives that the process is killed, and nothing is doubled by starting again.

The long run is `python dev.py test -m slow -k killed`.
"""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from tests.faults.kill.books import contradictions
from tests.faults.kill.child import Job, lines
from tests.faults.kill.hunt import Hunt, hunt

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="needs SIGKILL and a server of forks"
)
ITEMS_PER_KILL = 6


def hunted(folder: Path, database: str, seed: int, kills: int) -> Hunt:
    """Kill a process at so many moments, and check that the books agree afterwards."""
    job = Job(folder, database, seed, ITEMS_PER_KILL * kills)
    found = hunt(job, kills)
    assert [] == list(contradictions(job))
    assert job.count == len(lines(job.receipts))
    return found


def sqlite(folder: Path) -> str:
    """Return the URL of a SQLite database in a folder."""
    return f"sqlite:///{folder / 'complaints.db'}"


def integrity(folder: Path) -> tuple[object, object]:
    """Return what SQLite says of the file: `ok`, and rows without their partner."""
    with sqlite3.connect(folder / "complaints.db") as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return whole, connection.execute("PRAGMA foreign_key_check").fetchall()


def test_killed_ten_times_on_sqlite(tmp_path: Path) -> None:
    """Nothing accepted is lost and nothing is doubled when the process is killed ten times."""
    found = hunted(tmp_path, sqlite(tmp_path), 1, 10)
    assert found.kills >= 8
    assert ("ok", []) == integrity(tmp_path)


@pytest.mark.slow
def test_killed_two_hundred_times_on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing accepted is lost and nothing is doubled over ten streams and two hundred kills spread over them."""
    found = Hunt(0)
    seed = 100
    while found.kills < 200:
        folder = tmp_path / str(seed)
        folder.mkdir()
        found += hunted(folder, sqlite(folder), seed, min(20, 200 - found.kills))
        assert ("ok", []) == integrity(folder)
        seed += 1
    with capsys.disabled():
        print(f"\n{found.kills} kills in {seed - 100} streams; where: {dict(found.places.most_common())}; "
              f"by quarter of the stream: {[found.spread[n] for n in range(4)]}")  # fmt: skip
    assert min(found.spread[quarter] for quarter in range(4)) > 0


@pytest.mark.postgres
def test_killed_ten_times_on_postgres(tmp_path: Path, fresh_postgres: str) -> None:
    """Nothing accepted is lost and nothing is doubled when the client of a PostgreSQL is killed ten times."""
    assert hunted(tmp_path, fresh_postgres, 2, 10).kills >= 8
