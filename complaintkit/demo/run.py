"""The demo: a desk in a folder, months of complaints arriving in simulated time, and people handling them.

Everything goes the way real complaints go: raw bytes through `ComplaintKit.receive`, work through `ComplaintKit.work`,
people through `ComplaintKit.act`. The same arguments give the same desk, references included.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from complaintkit.app import ComplaintKit, Figures
from complaintkit.demo.handlers import ZONE, Roster
from complaintkit.demo.office import Office
from complaintkit.demo.schedule import month_later
from complaintkit.demo.stories import ORGANISATION, stories
from complaintkit.errors import SettingsError
from complaintkit.settings import FILE

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
STEP: Final = timedelta(minutes=30)
DATABASE: Final = "complaints.db"

SETTINGS: Final = """\
# The desk of the demo. Everything in it is invented; delete the folder when you have seen enough.

[kit]
organisation = "{organisation}"
contact = "help@larkenfield.example"
languages = ["en", "ru", "fil"]
zone = "{zone}"
database = "sqlite:///{database}"
secret = "{secret}"

[plugins]
files = [{files}]

# Posts are answered by the one who is there at the weekend, too.
[policy]
owners = {{ "*" = "desk", social = "tess" }}

# Every notice becomes a file here: acknowledgements, answers, reminders, escalations.
[plugins.folder]
to = "outgoing"
"""


@frozen(kw_only=True)
class Summary:
    """What a demo left behind.

    Attributes:
        folder: Where its desk is.
        start, end: The simulated time, from the first moment to the last.
        figures: The balance of the store.
        acts: How many things people did.
        telling: A reference worth looking at: it was late, escalated or opened again.
    """

    folder: Path
    start: datetime
    end: datetime
    figures: Figures
    acts: int
    telling: str


def run_demo(
    folder: Path,
    *,
    seed: int = 7,
    months: int = 9,
    count: int = 200,
    start: datetime = START,
    plugins: Sequence[Path] = (),
    report: Callable[[datetime, int], None] = lambda moment, arrived: None,
) -> Summary:
    """Build a desk in a folder and let its months go by.

    Args:
        folder: A new or empty folder.
        seed: Any whole number; the same one gives the same desk.
        months: How many months go by, two or more.
        count: How many complaints begin in them.
        start: First moment of the first month, with time zone.
        plugins: Plugin files that the desk uses besides its own.
        report: Told of progress: the simulated moment, and how many complaints have come.

    Raises:
        SettingsError: There is something in the folder, or the numbers make no demo.
    """
    _refuse(folder, months, count)
    path = set_up(folder, seed, plugins)
    dice = random.Random(f"handlers {seed}")  # noqa: S311 (made-up data has to be repeatable; nothing here is secret)
    references = random.Random(f"references {seed}")  # noqa: S311 (as above)
    told = stories(seed=seed, count=count, start=start, months=months)
    end = month_later(start, months)
    with ComplaintKit(path, randbelow=references.randrange) as kit:
        kit.upgrade()
        office = Office(kit, told, dice, Roster(dice, start))
        _let_go_by(kit, office, end, report)
        return Summary(
            folder=folder, start=start, end=end, figures=kit.figures(), acts=office.acts, telling=office.telling()
        )


def set_up(folder: Path, seed: int, plugins: Sequence[Path] = ()) -> Path:
    """Write the settings file of a demo and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    files = ", ".join(f"'{plugin.resolve()}'" for plugin in plugins)
    secret = hashlib.sha256(f"the demo of complaintkit, seed {seed}".encode()).hexdigest()
    path.write_text(
        SETTINGS.format(organisation=ORGANISATION, zone=ZONE.key, database=DATABASE, secret=secret, files=files),
        encoding="utf-8",
    )
    path.chmod(0o600)
    return path


def _refuse(folder: Path, months: int, count: int) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(str(folder), "is not empty; the demo wants a new folder, so name another one")
    if months < 2 or count < 1:
        raise SettingsError("demo", f"needs two months or more and a complaint, not {months} and {count}")


def _let_go_by(kit: ComplaintKit, office: Office, end: datetime, report: Callable[[datetime, int], None]) -> None:
    """Go from one moment at which something happens to the next; between them nothing is due."""
    moment = office.next_at(end)
    while moment < end:
        step = min(_whole(moment), end)
        office.until(step)
        kit.work(step, until_idle=False)
        report(step, office.arrived)
        moment = office.next_at(end)


def _whole(moment: datetime) -> datetime:
    """Return the next full step after a moment: a worker that looks every half hour."""
    since = moment - START
    return START + (since // STEP + 1) * STEP
