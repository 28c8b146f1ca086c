"""House rule 6: door 1 stays light. `import complaintkit`, which every plugin does, loads neither database nor CLI kit.

A plugin may run in a process of its own that is started for it; what the door imports is paid there each time. It also
keeps a plugin author from reaching what is behind the desk by accident.

To mend a breach: import the heavy module inside the function that needs it, or move the name out of door 1.
"""

import json
import subprocess
import sys

from tests.house.floors import ROOT, told

HEAVY = (
    "sqlalchemy", "alembic", "click", "cattrs", "psycopg", "mako", "litestar", "starlette", "flask", "django",
    "holidays",
)  # fmt: skip
REMEDY = "Import it inside the function that needs it, or take the name out of complaintkit/__init__.py."


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh Python has loaded after the statement."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_door_one_is_light() -> None:
    """Importing complaintkit loads none of the heavy packages."""
    found = sorted(loaded_by("import complaintkit").intersection(HEAVY))
    assert [] == found, told([f"import complaintkit loads {name}" for name in found], REMEDY)


def test_door_one_is_a_door() -> None:
    """What a plugin author needs to register is found behind it."""
    assert "pluggy" in loaded_by("from complaintkit import hookimpl")


def test_a_heavy_import_is_reported() -> None:
    """A module that loads one of the heavy packages does not go unnoticed."""
    assert {"sqlalchemy", "click"} == loaded_by("import complaintkit, sqlalchemy, click").intersection(HEAVY)
