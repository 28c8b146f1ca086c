"""House rule 4: `now` is an argument. The system clock is read in one place, and in no other.

Deadlines are what this framework is about; a function that reads the clock cannot be tested for the last second of a
year, replayed, or asked what it would have said last Tuesday. Measuring how long a call takes (`time.monotonic`,
`time.perf_counter`) is not telling the time and stays allowed.

To mend a breach: take `now: datetime` as an argument and let the caller pass it on.
"""

import ast
from collections.abc import Iterator

from tests.house.floors import Source, core, dotted, names, sample, told

REMEDY = "Take `now: datetime` as an argument; only the modules in CLOCK_IS_READ_IN may ask the system for the time."
CLOCK_IS_READ_IN = ("complaintkit.app",)
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
}
SQL_CLOCKS = ("current_timestamp", "now()", "datetime('now'")


def breaches(source: Source) -> Iterator[str]:
    """Yield every place where the module tells the time by itself, in Python or in SQL."""
    known = names(source)
    documentation = docstrings(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            if (name := dotted(node, known)) in CLOCKS:
                yield f"{source.path}:{node.lineno}: {name}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            for clock in SQL_CLOCKS:
                if clock in node.value.casefold():
                    yield f"{source.path}:{node.lineno}: {clock} in SQL"


def docstrings(tree: ast.AST) -> set[ast.expr]:
    """Return the strings that are documentation: those standing alone."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def test_only_one_place_reads_the_clock() -> None:
    """No module of the core but the allowed one asks the system, or the database, what time it is."""
    found = [breach for source in core() if source.module not in CLOCK_IS_READ_IN for breach in breaches(source)]
    assert [] == found, told(found, REMEDY)


def test_every_way_to_tell_the_time_is_reported() -> None:
    """Calls, references, renamed imports and SQL are found; an argument named `now` and a stop-watch are not."""
    source = sample(
        "import time\nimport datetime\nfrom datetime import datetime as dt, date\nfrom time import time as t\n"
        "from sqlalchemy import func\n"
        "a = dt.now(UTC)\nb = datetime.datetime.utcnow()\nc = field(factory=date.today)\nd = t()\ne = time.time()\n"
        "f = func.now()\ng = text('DEFAULT CURRENT_TIMESTAMP')\n"
        "def act(now):\n    'Not now() but an argument.'\n"
        "    review.now = now\n    return review.now, time.monotonic()\n"
    )
    assert [6, 7, 8, 9, 10, 11, 12] == sorted({int(breach.split(":")[1]) for breach in breaches(source)})
